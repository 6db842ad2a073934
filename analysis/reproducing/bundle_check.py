"""A replication bundle against the articles of somebody who has them: which are the same, and which numbers are found again."""

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.core.cells import unguarded
from analysis.core.errors import FramingError
from analysis.counting.resampling import Resampling
from analysis.hits.find import find_hits
from analysis.reading.corpus import Corpus
from analysis.reading.given import tokenize
from analysis.reproducing.bundle import csv_bytes, hit_rows, result_tables, text_hashes, versions
from analysis.reproducing.bundle_files import Bundle, read_bundle
from analysis.tokens.tokens import Tokens

_CLOSE = 1e-9  # relative; what another processor may round otherwise


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """What became of a bundle with the articles at hand.

    Attributes
    ----------
    articles : pandas.DataFrame
        One row an article of the bundle: ``article_id``, ``found`` (whether an article here has the same texts), ``article_id_here`` ("" where
        there is none).
    hits : pandas.DataFrame
        Hits that differ, of articles that are the same: the columns of HITS and ``where`` (only in the bundle, only here).
    n_hits : int
        Hits of the bundle in articles that are the same.
    tables : dict of str to int
        For each result table, in how many cells it differs, and ``corpus_hash`` where ids, outlets, days, leads or texts have another hash
        than the bundle states; empty where articles are missing, as the tables cannot be computed then.
    versions : tuple of str
        Packages of other versions than the bundle was made with.
    """

    articles: pd.DataFrame
    hits: pd.DataFrame
    n_hits: int
    tables: dict[str, int]
    versions: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether every article is here and every number was found again."""
        return bool(self.articles["found"].all()) and self.hits.empty and not any(self.tables.values())


def check_bundle(path: str | Path, corpus: Corpus) -> BundleCheck:
    """Return whether a bundle's numbers are found again in the articles of `corpus`.

    Articles are the same where their texts have the same SHA-256, whatever their ids; those are measured with the lexicon of
    the bundle, in its order and under its ids.

    Parameters
    ----------
    path : path
        What `analysis.reproduce.bundle` wrote.
    corpus : Corpus
        The articles, read as those of the bundle were.

    Raises
    ------
    FramingError
        When the file is no bundle, anything in it is not as the program writes it, or it was made by other rules than those of this version.
    """
    path = Path(path)
    found = read_bundle(path)
    stated, parameters = found.articles, found.parameters
    pairs = _paired(stated, corpus)
    same = replace(corpus, articles=_as_stated(pairs, stated, corpus))
    tables: dict[str, int] = {}
    expected = found.hits[found.hits["article_id"].isin(pairs["article_id"])]
    differing = pd.DataFrame()
    if len(pairs):
        tokens = tokenize(same)
        hits = find_hits(
            tokens, found.lexica["lexicon"], targets=found.lexica.get("targets"), overlap=parameters["overlap"]
        )
        _check_choices(path, parameters, tokens, hits)
        _check_words(path, stated, tokens)
        differing = _differing(expected, _table(csv_bytes(hit_rows(hits))))
        if len(pairs) == len(stated):
            tables = _differences(path, found, hits, tokens)
    articles = stated[["article_id"]].merge(pairs, how="left", on="article_id").fillna({"article_id_here": ""})
    articles.insert(1, "found", articles["article_id"].isin(pairs["article_id"]))
    return BundleCheck(articles, differing, len(expected), tables, _other_versions(parameters["versions"]))


def _check_choices(path: Path, parameters: dict[str, Any], tokens: Tokens, hits: pd.DataFrame) -> None:
    """Raise where a bundle was made by other rules than those of this version."""
    here = {
        "token_rule": tokens.rule,
        "phrase_rule": hits.attrs["phrase_rule"],
        "interval": str(Resampling()),
    }
    for name, rule in here.items():
        if parameters[name] != rule:
            raise FramingError(
                f"{path}: the bundle was made by {name} {parameters[name]!r}, and this version has {rule!r}; check it with the version "
                f"that made it ({parameters['versions']['media-framing-analysis']})"
            )


def _check_words(path: Path, stated: pd.DataFrame, tokens: Tokens) -> None:
    """Raise where a bundle states another number of words than a text has."""
    counts = stated.set_index("article_id")["n_words"].astype("int64")
    here = tokens.tokens_per_article.to_numpy()
    for name, count in zip(tokens.articles["article_id"], here, strict=True):
        if counts[name] != count:
            raise FramingError(
                f"{path}: articles.csv states {counts[name]:,} words of article '{name}', whose text has {count:,}; it was changed"
            )


def _differences(path: Path, found: Bundle, hits: pd.DataFrame, tokens: Tokens) -> dict[str, int]:
    """Return in how many cells each result table differs, and whether ids, outlets, days and texts have another hash."""
    here = result_tables(hits, tokens)
    if here.keys() != found.tables.keys():
        raise FramingError(
            f"{path}: result tables are {', '.join(found.tables)}; these articles and lexicons give {', '.join(here)}"
        )
    tables = {name: _cells(found.tables[name], _table(csv_bytes(table))) for name, table in here.items()}
    is_named = not found.articles["article_id"].str.startswith("sha256:").any()
    if is_named and tokens.corpus_hash != found.parameters["corpus_hash"]:
        tables["corpus_hash"] = 1
    return tables


def _table(data: bytes) -> pd.DataFrame:
    return unguarded(pd.read_csv(io.BytesIO(data), dtype="str", keep_default_na=False))


def _as_stated(pairs: pd.DataFrame, stated: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the articles here that are the same, with id, outlet, day and lead as the bundle states them."""
    here = corpus.articles.set_index("article_id").loc[pairs["article_id_here"]].reset_index(drop=True)
    said = stated.set_index("article_id").loc[pairs["article_id"]].reset_index()
    return here.assign(
        article_id=said["article_id"].astype("str"),
        outlet=said["outlet"].replace("", None).astype("str"),
        date=pd.to_datetime(said["date"].replace("", None)).astype(here["date"].dtype),
        lead_paragraphs=said["lead_paragraphs"].astype(here["lead_paragraphs"].dtype),
    )


