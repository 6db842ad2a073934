"""FrameAxis against a direct implementation of its formula, word by word."""

from pathlib import Path

import numpy as np
import pytest

import analysis as fa
from analysis.counting.resampling import Resampling, bca_interval, resampled_sums
from analysis.learning.axes import Axes, Axis, axis_words, frame_axes, read_axes
from analysis.learning.vectors import Vectors

AXES = Axes("axes", "1", (Axis("weak", "strong"), Axis("hostile", "friendly")))
WORDS = ["weak", "strong", "hostile", "friendly", "talks", "wind"]
VECTORS = Vectors(WORDS, np.random.default_rng(7).normal(size=(6, 4)).astype(np.float32), {"vectors": "drawn"})
OUTLETS = ["A", "A", "B", "B", "C"]
BODIES = ["weak weak talks unknown", "strong wind", "hostile talks", "friendly friendly wind weak", "unknown words"]


def direct(bodies: list[str], axis: Axis) -> tuple[float, float]:
    """Return bias and intensity of the texts by the formula of Kwak et al. (2021), one word after the other."""
    vector = dict(zip(WORDS, VECTORS.matrix.astype(float), strict=True))
    direction = vector[axis.positive] - vector[axis.negative]

    def contributions(texts: list[str]) -> list[float]:
        words = [word for text in texts for word in text.split() if word in vector]
        return [vector[w] @ direction / np.sqrt((vector[w] @ vector[w]) * (direction @ direction)) for w in words]

    corpus = contributions(BODIES)
    baseline = sum(corpus) / len(corpus)
    own = contributions(bodies)
    return sum(own) / len(own), sum((c - baseline) ** 2 for c in own) / len(own)


@pytest.fixture
def tokens(encode):
    return encode(outlet=OUTLETS, body=BODIES)


def test_bias_and_intensity_are_those_of_the_formula(tokens):
    table = frame_axes(tokens, VECTORS, AXES).set_index(["outlet", "axis"])
    for outlet in ("A", "B"):
        bodies = [body for body, owner in zip(BODIES, OUTLETS, strict=True) if owner == outlet]
        for axis in AXES.axes:
            row = table.loc[(outlet, axis.name)]
            assert (row["bias"], row["intensity"]) == pytest.approx(direct(bodies, axis), rel=1e-6)
            assert row["bias_corpus"] == pytest.approx(direct(BODIES, axis)[0], rel=1e-6)
            assert row["bias_low"] <= row["bias"] <= row["bias_high"]
    assert table.loc[("A", "weak–strong"), ["n_articles", "n_tokens", "n_known"]].tolist() == [2, 6, 5]  # by hand


def test_a_group_without_a_known_word_is_nan_with_a_reason(tokens):
    row = frame_axes(tokens, VECTORS, AXES).query("outlet == 'C'").iloc[0]
    assert np.isnan([row["bias"], row["bias_low"], row["intensity"], row["intensity_high"]]).all()
    assert row["reason"] == "no word of the group has a vector"


def test_a_missing_word_of_a_pair_is_named_and_its_axis_nan(tokens):
    axes = Axes("axes", "1", (*AXES.axes, Axis("failing", "succeeding"), Axis("weak", "robust")))
    table = frame_axes(tokens, VECTORS, axes).query("outlet == 'A'")
    assert table["reason"].tolist() == ["", "", "no vector for failing and succeeding", "no vector for robust"]
    assert table["bias"].isna().tolist() == [False, False, True, True]
    with pytest.raises(fa.LexiconError, match=r"no axis can be measured .* choose commoner words"):
        frame_axes(tokens, VECTORS, Axes("axes", "1", (Axis("failing", "robust"),)))


def test_equal_vectors_make_no_axis(tokens):
    same = Vectors(["weak", "strong", "talks"], np.ones((3, 2), np.float32), {})
    with pytest.raises(fa.LexiconError, match="both words have the same vector"):
        frame_axes(tokens, same, AXES)


@pytest.fixture
def sums():
    """Return known words and the sum of their contributions for the two articles of A, of 3 and 2 known words, by the formula."""
    each = [direct([body], AXES.axes[0])[0] for body in BODIES[:2]]
    return np.array([[3, 3 * each[0]], [2, 2 * each[1]]])


def test_the_interval_is_that_of_resampled_articles(tokens, sums):
    table = frame_axes(tokens, VECTORS, AXES, resampling=Resampling(n_draws=400, seed=3)).set_index(["outlet", "axis"])
    drawn = resampled_sums(sums, n_draws=400, seed=(3, 0))  # A is the first group
    expected = np.percentile(drawn[:, 1] / drawn[:, 0], [2.5, 97.5])
    assert table.loc[("A", "weak–strong"), ["bias_low", "bias_high"]].tolist() == pytest.approx(expected.tolist())


