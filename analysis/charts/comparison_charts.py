"""Shares of groups side by side, and differences of two groups."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.labels import either, label
from analysis.charts.marks import DIFFERENCE, SHARE, estimates, estimates_of_enough, in_percent, upright_line
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.panels import Rows, row_label, row_panels, rows_of
from analysis.charts.style import chart
from analysis.core.schema import TABLES


@chart(shows="share", table=TABLES["DIVERGENCE_RATES"].of("n_articles", "n_frames", "share", "share_low", "share_high"))
def share_dots(table: pd.DataFrame, *, row: str, panel: str) -> Figure:
    """Return shares with intervals as dots; a group of too few articles is named and not drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.compare.divergence_rates` returns: ``share``, ``share_low``, ``share_high`` and ``n_frames``.
    row, panel : str
        Columns of the table.
    """
    rows = rows_of(table, row, n="n_frames")
    note = f"% of headline frames; bars: {interval_note(table)}; n = frames"
    made = row_panels(table[panel].drop_duplicates(), rows, note=[note])
    made.first.set_xlim(0, 100)
    for axes, cells in made.parts(in_percent(table), panel):
        estimates_of_enough(axes, cells, SHARE, rows.places(cells))
    return made.figure


@chart(
    shows="difference_per_1000",
    table=TABLES["DIFFERENCES"].of(
        *"focus reference category difference_per_1000 difference_low difference_high".split()
    ),
)
def difference_dots(table: pd.DataFrame, *, panel: str | None = None) -> Figure:
    """Return the difference of two groups by category, with intervals round a line at 0.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.compare.paired` or `analysis.differences` returns, or several such tables joined.
    panel : str, optional
        The column that tells the tables apart; one panel each, side by side.
    """
    names = list(table["category"].drop_duplicates())
    rows = Rows("category", names, [row_label(label(name)) for name in names])
    note = _compared(table, is_in_titles=panel is not None)
    made = row_panels([None] if panel is None else table[panel].drop_duplicates(), rows, note=note)
    for axes, cells in [(made.first, table)] if panel is None else made.parts(table, panel):
        upright_line(axes, 0)
        estimates(axes, cells, DIFFERENCE, rows.places(cells))
        if panel is not None:
            axes.set_title(f"{label(cells[panel].iloc[0])} (n = {_behind(cells)[0]})")
    return made.figure


def _compared(table: pd.DataFrame, *, is_in_titles: bool) -> list[str]:
    """Say what is compared, and how many events, or articles of both groups, stand behind it."""
    focus = either(table["focus"]) if table["focus"].nunique() == 1 else "the outlet"
    n, units = _behind(table)
    counted = units if is_in_titles else f"{n} {units}"
    return [
        f"hits per {number(1000)} words: {focus} less {either(table['reference'])}",
        f"bars: {interval_note(table)}; n = {counted}",
    ]


def _behind(table: pd.DataFrame) -> tuple[str, str]:
    """Return how many events, or articles of both groups, stand behind a table, and which of the two it is."""
    if "n_events" in table:
        return spread(table["n_events"]), "events"
    TABLES["DIFFERENCES"].of("n_articles_focus", "n_articles_reference").check(table)
    return " and ".join(spread(table[f"n_articles_{side}"]) for side in ("focus", "reference")), "articles"
