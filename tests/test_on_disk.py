"""A corpus on disk, in parts of a few articles, gives every result that the same corpus in memory gives: values, types, categories, attrs.

No measure may ask for a value of every word of the whole corpus at once: `Places` stands for the arrays of words, and gives single places.

The cases are those of `test_order`, which fails where a public function of a corpus has none: so a new measure is tested here too.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from test_order import LEXICON, LISTS, RESULTS, TARGETS, Order, made_articles, written

import analysis as fa
from analysis.core.shipped import shipped
from analysis.reading.saving import corpus_on_disk

pytestmark = pytest.mark.slow  # runs every measure on two corpora

FRAMES = shipped("frames.yml")


def of_some_hits(o: Order, path: Path) -> bytes:
    """Return the report of more hits than its page holds."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("analysis.reports.held_hits.MOST_HITS", 50)
        changed.setattr("analysis.reports.evidence.HITS_PER_PART", 7)
        return fa.report(o.corpus, LEXICON, path / "r.html", targets=TARGETS).read_bytes()


CALLS = RESULTS | {name: call for name, (call, _) in LISTS.items()}
FURTHER = {
    "bundle": lambda o, path: fa.reproduce.bundle(o.corpus, FRAMES, path / "b.zip").read_bytes(),
    "report": lambda o, path: fa.report(o.corpus, LEXICON, path / "r.html", targets=TARGETS).read_bytes(),
    "report_of_some_hits": of_some_hits,
    "sentences_of": lambda o, _: fa.sentences_of(o.tokens, o.hits),
    "voice_words": lambda o, _: written(
        fa.keyness(o.tokens, focus={"voice": "direct"}, reference={"voice": "narrator"}, ngrams=(1, 3))
    ),
    "near": lambda o, _: written(
        fa.keyness(o.tokens, focus={"near": fa.compare.Near(TARGETS, "Hurd")}, reference="rest")
    ),
    "zone_words": lambda o, _: written(fa.keyness(o.tokens, focus={"zone": ["headline", "lead"]}, reference="rest")),
    "key_terms_of_a_zone": lambda o, _: written(
        fa.extend.key_terms(o.tokens, LEXICON, "weakness", within={"zone": "body"})
    ),
    "phrase": lambda o, _: [
        written(table)
        for one in [fa.extend.try_entry(o.tokens, "weak on")]
        for table in (one.types, one.counts, one.lines)
    ],
    "positions_of_few": lambda o, _: written(fa.compare.hit_positions(o.hits.iloc[::7], o.tokens)),
    "sentences_in_another_order": lambda o, _: fa.sentences_of(o.tokens, o.hits.iloc[::-1]),
    "with_period": lambda o, _: fa.compare.with_period(o.tokens).articles["period"].tolist(),
}


class Places:
    """An array of which single places can be asked for, and never all."""

    def __init__(self, array: np.ndarray) -> None:
        self._array = array

    def __getitem__(self, places):
        assert np.issubdtype(np.asarray(places).dtype, np.integer), "asked for the words of a whole corpus"
        return self._array[places]

    def __array__(self, *_, **__):
        raise AssertionError("asked for the words of a whole corpus")


class OnDisk(Order):
    """The same, of a corpus that was written to disk and opened."""

    def __init__(self, articles: pd.DataFrame, folder) -> None:
        saved = fa.save_corpus(fa.read(articles, boilerplate="keep"), folder / "c.framing", part_bytes=2500)
        self.tokens = fa.open_corpus(saved)
        self.corpus = corpus_on_disk(self.tokens)
        self.measure()
        for name in ("type_ids", "starts", "gaps"):
            self.tokens.__dict__[name] = Places(getattr(self.tokens, name))


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    articles = made_articles()
    return Order(articles), OnDisk(articles, tmp_path_factory.mktemp("store"))


def test_the_corpus_has_several_parts(both):
    assert len(list(both[1].tokens.parts())) > 6


@pytest.mark.parametrize("name", CALLS)
def test_results_are_the_same(both, name):
    in_memory, on_disk = (CALLS[name](one) for one in both)
    if isinstance(in_memory, pd.DataFrame):
        pd.testing.assert_frame_equal(in_memory, on_disk, check_exact=True)
        assert in_memory.attrs == on_disk.attrs
    assert written(in_memory) == written(on_disk)


@pytest.mark.parametrize("name", FURTHER)
def test_what_is_no_table_is_the_same(both, name, tmp_path):
    found = []
    for number, one in enumerate(both):
        (tmp_path / str(number)).mkdir()
        found.append(FURTHER[name](one, tmp_path / str(number)))
    assert found[0] == found[1]


def _mixed_languages(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with the first ten in French, and the last ten about nothing of the lexicon."""
    articles = articles.assign(language=["fr"] * 10 + ["en"] * (len(articles) - 10))
    articles.loc[26:, ["headline", "body"]] = "The port is open."
    return articles


@pytest.mark.parametrize("targets", [None, TARGETS, "mentions"])
def test_parts_in_another_language_and_parts_without_a_hit_change_nothing(tmp_path, targets):
    corpus = fa.read(_mixed_languages(made_articles()), boilerplate="keep")
    in_memory = fa.tokenize(corpus)
    on_disk = fa.open_corpus(fa.save_corpus(corpus, tmp_path / "c.framing", part_bytes=2500))
    if targets == "mentions":
        targets = fa.find_hits(in_memory, TARGETS)[["article_id", "field", "start", "end", "category"]]
        targets = targets.rename(columns={"category": "target"})
    tables = [fa.find_hits(tokens, LEXICON, targets=targets) for tokens in (in_memory, on_disk)]
    pd.testing.assert_frame_equal(*tables, check_exact=True)
    assert tables[0].attrs == tables[1].attrs
    for tokens in (in_memory, on_disk):
        assert fa.rates(tables[0], tokens, by=["outlet", "target"]).equals(
            fa.rates(tables[1], in_memory, by=["outlet", "target"])
        )


def test_a_mention_that_no_article_has_is_refused_from_disk_too(tmp_path):
    corpus = fa.read(made_articles(), boilerplate="keep")
    on_disk = fa.open_corpus(fa.save_corpus(corpus, tmp_path / "c.framing", part_bytes=2500))
    mentions = pd.DataFrame({"article_id": ["nobody's"], "field": ["body"], "start": [0], "end": [4], "target": ["X"]})
    with pytest.raises(fa.SchemaError, match=r"row 0: article_id \"nobody's\" is not known"):
        fa.find_hits(on_disk, LEXICON, targets=mentions)
