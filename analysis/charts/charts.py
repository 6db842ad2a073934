"""Charts: each draws a table and computes nothing."""

from collections.abc import Iterable, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import articles_of_points, interval_note, number, spread
from analysis.charts.style import ACCENT, BAND, DOUBLE_COLUMN, FEWEST_ARTICLES, INK, chart, hide_unused, panel_grid

_ROW_HEIGHT = 0.24


@chart(shows="rate_per_1000")
def rate_dots(table: pd.DataFrame, *, row: str, panel: str) -> Figure:
    """Return dots with intervals: one panel a value of `panel`, one line a value of `row`.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.rates` returns by `row` and `panel`.
    row, panel : str
        Columns of the table.
    """
    panels = list(table[panel].drop_duplicates())
    rows = list(table[row].drop_duplicates())
    n_lines, n_columns = panel_grid(len(panels))
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, n_lines * (_ROW_HEIGHT * len(rows) + 0.75)))
    grid = figure.subplots(n_lines, n_columns, sharex=True, sharey=True, squeeze=False)
    for axes, name in zip(grid.flat, panels, strict=False):
        _dots(axes, table[table[panel] == name], row, rows)
        axes.set_title(label(name))
    hide_unused(grid, len(panels))
    labels = [f"{label(name)} (n = {_articles(table, row, name)})" for name in rows]
    grid[0, 0].set_yticks(range(len(rows)), labels)
    grid[0, 0].set_ylim(len(rows) - 0.5, -0.5)
    grid[0, 0].set_xlim(left=0)
    figure.supxlabel(f"hits per {number(1000)} words; bars: {interval_note(table)}; n = articles", fontsize=8)
    return figure


def _articles(table: pd.DataFrame, row: str, name: object) -> str:
    return spread(table.loc[table[row] == name, "n_articles"])


def _dots(axes: Axes, cells: pd.DataFrame, row: str, rows: Sequence[object]) -> None:
    places = [rows.index(name) for name in cells[row]]
    axes.hlines(places, cells["rate_low"], cells["rate_high"], color=ACCENT, linewidth=1.6)
    axes.plot(
        cells["rate_per_1000"], places, "o", color=ACCENT, markersize=4.5, markeredgecolor="white", markeredgewidth=0.6,
        clip_on=False, zorder=3,
    )  # fmt: skip
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


