"""Factiva exports: HTML with and without codes, RTF with codes, XML.

Factiva has no field for a standfirst. With codes and in XML it says which paragraphs lead.
"""

from collections.abc import Collection
from typing import Any, Literal

from .common import MONTHS, day_first, declared, halves, html_page, markup, row, rtf_document, rtf_text
from .stories import Story

__all__ = ["expected", "html", "html_plain", "rtf", "xml"]

WORDS = {"en": "words", "de": "Wörter", "fr": "mots"}
PAGES = {"en": "Page", "de": "Seite", "fr": "Page"}
LANGUAGE_NAMES = {
    "en": {"en": "English", "de": "German", "fr": "French"},
    "de": {"en": "Englisch", "de": "Deutsch", "fr": "Französisch"},
    "fr": {"en": "Anglais", "de": "Allemand", "fr": "Français"},
}
CODED = {
    "CO": "tstbrd : Tidewell Ferry Board PLC",
    "IN": "i72 : Water Transport | i74 : Shipping",
    "NS": "gtran : Transport | gcat : Political/General News",
    "RE": "uk : United Kingdom | eurz : Europe",
    "IPC": "NEWS",
    "IPD": "Length: 3 | Tides",
    "PUB": "Invented Newspapers Ltd.",
}


def _accession(story: Story, index: int) -> str:
    """Make an accession number of Factiva's shape."""
    return f"TESTFR00{story.date:%Y%m%d}e7{index:05x}"


def _fields(
    story: Story,
    index: int,
    *,
    language: str,
    month_only: bool,
    clock: bool,
    coded: bool,
    without: Collection[str],
    all_in: Literal["", "LP", "TD"],
) -> list[tuple[str, tuple[str, ...]]]:
    """Give (code, paragraphs) in Factiva's order; what is empty is left out."""
    lead, rest = story.lead, story.rest
    if all_in:
        lead, rest = (story.paragraphs, ()) if all_in == "LP" else ((), story.paragraphs)
    date = (
        f"{MONTHS[language][story.date.month - 1]} {story.date.year}" if month_only else day_first(story.date, language)
    )
    fields: list[tuple[str, tuple[str, ...]]] = [
        ("SE", (story.section,)),
        ("HD", (story.headline,)),
        ("BY", (story.byline,)),
        ("CR", (story.agency,)),
        ("WC", (f"{story.words} {WORDS[language]}",)),
        ("PD", (date,)),
        ("ET", ("09:20" if clock else "",)),
        ("SN", (story.outlet,)),
        ("SC", ("TESTFR",)),
        ("ED", ("1",)),
        ("PG", ("5",)),
        ("VOL", ("12",)),
        ("LA", (LANGUAGE_NAMES[language][story.language],)),
        ("CY", (f"Copyright {story.date.year}. {story.outlet}. All rights reserved.",)),
        ("LP", lead),
        ("TD", rest),
        *((code, (text,)) for code, text in CODED.items() if coded),
        ("AN", (f"Document {_accession(story, index)}",)),
    ]
    return [(code, texts) for code, texts in fields if code not in without and any(texts)]


def html(
    stories: list[Story],
    *,
    language: str = "en",
    month_only: bool = False,
    clock: bool = True,
    coded: bool = True,
    without: Collection[str] = (),
    all_in: Literal["", "LP", "TD"] = "",
    split_heading: bool = False,
    quotes: str = "'",
    nbsp: bool = True,
    wrap: int = 0,
    entities: bool = False,
    encoding: str = "utf-8",
    meta: bool = True,
    stated_count: int | None = None,
) -> bytes:
    """Write HTML with codes, one table for an article.

    Parameters
    ----------
    stories
        The articles.
    language
        Language of the interface: of the date, of ``words`` and of the name of the language.
    month_only
        Write a date without a day.
    clock, coded
        Write ET; write CO, IN, NS and the other lists of codes.
    without
        Codes that are left out, such as ``{"BY", "SE"}``.
    all_in
        Put all paragraphs into LP or TD, and leave the other out.
    split_heading
        Break the headline by ``<br/>``.
    quotes, nbsp, wrap, entities
        The quotation mark of attributes; U+00A0 after the code; width of the source; named characters.
    encoding, meta
        The encoding, and whether the page names it.
    stated_count
        How many documents the head of the page claims; None has no such head.
    """
    made = [] if stated_count is None else [f"<div><b>Factiva</b>: {stated_count} documents</div>"]
    for index, story in enumerate(stories):
        rows = []
        for code, texts in _fields(
            story,
            index,
            language=language,
            month_only=month_only,
            clock=clock,
            coded=coded,
            without=without,
            all_in=all_in,
        ):
            if code == "HD":
                parts = halves(texts[0]) if split_heading else texts
                value = "<br/>".join(markup(part, wrap, entities=entities) for part in parts)
                value = f"<b class={quotes}{story.language}Headline{quotes}>{value}</b>"
            elif code in ("LP", "TD"):
                value = _html_paragraphs(texts, story.language, wrap, entities)
            else:
                value = markup(texts[0], wrap, entities=entities)
            space = "&nbsp;" if nbsp else ""
            rows.append(f'<tr><td valign="top"><b>{code}</b>{space}</td><td>{value}</td></tr>')
        name = f"article {story.language}Article"
        made.append(f"<div class={quotes}{name}{quotes}><table>\n" + "\n".join(rows) + "\n</table></div><br/>")
    return html_page("\n".join(made), encoding, language=language, meta=meta)


