"""Voice, speaker and negation beside what people coded; counted by hand."""

import pandas as pd
import pytest
from coded_units import bodies

import analysis as fa
from analysis.core.schema import TABLES
from analysis.validation.variables import variable_accuracy, variable_confusion

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "tone": ["weak"]})
FEW = fa.Resampling(n_draws=100)


@pytest.fixture(scope="module")
def hits(encode):
    tokens = encode(
        "Hurd is weak.", "Hurd is not weak.", "“Hurd is weak,” said Anna Merk.", "The expert said that Hurd is weak.",
        "It looked weak.", "Merk was never weak.",
    )  # fmt: skip
    found = fa.find_hits(tokens, LEXICON)
    codes = dict.fromkeys([f"a{n}" for n in range(1, 7)], "weakness")
    return found, bodies(tokens, found, codes)


def with_codes(coded, variable, values, **more):
    rows = coded[coded["variable"] == "category"].assign(variable=variable, value=values, **more)
    return pd.concat([coded, rows], ignore_index=True)


def test_negation_coded_yes_and_no(hits):
    found, coded = hits
    # By hand: the rules see a negation in the second and the last; the coder sees one in the second and, wrongly, in the fifth.
    table = variable_accuracy(
        with_codes(coded, "negated", ["no", "yes", "No", "no", "yes", "yes"]), found, "negated", resampling=FEW
    )
    TABLES["VARIABLE_ACCURACY"].check(table)
    assert table[["n", "n_right"]].iloc[0].tolist() == [6, 5]
    assert table["share_right"].iloc[0] == pytest.approx(5 / 6)
    # Two categories hit the same words: each match is one.
    assert table.attrs["n_undecided"] == 0


def test_voices_with_their_confusion(hits):
    found, coded = hits
    values = ["narrator", "narrator", "direct", "indirect", "direct", "narrator"]
    both = with_codes(coded, "voice", values)
    by_voice = variable_accuracy(both, found, "voice", by="voice", resampling=FEW)
    assert dict(zip(by_voice["voice"], by_voice["share_right"], strict=True)) == {
        "direct": 1,
        "indirect": 1,
        "narrator": 0.75,
    }
    confused = variable_confusion(both, found, "voice").set_index("label")
    assert confused.loc["direct"].tolist() == [1, 0, 1]


def test_a_speaker_is_right_by_name_or_as_written(hits):
    found, coded = hits
    values = ["none", "none", "anna merk", "The expert", "none", "Merk"]
    table = variable_accuracy(with_codes(coded, "speaker", values), found, "speaker", resampling=FEW)
    assert table[["n", "n_right"]].iloc[0].tolist() == [6, 5]


def test_coders_that_are_tied_or_silent_are_left_out_and_counted(hits):
    found, coded = hits
    both = with_codes(coded, "negated", ["no", "yes", "no", "no", "no", None])
    second = both[both["variable"] == "negated"].assign(coder="B", value=["no", "no", "no", "no", "no", None])
    table = variable_accuracy(pd.concat([both, second]), found, "negated", resampling=FEW)
    assert (table["n"].iloc[0], table.attrs["n_undecided"]) == (4, 2)


def test_what_cannot_be_compared_is_named(hits):
    found, coded = hits
    with pytest.raises(fa.SchemaError, match="negated has the code 'perhaps'; known are yes, true, 1, no"):
        variable_accuracy(with_codes(coded, "negated", ["perhaps"] * 6), found, "negated")
    with pytest.raises(fa.SchemaError, match="no hit has a value of 'target'; find the hits with targets="):
        variable_accuracy(with_codes(coded, "target", ["Hurd"] * 6), found, "target")
    with pytest.raises(fa.SchemaError, match="no variable measures 'voice'"):
        variable_accuracy(coded, found, "voice")
    with pytest.raises(fa.SchemaError, match="no column 'tone' that people code"):
        variable_accuracy(coded, found, "tone")
