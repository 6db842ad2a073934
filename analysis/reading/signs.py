"""Texts → which of them hold some bytes that few have, found in one pass over all: what must be looked at closely for mark-up and spoilt letters."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.core.arrow import bytes_of
from analysis.tokens.compiling import compiled

MARKUP = 1  # & or <
WIDE = 2  # the first byte of the letters À to ÿ, as which UTF-8 shows that was read as another encoding
BRACKET = 4  # [

_AMPERSAND, _LESS_THAN, _FIRST_OF_WIDE, _BRACKET = 0x26, 0x3C, 0xC3, 0x5B


def signs_in(texts: pa.LargeStringArray) -> npt.NDArray[np.uint8]:
    """Return for each text which of MARKUP, WIDE and BRACKET it holds, as bits."""
    data, bounds = bytes_of(texts)
    found = np.zeros(len(texts), np.uint8)
    _find(data, bounds, found)
    return found


@compiled
def _find(data: npt.NDArray[np.uint8], bounds: npt.NDArray[np.int64], found: npt.NDArray[np.uint8]) -> None:
    for text in range(len(found)):
        markup = wide = bracket = np.uint8(0)
        # Comparisons alone, without a branch or a look-up: the compiler makes of them steps of many bytes.
        for i in range(bounds[text], bounds[text + 1]):
            markup |= np.uint8(data[i] == _AMPERSAND) | np.uint8(data[i] == _LESS_THAN)
            wide |= np.uint8(data[i] == _FIRST_OF_WIDE)
            bracket |= np.uint8(data[i] == _BRACKET)
        found[text] = markup * MARKUP | wide * WIDE | bracket * BRACKET
