"""Frames from elements: planted clusters, the criterion and Ward's method against scikit-learn, stability by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import silhouette_score

import analysis as fa
from analysis.charts.elements_chart import elements_chart
from analysis.measures import elements as module
from analysis.measures.elements import frame_elements, frames_from_elements

LEXICON = fa.extend.lexicon_from_mapping(
    {"weakness": ["weak"], "failure": ["fail*"], "strength": ["strong"], "success": ["success"], "hostility": ["hostile"]},
    name="frames",
)  # fmt: skip
TARGETS = fa.extend.lexicon_from_mapping({"Hale": ["hale"], "Lowe": ["lowe"]}, name="targets")
BY_CATEGORY = {"of": ["category"], "min_articles": 1}

# Three frames: failing weakness, strength with success, hostility.
PLANTED = ["Weak. Failed."] * 8 + ["Strong. Success."] * 6 + ["Hostile."] * 4


def elements_of(encode, bodies: list[str], **options):
    tokens = encode(*bodies)
    return frame_elements(fa.find_hits(tokens, LEXICON), tokens, **(BY_CATEGORY | options))


@pytest.fixture
def mixed(encode):
    """Elements of 60 articles of two frames, each element missing or strange in a fifth of them."""
    rng = np.random.default_rng(3)
    first = np.arange(60) < 35
    is_there = np.column_stack([first, first, ~first, ~first, ~first]) ^ (rng.random((60, 5)) < 0.2)
    words = np.array(["Weak.", "Failed.", "Strong.", "Success.", "Hostile."])
    return elements_of(encode, [" ".join(words[row]) or "Calm." for row in is_there])


def test_elements_are_combinations_by_hand(encode):
    tokens = encode(
        "Hale is weak. Hale is weak.", "Hale is not weak.", "Lowe failed. Rain fell, and the talks failed.", "Calm."
    )
    found = frame_elements(
        fa.find_hits(tokens, LEXICON, targets=TARGETS), tokens, of=["category", "target"], min_articles=1
    )
    expected = [("failure · no target", 1, 1), ("failure · Lowe", 1, 1), ("weakness · Hale", 3, 2)]
    table = found.elements
    assert sorted(zip(table["element"], table["n_hits"], table["n_articles"], strict=True)) == sorted(expected)
    assert table["share"].tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3])  # of three articles with an element
    weak = table.index[table["element"] == "weakness · Hale"][0]
    assert found.matrix.toarray()[:, weak].tolist() == [1, 1, 0, 0]  # presence: twice is once
    assert found.articles["n_elements"].tolist() == [1, 1, 2, 0]


def test_polarity_is_part_of_an_element_by_name(encode, tmp_path):
    (tmp_path / "l.yml").write_text(
        "name: l\nversion: 1\ncategories:\n  weakness: {definition: d, valence: -1, entries: [weak]}\n"
        "  failure: {definition: d, entries: [failed]}\n",
        encoding="utf-8",
    )
    tokens = encode("Hale is weak.", "Hale is not weak.", "Hale failed.")
    hits = fa.find_hits(tokens, fa.read_lexicon(tmp_path / "l.yml"))
    found = frame_elements(hits, tokens, of=["category", "polarity"], min_articles=1)
    assert found.elements["element"].tolist() == ["weakness · negative", "weakness · positive"]
    assert found.attrs["n_hits_without_element"] == 1  # by hand: failure has no valence


def test_unresolved_targets_make_no_element(encode):
    tokens = encode("Hale is weak.")
    hits = fa.find_hits(tokens, LEXICON, targets=TARGETS).assign(target=pd.array(["unresolved"], "str"))
    found = frame_elements(hits, tokens, of=["category", "target"], min_articles=1)
    assert (len(found.elements), found.matrix.shape) == (0, (1, 0))
    assert found.attrs["n_hits_without_element"] == 1


def test_rare_and_general_elements_are_left_out_and_listed(encode):
    # By hand, of ten articles: weak in all, failed in 5, hostile in 1.
    bodies = ["Weak. Failed."] * 5 + ["Weak."] * 4 + ["Weak. Hostile."]
    found = elements_of(encode, bodies, min_articles=2)
    assert dict(zip(found.elements["element"], found.elements["reason"], strict=True)) == {
        "failure": "", "hostility": "in fewer than 2 articles", "weakness": "in more than 90% of the articles with an element",
    }  # fmt: skip
    assert found.elements["reason"].iloc[0] == ""
    assert found.matrix.toarray()[:, 0].tolist() == [1] * 5 + [0] * 5


def test_planted_clusters_are_recovered(encode):
    found = frames_from_elements(elements_of(encode, [*PLANTED, "Calm."]))
    assert found.choice.query("is_chosen")["k"].tolist() == [3]
    assert found.articles["cluster"].tolist()[:-1] == [1] * 8 + [2] * 6 + [3] * 4
    assert found.articles["cluster"].isna().tolist() == [False] * 18 + [True]
    assert found.articles["reason"].iloc[-1] == "no kept element"
    assert found.articles.attrs["n_articles_without_elements"] == 1
    # Perfectly apart: every article has distance 0 to its own cluster, and every resample finds the clusters again.
    assert found.clusters["silhouette"].tolist() == [1, 1, 1]
    assert found.clusters[["stability", "stability_low", "stability_high"]].to_numpy().tolist() == [[1, 1, 1]] * 3


def test_shares_and_lift_by_hand(encode):
    # By hand: cluster 1 has 6 articles, all weak, 4 of them failed; cluster 2 has 4 hostile ones, one of them failed.
    bodies = ["Weak. Failed."] * 4 + ["Weak."] * 2 + ["Hostile."] * 3 + ["Hostile. Failed."]
    table = frames_from_elements(elements_of(encode, bodies), n_clusters=2).elements.set_index(["cluster", "element"])
    row = table.loc[(1, "failure")]
    assert row[["n", "share", "share_outside"]].tolist() == pytest.approx([4, 4 / 6, 1 / 4])
    assert row["difference"] == pytest.approx(4 / 6 - 1 / 4)
    assert row["lift"] == pytest.approx((4 / 6) / (5 / 10))
    assert table.loc[(2, "hostility"), ["n", "share", "share_outside"]].tolist() == [4, 1, 0]
    assert table.index[0] == (1, "weakness")  # the largest difference of cluster 1: 1 - 0


def test_typical_articles_by_hand(encode):
    # By hand: the centre of cluster 1 is (weak 1, failed 2/3); an article with both has the cosine (1 + 2/3) / (√2 · √(1 + 4/9)).
    bodies = ["Weak.", "Weak. Failed.", "Weak. Failed.", "Hostile.", "Hostile.", "Calm."]
    table = frames_from_elements(elements_of(encode, bodies), n_clusters=2, n_typical=2).typical
    assert table[["cluster", "rank", "article_id"]].to_numpy().tolist() == [
        [1, 1, "a2"], [1, 2, "a3"], [2, 1, "a4"], [2, 2, "a5"],
    ]  # fmt: skip
    assert table["similarity"].iloc[0] == pytest.approx((1 + 2 / 3) / (np.sqrt(2) * np.sqrt(1 + 4 / 9)))
    assert table["outlet"].tolist() == ["o"] * 4


def test_clusters_and_criterion_are_those_of_scikit_learn(mixed):
    found = frames_from_elements(mixed, most_clusters=8)
    present = mixed.matrix[np.flatnonzero(mixed.articles["n_elements"])].toarray().astype(float)
    assert found.choice["k"].tolist() == list(range(2, 9))
    for k, silhouette in zip(found.choice["k"], found.choice["silhouette"], strict=True):
        labels = frames_from_elements(mixed, n_clusters=k).articles["cluster"].dropna().to_numpy(int)
        assert silhouette == pytest.approx(silhouette_score(present, labels))
        assert len(np.unique(labels)) == k
    chosen = found.choice["is_chosen"]
    assert chosen.sum() == 1
    assert found.choice["silhouette"][chosen].item() == found.choice["silhouette"].max()


def test_wards_method_is_that_of_scikit_learn():
    # Drawn distances without ties, for ties may be resolved either way.
    points = np.random.default_rng(1).normal(size=(40, 3))
    for k in (2, 5, 11):
        ours = module._cut(module._tree(squareform(pdist(points))), k)
        theirs = AgglomerativeClustering(k, linkage="ward").fit_predict(points)
        np.testing.assert_array_equal(ours[:, None] == ours, theirs[:, None] == theirs)


def test_ties_do_not_make_fewer_clusters_than_asked_for():
    # Four corners of a square: both first merges have the same height, which scipy's fcluster cannot cut between.
    corners = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    tree = linkage(pdist(corners), "ward")
    assert [len(np.unique(module._cut(tree, k))) for k in (2, 3, 4)] == [2, 3, 4]


def test_stability_is_the_best_jaccard_similarity_of_each_resample(mixed):
    # Expected: Hennig's scheme written out with sets, resample by resample.
    found = frames_from_elements(mixed, n_clusters=2, resampling=fa.Resampling(n_draws=100, seed=7))
    # Articles are drawn in the order of their ids.
    by_id = np.argsort(mixed.articles["article_id"].to_numpy(object), kind="stable")
    rows = by_id[mixed.articles["n_elements"].to_numpy()[by_id] > 0]
    present = mixed.matrix[rows].toarray().astype(float)
    labels = found.articles["cluster"].to_numpy()[rows].astype(int)
    rng = np.random.default_rng(7)
    similarities = []
    for _ in range(100):
        drawn = np.unique(rng.integers(len(rows), size=len(rows)))
        again = module._cut(linkage(present[drawn], "ward"), 2)
        new = [set(drawn[again == cluster]) for cluster in (0, 1)]
        old = [set(np.flatnonzero(labels == cluster)) & set(drawn) for cluster in (1, 2)]
        similarities.append([max(len(one & other) / len(one | other) for other in new) for one in old])
    assert found.clusters["stability"].tolist() == pytest.approx(np.mean(similarities, axis=0).tolist())
    low = np.percentile(similarities, 2.5, axis=0)
    assert found.clusters["stability_low"].tolist() == pytest.approx(low.tolist())
    assert (found.clusters["stability"] < 1).all()


def test_the_same_seed_gives_the_same_result(mixed):
    first, second, other = (
        frames_from_elements(mixed, resampling=fa.Resampling(n_draws=100, seed=seed)).clusters for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(first, second)
    assert not first["stability"].equals(other["stability"])


def test_results_say_what_they_rest_on(mixed):
    attrs = frames_from_elements(mixed).typical.attrs
    assert attrs["lexicon"] == "frames"
    assert attrs["element"] == "category"
    assert attrs["clustering"] == "Ward, Euclidean distance of presences"
    assert attrs["criterion"] == "mean silhouette"
    assert attrs["interval"] == "95% percentile, 100 resamples of articles, seed 1"
    fixed = frames_from_elements(mixed, n_clusters=3)
    assert fixed.clusters.attrs["criterion"] == "3 clusters as asked for"
    assert fixed.choice["k"].tolist() == [3]


@pytest.mark.parametrize(
    ("bodies", "message"),
    [
        (["Calm.", "Rain."], "articles with a frame element: 0; at least 3 are needed"),
        (["Weak."], "articles with a frame element: 1; at least 3 are needed"),
        (["Weak. Failed."] * 4, "all 4 articles have the same frame elements, which make no clusters"),
    ],
)
def test_too_little_to_cluster_is_refused(encode, bodies, message):
    with pytest.raises(fa.FramingError) as caught:
        frames_from_elements(elements_of(encode, bodies, max_share=1))
    assert message in str(caught.value)


def test_too_many_articles_are_refused(encode, monkeypatch):
    monkeypatch.setattr(module, "MOST_ARTICLES", 17)
    with pytest.raises(
        fa.FramingError, match=r"18 articles have a frame element, at most 17 .*cluster one outlet or year"
    ):
        frames_from_elements(elements_of(encode, PLANTED))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_clusters": 1}, "n_clusters=1; these articles make 2 to 3 clusters"),
        ({"n_clusters": 4}, "n_clusters=4; these articles make 2 to 3 clusters"),
        ({"most_clusters": 1}, "most_clusters=1; give a number from 2"),
        (
            {"resampling": fa.Resampling(method="bca")},
            "method='bca'; the stability of clusters is known by percentiles only",
        ),
        (
            {"resampling": fa.Resampling(cluster="paper")},
            "no column 'paper' of the table to draw by; known are 'article_id', 'outlet'",
        ),
    ],
)
def test_impossible_numbers_are_refused(encode, options, message):
    with pytest.raises(fa.FramingError) as caught:
        frames_from_elements(elements_of(encode, PLANTED), **options)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"of": []}, "found no name of HITS to make elements of; give one at least of 'category', 'entry', 'target'"),
        ({"of": ["category", "category"]}, "holds a name twice; name each once"),
        ({"of": ["outlet"]}, "no column 'outlet' of HITS to make elements of; known are 'category', 'entry', 'target'"),
        ({"of": ["category", "target"]}, "every hit lacks 'target'; find hits with targets="),
        ({"min_articles": 0}, "min_articles=0, max_share=0.9; give a number of articles from 1"),
        ({"max_share": 0}, "min_articles=1, max_share=0; give"),
    ],
)
def test_bad_options_are_refused(encode, options, message):
    with pytest.raises(fa.SchemaError) as caught:
        elements_of(encode, ["Weak."], **options)
    assert message in str(caught.value)


def test_the_chart_shows_the_table(encode):
    found = frames_from_elements(elements_of(encode, PLANTED))
    axes = elements_chart(found.elements, found.clusters).axes[0]
    shown = [text.get_text() for text in axes.get_yticklabels()]
    assert shown == ["failure", "weakness", "strength", "success", "hostility"]
    assert axes.get_xticklabels()[0].get_text() == "cluster 1\nn = 8\nstability 1.00"
    numbers = np.array([text.get_text() for text in axes.texts]).reshape(5, 3)
    # By hand: each element in all articles of its cluster, and in no other.
    assert numbers.tolist() == [["100", "0", "0"]] * 2 + [["0", "100", "0"]] * 2 + [["0", "0", "100"]]
    with pytest.raises(fa.SchemaError, match="n_elements=0; give a number from 1"):
        elements_chart(found.elements, found.clusters, n_elements=0)
