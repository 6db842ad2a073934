"""One look for all figures: print sizes, greyscale-safe marks, text drawn as typed."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from analysis.charts.enlarging import enlarge
from analysis.charts.labels import set_fallback_fonts
from analysis.charts.names import with_names
from analysis.charts.numbers import TickNumbers, rounded_table
from analysis.charts.room import FONT
from analysis.charts.sizes import current_size
from analysis.charts.svg import rounded_svg
from analysis.core.errors import SchemaError
from analysis.core.schema import Schema

Arguments = ParamSpec("Arguments")

INK = "#222222"
ACCENT = "#0072B2"  # Okabe and Ito's blue: dark in greyscale, safe for colour-blind readers
BAND = "#BBD3E6"
GRID = "#D9D9D9"

_SETTINGS: Any = {
    "font.family": FONT,
    "font.size": 8,
    "axes.titlesize": 8.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "axes.axisbelow": True,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "lines.linewidth": 1.4,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "figure.constrained_layout.w_pad": 0.1,  # inches; letters come out wider in some formats than in others
    "svg.hashsalt": "framing",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
}


@contextmanager
def style() -> Iterator[None]:
    """Draw with the project's settings inside a ``with`` block; nothing global changes."""
    with mpl.rc_context(_SETTINGS):
        yield


def chart(*, shows: str, **takes: Schema) -> Callable[[Callable[Arguments, Figure]], Callable[Arguments, Figure]]:
    """Make a function that draws a table a chart: in the project's style, in its size, with its number format and its fonts.

    Its tables are rounded before it draws them (`analysis.charts.numbers.rounded_table`), so that the chart is the same on every processor,
    and their categories and targets are written as readers see them (`analysis.charts.names`).

    Parameters
    ----------
    shows : str
        The column that the chart is about, or the option of the function that names it. It becomes the figure's label, from which the alt text
        is made; "" for a chart of several.
    **takes : Schema
        What each table that the function takes must have, under the name of its parameter.

    Notes
    -----
    A table that lacks a column is refused by name, also one that ``row``, ``panel`` or ``time`` names.
    """

    def made(draw: Callable[Arguments, Figure]) -> Callable[Arguments, Figure]:
        signature = inspect.signature(draw)

        @wraps(draw)
        def drawn(*arguments: Arguments.args, **options: Arguments.kwargs) -> Figure:
            given = signature.bind(*arguments, **options)
            given.apply_defaults()
            size = current_size()
            tables = {
                name: schema.check(given.arguments[name])
                for name, schema in takes.items()
                if given.arguments[name] is not None
            }
            named = with_names(*map(rounded_table, tables.values()), kinds=size.label_kinds)
            given.arguments |= dict(zip(tables, named, strict=True))
            if takes:
                first = next(iter(takes))
                _check_named_columns(draw.__name__, given.arguments, given.arguments[first])
            with style():
                figure = draw(*given.args, **given.kwargs)
                _set_tick_numbers(figure)
                set_fallback_fonts(figure)
                if factor := size.factor(figure.get_figwidth()):
                    enlarge(figure, factor)
            figure.set_label(given.arguments.get(shows, shows))
            return figure

        return drawn

    return made


def _check_named_columns(name: str, arguments: Mapping[str, Any], table: pd.DataFrame) -> None:
    """Raise where an option names a column that the chart's first table lacks."""
    for option in ("row", "panel", "time"):
        column = arguments.get(option)
        if column is not None and column not in table.columns:
            known = ", ".join(map(repr, table.columns))
            raise SchemaError(f"{name}: {option}={column!r} is no column of the table; it has {known}")


def _set_tick_numbers(figure: Figure) -> None:
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if type(axis.get_major_formatter()) is ScalarFormatter:
                axis.set_major_formatter(TickNumbers())


def svg_in_notebook(figure: Figure) -> str | None:
    """Return the SVG that a notebook shows of a figure: without a date, rounded as `save_figure` rounds it; None where nothing is drawn."""
    from IPython.core.pylabtools import print_figure

    drawn: str | None = print_figure(figure, "svg", metadata={"Date": None}, bbox_inches=None)  # type: ignore[no-untyped-call]
    return None if drawn is None else rounded_svg(drawn)


def use_in_notebook() -> None:
    """Show figures inline as PNG and as SVG that is the same on every machine, so that nbval can compare it; tables as typed."""
    from IPython.core.interactiveshell import InteractiveShell
    from matplotlib_inline import backend_inline

    set_matplotlib_formats: Any = backend_inline.set_matplotlib_formats
    set_matplotlib_formats("png", metadata={"Date": None}, bbox_inches=None)
    shell: Any = InteractiveShell.instance()
    shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, svg_in_notebook)
    mpl.rcParams.update(_SETTINGS)
    pd.set_option("display.html.use_mathjax", False)  # a dollar sign in a table is a dollar sign too
