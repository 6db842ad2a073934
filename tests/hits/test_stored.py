"""HITS in a folder are those in memory; interrupted anywhere the writing goes on, and an altered file is named."""

import pandas as pd
import pytest
from stores import bytes_of, corpus

import analysis as fa
from analysis.core.errors import SchemaError
from analysis.hits import stored

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak*", "fail*"], "calm": ["quiet"]})
TARGETS = fa.extend.lexicon_from_mapping({"Hurd": ["hurd"], "Renn": ["renn"]})


@pytest.fixture(scope="module")
def tokens(tmp_path_factory):
    return fa.open_corpus(fa.save_corpus(corpus(), tmp_path_factory.mktemp("store") / "c.framing", part_bytes=150))


@pytest.mark.parametrize("targets", [None, TARGETS])
def test_what_was_written_is_what_is_found_in_memory(tokens, tmp_path, targets):
    in_memory = fa.find_hits(fa.tokenize(corpus()), LEXICON, targets=targets)
    for given, n_parts in ((tokens, len(list(tokens.parts()))), (fa.tokenize(corpus()), 1)):
        hits = fa.find_hits(given, LEXICON, targets=targets, out=tmp_path / str(n_parts))
        pd.testing.assert_frame_equal(hits.read(), in_memory, check_exact=True)
        assert hits.read().attrs == in_memory.attrs
        assert (len(hits), len(list(hits.parts()))) == (len(in_memory), n_parts)
        # Any program that reads a folder of Parquet files finds the same rows.
        assert len(pd.read_parquet(hits.folder)) == len(in_memory)
        pd.testing.assert_frame_equal(fa.rates(hits.read(), given), fa.rates(in_memory, given))


def test_no_hit_at_all_is_a_table_without_a_row(tokens, tmp_path):
    lexicon = fa.extend.lexicon_from_mapping({"none": ["xylophone"]})
    hits = fa.find_hits(tokens, lexicon, out=tmp_path / "h").read()
    pd.testing.assert_frame_equal(hits, fa.find_hits(fa.tokenize(corpus()), lexicon))


def test_interrupted_at_any_write_it_goes_on_with_the_same_bytes(tokens, tmp_path, monkeypatch):
    whole = bytes_of(fa.find_hits(tokens, LEXICON, targets=TARGETS, out=tmp_path / "whole").folder)
    write, at = stored.write_whole, 0
    while True:
        folder, n = tmp_path / str(at), 0

        def stopped(path, data, at=at):
            nonlocal n
            n += 1
            if n - 1 == at:
                raise KeyboardInterrupt
            write(path, data)

        with monkeypatch.context() as patched:
            patched.setattr(stored, "write_whole", stopped)
            try:
                fa.find_hits(tokens, LEXICON, targets=TARGETS, out=folder)
                break
            except KeyboardInterrupt:
                at += 1
        with pytest.raises(SchemaError, match=r"not finished|no hits on disk"):
            fa.open_hits(folder)
        fa.find_hits(tokens, LEXICON, targets=TARGETS, out=folder)
        assert bytes_of(folder) == whole
    assert at > 8  # two files a part, then the ids and what is kept


def test_hits_of_another_question_are_left_alone(tokens, tmp_path):
    before = bytes_of(fa.find_hits(tokens, LEXICON, out=tmp_path / "h").folder)
    for given, lexicon, targets in (
        (tokens, TARGETS, None),
        (tokens, LEXICON, TARGETS),
        (fa.tokenize(corpus().articles.head(2)), LEXICON, None),
    ):
        with pytest.raises(SchemaError, match="holds hits of another lexicon, corpus or version"):
            fa.find_hits(given, lexicon, targets=targets, out=tmp_path / "h")
    assert bytes_of(tmp_path / "h") == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_bytes(b"x")
    with pytest.raises(SchemaError, match=r"thesis\.docx"):
        fa.find_hits(tokens, LEXICON, out=tmp_path / "mine")


def test_an_altered_file_and_one_that_is_gone_are_named(tokens, tmp_path):
    hits = fa.find_hits(tokens, LEXICON, out=tmp_path / "h")
    for name in ("part-00001.parquet", "_article_ids.parquet"):
        path = hits.folder / name
        data = path.read_bytes()
        path.write_bytes(data[:-1] + b"x")
        with pytest.raises(SchemaError, match=f"{name}: altered"):
            fa.open_hits(hits.folder).read()
        path.unlink()
        with pytest.raises(SchemaError, match=f"{name}: gone"):
            fa.open_hits(hits.folder).read()
        path.write_bytes(data)
    (hits.folder / "_hits.json").write_text("{")
    with pytest.raises(SchemaError, match="cut or altered"):
        fa.open_hits(hits.folder)
