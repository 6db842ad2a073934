"""What `describe` says of small corpora; every number is counted by hand."""

import pandas as pd
import pytest

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
    corpus = fa.compare.with_events(fa.read(table))
    assert corpus.articles["event_id"].notna().tolist() == [True, True, False]
    assert fa.compare.with_events(corpus) is corpus


SENTENCES = {
    "en": ("Schools across the region will open later than planned", "Ministers agreed to lower the tax on fuel for farmers"),
    "de": ("Viele Schulen der Region öffnen später als geplant wieder", "Die Minister einigten sich darauf die Steuer zu senken"),
    "fr": ("Les écoles de la région ouvriront plus tard que prévu", "Les ministres ont accepté de baisser la taxe sur le carburant"),
    "es": ("Las escuelas de la región abrirán más tarde de lo previsto", "Los ministros acordaron bajar el impuesto a la gasolina"),
}  # fmt: skip


def languages_of(*bodies):
    return fa.describe(fa.read(pd.DataFrame({"body": list(bodies)}))).languages["language"].tolist()


@pytest.mark.parametrize("language", SENTENCES)
def test_a_text_of_seven_words_has_a_language_and_a_shorter_one_is_too_short(language):
    # Expected: the language that the sentences were written in; the threshold is measured beside the constant.
    for sentence in SENTENCES[language]:
        words = sentence.split()
        assert languages_of(" ".join(words[:7])) == [language]
        for n_words in range(1, 7):
            assert languages_of(" ".join(words[:n_words])) == ["(too short)"]


def test_numbers_and_marks_do_not_make_a_text_longer():
    assert languages_of("Mayor resigns 12 30 2025 — 7 8 9 10 !") == ["(too short)"]  # by hand: two words of letters


@pytest.mark.parametrize(
    ("text", "language"), [("市议会星期一决定关闭旧港口", "zh"), ("市議会は月曜日に港を閉じる", "ja")]
)
def test_scripts_without_spaces_are_counted_by_character(text, language):
    assert languages_of(text) == [language]  # by hand: thirteen characters
