"""The chart of a classifier: how well it codes each label, and whether its probabilities hold."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.marks import DASHED, TEXT_SIZE, columns_of, dots, estimates, level_line, name_line, upright_bars
from analysis.charts.numbers import number, percentages
from analysis.charts.panels import Rows, figure_of, name_rows, rows_of
from analysis.charts.room import width_of
from analysis.charts.sizes import current_size
from analysis.charts.style import INK, chart
from analysis.core.errors import SchemaError
from analysis.core.origin import fact
from analysis.core.schema import TABLES

_SMALLEST_HEIGHT = 2.1  # the panel of probabilities is near to square
_DOTTED = (0, (1, 2))
_PANEL_POINTS = 140.0  # from probability 0 to 1
_HALF = 0.5
_NUMBER_HEIGHT = 0.08  # of the height of the panel
_SCORES = ("precision", "recall", "f1")


@chart(
    shows="f1",
    scores=TABLES["LABEL_SCORES"].of(
        *"label n precision precision_low precision_high recall recall_low recall_high f1 f1_low f1_high".split()
    ),
    calibration=TABLES["CALIBRATION"].of("n", "probability", "share_right", "share_right_low", "share_right_high"),
)
def classifier_chart(scores: pd.DataFrame, calibration: pd.DataFrame) -> Figure:
    """Return dots with intervals: precision, recall and F1 of each label, and the share right at each probability.

    Strokes in the panels of scores are chance: who guesses a label as often as people coded it has that share as precision, as recall and
    as F1. The dotted line is how often always naming the commonest label is right.

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
    rows = rows_of(scores, "label", n="n")
    height = max(_SMALLEST_HEIGHT, rows.height * len(rows.labels) + 0.3)
    # Long labels leave no room for four panels side by side, nor does one column: the fourth then stands below the others.
    is_stacked = rows.is_long or current_size().is_narrow
    heights = [height, _SMALLEST_HEIGHT] if is_stacked else [height]
    figure = figure_of(sum(heights), _note(scores, calibration))
    if is_stacked:
        grid = figure.add_gridspec(2, len(_SCORES), height_ratios=heights)
        left = [figure.add_subplot(grid[0, place]) for place in range(len(_SCORES))]
        right = figure.add_subplot(grid[1, :])
    else:
        *left, right = figure.subplots(1, 4, width_ratios=[1, 1, 1, 1.7])
    for axes, name in zip(left, _SCORES, strict=True):
        _score_panel(axes, scores, rows, name)
        name_rows(axes, rows.labels if axes is left[0] else [""] * len(rows.labels))
    _calibration_panel(right, calibration)
    commonest = float(_chance(scores).max())
    level_line(right, commonest, style=_DOTTED)
    is_low = commonest <= _HALF  # the numbers above the bars stand in the upper half
    right.annotate(
        "commonest label", (1, commonest), (0, 2 if is_low else -2), xycoords=("axes fraction", "data"),
        textcoords="offset points", ha="right", va="bottom" if is_low else "top", fontsize=TEXT_SIZE, color=INK,
    )  # fmt: skip
    return figure


def _chance(scores: pd.DataFrame) -> pd.Series:
    """Return the share of all texts that each label was coded in."""
    shares: pd.Series = scores["n"] / scores["n"].sum()
    return shares


def _score_panel(axes: Axes, scores: pd.DataFrame, rows: Rows, name: str) -> None:
    estimates(axes, scores, columns_of(name), rows.places(scores))
    chance = _chance(scores)
    axes.plot(chance, rows.places(scores), "|", color=INK, markersize=9, markeredgewidth=1)
    name_line(axes, float(chance.median()), "chance")
    axes.set_title("F1" if name == "f1" else name)
    axes.set_xlim(-0.04, 1.04)
    axes.set_xticks([0, 0.5, 1])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")


def _calibration_panel(axes: Axes, calibration: pd.DataFrame) -> None:
    axes.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle=DASHED)
    upright_bars(axes, calibration, columns_of("share_right"), calibration["probability"])
    dots(axes, calibration["probability"], calibration["share_right"])
    top = _number_bars(axes, calibration)
    axes.set_title("calibration")
    axes.set_xlabel("probability stated")
    axes.set_ylabel("share right")
    axes.set_xlim(-0.02, 1.04)
    axes.set_ylim(-0.02, max(1.1, top))
    axes.set_xticks([0, 0.5, 1])
    axes.set_yticks([0, 0.5, 1])
    axes.grid()


def _number_bars(axes: Axes, calibration: pd.DataFrame) -> float:
    """Write above each bar how many texts it is, above the number of a bar that is too near; return where the highest ends."""
    placed = [(-np.inf, 0.0)]  # right end and top of the numbers so far, from left to right
    ends = calibration[["probability", "share_right_high", "n"]].sort_values("probability", kind="stable")
    for probability, high, n in ends.itertuples(index=False, name=None):
        half = width_of(number(n), TEXT_SIZE) / _PANEL_POINTS / 2
        foot = max([high, *(top for right, top in placed if right > probability - half)])
        axes.annotate(
            number(n), (probability, foot), (0, 3), textcoords="offset points", ha="center", fontsize=TEXT_SIZE
        )
        placed.append((probability + half, foot + _NUMBER_HEIGHT))
    return max(top for _, top in placed)


def _note(scores: pd.DataFrame, calibration: pd.DataFrame) -> list[str]:
    unmeasured = scores["precision"].isna().sum()
    missing = f"; {unmeasured} never predicted, no precision" if unmeasured else ""
    brier, constant = (number(fact(calibration, name), ".3f") for name in ("brier", "brier_constant"))
    return [
        f"n = texts coded so by hand{missing}; bars: {percentages(fact(scores, 'interval'))}",
        f"calibration: numbers are texts; bars: {percentages(fact(calibration, 'interval'))}; dashed: as often right as stated",
        "strokes: chance, a label guessed as often as coded; dotted: the commonest label always",
        f"Brier score {brier} (always stating the accuracy: {constant})",
    ]
