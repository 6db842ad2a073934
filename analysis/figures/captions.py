"""The caption and the alt text of a figure, in Markdown and in LaTeX."""

import re
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.labels import one_line

_MOST_NAMES = 8  # of panels, rows or marks; the table has them all
_NUMBER = re.compile(r"[-−+]?[\d.,]+%?")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&$~|#^!{}])")
_MARKDOWN_BLOCK = re.compile(r"^(\d*)([-+=:.)])")
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
        '"': r"\symbol{34}",  # babel makes the sign itself a command in German
    }
    | {sign: rf"\{sign}" for sign in "{}$&%#_"}
)


def caption_of(figure: Figure, table: pd.DataFrame) -> str:
    """Return a caption: what is drawn, by which lexicon and interval, from how many rows.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A figure that was drawn once, so that its texts are settled.
    table : pandas.DataFrame
        The table that it shows, with its ``attrs``.
    """
    attrs = table.attrs
    drawn = _sentence("; ".join(_labels(figure)))
    origin = []
    if "lexicon" in attrs:
        origin.append(f"lexicon {attrs['lexicon']} {attrs['lexicon_version']} ({attrs['lexicon_hash']})")
    if "interval" in attrs:
        origin.append(f"interval: {attrs['interval']}")
    origin.append(f"{len(table):,} rows in the table")
    return one_line(f"{drawn} {_sentence('; '.join(origin))}")


def alt_of(figure: Figure, table: pd.DataFrame, name: str) -> str:
    """Return an alt text: panels, rows, labelled marks and axes of a figure, and where its numbers stand."""
    shown = [axes for axes in figure.axes if axes.get_visible()]
    titles = [title for axes in shown for place in ("left", "center", "right") if (title := axes.get_title(place))]
    kinds = {
        "panels": titles,
        "rows": list(dict.fromkeys(row for axes in shown for row in _row_names(axes))),
        "marks": [text.get_text() for axes in shown for text in axes.texts],
    }
    parts = ["Chart", *(f"{kind}: {_first(names)}" for kind, names in kinds.items() if any(names)), *_labels(figure)]
    sentences = " ".join(_sentence(part) for part in parts)
    return one_line(f"{sentences} The numbers are in {name}.csv ({len(table):,} rows).")


def markdown(name: str, caption: str, alt: str) -> str:
    """Return Markdown that shows ``name.svg`` with its alt text, and the caption below."""
    caption = _MARKDOWN_BLOCK.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", one_line(caption)))
    return f"![{_MARKDOWN.sub(r'\\\1', one_line(alt))}]({name}.svg)\n\n{caption}\n"


def latex(name: str, caption: str, alt: str) -> str:
    r"""Return a LaTeX figure of ``name.pdf``; it needs graphicx of 2021 or later, and ``\graphicspath`` where the file lies elsewhere."""
    return (
        "\\begin{figure}[htbp]\n"
        "  \\centering\n"
        f"  \\includegraphics[width=\\linewidth, alt={{{_in_latex(alt)}}}]{{{name}.pdf}}\n"
        f"  \\caption{{{_in_latex(caption)}}}\n"
        f"  \\label{{fig:{name}}}\n"
        "\\end{figure}\n"
    )


def _in_latex(text: str) -> str:
    # An empty group keeps two hyphens from becoming a dash.
    return re.sub("-(?=-)", "-{}", one_line(text).translate(_LATEX))


def _labels(figure: Figure) -> list[str]:
    """Return the title and the axis labels of a figure, each once."""
    shown = [axes for axes in figure.axes if axes.get_visible()]
    texts = [figure.get_suptitle(), figure.get_supylabel(), figure.get_supxlabel()]
    texts += [label for axes in shown for label in (axes.get_ylabel(), axes.get_xlabel())]
    return [text for text in dict.fromkeys(map(one_line, texts)) if text]


def _row_names(axes: Axes) -> list[str]:
    names = [label.get_text() for label in axes.get_yticklabels()]
    return [name for name in names if not _NUMBER.fullmatch(name)]


def _first(names: Sequence[str]) -> str:
    found = [name for name in map(one_line, names) if name]
    more = f" and {len(found) - _MOST_NAMES} more" if len(found) > _MOST_NAMES else ""
    return ", ".join(found[:_MOST_NAMES]) + more


def _sentence(text: str) -> str:
    text = text.rstrip(".")
    return f"{text[:1].upper()}{text[1:]}." if text else ""
