"""What web pages put into articles is cut, listed with its rule, and nothing else is touched."""

import pandas as pd
import pytest

from analysis.reading import read
from analysis.reading.boilerplate import cut_passages

NOTICE = "When you subscribe we use your details. Our Privacy Notice explains more. You can unsubscribe at any time."


@pytest.mark.parametrize(
    ("text", "rest", "rules"),
    [
        ("One.\n\nStory Continued Below\n\nTwo.", "One.\n\nTwo.", ["continues below"]),
        ("One.\n\nOther story [UPDATE]\nAnother [VIDEO]", "One.", ["related link", "related link"]),
        ("One.\nOther story [UPDATE]\nTwo.", "One.\nTwo.", ["related link"]),
        ("One.\n\n(Reporting by A B; editing by C D)", "One.", ["agency credits"]),
        ("One.\n\nShare this story with a friend", "One.", ["share line"]),
        ("One.\n\nRelated: Another story", "One.", ["related line"]),
        ("One.\n\nSource: Read Full Article", "One.", ["source line"]),
        (f"One.\n\n{NOTICE}\n\nTwo.", "One.\n\nTwo.", ["newsletter notice"]),
    ],
)
def test_boilerplate_is_cut_with_its_rule(text, rest, rules):
    left, cuts = cut_passages(text)
    assert (left, [rule for rule, _ in cuts]) == (rest, rules)


@pytest.mark.parametrize(
    "text",
    [
        "He said “see [VIDEO] here”.\n \nSource: none",
        "Readers unsubscribe. The Privacy Notice was read out when you subscribe.",
        "They share this burden.\n\n\nShare this was all she said of it, Related: or not.",
        "“The story continued below”, he wrote.",
        "[PICTURES]",
        "",
    ],
)
def test_text_that_only_looks_alike_stays_character_for_character(text):
    assert cut_passages(text) == (text, [])


def test_boilerplate_is_kept_on_request_and_its_cuts_are_listed():
    table = pd.DataFrame({"article_id": ["a", "b"], "body": ["One.\n\nStory Continued Below", "Two."]})
    kept = read(table, boilerplate="keep")
    assert kept.articles["body"].tolist() == table["body"].tolist()
    assert len(kept.removed) == 0
    corpus = read(table)
    assert corpus.articles["body"].tolist() == ["One.", "Two."]
    assert corpus.removed.to_numpy().tolist() == [["a", "body", "continues below", "Story Continued Below"]]


def test_boilerplate_before_the_headline_of_a_text_file_is_cut_once_and_listed(tmp_path):
    (tmp_path / "a.txt").write_text(f"Related: Another story\n\nTitle\n\nText.\n\n{NOTICE}\n")
    corpus = read(tmp_path)
    assert corpus.articles[["headline", "body"]].to_numpy().tolist() == [["Title", "Text."]]
    assert corpus.removed["rule"].tolist() == ["related line", "newsletter notice"]
    assert read(tmp_path, boilerplate="keep").articles.at[0, "headline"] == "Related: Another story"


def test_an_article_of_boilerplate_only_is_accounted_for(tmp_path):
    (tmp_path / "a.txt").write_text("Story Continued Below\n")
    corpus = read(tmp_path)
    assert len(corpus.articles) + len(corpus.rejected) == 1
    # REMOVED speaks of articles that were kept; the raw text of a rejected one holds what was cut.
    assert corpus.rejected["raw"].tolist() == ["Story Continued Below"]


def test_a_corpus_that_is_written_and_read_again_is_the_same(tmp_path):
    # Six notices at the end of each article: the first two come among the last four paragraphs when four are cut.
    notices = [f"Notice {n} of the Post." for n in range(6)]
    bodies = [
        "\n\n".join([f"Story {n} begins.", *(f"Part {m} of story {n}." for m in range(6)), *notices]) for n in range(12)
    ]
    headlines = [f"Headline {n}" for n in range(12)]
    pd.DataFrame({"publication": "Post", "title": headlines, "text": bodies, "date": "2025-01-02"}).to_csv(
        tmp_path / "mine.csv", index=False
    )
    first = read(tmp_path / "mine.csv")
    assert first.removed["text"].value_counts().to_dict() == dict.fromkeys(notices, 12)
    first.articles.to_parquet(tmp_path / "corpus.parquet", index=False)
    again = read(tmp_path / "corpus.parquet")
    assert again.removed.empty
    # The encoding is the file's, and Parquet has none.
    pd.testing.assert_frame_equal(again.articles.drop(columns="encoding"), first.articles.drop(columns="encoding"))
