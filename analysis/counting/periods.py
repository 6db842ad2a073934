"""The period of each article, to group by."""

from dataclasses import replace

import pandas as pd

from analysis.tokens.tokens import Tokens

# ISO 8601: weeks begin on Monday, and the first of a year holds its first Thursday.
PERIODS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
_MOST_MONTHS = 24


def periods_of(days: pd.Series, period: str) -> pd.Series:
    """Return the name of the period of each day, such as ``2025-03`` for a month; missing where the day is."""
    names: pd.Series = days.dt.strftime(PERIODS[period]).astype("str")
    return names


def with_period(tokens: Tokens) -> Tokens:
    """Return tokens whose articles have a column ``period``: ``2025-03``, or ``2025`` where they span over two years.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"date": ["2025-01-10", "2025-03-04"], "body": ["Hurd is weak.", "Hurd stays on."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> fa.compare.with_period(tokens).articles["period"].tolist()
    ['2025-01', '2025-03']
    """
    days = tokens.articles["date"]
    months = periods_of(days, "month")
    period = periods_of(days, "year") if months.nunique() > _MOST_MONTHS else months
    return replace(tokens, articles=tokens.articles.assign(period=period))
