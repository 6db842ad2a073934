"""Which panels a chart draws, and in which order: the largest effect first, six at most, the rest in the table."""

from typing import NamedTuple

import pandas as pd

from analysis.charts.numbers import number

MOST_PANELS = 6
# These have an order of their own, which the table keeps: from the headline down, from supported to not, from the narrator on.
_IN_ORDER = ("zone", "status", "voice")
_SEVERAL = {"axis": "axes", "category": "categories", "focus": "outlets"}


class Chosen(NamedTuple):
    """The panels that are drawn.

    Attributes
    ----------
    names : list
        Their values, in the order of the panels.
    rows : pandas.DataFrame
        Their rows, in the order of the table.
    note : list of str
        A line that says how many are not drawn, where some are not.
    """

    names: list[object]
    rows: pd.DataFrame
    note: list[str]


def largest(table: pd.DataFrame, column: str, effect: pd.Series, *, most: int = MOST_PANELS) -> Chosen:
    """Return the panels with the largest effects, the largest first, equal ones in the order of the table.

    Parameters
    ----------
    table : pandas.DataFrame
        What a chart was given.
    column : str
        Whose values the panels are. Zones, statuses and voices have an order of their own and keep it.
    effect : pandas.Series of float
        Of each row of the table, such as its rate; the largest of a panel's rows counts, and a panel without any comes last.
    most : int
        How many panels to draw.
    """
    values = table[column].astype("object").to_numpy()
    by_panel = pd.Series(effect.to_numpy(float)).groupby(values, sort=False, dropna=False).max()
    if column not in _IN_ORDER:
        by_panel = by_panel.sort_values(ascending=False, kind="stable", na_position="last")
    names = list(by_panel.index)
    drawn = names[:most]
    rest = [f"{number(len(drawn))} of {number(len(names))} {several(column)}; the rest stand in the table"]
    return Chosen(drawn, table[table[column].isin(drawn)], rest if len(names) > len(drawn) else [])


def several(column: str) -> str:
    """Return what several values of a column are called."""
    return _SEVERAL.get(column, f"{column.replace('_', ' ')}s")
