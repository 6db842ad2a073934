"""The arithmetic between articles and their fields, which lie in one row: headline, standfirst and body of an article, then of the next."""

from typing import Any

from numba.extending import register_jitable

from analysis.core.schema import TEXT_FIELDS

N_FIELDS = len(TEXT_FIELDS)
HEADLINE, BODY = (TEXT_FIELDS.index(name) for name in ("headline", "body"))  # what stands before the body heads it


@register_jitable
def article_of(fields: Any) -> Any:
    """Return the row of the article that a field, or each of several, belongs to."""
    return fields // N_FIELDS


@register_jitable
def column_of(fields: Any) -> Any:
    """Return the place in ``TEXT_FIELDS`` of a field, or of each of several."""
    return fields % N_FIELDS


@register_jitable
def field_of(articles: Any, columns: Any) -> Any:
    """Return the field of an article that is in a column of texts, given by its place in ``TEXT_FIELDS``."""
    return articles * N_FIELDS + columns
