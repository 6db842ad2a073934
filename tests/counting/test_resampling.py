"""One object for every interval: over every public function that takes it, found by introspection."""

import inspect

import numpy as np
import pandas as pd
import pytest
from coded_units import articles_as_found, read_in_full, relevance, whole_articles
from public_names import public_names
from scipy import sparse, stats

import analysis as fa
from analysis.counting.resampling import (
    Resampling,
    interval,
    one_interval_of_two,
    ratio,
    resampled,
    resampled_alike,
    resampled_by_counts,
    resampled_sums,
    resampled_within,
    summed_by,
    two_samples,
    wilson_interval,
)
from analysis.learning.axes import Axes, Axis

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"], "threat": ["crisis"]})
OTHER = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
TARGETS = fa.extend.lexicon_from_mapping({"Hurd": ["hurd"]})
AXES = Axes("small", "1", (Axis("weak", "calm"),))
PAIR = fa.compare.Pair(focus="North", reference="South")
FINDING = fa.compare.Finding(category="weakness", focus="North", reference="South")
CHOICES = fa.compare.Choices(lexicon={"l": LEXICON}, zones={"all": ("headline", "standfirst", "lead", "body")})
NUMBER = 24


def weighted(tokens):
    """Return codes of whole articles that were drawn with two probabilities, so that the interval is resampled."""
    return whole_articles(tokens).assign(probability=[0.5, 0.5, 0.25] * (NUMBER // 3))


def voices_coded(tokens):
    """Return codings in which somebody says of whole fields that they are the narrator's, and of every third that it is direct."""
    marked = read_in_full(tokens, every=1)
    matches = marked.query("about == 'match'")
    values = ["direct" if number % 3 == 0 else "narrator" for number in range(len(matches))]
    return pd.concat([matches.assign(variable="voice", value=values, end=matches["unit_end"]), marked])


class Room:
    """A corpus whose rates differ from article to article, and what is made of it before a function is called."""

    def __init__(self) -> None:
        draw = np.random.default_rng(5)
        words = ["weak", "failing", "crisis", "calm", "talks", "go", "on", "hurd", "waits"]
        table = pd.DataFrame(
            {
                "article_id": [f"a{number:02}" for number in range(NUMBER)],
                "outlet": ["North", "South"] * (NUMBER // 2),
                "section": ["war", "war", "town", "town"] * (NUMBER // 4),
                "event_id": [f"e{number // 4}" for number in range(NUMBER)],
                "topic": [f"t{number // 8}" for number in range(NUMBER)],
                "date": [f"2025-01-0{1 + number % 8}" for number in range(NUMBER)],
                "headline": [["Weak Hurd", "Calm", "A crisis"][number % 3] for number in range(NUMBER)],
                "body": [" ".join(draw.choice(words, draw.integers(5, 15))) + "." for _ in range(NUMBER)],
            }
        )
        self.tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
        self.hits = fa.find_hits(self.tokens, LEXICON, targets=TARGETS)
        self.vectors = fa.learn.train_vectors(self.tokens, min_count=1, n_dimensions=4)
        self.divergence = fa.divergence(self.hits, self.tokens).assign(event_id="one")
        self.dominant = fa.compare.dominant_frames(self.hits, self.tokens).assign(event_id=table["event_id"])
        self.elements = fa.compare.frame_elements(self.hits, self.tokens, of=["category", "target"], max_share=1)
        label = draw.choice(["x", "y"], 60)
        self.predictions = pd.DataFrame(
            {"label": label, "predicted": np.where(draw.random(60) < 0.7, label, "x"), "event_id": np.arange(60) // 5}
        )


CALLS = {
    "accuracy": lambda r, **o: fa.accuracy(read_in_full(r.tokens, every=2), r.hits, tokens=r.tokens, **o),
    "accuracy_effect": lambda r, **o: fa.extend.accuracy_effect(
        read_in_full(r.tokens, every=2), LEXICON, OTHER, r.tokens, **o
    ),
    "article_accuracy": lambda r, **o: fa.validate.article_accuracy(
        weighted(r.tokens), r.hits, r.tokens, threshold=1, **o
    ),
    "compare_lexicons": lambda r, **o: fa.compare_lexicons(LEXICON, OTHER, r.tokens, **o).rates,
    "cooccurrence": lambda r, **o: fa.compare.cooccurrence(r.hits, r.tokens, **o),
    "corrected_rates": lambda r, **o: fa.corrected_rates(
        r.hits, r.tokens, articles_as_found(r.tokens, r.hits, every=1), **o
    ),
    "differences": lambda r, **o: fa.differences(r.hits, r.tokens, PAIR, **o),
    "divergence_rates": lambda r, **o: fa.compare.divergence_rates(r.divergence, **o),
    "dominance_shares": lambda r, **o: fa.compare.dominance_shares(r.dominant, **o),
    "dominant_accuracy": lambda r, **o: fa.validate.dominant_accuracy(weighted(r.tokens), r.hits, r.tokens, **o),
    "dropping_entries": lambda r, **o: fa.extend.dropping_entries(
        read_in_full(r.tokens, every=2), LEXICON, r.tokens, n=3, **o
    ),
    "frame_axes": lambda r, **o: fa.learn.frame_axes(r.tokens, r.vectors, AXES, **o),
    "frames_from_elements": lambda r, **o: fa.compare.frames_from_elements(r.elements, most_clusters=3, **o).clusters,
    "label_scores": lambda r, **o: fa.learn.label_scores(r.predictions, **o),
    "paired": lambda r, **o: fa.compare.paired(r.hits, r.tokens, PAIR, **o),
    "rates": lambda r, **o: fa.rates(r.hits, r.tokens, by="outlet", **o),
    "search_precision": lambda r, **o: fa.validate.search_precision(relevance(r.tokens), r.tokens, **o),
    "smooth_trend": lambda r, **o: fa.compare.smooth_trend(r.hits, r.tokens, **o),
    "specification_curve": lambda r, **o: fa.compare.specification_curve(r.tokens, FINDING, CHOICES, **o),
    "standardised_rates": lambda r, **o: fa.compare.standardised_rates(r.hits, r.tokens, strata="section", **o),
    "trends": lambda r, **o: fa.trends(r.hits, r.tokens, **o),
    "variable_accuracy": lambda r, **o: fa.validate.variable_accuracy(
        voices_coded(r.tokens), r.hits, "voice", tokens=r.tokens, **o
    ),
    "worst_entries": lambda r, **o: fa.validate.worst_entries(
        read_in_full(r.tokens, every=2), r.hits, tokens=r.tokens, **o
    ),
}
# They take codings alone, whose clusters are columns of the codings: see tests/validation/test_agreement.py and test_drift.py.
OF_CODINGS = {"agreement", "drift"}
# Functions that took n_draws= and seed= before, and how many draws they make unless told.
OLD = {
    "cooccurrence": 1_000,
    "divergence_rates": 2_000,
    "frames_from_elements": 100,
    "label_scores": 1_000,
    "smooth_trend": 1_000,
    "specification_curve": 1_000,
    "standardised_rates": 2_000,
}


@pytest.fixture(scope="module")
def room():
    return Room()


def written(table):
    return table.to_csv(index=False)


def test_every_public_function_with_an_interval_of_resamples_has_a_case():
    functions = {name: one for name, one in public_names().items() if inspect.isfunction(one)}
    parameters = {name: set(inspect.signature(function).parameters) for name, function in functions.items()}
    assert {name for name, known in parameters.items() if "resampling" in known} == set(CALLS) | OF_CODINGS
    assert not {name for name, known in parameters.items() if "n_draws" in known}
    with_seed = {name for name, known in parameters.items() if "seed" in known}
    assert with_seed == {
        "article_accuracy",  # which half is tested
        "cross_validate",
        "deciding_words",
        "sample",
        "train_classifier",
        "train_polarity",
        "train_vectors",
    }  # nothing is resampled


@pytest.mark.parametrize("name", OLD)
def test_the_old_parameters_give_the_same_numbers_and_a_warning(room, name):
    with pytest.warns(
        DeprecationWarning, match=rf"^{name}: n_draws=, seed= will go; write resampling=Resampling\(n_draws=150"
    ):
        old = CALLS[name](room, n_draws=150, seed=7)
    assert written(old) == written(CALLS[name](room, resampling=Resampling(n_draws=150, seed=7)))
    with pytest.warns(DeprecationWarning, match=rf"^{name}: seed= will go"):
        old = CALLS[name](room, seed=7)
    assert written(old) == written(CALLS[name](room, resampling=Resampling(n_draws=OLD[name], seed=7)))


@pytest.mark.parametrize("name", OLD)
def test_the_draws_unless_told_are_those_of_before(room, name):
    table = CALLS[name](room)
    assert written(table) == written(CALLS[name](room, resampling=Resampling(n_draws=OLD[name])))
    assert f"{OLD[name]} resamples of " in table.attrs["interval"]


@pytest.mark.parametrize("name", CALLS)
def test_every_interval_takes_clusters_and_says_so(room, name):
    cluster = {"frames_from_elements": "outlet", "paired": "topic", "trends": "topic"}.get(name, "event_id")
    table = CALLS[name](room, resampling=Resampling(n_draws=200, cluster=cluster))
    assert cluster in table.attrs["interval"]
    assert written(table) != written(CALLS[name](room, resampling=Resampling(n_draws=200)))
    with pytest.raises(fa.SchemaError, match=r"resampling: no column 'evnt_id' "):
        CALLS[name](room, resampling=Resampling(n_draws=200, cluster="evnt_id"))


@pytest.mark.parametrize("name", sorted(set(CALLS) - {"frames_from_elements"}))
def test_every_interval_takes_bca_and_says_so(room, name):
    table = CALLS[name](room, resampling=Resampling(n_draws=200, method="bca"))
    assert "BCa" in table.attrs["interval"]
    assert written(table) != written(CALLS[name](room, resampling=Resampling(n_draws=200)))
    low = [column for column in table.columns if column.endswith("_low") or "_low_" in column]
    assert table[low].notna().any(axis=None)


def test_one_cluster_alone_has_no_interval(room):
    table = CALLS["divergence_rates"](room, resampling=Resampling(n_draws=100, cluster="event_id"))
    assert table["share_low"].isna().all()


VALUES = np.array([[3.0, 10.0], [0.0, 8.0], [5.0, 12.0], [1.0, 30.0]])


def of_rows(sums):
    return ratio(sums[:, :1], sums[:, 1:])


@pytest.mark.parametrize("values", [VALUES, sparse.csr_array(VALUES)], ids=["dense", "sparse"])
def test_sums_over_all_and_without_each_row(values):
    found = resampled(values, Resampling(n_draws=100, method="bca"), seed=3)
    assert found.total.tolist() == [[9, 60]]  # by hand
    assert found.left_out.tolist() == [[6, 50], [9, 52], [4, 48], [8, 30]]  # by hand: the sums less each row
    np.testing.assert_array_equal(found.drawn, resampled_sums(VALUES, n_draws=100, seed=3))
    assert resampled(values, Resampling(n_draws=100)).left_out is None


def test_bca_of_a_ratio_is_that_of_scipy():
    # Expected: scipy's BCa bootstrap of the same ratio, with 20,000 draws of its own; ends agree to the error of the draws.
    values = np.column_stack([np.arange(40.0) % 7, 10 + np.arange(40.0) % 11])
    found = interval(of_rows, resampled(values, Resampling(n_draws=20_000, method="bca")))[:, 0]
    expected = stats.bootstrap(
        (values[:, 0], values[:, 1]), lambda a, b, axis: a.sum(axis) / b.sum(axis), n_resamples=20_000, paired=True, method="BCa",
        rng=np.random.default_rng(1),
    ).confidence_interval  # fmt: skip
    np.testing.assert_allclose(found, expected, rtol=0.01)


def test_without_a_row_of_one_group_the_other_is_whole():
    resampling = Resampling(n_draws=100, method="bca")
    first, second = two_samples(resampled(VALUES[:2], resampling), resampled(VALUES[2:], resampling))
    # By hand: two rows without one of the first group, then two without one of the second.
    assert first.left_out.tolist() == [[0, 8], [3, 10], [3, 18], [3, 18]]
    assert second.left_out.tolist() == [[6, 42], [6, 42], [1, 30], [5, 12]]


def test_one_row_has_no_interval_by_any_method():
    for method in ("percentile", "bca"):
        resampling = Resampling(n_draws=100, method=method)
        for sums in (
            resampled(VALUES[:1], resampling),
            resampled_by_counts(VALUES[:1], resampling, np.random.default_rng(1)),
        ):
            assert np.isnan(interval(of_rows, sums)).all()
            assert sums.total.tolist() == [[3, 10]]


def test_counts_drawn_from_a_shared_generator_are_whole_resamples():
    sums = resampled_by_counts(np.ones((5, 1)), Resampling(n_draws=100), np.random.default_rng(1))
    assert sums.drawn.ravel().tolist() == [5.0] * 100  # by hand: each resample has five rows of 1


def test_of_many_equal_rows_it_is_drawn_how_often_each_is_there():
    values = np.repeat([[1.0, 2.0], [1.0, 5.0], [1.0, 5.5]], [600, 300, 100], axis=0)
    resampling = Resampling(n_draws=5_000, method="bca")
    found, one_by_one = resampled_alike(values, resampling), resampled(values, resampling)
    assert (found.drawn != one_by_one.drawn).any()
    assert (found.drawn[:, 0] == 1_000).all()  # by hand: each resample has a thousand rows of 1
    # Closed form: n resampled rows of variance v have a sum of variance n v; errors of 5,000 draws are four times less than what is allowed.
    assert found.drawn[:, 1].mean() == pytest.approx(values[:, 1].sum(), abs=3)
    assert found.drawn[:, 1].var() == pytest.approx(1_000 * values[:, 1].var(), rel=0.08)
    np.testing.assert_array_equal(found.left_out, one_by_one.left_out)
    np.testing.assert_array_equal(resampled_alike(values, resampling).drawn, found.drawn)


@pytest.mark.parametrize("values", [np.arange(45_000.0)[:, None], sparse.eye_array(500).tocsr(), VALUES])
def test_rows_that_differ_and_few_are_drawn_one_by_one(values):
    resampling = Resampling(n_draws=100)
    np.testing.assert_array_equal(resampled_alike(values, resampling).drawn, resampled(values, resampling).drawn)


def test_clusters_are_summed_in_the_order_of_their_numbers():
    clusters = np.array([7, 2, 7, 5])
    expected = [[0, 8], [1, 30], [8, 22]]  # by hand: clusters 2, 5 and 7
    assert summed_by(VALUES, clusters).tolist() == expected
    assert summed_by(sparse.csr_array(VALUES), clusters).toarray().tolist() == expected


def test_wilson_interval_is_that_of_a_textbook():
    # Newcombe (1998), table I, 81 of 263: 0.2553 to 0.3662; nothing of nothing has none.
    np.testing.assert_allclose(wilson_interval(np.array([81]), np.array([263]))[:, 0], [0.2553, 0.3662], atol=5e-5)
    assert np.isnan(wilson_interval(np.array([0]), np.array([0]))).all()


def test_words_of_an_interval():
    resampling = Resampling(n_draws=300, seed=4, method="bca")
    assert str(resampling) == "95% BCa, 300 resamples of articles, seed 4"
    assert resampling.named("groups") == "95% BCa, 300 resamples of groups, seed 4"
    assert one_interval_of_two(resampling, "texts", wilson="recall", resampled="F1") == (
        "95%, recall Wilson, F1 BCa of 300 resamples of texts, seed 4"
    )


def test_strata_are_resampled_by_themselves():
    values = sparse.csr_array(np.array([[1.0], [3.0], [10.0], [10.0], [7.0]]))
    found = resampled_within(values, np.array([0, 0, 1, 1, 2]), Resampling(n_draws=4_000))
    # By hand, with n − 1 of n drawn and counted n / (n − 1) times: of 1 and 3 one is drawn twice over, 2 or 6; 10 and 10 give 20; 7 stands alone.
    assert sorted(set(found.drawn[:, 0].round(9))) == [29.0, 33.0]
    assert found.drawn.mean() == pytest.approx(31, abs=0.15)
    assert found.total.tolist() == [[31.0]]


def test_the_jackknife_of_strata_leaves_the_sum_of_a_stratum_as_large_as_it_was():
    values = sparse.csr_array(np.array([[1.0], [3.0], [7.0]]))
    found = resampled_within(values, np.array([0, 0, 1]), Resampling(n_draws=100, method="bca"))
    # Without the 1 the 3 stands for both: 6 + 7; without the 3: 2 + 7; a row alone in its stratum stays.
    assert found.left_out is not None
    assert found.left_out[:, 0].tolist() == [13.0, 9.0, 11.0]
