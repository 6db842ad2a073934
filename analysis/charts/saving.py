"""The one writer of figures/: each figure as SVG, PDF and PNG, beside the table that it shows and the words that go with it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.captions import Caption, caption_of
from analysis.charts.drawing import drawn_as
from analysis.charts.labels import one_glyph_warning
from analysis.charts.manifest import record_figure
from analysis.charts.marks import has_enough
from analysis.charts.numbers import DIGITS, rounded_table
from analysis.charts.style import style
from analysis.charts.svg import rounded_svg
from analysis.core.cells import guarded
from analysis.core.errors import FramingError, UnanswerableError
from analysis.core.files import write_whole
from analysis.core.loaded_code import loaded_code
from analysis.core.origin import metadata_of
from analysis.core.schema import kind_of

_DPI = 300
_MOST_REASONS = 3
_FLOATS = f"%.{DIGITS}g"


def save_figure(
    figure: Figure,
    table: pd.DataFrame,
    name: str,
    *,
    folder: str | Path = "figures",
    caption: str = "",
    notebook: str = "",
) -> Figure:
    """Write a figure with its table, caption and origin; return the figure.

    ``name.svg``, ``.pdf`` and ``.png`` (300 dpi) hold the chart, ``name.csv`` the table that it shows, ``name.tex`` and ``name.md`` the
    figure with caption and alt text for LaTeX and Markdown. The pictures' metadata name the hashes of corpus and lexicon, the choices in the
    table's ``attrs``, and the notebook; ``manifest.json`` names the code too, so that a picture which looks the same stays the same file when
    code changes. Each file is written aside and then put in place, so a reader never meets half a file; one that would be the same stays
    untouched. Numbers have eight significant digits (`analysis.charts.numbers`), coordinates of the SVG three decimals of a point
    (`analysis.charts.svg`): table and SVG are then the same on every machine with the locked environment, and PDF and PNG on every run of one.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What a chart function returned.
    table : pandas.DataFrame
        The table that it shows, with the ``attrs`` that its function gave it. A text that a spreadsheet would take for a formula gets
        an apostrophe in the CSV (`analysis.core.cells`).
    name : str
        File name without suffix: letters, digits, hyphen and underscore.
    folder : str or pathlib.Path
        Where to write; made if it is not there.
    caption : str
        A short phrase of your own to begin with, in place of the measure. The rest of the caption is made from the table and from what is
        drawn (`analysis.charts.shown`): groups, choices, articles, interval, lexicon, corpus.
    notebook : str
        Name of the notebook that draws it.

    Raises
    ------
    FramingError
        When `name` holds other characters, such as a path.
    UnanswerableError
        When the table has no value of what the chart is about, or none of a group of enough articles, so that nothing is drawn in it.

    Warns
    -----
    GlyphWarning
        When a text has a character that no installed font has; the message names them all.
    """
    if not isinstance(figure, Figure) or not isinstance(table, pd.DataFrame):
        raise FramingError(
            f"save_figure(figure, table, name): found {kind_of(figure)} and {kind_of(table)}; give the figure that a chart function "
            f"returned, then the table that it shows"
        )
    if not name.replace("-", "").replace("_", "").isalnum():
        raise FramingError(
            f"figure name {name!r}: only letters, digits, '-' and '_' are allowed; give the folder as folder=…"
        )
    _refuse_empty(name, table, str(figure.get_label()))
    table = rounded_table(table)
    origin = metadata_of(table, notebook=notebook)
    words = caption_of(figure, table, name, text=caption)
    with one_glyph_warning(figure):
        files = _pictures(figure, words, origin)
    csv = guarded(table).to_csv(index=False, lineterminator="\n", float_format=_FLOATS)
    files["csv"] = csv.encode("utf-8")
    files["tex"], files["md"] = words.latex().encode("utf-8"), words.markdown().encode("utf-8")
    for suffix, data in files.items():
        _write_changed(Path(folder) / f"{name}.{suffix}", data)
    hashes = {suffix: hashlib.sha256(data).hexdigest() for suffix, data in files.items()}
    entry = {**origin, "caption": words.text, "alt": words.alt, "code": loaded_code(), "files": hashes}
    record_figure(Path(folder), name, entry)
    return figure


def _refuse_empty(name: str, table: pd.DataFrame, column: str) -> None:
    """Raise an UnanswerableError where the column that the chart is about holds nothing, with the reasons that the table gives."""
    if column not in table:
        return
    drawn = table[has_enough(table)] if "n_articles" in table and "min_articles" in table.attrs else table
    if drawn[column].notna().any():
        return
    reasons = list(dict.fromkeys(filter(None, table["reason"]))) if "reason" in table else []
    because = f" ({'; '.join(reasons[:_MOST_REASONS])})" if reasons else ""
    raise UnanswerableError(f"figure {name} would be empty: no {column} can be shown{because}")


def _write_changed(path: Path, data: bytes) -> None:
    if not (path.is_file() and path.read_bytes() == data):
        write_whole(path, data)


def _pictures(figure: Figure, words: Caption, origin: dict[str, Any]) -> dict[str, bytes]:
    """Return the figure in each format, with words and origin as metadata and nothing that changes from run to run."""
    source = json.dumps(origin, sort_keys=True, ensure_ascii=False)
    metadata: dict[str, dict[str, Any]] = {
        "svg": {"Title": words.text, "Description": words.alt, "Source": source, "Date": None, "Creator": None},
        "pdf": {
            "Title": words.text, "Subject": words.alt, "Keywords": source, "CreationDate": None, "Creator": None, "Producer": None,
        },
        "png": {"Title": words.text, "Description": words.alt, "Source": source, "Software": None},
    }  # fmt: skip
    with style():
        # The layout is settled before writing, at the resolution of the PNG; drawn anew for each format, it would move.
        dpi = figure.dpi
        figure.dpi = _DPI
        figure.draw_without_rendering()
        figure.dpi = dpi
        figure.set_layout_engine("none")
        drawn = {suffix: drawn_as(suffix, figure, metadata=one, dpi=_DPI) for suffix, one in metadata.items()}
    drawn["svg"] = rounded_svg(drawn["svg"].decode("utf-8")).encode("utf-8")
    return drawn
