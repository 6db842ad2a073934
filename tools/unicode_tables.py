"""Build analysis/tokens/unicode_15_0.npz from the Unicode character database, version 15.0.0.

Usage: python tools/unicode_tables.py UCD_FOLDER [OUTPUT]

UCD_FOLDER holds UnicodeData.txt, CaseFolding.txt, DerivedCoreProperties.txt, auxiliary/WordBreakProperty.txt and
emoji/emoji-data.txt (Debian's package unicode-data 15.0.0 puts them into /usr/share/unicode).
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from analysis.tokens.unicode import BLOCK, CLASSES, IS_ALNUM, IS_ASSIGNED, IS_IGNORABLE, IS_PICTOGRAPHIC

N_CODE_POINTS = 0x110000


def ranges(path: Path, wanted: str | None = None) -> Iterator[tuple[int, int, str]]:
    """Yield first, last and property value of each line of a UCD property file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)", line)
        if match and wanted in (None, match[3]):
            yield int(match[1], 16), int(match[2] or match[1], 16), match[3]


def properties(folder: Path) -> np.ndarray:
    """Return one uint16 a code point: the Word_Break class in the low bits, flags above it."""
    table = np.zeros(N_CODE_POINTS, np.uint16)
    for first, last, name in ranges(folder / "auxiliary/WordBreakProperty.txt"):
        table[first : last + 1] = CLASSES.index(name)
    for first, last, _ in ranges(folder / "emoji/emoji-data.txt", "Extended_Pictographic"):
        table[first : last + 1] |= IS_PICTOGRAPHIC
    for first, last, _ in ranges(folder / "DerivedCoreProperties.txt", "Default_Ignorable_Code_Point"):
        table[first : last + 1] |= IS_IGNORABLE
    range_start = 0
    for line in (folder / "UnicodeData.txt").read_text(encoding="utf-8").splitlines():
        code, name, category = line.split(";")[:3]
        point = int(code, 16)
        first = range_start if name.endswith(", Last>") else point
        range_start = point
        table[first : point + 1] |= IS_ASSIGNED | (IS_ALNUM if category[0] in "LN" else 0)
    # The two named departures from UAX #29. A zero-width space inside a word does not cut it. A narrow no-break space is the
    # space of French typography and joins nothing but the digits of a number, as a comma does.
    table[0x200B] = CLASSES.index("Format") | IS_ASSIGNED | IS_IGNORABLE
    table[0x202F] = CLASSES.index("MidNum") | IS_ASSIGNED
    return table


def foldings(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the code points that full case folding changes, and what it changes them to."""
    pairs = []
    for line in (folder / "CaseFolding.txt").read_text(encoding="utf-8").splitlines():
        match = re.match(r"([0-9A-F]+); [CF]; ([0-9A-F ]+);", line)
        if match:
            pairs.append((int(match[1], 16), "".join(chr(int(code, 16)) for code in match[2].split())))
    return np.array([point for point, _ in pairs], np.int32), np.array([text for _, text in pairs])


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    output = Path(arguments[1] if len(arguments) > 1 else "analysis/tokens/unicode_15_0.npz")
    blocks, index = np.unique(properties(folder).reshape(-1, BLOCK), axis=0, return_inverse=True)
    fold_from, fold_to = foldings(folder)
    np.savez_compressed(
        output, index=index.astype(np.uint16).ravel(), blocks=blocks.ravel(), fold_from=fold_from, fold_to=fold_to
    )


if __name__ == "__main__":
    main(sys.argv[1:])
