"""Exports of the old nexis.com in the orders, languages and forms that `nexis.txt` does not have.

Written from the description of the format and a look at public samples, apart from the reader. The labels in Dutch, Spanish and
Italian are those of the samples where they have any, else the author's choice.
"""

import textwrap
from collections.abc import Sequence
from typing import Any, Literal

from .common import declared, long_date, markup, row, rtf_document, rtf_text
from .stories import Story

__all__ = ["LABELS", "expected", "html", "rtf", "txt"]

LABELS = {
    "en": {
        "mark": "{} of {} DOCUMENTS", "byline": "BYLINE", "section": "SECTION", "length": "LENGTH: {} words",
        "headline": "HEADLINE", "highlight": "HIGHLIGHT", "body": "BODY", "language": "LANGUAGE: ENGLISH",
        "load": "LOAD-DATE", "type": "PUBLICATION-TYPE: Newspaper", "dateline": "DATELINE",
    },
    "de": {
        "mark": "Dokument {} von {}", "byline": "AUTOR", "section": "RUBRIK", "length": "LÄNGE: {} Wörter",
        "headline": "ÜBERSCHRIFT", "highlight": "HIGHLIGHT", "body": "TEXT", "language": "SPRACHE: GERMAN; DEUTSCH",
        "load": "UPDATE", "type": "PUBLICATION-TYPE: Zeitung", "dateline": "ORTSZEILE",
    },
    "fr": {
        "mark": "Document {} de {}", "byline": "SIGNATURE", "section": "RUBRIQUE", "length": "LONGUEUR: {} mots",
        "headline": "TITRE", "highlight": "CHAPEAU", "body": "ARTICLE", "language": "LANGUE: FRENCH; FRANÇAIS",
        "load": "DATE-CHARGEMENT", "type": "TYPE-PUBLICATION: Journal", "dateline": "LIEU",
    },
    "nl": {
        "mark": "{} van {} DOCUMENTEN", "byline": "AUTEUR", "section": "RUBRIEK", "length": "LENGTE: {} woorden",
        "headline": "KOP", "highlight": "SAMENVATTING", "body": "TEKST", "language": "TAAL: Dutch / Nederlands",
        "load": "LOAD-DATE", "type": "PUB-TYPE: Paper", "dateline": "PLAATS",
    },
    "es": {
        "mark": "Documento {} de {}", "byline": "AUTOR", "section": "SECCIÓN", "length": "LONGITUD: {} palabras",
        "headline": "TITULAR", "highlight": "RESUMEN", "body": "TEXTO", "language": "IDIOMA: SPANISH; ESPAÑOL",
        "load": "FECHA-DE-CARGA", "type": "TIPO-DE-PUBLICACIÓN: Periódico", "dateline": "LUGAR",
    },
    "it": {
        "mark": "{} di {} DOCUMENTI", "byline": "AUTORE", "section": "SEZIONE", "length": "LUNGHEZZA: {} parole",
        "headline": "TITOLO", "highlight": "SOMMARIO", "body": "TESTO", "language": "LINGUA: ITALIAN; ITALIANO",
        "load": "DATA-DI-CARICAMENTO", "type": "TIPO-DI-PUBBLICAZIONE: Giornale", "dateline": "LUOGO",
    },
}  # fmt: skip
MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
}
WIDTH = 80

Order = Literal["usual", "labelled", "agency"]


def _date(story: Story, language: str) -> str:
    if language not in MONTHS:
        return long_date(story.date, language)
    month = MONTHS[language][story.date.month - 1]
    return (
        f"{story.date.day} de {month} de {story.date.year}"
        if language == "es"
        else f"{story.date.day} {month} {story.date.year}"
    )


