"""The blocks of lines that blank ones part, in a text of the old nexis.com."""

import re
from typing import NamedTuple

from analysis.reading.archives.nexis_labels import (
    capital_column,
    capital_label,
    is_copyright,
    is_mark_word,
    one_line,
    stated_words,
)

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


class Block(NamedTuple):
    """Lines between blank ones. `label` and `column` are of the label in capitals that begins them, or ""."""

    label: str
    column: str
    value: str
    lines: list[str]

    @property
    def text(self) -> str:
        """The lines as one."""
        return one_line("\n".join(self.lines))

    @property
    def is_copyright(self) -> bool:
        """Whether it is a copyright notice."""
        return is_copyright(self.lines[0].strip())


def blocks_of(text: str) -> list[Block]:
    """Return what blank lines part; a block that begins with a known label is parted before each further one as well."""
    found: list[Block] = []
    for written in _BLANK_LINES.split(text):
        lines = [line for line in written.split("\n") if line.strip()]
        known = [place for place, line in enumerate(lines) if _is_known(line)]
        starts = known if known[:1] == [0] else [0]
        found += [
            block_of(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True) if lines
        ]
    return found


def block_of(lines: list[str]) -> Block:
    """Return some lines as a block."""
    label, column, value = _labelled(lines[0])
    return Block(label, column, one_line("\n".join([value, *lines[1:]])) if label else "", lines)


def is_body_label(label: str) -> bool:
    """Whether a label announces the text: "BODY"."""
    return bool(label) and not capital_column(label) and is_mark_word(label, "body")


def _labelled(line: str) -> tuple[str, str, str]:
    label, value = capital_label(line)
    column = capital_column(label)
    if column == "length_stated" and stated_words(value) is None and value:
        # "LENGTH: 19.43 meters" is a line of text.
        column = ""
    return label, column, value


def _is_known(line: str) -> bool:
    label, column, _ = _labelled(line)
    return bool(column) or is_body_label(label)
