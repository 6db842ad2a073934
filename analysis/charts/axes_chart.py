"""The chart of frame axes: where each group stands between two antonyms."""

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.effects import largest
from analysis.charts.labels import either, label
from analysis.charts.marks import DASHED, columns_of, estimates, name_line, upright_line
from analysis.charts.numbers import percentages
from analysis.charts.panels import row_panels, rows_of
from analysis.charts.style import chart
from analysis.core.errors import SchemaError
from analysis.core.origin import fact
from analysis.core.schema import TABLES

_WHOLE = "\u00a0"  # a space at which the title of a panel, where it is too long for a line, is not broken
_GAP = " " * 6  # between two ends on one line; panels come out narrower than their estimate

_XLABEL = {
    "bias": "bias: mean cosine of the words with the axis; dashed: whole corpus",
    "intensity": "intensity: mean squared distance of the words from the corpus bias",
}


@chart(shows="measure", table=TABLES["FRAME_AXES"].of("axis", "negative", "positive", "n_articles"))
def axes_chart(table: pd.DataFrame, *, row: str, measure: Literal["bias", "intensity"] = "bias") -> Figure:
    """Return dots with intervals: one panel an axis, one line a value of `row`.

    The panels with the group farthest from the whole corpus (of intensity: the highest) come first; six at most are drawn.

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
    effect = (drawn["bias"] - drawn["bias_corpus"]).abs() if measure == "bias" else drawn[measure]
    chosen = largest(drawn, "axis", effect)
    rows = rows_of(table, row)
    between = _GAP if measure == "bias" else " – "
    poles = [_poles(drawn[drawn["axis"] == name], measure) for name in chosen.names]
    titles = [between.join(end.replace(" ", _WHOLE) for end in ends) for ends in poles]
    made = row_panels(chosen.names, rows, note=[*_note(table, drawn, measure), *chosen.note], titles=titles)
    for axes, cells in made.parts(chosen.rows, "axis"):
        if measure == "bias":
            upright_line(axes, 0)
            for bias in cells["bias_corpus"].unique():
                upright_line(axes, bias, style=DASHED)
        estimates(axes, cells, columns_of(measure), rows.places(cells))
        axes.locator_params(axis="x", nbins=3)
    if measure == "intensity":
        made.first.set_xlim(left=0)
    else:
        for axes, ends in zip(made.axes, poles, strict=True):
            _part_poles(axes, ends)
        for axes in made.lowest:
            name_line(axes, 0, "neither side")
    return made.figure


def _poles(cells: pd.DataFrame, measure: str) -> tuple[str, str]:
    """Return the two ends of an axis, with arrows where the panel lies between them."""
    negative, positive = either(cells["negative"]), either(cells["positive"])
    return (f"← {negative}", f"{positive} →") if measure == "bias" else (negative, positive)


def _part_poles(axes: Axes, poles: tuple[str, str]) -> None:
    """Let the two ends of an axis stand at the two sides of its panel, where both find room on a line; else the panel keeps its title."""
    if "\n" not in axes.get_title(loc="left"):
        axes.set_title(poles[0])
        axes.set_title(poles[1], loc="right")


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
