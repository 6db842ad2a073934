"""files → Corpus: the articles kept, those rejected and why, and what was cut from their text."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import CorpusError
from analysis.reading.boilerplate import Cut, cut_articles, cut_repeated
from analysis.reading.containers import Piece, pieces
from analysis.reading.dates import days
from analysis.reading.duplicates import find_duplicates
from analysis.reading.formats import CUTS, FileRead, read_piece
from analysis.reading.outlets import read_outlets, with_outlets
from analysis.reading.records import Record
from analysis.reading.tables import map_columns
from analysis.schema import ARTICLES, FILES, REJECTED, REMOVED, TEXT_FIELDS

_LOG = logging.getLogger(__name__)

_GROUPS = ["duplicate_group", "duplicate_kind", "duplicate_similarity"]
_ALLOWED = {"boilerplate": ("cut", "keep"), "duplicates": ("keep", "first")}
_MOST_RAW = 1 << 20

Rejection = tuple[str, str, str, str]  # source_file, position, reason, raw


def _empty(names: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(names), dtype="str")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in = articles kept + articles rejected.

    Attributes
    ----------
    articles : pandas.DataFrame
        ARTICLES: one row an article. Articles that are copies of one text share a ``duplicate_group``.
    rejected : pandas.DataFrame
        REJECTED: what was left out, where it stood, why, and its raw text.
    removed : pandas.DataFrame
        REMOVED: what was cut from the texts, and by which rule.
    files : pandas.DataFrame
        FILES: format, encoding and number of articles of each file; empty for a corpus from a table.
    notes : tuple of str
        What must be known before results are trusted: duplicates, cut bodies, unread dates, outlets without an alias.
    """

    articles: pd.DataFrame
    rejected: pd.DataFrame
    removed: pd.DataFrame
    files: pd.DataFrame = field(default_factory=lambda: _empty(FILES.names))
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        counts = f"{len(self.articles):,} articles kept, {len(self.rejected):,} rejected, {len(self.removed):,} cuts"
        return "\n".join([f"Corpus({counts})", *(f"- {note}" for note in self.notes)])

    def text_of(self, article_id: str, field: str) -> str:
        """Return the text of a field of an article.

        Raises
        ------
        CorpusError
            When there is no such article or field.
        """
        if field not in TEXT_FIELDS or not (self.articles["article_id"] == article_id).any():
            raise CorpusError(
                f"no text {field!r} of article {article_id!r}; ids stand in .articles['article_id'], "
                f"fields are {', '.join(TEXT_FIELDS)}"
            )
        return str(self.articles.set_index("article_id").at[article_id, field])


