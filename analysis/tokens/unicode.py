"""Character tables of Unicode 15.0.0, the one version that boundaries, NFC and folding rest on.

The tables ship with the package (``tools/unicode_tables.py`` builds them), so results do not move with the Python version.
"""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import unicodedata2

UNICODE_VERSION = "15.0.0"

# Word_Break classes of UAX #29; a class's number is its place here.
CLASSES = (
    "Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Format", "Regional_Indicator", "Katakana", "Hebrew_Letter",
    "ALetter", "Single_Quote", "Double_Quote", "MidLetter", "MidNum", "MidNumLet", "Numeric", "ExtendNumLet", "WSegSpace",
)  # fmt: skip
CLASS_MASK = 0x1F
IS_PICTOGRAPHIC = 0x20
IS_ALNUM = 0x40
IS_IGNORABLE = 0x80
IS_ASSIGNED = 0x100
BLOCK = 128

# The last four are apostrophes in damaged text only: accents in their place, and marks of Windows-1252 read as control characters.
APOSTROPHES = "’‘‛ʼ＇`´\x91\x92"
_DAMAGED = "`´\x91\x92"


class _Tables:
    def __init__(self) -> None:
        with np.load(Path(__file__).with_name("unicode_15_0.npz")) as stored:
            self.index: npt.NDArray[np.uint16] = stored["index"]
            self.blocks: npt.NDArray[np.uint16] = stored["blocks"]
            fold = zip(stored["fold_from"].tolist(), stored["fold_to"].tolist(), strict=True)
            self.fold: dict[int, str] = dict(fold)
        self._read_as_apostrophes()
        properties = self.blocks.reshape(-1, BLOCK)[self.index].ravel()
        self.unassigned: npt.NDArray[np.bool_] = (properties & IS_ASSIGNED) == 0
        ignorable = np.flatnonzero(properties & IS_IGNORABLE).tolist()
        self.normalise: dict[int, str | None] = dict.fromkeys(ignorable)
        self.normalise.update(dict.fromkeys(map(ord, APOSTROPHES), "'"))

    def _read_as_apostrophes(self) -> None:
        places = [(int(self.index[point // BLOCK]) * BLOCK) + point % BLOCK for point in map(ord, f"’{_DAMAGED}")]
        self.blocks[places[1:]] = self.blocks[places[0]]


@cache
def tables() -> _Tables:
    """Return the tables, loaded once."""
    return _Tables()


def normalise(text: str) -> str:
    """Return `text` in NFC, with one kind of apostrophe and without invisible characters.

    NFC is stable for assigned characters, so text without characters newer than Unicode 15.0 has the same NFC under every
    later version of the library; text that holds newer ones keeps its order of characters.
    """
    if text.isascii():
        return text.replace("`", "'")
    text = text.translate(tables().normalise)
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return text if tables().unassigned[points].any() else unicodedata2.normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text`, normalised before, with full case folding; NFC again, which folding can undo."""
    if text.isascii():
        return text.lower()
    return normalise(text.translate(tables().fold))