@chart(shows="rate_per_1000")
def rate_series(table: pd.DataFrame, *, time: str, panel: str) -> Figure:
    """Return rates over time with bars, one panel a value of `panel`; a period with fewer than three articles is a gap.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.rates` returns by `time` and `panel`; `time` holds periods as text, such as ``2025-03``.
    time, panel : str
        Columns of the table.
    """
    is_drawn = table["n_articles"] >= FEWEST_ARTICLES
    drawn, left_out = table[is_drawn], table.loc[~is_drawn, time].nunique()
    times, panels = _every_period((table if drawn.empty else drawn)[time]), list(table[panel].drop_duplicates())
    n_lines, n_columns = panel_grid(len(panels))
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, 1.35 * n_lines + 0.5))
    grid = figure.subplots(n_lines, n_columns, sharex=True, sharey=True, squeeze=False)
    for axes, name in zip(grid.flat, panels, strict=False):
        _series(axes, drawn[drawn[panel] == name].set_index(time).reindex(times))
        axes.set_title(label(name))
    hide_unused(grid, len(panels))
    step = max(1, -(-len(times) // 4))
    grid[0, 0].set_xticks(range(0, len(times), step), times[::step])
    grid[0, 0].set_ylim(bottom=0)
    figure.supylabel(f"hits per {number(1000)} words", fontsize=8)
    figure.supxlabel(
        f"bars: {interval_note(table)}; {_drawn(drawn, left_out, time=time, panel=panel)}",
        fontsize=8,
    )
    return figure


def _every_period(periods: pd.Series) -> list[str]:
    """Return the periods from the first to the last, those without an article too, so that time has one scale."""
    first, last = periods.min(), periods.max()
    frequency = "Y" if len(first) == len("2025") else "M"
    return [str(period) for period in pd.period_range(first, last, freq=frequency)]


def _drawn(drawn: pd.DataFrame, n_left_out: int, *, time: str, panel: str) -> str:
    """Say how many articles stand behind a point, and how many periods have too few to be drawn."""
    if drawn.empty:
        return f"no period has {FEWEST_ARTICLES} articles"
    left_out = f"; {n_left_out} with fewer than {FEWEST_ARTICLES} not drawn" if n_left_out else ""
    return articles_of_points(drawn, time=time, panel=panel) + left_out


def _series(axes: Axes, cells: pd.DataFrame) -> None:
    places = range(len(cells))
    axes.vlines(places, cells["rate_low"], cells["rate_high"], color=BAND, linewidth=3)
    axes.plot(places, cells["rate_per_1000"], color=ACCENT, linewidth=1, marker="o", markersize=2.5)
    axes.grid(axis="y")
    axes.tick_params(axis="x", labelsize=6.5)


@chart(shows="share")
def share_dots(table: pd.DataFrame, *, row: str, panel: str) -> Figure:
    """Return shares with intervals as dots; a group of fewer than three articles is named and not drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.divergence_rates` returns: ``share``, ``share_low``, ``share_high`` and ``n_frames``.
    row, panel : str
        Columns of the table.
    """
    panels, rows = list(table[panel].drop_duplicates()), list(table[row].drop_duplicates())
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, _ROW_HEIGHT * len(rows) + 0.9))
    grid = figure.subplots(1, len(panels), sharex=True, sharey=True, squeeze=False)[0]
    for axes, name in zip(grid, panels, strict=True):
        cells = table[(table[panel] == name) & (table["n_articles"] >= FEWEST_ARTICLES)]
        places = [rows.index(value) for value in cells[row]]
        for value in table.loc[(table[panel] == name) & (table["n_articles"] < FEWEST_ARTICLES), row]:
            axes.text(2, rows.index(value), "too few articles", fontsize=6.5, va="center", color=INK)
        axes.hlines(places, 100 * cells["share_low"], 100 * cells["share_high"], color=ACCENT, linewidth=1.6)
        axes.plot(
            100 * cells["share"], places, "o", color=ACCENT, markersize=4.5, markeredgecolor="white",
            markeredgewidth=0.6, clip_on=False, zorder=3,
        )  # fmt: skip
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        axes.set_title(label(name))
    n_frames = table.groupby(row)["n_frames"].agg(spread)
    grid[0].set_yticks(range(len(rows)), [f"{label(name)} (n = {n_frames[name]})" for name in rows])
    grid[0].set_ylim(len(rows) - 0.5, -0.5)
    grid[0].set_xlim(0, 100)
    figure.supxlabel(f"% of headline frames; bars: {interval_note(table)}; n = frames", fontsize=8)
    return figure


@chart(shows="difference_per_1000")
def difference_dots(table: pd.DataFrame, *, panel: str | None = None) -> Figure:
    """Return the difference of two groups by category, with intervals round a line at 0.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.paired` or `analysis.differences` returns, or several such tables joined.
    panel : str, optional
        The column that tells the tables apart; one panel each, side by side.
    """
    panels = [None] if panel is None else list(table[panel].drop_duplicates())
    categories = list(table["category"].drop_duplicates())
    n_lines, n_columns = panel_grid(len(panels))
    size = (DOUBLE_COLUMN, n_lines * (_ROW_HEIGHT * len(categories) + 0.4) + 0.5)
    figure = Figure(layout="constrained", figsize=size)
    grid = figure.subplots(n_lines, n_columns, sharex=True, sharey=True, squeeze=False)
    for axes, name in zip(grid.flat, panels, strict=False):
        cells = table if name is None else table[table[panel] == name]
        _differences(axes, cells.set_index("category").reindex(categories))
        axes.set_title("" if name is None else f"{label(name)} (n = {_behind(cells)[0]})")
    hide_unused(grid, len(panels))
    grid[0, 0].set_yticks(range(len(categories)), [label(name) for name in categories])
    grid[0, 0].set_ylim(len(categories) - 0.5, -0.5)
    figure.supxlabel(_compared(table, is_in_titles=panel is not None), fontsize=8)
    return figure


