"""Commands that get and read articles."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

import analysis as fa
from analysis.cluster import connected
from analysis.commands.outputs import output_file
from analysis.commands.wording import as_flags
from analysis.core.errors import FramingError
from analysis.core.files import scratch_folder, scratch_folder_beside, together
from analysis.exporting.plain_csv import csv_text
from analysis.reading.description import languages
from analysis.reading.fetching import known_corpus
from analysis.reading.options import Reading
from analysis.reading.saving import corpus_on_disk, encode_files
from analysis.tokens.layout import is_store
from analysis.tokens.store import open_corpus

_IN_MEMORY = 32 << 20  # bytes of files; voices take some ten times as much as the texts that are in memory at once
_PART_BYTES = 16 << 20
_SAMPLE = 200  # articles that are enough to tell the language of a corpus


def read_corpus(path: Path, options: argparse.Namespace) -> fa.Corpus:
    """Return the corpus at `path`, read as the command line says; what was rejected, and the balance, go to stderr."""
    return _told(path, corpus_on_disk(open_corpus(path)) if is_store(path) else read_files([path], options))


def _told(path: Path, corpus: fa.Corpus) -> fa.Corpus:
    if corpus.articles.empty:
        raise FramingError(f"{path}: no article could be read; see the rejections above")
    sys.stderr.write(
        f"framing: {len(corpus.articles):,} articles kept, {len(corpus.rejected):,} rejected, "
        f"{len(corpus.removed):,} boilerplate passages cut\n"
    )
    return corpus


@contextmanager
def corpus_in_parts(path: Path, options: argparse.Namespace, *, beside: Path) -> Iterator[fa.Corpus]:
    """Yield the corpus of some files as `read_corpus` returns it; it lies on disk meanwhile, so that one part of its texts is in memory.

    Parameters
    ----------
    path : Path
        Files that are large, see `is_large`.
    options : argparse.Namespace
        How they are read.
    beside : Path
        The output, by which it lies until it is done with; ``-`` has none.
    """
    with scratch_folder() if str(beside) == "-" else scratch_folder_beside(beside) as folder:
        stored = folder / "corpus"
        _tell_rejections(encode_files([path], stored, _reading(options), part_bytes=_PART_BYTES))
        yield _told(path, corpus_on_disk(open_corpus(stored)))


def is_large(path: Path) -> bool:
    """Whether files have more bytes than are read into memory at once; a corpus on disk is read by parts in any case."""
    files = path.rglob("*") if path.is_dir() and not is_store(path) else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) > _IN_MEMORY


def read_files(paths: list[Path], options: argparse.Namespace) -> fa.Corpus:
    """Return the corpus of some files, read as the command line says; what was rejected goes to stderr."""
    corpus = fa.read(
        paths, columns=options.columns, boilerplate=options.boilerplate, duplicates=options.duplicates, dates=options.dates,
        outlets=options.outlets, encoding=options.encoding, outlet_from=options.outlet_from, similarity=options.similarity,
        strict=options.strict,
    )  # fmt: skip
    _tell_rejections(corpus)
    return corpus


def _tell_rejections(corpus: fa.Corpus) -> None:
    for row in corpus.rejected.itertuples():
        sys.stderr.write(f"framing: rejected: {row.source_file}, {row.position}: {as_flags(str(row.reason))}\n")


def _reading(options: argparse.Namespace) -> Reading:
    return Reading(**{name: getattr(options, name) for name in Reading.__dataclass_fields__})


def encode(options: argparse.Namespace) -> int:
    """Read articles of any format and write them, encoded, to a folder; the texts are never in memory at once."""
    how = _reading(options)
    said = {name: str(getattr(how, name)) for name in Reading.__dataclass_fields__ if getattr(how, name)}
    with connected(options.cluster) if options.cluster else nullcontext() as client:
        corpus = encode_files(options.files, options.out, how, options=said, client=client)
    _tell_rejections(corpus)
    sys.stdout.write(f"{options.out}\n")
    sys.stderr.write(
        f"framing: {len(corpus.articles):,} articles kept, {len(corpus.rejected):,} rejected; open it with "
        f"fa.open_corpus({str(options.out)!r}), or give it to a command in the place of the files\n"
    )
    return int(len(corpus.rejected) > 0)


def main_language(articles: pd.DataFrame) -> str:
    """Return the language that more than half of some articles look to be written in, "" where there is none."""
    sample = articles.iloc[:: max(1, len(articles) // _SAMPLE)]
    counts = languages(sample).set_index("language")["n_articles"]
    return next((str(name) for name in counts.index[2 * counts > len(sample)] if not str(name).startswith("(")), "")


def with_language(corpus: fa.Corpus) -> fa.Corpus:
    """Return a corpus that says its language where that is not English, so that no rule for English reads it."""
    language = main_language(corpus.articles)
    if "language" in corpus.articles or language in ("", "en"):
        return corpus
    return replace(corpus, articles=corpus.articles.assign(language=language))


def read_into(options: argparse.Namespace) -> int:
    """Read articles of any format into one Parquet file, and print the balance."""
    if options.out.suffix != ".parquet":
        raise FramingError(f"--out {options.out}: write a file that ends in .parquet")
    beside = {name: options.out.with_name(f"{options.out.stem}-{name}.csv") for name in ("rejected", "removed")}
    with output_file(options.out, reads=options.files):
        corpus = read_files(options.files, options)
        with together() as files:
            for name, path in beside.items():
                files.write(path, csv_text(getattr(corpus, name)))
            corpus.articles.to_parquet(files.open(options.out), index=False)
    sys.stdout.write("\n".join(_balance(corpus, options.out, beside)) + "\n")
    return int(len(corpus.rejected) > 0)


def _balance(corpus: fa.Corpus, out: Path, beside: dict[str, Path]) -> list[str]:
    n_kept, n_rejected = len(corpus.articles), len(corpus.rejected)
    formats = ", ".join(f"{n:,} {name}" for name, n in corpus.files["format"].value_counts().items())
    copies = corpus.articles.get("duplicate_kind", pd.Series(dtype="str")).isin(["exact", "near"])
    first = corpus.articles.get("duplicate_group", corpus.articles["article_id"]) == corpus.articles["article_id"]
    return [
        f"files read      {len(corpus.files):>9,}  {formats}",
        f"articles found  {n_kept + n_rejected:>9,}",
        f"  kept          {n_kept:>9,}  {out}",
        f"  rejected      {n_rejected:>9,}  {beside['rejected']}",
        f"copies kept     {int((copies & ~first).sum()):>9,}  column duplicate_group",
        f"passages cut    {len(corpus.removed):>9,}  {beside['removed']}",
    ]


def fetch(options: argparse.Namespace) -> int:
    """Get a public corpus and print its path."""
    known = known_corpus(options.name, corpora=options.corpora)
    path = fa.reproduce.fetch(options.name, folder=options.out, corpora=options.corpora)
    sys.stdout.write(f"{path}\n")
    n_articles = pq.read_metadata(path).num_rows
    sys.stderr.write(
        f"framing: {known.title}: {n_articles:,} of {known.n_articles:,} articles\n"
        f"framing: licence: {known.licence}\nframing: please cite: {known.citation}\n"
    )
    return 0
