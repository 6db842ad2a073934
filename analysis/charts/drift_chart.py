"""Agreement in the order of the work, block by block."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.agreement_chart import COEFFICIENT_NAMES
from analysis.charts.effects import largest
from analysis.charts.marks import columns_of, upright_bars
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.panels import panels
from analysis.charts.style import ACCENT, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES

_AGREEMENT = columns_of("estimate")._replace(low="low", high="high")


@chart(
    shows="estimate",
    table=TABLES["DRIFT"].of(
        *"block first_place last_place variable coefficient population estimate low high n_items".split()
    ),
)
def drift_chart(table: pd.DataFrame, *, coefficient: str = "krippendorff_alpha") -> Figure:
    """Return agreement by block of the work, one panel a variable; a block without it is a gap.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.validate.drift` returns, of one group of coders.
    coefficient : str
        Which of its coefficients.

    Raises
    ------
    SchemaError
        When the table does not have the coefficient, or a block of a variable stands in several rows.
    """
    cells = table[(table["coefficient"] == coefficient) & (table["population"] == "sample")]
    if cells.empty:
        known = ", ".join(sorted(set(table["coefficient"])))
        raise SchemaError(f"drift_chart: no row has coefficient={coefficient!r}; the table has {known or 'none'}")
    if cells.duplicated(["variable", "block"]).any():
        raise SchemaError(
            "drift_chart: a block stands in several rows; choose those of one value, group of coders and group of items"
        )
    chosen = largest(cells, "variable", cells["estimate"])
    note = [
        f"{COEFFICIENT_NAMES[coefficient]} by place in the coders' sequence; {spread(chosen.rows['n_items'])} items a point",
        f"bars: {interval_note(table)}",
    ]
    made = panels(chosen.names, height=1.35, note=[*note, *chosen.note])
    blocks = chosen.rows.drop_duplicates("block").sort_values("block")
    for axes, points in made.parts(chosen.rows, "variable"):
        upright_bars(axes, points, _AGREEMENT, points["block"])
        axes.plot(points["block"], points[_AGREEMENT.value], color=ACCENT, linewidth=1, marker="o", markersize=2.5)
        axes.grid(axis="y")
        axes.tick_params(axis="x", labelsize=7)
    places = zip(blocks["first_place"], blocks["last_place"], strict=True)
    made.first.set_xticks(
        blocks["block"], [f"{number(first, ',.0f')}–{number(last, ',.0f')}" for first, last in places]
    )
    made.first.set_ylim(min(0.0, float(np.nanmin([0, *chosen.rows["low"], *chosen.rows["estimate"]]))), 1.02)
    return made.figure