def _differences(axes: Axes, cells: pd.DataFrame) -> None:
    places = range(len(cells))
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.hlines(places, cells["difference_low"], cells["difference_high"], color=ACCENT, linewidth=1.6)
    axes.plot(
        cells["difference_per_1000"], places, "o", color=ACCENT, markersize=4.5, markeredgecolor="white", clip_on=False
    )
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


def _compared(table: pd.DataFrame, *, is_in_titles: bool) -> str:
    """Say what is compared, and how many events, or articles of both groups, stand behind it."""
    names = [" or ".join(map(label, table[side].drop_duplicates())) for side in ("focus", "reference")]
    focus = names[0] if table["focus"].nunique() == 1 else "the outlet"
    n, units = _behind(table)
    counted = units if is_in_titles else f"{n} {units}"
    return f"hits per {number(1000)} words: {focus} less {names[1]}\nbars: {interval_note(table)}; n = {counted}"


def _behind(table: pd.DataFrame) -> tuple[str, str]:
    """Return how many events, or articles of both groups, stand behind a table, and which of the two it is."""
    if "n_events" in table:
        return spread(table["n_events"]), "events"
    return " and ".join(spread(table[f"n_articles_{side}"]) for side in ("focus", "reference")), "articles"


@chart(shows="n_articles")
def count_series(table: pd.DataFrame, *, time: str, panel: str) -> Figure:
    """Return bars of articles over time, one line of bars a value of `panel`; months without an article stand empty.

    Parameters
    ----------
    table : pandas.DataFrame
        ``by_month`` of `analysis.describe`, or any table with ``n_articles`` by `time` and `panel`.
    time, panel : str
        Columns of the table.
    """
    if table.empty:
        return _only_text("no article has a date")
    times, panels = _every_period(table[time]), list(table[panel].drop_duplicates())
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, 0.42 * len(panels) + 0.7))
    grid = figure.subplots(len(panels), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    for axes, name in zip(grid, panels, strict=True):
        counts = table[table[panel] == name].groupby(time)["n_articles"].sum().reindex(times)
        axes.bar(range(len(times)), counts, width=0.8, color=ACCENT)
        axes.set_ylabel(
            f"{label(name)} (n = {number(int(counts.sum()))})",
            rotation=0,
            ha="right",
            va="center",
            fontsize=8,
            labelpad=18,
        )
        axes.tick_params(axis="y", labelsize=6.5)
    step = max(1, -(-len(times) // 8))
    grid[-1].set_xticks(range(0, len(times), step), times[::step])
    grid[-1].tick_params(axis="x", labelsize=7)
    grid[0].yaxis.get_major_locator().set_params(integer=True, nbins=2)
    figure.supxlabel("articles a month; n = articles with a date", fontsize=8)
    return figure


def _only_text(text: str) -> Figure:
    """Return a figure that says why there is nothing to draw."""
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, 0.7))
    axes = figure.subplots()  # a notebook does not show a figure without axes
    axes.set_axis_off()
    axes.text(0.5, 0.5, text, ha="center", va="center", fontsize=8)
    return figure


@chart(shows="words_median")
def length_dots(table: pd.DataFrame) -> Figure:
    """Return the median length of an article by outlet, with the range that holds the middle nine tenths.

    Parameters
    ----------
    table : pandas.DataFrame
        ``by_outlet`` of `analysis.describe`.
    """
    places = range(len(table))
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, _ROW_HEIGHT * len(table) + 0.75))
    axes = figure.subplots()
    axes.hlines(places, table["words_low"], table["words_high"], color=ACCENT, linewidth=1.6)
    axes.plot(table["words_median"], places, "o", color=ACCENT, markersize=4.5, markeredgecolor="white", clip_on=False)
    labels = [f"{label(name)} (n = {number(n)})" for name, n in zip(table["outlet"], table["n_articles"], strict=True)]
    axes.set_yticks(places, labels)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("words an article: median, bars hold the middle nine tenths; n = articles", fontsize=8)
    return figure


