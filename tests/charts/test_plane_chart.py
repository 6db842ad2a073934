"""What the plane of two axes draws: read from the figure's artists, against the table that was given."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from chart_cases import bars_of
from matplotlib.text import Text

import analysis as fa
from analysis.charts.plane_chart import plane_chart

NAN = float("nan")


def table(biases: dict[str, tuple[float, float]]) -> pd.DataFrame:
    rows = [
        (
            outlet,
            axis,
            negative,
            positive,
            bias,
            bias - 0.1,
            bias + 0.2,
            corpus,
            "" if bias == bias else "no vector for x",
        )
        for outlet, both in biases.items()
        for axis, negative, positive, bias, corpus in (
            ("weak–strong", "weak", "strong", both[0], 0.05),
            ("bad–good", "bad", "good", both[1], -0.05),
        )
    ]
    columns = ["outlet", "axis", "negative", "positive", "bias", "bias_low", "bias_high", "bias_corpus", "reason"]
    made = pd.DataFrame(rows, columns=columns).assign(n_articles=1200)
    made.attrs = {"interval": "95% percentile"}
    return made


TWO = table({"Mail": (0.1, 0.3), "Post": (-0.1, 0.0)})


def test_dots_crosses_and_lines_stand_at_the_numbers():
    (axes,) = plane_chart(TWO, x="weak–strong", y="bad–good").axes
    upright, level, dots, *zeros = axes.lines
    assert upright.get_xdata()[0] == 0.05
    assert level.get_ydata()[0] == -0.05
    assert [line.get_linestyle() for line in zeros] == ["-", "-"]
    assert (zeros[0].get_xdata()[0], zeros[1].get_ydata()[0]) == (0, 0)
    np.testing.assert_allclose(dots.get_xydata(), [(0.1, 0.3), (-0.1, 0.0)])
    across, along = (np.array(lines.get_segments()) for lines in bars_of(axes))
    np.testing.assert_allclose(across, [[(0, 0.3), (0.3, 0.3)], [(-0.2, 0), (0.1, 0)]], atol=1e-12)
    np.testing.assert_allclose(along, [[(0.1, 0.2), (0.1, 0.5)], [(-0.1, -0.1), (-0.1, 0.2)]], atol=1e-12)
    assert axes.get_xlabel() == "← weak    bias    strong →"
    assert axes.get_ylabel() == "← bad    bias    good →"
    assert {text.get_text() for text in axes.texts} >= {"Mail (n = 1,200)", "Post (n = 1,200)"}


def test_labels_do_not_cover_one_another():
    rng = np.random.default_rng(3)
    near = table({f"The outlet {n}": tuple(rng.normal(0, 0.05, 2)) for n in range(12)})
    figure = plane_chart(near, x="weak–strong", y="bad–good")
    figure.draw_without_rendering()
    boxes = [Text.get_window_extent(text) for text in figure.axes[0].texts if text.get_text()]
    assert len(boxes) == 12 + 2  # and the names of the two lines at 0
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_a_group_without_a_bias_is_counted_below():
    figure = plane_chart(table({"Mail": (0.1, 0.3), "Post": (NAN, 0.0)}), x="weak–strong", y="bad–good")
    assert len(figure.axes[0].lines[2].get_xdata()) == 1
    assert figure.get_supxlabel().endswith("; 1 not measured on both axes, not drawn")


@pytest.mark.parametrize(
    ("x", "biases", "message"),
    [
        (
            "hot–cold",
            (0.1, 0.3),
            "plane_chart: axis 'hot–cold' is not in the table; known are 'weak–strong', 'bad–good'",
        ),
        (
            "weak–strong",
            (NAN, 0.3),
            "plane_chart: axis 'weak–strong' was not measured: no vector for x; choose another",
        ),
    ],
)
def test_an_axis_that_cannot_be_drawn_is_refused(x, biases, message):
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"):
        plane_chart(table({"Mail": biases}), x=x, y="bad–good")
