"""Columns have names and units in print, and every declared interval finds its estimate."""

import re

import pandas as pd
import pytest

from analysis.core.schema import TABLES
from analysis.exporting.columns import Columns


@pytest.mark.parametrize("name", TABLES)
def test_every_declared_interval_is_found_and_no_two_columns_have_one_heading(name):
    table = TABLES[name].empty()
    columns = Columns(table)
    lows = [column for column in table.columns if re.search(r"_low(_|$)", column)]
    found = columns.intervals()
    assert [one.low for one in found] == lows
    for one in found:
        stem, side = re.fullmatch(r"(.+)_low(.*)", one.low).groups()
        # The estimate and the other end have the same first word, and the same side.
        assert one.high == f"{stem}_high{side}"
        assert one.estimate.startswith(stem.split("_")[0]) and one.estimate.endswith(side)
    headings = columns.headings(list(table.columns))
    assert len(set(headings)) == len(headings)
    assert not any("_low" in one or "per_1000" in one or one.startswith("n_tokens") for one in headings)


@pytest.mark.parametrize(
    ("table", "name", "heading"),
    [
        ("RATES", "rate_per_1000", "rate per 1,000 words"),
        ("RATES", "n_tokens", "words"),
        ("RATES", "share_of_articles", "share of articles (%)"),
        ("RATES", "n_articles_with_frame", "articles with frame"),
        ("DIFFERENCES", "rate_per_1000_focus", "rate per 1,000 words, focus"),
        ("KEYNESS", "rate_per_1000_focus", "rate per 1,000 runs of the term's length, focus"),
        ("KEYNESS", "rate_per_1000_reference", "rate per 1,000 runs of the term's length, reference"),
        ("KEYNESS", "n_focus", "n, focus"),
        ("KEYNESS", "dp_focus", "DP, focus"),
        ("COOCCURRENCE", "pmi", "PMI (bits)"),
        ("COOCCURRENCE", "n_both", "n, both"),
        ("HITS", "article_id", "article"),
        # It can be below 0 (its meaning gives no range), so it is no part of a whole.
        ("AXIS_WORDS", "share", "share"),
    ],
)
def test_headings_have_words_and_units(table, name, heading):
    assert Columns(TABLES[table].empty()).heading(name) == heading


def test_a_column_of_ones_own_keeps_its_words():
    assert Columns(pd.DataFrame({"my_own": [1], "outlet": ["A"]})).heading("my_own") == "my own"


def test_some_columns_of_a_table_are_understood_as_the_whole_is():
    some = TABLES["RATES"].empty()[["outlet", "rate_per_1000", "rate_low", "rate_high"]]
    (interval,) = Columns(some).intervals()
    assert (interval.estimate, interval.kind) == ("rate_per_1000", "95% interval")
    assert Columns(some).title == ""


def test_ends_without_their_estimate_are_columns():
    some = TABLES["RATES"].empty()[["outlet", "rate_low", "rate_high"]]
    assert Columns(some).intervals() == []
    assert Columns(some).headings(["rate_low", "rate_high"]) == ["rate lower end", "rate upper end"]


def test_ends_that_are_percentiles_are_not_called_an_interval():
    (interval,) = Columns(TABLES["ARTICLES_BY_OUTLET"].empty()).intervals()
    assert interval.kind == "5th percentile, 95th percentile"


@pytest.mark.parametrize(
    ("table", "title"),
    [("RATES", "Rates by outlet and category"), ("HITS", "Hits"), ("TFIDF", "TF-IDF by outlet and term"), ("LANGUAGES", "")],
)  # fmt: skip
def test_a_title_names_the_groups(table, title):
    assert Columns(TABLES[table].empty()).title == title


def test_a_title_names_the_groups_that_the_caller_chose():
    table = TABLES["RATES"].empty().rename(columns={"outlet": "month"}).drop(columns="category")
    assert Columns(table).title == "Rates by month"
