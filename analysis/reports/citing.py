"""What a paper cites: the methods paragraph of a result, and BibTeX of the software, the lexicon and what the methods rest on."""

import re
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.escaping import in_latex
from analysis.core.origin import fact
from analysis.hits.find import hits_of_one_lexicon
from analysis.lexicons import Lexicon
from analysis.reading.corpus import Corpus
from analysis.reports.methods import methods_paragraph, search_precision_sentence, search_sentence
from analysis.tokens.tokens import Tokens

_ENTRY = re.compile(r"^@\w+\{([\w-]+),\n.*?^\}$", re.DOTALL | re.MULTILINE)
_CORRECTION = "benjamini_hochberg"
_IN_A_KEY = re.compile(r"[^A-Za-z0-9-]+")


class _Rule(NamedTuple):
    """Which references a table needs whose fact of `name` in ``attrs`` begins with, or holds, `words`."""

    name: str
    words: str
    keys: tuple[str, ...]


_OF_FACTS = (
    _Rule("interval", "BCa", ("efron1987",)),
    _Rule("interval", "percentile", ("efron1993",)),
    _Rule("interval", "clusters of", ("field2007",)),
    _Rule("interval", "Wilson", ("wilson1927",)),
    _Rule("interval", "jackknife", ("korn1998",)),
    _Rule("model", "negative binomial", ("cameron2013",)),
    _Rule("standardised_by", "", ("fleiss2003",)),
    _Rule("smoothing", "kernel", ("wand1995",)),
    _Rule("clustering", "", ("matthes2008", "rousseeuw1987", "hennig2007")),
)
_OF_MEASURES = {
    "log_likelihood": "dunning1993", "log_likelihood_two_cells": "rayson2000", "log_odds": "monroe2008",
    "log_odds_informative": "monroe2008", "log_ratio": "hardie2014", "conservative_log_ratio": "evert2022", "simple_maths": "kilgarriff2009",
    "percent_difference": "gabrielatos2011",
}  # fmt: skip
_OF_COLUMNS = {
    "p_corrected": ("benjamini1995",), "adjusted_p_corrected": ("benjamini1995",), "dp_focus": ("gries2008", "juilland1964"),
    "pmi": ("church1990",), "bias": ("kwak2021", "levy2015"),
}  # fmt: skip


def methods(
    corpus: Corpus,
    tokens: Tokens,
    hits: pd.DataFrame,
    lexicon: Lexicon,
    table: pd.DataFrame,
    *,
    search: pd.DataFrame | None = None,
) -> str:
    """Return a methods paragraph to paste: corpus, cuts, copies, lexicon, rules, and how rates and intervals are made.

    It is the paragraph of the report (`analysis.report`), each number counted now.

    Parameters
    ----------
    corpus, tokens, hits, lexicon
        What the result was made of.
    table : pandas.DataFrame
        The rates, or any result with an interval, which the paragraph names. Of a result of codings it also names the search that made the
        corpus, if their codebook does.
    search : pandas.DataFrame, optional
        SEARCH_PRECISION of all articles together, as `analysis.validate.search_precision` makes it: how many of them belong to the subject.

    Raises
    ------
    SchemaError
        When `table` names no interval, is of other hits or another corpus, or `search` is of another corpus or has not one row.
    """
    hits_of_one_lexicon(hits, tokens)
    for name in ("corpus_hash", "lexicon_hash"):
        _refuse_other("table", table, hits, name)
    searched = [search_sentence(table.attrs)]
    if search is not None:
        _refuse_other("search", search, hits, "corpus_hash")
        searched = [search_sentence(table.attrs | search.attrs), search_precision_sentence(search)]
    paragraph = methods_paragraph(corpus, tokens, hits, lexicon, str(fact(table, "interval")))
    return " ".join(filter(None, [*searched, paragraph]))


def _refuse_other(called: str, table: pd.DataFrame, hits: pd.DataFrame, name: str) -> None:
    """Raise where a table is of another corpus or lexicon than the hits."""
    if fact(table, name) != fact(hits, name):
        raise SchemaError(
            f"methods: the {called} is of another {name.removesuffix('_hash')} ({fact(table, name)}) than the hits ({fact(hits, name)}); "
            f"give the hits that it was made of"
        )


def cite(*tables: pd.DataFrame, lexicon: Lexicon | None = None) -> str:
    """Return BibTeX to paste: the software, the lexicon, and the references of the methods behind the tables.

    Parameters
    ----------
    *tables : pandas.DataFrame
        Results, whose columns and ``attrs`` say by which methods they were made.
    lexicon : Lexicon, optional
        The lexicon; its sources stand in the note of its entry.

    Returns
    -------
    str
        Entries in UTF-8, each once, in the order of their keys after software and lexicon.

    Examples
    --------
    >>> import analysis as fa
    >>> print(fa.cite())  # doctest: +ELLIPSIS
    @misc{media-framing-analysis,
      author = {{The media framing analysis team}},
      title = {Media framing analysis},
      howpublished = {Computer software},
      note = {Version ...}
    }
    <BLANKLINE>
    """
    known = references()
    needed = sorted({key for table in tables for key in _needed(table)})
    entries = [_of_software(), *([_of_lexicon(lexicon)] if lexicon else []), *(known[key] for key in needed)]
    return "\n\n".join(entries) + "\n"


def references() -> dict[str, str]:
    """Return what the methods rest on: BibTeX entries by their keys."""
    text = Path(__file__).with_name("references.bib").read_text(encoding="utf-8")
    return {match[1]: match[0] for match in _ENTRY.finditer(text)}


def _needed(table: pd.DataFrame) -> list[str]:
    """Return the keys of what a table rests on."""
    of_facts = [
        key
        for rule in _OF_FACTS
        if rule.name in table.attrs and rule.words in str(table.attrs[rule.name])
        for key in rule.keys
    ]
    measure = _OF_MEASURES.get(str(table.attrs.get("measure", "")))
    of_columns = [key for name, keys in _OF_COLUMNS.items() if name in table.columns for key in keys]
    if table.attrs.get("correction", _CORRECTION) != _CORRECTION:  # of keyness, where it can be chosen
        of_columns = [key for key in of_columns if key != "benjamini1995"]
    # Shares of articles have exact intervals beside the t intervals of rates.
    exact = ["clopper1934"] if "korn1998" in of_facts and "share_of_articles" in table.columns else []
    return [*of_facts, *([measure] if measure else []), *of_columns, *exact]


def _of_software() -> str:
    return _entry(
        "media-framing-analysis",
        author="{The media framing analysis team}",
        title="Media framing analysis",
        howpublished="Computer software",
        note=f"Version {version('media-framing-analysis')}",
    )


def _of_lexicon(lexicon: Lexicon) -> str:
    title = ": ".join(filter(None, (lexicon.name, lexicon.description)))
    sources = " ".join(source if source.endswith(".") else f"{source}." for source in lexicon.sources)
    note = f"Version {lexicon.version}, hash {lexicon.hash}." + (f" Sources: {sources}" if sources else "")
    key = f"lexicon-{_IN_A_KEY.sub('-', lexicon.name)}"
    return _entry(key, title=in_latex(title), howpublished="Lexicon", note=in_latex(note))


def _entry(key: str, **fields: str) -> str:
    return f"@misc{{{key},\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items()) + "\n}"