def read(
    paths_or_table: str | Path | Iterable[str | Path] | pd.DataFrame,
    columns: Mapping[str, str] | None = None,
    boilerplate: str = "cut",
    *,
    duplicates: str = "keep",
    dates: str | None = None,
    outlets: str | Path | None = None,
) -> Corpus:
    """Return the corpus of some files, folders or a table.

    Parameters
    ----------
    paths_or_table : path, list of paths, or pandas.DataFrame
        Files or folders (read with all below them, in order of their names) of text, CSV, TSV, Excel, JSON, JSON Lines, Parquet,
        web pages, and exports of Nexis, Factiva, ProQuest, Europresse, Media Cloud and NewsAPI; also in zip archives and gzip.
        The format is told by the content. Or a table with any of the ARTICLES columns.
    columns : mapping of str to str, optional
        Our column name to theirs, such as ``{"headline": "heading"}``; others are guessed from usual names.
    boilerplate : {"cut", "keep"}
        Whether newsletter notices, related links, passages that an outlet repeats and the like are cut (and listed in ``removed``).
    duplicates : {"keep", "first"}
        Whether copies of a text stay, or only the first of a group by date; the others are then in ``rejected``. Updated
        versions of a story in one outlet stay in both cases.
    dates : {"day first", "month first"}, optional
        How dates such as 03/04/2020 are read where the whole column does not show it.
    outlets : path, optional
        File of outlets and their aliases; see `analysis.reading.outlets.read_outlets`.

    Returns
    -------
    Corpus
        Articles whose three texts are all blank, and those that cannot be read, are in ``rejected``.

    Raises
    ------
    CorpusError
        When a path is not there, a file given by name cannot be read, a table has no text column, the order of day and
        month cannot be told, or a file holds another number of articles than it says.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"title": ["Hurd looks weak", ""], "text": ["Rivals said so.", ""]})
    >>> corpus = fa.read(table)
    >>> corpus
    Corpus(1 articles kept, 1 rejected, 0 cuts)
    >>> corpus.articles[["article_id", "headline", "body"]]
      article_id         headline             body
    0      row-1  Hurd looks weak  Rivals said so.
    >>> corpus.rejected["reason"].tolist()
    ['headline, standfirst and body are all empty']
    """
    for name, value in (("boilerplate", boilerplate), ("duplicates", duplicates)):
        if value not in _ALLOWED[name]:
            raise CorpusError(f"{name}={value!r}: allowed are {' and '.join(map(repr, _ALLOWED[name]))}")
    intake = _Intake()
    if isinstance(paths_or_table, pd.DataFrame):
        intake.add_table(paths_or_table, columns)
    else:
        intake.add_files(paths_or_table, columns, boilerplate)
    found = intake.articles(dates)
    found, cuts = _without_cuts(found)
    originals = found
    if boilerplate == "cut":
        found, cuts = cut_repeated(*cut_articles(found, cuts))
    reasons = _reasons(found)
    found, grouped = _with_duplicates(found, reasons, policy=duplicates)
    intake.notes += grouped
    kept = reasons.isna()
    articles, rejected = found[kept].reset_index(drop=True), intake.rejected + _rejections(originals, cuts, reasons)
    if outlets is not None:
        articles, unmatched = with_outlets(articles, read_outlets(outlets))
        intake.notes += [f"{outlets} has no line for {_listed(unmatched)}"] if unmatched else []
    corpus = Corpus(
        ARTICLES.check(articles),
        REJECTED.check(pd.DataFrame(rejected, columns=list(REJECTED.names), dtype="str")),
        REMOVED.check(_removed(found["article_id"], kept, cuts)),
        FILES.check(intake.files_table(articles)),
        tuple(intake.notes),
    )
    for note in corpus.notes:
        _LOG.warning("%s", note)
    return corpus


def _without_cuts(found: pd.DataFrame) -> tuple[pd.DataFrame, list[list[Cut]]]:
    """Return the articles without the column of what was cut while their file was read, and that as a list."""
    if CUTS not in found:
        return found, [[] for _ in range(len(found))]
    cuts = [value if isinstance(value, list) else [] for value in found[CUTS]]
    return found.drop(columns=CUTS), cuts


def _removed(ids: pd.Series, kept: pd.Series, cuts: list[list[Cut]]) -> pd.DataFrame:
    """Return the REMOVED rows of the articles that were kept."""
    rows = [
        (article_id, "body", *cut)
        for article_id, is_kept, of_article in zip(ids, kept, cuts, strict=True)
        if is_kept
        for cut in of_article
    ]
    return pd.DataFrame(rows, columns=list(REMOVED.names), dtype="str")


