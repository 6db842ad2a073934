"""The hash of a corpus changes with everything that a result depends on, and with nothing else."""

import pandas as pd
import pyarrow as pa
import pytest

import analysis as fa
from analysis.core.fingerprint import corpus_facts, corpus_hash


def articles(**columns):
    table = {"article_id": ["a", "b"], "outlet": ["x", "x"], "date": ["2025-01-02", None], "body": ["ab", "c"]}
    return fa.read(pd.DataFrame(table | columns), boilerplate="keep").articles


@pytest.mark.parametrize(
    "change",
    [
        {"body": ["a", "bc"]},  # the same letters, run together
        {"headline": ["ab", "c"], "body": ["", ""]},  # the same letters in another field
        {"outlet": ["x", "y"]},
        {"outlet": ["x", None]},
        {"date": ["2025-01-03", None]},
        {"article_id": ["b", "a"]},
        {"lead_paragraphs": [2, 1]},
    ],
    ids=str,
)
def test_what_a_result_depends_on_changes_the_hash(change):
    assert corpus_hash(articles(**change)) != corpus_hash(articles())


def test_other_columns_and_the_index_do_not(encode):
    plain = articles()
    assert corpus_hash(articles(section=["politics", "news"])) == corpus_hash(plain)
    assert corpus_hash(plain.set_axis([7, 8])) == corpus_hash(plain)
    assert corpus_hash(plain.iloc[[0]]) == corpus_hash(plain.iloc[:1].copy())


def test_every_result_names_its_corpus(encode):
    tokens = encode(headline=["weak", ""], body=["weak and strong", "strong words"], outlet=["x", "y"])
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak"]}, name="mine")
    hits = fa.find_hits(tokens, lexicon)
    tables = [
        hits,
        fa.rates(hits, tokens),
        fa.tfidf(tokens, by="outlet"),
        fa.keyness(tokens, focus={"outlet": "x"}, reference={"outlet": "y"}),
        fa.divergence(hits, tokens),
    ]
    assert {table.attrs["corpus_hash"] for table in tables} == {corpus_hash(tokens.articles)}


def test_the_parts_in_which_a_column_lies_in_memory_do_not_count():
    whole = articles()
    joined = pd.concat([whole.iloc[:1], whole.iloc[1:]], ignore_index=True)
    assert corpus_hash(joined) == corpus_hash(whole)
    in_parts = whole.assign(
        body=pd.Series(pd.arrays.ArrowStringArray(pa.chunked_array([["ab"], ["c"]], pa.large_string())))
    )
    assert corpus_hash(in_parts) == corpus_hash(whole)


def test_a_corpus_without_articles_has_a_hash():
    assert len(corpus_hash(articles().iloc[:0])) == 12


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2025-02-01", "2024-11-30", "2025-01-05"], "2024-11-30 to 2025-02-01"),
        (["2025-02-01", "2025-02-01"], "2025-02-01"),
        (["2025-02-01", None, "2025-02-03"], "2025-02-01 to 2025-02-03, 1 without a date"),
        ([None, None], "no article has a date"),
        ([], "no article has a date"),
    ],
)
def test_the_days_of_a_corpus(days, said):
    table = pd.DataFrame({"date": pd.to_datetime(pd.Series(days, dtype="str"))})
    assert corpus_facts(table) == {"corpus_articles": len(days), "corpus_days": said}
