"""Agreement of each two coders as a map of shades with numbers."""

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.marks import TEXT_SIZE, shaded_cells
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.panels import ROW_SIZE, figure_of, panel_width, row_label
from analysis.charts.room import width_of
from analysis.charts.style import ACCENT, INK, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES

COEFFICIENT_NAMES = {
    "krippendorff_alpha": "Krippendorff's alpha",
    "percent_agreement": "share of pairs that agree",
    "cohen_kappa": "Cohen's kappa",
    "fleiss_kappa": "Fleiss' kappa",
    "gwet_ac1": "Gwet's AC1",
}
_LINE, _TITLES = 0.14, 0.5  # inches: of a line in a cell, and of what stands above the cells
_DARK = 0.8  # from this shade on white numbers read better than dark ones
_SHADES = LinearSegmentedColormap.from_list("agreement", ["#F2F6FA", ACCENT])


@chart(
    shows="estimate",
    table=TABLES["AGREEMENT"].of(
        "variable", "coders", "level", "coefficient", "population", "estimate", "low", "high", "n_items"
    ),
)
def agreement_matrix(table: pd.DataFrame, *, coefficient: str = "krippendorff_alpha") -> Figure:
    """Return a map of the agreement of each two coders on one variable: the darker, the more they agree.

    In each cell stand the coefficient, its interval and the number of items; with many coders only as much as there is room for.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.agreement` returns ``by="pair"``, the rows of one variable.
    coefficient : str
        Which of its coefficients.

    Raises
    ------
    SchemaError
        When the table has no pair of coders with this coefficient, or is of several variables or values.
    """
    cells = _pairs(table, coefficient)
    names = list(dict.fromkeys(name for pair in cells["pair"] for name in pair))
    values, texts = (pd.DataFrame(fill, index=names[1:], columns=names[:-1]) for fill in (np.nan, ""))
    n_lines = _lines_that_fit(names)
    for (_, cell), pair in zip(cells.iterrows(), cells["pair"], strict=True):
        column, row = sorted(pair, key=names.index)
        values.loc[row, column] = cell["estimate"]
        texts.loc[row, column] = "\n".join(_lines(cell)[:n_lines])
    said = ["coefficient", "95% interval", "number of items"][:n_lines]
    note = [f"{COEFFICIENT_NAMES[coefficient]} of each two coders ({cells['level'].iloc[0]}): {', '.join(said)}"]
    note.append(f"items of a pair: {spread(cells['n_items'])}; {interval_note(table)}")
    figure = figure_of(len(values) * (_LINE * n_lines + 0.16) + _TITLES, note)
    axes = figure.subplots()
    colors = values.map(lambda value: "white" if value >= _DARK else INK)
    shaded_cells(axes, values, texts, colors=colors, shades=_SHADES, top=1)
    axes.set_yticks(np.arange(len(values)) + 0.5, [row_label(label(name)) for name in values.index])
    axes.set_xticks(np.arange(len(values)) + 0.5, [label(name) for name in values.columns])
    axes.set_title(label(cells["variable"].iloc[0]))
    return figure


def _pairs(table: pd.DataFrame, coefficient: str) -> pd.DataFrame:
    """Return the rows of pairs of coders in the sample, with the two as ``pair``."""
    if coefficient not in COEFFICIENT_NAMES:
        raise SchemaError(f"agreement_matrix: coefficient={coefficient!r}; known are {', '.join(COEFFICIENT_NAMES)}")
    rows = table[(table["coefficient"] == coefficient) & (table["population"] == "sample")]
    rows = rows.assign(pair=rows["coders"].str.split("; "))
    rows = rows[rows["pair"].map(len) == 2]
    if rows.empty:
        raise SchemaError(
            "agreement_matrix: no row is of two coders; make the table with fa.agreement(codings, by='pair')"
        )
    if rows.duplicated("coders").any():
        raise SchemaError(
            "agreement_matrix: a pair of coders stands in several rows; choose those of one variable, value and group of items"
        )
    return rows


def _lines(cell: pd.Series) -> list[str]:
    """Return what may stand in a cell, the most needed first; a coefficient that is not defined is a dash."""
    estimate, low, high = (number(cell[name], ".2f") for name in ("estimate", "low", "high"))
    return [
        "–" if np.isnan(cell["estimate"]) else estimate,
        "" if np.isnan(cell["low"]) else f"{low} to {high}",
        f"n = {number(cell['n_items'])}",
    ]


def _lines_that_fit(names: list[str]) -> int:
    """Return how many lines of a cell its width has room for: all three, or the coefficient alone."""
    left = max(width_of(label(name), ROW_SIZE) for name in names)
    return 3 if panel_width(1, left=left) / (len(names) - 1) > width_of("-0.00 to 0.00", TEXT_SIZE) else 1
