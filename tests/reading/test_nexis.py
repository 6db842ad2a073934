"""Nexis exports: what the generators write comes back field by field, and nothing is lost in silence."""

import datetime
import re

import pytest
from archives import nexis, stories
from archives.common import MONTHS
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.decoding import decode
from analysis.reading.docx import docx_paragraphs
from analysis.reading.nexis import is_nexis_text, is_old_nexis, read_nexis, read_old_nexis
from analysis.reading.records import Found
from analysis.reading.rtf import rtf_paragraphs

NUMBERS = {month: number for names in MONTHS.values() for number, month in enumerate(names, 1)}


def parsed(text: str) -> datetime.date | None:
    """Return the day of "July 1, 2019 Monday", "Montag, 1. Juli 2019" or "1 juillet 2019"; None without a day."""
    month = next(NUMBERS[word] for word in re.findall(r"[^\W\d]+", text) if word in NUMBERS)
    year = next(re.finditer(r"\d{4}", text))
    day = re.search(r"(?<![\d:])\d{1,2}(?![\d:])", text[: year.end()])
    return datetime.date(int(year[0]), month, int(day[0])) if day else None


def found_in(form: str, made: list[stories.Story], **options: object) -> Found:
    data = getattr(nexis, form)(made, **options)
    if form == "txt":
        text = decode(data)[0]
        assert is_old_nexis(text)
        return read_old_nexis(text)
    paragraphs = {"docx": docx_paragraphs, "rtf": rtf_paragraphs}[form](data)
    assert is_nexis_text(paragraphs)
    return read_nexis(paragraphs)


def assert_as_expected(form: str, made: list[stories.Story], **options: object) -> Found:
    found = found_in(form, made, **options)
    assert (found.rejected, found.warnings) == ([], [])
    assert len(found.records) == len(made)
    for record, expected in zip(found.records, nexis.expected(made, form, **options), strict=True):
        for column, value in expected.items():
            assert (parsed(record[column]) if column == "date" else record[column]) == value, (column, options)
        assert all(isinstance(value, str) and value for name, value in record.items() if name not in expected)
    return found


SHARED = [
    {}, {"language": "de"}, {"language": "fr"}, {"blank_lines": 0}, {"blank_lines": 2}, {"blank_lines": 4},
    {"photo_only": (0, 3, 7)}, {"graphic": (0, 2, 5)}, {"photo_only": range(30)}, {"split_heading": True},
    {"month_only": True}, {"month_only": True, "split_heading": True}, {"weekday_first": True}, {"city": True},
    {"stated_count": 99}, {"language": "fr", "photo_only": (0, 1), "graphic": (2, 3), "city": True},
    {"language": "de", "weekday_first": True, "graphic": range(30), "split_heading": True},
]  # fmt: skip
LAYOUTS = [
    {"cover": False}, {"cover_blanks": 0}, {"cover_blanks": 0, "month_only": True}, {"cover_blanks": 9},
    {"cover_blanks": 0, "header_blanks": 4}, {"cover_blanks": 0, "split_heading": True, "language": "de"},
    {"copyright_line": False}, {"all_rights": False}, {"classification": False}, {"header_blanks": 0},
    {"header_blanks": 0, "cover_blanks": 0, "blank_lines": 0, "copyright_line": False, "classification": False},
    {"header_blanks": 5, "blank_lines": 5}, {"glued_highlight": True}, {"glued_highlight": True, "language": "fr"},
    {"glued_highlight": True, "language": "de", "nbsp": False}, {"nbsp": False}, {"byline_label": "Author"},
    {"body_label": "Text"}, {"clock": False}, {"dateline": True}, {"abstract": True}, {"highlight": False},
    {"abstract": True, "graphic": range(30), "classification": False}, {"photo_only": range(30), "cover": False},
    {"split_heading": True, "heading_break": "break"}, {"dateline": True, "glued_highlight": True, "language": "de"},
]  # fmt: skip
ONLY_DOCX = [
    {"heading_style": True}, {"link": True}, {"runs": 3}, {"runs": 40, "link": True},
]  # fmt: skip
ONLY_TXT = [
    {"encoding": "cp1252"}, {"encoding": "utf-16"}, {"newline": "\r\n"}, {"first_number": 51}, {"wrap": 72},
    {"wrap": 60, "blank_lines": 3, "highlight": True}, {"centred": False}, {"edition": "Late Edition - Final"},
    {"edition": "Edition 1;", "month_only": True}, {"highlight": True}, {"dateline": "before"}, {"dateline": "after"},
    {"dateline": "before", "highlight": True, "wrap": 70, "language": "de"}, {"copyright_at": "start"},
    {"copyright_at": "end"}, {"load_date": False}, {"load_date": False, "graphic": range(30), "copyright_at": "end"},
    {"photo_only": range(30), "dateline": "before"}, {"copyright_at": "start", "month_only": True, "centred": False},
]  # fmt: skip
CASES = [
    *[(form, options) for form in ("docx", "rtf", "txt") for options in SHARED],
    *[(form, options) for form in ("docx", "rtf") for options in LAYOUTS],
    *[("docx", options) for options in ONLY_DOCX],
    *[("rtf", {"escapes": "ansi", **options}) for options in ({}, {"cover_blanks": 0}, {"split_heading": True})],
    *[("txt", options) for options in ONLY_TXT],
]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("form", "options"), CASES, ids=lambda value: str(value)[:60])
def test_every_field_of_a_generated_file(form, options, seed):
    made = stories.stories(seed, 30)
    found = assert_as_expected(form, made, **options)
    stated = options.get("stated_count") if options.get("cover", True) else None
    assert found.stated == (stated or len(made) + options.get("first_number", 1) - 1)
