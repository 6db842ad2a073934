"""The record of how a lexicon was validated: written beside its file, found again by its hash, named by every result."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.core.errors import LexiconError
from analysis.core.files import write_whole
from analysis.core.origin import with_origin
from analysis.counting.resampling import Resampling
from analysis.lexicons import Lexicon, read_lexicon
from analysis.lexicons.validated import Validation, category_hash, entry_key, record_path
from analysis.validation.accuracy import accuracy

_MEASURES = ("precision", "recall")


def save_validation(
    codings: pd.DataFrame,
    hits: pd.DataFrame,
    lexicon: str | Path,
    *,
    agreement: pd.DataFrame | None = None,
    day: str = "",
    resampling: Resampling | None = None,
) -> Path:
    """Write how a lexicon was validated beside its file, so that every later result by it says so.

    Parameters
    ----------
    codings, hits, resampling
        As in `analysis.accuracy`; the hits are those of the lexicon in the file.
    lexicon : str or pathlib.Path
        The lexicon's file. The record stands beside it: ``frames.validation.json`` beside ``frames.yml``.
    agreement : pandas.DataFrame, optional
        AGREEMENT of the codings, whose alphas the record names.
    day : str
        When it was coded, as 2026-11-28; today by default.

    Returns
    -------
    pathlib.Path
        The file. It holds coders, numbers, and precision and recall with intervals, no text.

    Raises
    ------
    LexiconError
        When the hits are not of this lexicon.
    SchemaError
        As `analysis.accuracy`.

    Notes
    -----
    `analysis.read_lexicon` finds the record by the lexicon's hash. After an edit it states what still holds: categories of which no entry changed,
    and that entries which changed or are new have no figures. Codings themselves stay true, since they are of a text: measured anew with the
    edited lexicon they give a new record.
    """
    path = Path(lexicon)
    read = read_lexicon(path)
    if hits.attrs.get("lexicon_hash") != read.hash:
        raise LexiconError(
            f"{path}: the lexicon has the hash {read.hash}, the hits are by {hits.attrs.get('lexicon_hash')}; find them anew"
        )
    facts = _facts(codings, hits, read, day or date.today().isoformat(), resampling)
    if agreement is not None:
        facts["agreement"] = _alphas(agreement)
    target = record_path(path)
    write_whole(target, (json.dumps(facts, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))
    return target


def validity(lexicon: Lexicon) -> pd.DataFrame:
    """Return what is known of each entry of a lexicon by its record, and of which nothing is.

    Returns
    -------
    pandas.DataFrame
        VALIDITY: one row an entry. ``status`` is "holds" where the entry is as it was validated, "not coded" where no hit of it was,
        "changed or new" where it was not in that version, "never validated" where there is no record. An unchanged entry may
        still hit other words than before
        where a longer entry came or went.
    """
    record = lexicon.validation
    rows = []
    for entry in lexicon.own_entries:
        found = _entry_of(record, entry.category, entry_key(entry))
        rows.append(
            (entry.category, entry.text, _status(record, found), *(found["n"] if found else (0, 0)), *_numbers(found))
        )
    names = ["category", "entry", "status", "n_hits", "n_right", "precision", "precision_low", "precision_high"]
    return with_origin(pd.DataFrame(rows, columns=names), lexicon)


def _entry_of(record: Validation | None, category: str, key: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = record.facts["entries"].get(category, {}).get(key) if record else None
    return found


def _status(record: Validation | None, found: Mapping[str, Any] | None) -> str:
    if record is None:
        return "never validated"
    if found is None:
        return "changed or new"
    return "holds" if found["n"][0] else "not coded"


def _numbers(found: Mapping[str, Any] | None) -> list[float]:
    return [np.nan if value is None else value for value in (found["precision"] if found else (None, None, None))]


def _facts(
    codings: pd.DataFrame, hits: pd.DataFrame, lexicon: Lexicon, day: str, resampling: Resampling | None
) -> dict[str, Any]:
    whole = accuracy(codings, hits, by=[], resampling=resampling)
    by_category = accuracy(codings, hits, resampling=resampling)
    people = codings if "kind" not in codings.columns else codings[codings["kind"].astype("str") != "model"]
    of_corpus = ("corpus_hash", "corpus_articles", "corpus_days")
    return {
        "lexicon": lexicon.name,
        "version": lexicon.version,
        "hash": lexicon.hash,
        "day": day,
        "coders": sorted(map(str, people["coder"].unique())),
        "n_units": int(codings["unit_id"].nunique()),
        "n_hits": int(whole["n_hits"].sum()),
        **{name: codings.attrs[name] for name in ("sample_seed", "sample_id") if name in codings.attrs},
        "corpus": {name.removeprefix("corpus_"): hits.attrs[name] for name in of_corpus if name in hits.attrs},
        "all": {name: _three(whole, 0, name) for name in _MEASURES},
        "categories": {
            name: {"hash": category_hash(lexicon, name), **{one: _three(by_category, row, one) for one in _MEASURES}}
            for row, name in enumerate(map(str, by_category["category"]))
        },
        "entries": _entries(accuracy(codings, hits, by=["category", "entry"], resampling=resampling), lexicon),
    }


def _entries(table: pd.DataFrame, lexicon: Lexicon) -> dict[str, dict[str, Any]]:
    """Return the figures of each entry of the lexicon, by category; one of which no hit was judged has none."""
    rows = {
        pair: row for row, pair in enumerate(zip(map(str, table["category"]), map(str, table["entry"]), strict=True))
    }
    found: dict[str, dict[str, Any]] = {name: {} for name in lexicon.category_names}
    for entry in lexicon.own_entries:
        row = rows.get((entry.category, entry.text))
        n = [0, 0] if row is None else [int(table[name].iloc[row]) for name in ("n_hits", "n_right")]
        precision = [None] * 3 if row is None else _three(table, row, "precision")
        found[entry.category][entry_key(entry)] = {"n": n, "precision": precision}
    return found


def _three(table: pd.DataFrame, row: int, name: str) -> list[float | None]:
    """Return estimate, low and high, None where one is missing."""
    return [_rounded(table[one].iloc[row]) for one in (name, f"{name}_low", f"{name}_high")]


def _rounded(value: Any) -> float | None:
    return None if pd.isna(value) else round(float(value), 4)


def _alphas(agreement: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return Krippendorff's alpha of each variable among most coders, of the sample, with what it is: reliability or stability."""
    is_alpha = (agreement["coefficient"] == "krippendorff_alpha") & (agreement["population"] == "sample")
    rows = agreement[is_alpha & agreement["estimate"].notna()]
    if "value" in rows.columns:
        rows = rows[rows["value"] == ""]
    rows = rows.sort_values("n_coders", ascending=False, kind="stable").drop_duplicates("variable")
    return {
        str(row["variable"]): {
            "kind": str(row["kind"]),
            **{name: _rounded(row[name]) for name in ("estimate", "low", "high")},
        }
        for row in rows.to_dict("records")
    }
