"""Commands that write what was found: hits, one article, the report, the replication bundle."""

import argparse
import sys
from collections.abc import Hashable, Mapping
from contextlib import nullcontext
from pathlib import Path

import pandas as pd
import pyarrow as pa

import analysis as fa
from analysis.cluster import connected
from analysis.commands.corpora import read_corpus
from analysis.commands.defaults import FRAMES
from analysis.commands.lexicon_files import read_lexicon
from analysis.core.errors import FramingError
from analysis.core.files import parquet_bytes, write_whole
from analysis.core.origin import with_origin
from analysis.core.schema import HITS
from analysis.exporting.plain_csv import csv_for_excel, csv_text
from analysis.tokens.layout import is_store
from analysis.tokens.rows import article_rows

_SENTENCE = "sentence"  # in --with; HITS has its number under this name, so its text goes by another
_WRITTEN = (".csv", ".xlsx", ".parquet")


def hits(options: argparse.Namespace) -> int:
    """Write every hit of a lexicon."""
    _check_out(options)
    if options.cluster and not is_store(options.corpus):
        raise FramingError(
            f"--cluster is for a corpus on disk, and {options.corpus} is none; write one with framing encode, to a folder all machines share"
        )
    lexicon = read_lexicon(options.lexicon, options)
    if options.lexicon == FRAMES:
        sys.stderr.write(
            f"framing: no --lexicon, so {FRAMES.name} of the project is used; --lexicon FILE names yours\n"
        )
    corpus = read_corpus(options.corpus, options)
    targets = fa.read_lexicon(options.targets) if options.targets else None
    _check_added(corpus.articles, options.columns_of_articles)
    tokens = fa.tokenize(corpus)
    choices = {"targets": targets, "strictness": options.strictness}
    with connected(options.cluster) if options.cluster else nullcontext() as client:
        if _is_folder(options.out):
            n_hits = len(fa.find_hits(tokens, lexicon, client=client, **choices, out=options.out))
        else:
            hits = fa.find_hits(tokens, lexicon, client=client, **choices)
            n_hits = len(hits)
            _write(_with_columns(hits, tokens, options.columns_of_articles), lexicon, options)
    sys.stderr.write(f"framing: {n_hits:,} hits of {lexicon.title}\n")
    return int(len(corpus.rejected) > 0)


def _is_folder(out: Path) -> bool:
    return not out.suffix and str(out) != "-"


def _check_out(options: argparse.Namespace) -> None:
    """Raise where a place to write to is none of those that are known, or an option does not fit it."""
    out = options.out
    if out.suffix not in (*_WRITTEN, ""):
        raise FramingError(
            f"--out {out}: write {', '.join(_WRITTEN[:-1])} or {_WRITTEN[-1]}, - for stdout, or a name without ending for a folder"
        )
    if options.for_excel and out.suffix != ".csv":
        raise FramingError(f"--for-excel is for a CSV file, and --out is {out}; leave it out, or write .csv")
    if options.columns_of_articles and _is_folder(out):
        raise FramingError(f"--with is for one file, and --out {out} is a folder; leave it out, or write a file")


def _write(table: pd.DataFrame, lexicon: fa.Lexicon, options: argparse.Namespace) -> None:
    """Write hits in the form that the ending of the file names."""
    if str(options.out) == "-":
        sys.stdout.write(csv_text(table).decode("utf-8"))
    elif options.out.suffix == ".parquet":
        write_whole(options.out, parquet_bytes(pa.Table.from_pandas(table, preserve_index=False)))
    elif options.out.suffix == ".xlsx":
        # Only here, as it imports what draws.
        from analysis.exporting.sheets import workbook

        write_whole(options.out, workbook(table, title=f"Hits of {lexicon.title}"))
    else:
        write_whole(options.out, csv_for_excel(table) if options.for_excel else csv_text(table))


def _check_added(articles: pd.DataFrame, names: list[str]) -> None:
    """Raise where a column is asked for that the articles do not have, or HITS has already."""
    free = [_SENTENCE, *(name for name in articles.columns if name not in HITS.names)]
    for name in names:
        if name not in free:
            raise FramingError(f"--with {name}: the articles have no such column to add; they have {', '.join(free)}")


