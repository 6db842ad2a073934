"""Ratios of rates by negative-binomial regression: closed forms, a ratio that was put in, and statsmodels called directly."""

import sys

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.measures.regression import adjusted_ratios

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "strength": ["strong"]})


@pytest.fixture(scope="module")
def api():
    return pytest.importorskip("statsmodels.api", reason="statsmodels is not installed: pip install '.[stats]'")


def article(n_hits: int, n_words: int) -> str:
    return "weak " * n_hits + "calm " * (n_words - n_hits)


def ratios(tokens, **options):
    hits = fa.find_hits(tokens, FRAMES)
    return adjusted_ratios(hits, tokens, **options)


def row(table, outlet, category="weakness"):
    return table[(table["outlet"] == outlet) & (table["category"] == category)].iloc[0]


def test_two_groups_have_the_ratio_of_their_rates(api, encode):
    # By hand: x has 3 + 2 + 4 hits in 30 words, y 1 + 1 + 2 in 30. With articles of one length a maximum-likelihood mean is the mean, so
    # the ratio is 9 / 4. Spread: Σ (h - 3)² + Σ (h - 4/3)² = 2 + 2/3, below the 13 hits: no more than Poisson, alpha 0, and the error
    # of the model, sqrt(1/9 + 1/4), is larger than the robust one. Freedom: 6 articles - 2 terms.
    tokens = encode(
        outlet=["x"] * 3 + ["y"] * 3, section=["war"] * 6, body=[article(n, 10) for n in (3, 2, 4, 1, 1, 2)]
    )
    table = ratios(tokens, adjust_for=["section"], reference="y")
    found = row(table, "x")
    assert found[["n_articles", "n_tokens", "n_hits"]].tolist() == [3, 30, 9]
    error, t = np.sqrt(1 / 9 + 1 / 4), stats.t(4)
    for model in ("raw", "adjusted"):  # one section: nothing to adjust for
        assert found[f"{model}_ratio"] == pytest.approx(9 / 4)
        assert found[f"{model}_low"] == pytest.approx(9 / 4 / np.exp(t.ppf(0.975) * error))
        assert found[f"{model}_high"] == pytest.approx(9 / 4 * np.exp(t.ppf(0.975) * error))
        assert found[f"{model}_p"] == pytest.approx(2 * t.sf(np.log(9 / 4) / error))
        assert found[f"{model}_alpha"] == 0
    assert found["adjusted_p_corrected"] == pytest.approx(found["adjusted_p"])  # the one test of the table
    assert found["reason"] == ""
    assert row(table, "y")[["raw_ratio", "adjusted_ratio", "reason"]].tolist() == [1, 1, "the reference"]
    assert table.attrs["reference"] == "y"
    assert table.attrs["errors"] == "robust (HC1)"
    assert table.attrs["adjusted_for"] == "section (1 values)"


@pytest.mark.parametrize("is_poisson", [False, True])
def test_robust_errors_are_hc1(api, encode, is_poisson):
    # Closed form: with articles of one length each group's mean is that of its hits, the terms of the dispersion drop out of the sandwich
    # (their cross derivatives sum to 0 in each group), and the squared error of the log ratio is Σ (h - m)² / (Σ h)² of one group and the
    # other, times n / (n - k) with k = 2. It is larger than the model's, since all spread is in one group.
    n_hits = {"x": [1, 10, 4], "y": [6] * 5} if is_poisson else {"x": [0, 14, 2, 15, 1], "y": [4, 5, 4, 3, 4, 4] * 3}
    tokens = encode(
        outlet=[name for name, counts in n_hits.items() for _ in counts],
        section=["war"] * sum(map(len, n_hits.values())),
        body=[article(n, 40) for counts in n_hits.values() for n in counts],
    )
    found = row(ratios(tokens, adjust_for=["section"], reference="y"), "x")
    groups = [np.array(counts, float) for counts in n_hits.values()]
    n = sum(map(len, groups))
    error = np.sqrt(n / (n - 2) * sum(((h - h.mean()) ** 2).sum() / h.sum() ** 2 for h in groups))
    assert (found["adjusted_alpha"] == 0) == is_poisson
    reach = stats.t.ppf(0.975, n - 2) * error
    centre = groups[0].mean() / groups[1].mean()
    for model in ("raw", "adjusted"):
        assert found[f"{model}_low"] == pytest.approx(centre * np.exp(-reach), rel=1e-4)
        assert found[f"{model}_high"] == pytest.approx(centre * np.exp(reach), rel=1e-4)
        assert found[f"{model}_p"] == pytest.approx(2 * stats.t.sf(abs(np.log(centre)) / error, n - 2), abs=1e-4)


def test_the_offset_is_the_words_of_the_article(api, encode):
    # By hand, Poisson: x has 6 hits in 60 words, y 6 in 30: a ratio of 1/2 although both have 2 hits an article.
    lengths = [10, 20, 30, 10, 10, 10]
    tokens = encode(
        outlet=["x"] * 3 + ["y"] * 3,
        section=["war"] * 6,
        body=[article(n, length) for n, length in zip([1, 2, 3, 2, 2, 2], lengths, strict=True)],
    )
    found = row(ratios(tokens, adjust_for=["section"]), "y")  # the reference is x, which has most words
    assert found["raw_ratio"] == pytest.approx(2)
    assert found["raw_alpha"] == 0


