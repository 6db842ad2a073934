"""What a question needs of a corpus: the sentence where it is not there, and silence where it is."""

import pandas as pd
import pytest

import analysis as fa


def corpus_of(*rows):
    table = pd.DataFrame(rows, columns=["outlet", "date", "event_id"], dtype="str")
    table = table.assign(article_id=[f"a{n}" for n in range(len(table))], body="He came.")
    return fa.read(table, boilerplate="keep")


# Two outlets, two days, one event of both.
PLENTY = corpus_of(("Post", "2025-01-02", "vote"), ("Mail", "2025-01-02", "vote"), ("Mail", "2025-01-05", "flood"))
LITTLE = corpus_of(("Post", "2025-01-02", "vote"), ("Post", "2025-01-02", "vote"), (None, None, None))
NOTHING = corpus_of((None, None, None))


def test_a_corpus_that_has_all_is_passed():
    fa.reproduce.require(PLENTY, articles=3, outlets=2, days=2, events=1)


@pytest.mark.parametrize(
    ("corpus", "needed", "message"),
    [
        (PLENTY, {"articles": 20}, "this question needs 20 articles; the corpus has three"),
        (LITTLE, {"outlets": 2}, "this question needs two outlets; the corpus has one (Post)"),
        (PLENTY, {"outlets": 3}, "this question needs three outlets; the corpus has two (Mail, Post)"),
        (NOTHING, {"outlets": 1}, "this question needs one outlet; no article names its outlet"),
        (LITTLE, {"days": 2}, "this question needs articles of two days; the corpus has one (2025-01-02)"),
        (NOTHING, {"days": 1}, "this question needs articles of one day; no article has a date"),
        (LITTLE, {"events": 1}, "this question needs one event that two outlets report; the corpus has none"),
        (PLENTY, {"events": 2}, "this question needs two events that two outlets report; the corpus has one"),
    ],
)
def test_what_lacks_is_said_in_one_sentence(corpus, needed, message):
    with pytest.raises(fa.UnanswerableError) as lack:
        fa.reproduce.require(corpus, **needed)
    assert str(lack.value) == message


def test_events_need_the_column():
    without = fa.read(PLENTY.articles.drop(columns="event_id"), boilerplate="keep")
    with pytest.raises(fa.UnanswerableError) as lack:
        fa.reproduce.require(without, events=1)
    assert str(lack.value) == "this question needs one event that two outlets report; the corpus has none"


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (0, "this question needs 1,000 words; there are none"),
        (1, "this question needs 1,000 words; there is one"),
        (999, "this question needs 1,000 words; there are 999"),
    ],
)
def test_a_count_that_is_too_small_is_said(found, message):
    with pytest.raises(fa.UnanswerableError) as lack:
        fa.reproduce.require_count(found, 1000, "words")
    assert str(lack.value) == message


def test_a_count_that_is_enough_is_passed():
    fa.reproduce.require_count(1000, 1000, "words")


def test_a_notebook_shows_the_sentence_and_no_calls():
    assert fa.UnanswerableError("it needs dates")._render_traceback_() == ["cannot be answered: it needs dates"]


def test_where_one_is_enough_only_its_kind_is_named():
    with pytest.raises(fa.UnanswerableError, match=r"^this question needs hits of the lexicon; there are none$"):
        fa.reproduce.require_count(0, 1, "hits of the lexicon")
