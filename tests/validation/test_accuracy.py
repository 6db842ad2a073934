"""Accuracy against codings by hand; every expected number is worked out here, or by scikit-learn."""

import numpy as np
import pandas as pd
import pytest
from coded_units import bodies, codings, unit
from sklearn.metrics import precision_recall_fscore_support

import analysis as fa
from analysis.core.schema import TABLES
from analysis.validation.accuracy import accuracy

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "failure": ["fail*"]}, name="small", version="1")
FEW = fa.Resampling(n_draws=200)


@pytest.fixture(scope="module")
def tokens(encode):
    return encode(
        article_id=["a", "b", "c"], outlet=["X", "Y", "X"], headline=["Hurd looks weak", "Talks go on", "Weak tea"],
        body=["Rivals said Hurd was failing. He is feeble.", "Hurd was not weak, an aide said.", "Nothing failed here at all."],
    )  # fmt: skip


@pytest.fixture(scope="module")
def hits(tokens):
    return fa.find_hits(tokens, LEXICON)


def coded(**attrs):
    return codings(
        unit("u1", "a", "headline", (0, 15), [(11, 15, "weakness")]),
        unit("u2", "a", "body", (0, 29), [(21, 28, "failure")]),
        unit("u3", "a", "body", (30, 43), [], "weakness"),
        unit("u4", "b", "headline", (0, 11), []),
        unit("u5", "b", "body", (0, 32), [(13, 17, "none")]),
        unit("u6", "c", "headline", (0, 8), [(0, 4, "none")]),
        unit("u7", "c", "body", (0, 27), [(8, 14, "failure")]),
        **attrs,
    )


def of(table, group, column="category"):
    return table.set_index(column).loc[group]


def test_scores_by_hand(hits):
    table = accuracy(coded(), hits)
    assert table["category"].tolist() == ["weakness", "failure"]
    weak = of(table, "weakness")
    # Three hits, one of them right; the coder sees weakness twice, "weak" and "feeble"; of five units without it two have a hit.
    assert weak[["n_hits", "n_right", "n_coded", "n_found", "n_absent", "n_undecided"]].tolist() == [3, 1, 2, 1, 5, 0]
    np.testing.assert_allclose(
        weak[["precision", "recall", "f1", "specificity"]].astype(float), [1 / 3, 1 / 2, 0.4, 3 / 5]
    )
    # Wilson for 1 of 3 in articles of their own: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
    z, p, n = 1.959963984540054, 1 / 3, 3
    middle, reach = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    np.testing.assert_allclose(
        weak[["precision_low", "precision_high"]].astype(float),
        [(middle - reach) / (1 + z**2 / n), (middle + reach) / (1 + z**2 / n)],
    )
    # Both frames that the coder sees stand in one article, too few to resample.
    assert np.isnan(weak["recall_low"])
    assert weak["reason"].startswith("no interval of recall: fewer than 5 articles")


def test_where_nothing_was_wrong_or_missed_there_is_one_bound(hits):
    failure = of(accuracy(coded(), hits), "failure")
    assert failure[["precision", "recall", "f1", "specificity"]].tolist() == [1, 1, 1, 1]
    # All of 2 right: at least 0.05^(1/2). None missed beside 2 found: as many as −ln 0.05 could have been.
    assert failure["precision_low"] == pytest.approx(0.05 ** (1 / 2))
    assert failure["recall_low"] == pytest.approx(2 / (2 - np.log(0.05)))
    assert failure["f1_low"] < failure["recall_low"]
    assert failure[["precision_high", "recall_high", "f1_high"]].tolist() == [1, 1, 1]


def test_the_table_is_as_declared_whatever_it_is_grouped_by(hits, tokens):
    for by in ("category", [], "entry", "zone", ["category", "voice"], "outlet", ["outlet", "category"]):
        table = accuracy(coded(), hits, by=by, tokens=tokens, resampling=FEW)
        TABLES["ACCURACY"].check(table)
        assert table["n_hits"].sum() == 5


