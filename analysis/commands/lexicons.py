"""Commands that check, convert, compare and extend lexicons."""

import argparse
import sys
from collections.abc import Hashable
from datetime import date
from typing import Any

import analysis as fa
from analysis.commands.corpora import read_corpus
from analysis.commands.lexicon_files import read_lexicon
from analysis.commands.outputs import output_file
from analysis.core.errors import FramingError
from analysis.core.files import claimed_file
from analysis.extending.corpus_size import require_enough_for_vectors, training_note
from analysis.extending.own_category import read_sentences
from analysis.extending.suggestions import NEAR
from analysis.lexicons.editing import new_file
from analysis.lexicons.writing import write_lexicon

_SHOWN_LINES = 20


def check(options: argparse.Namespace) -> int:
    """Print what is wrong or doubtful in a lexicon; 1 on errors."""
    lexicon = read_lexicon(options.lexicon, options)
    tokens = fa.tokenize(read_corpus(options.corpus, options)) if options.corpus else None
    found = fa.check_lexicon(lexicon, tokens)
    for row in found.to_dict("records"):
        place = f"{options.lexicon}, line {row['line']}" if row["line"] else f"{options.lexicon}"
        entry = f"entry '{row['entry']}'" if row["entry"] else ""
        where = ": ".join(filter(None, (place, ", ".join(filter(None, (row["category"], entry))))))
        sys.stdout.write(f"{row['severity']}: {where}: {row['finding']}; {row['remedy']}\n")
    counts = found["severity"].value_counts()
    sys.stderr.write(
        f"framing: {lexicon.title}: {counts.get('error', 0)} errors, "
        f"{counts.get('warning', 0)} warnings, {counts.get('hint', 0)} hints\n"
    )
    return int("error" in counts.index)


def convert(options: argparse.Namespace) -> int:
    """Write a lexicon in another format, and print what was lost."""
    with output_file(options.target, reads=[options.source]):
        losses = fa.extend.convert_lexicon(
            options.source,
            options.target,
            unsupported=options.unsupported,
            encoding=options.lexicon_encoding,
            columns=options.lexicon_columns,
        )
    for loss in losses:
        sys.stderr.write(f"framing: lost: {loss}\n")
    sys.stdout.write(f"{options.target}\n")
    return 0


def diff(options: argparse.Namespace) -> int:
    """Print what changes when one lexicon takes the place of another."""
    if options.log:
        with claimed_file(options.log):  # tried before the work, and free again for others meanwhile
            pass
    old, new = read_lexicon(options.old, options), read_lexicon(options.new, options)
    tokens = fa.tokenize(read_corpus(options.corpus, options))
    effect = fa.compare_lexicons(old, new, tokens)
    for lexicon in (old, new) if options.log else ():
        sys.stderr.write(
            f"framing: {fa.extend.log_variant(options.log, lexicon, tokens, day=date.today().isoformat())}\n"
        )
    lines = [repr(effect), "", *_changed_rates(effect), ""]
    for sign, table in (("+", effect.gained), ("-", effect.lost)):
        for row in table.head(_SHOWN_LINES).itertuples():
            lines.append(f"{sign} {row.category}: {row.left}[{row.match}]{row.right}")
        if len(table) > _SHOWN_LINES:
            lines.append(f"{sign} … and {len(table) - _SHOWN_LINES:,} more")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def new(options: argparse.Namespace) -> int:
    """Write a lexicon of one category, made from sentences."""
    with output_file(options.out, reads=[options.sentences]):
        lexicon = fa.extend.lexicon_from_sentences(
            read_sentences(options.sentences), options.category, definition=options.definition, language=options.language,
            source=options.sentences.name,
        )  # fmt: skip
        write_lexicon(lexicon, new_file(options.out))
    sys.stdout.write(f"{options.out}\n")
    sys.stderr.write(
        f"framing: {lexicon.title}: {len(lexicon.entries)} entries, {len(lexicon.categories[0].examples)} examples; next: "
        f"framing lexicon suggest {options.out} {options.category} --corpus MY-ARTICLES\n"
    )
    return 0


def _changed_rates(effect: fa.extend.Effect) -> list[str]:
    """Return the rates that moved most, before and after, as lines; those that stay are left out."""
    rates = effect.rates
    keys = list(rates.columns[: rates.columns.get_loc("n_hits_before")])
    # A category that only one of the lexicons has is a change too, though its difference is missing.
    moved = rates[rates["n_hits_before"].fillna(-1) != rates["n_hits_after"].fillna(-1)]
    if moved.empty:
        return ["no rate changes"]
    order = moved["difference"].abs().sort_values(ascending=False, kind="stable", na_position="first").index
    shown = moved.loc[order[:_SHOWN_LINES], [*keys, "rate_per_1000_before", "rate_per_1000_after"]]
    left_out = [f"… and {len(moved) - len(shown):,} more rates"] if len(moved) > len(shown) else []
    return [shown.to_string(index=False, float_format="{:.2f}".format, na_rep="none"), *left_out]


def suggest(options: argparse.Namespace) -> int:
    """Print words of a corpus that a category may lack."""
    lexicon = read_lexicon(options.lexicon, options)
    judged: list[str] = []
    if options.decisions:
        judged = fa.extend.judged_words(fa.extend.read_decisions(options.decisions), lexicon.name, options.category)
    tokens = fa.tokenize(read_corpus(options.corpus, options))
    kinds = [kind.replace("-", " ") for kind in options.kinds] if options.kinds else None
    if kinds and NEAR in kinds:
        require_enough_for_vectors(tokens)
        sys.stderr.write(f"framing: {training_note(tokens)}\n")
    table = fa.suggest(tokens, lexicon, options.category, n=options.n, kinds=kinds, judged=judged)
    for row in table.to_dict("records"):
        sys.stdout.write(f"{row['word']}  ({row['kind']}; {_counts_in_words(row)}; forms: {row['forms']})\n")
        sys.stdout.writelines(f"    {line}\n" for line in row["lines"])
    sys.stderr.write(f"framing: {len(table):,} suggestions. {table.attrs['note']}\n")
    return 0


def _counts_in_words(row: dict[Hashable, Any]) -> str:
    """Return what a suggestion would bring."""
    outlets = f": {row['by_outlet']}" if row["by_outlet"] else ""
    return f"{row['adds']:,} new hits; {row['n_tokens']:,} uses in {row['n_articles']:,} articles{outlets}"


def decide(options: argparse.Namespace) -> int:
    """Write down that a word was accepted into a category, or rejected, or take that back."""
    lexicon = read_lexicon(options.lexicon, options)
    if options.category not in lexicon.category_names:
        raise FramingError(f"{options.lexicon}: {lexicon.no_category(options.category)}")
    made = {"coder": options.coder, "day": date.today().isoformat()}
    if options.verdict == "undo":
        undone = fa.extend.undo_decision(options.decisions, lexicon.name, options.category, options.word, **made)
        sys.stderr.write(
            f"framing: undone: {undone.verdict} of {undone.word} for {undone.category}; both lines stay in {options.decisions}\n"
        )
        return 0
    decision = fa.extend.Decision(
        lexicon=lexicon.name, category=options.category, word=options.word, verdict=options.verdict,
        reason=options.reason, **made,
    )  # fmt: skip
    fa.extend.record_decision(options.decisions, decision)
    sys.stderr.write(
        f"framing: {options.verdict}: {options.word} for {options.category}, kept in {options.decisions}\n"
    )
    return 0
