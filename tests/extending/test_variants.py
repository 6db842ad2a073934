"""Every variant of a lexicon that was tried on a corpus is written down once."""

import pytest

import analysis as fa
from analysis.extending.variants import log_variant, read_variants


def variants():
    return [fa.extend.lexicon_from_mapping({"w": words}, name="mine") for words in (["weak"], ["weak", "limp"])]


def test_a_variant_is_logged_once_and_counted(encode, tmp_path):
    tokens, path = encode("weak and limp", "weak"), tmp_path / "log" / "variants.jsonl"
    first, second = variants()
    assert log_variant(path, first, tokens) == f"1 variant of mine was tried on this corpus ({tokens.corpus_hash})"
    assert log_variant(path, second, tokens, note="limp added").startswith("2 variants of mine were tried")
    assert log_variant(path, first, tokens).startswith("2 variants of mine were tried")
    table = read_variants(path)
    assert table["n_hits"].tolist() == [{"w": 2}, {"w": 3}]  # by hand
    assert table["hash"].tolist() == [first.hash, second.hash]
    assert table["note"].tolist() == ["", "limp added"]
    assert table["version"].tolist() == ["0", "0"]


def test_day_and_note_are_kept_whatever_line_ends_the_note_holds(encode, tmp_path):
    path, tokens = tmp_path / "variants.jsonl", encode("weak")
    log_variant(path, variants()[0], tokens, note="one\u2028two\nthree", day="2025-03-14")
    log_variant(path, variants()[1], tokens)
    table = read_variants(path)
    assert table["note"].tolist() == ["one\u2028two\nthree", ""]
    assert table["day"].tolist() == ["2025-03-14", ""]


def test_a_category_without_a_hit_is_logged_with_none(encode, tmp_path):
    path = tmp_path / "variants.jsonl"
    log_variant(path, fa.extend.lexicon_from_mapping({"w": ["weak"], "x": ["war"]}), encode("weak"))
    assert read_variants(path).at[0, "n_hits"] == {"w": 1, "x": 0}


def test_a_log_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(fa.LexiconError, match=r"cannot be read \(.*\); give a text file in UTF-8"):
        read_variants(tmp_path)


def test_another_corpus_counts_anew(encode, tmp_path):
    path, lexicon = tmp_path / "variants.jsonl", variants()[0]
    log_variant(path, lexicon, encode("weak"))
    assert log_variant(path, lexicon, encode("weak again")).startswith("1 variant of mine was tried")
    assert read_variants(path)["corpus"].nunique() == 2


def test_a_line_that_is_no_record_is_named(tmp_path):
    path = tmp_path / "variants.jsonl"
    path.write_text('{"corpus": "x"}\n', encoding="utf-8")
    with pytest.raises(
        fa.LexiconError, match=r"variants\.jsonl, line 1: no record of a variant; it has the keys corpus"
    ):
        read_variants(path)
    path.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(fa.LexiconError, match=r"line 1: no JSON"):
        read_variants(path)
