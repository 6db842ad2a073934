"""How many units each stratum gets: two at least, the others by the square root of its size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.validation.allocation import allocated, halves


def test_two_for_each_and_the_others_by_the_root_of_the_size():
    # By hand: 2 and 2 of 100 and 400, roots 10 and 20. The next four go where root / (units + 1/2) is largest: 20/2.5 = 8 to the second,
    # 20/3.5 = 5.7, 20/4.5 = 4.4, and then 10/2.5 = 4 against 20/5.5 = 3.6 to the first.
    assert allocated(np.array([100, 400]), 8).tolist() == [3, 5]


def test_a_stratum_gives_no_more_than_it_has():
    # By hand: strata of 1 and 2 are whole with 1 and 2; the other seven are of the third.
    assert allocated(np.array([1, 2, 1000]), 10).tolist() == [1, 2, 7]


def test_of_equal_strata_the_first_gets_more():
    assert allocated(np.array([50, 50]), 5).tolist() == [3, 2]


@pytest.mark.parametrize(
    ("n", "n_with", "n_without", "fewest_without", "expected"),
    [
        (200, 1000, 9000, 4, (100, 100)),
        (200, 60, 9000, 4, (60, 140)),  # all hits, and the others without
        (200, 1000, 30, 4, (170, 30)),
        (6, 1000, 9000, 4, (2, 4)),  # two screened and two of the rest first
        (9, 9, 0, 0, (9, 0)),
        (9, 0, 12, 2, (0, 9)),
    ],
)
def test_half_with_and_half_without_hits_as_far_as_there_are(n, n_with, n_without, fewest_without, expected):
    assert halves(n, n_with, n_without, fewest_without=fewest_without) == expected


@given(st.lists(st.integers(1, 300), min_size=1, max_size=12), st.data())
def test_the_numbers_add_up_and_are_allowed(sizes, data):
    sizes = np.array(sizes)
    n = data.draw(st.integers(int(np.minimum(sizes, 2).sum()), int(sizes.sum())))
    drawn = allocated(sizes, n)
    assert drawn.sum() == n
    assert (drawn <= sizes).all()
    assert (drawn >= np.minimum(sizes, 2)).all()
    # A larger stratum never gets less.
    assert (np.diff(drawn[np.argsort(sizes, kind="stable")]) >= -1).all()
