"""The chart of a classifier: how well it codes each label, and whether its probabilities hold."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import number
from analysis.charts.style import ACCENT, DOUBLE_COLUMN, INK, chart
from analysis.core.errors import SchemaError

_ROW_HEIGHT = 0.24
_SMALLEST_HEIGHT = 2.3  # the panel of probabilities is near to square
_SCORES = ("precision", "recall", "f1")


@chart(shows="f1")
def classifier_chart(scores: pd.DataFrame, calibration: pd.DataFrame) -> Figure:
    """Return dots with intervals: precision, recall and F1 of each label, and the share right at each probability.

    Parameters
    ----------
    scores : pandas.DataFrame
        What `analysis.learning.predictions.label_scores` returns, such as ``by_label`` of a cross-validation.
    calibration : pandas.DataFrame
        What `analysis.learning.predictions.calibration` returns of the same predictions.

    Raises
    ------
    SchemaError
        When one of the tables has no row.
    """
    if scores.empty or calibration.empty:
        raise SchemaError("classifier_chart: a table has no row; give the tables of one cross-validation")
    height = max(_SMALLEST_HEIGHT, _ROW_HEIGHT * len(scores) + 0.5)
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, height + 0.5))
    *panels, right = figure.subplots(1, 4, width_ratios=[1, 1, 1, 1.9])
    for axes, name in zip(panels, _SCORES, strict=True):
        _score_panel(axes, scores, name)
    panels[0].set_yticks(
        range(len(scores)),
        [f"{label(name)} (n = {number(n)})" for name, n in zip(scores["label"], scores["n"], strict=True)],
    )
    _calibration_panel(right, calibration)
    figure.supxlabel(_note(scores, calibration), fontsize=8)
    return figure


def _score_panel(axes: Axes, scores: pd.DataFrame, name: str) -> None:
    places = list(range(len(scores)))
    axes.hlines(places, scores[f"{name}_low"], scores[f"{name}_high"], color=ACCENT, linewidth=1.6)
    _dots(axes, scores[name], places)
    axes.set_title("F1" if name == "f1" else name)
    axes.set_xlim(-0.04, 1.04)
    axes.set_xticks([0, 0.5, 1], ["0", number(0.5, "g"), "1"])
    axes.set_ylim(len(scores) - 0.5, -0.5)
    axes.set_yticks(places, [""] * len(places))
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")


def _calibration_panel(axes: Axes, calibration: pd.DataFrame) -> None:
    axes.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.vlines(
        calibration["probability"],
        calibration["share_right_low"],
        calibration["share_right_high"],
        color=ACCENT,
        linewidth=1.6,
    )
    _dots(axes, calibration["probability"], calibration["share_right"])
    columns = (calibration[name].tolist() for name in ("probability", "share_right_high", "n"))
    for probability, high, n in zip(*columns, strict=True):
        axes.annotate(f"{number(n)}", (probability, high), (0, 3), textcoords="offset points", ha="center", fontsize=7)
    axes.set_title("calibration")
    axes.set_xlabel("probability stated")
    axes.set_ylabel("share right")
    axes.set_xlim(-0.02, 1.04)
    axes.set_ylim(-0.02, 1.1)
    axes.set_xticks([0, 0.5, 1], ["0", number(0.5, "g"), "1"])
    axes.set_yticks([0, 0.5, 1], ["0", number(0.5, "g"), "1"])
    axes.grid()


def _dots(axes: Axes, x: "pd.Series[float]", y: "pd.Series[float] | list[int]") -> None:
    axes.plot(x, y, "o", color=ACCENT, markersize=4.5, markeredgecolor="white", markeredgewidth=0.6, zorder=3)


def _note(scores: pd.DataFrame, calibration: pd.DataFrame) -> str:
    unmeasured = scores["precision"].isna().sum()
    missing = f"; {unmeasured} never predicted, no precision" if unmeasured else ""
    return (
        f"n = texts coded so by hand{missing}; bars: {scores.attrs['interval']}\n"
        f"calibration: numbers are texts; bars: {calibration.attrs['interval']}; "
        f"dashed: as often right as stated\nBrier score {number(calibration.attrs['brier'], '.3f')} "
        f"(always stating the accuracy: {number(calibration.attrs['brier_constant'], '.3f')})"
    )
