"""The log of the lexicon variants that were tried on a corpus: a guard against choosing a lexicon by its result."""

import json
from pathlib import Path

import pandas as pd

from analysis.core.errors import LexiconError
from analysis.extending.records import append_line
from analysis.hits.find import find_hits
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.reading.given import TokensLike, tokens_of

_KEYS = ("corpus", "lexicon", "version", "hash", "token_rule", "n_articles", "n_hits", "note", "day")


def log_variant(path: str | Path, lexicon: LexiconLike, tokens: TokensLike, *, note: str = "", day: str = "") -> str:
    """Write down that `lexicon` was tried on a corpus, once a variant, and say how many there are.

    Parameters
    ----------
    path : str or pathlib.Path
        The log: a text file with one JSON object a line, made where it is not there.
    lexicon : Lexicon
        The variant.
    tokens : Tokens
        The corpus.
    note : str
        What was changed, and why.
    day : str
        When it was tried (``2025-03-14``); "" where it does not matter.

    Returns
    -------
    str
        A sentence to report: "3 variants of frames were tried on this corpus (5f2c…)".
    """
    lexicon = lexicon_of("log_variant(path, lexicon, tokens)", lexicon)
    tokens = tokens_of("log_variant(path, lexicon, tokens)", tokens)
    corpus = tokens.corpus_hash
    known = read_variants(path)
    same = (known["corpus"] == corpus) & (known["lexicon"] == lexicon.name)
    if lexicon.hash not in set(known.loc[same, "hash"]):
        n_hits = find_hits(tokens, lexicon)["category"].value_counts(sort=False)
        values = (
            corpus, lexicon.name, lexicon.version, lexicon.hash, tokens.rule, len(tokens.articles),
            {str(name): int(n) for name, n in n_hits.items()}, note, day,
        )  # fmt: skip
        record = json.dumps(dict(zip(_KEYS, values, strict=True)), ensure_ascii=False)
        append_line(Path(path), header="", line=record + "\n")
        same = pd.concat([same, pd.Series([True])])
    n = int(same.sum())
    return f"{n} variant{'s' if n > 1 else ''} of {lexicon.name} {'were' if n > 1 else 'was'} tried on this corpus ({corpus})"


def read_variants(path: str | Path) -> pd.DataFrame:
    """Return the log of variants, in the order in which they were tried.

    Returns
    -------
    pandas.DataFrame
        ``corpus`` (hash), ``lexicon``, ``version``, ``hash``, ``token_rule``, ``n_articles``, ``n_hits`` (a mapping from category to its
        hits), ``note`` and ``day``. A log that is not there yet has no row.

    Raises
    ------
    LexiconError
        When the log cannot be read, or a line is no record of a variant; the message names the line.
    """
    path = Path(path)
    rows = []
    for line, text in enumerate(_lines(path) if path.exists() else [], start=1):
        try:
            record = json.loads(text)
        except json.JSONDecodeError as error:
            raise LexiconError(f"{path}, line {line}: no JSON ({error.msg}); take the line out") from error
        if not isinstance(record, dict) or set(record) != set(_KEYS):
            raise LexiconError(f"{path}, line {line}: no record of a variant; it has the keys {', '.join(_KEYS)}")
        rows.append(record)
    return pd.DataFrame(rows, columns=list(_KEYS))


def _lines(path: Path) -> list[str]:
    try:
        # Only a line feed ends a record: a note may hold other characters that Python takes for an end.
        return path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read ({error}); give a text file in UTF-8") from error
