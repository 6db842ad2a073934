"""The chart of a lexicon's edit: the rate of each category before and after, and the hits that came and went."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.effects import MOST_PANELS, largest
from analysis.charts.labels import label
from analysis.charts.marks import HOLLOW, TEXT_SIZE, beside, dots
from analysis.charts.numbers import number
from analysis.charts.panels import Rows, row_label, row_panels
from analysis.charts.room import end_of_axis
from analysis.charts.style import BAND, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES


@chart(
    shows="rate_per_1000_after",
    rates=TABLES["EFFECT_RATES"].of(
        "category", "n_hits_before", "n_hits_after", "rate_per_1000_before", "rate_per_1000_after"
    ),
    entries=TABLES["EFFECT_ENTRIES"].of("category", "n_gained", "n_lost"),
)
def effect_chart(rates: pd.DataFrame, entries: pd.DataFrame, *, n_panels: int = MOST_PANELS) -> Figure:
    """Return the rates before and after an edit, hollow and filled: one panel a group, one line a category that changed.

    Parameters
    ----------
    rates, entries : pandas.DataFrame
        Those tables of what `analysis.compare_lexicons` returns. The panels are the values of the first column of `rates`.
    n_panels : int
        How many groups to draw, those with the most hits gained and lost on balance, the most first; from 1.

    Raises
    ------
    SchemaError
        When `n_panels` is below 1, or the edit changes no hit.
    """
    if n_panels < 1:
        raise SchemaError(f"effect_chart: n_panels={n_panels}; give a number from 1")
    if rates.columns[0] in TABLES["EFFECT_RATES"].names:
        raise SchemaError(f"effect_chart: no column of groups stands first in the rates, but {rates.columns[0]!r}")
    if entries.empty:
        raise SchemaError("effect_chart: the edit changes no hit, so there is nothing to draw")
    rows = _changed(entries)
    drawn, panel = rates[rates["category"].isin(rows.names)], str(rates.columns[0])
    change = (drawn["n_hits_after"].fillna(0) - drawn["n_hits_before"].fillna(0)).abs()
    names, drawn, left_out = largest(
        drawn, panel, change.groupby(drawn[panel], dropna=False, observed=True).transform("sum"), most=n_panels
    )
    note = [
        f"hits per {number(1000)} words: hollow before, filled after the edit; numbers: hits before → after",
        "in brackets: hits gained and lost in all groups",
    ]
    made = row_panels(names, rows, note=[*note, *left_out])
    for axes, cells in made.parts(drawn, panel):
        _pairs(axes, cells.set_index("category").reindex(rows.names))
    ends = np.fmax(drawn["rate_per_1000_before"], drawn["rate_per_1000_after"])
    made.first.set_xlim(0, end_of_axis(ends, _texts(drawn), room=made.room, size=TEXT_SIZE))
    return made.figure


def _changed(entries: pd.DataFrame) -> Rows:
    """Return the categories as rows, those with the most hits gained and lost first."""
    counts = entries.groupby("category")[["n_gained", "n_lost"]].sum()
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    lines = counts.itertuples(name=None)
    names = [row_label(f"{label(name)} (+{number(gained)} −{number(lost)})") for name, gained, lost in lines]
    return Rows("category", list(counts.index), names)


def _pairs(axes: Axes, cells: pd.DataFrame) -> None:
    """Draw the rate before and after of each category, in the order of the rows."""
    places = np.arange(len(cells))
    before, after = cells["rate_per_1000_before"], cells["rate_per_1000_after"]
    axes.hlines(places, before, after, color=BAND, linewidth=2.4)
    dots(axes, before, places, face=HOLLOW)
    dots(axes, after, places)
    beside(axes, _texts(cells), np.fmax(before, after), places)


def _texts(cells: pd.DataFrame) -> list[str]:
    """Return what stands beside each pair: how many hits it was before, and how many it is."""
    hits = zip(cells["n_hits_before"].fillna(0), cells["n_hits_after"].fillna(0), strict=True)
    return [
        f"{number(int(old))} → {number(int(new))}" if old != new else f"{number(int(new))}, as before"
        for old, new in hits
    ]
