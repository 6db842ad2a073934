"""The difference estimator by hand, against its plain formula in loops, and against prediction-powered inference."""

import numpy as np
import pytest
from scipy import sparse, stats

from analysis.counting.two_phase import Coded, corrected_sums


def corrected(found, said, strata, sizes, **others):
    """Return the corrected sums of one group of articles of one unit each, whose first units are coded, by their strata."""
    found, said, strata = (np.asarray(each) for each in (found, said, strata))
    n = np.bincount(strata[: len(said)], minlength=len(sizes))
    weight = (np.asarray(sizes) / n)[strata[: len(said)]]
    coded = Coded(
        np.arange(len(said)),
        strata[: len(said)],
        weight,
        said[:, None].astype(float),
        found[: len(said), None].astype(float),
    )
    above = sparse.csr_array(found[:, None].astype(np.float64))
    return corrected_sums(above, np.ones(len(found)), np.array([0, len(found)]), coded, **others)


def test_by_hand():
    # Ten articles, five of them coded at random, so each stands for two. f: 4 in all. Coded y 1 1 0 1 0, f 1 1 1 0 0.
    made = corrected([1, 1, 1, 0, 0, 1, 0, 0, 0, 0], [1, 1, 0, 1, 0], [0] * 10, [10])
    # λ = cov(y, f) / var(f) = (2/5 − 9/25) / (3/5 − 9/25) = 0.04 / 0.24; then λ 4 + 2 Σ (y − λ f) = 4 λ + 2 (3 − 3 λ) = 6 − 2 λ.
    assert made.power[0] == pytest.approx(1 / 6)
    assert made.total[0, 0] == pytest.approx(6 - 2 / 6)
    assert (made.n_coded[0, 0], made.n_with_hits[0, 0]) == (5, 3)


@pytest.fixture(scope="module")
def drawn():
    """Return a population of two groups in three strata, and a sample of it."""
    rng = np.random.default_rng(3)
    n = 900
    found, cluster = rng.poisson(0.4, n).astype(float), rng.integers(0, 60, n)
    said = np.maximum(found - rng.integers(0, 2, n), 0) + (rng.random(n) < 0.1)
    stratum = np.where(found > 0, 0, 1 + (rng.random(n) < 0.6))
    picked = np.concatenate([rng.choice(np.flatnonzero(stratum == h), 60, replace=False) for h in range(3)])
    return found, said, cluster, stratum, picked


def sums_of(found, said, cluster, stratum, picked, **others):
    weight = (np.bincount(stratum) / np.bincount(stratum[picked]))[stratum[picked]]
    above = np.bincount(cluster, weights=found, minlength=60)[:, None]
    coded = Coded(cluster[picked], stratum[picked], weight, said[picked, None], found[picked, None])
    return corrected_sums(
        sparse.csr_array(above),
        np.bincount(cluster, minlength=60).astype(float),
        np.array([0, 25, 60]),
        coded,
        **others,
    )


def test_against_the_plain_formula_in_loops(drawn):
    found, said, cluster, stratum, picked = drawn
    made = sums_of(*drawn)
    group = (cluster >= 25).astype(int)
    together = alone = 0.0
    for h in range(3):
        of = picked[stratum[picked] == h]
        n_units, n = (stratum == h).sum(), len(of)
        for g in range(2):
            y, f = said[of] * (group[of] == g), found[of] * (group[of] == g)
            scale = n_units**2 * (1 - n / n_units) / n
            together += scale * np.cov(y, f)[0, 1]
            alone += scale * np.var(f, ddof=1)
    power = together / alone
    assert made.power[0] == pytest.approx(power)
    for g in range(2):
        total = power * found[group == g].sum()
        for unit in picked[group[picked] == g]:
            total += (
                (said[unit] - power * found[unit])
                * (stratum == stratum[unit]).sum()
                / (stratum[picked] == stratum[unit]).sum()
            )
        assert made.total[g, 0] == pytest.approx(total)


def test_as_prediction_powered_inference():
    # Angelopoulos, Duchi & Zrnic (2023), with n labelled and N − n other units: the mean λ' mean(f of others) + mean(y − λ' f), and
    # λ' = cov(y, f) / ((1 + n / (N − n)) var(f)); ours takes all N units in the first term, so λ' = λ (N − n) / N.
    rng = np.random.default_rng(8)
    found = rng.integers(0, 2, 500)
    said = np.where(rng.random(500) < 0.8, found, 1 - found)[:200]
    made = corrected(found, said, [0] * 500, [500])
    tuned = np.cov(said, found[:200])[0, 1] / ((1 + 200 / 300) * np.var(found[:200], ddof=1))
    mean = tuned * found[200:].mean() + (said - tuned * found[:200]).mean()
    assert made.power[0] * 300 / 500 == pytest.approx(tuned)
    assert made.total[0, 0] / 500 == pytest.approx(mean)


