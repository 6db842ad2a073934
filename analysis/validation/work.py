"""The work of one coder: the items of a sample that are theirs, in the order in which they are coded."""

import hashlib
import re

import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.near import known_names

SEVERAL = ";"  # what parts names in the sample's column `coders`, and codes where several hold
_AGAIN = re.compile(r"(?P<person>.*\S) \((?P<turn>\d+)\)")


def coders_of(sample: pd.DataFrame) -> list[str]:
    """Return the coders that a sample names, in order."""
    return sorted({name for names in sample["coders"].astype("str") for name in _named(names)})


def is_of_coder(sample: pd.DataFrame, coder: str) -> pd.Series:
    """Return whether each item of a sample is a coder's; those of "A (2)", who is A for the second time, are those of A."""
    person = _person(coder)
    return sample["coders"].astype("str").map(lambda names: bool({coder, person} & _named(names)))


def work_of(sample: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the items of a coder in the order of the sample; a second time, as "A (2)", the units come in another order.

    Raises
    ------
    SchemaError
        When the sample names no such coder.
    """
    own = sample[is_of_coder(sample, coder)]
    if own.empty:
        raise SchemaError(f"SAMPLE: no item is for coder {coder!r}; {known_names(coder, coders_of(sample))}")
    if _person(coder) != coder:
        # Whoever codes again shall not remember what came before what.
        own = own.sort_values(
            "unit_id", key=lambda units: units.map(lambda unit: _drawn_lot(coder, unit)), kind="stable"
        )
    return own.reset_index(drop=True)


def _named(names: str) -> set[str]:
    return {name.strip() for name in names.split(SEVERAL)} - {""}


def _person(coder: str) -> str:
    again = _AGAIN.fullmatch(coder)
    return again["person"] if again else coder


def _drawn_lot(coder: str, unit: str) -> str:
    return hashlib.sha256(f"{coder}\n{unit}".encode()).hexdigest()
