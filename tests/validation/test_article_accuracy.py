"""Articles: is a frame present, and is it dominant; by hand, by scikit-learn, and on headlines that people coded."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, precision_recall_fscore_support

import analysis as fa
from analysis.core.schema import TABLES
from analysis.reading.fetching import shared_folder
from analysis.validation.article_accuracy import article_accuracy, dominant_accuracy, dominant_predictions

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "hope": ["hope"]})
FEW = fa.Resampling(n_draws=100)


@pytest.fixture(scope="module")
def made(encode):
    # One "weak" is said in passing, three are a frame; hope is there or not.
    rng = np.random.default_rng(1)
    n_weak = np.array([0, 1, 3, 4] * 15)
    has_hope = rng.random(60) < 0.4
    tokens = encode(
        *[
            f"{'weak ' * n}{'hope ' * (2 * int(hope))}and talks {i}."
            for i, (n, hope) in enumerate(zip(n_weak, has_hope, strict=True))
        ]
    )
    present = [
        ";".join(name for name, there in (("weakness", n >= 3), ("hope", hope)) if there) or "none"
        for n, hope in zip(n_weak, has_hope, strict=True)
    ]
    gold = pd.DataFrame({"article_id": tokens.articles["article_id"], "value": present})
    return tokens, fa.find_hits(tokens, LEXICON), gold, n_weak, has_hope


def test_scores_of_a_given_threshold_are_those_of_scikit_learn(made):
    tokens, hits, gold, n_weak, _ = made
    table = article_accuracy(gold, hits, tokens, threshold=1, resampling=FEW)
    TABLES["ARTICLE_ACCURACY"].check(table)
    weak = table.set_index("category").loc["weakness"]
    expected = precision_recall_fscore_support(n_weak >= 3, n_weak >= 1, average="binary")[:3]
    np.testing.assert_allclose(weak[["precision", "recall", "f1"]].astype(float), expected)
    assert weak["accuracy"] == pytest.approx(accuracy_score(n_weak >= 3, n_weak >= 1))
    assert weak[["n_articles", "n_found", "n_right", "n_coded"]].tolist() == [60, 45, 30, 30]
    assert table.attrs["threshold"] == "given"


def test_the_threshold_is_chosen_on_one_half_and_tested_on_the_other(made):
    tokens, hits, gold, _, _ = made
    table = article_accuracy(gold, hits, tokens, seed=3, resampling=FEW).set_index("category")
    # Three hits or two tell weakness without a fault; of numbers that occur three is the least.
    assert table.loc["weakness", ["threshold", "n_articles", "accuracy"]].tolist() == [3, 30, 1]
    again = article_accuracy(gold.sample(frac=1, random_state=2), hits, tokens, seed=3, resampling=FEW).set_index(
        "category"
    )
    pd.testing.assert_frame_equal(table, again)


def test_noise_is_not_made_good_by_choosing(made):
    tokens, hits, gold, _, _ = made
    coin = np.random.default_rng(8).random(60) < 0.5
    noise = gold.assign(value=np.where(coin, "weakness", "none"))
    tested = [article_accuracy(noise, hits, tokens, seed=seed, resampling=FEW).loc[0, "accuracy"] for seed in range(6)]
    assert np.mean(tested) < 0.65


def test_several_coders_and_ties(made):
    tokens, hits, gold, _, _ = made
    second = gold.assign(value="none", coder="B")
    both = pd.concat([gold.assign(coder="A"), second])
    table = article_accuracy(both, hits, tokens, threshold=3, resampling=FEW).set_index("category")
    # 30 articles that A codes as weakness are tied, and left out.
    assert table.loc["weakness", "n_articles"] == 30


def test_the_dominant_frame_by_hand(encode):
    tokens = encode("weak weak hope", "hope", "weak hope", "talks")
    hits = fa.find_hits(tokens, LEXICON)
    gold = pd.DataFrame({"article_id": ["a1", "a2", "a3", "a4"], "value": ["weakness", "weakness", "none", "none"]})
    table = dominant_accuracy(gold, hits, tokens)
    TABLES["DOMINANT_ACCURACY"].check(table)
    # Right: the first, the tie of the third that is coded as none, and the last.
    assert table[["n_articles", "n_right", "accuracy"]].iloc[0].tolist() == [4, 3, 0.75]
    assert dominant_predictions(gold, hits, tokens)["predicted"].tolist() == ["weakness", "hope", "none", "none"]
    with pytest.raises(fa.SchemaError, match="'a1' has several dominant frames"):
        dominant_accuracy(gold.assign(value="weakness;hope"), hits, tokens)


def test_probabilities_weigh_articles(encode):
    tokens = encode("weak", "hope", "weak", "talks")
    gold = pd.DataFrame(
        {"article_id": ["a1", "a2", "a3"], "value": ["weakness", "weakness", "none"], "probability": [0.5, 0.25, 1.0]}
    )
    table = dominant_accuracy(gold, fa.find_hits(tokens, LEXICON), tokens)
    assert table["accuracy"].iloc[0] == pytest.approx(2 / (2 + 4 + 1))


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda gold: gold.assign(article_id="zz"), {}, "is two items|not in the corpus|more than one row"),
        (lambda gold: gold.head(3), {}, "3 coded articles cannot be halved; give a threshold"),
        (lambda gold: gold, {"threshold": 0}, "threshold=0; give a number of hits from 1"),
        (lambda gold: gold.drop(columns="value"), {}, "no column 'value'"),
    ],
)
def test_codings_that_do_not_fit_are_named(made, change, options, message):
    tokens, hits, gold, _, _ = made
    with pytest.raises(fa.SchemaError, match=message):
        article_accuracy(change(gold), hits, tokens, **options)


def test_headlines_coded_by_people_as_counted_directly():
    folder = shared_folder()
    path, lists = folder / "ecosent" / "items.dev.jsonl", folder / "lexicons" / "quanteda.dictionaries"
    if not path.exists() or not lists.exists():
        pytest.skip(f"no headlines in {path} or no lists in {lists}")
    items = pd.read_json(path, lines=True, dtype={"id": str}).dropna(subset=["gold"])
    signs = {"positive": 1, "negative": -1}
    words = {
        name: (lists / file).read_text(encoding="utf-8", errors="replace").split("\n")
        for name, file in (("positive", "positive-words.txt"), ("negative", "negative-words-UTF8.txt"))
    }
    plain = {name: sorted({word.strip() for word in rows if word.strip().isalpha()}) for name, rows in words.items()}
    tokens = fa.tokenize(
        fa.read(
            pd.DataFrame({"article_id": items["id"], "body": items["headline_en_deepl"]}),
            boilerplate="keep",
            duplicates="keep",
        )
    )
    gold = pd.DataFrame(
        {"article_id": items["id"], "value": items["gold"].map({-1: "negative", 0: "none", 1: "positive"})}
    )
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping(plain))
    table = dominant_accuracy(gold, hits, tokens)
    sums = (
        hits["category"]
        .astype("str")
        .map(signs)
        .groupby(hits["article_id"].astype("str"))
        .sum()
        .reindex(items["id"], fill_value=0)
    )
    direct = (np.sign(sums.to_numpy()) == items["gold"].to_numpy()).mean()
    assert table["accuracy"].iloc[0] == pytest.approx(direct, abs=1e-12)
    assert len(items) == 145
