"""A chart that is given another table says which one it takes, what is missing, and which call makes it."""

import inspect

import pandas as pd
import pytest
from chart_cases import CASES

import analysis as fa
from analysis.core.schema import Column, Schema

GIVEN = [pytest.param(case, table, id=f"{case.name}-{table}") for case in CASES for table in case.tables]


@pytest.mark.parametrize(("case", "table"), GIVEN)
@pytest.mark.parametrize(
    "wrong", [pd.DataFrame({"x": [1]}), pd.Series([1]), "founding-frames.csv"], ids=["table", "series", "text"]
)
def test_another_table_is_refused_by_name(case, table, wrong):
    with pytest.raises(fa.SchemaError, match=r"^table [A-Z_]+: (no column '|found )") as caught:
        case.draw(**{table: wrong})
    assert "fa." in str(caught.value)


@pytest.mark.parametrize(("case", "table"), GIVEN)
def test_every_column_that_is_drawn_is_asked_for(case, table):
    """A column that an option names is refused under the name of the option, the others under the name of the table."""
    for drawn in case.columns[table].split():
        column = {"n_events": "n_articles_focus"}.get(
            drawn, drawn
        )  # without events, articles stand behind a difference
        with pytest.raises(
            fa.SchemaError,
            match=rf"(no column '{column}'|='{column}' is no column|no column .*'{column}'|no column of groups)",
        ):
            case.draw(**{table: case.tables[table].drop(columns=drawn)})


def test_every_table_of_a_chart_is_declared():
    for case in CASES:
        tables = {
            name for name, one in inspect.signature(case.chart).parameters.items() if "DataFrame" in str(one.annotation)
        }
        assert tables == set(case.tables) or case.name == "trend_chart-dots", case.name


def test_a_missing_fact_of_a_table_is_named():
    (case,) = (case for case in CASES if case.name == "keyness_dots")
    bare = case.tables["table"].copy()
    bare.attrs = {}
    with pytest.raises(fa.SchemaError, match="the table does not say its 'focus'; its attrs have nothing"):
        case.draw(table=bare)


def test_a_schema_of_some_columns_takes_the_others_as_groups():
    rates = Schema(
        "RATES",
        (Column("outlet", "text", "outlet", is_group=True), Column("n", "integer", "hits")),
        ("outlet",),
        "fa.rates",
    )
    table = pd.DataFrame({"target": ["a", "a"], "n": [1, 2]})
    assert rates.of("n", "target").check(table) is table  # part of a table has no key
    with pytest.raises(fa.SchemaError) as caught:
        rates.check(table)
    assert str(caught.value) == "table RATES: {'target': 'a'} stands in more than one row; 'target' must be unique"
    with pytest.raises(fa.SchemaError) as caught:
        rates.of("outlet", "n").check(table)
    assert str(caught.value) == (
        "table RATES: no column 'outlet'; found 'target', 'n'; needed are 'outlet', 'n'; fa.rates makes such a table"
    )
