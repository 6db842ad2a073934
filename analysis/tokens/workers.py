"""Parts of a corpus on disk, handed to the workers of a cluster: a part that fails there is tried once more, alone, and then named.

A cluster counts the deaths of a worker against every task that waited on it, so a part that kills workers may take others with it.
Therefore what failed is tried again when all the rest is done, one part at a time.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from analysis.core.errors import ClusterError, CorpusError, FramingError
from analysis.tokens.tokens import Tokens

Given = TypeVar("Given")
Result = TypeVar("Result")

_PAUSE = 0.05  # seconds between two looks at what is ready
_AHEAD = 6  # parts that are on their way while one is waited for: each is in memory here, and what became of it where it was made


class Future(Protocol):
    """What is asked of a result that is to come; ``concurrent.futures.Future`` has it too."""

    def done(self) -> bool:
        """Return whether there is nothing to wait for: a result, an error, or neither any more."""

    def cancelled(self) -> bool:
        """Return whether nobody works on it any more, as where the scheduler is gone."""

    def exception(self) -> BaseException | None:
        """Return what it failed with, None where it did not."""


class Client(Protocol):
    """What is asked of the client of a cluster; ``distributed.Client`` of Dask is one."""

    def submit(self, function: Callable[..., Any], /, *args: Any, pure: bool) -> Any:
        """Have a worker call a function, and return a `Future`; one among the arguments stands for its result."""

    def gather(self, futures: list[Any], *, errors: str) -> list[Any]:
        """Return the results of some futures; with ``errors="skip"`` of those alone that have one."""


def from_workers(
    client: Client, work: Callable[[Given, Tokens], Result], given: Given, parts: Mapping[int, Tokens]
) -> Iterator[tuple[int, Result]]:
    """Yield the number of each part and what a worker made of it, as they are ready.

    Parameters
    ----------
    client : Client
        By which the workers are reached; they see the folder of the corpus by the same path, and have this package in the same version.
    work : callable
        Takes `given` and a part; a name of a module, so that it travels by name.
    given
        Handed to each worker once.
    parts : mapping of int to Tokens
        Parts of a corpus on disk by their number.

    Raises
    ------
    CorpusError
        When the corpus is in memory.
    FramingError
        What `work` raised of its own accord, as without a cluster.
    ClusterError
        When the scheduler is gone; or, after all others were yielded, naming the parts that no worker could do.
    """
    _refuse_what_cannot_travel(client, parts)
    handed = client.submit(_as_it_is, given, pure=False)
    waiting = {number: client.submit(work, handed, part, pure=False) for number, part in parts.items()}
    failed: dict[int, BaseException] = {}
    n_parts = len(parts)
    yield from _as_ready(client, waiting, failed, lambda n: f"{n:,} of {n_parts:,} parts")
    for number in [*failed]:
        del failed[number]
        again = client.submit(work, handed, parts[number], pure=False)
        yield from _as_ready(client, {number: again}, failed, lambda _: "a part that is tried once more")
    if failed:
        raise ClusterError(_set_aside(failed, parts))


def in_order_from_workers(
    client: Client, work: Callable[[Given], Result], parts: Iterable[Given], *, first: int
) -> Iterator[Result]:
    """Yield what workers made of each part, in their order; few parts are on their way at once.

    Parameters
    ----------
    client : Client
        By which the workers are reached; they have this package in the same version.
    work : callable
        Takes a part; a name of a module, so that it travels by name.
    parts : iterable
        Parts, which are pickled; each is asked for when it is its turn to travel.
    first : int
        How many parts of the corpus stand before them, for errors.

    Raises
    ------
    FramingError
        What `work` raised of its own accord, as without a cluster.
    ClusterError
        When the scheduler is gone; or when no worker could do a part, as the parts behind it need it.
    """
    _refuse_what_is_no_client(client)
    waiting = deque[tuple[int, Given, Any]]()
    for number, part in enumerate(parts, first + 1):
        waiting.append((number, part, client.submit(work, part, pure=False)))
        if len(waiting) >= _AHEAD:
            yield _result_of(client, work, *waiting.popleft())
    while waiting:
        yield _result_of(client, work, *waiting.popleft())


def _result_of(client: Client, work: Callable[[Given], Result], number: int, part: Given, future: Any) -> Result:
    """Return what a worker makes of a part, which is tried a second time where the first fails."""
    failed: dict[int, BaseException] = {}
    left = f"part {number:,} and those behind it"
    results = [*_as_ready(client, {number: future}, failed, lambda _: left)]
    if not results:
        again = client.submit(work, part, pure=False)
        results = [*_as_ready(client, {number: again}, failed, lambda _: left)]
    if not results:
        raise ClusterError(
            f"part {number:,} could not be done by the workers, the second time either: {_said(failed[number])}. The parts before it are "
            f"written, and the same call goes on from there: with workers that have more memory, or without a cluster"
        )
    made: Result = results[0][1]
    return made


def _refuse_what_is_no_client(client: object) -> None:
    if not (hasattr(client, "submit") and hasattr(client, "gather")):
        raise ClusterError(
            f"client: found {client!r}, which has no submit and gather; give a client of Dask: "
            f"distributed.Client('tcp://SCHEDULER:8786')"
        )


def _refuse_what_cannot_travel(client: object, parts: Mapping[int, Tokens]) -> None:
    _refuse_what_is_no_client(client)
    if any(part.whole is part for part in parts.values()):
        raise CorpusError(
            "client=…: this corpus is in memory, where no worker can read it; write it to a folder that all machines share, with "
            "fa.save_corpus(corpus, folder), and give fa.open_corpus(folder)"
        )


def _as_it_is(given: Given) -> Given:
    return given


def _as_ready(
    client: Client, waiting: dict[int, Any], failed: dict[int, BaseException], left: Callable[[int], str]
) -> Iterator[tuple[int, Any]]:
    """Yield number and result of what is ready, until nothing is waited for; note what failed with an error that is not ours.

    `left` says what is not done where so many are waited for.
    """
    while waiting:
        ready = [number for number, future in waiting.items() if future.done()]
        if not ready:
            time.sleep(_PAUSE)
        for number in ready:
            if waiting[number].cancelled():
                raise ClusterError(
                    f"the scheduler of the cluster is gone, or gave the work up, with {left(len(waiting))} not done; what is "
                    f"written to a folder (out=…) is kept: the same call goes on from there, with a new client or without one"
                )
            error = waiting[number].exception()
            if isinstance(error, FramingError):
                raise error
            if error is not None:
                failed[number] = error
                del waiting[number]
                continue
            for result in _gathered(client, waiting[number]):
                del waiting[number]  # before the result is used, so that the cluster need not keep it meanwhile
                yield number, result


def _gathered(client: Client, future: Any) -> list[Any]:
    """Return the result in a list, an empty one where it was lost since it was ready: the next look tells why."""
    try:
        return client.gather([future], errors="skip")
    except OSError:  # a connection that breaks
        return []


def _set_aside(failed: Mapping[int, BaseException], parts: Mapping[int, Tokens]) -> str:
    named = "\n".join(f"- {_named(number, parts[number])}: {_said(error)}" for number, error in failed.items())
    return (
        f"{len(failed):,} of {len(parts):,} parts could not be done by the workers, the second time alone, and are set aside:\n{named}\n"
        f"The others are done; what is written to a folder (out=…) is kept, and the same call tries these alone. Often a worker has too "
        f"little memory for a part: give it more, or encode the corpus in smaller parts (part_bytes)"
    )


def _named(number: int, part: Tokens) -> str:
    ids = part.articles["article_id"]
    return f"part {number + 1} ({len(ids):,} articles, {ids.iloc[0]!r} to {ids.iloc[-1]!r})" if len(ids) else "part 1"


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
