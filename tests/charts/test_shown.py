"""What a caption says is drawn is what is drawn: other categories, outlets, periods and articles give another caption of themselves."""

import pandas as pd
import pytest
from chart_cases import CASES

from analysis import charts
from analysis.charts.shown import shown_sentences


def rates(outlets, categories, *, column="outlet", **attrs):
    rows = [(outlet, category, 10, 2.0, 1.0, 3.0) for outlet in outlets for category in categories]
    table = pd.DataFrame(rows, columns=[column, "category", "n_articles", "rate_per_1000", "rate_low", "rate_high"])
    table.attrs = attrs
    return table


def said(table, **options):
    return shown_sentences(charts.rate_dots(table, **({"row": "outlet", "panel": "category"} | options)), table)


def test_few_groups_are_named_and_many_are_counted():
    found = said(rates(["A", "B"], ["weakness", "economic_consequences"]))
    assert found == [
        "Hits per 1,000 words by outlet and category.",
        "Outlets: A and B.",
        "Categories: weakness and economic consequences.",
        "Articles: 20.",  # by hand: 10 of A and 10 of B, each counted once
    ]
    assert said(rates([f"Outlet {n}" for n in range(5)], ["weakness"]))[1:] == [
        "Outlets: 5.",
        "Categories: weakness.",
        "Articles: 50.",
    ]


def test_other_categories_and_outlets_give_another_caption():
    assert said(rates(["A"], ["threat"])) == [
        "Hits per 1,000 words by outlet and category.",
        "Outlets: A.",
        "Categories: threat.",
        "Articles: 10.",
    ]


@pytest.mark.parametrize(("n", "sentences"), [(20, []), (48, ["Articles: 20 of 48."])])
def test_articles_are_counted_of_those_of_the_corpus(n, sentences):
    # All of them stand in the sentence about the corpus already.
    assert said(rates(["A", "B"], ["weakness"], corpus_articles=n))[3:] == sentences


def test_zones_do_not_part_articles():
    table = rates(["headline", "body"], ["weakness"], column="zone")
    assert said(table, row="zone") == [
        "Hits per 1,000 words by part of the article and category.",
        "Parts of the article: headline and body.",
        "Categories: weakness.",
    ]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([f"2025-{month:02}" for month in range(1, 13)], "Jan 2025 to Dec 2025"),
        (["2024-Q4", "2025-Q1"], "2024-Q4 to 2025-Q1"),
        (["2025"], "2025"),
    ],
)
def test_periods_are_said_from_the_first_to_the_last(periods, expected):
    # An axis names only some of twelve months.
    table = rates(periods, ["weakness"], column="period")
    figure = charts.rate_series(table, time="period", panel="category")
    assert shown_sentences(figure, table)[1:3] == [f"Periods: {expected}.", "Categories: weakness."]


def test_the_categories_that_were_counted_are_said_where_no_column_has_them():
    table = rates(["A"], ["narrator"]).rename(columns={"category": "voice"})
    table.attrs = {"categories": ["failure", "weakness"]}
    assert said(table, panel="voice")[1:4] == ["Outlets: A.", "Voices: narrator.", "Categories: failure and weakness."]


def test_only_what_is_drawn_is_named():
    table = pd.DataFrame({"target": list("ABCD"), "category": "threat", "n_hits": [9, 5, 2, 1], "rate_per_1000": 1.0})
    found = shown_sentences(charts.target_chart(table, n_targets=2), table)
    assert found == [
        "Hits per 1,000 words by target and category.",
        "Targets drawn: A and B (2 of 4).",
        "Categories: threat.",
    ]


def test_choices_without_which_the_chart_makes_no_sense_are_said():
    (case,) = [case for case in CASES if case.name == "adjusted_ratio_dots"]
    found = shown_sentences(case.draw(), case.tables["table"])
    assert found[0] == "Ratios of rates (raw and adjusted) by category and outlet."
    assert found[3:5] == ["Reference: Continental Wire.", "Adjusted for: month."]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_chart_has_a_measure_in_words_and_every_group_is_there(case):
    table = next(iter(case.tables.values()))
    first, *others = shown_sentences(case.draw(), table)
    assert "_" not in " ".join([first, *others])
    assert first[0].isupper()
    for column in {"outlet", "category", "zone"} & set(case.columns[next(iter(case.tables))].split()):
        groups = table[column].drop_duplicates().str.replace("_", " ")
        sentence = next(one for one in others if all(name in one for name in groups) or str(len(groups)) in one)
        assert sentence.endswith(".")
