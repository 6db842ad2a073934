"""Copies and versions of one text are grouped, told apart, and nothing else is grouped with them."""

import itertools
import random
import re

import pandas as pd
import pytest
from pyarrow.parquet import ParquetFile

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.duplicates import find_duplicates

PEOPLE = (
    "the mayor,a clerk,two farmers,the union,her brother,the council,an engineer,most pupils,the baker,a judge".split(
        ","
    )
)
VERBS = "opened,refused,painted,counted,sold,praised,missed,repaired,discussed,borrowed,measured,buried".split(",")
THINGS = "the old bridge,nine lamps,a new tariff,every ballot,the harbour wall,their report,a blue tram,the well".split(
    ","
)
PLACES = "in Orrin,near the mill,on the quay,beyond Tesk,at the station,outside the hall,under the viaduct".split(",")
ENDS = "before the rain came,without a word,for the third time,despite the cost,as neighbours watched,until dawn".split(
    ","
)
NOTICE = (
    "Write to our newsroom if you have seen something that others should know. We read every letter, and we answer most "
    "of them within a week. Letters may be shortened for print. Subscribers find their delivery times on the last page, "
    "and can change them by post. Copies of older issues are kept in the reading room by the north gate, which is open "
    "on weekdays from nine until four and on the first Saturday of each month."
)


def invented_sentence(rng: random.Random) -> str:
    parts = [rng.choice(options) for options in (PEOPLE, VERBS, THINGS, PLACES, ENDS)]
    return (
        f"“{' '.join(parts).capitalize()} – {rng.choice(PEOPLE)} {rng.choice(VERBS)} {rng.choice(THINGS)},” it's said."
    )


def invented_body(rng: random.Random, n_sentences: int = 30) -> str:
    return " ".join(invented_sentence(rng) for _ in range(n_sentences))


def planted_copy(body: str, rng: random.Random) -> str:
    """Return a near copy: other header and footer, 5-20 % of sentences changed, other dashes and quotes, trimmed below."""
    sentences = re.split(r"(?<=[.!?])\s+", body)
    for place in rng.sample(range(len(sentences)), round(len(sentences) * rng.uniform(0.05, 0.2))):
        sentences[place] = invented_sentence(rng)
    sentences = sentences[: round(len(sentences) * rng.uniform(0.6, 1))]
    text = " ".join(sentences).translate(str.maketrans({"“": '"', "”": '"', "–": "—", "'": "’"}))
    header = rng.choice(["ORRIN, March 3 (Agency) — ", "By a staff writer\n\n", "(Own report) ", ""])
    footer = rng.choice(["\n\nEditing by the night desk.", "\n\n© The Agency. All rights reserved.", ""])
    return header + text + footer


def table(bodies: list[str], **columns: list) -> pd.DataFrame:
    names = [f"a{number}" for number in range(1, len(bodies) + 1)]
    return read(pd.DataFrame({"article_id": names, "body": bodies} | columns), boilerplate="keep").articles


def with_planted_copies(originals: pd.DataFrame, n_copies: int, seed: int) -> tuple[pd.DataFrame, set[tuple[str, str]]]:
    """Return the articles with copies of each among them, and the pairs that are copies of one text."""
    rng = random.Random(seed)
    copies = [
        {
            "article_id": f"{name}~{number}",
            "outlet": f"outlet {number}",
            "date": date,
            "headline": invented_sentence(rng),
            "body": planted_copy(body, rng),
        }
        for name, date, body in originals[["article_id", "date", "body"]].itertuples(index=False)
        for number in range(n_copies)
    ]
    both = pd.concat([originals, pd.DataFrame(copies)]).sample(frac=1, random_state=seed)
    names = originals["article_id"]
    pairs = {
        pair
        for name in names
        for pair in itertools.combinations(sorted([name, *(f"{name}~{number}" for number in range(n_copies))]), 2)
    }
    return read(both, boilerplate="keep").articles, pairs


def pairs_of(found: pd.DataFrame) -> set[tuple[str, str]]:
    groups = found.groupby("duplicate_group")["article_id"]
    return {pair for _, names in groups for pair in itertools.combinations(sorted(names), 2)}


@pytest.mark.slow
def test_planted_copies_are_found_and_nothing_else():
    # The truth is what was planted; that all articles are of the same few phrases and end in one notice is the hard part.
    rng = random.Random(1)
    originals = table([f"{invented_body(rng)}\n\n{NOTICE}" for _ in range(80)], date=["2020-01-01"] * 80)
    articles, planted = with_planted_copies(originals, 2, seed=2)
    found = pairs_of(find_duplicates(articles))
    assert len(found & planted) / len(planted) >= 0.95
    assert len(found & planted) / len(found) >= 0.99


