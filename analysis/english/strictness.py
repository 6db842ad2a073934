"""How much counts as somebody else's words where no marks show it: a choice of the user by name, over rows that are found once."""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.core.errors import LexiconError
from analysis.english.speech import CATEGORY, CONTENT, CONTENT_KINDS, CUE_KIND_OF_CATEGORY, CUE_KINDS

Strictness = Literal["strict", "standard", "wide"]
STANDARD: Strictness = "standard"

_SAYING = ("saying", "source phrase")
# The kinds of cue and of content that are kept under each name; under "wide" all are.
_KEPT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "strict": (_SAYING, ("that",)),
    "standard": ((*_SAYING, "evidence", "belief", "judging", "noun"), ("that", "clause")),
    "wide": (CUE_KINDS, CONTENT_KINDS),
}


def strictness_of(called: str, value: str) -> Strictness:
    """Return the strictness that a caller names.

    Raises
    ------
    LexiconError
        When it is none.
    """
    for known in get_args(Strictness):
        if value == known:
            return known
    raise LexiconError(f"{called}: strictness={value!r} is not known; use {', '.join(map(repr, get_args(Strictness)))}")


def cue_kinds(rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int8]:
    """Return the place in ``CUE_KINDS`` of the cue of each attribution."""
    return CUE_KIND_OF_CATEGORY[rows[:, CATEGORY]]


def is_kept(rows: npt.NDArray[np.int32], strictness: Strictness) -> npt.NDArray[np.bool_]:
    """Return which attributions count: those in marks always, of the others those whose cue and content are of the kinds that `strictness` keeps."""
    cues, contents = _KEPT[strictness]
    kept = np.outer(np.isin(CUE_KINDS, cues), np.isin(CONTENT_KINDS, contents))
    kept[:, CONTENT_KINDS.index("marks")] = True
    chosen: npt.NDArray[np.bool_] = kept[cue_kinds(rows), rows[:, CONTENT]]
    return chosen
