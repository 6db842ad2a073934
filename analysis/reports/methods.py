"""What a report says of its corpus and method, in sentences that can be cited."""

from importlib.metadata import version

import numpy as np
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.naming import n_of
from analysis.core.origin import Facts, fact
from analysis.lexicons import Lexicon
from analysis.reading.corpus import Corpus
from analysis.tokens.tokens import Tokens

_OVERLAP = (
    "within a category the leftmost and then the longest match counts, and categories do not hide one another "
    "(rule longest_within_category)"
)


def methods_paragraph(corpus: Corpus, tokens: Tokens, hits: pd.DataFrame, lexicon: Lexicon, interval: str) -> str:
    """Return the methods paragraph: corpus, cuts, copies, lexicon, token rule, and how rates and intervals are made.

    `interval` names the interval of the rates, and is "" where no rate is given.
    """
    attrs = hits.attrs
    sentences = [
        _corpus(corpus.articles, tokens),
        _left_out(corpus.rejected),
        _cuts(corpus.removed),
        _copies(corpus),
        f"Frames were found with the lexicon {lexicon.name}, version {lexicon.version} (hash {lexicon.hash}), which has "
        f"{n_of(len(lexicon.own_entries), 'entry', 'entries')} in {n_of(len(lexicon.categories), 'category', 'categories')}; "
        f"{_OVERLAP}.",
        f"Validation of the lexicon: {lexicon.validated}.",
        f"It gave {n_of(len(hits), 'hit')}.",
        _annotation(hits, str(attrs["targets"])),
        f"Rates are hits per 1,000 words; intervals are {interval}." if interval else _ONE,
        f"Software: media-framing-analysis {version('media-framing-analysis')}.",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def search_sentence(facts: Facts) -> str:
    """Return by which search the articles were found, as the codebook of codings says it; "" where it does not."""
    string, database, day = (str(facts.get(f"search_{name}", "")) for name in ("string", "database", "retrieved"))
    where, on = f" in {database}" if database else "", f" on {day}" if day else ""
    if string:
        return f"The articles were found{where}{on} with the search {string!r}."
    return f"The articles were retrieved{where or ' from a source that is not named'}{on}." if where or on else ""


def search_precision_sentence(search: pd.DataFrame) -> str:
    """Return which share of the articles belongs to the subject: a table SEARCH_PRECISION of all of them together, in words.

    Raises
    ------
    SchemaError
        When it has not one row.
    """
    if len(search) != 1:
        raise SchemaError(
            f"methods: search has {len(search)} rows; give that of all articles, fa.validate.search_precision(codings, tokens)"
        )
    row, unit = search.iloc[0], fact(search, "sample_unit")
    if not row["n_units"]:
        return ""
    bounds = [row["precision_low"], row["precision_high"]]
    interval = f" (95% interval {bounds[0]:.2f} to {bounds[1]:.2f})" if not np.isnan(bounds).any() else ""
    return (
        f"Of the articles, a share of {row['precision']:.2f}{interval} belongs to the subject, by {n_of(int(row['n_units']), unit)} that people "
        f"judged."
    )


_ONE = "With one article, counts are given with their sentences, and no rate is compared."


def _corpus(articles: pd.DataFrame, tokens: Tokens) -> str:
    n_outlets, days = articles["outlet"].nunique(), articles["date"].dropna()
    outlets = f" of {n_of(n_outlets, 'outlet')}" if n_outlets else ""
    span = f", published {_span(days)}" if len(days) else ""
    undated = len(articles) - len(days)
    without = f" ({n_of(undated, 'article')} without a date)" if undated and len(days) else ""
    return (
        f"The corpus holds {n_of(len(articles), 'article')}{outlets}{span}{without}, with {n_of(len(tokens), 'word')} "
        f"(headline, standfirst and body together; token rule {tokens.rule})."
    )


def _span(days: pd.Series) -> str:
    first, last = days.min(), days.max()
    return f"on {first:%Y-%m-%d}" if first == last else f"from {first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _left_out(rejected: pd.DataFrame) -> str:
    others = rejected[~_is_copy(rejected)]
    if others.empty:
        return "No article was left out as unreadable."
    return f"{n_of(len(others), 'article')} {_was(len(others))} left out: {_counted(others['reason'])}."


def _cuts(removed: pd.DataFrame) -> str:
    if removed.empty:
        return "No boilerplate passage was cut."
    n_articles = removed["article_id"].nunique()
    passages = f"{n_of(len(removed), 'boilerplate passage')} {_was(len(removed))} cut"
    return f"{passages} from {n_of(n_articles, 'article')}: {_counted(removed['rule'])}."


def _copies(corpus: Corpus) -> str:
    n_left_out = int(_is_copy(corpus.rejected).sum())
    kinds = corpus.articles.get("duplicate_kind", pd.Series(dtype="str"))
    groups = corpus.articles.get("duplicate_group", corpus.articles["article_id"])
    kept = kinds[(groups != corpus.articles["article_id"]) & groups.notna()]
    n_copies, n_updates = int(kept.isin(["exact", "near"]).sum()), int((kept == "update").sum())
    said = []
    if n_left_out:
        said.append(f"{n_of(n_left_out, 'copy', 'copies')} of other articles {_was(n_left_out)} left out.")
    if n_copies:
        said.append(f"{n_of(n_copies, 'copy', 'copies')} of other articles {_was(n_copies)} kept and counted.")
    if n_updates:
        said.append(f"{n_of(n_updates, 'updated version')} of a story {_was(n_updates)} kept and counted.")
    return " ".join(said) or "No article is a copy of another (duplicates: 0)."


def _is_copy(rejected: pd.DataFrame) -> pd.Series:
    return rejected["reason"].astype("str").str.startswith("a copy of article")


def _annotation(hits: pd.DataFrame, targets: str) -> str:
    if len(hits) and hits["voice"].isna().all():
        return "Voices, targets and negation are read in English text only, and were not read here."
    about = f"; targets: {targets}" if targets != "none" else "; no targets were given"
    said = f"what counts as said where no marks show it: {hits.attrs['strictness']}"
    return f"Voice, speaker and negation were read by rules for English ({said}){about}."


def _counted(values: pd.Series, most: int = 6) -> str:
    """Return the commonest values with their counts: "newsletter 5, related links 3"."""
    counts = values.astype("str").value_counts().sort_index().sort_values(ascending=False, kind="stable")
    listed = [f"{value} {n:,}" for value, n in counts.head(most).items()]
    return ", ".join([*listed, *([f"others {counts[most:].sum():,}"] if len(counts) > most else [])])


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def summary(corpus: Corpus, tokens: Tokens, hits: pd.DataFrame) -> list[tuple[str, str]]:
    """Return what the head of a report shows: names and values."""
    articles = corpus.articles
    days = articles["date"].dropna()
    return [
        ("articles", f"{len(articles):,}"),
        ("outlets", f"{articles['outlet'].nunique():,}" if articles["outlet"].notna().any() else "not stated"),
        ("published", _span(days).removeprefix("on ").removeprefix("from ") if len(days) else "not stated"),
        ("words", f"{len(tokens):,}"),
        ("hits", f"{len(hits):,}"),
        ("articles with a hit", f"{hits['article_id'].nunique():,}"),
    ]


def summary_of_one(tokens: Tokens, hits: pd.DataFrame) -> list[tuple[str, str]]:
    """Return what the head of a report of one article shows: names and values."""
    facts = [
        ("article", "1"),
        ("words", f"{len(tokens):,}"),
        ("hits", f"{len(hits):,}"),
        ("in headline or standfirst", f"{int((hits['field'] != 'body').sum()):,}"),
    ]
    if hits["voice"].notna().any():
        facts.append(("in the narrator's own voice", f"{int((hits['voice'] == 'narrator').sum()):,}"))
    return facts


def missing_fields(corpus: Corpus) -> list[str]:
    """Return one line for headline and standfirst where no article has one; what else is missing stands in corpus.notes."""
    articles = corpus.articles
    return [f"No article has a {field}." for field in ("headline", "standfirst") if (articles[field] == "").all()]
