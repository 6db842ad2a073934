"""The one writer of figures/: each figure as SVG, PDF and PNG, beside the table that it shows."""

import io
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.errors import FramingError
from analysis.figures.files import write_whole
from analysis.figures.style import style

_DPI = 300
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


def save_figure(figure: Figure, table: pd.DataFrame, name: str, *, folder: str | Path = "figures") -> Figure:
    """Write a figure as ``name.svg``, ``.pdf`` and ``.png`` (300 dpi) and its table as ``name.csv``; return the figure.

    Each file is written aside and then put in place, so a reader never meets half a file. The same figure gives the
    same bytes in the locked environment.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What a chart function returned.
    table : pandas.DataFrame
        The table that it shows.
    name : str
        File name without suffix: letters, digits, hyphen and underscore.
    folder : str or pathlib.Path
        Where to write; made if it is not there.

    Raises
    ------
    FramingError
        When `name` holds other characters, such as a path.
    """
    if not name.replace("-", "").replace("_", "").isalnum():
        raise FramingError(
            f"figure name {name!r}: only letters, digits, '-' and '_' are allowed; give the folder as folder=…"
        )
    folder = Path(folder)
    with style():
        # The layout is settled before writing, at the resolution of the PNG; drawn anew for each format, it would move.
        dpi = figure.dpi
        figure.dpi = _DPI
        figure.draw_without_rendering()
        figure.dpi = dpi
        figure.set_layout_engine("none")
        for suffix, metadata in _METADATA.items():
            drawn = io.BytesIO()
            figure.savefig(drawn, format=suffix, dpi=_DPI, metadata=metadata)
            write_whole(folder / f"{name}.{suffix}", drawn.getvalue())
    write_whole(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n").encode("utf-8"))
    return figure
