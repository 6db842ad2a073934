"""Read files, folders or a DataFrame into a Corpus; every article is kept or listed with the reason why not."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pandas as pd

from analysis.errors import CorpusError
from analysis.reading.boilerplate import Cut, cut_column
from analysis.reading.plain import read_plain
from analysis.reading.raw import Raw, Rejection, rejections
from analysis.reading.table import read_dataframe, read_table_file
from analysis.reading.typed import is_blank, typed
from analysis.schema import ARTICLES, REJECTED, REMOVED, TEXT_FIELDS

_log = logging.getLogger(__name__)

SUFFIXES = (".txt", ".csv", ".jsonl", ".parquet")
BOILERPLATE = ("cut", "keep")

PathsOrTable = str | Path | Sequence[str | Path] | pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Articles, with what was left out and what was cut.

    Attributes
    ----------
    articles : pandas.DataFrame
        Table ARTICLES, with ``date_raw`` (the text of a date that names no day), ``encoding`` (of text files) and the
        further columns of its sources.
    rejected : pandas.DataFrame
        Table REJECTED.
    removed : pandas.DataFrame
        Table REMOVED.
    """

    articles: pd.DataFrame
    rejected: pd.DataFrame
    removed: pd.DataFrame

    def __post_init__(self) -> None:
        ARTICLES.check(self.articles)
        REJECTED.check(self.rejected)
        REMOVED.check(self.removed)

    def text_of(self, article_id: str, field: str) -> str:
        """Return one text of one article.

        Parameters
        ----------
        article_id : str
            The article.
        field : {"headline", "standfirst", "body"}
            Which of its texts.

        Returns
        -------
        str
            The text, "" where the article has none.

        Raises
        ------
        CorpusError
            When there is no such article or field.
        """
        if field not in TEXT_FIELDS:
            raise CorpusError(f"text_of: found field '{field}'; allowed are {_listed(TEXT_FIELDS)}; correct the name")
        found = self.articles.loc[self.articles["article_id"] == article_id, field]
        if found.empty:
            raise CorpusError(
                f"text_of: no article '{article_id}' among {len(self.articles)}; allowed are the values of "
                "corpus.articles['article_id']; look also in corpus.rejected"
            )
        return str(found.iloc[0])


def read(
    paths_or_table: PathsOrTable, columns: Mapping[str, str | None] | None = None, boilerplate: str = "cut"
) -> Corpus:
    """Read articles.

    Parameters
    ----------
    paths_or_table : str, Path, sequence of these, or pandas.DataFrame
        Files (.txt, .csv, .jsonl, .parquet) and folders, which are searched with their subfolders; or a table.
    columns : mapping of str to str, optional
        For tables, our column names to theirs: ``{"headline": "title"}``. None as a value says that there is no such
        column. Columns that are not named are guessed from their usual names; guesses are logged.
    boilerplate : {"cut", "keep"}
        Whether newsletter notices, link lines and the like are cut; each cut is a row of ``removed``.

    Returns
    -------
    Corpus
        Articles found = ``articles`` + ``rejected``.

    Raises
    ------
    CorpusError
        When a path, a table or an argument cannot be used as it is.
    """
    mapped = dict(columns or {})
    _check_arguments(mapped, boilerplate)
    if isinstance(paths_or_table, pd.DataFrame):
        return _joined([read_dataframe(paths_or_table, mapped)], [], boilerplate)
    is_one = isinstance(paths_or_table, str | Path)
    files, unread = _files([paths_or_table] if is_one else paths_or_table)  # type: ignore[list-item, arg-type]
    return _joined(list(_raws(files, mapped, boilerplate)), unread, boilerplate)


def _check_arguments(columns: Mapping[str, str | None], boilerplate: str) -> None:
    if boilerplate not in BOILERPLATE:
        raise CorpusError(
            f"read: found boilerplate={boilerplate!r}; allowed are {_listed(BOILERPLATE)}; choose one of them"
        )
    for name in columns:
        if name not in ARTICLES.names:
            raise CorpusError(
                f"read: columns names '{name}', which is no column of ARTICLES; allowed are {_listed(ARTICLES.names)}; "
                "write our name first: {'headline': 'title'}"
            )
    theirs = [name for name in columns.values() if name is not None]
    for name in theirs:
        if theirs.count(name) > 1:
            raise CorpusError(f"read: columns names '{name}' twice; allowed is once; choose one of our columns for it")


def _files(paths: Sequence[str | Path]) -> tuple[list[tuple[Path, str]], list[Rejection]]:
    """Return each file with the article_id that its name gives, and the files that are of no known format."""
    if not paths:
        raise CorpusError("read: found an empty list of paths; name at least one file or folder")
    files: list[tuple[Path, str]] = []
    unread: list[Rejection] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found = _files_below(path)
        elif path.is_file():
            found = [(path, path.stem)]
        else:
            raise CorpusError(f"{path}: no such file or folder; name one that exists (searched from {Path.cwd()})")
        if path.is_file() and path.suffix.lower() not in SUFFIXES:
            raise CorpusError(f"{path}: found {_kind(path)}; allowed are {_listed(SUFFIXES)}; convert the file")
        for file, article_id in found:
            if file.suffix.lower() in SUFFIXES:
                files.append((file, article_id))
            else:
                unread.append((str(file), "file", f"{_kind(file)}; read are {_listed(SUFFIXES)}", ""))
    return files, unread


