"""A replication bundle against the articles of somebody who has them: which are the same, and which numbers are found again."""

import io
import json
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.core.cells import unguarded
from analysis.core.errors import FramingError
from analysis.hits.find import find_hits
from analysis.lexicons import read_lexicon
from analysis.reading.corpus import Corpus
from analysis.reading.given import tokenize
from analysis.reproducing.bundle import FORMAT, csv_bytes, hit_rows, result_tables, sha256_of, text_hashes, versions
from analysis.tokens.tokens import Tokens

_MOST_BYTES = 2 << 30
_NEEDED = {"articles.csv", "hits.csv", "parameters.json", "README.txt"}
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
        For each result table, in how many cells it differs; empty where articles are missing, as the tables cannot be computed then.
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
        When the file is no bundle, or a file in it is not as its checksum says.
    """
    files = _files(Path(path))
    stated = _table(files["articles.csv"])
    pairs = _paired(stated, corpus)
    parameters = json.loads(files["parameters.json"])
    if parameters.get("format") != FORMAT:
        raise FramingError(
            f"{path}: the bundle is of format {parameters.get('format')!r}; this version checks {FORMAT!r}"
        )
    same = replace(corpus, articles=_as_stated(pairs, stated, corpus))
    tables: dict[str, int] = {}
    differing, expected = pd.DataFrame(), _table(files["hits.csv"])
    expected = expected[expected["article_id"].isin(pairs["article_id"])]
    if len(pairs):
        tokens = tokenize(same)
        hits = _hits(files, parameters, tokens)
        differing = _differing(expected, _table(csv_bytes(hit_rows(hits))))
        if len(pairs) == len(stated):
            tables = {
                name: _cells(_table(files[name]), _table(csv_bytes(table)))
                for name, table in result_tables(hits, tokens).items()
            }
    articles = stated[["article_id"]].merge(pairs, how="left", on="article_id").fillna({"article_id_here": ""})
    articles.insert(1, "found", articles["article_id"].isin(pairs["article_id"]))
    return BundleCheck(articles, differing, len(expected), tables, _other_versions(parameters["versions"]))


def _files(path: Path) -> dict[str, bytes]:
    """Return the files of a bundle, each as its checksum says."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
                raise FramingError(f"{path}: unpacks to more than {_MOST_BYTES / 1e9:.1f} GB, which no bundle does")
            files = {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error) as error:
        raise FramingError(f"{path}: cannot be read as a bundle ({error}); get it again") from error
    lines = files.pop("SHA256SUMS", b"").decode("utf-8", "replace").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if not sums.keys() >= _NEEDED or sums.keys() != files.keys():
        raise FramingError(
            f"{path}: no bundle, as SHA256SUMS does not list just its files; `framing bundle` writes one"
        )
    for name, digest in sums.items():
        if sha256_of(files.get(name, b"")) != digest:
            raise FramingError(
                f"{path}: {name} is not as SHA256SUMS says: it was changed or damaged; get the bundle again"
            )
    return files


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


def _hits(files: dict[str, bytes], parameters: dict[str, Any], tokens: Tokens) -> pd.DataFrame:
    """Return the hits of the bundle's own lexicon in `tokens`."""
    with tempfile.TemporaryDirectory() as folder:
        read = {}
        for role in ("lexicon", "targets"):
            if role in parameters:
                name = parameters[role]["file"]
                copy = Path(folder) / role / Path(name).name
                copy.parent.mkdir()
                copy.write_bytes(files[name])
                read[role] = read_lexicon(copy)
    return find_hits(tokens, read["lexicon"], targets=read.get("targets"), overlap=parameters["overlap"])


def _differing(expected: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one table that the other has not."""
    both = expected.merge(found, how="outer", on=list(expected.columns), indicator="where")
    named = {"left_only": "only in the bundle", "right_only": "only here"}
    differing = both[both["where"] != "both"].reset_index(drop=True)
    return differing.assign(where=differing["where"].astype("str").map(named))


def _cells(expected: pd.DataFrame, found: pd.DataFrame) -> int:
    """Return in how many cells two tables differ, rounding apart; all cells where their rows are others."""
    if list(expected.columns) != list(found.columns) or len(expected) != len(found):
        return int(expected.size)
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
