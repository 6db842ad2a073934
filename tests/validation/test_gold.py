"""Passages that one reader marked, as codings; the founding example among them."""

import pandas as pd
import pytest

import analysis as fa
from analysis.core.schema import TABLES
from analysis.validation.gold import codings_of_spans

MARKED = pd.DataFrame(
    {
        "article_id": ["a1", "a1", "a2"],
        "field": ["headline", "body", "body"],
        "start": [11, 16, 0],
        "end": [15, 22, 4],
        "value": "weakness",
    }
)


@pytest.fixture(scope="module")
def tokens(encode):
    return encode(
        headline=["Hurd looks weak", "", "Weak?"], body=["Rivals call him feeble.", "Weak, weak, he says.", "No."]
    )


def test_marked_passages_are_codings_of_texts_that_were_read_in_full(tokens):
    table = codings_of_spans(MARKED, tokens)
    TABLES["CODINGS_OF_SPANS"].check(table)
    hits = fa.find_hits(tokens, {"weakness": ["weak"]})
    found = fa.accuracy(table, hits).iloc[0]
    # Four hits, two of them marked; three passages, "feeble" not found; without a mark: one headline and one body, the headline with a hit.
    assert found[["n_hits", "n_right", "n_coded", "n_found", "n_absent", "n_undecided"]].tolist() == [4, 2, 3, 2, 2, 0]
    assert found["specificity"] == 0.5


def test_an_article_without_a_mark_was_read_too(tokens):
    table = codings_of_spans(MARKED.iloc[:0], tokens)
    hits = fa.find_hits(tokens, {"weakness": ["weak"]})
    assert fa.accuracy(table, hits)["precision"].tolist() == [0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": 99}, "article 'a1' has no characters 11 to 99 in its headline"),
        ({"article_id": "zz"}, "article 'zz' has no characters"),
        ({"end": 0}, "has no characters"),
    ],
)
def test_a_passage_that_does_not_lie_in_its_text_is_named(tokens, change, message):
    with pytest.raises(fa.SchemaError, match=message):
        codings_of_spans(MARKED.assign(**change), tokens)


def test_a_missing_column_is_named(tokens):
    with pytest.raises(fa.SchemaError, match="no column 'value'"):
        codings_of_spans(MARKED.drop(columns="value"), tokens)
