"""What a function was given in the place of a corpus or of tokens: paths, tables of articles and a Corpus are all read here."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from analysis.core.errors import CorpusError, SchemaError
from analysis.core.schema import ARTICLES, declared_as, kind_of
from analysis.reading.corpus import Corpus, read
from analysis.reading.saving import StoredCorpus, corpus_on_disk
from analysis.tokens.encoding import encode, encoded_again
from analysis.tokens.layout import is_store
from analysis.tokens.store import StoredTokens, open_corpus
from analysis.tokens.tokens import Tokens

CorpusLike: TypeAlias = Corpus | StoredTokens | pd.DataFrame | str | Path | Sequence[str | Path]
TokensLike: TypeAlias = Tokens | CorpusLike

_LOG = logging.getLogger(__name__)


def corpus_of(call: str, given: CorpusLike, *, place: str = "corpus") -> Corpus:
    """Return a corpus as it is, or read it: from files and folders, or from a table of articles.

    ARTICLES, as `analysis.read` returned them, are taken as they are; of other tables boilerplate is cut, as `analysis.read` does.

    Parameters
    ----------
    call : str
        How the public function is called, for errors: ``report(corpus, lexicon, path)``.
    given : Corpus, pandas.DataFrame, path or list of paths
        What the caller gave.
    place : str
        What it stands in the place of, for errors.

    Raises
    ------
    CorpusError
        When it is none of these, or cannot be read.
    """
    if isinstance(given, Corpus):
        return given
    if isinstance(given, StoredTokens) or is_store(given):
        return corpus_on_disk(given if isinstance(given, StoredTokens) else open_corpus(given))
    if isinstance(given, pd.DataFrame) and declared_as(given) in (None, ARTICLES):
        return read(given, boilerplate="keep" if _is_articles(given) else "cut")
    if isinstance(given, str | Path) or (isinstance(given, list | tuple) and _are_paths(given)):
        return _told_of_rejections(call, read(given))
    maker = "fa.tokenize(corpus)" if place == "tokens" else "fa.read(paths)"
    raise CorpusError(
        f"{call}: found {kind_of(given)} in the place of the {place}; give what {maker} returns, a path of articles, or a table of them"
    )


def tokens_of(call: str, given: TokensLike) -> Tokens:
    """Return tokens as they are, or encode what `corpus_of` makes a corpus of; raises as that does."""
    return given if isinstance(given, Tokens) else _encoded(corpus_of(call, given, place="tokens"))


def _encoded(corpus: Corpus, *, threads: int | None = None) -> Tokens:
    """Return what reading encoded, or what lies on disk, while the corpus still has those texts; a changed table is encoded anew."""
    if isinstance(corpus, StoredCorpus) and corpus.articles is corpus.tokens.articles:
        return corpus.tokens
    return encoded_again(corpus.encoded, corpus.articles) or encode(corpus.articles, threads=threads)


def tokenize(corpus: TokensLike, *, threads: int | None = None) -> Tokens:
    """Return the corpus encoded once: every word as a type id, with its place and what stands around it.

    Words are the segments of Unicode's UAX #29 (version 15.0) that hold a letter or a digit, with two departures: a
    zero-width space does not cut a word, and a narrow no-break space (U+202F) does, except between two digits.
    The result does not depend on the number of threads.

    Parameters
    ----------
    corpus : Corpus, pandas.DataFrame, path or list of paths
        What `analysis.read` returns, or what it reads with its usual options: files, folders, a table of articles.
    threads : int, optional
        How many threads share the work; by default one a core.

    Returns
    -------
    Tokens
        The encoded corpus.

    Raises
    ------
    CorpusError
        When it is no corpus and nothing that can be read as one.

    References
    ----------
    Unicode Standard Annex #29, Unicode Text Segmentation, revision 41.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> tokens = fa.tokenize(fa.read(pd.DataFrame({"body": ["A far-right party. A right!"]})))
    >>> len(tokens)
    6
    >>> tokens.types
    ['A', 'far', 'right', 'party']
    >>> tokens.type_ids.tolist()
    [0, 1, 2, 3, 0, 2]
    """
    if isinstance(corpus, Tokens):
        return corpus if isinstance(corpus, StoredTokens) else encode(corpus.articles, threads=threads)
    return _encoded(corpus_of("tokenize(corpus)", corpus), threads=threads)


def _is_articles(table: pd.DataFrame) -> bool:
    try:
        ARTICLES.check(table)
    except SchemaError:
        return False
    return True


def _are_paths(given: Sequence[object]) -> bool:
    return bool(given) and all(isinstance(one, str | Path) for one in given)


def _told_of_rejections(call: str, corpus: Corpus) -> Corpus:
    """Return the corpus; that files of it were rejected is said, as nobody is going to look at `Corpus.rejected`."""
    n_rejected = len(corpus.rejected)
    if n_rejected:
        n_found = n_rejected + len(corpus.articles)
        _LOG.warning("%s: %d of %d articles were rejected; fa.read(…).rejected says why", call, n_rejected, n_found)
    return corpus
