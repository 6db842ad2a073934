"""Samples for hand coding: what is drawn, with which probability, and that nothing hangs on the order of the articles."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.core.schema import SAMPLE
from analysis.validation.sampling import drawn_units
from analysis.validation.strata import (
    cells_of_hits,
    places_of_hits,
    rarest_cells,
    screened_places,
    strata_of,
    units_of,
)

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak*", "weak spot*"], "threat": ["crisis"]}, name="small")


def made_articles(n: int = 40) -> pd.DataFrame:
    """Return articles of which each has a sentence with a hit of weakness, every fourth one with a threat, every fifth one with a near word."""
    rows = []
    for number in range(n):
        body = ["The minister looks weak.", "Talks go on."]
        body += ["A crisis looms."] if number % 4 == 0 else ["Trade is calm."]
        body += ["Aides are nervous."] if number % 5 == 0 else ["Nothing else happened."]
        rows.append(
            {"article_id": f"a{number:03d}", "outlet": "xy"[number % 2], "headline": "News", "body": " ".join(body)}
        )
    return pd.DataFrame(rows)


def tokens_of(articles: pd.DataFrame) -> fa.Tokens:
    return fa.tokenize(fa.read(articles, boilerplate="keep"))


@pytest.fixture(scope="module")
def found():
    tokens = tokens_of(made_articles())
    return fa.find_hits(tokens, FRAMES), tokens


def strata_in(sample: pd.DataFrame) -> dict[str, tuple[int, int]]:
    return {one["stratum"]: (one["n_units"], one["n_drawn"]) for one in sample.attrs["sample_strata"]}


def test_strata_and_probabilities_by_hand(found):
    # By hand: 40 articles of 5 sentences are 200 units. 40 have a hit of weakness, 10 a threat, 8 a near word only; 142 are the rest.
    # Of 40 units 20 have hits: 2 and 2, and 16 by roots 6.32 and 3.16, which the rule of Webster cuts into 13 and 7 in all. 20 have none:
    # roots 2.83 and 11.92 make 4 and 16.
    sample = fa.sample(*found, n=40, screen=["nervous"])
    assert strata_in(sample) == {
        "hits: threat": (10, 7),
        "hits: weakness": (40, 13),
        "screened": (8, 4),
        "rest": (142, 16),
    }
    units = sample[sample["about"] == "unit"]
    assert units["stratum"].value_counts().to_dict() == {name: drawn for name, (_, drawn) in strata_in(sample).items()}
    for name, (n_units, n_drawn) in strata_in(sample).items():
        of_stratum = units[units["stratum"] == name]
        assert (of_stratum["probability"] == n_drawn / n_units).all()
        # Horvitz and Thompson: the drawn units stand for all of their stratum.
        assert (1 / of_stratum["probability"]).sum() == pytest.approx(n_units, rel=1e-12)


def test_screened_units_are_drawn_more_densely_than_the_rest(found):
    sample = fa.sample(*found, n=40, screen=["nervous"])
    density = sample.groupby("stratum")["probability"].first()
    assert density["screened"] > 4 * density["rest"]


def test_items_stand_where_the_corpus_has_them(found):
    hits, tokens = found
    sample = SAMPLE.check(fa.sample(hits, tokens, n=60))
    texts = tokens.articles.set_index("article_id")
    spans = set(zip(hits["article_id"], hits["field"], hits["start"], hits["end"], strict=True))
    matches, units = sample[sample["about"] == "match"], sample[sample["about"] == "unit"]
    assert (
        len(matches)
        and set(zip(matches["article_id"], matches["field"], matches["start"], matches["end"], strict=True)) <= spans
    )
    for row in units.itertuples():
        text = texts.at[row.article_id, row.field][row.unit_start : row.unit_end]
        assert text in {"News", "The minister looks weak", "Talks go on", "A crisis looms", "Trade is calm", "Aides are nervous",
                        "Nothing else happened"}  # fmt: skip
    assert (units["start"] == units["unit_start"]).all() and (units["end"] == units["unit_end"]).all()
    assert set(units["field"]) == {"headline", "body"}


def test_every_match_of_a_drawn_unit_is_an_item_before_the_unit(encode):
    # By hand: "weak" and "crisis" are two items; "weak spot" is matched by both categories and is one.
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak", "weak spot"], "threat": ["crisis", "weak spot"]})
    tokens = encode("A weak crisis, a weak spot.")
    sample = fa.sample(fa.find_hits(tokens, lexicon), tokens, n=1, by=[])
    assert sample["item"].tolist() == ["u0001-1", "u0001-2", "u0001-3", "u0001"]
    assert sample["about"].tolist() == ["match", "match", "match", "unit"]
    body = "A weak crisis, a weak spot."
    assert [body[a:b] for a, b in zip(sample["start"], sample["end"], strict=True)] == [
        "weak", "crisis", "weak spot", "A weak crisis, a weak spot",
    ]  # fmt: skip


def test_units_come_in_an_order_that_tells_nothing(found):
    units = fa.sample(*found, n=200)["stratum"]
    first_half = units.head(len(units) // 2)
    assert set(first_half) == set(units)
    assert not units.is_monotonic_increasing and not units.is_monotonic_decreasing


def test_the_seed_decides_and_nothing_else(found):
    hits, tokens = found
    one, again, other = (fa.sample(hits, tokens, n=30, seed=seed) for seed in (5, 5, 6))
    pd.testing.assert_frame_equal(one, again)
    assert one.attrs == again.attrs
    assert one.attrs["sample_id"] != other.attrs["sample_id"]
    assert not one["article_id"].equals(other["article_id"])


@pytest.mark.parametrize("unit", ["sentence", "article"])
def test_the_order_of_the_articles_changes_nothing(found, unit):
    articles = made_articles()
    texts = set()
    for order in (articles, articles[::-1], articles.sample(frac=1, random_state=3)):
        tokens = tokens_of(order.reset_index(drop=True))
        hits = fa.find_hits(tokens, FRAMES)
        sample = fa.sample(
            hits, tokens, n=30, unit=unit, by=["category", "outlet", "entry"], screen=["nervous"], coders=2, overlap=10
        )
        texts.add(sample.to_csv(index=False) + str(sample.attrs["sample_strata"]))
    assert len(texts) == 1


def test_a_corpus_on_disk_gives_the_same_sample(found, tmp_path, monkeypatch):
    hits, tokens = found
    folder = tmp_path / "corpus.framing"
    fa.save_corpus(fa.read(made_articles(), boilerplate="keep"), folder)
    on_disk = fa.open_corpus(folder)
    for unit in ("sentence", "article"):
        options = {"n": 30, "unit": unit, "screen": ["nervous"], "by": ["category", "zone"]}
        in_memory, of_store = (
            fa.sample(hits, tokens, **options),
            fa.sample(fa.find_hits(on_disk, FRAMES), on_disk, **options),
        )
        pd.testing.assert_frame_equal(in_memory, of_store)
        assert in_memory.attrs["sample_id"] == of_store.attrs["sample_id"]


@pytest.fixture(scope="module")
def draws(found):
    """Return of each of 1,000 seeds which units were drawn, and the probability of each unit; strata are those of the first test."""
    hits, tokens = found
    units = units_of(tokens, "sentence")
    cells, names = cells_of_hits(hits, tokens, ["category"])
    with_hits = rarest_cells(units.numbers(places_of_hits(hits, tokens, "sentence")), cells, len(names))
    screened = units.numbers(screened_places(tokens, ["nervous"], "sentence"))
    strata = strata_of(units, (*with_hits, names), screened, 20)
    n_drawn = np.array([7, 13, 4, 16])
    drawn = np.zeros((1000, units.n))
    for seed in range(len(drawn)):
        drawn[seed, drawn_units(units, strata, n_drawn, np.random.default_rng(seed))["place"]] = 1
    by_place = np.empty(units.n)
    by_place[units.places(np.arange(units.n))] = (n_drawn / strata.sizes)[strata.of_unit]
    return drawn, by_place


def test_each_unit_is_drawn_as_often_as_its_probability_says(draws):
    # How often a unit is drawn is binomial; of 200 units one is out of bounds of 1 - 1e-6 by chance once in 5,000 runs.
    drawn, probabilities = draws
    assert sorted(set(probabilities.round(4))) == [0.1127, 0.325, 0.5, 0.7]  # 16 of 142, 13 of 40, 4 of 8, 7 of 10
    low, high = stats.binom.interval(1 - 1e-6, len(drawn), probabilities)
    counts = drawn.sum(axis=0)
    assert (low <= counts).all() and (counts <= high).all()


def test_the_draws_of_a_sample_are_those_of_its_seed(found, draws):
    hits, tokens = found
    sample = fa.sample(hits, tokens, n=40, screen=["nervous"], seed=7)
    units = sample[sample["about"] == "unit"]
    assert dict(zip(places_of_sample(units, tokens), units["probability"], strict=True)) == {
        place: draws[1][place] for place in np.flatnonzero(draws[0][7])
    }


def places_of_sample(units: pd.DataFrame, tokens: fa.Tokens) -> list[int]:
    """Return the place of each unit in the corpus, whose articles have a sentence in the headline and four in the body."""
    rows = tokens.articles.reset_index().set_index("article_id")["index"]
    return (
        5 * rows[units["article_id"]].to_numpy() + np.where(units["field"] == "body", units["sentence"], 0)
    ).tolist()


def test_a_corrected_total_is_unbiased(draws):
    # f is 1 in the 40 + 10 sentences with a hit. Truth, put in by hand: 14 of the 40 (of every third article), all 10, and 6 sentences that
    # the lexicon misses (the second of the body, of every seventh article): 30. Corrected total: Σ f + Σ (y − f) / π over the sample.
    drawn, probabilities = draws
    f, y = np.zeros(200), np.zeros(200)
    f[1::5] = f[3::20] = 1
    y[1::15] = y[3::20] = y[2::35] = 1
    assert (f.sum(), y.sum()) == (50, 30)
    totals = f.sum() + drawn @ ((y - f) / probabilities)
    assert totals.std() > 1
    assert abs(totals.mean() - 30) <= 4 * totals.std() / np.sqrt(len(totals))


def test_articles_as_units_have_one_item_each(found):
    sample = fa.sample(*found, n=12, unit="article")
    assert len(sample) == 12
    assert set(sample["about"]) == {"unit"}
    assert set(sample["field"]) == {""}
    assert (sample[["paragraph", "sentence"]] == -1).all(axis=None)
    assert (sample[["start", "end", "unit_start", "unit_end"]] == 0).all(axis=None)
    # By hand: 10 articles have a threat, the rarer one, and the other 30 only weakness.
    assert {name: n for name, (n, _) in strata_in(sample).items()} == {"hits: threat": 10, "hits: weakness": 30}


def test_coders_share_the_units_and_overlap_in_some(found):
    sample = fa.sample(*found, n=40, coders=2, overlap=10)
    units = sample[sample["about"] == "unit"]
    assert units["coders"].value_counts().to_dict() == {"A": 15, "B": 15, "A;B": 10}
    # The items of a unit are coded by the same people.
    assert (sample.groupby("unit_id")["coders"].nunique() == 1).all()
    # What both code lies all over the sequence, so that drift is seen.
    places = np.flatnonzero(units["coders"] == "A;B")
    assert places.min() < 20 <= places.max()


def test_without_overlap_all_coders_code_all_and_one_coder_alone(found):
    assert set(fa.sample(*found, n=20, coders=["Kim", "Lee", "Noor"])["coders"]) == {"Kim;Lee;Noor"}
    assert set(fa.sample(*found, n=20)["coders"]) == {"A"}
    assert set(fa.sample(*found, n=20, coders=2, overlap=0)["coders"]) == {"A", "B"}


def test_the_units_do_not_hang_on_the_coders(found):
    alone, shared = fa.sample(*found, n=20), fa.sample(*found, n=20, coders=3, overlap=5)
    assert alone["article_id"].equals(shared["article_id"])
    assert alone["start"].equals(shared["start"])


def test_suggestions_screen_with_all_their_forms(found):
    suggestions = pd.DataFrame({"word": ["nervous"], "forms": ["nervous (8), calm (30)"]})
    sample = fa.sample(*found, n=40, screen=suggestions)
    assert sample.attrs["sample_screen"] == ["calm", "nervous"]
    # By hand: 8 sentences are nervous; 30 of 40 are calm.
    assert strata_in(sample)["screened"][0] == 38


def test_without_hits_all_units_are_of_the_rest(encode):
    tokens = encode("Calm. Calm. Calm.")
    sample = fa.sample(fa.find_hits(tokens, FRAMES), tokens, n=2)
    assert strata_in(sample) == {"rest": (3, 2)}
    assert sample["about"].tolist() == ["unit", "unit"]


def test_a_screen_whose_words_stand_nowhere_makes_no_stratum(found):
    assert "screened" not in strata_in(fa.sample(*found, n=40, screen=["unheard"]))


def test_where_cells_are_too_many_the_rarest_are_together(found):
    sample = fa.sample(*found, n=8, by=["category", "outlet"])
    # By hand: cells of 20, 20 and 10 units (every fourth article is of outlet x), and 4 units for them: the largest one, and the others together.
    assert strata_in(sample) == {"hits: weakness, x": (20, 2), "hits, rare cells": (30, 2), "rest": (150, 4)}


def test_the_sample_says_where_it_comes_from(found):
    hits, tokens = found
    attrs = fa.sample(hits, tokens, n=10, seed=4).attrs
    assert attrs["corpus_hash"] == tokens.corpus_hash
    assert attrs["lexicon_hash"] == FRAMES.hash
    assert (attrs["sample_seed"], attrs["sample_unit"], attrs["sample_by"]) == (4, "sentence", ["category"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 201}, "found n=201, and the corpus has 200 sentences; give n=200 to code all"),
        ({"n": 41, "unit": "article"}, "found n=41, and the corpus has 40 articles"),
        ({"n": 3}, "found n=3; needed are 4 at least: 2 sentences with hits"),
        ({"n": 5, "screen": ["nervous"]}, "found n=5; needed are 6 at least"),
        ({"n": 40, "by": "categroy"}, "no column 'categroy' to draw by; .*did you mean 'category'"),
        ({"n": 40, "unit": "paragraph"}, "unit='paragraph'; known are 'sentence', 'article'"),
        ({"n": 40, "overlap": 10}, "overlap=10 with one coder"),
        ({"n": 40, "coders": 2, "overlap": 41}, "overlap=41; allowed is a number from 0 to n=40"),
        ({"n": 40, "coders": 0}, "coders=0; allowed is a number from 1 to 26"),
        ({"n": 40, "coders": ["A", "A"]}, "all different"),
        ({"n": 40, "coders": ["A;B"]}, "letters, digits, spaces, hyphens and points"),
        ({"n": 40, "coders": ["../A"]}, "files are named after them"),
        ({"n": 40, "screen": pd.DataFrame({"term": ["x"]})}, "give a list of words, or what fa.suggest returns"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_its_remedy(found, options, message):
    with pytest.raises(fa.SchemaError, match=message):
        fa.sample(*found, **options)


def test_an_empty_corpus_has_nothing_to_draw(encode):
    tokens = encode("…")
    with pytest.raises(fa.SchemaError, match="the corpus has no sentence"):
        fa.sample(fa.find_hits(tokens, FRAMES), tokens, n=1)
