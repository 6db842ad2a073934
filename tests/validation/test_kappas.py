"""Kappas against scikit-learn and statsmodels, AC1 and missing codings against the worked values of irrCAC."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from analysis.validation.kappas import AC1, COHEN, FLEISS, PERCENT, cohen_parts, kappa_parts

# Expected of irrCAC: what its vignette "overview" prints (Gwet, K. L. (2019). irrCAC, version 1.0, doi 10.32614/CRAN.package.irrCAC; the same in its
# README). cac.raw4raters has 4 raters and 12 subjects in 5 categories, from Gwet (2014); 0 is no rating.
FOUR_RATERS = np.array(
    [
        [1, 1, 0, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [0, 5, 5, 5], [0, 0, 1, 1], [0, 0, 3, 0],
    ]
)  # fmt: skip


def kappas(codes, n_values, n_choices=None):
    parts = kappa_parts(codes, n_values, n_choices or n_values)
    return dict(zip(parts.names, parts.estimate(parts.columns.sum(axis=0)[None])[0], strict=True))


def cohen(codes, n_values):
    parts = cohen_parts(codes, n_values)
    assert parts.names == (COHEN,)
    return float(parts.estimate(parts.columns.sum(axis=0)[None])[0, 0])


def test_the_worked_values_of_irrcac_with_missing_ratings():
    # pa.coeff.raw, fleiss.kappa.raw and gwet.ac1.raw: 0.8181818, 0.76117, 0.77544.
    found = kappas(FOUR_RATERS - 1, 5)
    assert {name: round(value, 5) for name, value in found.items()} == {PERCENT: 0.81818, FLEISS: 0.76117, AC1: 0.77544}


def test_a_table_of_two_raters_of_irrcac():
    # cont3x3abstractors: kappa2.table 0.7964094, gwet.ac1.table 0.8493305. The latter by hand too: p = 89 / 100, chance = (1 − Σ π²) / 2
    # with π = 0.13, 0.255, 0.615 (means of both raters' shares).
    table = np.array([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    codes = np.array([(one, other) for (one, other), n in np.ndenumerate(table) for _ in range(n)])
    assert round(cohen(codes, 3), 7) == 0.7964094
    chance = (1 - 0.13**2 - 0.255**2 - 0.615**2) / 2
    assert kappas(codes, 3)[AC1] == pytest.approx((0.89 - chance) / (1 - chance), abs=1e-14)
    assert round(kappas(codes, 3)[AC1], 7) == 0.8493305


def test_the_ratings_of_six_psychiatrists_of_irrcac():
    # distrib.6raters, how many of six raters put each of 15 patients into each of five categories: gwet.ac1.dist 0.4448007,
    # fleiss.kappa.dist 0.4139265.
    counts = [
        [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0],
        [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
    ]  # fmt: skip
    found = kappas(np.array([np.repeat(np.arange(5), row) for row in counts]), 5)
    assert {name: round(found[name], 7) for name in (AC1, FLEISS)} == {AC1: 0.4448007, FLEISS: 0.4139265}


def test_fleiss_of_statsmodels_where_all_code_all():
    rng = np.random.default_rng(5)
    for _ in range(200):
        n_values = int(rng.integers(2, 6))
        truth = rng.integers(0, n_values, size=40)[:, None]
        codes = np.where(rng.random((40, 4)) < 0.6, truth, rng.integers(0, n_values, size=(40, 4)))
        expected = fleiss_kappa(aggregate_raters(codes, n_cat=n_values)[0])
        assert kappas(codes, n_values)[FLEISS] == pytest.approx(expected, abs=1e-12)


def test_cohen_of_scikit_learn_over_what_both_coded():
    rng = np.random.default_rng(6)
    for _ in range(200):
        n_values = int(rng.integers(2, 6))
        truth = rng.integers(0, n_values, size=40)[:, None]
        codes = np.where(rng.random((40, 2)) < 0.6, truth, rng.integers(0, n_values, size=(40, 2)))
        codes[rng.random(codes.shape) < 0.2] = -1
        both = codes[(codes >= 0).all(axis=1)]
        assert cohen(codes, n_values) == pytest.approx(cohen_kappa_score(*both.T), abs=1e-12)


def test_what_was_never_chosen_counts_for_ac1_only():
    # By hand: p = 3/4, π = 3/8 and 5/8; chance of AC1 is (1 − 34/64) / (q − 1): 0.46875 of 2 choices, 0.15625 of 4.
    codes = np.array([[0, 0], [1, 1], [1, 1], [0, 1]])
    two, four = kappas(codes, 2), kappas(codes, 2, 4)
    assert two[AC1] == pytest.approx((0.75 - 0.46875) / (1 - 0.46875))
    assert four[AC1] == pytest.approx((0.75 - 0.15625) / (1 - 0.15625))
    assert two[FLEISS] == four[FLEISS] == pytest.approx((0.75 - 34 / 64) / (30 / 64))


def test_one_value_leaves_nothing_beyond_chance():
    codes = np.zeros((6, 2), int)
    found = kappas(codes, 1)
    assert found[PERCENT] == 1
    assert np.isnan([found[FLEISS], found[AC1], cohen(codes, 1)]).all()
    # Where another value could have been chosen, AC1 is 1: chance agreement is then 0.
    assert kappas(codes, 1, 2)[AC1] == 1