def _listed(names: list[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"'{name}'" for name in names[:most]) + more


class _Taken(NamedTuple):
    """One file that was read: its place among the files, its name for ids, and what it held."""

    number: int
    place: str
    name: str
    read: FileRead


class _Intake:
    """Everything that was found in the files, before articles are judged."""

    def __init__(self) -> None:
        self.taken: list[_Taken] = []
        self.rejected: list[Rejection] = []
        self.notes: list[str] = []

    def add_table(self, table: pd.DataFrame, columns: Mapping[str, str] | None) -> None:
        try:
            mapped, guessed = map_columns(table, columns)
        except CorpusError as error:
            raise CorpusError(f"table: {error}") from error
        for theirs, ours in guessed.items():
            _LOG.info("table: column '%s' is read as %s", theirs, ours)
        self.taken.append(_Taken(0, "", "row", FileRead(mapped, "table")))

    def add_files(
        self, paths: str | Path | Iterable[str | Path], columns: Mapping[str, str] | None, boilerplate: str
    ) -> None:
        given = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        names: Counter[str] = Counter()
        for number, piece in enumerate(pieces(given)):
            if not isinstance(piece, Piece):
                place, unread = piece
                self.rejected.append((place, *unread))
                continue
            names[piece.name] += 1
            name = piece.name if names[piece.name] == 1 else f"{Path(piece.place).parent.name}/{piece.name}"
            self._add_file(number, piece, name, (columns, boilerplate), is_given=Path(piece.place) in given)

    def _add_file(
        self, number: int, piece: Piece, name: str, how: tuple[Mapping[str, str] | None, str], *, is_given: bool
    ) -> None:
        try:
            read = read_piece(piece, *how)
        except CorpusError as error:
            if is_given:
                raise CorpusError(_placed(piece.place, error)) from error
            raw = piece.data[:_MOST_RAW].decode("utf-8", "replace")
            self.rejected.append((piece.place, _position(error), str(error), raw))
            return
        n_found = len(read.rows) + len(read.rejected)
        if read.stated is not None and read.stated != n_found:
            raise CorpusError(
                f"{piece.place}: the file says that it holds {read.stated:,} articles, but {n_found:,} were found; it may be "
                f"cut, or of a layout that is not known ({read.format} was recognised): export it again"
            )
        self.rejected += [(piece.place, *unread) for unread in read.rejected]
        self.notes += [f"{piece.place}: {warning}" for warning in read.warnings]
        if read.n_replaced:
            self.notes.append(f"{piece.place}: {read.n_replaced:,} letters were lost before (U+FFFD)")
        self.taken.append(_Taken(number, piece.place, name, read))

    def articles(self, dates: str | None) -> pd.DataFrame:
        """Return all articles in the order of their files; dates are inferred over all files of one format."""
        by_format: dict[str, list[_Taken]] = {}
        for taken in self.taken:
            by_format.setdefault(taken.read.format, []).append(taken)
        tables = []
        for name, several in by_format.items():
            table = _stacked(several)
            place = (several[0].place or "table") if len(several) == 1 else f"{len(several)} files of {name}"
            tables.append(self._dated(table, place, dates))
        if not tables:
            return _complete(pd.DataFrame({"body": []}), "").assign(date=pd.Series([], dtype="datetime64[us]"))
        found = pd.concat(tables, ignore_index=True).sort_values(" file", kind="stable", ignore_index=True)
        return found.drop(columns=" file")

    def _dated(self, table: pd.DataFrame, place: str, order: str | None) -> pd.DataFrame:
        written = table["date"]
        day = days(written, place=place, order=order)
        unread = day.isna() & written.notna() & (written.astype("str").str.strip() != "")
        if unread.any():
            table = table.assign(date_raw=written.astype("str").where(unread))
            self.notes.append(
                f"{place}: {unread.sum():,} of {len(table):,} dates name no day (first: {written[unread].to_list()[0]!r}); "
                "see column date_raw"
            )
        return table.assign(date=day)

    def files_table(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Return FILES."""
        kept = articles["source_file"].value_counts()
        rows = [
            (taken.place, taken.read.format, taken.read.encoding, len(taken.read.rows) + len(taken.read.rejected),
             int(kept.get(taken.place, 0)), taken.read.stated, taken.read.n_replaced)
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
            table[" file"], table["encoding"] = number, read.encoding
            tables.append(table)
        else:
            made = {"source_file": place, "encoding": read.encoding, " file": number}
            ids = [name] if len(read.rows) == 1 else [f"{name}-{n}" for n in range(1, len(read.rows) + 1)]
            records += [{"article_id": id_, **made, **record} for id_, record in zip(ids, read.rows, strict=True)]
    if records:
        tables.append(_complete(pd.DataFrame(records), ""))
    stacked = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]
    return stacked if several[0].place else stacked.drop(columns="encoding")


def _complete(table: pd.DataFrame, source_file: str, name: str = "") -> pd.DataFrame:
    """Return `table` with every column of ARTICLES, texts as strings and ids made where there are none."""
    made = pd.DataFrame(index=range(len(table)))
    for column in ARTICLES.names:
        values = table[column].reset_index(drop=True) if column in table.columns else None
        if column in TEXT_FIELDS:
            made[column] = _texts(values, column, len(table))
        elif column == "lead_paragraphs":
            made[column] = 1 if values is None else _lead_paragraphs(values, source_file)
        elif column == "date":
            made[column] = pd.Series(pd.NA, index=made.index, dtype="str") if values is None else values
        elif column == "article_id" and values is None:
            made[column] = pd.Series([f"{name}-{number}" for number in range(1, len(table) + 1)], dtype="str")
        elif column == "source_file" and values is None:
            made[column] = pd.Series([source_file] * len(table), dtype="str")
        else:
            made[column] = pd.Series(pd.NA, index=made.index, dtype="str") if values is None else values.astype("str")
    extra = table[[column for column in table.columns if column not in ARTICLES.names]].reset_index(drop=True)
    return pd.concat([made, extra], axis=1)


def _lead_paragraphs(values: pd.Series, source_file: str) -> pd.Series:
    counts = pd.to_numeric(values, errors="coerce")
    wrong = values.notna() & ~((counts >= 0) & (counts % 1 == 0))
    if wrong.any():
        found = values[wrong].iloc[0]
        raise CorpusError(f"{source_file or 'table'}: lead_paragraphs {found!r}; allowed are whole numbers from 0")
    return counts.fillna(1).astype("int64")


def _texts(values: pd.Series | None, column: str, length: int) -> pd.Series:
    if values is None:
        return pd.Series([""] * length, dtype="str")
    if not isinstance(values.dtype, pd.StringDtype):
        is_text = values.map(lambda value: isinstance(value, str), na_action="ignore").fillna(True).astype(bool)
        if not is_text.all():
            place = int(is_text.to_numpy().argmin())
            raise CorpusError(
                f"table, row {place + 1}, column '{column}': found {values.iloc[place]!r}, which is no text; "
                "convert the column to strings"
            )
    try:
        return values.astype("str").fillna("")
    except UnicodeEncodeError as error:
        raise CorpusError(
            f"table, column '{column}': half of a surrogate pair, which is no character; mend or drop that row"
        ) from error


def _reasons(articles: pd.DataFrame) -> pd.Series:
    """Return why each article is left out, missing for those that are kept."""
    blank = pd.concat([articles[field].str.strip() == "" for field in TEXT_FIELDS], axis=1).all(axis=1)
    unnamed = articles["article_id"].isna() & ~blank
    repeated = articles["article_id"].duplicated() & ~blank & ~unnamed
    reasons = pd.Series(pd.NA, index=articles.index, dtype="str")
    reasons[blank] = "headline, standfirst and body are all empty"
    reasons[unnamed] = "no article_id"
    names, files, positions = articles["article_id"].tolist(), articles["source_file"].tolist(), _positions(articles)
    first = {name: place for place, name in reversed(list(enumerate(names)))}
    reasons[repeated] = [
        f"article_id '{name}' is used before ({files[first[name]] or 'table'}, {positions[first[name]]}); ids must be unique"
        for name in articles.loc[repeated, "article_id"].tolist()
    ]
    return reasons


def _positions(articles: pd.DataFrame) -> list[str]:
    """Return where each article stands in its file."""
    numbers = articles.groupby(articles["source_file"].fillna("")).cumcount() + 1
    return [f"article {number}" for number in numbers]


def _has_groups(found: pd.DataFrame) -> bool:
    """Return whether a table that was read before brings its groups of copies, and no group lost its first article since."""
    return {*_GROUPS} <= {*found.columns} and bool(found["duplicate_group"].dropna().isin(found["article_id"]).all())


def _with_duplicates(found: pd.DataFrame, reasons: pd.Series, *, policy: str) -> tuple[pd.DataFrame, list[str]]:
    """Return the articles with their group of copies, and a note; under "first" the copies get a reason to be left out."""
    if not _has_groups(found):
        groups = find_duplicates(found[reasons.isna()])
        if groups.empty:
            return found, []
        # Ids are unique among the articles that are kept, and only those were looked at.
        columns = groups.set_index("article_id")[["duplicate_group", "kind", "similarity"]].set_axis(_GROUPS, axis=1)
        looked_at = found["article_id"].where(reasons.isna())
        found = found.assign(**{name: looked_at.map(columns[name]) for name in _GROUPS})
    is_copy = found["duplicate_kind"].isin(["exact", "near"]) & (found["duplicate_group"] != found["article_id"])
    n_updates = int((found["duplicate_kind"] == "update").sum())
    note = (
        f"duplicates: {int(is_copy.sum()):,} articles are copies of another, {n_updates:,} are updated versions; "
        + ("copies are left out" if policy == "first" else "all are kept (duplicates='first' leaves the copies out)")
    )
    if policy == "first":
        reasons[is_copy] = [f"a copy of article '{group}'" for group in found.loc[is_copy, "duplicate_group"]]
    return found, [note]


def _rejections(found: pd.DataFrame, cuts: list[list[Cut]], reasons: pd.Series) -> list[Rejection]:
    lost = np.flatnonzero(reasons.notna()).tolist()
    positions = _positions(found)
    rejections = []
    for place in lost:
        row = found.iloc[place]
        text = "\n\n".join(row[field] for field in TEXT_FIELDS)
        raw = text if text.strip() else "\n\n".join(passage for _, passage in cuts[place]) or text
        source = row["source_file"] if isinstance(row["source_file"], str) else ""
        rejections.append((source, positions[place], str(reasons.iat[place]), raw))
    return rejections
