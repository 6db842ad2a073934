"""Charts of fair comparisons: the raw estimate hollow, the adjusted one filled below it, group by group."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.effects import Chosen, largest
from analysis.charts.labels import label
from analysis.charts.marks import HOLLOW, Estimate, arrows, beside, columns_of, estimates, name_line, upright_line
from analysis.charts.numbers import interval_note, number, percentages, spread, validity_note
from analysis.charts.panels import Panels, Rows, row_panels, rows_of
from analysis.charts.style import ACCENT, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES

_FACES = (HOLLOW, ACCENT)
_WIDEST = 32.0  # the largest ratio that an axis reaches; bars that go on have an arrow
_FOURFOLD = 8.0  # axes that reach so far have numbers in fourfold steps


@chart(
    shows="standardised_rate_per_1000",
    table=TABLES["STANDARDISED_RATES"].of(
        *"category n_articles raw_rate_per_1000 raw_low raw_high standardised_rate_per_1000 standardised_low standardised_high".split(),
        "share_of_words_covered",
    ),
)
def standardised_rate_dots(table: pd.DataFrame, *, row: str = "outlet") -> Figure:
    """Return raw and standardised rates with intervals: one panel a category, one line a group.

    The panels with the highest standardised rates come first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.compare.standardised_rates` returns.
    row : str
        Column of the groups.

    Raises
    ------
    SchemaError
        When the table has no estimate.
    """
    pair = _pair("standardised", "rate_per_1000")
    chosen = largest(table, "category", _effect(table, pair))
    table = chosen.rows
    strata, covered = table.attrs.get("standardised_by", "strata"), spread(table["share_of_words_covered"], ".0%")
    note = [
        f"hits per {number(1000)} words, standardised by {strata} ({covered} of a group's words covered)",
        f"bars: {interval_note(table)}; n = articles",
    ]
    return _rates_from_zero(chosen, row, pair, note)


@chart(
    shows="adjusted_ratio",
    table=TABLES["ADJUSTED_RATIOS"].of(
        *"category n_articles raw_ratio raw_low raw_high adjusted_ratio adjusted_low adjusted_high".split()
    ),
)
def adjusted_ratio_dots(table: pd.DataFrame, *, row: str = "outlet") -> Figure:
    """Return raw and adjusted ratios with intervals on a logarithmic scale: one panel a category, one line a group.

    The panels with the adjusted ratio farthest from 1 come first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.compare.adjusted_ratios` returns. The reference stands at the line of ratio 1; what is beyond 1/32 or 32 is an arrow.
    row : str
        Column of the groups.

    Raises
    ------
    SchemaError
        When the table has no estimate.
    """
    pair = _pair("adjusted", "ratio")
    reference = table.attrs.get("reference", "")
    compared = table[table[row] != reference]
    chosen = largest(compared, "category", np.log(_effect(compared, pair)).abs())
    shown = chosen.rows
    note = [
        f"times the rate of {label(reference or 'the reference')} (log scale), adjusted for {table.attrs.get('adjusted_for', 'the columns')}",
        f"bars: {percentages('95% interval')}, errors {table.attrs.get('errors', 'robust')}; n = articles",
    ]
    made, rows = _made(chosen, row, pair, note)
    widest = min(_WIDEST, 1.1 * float(np.exp(np.nanmax(np.abs(np.log(_numbers(shown, pair)))))))
    for axes in made.axes:
        _ratio_axis(axes, widest)
    _draw(made, shown, rows, pair)
    for axes, cells in made.parts(shown, "category"):
        upright_line(axes, 1)
        for line, columns in enumerate(pair.values()):
            arrows(axes, cells, columns, rows.places(cells, line=line))
    for axes in made.lowest:
        name_line(axes, 1, "same rate")
    return made.figure


@chart(
    shows="corrected_rate_per_1000",
    table=TABLES["CORRECTED_RATES"].of(
        *"category n_articles rate_per_1000 rate_low rate_high corrected_rate_per_1000 corrected_low corrected_high n_coded".split()
    ),
)
def corrected_rate_dots(table: pd.DataFrame, *, row: str = "outlet") -> Figure:
    """Return rates as the lexicon counts and as corrected by codings, with intervals: one panel a category, one line a group.

    The panels with the highest corrected rates come first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.corrected_rates` returns by `row` and ``category``.
    row : str
        Column of the groups.

    Raises
    ------
    SchemaError
        When the table has no estimate.
    """
    pair = {
        "raw": columns_of("rate_per_1000", prefix="rate"),
        "corrected": columns_of("corrected_rate_per_1000", prefix="corrected"),
    }
    chosen = largest(table, "category", _effect(table, pair))
    table = chosen.rows
    note = [
        f"hits per {number(1000)} words; n = articles; corrected by {spread(table['n_coded'])} coded units a group",
        f"bars: {interval_note(table)}; of corrected rates: sampling and measuring error",
        *validity_note(table),
    ]
    return _rates_from_zero(chosen, row, pair, note)


def _pair(name: str, value: str) -> dict[str, Estimate]:
    return {each: columns_of(f"{each}_{value}", prefix=each) for each in ("raw", name)}


def _numbers(table: pd.DataFrame, pair: dict[str, Estimate]) -> pd.DataFrame:
    return table[[name for columns in pair.values() for name in columns]]


def _effect(table: pd.DataFrame, pair: dict[str, Estimate]) -> pd.Series:
    """Return the adjusted estimate of each row, the raw one where there is none."""
    raw, adjusted = (table[columns.value] for columns in pair.values())
    return adjusted.fillna(raw)


def _made(chosen: Chosen, row: str, pair: dict[str, Estimate], note: list[str]) -> tuple[Panels, Rows]:
    if chosen.rows[[columns.value for columns in pair.values()]].isna().all(axis=None):
        raise SchemaError("adjustment chart: the table has no estimate; its column 'reason' says why")
    rows = rows_of(chosen.rows, row, n_lines=len(pair))
    return row_panels(chosen.names, rows, note=[*note, *chosen.note]), rows


def _rates_from_zero(chosen: Chosen, row: str, pair: dict[str, Estimate], note: list[str]) -> Figure:
    """Return the chart of two rates of each group, on axes that begin at 0 and end behind the longest interval."""
    made, rows = _made(chosen, row, pair, note)
    made.first.set_xlim(0, 1.02 * float(np.nanmax(_numbers(chosen.rows, pair))))
    for axes in made.axes:
        axes.locator_params(axis="x", nbins=5)
    _draw(made, chosen.rows, rows, pair)
    return made.figure


def _draw(made: Panels, table: pd.DataFrame, rows: Rows, pair: dict[str, Estimate]) -> None:
    """Draw both estimates of each group, and name them right of the bars of the group of the first panel that leaves most room there."""
    for axes, cells in made.parts(table, "category"):
        for line, ((name, columns), face) in enumerate(zip(pair.items(), _FACES, strict=True)):
            places = rows.places(cells, line=line)
            # A dot beyond the axis would stand in another panel.
            inside = cells[columns.value].where(cells[columns.value].between(*axes.get_xlim()))
            estimates(axes, cells.assign(**{columns.value: inside}), columns, places, face=face)
            missing = places[cells[columns.value].isna()]
            beside(axes, [f"{name}: no estimate"] * len(missing), axes.get_xlim()[0], missing)
    cells = table[table["category"] == made.names[0]]
    known = cells[_numbers(cells, pair).notna().all(axis=1)]
    if len(known):
        ends = known[[columns.high for columns in pair.values()]]
        shortest = known.iloc[[int(ends.max(axis=1).argmin())]]
        for line, (name, columns) in enumerate(pair.items()):
            end = shortest[columns.high].clip(upper=made.first.get_xlim()[1])
            beside(made.first, [name], end, rows.places(shortest, line=line))


def _ratio_axis(axes: Axes, widest: float) -> None:
    axes.set_xscale("log")
    # Fourfold steps; narrower axes have twofold ones, and three numbers at least.
    steps = (1 / 16, 1 / 4, 1, 4, 16) if widest >= _FOURFOLD else (1 / 4, 1 / 2, 1, 2, 4)
    ticks = [tick for tick in steps if 1 / widest <= tick <= widest]
    ticks = ticks if len(ticks) > 1 else [0.5, 1, 2]
    axes.set_xlim(min(ticks[0], 1 / widest), max(ticks[-1], widest))
    axes.set_xticks(ticks, [number(tick, "g") if tick >= 1 else f"1/{number(1 / tick, 'g')}" for tick in ticks])
    axes.minorticks_off()
