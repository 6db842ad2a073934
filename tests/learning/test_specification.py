"""The specification curve: estimates by hand on four tiny articles, and what the chart draws of them."""

import numpy as np
import pytest

import analysis as fa
from analysis.charts.axes_chart import axes_chart
from analysis.charts.specification_chart import specification_chart
from analysis.core.schema import TABLES
from analysis.learning.specification import Choices, Finding, specification_curve

FINDING = Finding(category="weakness", focus="A", reference="B")
WIDE = fa.extend.lexicon_from_mapping({"weakness": ["weak", "weak plan", "feeble"]}, name="wide")
CORE = fa.extend.lexicon_from_mapping({"weakness": ["weak"]}, name="core")


@pytest.fixture
def tokens(encode):
    return encode(
        outlet=["A", "A", "B", "B"],
        headline=["Weak plan", "Calm day", "Feeble talks", ""],
        body=["A weak plan is here.", "“Weak,” said Hale.", "Nothing new today at all.", "A feeble wall."],
    )


def row(table, **choices):
    chosen = table
    for name, value in choices.items():
        chosen = chosen[chosen[name] == value]
    assert len(chosen) == 1
    return chosen.iloc[0]


PLAIN = {
    "lexicon": "wide", "zones": "all zones", "voices": "all voices", "duplicates": "all articles",
    "overlap": "longest_within_category", "weighting": "words",
}  # fmt: skip


@pytest.fixture
def table(tokens):
    choices = Choices(lexicon={"wide": WIDE, "core": CORE}, duplicates={"all articles": (), "without a2": ["a2"]})
    return specification_curve(tokens, FINDING, choices)


@pytest.mark.parametrize(
    ("changed", "focus", "reference"),
    [
        # By hand. A has 7 + 5 words: "Weak plan" twice (longest match) and "Weak" once; B has 7 + 3: "feeble" twice.
        ({}, (3, 12), (2, 10)),
        ({"lexicon": "core"}, (3, 12), (0, 10)),
        ({"overlap": "every_entry"}, (5, 12), (2, 10)),
        ({"zones": "headline and standfirst"}, (1, 4), (1, 2)),
        ({"zones": "lead and body"}, (2, 8), (1, 8)),
        ({"voices": "narrator only"}, (2, 12), (2, 10)),
        ({"duplicates": "without a2"}, (2, 7), (2, 10)),
    ],
)
def test_estimates_by_hand(table, changed, focus, reference):
    found = row(table, **(PLAIN | changed))
    assert (found["n_hits_focus"], found["n_tokens_focus"]) == focus
    assert (found["n_hits_reference"], found["n_tokens_reference"]) == reference
    expected = 1000 * focus[0] / focus[1] - 1000 * reference[0] / reference[1]
    assert found["difference_per_1000"] == pytest.approx(expected)


def test_the_mean_of_article_rates_by_hand(table):
    found = row(table, **(PLAIN | {"weighting": "articles"}))
    assert found["rate_per_1000_focus"] == pytest.approx(1000 * (2 / 7 + 1 / 5) / 2)
    assert found["rate_per_1000_reference"] == pytest.approx(1000 * (1 / 7 + 1 / 3) / 2)
    found = row(table, **(PLAIN | {"weighting": "articles", "zones": "headline and standfirst"}))
    assert found["rate_per_1000_reference"] == pytest.approx(500)  # the article without a headline has no rate, not 0


def test_entry_weights_by_hand(tokens, tmp_path):
    text = "name: w\nversion: 1\ncategories:\n  weakness:\n    entries: [{entry: weak, weight: 0.5}, feeble]\n"
    (tmp_path / "w.yml").write_text(text, encoding="utf-8")
    choices = Choices(lexicon={"w": fa.read_lexicon(tmp_path / "w.yml")})
    found = row(
        specification_curve(tokens, FINDING, choices), **(PLAIN | {"lexicon": "w", "weighting": "entry weights"})
    )
    assert found["difference_per_1000"] == pytest.approx(1000 * 1.5 / 12 - 1000 * 2 / 10)


def test_there_is_a_row_for_every_combination_in_order_of_the_estimates(table):
    assert len(table) == 2 * 3 * 2 * 2 * 2 * 3  # the product of the alternatives
    assert not table.duplicated(["lexicon", "zones", "voices", "duplicates", "overlap", "weighting"]).any()
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    assert table["difference_per_1000"].is_monotonic_increasing
    assert table.attrs["n_specifications"] == len(table)
    assert WIDE.hash in table.attrs["lexicons"]
    assert table.attrs["interval"] == "95% percentile, 1000 resamples of articles, seed 1"


