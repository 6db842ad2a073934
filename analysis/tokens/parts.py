"""A corpus measured part by part, and how far that has come."""

from collections.abc import Iterator

from analysis.core.progress import progress
from analysis.tokens.tokens import Tokens


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