def test_by_entry_there_is_no_recall_and_it_is_said(hits):
    table = accuracy(coded(), hits, by="entry")
    assert dict(zip(table["entry"], table["precision"], strict=True)) == {"fail*": 1, "weak": pytest.approx(1 / 3)}
    assert table["recall"].isna().all()
    assert (table["reason"].str.startswith("recall: what is missed has no entry")).all()


def test_zones_of_units_without_a_hit_are_read_from_the_corpus(hits, tokens):
    table = accuracy(coded(), hits, by="zone", tokens=tokens)
    # By hand: one headline is weak; of the bodies, all lead, "failing" and "failed" are found and "feeble" is not.
    assert table["zone"].tolist() == ["headline", "lead"]
    assert table["recall"].tolist() == [1, pytest.approx(2 / 3)]
    alone = accuracy(coded(), hits, by="zone")
    assert alone["precision"].tolist() == table["precision"].tolist()
    assert alone["recall"].isna().all()
    assert "tokens= is needed" in alone["reason"].iloc[0]


def test_probabilities_weigh(encode):
    tokens = encode(*["It is weak."] * 4, *["It is feeble."] * 2, *["It is calm."] * 4)
    hits = fa.find_hits(tokens, LEXICON)
    codes = {"a1": "weakness", "a2": "weakness", "a3": "none", "a4": "weakness", "a5": "", "a6": "", "a7": "", "a8": ""}
    strata = ["hit", "hit", "thin", "thin", "rest", "rest", "rest", "rest"]
    share = [0.5, 0.5, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05]
    found = accuracy(
        bodies(tokens, hits, codes, {"a5": "weakness"}, stratum=strata, probability=share), hits, resampling=FEW
    )
    weak = of(found, "weakness")
    # Right: 2 + 2 + 10 of 2 + 2 + 10 + 10. Found: the same 14 of 14 + 20. Without it: 10 + 3 · 20, of which 60 have no hit.
    assert weak["precision"] == pytest.approx(14 / 24)
    assert weak["recall"] == pytest.approx(14 / 34)
    assert weak["specificity"] == pytest.approx(60 / 70)
    assert weak["f1"] == pytest.approx(2 * (14 / 24) * (14 / 34) / (14 / 24 + 14 / 34))


def test_unweighted_scores_are_those_of_scikit_learn(encode):
    rng = np.random.default_rng(3)
    has, sees = rng.random(60) < 0.5, rng.random(60) < 0.5
    tokens = encode(*["It is weak." if one else "It is calm." for one in has])
    hits = fa.find_hits(tokens, LEXICON)
    names = [f"a{n}" for n in range(1, 61)]
    codes = {name: "weakness" if seen else "none" for name, seen in zip(names, sees, strict=True)}
    missed = {name: "weakness" for name, seen, one in zip(names, sees, has, strict=True) if seen and not one}
    weak = of(accuracy(bodies(tokens, hits, codes, missed), hits, resampling=FEW), "weakness")
    expected = precision_recall_fscore_support(sees, has, average="binary")[:3]
    np.testing.assert_allclose(weak[["precision", "recall", "f1"]].astype(float), expected)
    assert weak["specificity"] == pytest.approx(precision_recall_fscore_support(~sees, ~has, average="binary")[1])
    assert weak["precision_low"] < weak["precision"] < weak["precision_high"]


def test_strata_where_nothing_was_missed_lower_the_bound_of_recall(encode):
    tokens = encode(*["It is weak."] * 20, *["It is calm."] * 20)
    hits = fa.find_hits(tokens, LEXICON)
    names = [f"a{n}" for n in range(1, 41)]
    known = {"stratum": ["hit"] * 20 + ["rest"] * 20, "probability": [1.0] * 20 + [0.02] * 20}
    codes = dict.fromkeys(names, "weakness")
    weak = accuracy(bodies(tokens, hits, codes, **known), hits, resampling=FEW).loc[0]
    # 20 found; each of the units of the rest stands for 50, so 3 missed among them (−ln 0.05 = 2.996) would be 150.
    assert weak["recall"] == 1
    assert weak["recall_low"] == pytest.approx(20 / (20 - 50 * np.log(0.05)))
    # One that was missed beside a hit says nothing of the rest.
    one = accuracy(bodies(tokens, hits, codes, {"a1": "weakness"}, **known), hits, resampling=FEW).loc[0]
    assert one["recall"] == pytest.approx(20 / 21)
    assert one["recall_low"] == pytest.approx(20 / (21 - 50 * np.log(0.05)))


