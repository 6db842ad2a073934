"""The chart of frame axes: where each group stands between two antonyms."""

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import either, label
from analysis.charts.marks import DASHED, columns_of, estimates, upright_line
from analysis.charts.numbers import percentages
from analysis.charts.panels import row_panels, rows_of
from analysis.charts.style import chart
from analysis.core.errors import SchemaError
from analysis.core.origin import fact
from analysis.core.schema import TABLES

_XLABEL = {
    "bias": "bias: mean cosine of the words with the axis; dashed: whole corpus",
    "intensity": "intensity: mean squared distance of the words from the corpus bias",
}


@chart(shows="measure", table=TABLES["FRAME_AXES"].of("axis", "negative", "positive", "n_articles"))
def axes_chart(table: pd.DataFrame, *, row: str, measure: Literal["bias", "intensity"] = "bias") -> Figure:
    """Return dots with intervals: one panel an axis, one line a value of `row`.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.learning.axes.frame_axes` returns by `row`. Axes without a measured group are named below the chart.
    row : str
        Column of the groups.
    measure : {"bias", "intensity"}
        Which of the two to draw.

    Raises
    ------
    SchemaError
        When no axis of the table was measured, or `measure` is neither of the two.
    """
    if measure not in _XLABEL:
        raise SchemaError(f"axes_chart: measure {measure!r} is not known; choose bias or intensity")
    of_measure = [*columns_of(measure), *(["bias_corpus"] if measure == "bias" else [])]
    drawn = TABLES["FRAME_AXES"].of(*of_measure).check(table).dropna(subset=[measure])
    if drawn.empty:
        raise SchemaError("axes_chart: no axis was measured; the table's column 'reason' says why")
    rows = rows_of(table, row)
    made = row_panels(drawn["axis"].drop_duplicates(), rows, note=_note(table, drawn, measure))
    for axes, cells in made.parts(drawn, "axis"):
        _name_poles(axes, cells, measure)
        if measure == "bias":
            for bias in cells["bias_corpus"].unique():
                upright_line(axes, bias, style=DASHED)
        estimates(axes, cells, columns_of(measure), rows.places(cells))
        axes.locator_params(axis="x", nbins=4)
    if measure == "intensity":
        made.first.set_xlim(left=0)
    return made.figure


def _name_poles(axes: Axes, cells: pd.DataFrame, measure: str) -> None:
    negative, positive = either(cells["negative"]), either(cells["positive"])
    if measure == "bias":
        axes.set_title(f"← {negative}")
        axes.set_title(f"{positive} →", loc="right")
    else:
        axes.set_title(f"{negative} – {positive}")


def _note(table: pd.DataFrame, drawn: pd.DataFrame, measure: str) -> list[str]:
    lines = [
        _XLABEL[measure],
        f"bars: {percentages(fact(table, 'interval'))}, the vectors taken as known; n = articles",
    ]
    left_out = [name for name in table["axis"].drop_duplicates() if name not in set(drawn["axis"])]
    if left_out:
        shown = ", ".join(map(label, left_out[:3])) + (f" and {len(left_out) - 3} more" if len(left_out) > 3 else "")
        lines.append(f"not drawn, no vectors for their words: {shown}")
    return lines
