"""Matplotlib's SVG without what differs from machine to machine: last bits of coordinates, and ids made from them."""

import hashlib
import re

from lxml import etree

DECIMALS = 3  # of a point (1/72 inch): a hundredth of what a printer of 600 dots an inch can tell apart

_TAG = re.compile(r"<\w[^>]*>")
_PLACED = re.compile(r'(?<=\s)(?:d|x|y|x1|y1|x2|y2|cx|cy|r|width|height|points|transform|viewBox|style)="[^"]*"')
_LONG = re.compile(rf"-?\d+\.\d{{{DECIMALS + 1},}}(?![\d.])|-0(?![\d.])")
# Matplotlib's own: a letter or the number of a collection, then ten digits of a hash of all bits of what is drawn.
_HASHED = re.compile(r"(?:[mph]|C[0-9a-f]+_[0-9a-f]+_)[0-9a-f]{10}")
_REFERENCE = re.compile(rf'(?<=d="|="#|l\(#)(?:{_HASHED.pattern})(?=["\')])')


def rounded_svg(svg: str) -> str:
    """Return an SVG of matplotlib with coordinates of at most three decimals, and ids that hang on what is then drawn alone."""
    rounded = _TAG.sub(lambda tag: _PLACED.sub(_with_short_numbers, tag[0]), svg)
    names = _names(rounded)
    return _TAG.sub(lambda tag: _REFERENCE.sub(lambda found: names.get(found[0], found[0]), tag[0]), rounded)


def _with_short_numbers(placed: re.Match[str]) -> str:
    return _LONG.sub(_shorter, placed[0])


def _shorter(number: re.Match[str]) -> str:
    short = f"{float(number[0]):.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def _names(svg: str) -> dict[str, str]:
    """Return the new id of each marker, clipping path and hatch that has an id of matplotlib's, by the old one."""
    names: dict[str, str] = {}
    for element in etree.fromstring(svg.encode("utf-8")).iter("{*}path", "{*}clipPath", "{*}pattern"):
        old = element.get("id", "")
        if _HASHED.fullmatch(old):
            del element.attrib["id"]
            digest = hashlib.sha256(etree.tostring(element, with_tail=False))
            while (name := old[:-10] + digest.hexdigest()[:10]) in names.values():
                digest.update(b" again")  # two markers that differ in where they are used alone keep two ids
            names[old] = name
    return names