def test_no_hit_in_the_units_is_no_number(encode):
    tokens = encode("It is calm.", "It is calm too.", "It is weak.")
    hits = fa.find_hits(tokens, LEXICON)
    weak = of(accuracy(bodies(tokens, hits, {"a1": "none", "a2": "none"}), hits), "weakness")
    assert weak[["precision", "recall", "f1"]].isna().all()
    assert weak["specificity"] == 1
    assert weak["reason"] == "precision: no hit was judged; recall: the coders see none"


def test_units_whose_coders_were_not_asked_give_precision_alone(hits):
    table = accuracy(coded()[lambda rows: rows["variable"] == "category"], hits)
    assert table["precision"].tolist() == [pytest.approx(1 / 3), 1]
    assert table[["recall", "f1", "specificity"]].isna().all(axis=None)
    assert "recall: nobody was asked what is missed" in table["reason"].iloc[1]


def by_coders(**values):
    """Return codings of the headline of a and of the body of b; what each coder says of "weak" there."""
    rows = []
    for coder, (first, second) in values.items():
        rows += unit("u1", "a", "headline", (0, 15), [(11, 15, first)], coder=coder)
        rows += unit("u5", "b", "body", (0, 32), [(13, 17, second)], coder=coder)
    return codings(rows)


@pytest.mark.parametrize(
    ("values", "n_hits", "n_right", "n_undecided"),
    [
        ({"A": ("weakness", "none")}, 2, 1, 0),
        ({"A": ("weakness", "none"), "B": ("weakness", "none"), "C": ("none", "weakness")}, 2, 1, 0),
        # A tie is left out: once as a hit, once as a frame.
        ({"A": ("weakness", "none"), "B": ("weakness", "weakness")}, 1, 1, 2),
        # Three codes by three coders: two of three say that it is no weakness.
        ({"A": ("weakness", "none"), "B": ("failure", "none"), "C": ("none", "none")}, 2, 0, 0),
        ({"A": ("weakness", None), "B": ("weakness", None)}, 1, 1, 1),
    ],
)  # fmt: skip
def test_the_code_of_most_coders_is_the_truth(hits, values, n_hits, n_right, n_undecided):
    weak = of(accuracy(by_coders(**values), hits), "weakness")
    assert weak[["n_hits", "n_right", "n_undecided"]].tolist() == [n_hits, n_right, n_undecided]


def test_an_adjudicated_code_stands_for_all_and_models_count_nowhere(hits):
    table = by_coders(A=("none", "none"), B=("none", "none"), M=("weakness", "weakness"), J=("weakness", None))
    table["kind"] = table["coder"].map({"A": "person", "B": "person", "M": "model", "J": "adjudicated"})
    weak = of(accuracy(table, hits), "weakness")
    assert weak[["n_hits", "n_right"]].tolist() == [2, 1]
    with pytest.raises(fa.SchemaError, match="no person coded 'missed'; models are measured against people"):
        accuracy(table[table["kind"] == "model"], hits)


def test_codings_hold_for_another_version_of_the_lexicon(tokens):
    # "weak" became "looks weak", "fail*" went, "feeble" and "rivals" are new.
    changed = fa.extend.lexicon_from_mapping(
        {"weakness": ["looks weak", "feeble"], "failure": ["rivals"]}, name="small", version="2"
    )
    found = fa.find_hits(tokens, changed)
    table = accuracy(coded(lexicon="small", lexicon_version="1", lexicon_hash=LEXICON.hash), found)
    weak, failure = of(table, "weakness"), of(table, "failure")
    # "looks weak" is judged by "weak" in it. "feeble" was not shown, and weakness is named as missed there: perhaps it, perhaps not.
    assert weak[["n_hits", "n_right", "n_coded", "n_found", "n_undecided"]].tolist() == [1, 1, 1, 1, 2]
    # "Rivals" was not shown, and nobody misses a failure there. What "fail*" found is missed now.
    assert failure[["n_hits", "n_right", "n_coded", "n_found", "n_undecided"]].tolist() == [1, 0, 2, 0, 0]
    assert (table.attrs["lexicon_version"], table.attrs["sample_lexicon_version"]) == ("2", "1")