def _blocks(
    story: Story,
    *,
    language: str = "en",
    order: Order = "usual",
    outlet: str = "{}",
    below_outlet: str = "",
    date: str = "{}",
    below_date: Sequence[str] = (),
    headline: str = "{}",
    below_headline: Sequence[str] = (),
    body_mark: bool = False,
    copyright_at: Literal["start", "end"] = "end",
) -> tuple[list[str], list[str], list[str], list[str]]:
    """Lay one article out: the centred blocks at its head, the blocks to its text, its paragraphs, and the blocks below.

    `outlet`, `date` and `headline` are what stands around the story's own; lines of a block are parted by a line end.
    """
    labels = LABELS[language]
    rights = f"Copyright {story.date.year} {story.outlet}\nAll Rights Reserved"
    name = outlet.format(story.outlet) + (f"\n{below_outlet}" if below_outlet else "")
    day = "\n".join([date.format(_date(story, language)), *below_date])
    title = headline.format(story.headline)
    fields = {
        "section": f"{labels['section']}: {story.section}" if story.section else "",
        "length": labels["length"].format(story.words),
        "byline": f"{labels['byline']}: {story.byline}" if story.byline else "",
        "headline": f"{labels['headline']}: {title}",
        "highlight": f"{labels['highlight']}: {story.standfirst}" if story.standfirst else "",
        "dateline": f"{labels['dateline']}: {story.city.upper()}",
        "body": f"{labels['body']}:" if body_mark or order == "labelled" else "",
    }
    ends = [f"{labels['load']}: {_date(story, language)}", labels["language"], labels["type"]]
    head = [rights] if copyright_at == "start" else []
    if order == "usual":
        top, used, late = [name, day], [title, *below_headline], []
        used += [fields[one] for one in ("byline", "section", "length", "highlight", "dateline", "body")]
    elif order == "labelled":
        top, late = [name, day], []
        used = [fields[one] for one in ("section", "length", "headline", "byline", "highlight", "body")]
    else:
        # Agencies: the headline above the date, and what has a label below the text.
        top, used, late = [name, title, day], [fields["dateline"]], [fields["section"], fields["length"]]
    below = [*late, *ends, *([rights] if copyright_at == "end" else [])]
    return [*head, *top], [one for one in used if one], list(story.paragraphs), [one for one in below if one]


def _marks(stories: list[Story], language: str, mark: str, numbers: Sequence[int], total: int | None) -> list[str]:
    places = list(numbers) or list(range(1, len(stories) + 1))
    return [(mark or LABELS[language]["mark"]).format(place, total or len(stories)) for place in places]


def txt(
    stories: list[Story],
    *,
    mark: str = "",
    numbers: Sequence[int] = (),
    total: int | None = None,
    request: str = "",
    separators: bool = True,
    wrap: int = WIDTH,
    **layout: Any,
) -> bytes:
    """Write a text file, wrapped at `wrap` characters as these are; 0 has a paragraph in a line.

    Parameters
    ----------
    stories
        The articles.
    mark
        The separator, as "{} of {} DOCUMENTS"; "" is that of the language.
    numbers, total
        What stands in the separators; all from 1 on by default.
    request
        A page before the first article.
    separators
        Without them it is a single article, as it is saved from the screen.
    wrap
        Width of the lines.
    **layout
        See `_blocks`.
    """
    made = []
    for story, line in zip(stories, _marks(stories, layout.get("language", "en"), mark, numbers, total), strict=True):
        top, head, text, below = _blocks(story, **layout)
        centred = ["\n".join(part.center(WIDTH).rstrip() for part in block.split("\n")) for block in top]
        blocks = [*([line.center(WIDTH).rstrip() + "\n"] if separators else []), *centred, *head, *text, *below]
        made.append("\n\n".join(_wrapped(block, wrap) for block in blocks))
    return ("\n" + request + "\n\n\n".join(made) + "\n").encode("utf-8")


def _wrapped(block: str, wrap: int) -> str:
    if not wrap:
        return block
    options: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False, "drop_whitespace": True}
    return "\n".join(
        line if len(line) <= wrap else "\n".join(textwrap.wrap(line, wrap, **options)) for line in block.split("\n")
    )


