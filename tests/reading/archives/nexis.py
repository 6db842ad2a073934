"""Nexis exports: DOCX and RTF of Nexis Uni, TXT of the old nexis.com.

No story's address is in any of them. The labels in German and French stand in `LABELS` and `OLD_LABELS`: the
description of the format names few of them, the others are the author's choice.
"""

import io
import itertools
import textwrap
import zipfile
from collections.abc import Collection
from typing import Any, Literal

from .common import DAYS, encode, halves, long_date, markup, row, rtf_document, rtf_text
from .stories import Story

__all__ = ["LABELS", "OLD_LABELS", "docx", "expected", "rtf", "txt"]

NBSP = "\u00a0"
LABELS = {
    "en": {
        "when": "Date and Time", "job": "Job Number", "documents": "Documents", "section": "Section", "length": "Length",
        "words": "words", "byline": "Byline", "highlight": "Highlight", "dateline": "Dateline", "graphic": "Graphic",
        "body": "Body", "classification": "Classification", "language": "Language", "load": "Load-Date",
        "type": "Publication-Type", "subject": "Subject", "end": "End of Document",
    },
    "de": {
        "when": "Datum und Uhrzeit", "job": "Auftragsnummer", "documents": "Dokumente", "section": "Rubrik",
        "length": "Länge", "words": "Wörter", "byline": "Autor", "highlight": "Highlight", "dateline": "Ort",
        "graphic": "Grafik", "body": "Text", "classification": "Klassifizierung", "language": "Sprache",
        "load": "Update", "type": "Publikationstyp", "subject": "Thema", "end": "Ende des Dokuments",
    },
    "fr": {
        "when": "Date et heure", "job": "Numéro de tâche", "documents": "Documents", "section": "Rubrique",
        "length": "Longueur", "words": "mots", "byline": "Auteur", "highlight": "Résumé", "dateline": "Lieu",
        "graphic": "Illustration", "body": "Texte", "classification": "Classification", "language": "Langue",
        "load": "Date de chargement", "type": "Type de publication", "subject": "Sujet", "end": "Fin du document",
    },
}  # fmt: skip
OLD_LABELS = {
    "en": {
        "mark": "{} of {} DOCUMENTS", "byline": "BYLINE", "section": "SECTION", "length": "LENGTH", "words": "words",
        "highlight": "HIGHLIGHT", "language": "LANGUAGE", "load": "LOAD-DATE", "graphic": "GRAPHIC",
        "dateline": "DATELINE",
    },
    "de": {
        "mark": "Dokument {} von {}", "byline": "AUTOR", "section": "RUBRIK", "length": "LÄNGE", "words": "Wörter",
        "highlight": "HIGHLIGHT", "language": "SPRACHE", "load": "UPDATE", "graphic": "GRAFIK", "dateline": "ORT",
    },
    "fr": {
        "mark": "Document {} de {}", "byline": "AUTEUR", "section": "RUBRIQUE", "length": "LONGUEUR", "words": "mots",
        "highlight": "RÉSUMÉ", "language": "LANGUE", "load": "DATE-CHARGEMENT", "graphic": "ILLUSTRATION",
        "dateline": "LIEU",
    },
}  # fmt: skip
LANGUAGE_NAMES = {"en": "ENGLISH", "de": "GERMAN; DEUTSCH", "fr": "FRENCH; FRANÇAIS"}
ABSTRACT = "This summary was written by the archive and by no newspaper."
CLOCK = "9:20 AM GMT"


def _date_line(story: Story, language: str, *, clock: bool, month_only: bool, weekday_first: bool) -> str:
    """Write ``July 1, 2019 Monday 9:20 AM GMT``, or what the options make of it."""
    date = long_date(story.date, language)
    if month_only:
        # ``July 2019``, as monthlies have it.
        return " ".join(
            part for part in date.replace(",", "").split() if not part.rstrip(".").isdigit() or len(part) == 4
        )
    day = DAYS[language][story.date.weekday()]
    written = f"{day}, {date}" if weekday_first else f"{date} {day}"
    return f"{written} {CLOCK}" if clock else written


