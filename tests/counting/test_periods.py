"""Periods that hold articles enough to be compared: by hand on made dates."""

import pytest

import analysis as fa
from analysis.counting.periods import length_of, periods_of


def period_of(encode, days: list[str]) -> list[str]:
    tokens = encode(body=["a plan"] * len(days), date=days)
    return fa.compare.with_period(tokens).articles["period"].unique().tolist()


def test_months_if_most_have_five_articles(encode):
    assert period_of(encode, ["2025-01-10"] * 5 + ["2025-02-10"] * 5 + ["2025-03-01"]) == [
        "2025-01",
        "2025-02",
        "2025-03",
    ]


def test_quarters_if_most_months_have_fewer(encode):
    # By hand: four articles in each of six months, twelve in each quarter.
    days = [f"2025-0{month}-10" for month in range(1, 7) for _ in range(4)]
    assert period_of(encode, days) == ["2025-Q1", "2025-Q2"]


def test_years_if_quarters_are_more_than_24_or_have_too_few(encode):
    many = [f"{year}-{month:02}-01" for year in range(2015, 2023) for month in range(1, 13) for _ in range(6)]
    assert period_of(encode, many) == [str(year) for year in range(2015, 2023)]
    assert period_of(encode, ["2024-05-01", "2025-05-01"]) == ["2024", "2025"]


def test_no_date_is_no_period(encode):
    tokens = fa.compare.with_period(encode(body=["a plan"] * 2, date=[None, "2025-05-01"]))
    assert tokens.articles["period"].isna().tolist() == [True, False]
    for name in ("month", "quarter", "year"):
        assert periods_of(tokens.articles["date"], name).isna().tolist() == [True, False]


@pytest.mark.parametrize(("name", "length"), [("2025-03", "month"), ("2025-Q1", "quarter"), ("2025", "year")])
def test_the_length_of_a_period_by_its_name(name, length):
    assert length_of(name) == length
