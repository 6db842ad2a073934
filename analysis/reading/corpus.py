"""files → Corpus: the articles kept, those rejected and why, and what was cut from their text."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import CorpusError
from analysis.reading.boilerplate import cut_articles
from analysis.reading.decoding import decode
from analysis.reading.plain import parse_article
from analysis.reading.tables import Rejection, map_columns, read_csv, read_jsonl, read_parquet
from analysis.schema import ARTICLES, REJECTED, REMOVED, TEXT_FIELDS

_LOG = logging.getLogger(__name__)

_READERS = {".csv": read_csv, ".jsonl": read_jsonl, ".parquet": read_parquet}
_BOILERPLATE = ("cut", "keep")
_CUTS = " cuts"  # what was cut from each text file, until it is known which articles are kept
_ISO_DAY = r"^\s*(\d{4}-\d{2}-\d{2})(?:$|[T\s].*)"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in = articles kept + articles rejected.

    Attributes
    ----------
    articles : pandas.DataFrame
        ARTICLES: one row an article.
    rejected : pandas.DataFrame
        REJECTED: what was left out, where it stood, why, and its raw text.
    removed : pandas.DataFrame
        REMOVED: what was cut from the texts, and by which rule.
    """

    articles: pd.DataFrame
    rejected: pd.DataFrame
    removed: pd.DataFrame

    def text_of(self, article_id: str, field: str) -> str:
        """Return the text of a field of an article."""
        return str(self.articles.set_index("article_id").at[article_id, field])


def read(
    paths_or_table: str | Path | Iterable[str | Path] | pd.DataFrame,
    columns: Mapping[str, str] | None = None,
    boilerplate: str = "cut",
) -> Corpus:
    """Return the corpus of some files, folders or a table.

    Parameters
    ----------
    paths_or_table : path, list of paths, or pandas.DataFrame
        Files or folders of .txt (with or without front matter), .csv, .jsonl and .parquet; folders are read with all below
        them, in order of their names. Or a table with any of the ARTICLES columns.
    columns : mapping of str to str, optional
        Our column name to theirs, such as ``{"headline": "heading"}``; others are guessed from usual names.
    boilerplate : {"cut", "keep"}
        Whether newsletter notices, related links and the like are cut (and listed in ``removed``).

    Returns
    -------
    Corpus
        Articles whose three texts are all blank, and those that cannot be read, are in ``rejected``.

    Raises
    ------
    CorpusError
        When a path is not there, a folder holds no file, a table has no text column, or a file is broken as a whole.

    Notes
    -----
    Dates are taken as written, ``YYYY-MM-DD`` with or without a time; another form gives no date, is kept in ``date_raw``
    and counted in a warning.
    """
    if boilerplate not in _BOILERPLATE:
        raise CorpusError(f"boilerplate={boilerplate!r}: allowed are 'cut' and 'keep'")
    rejected: list[Rejection] = []
    if isinstance(paths_or_table, pd.DataFrame):
        tables = [_of_table(map_columns(paths_or_table, columns, "table"), "row", "")]
    else:
        tables = list(_of_files(_files(paths_or_table), columns, rejected, boilerplate))
    found = pd.concat(tables, ignore_index=True) if tables else _of_table(pd.DataFrame({"body": []}), "", "")
    articles, left_out = _kept(_dated(found))
    rejected += left_out
    if len(articles) + len(left_out) != len(found):
        raise AssertionError("articles in must be articles kept and rejected")
    removed = _cuts_of_files(articles)
    articles = articles.drop(columns=_CUTS, errors="ignore")
    if boilerplate == "cut":
        articles, cuts = cut_articles(articles)
        removed = pd.concat([removed, cuts], ignore_index=True)
    return Corpus(
        ARTICLES.check(articles),
        REJECTED.check(pd.DataFrame(rejected, columns=list(REJECTED.names), dtype="str")),
        REMOVED.check(removed),
    )


