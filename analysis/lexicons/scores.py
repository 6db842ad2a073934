"""Words with their scores, without a header: AFINN, NRC, VADER, SentiWS."""

import re

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import NUMBER_ALLOWED, Draft, as_number
from analysis.lexicons.formats.columns import Row

# Of NRC's lists some have the affect first; its names tell which.
_AFFECTS = frozenset("anger anticipation disgust fear joy negative positive sadness surprise trust".split())
_PART_OF_SPEECH = re.compile(r"[A-Z]{1,4}\$?|[nvar]|(?i:noun|verb|adj|adv|adjective|adverb|nomen|anypos)")
# "Abbau|NN": a word with its part of speech, whose inflected forms stand in a third column.
_WITH_TAG = re.compile(r"(?P<term>.*\S)\|(?P<tag>[A-Z]+)")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_BY_SPREADSHEET = re.compile(
    rf"\d\d?-{_MONTH}(?:-\d+)?|{_MONTH}-\d\d|\d(?:\.\d+)?E\+\d+|#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!)"
    r"|\d{4}-\d\d-\d\dT[\d:.]+"
)
_SENSE = re.compile(r"\S+#_?\d+")


def is_sound(line: int, term: str, draft: Draft) -> bool:
    """Whether a term of a table is not doubtful in itself."""
    if not term:
        draft.doubt(line, "", "the cell of the term is empty; write a word or take the row out")
    elif _BY_SPREADSHEET.fullmatch(term):
        remedy = "write the word itself into a column formatted as text"
        draft.doubt(
            line, term, f"entry {shown(term)} looks like a date, number or error made by a spreadsheet; {remedy}"
        )
    elif _SENSE.fullmatch(term):
        draft.doubt(
            line, term, f"entry {shown(term)} is one sense of a word; senses cannot be told apart, so write the word"
        )
    else:
        return True
    return False


def read_scores(rows: list[Row], draft: Draft) -> None:
    """Put rows without a header into `draft`: words and scores (AFINN), words, affects and scores (NRC), words, means and ratings
    (VADER), or words with their part of speech, scores and inflected forms (SentiWS).
    """  # noqa: D205
    empty = [
        all(not cells[place].strip() for _, cells in rows if len(cells) > place) for place in range(len(rows[0][1]))
    ]
    rows = [
        (line, [cell.strip() for place, cell in enumerate(cells) if place >= len(empty) or not empty[place]])
        for line, cells in rows
    ]
    line, first = rows[0]
    if all(as_number(cells[0]) is not None for _, cells in rows):
        raise draft.error(line, f"the first column holds numbers, such as {shown(first[0])}, {_NAME_THEM}")
    if all(len(cells) in (2, 3) and _WITH_TAG.fullmatch(cells[0]) for _, cells in rows):
        _read_inflected(rows, draft)
    elif _is_rated(first):
        draft.remark(0, "", "deviations and single ratings are not read; the mean is the weight")
        _read_columns([(line, cells[:2]) for line, cells in rows], (0, None, 1), draft)
    elif len(first) == 2 and as_number(first[1]) is not None:
        _read_columns(rows, (0, None, 1), draft)
    elif (
        len(first) == 3
        and as_number(first[1]) is None
        and not all(_PART_OF_SPEECH.fullmatch(cells[1]) for _, cells in rows if len(cells) == 3)
    ):
        by_affect = all(cells[0] in _AFFECTS for _, cells in rows)
        _read_columns(rows, (1, 0, 2) if by_affect else (0, 1, 2), draft)
    else:
        raise draft.error(line, f"the first row, {shown(' '.join(first))}, {_NAME_THEM}")


_NAME_THEM = "names no column; write a header, such as 'term,category,weight'"


def _is_rated(first: list[str]) -> bool:
    return len(first) >= 4 and as_number(first[1]) is not None and first[-1].startswith("[")


def _read_columns(rows: list[Row], places: tuple[int, int | None, int], draft: Draft) -> None:
    """Read rows whose terms, categories and scores stand at `places`; without categories the sign of the score is one."""
    term_at, category_at, weight_at = places
    n = len(rows[0][1])
    for line, cells in rows:
        if len(cells) != n:
            draft.doubt(
                line,
                cells[0],
                f"the row of {shown(cells[0])} has {len(cells)} cells and the first one {n}; write as many",
            )
            continue
        term, weight = cells[term_at], cells[weight_at]
        number = as_number(weight)
        if number is None:
            draft.doubt(line, weight, f"score {shown(weight)} of {shown(term)}; {NUMBER_ALLOWED}")
        elif (number or category_at is None) and is_sound(line, term, draft):
            draft.add(line, term, (draft.category(cells[category_at] if category_at is not None else ""),), number)


def _read_inflected(rows: list[Row], draft: Draft) -> None:
    draft.remark(
        0, "", "parts of speech decide no match here; inflected forms are entries with the score of their word"
    )
    category = draft.category("")
    for line, cells in rows:
        number = as_number(cells[1])
        if number is None:
            draft.doubt(line, cells[1], f"score {shown(cells[1])} of {shown(cells[0])}; {NUMBER_ALLOWED}")
            continue
        forms = [form.strip() for form in cells[2].split(",")] if len(cells) > 2 else []
        for form in (cells[0].rpartition("|")[0], *filter(None, forms)):
            draft.add(line, form, (category,), number)
