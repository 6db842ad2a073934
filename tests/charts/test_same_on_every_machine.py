"""A chart and its table are the same where another processor gives other last bits: of the numbers, and of logarithms in charts."""

import re

import matplotlib.transforms
import numpy as np
import pandas as pd
import pytest
from chart_cases import CASES, svg_of, unchanged_svg
from lxml import etree

from analysis.charts.numbers import rounded_table, rounded_value
from analysis.charts.svg import DECIMALS, rounded_svg

pytestmark = pytest.mark.slow  # draws every chart again and again


def shaken(table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the table with another last bit or two in each number that has a fraction."""
    rng = np.random.default_rng(seed)
    made = table.copy()
    for name in table.select_dtypes("float").columns:
        # Numbers that come from eight digits; in a table of a model none of them ends there, so that rounding is not at an edge.
        made[name] = table[name] * (1 + rng.integers(-4, 5, len(table)) * 2.0**-52)
    made.attrs = {
        name: value * (1 + 2.0**-52) if isinstance(value, float) else value for name, value in table.attrs.items()
    }
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_last_bits_of_a_table_do_not_show(case):
    other = {name: shaken(table, seed) for seed, (name, table) in enumerate(case.tables.items())}
    is_same = svg_of(case.draw(**other)) == unchanged_svg(case.name)
    assert is_same


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_last_bits_of_a_transform_do_not_show(case, monkeypatch):
    # As where the logarithm of an axis, or the layout, comes out otherwise: every place on the page moves by some 1e-13 points.
    before = unchanged_svg(case.name)
    transform = matplotlib.transforms.Affine2DBase.transform_affine

    def moved(self, values):
        return transform(self, values) * (1 + 2.0**-51)

    monkeypatch.setattr(matplotlib.transforms.Affine2DBase, "transform_affine", moved)
    is_same = svg_of(case.draw()) == before
    assert is_same


def test_a_table_is_rounded_to_eight_significant_digits():
    table = pd.DataFrame(
        {"rate": [1 / 3, 2e-17 / 3, np.nan], "n": [123456789012, 1, 2], "date": pd.to_datetime(["2025-01-02"] * 3)}
    )
    table.attrs = {"brier": 2 / 3, "n": 3, "names": ["a"], "per": {"x": 200 / 3}}
    rounded = rounded_table(table)
    # By hand: eight digits of 0.333…, of 6.666…e-18; whole numbers, days and what is missing stay.
    assert rounded["rate"].tolist()[:2] == [0.33333333, 6.6666667e-18]
    assert np.isnan(rounded["rate"][2])
    pd.testing.assert_frame_equal(rounded[["n", "date"]], table[["n", "date"]])
    assert rounded.attrs == {"brier": 0.66666667, "n": 3, "names": ["a"], "per": {"x": 66.666667}}
    assert table["rate"][0] == 1 / 3  # the caller's table is as it was


def test_types_and_columns_of_one_name_stay():
    table = pd.DataFrame([[1 / 3, 2 / 3]], columns=["a", "a"], index=["x"])
    pd.testing.assert_frame_equal(rounded_table(table), pd.DataFrame([[0.33333333, 0.66666667]], ["x"], ["a", "a"]))
    missing = pd.DataFrame({"a": pd.array([1 / 3, None], dtype="Float64"), "b": np.array([1, 1 / 3], np.float32)})
    assert rounded_table(missing).dtypes.tolist() == missing.dtypes.tolist()


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1 / 3, 0.33333333), (True, True), ("1.123456789", "1.123456789"), ((1 / 3, 2), (0.33333333, 2))],
)
def test_values_of_attrs(value, expected):
    assert rounded_value(value) == expected
    assert type(rounded_value(value)) is type(expected)


def written(identity: str, x: float) -> str:
    """Return an SVG as matplotlib writes it: a marker and a clipping path with ids made from all bits, and a label."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<defs><path id="m{identity}" d="M 0 0 L {x:.10f} 0" style="stroke: #0072b2"/></defs>'
        f'<use xlink:href="#m{identity}" x="-0.0000001"/><text x="1.5"> x="0.123456789" m{identity}</text>'
        f'<clipPath id="p{identity}"><rect width="7"/></clipPath><g clip-path="url(#p{identity})"/></svg>'
    )


def test_coordinates_have_three_decimals_and_texts_all():
    rounded = rounded_svg(written("0123456789", 12.3456789012))
    assert 'd="M 0 0 L 12.346 0"' in rounded
    assert ' x="0"/>' in rounded  # and not -0
    assert '> x="0.123456789" m0123456789</text>' in rounded
    assert rounded_svg(rounded) == rounded


def test_ids_hang_on_what_is_drawn_alone():
    one, two = (rounded_svg(written(*drawn)) for drawn in (("0123456789", 12.34567890), ("abcdef0123", 12.34567891)))
    assert one.replace("m0123456789</text>", "") == two.replace("mabcdef0123</text>", "")
    other = rounded_svg(written("0123456789", 12.4))
    ids = [re.findall(r'id="(m\w+)"', svg)[0] for svg in (one, other)]
    assert ids[0] != ids[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_id_is_there_once_and_every_reference_leads_to_one(case):
    svg = unchanged_svg(case.name)
    ids = etree.fromstring(svg.encode("utf-8")).xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', svg)) <= set(ids)
    placed = " ".join(re.findall(r'\s(?:d|x|y|transform)="([^"]*)"', svg))
    assert not re.findall(rf"\.\d{{{DECIMALS + 1},}}", placed)