def test_a_group_of_one_article_has_no_interval_and_one_of_none_no_estimate(tokens):
    choices = Choices(lexicon={"core": CORE}, duplicates={"one": ["a1"], "none": ["a1", "a2"]})
    table = specification_curve(tokens, FINDING, choices)
    one, none = (table[table["duplicates"] == name] for name in ("one", "none"))
    assert one["difference_per_1000"].notna().all()
    assert one["difference_low"].isna().all()
    assert none["difference_per_1000"].isna().all()
    assert table["rank"].iloc[-1] == len(table)


def test_the_interval_is_that_of_a_plain_bootstrap(encode):
    rng = np.random.default_rng(2)
    n_weak = rng.integers(0, 5, size=60)
    tokens = encode(outlet=["A", "B"] * 30, body=["weak " * n + "calm " * (10 - n) for n in n_weak])
    choices = Choices(lexicon={"core": CORE}, zones={"body": ["lead"]}, voices={"all": ["narrator", "direct", "indirect", "scare"]},
                      overlap=["every_entry"], weighting=["words"])  # fmt: skip
    found = specification_curve(tokens, FINDING, choices, resampling=fa.Resampling(n_draws=4000)).iloc[0]
    draws = [100 * (rng.choice(n_weak[::2], 30).mean() - rng.choice(n_weak[1::2], 30).mean()) for _ in range(4000)]
    # Expected: numpy's own resampling; the difference has a standard error of some 37, an end of the interval one of about 2.
    np.testing.assert_allclose(
        [found["difference_low"], found["difference_high"]], np.percentile(draws, [2.5, 97.5]), atol=8
    )


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        (Finding(category="weakness", focus="A", reference="Z"), "no article with outlet 'Z'; known are 'A', 'B'"),
        (Finding(category="weakness", focus="A", reference="A"), "name two groups"),
        (Finding(category="war", focus="A", reference="B"), "lexicon 'core': no category 'war'; it has 'weakness'"),
        (Finding(category="weakness", column="paper", focus="A", reference="B"), "no column 'paper' in ARTICLES"),
    ],
)
def test_a_finding_that_cannot_be_measured_is_refused(tokens, finding, message):
    with pytest.raises(fa.SchemaError, match=message):
        specification_curve(tokens, finding, Choices(lexicon={"core": CORE}))


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"zones": {"x": ["title"]}}, "zones 'title' is not known; choose among headline"),
        ({"voices": {"x": ["expert"]}}, "voices 'expert' is not known"),
        ({"overlap": ["shortest"]}, "overlap 'shortest' is not known"),
        ({"weighting": ["tfidf"]}, "weighting 'tfidf' is not known"),
        ({"lexicon": {}}, "lexicon is empty"),
    ],
)
def test_choices_that_are_none_are_refused(choices, message):
    with pytest.raises(fa.SchemaError, match=message):
        Choices(**({"lexicon": {"core": CORE}} | choices))


def test_an_unknown_article_id_is_refused(tokens):
    with pytest.raises(fa.SchemaError, match="article_id 'a9', which is not in the corpus"):
        specification_curve(tokens, FINDING, Choices(lexicon={"core": CORE}, duplicates={"x": ["a9"]}))


def test_the_chart_draws_every_estimate_and_marks_every_choice(table):
    figure = specification_chart(table)
    above, below = figure.axes
    drawn = sorted(float(y) for line in above.lines[:2] for y in line.get_ydata())
    assert drawn == pytest.approx(table["difference_per_1000"].tolist())
    labels = [label.get_text() for label in below.get_yticklabels()]
    assert "voices: narrator only" in labels
    assert len(labels) == 2 + 3 + 2 + 2 + 2 + 3
    assert f"n = {len(table):,}" in figure.get_supxlabel()


def test_a_table_without_an_estimate_is_not_drawn(tokens, table):
    with pytest.raises(fa.SchemaError, match="no specification has an estimate"):
        specification_chart(table.assign(difference_per_1000=np.nan))
    with pytest.raises(fa.SchemaError, match="choose bias or intensity"):
        axes_chart(TABLES["FRAME_AXES"].empty(), row="outlet", measure="mean")