def _layout(
    stories: list[Story],
    *,
    language: str = "en",
    cover: bool = True,
    cover_blanks: int = 3,
    stated_count: int | None = None,
    copyright_line: bool = True,
    all_rights: bool = True,
    classification: bool = True,
    blank_lines: int = 1,
    header_blanks: int = 2,
    photo_only: Collection[int] = (),
    graphic: Collection[int] = (),
    glued_highlight: bool = False,
    nbsp: bool = True,
    byline_label: str = "",
    body_label: str = "",
    split_heading: bool = False,
    clock: bool = True,
    month_only: bool = False,
    weekday_first: bool = False,
    city: bool = False,
    dateline: bool = False,
    abstract: bool = False,
    highlight: bool = True,
) -> list[tuple[str, str]]:
    """Lay a Nexis Uni file out as (kind, text) of its paragraphs; the options are those of `docx`."""
    labels = LABELS[language]
    gap = NBSP if nbsp else " "
    lines: list[tuple[str, str]] = []

    def blanks(number: int) -> None:
        lines.extend([("blank", "")] * number)

    def labelled(label: str, text: str) -> None:
        if text:
            lines.append(("label", f"{label}:{gap}{text}"))

    if cover:
        lines.append(("plain", f"{labels['when']}:{gap}Tuesday, 24 November, 2020 10:11:00 AM CET"))
        lines.append(("plain", f"{labels['job']}:{gap}131571234"))
        blanks(1)
        lines.append(("cover", f"{labels['documents']} ({len(stories) if stated_count is None else stated_count})"))
        for number, story in enumerate(stories, 1):
            lines.append(("cover", f"{number}. {story.headline}"))
            lines.append(("plain", f"Client/Matter:{gap}-None-"))
            lines.append(("plain", f"Search Terms:{gap}ferry or tide and Length: 3"))
            lines.append(("plain", f"Search Type:{gap}Terms and Connectors"))
            lines.append(("plain", f"Narrowed by:{gap}"))
            lines.append(("plain", "Content Type\tNarrowed by"))
            lines.append(("plain", "News\t-None-"))
        blanks(cover_blanks)

    for index, story in enumerate(stories):
        lines.extend(("heading", half) for half in (halves(story.headline) if split_heading else [story.headline]))
        lines.append(("plain", f"{story.outlet}({story.city})" if city else story.outlet))
        date = _date_line(story, language, clock=clock, month_only=month_only, weekday_first=weekday_first)
        lines.append(("plain", date))
        if copyright_line:
            rights = " All Rights Reserved" if all_rights else ""
            lines.append(("plain", f"Copyright {story.date.year} {story.outlet}{rights}"))
        blanks(header_blanks)
        labelled(labels["section"], story.section)
        labelled(labels["length"], f"{0 if index in photo_only else story.words} {labels['words']}")
        byline, standfirst = story.byline, story.standfirst if highlight else ""
        if glued_highlight and byline and standfirst:
            byline, standfirst = f"{byline} {labels['highlight']}:{gap}{standfirst}", ""
        labelled(byline_label or labels["byline"], byline)
        labelled(labels["highlight"], standfirst)
        labelled(labels["dateline"], story.city.upper() if dateline else "")
        if index not in photo_only:
            blanks(1)
            lines.append(("label", body_label or labels["body"]))
            blanks(header_blanks)
            if abstract:
                lines.append(("plain", "ABSTRACT"))
                blanks(blank_lines)
                lines.append(("plain", ABSTRACT))
                blanks(blank_lines)
                lines.append(("plain", "FULL TEXT"))
                blanks(blank_lines)
            for paragraph in story.paragraphs:
                lines.append(("plain", paragraph))
                blanks(blank_lines)
        if index in photo_only or index in graphic:
            blanks(1)
            lines.append(("label", labels["graphic"]))
            blanks(1)
            lines.append(("plain", story.caption))
            blanks(1)
        if classification:
            blanks(1)
            lines.append(("label", labels["classification"]))
            blanks(2)
            labelled(labels["language"], LANGUAGE_NAMES[story.language])
            blanks(1)
            labelled(labels["type"], "Newspaper")
            blanks(1)
            labelled(labels["subject"], "FERRIES & BOATS (92%); TIDES (78%); Length: 3 (50%)")
            blanks(1)
        labelled(labels["load"], long_date(story.date, language))
        blanks(2)
        lines.append(("label", labels["end"]))
        blanks(1)
    return lines