@pytest.fixture(scope="module")
def simulated(encode):
    """Return a corpus of known effects: rate 1.5 times as high in x as in y, 4 times in war; x writes mostly of war, y of sport."""
    rng = np.random.default_rng(11)
    n = 600
    outlet = np.repeat(["x", "y"], n // 2)
    section = np.where(rng.random(n) < np.where(outlet == "x", 0.8, 0.2), "war", "sport")
    words = rng.integers(40, 120, n)
    mean = 0.01 * words * np.where(outlet == "x", 1.5, 1) * np.where(section == "war", 4, 1)
    # Gamma-Poisson: variance mean + 0.5 · mean².
    n_hits = np.minimum(rng.poisson(mean * rng.gamma(2, 0.5, n)), words)
    tokens = encode(
        outlet=outlet.tolist(), section=section.tolist(), event_id=[f"e{place % 60}" for place in range(n)],
        body=[article(h, w) for h, w in zip(n_hits, words, strict=True)],
    )  # fmt: skip
    return tokens, pd.DataFrame({"outlet": outlet, "section": section, "words": words, "n_hits": n_hits})


def test_a_ratio_that_was_put_in_is_found_by_adjusting(api, simulated):
    table = ratios(simulated[0], adjust_for=["section"], reference="y")
    found = row(table, "x")
    # The logarithm of the ratio has a standard error of about 0.11 (some 500 hits in each of two sections, alpha 0.5), so three of them are 0.33.
    assert np.log(found["adjusted_ratio"]) == pytest.approx(np.log(1.5), abs=0.33)
    assert found["adjusted_low"] < 1.5 < found["adjusted_high"]
    assert found["adjusted_alpha"] == pytest.approx(0.5, abs=0.2)
    # Raw, what x writes of counts too: (0.8 · 4 + 0.2) / (0.2 · 4 + 0.8) = 3.4 / 1.6, times 1.5, is 3.19.
    assert np.log(found["raw_ratio"]) == pytest.approx(np.log(1.5 * 3.4 / 1.6), abs=0.33)
    assert found["raw_low"] > 1.5


@pytest.mark.parametrize("cluster", ["article_id", "event_id"])
def test_estimates_are_those_of_statsmodels(api, simulated, cluster):
    tokens, data = simulated
    found = row(ratios(tokens, adjust_for=["section", "length"], reference="y", cluster=cluster), "x")
    design = api.add_constant(
        np.column_stack([data["outlet"] == "x", data["section"] == "war", np.log(data["words"])]).astype(float)
    )
    clusters = np.arange(600) % 60
    errors = (
        {"cov_type": "HC1"} if cluster == "article_id" else {"cov_type": "cluster", "cov_kwds": {"groups": clusters}}
    )
    model = api.NegativeBinomial(data["n_hits"].to_numpy(), design, offset=np.log(data["words"]).to_numpy())
    robust, plain = (model.fit(disp=0, maxiter=500, **options) for options in (errors, {}))
    assert np.log(found["adjusted_ratio"]) == pytest.approx(robust.params[1], abs=1e-4)
    assert found["adjusted_alpha"] == pytest.approx(robust.params[-1], rel=1e-3)
    freedom = 600 - 4 if cluster == "article_id" else 59
    width = 2 * stats.t.ppf(0.975, freedom) * max(robust.bse[1], plain.bse[1])
    assert np.log(found["adjusted_high"] / found["adjusted_low"]) == pytest.approx(width, rel=1e-3)


def test_what_cannot_be_estimated_has_a_reason_and_no_number(api, encode):
    # one: a single article; zero: no hits; rest: as y.
    groups = {"x": [2, 1, 3, 2], "y": [1, 2, 1, 1], "one": [4], "zero": [0, 0, 0]}
    tokens = encode(
        outlet=[name for name, counts in groups.items() for _ in counts],
        section=["war", "sport"] * 6,
        body=[article(n, 10) for counts in groups.values() for n in counts],
    )
    table = ratios(tokens, adjust_for=["section"], reference="y")
    assert row(table, "one")["reason"] == "fewer than 3 articles"
    assert row(table, "zero")["reason"] == "no hits"
    measured = [name for name in table if name.startswith(("raw", "adjusted"))]
    assert table.loc[table["outlet"].isin(["one", "zero"]), measured].isna().all(axis=None)
    assert row(table, "x")["reason"] == ""
    assert row(table, "x")["raw_ratio"] == pytest.approx(8 / 5)  # 8 hits by 5, in 40 words each
    nothing = table[table["category"] == "strength"]
    assert nothing[measured].isna().all(axis=None)
    assert row(table, "x", "strength")["reason"] == "no hits"


def test_a_reference_that_cannot_be_estimated_takes_the_others_with_it(api, encode):
    tokens = encode(outlet=["x"] * 3 + ["y"], section=["war"] * 4, body=[article(1, 9)] * 4)
    table = ratios(tokens, adjust_for=["section"], reference="y")
    assert row(table, "x")["reason"] == "the reference, y: fewer than 3 articles"
    assert table[["raw_ratio", "adjusted_ratio"]].isna().all(axis=None)


def test_a_value_without_hits_changes_nothing_but_is_no_separation(api, encode):
    # Sport has no hits: in the model its rate goes to 0, and what is left is war, 6 hits in 30 words against 3 in 30.
    tokens = encode(
        outlet=(["x"] * 3 + ["y"] * 3) * 2,
        section=["war"] * 6 + ["sport"] * 6,
        body=[article(n, 10) for n in (2, 2, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0)],
    )
    found = row(ratios(tokens, adjust_for=["section"], reference="y"), "x")
    assert found["adjusted_ratio"] == pytest.approx(2)
    assert found["reason"] == ""


@pytest.mark.parametrize(
    ("outlet", "section", "n_hits", "reason"),
    [
        # x writes of nothing but war, y of nothing but sport.
        ("xxxxyyyy", "wwwwssss", [1, 2, 1, 2, 1, 1, 2, 1], "groups and columns to adjust for cannot be told apart"),
        # x has its hits in war, of which y has no article, and none in sport: the ratio within sport would go on to 0.
        ("xxxxyyyy", "wwssssss", [1, 2, 0, 0, 1, 1, 2, 1], "hits and columns are separated"),
        ("xxxyyy", "abcdef", [1, 2, 1, 1, 1, 1], "no more articles (6) than terms (7)"),
    ],
)
def test_models_that_have_no_maximum_say_so(api, encode, outlet, section, n_hits, reason):
    tokens = encode(outlet=list(outlet), section=list(section), body=[article(n, 10) for n in n_hits])
    found = row(ratios(tokens, adjust_for=["section"], reference="y"), "x")
    assert np.isfinite(found["raw_ratio"])
    assert np.isnan(found["adjusted_ratio"])
    assert found["reason"].startswith("adjusted: ")
    assert reason in found["reason"]


def test_columns_that_say_the_same_are_named(api, encode):
    tokens = encode(
        outlet=["x", "y"] * 6,
        section=["war", "war", "sport", "sport"] * 3,
        topic=["w", "w", "s", "s"] * 3,
        body=[article(n, 10) for n in (1, 2, 1, 2, 1, 1, 2, 1, 3, 1, 1, 1)],
    )
    found = row(ratios(tokens, adjust_for=["section", "topic"], reference="y"), "x")
    assert found["reason"] == "adjusted: columns to adjust for say the same twice; leave one out"


def test_few_clusters_are_no_basis_and_articles_without_one_stand_alone(api, encode):
    tokens = encode(
        outlet=["x"] * 5 + ["y"] * 5,
        section=["war"] * 10,
        event_id=["a", "a", "b", "b", "b", "a", "b", None, None, None],
        body=[article(n, 10) for n in (1, 2, 1, 2, 1, 1, 2, 1, 1, 1)],
    )
    table = ratios(tokens, adjust_for=["section"], reference="y", cluster="event_id")
    assert row(table, "x")["reason"] == "fewer than 3 clusters"
    assert row(table, "y")["reason"] == "the reference"  # a, b and three alone
    assert table.attrs["errors"] == "clustered by event_id"


def test_articles_without_words_or_values_are_left_out_and_counted(api, encode):
    tokens = encode(
        outlet=["x"] * 4 + ["y"] * 4,
        section=["war"] * 3 + [None] + ["war"] * 4,
        headline=["…"] * 8,
        body=[article(n, 10) for n in (1, 1, 1, 9, 1, 1, 1)] + [""],
    )
    table = ratios(tokens, adjust_for=["section"])
    assert table.attrs["n_articles_left_out"] == 2
    assert row(table, "x")[["n_articles", "n_hits"]].tolist() == [3, 3]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"adjust_for": []}, "give one at least of"),
        ({"adjust_for": ["outlet"]}, "share a name; adjust for other columns"),
        ({"adjust_for": ["topic"]}, "no column 'topic' in ARTICLES"),
        ({"adjust_for": ["date"]}, "'date' holds days, each a term of its own; adjust for 'month'"),
        ({"adjust_for": ["month"]}, "no article has words and a value of outlet, month"),
        ({"adjust_for": ["section"], "cluster": "outlet"}, "cluster by what recurs within groups, such as 'event_id'"),
        ({"adjust_for": ["section"], "reference": "z"}, "outlet has no 'z' with words; known are 'x', 'y'"),
    ],
)
def test_what_cannot_be_modelled_is_refused(api, encode, options, message):
    tokens = encode(outlet=["x", "y"], section=["war", "war"], body=[article(1, 4)] * 2)
    with pytest.raises(fa.SchemaError, match=message):
        ratios(tokens, **options)


def test_without_statsmodels_the_message_says_what_to_install(encode, monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.api", None)
    tokens = encode(outlet=["x", "y"], body=["weak", "calm"])
    with pytest.raises(fa.FramingError, match=r"pip install 'media-framing-analysis\[stats\]'"):
        ratios(tokens, adjust_for=["length"])
