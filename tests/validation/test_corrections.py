"""Codings beside hits, by hand: what a unit holds by its coders, which units count, and what is refused."""

import pandas as pd
import pytest

import analysis as fa

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "war": ["war"]})
VARIABLES = {
    "frame": {"measures": "category", "about": "match", "values": ["weakness", "war", "none"]},
    "also": {"measures": "missed", "about": "unit", "values": ["weakness", "war", "none"]},
}
# Sentences by article, in whole words of our own; weak is hit thrice, war once.
BODIES = ["Hurd is weak. Hurd looks feeble. All is calm.", "A weak tea. Talks went on.", "War at weak walls."]
# unit: article, the words of the sentence, stratum
UNITS = {
    "u1": ("a1", "Hurd is weak", "hits"),
    "u2": ("a1", "Hurd looks feeble", "rest"),
    "u3": ("a2", "A weak tea", "hits"),
    "u4": ("a3", "War at weak walls", "hits"),
}
STRATA = [{"stratum": "hits", "n_units": 3, "n_drawn": 3}, {"stratum": "rest", "n_units": 3, "n_drawn": 1}]
# coder, unit, word of the match ("" for the unit itself), value
CODED = [
    ("A", "u1", "weak", "weakness"), ("A", "u1", "", "none"), ("B", "u1", "weak", "none"), ("B", "u1", "", "war"),
    ("A", "u2", "", "weakness"), ("B", "u2", "", "weakness;war"),
    ("A", "u3", "weak", "none"), ("A", "u3", "", "none"),
    ("A", "u4", "War", "war"), ("A", "u4", "weak", "war"), ("A", "u4", "", "none"),
]  # fmt: skip


@pytest.fixture
def tokens(encode):
    return encode(article_id=["a1", "a2", "a3"], body=BODIES)


@pytest.fixture
def hits(tokens):
    return fa.find_hits(tokens, LEXICON)


def codings(hits: pd.DataFrame, coded=CODED, kind="person") -> pd.DataFrame:
    """Return CODINGS of these codes, as they come from a sample of the sentences above."""
    bodies = dict(zip(["a1", "a2", "a3"], BODIES, strict=True))
    rows = []
    for coder, unit, word, value in coded:
        article, text, stratum = UNITS[unit]
        begin = bodies[article].index(text)
        start = begin + text.index(word)
        rows.append(
            {
                "coder": coder, "item": f"{unit}-{word}" if word else unit, "variable": "frame" if word else "also", "value": value,
                "kind": kind, "unit_id": unit, "about": "match" if word else "unit", "article_id": article, "field": "body",
                "start": start, "end": start + len(word) if word else begin + len(text), "unit_start": begin,
                "unit_end": begin + len(text), "stratum": stratum, "probability": 1.0 if stratum == "hits" else 1 / 3,
            }
        )  # fmt: skip
    table = pd.DataFrame(rows)
    table.attrs = {"variables": VARIABLES, "sample_strata": STRATA, "lexicon_hash": hits.attrs["lexicon_hash"]}
    return table


def cells(table: pd.DataFrame, column: str) -> dict[str, list[float]]:
    """Return weakness and war of each unit."""
    wide = table.pivot(index="unit_id", columns="category", values=column)[["weakness", "war"]]
    return {str(unit): row.tolist() for unit, row in wide.iterrows()}


def test_coders_and_lexicon_by_unit(tokens, hits):
    table = fa.validate.correction(codings(hits), hits, tokens)
    assert cells(table, "f") == {"u1": [1, 0], "u2": [0, 0], "u3": [1, 0], "u4": [1, 1]}
    # By hand: u1 weak is weakness for one of two coders, and one of two adds war; u2 both see weakness, one war too; u4 holds war twice.
    assert cells(table, "y") == {"u1": [0.5, 0.5], "u2": [1, 0.5], "u3": [0, 0], "u4": [0, 2]}
    assert table.attrs["truth"] == "mean of 2 coders: 3 items; one coder: 5 items"
    assert table.drop_duplicates("unit_id").set_index("unit_id")["zone"].tolist() == ["lead"] * 4
    assert (table.attrs["sample_unit"], table.attrs["population"], table.attrs["n_uncoded_units"]) == (
        "sentence",
        "articles",
        0,
    )


def test_an_adjudicated_code_stands_in_place_of_all_others(tokens, hits):
    settled = codings(hits, [("C", "u1", "weak", "weakness"), ("C", "u2", "", "war")], kind="adjudicated")
    both = pd.concat([codings(hits), settled], ignore_index=True)
    both.attrs = codings(hits).attrs
    table = fa.validate.correction(both, hits, tokens)
    assert cells(table, "y") == {"u1": [1, 0.5], "u2": [0, 1], "u3": [0, 0], "u4": [0, 2]}
    assert table.attrs["truth"] == "adjudicated: 2 items; mean of 2 coders: 1 item; one coder: 5 items"


