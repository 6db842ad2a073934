"""The period of each article, to group by."""

import pandas as pd

from analysis.counting.ratios import FEWEST_ARTICLES
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

# ISO 8601: weeks begin on Monday, and the first of a year holds its first Thursday. Python has no sign for the quarter.
PERIODS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "quarter": "%Y-Q", "year": "%Y"}
_FROM_FINE_TO_COARSE = ("month", "quarter", "year")
_MOST = 24


def periods_of(days: pd.Series, period: str) -> pd.Series:
    """Return the name of the period of each day, such as ``2025-03`` for a month or ``2025-Q1``; missing where the day is."""
    names: pd.Series = days.dt.strftime(PERIODS[period]).astype("str")
    return names + days.dt.quarter.astype("Int64").astype("str") if period == "quarter" else names


def length_of(period: str) -> str:
    """Return whether a period of `with_period` is a ``month``, a ``quarter`` or a ``year``, by its name."""
    return "quarter" if "Q" in period else "year" if len(period) == len("2025") else "month"


def with_period(tokens: TokensLike) -> Tokens:
    """Return tokens whose articles have a column ``period``: their month, ``2025-03``, if most months have articles enough to compare.

    Where half of the months have fewer than five articles, or they are more than 24, it is the quarter, ``2025-Q1``, and where that
    holds of the quarters, the year.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"date": ["2025-01-10", "2025-03-04"] * 5, "body": ["Hurd is weak.", "Hurd stays on."] * 5})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> fa.compare.with_period(tokens).articles["period"].unique().tolist()
    ['2025-01', '2025-03']
    """
    tokens = tokens_of("with_period(tokens)", tokens)
    days = tokens.articles["date"]
    for name in _FROM_FINE_TO_COARSE:
        period = periods_of(days, name)
        n_articles = period.value_counts()
        if len(n_articles) <= _MOST and n_articles.median() >= FEWEST_ARTICLES:
            break
    return tokens.with_articles(tokens.articles.assign(period=period))
