"""Files of codings → CODINGS: each coding as the codebook has it, and every one that cannot be used, listed with place and remedy."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.core.errors import CorpusError, FramingError
from analysis.core.near import near_path
from analysis.core.origin import with_origin
from analysis.core.schema import SAMPLE, TABLES, kind_of
from analysis.core.showing import shown_html
from analysis.reading.decoding import decode
from analysis.validation.codebook_checks import read_codebook
from analysis.validation.codebooks import Codebook
from analysis.validation.coding_checks import Checks
from analysis.validation.csv_codings import read_csv_codings
from analysis.validation.given_codings import Filed, Given, fault_of_file
from analysis.validation.page_files import read_page_file
from analysis.validation.sheet_codings import read_sheet

CODINGS, REJECTED_CODINGS = TABLES["CODINGS"], TABLES["REJECTED_CODINGS"]
_CALL = "read_codings(paths)"
_TEXTS = (".csv", ".tsv", ".tab", ".txt")
_SHEETS = (".xlsx", ".xlsm")
_OF_ITEM = [name for name in CODINGS.names if name in SAMPLE.names and name != "item"]
Paths = str | Path | Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Codings:
    """What files of codings hold.

    Attributes
    ----------
    table : pandas.DataFrame
        CODINGS, of people and of models; measures tell them apart by ``kind``.
    rejected : pandas.DataFrame
        REJECTED_CODINGS: what cannot be used, and what was not coded, each with file, place, what was found, why and what to do.
    notes : tuple of str
        What was read otherwise than it is written, and what could not be checked.
    """

    table: pd.DataFrame
    rejected: pd.DataFrame
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join([f"Codings: {self._in_words()}", *(f"- {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        by_coder = {f"coder {coder}": f"{n:,} codings" for coder, n in Counter(self.table["coder"]).items()}
        return shown_html("Codings", by_coder | {"rejected": f"{len(self.rejected):,}"}, self.notes)

    def _in_words(self) -> str:
        items, coders = self.table["item"].nunique(), self.table["coder"].nunique()
        return f"{len(self.table):,} codings of {items:,} items by {coders:,} coders; {len(self.rejected):,} rejected or not coded"


def read_codings(
    paths: Paths, *, sample: pd.DataFrame | None = None, codebook: Codebook | str | Path | None = None
) -> Codings:
    """Return the codings of files that coders sent back: those that a coding page saved, workbooks, and CSV.

    Parameters
    ----------
    paths : path or list of paths
        Files ``.json``, ``.xlsx`` and ``.csv``; of a folder those in it.
    sample : pandas.DataFrame, optional
        The SAMPLE that was coded. With it items and files of other samples are found, and what is not coded.
    codebook : Codebook or path, optional
        The codebook by which was coded. With it unknown variables and codes are found, and codings say how values compare.

    Returns
    -------
    Codings
        ``table``, ``rejected`` and ``notes``. Nothing is lost: what is not in the table is rejected, with its value.

    Raises
    ------
    FramingError
        When there is no such file, or a folder has none.

    Notes
    -----
    A CSV file has the columns ``coder``, ``item``, ``variable``, ``value``; it may have ``comment``, ``place``, ``kind`` (person, model,
    adjudicated; person unless it says), ``sample_id``, ``codebook``, ``codebook_version``, and ``article_id``, ``field``, ``start``, ``end``. Codes
    of a variable that takes several are parted by semicolons.

    A coding that stands in two files, with the same value, is taken once. Where the values differ none of them is taken.
    """
    if sample is not None:
        SAMPLE.check(sample)
    if isinstance(codebook, str | Path):
        codebook = read_codebook(codebook)
    filed = [_read_file(path) for path in _files(paths)]
    checks = Checks(sample, codebook)
    for one in filed:
        checks.take(one)
    given = checks.finished()
    table = _table(given, sample)
    origins = [origin for origin in (sample, codebook.origin if codebook else None) if origin is not None]
    table = CODINGS.check(with_origin(table, *origins))
    rejected = pd.DataFrame(checks.faults, columns=list(REJECTED_CODINGS.names), dtype="str")
    return Codings(table, REJECTED_CODINGS.check(rejected), tuple(checks.notes))


def _files(paths: Paths) -> list[Path]:
    """Return the files, in their order, and of a folder those whose ending is known."""
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    found: list[Path] = []
    for one in given:
        if not isinstance(one, str | Path):
            raise FramingError(f"{_CALL}: found {kind_of(one)} among the paths; give files of codings")
        path = Path(one)
        if path.is_dir():
            found += sorted(file for file in path.iterdir() if file.suffix.casefold() in (".json", *_TEXTS, *_SHEETS))
        elif path.is_file():
            found.append(path)
        else:
            raise FramingError(f"{path}: there is no such file of codings{near_path(path)}")
    if not found:
        raise FramingError(f"{_CALL}: no file of codings among {given!r}; they end in .json, .xlsx or .csv")
    return list(dict.fromkeys(found))


def _read_file(path: Path) -> Filed:
    kind, name = path.suffix.casefold(), path.name
    if kind in _SHEETS:
        return read_sheet(name, path.read_bytes())
    if kind != ".json" and kind not in _TEXTS:
        what = f"a file {kind or 'without ending'}, which holds no codings"
        return Filed(name, faults=[fault_of_file(name, "", what, "give .json of a coding page, .xlsx or .csv")])
    try:
        decoded = decode(path.read_bytes())
    except CorpusError as error:
        return Filed(name, faults=[fault_of_file(name, "", str(error), "save it as UTF-8")])
    return read_page_file(name, decoded.text) if kind == ".json" else read_csv_codings(name, decoded)


def _table(given: Iterable[Given], sample: pd.DataFrame | None) -> pd.DataFrame:
    """Return codings as CODINGS, with the columns that the sample has of each item; without a sample these are missing."""
    rows = [
        {name: getattr(one, name) for name in ("coder", "item", "variable", "value", "comment", "kind")}
        | {"place": int(one.turn) if one.turn.isdecimal() else None}
        for one in given
    ]
    table = pd.DataFrame(rows, columns=["coder", "item", "variable", "value", "comment", "place", "kind"])
    table = table.astype({name: "str" for name in table.columns if name != "place"} | {"place": "Int64"})
    return _with_places(table, sample)


def _with_places(table: pd.DataFrame, sample: pd.DataFrame | None) -> pd.DataFrame:
    of_items = SAMPLE.empty() if sample is None else sample
    known = of_items[["item", *_OF_ITEM]].astype({"item": "str"})
    joined = table.merge(known, how="left", on="item", validate="many_to_one")
    if sample is None:
        integers = [column.name for column in CODINGS.columns if column.kind == "integer"]
        joined = joined.astype(dict.fromkeys(integers, "Int64"))
    return joined[list(CODINGS.names)]
