"""Delimited text as Excel, R, statistics programs and scripts write it, from the descriptions of their writers.

R Core Team, R Data Import/Export and ?write.table: `write.table` parts cells by a blank, quotes strings and names, escapes a
quotation mark by a backslash, writes row names without a name for their column, and NA bare; `write.csv` doubles the mark
and names the column of row names "". Excel parts by the list separator of the country, quotes where it must, ends lines by CRLF,
and reads a first line ``sep=;``, which many services write for it.
"""

from collections.abc import Callable, Sequence

Rows = Sequence[Sequence[str | None]]


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def where_needed(cell: str | None, delimiter: str) -> str:
    text = cell or ""
    return quoted(text) if any(sign in text for sign in (delimiter, '"', "\n", "\r")) else text


def excel(names: Sequence[str], rows: Rows, delimiter: str = ";", ending: str = "\r\n") -> str:
    lines = [delimiter.join(where_needed(cell, delimiter) for cell in row) for row in (names, *rows)]
    return "".join(line + ending for line in lines)


def excel_with_sep(names: Sequence[str], rows: Rows) -> str:
    return "sep=;\r\n" + excel(names, rows)


def with_title(names: Sequence[str], rows: Rows) -> str:
    return 'Results of 3 March 2021\n"Search: ferry, bridge"\n\n' + excel(names, rows, ",", "\n")


def with_trailing_delimiters(names: Sequence[str], rows: Rows) -> str:
    return excel([*names, "", ""], [[*row, None, None] for row in rows], ",", "\n")


def with_longer_rows(names: Sequence[str], rows: Rows) -> str:
    return excel(names, [[*row, None] for row in rows], "\t", "\n")


def with_blanks(names: Sequence[str], rows: Rows) -> str:
    return "".join(", ".join(quoted(cell or "") for cell in row) + "\n" for row in (names, *rows))


def r_write_csv(names: Sequence[str], rows: Rows) -> str:
    lines = [",".join(map(quoted, ["", *names]))]
    for number, row in enumerate(rows, 1):
        lines.append(",".join([quoted(str(number)), *("NA" if cell is None else quoted(cell) for cell in row)]))
    return "\n".join(lines) + "\n"


def r_write_table(names: Sequence[str], rows: Rows, delimiter: str = " ") -> str:
    def escaped(cell: str) -> str:
        return '"' + cell.replace('"', '\\"') + '"'

    lines = [delimiter.join(map(escaped, names))]
    for number, row in enumerate(rows, 1):
        lines.append(delimiter.join([escaped(str(number)), *("NA" if cell is None else escaped(cell) for cell in row)]))
    return "\n".join(lines) + "\n"


def r_write_table_tabs(names: Sequence[str], rows: Rows) -> str:
    return r_write_table(names, rows, "\t")


def r_without_quotes(names: Sequence[str], rows: Rows) -> str:
    lines = ["\t".join(names)]
    lines += [
        "\t".join([str(number), *("NA" if cell is None else cell for cell in row)])
        for number, row in enumerate(rows, 1)
    ]
    return "\n".join(lines) + "\n"


FORMS: dict[str, Callable[[Sequence[str], Rows], str]] = {
    writer.__name__: writer
    for writer in (
        excel, excel_with_sep, with_title, with_trailing_delimiters, with_longer_rows, with_blanks, r_write_csv, r_write_table,
        r_write_table_tabs,
    )
}  # fmt: skip
