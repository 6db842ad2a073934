"""The one door: a result table as a file for a report or paper, by the ending of its name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.core.errors import FramingError, SchemaError
from analysis.core.files import write_whole
from analysis.exporting.plain_csv import csv_text
from analysis.exporting.presented import Presented, presented, title_of
from analysis.exporting.sheets import workbook
from analysis.exporting.statistics_files import spss_file, stata_file
from analysis.exporting.text_tables import latex_table, markdown_table
from analysis.exporting.word import word_document

_OF_A_LABEL = re.compile(r"[^\w-]+")


def export(table: pd.DataFrame, path: str | Path, *, caption: str = "", note: str = "") -> Path:
    r"""Write a result table for a report or a paper; the ending of the file's name says the format.

    - ``.docx``: Word and LibreOffice; a table with a numbered caption, a note and an alt text
    - ``.tex``: LaTeX with the package booktabs, and longtable above 40 rows
    - ``.md``: Markdown as GitHub and pandoc read it
    - ``.xlsx``: Excel; all digits, readable column names, and a sheet that says what they mean
    - ``.csv``: all digits, the table's own column names, UTF-8
    - ``.sav``, ``.dta``: SPSS and Stata; all digits, variable labels (``pip install 'media-framing-analysis[spss]'``)

    In the first three, numbers are rounded and an estimate has its interval in brackets, "12.3 [8.1, 18.4]"; shares are in
    percent, categories lose their underscores, and the reason of a missing cell stands in the note. A number that is not 0
    never reads as 0. `analysis.charts.number_format` writes them as German or French does. The caption names lexicon, targets and corpus,
    the note the interval. In .xlsx and .csv, a text that a spreadsheet would take for a formula gets an apostrophe
    (`analysis.core.cells`). The file is written aside and then put in place.

    Parameters
    ----------
    table : pandas.DataFrame
        A result, or some of its rows and columns. An index with a name becomes a column.
    path : str or pathlib.Path
        The file to write; its folder is made if it is not there.
    caption : str
        What the table shows, the first sentence of the caption. Without it, the columns say ("Rates by outlet and category"), or
        the file's name.
    note : str
        A sentence to add to the note.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    SchemaError
        When `table` is no table, has no row, or has two columns of one name.
    FramingError
        When the ending is unknown, `path` is a folder, or the format cannot hold the table.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "n_articles": [1200, 7], "share_of_articles": [0.125, 0.5],
    ...                       "share_of_articles_low": [0.11, None], "share_of_articles_high": [0.14, None]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(fa.export(table, Path(folder) / "t.md", caption="Articles with the frame").read_text(encoding="utf-8"))
    Articles with the frame.
    <BLANKLINE>
    | outlet | articles | share of articles \(%\) \[95% interval\] |
    | :--- | ---: | ---: |
    | A | 1,200 | 12.5 \[11.0, 14.0\] |
    | B | 7 | 50.0 |
    <BLANKLINE>
    *Note.* In brackets: 95% interval.
    <BLANKLINE>
    """
    path = Path(path)
    write = _writer(path)
    table = _checked(table)
    write_whole(path, write(table, Words(caption or title_of(table, path.stem), note, path.stem)))
    return path


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a table: the title and note that its caller gave, and the name of its file."""

    title: str
    note: str
    name: str


def _page(table: pd.DataFrame, words: Words) -> Presented:
    return presented(table, title=words.title, note=words.note)


Writer = Callable[[pd.DataFrame, Words], bytes]
WRITERS: dict[str, Writer] = {
    ".docx": lambda table, words: word_document(_page(table, words)),
    ".tex": lambda table, words: latex_table(_page(table, words), _OF_A_LABEL.sub("-", words.name)),
    ".md": lambda table, words: markdown_table(_page(table, words)),
    ".xlsx": lambda table, words: workbook(table, title=words.title, note=words.note),
    ".csv": lambda table, words: csv_text(table),
    ".sav": lambda table, words: spss_file(table, words.title),
    ".dta": lambda table, words: stata_file(table, words.title),
}


def _writer(path: Path) -> Writer:
    if path.is_dir():
        raise FramingError(f"export: {path} is a folder; give the file in it, such as {path / 'table.docx'}")
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        found = (
            f"the ending {path.suffix!r} is not known" if suffix else "the name has no ending, which says the format"
        )
        raise FramingError(f"export: {path}: {found}; write {', '.join([*WRITERS][:-1])} or {[*WRITERS][-1]}")
    return WRITERS[suffix]


def _checked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its index, where that has names, as columns."""
    if not isinstance(table, pd.DataFrame):
        raise SchemaError(
            f"export: found {type(table).__name__}, needed is a pandas.DataFrame, such as fa.rates returns; a field of a result "
            f"that holds several is one (fa.describe(corpus).by_outlet)"
        )
    if table.columns.nlevels > 1:
        raise SchemaError("export: the columns have names on several levels; give a table with one row of names")
    made = table.reset_index() if any(name is not None for name in table.index.names) else table.reset_index(drop=True)
    twice = made.columns[made.columns.duplicated()]
    if len(twice):
        raise SchemaError(f"export: the column {twice[0]!r} stands twice; rename one, or leave it out")
    if made.empty:
        raise SchemaError(
            f"export: the table has no row (columns: {', '.join(map(repr, map(str, made.columns))) or 'none'}); there is nothing to "
            f"write. See what left it empty, such as a choice of rows"
        )
    made.attrs = dict(table.attrs)
    return made
