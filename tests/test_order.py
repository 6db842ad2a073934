"""The order of the articles changes no result: the same tables, byte for byte, forwards, reversed and shuffled."""

import inspect
from dataclasses import fields, is_dataclass

import numpy as np
import pandas as pd
import pytest
from coded_units import articles_as_found, of_two_coders, read_in_full, relevance, whole_articles
from public_names import public_names

import analysis as fa
from analysis.commands.defaults import FRAMES
from analysis.learning.axes import Axes, Axis

pytestmark = pytest.mark.slow  # runs every measure on shuffled corpora

LEXICON = fa.extend.lexicon_from_mapping(
    {"weakness": ["weak*", "fail*"], "threat": ["crisis", "danger*"], "calm": ["quiet"]}
)
OTHER = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*", "plan"], "threat": ["crisis"], "calm": ["quiet"]})
TARGETS = fa.extend.lexicon_from_mapping({"Hurd": ["hurd"], "Aldwick": ["aldwick"]})
PAIR = fa.compare.Pair(focus="North", reference="South")

N_ARTICLES = 36
SUBJECTS = ("Anna Hurd", "ANNA HURD", "Mr Hurd", "the Aldwick council", "the ALDWICK council", "Li Wen", "the port")
VERBS = ("looked weak on", "failed in", "was not weak in", "faced a crisis over", "saw danger in", "stayed quiet about")
THINGS = ("the budget", "the old harbour", "the strike", "the plan for Port Sela", "the long talks")
SAYS = ("said an aide", "Li Wen said", "according to Anna Hurd", "the council told reporters")