def _html_paragraphs(texts: tuple[str, ...], language: str, wrap: int, entities: bool) -> str:
    """Write the paragraphs with their class."""
    start = f'<p class="articleParagraph {language}articleParagraph">'
    return "\n".join(f"{start}{markup(text, wrap, entities=entities)}</p>" for text in texts)


def html_plain(
    stories: list[Story],
    *,
    language: str = "en",
    month_only: bool = False,
    clock: bool = False,
    section: bool = True,
    page: bool = False,
    split_heading: bool = False,
    wrap: int = 0,
    entities: bool = False,
    encoding: str = "utf-8",
    meta: bool = True,
) -> bytes:
    """Write HTML without codes: what is not the headline or a paragraph stands in divisions without names.

    Parameters
    ----------
    stories, language, month_only, split_heading, wrap, entities, encoding, meta
        As in `html`.
    clock
        Write the time after the date, which moves the outlet on.
    section
        Write a section, where the story has one; where not, the language follows the source's code.
    page
        Write the page after the section.
    """
    made = []
    for index, story in enumerate(stories):
        month = f"{MONTHS[language][story.date.month - 1]} {story.date.year}"
        parts = halves(story.headline) if split_heading else [story.headline]
        headline = "<br/>".join(markup(part, wrap, entities=entities) for part in parts)
        divisions = [
            # Only this one has a place before the length.
            story.byline,
            f"{story.words} {WORDS[language]}",
            month if month_only else day_first(story.date, language),
            "09:20" if clock else "",
            story.outlet,
            "TESTFR",
            story.section if section else "",
            f"{PAGES[language]} 5" if page else "",
            LANGUAGE_NAMES[language][story.language],
            f"Copyright {story.date.year}. {story.outlet}. All rights reserved.",
        ]
        lines = [f'<div class="article {story.language}Article">']
        lines.append(f'<div id="hd"><span class="{story.language}Headline">{headline}</span></div>')
        lines.extend(f"<div>{markup(text, wrap, entities=entities)}</div>" for text in divisions if text)
        lines.append(_html_paragraphs(story.paragraphs, story.language, wrap, entities))
        lines.append(f"<p>Document {_accession(story, index)}</p>\n</div><br/>")
        made.append("\n".join(lines))
    return html_page("\n".join(made), encoding, language=language, meta=meta)


def rtf(
    stories: list[Story],
    *,
    language: str = "en",
    month_only: bool = False,
    clock: bool = True,
    coded: bool = True,
    without: Collection[str] = (),
    all_in: Literal["", "LP", "TD"] = "",
    split_heading: bool = False,
    escapes: Literal["unicode", "ansi"] = "unicode",
    table: bool = True,
) -> bytes:
    r"""Write RTF with codes.

    Parameters
    ----------
    stories, language, month_only, clock, coded, without, all_in, split_heading
        As in `html`; a headline is broken by ``\line``.
    escapes
        Characters as ``\u8217?`` or as ``\'92``.
    table
        A code and its value are two cells of a row; without, they are parted by a tab in a paragraph, and the
        further paragraphs of LP and TD start with a tab.
    """
    made = []
    for index, story in enumerate(stories):
        for code, texts in _fields(
            story,
            index,
            language=language,
            month_only=month_only,
            clock=clock,
            coded=coded,
            without=without,
            all_in=all_in,
        ):
            if code == "HD" and split_heading:
                written = [r"\line ".join(rtf_text(half, escapes) for half in halves(texts[0]))]
            else:
                written = [rtf_text(text, escapes) for text in texts]
            if table:
                value = r"\par ".join(written)
                made.append(
                    r"\trowd\trgaph108\cellx900\cellx9000\pard\intbl "
                    f"{{\\b {code}}}\\cell {{{value}}}\\cell\\row"
                )
            else:
                value = "\\par\n\\tab ".join(written)
                made.append(f"\\pard\\plain {{\\b {code}}}\\tab {value}\\par")
        made.append(r"\pard\plain\par\page")
    return rtf_document("\n".join(made))


