"""Agreement of codings: what is compared with what, of which population, with which interval, and why something is missing."""

import json

import krippendorff
import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.core.schema import TABLES

ALPHA, PERCENT, COHEN, FLEISS, AC1 = (
    "krippendorff_alpha",
    "percent_agreement",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
)
FAST = fa.Resampling(n_draws=100)


def codings(variable="frame", **coders):
    """Return codings: a text of values by coder, "." where an item was not coded."""
    rows = [
        (coder, f"u{place:03}", variable, None if value == "." else value)
        for coder, values in coders.items()
        for place, value in enumerate(values.split(), start=1)
    ]
    return pd.DataFrame(rows, columns=["coder", "item", "variable", "value"])


def measured(table, **options):
    return fa.agreement(table, resampling=FAST, **options)


def one(table, coefficient=ALPHA, **facts):
    """Return the only row with these facts."""
    found = table[table["coefficient"] == coefficient]
    for name, value in facts.items():
        found = found[found[name] == value]
    assert len(found) == 1
    return found.iloc[0]


TWO = codings(A="war war peace peace none war", B="war peace peace peace none war")


def test_all_coefficients_of_two_coders():
    # By hand: five of six pairs agree. Alpha: n = 5 war, 5 peace, 2 none of 12; 1 − 11 · 2 / (144 − 54). Cohen: (5/6 − 13/36) / (1 − 13/36).
    # Fleiss: π = 5/12, 5/12, 2/12, chance 54/144. AC1: chance (1 − 54/144) / 2.
    found = TABLES["AGREEMENT"].check(measured(TWO))
    assert found["coefficient"].tolist() == [ALPHA, PERCENT, COHEN, FLEISS, AC1]
    expected = [1 - 22 / 90, 5 / 6, 17 / 23, (5 / 6 - 3 / 8) / (5 / 8), (5 / 6 - 5 / 16) / (11 / 16)]
    assert found["estimate"].tolist() == pytest.approx(expected)
    assert set(found["kind"]) == {"reliability"} and set(found["coders"]) == {"A; B"}
    assert found[["n_items", "n_coders", "n_codings"]].drop_duplicates().to_numpy().tolist() == [[6, 2, 12]]
    assert (found["low"] <= found["estimate"]).all() and (found["estimate"] <= found["high"]).all()


def test_the_order_of_rows_changes_nothing():
    shuffled = TWO.sample(frac=1, random_state=3)
    assert measured(shuffled).to_csv() == measured(TWO).to_csv()


def test_the_interval_is_that_of_a_loop_over_the_library():
    rng = np.random.default_rng(2)
    values = np.where(rng.random((3, 25)) < 0.7, rng.integers(1, 5, size=25), rng.integers(1, 5, size=(3, 25)))
    table = codings(**{name: " ".join(map(str, row)) for name, row in zip("ABC", values, strict=True)})
    drawn = np.random.default_rng(1).integers(25, size=(100, 25))
    for level in ("nominal", "ordinal", "interval", "ratio"):
        found = one(measured(table, level=level))
        loop = [krippendorff.alpha(values[:, row].astype(float), level_of_measurement=level) for row in drawn]
        assert [found["low"], found["high"]] == pytest.approx(np.percentile(loop, [2.5, 97.5]).tolist(), abs=1e-12)


def test_items_of_one_article_are_drawn_together():
    # Each article twice, with equal codings: drawn by articles, the interval is that of the articles coded once.
    rng = np.random.default_rng(4)
    values = rng.integers(0, 2, size=(2, 30))
    single = codings(A=" ".join(map(str, values[0])), B=" ".join(map(str, values[1])))
    single = single.assign(article_id="a" + single["item"])
    double = pd.concat([single, single.assign(item=single["item"] + "-2")])
    by_article, by_item = one(measured(double), PERCENT), one(measured(double.drop(columns="article_id")), PERCENT)
    once = one(measured(single), PERCENT)
    assert (by_article["low"], by_article["high"]) == pytest.approx((once["low"], once["high"]))
    assert by_item["high"] - by_item["low"] < by_article["high"] - by_article["low"]
    assert measured(double).attrs["interval"] == "95% percentile, 100 resamples of articles, seed 1"
    assert measured(TWO).attrs["interval"] == "95% percentile, 100 resamples of items, seed 1"


