"""Hashes of tokens, hits and every table of results on corpora of our own: the same on every machine, Python and set of dependencies.

Usage: python tests/golden.py [--write] [--quick]

Prints what differs from golden.json beside this file and returns 1 then; ``--write`` writes that file, in the locked environment only.
``--quick`` leaves out the tables of results.

A figure may differ in its last digits from one processor to another, since sums are taken in another order there. So numbers are hashed with
nine significant digits, and what is learned by matrix algebra (NUMERIC) with five.
"""

import hashlib
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from test_order import LISTS, RESULTS, Order, made_articles  # noqa: E402

import analysis as fa  # noqa: E402

COMMITTED = Path(__file__).with_name("golden.json")
DIGITS, OF_ALGEBRA = 9, 5
# From vectors of words, a regression or a clustering; all else is made of counts.
NUMERIC = {
    "adjusted_ratios", "axis_words", "frame_axes", "frames_from_elements", "polarity", "smooth_trend", "suggest",
}  # fmt: skip


def hashes(*, quick: bool = False) -> dict[str, str]:
    """Return the hash of each thing that is measured, by its name."""
    logging.disable(logging.WARNING)  # notes of the corpora, which are no matter here
    found = dict(_of_the_sample())
    return found if quick else found | dict(_of_results())


def _of_the_sample() -> Iterator[tuple[str, str]]:
    """Yield what is made of data/articles with the shipped lexicons."""
    corpus = fa.read(ROOT / "data" / "articles")
    places = corpus.articles.drop(columns=["source_file"])
    yield "sample: articles", table_hash(places)
    yield "sample: removed", table_hash(corpus.removed)
    tokens = fa.tokenize(corpus)
    yield "sample: types", _digest(map(str, tokens.types))
    yield "sample: forms", _digest(map(str, tokens.forms))
    yield "sample: type ids", _digest([tokens.type_ids.astype("<i4").tobytes().hex()])
    yield "sample: starts", _digest([tokens.starts.astype("<i8").tobytes().hex()])
    frames, targets = (fa.read_lexicon(ROOT / "data" / "lexicons" / f"{name}.yml") for name in ("frames", "targets"))
    hits = fa.find_hits(tokens, frames, targets=targets)
    yield "sample: hits", table_hash(hits)
    yield "sample: voices", table_hash(fa.voices(tokens))
    yield "sample: rates", table_hash(fa.rates(hits, tokens, by=["outlet", "category"]))


def _of_results() -> Iterator[tuple[str, str]]:
    """Yield every table of results that tests/test_order.py knows, of the articles that are made there."""
    order = Order(made_articles())
    for name, call in RESULTS.items():
        yield name, result_hash(call(order), OF_ALGEBRA if name in NUMERIC else DIGITS)
    for name, (call, _) in LISTS.items():
        yield name, result_hash(call(order), OF_ALGEBRA if name in NUMERIC else DIGITS)


def result_hash(result: Any, digits: int = DIGITS) -> str:
    """Return the hash of a table, or of the tables of a result that holds several."""
    if isinstance(result, pd.DataFrame):
        return table_hash(result, digits)
    if is_dataclass(result):
        parts = [getattr(result, field.name) for field in fields(result)]
        return _digest(table_hash(part, digits) for part in parts if isinstance(part, pd.DataFrame))
    raise TypeError(f"{type(result).__name__} is no result that can be hashed")


def table_hash(table: pd.DataFrame, digits: int = DIGITS) -> str:
    """Return the hash of the names and cells of a table; kinds of columns, which pandas names anew now and then, do not count."""
    return _digest(text for name in table.columns for text in (str(name), *_cells(table[name], digits)))


def _cells(column: pd.Series, digits: int) -> Iterator[str]:
    for cell, is_missing in zip(column.astype("object"), column.isna(), strict=True):
        if is_missing:
            yield ""
        elif isinstance(cell, float):
            yield f"{cell + 0.0:.{digits}g}"
        else:
            yield str(cell)


def _digest(texts: Any) -> str:
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode()
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:16]


def differences(found: dict[str, str]) -> list[str]:
    """Return the names of what is not as it is committed."""
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    return sorted(name for name, value in found.items() if committed.get(name) != value)


def main(arguments: list[str]) -> int:
    found = hashes(quick="--quick" in arguments)
    if "--write" in arguments:
        COMMITTED.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for name in (other := differences(found)):
        sys.stdout.write(f"other than golden.json: {name}\n")
    sys.stdout.write(f"{len(found)} hashes, {len(other)} others\n")
    return int(bool(other))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