def _files_below(folder: Path) -> list[tuple[Path, str]]:
    inside = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    shown = [path for path in inside if not any(part.startswith(".") for part in path.parts)]
    if not shown:
        raise CorpusError(f"{folder}: the folder is empty; allowed are {_listed(SUFFIXES)}; put files there")
    return [(folder / path, path.with_suffix("").as_posix()) for path in shown]


def _kind(path: Path) -> str:
    return f"a file of type '{path.suffix}'" if path.suffix else "a file without a type"


def _raws(files: Sequence[tuple[Path, str]], columns: Mapping[str, str | None], boilerplate: str) -> Iterator[Raw]:
    """Yield one Raw for each table and for each run of text files, in the order of the files."""
    for is_plain, run in groupby(files, key=lambda file: file[0].suffix.lower() == ".txt"):
        if is_plain:
            yield read_plain(list(run), boilerplate)
        else:
            for path, _ in run:
                yield read_table_file(path, columns)


def _joined(raws: Sequence[Raw], unread: Sequence[Rejection], boilerplate: str) -> Corpus:
    rejected: list[Rejection] = list(unread)
    tables: list[pd.DataFrame] = []
    removed: list[tuple[str, str, str, str]] = []
    first_places: dict[str, str] = {}
    for raw in raws:
        rejected += raw.rejected
        articles, faults = typed(raw.table, _place(raw))
        found_bodies = articles["body"]
        cuts = raw.cuts
        if boilerplate == "cut" and not raw.is_cut:
            articles["body"], cuts = cut_column(articles["body"])
        faults = _with_blank_and_repeated(articles, faults, raw.positions, first_places)
        is_kept = faults == ""
        rejected += _rejected_rows(articles.assign(body=found_bodies)[~is_kept], raw.positions, faults)
        removed += _removed_rows(articles, is_kept, cuts)
        tables.append(articles[is_kept])
    articles = _concatenated(tables)
    # The promise that no article is lost in silence: counted by the readers, checked here.
    n_found = sum(raw.count for raw in raws) + len(unread)
    assert n_found == len(articles) + len(rejected), f"{n_found} articles found, {len(articles)} + {len(rejected)} told"
    if rejected:
        _log.warning("%d of %d articles are rejected; corpus.rejected says why", len(rejected), n_found)
    return Corpus(articles, rejections(rejected), pd.DataFrame(removed, columns=list(REMOVED.names), dtype="str"))


def _place(raw: Raw) -> str:
    files = set(raw.table["source_file"]) if "source_file" in raw.table else set()
    return str(next(iter(files))) if len(files) == 1 and files != {""} else f"{len(raw.table)} articles"


def _with_blank_and_repeated(
    articles: pd.DataFrame, faults: "pd.Series[str]", positions: "pd.Series[str]", first_places: dict[str, str]
) -> "pd.Series[str]":
    """Add the faults of articles without text and of repeated ids; remember where each id stood first."""
    faults = faults.mask((faults == "") & is_blank(articles), "empty: headline, standfirst and body are all blank")
    reasons = faults.tolist()
    rows = zip(articles["article_id"], articles["source_file"], positions, reasons, strict=True)
    for number, (article_id, source_file, position, fault) in enumerate(rows):
        if fault:
            continue
        here = f"{source_file}, {position}" if source_file else position
        first = first_places.setdefault(article_id, here)
        if first is not here:
            reasons[number] = f"article_id '{article_id}' stands in {first} already; ids must be unique"
    return pd.Series(reasons, index=faults.index, dtype="str")


def _rejected_rows(
    articles: pd.DataFrame, positions: "pd.Series[str]", faults: "pd.Series[str]"
) -> Iterator[Rejection]:
    for row, source_file, *texts in articles[["source_file", *TEXT_FIELDS]].itertuples():
        yield source_file, positions[row], faults[row], "\n\n".join(text for text in texts if text)


def _removed_rows(
    articles: pd.DataFrame, is_kept: "pd.Series[bool]", cuts: Mapping[int, Sequence[Cut]]
) -> Iterator[tuple[str, str, str, str]]:
    for row, found in cuts.items():
        if is_kept[row]:
            for rule, passage in found:
                yield articles["article_id"].iloc[row], "body", rule, passage


def _concatenated(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not tables:
        empty, _ = typed(pd.DataFrame({"article_id": pd.Series(dtype="str")}), "no articles")
        return empty
    filled = [table for table in tables if len(table)] or [tables[0]]
    articles = pd.concat(filled, ignore_index=True)
    further = [name for name in articles.columns if name not in ARTICLES.names]
    return articles[[*ARTICLES.names, *further]]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
