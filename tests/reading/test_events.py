"""Articles on one story get one event, articles on others do not, and time keeps like stories apart."""

import itertools
import random

import pandas as pd
import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.events import find_events

FLOOD = (
    "Flood water reached the harbour of Orrin after the dike broke",
    "Orrin harbour under water: the dike broke in the flood, and boats were lost",
    "The broken dike let the flood into the harbour; Orrin counts lost boats",
)
STRIKE = (
    "Tram drivers of Tesk went on strike over night pay",
    "Strike in Tesk: no trams, as drivers demand better pay at night",
    "Night pay for tram drivers divides Tesk on the first day of the strike",
)


def table(bodies: list[str], **columns: list) -> pd.DataFrame:
    made = {
        "article_id": [f"a{number}" for number in range(1, len(bodies) + 1)],
        "outlet": [f"outlet {number % 3}" for number in range(len(bodies))],
        "date": ["2020-03-01"] * len(bodies),
        "body": bodies,
    }
    return read(pd.DataFrame(made | columns), boilerplate="keep").articles


def pairwise_f1(found: pd.Series, truth: pd.Series) -> float:
    """Return F1 of the pairs of articles that are on one event; an article without an event is on one of its own."""
    own = found.fillna(pd.Series([f"own {place}" for place in range(len(found))], index=found.index))
    pairs = list(itertools.combinations(range(len(found)), 2))
    ours = {(i, j) for i, j in pairs if own.iloc[i] == own.iloc[j]}
    theirs = {(i, j) for i, j in pairs if truth.iloc[i] == truth.iloc[j]}
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


@pytest.fixture(scope="module")
def basil(shared_data) -> pd.DataFrame:
    path = shared_data / "basil" / "articles.dev.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return read(path, boilerplate="keep").articles


def test_two_stories_of_one_day_are_two_events_named_after_their_first_article():
    # The truth is how the texts were written: a1, a3, a5 on the flood, the others on the strike.
    articles = table([text for pair in zip(FLOOD, STRIKE, strict=True) for text in pair])
    assert find_events(articles).tolist() == ["event-a1", "event-a2"] * 3


def test_the_first_article_is_the_first_by_date():
    articles = table(list(FLOOD), date=["2020-03-02", "2020-03-01", "2020-03-03"])
    assert find_events(articles).tolist() == ["event-a2"] * 3


@pytest.mark.parametrize(("days", "together"), [(3, True), (2, False)])
def test_articles_more_than_some_days_apart_are_not_on_one_event(days, together):
    articles = table(list(FLOOD[:2]), date=["2020-03-01", "2020-03-04"])
    assert find_events(articles, days=days).notna().all() == together


@pytest.mark.parametrize(
    "changes",
    [
        {"outlet": ["Tide", "Tide"]},
        {"date": ["2020-03-01", None]},
        {"date": ["2020-03-01", "2021-03-01"]},
        {"bodies": [FLOOD[0], STRIKE[0]]},
        {"bodies": ["…", "?!"]},
    ],
)
def test_an_article_that_no_other_outlet_has_an_article_like_has_no_event(changes):
    assert find_events(table(**({"bodies": list(FLOOD[:2])} | changes))).isna().all()


def test_the_headline_counts_more_than_the_body():
    bodies = [f"{FLOOD[0]}. {STRIKE[0]}."] * 2
    articles = table(bodies, headline=["Flood in Orrin harbour", "Strike of Tesk drivers"])
    assert find_events(articles, threshold=0.75).isna().all()
    assert find_events(articles.assign(headline=""), threshold=0.75).notna().all()


def test_events_stand_on_the_index_of_the_articles():
    articles = table(list(FLOOD)).set_index(pd.Index([7, 5, 3]))
    events = find_events(articles)
    assert events.index.tolist() == [7, 5, 3]
    assert events.name == "event_id"
    assert len(find_events(articles.iloc[:0])) == 0


@pytest.mark.parametrize("wrong", [{"days": -1}, {"threshold": 0}, {"threshold": 1.1}])
def test_settings_that_make_no_sense_are_refused(wrong):
    with pytest.raises(CorpusError, match="allowed are"):
        find_events(table(list(FLOOD)), **wrong)


def test_the_triplets_of_basil_are_found(basil):
    # The truth is BASIL's: three outlets' articles on one event, chosen by hand.
    assert pairwise_f1(find_events(basil), basil["triplet"]) >= 0.9


def test_the_triplets_of_basil_are_found_in_small_samples_of_one_day(basil):
    # Without dates and with few articles there is less to go by: the harder case that the threshold was chosen for too.
    names = sorted(basil["triplet"].unique())
    scores = []
    for seed in range(10):
        sample = basil[basil["triplet"].isin(random.Random(seed).sample(names, 5))].assign(
            date=pd.Timestamp("2020-01-01")
        )
        scores.append(pairwise_f1(find_events(sample), sample["triplet"]))
    assert sum(scores) / len(scores) >= 0.85


def test_more_articles_of_other_days_do_not_change_what_belongs_together(basil):
    # Metamorphic: the words' weights change with the corpus, the events should hardly.
    half = basil.iloc[: len(basil) // 2]
    alone, within = find_events(half), find_events(basil).loc[half.index]
    assert pairwise_f1(alone, within.fillna(pd.Series(half["article_id"], index=half.index))) >= 0.9
