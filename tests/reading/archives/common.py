"""What several generators share: dates, markup, encodings and the expected row."""

import datetime
import textwrap
from html import escape
from typing import Any

from .stories import Story

__all__ = [
    "DAYS",
    "MONTHS",
    "day_first",
    "declared",
    "encode",
    "halves",
    "html_page",
    "long_date",
    "markup",
    "row",
    "rtf_document",
    "rtf_text",
]

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
}


def long_date(date: datetime.date, language: str) -> str:
    """Write ``July 1, 2019``, ``1. Juli 2019`` or ``1 juillet 2019``."""
    month = MONTHS[language][date.month - 1]
    if language == "en":
        return f"{month} {date.day}, {date.year}"
    return f"{date.day}{'.' if language == 'de' else ''} {month} {date.year}"


def day_first(date: datetime.date, language: str) -> str:
    """Write ``29 December 2011``, as Factiva does in every language, with the month in the language."""
    return f"{date.day} {MONTHS[language][date.month - 1]} {date.year}"


def halves(text: str) -> list[str]:
    """Cut a heading in two at the blank nearest its middle; one word stays whole. A blank joins them again."""
    blanks = [place for place, letter in enumerate(text) if letter == " "]
    if not blanks:
        return [text]
    middle = min(blanks, key=lambda place: abs(place - len(text) // 2))
    return [text[:middle], text[middle + 1 :]]


def encode(text: str, encoding: str, newline: str = "\n") -> bytes:
    """Encode strictly, after turning line ends into `newline`."""
    return text.replace("\n", newline).encode(encoding)


def markup(text: str, wrap: int = 0, *, entities: bool = False) -> str:
    """Escape for HTML and XML; `wrap` breaks lines as if the source were wrapped; `entities` names characters.

    Line breaks in the source mean a blank, U+00A0 does not break.
    """
    if wrap:
        text = "\n".join(textwrap.wrap(text, wrap, break_long_words=False, break_on_hyphens=False))
    text = escape(text, quote=True)
    if entities:
        for letter, name in (
            ("\u00a0", "&nbsp;"),
            ("£", "&pound;"),
            ("é", "&eacute;"),
            ("’", "&#8217;"),
            ("“", "&#x201C;"),
        ):
            text = text.replace(letter, name)
    return text


def declared(encoding: str) -> str:
    """Give the name by which files call an encoding of Python's."""
    return {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(encoding, encoding)


def html_page(body: str, encoding: str, *, language: str = "en", meta: bool = True) -> bytes:
    """Wrap a page around the body, and say the encoding in it."""
    # A page in utf-16 says so by its first bytes only.
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={declared(encoding)}">\n'
    if not meta or encoding == "utf-16":
        charset = ""
    page = f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n{charset}<title>Export</title>\n'
    page += f"<style>p {{ margin: 0 }}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    return page.encode(encoding)


def rtf_text(text: str, escapes: str = "unicode") -> str:
    r"""Escape for RTF: ``\u8217?`` each, or ``\'92`` (cp1252) where `escapes` is "ansi"."""
    made = []
    for letter in text:
        if letter in "\\{}":
            made.append("\\" + letter)
        elif letter.isascii():
            made.append(letter)
        elif letter == "\u00a0" and escapes == "ansi":
            made.append(r"\~")
        elif escapes == "ansi":
            made.append(f"\\'{letter.encode('cp1252')[0]:02x}")
        else:
            units = letter.encode("utf-16-le")
            for low, high in zip(units[::2], units[1::2], strict=True):
                unit = low | high << 8
                # RTF numbers are signed 16-bit ones.
                made.append(f"\\u{unit - 65536 if unit > 32767 else unit}?")
    return "".join(made)


def rtf_document(body: str) -> bytes:
    """Wrap the header of an RTF document around the body; its destinations hold words that are no text."""
    header = (
        r"{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss Arial;}}"
        "\n"
        r"{\colortbl;\red0\green0\blue0;\red255\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1 heading 1;}}"
        "\n"
        r"{\*\generator Invented Exporter;}{\info{\title Export}{\author Nobody}}"
        "\n"
        r"{\header\pard Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        "\n"
    )
    return (header + body + "\n}\n").encode("ascii")


def row(story: Story, **changes: Any) -> dict[str, Any]:
    """Give the expected row of a story that the format carries whole, with `changes`."""
    whole = {
        "outlet": story.outlet,
        "date": story.date,
        "headline": story.headline,
        "standfirst": story.standfirst,
        "body": story.body,
        "byline": story.byline,
        "section": story.section,
        "url": story.url,
        "lead_paragraphs": 1,
    }
    unknown = set(changes) - set(whole)
    if unknown:
        raise KeyError(f"no such column: {sorted(unknown)}")
    return whole | changes