def docx(
    stories: list[Story],
    *,
    heading_break: Literal["paragraph", "break"] = "paragraph",
    heading_style: bool = False,
    link: bool = False,
    runs: int = 1,
    **layout: Any,
) -> bytes:
    """Write a Nexis Uni DOCX.

    Parameters
    ----------
    stories
        The articles, up to 500 in a real file.
    heading_break
        Whether `split_heading` makes two paragraphs or one with a line break.
    heading_style
        Give headlines the style Heading1, as newer files do.
    link
        Put headlines, here and on the cover, into hyperlinks, where some readers of DOCX do not look.
    runs
        Cut each paragraph into so many runs, within words too.
    **layout
        ``language`` of the interface; ``cover`` or none; ``cover_blanks`` after it (0: the first article follows
        directly); ``stated_count`` on it; ``copyright_line``, ``all_rights``; ``classification``; ``blank_lines``
        between paragraphs; ``header_blanks`` after the heading and after Body; ``photo_only`` (places of articles
        without Body), ``graphic`` (places of articles with Body and a caption); ``glued_highlight`` (at the end of
        the byline); ``nbsp`` after labels; ``byline_label`` and ``body_label`` ("Author", "Text");
        ``split_heading``; ``clock``, ``month_only``, ``weekday_first`` (the date line); ``city`` in brackets after
        the outlet; ``dateline``; ``abstract`` (ABSTRACT and FULL TEXT marks); ``highlight`` or none.
    """
    parts: list[str] = []
    for kind, group in itertools.groupby(_layout(stories, **layout), key=lambda line: line[0]):
        texts = [text for _, text in group]
        if kind == "heading" and heading_break == "break":
            # Headlines never touch, so that a group is one headline.
            texts = ["\n".join(texts)]
        parts.extend(_paragraph(kind, text, heading_style=heading_style, link=link, runs=runs) for text in texts)
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + "".join(parts)
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    files = {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            # A fixed time makes the same stories the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (2020, 11, 24, 10, 11, 0)), text.encode("utf-8"))
    return written.getvalue()


CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _paragraph(kind: str, text: str, *, heading_style: bool, link: bool, runs: int) -> str:
    """Write one paragraph of WordprocessingML; a line break in the text is a break element, a tab a tab element."""
    if not text:
        return "<w:p/>"
    bold, pieces = "", [text]
    if kind == "label":
        # The label is bold, what follows it is not: two runs.
        bold = "<w:rPr><w:b/></w:rPr>"
        label, colon, value = text.partition(":")
        pieces = [label + colon, value] if value else [text]
    if runs > 1:
        size = -(-len(text) // runs)
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
    made = []
    for number, piece in enumerate(pieces):
        inside = "".join(
            {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part) or f'<w:t xml:space="preserve">{markup(part)}</w:t>'
            for part in _cut(piece)
        )
        made.append(f"<w:r>{bold if number == 0 else ''}{inside}</w:r>")
    content = "".join(made)
    if link and kind in ("heading", "cover"):
        content = f'<w:hyperlink w:anchor="Bookmark_1" w:history="1">{content}</w:hyperlink>'
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if heading_style and kind == "heading" else ""
    return f"<w:p>{style}{content}</w:p>"


def _cut(text: str) -> list[str]:
    """Cut a text around its line breaks and tabs, which are kept."""
    return [
        "".join(group) for _, group in itertools.groupby(text, key=lambda letter: letter if letter in "\n\t" else "")
    ]


def rtf(
    stories: list[Story],
    *,
    escapes: Literal["unicode", "ansi"] = "unicode",
    heading_break: Literal["paragraph", "break"] = "paragraph",
    **layout: Any,
) -> bytes:
    r"""Write a Nexis Uni RTF: `escapes` are ``\u8217?`` or ``\'92``; `layout` as in `docx`."""
    made = []
    for kind, group in itertools.groupby(_layout(stories, **layout), key=lambda line: line[0]):
        texts = [rtf_text(text, escapes).replace("\t", r"\tab ") for _, text in group]
        if kind == "heading" and heading_break == "break":
            texts = [r"\line ".join(texts)]
        for text in texts:
            if kind == "label":
                label, colon, value = text.partition(":")
                text = f"{{\\b {label}{colon}}}{value}"
            elif kind == "heading":
                text = f"{{\\b\\fs28 {text}}}"
            made.append(f"\\pard\\plain\\f0\\fs20 {text}\\par")
    return rtf_document("\n".join(made))


def txt(
    stories: list[Story],
    *,
    encoding: str = "utf-8",
    newline: str = "\n",
    language: str = "en",
    stated_count: int | None = None,
    first_number: int = 1,
    blank_lines: int = 1,
    wrap: int = 0,
    centred: bool = True,
    city: bool = False,
    edition: str = "",
    weekday_first: bool = False,
    month_only: bool = False,
    split_heading: bool = False,
    highlight: bool = False,
    dateline: Literal["", "before", "after"] = "",
    photo_only: Collection[int] = (),
    graphic: Collection[int] = (),
    copyright_at: Literal["", "start", "end"] = "",
    load_date: bool = True,
) -> bytes:
    """Write a TXT of the old nexis.com.

    Parameters
    ----------
    stories, encoding, newline, language, stated_count, blank_lines, city, photo_only, graphic
        As in `docx`; `stated_count` is the second number of ``1 of 10 DOCUMENTS``.
    first_number
        Number of the first article: a search of 1,200 came in several files.
    wrap
        Wrap the body and the standfirst at so many characters; 0 has a paragraph in a line.
    centred
        Indent what stands above the headline, as these files do.
    edition
        A line below the date.
    highlight
        Write the standfirst, before LENGTH, which stays the last line of the labels.
    dateline
        Put DATELINE between LENGTH and the body, or among the labels after the body.
    copyright_at
        Write two copyright lines above the outlet or at the end of the article.
    load_date
        Write LOAD-DATE; without it LANGUAGE is the last label, or GRAPHIC where there is one.
    """
    labels = OLD_LABELS[language]
    total = len(stories) + first_number - 1 if stated_count is None else stated_count
    between = "\n" * (blank_lines + 1)

    def middle(text: str) -> str:
        return text.center(78).rstrip() if centred else text

    def wrapped(text: str) -> str:
        return "\n".join(textwrap.wrap(text, wrap, break_long_words=False, break_on_hyphens=False)) if wrap else text

    made = []
    for index, story in enumerate(stories):
        photo = index in photo_only
        rights = f"Copyright {story.date.year} {story.outlet}\nAll Rights Reserved"
        above = [middle(labels["mark"].format(index + first_number, total))]
        if copyright_at == "start":
            above.append("\n".join(middle(line) for line in rights.split("\n")))
        above.append(middle(f"{story.outlet} ({story.city})" if city else story.outlet))
        date = _date_line(story, language, clock=False, month_only=month_only, weekday_first=weekday_first)
        above.append("\n".join(middle(line) for line in (date, edition) if line))
        above.append("\n".join(halves(story.headline)) if split_heading else story.headline)
        head = [
            (labels["byline"], story.byline),
            (labels["section"], story.section),
            (labels["highlight"], wrapped(story.standfirst) if highlight else ""),
            (labels["length"], f"{0 if photo else story.words} {labels['words']}"),
            (labels["dateline"], story.city.upper() if dateline == "before" else ""),
        ]
        tail = [
            (labels["language"], LANGUAGE_NAMES[story.language]),
            (labels["load"], long_date(story.date, language) if load_date else ""),
            (labels["graphic"], story.caption if photo or index in graphic else ""),
            (labels["dateline"], story.city.upper() if dateline == "after" else ""),
        ]
        blocks = [
            "\n\n".join(above),
            *(f"{label}: {text}" for label, text in head if text),
            *([] if photo else [between.join(wrapped(paragraph) for paragraph in story.paragraphs)]),
            *(f"{label}: {text}" for label, text in tail if text),
            *([rights] if copyright_at == "end" else []),
        ]
        made.append("\n\n".join(blocks) + "\n")
    return encode("\n" + "\n\n\n".join(made), encoding, newline)


def expected(
    stories: list[Story], form: Literal["docx", "rtf", "txt"] = "docx", **options: Any
) -> list[dict[str, Any]]:
    """Give the rows a right reader returns for a file written with the same options.

    The outlet is without its city in brackets. A glued Highlight is cut off the byline. A headline of two lines is
    joined by a blank. A date without a day is None. An article without Body has an empty body; captions, and the
    abstract before FULL TEXT, belong to no body. The address is "".
    """
    photo_only = options.get("photo_only", ())
    highlight = options.get("highlight", form != "txt")
    return [
        row(
            story,
            date=None if options.get("month_only") else story.date,
            standfirst=story.standfirst if highlight else "",
            body="" if index in photo_only else story.body,
            url="",
        )
        for index, story in enumerate(stories)
    ]