def _cuts_of_files(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the REMOVED rows of articles that were cut while their file was read."""
    rows = [
        (name, "body", *cut)
        for name, cuts in zip(articles["article_id"], articles.get(_CUTS, ()), strict=False)
        if isinstance(cuts, list)
        for cut in cuts
    ]
    return pd.DataFrame(rows, columns=list(REMOVED.names), dtype="str")


def _files(paths: str | Path | Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file and the name that an article in it gets: its path below the folder that was given."""
    for given in [paths] if isinstance(paths, str | Path) else paths:
        path = Path(given)
        if path.is_file():
            yield path, path.stem
        elif path.is_dir():
            below = sorted(
                file for file in path.rglob("*") if file.is_file() and not _is_hidden(file.relative_to(path))
            )
            if not below:
                raise CorpusError(
                    f"{path}: the folder holds no file; give a folder with .txt, .csv, .jsonl or .parquet files"
                )
            for file in below:
                yield file, file.relative_to(path).with_suffix("").as_posix()
        else:
            raise CorpusError(f"{path}: there is no such file or folder; check the path")


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _of_files(
    files: Iterable[tuple[Path, str]],
    columns: Mapping[str, str] | None,
    rejected: list[Rejection],
    boilerplate: str,
) -> Iterator[pd.DataFrame]:
    plain: list[dict[str, object]] = []
    for path, name in files:
        suffix = path.suffix.lower()
        if plain and suffix != ".txt":
            yield _of_table(pd.DataFrame(plain), "", "")
            plain = []
        try:
            if suffix == ".txt":
                text, encoding = decode(path.read_bytes())
                fields, cuts = parse_article(text, boilerplate=boilerplate)
                plain.append(
                    {"article_id": name, **fields, "source_file": str(path), "encoding": encoding, _CUTS: cuts}
                )
            elif suffix in _READERS:
                table, left_out = _READERS[suffix](path)
                rejected += left_out
                yield _of_table(map_columns(table, columns, str(path)), name, str(path))
            else:
                reason = f"files of type '{suffix}' are not read; allowed are .txt, .csv, .jsonl and .parquet"
                rejected.append((str(path), "file", reason, ""))
        except CorpusError as error:
            if suffix != ".txt":
                raise
            rejected.append(
                (str(path), str(error).split(":")[0], str(error), path.read_bytes().decode("utf-8", "replace"))
            )
    if plain:
        yield _of_table(pd.DataFrame(plain), "", "")


def _of_table(table: pd.DataFrame, name: str, source_file: str) -> pd.DataFrame:
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
                f"table, row {place + 1}, column '{column}': found {values.iloc[place]!r}, which is no text; convert the column to strings"
            )
    try:
        return values.astype("str").fillna("")
    except UnicodeEncodeError as error:
        raise CorpusError(
            f"table, column '{column}': half of a surrogate pair, which is no character; mend or drop that row"
        ) from error


def _dated(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with their written day as a date; the publication day never shifts with a time zone."""
    dates = articles["date"]
    if pd.api.types.is_datetime64_any_dtype(dates):
        days = (dates.dt.tz_localize(None) if getattr(dates.dtype, "tz", None) is not None else dates).dt.normalize()
        return articles.assign(date=days)
    written = dates.astype("str")
    days = pd.to_datetime(written.str.extract(_ISO_DAY)[0], format="%Y-%m-%d", errors="coerce")
    unread = days.isna() & written.notna() & (written.str.strip() != "")
    if unread.any():
        _LOG.warning(
            "%d of %d dates are not of the form YYYY-MM-DD (first: %r); see column date_raw",
            unread.sum(),
            len(written),
            written[unread].iloc[0],
        )
        articles = articles.assign(date_raw=written.where(unread))
    return articles.assign(date=days)


def _kept(articles: pd.DataFrame) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the articles that have a text and an id of their own, and the others as rejections."""
    blank = pd.concat([articles[field].str.strip() == "" for field in TEXT_FIELDS], axis=1).all(axis=1)
    unnamed = articles["article_id"].isna() & ~blank
    repeated = articles["article_id"].duplicated() & ~blank & ~unnamed
    reasons = pd.Series(pd.NA, index=articles.index, dtype="str")
    reasons[blank] = "headline, standfirst and body are all empty"
    reasons[unnamed] = "no article_id"
    first = {name: place for place, name in reversed(list(enumerate(articles["article_id"], start=1)))}
    names = articles.loc[repeated, "article_id"].tolist()
    reasons[repeated] = [
        f"article_id '{name}' is used before (article {first[name]}); ids must be unique" for name in names
    ]
    lost = articles[reasons.notna()]
    texts = ["\n\n".join(fields) for fields in lost[list(TEXT_FIELDS)].itertuples(index=False)]
    cut = lost[_CUTS] if _CUTS in lost else [None] * len(lost)
    cuts = ["\n\n".join(passage for _, passage in found) if isinstance(found, list) else "" for found in cut]
    raw = [text if text.strip() else passages or text for text, passages in zip(texts, cuts, strict=True)]
    positions = [f"article {place + 1}" for place in np.flatnonzero(reasons.notna())]
    left_out = list(
        zip(lost["source_file"].fillna("").tolist(), positions, reasons.dropna().tolist(), raw, strict=True)
    )
    return articles[reasons.isna()].reset_index(drop=True), left_out
