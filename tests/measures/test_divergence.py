"""Headline frames against the body, in invented articles of one sentence or two."""

import pandas as pd
import pytest

import analysis as fa

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "failure": ["failing"]})
TARGETS = fa.extend.lexicon_from_mapping({"Cole": ["cole"], "council": ["council"]})


def measured(encode, headlines: list[str], bodies: list[str], outlets: list[str] | None = None):
    tokens = encode(headline=headlines, body=bodies, outlet=outlets or ["o"] * len(bodies))
    return fa.divergence(fa.find_hits(tokens, FRAMES, targets=TARGETS), tokens)


@pytest.mark.parametrize(
    ("body", "status", "n_body", "n_narrator"),
    [
        ("Cole is weak.", "supported", 1, 1),
        ("“Cole is weak,” said Ann Marsh. Cole is weak.", "supported", 2, 1),
        ("“Cole is weak,” said Ann Marsh.", "only quoted", 1, 0),
        ("The council is weak.", "unsupported", 0, 0),
        ("Cole is not weak.", "unsupported", 0, 0),
        ("Cole is failing.", "unsupported", 0, 0),
        ("", "unsupported", 0, 0),
    ],
)
def test_what_the_body_has_of_a_headline_frame(encode, body, status, n_body, n_narrator):
    found = measured(encode, ["Cole is weak"], [body])
    assert found[["status", "n_body", "n_narrator"]].to_numpy().tolist() == [[status, n_body, n_narrator]]


def test_shares_by_outlet(encode):
    # By hand: outlet a has one supported and one unsupported frame, b one unsupported.
    found = measured(encode, ["Cole is weak"] * 3, ["Cole is weak.", "Rain.", "Sun."], ["a", "a", "b"])
    table = fa.compare.divergence_rates(found).set_index(["outlet", "status"])
    assert table.loc[("a", "supported"), ["n", "n_frames", "share"]].tolist() == [1, 2, 0.5]
    assert table.loc[("b", "unsupported"), ["n", "n_frames", "share"]].tolist() == [1, 1, 1.0]
    assert pd.isna(table.loc[("b", "unsupported"), "share_low"])  # one article gives no interval
    # Resampling two articles with one frame each gives shares of 0, 0.5 and 1.
    assert table.loc[("a", "supported"), ["share_low", "share_high"]].tolist() == [0.0, 1.0]


def test_text_that_is_not_english_is_refused(encode):
    tokens = encode(headline=["Weak weak"], body=["weak"], language=["de"])
    hits = fa.find_hits(tokens, FRAMES)
    assert hits["voice"].isna().all()
    assert hits["negated"].isna().all()
    with pytest.raises(fa.SchemaError, match="HITS has no voices"):
        fa.divergence(hits, tokens)


def test_an_unknown_column_is_named(encode):
    with pytest.raises(fa.SchemaError, match="no column 'paper'"):
        fa.compare.divergence_rates(measured(encode, ["Cole is weak"], ["x"]), by=["paper"])


def test_rates_of_divergence_name_corpus_lexicon_and_interval(encode):
    tokens = encode(headline=["Weak plan", "Weak day"], body=["A weak plan.", "A day."], outlet=["x", "x"])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}, name="mine"))
    attrs = fa.compare.divergence_rates(fa.divergence(hits, tokens), resampling=fa.Resampling(seed=5)).attrs
    assert attrs == {**hits.attrs, "interval": "95% percentile, 2000 resamples of articles, seed 5"}
    assert (attrs["lexicon"], attrs["corpus_hash"]) == ("mine", tokens.corpus_hash)
