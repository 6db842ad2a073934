"""A corpus measured part by part, here or by the workers of a cluster, and how far that has come."""

from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from analysis.core.progress import progress
from analysis.tokens.tokens import Tokens
from analysis.tokens.workers import Client, from_workers

Given = TypeVar("Given")
Result = TypeVar("Result")


def in_parts(what: str, tokens: Tokens) -> Iterator[Tokens]:
    """Yield the parts of a corpus; where they take long, how far it has come and the time that is left are shown.

    Parameters
    ----------
    what : str
        What is done with each, such as ``"reading voices"``.
    tokens : Tokens
        The corpus.
    """
    with progress(what, total=len(tokens), unit=" words") as bar:
        for part in tokens.parts():
            yield part
            bar.update(len(part))


def by_token(
    what: str, tokens: Tokens, of_part: Callable[[Tokens], npt.NDArray[Any]], dtype: npt.DTypeLike
) -> npt.NDArray[Any]:
    """Return one value for each token of a corpus, made part by part: nothing else has a size of the whole.

    Parameters
    ----------
    what : str
        What is done with each part.
    tokens : Tokens
        The corpus.
    of_part : callable
        Takes a part, and returns the values of its tokens.
    dtype
        Of the values; a small one, since a corpus on disk may have a thousand million tokens.
    """
    values, first = np.empty(len(tokens), dtype), 0
    for part in in_parts(what, tokens):
        values[first : first + len(part)] = of_part(part)
        first += len(part)
    return values


def results_of_parts(
    what: str,
    tokens: Tokens,
    work: Callable[[Given, Tokens], Result],
    given: Given,
    *,
    done: Collection[int] = (),
    client: Client | None = None,
) -> Iterator[tuple[int, Result]]:
    """Yield the number of each part, and what `work` makes of it; in the order of the corpus, or with a client as they are ready.

    Parameters
    ----------
    what : str
        What is done with each, such as ``"finding hits"``.
    tokens : Tokens
        The corpus; with a client one on disk.
    work : callable
        Takes `given` and a part. For a client both are pickled, and so is what it returns; a part is pickled as path and number.
    given
        What `work` needs for every part, such as a lexicon.
    done : collection of int
        Parts to leave out.
    client : Client, optional
        By which parts are handed to workers. See `analysis.tokens.workers`.

    Raises
    ------
    ClusterError
        As `analysis.tokens.workers.from_workers` does.
    """
    parts = {number: part for number, part in enumerate(tokens.parts()) if number not in done}
    lengths = {number: len(part) for number, part in parts.items()}
    results = _here(work, given, parts) if client is None else from_workers(client, work, given, parts)
    with progress(what, total=len(tokens), unit=" words") as bar:
        bar.update(len(tokens) - sum(lengths.values()))
        for number, result in results:
            yield number, result
            bar.update(lengths[number])


def _here(
    work: Callable[[Given, Tokens], Result], given: Given, parts: dict[int, Tokens]
) -> Iterator[tuple[int, Result]]:
    for number in [*parts]:
        yield number, work(given, parts.pop(number))  # what was read of a part goes with it
