"""What a question needs of a corpus, said in one sentence where the corpus lacks it."""

import pandas as pd

from analysis.core.errors import UnanswerableError
from analysis.reading.corpus import Corpus

_IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def require(corpus: Corpus, *, articles: int = 1, outlets: int = 0, days: int = 0, events: int = 0) -> None:
    """Return nothing if the corpus has what a question needs.

    Parameters
    ----------
    corpus : Corpus
        The corpus that the question is asked of.
    articles : int, default 1
        How many articles it must have at least.
    outlets : int, default 0
        How many outlets must be named.
    days : int, default 0
        On how many different days articles must have appeared.
    events : int, default 0
        How many events must be reported by two outlets or more, by the column ``event_id`` (see `with_events`).

    Raises
    ------
    UnanswerableError
        When one of them is fewer; the message says what is needed and what there is.
    """
    table = corpus.articles
    if len(table) < articles:
        raise _lack(_counted(articles, "article"), f"the corpus has {_found(len(table))}")
    named = sorted(set(table["outlet"].dropna()) - {""})
    if len(named) < outlets:
        found = f"the corpus has {_number(len(named))} ({', '.join(named)})" if named else "no article names its outlet"
        raise _lack(_counted(outlets, "outlet"), found)
    dates = table["date"].dropna().dt.strftime("%Y-%m-%d").unique()
    if len(dates) < days:
        found = (
            f"the corpus has {_number(len(dates))} ({', '.join(sorted(dates))})"
            if len(dates)
            else "no article has a date"
        )
        raise _lack(f"articles of {_counted(days, 'day')}", found)
    n_shared = _n_shared_events(table)
    if n_shared < events:
        raise _lack(f"{_counted(events, 'event')} that two outlets report", f"the corpus has {_found(n_shared)}")


def require_count(found: int, needed: int, what: str) -> None:
    """Return nothing if there are enough of what a question needs.

    Parameters
    ----------
    found, needed : int
        How many there are, and how many there must be.
    what : str
        What is counted, in the plural unless one is needed, such as ``"coded sentences"``.

    Raises
    ------
    UnanswerableError
        When `found` is less than `needed`.
    """
    if found < needed:
        there = f"there {'is' if found == 1 else 'are'} {_found(found)}"
        wanted = what if needed == 1 else f"{_number(needed)} {what}"
        raise UnanswerableError(f"this question needs {wanted}; {there}")


def _lack(needed: str, found: str) -> UnanswerableError:
    return UnanswerableError(f"this question needs {needed}; {found}")


def _number(n: int) -> str:
    return _IN_WORDS[n] if n < len(_IN_WORDS) else f"{n:,}"


def _found(n: int) -> str:
    return _number(n) if n else "none"


def _counted(n: int, noun: str) -> str:
    return f"{_number(n)} {noun}{'s' if n != 1 else ''}"


def _n_shared_events(articles: pd.DataFrame) -> int:
    if "event_id" not in articles:
        return 0
    return int((articles.groupby("event_id")["outlet"].nunique() > 1).sum())
