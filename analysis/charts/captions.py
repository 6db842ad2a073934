"""What is written beside a figure: its caption and its text for readers who do not see it."""

import re
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.names import with_names
from analysis.charts.numbers import percentages
from analysis.charts.shown import shown_sentences
from analysis.core.escaping import in_latex, in_markdown
from analysis.core.origin import origin_sentences

_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Caption:
    """The words that go with a figure.

    Attributes
    ----------
    name : str
        File name of the figure, without suffix.
    text : str
        What the figure shows (measure, groups, articles), and with which interval, lexicon and corpus.
    alt : str
        The same chart in words: panels, axes, the lowest and the highest value.
    """

    name: str
    text: str
    alt: str

    def latex(self) -> str:
        """Return a LaTeX figure with caption, label and alt text (``alt`` needs LaTeX of 2021 or newer)."""
        return (
            "\\begin{figure}\n"
            "  \\centering\n"
            f"  \\includegraphics[alt={{{in_latex(self.alt)}}}]{{{self.name}.pdf}}\n"
            f"  \\caption{{{in_latex(self.text)}}}\n"
            f"  \\label{{fig:{self.name}}}\n"
            "\\end{figure}\n"
        )

    def markdown(self) -> str:
        """Return a Markdown image with its alt text, and the caption below."""
        return f"![{in_markdown(self.alt)}]({self.name}.svg)\n\n{in_markdown(self.text)}\n"


def caption_of(figure: Figure, table: pd.DataFrame, name: str, *, text: str = "") -> Caption:
    """Return the caption of a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The chart; its titles and axis labels go into the alt text.
    table : pandas.DataFrame
        The table that it shows; interval, lexicon and corpus are taken from its ``attrs``.
    name : str
        File name of the figure, without suffix.
    text : str
        A short phrase of one's own in place of the first sentence, such as "Framing by outlet". It must hold for any data: what is drawn
        is said in the sentences after it.
    """
    measure, *shown = shown_sentences(figure, table)
    first = text or measure
    said = [
        first if first.endswith((".", "?", "!")) else f"{first}.",
        *shown,
        *map(percentages, origin_sentences(table)),
    ]
    (named,) = with_names(table)
    return Caption(name, " ".join(said), " ".join([_sight(figure), _range(named, str(figure.get_label()))]).strip())


def first_sentence(caption: str) -> str:
    """Return what a caption says before it names interval, lexicon and corpus."""
    return re.split(r"(?<=[.?!]) (?=\w+: )", caption, maxsplit=1)[0]


def _sight(figure: Figure) -> str:
    """Say how many panels there are, what they are called, and what the axes mean."""
    panels = [axes for axes in figure.axes if axes.get_visible()]
    titles = [" ".join(title.split()) for axes in panels if (title := axes.get_title(loc="left") or axes.get_title())]
    said = "A chart." if len(panels) == 1 else f"A chart of {len(panels)} panels."
    if titles:
        said = f"{said[:-1]}: {_listed(titles)}."
    labels = [figure.get_supxlabel(), figure.get_supylabel()]
    if len(panels) == 1:
        labels += [panels[0].get_xlabel(), panels[0].get_ylabel()]
    lines = [re.sub(r"\s*\n\s*", "; ", label) for label in labels if label]
    return " ".join([said, *(f"{line[:1].upper()}{line[1:]}." for line in lines)])


def _range(table: pd.DataFrame, column: str) -> str:
    """Say where in the table the lowest and the highest value of the column stand that the chart is about."""
    if column not in table.columns or table[column].isna().all():
        return ""
    known = table.dropna(subset=[column]).reset_index(drop=True)
    named = [
        name for name in known.columns if name != "reason" and not pd.api.types.is_numeric_dtype(known[name].dtype)
    ][:3]
    ends = [known.iloc[int(known[column].argmin())], known.iloc[int(known[column].argmax())]]
    low, high = (
        f"{row[column]:,.4g}" + (f" ({', '.join(str(row[name]) for name in named)})" if named else "") for row in ends
    )
    what = column.replace("_per_1000", " per 1,000").replace("_", " ")
    return f"In its table of {len(known):,} values, {what} runs from {low} to {high}."


def _listed(names: list[str]) -> str:
    rest = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + rest
