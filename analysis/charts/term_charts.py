"""The terms of two sides, or of each group, each beside its dot."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.effects import largest
from analysis.charts.labels import label
from analysis.charts.marks import HOLLOW, TEXT_SIZE, beside, dots
from analysis.charts.numbers import number
from analysis.charts.panels import Panels, panels
from analysis.charts.room import end_of_axis
from analysis.charts.style import ACCENT, BAND, chart
from analysis.core.origin import fact
from analysis.core.schema import TABLES

Array = npt.NDArray[np.int64]

_LEVEL = 0.05
_LINE_HEIGHT, _TITLE = 0.17, 0.35  # inches
_LONGEST = 28  # letters of a term: half of a panel


@chart(shows="score", table=TABLES["KEYNESS"].of("term", "score", "n_focus", "n_reference", "p_corrected"))
def keyness_dots(table: pd.DataFrame, *, n_terms: int = 15) -> Figure:
    """Return the terms most key to the focus and to the reference, each beside its dot, filled where p is below 0.05.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.keyness` returns, by a measure that is below 0 for the reference.
    n_terms : int
        How many terms a side.
    """
    focus, reference = (f"{side}: {label(fact(table, side), longest=60)}" for side in ("focus", "reference"))
    of_focus, of_reference = table[table["score"] > 0].head(n_terms), table[table["score"] < 0].tail(n_terms)[::-1]
    sides = ((of_focus, "n_focus"), (of_reference, "n_reference"))
    note = f"{_words(fact(table, 'measure'))}; in brackets: uses"
    made = _term_panels([focus, reference], n_terms, note=[note, _tested(table)], titles=[focus, reference])
    for axes, (cells, count) in zip(made.axes, sides, strict=True):
        is_filled = (cells["p_corrected"] < _LEVEL).to_numpy()
        _terms(axes, cells["score"].abs(), np.arange(len(cells)), _texts(cells, count), is_filled=is_filled)
    _leave_room(made, [(cells["score"].abs(), _texts(cells, count)) for cells, count in sides])
    return made.figure


@chart(shows="tfidf", table=TABLES["TFIDF"].of("rank", "term", "tfidf", "n_articles"))
def term_dots(table: pd.DataFrame, *, panel: str) -> Figure:
    """Return the distinctive terms of each group, one panel a group, each term beside its dot.

    The panels with the term of the largest weight come first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.tfidf` returns.
    panel : str
        The column of groups.
    """
    note = "TF-IDF weight; in brackets: articles of the group with the term"
    names, table, left_out = largest(table, panel, table["tfidf"])
    made = _term_panels(names, int(table["rank"].max()), note=[note, *left_out])
    for axes, cells in made.parts(table, panel):
        _terms(axes, cells["tfidf"], cells["rank"].to_numpy() - 1, _texts(cells, "n_articles"))
    _leave_room(made, [(table["tfidf"], _texts(table, "n_articles"))])
    return made.figure


def _term_panels(
    names: Iterable[object], n_terms: int, *, note: Sequence[str], titles: Sequence[str] | None = None
) -> Panels:
    made = panels(names, height=_LINE_HEIGHT * n_terms + _TITLE, note=note, n_columns=2, titles=titles)
    made.first.set_yticks([])
    made.first.set_ylim(n_terms - 0.4, -0.6)
    return made


def _leave_room(made: Panels, sides: Sequence[tuple[pd.Series, Sequence[str]]]) -> None:
    """End the common axis where every term right of its dot is still within its panel."""
    ends = [end_of_axis(values, texts, room=made.room, size=TEXT_SIZE) for values, texts in sides if len(texts)]
    made.first.set_xlim(0, max(ends))


def _texts(cells: pd.DataFrame, count: str) -> list[str]:
    return [
        f"{label(term, longest=_LONGEST)} ({number(n)})" for term, n in zip(cells["term"], cells[count], strict=True)
    ]


def _tested(table: pd.DataFrame) -> str:
    """Say what a filled dot is: of which test p is, and how it is corrected."""
    correction = _words(table.attrs.get("correction", "none"))
    corrected = "not corrected" if correction == "none" else f"corrected over all terms ({correction})"
    return (
        f"filled: p < {number(_LEVEL, 'g')} by {_words(table.attrs.get('p_of', 'the test'))}, {corrected}; hollow: not"
    )


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def _terms(
    axes: Axes,
    weights: pd.Series,
    places: Array,
    texts: Sequence[str],
    *,
    is_filled: npt.NDArray[np.bool_] | None = None,
) -> None:
    """Draw each weight as a dot at its place from the top, with its text beside it."""
    axes.hlines(places, 0, weights, color=BAND, linewidth=1.2)
    is_filled = np.ones(len(weights), np.bool_) if is_filled is None else is_filled
    for face, chosen in ((ACCENT, is_filled), (HOLLOW, ~is_filled)):
        dots(axes, weights[chosen], places[chosen], face=face, size=3.2)
    beside(axes, texts, weights, places)
