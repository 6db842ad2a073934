"""One way into a lexicon from a file of any form, recognised by its name and its first characters."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from analysis.core.errors import LexiconError
from analysis.core.schema import kind_of
from analysis.lexicons.draft import COLUMN_ROLES, Draft, Unsupported
from analysis.lexicons.formats.lexicoder import read_lexicoder
from analysis.lexicons.formats.liwc import read_liwc
from analysis.lexicons.formats.mpqa import read_mpqa
from analysis.lexicons.formats.tables import read_text_table
from analysis.lexicons.formats.word_list import read_word_list
from analysis.lexicons.formats.wordstat import read_wordstat
from analysis.lexicons.formats.workbook import read_workbook
from analysis.lexicons.formats.xml_forms import read_xml
from analysis.lexicons.formats.yaml_form import read_json, read_yaml
from analysis.lexicons.model import Lexicon, Skipped
from analysis.lexicons.source import decode, guess_reason, read_bytes
from analysis.lexicons.validated import validation_beside

_LOG = logging.getLogger(__name__)
_MOST_NAMED = 3
_BY_SUFFIX: dict[str, Callable[[str, Draft], None]] = {
    ".dic": read_liwc,
    ".dicx": read_text_table,
    ".lc3": read_lexicoder,
    ".cat": read_wordstat,
    ".tff": read_mpqa,
    ".csv": read_text_table,
    ".tsv": read_text_table,
    ".tab": read_text_table,
}
# The first line that is not empty tells the form where the name does not.
_BY_CONTENT: tuple[tuple[re.Pattern[str], Callable[[str, Draft], None]], ...] = (
    (re.compile(r"%\s*"), read_liwc),
    (re.compile(r"type=\S+ .*"), read_mpqa),
    (re.compile(r"\+\S.*"), read_lexicoder),
    (re.compile(r"[^;#\t][^\t]*\t.*"), read_text_table),
    (re.compile(r'"[^"]*"(?: "[^"]*")+'), read_text_table),
    (re.compile(r"(?i:terms?|words?|dicterm|entry|token)[,;].*"), read_text_table),
)


def read_lexicon(
    path: str | Path,
    *,
    unsupported: Unsupported = "skip",
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Lexicon:
    """Return the lexicon of a file.

    Parameters
    ----------
    path : str or pathlib.Path
        The project's form in YAML or JSON; quanteda YAML; LIWC (.dic, .dicx); Lexicoder (.lc3, .lcd); WordStat (.cat);
        Yoshikoder (.ykd); a table (.csv, .tsv, .xlsx), long or wide; MPQA (.tff); NRC; SentiWS; OpeNER and Pattern (.xml);
        a list of scores; a list of words.
    unsupported : {"skip", "raise"}
        Whether an entry that a lexicon cannot hold, or that is doubtful, is left out, listed in ``lexicon.skipped`` and
        counted in one warning; or is an error.
    encoding : str, optional
        What the file was saved in, such as "cp1250". Without it: a byte-order mark, UTF-8, or windows-1252 as a guess,
        which `check_lexicon` names.
    columns : mapping of str to str, optional
        Of a table: which column is what, as in ``{"term": "Word", "category": "Topic", "weight": "Score"}``. A category
        can be left out: then it is that of the weights' column, or of the file.

    Returns
    -------
    Lexicon
        Named after its file, with version "0", where the file does not say. ``skipped`` lists what was left out, and what
        counts for nothing, such as a word that stands twice in its category.

    Raises
    ------
    LexiconError
        When the file cannot be read or holds a mistake; the message lists all mistakes with their lines.

    Examples
    --------
    >>> import analysis as fa
    >>> frames = fa.read_lexicon("data/lexicons/frames.yml")
    >>> frames.name, frames.language, len(frames.categories)
    ('frames', 'en', 12)
    """
    if not isinstance(path, str | Path):
        raise LexiconError(
            f"read_lexicon: found {kind_of(path)}; give the path of a file. Words of your own become a lexicon by "
            f"fa.extend.lexicon_from_mapping({{'weakness': ['weak', 'back down']}})"
        )
    if unsupported not in get_args(Unsupported):
        raise LexiconError(f"unsupported {unsupported!r} is not known; choose one of {get_args(Unsupported)}")
    draft = Draft(Path(path), columns=_checked(columns))
    lexicon = read_draft(draft, unsupported, encoding)
    if draft.columns and not draft.used_columns:
        raise draft.error(0, "columns= names the columns of a table, and the file is none; leave it out")
    left_out = [skipped for skipped in lexicon.skipped if skipped.severity != "hint"]
    if left_out and unsupported == "skip":
        _LOG.warning("%s: %s", draft.path, _summary(lexicon, left_out))
    return replace(lexicon, validation=validation_beside(draft.path, lexicon))


def read_draft(draft: Draft, unsupported: Unsupported, encoding: str | None = None) -> Lexicon:
    """Return the lexicon of the file of an empty draft, without a warning.

    Raises
    ------
    LexiconError
        When the file cannot be read or holds a mistake.
    """
    path = draft.path
    suffix = path.suffix.lower()
    if suffix in (".yml", ".yaml"):
        return read_yaml(draft, unsupported, encoding)
    data = read_bytes(path)
    if data.startswith(b"PK\x03\x04") or suffix == ".xlsx":
        read_workbook(data, draft)
        return draft.lexicon(unsupported)
    if suffix in (".ykd", ".lcd", ".xml") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<dictionary")):
        name = read_xml(data, draft, encoding)
        return draft.lexicon(unsupported, name)
    decoded = decode(data, path, encoding)
    if decoded.sample:
        draft.remark(0, decoded.sample, guess_reason(decoded), "warning")
    text = decoded.text
    if suffix in (".json", ".jsonl") or (suffix not in _BY_SUFFIX and text.lstrip().startswith("{")):
        return read_json(text, draft, unsupported)
    if not text.strip():
        raise draft.error(0, "the file is empty; give it at least one word with a category")
    _form(suffix, text)(text, draft)
    return draft.lexicon(unsupported)


def _checked(columns: Mapping[str, str] | None) -> Mapping[str, str] | None:
    """Return `columns` when it names a column of terms, and nothing but terms, categories and weights."""
    if columns is None:
        return None
    if "term" not in columns or not columns.keys() <= set(COLUMN_ROLES) or not all(map(str.strip, columns.values())):
        raise LexiconError(
            f"columns {dict(columns)!r}: 'term' must name a column, 'category' and 'weight' may; no other key is known"
        )
    return columns


def _summary(lexicon: Lexicon, left_out: Sequence[Skipped]) -> str:
    """Return one sentence on what was left out, with the first three reasons."""
    n, others = lexicon.n_left_out, len(left_out) - lexicon.n_left_out
    counted = [f"{n:,} {'entry is' if n == 1 else 'entries are'} left out"] if n else []
    counted += [f"{others:,} {'doubt' if others == 1 else 'doubts'} about the file"] if others else []
    first = sorted(left_out, key=lambda skipped: skipped.severity)[:_MOST_NAMED]
    reasons = [f"line {skipped.line}: {skipped.reason}" if skipped.line else skipped.reason for skipped in first]
    more = f" (and {len(left_out) - len(first):,} more)" if len(left_out) > len(first) else ""
    return f"{' and '.join(counted)}, listed in lexicon.skipped. {' | '.join(reasons)}{more}"


def _form(suffix: str, text: str) -> Callable[[str, Draft], None]:
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    first = text.lstrip("\n ").partition("\n")[0]
    return next((read for pattern, read in _BY_CONTENT if pattern.fullmatch(first)), read_word_list)
