"""What a command tells at its end: the first findings of a corpus in words, and the report that it has written."""

import sys
import textwrap
from pathlib import Path

import analysis as fa
from analysis.core.errors import UnanswerableError
from analysis.reports.findings import FoundInWords, findings_in_words
from analysis.reports.writing import write_report

_WIDTH = 100  # characters of a line


def tell_findings(corpus: fa.Corpus, lexicon: fa.Lexicon, *, targets: fa.Lexicon | None, report: Path) -> None:
    """Print the first findings of a corpus, each with a sentence, write its report, and print the report's path.

    Raises
    ------
    UnanswerableError
        When no entry of the lexicon stands in the articles.
    """
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, lexicon, targets=targets)
    if hits.empty:
        raise UnanswerableError(
            f"no entry of {lexicon.title} stands in these {len(tokens):,} words, so no report was written; look for a word that must "
            f"be there with fa.concordance, and give a lexicon about your subject with --lexicon (docs/extend-a-lexicon.md says how to "
            f"write one)"
        )
    found = findings_in_words(tokens, hits)
    sys.stdout.write("\n" + "\n\n".join(_paragraph(number, one) for number, one in enumerate(found, start=1)) + "\n\n")
    written = write_report(corpus, tokens, hits, lexicon, report, targets=targets)
    sys.stdout.write(f"Every number with its sentences, to open in a browser: {written}\n")


def _paragraph(number: int, found: FoundInWords) -> str:
    indent = "   "
    return "\n".join(
        textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
        for text, first in (
            (f"{found.category}: {found.text}", f"{number}. "),
            (f"“{found.evidence.strip('“”')}” ({found.place})", indent),
        )
    )
