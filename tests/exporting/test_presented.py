"""Print shows rounded numbers that say nothing that the table does not: intervals, signs, missing cells, reasons."""

import math

import pandas as pd
import pytest

import analysis as fa
from analysis.core.schema import TABLES
from analysis.exporting.presented import Cell, presented, title_of


def rates(**columns):
    """Return a table RATES of two outlets; given columns stand in place of its own."""
    rows = {
        "outlet": ["A", "B"], "category": ["economic_consequences", "x"], "n_articles": [1200, 3], "n_tokens": [500000, 900], "n_hits": [6150, 0],
        "rate_per_1000": [12.3, 0.0], "rate_low": [8.12, math.nan], "rate_high": [18.36, math.nan],
        "reason": ["", "too few: 3 of at least 5 articles: no interval"],
    }  # fmt: skip
    table = pd.DataFrame(rows | columns)
    table.attrs = {
        "interval": "95% BCa, 2000 resamples of articles, seed 1",
        "lexicon": "mine",
        "lexicon_version": "1",
        "lexicon_hash": "e1",
    }
    return table


def cells(table, heading):
    shown = presented(table, title="T")
    return [row[shown.headings.index(heading)].text for row in shown.rows]


def test_an_estimate_and_its_interval_are_one_cell_and_a_withheld_one_has_its_reason():
    shown = presented(rates(), title="Economic news", note="Two outlets")
    assert shown.headings == ("outlet", "category", "articles", "words", "hits", "rate per 1,000 words [95% interval]")
    assert shown.rows == (
        (Cell("A"), Cell("economic consequences"), Cell("1,200"), Cell("500,000"), Cell("6,150"), Cell("12.3 [8.1, 18.4]")),
        (Cell("B", "a"), Cell("x"), Cell("3"), Cell("900"), Cell("0"), Cell("0.0")),
    )  # fmt: skip
    assert shown.is_number == (False, False, True, True, True, True)
    assert shown.caption == "Economic news. Lexicon: mine 1 (e1)."
    assert shown.note == (
        "In brackets: 95% interval (BCa, 2000 resamples of articles, seed 1). "
        "(a) too few: 3 of at least 5 articles: no interval. Two outlets."
    )


def test_an_open_end_is_a_dash_and_a_rate_of_0_has_its_bound():
    table = rates(rate_per_1000=[0.0, 5.0], rate_low=[0.0, 2.5], rate_high=[3.71, math.nan])
    # The middle of 5, 2.5 and 3.71 is 3.71: three digits are two decimals.
    assert cells(table, "rate per 1,000 words [95% interval]") == ["0.00 [0.00, 3.71]", "5.00 [2.50, –]"]
    assert "– is not known." in presented(table, title="T").note


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([123.4, 5678.9], ["123", "5,679"]),
        ([0.5, 0.25, 0.00001, -0.00001], ["0.500", "0.250", "<0.001", ">−0.001"]),
        ([-1.5, 2.25], ["−1.50", "2.25"]),
        ([1.0, 2.0], ["1", "2"]),
        ([0.0, math.nan], ["0", "–"]),
        ([-0.0, math.inf, -math.inf], ["0", "∞", "−∞"]),
    ],
)
def test_numbers_are_rounded_by_the_middle_of_their_column(values, expected):
    assert cells(pd.DataFrame({"x": values}), "x") == expected


def test_p_is_never_0():
    table = (
        TABLES["KEYNESS"].empty().reindex([0, 1, 2]).assign(p=[0.0, 0.0314, 1.0], p_corrected=[0.0009, 0.05, math.nan])
    )
    assert cells(table, "p") == ["<0.001", "0.031", "1.000"]
    assert cells(table, "p, corrected") == ["<0.001", "0.050", "–"]
    assert presented(table, title="T").note.startswith(
        "p: two-sided p of the term, words taken as drawn one by one. p, corrected: "
    )


def test_shares_and_their_ends_are_in_percent():
    table = pd.DataFrame(
        {
            "n_articles": [3],
            "share_of_articles": [0.12345],
            "share_of_articles_low": [0.00001],
            "share_of_articles_high": [1.0],
        }
    )
    assert cells(table, "share of articles (%) [95% interval]") == ["12.3 [<0.1, 100.0]"]


def test_other_types_are_words():
    table = pd.DataFrame(
        {
            "year": [2025, 1999], "day": pd.to_datetime(["2025-01-02", None]), "negated": [True, False],
            "maybe": pd.array([True, None], dtype="boolean"), "n_stated": pd.array([1000, None], dtype="Int64"), "word": ["a_b", None],
        }
    )  # fmt: skip
    shown = presented(table, title="T")
    assert [tuple(cell.text for cell in row) for row in shown.rows] == [
        ("2025", "2025-01-02", "yes", "yes", "1,000", "a_b"),
        ("1999", "–", "no", "–", "–", "–"),
    ]


def test_a_german_text_has_german_numbers_and_no_comma_between_the_ends():
    with fa.charts.number_format("de"):
        assert cells(rates(), "rate per 1,000 words [95% interval]")[0] == "12,3 [8,1; 18,4]"


def test_each_reason_has_one_letter_and_a_reason_that_is_the_matter_stays_a_column():
    shown = presented(rates(reason=["no words", "no words"]), title="T")
    assert [row[0].mark for row in shown.rows] == ["a", "a"]
    assert shown.note.endswith("(a) no words.")
    many = pd.concat([rates(reason=[f"reason {2 * n}", f"reason {2 * n + 1}"]) for n in range(14)], ignore_index=True)
    assert [row[0].mark for row in presented(many, title="T").rows][24:28] == ["y", "z", "aa", "ab"]
    rejected = pd.DataFrame({"source_file": ["a.txt"], "position": ["row 1"], "reason": ["empty"], "raw": [""]})
    assert presented(rejected, title="T").headings == ("file", "position", "reason", "raw")


def test_rows_without_a_reason_need_no_column_of_reasons():
    assert "reason" not in presented(rates(reason=["", ""]), title="T").headings


def test_a_table_that_nobody_named_is_called_by_its_columns_else_by_its_file():
    assert title_of(TABLES["RATES"].empty(), "table-1") == "Rates by outlet and category"
    assert title_of(pd.DataFrame({"x": [1]}), "my-small_table") == "My small table"
