"""The command that reads codings back and says how well coders agree, and how well the lexicon agrees with them."""

import argparse
import sys
from pathlib import Path

import pandas as pd

import analysis as fa
from analysis.commands.corpora import read_corpus
from analysis.commands.lexicon_files import read_lexicon
from analysis.core.errors import FramingError
from analysis.core.files import write_whole
from analysis.exporting.plain_csv import csv_text
from analysis.validation.codebook_checks import read_codebook
from analysis.validation.codebooks import Codebook
from analysis.validation.codings import Codings
from analysis.validation.sample_files import FACTS, ITEMS
from analysis.validation.truth import variable_of

_CODEBOOK = "codebook.yml"
_PAGES = (".html", ".htm")
_SHOWN = 20
_NAMED_BY = ("sample_id", "codebook", "codebook_version")
_AGREEMENT = ["variable", "coders", "kind", "coefficient", "population", "estimate", "low", "high", "n_items", "reason"]
_ACCURACY = [
    "n_hits", "precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high", "n_undecided", "reason",
]  # fmt: skip


def score(options: argparse.Namespace) -> int:
    """Read codings, print agreement and accuracy, and write them with the codings and what cannot be used; 1 where there is such."""
    files = _expanded(options.files)
    study = options.study or _study_of(files)
    sample = fa.validate.read_sample(study) if study and (study / ITEMS).exists() else None
    codebook = _codebook(options.codebook, study)
    own = (ITEMS, FACTS, _CODEBOOK)
    coded = [path for path in files if path.name not in own and path.suffix.casefold() not in _PAGES]
    if not coded:
        raise FramingError(
            f"{', '.join(map(str, options.files))}: no file of codings; coders send back .json, .xlsx or .csv"
        )
    codings = fa.validate.read_codings(coded, sample=sample, codebook=codebook)
    _tell(codings, sample, codebook)
    tables = {"codings": _named(codings.table), "rejected": codings.rejected}
    tokens = None
    if not codings.table.empty:
        tables["agreement"] = _agreement(codings)
        if options.corpus:
            tokens = fa.tokenize(read_corpus(options.corpus, options))
            tables |= _search_precision(codings, tokens) | _accuracy(codings, tokens, options)
        tables["disagreements"] = fa.validate.disagreements(codings.table, tokens)
        _warn_of_undecided(tables)
    for name, table in tables.items():
        write_whole(options.out / f"{name}.csv", csv_text(table))
        sys.stderr.write(f"framing: {options.out / name}.csv: {len(table):,} rows\n")
    if not options.corpus:
        sys.stderr.write(
            "framing: no --corpus, so accuracy is not measured; give the corpus and --lexicon that the sample is of\n"
        )
    return int(len(codings.rejected) > 0)


def _expanded(given: list[Path]) -> list[Path]:
    """Return the files: of a folder those in it, and of a pattern those that fit, where the shell has not done that."""
    files: list[Path] = []
    for path in given:
        if path.is_dir():
            files += sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        elif "*" in path.name and not path.exists():
            files += sorted(path.parent.glob(path.name))
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _study_of(files: list[Path]) -> Path | None:
    """Return the folder that framing sample wrote, None where none of the files lies in one."""
    folders = list(dict.fromkeys(path.parent for path in files if (path.parent / ITEMS).exists()))
    if len(folders) > 1:
        raise FramingError(
            f"codings of several samples: {', '.join(map(str, folders))}; score one at a time, or name its folder with --study"
        )
    return folders[0] if folders else None


