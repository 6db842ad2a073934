"""The codings that the project keeps of its own lexicon: readable, without texts, stable, and a floor under what they say of frames.yml.

One reader, a language model, coded by data/codebooks/frames.yml and saw neither category nor outlet; docs/validation.md says how.
"""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.core.shipped import shipped

REPOSITORY = Path(__file__).resolve().parents[2]
CODINGS = REPOSITORY / "data" / "codings"
FOUNDING = ["weakness", "strength", "failure", "success", "hostility", "cooperation"]
# Two readings, the second in another order.
TWICE = {"frames-sample": {"frame": 0.99, "further": 0.83}, "frames-abp": {"frame": 0.97}}
# Of the sample corpus, measured on the day of coding and rounded down; a revision of the lexicon must not fall below it.
PRECISION = {
    "weakness": 0.94,
    "strength": 0.75,
    "failure": 0.90,
    "success": 1.0,
    "hostility": 1.0,
    "cooperation": 0.98,
}
RECALL = {"weakness": 0.46, "strength": 0.42, "failure": 0.41, "success": 0.17, "hostility": 0.23, "cooperation": 0.35}


def codings_of(name):
    codebook = fa.validate.read_codebook(REPOSITORY / "data" / "codebooks" / "frames.yml")
    found = fa.validate.read_codings([CODINGS / f"{name}.csv"], codebook=codebook)
    assert found.rejected.empty
    return found.table


@pytest.mark.parametrize("name", [path.stem for path in sorted(CODINGS.glob("frames-*.csv"))])
def test_codings_name_places_and_codes_and_hold_no_text(name):
    table = codings_of(name)
    assert set(table["kind"]) == {"model"}
    assert set(table["value"].str.split(";").explode()) <= {*FOUNDING, "none"}
    assert not {"text", "sentence_text", "context"} & set(table.columns)


@pytest.mark.parametrize(("name", "variable"), [(name, variable) for name in TWICE for variable in TWICE[name]])
def test_one_reader_twice_is_called_stability(name, variable):
    table = fa.agreement(codings_of(name), kinds=("model",))
    rows = table[(table["variable"] == variable) & (table["coefficient"] == "krippendorff_alpha")]
    (alpha,) = rows.loc[rows["population"] == "sample", "estimate"]
    assert set(rows["kind"]) == {"stability"}
    assert alpha >= TWICE[name][variable]


def test_the_founding_frames_hold_their_floors_on_the_sample_corpus():
    codings = codings_of("frames-sample")
    # Accuracy counts people alone; that this reader is none is said wherever the figures stand.
    first = codings[codings["coder"] == "reader"].assign(kind="person")
    first.attrs = codings.attrs
    tokens = fa.tokenize(fa.read(REPOSITORY / "data" / "articles"))
    hits = fa.find_hits(tokens, fa.read_lexicon(shipped("frames.yml")))
    founding = hits[hits["category"].isin(FOUNDING)].astype({"category": "str"})
    founding.attrs = hits.attrs
    table = fa.accuracy(first, founding, tokens=tokens).set_index("category")
    for measure, floors in (("precision", PRECISION), ("recall", RECALL)):
        below = table[measure] < pd.Series(floors)[table.index]
        assert table.index[below].tolist() == [], measure