@chart(shows="score")
def keyness_dots(table: pd.DataFrame, *, n_terms: int = 15) -> Figure:
    """Return the terms most key to the focus and to the reference, each beside its dot.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.keyness` returns, by a measure that is below 0 for the reference.
    n_terms : int
        How many terms a side.
    """
    sides = {
        f"focus: {label(table.attrs['focus'], longest=60)}": (table[table["score"] > 0].head(n_terms), "n_focus"),
        f"reference: {label(table.attrs['reference'], longest=60)}": (
            table[table["score"] < 0].tail(n_terms)[::-1],
            "n_reference",
        ),
    }
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, 0.17 * n_terms + 0.8))
    grid = figure.subplots(1, 2, sharex=True, squeeze=False)[0]
    for axes, (title, (cells, count)) in zip(grid, sides.items(), strict=True):
        texts = [f"{label(term)} ({number(n)})" for term, n in zip(cells["term"], cells[count], strict=True)]
        _terms(axes, range(len(cells)), cells["score"].abs(), texts, n_lines=n_terms)
        axes.set_title(title, fontsize=8)
    grid[0].set_xlim(0, 1.4 * float(table["score"].abs().max()))
    figure.supxlabel(f"{str(table.attrs['measure']).replace('_', ' ')}; in brackets: uses", fontsize=8)
    return figure


@chart(shows="tfidf")
def term_dots(table: pd.DataFrame, *, panel: str) -> Figure:
    """Return the distinctive terms of each group, one panel a group, each term beside its dot.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.tfidf` returns.
    panel : str
        The column of groups.
    """
    panels = list(table[panel].drop_duplicates())
    n_lines, n_terms = -(-len(panels) // 2), int(table["rank"].max())
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, n_lines * (0.17 * n_terms + 0.7)))
    grid = figure.subplots(n_lines, min(2, len(panels)), sharex=True, squeeze=False)
    for axes, name in zip(grid.flat, panels, strict=False):
        cells = table[table[panel] == name]
        texts = [f"{label(term)} ({number(n)})" for term, n in zip(cells["term"], cells["n_articles"], strict=True)]
        _terms(axes, cells["rank"] - 1, cells["tfidf"], texts, n_lines=n_terms)
        axes.set_title(label(name))
    hide_unused(grid, len(panels))
    grid[0, 0].set_xlim(0, 1.35 * float(table["tfidf"].max()))
    figure.supxlabel("TF-IDF weight; in brackets: articles of the group with the term", fontsize=8)
    return figure


def _terms(axes: Axes, places: Iterable[int], weights: pd.Series, texts: Sequence[str], *, n_lines: int) -> None:
    """Draw each weight as a dot at its place from the top, with its text beside it."""
    places = list(places)
    axes.hlines(places, 0, weights, color=BAND, linewidth=1.2)
    axes.plot(weights, places, "o", color=ACCENT, markersize=3.5)
    for place, weight, text in zip(places, weights, texts, strict=True):
        axes.annotate(
            text, (weight, place), (4, 0), textcoords="offset points", va="center", fontsize=7, color=INK
        )  # fmt: skip
    axes.set_yticks([])
    axes.set_ylim(n_lines - 0.4, -0.6)