def test_what_is_wholly_coded_has_no_error_of_coding(drawn):
    found, said, cluster, stratum, _ = drawn
    every = np.arange(len(found))
    made = sums_of(found, said, cluster, stratum, every, of_corpus=True)
    counted = [said[cluster < 25].sum(), said[cluster >= 25].sum()]
    np.testing.assert_allclose(np.stack([made.total, made.low, made.high])[:, :, 0], [counted] * 3)
    of_articles = sums_of(found, said, cluster, stratum, every)
    # Closed form: what is left is the sampling of articles, t on the log scale with the jackknife variance of the true counts.
    y, size = np.bincount(cluster, weights=said)[:25], np.bincount(cluster)[:25]
    left_out = [(y.sum() - y[i]) / (size.sum() - size[i]) for i in range(25)]
    error = np.sqrt(24 / 25 * ((np.array(left_out) - y.sum() / size.sum()) ** 2).sum()) * size.sum()
    assert of_articles.high[0, 0] == pytest.approx(y.sum() * np.exp(stats.t.ppf(0.975, 24) * error / y.sum()))
    assert of_articles.low[0, 0] == pytest.approx(y.sum() * np.exp(-stats.t.ppf(0.975, 24) * error / y.sum()))


def test_no_miss_seen_has_an_upper_bound():
    # Closed form: 40 of 400 units coded, no hit and no miss. Half a miss of weight 10 · 0.9 (a tenth was coded): a gamma variable of mean 4.5
    # and variance 40.5, which is half a chi-square with one degree of freedom times 9. Its 97.5th percentile is the bound: 22.6, of 400.
    made = corrected([0] * 400, [0] * 40, [0] * 400, [400], of_corpus=True)
    assert (made.total[0, 0], made.low[0, 0]) == (0, 0)
    assert made.high[0, 0] == pytest.approx(4.5 * stats.chi2.ppf(0.975, 1))


def test_all_hits_right_has_a_lower_bound():
    # Closed form: 50 of 100 hits coded, all right. Wilson's lower bound of 1 for 50 / (1 − 1 / 2) = 100 hits is 1 / (1 + 1.96² / 100). Above is
    # what may be missed beside hits: half a miss of weight 2 · 1 / 2.
    made = corrected([1] * 100, [1] * 50, [0] * 100, [100], of_corpus=True)
    assert made.total[0, 0] == 100
    assert made.low[0, 0] == pytest.approx(100 / (1 + 1.959964**2 / 100), rel=1e-6)
    assert made.high[0, 0] == pytest.approx(100 + stats.chi2.ppf(0.975, 1) / 2)


def test_a_lexicon_that_says_nothing_gets_no_weight_and_a_perfect_one_all():
    rng = np.random.default_rng(1)
    found = rng.integers(0, 2, 400)
    assert corrected(found, 1 - found[:100], [0] * 400, [400]).power[0] == 0  # below 0 is taken as 0
    assert corrected(found, found[:100], [0] * 400, [400]).power[0] == 1


def test_strata_with_one_unit_share_a_variance():
    # Three strata of 20 units and one coded of each, and one with 10 of 20: without sharing there would be no variance in the former.
    found = [0] * 80
    said = [1, 0, 1] + [0, 1] * 5
    strata = [0, 1, 2] + [3] * 10 + [0] * 19 + [1] * 19 + [2] * 19 + [3] * 10
    made = corrected(found, said, strata, [20, 20, 20, 20], of_corpus=True)
    assert made.total[0, 0] == 20 + 20 + 2 * 5
    # By hand: 20² · 0.95 · 3 · var(1, 0, 1) = 380 and 20² · (1 / 10 − 1 / 20) · var of five in ten = 20 / 3.6; more than 1.96 of its root.
    assert made.high[0, 0] - 50 > 1.96 * np.sqrt(380 + 20 / 3.6)
    one = corrected([0] * 40, [1] + [0, 1] * 5, [0] + [1] * 10 + [0] * 19 + [1] * 10, [20, 20], of_corpus=True)
    assert (
        one.high[0, 0] > one.total[0, 0] + 20
    )  # alone it takes the variance of the other stratum, as one of its eleven


def test_groups_without_a_coded_unit_have_no_bound_of_right_hits(drawn):
    found, said, cluster, stratum, picked = drawn
    made = sums_of(found, said, cluster, stratum, picked[cluster[picked] >= 25])
    assert np.isnan(made.low[0, 0]) and np.isnan(made.high[0, 0])
    assert made.low[1, 0] < made.total[1, 0] < made.high[1, 0]
