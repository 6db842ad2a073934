"""The worst entries first, by hand."""

import pytest
from coded_units import bodies

import analysis as fa
from analysis.core.schema import TABLES
from analysis.validation.worst_entries import worst_entries, wrong_hits

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak", "feeble", "frail"]})


@pytest.fixture(scope="module")
def coded(encode):
    texts = ["It is weak tea."] * 3 + ["It is a weak state."] * 2 + ["A feeble man."] * 6 + ["A frail man."]
    tokens = encode(*texts)
    hits = fa.find_hits(tokens, LEXICON)
    codes = {f"a{n}": "none" if n <= 3 else "weakness" for n in range(1, 12)}
    return bodies(tokens, hits, codes), hits, tokens


def test_the_entry_with_the_lowest_bound_comes_first(coded):
    codings, hits, tokens = coded
    table = worst_entries(codings, hits, tokens=tokens, n_sentences=2)
    TABLES["WORST_ENTRIES"].check(table)
    # "weak" is right twice of five, "feeble" six times of six; "frail" was not drawn and is not judged.
    assert table["entry"].tolist() == ["weak", "feeble"]
    assert table[["n_hits", "n_right"]].to_numpy().tolist() == [[5, 2], [6, 6]]
    assert table["n_in_corpus"].tolist() == [5, 6]
    assert table["n_wrong_expected"].tolist() == pytest.approx([3, 0])
    assert table["sentences"].tolist() == ["It is weak tea.\nIt is weak tea.", ""]


def test_wrong_hits_can_be_read(coded):
    codings, hits, tokens = coded
    wrong = wrong_hits(codings, hits)
    assert wrong["article_id"].tolist() == ["a1", "a2", "a3"]
    assert fa.concordance(tokens, wrong)["match"].tolist() == ["weak"] * 3
    assert wrong.attrs["lexicon_hash"] == LEXICON.hash


def test_without_a_wrong_hit_there_is_nothing_to_read(coded):
    codings, hits, tokens = coded
    right = codings.assign(value=codings["value"].replace("none", "weakness"))
    right.loc[right["variable"] == "missed", "value"] = "none"
    assert wrong_hits(right, hits).empty
    assert set(worst_entries(right, hits, tokens=tokens)["sentences"]) == {""}
