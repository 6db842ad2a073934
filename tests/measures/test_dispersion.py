"""Dispersion by hand and against the plain formulas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from analysis.measures.dispersion import dispersion


def test_gries_own_example():
    # Gries (2008), section 3: five parts of 9, 10, 10, 10 and 11 of 50 words; "a" stands 1, 2, 3, 4 and 5 times: DP = 0.18.
    found = dispersion(sparse.csr_array([[1], [2], [3], [4], [5]]), np.array([9, 10, 10, 10, 11]))
    assert round(float(found.dp[0]), 2) == 0.18


def test_even_and_uneven_terms():
    # By hand: equal articles; the first term is spread evenly, the second stands in one of four articles only.
    counts = sparse.csr_array([[2, 4], [2, 0], [2, 0], [2, 0]])
    found = dispersion(counts, np.array([10, 10, 10, 10]))
    assert found.dp.tolist() == [0.0, 0.75]
    assert found.d.tolist() == pytest.approx([1.0, 0.0])


def test_one_article_and_absent_terms_have_none():
    assert np.isnan(dispersion(sparse.csr_array([[1]]), np.array([5])).dp).all()
    found = dispersion(sparse.csr_array(np.array([[1, 0], [1, 0]])), np.array([5, 5]))
    assert np.isnan([found.dp[1], found.d[1]]).all()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 50)), min_size=2, max_size=8))
def test_the_plain_formulas(parts):
    uses, sizes = np.array([part[0] for part in parts]), np.array([part[1] for part in parts])
    found = dispersion(sparse.csr_array(uses[:, None]), sizes)
    if not uses.any():
        assert np.isnan(found.dp[0])
        return
    rates = uses / sizes
    assert float(found.dp[0]) == pytest.approx(np.abs(uses / uses.sum() - sizes / sizes.sum()).sum() / 2)
    assert float(found.d[0]) == pytest.approx(1 - rates.std() / rates.mean() / np.sqrt(len(parts) - 1), abs=1e-9)
