"""The chart of a classifier: how well it codes each label, and whether its probabilities hold."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.marks import DASHED, columns_of, dots, estimates, upright_bars
from analysis.charts.numbers import number, percentages
from analysis.charts.panels import Rows, figure_of, name_rows, rows_of
from analysis.charts.sizes import current_size
from analysis.charts.style import INK, chart
from analysis.core.errors import SchemaError
from analysis.core.origin import fact
from analysis.core.schema import TABLES

_SMALLEST_HEIGHT = 2.1  # the panel of probabilities is near to square
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
    figure = figure_of(2 * height if current_size().is_narrow else height, _note(scores, calibration))
    *left, right = _beside(figure)
    for axes, name in zip(left, _SCORES, strict=True):
        _score_panel(axes, scores, rows, name)
        name_rows(axes, rows.labels if axes is left[0] else [""] * len(rows.labels))
    _calibration_panel(right, calibration)
    return figure


def _beside(figure: Figure) -> list[Axes]:
    """Return the panels of the three scores and of the probabilities, which stand below the others where there is no room beside them."""
    if current_size().is_narrow:
        grid = figure.add_gridspec(2, len(_SCORES))
        return [*(figure.add_subplot(grid[0, place]) for place in range(len(_SCORES))), figure.add_subplot(grid[1, :])]
    return list(figure.subplots(1, len(_SCORES) + 1, width_ratios=[1, 1, 1, 1.9]))


def _score_panel(axes: Axes, scores: pd.DataFrame, rows: Rows, name: str) -> None:
    estimates(axes, scores, columns_of(name), rows.places(scores))
    axes.set_title("F1" if name == "f1" else name)
    axes.set_xlim(-0.04, 1.04)
    axes.set_xticks([0, 0.5, 1])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")


def _calibration_panel(axes: Axes, calibration: pd.DataFrame) -> None:
    axes.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle=DASHED)
    upright_bars(axes, calibration, columns_of("share_right"), calibration["probability"])
    dots(axes, calibration["probability"], calibration["share_right"])
    ends = zip(calibration["probability"], calibration["share_right_high"], calibration["n"], strict=True)
    for probability, high, n in ends:
        axes.annotate(number(n), (probability, high), (0, 3), textcoords="offset points", ha="center", fontsize=7)
    axes.set_title("calibration")
    axes.set_xlabel("probability stated")
    axes.set_ylabel("share right")
    axes.set_xlim(-0.02, 1.04)
    axes.set_ylim(-0.02, 1.1)
    axes.set_xticks([0, 0.5, 1])
    axes.set_yticks([0, 0.5, 1])
    axes.grid()


def _note(scores: pd.DataFrame, calibration: pd.DataFrame) -> list[str]:
    unmeasured = scores["precision"].isna().sum()
    missing = f"; {unmeasured} never predicted, no precision" if unmeasured else ""
    brier, constant = (number(fact(calibration, name), ".3f") for name in ("brier", "brier_constant"))
    return [
        f"n = texts coded so by hand{missing}; bars: {percentages(fact(scores, 'interval'))}",
        f"calibration: numbers are texts; bars: {percentages(fact(calibration, 'interval'))}; dashed: as often right as stated",
        f"Brier score {brier} (always stating the accuracy: {constant})",
    ]
