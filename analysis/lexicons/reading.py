"""One way into a lexicon from a file of any form, recognised by its name and its first characters."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from analysis.errors import LexiconError
from analysis.lexicons.draft import Draft, Unsupported
from analysis.lexicons.lexicoder import read_lexicoder
from analysis.lexicons.liwc import read_liwc
from analysis.lexicons.model import Lexicon
from analysis.lexicons.mpqa import read_mpqa
from analysis.lexicons.source import decode, read_bytes
from analysis.lexicons.tables import read_table, read_text_table
from analysis.lexicons.word_list import read_word_list
from analysis.lexicons.wordstat import read_wordstat
from analysis.lexicons.workbook import workbook_rows
from analysis.lexicons.yaml_form import read_json, read_yaml
from analysis.lexicons.yoshikoder import read_yoshikoder

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
    (re.compile(r"(?i:terms?|words?|dicterm|entry|token)[,;].*"), read_text_table),
)


def read_lexicon(path: str | Path, *, unsupported: Unsupported = "raise") -> Lexicon:
    """Return the lexicon of a file.

    Parameters
    ----------
    path : str or pathlib.Path
        The project's form in YAML or JSON; quanteda YAML; LIWC (.dic, .dicx); Lexicoder (.lc3, .lcd); WordStat (.cat);
        Yoshikoder (.ykd); a table (.csv, .tsv, .xlsx), long or wide; MPQA (.tff); NRC; a list of scores; a list of words.
    unsupported : {"raise", "skip"}
        Whether a line that a lexicon cannot hold, or that is doubtful, is an error or is left out and listed in
        ``lexicon.skipped``.

    Returns
    -------
    Lexicon
        Named after its file, with version "0", where the file does not say. ``skipped`` lists what was left out; without
        "skip" too it names what counts for nothing, such as a word that stands twice in its category.

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
    if unsupported not in get_args(Unsupported):
        raise LexiconError(f"unsupported {unsupported!r} is not known; choose one of {get_args(Unsupported)}")
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in (".yml", ".yaml"):
        return read_yaml(path, unsupported)
    data = read_bytes(path)
    draft = Draft(path)
    name = ""
    if data.startswith(b"PK\x03\x04") or suffix == ".xlsx":
        read_table(workbook_rows(data, draft), draft)
        return draft.lexicon(unsupported)
    if suffix in (".ykd", ".xml") or b"<dictionary" in data[:1000]:
        name = read_yoshikoder(data, draft)
        return draft.lexicon(unsupported, name)
    text, remark = decode(data, path)
    if suffix == ".json" or (suffix not in _BY_SUFFIX and text.lstrip().startswith("{")):
        return read_json(path, unsupported)
    if remark:
        draft.remark(0, "", remark)
    if not text.strip():
        raise draft.error(0, "the file is empty; give it at least one word with a category")
    _form(suffix, text)(text, draft)
    return draft.lexicon(unsupported)


def _form(suffix: str, text: str) -> Callable[[str, Draft], None]:
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    first = text.lstrip("\n ").partition("\n")[0]
    return next((read for pattern, read in _BY_CONTENT if pattern.fullmatch(first)), read_word_list)