def test_an_article_that_is_not_known_is_drawn_alone():
    some = TWO.assign(article_id=["a", "a", None, None, "b", None] * 2)
    assert one(measured(some))["high"] > one(measured(some))["low"]


def test_other_clusters_and_the_bca_interval():
    table = TWO.assign(outlet=["x", "y", "z", "x", "y", "z"] * 2)
    found = fa.agreement(table, resampling=fa.Resampling(n_draws=200, cluster="outlet", method="bca"))
    assert found.attrs["interval"] == "95% BCa, 200 resamples of clusters of articles by outlet, seed 1"
    assert one(found, PERCENT)["low"] < 5 / 6
    with pytest.raises(fa.SchemaError, match="'paper', which is no column"):
        fa.agreement(table, resampling=fa.Resampling(n_draws=200, cluster="paper"))


def test_of_the_corpus_each_item_counts_as_often_as_it_stands_for():
    # An item drawn with probability 1/3 stands for three: the same as the table in which it stands three times.
    weighted = TWO.assign(probability=[1, 1 / 3, 1, 1, 1, 1] * 2)
    tripled = codings(A="war war war war peace peace none war", B="war peace peace peace peace peace none war")
    found, expected = measured(weighted), measured(tripled)
    assert found["population"].tolist() == ["sample"] * 5 + ["corpus"] * 5
    of_corpus = found[found["population"] == "corpus"]
    assert of_corpus["estimate"].tolist() == pytest.approx(expected["estimate"].tolist(), abs=1e-14)
    assert found["estimate"].tolist()[:5] == measured(TWO)["estimate"].tolist()
    assert set(of_corpus["n_items"]) == {6}


@pytest.mark.parametrize("wrong", [0, 1.5, -0.1, np.nan])
def test_no_probability_is_no_weight(wrong):
    with pytest.raises(fa.SchemaError, match=r"'probability': item 'u002' has .*above 0 and at most 1"):
        measured(TWO.assign(probability=[1, wrong, 1, 1, 1, 1] * 2))


def test_each_pair_of_coders():
    three = codings(A="war war peace none", B="war peace peace none", C="war war peace .")
    found = measured(three, by="pair")
    assert found["coders"].unique().tolist() == ["A; B", "A; C", "B; C"]
    assert one(found, PERCENT, coders="A; C")["estimate"] == 1
    assert one(found, PERCENT, coders="B; C")["estimate"] == pytest.approx(2 / 3)
    # By hand: both coded three items, two alike; shares 1/3, 2/3 and 2/3, 1/3: (2/3 − 4/9) / (1 − 4/9).
    assert one(found, COHEN, coders="B; C")["estimate"] == pytest.approx(0.4)
    together = measured(three)
    assert one(together, COHEN)["reason"] == "of two coders only; by='pair' gives those of each two"
    assert np.isnan(one(together, COHEN)["estimate"])
    assert (one(together)["n_items"], one(together)["n_codings"]) == (4, 11)


def test_each_value_against_all_others():
    found = measured(TWO, by="value")
    assert found["value"].unique().tolist() == ["none", "peace", "war"]
    as_yes_no = codings(A="0 0 1 1 0 0", B="0 1 1 1 0 0")
    for coefficient in (ALPHA, COHEN, AC1):
        expected = one(measured(as_yes_no), coefficient)["estimate"]
        assert one(found, coefficient, value="peace")["estimate"] == pytest.approx(expected)
    assert one(found, value="none")["estimate"] == 1