def test_a_hit_of_the_same_lexicon_without_a_coding_is_a_gap(hits):
    table = coded(lexicon_hash=LEXICON.hash)
    table = table[table["item"] != "u1-1"]
    weak = of(accuracy(table, hits), "weakness")
    assert weak[["n_hits", "n_right", "n_undecided"]].tolist() == [2, 0, 1]


def test_categories_that_nobody_asked_for_have_no_row(hits):
    asked = {
        "frame": {"measures": "category", "values": ["weakness", "none"]},
        "missed": {"measures": "missed", "values": ["weakness"]},
    }
    table = coded(variables=asked)
    table["variable"] = table["variable"].replace("category", "frame")
    assert accuracy(table, hits)["category"].tolist() == ["weakness"]
    other = {"frame": {"measures": "category", "values": ["hope"]}}
    table.attrs["variables"] = other
    with pytest.raises(fa.SchemaError, match=r"no code of 'frame' \('hope'\) is a category of the lexicon"):
        accuracy(table, hits)


def test_the_order_of_rows_changes_nothing(hits):
    rng = np.random.default_rng(2)
    first = accuracy(coded(), hits, by=[], resampling=FEW)
    second = accuracy(coded().iloc[rng.permutation(12)], hits.iloc[::-1], by=[], resampling=FEW)
    pd.testing.assert_frame_equal(first, second)


def test_bca_intervals_hold_the_estimate(encode):
    tokens = encode(*["It is weak."] * 12, *["It is calm."] * 12)
    hits = fa.find_hits(tokens, LEXICON)
    codes = {f"a{n}": "weakness" if n % 3 else "none" for n in range(1, 25)}
    known = {"stratum": ["x", "y"] * 12, "probability": [0.5, 0.2] * 12}
    table = bodies(tokens, hits, codes, {"a20": "weakness"}, **known)
    weak = accuracy(table, hits, resampling=fa.Resampling(n_draws=400, method="bca")).loc[0]
    assert weak["precision_low"] < weak["precision"] < weak["precision_high"]
    assert weak["recall_low"] < weak["recall"] <= weak["recall_high"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="unit_id"), "table CODINGS: no column 'unit_id'"),
        (lambda rows: rows[:0], "table CODINGS: no row"),
        (
            lambda rows: pd.concat([rows, rows[:1]]),
            r"'item': 'u1-1', 'variable': 'category'} stands in more than one row",
        ),
        (lambda rows: rows.assign(probability=0.0), "probability 0.0 of the unit 'u1'; give numbers above 0"),
        (lambda rows: rows.assign(unit_end=range(len(rows))), "the unit 'u1' stands at two places"),
        (lambda rows: rows.assign(variable="tone"), "no variable measures 'category'; found are 'tone'"),
        (lambda rows: rows.to_dict(), "codings: found a dict; give a table CODINGS"),
    ],
)
def test_codings_that_are_none_are_refused(hits, change, message):
    with pytest.raises(fa.SchemaError, match=message):
        accuracy(change(coded()), hits)


def test_codings_of_another_corpus_are_refused(hits):
    with pytest.raises(fa.SchemaError, match="differ in 'corpus_hash'"):
        accuracy(coded(corpus_hash="another"), hits)


def test_an_unknown_group_names_what_is_known(hits, tokens):
    with pytest.raises(fa.SchemaError, match="accuracy: no column 'outlet' to group by; known are 'category', 'zone'"):
        accuracy(coded(), hits, by="outlet")
    with pytest.raises(fa.SchemaError, match="no column 'newspaper'"):
        accuracy(coded(), hits, by="newspaper", tokens=tokens)
