"""A sample on disk: its items as CSV, and beside them what it says of itself, by which codings are joined to it later."""

import json
from pathlib import Path

import pandas as pd
from pandas.errors import EmptyDataError, ParserError

from analysis.core.errors import SchemaError
from analysis.core.files import together
from analysis.core.near import near_path
from analysis.core.schema import SAMPLE
from analysis.validation.sampling import id_of

ITEMS, FACTS = "sample.csv", "sample.json"


def write_sample(sample: pd.DataFrame, folder: str | Path) -> Path:
    """Write a sample to a folder, as ``sample.csv`` and ``sample.json``, and return the folder.

    Parameters
    ----------
    sample : pandas.DataFrame
        SAMPLE, as `analysis.sample` returned it.
    folder : path
        Where to; it is made.

    Raises
    ------
    SchemaError
        When it is no SAMPLE.
    """
    folder = Path(folder)
    with together() as written:
        for name, data in sample_files(sample).items():
            written.write(folder / name, data)
    return folder


def sample_files(sample: pd.DataFrame) -> dict[str, bytes]:
    """Return the files that `write_sample` writes, by name; raises as that does."""
    SAMPLE.check(sample)
    facts = json.dumps(sample.attrs, ensure_ascii=False, indent=1)
    return {
        ITEMS: sample.to_csv(index=False, lineterminator="\n").encode("utf-8"),
        FACTS: f"{facts}\n".encode(),
    }


def read_sample(folder: str | Path) -> pd.DataFrame:
    """Return the sample that `write_sample` or ``framing sample`` wrote to a folder, the same table with the same ``attrs``.

    Raises
    ------
    SchemaError
        When a file is not there or cannot be read, or the items are not those that were drawn: a row or cell was changed since.
    """
    folder = Path(folder)
    for path in (folder / ITEMS, folder / FACTS):
        if not path.is_file():
            raise SchemaError(f"{path}: not there; give the folder that framing sample wrote{near_path(path)}")
    try:
        # As text first, so that no id is taken for a number.
        table = pd.read_csv(folder / ITEMS, dtype="str", keep_default_na=False, encoding="utf-8")
        table = table.astype(SAMPLE.empty().dtypes.to_dict())
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        is_as_drawn = id_of(table, facts) == facts["sample_id"]
    except (ParserError, EmptyDataError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SchemaError(
            f"{folder}: {ITEMS} or {FACTS} cannot be read as they were written ({error}); take them from where they were drawn, or draw "
            f"the sample again with the same seed"
        ) from error
    if not is_as_drawn:
        raise SchemaError(
            f"{folder / ITEMS}: was changed since the sample {facts['sample_id']} was drawn, as a spreadsheet does that saves it; take the "
            f"file from where it was drawn, or draw the sample again with the same seed"
        )
    table.attrs = facts
    return SAMPLE.check(table)