def test_by_columns_of_items():
    table = TWO.assign(stratum=["hits", "hits", "hits", "rest", "rest", "rest"] * 2)
    found = measured(table, by=["stratum", "pair"])
    assert TABLES["AGREEMENT"].check(found)["stratum"].unique().tolist() == ["hits", "rest"]
    assert one(found, PERCENT, stratum="hits")["estimate"] == pytest.approx(2 / 3)
    assert one(found, PERCENT, stratum="rest")["estimate"] == 1
    with pytest.raises(fa.SchemaError, match="item 'u001' has 'x' and 'y'; needed is one value"):
        measured(TWO.assign(stratum=["x"] * 6 + ["y"] * 6), by="stratum")
    with pytest.raises(fa.SchemaError, match="no column 'comment' to group by"):
        measured(TWO.assign(comment=""), by="comment")


def test_one_coder_twice_is_stability():
    again = codings(**{"A": "war war peace none", "A (2)": "war war peace peace", "B": "peace war peace none"})
    found = measured(again)
    assert found[["coders", "kind"]].drop_duplicates().to_numpy().tolist() == [
        ["A; B", "reliability"], ["A; A (2)", "stability"],
    ]  # fmt: skip
    assert one(found, PERCENT, kind="reliability")["estimate"] == 0.75
    assert one(found, PERCENT, kind="stability")["estimate"] == 0.75
    # The same by a column.
    by_column = again.assign(coder=again["coder"].str[:1])
    by_column["pass"] = np.where(again["coder"] == "A (2)", 2, 1)
    assert measured(by_column).to_csv() == found.to_csv()
    assert measured(again, by="pair")["coders"].unique().tolist() == ["A; B", "A; A (2)"]


def test_one_coder_alone_twice_is_stability_and_nothing_else():
    found = measured(codings(**{"A": "war war peace none", "A (2)": "war war peace peace"}))
    assert set(found["kind"]) == {"stability"}


def test_one_coder_once_is_said():
    found = measured(codings(A="war war peace none"))
    assert set(found["reason"]) == {"one coder only"}
    assert found["estimate"].isna().all() and set(found["n_items"]) == {0}


def test_models_are_left_out_unless_asked_for():
    table = codings(A="war war peace none", B="war peace peace none", gpt="war none none none")
    table["kind"] = np.where(table["coder"] == "gpt", "model", "person")
    assert set(measured(table)["coders"]) == {"A; B"}
    found = measured(table, kinds=["person", "model"])
    assert set(found["coders"]) == {"A; B; gpt"} and set(found["kind"]) == {"with model"}
    by_pair = measured(table, kinds=["person", "model"], by="pair")
    assert by_pair.groupby("coders")["kind"].first().to_dict() == {
        "A; B": "reliability", "A; gpt": "with model", "B; gpt": "with model",
    }  # fmt: skip
    table.loc[table["coder"] == "gpt", "kind"] = "adjudicated"
    assert set(measured(table, kinds=["person", "adjudicated"])["kind"]) == {"with adjudicated"}
    with pytest.raises(fa.SchemaError, match="no coding of kind model; kinds with codings: adjudicated, person"):
        measured(table, kinds="model")
    with pytest.raises(fa.SchemaError, match=r"kinds: found .*'robot'.*; known are person, model, adjudicated"):
        measured(table, kinds=["robot"])
    with pytest.raises(fa.SchemaError, match="'kind': found 'robot'"):
        measured(table.assign(kind="robot"))
    table.loc[0, "kind"] = "model"
    with pytest.raises(fa.SchemaError, match="coder 'A' is of two kinds"):
        measured(table)


def test_several_values_together():
    # By hand in test_alpha: 9/14. Equal sets are 2 of 3. The order in which values stand is no difference.
    table = codings(A="a b;a b", B="a a b")
    found = measured(table)
    assert set(found["level"]) == {"set"}
    assert one(found)["estimate"] == pytest.approx(9 / 14)
    assert one(found, PERCENT)["estimate"] == pytest.approx(2 / 3)
    assert one(found, AC1)["reason"] == "of categories only, and the level is set"
    by_value = measured(table, by="value")
    assert by_value["value"].unique().tolist() == ["a", "b"] and set(by_value["level"]) == {"nominal"}
    assert one(by_value, PERCENT, value="a")["estimate"] == 1
    assert one(by_value, PERCENT, value="b")["estimate"] == pytest.approx(2 / 3)
    assert one(measured(codings(A="a;b a", B="b;a b")), PERCENT)["estimate"] == 0.5


