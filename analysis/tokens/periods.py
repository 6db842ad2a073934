"""The period of each article, to group by."""

from dataclasses import replace

from analysis.tokens.tokens import Tokens

_MOST_MONTHS = 24


def with_period(tokens: Tokens) -> Tokens:
    """Return tokens whose articles have a column ``period``: ``2025-03``, or ``2025`` where they span over two years."""
    days = tokens.articles["date"]
    months = days.dt.strftime("%Y-%m")
    period = days.dt.strftime("%Y") if months.nunique() > _MOST_MONTHS else months
    return replace(tokens, articles=tokens.articles.assign(period=period.astype("str")))