def _codebook(named: Path | None, study: Path | None) -> Codebook | None:
    if named:
        return read_codebook(named)
    return read_codebook(study / _CODEBOOK) if study and (study / _CODEBOOK).exists() else None


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Return codings with the names of their sample and codebook, by which the file is known again when it is read."""
    return table.assign(**{name: str(table.attrs[name]) for name in _NAMED_BY if name in table.attrs})


def _tell(codings: Codings, sample: pd.DataFrame | None, codebook: Codebook | None) -> None:
    """Say what was read, by whom, and what cannot be used."""
    for name, known in (("sample (sample.csv), so items", sample), ("codebook (codebook.yml), so codes", codebook)):
        if known is None:
            sys.stderr.write(f"framing: no {name} are not checked; name the folder of the study with --study\n")
    table, rejected = codings.table, codings.rejected
    sys.stdout.write(
        f"{len(table):,} codings of {table['item'].nunique():,} items by {table['coder'].nunique():,} coders; "
        f"{len(rejected):,} rejected or not coded\n"
    )
    for (coder, kind), own in table.groupby(["coder", "kind"], sort=True):
        n_lacking = int((rejected["coder"] == coder).sum())
        lacking = f", {n_lacking:,} rejected or not coded" if n_lacking else ""
        sys.stdout.write(f"  {coder} ({kind}): {len(own):,} codings of {own['item'].nunique():,} items{lacking}\n")
    sys.stderr.writelines(f"framing: {note}\n" for note in codings.notes)
    for row in rejected.head(_SHOWN).to_dict("records"):
        place = ", ".join(filter(None, (row["file"], row["place"])))
        what = " ".join(filter(None, (row["coder"], row["item"], row["variable"])))
        found = f" (found {row['found']!r})" if row["found"] else ""
        told = ": ".join(filter(None, (place, what, f"{row['reason']}{found}")))
        sys.stderr.write(f"framing: rejected: {told}; {row['remedy']}\n")
    if len(rejected) > _SHOWN:
        sys.stderr.write(f"framing: … and {len(rejected) - _SHOWN:,} more, all of them in rejected.csv\n")


def _agreement(codings: Codings) -> pd.DataFrame:
    """Print how well people agree, and return the table."""
    table = fa.agreement(codings.table)
    _show("Agreement", table[[name for name in _AGREEMENT if name in table.columns]])
    return table


def _search_precision(codings: Codings, tokens: fa.Tokens) -> dict[str, pd.DataFrame]:
    """Print which share of the articles belongs to the subject, where coders were asked, and return the table."""
    if variable_of(codings.table, "relevant") is None:
        return {}
    table = fa.validate.search_precision(codings.table, tokens)
    _show("Search: share of its articles that belong to the subject", table)
    return {"search_precision": table}


def _accuracy(codings: Codings, tokens: fa.Tokens, options: argparse.Namespace) -> dict[str, pd.DataFrame]:
    """Print how well the lexicon agrees with the coders, and which entries go wrong; return both tables."""
    hits = fa.find_hits(tokens, read_lexicon(options.lexicon, options))
    table = fa.accuracy(codings.table, hits)
    _show("Accuracy, weighted by how units were drawn", table[["category", *_ACCURACY]])
    worst = fa.validate.worst_entries(codings.table, hits, tokens=tokens)
    _show("Entries, the worst first", worst.head(_SHOWN).drop(columns="sentences"))
    return {"accuracy": table, "worst_entries": worst}


def _warn_of_undecided(tables: dict[str, pd.DataFrame]) -> None:
    """Say that accuracy leaves out what coders do not settle: the hard items, so that it looks better than it is."""
    n_undecided = int(tables["accuracy"]["n_undecided"].sum()) if "accuracy" in tables else 0
    if n_undecided:
        sys.stderr.write(
            f"framing: {n_undecided:,} judgements on which coders are split are left out of accuracy, which therefore looks better than it is; "
            f"settle what disagreements.csv lists, give it as codings of the kind adjudicated, and score again\n"
        )


def _show(title: str, table: pd.DataFrame) -> None:
    shown = table.to_string(index=False, float_format="{:.2f}".format, na_rep="–") if len(table) else "nothing to show"
    sys.stdout.write(f"\n{title}\n{shown}\n")