def test_planted_copies_of_real_articles_are_found(shared_data, tmp_path):
    path = shared_data / "abp" / "articles.dev.parquet"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    next(ParquetFile(path).iter_batches(2000)).to_pandas().to_parquet(
        tmp_path / "first.parquet"
    )  # all would take ten seconds
    real = read(tmp_path / "first.parquet", boilerplate="keep").articles
    natural = pairs_of(find_duplicates(real))
    originals = real[~real["article_id"].isin(itertools.chain(*natural))].iloc[:300]
    with_copies, planted = with_planted_copies(originals, 2, seed=3)
    articles = pd.concat([with_copies, real[~real["article_id"].isin(originals["article_id"])]], ignore_index=True)
    found = pairs_of(find_duplicates(articles)) - natural
    assert len(found & planted) / len(planted) >= 0.95
    assert len(found & planted) / len(found) >= 0.99


def test_the_row_of_a_copy_says_what_it_shares():
    # 60 different words and then 40 of them: 56 shingles, 36 of them shared by both.
    words = [f"word{number}" for number in range(60)]
    articles = table(
        [" ".join(words[:40]), " ".join(words), "Nothing like it. " * 20], date=["2020-01-02", "2020-01-01", None]
    )
    with_short = find_duplicates(articles)
    assert len(with_short) == 0  # 40 words are fewer than 50
    longer = table([" ".join(words[:55]), " ".join(words)], date=["2020-01-02", "2020-01-01"])
    assert find_duplicates(longer).to_dict("list") == {
        "article_id": ["a2", "a1"],
        "duplicate_group": ["a2", "a2"],
        "kind": ["exact", "near"],
        "similarity": [1.0, 51 / 56],
        "shared_shingles": [56, 51],
    }


def with_shared_sentences(n_own: int, n_shared: int, n_articles: int = 40) -> pd.DataFrame:
    """Return articles of sentences of their own and some out of a few that all draw from, in any order."""
    rng = random.Random(3)
    common = [invented_sentence(rng) for _ in range(2 * n_shared)]
    bodies = []
    for _ in range(n_articles):
        sentences = [invented_sentence(rng) for _ in range(n_own)] + rng.sample(common, n_shared)
        rng.shuffle(sentences)
        bodies.append(" ".join(sentences))
    return table(bodies)


@pytest.mark.parametrize(("n_own", "n_shared", "n_left"), [(3, 3, 0), (3, 4, 0), (4, 4, 1)])
def test_short_articles_that_share_some_sentences_are_no_copies(n_own, n_shared, n_left):
    # With 3 of 6 sentences in common the containment is about 0.5: half of the shingles of either. Of the articles of 160 words
    # some draw three sentences in one order, which are a passage of 38 shingles or more.
    articles = with_shared_sentences(n_own, n_shared)
    assert (find_duplicates(articles)["kind"] == "near").sum() <= n_left
    lenient = find_duplicates(articles, similarity=0.25)
    assert (lenient["kind"] == "near").sum() >= 5
    assert lenient["similarity"].min() >= 0.25


@pytest.mark.parametrize(("similarity", "kinds"), [(0.5, ["exact", "near"]), (0.6, []), (None, ["exact", "near"])])
def test_no_near_copy_is_less_similar_than_is_asked(similarity, kinds):
    # By hand: 250 words that differ, and the first 150 of them: 246 and 146 shingles, 146 of them in both; 146 / 246 is 0.593.
    words = [f"word{number}" for number in range(250)]
    found = find_duplicates(table([" ".join(words), " ".join(words[:150])]), similarity=similarity)
    assert found["kind"].tolist() == kinds
    assert found["similarity"].tolist() == [1.0, 146 / 246][: len(kinds)]


def test_a_long_text_that_was_cut_to_a_fraction_is_a_copy_though_little_similar():
    # By hand: 1,000 words that differ and the first 200: 196 of 996 shingles in both, in one run.
    words = [f"word{number}" for number in range(1000)]
    found = find_duplicates(table([" ".join(words), " ".join(words[:200])]))
    assert found[["kind", "similarity"]].to_numpy().tolist() == [["exact", 1.0], ["near", 196 / 996]]


@pytest.mark.parametrize("similarity", [-0.1, 1.1, 50])
def test_a_threshold_is_from_0_to_1(similarity):
    for call in (find_duplicates, read):
        with pytest.raises(CorpusError, match="allowed are numbers from 0 to 1"):
            call(table(["A short text."]), similarity=similarity)


