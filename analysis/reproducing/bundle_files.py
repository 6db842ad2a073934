"""A replication bundle → its tables, lexicons and parameters, each as the program writes it, or an error that names what is not."""

import io
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pandas as pd

from analysis.core.cells import unguarded
from analysis.core.errors import FramingError, LexiconError
from analysis.core.files import scratch_file
from analysis.core.schema import HITS
from analysis.lexicons import Lexicon, read_lexicon
from analysis.matching.matching import Overlap
from analysis.reproducing.bundle import ARTICLE_COLUMNS, FORMAT, README, TABLES, json_bytes, sha256_of, versions

_MOST_BYTES = 2 << 30
_SUMS = "SHA256SUMS"
_OF_EVERY = ("README.txt", "articles.csv", "hits.csv", "parameters.json")
_REMEDY = "it was changed or damaged; get the bundle again"
_ROLES = ("lexicon", "targets")
_TEXTS = ("corpus_hash", "token_rule", "overlap", "phrase_rule", "interval")
_COUNTS = ("n_articles", "n_rejected", "n_cut_passages", "n_words", "n_hits")
_OF_LEXICON = ("file", "hash", "name", "version")
_CELLS = {
    "text_sha256": re.compile(r"[0-9a-f]{64}"),
    "date": re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?"),
    "n_words": re.compile(r"[0-9]{1,9}"),
    "lead_paragraphs": re.compile(r"[0-9]{1,9}"),
}
# What zipfile and the methods of compression below it raise for an archive that is damaged.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, RuntimeError, NotImplementedError, LookupError,
    ValueError, OverflowError,
)  # fmt: skip


class Bundle(NamedTuple):
    """What a bundle holds: `tables` are its result tables as they are written, `lexica` the word lists by their role."""

    articles: pd.DataFrame
    hits: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    parameters: dict[str, Any]
    lexica: dict[str, Lexicon]


def read_bundle(path: Path) -> Bundle:
    """Return what a bundle holds.

    Raises
    ------
    FramingError
        When it is no bundle, or anything in it is not as the program wrote it.
    """
    files = _files(path)
    parameters = _parameters(path, files["parameters.json"])
    named = {role: parameters[role]["file"] for role in _ROLES if role in parameters}
    results = {name for name in files if name in {f"rates-by-{table}.csv" for table in TABLES}}
    others = sorted(files.keys() ^ {*_OF_EVERY, *named.values(), *results})
    if others or not results >= {f"rates-by-{table}.csv" for table in TABLES if table != "voice"}:
        raise FramingError(f"{path}: {', '.join(others) or 'a result table'} is lacking or too much; {_REMEDY}")
    if files["README.txt"] != README:
        raise FramingError(f"{path}: README.txt is not that of format {FORMAT!r}; {_REMEDY}")
    articles, hits = (_table(path, name, files[name]) for name in ("articles.csv", "hits.csv"))
    _check_tables(path, articles, hits, parameters)
    return Bundle(
        articles,
        hits,
        {name: _table(path, name, files[name]) for name in sorted(results)},
        parameters,
        {role: _lexicon(path, files[name], parameters[role]) for role, name in named.items()},
    )


