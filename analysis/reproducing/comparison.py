"""Whether figures that were drawn anew are those that were committed: by value, since bytes differ from machine to machine."""

import csv
import json
import math
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from analysis.charts.manifest import MANIFEST, read_manifest

SHARE = 1e-6  # by which a number of a table may differ: two of its eight digits less than it has
LEAST = 1e-12  # numbers nearer to one another than this are equal
POINTS = 0.01  # by which a coordinate of an SVG may differ; 1/72 inch is one point

_SUFFIXES = ("csv", "md", "pdf", "png", "svg", "tex")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_FLOAT = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|-?inf")
_GEOMETRY = frozenset("d x y x1 y1 x2 y2 cx cy r width height points transform viewBox".split())
_HASHED = re.compile(r"(?<![\w-])([mph]|C[0-9a-f]+_[0-9a-f]+_)[0-9a-f]{10}(?![\w-])")
_APART = ("metadata", "title")  # of an SVG: where it comes from; the caption is compared in the other files


def figure_differences(committed: Path, drawn: Path, *, notebooks: Collection[str]) -> list[str]:
    """Return in what the figures of notebooks differ from those that were committed, one line for each file that differs.

    Parameters
    ----------
    committed : pathlib.Path
        Folder of figures with their ``manifest.json``.
    drawn : pathlib.Path
        Folder into which the notebooks have drawn them anew.
    notebooks : collection of str
        The notebooks that were run to their end, by file name without suffix.

    Returns
    -------
    list of str
        No line where all is as it was. A table is compared cell by cell: numbers with a fraction may differ by a millionth, all else by
        nothing. Of an SVG the elements are compared, coordinates to a hundredth of a point, its metadata not at all; captions as
        text; what the manifest says of choices and origin as tables are; PDF and PNG must be there. A figure that was not drawn, and one
        that was not committed, is a difference.
    """
    before, now = read_manifest(committed)["figures"], read_manifest(drawn)["figures"]
    expected = {name: entry for name, entry in before.items() if entry["notebook"] in notebooks}
    found = {path.stem for path in drawn.glob("*.*") if path.suffix[1:] in _SUFFIXES}
    lines = []
    for name in sorted(expected.keys() | found):
        if name not in found:
            lines.append(f"{name}: committed, but {expected[name]['notebook']} draws it no more")
        elif name not in before:
            lines.append(f"{name}: drawn now, but not among the committed figures")
        else:
            lines += _file_differences(committed, drawn, name)
            lines += _origin_differences(name, before[name], now.get(name, {}))
    return lines


def _file_differences(committed: Path, drawn: Path, name: str) -> Iterator[str]:
    compare = {".csv": table_difference, ".svg": svg_difference, ".md": _text_difference, ".tex": _text_difference}
    for suffix in _SUFFIXES:
        before, now = (folder / f"{name}.{suffix}" for folder in (committed, drawn))
        if not before.is_file() or not now.is_file() or not now.stat().st_size:
            known = "committed" if before.is_file() else "drawn now"
            if before.is_file() or now.is_file():
                yield f"{before.name}: {known}, but not {'drawn now' if before.is_file() else 'committed'}"
        elif before.suffix in compare:
            difference = compare[before.suffix](before.read_text(encoding="utf-8"), now.read_text(encoding="utf-8"))
            if difference:
                yield f"{before.name}, {difference}"


