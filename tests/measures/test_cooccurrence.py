"""Co-occurrence: counts by hand, measures against scipy, intervals against resamples made anew."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.stats import contingency

import analysis as fa
from analysis.counting.resampling import resampled_sums
from analysis.measures import cooccurrence as module
from analysis.measures.cooccurrence import cooccurrence

LEXICON = fa.extend.lexicon_from_mapping(
    {"weakness": ["weak"], "failure": ["fail*"], "success": ["success"]}, name="frames"
)
TARGETS = fa.extend.lexicon_from_mapping({"Hale": ["hale"], "Lowe": ["lowe"]}, name="targets")

# W and F: sentences with a hit of weakness and of failure.
BODIES = [
    "Weak and failing. Calm today. Weak wind.",  # WF, -, W
    "It failed, weak. It failed. Rain fell.",  # WF, F, -
    "Nothing new. A weak sun. More rain.",  # -, W, -
    "Quiet day.",  # -
]
PER_ARTICLE = np.array([[3, 1, 2, 1], [3, 2, 1, 1], [3, 0, 1, 0], [1, 0, 0, 0]])  # by hand: sentences, F, W, both


@pytest.fixture
def tokens(encode):
    return encode(*BODIES)


@pytest.fixture
def hits(tokens):
    return fa.find_hits(tokens, LEXICON)


def only(table: pd.DataFrame) -> pd.Series:
    assert len(table) == 1
    return table.iloc[0]


def test_counts_by_hand_and_measures_by_scipy(hits, tokens):
    found = only(cooccurrence(hits, tokens))
    names = ["a", "b", "n_a", "n_b", "n_both", "n_units", "n_articles_both"]
    assert found[names].tolist() == ["failure", "weakness", 3, 4, 2, 10, 2]  # the sums of PER_ARTICLE
    cells = np.array([[2, 1], [2, 5]])  # by hand: both, failure alone; weakness alone, neither
    assert found["expected"] == pytest.approx(contingency.expected_freq(cells)[0, 0])
    assert found["lift"] == pytest.approx(2 / 1.2)
    assert found["phi"] == pytest.approx(contingency.association(cells, method="cramer"))  # |phi|; here phi > 0
    halves = contingency.odds_ratio(
        2 * cells + 1, kind="sample"
    ).statistic  # twice each cell plus ½: whole numbers, same ratio
    assert found["log_odds_ratio"] == pytest.approx(np.log(halves))
    assert found["pmi"] == pytest.approx(np.log2(2.5 / 1.7))
    assert found["reason"] == ""


def test_articles_as_units_by_hand(hits, tokens):
    # By hand: failure in articles 1 and 2, weakness in 1, 2 and 3, of four articles.
    found = only(cooccurrence(hits, tokens, within="article"))
    assert found[["n_a", "n_b", "n_both", "n_units"]].tolist() == [2, 3, 2, 4]
    assert found["phi"] == pytest.approx((2 * 1 - 0 * 1) / np.sqrt(2 * 2 * 3 * 1))
    assert found["reason"] == "one never without the other: no interval, no test"


def test_intervals_and_p_are_those_of_resampled_articles(hits, tokens):
    found = only(cooccurrence(hits, tokens, resampling=fa.Resampling(n_draws=300, seed=5)))
    n, n_a, n_b, both = resampled_sums(PER_ARTICLE, n_draws=300, seed=5).T
    has_both = (n_a > 0) & (n_b > 0)
    n, n_a, n_b, both = n[has_both], n_a[has_both], n_b[has_both], both[has_both]
    lift = np.percentile(both * n / (n_a * n_b), [2.5, 97.5])
    pmi = np.log2((both + 0.5) / (n_a * n_b / n + 0.5))
    assert found[["lift_low", "lift_high"]].tolist() == pytest.approx(lift.tolist())
    assert found[["pmi_low", "pmi_high"]].tolist() == pytest.approx(np.percentile(pmi, [2.5, 97.5]).tolist())
    assert found["p"] == pytest.approx(2 * stats.norm.sf(abs(np.log2(2.5 / 1.7)) / pmi.std()))
    spread = n_a * (n - n_a) * n_b * (n - n_b)
    phi = (both * n - n_a * n_b)[spread > 0] / np.sqrt(spread[spread > 0])  # n11·n00 - n10·n01 = n11·N - n_a·n_b
    assert found[["phi_low", "phi_high"]].tolist() == pytest.approx(np.percentile(phi, [2.5, 97.5]).tolist())


def test_p_is_corrected_over_the_pairs_tested(encode):
    rng = np.random.default_rng(4)
    words = np.array(["weak", "fail", "success", "calm", "rain"])
    tokens = encode(*[" ".join(f"The {a} {b}." for a, b in words[rng.integers(5, size=(6, 2))]) for _ in range(40)])
    table = cooccurrence(fa.find_hits(tokens, LEXICON), tokens)
    assert table["p"].notna().sum() == 3
    np.testing.assert_allclose(table["p_corrected"], stats.false_discovery_control(table["p"]))


@pytest.mark.slow
def test_independent_values_are_seldom_called_associated(encode):
    # By the meaning of p: of 40 independent pairs at most 6 have p < 0.05 in 99.7% of cases (binomial of 40 and 0.05). Each
    # article has its own rate of each word, so that sentences of an article are alike.
    n_found = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        has = (rng.random((2, 60, 5)) < 0.4 * rng.random((2, 60, 1))).astype(int)
        sentences = np.array([["A day.", "It failed."], ["A weak day.", "A weak day failed."]])[has[0], has[1]]
        tokens = encode(*map(" ".join, sentences))
        n_found += (
            only(cooccurrence(fa.find_hits(tokens, LEXICON), tokens, resampling=fa.Resampling(n_draws=200)))["p"] < 0.05
        )
    assert n_found <= 6


def test_a_planted_attraction_is_found(encode):
    # By hand: both words in the same sentence of each of 30 articles, each alone in 10 more.
    bodies = ["Weak, it failed. Calm day. Rain."] * 30 + ["Weak. Calm."] * 10 + ["It failed. Calm."] * 10
    tokens = encode(*bodies)
    found = only(cooccurrence(fa.find_hits(tokens, LEXICON), tokens))
    assert found[["n_a", "n_b", "n_both", "n_units"]].tolist() == [40, 40, 30, 130]
    assert found["p"] < 0.001
    assert found["lift_low"] > 1


def test_two_columns_pair_values_of_the_same_unit_also_of_different_hits(encode):
    tokens = encode("Hale is weak, and Lowe failed.", "Hale is weak.", "Lowe failed.", "Calm.")
    hits = fa.find_hits(tokens, LEXICON, targets=TARGETS)
    assert set(hits["target"]) == {"Hale", "Lowe"}
    table = cooccurrence(hits, tokens, of=("category", "target")).set_index(["a", "b"])
    # By hand: the failure of sentence 1 is about Lowe, but Hale is in the sentence too.
    assert table["n_both"].to_dict() == {
        ("failure", "Hale"): 1, ("failure", "Lowe"): 2, ("weakness", "Hale"): 2, ("weakness", "Lowe"): 1,
    }  # fmt: skip
    assert table.at[("failure", "Hale"), "reason"] == "together in one article only: no interval, no test"


def test_mentions_of_targets_are_paired_as_categories(encode):
    tokens = encode("Weak winds, and Hale spoke.", "Weak winds, and Hale spoke.", "Calm. Hale slept.")
    joined = pd.concat([fa.find_hits(tokens, LEXICON), fa.find_hits(tokens, TARGETS)])
    found = only(cooccurrence(joined, tokens))
    assert found[["a", "b", "n_a", "n_b", "n_both", "n_units"]].tolist() == ["Hale", "weakness", 3, 2, 2, 4]


@pytest.mark.parametrize(
    ("bodies", "reason", "log_odds_is_nan"),
    [
        (["Weak. Failed."] * 3, "never together: no interval, no test", True),
        (["Weak, failed. Calm.", "Weak. Failed."], "together in one article only: no interval, no test", False),
        (["Weak. Weak, failed."] * 2, "one stands in every sentence: no association", True),
        (["Weak, failed. Failed. Weak."] * 2, "no sentence without either: no interval, no test", False),
        (["Weak, failed. Failed. Weak. Calm."] * 3, "resamples are all alike: no test", False),
    ],
)
def test_what_cannot_be_told_is_nan_with_a_reason(encode, bodies, reason, log_odds_is_nan):
    tokens = encode(*bodies)
    found = only(cooccurrence(fa.find_hits(tokens, LEXICON), tokens))
    assert found["reason"] == reason
    assert np.isnan(found[["p", "p_corrected"]].to_numpy(float)).all()
    assert np.isnan(found["log_odds_ratio"]) == log_odds_is_nan


def test_values_of_one_article_are_left_out_and_named(encode):
    tokens = encode("Weak. Failed. Success.", "Weak. Failed.")
    table = cooccurrence(fa.find_hits(tokens, LEXICON), tokens)
    assert table.attrs["left_out"] == ["success"]
    assert set(table["a"]) | set(table["b"]) == {"failure", "weakness"}


@pytest.mark.parametrize("bodies", [["Calm."], ["Calm.", ""], ["Weak, it failed."]])
def test_one_article_and_no_hit_give_an_empty_table(encode, bodies):
    tokens = encode(*bodies)
    table = cooccurrence(fa.find_hits(tokens, LEXICON), tokens)
    assert table.empty
    assert table["p_corrected"].dtype == float
    assert table.attrs["interval"] == "95% percentile, 1000 resamples of articles, seed 1"


def test_blocks_of_pairs_give_the_same_numbers(encode, monkeypatch):
    rng = np.random.default_rng(2)
    words = np.array(["weak", "fail", "success", "calm"])
    tokens = encode(*[" ".join(f"The {a} {b}." for a, b in words[rng.integers(4, size=(5, 2))]) for _ in range(20)])
    hits = fa.find_hits(tokens, LEXICON)
    whole = cooccurrence(hits, tokens)
    monkeypatch.setattr(module, "_NUMBERS_AT_ONCE", 1)  # one pair a block
    pd.testing.assert_frame_equal(cooccurrence(hits, tokens), whole)


def test_joined_hits_of_another_corpus_are_refused(hits, encode):
    hits.attrs = {}  # as where tables of two lexicons are joined
    with pytest.raises(fa.SchemaError, match="article 'a2' is not in the corpus; give the tokens"):
        cooccurrence(hits, encode("Weak. Failed."))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"of": "entry"}, "no column 'entry' of HITS to pair; known are 'category', 'target', 'speaker', 'voice'"),
        ({"of": ()}, "found no name of HITS to pair; give one at least of 'category', 'target'"),
        ({"of": ("category", "target", "voice")}, "give one or two of"),
        ({"of": "target"}, "every hit lacks 'target'; find hits with targets="),
        ({"within": "paragraph"}, "within='paragraph'; choose one of sentence, article"),
    ],
)
def test_bad_options_are_refused(hits, tokens, options, message):
    with pytest.raises(fa.SchemaError) as caught:
        cooccurrence(hits, tokens, **options)
    assert message in str(caught.value)


def test_too_many_pairs_are_refused(hits, tokens, monkeypatch):
    monkeypatch.setattr(module, "_MOST_PAIRS", 3)
    with pytest.raises(fa.SchemaError, match="2 × 2 values make more than 3 pairs; give the hits of fewer values"):
        cooccurrence(hits, tokens)