def test_the_corrected_interval_leaves_out_each_article_once(tokens, sums):
    resampling = Resampling(n_draws=400, seed=3, method="bca")
    table = frame_axes(tokens, VECTORS, AXES, resampling=resampling).set_index(["outlet", "axis"])
    drawn, others = resampled_sums(sums, n_draws=400, seed=(3, 0)), sums[::-1]  # without the first, the second is left
    biases = [part[:, 1:] / part[:, :1] for part in (drawn, sums.sum(axis=0, keepdims=True), others)]
    expected = bca_interval(biases[0], biases[1][0], biases[2])[:, 0]
    assert table.loc[("A", "weak–strong"), ["bias_low", "bias_high"]].tolist() == pytest.approx(expected.tolist())
    assert table.attrs["interval"] == "95% BCa, 400 resamples of articles, seed 3"


def test_articles_of_a_cluster_are_drawn_together(encode):
    tokens = encode(outlet=["A"] * 3, section=["x", "x", "y"], body=BODIES[:3])
    joined = encode(outlet=["A"] * 2, body=[" ".join(BODIES[:2]), BODIES[2]])
    columns = ["bias_low", "bias_high", "intensity_low", "intensity_high"]
    found = frame_axes(tokens, VECTORS, AXES, resampling=Resampling(n_draws=200, cluster="section"))
    expected = frame_axes(joined, VECTORS, AXES, resampling=Resampling(n_draws=200))  # the cluster as one article
    np.testing.assert_allclose(found[columns], expected[columns])


def test_one_article_has_no_interval_and_says_why(encode):
    table = frame_axes(encode("weak talks"), VECTORS, AXES)
    assert table[["bias", "intensity"]].notna().all(axis=None)
    assert table[["bias_low", "bias_high", "intensity_low"]].isna().all(axis=None)
    assert set(table["reason"]) == {"one alone: no interval"}


def test_articles_that_are_alike_have_no_interval_and_say_why(encode):
    table = frame_axes(encode("weak talks", "weak talks"), VECTORS, AXES)
    assert table["bias"].notna().all()
    assert table[["bias_low", "bias_high", "intensity_low", "intensity_high"]].isna().all(axis=None)
    assert set(table["reason"]) == {"all resamples alike: no interval of bias"}


def test_results_say_what_they_rest_on(tokens):
    table = frame_axes(tokens, VECTORS.without(["wind"]), AXES, resampling=Resampling(n_draws=200, seed=9))
    assert table.attrs["axes"] == "axes 1"
    assert table.attrs["token_rule"] == tokens.rule
    assert table.attrs["words_left_out"] == 1
    assert table.attrs["interval"] == "95% percentile, 200 resamples of articles, seed 9"
    assert table.query("outlet == 'A'")["n_known"].tolist() == [4, 4]  # by hand: five known words less "wind"


def test_shares_of_words_sum_to_the_bias(tokens):
    table = axis_words(tokens, VECTORS, AXES, axis="weak–strong", n=100)
    assert table["share"].sum() == pytest.approx(direct(BODIES, AXES.axes[0])[0])
    assert dict(zip(table["word"], table["n"], strict=True))["weak"] == 3  # by hand
    with pytest.raises(
        fa.LexiconError, match="no axis 'up–down' in axes 1; known are 'weak–strong', 'hostile–friendly'"
    ):
        axis_words(tokens, VECTORS, AXES, axis="up–down")


def test_no_name_takes_all_articles_together(tokens):
    table = frame_axes(tokens, VECTORS, AXES, by=[])
    assert table["n_articles"].tolist() == [len(BODIES)] * len(AXES.axes)
    np.testing.assert_allclose(table["bias"], table["bias_corpus"])


def test_the_shipped_axes_are_read():
    axes = read_axes(Path(__file__).parents[2] / "data" / "axes.yml")
    assert axes.name == "axes"
    assert {"weak–strong", "failing–succeeding", "hostile–friendly"} <= {axis.name for axis in axes.axes}


GOOD = "name: a\nversion: 1\naxes:\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: a\nversion: 1\n", "line 1: 'axes' must be a list"),
        (GOOD + "  - weak\n", "line 4: an axis is written"),
        (GOOD + "  - {negative: weak}\n", "line 4: 'positive' is missing"),
        (GOOD + "  - {negative: weak, positive: very strong}\n", "line 4: positive 'very strong' must be one word"),
        (GOOD + "  - {negative: weak*, positive: strong}\n", "line 4: negative 'weak*' must be one word"),
        (GOOD + "  - {negative: Weak, positive: strong}\n", "line 4: negative 'Weak' must be one word in lower case"),
        (GOOD + "  - {negative: weak, positive: weak}\n", "line 4: both words of the axis are 'weak'"),
        (GOOD + "  - {negative: a, positive: b}\n  - {negative: b, positive: a}\n", "line 5: the axis b–a stands twice"),
        (GOOD + "  - {negative: a, positve: b}\n", "line 4: unknown key 'positve' in an axis; allowed are negative, "
         "positive, note; did you mean 'positive'?"),
        ("version: 1\naxes:\n  - {negative: a, positive: b}\n", "line 1: 'name' is missing"),
        ("- a\n", "line 1: a file of axes is a mapping"),
    ],
)  # fmt: skip
def test_mistakes_of_a_file_are_named_by_line(tmp_path, text, message):
    (tmp_path / "axes.yml").write_text(text, encoding="utf-8")
    with pytest.raises(fa.LexiconError) as caught:
        read_axes(tmp_path / "axes.yml")
    assert message in str(caught.value)
