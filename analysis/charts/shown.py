"""What a figure shows, in words made from its table and from what is drawn: the measure, the groups, the choices, how many articles.

No word here is about one corpus or one lexicon, so a figure that is drawn anew with other categories or outlets says so of itself.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.effects import several
from analysis.charts.labels import label, texts_of
from analysis.charts.names import possible_names, with_names
from analysis.charts.numbers import number, period_name, period_names
from analysis.counting.by import HIT_COLUMNS

_MOST_NAMED = 4
# By the column that a chart is about, which is the label of its figure.
_MEASURES = {
    "rate_per_1000": "Hits per 1,000 words",
    "rate_per_1000_after": "Hits per 1,000 words (before and after an edit of the lexicon)",
    "standardised_rate_per_1000": "Hits per 1,000 words (raw and standardised)",
    "adjusted_ratio": "Ratios of rates (raw and adjusted)",
    "difference_per_1000": "Differences in hits per 1,000 words",
    "share": "Shares of the frames of headlines and standfirsts",
    "n_hits": "Hits",
    "position": "Places of the hits in their articles",
    "n_articles": "Articles",
    "words_median": "Words an article",
    "score": "Keyness of terms",
    "tfidf": "Terms with the highest TF-IDF weight",
    "bias": "Bias of the words on frame axes",
    "intensity": "Intensity of the words on frame axes",
    "corrected_rate_per_1000": "Hits per 1,000 words (as counted and as corrected by codings)",
    "precision": "Precision: the share of hits that coders find right",
    "estimate": "Agreement of coders",
    "f1": "Precision, recall and F1 of codings by a classifier",
    "": "Elements that the articles of a cluster share",
}
# Columns of groups that have other words than their names; one word and several.
_WORDS = {
    "zone": ("part of the article", "parts of the article"),
    "status": ("what the body says", "what the body says"),
    "focus": ("outlet", "compared"),
    "target": ("target", "targets drawn"),  # the list of targets has a sentence of its own
}
# What a table says of its choices, where the chart makes no sense without; by its name in attrs.
_CHOICES = {
    "finding": "Finding",
    "n_specifications": "Specifications",
    "measure": "Measure",
    "focus": "Focus",
    "n_articles_focus": "Articles of the focus",
    "reference": "Reference",
    "n_articles_reference": "Articles of the reference",
    "standardised_by": "Standardised by",
    "adjusted_for": "Adjusted for",
    "n_coded": "Coded texts",
}
_DAYS = {"year": "%Y", "month": "%Y-%m"}  # how the first day of a period is written; of others, such as weeks, as a day
_PERIOD = re.compile(r"\d{4}(-Q\d|-W?\d\d(-\d\d)?)?")
_NO_GROUPS = frozenset("reason reference negative positive text article_id first_day last_day period_middle".split())
_IN_THE_MEASURE = ("term", "element")  # its words name them already
# Drawn as other words than stand in the table: the two ends of an axis, a status as a sentence.
_DRAWN_IN_OTHER_WORDS = ("axis", "status")
# These do not part articles: one article has hits of several.
_WITHIN_ARTICLES = {*HIT_COLUMNS, "zone", "axis", "status", "element", "label", "focus", "term", "cluster"}


def shown_sentences(figure: Figure, table: pd.DataFrame) -> list[str]:
    """Return what a figure shows, one sentence each: the measure by which groups, the groups, the choices, and how many articles.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What a chart function returned. A group is drawn where the figure has a text that begins with its name.
    table : pandas.DataFrame
        The table that it shows.
    """
    drawn = _drawn_groups(figure, table)
    named_attrs = with_names(table)[0].attrs
    counted = named_attrs.get("categories", []) if "category" not in drawn else []
    measure = str(figure.get_label())
    named = _MEASURES.get(measure, measure.replace("_", " ").capitalize()).replace("1,000", number(1000))
    by = [_words_of(column, table)[0] for column in drawn if column not in _IN_THE_MEASURE]
    return [
        f"{named}{' by ' if by else ''}{_joined(by)}.",
        *(f"{_capital(_words_of(column, table)[1])}: {said}." for column, said in drawn.items() if said),
        *([f"Categories: {_named(counted, of=len(counted))}."] if counted else []),
        *(
            f"{words}: {_written(value)}."
            for name, words in _CHOICES.items()
            if (value := _choice(table, named_attrs, name)) != ""
        ),
        *_articles(table, [column for column in _groups(table) if column not in _WITHIN_ARTICLES]),
    ]


def _groups(table: pd.DataFrame) -> list[str]:
    """Return the columns of the table that name groups."""
    plain = pd.api.types.is_numeric_dtype
    return [str(name) for name in table.columns if name not in _NO_GROUPS and not plain(table[name].dtype)]


def _drawn_groups(figure: Figure, table: pd.DataFrame) -> dict[str, str]:
    """Return the columns whose groups are drawn, each with the groups in words."""
    lines = {_plain(line) for text in texts_of(figure) for line in (text.get_text(), *text.get_text().split("\n"))}
    # "lead and body" is one panel of two zones.
    texts = lines | {part for line in lines for part in line.split(" and ")}
    said = {}
    for column in _groups(table):
        known = table[column].dropna()
        if pd.api.types.is_datetime64_any_dtype(known.dtype):
            said[column] = _range(known.dt.strftime(_DAYS.get(str(table.attrs.get("period")), "%Y-%m-%d")))
            continue
        values = [value for value in known.astype("str").drop_duplicates() if value]
        drawn = [name for value in values if (name := _drawn_name(texts, _possible(table, column, value)))]
        if column in _DRAWN_IN_OTHER_WORDS:
            drawn = drawn or _measured(table, column, str(figure.get_label()))
        if drawn:
            said[column] = _range(known.astype("str")) if _is_time(values) else _named(drawn, of=len(values))
    return said


def _plain(text: str) -> str:
    """Return a text as it is compared: an underline is a space, the case does not count."""
    return " ".join(text.replace("_", " ").casefold().split())


def _stands_in(texts: set[str], value: str) -> bool:
    """Whether one of the texts is the value, or begins with it: "Courier (n = 12)", "nobody, no target found"."""
    return any(text == value or text.startswith((f"{value} (", f"{value}, ")) for text in texts)


def _possible(table: pd.DataFrame, column: str, value: str) -> dict[str, str]:
    """Return every text that may be drawn for a value, each with what a sentence says in its place."""
    periods = period_names(value) if _is_time([value]) else set()
    return dict.fromkeys(periods, value) | possible_names(table, column, value)


def _drawn_name(texts: set[str], names: Mapping[str, str]) -> str:
    """Return what a sentence says of a value that is drawn by one of its names, "" of one that is not drawn."""
    return next((said for name, said in names.items() if _stands_in(texts, _plain(label(name)))), "")


def _measured(table: pd.DataFrame, column: str, measure: str) -> list[str]:
    """Return the groups that have a value of the measure."""
    known = table[table[measure].notna()] if measure in table else table
    return known[column].dropna().astype("str").drop_duplicates().tolist()


def _is_time(values: Sequence[str]) -> bool:
    """Whether every value is a period, such as 2025, 2025-03, 2025-Q1 or 2025-03-01: an axis names only some of them."""
    return all(_PERIOD.fullmatch(value) for value in values)


def _range(periods: pd.Series) -> str:
    return " to ".join(dict.fromkeys(map(period_name, (str(periods.min()), str(periods.max())))))


def _named(drawn: Sequence[str], *, of: int) -> str:
    """Return a few groups by name, many by number, and of how many they are where not all are drawn."""
    if len(drawn) > _MOST_NAMED:
        return number(len(drawn)) + (f" of {number(of)}" if len(drawn) < of else "")
    names = _joined(list(map(label, drawn)))
    return names + (f" ({number(len(drawn))} of {number(of)})" if len(drawn) < of else "")


def _articles(table: pd.DataFrame, columns: list[str]) -> list[str]:
    """Say how many articles the table is about, where it tells; of all articles of the corpus the origin speaks."""
    if "article_id" in table:
        n = int(table["article_id"].nunique())
    elif columns and "n_articles" in table and "term" not in table:
        n = int(table.groupby(columns, observed=True, dropna=False)["n_articles"].max().sum())
    else:
        return []
    in_all = table.attrs.get("corpus_articles")
    if in_all is None:
        return [f"Articles: {number(n)}."]
    return [f"Articles: {number(n)} of {number(in_all)}."] if n < in_all else []


def _choice(table: pd.DataFrame, attrs: Mapping[Any, Any], name: str) -> object:
    """Return a choice that the table says of itself, in its attrs or as the one value of a column; "" where it says none."""
    if name in attrs:
        return attrs[name]
    same = set(table[name].dropna()) if name == "reference" and name in table else set()
    return same.pop() if len(same) == 1 else ""


def _words_of(column: str, table: pd.DataFrame) -> tuple[str, str]:
    """Return what a column of groups is called, one group and several."""
    if column in _WORDS:
        return _WORDS[column]
    if column == "period_start":
        column = str(table.attrs.get("period", "period"))
    return column.replace("_", " "), several(column)


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _written(value: object) -> str:
    if isinstance(value, int):
        return number(value)
    return label(value, longest=90).replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
