"""What reading encoded is handed out while the articles have those texts, and never for others."""

import copy

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.tokens.encoding import encode

_BODIES = ["Talks go on.\n\nShare this story", "Hurd looks weak; “never,” he said.", "", "Rain in Orrin, rain in Tesk."]


@pytest.fixture(params=["keep", "cut"])
def corpus(request) -> fa.Corpus:
    table = pd.DataFrame({"headline": ["One", "Two", "Three", "Four"], "body": _BODIES})
    return fa.read(table, boilerplate=request.param)


def arrays(tokens: fa.Tokens) -> list:
    names = ("type_ids", "starts", "gaps", "tails", "field_starts", "type_lengths")
    return [list(tokens.types), *(getattr(tokens, name).tolist() for name in names)]


def edited(articles: pd.DataFrame) -> pd.DataFrame:
    articles.loc[articles.index[1], "body"] = "Hurd looks glad; “never,” he said."
    return articles


CHANGES = {
    "nothing": lambda articles: articles,
    "an edited cell": edited,
    "a row less": lambda articles: articles.drop(index=1),
    "another order": lambda articles: articles.sort_values("headline"),
    "another index": lambda articles: articles.set_index(articles["article_id"].rename("key")),
    "another column": lambda articles: articles.assign(topic="rain"),
    "text moved to the next cell": lambda articles: articles.assign(
        headline=articles["headline"] + articles["body"], body=""
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_tokens_are_those_of_the_articles_as_they_are(corpus, change):
    articles = CHANGES[change](corpus.articles.copy())
    changed = copy.copy(corpus)
    object.__setattr__(changed, "articles", articles)
    tokens = fa.tokenize(changed)
    assert arrays(tokens) == arrays(encode(articles))
    assert tokens.articles is articles
    assert [tokens.text_of(row, "body") for row in range(len(articles))] == articles["body"].tolist()


def test_a_cell_that_is_edited_in_place_is_encoded_anew(corpus):
    before = fa.tokenize(corpus)
    hash_before = before.corpus_hash
    assert np.shares_memory(before.type_ids, corpus.encoded.type_ids)
    edited(corpus.articles)
    tokens = fa.tokenize(corpus)
    assert "glad" in tokens.types
    assert tokens.corpus_hash != hash_before


def test_what_is_left_out_as_a_copy_is_not_in_the_tokens():
    corpus = fa.read(pd.DataFrame({"body": ["Talks go on.", "TALKS go on", "Rain."]}), duplicates="first")
    assert fa.tokenize(corpus).types == ["Talks", "go", "on", "Rain"]