def test_short_texts_are_grouped_only_when_exact():
    pager = "Reboot NT machine in cabinet: CRITICAL"
    found = find_duplicates(table([pager, "Reboot NT machine in cabinet: critical!", f"{pager} now", pager]))
    assert found[["article_id", "kind", "similarity"]].to_numpy().tolist() == [
        ["a1", "exact", 1.0],
        ["a2", "exact", 1.0],
        ["a4", "exact", 1.0],
    ]


def test_a_thousand_copies_are_one_group():
    # One text copied 1,000 times, with a time of day in it: incident 1 of real wrong results.
    body = invented_body(random.Random(4), 10)
    found = find_duplicates(table([f"{hour}:{minute} {body}" for hour in range(20) for minute in range(50)]))
    assert found["duplicate_group"].tolist() == ["a1"] * 1000


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "update"),
        ({"outlet": ["Tide", "Ebb"]}, "near"),
        ({"date": ["2020-03-01", "2020-03-09"]}, "near"),
        ({"date": ["2020-03-01", None]}, "near"),
        ({"headline": ["Mill burns in Orrin", "Nine lamps were sold"]}, "near"),
    ],
)
def test_an_update_is_of_the_same_outlet_and_headline_and_of_a_near_day(changes, kind):
    first = invented_body(random.Random(5))
    later = f"{first} {invented_body(random.Random(6), 5)}"
    columns = {
        "outlet": ["Tide", "Tide"],
        "date": ["2020-03-01", "2020-03-02"],
        "headline": ["Mill burns in Orrin", "Orrin mill burns, two hurt"],
    }
    found = find_duplicates(table([first, later], **(columns | changes)))
    assert found["kind"].tolist() == ["exact", kind]


def test_an_update_with_a_new_beginning_is_found():
    first = invented_body(random.Random(7))
    columns = {"outlet": ["Tide"] * 2, "date": ["2020-03-01"] * 2, "headline": ["Mill burns in Orrin"] * 2}
    found = find_duplicates(table([first, f"{invented_body(random.Random(8), 20)} {first}"], **columns))
    assert found["kind"].tolist() == ["exact", "update"]


def test_a_passage_that_two_articles_end_with_makes_no_copies_of_them():
    # 300 words of their own, then 600 in common: containment is 596 of 896 shingles, above the 0.5 of a copy.
    gallery = " ".join(f"caption{number}" for number in range(600))
    bodies = [" ".join(f"{own}{number}" for number in range(300)) + "\n\n" + gallery for own in ("one", "two")]
    assert len(find_duplicates(table(bodies))) == 0


def test_quotes_dashes_soft_hyphens_and_case_make_no_difference():
    body = invented_body(random.Random(12))
    other = body.upper().replace("–", "--").replace("“", '"').replace("BRIDGE", "BRI\u00adDGE").replace("'", "’")
    assert find_duplicates(table([body, other]))["kind"].tolist() == ["exact", "exact"]


def test_groups_do_not_depend_on_the_order_of_articles_of_different_days():
    rng = random.Random(13)
    days = [f"2020-01-{day:02}" for day in range(1, 21)]
    originals = table([invented_body(rng) for _ in range(20)], date=days)
    articles, _ = with_planted_copies(originals, 1, seed=14)
    articles["date"] += pd.to_timedelta(articles["article_id"].str.contains("~").astype(int), unit="D")
    expected = find_duplicates(articles).sort_values("article_id", ignore_index=True)
    shuffled = find_duplicates(articles.sample(frac=1, random_state=15)).sort_values("article_id", ignore_index=True)
    pd.testing.assert_frame_equal(shuffled, expected)


def test_no_articles_and_blank_words_give_no_groups():
    assert len(find_duplicates(table([]))) == 0
    assert find_duplicates(table(["…", "?!"]))["kind"].tolist() == ["exact", "exact"]


def test_groups_that_were_read_before_are_kept(tmp_path):
    text = " ".join(f"word{n}" for n in range(60))
    table = pd.DataFrame({"article_id": ["a", "b", "c"], "body": [text, text, "another text"]})
    first = read(table).articles
    # A group that no search would find shows that none was made.
    first["duplicate_group"] = first["duplicate_group"].where(first["article_id"] != "b", "c")
    first.to_parquet(tmp_path / "corpus.parquet")
    again = read(tmp_path / "corpus.parquet").articles
    assert again["duplicate_group"].tolist()[1] == "c"


def test_groups_that_lost_their_first_article_are_found_anew(tmp_path):
    text = " ".join(f"word{n}" for n in range(60))
    first = read(pd.DataFrame({"article_id": ["a", "b", "c"], "body": [text] * 3})).articles
    assert first["duplicate_group"].tolist() == ["a", "a", "a"]
    again = read(first[first["article_id"] != "a"]).articles
    assert again["duplicate_group"].tolist() == ["b", "b"]