def xml(
    stories: list[Story],
    *,
    date_element: Literal["date", "dateTime"] = "date",
    highlights: bool = False,
    split_heading: bool = False,
    without: Collection[str] = (),
    all_in: Literal["", "LP", "TD"] = "",
    namespace: str = "",
    encoding: str = "utf-8",
    stated_count: int | None = None,
) -> bytes:
    """Write XML.

    Parameters
    ----------
    stories
        The articles.
    date_element
        ``publicationDate/date`` (``2019-07-01``) or ``publicationDate/dateTime`` (``2019-07-01T09:20:00Z``).
    highlights
        Mark a word of the headline and of each paragraph by ``hlt``.
    split_heading
        Write the headline as two paragraphs.
    without
        Names of elements that are left out, such as ``{"byline", "sectionName"}``.
    all_in
        Put all paragraphs into leadParagraph ("LP") or tailParagraphs ("TD").
    namespace
        Default namespace of the root, or "".
    encoding
        Written in the declaration.
    stated_count
        Attribute ``count`` of the set, else the true number.
    """

    def text(value: str) -> str:
        if not highlights:
            return markup(value)
        words = value.split(" ")
        place = len(words) // 2
        marked = f"<hlt>{markup(words[place])}</hlt>"
        return " ".join([*map(markup, words[:place]), marked, *map(markup, words[place + 1 :])])

    def paragraphs(name: str, values: tuple[str, ...] | list[str]) -> str:
        inside = "".join(f'<paragraph display="Proportional">{text(value)}</paragraph>' for value in values)
        return f"<{name}>{inside}</{name}>" if values and name not in without else ""

    def element(name: str, value: str) -> str:
        return f"<{name}>{markup(value)}</{name}>" if value and name not in without else ""

    made = []
    for index, story in enumerate(stories):
        lead, rest = story.lead, story.rest
        if all_in:
            lead, rest = (story.paragraphs, ()) if all_in == "LP" else ((), story.paragraphs)
        date = story.date.isoformat() + ("T09:20:00Z" if date_element == "dateTime" else "")
        parts = [
            element("accessionNo", _accession(story, index)),
            element("reference", f"distdoc:archive/ArchiveDoc::Article/{_accession(story, index)}"),
            element("baseLanguage", story.language),
            element("copyright", f"Copyright {story.date.year}. {story.outlet}."),
            paragraphs("headline", halves(story.headline) if split_heading else [story.headline]),
            paragraphs("leadParagraph", lead),
            paragraphs("tailParagraphs", rest),
            element("byline", story.byline),
            f"<publicationDate><{date_element}>{date}</{date_element}></publicationDate>",
            element("sourceName", story.outlet),
            element("sectionName", story.section),
            element("edition", "1"),
            element("page", "5"),
            element("wordCount", str(story.words)),
            element("publisherName", "Invented Newspapers Ltd."),
            "<newsSubject><name>Transport</name></newsSubject><newsSubject><name>Tides</name></newsSubject>",
            "<region><name>Europe</name></region><company><name>Tidewell Ferry Board PLC</name></company>",
            '<industry><name>Shipping</name></industry><descField code="IPD">Length: 3</descField>',
        ]
        made.append("<article>\n" + "\n".join(part for part in parts if part) + "\n</article>")
    start = f' xmlns="{namespace}"' if namespace else ""
    count = len(stories) if stated_count is None else stated_count
    whole = (
        f'<?xml version="1.0" encoding="{declared(encoding)}"?>\n<PPSResponse{start}><articleResponse>'
        f'<articleResultSet count="{count}">\n'
        + "\n".join(made)
        + "\n</articleResultSet></articleResponse></PPSResponse>\n"
    )
    return whole.encode(encoding)


def expected(
    stories: list[Story],
    form: Literal["html", "html_plain", "rtf", "xml"] = "html",
    **options: Any,
) -> list[dict[str, Any]]:
    """Give the rows a right reader returns for a file written with the same options.

    The standfirst and the address are "" everywhere. ``lead_paragraphs`` is the number of paragraphs in LP (in
    leadParagraph), 0 where there is none; without codes nobody knows it, and it is 1. A date without a day is None.
    The credit (CR) is no byline.
    """
    without = options.get("without", ())
    all_in = options.get("all_in", "")
    rows = []
    for story in stories:
        lead = {"": len(story.lead), "LP": len(story.paragraphs), "TD": 0}[all_in]
        # Codes and names of elements are distinct, so that one look does for all forms.
        body = "\n\n".join(
            text
            for names, texts in (
                ({"LP", "leadParagraph"}, story.paragraphs[:lead]),
                ({"TD", "tailParagraphs"}, story.paragraphs[lead:]),
            )
            if not names & set(without)
            for text in texts
        )
        rows.append(
            row(
                story,
                date=None if options.get("month_only") or "PD" in without else story.date,
                standfirst="",
                body=body,
                byline="" if {"BY", "byline"} & set(without) else story.byline,
                section=""
                if {"SE", "sectionName"} & set(without) or not options.get("section", True)
                else story.section,
                url="",
                lead_paragraphs=1 if form == "html_plain" else 0 if {"LP", "leadParagraph"} & set(without) else lead,
            )
        )
    return rows