def test_a_semicolon_in_what_takes_one_value_is_a_letter():
    table = codings(A="a;b a", B="b;a a")
    table.attrs["variables"] = {"frame": {"several": False}}
    assert set(measured(table)["level"]) == {"nominal"}
    assert one(measured(table), PERCENT)["estimate"] == 0.5


def test_levels_of_the_codebook():
    table = pd.concat(
        [codings("tone", A="low mid high low", B="low high high low"), codings("length", A="1 2.5 3 9", B="1 2 3 9")]
    )
    table.attrs["variables"] = {
        "tone": {"level": "ordinal", "values": ["low", "mid", "high", "very high"]}, "length": {"level": "interval"},
    }  # fmt: skip
    found = measured(table)
    assert found.groupby("variable")["level"].first().to_dict() == {"length": "interval", "tone": "ordinal"}
    numbers = [[1, 2, 3, 1], [1, 3, 3, 1]]
    assert one(found, variable="tone")["estimate"] == pytest.approx(
        krippendorff.alpha(numbers, level_of_measurement="ordinal")
    )
    numbers = [[1, 2.5, 3, 9], [1, 2, 3, 9]]
    assert one(found, variable="length")["estimate"] == pytest.approx(
        krippendorff.alpha(numbers, level_of_measurement="interval")
    )
    assert one(found, COHEN, variable="length")["reason"] == "of categories only, and the level is interval"
    # Four choices, of which three were made: AC1's chance is (1 − Σ π²) / 3.
    p, chance = 3 / 4, (1 - (4 / 8) ** 2 - (1 / 8) ** 2 - (3 / 8) ** 2) / 3
    assert one(found, AC1, variable="tone")["estimate"] == pytest.approx((p - chance) / (1 - chance))
    # What is asked for stands in place of the codebook's.
    assert set(measured(table, level={"length": "ratio"})["level"]) == {"ratio", "ordinal"}


def test_ordinal_numbers_have_the_order_of_numbers():
    # As texts "10" comes before "9".
    table = codings(A="9 10 11 9", B="10 10 11 9")
    expected = krippendorff.alpha([[9, 10, 11, 9], [10, 10, 11, 9]], level_of_measurement="ordinal")
    assert one(measured(table, level="ordinal"))["estimate"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("level", "value", "said"),
    [
        ("ordinal", "high", "'frame' is ordinal: coder 'A', item 'u001' has 'high', and no codebook says their order"),
        ("interval", "high", "'frame' is of level interval: coder 'A', item 'u001' has 'high'; needed is a number"),
        ("interval", "inf", "item 'u001' has 'inf'; needed is a number"),
        ("ratio", "-1", "item 'u001' has '-1'; needed is a number from 0"),
        ("scale", "1", "level: found 'scale' for variable 'frame'; known are nominal, ordinal, interval, ratio"),
    ],
)
def test_values_that_do_not_fit_their_level(level, value, said):
    with pytest.raises(fa.SchemaError, match=said):
        measured(codings(A=f"{value} 2 3", B="1 2 3"), level=level)


def test_a_value_that_the_codebook_does_not_have():
    table = codings(A="low mid", B="low hihg")
    table.attrs["variables"] = {"frame": {"level": "ordinal", "values": ["low", "mid", "high"]}}
    with pytest.raises(fa.SchemaError, match="item 'u002' has 'hihg', and the codebook has low, mid, high"):
        measured(table)