def test_models_count_nowhere(tokens, hits):
    made = codings(hits, [("gpt", "u3", "weak", "weakness"), ("gpt", "u3", "", "war")], kind="model")
    both = pd.concat([codings(hits), made], ignore_index=True)
    both.attrs = codings(hits).attrs
    assert cells(fa.validate.correction(both, hits, tokens), "y")["u3"] == [0, 0]
    with pytest.raises(fa.SchemaError, match="no person coded anything"):
        fa.validate.correction(made, hits, tokens)


@pytest.mark.parametrize("left_out", [("A", "u3", "weak", "none"), ("A", "u3", "", "none")])
def test_a_unit_that_is_coded_in_part_is_left_out_and_the_others_stand_for_it(tokens, hits, left_out):
    table = fa.validate.correction(codings(hits, [one for one in CODED if one != left_out]), hits, tokens)
    assert sorted(table["unit_id"].unique()) == ["u1", "u2", "u4"]
    # By hand: 2 of the 3 drawn were coded, so each is there with the probability 2 / 3.
    assert dict(zip(table["unit_id"], table["probability"].round(9), strict=True)) == {
        "u1": round(2 / 3, 9), "u2": round(1 / 3, 9), "u4": round(2 / 3, 9),
    }  # fmt: skip
    assert table.attrs["n_uncoded_units"] == 1


def test_another_lexicon_is_corrected_by_the_same_codings(tokens, hits):
    edited = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["feeble"], "war": ["war"]}))
    table = fa.validate.correction(codings(hits), edited, tokens)
    assert cells(table, "f") == {"u1": [0, 0], "u2": [1, 0], "u3": [0, 0], "u4": [0, 1]}
    assert cells(table, "y") == cells(fa.validate.correction(codings(hits), hits, tokens), "y")


def test_categories_that_coders_could_not_give_are_left_out(tokens, hits):
    table = codings(hits)
    table.attrs["variables"] = {name: facts | {"values": ["war", "none"]} for name, facts in VARIABLES.items()}
    assert fa.validate.correction(table, hits, tokens)["category"].unique().tolist() == ["war"]


def test_articles_hold_a_frame_or_not(tokens, hits):
    rows = [("A", "a1", "weakness"), ("A", "a2", "none"), ("B", "a2", "weakness"), ("A", "a3", "weakness;war")]
    table = pd.DataFrame(rows, columns=["coder", "item", "value"])
    table = table.assign(
        variable="present", about="unit", unit_id=table["item"], article_id=table["item"], field="", start=0, end=0, unit_start=0,
        unit_end=0, stratum="all", probability=1.0,
    )  # fmt: skip
    made = fa.validate.correction(table, hits, tokens, population="corpus")
    assert cells(made, "f") == {"a1": [1, 0], "a2": [1, 0], "a3": [1, 1]}
    assert cells(made, "y") == {"a1": [1, 0], "a2": [0.5, 0], "a3": [1, 1]}
    assert (made.attrs["sample_unit"], made.attrs["population"]) == ("article", "corpus")


def test_what_cannot_be_corrected_is_refused(tokens, hits):
    table = codings(hits)
    cases = [
        (table.drop(columns=["probability"]), r"no column 'probability'.*read_codings\(…, sample=…\)"),
        (pd.concat([table, table.iloc[[0]]]), "stands in more than one row"),
        (table.assign(probability=0.0), "probability 0.0 of unit 'u1'"),
        (table[table["variable"] == "frame"], "no variable measures 'missed'"),
        (table[table["stratum"] == "hits"], "no unit of the stratum 'rest' was coded, which has 3"),
        (table.assign(article_id="b9"), "article 'b9' is not in the corpus"),
        (table.assign(stratum=table["item"]), "unit 'u1' stands at two places, or with two strata"),
        ("codings.csv", "found the text 'codings.csv' in the place of codings"),
    ]
    for wrong, message in cases:
        if isinstance(wrong, pd.DataFrame):
            wrong.attrs = table.attrs
        with pytest.raises(fa.SchemaError, match=message):
            fa.validate.correction(wrong, hits, tokens)
    with pytest.raises(fa.SchemaError, match="population='all'; known are articles, corpus"):
        fa.validate.correction(table, hits, tokens, population="all")
    other = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"mood": ["calm"]}))
    with pytest.raises(
        fa.SchemaError, match=r"no code of 'frame' \(weakness, war, none\) is a category of the hits \(mood\)"
    ):
        fa.validate.correction(table, other, tokens)
