"""The chart of voices: how much of a framing rate is the narrator's own, and how much is said by others."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.style import ACCENT, BAND, DOUBLE_COLUMN, INK, chart
from analysis.core.errors import SchemaError

_LINE_HEIGHT, _GAP = 0.13, 0.12  # inches: the line of a voice, and the gap between two rows
# Shape and face of each voice. The narrator's mark is the filled one, so that it stands out in greyscale too.
_MARKS = {
    "narrator": ("o", ACCENT),
    "quoted": ("D", "white"),
    "direct": ("s", "white"),
    "indirect": ("^", "white"),
    "scare": ("v", BAND),
}


@chart(shows="rate_per_1000")
def voice_chart(table: pd.DataFrame, *, row: str) -> Figure:
    """Return the rate in each voice with its interval: the voices of a row one below the other, the narrator's first.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.rates` returns by `row` and ``voice``. Where only the narrator and others are to be told apart, the voices of
        HITS are joined as "quoted" before.
    row : str
        Column of the rows, such as ``zone`` or ``outlet``.

    Raises
    ------
    SchemaError
        When the table has no rate, or a voice other than narrator, quoted, direct, indirect and scare.
    """
    unknown = sorted(set(map(str, table["voice"])) - set(_MARKS))
    if unknown:
        raise SchemaError(f"voice_chart: voice {unknown[0]!r} is not known; known are {', '.join(_MARKS)}")
    if table["rate_per_1000"].isna().all():
        raise SchemaError("voice_chart: the table has no rate; its column 'reason' says why")
    rows = list(table[row].drop_duplicates())
    voices = [voice for voice in _MARKS if (table["voice"] == voice).any()]
    places = _places(table, row, rows, voices)
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, places.max() + _LINE_HEIGHT + 0.75))
    axes = figure.subplots()
    for voice in voices:
        is_voice = table["voice"] == voice
        _dots(axes, table[is_voice], places[is_voice], voice)
    _name_voices(axes, table[table[row] == _first_measured(table, row)], places)
    _label_rows(axes, table, row, places)
    axes.set_xlim(0, 1.04 * float(np.nanmax(table[["rate_per_1000", "rate_high"]])))
    axes.set_ylim(places.max() + _LINE_HEIGHT, -_LINE_HEIGHT)
    figure.supxlabel(
        f"hits in that voice per {number(1000)} words of all voices\nbars: {interval_note(table)}; n = articles",
        fontsize=8,
    )
    return figure


def _places(table: pd.DataFrame, row: str, rows: list[object], voices: list[str]) -> "pd.Series[float]":
    """Return how far below the top each line stands, in inches."""
    height = _LINE_HEIGHT * len(voices) + _GAP
    numbers = zip(table[row], table["voice"], strict=True)
    return pd.Series(
        [height * rows.index(name) + _LINE_HEIGHT * voices.index(voice) for name, voice in numbers], index=table.index
    )


def _first_measured(table: pd.DataFrame, row: str) -> object:
    """Return the first row whose every voice has a rate, else the first with a rate."""
    is_known = table["rate_per_1000"].notna().groupby(table[row], sort=False)
    complete = is_known.all()
    return (complete if complete.any() else is_known.any()).idxmax()


def _dots(axes: Axes, cells: pd.DataFrame, places: "pd.Series[float]", voice: str) -> None:
    shape, face = _MARKS[voice]
    axes.hlines(places, cells["rate_low"], cells["rate_high"], color=ACCENT, linewidth=1.3)
    axes.plot(
        cells["rate_per_1000"], places, shape, color=ACCENT, markerfacecolor=face, markersize=4.2, markeredgewidth=0.9,
        clip_on=False, zorder=3,
    )  # fmt: skip
    unmeasured = cells["rate_per_1000"].isna()
    for place, reason in zip(places[unmeasured], cells.loc[unmeasured, "reason"], strict=True):
        axes.annotate(
            label(reason), (0, place), (4, 0), textcoords="offset points", va="center", fontsize=6.5, color=INK
        )


def _name_voices(axes: Axes, cells: pd.DataFrame, places: "pd.Series[float]") -> None:
    """Name the marks once, right of those of the first row."""
    ends = cells["rate_high"].fillna(cells["rate_per_1000"])
    for voice, end, place in zip(cells["voice"], ends, places[cells.index], strict=True):
        if pd.notna(end):
            axes.annotate(voice, (end, place), (6, 0), textcoords="offset points", va="center", fontsize=6.5, color=INK)


def _label_rows(axes: Axes, table: pd.DataFrame, row: str, places: "pd.Series[float]") -> None:
    cells = table.assign(place=places).groupby(row, sort=False, observed=True)
    middles = (cells["place"].min() + cells["place"].max()) / 2
    names = [f"{label(name)} (n = {n})" for name, n in cells["n_articles"].agg(spread).items()]
    axes.set_yticks(list(middles), names)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
