"""Tables as text: LaTeX with booktabs, and the tables of GitHub-flavoured Markdown."""

import re

from analysis.core.escaping import in_cell, in_latex, in_markdown
from analysis.exporting.presented import Cell, Presented

_PAGE = 40  # rows, above which a table runs over pages
_WIDE = 40  # characters of a cell, above which a column breaks its lines
_TEXT_WIDTH = 0.8  # of the line, shared by the columns that break their lines
# After the end of a row LaTeX would take these for an option of it.
_OPTION = re.compile(r"^(?=[\[*])")


def latex_table(shown: Presented, label: str) -> bytes:
    """Return a table for LaTeX, with its caption above and its note below; a long one runs over pages.

    Parameters
    ----------
    shown : Presented
        The table.
    label : str
        What the text refers to it by, behind ``tab:``.
    """
    caption = f"\\caption{{{in_latex(in_cell(shown.caption))}}}\n\\label{{tab:{label}}}"
    head = _latex_row([Cell(heading) for heading in shown.headings])
    rows = "\n".join(map(_latex_row, shown.rows))
    note = (
        f"\\par\\smallskip{{\\footnotesize\\emph{{Note.}} {in_latex(in_cell(shown.note))}\\par}}\n"
        if shown.note
        else ""
    )
    make = _over_pages if len(shown.rows) > _PAGE else _on_one_page
    return make(caption, f"{{{_layout(shown)}}}", head, rows, note).encode("utf-8")


def _on_one_page(caption: str, layout: str, head: str, rows: str, note: str) -> str:
    return (
        "% Needs \\usepackage{booktabs} in the preamble.\n"
        f"\\begin{{table}}\n\\centering\n{caption}\n\\begin{{tabular}}{layout}\n\\toprule\n{head}\n\\midrule\n"
        f"{rows}\n\\bottomrule\n\\end{{tabular}}\n{note}\\end{{table}}\n"
    )


def _over_pages(caption: str, layout: str, head: str, rows: str, note: str) -> str:
    return (
        "% Needs \\usepackage{booktabs} and \\usepackage{longtable} in the preamble.\n"
        f"\\begin{{longtable}}{layout}\n{caption} \\\\\n\\toprule\n{head}\n\\midrule\n\\endfirsthead\n"
        f"\\toprule\n{head}\n\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n{rows}\n\\end{{longtable}}\n{note}"
    )


def _layout(shown: Presented) -> str:
    """Return how LaTeX sets the columns: numbers to the right, long texts in lines."""
    longest = [max(len(cell.text) for cell in column) for column in zip(*shown.rows, strict=True)]
    n_wide = sum(length > _WIDE for length in longest)
    return "".join(
        f"p{{{_TEXT_WIDTH / n_wide:.2f}\\linewidth}}" if length > _WIDE else "r" if number else "l"
        for length, number in zip(longest, shown.is_number, strict=True)
    )


def _latex_row(cells: list[Cell] | tuple[Cell, ...]) -> str:
    written = [
        in_latex(in_cell(cell.text)) + (f"\\textsuperscript{{{cell.mark}}}" if cell.mark else "") for cell in cells
    ]
    return _OPTION.sub("{}", " & ".join(written)) + r" \\"


def markdown_table(shown: Presented) -> bytes:
    """Return a table for Markdown, with its caption above and its note below.

    References
    ----------
    GitHub Flavored Markdown Spec, section 4.10.
    """
    head = _markdown_row([Cell(heading) for heading in shown.headings])
    marks = "| " + " | ".join("---:" if number else ":---" for number in shown.is_number) + " |"
    note = f"\n*Note.* {in_markdown(in_cell(shown.note))}\n" if shown.note else ""
    return "\n".join(
        [f"{in_markdown(in_cell(shown.caption))}\n", head, marks, *map(_markdown_row, shown.rows), note]
    ).encode("utf-8")


def _markdown_row(cells: list[Cell] | tuple[Cell, ...]) -> str:
    written = [in_markdown(in_cell(cell.text)) + (f" \\({cell.mark}\\)" if cell.mark else "") for cell in cells]
    return "| " + " | ".join(written) + " |"
