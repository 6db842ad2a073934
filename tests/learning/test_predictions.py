"""Scores, confusions and calibration of predictions, by hand on ten texts."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import brier_score_loss

import analysis as fa
from analysis.core.errors import SchemaError
from analysis.learning.predictions import accuracy_with_interval, calibration, confusion, label_scores

# Coded a: 4 right, 1 taken for b. Coded b: 2 right, 2 taken for a. Coded c: 1, taken for b; c is never predicted.
TABLE = pd.DataFrame(
    {
        "label": list("aaaaabbbbc"),
        "predicted": list("aaaabbbaab"),
        "probability": [0.9, 0.8, 0.95, 0.65, 0.5, 0.7, 0.6, 0.65, 0.45, 0.4],
    }
)


def test_scores_of_each_label():
    # By hand: a 4 of 6 predicted and 4 of 5 coded; b 2 of 4 and 2 of 4; c 0 of 0 and 0 of 1. F1 of a: 2·4 / (6 + 5).
    scores = label_scores(TABLE)
    assert scores["label"].tolist() == ["a", "b", "c"]
    assert scores[["n", "n_predicted"]].to_numpy().tolist() == [[5, 6], [4, 4], [1, 0]]
    np.testing.assert_allclose(scores["precision"], [4 / 6, 2 / 4, np.nan])
    np.testing.assert_allclose(scores["recall"], [4 / 5, 2 / 4, 0])
    np.testing.assert_allclose(scores["f1"], [8 / 11, 4 / 8, 0])
    assert (scores["f1_low"] <= scores["f1"]).all() and (scores["f1"] <= scores["f1_high"]).all()


def test_intervals_of_precision_and_recall_are_wilson_s():
    scores = label_scores(TABLE)
    # Closed form (Wilson 1927) of 4 of 5: centre (p + z²/2n) / (1 + z²/n), half width z √(p(1−p)/n + z²/4n²) / (1 + z²/n).
    z, p, n = stats.norm.ppf(0.975), 0.8, 5
    centre, half = (p + z**2 / (2 * n)), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    expected = np.array([centre - half, centre + half]) / (1 + z**2 / n)
    np.testing.assert_allclose(scores.loc[0, ["recall_low", "recall_high"]].astype(float), expected)
    assert scores.loc[2, ["precision_low", "precision_high"]].isna().all()


def test_groups_are_resampled_whole():
    # Two groups, one all right and one all wrong: a resample has accuracy 0, 1/2 or 1, and either end has probability 1/4.
    table = pd.DataFrame({"label": ["a", "a", "b", "b"], "predicted": ["a", "a", "a", "a"], "group": list("xxyy")})
    resampling = fa.Resampling(n_draws=1_000)
    assert accuracy_with_interval(table, resampling=resampling) == (0.5, 0.0, 1.0)
    alone = accuracy_with_interval(pd.concat([table.drop(columns="group")] * 25), resampling=resampling)
    assert alone[0] == 0.5
    # Closed form: 0.5 ± 1.96 √(0.25 / 100).
    np.testing.assert_allclose(alone[1:], [0.402, 0.598], atol=0.015)
    assert "resamples of groups" in label_scores(table).attrs["interval"]


def test_confusion_counts_coded_by_predicted():
    table = confusion(TABLE)
    assert table.columns.tolist() == ["label", "a", "b", "c"]
    assert table.to_numpy().tolist() == [["a", 4, 1, 0], ["b", 2, 2, 0], ["c", 0, 1, 0]]


def test_calibration_by_bins():
    table = calibration(TABLE, n_bins=5)
    # By hand: [0.4, 0.6) holds 0.5, 0.45, 0.4, all wrong; [0.6, 0.8) holds 0.65, 0.7, 0.6 (right) and 0.65 (wrong); [0.8, 1] three right.
    assert table["n"].tolist() == [3, 4, 3]
    np.testing.assert_allclose(table["probability_from"], [0.4, 0.6, 0.8])
    np.testing.assert_allclose(table["probability"], [1.35 / 3, 2.6 / 4, 2.65 / 3])
    np.testing.assert_allclose(table["share_right"], [0, 3 / 4, 1])
    assert table["share_right_high"].iloc[0] > 0 and table["share_right_low"].iloc[2] < 1
    # By hand: 3 · 0.45 + 4 · 0.1 + 3 · (1 − 0.8833) = 2.1 of 10.
    assert table.attrs["calibration_error"] == pytest.approx(0.21)
    assert table.attrs["brier_constant"] == pytest.approx(0.6 * 0.4)


def test_the_brier_score_is_scikit_learn_s():
    right = (TABLE["label"] == TABLE["predicted"]).astype(int)
    assert calibration(TABLE).attrs["brier"] == pytest.approx(brier_score_loss(right, TABLE["probability"]))


def test_a_probability_of_one_stands_in_the_last_bin():
    table = calibration(pd.DataFrame({"label": ["a", "a"], "predicted": ["a", "b"], "probability": [1.0, 0.0]}))
    assert table[["probability_from", "probability_to", "n"]].to_numpy().tolist() == [[0, 0.2, 1], [0.8, 1, 1]]


def test_tables_that_do_not_fit_are_named():
    with pytest.raises(SchemaError, match="no column 'predicted'; found are 'label'"):
        confusion(TABLE[["label"]])
    with pytest.raises(SchemaError, match="no row"):
        label_scores(TABLE[:0])
    with pytest.raises(SchemaError, match=r"probability 1\.5"):
        calibration(TABLE.assign(probability=1.5))
    with pytest.raises(SchemaError, match="n_bins=0"):
        calibration(TABLE, n_bins=0)
