"""Precision with intervals, a row for each entry, category or voice: which hits can be trusted."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.marks import beside, columns_of, estimates
from analysis.charts.numbers import interval_note, number, validity_note
from analysis.charts.panels import row_panels, rows_of
from analysis.charts.style import chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES

_PRECISION = columns_of("precision")


@chart(
    shows="precision",
    table=TABLES["WORST_ENTRIES"].of("n_hits", "precision", "precision_low", "precision_high"),
)
def precision_dots(table: pd.DataFrame, *, row: str = "entry", most: int = 20) -> Figure:
    """Return the precision of each entry, or group of hits, as a dot on its interval.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.validate.worst_entries` returns, the worst first, or `analysis.accuracy` by `row`.
    row : str
        Column of the groups.
    most : int
        How many rows of the table to draw, from its first.

    Raises
    ------
    SchemaError
        When the table has no row, a group stands in two rows, or `most` is below 1.
    """
    if most < 1:
        raise SchemaError(f"precision_dots: most={most}; give a number from 1")
    if table[row].duplicated().any():
        twice = table.loc[table[row].duplicated(), row].iloc[0]
        raise SchemaError(
            f"precision_dots: {row} {twice!r} stands in two rows; draw the rows of one category, or name another column in row="
        )
    drawn = table.head(most)
    rest = [f"{number(most)} of {number(len(table))} rows; the rest stand in the table"] if len(table) > most else []
    rows = rows_of(drawn, row, n="n_hits")
    note = ["% of hits that coders find right; n = hits coded", f"bars: {interval_note(table)}"]
    made = row_panels([None] if len(drawn) else [], rows, note=[*note, *rest, *validity_note(table)])
    made.first.set_xlim(-1, 101)
    in_percent = drawn.assign(**{name: 100 * drawn[name] for name in _PRECISION})
    estimates(made.first, in_percent, _PRECISION, rows.places(drawn))
    missing = rows.places(drawn[drawn[_PRECISION.value].isna()])
    beside(made.first, ["no hit coded"] * len(missing), 0, missing)
    return made.figure
