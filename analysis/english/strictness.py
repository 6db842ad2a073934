"""How much counts as somebody else's words where no marks show it: a choice of the user by name, over rows that are found once."""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.core.errors import LexiconError
from analysis.english.speech import CATEGORIES, CATEGORY, CONTENT, CONTENT_KINDS, CUE_KIND_OF_CATEGORY

Strictness = Literal["strict", "standard", "wide"]
STANDARD: Strictness = "standard"

_SAYING = ("speech", "announcement", "remark", "address", "source", "owner")
_CATEGORIES = (*CATEGORIES, "owner", "none")
# The categories of cues that are kept with each kind of content, under each name; what stands in marks, or behind a label, always is.
_KEPT: dict[str, dict[str, tuple[str, ...]]] = {
    "strict": {"that": _SAYING},
    "standard": {
        "that": (*_SAYING, "evidence", "belief", "naming", "judging", "noun"),
        "clause": (*_SAYING, "belief", "naming", "judging"),
    },
    "wide": {
        "that": _CATEGORIES,
        "clause": _CATEGORIES,
        "infinitive": _CATEGORIES,
        # What is declared, remarked or called, without a clause, is no content in any guideline.
        "object": tuple(name for name in _CATEGORIES if name not in ("remark", "naming", "address")),
    },
}


def strictness_of(called: str, value: str) -> Strictness:
    """Return the strictness that a caller names.

    Raises
    ------
    LexiconError
        When it is none.
    """
    known: tuple[Strictness, ...] = get_args(Strictness)
    for name in known:
        if value == name:
            return name
    raise LexiconError(f"{called}: strictness={value!r} is not known; use {', '.join(map(repr, known))}")


def cue_kinds(rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int8]:
    """Return the place in ``CUE_KINDS`` of the cue of each attribution."""
    return CUE_KIND_OF_CATEGORY[rows[:, CATEGORY]]


def is_kept(rows: npt.NDArray[np.int32], strictness: Strictness) -> npt.NDArray[np.bool_]:
    """Return which attributions count: those in marks and turns always, of the others those of the kinds that `strictness` keeps."""
    kept = np.zeros((len(_CATEGORIES), len(CONTENT_KINDS)), np.bool_)
    kept[:, [CONTENT_KINDS.index("marks"), CONTENT_KINDS.index("turn")]] = True
    for content, categories in _KEPT[strictness].items():
        kept[:, CONTENT_KINDS.index(content)] = np.isin(_CATEGORIES, categories)
    chosen: npt.NDArray[np.bool_] = kept[rows[:, CATEGORY], rows[:, CONTENT]]
    return chosen
