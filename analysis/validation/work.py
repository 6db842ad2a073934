"""The work of one coder: the items of a sample that are theirs, in the order in which they are coded."""

import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.near import known_names

CODERS = ";"  # what parts names in the sample's column `coders`, and codes where several hold


def coders_of(sample: pd.DataFrame) -> list[str]:
    """Return the coders that a sample names, in order."""
    return sorted({name.strip() for names in sample["coders"].astype("str") for name in names.split(CODERS)} - {""})


def is_of_coder(sample: pd.DataFrame, coder: str) -> pd.Series:
    """Return whether each item of a sample is a coder's."""
    return sample["coders"].astype("str").map(lambda names: coder in {name.strip() for name in names.split(CODERS)})


def work_of(sample: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the items of a coder, in the order of the sample.

    Raises
    ------
    SchemaError
        When the sample names no such coder.
    """
    own = sample[is_of_coder(sample, coder)]
    if own.empty:
        raise SchemaError(f"SAMPLE: no item is for coder {coder!r}; {known_names(coder, coders_of(sample))}")
    return own.reset_index(drop=True)
