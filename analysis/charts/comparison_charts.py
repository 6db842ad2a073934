"""Shares of groups side by side, and differences of two groups."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.effects import Chosen, largest
from analysis.charts.labels import either, label
from analysis.charts.marks import (
    DIFFERENCE,
    SHARE,
    estimates,
    estimates_of_enough,
    has_enough,
    in_percent,
    name_line,
    upright_line,
)
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.panels import Rows, row_label, row_panels, rows_of
from analysis.charts.style import chart
from analysis.core.schema import TABLES


@chart(shows="share", table=TABLES["DIVERGENCE_RATES"].of("n_articles", "n_frames", "share", "share_low", "share_high"))
def share_dots(table: pd.DataFrame, *, row: str, panel: str) -> Figure:
    """Return shares with intervals as dots; a group of too few articles is named and not drawn.

    Statuses stand in their order, other panels with the highest share first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.compare.divergence_rates` returns: ``share``, ``share_low``, ``share_high`` and ``n_frames``.
    row, panel : str
        Columns of the table.
    """
    names, table, left_out = largest(table, panel, table[SHARE.value].where(has_enough(table)))
    rows = rows_of(table, row, n="n_frames")
    note = f"% of headline frames; bars: {interval_note(table)}; n = frames"
    made = row_panels(names, rows, note=[note, *left_out])
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

    The panels with the largest difference, in either direction, come first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.compare.paired` or `analysis.differences` returns, or several such tables joined.
    panel : str, optional
        The column that tells the tables apart; one panel each, side by side.
    """
    chosen = Chosen([None], table, []) if panel is None else largest(table, panel, table[DIFFERENCE.value].abs())
    parts = [chosen.rows if panel is None else chosen.rows[chosen.rows[panel] == name] for name in chosen.names]
    titles = None if panel is None else [_title(part, panel) for part in parts]
    categories = list(chosen.rows["category"].drop_duplicates())
    rows = Rows("category", categories, [row_label(label(name)) for name in categories])
    note = [*_compared(chosen.rows, is_in_titles=panel is not None), *chosen.note]
    made = row_panels(chosen.names, rows, note=note, titles=titles)
    for axes, cells in zip(made.axes, parts, strict=True):
        upright_line(axes, 0)
        estimates(axes, cells, DIFFERENCE, rows.places(cells))
    for axes in made.lowest:
        name_line(axes, 0, "no difference")
    return made.figure


def _title(cells: pd.DataFrame, panel: str) -> str:
    return f"{label(cells[panel].iloc[0])} (n = {_behind(cells)[0]})"


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