def _paired(stated: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return ``article_id`` and ``article_id_here`` of the articles whose texts are the same, in the order of the bundle."""
    here = corpus.articles[["article_id"]].assign(text_sha256=text_hashes(corpus.articles))
    # Several articles of one text are paired in the order of their ids.
    numbered = [
        table.assign(number=table.sort_values("article_id").groupby("text_sha256").cumcount())
        for table in (stated[["article_id", "text_sha256"]], here)
    ]
    pairs = numbered[0].merge(numbered[1], on=["text_sha256", "number"], suffixes=("", "_here"))
    return pairs[["article_id", "article_id_here"]]


def _differing(expected: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one table that the other has not."""
    # A row that stands twice in one of them must stand twice in the other.
    numbered = [
        table.assign(number=table.groupby(list(expected.columns), dropna=False).cumcount())
        for table in (expected, found)
    ]
    both = numbered[0].merge(numbered[1], how="outer", on=[*expected.columns, "number"], indicator="where")
    named = {"left_only": "only in the bundle", "right_only": "only here"}
    differing = both[both["where"] != "both"].drop(columns="number").reset_index(drop=True)
    return differing.assign(where=differing["where"].astype("str").map(named))


def _cells(expected: pd.DataFrame, found: pd.DataFrame) -> int:
    """Return in how many cells two tables differ, rounding apart; all cells where their rows are others."""
    if list(expected.columns) != list(found.columns) or len(expected) != len(found):
        return max(1, expected.size)
    n = 0
    for column in expected.columns:
        stated, computed = (
            pd.to_numeric(table[column], errors="coerce").to_numpy(float) for table in (expected, found)
        )
        alike = (expected[column] == found[column]).to_numpy() | np.isclose(stated, computed, rtol=_CLOSE, atol=0)
        n += int((~alike).sum())
    return n


def _other_versions(stated: dict[str, str]) -> tuple[str, ...]:
    here = versions()
    return tuple(
        f"{name} {stated[name]} in the bundle, {here.get(name, 'not installed')} here"
        for name in sorted(stated)
        if here.get(name) != stated[name]
    )
