"""What a user may say about the reading of a corpus: one set of options for `read`, the command line and every reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from analysis.core.errors import CorpusError
from analysis.reading.duplicates import check_similarity
from analysis.reading.plain import check_outlet_from

_ALLOWED = {"boilerplate": ("cut", "keep"), "duplicates": ("keep", "first")}


class ReadOptions(TypedDict, total=False):
    """The options of `analysis.read`, which says what they mean."""

    duplicates: str
    dates: str | None
    outlets: str | Path | None
    encoding: str | None
    outlet_from: str | None
    similarity: float | None
    strict: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read; `analysis.read` says what each field means.

    Raises
    ------
    CorpusError
        When a value is not allowed.
    """

    columns: Mapping[str, str] | None = None
    boilerplate: str = "cut"
    duplicates: str = "keep"
    dates: str | None = None
    outlets: str | Path | None = None
    encoding: str | None = None
    outlet_from: str | None = None
    similarity: float | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        check_outlet_from(self.outlet_from)
        check_similarity(self.similarity)
        for name, allowed in _ALLOWED.items():
            value = getattr(self, name)
            if value not in allowed:
                raise CorpusError(f"{name}={value!r}: allowed are {' and '.join(map(repr, allowed))}")
