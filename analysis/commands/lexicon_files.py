"""A lexicon as the command line names it, apart from the commands about lexicons, which need what learns from a corpus."""

import argparse
from pathlib import Path

import analysis as fa


def read_lexicon(path: Path, options: argparse.Namespace) -> fa.Lexicon:
    """Return a lexicon, read as the command line says."""
    return fa.read_lexicon(path, encoding=options.lexicon_encoding, columns=options.lexicon_columns)