def _with_columns(hits: pd.DataFrame, tokens: fa.Tokens, names: list[str]) -> pd.DataFrame:
    """Return the hits with columns of their articles and, asked for as "sentence", the sentence that each stands in."""
    rows = article_rows(hits, tokens)
    added = {name: tokens.articles[name].array[rows] for name in names if name != _SENTENCE}
    if _SENTENCE in names:
        added["sentence_text"] = fa.sentences_of(tokens, hits)
    return with_origin(hits.assign(**added), hits)


def article(options: argparse.Namespace) -> int:
    """Print all that is to be said of one article."""
    lexicon, targets = read_lexicon(options.lexicon, options), fa.read_lexicon(options.targets)
    corpus = read_corpus(options.file, options)
    if len(corpus.articles) != 1:
        raise FramingError(f"{options.file}: holds {len(corpus.articles)} articles; give a file of one")
    tokens = fa.tokenize(corpus)
    reading = fa.read_article(tokens, lexicon, targets=targets, strictness=options.strictness)
    article = corpus.articles.iloc[0]
    lines = [article["headline"], article["standfirst"], ""]
    lines.append(
        f"{len(reading.hits)} hits of {lexicon.title} in {len(tokens):,} words; one article, so no rate is given."
    )
    lines += ["", *(f"- {finding}" for finding in reading.findings())]
    for hit in reading.hits.to_dict("records"):
        lines += ["", _hit_line(hit), f"    {hit['sentence_text']}"]
    for cut in corpus.removed.itertuples():
        lines.append(f"\ncut ({cut.rule}): {str(cut.text)[:100]}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _hit_line(hit: Mapping[Hashable, object]) -> str:
    """Say of a hit where it stands, in whose voice, about whom, and whether it is negated."""
    said_by = hit["speaker"] or hit["speaker_text"]
    parts = [
        f"{hit['zone']}, paragraph {hit['paragraph']}: {hit['category']}: {hit['text']!r} (entry {hit['entry']})",
        f"voice: {hit['voice']}" + (f", {said_by}" if said_by else ""),
        f"target: {hit['target']}" + (f" ({hit['candidates']})" if hit["candidates"] else "") if hit["target"] else "",
        "negated" if hit["negated"] is True else "",
        "hedged" if hit["hedged"] is True else "",
    ]
    return "; ".join(part for part in parts if part)


def report(options: argparse.Namespace) -> int:
    """Write the report of a corpus."""
    lexicon = read_lexicon(options.lexicon, options)
    corpus = read_corpus(options.corpus, options)
    targets = fa.read_lexicon(options.targets) if options.targets else None
    written = fa.report(corpus, lexicon, options.out, targets=targets, strictness=options.strictness)
    sys.stdout.write(f"{written}\n")
    return int(len(corpus.rejected) > 0)


def bundle(options: argparse.Namespace) -> int:
    """Write a replication bundle, or check one against articles."""
    corpus = read_corpus(options.corpus, options)
    if options.check is None:
        sys.stdout.write(f"{fa.reproduce.bundle(corpus, options.lexicon, options.out, targets=options.targets)}\n")
        return int(len(corpus.rejected) > 0)
    check = fa.reproduce.check_bundle(options.check, corpus)
    absent = check.articles.loc[~check.articles["found"], "article_id"]
    lines = [
        f"articles   {check.articles['found'].sum():,} of {len(check.articles):,} are the same here",
        *(f"  not here: {name}" for name in absent),
        f"hits       {check.n_hits:,} in these articles; {len(check.hits):,} differ",
    ]
    for hit in check.hits.to_dict("records"):
        lines.append(
            f"  {hit['where']}: {hit['article_id']}, {hit['field']} {hit['start']}: {hit['category']}: {hit['text']}"
        )
    lines += [f"table      {name}: {n:,} cells differ" for name, n in check.tables.items()]
    lines += [] if check.tables else ["tables     not computed, as articles are missing"]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stderr.writelines(f"framing: {other}\n" for other in check.versions)
    return int(not check.agrees)
