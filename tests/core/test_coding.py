"""Codes of values against lookups one by one."""

import pandas as pd
import pytest

from analysis.core.coding import coded, codes_in, levels

VALUES = ["b", "a", None, "b", "c"]


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_codes_are_places_in_sorted_values_and_minus_one_where_missing(dtype):
    codes, values = coded(pd.Series(VALUES, dtype=dtype))
    assert (codes.tolist(), values) == ([1, 0, -1, 1, 2], ["a", "b", "c"])


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_a_value_that_is_not_listed_has_no_code(dtype):
    assert codes_in(pd.Series(VALUES, dtype=dtype), ["c", "b"]).tolist() == [1, -1, -1, 1, 0]


def test_a_category_without_a_row_is_a_level_and_has_no_code():
    column = pd.Series(pd.Categorical(["x", "x"], categories=["z", "x", "y"]))
    assert levels(column) == ["z", "x", "y"]
    assert coded(column)[1] == ["x"]


def test_levels_of_a_plain_column_are_its_sorted_values():
    assert levels(pd.Series([2.0, None, -1.0])) == [-1.0, 2.0]


def test_an_empty_column_has_no_value():
    codes, values = coded(pd.Series([], dtype="category"))
    assert (codes.tolist(), values) == ([], [])


def test_numbers_and_truth_values_are_coded_too():
    assert codes_in(pd.Series([0.0, -1.0, None]), [-1.0, 0.0]).tolist() == [1, 0, -1]
    assert codes_in(pd.Series([True, None, False], dtype="boolean"), [False, True]).tolist() == [1, -1, 0]
