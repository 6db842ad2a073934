"""Plain word lists: one term a line, or a term and a score; comments behind ; or #; the file's name is the category."""

import re
from collections import Counter

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft
from analysis.lexicons.formats.tables import read_text_table

_MOST_WORDS = 8
_WORD_AND_LABEL = 2
_LONGEST = 1_000  # characters of a line with a term; the patterns take the square of it, or more
_FEWEST_RECORDS = 20
# A list with more doubtful lines than one in ten is no list: skipping them would make a lexicon of what is left.
_LEAST_SOUND = 0.9
_SCORED = re.compile(r"(.*[^\W\d_].*?)\s+([+−-]?\d+(?:[.,]\d+)?)")
# Numbers before or behind the word: one of them may be the score, and nobody knows which.
_SCORED_TWICE = re.compile(r".*[^\W\d_].*(?:\s[+−-]?\d+(?:[.,]\d+)?){2}")
_NUMBERED = re.compile(r"[+−-]?\d+(?:[.,]\d+)?[.)]?(?:\s.*)?")
# "weak: negative", "weak - negative", "weak -> negative".
_WITH_LABEL = re.compile(r"\S.*?(?::| [-–=]|\s*[-=]>|\s*→)\s+\S+")
_PARTS_OF_SPEECH = frozenset("noun verb adj adv adjective adverb adj. adv. n. v. nomen adjektiv".split())
_COMMENT = re.compile(r";|#(?:#|\s|$)")
_NO_TERM = re.compile(r"- |.*[:;,]$|.*[.!?] .*|.*\t|.*\w=|.*:\s*[+-]?\d|[\[{]|.*[\x00-\x08\x0e-\x1f\x7f]")


def read_word_list(text: str, draft: Draft) -> None:
    """Put the terms of a word list into `draft`; lines that are records of several cells are a table."""
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line and not is_comment(line)]
    if _are_records([line for _, line in lines]):
        read_text_table(text, draft)
    elif lines and _share(_SCORED_TWICE, lines) >= _LEAST_SOUND:
        found = f"line {shown(lines[0][1])} holds several numbers, as most lines do"
        raise draft.error(lines[0][0], f"{found}, so this is a table, no list of words; write the columns 'term,score'")
    elif lines and _share(_SCORED, lines) >= _LEAST_SOUND:
        _scores(lines, draft)
    elif label := _repeated_label([line for _, line in lines]):
        found = f"line {shown(lines[0][1])} ends in a label, as many others do, such as in {shown(label)}"
        raise draft.error(
            lines[0][0], f"{found}, so this is a table, no list of words; write the columns 'term,category'"
        )
    elif len(lines) > 1 and _share(_NUMBERED, lines) >= _LEAST_SOUND:
        remedy = "take the numbers of the lines out, or write scores behind the words"
        found = f"{shown(lines[0][1])} begins with a number, as most lines do; {remedy}"
        raise draft.error(lines[0][0], found)
    else:
        _terms(lines, draft)


def _are_records(lines: list[str]) -> bool:
    """Whether all lines have the same number of cells, more than one."""
    counts = [{line.count(sign) for line in lines} for sign in "\t;|,"]
    return len(lines) > 1 and any(len(found) == 1 and 0 not in found for found in counts)


def _repeated_label(lines: list[str]) -> str:
    """Return what most often stands behind the words, where nearly all lines end in one of few labels, else ""."""
    labels = Counter(line.split()[-1] for line in lines if len(line.split()) == _WORD_AND_LABEL)
    told = [line for line in lines if _match(_WITH_LABEL, line) or _has_part_of_speech(line.split())]
    if len(lines) > 1 and len(told) >= _LEAST_SOUND * len(lines):
        return told[0].split()[-1]
    is_record = labels.total() >= max(_LEAST_SOUND * len(lines), _FEWEST_RECORDS) and len(labels) * 20 <= len(lines)
    return labels.most_common(1)[0][0] if is_record else ""


def _has_part_of_speech(words: list[str]) -> bool:
    return len(words) == _WORD_AND_LABEL and words[1].casefold() in _PARTS_OF_SPEECH


def _share(pattern: re.Pattern[str], lines: list[tuple[int, str]]) -> float:
    return sum(_match(pattern, line) is not None for _, line in lines) / len(lines)


def _match(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    return pattern.fullmatch(line) if len(line) <= _LONGEST else None


def _scores(lines: list[tuple[int, str]], draft: Draft) -> None:
    """Read words with a number behind them as a list of scores."""
    category = draft.category("")
    draft.remark(0, "", "the numbers behind the words are read as weights")
    for number, line in lines:
        if match := _match(_SCORED, line):
            draft.add_weighted(number, match[1], category, match[2].replace(",", "."))
        else:
            draft.doubt(number, line, f"{shown(line)} has no number behind it, as the other lines have; write one")


def _terms(lines: list[tuple[int, str]], draft: Draft) -> None:
    category = draft.category(draft.path.stem)
    for number, line in lines:
        if _NO_TERM.match(line) or len(line.split()) > _MOST_WORDS:
            remedy = "write one term a line, and comments behind '# ' or ';'"
            draft.doubt(number, line, f"{shown(line)} is no term of a word list; {remedy}")
        else:
            draft.add(number, line, [category])
    draft.doubt_lists()
    if draft.doubts and len(draft.doubts) > (1 - _LEAST_SOUND) * len(lines):
        first = draft.doubts[0]
        found = f"{len(draft.doubts)} of {len(lines)} lines are no terms, so this is no word list; articles are read with fa.read"
        raise draft.error(first.line, f"{first.reason} ({found})")


def is_comment(line: str) -> bool:
    """Whether a line is for readers; "#metoo" is none, since it may be a word."""
    return _COMMENT.match(line) is not None
