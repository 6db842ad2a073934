"""Tables of articles broken as programs, people and transfers break them, each beside what the clean one holds."""

import csv
import io
from collections.abc import Callable, Iterator

NUMBERS = range(1, 13)
HEADLINES = [f"Ferry stays, number {n}" for n in NUMBERS]
BODIES = [f'The board said "no" to plan {n}; the ferry, it found, is safe.' for n in NUMBERS]
_ROWS = [
    [f"a{n}", "North", f"2025-03-{n:02}", head, body] for n, head, body in zip(NUMBERS, HEADLINES, BODIES, strict=True)
]
_HEADER = ["article_id", "outlet", "date", "headline", "body"]


def _written(rows: list[list[str]] = _ROWS, header: list[str] | None = _HEADER, **dialect: object) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", **dialect)  # type: ignore[arg-type]
    writer.writerows([header, *rows] if header else rows)
    return out.getvalue()


def _row(number: int, change: Callable[[str], str]) -> str:
    """Return the table with one line of it changed; number 0 is the header."""
    lines = _written().split("\n")
    lines[number] = change(lines[number])
    return "\n".join(lines)


def _broken_quote(line: str) -> str:
    start = line.rindex('"The')
    return line[:start] + line[start + 1 :]


def _never_closed(line: str) -> str:
    return line.removesuffix('"')


def _bare(line: str) -> str:
    """Return a line without any quotation mark, so that the commas of its texts part cells."""
    return line.replace('"', "")


def _texts() -> Iterator[tuple[str, str]]:
    clean = _written()
    for delimiter, name in ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")):
        yield f"parted by {name}", _written(delimiter=delimiter)
        yield f"parted by {name}, all quoted", _written(delimiter=delimiter, quoting=csv.QUOTE_ALL)
    for delimiter, name in (
        ("~", "tilde"),
        ("^", "caret"),
        (":", "colon"),
        ("\x1f", "unit separator"),
        (", ", "comma and blank"),
    ):
        yield (
            f"parted by {name}",
            clean.replace('","', f'"{delimiter}"') if len(delimiter) > 1 else _written(delimiter=delimiter),
        )
    for ending, name in (("\r\n", "CRLF"), ("\r", "CR"), ("\n\n", "blank lines between"), ("\n\r", "LFCR")):
        yield f"lines end in {name}", clean.replace("\n", ending)
    yield "no end of the last line", clean.rstrip("\n")
    yield "blank lines at the end", clean + "\n\n\n"
    yield "blank lines before the header", "\n\n" + clean
    yield "a line of commas at the end", clean + ",,,,\n"
    yield "a line of blanks at the end", clean + "   \n"
    for n_lines in (1, 3, 10):
        yield (
            f"{n_lines} lines of title before",
            "".join(f"Export of articles, part {n}\n" for n in range(n_lines)) + clean,
        )
    yield "a title with commas before", "Export,of,articles\n" + clean
    yield "a remark before", "# exported on Monday\n" + clean
    yield "a remark between", _row(5, lambda line: f"# checked until here\n{line}")
    yield "a footer", clean + "Total: 12 articles\n"
    yield "a footer with commas", clean + "Total,12,,,\n"
    yield "sep=,", "sep=,\n" + clean
    yield "the header twice", clean + ",".join(_HEADER) + "\n"
    yield "the header between", _row(6, lambda line: f"{','.join(_HEADER)}\n{line}")
    yield "no header", _written(header=None)
    yield "header in capitals", _written(header=[name.upper() for name in _HEADER])
    yield "header with blanks", _written(header=[f" {name} " for name in _HEADER])
    yield "header of two lines", ",,,,\n" + clean
    yield "one name too few", _written(header=_HEADER[:-1])
    yield "one name too many", _written(header=[*_HEADER, "section"])
    yield "a name twice", _written(header=["article_id", "outlet", "date", "headline", "headline"])
    yield "a nameless column", _written([["", *row] for row in _ROWS], ["", *_HEADER])
    yield "a nameless column at the end", _written([[*row, ""] for row in _ROWS], [*_HEADER, ""])
    yield "an unknown column", _written([[*row, "x"] for row in _ROWS], [*_HEADER, "gibberish"])
    for number in (1, 6, 12):
        yield f"row {number}: a cell too many", _row(number, lambda line: line + ",more")
        yield f"row {number}: two cells too many", _row(number, lambda line: line + ",more,more")
        yield f"row {number}: a cell too few", _row(number, lambda line: line.split(",", 1)[1])
        yield f"row {number}: only its number", _row(number, lambda line: line.split(",", 1)[0])
        yield f"row {number}: a quotation mark too few at the start", _row(number, _broken_quote)
        yield f"row {number}: a quotation mark that is never closed", _row(number, _never_closed)
        yield f"row {number}: no quotation marks", _row(number, _bare)
        yield f"row {number}: a quotation mark in the number", _row(number, lambda line: 'a"' + line[1:])
        yield f"row {number}: cut in the middle", _row(number, lambda line: line[: len(line) // 2])
        yield (
            f"row {number}: blanks after commas",
            _row(number, lambda line: line.replace('","', '", "').replace(",2025", ", 2025")),
        )
        yield f"row {number}: another delimiter", _row(number, lambda line: line.replace(",", ";"))
        yield f"row {number}: a tab in place of a comma", _row(number, lambda line: line.replace(",", "\t", 1))
        if number < len(_ROWS):
            yield f"row {number}: joined with the next", _joined(number)
        yield f"row {number}: a line of its own", _row(number, lambda line: "\n" + line + "\n")
        yield f"row {number}: twice", _row(number, lambda line: f"{line}\n{line}")
    yield "quotation marks escaped by a backslash", _written(quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\")
    yield "single quotation marks", _written(quotechar="'", quoting=csv.QUOTE_ALL)
    yield "nothing quoted, delimiters escaped", _written(quoting=csv.QUOTE_NONE, escapechar="\\")
    yield "curly quotation marks", clean.replace(',"', ",“").replace('"\n', "”\n")
    yield "two tables, one after the other", clean + "\n" + _written([["x", "1"]], ["name", "n"])
    yield "the table twice", clean + "\n" + clean
    yield "cut off in the last row", clean[:-30]
    yield "cut off after a comma", clean[: clean.rindex(",")]


def _joined(number: int) -> str:
    lines = _written().split("\n")
    lines[number : number + 2] = [f"{lines[number]},{lines[number + 1]}"]
    return "\n".join(lines)


def files() -> Iterator[tuple[str, bytes]]:
    """Yield the name of each pollution and the file."""
    for name, text in _texts():
        yield name, text.encode()
    clean = _written()
    yield "a mark of byte order", clean.encode("utf-8-sig")
    yield "a mark of byte order in the middle", clean.replace("\na6", "\n\ufeffa6").encode()
    yield "UTF-16", clean.encode("utf-16")
    yield "UTF-16 without a mark of byte order", clean.encode("utf-16-le")
    yield "NUL in a cell", clean.replace("plan 6", "pl\0an 6").encode()
    yield "NUL at the end", clean.encode() + b"\0" * 100
    yield "a control character in a cell", clean.replace("number 6", "number\x0b6").encode()
    yield "bytes that are no UTF-8 in one cell", clean.encode().replace(b"North,2025-03-06", b"N\xf6rth,2025-03-06")
    yield "end of file as DOS wrote it", clean.encode() + b"\x1a"
