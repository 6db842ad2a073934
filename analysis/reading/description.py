"""What is in a corpus: articles by outlet and month, lengths, what is missing, copies, events, languages and cuts."""

import re
from dataclasses import dataclass, fields

import pandas as pd

from analysis.core.fingerprint import corpus_facts, corpus_hash
from analysis.core.origin import with_origin
from analysis.core.schema import TABLES, TEXT_FIELDS
from analysis.reading.given import CorpusLike, corpus_of

_COLUMNS = ("outlet", "date", *TEXT_FIELDS, "url", "byline", "section")
_SAMPLE = 2_000  # characters that are enough to tell a language
# py3langid 0.4.0 on runs of words from 40 sentences of ours (ten each in English, German, French and Spanish; tests/reading/test_description.py
# has some of them): right for 29% of single words, 73% of two, 92% of three, 96% of four, 98% of five and six, and for all from seven on.
_FEWEST_WORDS = 7
# Words of English; those that others share (Dutch "of" and "was", German "was", Spanish "has") are seldom there. Where one word in sixteen is one of
# them, the model, which takes most of a second to unpack, has nothing to add: it said nothing else of 3,000 US articles, 1 of which has fewer.
_ENGLISH = frozenset("the of and that with was have has this from which their were been would".split())
_ENGLISH_SHARE = 1 / 16
# Scripts that put no spaces between words: each character counts as one.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Description:
    """Tables that say what a corpus holds.

    Attributes
    ----------
    by_outlet : pandas.DataFrame
        ``outlet``, ``n_articles``, ``first_day``, ``last_day``, ``words_median`` with ``words_low`` and ``words_high`` (5th and 95th
        percentile; words are what white space parts, all fields together).
    by_month : pandas.DataFrame
        ``month``, ``outlet``, ``n_articles``; months without an article have no row, articles without a date are in `missing`.
    missing : pandas.DataFrame
        ``column``, ``n_missing`` and ``share_missing`` (0 to 1).
    duplicates : pandas.DataFrame
        ``kind`` (exact, near, update), ``n_groups`` and ``n_articles`` beside the first of each group.
    events : pandas.DataFrame
        ``n_outlets``, ``n_events``, ``n_articles``: events by the number of outlets that report them; empty without ``event_id``.
    languages : pandas.DataFrame
        ``language`` (ISO 639-1, guessed from the text; "(too short)" for fewer than seven words, of which a guess is often wrong;
        "(no text)"), ``n_articles``.
    cuts : pandas.DataFrame
        ``rule``, ``n_passages``, ``n_articles``, ``n_characters``.
    """

    by_outlet: pd.DataFrame
    by_month: pd.DataFrame
    missing: pd.DataFrame
    duplicates: pd.DataFrame
    events: pd.DataFrame
    languages: pd.DataFrame
    cuts: pd.DataFrame

    def __repr__(self) -> str:
        tables = ((name.name, getattr(self, name.name)) for name in fields(self))
        return "\n\n".join(
            f"{name}\n{table.to_string(index=False) if len(table) else 'none'}" for name, table in tables
        )


def describe(corpus: CorpusLike) -> Description:
    """Return tables that say what `corpus` holds; their ``attrs`` name it."""
    corpus = corpus_of("describe(corpus)", corpus)
    articles = corpus.articles
    description = Description(
        by_outlet=_by_outlet(articles),
        by_month=_by_month(articles),
        missing=_missing(articles),
        duplicates=_duplicates(articles),
        events=_events(articles),
        languages=languages(articles),
        cuts=_cuts(corpus.removed),
    )
    origin = {"corpus_hash": corpus_hash(articles), **corpus_facts(articles)}
    for field in fields(description):
        with_origin(getattr(description, field.name), origin)
    return description


def _by_outlet(articles: pd.DataFrame) -> pd.DataFrame:
    n_words = sum(articles[field].str.count(r"\S+") for field in TEXT_FIELDS)
    outlets = articles["outlet"].fillna("(none)")
    lengths = pd.Series(n_words, index=articles.index).groupby(outlets)
    days = articles.groupby(outlets)["date"]
    table = pd.DataFrame(
        {
            "n_articles": lengths.size(),
            "first_day": days.min(),
            "last_day": days.max(),
            "words_median": lengths.median(),
            "words_low": lengths.quantile(0.05),
            "words_high": lengths.quantile(0.95),
        }
    )
    return table.sort_values("n_articles", ascending=False, kind="stable").rename_axis("outlet").reset_index()


def _by_month(articles: pd.DataFrame) -> pd.DataFrame:
    dated = articles.loc[articles["date"].notna(), ["date", "outlet"]]
    months = dated["date"].dt.strftime("%Y-%m").rename("month")
    return dated.groupby([months, dated["outlet"].fillna("(none)")]).size().rename("n_articles").reset_index()


def _missing(articles: pd.DataFrame) -> pd.DataFrame:
    n_missing = [int((articles[column].isna() | (articles[column].astype("str") == "")).sum()) for column in _COLUMNS]
    table = pd.DataFrame({"column": _COLUMNS, "n_missing": n_missing})
    return table.assign(share_missing=table["n_missing"] / max(len(articles), 1))


def _duplicates(articles: pd.DataFrame) -> pd.DataFrame:
    if "duplicate_group" not in articles:
        return TABLES["COPIES"].empty()
    others = articles[articles["duplicate_group"].notna() & (articles["duplicate_group"] != articles["article_id"])]
    table = others.groupby("duplicate_kind").agg(
        n_groups=("duplicate_group", "nunique"), n_articles=("article_id", "size")
    )
    return table.rename_axis("kind").reset_index()


def _events(articles: pd.DataFrame) -> pd.DataFrame:
    if "event_id" not in articles:
        return TABLES["EVENTS_BY_OUTLETS"].empty()
    events = articles.groupby("event_id").agg(n_outlets=("outlet", "nunique"), n_articles=("article_id", "size"))
    table = events.groupby("n_outlets").agg(n_events=("n_articles", "size"), n_articles=("n_articles", "sum"))
    return table.reset_index()


def languages(articles: pd.DataFrame) -> pd.DataFrame:
    """Return in which languages articles are written, by number of articles; see `Description`."""
    guessed = guessed_languages(articles)
    table = guessed.value_counts().rename_axis("language").rename("n_articles").reset_index()
    return table.sort_values(["n_articles", "language"], ascending=[False, True], ignore_index=True)


def guessed_languages(articles: pd.DataFrame) -> pd.Series:
    """Return the language of each article as its first words tell it: ISO 639-1, "(too short)" or "(no text)"."""
    # The beginning of each text, so that the texts of a corpus on disk stay there.
    first = articles["headline"] + " " + articles["body"].str.slice(0, _SAMPLE)
    return first.str.slice(0, _SAMPLE).map(_language)


def _language(text: str) -> str:
    if not text.strip():
        return "(no text)"
    words = _WORD.findall(text.lower())
    if len(words) < _FEWEST_WORDS:
        return "(too short)"
    if sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    # py3langid loads a model of its own, which nothing else needs.
    from py3langid import langid

    return str(langid.classify(text)[0])


def _cuts(removed: pd.DataFrame) -> pd.DataFrame:
    if removed.empty:
        return TABLES["CUTS"].empty()
    table = removed.groupby("rule").agg(
        n_passages=("text", "size"),
        n_articles=("article_id", "nunique"),
        n_characters=("text", lambda texts: int(texts.str.len().sum())),
    )
    return table.sort_values("n_passages", ascending=False, kind="stable").reset_index()
