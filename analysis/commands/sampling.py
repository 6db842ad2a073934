"""The command that draws a sample for hand coding and writes all that coders need into one folder."""

import argparse
import sys
from pathlib import Path

import pandas as pd

import analysis as fa
from analysis.commands.corpora import read_corpus
from analysis.commands.lexicon_files import read_lexicon
from analysis.commands.outputs import output_folder
from analysis.core.errors import FramingError
from analysis.core.files import together
from analysis.core.near import did_you_mean
from analysis.validation.codebook_checks import read_codebook
from analysis.validation.codebooks import Codebook, codebook_text, draft_codebook
from analysis.validation.pages import coding_page
from analysis.validation.sample_files import FACTS, ITEMS, sample_files
from analysis.validation.sheets import coding_sheet

_CODEBOOK = "codebook.yml"
_OF_A_STUDY = (ITEMS, FACTS, _CODEBOOK, "coding-*", "codings-*")


def sample(options: argparse.Namespace) -> int:
    """Draw a sample, and write it with the codebook, a page and a workbook for each coder."""
    with output_folder(options.out, reads=(options.corpus, options.lexicon, options.targets)):
        _refuse_used(options.out, options.codebook)
        return _sample(options)


def _sample(options: argparse.Namespace) -> int:
    lexicon = read_lexicon(options.lexicon, options)
    codebook = _codebook(options, lexicon)
    corpus = read_corpus(options.corpus, options)
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, lexicon, targets=fa.read_lexicon(options.targets) if options.targets else None)
    hits = hits[hits["category"].isin(codebook.categories)]
    drawn = fa.sample(
        hits, tokens, n=options.n, unit=options.unit, by=options.by, seed=options.seed, coders=_coders(options.coders),
        overlap=options.overlap, screen=_near_words(tokens, lexicon, codebook, options.screen),
    )  # fmt: skip
    files = sample_files(drawn)
    files[_CODEBOOK] = codebook_text(codebook) if options.codebook is None else options.codebook.read_bytes()
    for coder in drawn.attrs["sample_coders"]:
        files[f"coding-{coder}.html"] = coding_page(drawn, tokens, codebook, coder=coder, show=options.show)
        files[f"coding-{coder}.xlsx"] = coding_sheet(drawn, tokens, codebook, coder=coder)
    with together() as written:
        for name, data in files.items():
            written.write(options.out / name, data)
    _tell(drawn, codebook, lexicon, options.out)
    return int(len(corpus.rejected) > 0)


def _refuse_used(out: Path, codebook: Path | None) -> None:
    """Raise where the folder holds a sample or codings: a workbook may be filled in, and codings of a sample fit no other."""
    own = codebook.resolve() if codebook else None
    there = [path for name in _OF_A_STUDY for path in sorted(out.glob(name)) if path.resolve() != own]
    if there:
        raise FramingError(
            f"--out {out}: holds {', '.join(path.name for path in there[:3])}{' …' if len(there) > 3 else ''}; what coders have done could be "
            f"lost, so nothing is written there; give a new folder"
        )


def _codebook(options: argparse.Namespace, lexicon: fa.Lexicon) -> Codebook:
    """Return the codebook that is named, if it fits, else a draft of the lexicon's categories."""
    if options.codebook is None:
        return draft_codebook(lexicon, unit=options.unit)
    codebook = read_codebook(options.codebook)
    unknown = [name for name in codebook.categories if name not in lexicon.category_names]
    if unknown:
        raise FramingError(
            f"{options.codebook}: code {unknown[0]!r} is no category of {options.lexicon}; it has {', '.join(lexicon.category_names)}"
            f"{did_you_mean(unknown[0], lexicon.category_names)}"
        )
    if not codebook.categories:
        raise FramingError(
            f"{options.codebook}: asks for no category of the lexicon; add a variable that measures category, missed, present or dominant"
        )
    asked = codebook.about("match")
    if options.unit == "article" and asked:
        raise FramingError(
            f"{options.codebook}: {asked[0].name!r} is asked of matches, and with --unit article whole articles are coded; give a codebook "
            f"whose variables are about the unit, or leave --codebook out for a draft"
        )
    return codebook


def _coders(given: list[str]) -> int | list[str]:
    return int(given[0]) if len(given) == 1 and given[0].isdecimal() else given


def _near_words(tokens: fa.Tokens, lexicon: fa.Lexicon, codebook: Codebook, n: int) -> pd.DataFrame | list[str]:
    """Return the words that the categories may lack, the first `n` of each kind."""
    if not n:
        return []
    found = [fa.suggest(tokens, lexicon, category, n=n) for category in codebook.categories]
    return pd.concat([table[["word", "forms"]] for table in found], ignore_index=True)


def _tell(drawn: pd.DataFrame, codebook: Codebook, lexicon: fa.Lexicon, out: Path) -> None:
    """Say what was drawn, and what comes next."""
    attrs = drawn.attrs
    n_units = int((drawn["about"] == "unit").sum())
    n_both = f", {attrs['sample_overlap']:,} of them by all" if len(attrs["sample_coders"]) > 1 else ""
    lines = [
        f"{n_units:,} {attrs['sample_unit']}s with {len(drawn) - n_units:,} matches drawn for {', '.join(attrs['sample_coders'])}{n_both}; "
        f"sample {attrs['sample_id']}, seed {attrs['sample_seed']}, {len(attrs['sample_strata'])} strata: {attrs['sample_rule']}",
        *(f"  {one['n_drawn']:>6,} of {one['n_units']:>9,}  {one['stratum']}" for one in attrs["sample_strata"]),
    ]
    left_out = [name for name in lexicon.category_names if name not in codebook.categories]
    if left_out:
        lines.append(f"hits of {', '.join(left_out)} are left out, for the codebook does not ask for them")
    lines += [
        f"read {out / _CODEBOOK} before anybody codes: the questions on the pages are those; to change them, edit a copy and draw again with "
        f"--codebook and another --out",
        f"next: each coder opens coding-NAME.html (or fills in coding-NAME.xlsx) and sends back what it saves; then framing score {out}/*",
    ]
    sys.stdout.writelines(f"{path}\n" for path in sorted(out.glob("[!.]*")))
    sys.stderr.writelines(f"framing: {line}\n" for line in lines)
