"""One grammar of `by`: over every public parameter that names columns, found by introspection.

Expected groups are counted by hand in the articles below.
"""

import inspect

import numpy as np
import pandas as pd
import pytest
from coded_units import articles_as_found, read_in_full, relevance
from public_names import public_names

import analysis as fa
from analysis.counting.by import HIT_COLUMNS, clusters_of_rows, resolve
from analysis.counting.selection import select
from analysis.learning.axes import Axes, Axis
from analysis.measures.tfidf import STOP_WORDS

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"], "threat": ["crisis"]})
OTHER = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
TARGETS = fa.extend.lexicon_from_mapping({"Hurd": ["hurd"], "Merk": ["merk"]})
AXES = Axes("small", "1", (Axis("weak", "calm"),))
FEW = fa.Resampling(n_draws=100)
NUMBER = 24
ARTICLES = pd.DataFrame(
    {
        "article_id": [f"a{number:02}" for number in range(NUMBER)],
        "outlet": ["North", "South"] * (NUMBER // 2),
        "section": ["war", "war", "town", "town"] * (NUMBER // 4),
        "event_id": [f"e{number // 4}" for number in range(NUMBER)],
        # By hand: 12 articles of January, 12 of February; eight days in all, so three articles a day.
        "date": [f"2025-0{1 + number % 2}-0{1 + number // 6}" for number in range(NUMBER)],
        "headline": ["Weak Hurd", "Calm Merk", "A crisis"] * (NUMBER // 3),
        "body": ["Hurd was weak, said Merk. A crisis came.", "“Hurd failed,” said Merk. Calm talks.", "Weak talks. Hurd is calm."]
        * (NUMBER // 3),
    }
)  # fmt: skip


def voices_coded(tokens):
    marked = read_in_full(tokens, every=1)
    return pd.concat([marked.query("about == 'match'").assign(variable="voice", value="direct"), marked])


class Room:
    """A corpus and what is made of it before a measure is called."""

    def __init__(self, **columns: list[str]) -> None:
        self.tokens = fa.tokenize(fa.read(ARTICLES.assign(**columns), boilerplate="keep"))
        self.hits = fa.find_hits(self.tokens, LEXICON, targets=TARGETS)
        self.vectors = fa.learn.train_vectors(self.tokens, min_count=1, n_dimensions=4)
        self.divergence = fa.divergence(self.hits, self.tokens)
        self.dominant = fa.compare.dominant_frames(self.hits, self.tokens)


@pytest.fixture(scope="module")
def room():
    return Room()


# Every public parameter that names columns, called with some names.
OF_ARTICLES = {
    ("accuracy", "by"): lambda r, by: fa.accuracy(read_in_full(r.tokens), r.hits, by=by, tokens=r.tokens, resampling=FEW),
    ("adjusted_ratios", "by"): lambda r, by: fa.compare.adjusted_ratios(r.hits, r.tokens, adjust_for="length", by=by),
    ("compare_lexicons", "by"): lambda r, by: fa.compare_lexicons(LEXICON, OTHER, r.tokens, by=by, resampling=FEW).rates,
    ("corrected_rates", "by"): lambda r, by: fa.corrected_rates(r.hits, r.tokens, articles_as_found(r.tokens, r.hits), by=by),
    ("frame_axes", "by"): lambda r, by: fa.learn.frame_axes(r.tokens, r.vectors, AXES, by=by, resampling=FEW),
    ("rates", "by"): lambda r, by: fa.rates(r.hits, r.tokens, by=by, resampling=FEW),
    ("search_precision", "by"): lambda r, by: fa.validate.search_precision(relevance(r.tokens), r.tokens, by=by, resampling=FEW),
    ("smooth_trend", "by"): lambda r, by: fa.compare.smooth_trend(r.hits, r.tokens, by=by, resampling=FEW),
    ("standardised_rates", "by"): lambda r, by: fa.compare.standardised_rates(r.hits, r.tokens, strata="length", by=by, resampling=FEW),
    ("tfidf", "by"): lambda r, by: fa.tfidf(r.tokens, by=by, min_articles=1),
    ("trends", "by"): lambda r, by: fa.trends(r.hits, r.tokens, by=by, resampling=FEW),
}  # fmt: skip
OF_HITS = {("accuracy", "by"), ("rates", "by"), ("trends", "by"), ("smooth_trend", "by")}
TO_COMPARE = {
    ("adjusted_ratios", "adjust_for"): lambda r, by: fa.compare.adjusted_ratios(
        r.hits, r.tokens, adjust_for=by, by="outlet"
    ),
    ("standardised_rates", "strata"): lambda r, by: fa.compare.standardised_rates(
        r.hits, r.tokens, strata=by, resampling=FEW
    ),
}
OF_COLUMNS_OF_HITS = {
    ("cooccurrence", "of"): lambda r, of: fa.compare.cooccurrence(r.hits, r.tokens, of=of, resampling=FEW),
    ("frame_elements", "of"): lambda r, of: fa.compare.frame_elements(r.hits, r.tokens, of=of).elements,
    ("variable_accuracy", "by"): lambda r, by: fa.validate.variable_accuracy(
        voices_coded(r.tokens), r.hits, "voice", by=by, tokens=r.tokens, resampling=FEW
    ),
}
ONE_NAME = {
    ("adjusted_ratios", "cluster"): lambda r, name: fa.compare.adjusted_ratios(r.hits, r.tokens, adjust_for="section", cluster=name),
    ("paired", "event"): lambda r, name: fa.compare.paired(r.hits, r.tokens, PAIR, event=name, resampling=FEW),
}  # fmt: skip
ON_TABLES = {
    ("divergence_rates", "by"): lambda r, by: fa.compare.divergence_rates(r.divergence, by=by, resampling=FEW),
    ("dominance_shares", "by"): lambda r, by: fa.compare.dominance_shares(r.dominant, by=by),
}
# What is drawn, or judged, by groups and gives no row a group.
OF_SAMPLES = {("sample", "by"): lambda r, by: fa.sample(r.hits, r.tokens, n=20, by=by)}
# Names that stand in an object.
IN_OBJECTS = {
    ("Finding", "column"): lambda r, name: fa.compare.specification_curve(
        r.tokens, fa.compare.Finding(category="weakness", column=name, focus=first(r, name), reference=last(r, name)),
        fa.compare.Choices(lexicon={"l": LEXICON}), resampling=FEW,
    ),
    ("Pair", "column"): lambda r, name: fa.differences(
        r.hits, r.tokens, fa.compare.Pair(column=name, focus=first(r, name), reference=last(r, name)), resampling=FEW
    ),
    ("Resampling", "cluster"): lambda r, name: fa.rates(r.hits, r.tokens, by="outlet", resampling=fa.Resampling(n_draws=100, cluster=name)),
    ("keyness", "focus"): lambda r, name: fa.keyness(r.tokens, focus={one(name): first(r, name)}),
    ("keyness", "reference"): lambda r, name: fa.keyness(r.tokens, focus="rest", reference={one(name): first(r, name)}),
    ("key_terms", "within"): lambda r, name: fa.extend.key_terms(r.tokens, LEXICON, "weakness", within={one(name): first(r, name)}),
}  # fmt: skip
CALLS = OF_ARTICLES | TO_COMPARE | OF_COLUMNS_OF_HITS | OF_SAMPLES | ONE_NAME | ON_TABLES | IN_OBJECTS
WITH_TOKENS = OF_ARTICLES | TO_COMPARE | OF_COLUMNS_OF_HITS | OF_SAMPLES | ONE_NAME | IN_OBJECTS
LISTS = OF_ARTICLES | TO_COMPARE | OF_COLUMNS_OF_HITS | OF_SAMPLES | ON_TABLES
NAMING = {"by", "strata", "adjust_for", "of", "event", "cluster", "column", "focus", "group", "groups"}
# Parameters of these names that name no column.
NO_NAMES = {
    ("variable_accuracy", "of"), ("variable_confusion", "of"),
    ("agreement", "by"), ("drift", "by"),  # columns of codings: see tests/validation/test_agreement.py
    ("Finding", "focus"), ("Pair", "focus"),
    *((name, "groups") for name in ("cross_validate", "train_classifier", "train_polarity")),
}  # fmt: skip
PAIR = fa.compare.Pair(focus="North", reference="South")
MONTHS = ["2025-01", "2025-02"]


def one(name):
    return name if isinstance(name, str) else name[0]


def first(room, name):
    return {"outlet": "North", "section": "war", "month": MONTHS[0], "event_id": "e0"}.get(one(name), "x")


def last(room, name):
    return {"outlet": "South", "section": "town", "month": MONTHS[1], "event_id": "e1"}.get(one(name), "y")


def written(table):
    return table.to_csv(index=False)


def ids(cases):
    return [f"{measure}({parameter}=)" for measure, parameter in cases]


def over(cases):
    return pytest.mark.parametrize("case", cases, ids=ids(cases))


def test_every_public_parameter_that_names_columns_has_a_case():
    found = {
        (name, parameter)
        for name, one in public_names(charts=False).items()
        if inspect.isfunction(one) or name in ("Finding", "Pair", "Resampling")
        for parameter in inspect.signature(one).parameters
        if parameter in NAMING
    }
    assert found - NO_NAMES == set(CALLS) - {("keyness", "reference"), ("key_terms", "within")}


@over(LISTS)
def test_a_name_is_a_list_of_one_name(room, case):
    name = "category" if case in OF_COLUMNS_OF_HITS else "section" if case in TO_COMPARE else "outlet"
    assert written(LISTS[case](room, name)) == written(LISTS[case](room, [name])) == written(LISTS[case](room, (name,)))


@over(WITH_TOKENS)
@pytest.mark.parametrize("name", ["category", "voice", "zone", "month", "length"])
def test_a_name_that_could_mean_two_things_is_refused_everywhere(case, name, request):
    ambiguous = request.getfixturevalue("ambiguous")
    with pytest.raises(fa.SchemaError) as caught:
        WITH_TOKENS[case](ambiguous, name)
    assert f": {name!r} could be the column {name!r} of these ARTICLES or " in str(caught.value)
    assert f"such as 'article_{name}'" in str(caught.value)


@pytest.fixture(scope="module")
def ambiguous():
    columns = {name: ["x", "y"] * (NUMBER // 2) for name in ("category", "voice", "zone", "month", "length")}
    return Room(**columns)


@over(CALLS)
def test_an_unknown_name_is_shown_with_the_known_and_the_nearest(room, case):
    wrong, right = ("categroy", "category") if case in OF_COLUMNS_OF_HITS else ("outlte", "outlet")
    with pytest.raises(fa.SchemaError) as caught:
        CALLS[case](room, wrong)
    assert f"no column {wrong!r} " in str(caught.value)
    assert "; known are '" in str(caught.value)
    assert str(caught.value).endswith(f"; did you mean {right!r}?")


@over(LISTS)
@pytest.mark.parametrize("names", [None, 3, {"outlet"}, ["outlet", 3], {"outlet": "North"}], ids=repr)
def test_what_is_no_name_and_no_list_of_names_is_refused(room, case, names):
    if names is None and case == ("compare_lexicons", "by"):
        pytest.skip("without a name it compares by outlet, where articles have one")
    with pytest.raises(fa.SchemaError, match="give a name such as 'outlet', or a list of names"):
        LISTS[case](room, names)


@over(LISTS)
def test_a_name_given_twice_is_refused(room, case):
    name = "category" if case in OF_COLUMNS_OF_HITS else "outlet"
    with pytest.raises(fa.SchemaError, match="holds a name twice; name each once"):
        LISTS[case](room, [name, name])


@over(OF_ARTICLES)
def test_a_name_makes_the_same_groups_in_every_measure(room, case):
    table = OF_ARTICLES[case](room, "month")
    assert sorted(table["month"].unique()) == MONTHS
    table = OF_ARTICLES[case](room, ["section", "month"])
    assert list(table.columns).index("section") == list(table.columns).index("month") - 1
    groups = table[["section", "month"]].drop_duplicates().astype("str").values.tolist()
    assert sorted(groups) == [[section, month] for section in ("town", "war") for month in MONTHS]


def test_articles_of_a_period_are_those_of_the_column_made_by_hand(room):
    by_hand = Room(half=[MONTHS[number % 2] for number in range(NUMBER)])
    for case in set(OF_ARTICLES) - {("compare_lexicons", "by")}:
        of_period, of_column = OF_ARTICLES[case](room, "month"), OF_ARTICLES[case](by_hand, "half")
        assert written(of_period) == written(of_column.rename(columns={"half": "month"})), case


@over(sorted(OF_HITS))
@pytest.mark.parametrize("name", HIT_COLUMNS)
def test_measures_of_hits_take_every_column_of_hits(room, case, name):
    table = OF_ARTICLES[case](room, [name, "outlet"])
    assert {"Hurd"} <= set(table["target"]) if name == "target" else len(table[name].unique()) >= 1
    assert table.columns[:2].tolist() == [name, "outlet"]


@over(sorted(set(OF_ARTICLES) - OF_HITS))
def test_a_name_that_makes_no_groups_here_is_told_from_an_unknown_one(room, case):
    with pytest.raises(fa.SchemaError, match="'voice' is that column of HITS, which makes no groups here"):
        OF_ARTICLES[case](room, "voice")


@pytest.mark.parametrize("measure", ["rates", "compare_lexicons", "trends"])
def test_zones_have_words_of_their_own(room, measure):
    table = OF_ARTICLES[measure, "by"](room, "zone")
    assert set(table["zone"]) == {"headline", "lead"}


ALL_TOGETHER = {
    ("search_precision", "by"),
    ("corrected_rates", "by"),
    ("accuracy", "by"),
    ("variable_accuracy", "by"),
    ("rates", "by"),
    ("trends", "by"),
    ("smooth_trend", "by"),
    ("frame_axes", "by"),
    ("compare_lexicons", "by"),
    *OF_SAMPLES,
    *ON_TABLES,
}


@over(sorted(ALL_TOGETHER))
def test_no_name_takes_all_together(room, case):
    table = LISTS[case](room, [])
    assert len(table)
    if "n_articles" in table and case[0] not in ("smooth_trend", "trends"):
        expected = room.divergence["article_id"].nunique() if case[0] == "divergence_rates" else NUMBER
        assert set(table["n_articles"]) == {expected}


@over(sorted(set(LISTS) - ALL_TOGETHER))
def test_where_a_name_is_needed_the_error_says_which(room, case):
    with pytest.raises(fa.SchemaError, match=r"found no name .*; give one at least of '"):
        LISTS[case](room, [])


@over(sorted(ONE_NAME | {("Pair", "column"): 0, ("Finding", "column"): 0, ("Resampling", "cluster"): 0}))
def test_where_one_name_is_needed_two_are_refused(room, case):
    with pytest.raises(fa.SchemaError, match=r"found \['outlet', 'section'\]; give one name only"):
        CALLS[case](room, ["outlet", "section"])


def test_periods_choose_words_clusters_and_pairs(room):
    in_january = room.tokens.articles["date"].dt.month == 1
    assert (select(room.tokens, {"month": "2025-01"}).mask == select(room.tokens, in_january).mask).all()
    assert IN_OBJECTS["Pair", "column"](room, "month")["n_articles_focus"].tolist() == [12, 12]  # by hand
    clustered = fa.rates(room.hits, room.tokens, resampling=fa.Resampling(method="bca", n_draws=100, cluster="month"))
    assert clustered.attrs["interval"] == "95% BCa, 100 resamples of clusters of articles by month, seed 1"


def test_groups_of_two_names_are_those_of_one_joined_name(room):
    joined = Room(both=[f"{section} · {MONTHS[n % 2]}" for n, section in enumerate(ARTICLES["section"])])
    for case in (("adjusted_ratios", "by"), ("standardised_rates", "by"), ("tfidf", "by")):
        of_two, of_one = OF_ARTICLES[case](room, ["section", "month"]), OF_ARTICLES[case](joined, "both")
        of_two["both"] = of_two.pop("section").astype("str") + " · " + of_two.pop("month").astype("str")
        shared = [name for name in of_one.columns if name != "reason"]
        assert written(of_two[shared]) == written(of_one[shared]), case


def test_clusters_of_a_table_are_numbered_by_value_and_rows_without_one_go_by_article():
    table = pd.DataFrame({"article_id": ["c", "a", "a", "b"], "event": ["f", None, None, "e"]})
    # By hand: e is 0, f is 1, and the two rows of article a, without an event, are one cluster.
    assert clusters_of_rows(table, "event").tolist() == [1, 2, 2, 0]
    with pytest.raises(fa.SchemaError, match="resampling: no column 'evnt' of the table to draw by"):
        clusters_of_rows(table, "evnt")


def test_names_of_one_table_are_not_asked_of_a_corpus():
    assert resolve("m", "month", ["month"]) == ["month"]
    with pytest.raises(fa.SchemaError) as caught:
        resolve("m", "colour", ["outlet"], purpose="to draw")
    assert str(caught.value) == "m: no column 'colour' to draw; known are 'outlet'"


def test_distinctive_terms_of_a_month_are_those_of_its_articles(room):
    table = fa.tfidf(room.tokens, by="month", min_articles=1, n_terms=100)
    in_january = room.tokens.articles["date"].dt.month == 1
    alone = fa.tokenize(fa.read(ARTICLES[in_january.to_numpy()], boilerplate="keep"))
    expected = fa.keyness(alone, focus={"section": "war"}, reference={"section": "town"}).set_index("term")
    uses = table[table["month"] == "2025-01"].set_index("term")["n"]
    counted = (expected["n_focus"] + expected["n_reference"]).reindex(uses.index)
    assert not set(uses.index) & STOP_WORDS
    np.testing.assert_array_equal(uses, counted)  # expected: the counts of keyness in the articles of January alone
