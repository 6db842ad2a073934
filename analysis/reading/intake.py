"""Files and tables → all their articles as one table, with ids, dates and what was noted on the way."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.core.errors import CorpusError
from analysis.core.progress import watched
from analysis.core.schema import ARTICLES, FILES, TEXT_FIELDS
from analysis.reading.apart import Apart, is_risky
from analysis.reading.containers import Fault, FileInPlace, Piece, pieces, shown
from analysis.reading.dates import days
from analysis.reading.formats import FileRead, read_piece, table_read, with_plain_cells
from analysis.reading.judging import Rejection
from analysis.reading.naming import unique_names
from analysis.reading.notes import Note
from analysis.reading.options import Reading
from analysis.reading.records import Record
from analysis.reading.rooms import Room
from analysis.reading.shelving import is_in_parts, is_of_rows, read_in_parts, shelved
from analysis.reading.tables import article_texts
from analysis.reading.unfit import check_columns, fit_rows

_LOG = logging.getLogger(__name__)

_MOST_RAW = 1 << 20
_AS_FOUND = {"encoding": "encoding_as_found"}


class _Taken(NamedTuple):
    """One file that was read: its place among the files, its name for ids, and what it held."""

    number: int
    place: str
    name: str
    read: FileRead


class Intake:
    """Everything that was found in the files, before articles are judged.

    Attributes
    ----------
    rejected : list
        What no reader could read, as rows of REJECTED.
    notes : list of Note
        What the readers noted.
    """

    def __init__(self, how: Reading, room: Room) -> None:
        self.how = how
        self.room = room
        self.shelves = room.shelves()
        self.taken: list[_Taken] = []
        self.rejected: list[Rejection] = []
        self.notes: list[Note] = []
        self._numbers = pd.Series(dtype="int64")

    def add_table(self, table: pd.DataFrame) -> None:
        """Take a table of articles.

        Raises
        ------
        CorpusError
            When it has no text column, or a named column is not there.
        """
        try:
            check_columns(table.columns)
            table, unfit = fit_rows(table)
            read = table_read(table, self.how, "table")
        except CorpusError as error:
            raise CorpusError(f"table: {error}") from error
        if self.how.boilerplate == "cut":
            read = with_plain_cells(read)
        if read.columns_read:
            _LOG.info("table: columns read by their usual names: %s", read.columns_read)
        self.rejected += [("", *unread) for unread in unfit]
        self.notes += [note.of_file("table") for note in read.notes]
        self.taken.append(_Taken(0, "", "row", shelved(read, self.shelves)))

    def add_files(self, paths: str | Path | Iterable[str | Path]) -> None:
        """Take files, and all files below folders.

        Raises
        ------
        CorpusError
            When a path is not there, a file given by name cannot be read, or a file holds another number of articles than it says.
        """
        given = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        named = {shown(path) for path in given}
        found = pieces(given, in_place=is_in_parts if self.shelves else is_of_rows)
        with Apart() as apart:
            for number, piece in enumerate(watched(found, "reading", total=None, unit=" files")):
                if isinstance(piece, Fault):
                    self._refuse(piece.place, piece.error, "", is_given=piece.place in named)
                elif isinstance(piece, Piece | FileInPlace):
                    self._add_file(number, piece, apart, is_given=piece.place in named)
                else:
                    place, unread = piece
                    self.rejected.append((place, *unread))

    def _refuse(self, place: str, error: CorpusError, raw: str, *, is_given: bool) -> None:
        """List a file that cannot be read; raise where the user named it."""
        if is_given:
            raise CorpusError(_placed(place, error)) from error
        self.rejected.append((place, _position(error), str(error), raw))

    def _add_file(self, number: int, piece: Piece | FileInPlace, apart: Apart, *, is_given: bool) -> None:
        try:
            read = self._read(piece, apart)
        except CorpusError as error:
            raw = piece.data[:_MOST_RAW].decode("utf-8", "replace")
            self._refuse(piece.place, error, raw, is_given=is_given)
            return
        n_found = len(read.rows) + len(read.rejected)
        if read.stated is not None and read.stated != n_found:
            other = CorpusError(
                f"the file says that it holds {read.stated:,} articles, but {n_found:,} were found; it may be "
                f"cut, or of a layout that is not known ({read.format} was recognised): export it again"
            )
            self._refuse(piece.place, other, piece.data[:_MOST_RAW].decode("utf-8", "replace"), is_given=is_given)
            return
        if not n_found:
            self.notes.append(Note("holds no article", kind="left out", file=piece.place))
        self.rejected += [(piece.place, *unread) for unread in read.rejected]
        self.notes += [note.of_file(piece.place) for note in read.notes]
        self.taken.append(_Taken(number, piece.place, piece.name, shelved(read, self.shelves)))

    def _read(self, piece: Piece | FileInPlace, apart: Apart) -> FileRead:
        if isinstance(piece, FileInPlace):
            return read_in_parts(piece, self.how, self.room, self.shelves)
        return apart.read(piece, self.how) if is_risky(piece.data) else read_piece(piece, self.how)

    def articles(self) -> pd.DataFrame:
        """Return all articles in the order of their files; dates are inferred over all files of one format."""
        by_format: dict[str, list[_Taken]] = {}
        names = unique_names([(taken.name, taken.place, len(taken.read.rows)) for taken in self.taken])
        for taken in [taken._replace(name=name) for taken, name in zip(self.taken, names, strict=True)]:
            if len(taken.read.rows):  # a file may hold rejections only, such as an error page
                by_format.setdefault(taken.read.format, []).append(taken)
        tables = []
        for name, several in by_format.items():
            table = _stacked(several)
            place = (several[0].place or "table") if len(several) == 1 else f"{len(several)} files of {name}"
            tables.append(self._dated(table, place))
        if not tables:
            return _complete(pd.DataFrame({"body": []}), "").assign(date=pd.Series([], dtype="datetime64[us]"))
        found = pd.concat(tables, ignore_index=True).sort_values(" file", kind="stable", ignore_index=True)
        self._numbers = found[" file"]
        found = found.drop(columns=" file")
        # Files were read in this order too.
        return found.assign(**{name: shelf.column().array for name, shelf in self.shelves.items()})

    def _dated(self, table: pd.DataFrame, place: str) -> pd.DataFrame:
        written = table["date"]
        day = days(written, place=place, order=self.how.dates)
        unread = day.isna() & written.notna() & (written.astype("str").str.strip() != "")
        if unread.any():
            table = table.assign(date_raw=written.astype("str").where(unread))
            first = written[unread].to_list()[0]
            finding = f"{unread.sum():,} of {len(table):,} dates name no day (first: {first!r})"
            self.notes.append(
                Note(finding, kind="dates unread", file=place, count=int(unread.sum()), remedy="see column date_raw")
            )
        return table.assign(date=day)

    def files_table(self, is_kept: pd.Series) -> pd.DataFrame:
        """Return FILES, given which of all `articles` are kept."""
        kept = self._numbers[is_kept].value_counts()
        rows = [
            (taken.place, taken.read.format, taken.read.encoding, len(taken.read.rows) + len(taken.read.rejected),
             int(kept.get(taken.number, 0)), taken.read.stated, taken.read.n_replaced, taken.read.columns_read)
            for taken in self.taken if taken.place
        ]  # fmt: skip
        table = pd.DataFrame(rows, columns=list(FILES.names))
        kinds = {column.name: "str" if column.kind == "text" else "Int64" for column in FILES.columns}
        return table.astype(kinds)


def _position(error: CorpusError) -> str:
    head = str(error).split(":", 1)[0]
    return head if head.startswith(("line ", "row ")) else "file"


def _placed(place: str, error: CorpusError) -> str:
    return f"{place}, {error}" if _position(error) != "file" else f"{place}: {error}"


def _stacked(several: list[_Taken]) -> pd.DataFrame:
    """Return the articles of files of one format, with ids for those that have none, and the number of their file."""
    tables = []
    records: list[Record] = []
    for taken in several:
        number, place, name, read = taken
        if isinstance(read.rows, pd.DataFrame):
            table = _complete(read.rows, place, name)
            table[" file"] = number
            tables.append(_with_encoding(table, read))
        else:
            made = {"source_file": place, "encoding": read.encoding, " file": number}
            rows = [{_AS_FOUND.get(key, key): value for key, value in record.items()} for record in read.rows]
            ids = [name] if len(read.rows) == 1 else [f"{name}-{n}" for n in range(1, len(read.rows) + 1)]
            records += [{"article_id": id_, **made, **record} for id_, record in zip(ids, rows, strict=True)]
    if records:
        tables.append(_complete(pd.DataFrame(records), ""))
    return pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]


def _with_encoding(table: pd.DataFrame, read: FileRead) -> pd.DataFrame:
    """Return a table with the encoding of its file; a column that it brings under that name is kept as ``encoding_as_found``.

    What `framing read` wrote brings the encoding of the files that were read then, and that stays.
    """
    if read.format == "table" or ("encoding" in table.columns and "source_file" in read.rows):
        return table
    return table.rename(columns=_AS_FOUND).assign(encoding=read.encoding)


def _complete(table: pd.DataFrame, source_file: str, name: str = "") -> pd.DataFrame:
    """Return `table` with every column of ARTICLES, texts as strings and ids made where there are none."""
    made = pd.DataFrame(index=range(len(table)))
    for column in ARTICLES.names:
        values = table[column].reset_index(drop=True) if column in table.columns else None
        if column in TEXT_FIELDS:
            made[column] = article_texts(values, column, len(table))
        elif column == "lead_paragraphs":
            made[column] = 1 if values is None else _lead_paragraphs(values, source_file)
        elif column == "date":
            made[column] = pd.Series(pd.NA, index=made.index, dtype="str") if values is None else values
        elif column == "article_id" and values is None:
            made[column] = pd.Series([f"{name}-{number}" for number in range(1, len(table) + 1)], dtype="str")
        elif column == "source_file":
            made[column] = (
                pd.Series([source_file] * len(table), dtype="str") if values is None else _files(values, source_file)
            )
        else:
            made[column] = pd.Series(pd.NA, index=made.index, dtype="str") if values is None else values.astype("str")
    extra = table[[column for column in table.columns if column not in ARTICLES.names]].reset_index(drop=True)
    return pd.concat([made, extra], axis=1)


def _files(values: pd.Series, source_file: str) -> pd.Series:
    """Return the files that a table names, and the table's own where it names none."""
    named = values.astype("str")
    return named.where(named.notna() & (named.str.strip() != ""), source_file)


def _lead_paragraphs(values: pd.Series, source_file: str) -> pd.Series:
    counts = pd.to_numeric(values, errors="coerce")
    wrong = values.notna() & ~((counts >= 0) & (counts % 1 == 0))
    if wrong.any():
        found = values[wrong].iloc[0]
        raise CorpusError(f"{source_file or 'table'}: lead_paragraphs {found!r}; allowed are whole numbers from 0")
    return counts.fillna(1).astype("int64")