def _files(path: Path) -> dict[str, bytes]:
    """Return the files of a bundle, each as its checksum says."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > _MOST_BYTES:
                raise FramingError(f"{path}: unpacks to more than {_MOST_BYTES / 1e9:.1f} GB, which no bundle does")
            files = {member.filename: archive.read(member) for member in members}
    except FramingError:
        raise
    except _BROKEN as error:
        raise FramingError(f"{path}: cannot be read as a bundle ({error}); get it again") from error
    lines = files.pop(_SUMS, b"").decode("utf-8", "replace").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    is_listed = len(lines) == len(sums) == len(members) - 1 and sums.keys() == files.keys()
    if not is_listed or not sums.keys() >= {*_OF_EVERY}:
        raise FramingError(f"{path}: no bundle, as {_SUMS} does not list just its files; `framing bundle` writes one")
    for name, digest in sums.items():
        if sha256_of(files[name]) != digest:
            raise FramingError(f"{path}: {name} is not as {_SUMS} says: {_REMEDY}")
    return files


def _parameters(path: Path, data: bytes) -> dict[str, Any]:
    """Return the parameters, each of the kind that it must have."""
    place = f"{path}: parameters.json"
    try:
        found = json.loads(data)
        is_as_written = isinstance(found, dict) and json_bytes(found) == data
    except (ValueError, RecursionError) as error:
        raise FramingError(f"{place} cannot be read ({error}); {_REMEDY}") from error
    if isinstance(found, dict) and found.get("format") != FORMAT:
        raise FramingError(f"{path}: the bundle is of format {found.get('format')!r}; this version checks {FORMAT!r}")
    if not is_as_written:
        raise FramingError(f"{place} is not as this program writes it; {_REMEDY}")
    needed = {"format", "versions", "lexicon", *_TEXTS, *_COUNTS}
    if not needed <= found.keys() <= {*needed, "targets"}:
        raise FramingError(f"{place}: {', '.join(sorted(found.keys() ^ needed))} is lacking or too much; {_REMEDY}")
    wrong = [
        *(name for name in _TEXTS if not isinstance(found[name], str)),
        *(name for name in _COUNTS if type(found[name]) is not int or found[name] < 0),
        *(role for role in _ROLES if role in found and not _is_lexicon(found[role], role)),
        *([] if _are_texts(found["versions"], versions()) else ["versions"]),
        *([] if found["overlap"] in get_args(Overlap) else ["overlap"]),
    ]
    if wrong:
        raise FramingError(f"{place}: {', '.join(dict.fromkeys(wrong))} is not what it must be; {_REMEDY}")
    return dict(found)


def _are_texts(found: object, names: Mapping[str, str] | tuple[str, ...]) -> bool:
    return (
        isinstance(found, dict) and found.keys() == {*names} and all(isinstance(text, str) for text in found.values())
    )


def _is_lexicon(found: Any, role: str) -> bool:
    """Whether what is said of a lexicon is complete, and its file is one of the folder of its role and of no other."""
    if not _are_texts(found, _OF_LEXICON):
        return False
    folder, _, name = found["file"].partition("/")
    return folder == role and name.isprintable() and name not in ("", ".", "..") and not set(name) & set("/\\:")


def _table(path: Path, name: str, data: bytes) -> pd.DataFrame:
    """Return a table as it is written."""
    try:
        table = pd.read_csv(io.BytesIO(data), dtype="str", keep_default_na=False, index_col=False)
        is_as_written = table.to_csv(index=False, lineterminator="\n").encode("utf-8") == data
    except (ValueError, LookupError, TypeError, OverflowError, RuntimeError) as error:
        raise FramingError(f"{path}: {name} cannot be read ({error}); {_REMEDY}") from error
    if not is_as_written:
        raise FramingError(f"{path}: {name} is not as this program writes it; {_REMEDY}")
    return unguarded(table)


def _check_tables(path: Path, articles: pd.DataFrame, hits: pd.DataFrame, parameters: Mapping[str, Any]) -> None:
    """Raise where articles and hits have other columns or cells than they may, or are not as many as the parameters say."""
    for name, table, columns in (("articles.csv", articles, ARTICLE_COLUMNS), ("hits.csv", hits, HITS.names)):
        if list(table.columns) != list(columns):
            raise FramingError(
                f"{path}: {name} has columns {', '.join(table.columns)}; needed are {', '.join(columns)}"
            )
    for column, pattern in _CELLS.items():
        wrong = articles.loc[~articles[column].map(lambda cell, fits=pattern: bool(fits.fullmatch(cell))), column]
        if len(wrong):
            raise FramingError(f"{path}: articles.csv, column '{column}': {wrong.iloc[0]!r} cannot be; {_REMEDY}")
    try:
        pd.to_datetime(articles["date"].replace("", None), format="%Y-%m-%d")
    except ValueError as error:
        raise FramingError(f"{path}: articles.csv, column 'date': {error}; {_REMEDY}") from error
    if articles["article_id"].duplicated().any() or (articles["article_id"] == "").any():
        raise FramingError(f"{path}: articles.csv names an article twice, or without an id; {_REMEDY}")
    strangers = hits.loc[~hits["article_id"].isin(articles["article_id"]), "article_id"]
    if len(strangers):
        raise FramingError(f"{path}: hits.csv has hits of '{strangers.iloc[0]}', which articles.csv lacks; {_REMEDY}")
    counts = {
        "n_articles": len(articles),
        "n_hits": len(hits),
        "n_words": int(articles["n_words"].astype("int64").sum()),
    }
    for name, count in counts.items():
        if parameters[name] != count:
            raise FramingError(
                f"{path}: parameters.json says {name} {parameters[name]:,}, the tables {count:,}; {_REMEDY}"
            )


def _lexicon(path: Path, data: bytes, stated: Mapping[str, str]) -> Lexicon:
    """Return a lexicon of a bundle, which is the one that its parameters name."""
    with scratch_file(Path(stated["file"]).name, data) as copy:
        read = _lexicon_of_file(path, copy)
    for name in ("hash", "name", "version"):
        if getattr(read, name) != stated[name]:
            raise FramingError(
                f"{path}: parameters.json says {name} {stated[name]!r} of {stated['file']}, which has {getattr(read, name)!r}; {_REMEDY}"
            )
    return read


def _lexicon_of_file(path: Path, copy: Path) -> Lexicon:
    """Return the lexicon of a file of a bundle, by way of a copy."""
    try:
        return read_lexicon(copy)
    except LexiconError as error:
        said = str(error).replace(str(copy), copy.name)
        raise FramingError(f"{path}: {said}; {_REMEDY}") from error
    except OSError as error:
        raise FramingError(f"{path}: {copy.name} cannot be read ({error}); {_REMEDY}") from error
