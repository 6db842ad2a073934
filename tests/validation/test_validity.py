"""How a lexicon was validated, written, found again and told; after an edit only what still holds."""

import json

import pandas as pd
import pytest
from coded_units import bodies

import analysis as fa
from analysis.core.origin import source_sentences
from analysis.core.schema import TABLES
from analysis.validation.validity import save_validation, validity

MINE = (
    "name: mine\nversion: '1'\ncategories:\n  weakness:\n    entries: [weak, feeble]\n  hope:\n    entries: [hopeful]\n"
)
AGREEMENT = pd.DataFrame(
    [
        ("category", "reliability", "krippendorff_alpha", "sample", 0.812, 0.7, 0.9, 2),
        ("category", "reliability", "percent_agreement", "sample", 0.95, 0.9, 1.0, 2),
        ("category", "reliability", "krippendorff_alpha", "corpus", 0.5, 0.4, 0.6, 2),
    ],
    columns=["variable", "kind", "coefficient", "population", "estimate", "low", "high", "n_coders"],
)


@pytest.fixture
def study(encode, tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text(MINE, encoding="utf-8")
    tokens = encode("It is weak tea.", *["It is weak."] * 4, "A hopeful man.", "A calm man.")
    hits = fa.find_hits(tokens, fa.read_lexicon(path))
    codes = {f"a{n}": "none" if n == 1 else "hope" if n == 6 else "weakness" for n in range(1, 8)}
    return path, tokens, hits, bodies(tokens, hits, codes)


def test_a_lexicon_without_a_record_is_not_validated_and_every_result_says_so(study):
    path, tokens, hits, _ = study
    assert fa.read_lexicon(path).validated == "not validated against human coders"
    assert "Validation: not validated against human coders." in source_sentences(fa.rates(hits, tokens))
    assert set(validity(fa.read_lexicon(path))["status"]) == {"never validated"}


def test_the_record_travels_to_every_result(study):
    path, tokens, hits, codings = study
    written = save_validation(codings, hits, path, agreement=AGREEMENT, day="2026-11-28")
    assert written.name == "mine.validation.json"
    lexicon = fa.read_lexicon(path)
    # By hand: 5 of 6 hits are right, all 5 frames are found; 0.05 and −ln 0.05 give the bound of recall, 5 / (5 + 3).
    assert lexicon.validated == (
        f"1 coder, 7 units of corpus {tokens.corpus_hash} (7 articles), 2026-11-28; reliability of category: alpha 0.81; "
        "precision 0.83 (0.44 to 0.97), recall 1.00 (0.63 to 1.00)"
    )
    again = fa.find_hits(tokens, lexicon)
    assert source_sentences(fa.rates(again, tokens))[1] == f"Validation: {lexicon.validated}."
    # What was made before it and what is made now are still of one lexicon.
    assert fa.rates(again, tokens).attrs["lexicon_hash"] == fa.rates(hits, tokens).attrs["lexicon_hash"]
    assert "tea" not in written.read_text(encoding="utf-8")


def test_after_an_edit_only_what_holds_is_said(study):
    path, _, hits, codings = study
    save_validation(codings, hits, path, day="2026-11-28")
    path.write_text(MINE.replace("feeble", "feeble, frail").replace("'1'", "'2'"), encoding="utf-8")
    lexicon = fa.read_lexicon(path)
    assert lexicon.validated.startswith("not this version but mine 1 (")
    assert (
        "1 of 4 entries is changed or new since and has no figures; as they were: hope precision 1.00"
        in lexicon.validated
    )
    assert "weakness precision" not in lexicon.validated
    table = validity(lexicon)
    TABLES["VALIDITY"].check(table)
    assert table["status"].tolist() == ["holds", "not coded", "changed or new", "holds"]
    assert table["n_hits"].tolist() == [5, 0, 0, 1]


def test_a_record_is_found_by_the_hash_whatever_the_file_is_called(study):
    path, _, hits, codings = study
    save_validation(codings, hits, path, day="2026-11-28")
    copy = path.with_name("copy.yml")
    copy.write_text(MINE, encoding="utf-8")
    assert fa.read_lexicon(copy).validated == fa.read_lexicon(path).validated
    copy.write_text(MINE.replace("weak,", "weak, frail,"), encoding="utf-8")
    assert fa.read_lexicon(copy).validated == "not validated against human coders"


def test_a_lexicon_edited_in_memory_is_not_taken_for_the_one_that_was_validated(study):
    path, _, hits, codings = study
    save_validation(codings, hits, path, day="2026-11-28")
    lexicon = fa.read_lexicon(path)
    edited = type(lexicon)(
        **{name: getattr(lexicon, name) for name in lexicon.__slots__} | {"entries": lexicon.entries[1:]}
    )
    assert edited.validated.startswith("not this version but")
    assert edited != lexicon


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"lexicon": "mine"})])
def test_a_broken_record_is_named(study, text):
    path = study[0]
    path.with_name("mine.validation.json").write_text(text, encoding="utf-8")
    with pytest.raises(fa.LexiconError, match=r"mine\.validation\.json: (no|a) record of a validation"):
        fa.read_lexicon(path)


def test_hits_of_another_lexicon_are_refused(study):
    path, _, hits, codings = study
    path.write_text(MINE.replace("feeble", "frail"), encoding="utf-8")
    with pytest.raises(fa.LexiconError, match="find them anew"):
        save_validation(codings, hits, path)