def test_reasons():
    alike = measured(codings(A="war war war", B="war war war"))
    assert one(alike, PERCENT)["estimate"] == 1
    assert one(alike, PERCENT)["reason"] == "no two codings differ, and so do resamples not: no interval"
    assert one(alike)["reason"] == "all codings have one value: agreement beyond chance is not defined"
    apart = measured(codings(A="war war . .", B=". . war war"))
    assert set(apart["reason"]) == {"no item that two of the coders coded"}
    rare = codings(A="no no no no no no no no no yes", B="no no no no no no no no yes yes")
    assert one(measured(rare))["reason"].endswith("of 100 resamples, which are left out")
    alone = TWO.assign(article_id="a1")
    assert one(measured(alone))["reason"] == "one alone: no interval"
    assert one(measured(alone))["estimate"] == pytest.approx(1 - 22 / 90)


def test_what_was_coded_by_one_only_does_not_count_for_alpha():
    more = codings(A="war war peace peace none war none", B="war peace peace peace none war .")
    assert one(measured(more))["estimate"] == one(measured(TWO))["estimate"]
    assert one(measured(more))["n_codings"] == 12


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.drop(columns="coder"), "no column 'coder'"),
        (
            lambda table: pd.concat([table, table.iloc[[0]]]),
            "coder 'A' has two values for item 'u001', variable 'frame'",
        ),
        (lambda table: table.assign(coder=[None, *table["coder"][1:]]), "row 1: no coder"),
        (lambda table: table.assign(**{"pass": "first"}), "'pass': found 'first'"),
        (lambda table: table.assign(value=None), "no coding of kind person; kinds with codings: none"),
        (lambda table: "codings.csv", "found str, needed is a pandas.DataFrame"),
    ],
)
def test_tables_that_are_no_codings(change, said):
    with pytest.raises(fa.SchemaError, match=said):
        measured(change(TWO))


def test_numbers_and_categories_are_codes_too():
    numbers = TWO.assign(
        value=TWO["value"].map({"war": 1.0, "peace": 2.0, "none": np.nan}), item=[1, 2, 3, 4, 5, 6] * 2
    )
    assert measured(numbers, by="value")["value"].unique().tolist() == ["1", "2"]
    assert one(measured(TWO.astype("category")))["estimate"] == one(measured(TWO))["estimate"]


def test_the_headlines_of_ecosent(shared_data):
    folder = shared_data / "ecosent"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there; set FRAMING_SHARED to the folder of the shared data")

    def rows(name):
        return pd.DataFrame([json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()])

    gold = (
        rows("items.dev.jsonl")
        .rename(columns={"id": "item", "gold": "value"})
        .assign(coder="gold")[["coder", "item", "value"]]
    )
    lexicons = rows("dictionary_values.dev.jsonl").rename(columns={"id": "item", "variable": "coder"})
    lexicons["value"] = np.sign(lexicons["value"])
    # Hu and Liu's lexicon is right for 68 headlines. 145 have a gold code: of those that have none, nobody knows (all 153 below would give .444).
    of_one = lexicons.loc[lexicons["coder"] == "HuLiu_deepl", ["coder", "item", "value"]]
    table = pd.concat([gold, of_one], ignore_index=True).assign(variable="tone")
    found = one(measured(table, level="ordinal"), PERCENT)
    assert (found["n_items"], round(found["estimate"] * found["n_items"], 9)) == (145, 68)
    for name, of_lexicon in lexicons.groupby("coder"):
        table = pd.concat([gold, of_lexicon[["coder", "item", "value"]]]).assign(variable="tone")
        wide = table.pivot(index="coder", columns="item", values="value").to_numpy(float)
        expected = krippendorff.alpha(wide, level_of_measurement="ordinal")
        assert one(measured(table, level="ordinal"))["estimate"] == pytest.approx(expected, abs=1e-12), name
    students = (
        rows("codings.dev.jsonl").query("source == 'manual'").rename(columns={"id": "item"}).assign(variable="tone")
    )
    expected = krippendorff.alpha(
        students.pivot(index="coder", columns="item", values="value").to_numpy(float), level_of_measurement="ordinal"
    )
    assert one(measured(students, level="ordinal"))["estimate"] == pytest.approx(expected, abs=1e-12)
