"""The sections of a report: rates by outlet, zone, voice, target and time, each a figure and a table."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.rate_charts import rate_dots, rate_series
from analysis.counting.periods import length_of
from analysis.measures.divergence import UNRESOLVED
from analysis.measures.rates import rates
from analysis.reports.drawings import labels, svg_of
from analysis.tokens.tokens import Tokens

_MOST_DRAWN = 10  # rows of a figure
_MOST_PANELS = 12
_MOST_ROWS = 1_200  # of a table; the page stays quick
Draw = Callable[[pd.DataFrame], Figure]
_VOICES = (
    "narrator: the outlet's own words; direct: inside quotation marks; indirect: reported without marks; scare: in marks "
    "that nobody is said to have uttered. Rates are per 1,000 words of all voices."
)


@dataclass(frozen=True)
class Section:
    """One section of a report.

    Attributes
    ----------
    name : str
        Its id in the page.
    title : str
        Its heading.
    by : list of str
        The columns that its rows are grouped by.
    table : pandas.DataFrame
        What `analysis.rates` returns, or some of its rows; empty where there is nothing to show.
    notes : list of str
        What was left out, or why there is no table.
    figure : str
        An ``<svg>`` element, or "".
    """

    name: str
    title: str
    by: list[str]
    table: pd.DataFrame
    notes: list[str] = field(default_factory=list)
    figure: str = ""

    def drawn(self, cells: pd.DataFrame, draw: Draw) -> "Section":
        """Return the section with a figure of some rows of rates; of many frames, those with the most hits are drawn."""
        cells = cells.dropna(subset=["rate_per_1000"])
        if cells.empty:
            return self
        notes, n_hits = self.notes, cells.groupby("category", observed=True)["n_hits"].sum()
        if self.name != "category" and len(n_hits) > _MOST_PANELS:
            largest = n_hits.sort_values(ascending=False, kind="stable").index[:_MOST_PANELS]
            cells = cells[cells["category"].isin(largest)]
            notes = [*notes, f"Drawn: the {_MOST_PANELS} frames with the most hits."]
        texts = [column for column in ("outlet", "target", "category") if column in cells]
        cells = cells.assign(**{column: labels(cells[column]) for column in texts})
        description = (
            f"Chart of hits per 1,000 words, with 95% intervals: {self.title[0].lower()}{self.title[1:]}. "
            "The table below holds the numbers."
        )
        figure = svg_of(draw(cells), name=f"figure-{self.name}", description=description)
        return replace(self, notes=notes, figure=figure)


def rate_sections(tokens: Tokens, hits: pd.DataFrame) -> list[Section]:
    """Return the sections of `hits`; `tokens` have the column ``period`` that `analysis.counting.periods.with_period` gives."""
    return [
        _by_category(tokens, hits),
        _by_outlet(tokens, hits),
        _by_zone(tokens, hits),
        _by_voice(tokens, hits),
        _by_target(tokens, hits),
        _by_period(tokens, hits),
    ]


def _by_category(tokens: Tokens, hits: pd.DataFrame) -> Section:
    table = rates(hits, tokens, by=["category"])
    drawn = table.sort_values("rate_per_1000", ascending=False, kind="stable").head(2 * _MOST_DRAWN)
    section = Section("category", "Frames in the whole corpus", ["category"], table)
    if len(drawn) < len(table):
        section.notes.append(f"Drawn: the {len(drawn)} frames with the highest rates.")
    return section.drawn(
        drawn.assign(whole="all articles"), lambda cells: rate_dots(cells, row="category", panel="whole")
    )


def _by_outlet(tokens: Tokens, hits: pd.DataFrame) -> Section:
    counts = tokens.articles["outlet"].value_counts()
    if counts.empty:
        return _without("outlet", "By outlet", "No article says its outlet.")
    table, notes = _shortened(rates(hits, tokens, by=["outlet", "category"]), "outlet", counts.index)
    n_missing = int(tokens.articles["outlet"].isna().sum())
    if n_missing:
        notes.append(f"{n_missing:,} articles that do not say their outlet are left out.")
    if len(counts) > _MOST_DRAWN:
        notes.append(f"Drawn: the {_MOST_DRAWN} outlets with the most articles.")
    section = Section("outlet", "By outlet", ["outlet", "category"], table, notes)
    return section.drawn(table[table["outlet"].isin(counts.index[:_MOST_DRAWN])], _dots("outlet"))


def _by_zone(tokens: Tokens, hits: pd.DataFrame) -> Section:
    table = rates(hits, tokens, by=["zone", "category"])
    notes = ["Words, sentences and articles are those of the zone."]
    return Section("zone", "By zone of the article", ["zone", "category"], table, notes).drawn(table, _dots("zone"))


def _by_voice(tokens: Tokens, hits: pd.DataFrame) -> Section:
    if hits["voice"].isna().all():
        reason = "No hit has a voice: voices are read in English text only." if len(hits) else "No hit."
        return _without("voice", "By voice", reason)
    table = rates(hits, tokens, by=["voice", "category"])
    return Section("voice", "By voice", ["voice", "category"], table, [_VOICES]).drawn(table, _dots("voice"))


def _by_target(tokens: Tokens, hits: pd.DataFrame) -> Section:
    about = hits["target"].astype("str")
    counts = about[about.notna() & (about != "")].value_counts()
    if counts.empty:
        given = hits.attrs["targets"] != "none"
        reason = "No hit has a target." if given else "No targets were given, so no frame is linked to anybody."
        return _without("target", "By target", reason)
    table = rates(hits, tokens, by=["target", "category"])
    drawn = [name for name in counts.index if name != UNRESOLVED][:_MOST_DRAWN]
    shown, notes = _shortened(table[table["n_hits"] > 0].reset_index(drop=True), "target", counts.index)
    notes += [
        f"{counts.sum():,} of {len(hits):,} hits are about a target. Rates are per 1,000 words of the corpus.",
        f"{len(counts):,} of {table['target'].nunique():,} targets have a hit; rows without a hit are left out.",
    ]
    if len(counts) > len(drawn):
        notes.append(f"Drawn: the {len(drawn)} targets with the most hits.")
    section = Section("target", "By target", ["target", "category"], shown, notes)
    return section.drawn(table[table["target"].isin(drawn)], _dots("target"))


def _by_period(tokens: Tokens, hits: pd.DataFrame) -> Section:
    periods = tokens.articles["period"].astype("str")
    if periods.isna().all():
        return _without("period", "Over time", "No article has a date.")
    table = rates(hits, tokens, by=["period", "category"])
    length = length_of(periods.dropna().iloc[0])
    n_missing = int(periods.isna().sum())
    notes = [f"{n_missing:,} articles without a date are left out."] if n_missing else []
    section = Section("period", f"Over time, by {length}", ["period", "category"], table, notes)
    return section.drawn(table, lambda cells: rate_series(cells, time="period", panel="category"))


def _without(name: str, title: str, reason: str) -> Section:
    return Section(name, title, [], pd.DataFrame(), [reason])


def _dots(row: str) -> Draw:
    return lambda cells: rate_dots(cells, row=row, panel="category")


def _shortened(table: pd.DataFrame, name: str, largest: pd.Index) -> tuple[pd.DataFrame, list[str]]:
    """Return the table with the largest values of `name` only, as many as the page holds, and what to say of that."""
    n_kept = max(1, _MOST_ROWS * len(largest) // max(1, len(table)))
    if len(largest) <= n_kept:
        return table, []
    kept = table[table[name].isin(largest[:n_kept])].reset_index(drop=True)
    return kept, [f"Shown: the {n_kept:,} largest of {len(largest):,}; analysis.rates gives all."]
