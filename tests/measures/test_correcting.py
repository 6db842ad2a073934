"""Raw and corrected side by side: rates, differences and trends by hand on codings of a made corpus, and what is refused."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.counting.ratios import difference_bounds

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "war": ["war"]})
# The lexicon misses "feeble" and takes "weak tea" for weakness. North writes the one, South the other; both mean four frames in ten sentences.
BODIES = {
    "North": "Hurd is weak. Hurd is feeble. Hurd looks feeble. He seems weak. Talks went on. ",
    "South": "A weak tea came. Hurd is weak. A weak tea again. He seems weak. Talks went on. ",
}
N_ARTICLES = 12
PAIR = fa.compare.Pair(focus="North", reference="South")
ADDED = [
    "corrected_rate_per_1000", "corrected_low", "corrected_high", "power_tuning", "n_coded", "n_coded_with_hits", "corrected_reason",
]  # fmt: skip


@pytest.fixture(scope="module")
def tokens(encode):
    outlets = ["North", "South"] * N_ARTICLES
    dates = [f"2025-0{1 + number % 3}-10" for number in range(len(outlets))]
    blocks = [1 + number // 2 % 3 for number in range(len(outlets))]
    bodies = [BODIES[outlet] * n if n > 1 else "Talks went on. " * 5 for n, outlet in zip(blocks, outlets, strict=True)]
    return encode(outlet=outlets, date=dates, body=bodies)


@pytest.fixture(scope="module")
def hits(tokens):
    return fa.find_hits(tokens, LEXICON)


def codings(tokens, hits, *, first=1, every=3) -> pd.DataFrame:
    """Return CODINGS by one coder of every third sentence, who knows what is meant; a stratum each for sentences with hits and without."""
    rows = []
    for article in tokens.articles.itertuples():
        begin = 0
        for text in article.body.strip().split(". "):
            text, start = text.removesuffix("."), begin
            begin += len(text) + 2
            means = "weak" in text and "tea" not in text
            unit = {
                "coder": "A", "unit_id": f"{article.article_id}-{start}", "article_id": article.article_id, "field": "body",
                "unit_start": start, "unit_end": start + len(text), "stratum": "hits" if "weak" in text else "rest",
            }  # fmt: skip
            also = "weakness" if "feeble" in text else "none"
            rows.append(
                unit
                | {
                    "about": "unit",
                    "item": unit["unit_id"],
                    "variable": "missed",
                    "value": also,
                    "start": start,
                    "end": 0,
                }
            )
            if "weak" in text:
                place = start + text.index("weak")
                match = {
                    "about": "match",
                    "item": f"{unit['unit_id']}-1",
                    "variable": "category",
                    "value": "weakness" if means else "none",
                }
                rows.append(unit | match | {"start": place, "end": place + 4})
    table = pd.DataFrame(rows)
    sizes = table.drop_duplicates("unit_id")["stratum"].value_counts()
    units = table["unit_id"].unique()[first::every]
    table = table[table["unit_id"].isin(units)].reset_index(drop=True)
    n_drawn = table.drop_duplicates("unit_id")["stratum"].value_counts()
    table["probability"] = table["stratum"].map(n_drawn / sizes)
    table.attrs["sample_strata"] = [
        {"stratum": name, "n_units": int(sizes[name]), "n_drawn": int(n_drawn[name])} for name in ("hits", "rest")
    ]
    return table


@pytest.fixture(scope="module")
def correction(tokens, hits):
    return fa.validate.correction(codings(tokens, hits), hits, tokens)


def test_rates_by_hand(tokens, hits, correction):
    table = fa.rates(hits, tokens, by=["outlet", "category"], correction=correction).set_index(["outlet", "category"])
    # By hand: an outlet has 4 articles of 5 sentences without a frame, and 20 times its five sentences in 8 longer ones. North has 2 hits and
    # 2 misses in each five, South 4 hits, 2 of them right, so that it has 80 frames and South 40; every third of 240 sentences is coded, 80.
    made = correction[correction["category"] == "weakness"]
    assert len(made) == 80 and (1 / made["probability"]).sum() == pytest.approx(240)
    north = made[made["article_id"].isin(tokens.articles.loc[tokens.articles["outlet"] == "North", "article_id"])]
    row = table.loc[("North", "weakness")]
    total = row["power_tuning"] * 40 + ((north["y"] - row["power_tuning"] * north["f"]) / north["probability"]).sum()
    assert row["n_hits"] == 40 and row["corrected_rate_per_1000"] == pytest.approx(1000 * total / row["n_tokens"])
    for outlet in BODIES:
        row = table.loc[(outlet, "weakness")]
        truth = 1000 * {"North": 80, "South": 40}[outlet] / row["n_tokens"]
        assert row["corrected_low"] < truth < row["corrected_high"]
        assert row["rate_per_1000"] == pytest.approx({"North": truth / 2, "South": 2 * truth}[outlet])


def test_without_a_correction_nothing_changes(tokens, hits, correction):
    for call in (
        lambda **given: fa.rates(hits, tokens, by=["outlet", "category"], **given),
        lambda **given: fa.differences(hits, tokens, PAIR, **given),
        lambda **given: fa.trends(hits, tokens, by=["outlet", "category"], **given),
    ):
        raw, both = call(), call(correction=correction)
        pd.testing.assert_frame_equal(both[raw.columns], raw)
        assert len(both.columns) > len(raw.columns)
        assert {name: both.attrs[name] for name in raw.attrs} == raw.attrs
        assert not any(name.startswith("correct") for name in [*raw.columns, *raw.attrs])


def test_difference_by_the_bounds_of_both_rates(tokens, hits, correction):
    rates = fa.rates(hits, tokens, by=["category", "outlet"], correction=correction)
    rates = rates[rates["category"] == "weakness"]
    table = fa.differences(hits, tokens, PAIR, correction=correction).set_index("category").loc["weakness"]
    assert table["corrected_rate_per_1000_focus"] == pytest.approx(rates["corrected_rate_per_1000"].iloc[0])
    assert table["corrected_rate_per_1000_reference"] == pytest.approx(rates["corrected_rate_per_1000"].iloc[1])
    low, high = difference_bounds(
        *(rates[name].to_numpy() for name in ("corrected_rate_per_1000", "corrected_low", "corrected_high"))
    )
    assert (table["corrected_difference_low"], table["corrected_difference_high"]) == pytest.approx((low, high))
    # The lexicon has South above North, with twice its hits; coders have it at half of North's.
    assert table["difference_per_1000"] < 0 < table["corrected_difference_low"]
    assert (table["n_coded_focus"], table["n_coded_reference"]) == tuple(rates["n_coded"])


def test_trends_have_the_rates_of_periods_and_gaps(tokens, hits, correction):
    table = fa.trends(hits, tokens, by=[], correction=correction)
    shown = fa.rates(hits, tokens, by=["month"], correction=correction)
    np.testing.assert_allclose(table[ADDED[0]], shown[ADDED[0]])
    week = fa.trends(hits, tokens, period="week", by=[], correction=correction)
    gap = week[week["n_articles"] == 0].iloc[0]
    assert (gap["corrected_reason"], gap["n_coded"]) == ("no article", 0) and np.isnan(gap["corrected_rate_per_1000"])


def test_zones_are_those_of_the_coded_sentences(tokens, hits, correction):
    table = fa.rates(hits, tokens, by=["zone", "category"], correction=correction)
    assert table["zone"].unique().tolist() == ["lead"] and (table["n_coded"] == 80).all()


def test_groups_are_refused_by_what_was_coded_never_by_the_codes(tokens, hits):
    few = fa.validate.correction(codings(tokens, hits, every=29), hits, tokens)  # nine sentences
    table = fa.rates(hits, tokens, by=["category"], correction=few)
    assert set(table["corrected_reason"]) == {"too few coded: fewer than 10 sentences"}
    assert table[ADDED[:3]].isna().all(axis=None)
    other = few.assign(y=0.0)
    other.attrs = few.attrs
    assert fa.rates(hits, tokens, by=["category"], correction=other)["corrected_reason"].equals(
        table["corrected_reason"]
    )


def test_a_category_that_was_not_coded_has_no_corrected_rate(tokens, hits, correction):
    only = correction[correction["category"] == "weakness"]
    only.attrs = correction.attrs
    table = fa.rates(hits, tokens, by=["category"], correction=only).set_index("category")
    assert (table.at["war", "corrected_reason"], table.at["weakness", "corrected_reason"]) == ("category not coded", "")
    assert np.isnan(table.at["war", "power_tuning"])


def test_a_category_without_a_hit_has_an_upper_bound(tokens, hits, correction):
    table = fa.rates(hits, tokens, by=["category"], correction=correction).set_index("category")
    assert (
        table.at["war", "corrected_rate_per_1000"]
        == table.at["war", "corrected_low"]
        == 0
        < table.at["war", "corrected_high"]
    )


def test_the_population_of_this_corpus_only_is_surer(tokens, hits, correction):
    only = fa.validate.correction(codings(tokens, hits), hits, tokens, population="corpus")
    tables = [fa.rates(hits, tokens, by=["outlet", "category"], correction=one) for one in (only, correction)]
    width = [table["corrected_high"] - table["corrected_low"] for table in tables]
    assert (width[0] <= width[1]).all() and (width[0] < width[1]).any()
    assert tables[0]["corrected_rate_per_1000"].equals(tables[1]["corrected_rate_per_1000"])
    assert [table.attrs["correction_population"] for table in tables] == ["corpus", "articles"]


def test_articles_have_their_share_corrected(tokens, hits):
    ids = tokens.articles["article_id"]
    table = pd.DataFrame({"coder": "A", "item": ids, "value": (["none"] + ["weakness"] * 3) * 6})
    table = table.assign(
        variable="present", about="unit", unit_id=ids, article_id=ids, field="", start=0, end=0, unit_start=0, unit_end=0, stratum="all",
        probability=1.0,
    )  # fmt: skip
    made = fa.validate.correction(table, hits, tokens, population="corpus")
    found = fa.rates(hits, tokens, by=["category"], correction=made).set_index("category")
    # By hand: the lexicon has weakness in 16 of 24 articles, the coder in three of four, and all were coded.
    shares = found.loc[
        "weakness", ["share_of_articles", "corrected_share_of_articles", "corrected_low", "corrected_high"]
    ]
    assert shares.tolist() == pytest.approx([2 / 3, 0.75, 0.75, 0.75])
    with pytest.raises(fa.SchemaError, match="whole articles were coded, which says nothing of their zones"):
        fa.rates(hits, tokens, by=["zone"], correction=made)
    with pytest.raises(
        fa.SchemaError, match="whole articles were coded, which corrects shares of articles and no rates"
    ):
        fa.differences(hits, tokens, PAIR, correction=made)


def test_what_is_no_correction_of_these_hits_is_refused(tokens, hits, correction):
    with pytest.raises(fa.SchemaError, match="not in which voice; leave 'voice' out of by"):
        fa.rates(hits, tokens, by=["voice"], correction=correction)
    with pytest.raises(
        fa.SchemaError,
        match=r"these HITS have 0 of 'weakness' in unit .*, the table CORRECTION has 1; make it of these hits",
    ):
        fa.rates(hits.iloc[::2], tokens, correction=correction)
    with pytest.raises(fa.SchemaError, match="table CORRECTION: no column 'unit_id'"):
        fa.rates(hits, tokens, correction=hits)
    part = correction.iloc[1:]
    part.attrs = correction.attrs
    with pytest.raises(
        fa.SchemaError, match="159 rows for 80 units and 2 categories; every unit needs a row for each category"
    ):
        fa.rates(hits, tokens, correction=part)
    bare = correction.copy()
    bare.attrs = {}
    with pytest.raises(fa.SchemaError, match="the table does not say its 'sample_unit'"):
        fa.rates(hits, tokens, correction=bare)
