"""The chart of voices: how much of a framing rate is the narrator's own, and how much is said by others."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.marks import HOLLOW, RATE, beside, estimates
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
    made = row_panels([None], rows, note=[unit, f"bars: {interval_note(table)}; n = articles"])
    made.first.set_xlim(0, 1.04 * float(np.nanmax(table[["rate_per_1000", "rate_high"]])))
    named = _first_measured(table, row)
    for line, voice in enumerate(voices):
        shape, face = _MARKS[voice]
        cells = table[table["voice"] == voice]
        places = rows.places(cells, line=line)
        estimates(made.first, cells, RATE, places, face=face, shape=shape)
        is_missing, is_named = cells["rate_per_1000"].isna(), cells[row] == named
        beside(made.first, cells.loc[is_missing, "reason"].map(label), 0, places[is_missing])
        ends = cells["rate_high"].fillna(cells["rate_per_1000"])[is_named & ~is_missing]
        beside(made.first, [voice] * len(ends), ends, places[is_named & ~is_missing])
    return made.figure


def _first_measured(table: pd.DataFrame, row: str) -> object:
    """Return the first row whose every voice has a rate, else the first with a rate; beside its marks stand the voices."""
    is_known = table["rate_per_1000"].notna().groupby(table[row], sort=False)
    complete = is_known.all()
    return (complete if complete.any() else is_known.any()).idxmax()