def _origin_differences(name: str, before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """Yield in what the manifest differs of what is said of a figure; code and files are of this run."""
    told = [json.dumps(_told(entry), sort_keys=True, ensure_ascii=False, indent=1) for entry in (before, now)]
    if difference := _text_difference(*told):
        yield f"{MANIFEST}, {name}, {difference}"


def _told(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in ("code", "files")}


def table_difference(committed: str, drawn: str) -> str:
    """Return the first cell in which two CSV texts differ and how many more do, "" where none does."""
    (header, *before), (other, *now) = (list(csv.reader(text.splitlines(keepends=True))) for text in (committed, drawn))
    if header != other:
        return f"columns {', '.join(header)} were committed, {', '.join(other)} drawn now"
    if len(before) != len(now):
        return f"{len(before)} rows were committed, {len(now)} drawn now"
    unlike = [
        f"row {number}, column {name}: {was or 'nothing'} was committed, {value or 'nothing'} drawn now"
        for number, (row, new) in enumerate(zip(before, now, strict=True), start=1)
        for name, was, value in zip(header, row, new, strict=True)
        if not _are_equal(was, value)
    ]
    return _first(unlike, "cells")


def _are_equal(committed: str, drawn: str) -> bool:
    """Whether two cells are the same text, or numbers of which one at least has a fraction, within the tolerance."""
    if committed == drawn:
        return True
    if not (_FLOAT.fullmatch(committed) and _FLOAT.fullmatch(drawn)) or not re.search(r"[.e]", committed + drawn):
        return False
    return math.isclose(float(committed), float(drawn), rel_tol=SHARE, abs_tol=LEAST)


def _text_difference(committed: str, drawn: str) -> str:
    """Return the first line in which two texts differ and how many more do; their numbers are compared as those of tables are."""
    before, now = committed.splitlines(), drawn.splitlines()
    if len(before) != len(now):
        return f"{len(before)} lines were committed, {len(now)} drawn now"
    pairs = enumerate(zip(before, now, strict=True), start=1)
    unlike = [
        f"line {number}: {was.strip()!r} was committed, {line.strip()!r} drawn now"
        for number, (was, line) in pairs
        if _NUMBER.split(was) != _NUMBER.split(line)
        or not all(map(_are_equal, _NUMBER.findall(was), _NUMBER.findall(line)))
    ]
    return _first(unlike, "lines")


def svg_difference(committed: str, drawn: str) -> str:
    """Return the first element in which two drawings differ and how many more do, "" where none does.

    Ids that matplotlib makes of what is drawn count by their order in the drawing, and of a picture within it only that it is there.
    """
    before, now = (_elements(text) for text in (committed, drawn))
    if len(before) != len(now):
        return f"{len(before)} elements were committed, {len(now)} drawn now"
    unlike = [
        f"line {element.sourceline}, {etree.QName(element).localname} {difference}"
        for element, other in zip(before, now, strict=True)
        if (difference := _element_difference(element, other))
    ]
    return _first(unlike, "elements")


def _elements(svg: str) -> list[etree._Element]:
    order: dict[str, str] = {}
    numbered = _HASHED.sub(lambda found: order.setdefault(found[0], f"{found[1]}{len(order)}"), svg)
    root = etree.fromstring(numbered.encode("utf-8"))
    etree.strip_elements(root, *(f"{{*}}{name}" for name in _APART), with_tail=False)
    return [element for element in root.iter() if isinstance(element.tag, str)]


def _element_difference(committed: etree._Element, drawn: etree._Element) -> str:
    if committed.tag != drawn.tag:
        return f"was committed, {etree.QName(drawn).localname} drawn now"
    for name in sorted({*committed.attrib, *drawn.attrib}, key=str):
        was, value = (str(element.get(name, "nothing")) for element in (committed, drawn))
        if was != value and not _are_near(str(name), was, value):
            return f"{etree.QName(name).localname}: {_short(was)} was committed, {_short(value)} drawn now"
    for text, other in ((committed.text, drawn.text), (committed.tail, drawn.tail)):
        if (text or "").split() != (other or "").split():
            return f"text: {_short(text or '')} was committed, {_short(other or '')} drawn now"
    return ""


def _are_near(attribute: str, committed: str, drawn: str) -> bool:
    """Whether two values of an attribute say the same places within the tolerance, or are both a picture."""
    if committed.startswith("data:image/") and drawn.startswith("data:image/"):
        return True
    if attribute not in _GEOMETRY or _NUMBER.split(committed) != _NUMBER.split(drawn):
        return False
    pairs = zip(_NUMBER.findall(committed), _NUMBER.findall(drawn), strict=True)
    return all(math.isclose(float(was), float(value), rel_tol=0, abs_tol=POINTS) for was, value in pairs)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return repr(flat if len(flat) <= 80 else f"{flat[:79]}…")


def _first(differences: list[str], what: str) -> str:
    if len(differences) < 2:
        return "".join(differences)
    return f"{differences[0]}; and {len(differences) - 1} more {what}"
