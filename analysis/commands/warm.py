"""Compile what a user's first measurement would wait for, and say what is being compiled."""

import argparse
import sys
import time
import warnings
from collections.abc import Callable, Iterator

import pandas as pd
from tqdm import tqdm

import analysis as fa
from analysis.core.shipped import shipped
from analysis.tokens.compiling import n_compiled
from analysis.tokens.encoding import encode
from analysis.tokens.type_table import empty_type_table, merge

# Results are thrown away: what counts is that each function is called with the kinds of arrays that a corpus gives it.
_PARAGRAPHS = (
    "“We will not accept these weak promises of the council,” Mayor Anna Hurd told reporters on Tuesday.",
    "The mayor said talks on the crisis would go on. Critics called the plan ‘hostile’, and an aide of Hurd was not optimistic.",
    "According to residents, the failing council has lost the trust of voters; Hurd denied that it was in danger.",
)


def warm(_: argparse.Namespace) -> int:
    """Call each compiled function once; where all is in the cache, this takes a few seconds."""
    begin, before = time.perf_counter(), n_compiled()
    for part, work in tqdm(list(_works()), desc="compiling", unit="part", disable=None):
        tqdm.write(f"compiling for {part}", file=sys.stderr)
        work()
    seconds, n = time.perf_counter() - begin, n_compiled() - before
    sys.stdout.write(
        f"{n} functions compiled in {seconds:.0f} s; later runs read them from the cache\n"
        if n
        else "all is compiled\n"
    )
    return 0


def _works() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each part of the work, by the name of what a user does."""
    frames = fa.read_lexicon(shipped("frames.yml"))
    tokens = encode(_articles())
    hits = pd.DataFrame()

    def find() -> None:
        nonlocal hits
        hits = fa.find_hits(tokens, frames, targets=fa.extend.lexicon_from_mapping({"Hurd": ["hurd"]}))

    yield "words", lambda: (tokens.sentence_starts, merge(empty_type_table(), empty_type_table()))
    yield "hits, with voices, targets and negation", find
    yield "voices", lambda: fa.voices(tokens)
    yield "concordances", lambda: fa.concordance(tokens, "weak")
    yield "names and quotations traced", lambda: (fa.names(tokens), fa.trace_quotes(tokens, hits=hits))
    yield "words by outlet", lambda: (fa.tfidf(tokens, by="outlet"), _keyness(tokens))
    yield "word vectors", lambda: fa.learn.train_vectors(tokens, min_count=2, n_dimensions=2)


def _keyness(tokens: fa.Tokens) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of so few words
        return fa.keyness(tokens, focus={"outlet": "A", "voice": "narrator"})


def _articles() -> pd.DataFrame:
    """Return two articles, by different outlets, with a quotation in common."""
    table = pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "date": ["2024-01-01", "2024-01-02"],
            "headline": ["Hurd ‘not weak’, says aide", "Council in crisis"],
            "body": ["\n\n".join(_PARAGRAPHS[:2]), "\n\n".join(_PARAGRAPHS[::2])],
        }
    )
    return fa.read(table).articles
