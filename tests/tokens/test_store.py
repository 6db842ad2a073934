"""Tokens of a corpus on disk are those in memory, as a whole and part by part."""

import numpy as np
import pandas as pd
import pytest
from stores import corpus

import analysis as fa
from analysis.core.errors import CorpusError

ARRAYS = (
    "type_ids", "starts", "gaps", "tails", "field_starts", "bounds", "type_lengths", "sentence_starts", "sentence_paragraphs",
    "article_starts", "first_sentences",
)  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = fa.save_corpus(corpus(), tmp_path_factory.mktemp("store") / "c.framing", part_bytes=150)
    return fa.tokenize(corpus()), fa.open_corpus(folder)


@pytest.mark.parametrize("name", ARRAYS)
def test_every_array_is_that_in_memory_and_of_its_kind(both, name):
    in_memory, on_disk = (getattr(tokens, name) for tokens in both)
    # Of one kind, so that no compiled loop is compiled twice.
    assert in_memory.dtype == on_disk.dtype and in_memory.flags.writeable == on_disk.flags.writeable
    np.testing.assert_array_equal(in_memory, on_disk)


def test_what_is_no_array_is_that_in_memory(both):
    in_memory, on_disk = both
    assert (in_memory.types, in_memory.origin, len(in_memory)) == (on_disk.types, on_disk.origin, len(on_disk))
    pd.testing.assert_frame_equal(in_memory.articles, on_disk.articles)
    pd.testing.assert_series_equal(in_memory.tokens_per_article, on_disk.tokens_per_article)
    n_fields = len(in_memory.bounds)
    assert [in_memory.text_of_field(field) for field in range(n_fields)] == [
        on_disk.text_of_field(field) for field in range(n_fields)
    ]


def test_each_part_is_the_articles_encoded_alone(both):
    _, on_disk = both
    parts = list(on_disk.parts())
    assert len(parts) > 2
    pd.testing.assert_frame_equal(pd.concat([part.articles for part in parts], ignore_index=True), on_disk.articles)
    for part in parts:
        alone = fa.tokenize(fa.read(part.articles, boilerplate="keep"))
        for name in ("starts", "gaps", "tails", "field_starts", "sentence_starts", "sentence_paragraphs"):
            np.testing.assert_array_equal(getattr(alone, name), getattr(part, name))
        assert [alone.types[i] for i in alone.type_ids] == [part.types[i] for i in part.type_ids]
        assert [alone.text_of_field(i) for i in range(len(alone.bounds))] == [
            part.text_of_field(i) for i in range(len(part.bounds))
        ]
        assert (part.origin, part.corpus_hash) == (on_disk.origin, on_disk.corpus_hash)
        assert part.whole is on_disk


def test_in_memory_a_corpus_is_one_part(both):
    assert list(both[0].parts()) == [both[0]] and both[0].whole is both[0]


def test_a_column_to_group_by_is_seen_by_every_part(both):
    further = both[1].with_articles(both[1].articles.assign(kind="k"))
    assert all((part.articles["kind"] == "k").all() for part in further.parts())
    assert "kind" not in both[1].articles


def test_an_attribute_that_is_none_is_an_error_as_everywhere(both):
    for tokens in (both[1], next(both[1].parts())):
        with pytest.raises(AttributeError, match="'no_such_array'"):
            _ = tokens.no_such_array


def test_what_is_written_to_an_array_stays_in_memory(tmp_path):
    folder = fa.save_corpus(corpus(), tmp_path / "c.framing")
    tokens = fa.open_corpus(folder)
    tokens.type_ids[0] += 1
    assert fa.open_corpus(folder, every_byte=True).type_ids[0] == tokens.type_ids[0] - 1


def test_a_corpus_without_an_article_has_one_part(tmp_path):
    nothing = fa.read(pd.DataFrame({"body": ["", " "]}))
    tokens = fa.open_corpus(fa.save_corpus(nothing, tmp_path / "c.framing"))
    assert (len(tokens), len(tokens.articles), tokens.types) == (0, 0, [])
    assert len(list(tokens.parts())) == 1


def test_nothing_there_is_said(tmp_path):
    with pytest.raises(CorpusError, match="framing encode FILES --out"):
        fa.open_corpus(tmp_path)


def test_texts_are_of_one_kind_in_both_forms(both):
    in_memory, on_disk = both
    for tokens in (on_disk, *on_disk.parts()):
        assert [(text.dtype, text.flags.writeable) for text in tokens.buffers] == [
            (text.dtype, text.flags.writeable) for text in in_memory.buffers
        ]
