"""Krippendorff's alpha against published values, the krippendorff library and counts by hand."""

import krippendorff
import numpy as np
import pytest

from analysis.validation.alpha import alpha_parts, masi_distances, ratio_distances

_ = np.nan
# Krippendorff's own example of 4 coders and 12 items (Hayes & Krippendorff 2007 have it with its values), the rows are coders.
FOUR_CODERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
# 3 coders and 15 items, as in Wikipedia's article on alpha.
THREE_CODERS = np.array(
    [
        [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
        [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
        [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
    ]
)
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def coded(table):
    """Return the numbers of the values by item and coder, and the values."""
    values = np.unique(table[~np.isnan(table)])
    return np.where(np.isnan(table), -1, np.searchsorted(values, np.nan_to_num(table))).T, values


def alpha(table, level):
    codes, values = coded(table)
    parts = alpha_parts(codes, values, level)
    return float(parts.estimate(parts.columns.sum(axis=0)[None])[0, 0])


@pytest.mark.parametrize(
    ("table", "level", "expected"),
    # Doctests of the library krippendorff 0.9, which cites Krippendorff's paper "Computing Krippendorff's alpha-reliability" and Wikipedia.
    [
        (THREE_CODERS, "nominal", 0.691358),
        (THREE_CODERS, "interval", 0.810845),
        (FOUR_CODERS, "nominal", 0.743),
        (FOUR_CODERS, "ordinal", 0.815),
        (FOUR_CODERS, "interval", 0.849),
        (FOUR_CODERS, "ratio", 0.797),
    ],
)
def test_published_values(table, level, expected):
    digits = len(str(expected)) - 2
    assert round(alpha(table, level), digits) == expected


@pytest.mark.parametrize("level", LEVELS)
def test_the_library_on_a_thousand_tables_with_missing_codings(level):
    rng = np.random.default_rng(11)
    defined = 0
    for number in range(1_000):
        n_items, n_coders, n_values = rng.integers(2, 30), rng.integers(2, 7), rng.integers(2, 8)
        truth = rng.integers(0, n_values, size=n_items)
        guessed = rng.integers(0, n_values, size=(n_coders, n_items))
        table = np.where(rng.random((n_coders, n_items)) < rng.random(), truth, guessed).astype(float)
        if number % 3 == 0:
            table = table * 1.7 + 0.3  # numbers that are not whole
        table[rng.random(table.shape) < rng.random() * 0.6] = np.nan
        found = alpha(table, level)
        in_two = (~np.isnan(table)).sum(axis=0) >= 2
        if len(np.unique(table[:, in_two][~np.isnan(table[:, in_two])])) < 2:
            assert np.isnan(found)
            continue
        assert found == pytest.approx(krippendorff.alpha(table, level_of_measurement=level), abs=1e-12)
        defined += 1
    assert defined > 900


def test_far_from_zero_nothing_is_lost():
    # Years: sums of squares near four millions, distances near one. Adding 2,000 to all values moves no difference.
    years = THREE_CODERS + 2_000
    assert alpha(years, "interval") == pytest.approx(alpha(THREE_CODERS, "interval"), abs=1e-14)


def test_many_values_of_an_ordinal_scale():
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 101, size=300)
    table = np.clip(truth + rng.integers(-9, 10, size=(4, 300)), 0, 100).astype(float)
    assert alpha(table, "ordinal") == pytest.approx(
        krippendorff.alpha(table, level_of_measurement="ordinal"), abs=1e-12
    )


def test_sums_of_several_resamples_at_once():
    codes, values = coded(FOUR_CODERS)
    for level in LEVELS:
        parts = alpha_parts(codes, values, level)
        times = np.random.default_rng(1).integers(0, 3, size=(5, 12))
        found = parts.estimate(times.astype(float) @ parts.columns)[:, 0]
        expected = [alpha(np.repeat(FOUR_CODERS, row, axis=1), level) for row in times]
        np.testing.assert_allclose(found, expected, atol=1e-13)


def test_no_codings_and_one_value_have_none():
    nothing = alpha_parts(np.full((3, 2), -1), np.zeros(0), "interval")
    assert np.isnan(nothing.estimate(nothing.columns.sum(axis=0)[None])).all()
    for level in LEVELS:
        assert np.isnan(alpha(np.array([[2.0, 2.0], [2.0, 2.0]]), level))


def test_distances_of_sets_by_hand():
    # {a} and {a, b}: J = 1/2, M = 2/3; {a, b} and {b, c}: J = 1/3, M = 1/3; nothing in common: 1; equal, also two empty ones: 0.
    sets = [frozenset("a"), frozenset("ab"), frozenset("bc"), frozenset()]
    expected = [[0, 2 / 3, 1, 1], [2 / 3, 0, 8 / 9, 1], [1, 8 / 9, 0, 1], [1, 1, 1, 0]]
    np.testing.assert_allclose(masi_distances(sets), expected)


def test_alpha_of_sets_by_hand():
    # Items {a}{a}, {a}{a,b}, {b}{b}: n = 3 of {a}, 1 of {a,b}, 2 of {b}. Within: 2 · 2/3. Between: 2 · (3 · 2/3 + 6 · 1 + 2 · 2/3) = 56/3.
    # alpha = 1 − 5 · (4/3) / (56/3) = 9/14.
    parts = alpha_parts(
        np.array([[0, 0], [0, 1], [2, 2]]), masi_distances([frozenset("a"), frozenset("ab"), frozenset("b")]), "set"
    )
    assert parts.estimate(parts.columns.sum(axis=0)[None])[0, 0] == pytest.approx(9 / 14)


def test_distances_of_a_ratio_scale():
    # By hand: ((2 − 1) / 3)² = 1/9, ((4 − 2) / 6)² = 1/9, ((4 − 1) / 5)² = 9/25; 0 is as far as can be from all others, and 0 from itself.
    np.testing.assert_allclose(ratio_distances(np.array([0.0, 1, 2])), [[0, 1, 1], [1, 0, 1 / 9], [1, 1 / 9, 0]])
