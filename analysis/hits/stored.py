"""HITS on disk: a folder of Parquet files, one a part of the corpus, written one after another and read as one table."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

import pandas as pd
import pyarrow as pa

from analysis.core.coding import stacked
from analysis.core.errors import SchemaError
from analysis.core.files import parquet_bytes, strangers_in, write_whole
from analysis.core.schema import HITS

FACTS = "_hits.json"
_IDS = "_article_ids.parquet"  # with an underscore, so that what reads all Parquet files of a folder leaves it out
# Columns whose categories are the same in every part; of targets those are known only where voices could be read.
_SAME = ("field", "zone", "category", "entry", "voice", "target", "target_rule")
# Columns of words and names as written: their categories are those that occur, in the order of the hits.
WRITTEN = ("text", "speaker", "speaker_text", "cue", "cue_kind", "content_kind", "speaker_of_speaker", "candidates")
_OF_TARGETS = ("target", "target_rule")


def joined(tables: Sequence[pd.DataFrame], is_read: Sequence[bool]) -> pd.DataFrame:
    """Return the hits of all parts as one table; `is_read` says of each part whether the rules of voices could read any of it."""
    if not any(is_read):
        return stacked(tables)
    read = tables[is_read.index(True)]
    known = {name: read[name].cat.categories for name in _OF_TARGETS}
    return stacked(
        [
            table if of_part else table.assign(**{name: table[name].cat.set_categories(known[name]) for name in known})
            for table, of_part in zip(tables, is_read, strict=True)
        ]
    )


@dataclass(frozen=True)
class StoredHits:
    """HITS that `analysis.find_hits` wrote to a folder.

    Attributes
    ----------
    folder : Path
        Where they are: ``part-00000.parquet`` and so on, which other programs read too.
    """

    folder: Path

    @cached_property
    def _facts(self) -> dict[str, Any]:
        facts = facts_in(self.folder)
        if not facts["is_complete"]:
            raise SchemaError(
                f"{self.folder}: not finished: hits of {len(done_in(facts))} parts are written; call fa.find_hits(…, out={str(self.folder)!r}) "
                f"again, which goes on from there"
            )
        return facts

    def __len__(self) -> int:
        return sum(part["rows"] for part in self._facts["parts"])

    def __repr__(self) -> str:
        return f"StoredHits({len(self):,} hits in {len(self._facts['parts'])} parts, {self.folder})"

    def parts(self) -> Iterator[pd.DataFrame]:
        """Yield the hits of each part of the corpus as HITS.

        Raises
        ------
        SchemaError
            When a file is gone or altered.
        """
        for number, part in enumerate(self._facts["parts"]):
            yield self._checked(part_file(number), part["sha256"]).pipe(self._with_categories)

    def read(self) -> pd.DataFrame:
        """Return all hits as one table HITS, the same that `analysis.find_hits` returns without ``out``; raises as `parts`."""
        tables = [*self.parts()]
        table = stacked([one for one in tables if len(one)] or tables[:1])
        ids = self._checked(_IDS, self._facts["ids"])["article_id"]
        table["article_id"] = table["article_id"].cat.set_categories(pd.Index(ids))
        table.attrs = dict(self._facts["attrs"])
        return HITS.check(table)

    def _with_categories(self, table: pd.DataFrame) -> pd.DataFrame:
        known = {name: pd.Index(values, dtype="str") for name, values in self._facts["categories"].items()}
        # Parquet keeps no type of a column that holds no value.
        nothing = pd.Categorical.from_codes([-1] * len(table), categories=pd.Index([], dtype="str"))
        blank = {name: nothing for name in (*WRITTEN, *_SAME) if not len(table) or table[name].isna().all()}
        table = table.assign(**blank)
        return table.assign(**{name: table[name].cat.set_categories(values) for name, values in known.items()})

    def _checked(self, name: str, sha256: str) -> pd.DataFrame:
        path = self.folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            raise SchemaError(
                f"{path}: {'altered' if path.is_file() else 'gone'}; remove the folder and find the hits anew with fa.find_hits(…, out=…)"
            )
        return pd.read_parquet(path)


def part_file(number: int) -> str:
    """Return the file of the hits of a part."""
    return f"part-{number:05d}.parquet"


def facts_in(folder: Path) -> dict[str, Any]:
    """Return what is kept of the hits in a folder.

    Raises
    ------
    SchemaError
        When there are none, or what is kept is cut.
    """
    path = folder / FACTS
    if not path.is_file():
        raise SchemaError(f"{folder}: no hits on disk, as it has no {FACTS}; make them with fa.find_hits(…, out=…)")
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SchemaError(f"{path}: cut or altered ({error}); remove the folder and find the hits anew") from error
    return facts


def done_in(facts: dict[str, Any]) -> set[int]:
    """Return the parts that are written, by what is kept of the hits in a folder."""
    return {number for number, part in enumerate(facts["parts"]) if part is not None}


class HitsOfPart(NamedTuple):
    """The hits of a part of the corpus, ready to be written.

    Attributes
    ----------
    rows : int
        How many.
    data : bytes
        The Parquet file.
    categories : dict of str to list of str
        Those of the columns of which every part has the same.
    lists : dict of str to str
        The lists by which voices were read, none where they were not.
    """

    rows: int
    data: bytes
    categories: dict[str, list[str]]
    lists: dict[str, str]

    @classmethod
    def of(cls, table: pd.DataFrame, lists: dict[str, str]) -> Self:
        """Return them as a file."""
        categories = {name: table[name].cat.categories.tolist() for name in _SAME}
        return cls(len(table), parquet_bytes(pa.Table.from_pandas(table)), categories, lists)


class HitsBeingWritten:
    """The hits of a corpus on their way to a folder, part by part; the parts of an earlier call that was interrupted are kept.

    Parameters
    ----------
    folder : Path
        Where.
    question : dict
        What is looked for in which corpus; a folder with the hits of another question is refused.

    Raises
    ------
    SchemaError
        When the folder holds other hits, or other files.
    """

    def __init__(self, folder: Path, question: dict[str, Any]) -> None:
        self.folder = folder
        asked = json.loads(json.dumps(question))
        if (folder / FACTS).exists():
            self.facts = facts_in(folder)
            if self.facts["question"] != asked:
                raise SchemaError(f"{folder}: holds hits of another lexicon, corpus or version; give another folder")
            return
        # A first part that was interrupted before it was noted is no stranger; on a cluster any may be the first.
        strangers = strangers_in(folder, {part_file(number) for number in range(len(asked["articles_of_parts"]))})
        if strangers:
            raise SchemaError(f"{folder}: holds files that are no hits ({', '.join(strangers[:3])}); give a new folder")
        self.facts = {"question": asked, "parts": [], "categories": {}, "is_complete": False}

    @property
    def done(self) -> set[int]:
        """The parts that are written."""
        return done_in(self.facts)

    def add(self, number: int, found: HitsOfPart) -> None:
        """Write the hits of a part."""
        parts = self.facts["parts"]
        sha256 = self._write(part_file(number), found.data)
        if not self.facts["categories"] or (found.lists and not self.lists):
            self.facts["categories"] = found.categories
        parts += [None] * (number + 1 - len(parts))
        parts[number] = {"rows": found.rows, "sha256": sha256, "lists": found.lists}
        self._note()

    def finish(self, ids: pd.Series, attrs: dict[Any, Any]) -> StoredHits:
        """Write what all parts share, and return what reads them."""
        if not self.facts["is_complete"]:
            written = self._write(_IDS, parquet_bytes(pa.Table.from_pandas(ids.to_frame())))
            self.facts |= {"ids": written, "attrs": attrs, "is_complete": True}
            self._note()
        return StoredHits(self.folder)

    @property
    def lists(self) -> dict[str, str]:
        """The lists by which voices were read, none where they were read in no part."""
        return next((part["lists"] for part in self.facts["parts"] if part and part["lists"]), {})

    def _write(self, name: str, data: bytes) -> str:
        write_whole(self.folder / name, data)
        return hashlib.sha256(data).hexdigest()

    def _note(self) -> None:
        write_whole(self.folder / FACTS, (json.dumps(self.facts, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def open_hits(path: str | Path) -> StoredHits:
    """Return the hits that ``find_hits(…, out=path)`` wrote to a folder.

    Raises
    ------
    SchemaError
        When there are none, or they are not finished.
    """
    hits = StoredHits(Path(path))
    len(hits)
    return hits
