"""Raw, corrected and pooled side by side, on an example by hand where the lexicon errs in one outlet only."""

import pandas as pd
import pytest

import analysis as fa

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
N_ARTICLES = 10  # of each outlet
# Five words a sentence. North means weakness twice in four sentences and says "weak" once, South says it twice and means it once.
BODIES = {
    "North": "Hurd is very weak today. Hurd is quite feeble today. Talks went on all day. Rain fell on the port.",
    "South": "Hurd is very weak today. A weak tea was served. Talks went on all day. Rain fell on the port.",
}
MEANT = ("very weak", "feeble")


@pytest.fixture(scope="module")
def tokens(encode):
    outlets = ["North", "South"] * N_ARTICLES
    return encode(outlet=outlets, body=[BODIES[outlet] for outlet in outlets])


@pytest.fixture(scope="module")
def hits(tokens):
    return fa.find_hits(tokens, LEXICON)


@pytest.fixture(scope="module")
def codings(tokens):
    """Return codings of all sentences by one coder."""
    rows = []
    for article in tokens.articles.itertuples():
        for text in article.body.split(". "):
            start = article.body.index(text)
            unit = {
                "coder": "A", "unit_id": f"{article.article_id}-{start}", "article_id": article.article_id, "field": "body", "start": start,
                "end": start + len(text), "unit_start": start, "unit_end": start + len(text), "stratum": "all", "probability": 1.0,
            }  # fmt: skip
            also = "weakness" if "feeble" in text else "none"
            rows.append(unit | {"item": unit["unit_id"], "about": "unit", "variable": "missed", "value": also})
            if "weak" in text:
                value = "weakness" if "very weak" in text else "none"
                rows.append(
                    unit | {"item": f"{unit['unit_id']}-1", "about": "match", "variable": "category", "value": value}
                )
    return pd.DataFrame(rows)


def test_by_hand(tokens, hits, codings):
    table = fa.corrected_rates(hits, tokens, codings, by=["outlet", "category"], population="corpus")
    n_words = table["n_tokens"].iloc[0]
    # By hand, in ten articles: North has 10 hits and 20 frames, South 20 hits and 10 frames; all were coded, so the correction is exact.
    per_1000 = [1000 * n / n_words for n in (10, 20)]
    assert table["rate_per_1000"].tolist() == pytest.approx(per_1000)
    assert table["corrected_rate_per_1000"].tolist() == pytest.approx(per_1000[::-1])
    # Pooled: 20 of 30 frames are found, and 10 of 30 hits are wrong, in all words of both: (rate − 10 / 2 words) / (2 / 3). South stays above.
    pooled = [(rate - 1000 * 10 / (2 * n_words)) / (2 / 3) for rate in per_1000]
    assert table["pooled_rate_per_1000"].tolist() == pytest.approx(pooled)
    assert pooled[1] > pooled[0] and table["corrected_rate_per_1000"].iloc[1] < table["corrected_rate_per_1000"].iloc[0]


def test_all_categories_together(tokens, hits, codings):
    together = fa.corrected_rates(hits, tokens, codings, by="outlet")
    by_category = fa.corrected_rates(hits, tokens, codings, by=["outlet", "category"])
    for name in ("corrected_rate_per_1000", "corrected_high", "pooled_rate_per_1000"):  # of one category it is the same
        assert together[name].tolist() == pytest.approx(by_category[name].tolist())
    assert "category" not in together


def test_shares_of_articles(tokens, hits):
    ids = tokens.articles["article_id"]
    codings = pd.DataFrame(
        {"coder": "A", "item": ids, "unit_id": ids, "article_id": ids, "value": ["weakness", "none"] * N_ARTICLES}
    )
    codings = codings.assign(
        variable="present",
        about="unit",
        field="",
        start=0,
        end=0,
        unit_start=0,
        unit_end=0,
        stratum="all",
        probability=1.0,
    )
    table = fa.corrected_rates(hits, tokens, codings, by=["outlet", "category"], population="corpus")
    # By hand: all articles have a hit, those of North have the frame. Recall is 1 and specificity 0, of which nothing can be made.
    assert table["share_of_articles"].tolist() == [1, 1]
    assert table["corrected_share_of_articles"].tolist() == [1, 0]
    assert table["pooled_share_of_articles"].isna().all()


def test_the_table_says_how_it_was_made(tokens, hits, codings):
    table = fa.corrected_rates(hits, tokens, codings)
    assert table.attrs["correction_truth"] == "one coder: 110 items"
    assert table.attrs["correction_population"] == "articles"
    assert table.attrs["lexicon_hash"] == hits.attrs["lexicon_hash"]