def made_articles() -> pd.DataFrame:
    """Return articles with ties everywhere: names in two spellings, equal counts, events that several outlets report."""
    rng = np.random.default_rng(4)

    def sentence() -> str:
        said = (
            f" “It is {rng.choice(['weak', 'a crisis', 'quiet'])},” {rng.choice(SAYS)}." if rng.random() < 0.4 else ""
        )
        return f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(THINGS)}.{said}"

    rows = []
    for number in range(N_ARTICLES):
        head = f"{rng.choice(SUBJECTS)} ‘{rng.choice(['weak', 'failing', 'in crisis'])}’ on {rng.choice(THINGS)}"
        paragraphs = [" ".join(sentence() for _ in range(rng.integers(1, 5))) for _ in range(rng.integers(2, 5))]
        rows.append(
            {
                "article_id": f"id-{(number * 17 + 5) % 101}", "outlet": ("North", "South", "East")[number % 3],
                "date": f"2025-0{1 + number % 4}-{10 + number % 15}", "headline": head, "body": "\n\n".join(paragraphs),
                "event_id": f"e{number // 3}" if number % 7 else None, "section": ("war", "town")[number // 3 % 2],
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def voices_coded(tokens: fa.Tokens) -> pd.DataFrame:
    """Return codings in which somebody says of every whole field that it is direct."""
    marked = read_in_full(tokens, every=1)
    return pd.concat(
        [marked.query("about == 'match'").assign(variable="voice", value="direct", end=marked["unit_end"]), marked]
    )


class Order:
    """The articles in one order, and what is made of them before a function is called."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self.corpus = fa.read(articles, boilerplate="keep")
        self.tokens = fa.tokenize(self.corpus)
        self.measure()

    def measure(self) -> None:
        """Make of the tokens what some functions are given besides."""
        self.hits = fa.find_hits(self.tokens, LEXICON, targets=TARGETS)
        self.elements = fa.compare.frame_elements(self.hits, self.tokens, of=["category", "voice"])
        self.vectors = fa.learn.train_vectors(self.tokens, min_count=2, n_dimensions=12)
        self.axes = Axes("small", "1", (Axis("weak", "quiet"),))


RESAMPLING = fa.Resampling(n_draws=200)
BCA = fa.Resampling(n_draws=200, method="bca", cluster="event_id")

# Tables that are one row a group, term or pair: these are compared as they are.
RESULTS = {
    "accuracy": lambda o: fa.accuracy(read_in_full(o.tokens), o.hits, by=["category", "outlet"], tokens=o.tokens, resampling=RESAMPLING),
    "accuracy_effect": lambda o: fa.extend.accuracy_effect(read_in_full(o.tokens), LEXICON, OTHER, o.tokens, resampling=RESAMPLING),
    "article_accuracy": lambda o: fa.validate.article_accuracy(whole_articles(o.tokens), o.hits, o.tokens, resampling=RESAMPLING),
    "dominant_accuracy": lambda o: fa.validate.dominant_accuracy(whole_articles(o.tokens), o.hits, o.tokens, resampling=RESAMPLING),
    "dominant_predictions": lambda o: fa.validate.dominant_predictions(whole_articles(o.tokens), o.hits, o.tokens),
    "dropping_entries": lambda o: fa.extend.dropping_entries(read_in_full(o.tokens), LEXICON, o.tokens, n=2, resampling=RESAMPLING),
    "search_precision": lambda o: fa.validate.search_precision(relevance(o.tokens), o.tokens, by="outlet", resampling=RESAMPLING),
    "variable_accuracy": lambda o: fa.validate.variable_accuracy(voices_coded(o.tokens), o.hits, "voice", by="voice", resampling=RESAMPLING),
    "variable_confusion": lambda o: fa.validate.variable_confusion(voices_coded(o.tokens), o.hits, "voice"),
    "worst_entries": lambda o: fa.validate.worst_entries(read_in_full(o.tokens), o.hits, resampling=RESAMPLING),
    "adjusted_ratios": lambda o: fa.compare.adjusted_ratios(o.hits, o.tokens, adjust_for=["section"]),
    "axis_words": lambda o: fa.learn.axis_words(o.tokens, o.vectors, o.axes, axis="weak–quiet"),
    "check_lexicon": lambda o: fa.check_lexicon(LEXICON, o.tokens),
    "compare_lexicons": lambda o: fa.compare_lexicons(LEXICON, OTHER, o.tokens).rates,
    "cooccurrence": lambda o: fa.compare.cooccurrence(o.hits, o.tokens, resampling=RESAMPLING),
    "corrected_rates": lambda o: fa.corrected_rates(o.hits, o.tokens, articles_as_found(o.tokens, o.hits), by=["outlet", "category"]),
    "describe": lambda o: fa.describe(o.corpus),
    "differences": lambda o: fa.differences(o.hits, o.tokens, PAIR, resampling=BCA),
    "divergence_rates": lambda o: fa.compare.divergence_rates(fa.divergence(o.hits, o.tokens)),
    "dominance_shares": lambda o: fa.compare.dominance_shares(fa.compare.dominant_frames(o.hits, o.tokens)),
    "frame_axes": lambda o: fa.learn.frame_axes(o.tokens, o.vectors, o.axes, resampling=RESAMPLING),
    "key_terms": lambda o: fa.extend.key_terms(o.tokens, LEXICON, "weakness"),
    "keyness": lambda o: fa.keyness(o.tokens, focus={"outlet": "North"}, reference="rest", ngrams=(1, 2)),
    "names": lambda o: fa.names(o.tokens),
    "paired": lambda o: fa.compare.paired(o.hits, o.tokens, PAIR, resampling=RESAMPLING),
    "rates": lambda o: fa.rates(o.hits, o.tokens, by=["outlet", "category"], resampling=BCA),
    "sample": lambda o: fa.sample(o.hits, o.tokens, n=60, by=["category", "voice", "outlet"], screen=["aide"], coders=2, overlap=20),
    "smooth_trend": lambda o: fa.compare.smooth_trend(o.hits, o.tokens, resampling=RESAMPLING),
    "specification_curve": lambda o: fa.compare.specification_curve(
        o.tokens,
        fa.compare.Finding(category="weakness", focus="North", reference="South"),
        fa.compare.Choices(lexicon={"l": LEXICON}),
        resampling=RESAMPLING,
    ),
    "standardised_rates": lambda o: fa.compare.standardised_rates(o.hits, o.tokens, strata=["section"], resampling=RESAMPLING),
    "suggest": lambda o: fa.suggest(o.tokens, LEXICON, "weakness", vectors=o.vectors),
    "tfidf": lambda o: fa.tfidf(o.tokens, by="outlet", ngrams=(1, 2)),
    "trends": lambda o: fa.trends(o.hits, o.tokens, by=["outlet", "category"], resampling=RESAMPLING),
    "try_entry": lambda o: fa.extend.try_entry(o.tokens, "weak*", lexicon=LEXICON, category="weakness").counts,
}  # fmt: skip
# Tables that list places of the corpus, in its order: these are compared after sorting by what names a row.
LISTS = {
    "disagreements": (lambda o: fa.validate.disagreements(of_two_coders(o.tokens), o.tokens), ["item", "variable"]),
    "codings_of_spans": (lambda o: read_in_full(o.tokens), ["item", "variable"]),
    "wrong_hits": (lambda o: fa.validate.wrong_hits(read_in_full(o.tokens), o.hits), ["article_id", "field", "start", "end", "category", "entry"]),
    "concordance": (lambda o: fa.concordance(o.tokens, "weak*"), ["article_id", "zone", "sentence", "left"]),
    "correction": (
        lambda o: fa.validate.correction(articles_as_found(o.tokens, o.hits), o.hits, o.tokens), ["unit_id", "category"],
    ),
    "divergence": (lambda o: fa.divergence(o.hits, o.tokens), ["article_id", "field", "category", "target", "negated"]),
    "dominant_frames": (lambda o: fa.compare.dominant_frames(o.hits, o.tokens), ["article_id"]),
    "find_hits": (lambda o: o.hits, ["article_id", "field", "start", "end", "category", "entry"]),
    "frame_elements": (lambda o: o.elements.articles, ["article_id"]),
    "frames_from_elements": (
        lambda o: fa.compare.frames_from_elements(o.elements, resampling=RESAMPLING, most_clusters=4).articles, ["article_id"],
    ),
    "hit_positions": (lambda o: fa.compare.hit_positions(o.hits, o.tokens), ["article_id", "word", "category"]),
    "polarity": (
        lambda o: fa.learn.polarity(o.tokens, TARGETS, hits=fa.find_hits(o.tokens, FRAMES, targets=TARGETS)), ["article_id", "field", "start"],
    ),
    "trace_quotes": (lambda o: fa.trace_quotes(o.tokens, hits=o.hits), ["article_id", "field", "start"]),
    "voices": (lambda o: fa.voices(o.tokens), ["article_id", "field", "start", "end"]),
}  # fmt: skip
# What takes a corpus, and gives no table of results or is tested elsewhere.
OTHERS = {
    "save_validation": "writes a file",
    "bundle": "writes a file that names the articles in their order",
    "check_bundle": "compares with a bundle; articles are told by their texts",
    "export": "writes a file",
    "find_duplicates": "the first copy in the order of the corpus is kept, which is its meaning",
    "find_events": "names events; its groups are tested in tests/reading",
    "item_texts": "a text an item, in the order of the sample",
    "log_variant": "writes a line for one corpus",
    "mend": "gives a corpus",
    "methods": "a paragraph of counts",
    "read_article": "of one article",
    "report": "writes a page",
    "require": "checks a corpus",
    "save_corpus": "writes a folder",
    "save_figure": "writes a figure",
    "sentences_of": "one sentence a hit, in the order of the hits",
    "tokenize": "gives tokens",
    "train_polarity": "takes mentions that people coded, in their order",
    "train_vectors": "its vectors are compared by what is measured with them",
    "with_events": "gives a corpus",
    "with_period": "gives tokens",
    "write_page": "writes a page of a sample",
    "write_sheet": "writes a workbook of a sample",
}


def orders() -> dict[str, pd.DataFrame]:
    articles = made_articles()
    return {
        "forwards": articles,
        "reversed": articles.iloc[::-1],
        "shuffled": articles.iloc[np.random.default_rng(8).permutation(len(articles))],
    }


@pytest.fixture(scope="module")
def made():
    return {name: Order(articles.reset_index(drop=True)) for name, articles in orders().items()}


def written(result) -> str:
    """Return a table, or all tables of a result, as CSV; floats with all their digits."""
    if is_dataclass(result):
        return "\n".join(f"{one.name}\n{written(getattr(result, one.name))}" for one in fields(result))
    return result.to_csv(index=False)


def test_every_public_function_of_a_corpus_has_a_case():
    of_a_corpus = {"tokens", "corpus", "articles", "hits", "pattern_or_hits", "table", "elements"}
    taking = {
        name
        for name, one in public_names(charts=False).items()
        if inspect.isfunction(one) and of_a_corpus & set(inspect.signature(one).parameters)
    }
    assert taking == set(RESULTS) | set(LISTS) | set(OTHERS)


@pytest.mark.parametrize("name", RESULTS)
def test_results_are_the_same_bytes(made, name):
    texts = {order: written(RESULTS[name](one)) for order, one in made.items()}
    assert texts["reversed"] == texts["forwards"]
    assert texts["shuffled"] == texts["forwards"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_the_same_bytes_after_sorting(made, name):
    call, keys = LISTS[name]
    texts = {}
    for order, one in made.items():
        table = call(one)
        texts[order] = written(table.sort_values(keys, kind="stable", key=lambda column: column.astype("str")))
    assert texts["reversed"] == texts["forwards"]
    assert texts["shuffled"] == texts["forwards"]


@pytest.mark.parametrize("table", ["clusters", "elements", "typical", "choice"])
def test_frames_from_elements_are_the_same_bytes(made, table):
    found = [
        getattr(fa.compare.frames_from_elements(one.elements, resampling=RESAMPLING, most_clusters=4), table)
        for one in made.values()
    ]
    assert written(found[0]) == written(found[1]) == written(found[2])
