"""The chart of voices: how much of a framing rate is the narrator's own, and how much is said by others."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.marks import HOLLOW, RATE, TOO_FEW, arrows, bar_notes, beside, estimates, has_enough, reach
from analysis.charts.numbers import interval_note, number
from analysis.charts.panels import row_panels, rows_of
from analysis.charts.style import ACCENT, BAND, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES

# Shape and face of each voice. The narrator's mark is the filled one, so that it stands out in greyscale too.
_MARKS = {
    "narrator": ("o", ACCENT),
    "quoted": ("D", HOLLOW),
    "direct": ("s", HOLLOW),
    "indirect": ("^", HOLLOW),
    "scare": ("v", BAND),
}


@chart(
    shows="rate_per_1000",
    table=TABLES["RATES"].of(*"voice n_articles rate_per_1000 rate_low rate_high reason".split()),
)
def voice_chart(table: pd.DataFrame, *, row: str) -> Figure:
    """Return the rate in each voice with its interval: the voices of a row one below the other, the narrator's first.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.rates` returns by `row` and ``voice``. Where only the narrator and others are to be told apart, the voices of
        HITS are joined as "quoted" before.
    row : str
        Column of the rows, such as ``zone`` or ``outlet``.

    Raises
    ------
    SchemaError
        When the table has no rate, or a voice other than narrator, quoted, direct, indirect and scare.
    """
    unknown = sorted(set(map(str, table["voice"])) - set(_MARKS))
    if unknown:
        raise SchemaError(f"voice_chart: voice {unknown[0]!r} is not known; known are {', '.join(_MARKS)}")
    if table["rate_per_1000"].isna().all():
        raise SchemaError("voice_chart: the table has no rate; its column 'reason' says why")
    voices = [voice for voice in _MARKS if (table["voice"] == voice).any()]
    rows = rows_of(table, row, n_lines=len(voices))
    unit = f"hits in that voice per {number(1000)} words of all voices"
    bars = f"bars: {interval_note(table)}{bar_notes(table, RATE)}"
    made = row_panels([None], rows, note=[f"{unit}; n = articles", bars])
    made.first.set_xlim(0, reach(table, RATE))
    named = _first_measured(table, row)
    for line, voice in enumerate(voices):
        shape, face = _MARKS[voice]
        cells = table[table["voice"] == voice]
        places = rows.places(cells, line=line)
        is_missing, is_named = cells["rate_per_1000"].isna() | ~has_enough(cells), cells[row] == named
        drawn = cells[~is_missing]
        estimates(made.first, drawn, RATE, places[~is_missing], face=face, shape=shape)
        arrows(made.first, drawn, RATE, places[~is_missing])
        why = cells["reason"].map(label).where(has_enough(cells), TOO_FEW)
        beside(made.first, why[is_missing], 0, places[is_missing])
        ends = drawn["rate_high"].fillna(drawn["rate_per_1000"])[is_named[~is_missing]]
        ends = ends.clip(upper=made.first.get_xlim()[1])
        beside(made.first, [voice] * len(ends), ends, places[is_named & ~is_missing])
    return made.figure


def _first_measured(table: pd.DataFrame, row: str) -> object:
    """Return the first row whose every voice has a rate, else the first with a rate; beside its marks stand the voices."""
    is_known = (table["rate_per_1000"].notna() & has_enough(table)).groupby(table[row], sort=False)
    complete = is_known.all()
    return (complete if complete.any() else is_known.any()).idxmax()