def html(
    stories: list[Story],
    *,
    mark: str = "",
    numbers: Sequence[int] = (),
    total: int | None = None,
    stated_count: int | None = None,
    comments: bool = True,
    upper: bool = True,
    encoding: str = "utf-8",
    **layout: Any,
) -> bytes:
    """Write a page of HTML.

    Parameters
    ----------
    stories, mark, numbers, total
        As in `txt`.
    stated_count
        The number of documents in the head of the page; None has none there.
    comments
        With the marks of documents that these pages hide in comments, which some browsers take out.
    upper
        Names of elements in capitals; browsers save them in small letters.
    encoding
        Of the page.
    **layout
        See `_blocks`.
    """
    parts = []
    for number, (story, line) in enumerate(
        zip(stories, _marks(stories, layout.get("language", "en"), mark, numbers, total), strict=True)
    ):
        top, head, text, below = _blocks(story, **layout)
        opened = f"<!-- Hide XML section from browser\n<DOC NUMBER={number + 1}>\n<DOCFULL> -->\n" if comments else ""
        closed = "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n" if comments else ""
        paragraphs = "\n".join(_paragraph(paragraph, "c9") for paragraph in text)
        parts += [
            f'<A NAME="DOC_ID_0_{number}"></A>{opened}',
            _division(f'<P CLASS="c1"><SPAN CLASS="c2">{line}</SPAN></P>'),
            *(_division(_paragraph(block, "c1")) for block in top),
            *(_division(_paragraph(block, "c6")) for block in head),
            _division(paragraphs),
            *(_division(_paragraph(block, "c6")) for block in below),
            closed,
        ]
    meta = f'<META TOPIC="null" DOCUMENTS="{stated_count}" />' if stated_count is not None else ""
    charset = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={declared(encoding)}">'
    page = f"<HTML><HEAD>{charset}\n<STYLE>.c1 {{ text-align: center }}</STYLE>\n<TITLE>&nbsp;</TITLE>\n{meta}</HEAD>\n<BODY>\n"
    page += "".join(parts) + "</BODY></HTML>\n"
    return (page if upper else _lower(page)).encode(encoding)


def _division(inside: str) -> str:
    return f'<BR><DIV CLASS="c5">{inside}</DIV>\n'


def _paragraph(block: str, style: str) -> str:
    """Write a paragraph; a label is a span of its own, and half a date another, as search terms are."""
    lines = [markup(line, entities=True) for line in block.split("\n")]
    first, colon, rest = lines[0].partition(": ")
    if colon and first.isupper():
        lines[0] = f'<SPAN CLASS="c8">{first}: </SPAN><SPAN CLASS="c2">{rest}</SPAN>'
    else:
        word, blank, others = lines[0].partition(" ")
        lines[0] = (
            f'<SPAN CLASS="c4">{word}</SPAN><SPAN CLASS="c2">{blank}{others}</SPAN><SPAN CLASS="c2">&nbsp;</SPAN>'
        )
    return f'<P CLASS="{style}">{"<BR>".join(lines)}</P>'


def _lower(page: str) -> str:
    for name in ("HTML", "HEAD", "BODY", "DIV", "SPAN", "BR", "META", "STYLE", "TITLE", "P", "A"):
        for opening in (f"<{name}", f"</{name}"):
            page = page.replace(f"{opening}>", f"{opening.lower()}>").replace(f"{opening} ", f"{opening.lower()} ")
    return page


def rtf(stories: list[Story], **layout: Any) -> bytes:
    """Write the same in rich text, a paragraph for each block and a blank one after it."""
    made = []
    for story, line in zip(stories, _marks(stories, layout.get("language", "en"), "", (), None), strict=True):
        top, head, text, below = _blocks(story, **layout)
        made += [rtf_text(block).replace("\n", r"\line ") for block in [line, *top, *head, *text, *below]]
    return rtf_document("\n".join(f"\\pard {paragraph}\\par\n\\pard\\par" for paragraph in made))


def expected(stories: list[Story], **layout: Any) -> list[dict[str, Any]]:
    """Give the rows that a right reader returns for a file written with the same options; what is no column of it is left out."""
    is_agency = layout.get("order") == "agency"
    return [
        row(
            story,
            headline=layout.get("headline", "{}").format(story.headline),
            standfirst="" if is_agency else story.standfirst,
            byline="" if is_agency else story.byline,
            url="",
        )
        for story in stories
    ]
