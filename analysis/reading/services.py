"""Records of web services and collecting programs (services.toml) → columns of ARTICLES."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.core.schema import ARTICLES, TEXT_FIELDS
from analysis.reading.cell_markup import html_text
from analysis.reading.records import unless_begin_of

_PREFIX = re.compile(r"(html|host|day:[A-Za-z_/]+):(.*)", re.DOTALL)
_STEP = re.compile(r"([^.\[]+)(?:\[(\w+)=([^\]]+)\])?\.?")
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_FIRST_MILLISECOND = 10**10  # in seconds the year 2286, in milliseconds April 1970

Row = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Service:
    """One kind of record, as services.toml declares it.

    Attributes
    ----------
    name : str
        What the format of a file of it is called.
    signs : tuple of str
        Paths that all lead somewhere in its records.
    paths : mapping of str to tuple of str
        Columns of ARTICLES to the paths where their text may stand.
    odd : tuple of str
        Kind of the note on every file of it, and what it says; empty where all is well.
    cut : str
        Pattern of what ends a cut body, or "".
    teaser : bool
        Whether its standfirst may be the first words of the body, and is then none.
    only : mapping of str to list of str
        Fields whose value must be one of some; a record with another value is no article.
    """

    name: str
    signs: tuple[str, ...]
    paths: Mapping[str, tuple[str, ...]]
    odd: tuple[str, ...] = ()
    cut: str = ""
    teaser: bool = False
    only: Mapping[str, list[str]] = field(default_factory=dict)

    def fits(self, record: Mapping[str, Any]) -> bool:
        """Return whether a record is one of this service."""
        return all(any(True for _ in _values(record, sign)) for sign in self.signs)

    def why_no_article(self, record: Mapping[str, Any]) -> str:
        """Return why a record is no article, or ""."""
        for name, allowed in self.only.items():
            value = record.get(name)
            if value is not None and value not in allowed:
                return f"{name} is {value!r}, so this is no article"
        return ""

    def row(self, record: Mapping[str, Any]) -> Row:
        """Return the columns of ARTICLES of a record, None where it has no text for one."""
        row: Row = {ours: _first_text(record, self.paths.get(ours, ()), ours) for ours in ARTICLES.names}
        return self._mended(row)

    def table(self, found: pd.DataFrame) -> pd.DataFrame:
        """Return rows of this service, whose columns are named by paths, with the columns of ARTICLES beside the others."""
        ours = {name: paths for name, paths in self.paths.items() if name not in found.columns}
        named = {path for paths in ours.values() for path in map(_name_of, paths)} & {*map(str, found.columns)}
        columns = sorted(named | {*self.signs})
        rows = [
            self.row({str(name): value for name, value in record.items()})
            for record in found[columns].to_dict("records")
        ]
        made = pd.DataFrame(rows, columns=list(ours), index=found.index, dtype="str")
        return pd.concat([found.drop(columns=[*named]), made.dropna(axis="columns", how="all")], axis="columns")

    def _mended(self, row: Row) -> Row:
        body = row["body"]
        if body and self.cut:
            body = row["body"] = re.sub(self.cut, "", body) or None
        standfirst = row["standfirst"]
        if body and standfirst and self.teaser:
            row["standfirst"] = unless_begin_of(body, standfirst) or None
        return row


@cache
def services() -> tuple[Service, ...]:
    """Return the services of services.toml."""
    written = tomllib.loads(Path(__file__).with_name("services.toml").read_text(encoding="utf-8"))["services"]
    return tuple(
        Service(
            name=entry["name"],
            signs=tuple(entry["signs"]),
            paths={ours: tuple(entry[ours]) for ours in ARTICLES.names if ours in entry},
            odd=tuple(entry.get("odd", ())),
            cut=entry.get("cut", ""),
            teaser=entry.get("teaser", False),
            only=entry.get("only", {}),
        )
        for entry in written
    )


def service_of(record: Mapping[str, Any]) -> Service | None:
    """Return the service that a record is of, or None."""
    return next((service for service in services() if service.fits(record)), None)


def text_at(record: Mapping[str, Any], path: str, ours: str = "") -> str | None:
    """Return the text where a path of services.toml leads, None where there is none; paragraphs for a text column."""
    return _first_text(record, (path,), ours)


def first_steps(service: Service) -> frozenset[str]:
    """Return the fields of a record that the paths of a service lead through."""
    return frozenset(_name_of(path).split(".")[0].split("[")[0] for paths in service.paths.values() for path in paths)


def _name_of(path: str) -> str:
    prefix = _PREFIX.fullmatch(path)
    return prefix[2] if prefix else path


def _first_text(record: Mapping[str, Any], paths: Iterable[str], ours: str) -> str | None:
    return next((text for text in (_text(record, path, ours) for path in paths) if text), None)


def _text(record: Mapping[str, Any], path: str, ours: str) -> str | None:
    if path.startswith("="):
        return path[1:]
    prefix = _PREFIX.fullmatch(path)
    form = prefix[1] if prefix else ""
    texts = [_formed(str(value), form).strip() for value in _reached(record, _name_of(path))]
    texts = [text for text in texts if text]
    if ours == "body":
        # These services put one paragraph a line; none of them wraps lines.
        return "\n\n".join(_LINE_BREAKS.sub("\n\n", text) for text in texts) or None
    if ours in TEXT_FIELDS and ours != "standfirst":
        return texts[0] if texts else None
    return ("\n\n" if ours == "standfirst" else "; ").join(dict.fromkeys(texts)) or None


def _formed(text: str, form: str) -> str:
    if form == "html":
        return html_text(text)
    if form == "host":
        return (urlsplit(text).hostname or text).removeprefix("www.")
    return day_of_stamp(text, form.removeprefix("day:")) if form else text


def day_of_stamp(text: str, zone: str = "UTC") -> str:
    """Return the day of a time stamp in seconds or milliseconds since 1970 in a zone; any other text as it is."""
    if not re.fullmatch(r"-?[0-9]{9,13}", text):
        return text
    seconds = int(text) / (1000 if abs(int(text)) >= _FIRST_MILLISECOND else 1)
    return datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone)).date().isoformat()


def _reached(value: Any, path: str) -> Iterable[Any]:
    """Yield the strings and numbers where a path leads."""
    for found in _values(value, path):
        yield from _leaves(found)


def _values(value: Any, path: str) -> Iterable[Any]:
    """Yield what stands where a path leads; a table that was flattened before has the path itself as a name."""
    if isinstance(value, Mapping) and path in value:
        return [value[path]]
    return _walked(value, _steps(path))


@cache
def _steps(path: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple((name, key, tuple(allowed.split("|"))) for name, key, allowed in _STEP.findall(path))


def _walked(value: Any, steps: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Iterable[Any]:
    if not steps:
        yield value
        return
    name, key, allowed = steps[0]
    inner: list[Any] = []
    if name == "**":
        inner = list(_below(value))
    elif name == "*" and isinstance(value, list):
        inner = value
    elif isinstance(value, Mapping) and name in value:
        several = value[name] if key and isinstance(value[name], list) else [value[name]]
        inner = [one for one in several if not key or (isinstance(one, Mapping) and one.get(key) in allowed)]
    for one in inner:
        yield from _walked(one, steps[1:])


def _leaves(value: Any) -> Iterable[Any]:
    """Yield a string or number, or those of a list; an object is none."""
    if isinstance(value, str | int | float) and not isinstance(value, bool) and value == value:
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _below(value: Any) -> Iterable[str]:
    """Yield every string below a value, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _below(inner)
