"""What the chart of a classifier draws, against the tables that were given."""

import numpy as np
import pandas as pd
import pytest
from chart_cases import bars_of

from analysis.charts.classifier_chart import classifier_chart
from analysis.core.errors import SchemaError
from analysis.learning.predictions import calibration, label_scores

PREDICTIONS = pd.DataFrame(
    {
        "label": list("aaaaabbbbc"),
        "predicted": list("aaaabbbaab"),
        "probability": [0.9, 0.8, 0.95, 0.65, 0.5, 0.7, 0.6, 0.65, 0.45, 0.4],
    }
)


@pytest.fixture(scope="module")
def tables():
    return label_scores(PREDICTIONS), calibration(PREDICTIONS)


def test_every_score_is_a_dot_with_its_interval(tables):
    scores, _ = tables
    figure = classifier_chart(*tables)
    for axes, name in zip(figure.axes[:3], ("precision", "recall", "f1"), strict=True):
        np.testing.assert_allclose(np.asarray(axes.lines[0].get_xdata(), float), scores[name], rtol=1e-7)
        ends = np.array([path[:, 0] for path in bars_of(axes)[0].get_segments() if len(path)])
        measured = scores.dropna(subset=[name])
        np.testing.assert_allclose(ends, measured[[f"{name}_low", f"{name}_high"]])
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["a (n = 5)", "b (n = 4)", "c (n = 1)"]


def test_the_share_right_is_drawn_over_the_probability_with_the_number_of_texts(tables):
    axes = classifier_chart(*tables).axes[3]
    diagonal, dots, commonest = axes.lines
    np.testing.assert_array_equal(diagonal.get_xydata(), [[0, 0], [1, 1]])
    np.testing.assert_allclose(dots.get_xydata(), tables[1][["probability", "share_right"]])
    # By hand: five of ten texts are coded "a".
    assert commonest.get_ydata()[0] == 0.5
    assert [text.get_text() for text in axes.texts] == ["3", "4", "3", "commonest label"]


def test_chance_is_the_share_of_texts_with_the_label_in_every_panel(tables):
    for axes in classifier_chart(*tables).axes[:3]:
        (strokes,) = (line for line in axes.lines if line.get_marker() == "|")
        np.testing.assert_allclose(np.asarray(strokes.get_xdata(), float), [0.5, 0.4, 0.1])  # by hand: 5, 4 and 1 of 10
        assert [(text.get_text(), text.xy[0]) for text in axes.texts] == [("chance", 0.4)]  # at their median


def test_numbers_of_near_probabilities_stand_one_above_the_other(tables):
    near = pd.DataFrame({"probability": [0.5, 0.51], "share_right": 0.5, "n": [1200, 1300]})
    near = near.assign(share_right_low=0.4, share_right_high=0.6)
    near.attrs = tables[1].attrs
    lower, upper = classifier_chart(tables[0], near).axes[3].texts[:2]
    assert lower.xy[1] == 0.6 < upper.xy[1]


def test_the_note_names_intervals_and_what_is_missing(tables):
    note = classifier_chart(*tables).get_supxlabel()
    assert "1 never predicted" in note
    assert "Wilson" in note and "resamples of texts" in note
    # By hand from the ten texts: a coder who always states 0.6 has 0.6 · 0.4.
    assert "always stating the accuracy: 0.240" in note


def test_a_table_without_rows_is_refused(tables):
    with pytest.raises(SchemaError, match="has no row"):
        classifier_chart(tables[0][:0], tables[1])
