"""What `describe` says of small corpora; every number is counted by hand."""

import pandas as pd

import analysis as fa


def test_describe_counts_what_stands_in_the_table():
    table = pd.DataFrame(
        {
            "article_id": list("abc"),
            "outlet": ["x", "x", None],
            "date": ["2025-01-02", "2025-01-30", ""],
            "headline": ["One two", "", "Le maire a dit que le budget de la ville est en bon ordre"],
            "body": ["three four five.", "six\n\nStory Continued Below", ""],
            "event_id": ["e", "e", None],
        }
    )
    found = fa.describe(fa.read(table))
    assert found.by_outlet[["outlet", "n_articles", "words_median"]].to_numpy().tolist() == [
        ["x", 2, 3.0],
        ["(none)", 1, 14.0],
    ]
    assert found.by_month.to_numpy().tolist() == [["2025-01", "x", 2]]
    missing = found.missing.set_index("column")["n_missing"]
    assert missing[["outlet", "date", "headline", "standfirst", "body"]].tolist() == [1, 1, 1, 3, 1]
    assert found.events.to_numpy().tolist() == [[1, 1, 2]]
    assert found.cuts.to_numpy().tolist() == [["continues below", 1, 1, 21]]
    assert "fr" in found.languages["language"].tolist()
    assert "by_outlet" in repr(found)


def test_an_empty_corpus_is_described_too():
    found = fa.describe(fa.read(pd.DataFrame({"body": []})))
    assert len(found.by_outlet) == len(found.languages) == 0


def test_events_are_found_once_and_a_column_of_the_user_is_kept():
    story = "The mayor opened the new bridge over the river after years of work on the steel piers."
    table = pd.DataFrame(
        {"outlet": ["x", "y", "z"], "date": ["2025-01-02", "2025-01-02", "2025-06-02"], "body": [story, story, story]}
    )
    corpus = fa.with_events(fa.read(table))
    assert corpus.articles["event_id"].notna().tolist() == [True, True, False]
    assert fa.with_events(corpus) is corpus
