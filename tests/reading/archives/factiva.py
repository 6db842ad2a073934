"""Factiva exports: HTML, RTF and plain text, each with and without codes, and XML.

Factiva has no field for a standfirst. With codes and in XML it says which paragraphs lead.
"""

import datetime
import textwrap
from collections.abc import Collection
from typing import Any, Literal

from .common import MONTHS, day_first, declared, halves, html_page, markup, row, rtf_document, rtf_text
from .stories import Story

__all__ = ["expected", "html", "html_plain", "rtf", "rtf_plain", "text", "xml"]

WORDS = {
    **{"en": "words", "de": "Wörter", "fr": "mots", "es": "palabras", "it": "parole", "pt": "palavras", "ru": "слов"},
    **{"pl": "słów", "tr": "kelime", "ja": "文字", "ko": "단어", "zhcn": "字", "zhtw": "字"},
}
PAGES = {"en": "Page", "de": "Seite", "fr": "Page"}
LANGUAGE_NAMES = {
    "en": {"en": "English", "de": "German", "fr": "French"},
    "de": {"en": "Englisch", "de": "Deutsch", "fr": "Französisch"},
    "fr": {"en": "Anglais", "de": "Allemand", "fr": "Français"},
    "es": {"en": "Inglés", "de": "Alemán", "fr": "Francés"},
    "it": {"en": "Inglese", "de": "Tedesco", "fr": "Francese"},
    "pt": {"en": "Inglês", "de": "Alemão", "fr": "Francês"},
    "ru": {"en": "Английский", "de": "Немецкий", "fr": "Французский"},
    "pl": {"en": "Angielski", "de": "Niemiecki", "fr": "Francuski"},
    "tr": {"en": "İngilizce", "de": "Almanca", "fr": "Fransızca"},
    "ja": {"en": "英語", "de": "ドイツ語", "fr": "フランス語"},
    "ko": {"en": "영어", "de": "독일어", "fr": "프랑스어"},
    "zhcn": {"en": "英文", "de": "德文", "fr": "法文"},
    "zhtw": {"en": "英文", "de": "德文", "fr": "法文"},
}
FURTHER_MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "pt": "Janeiro Fevereiro Março Abril Maio Junho Julho Agosto Setembro Outubro Novembro Dezembro".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split(),
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split(),
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
    return f"TESTFR00{story.date:%Y%m%d}e7{index:07x}"


def _day(date: datetime.date, language: str) -> str:
    """Write a day as the interface does."""
    if language in ("ja", "zhcn", "zhtw"):
        return f"{date.year} 年 {date.month} 月 {date.day} 日"
    if language == "ko":
        return f"{date.year}년 {date.month}월 {date.day}일"
    if language in FURTHER_MONTHS:
        return f"{date.day} {FURTHER_MONTHS[language][date.month - 1]} {date.year}"
    return day_first(date, language)


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
    date = f"{MONTHS[language][story.date.month - 1]} {story.date.year}" if month_only else _day(story.date, language)
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
    headline_tag: Literal["span", "b"] = "span",
    counted: bool = False,
    author: bool = True,
    wrapped: bool = True,
    languages: tuple[str, ...] = (),
    carried: int = 0,
) -> bytes:
    """Write HTML without codes: what is not headline, author or paragraph stands in divisions without names.

    Parameters
    ----------
    stories, language, month_only, split_heading, wrap, entities, encoding, meta
        As in `html`.
    clock
        Write the time after the date in the same division, as East Asian interfaces do, or below it.
    section
        Write a section above the headline, where the story has one.
    page
        Write edition, page and volume after the source's code.
    headline_tag
        The element of the headline.
    counted
        Write the number of the result before the headline, and say so in its class.
    author
        Mark the division of the byline by its class.
    wrapped
        Write a division with the article's address round each article.
    languages
        Languages that the classes of the articles name in turn, by default the stories'.
    carried
        How many entries without text are listed at the end.
    """
    made = []
    for index, story in enumerate(stories):
        month = f"{MONTHS[language][story.date.month - 1]} {story.date.year}" if month_only else ""
        day, time = month or _day(story.date, language), "09:20" if clock else ""
        if time and language in ("ja", "ko", "zhcn", "zhtw"):
            day, time = f"{day} {time}", ""
        parts = halves(story.headline) if split_heading else [story.headline]
        headline = (f"{index + 1}) " if counted else "") + "<br/>".join(
            markup(part, wrap, entities=entities) for part in parts
        )
        tongue = languages[index % len(languages)] if languages else story.language
        below = [
            f"{story.words} {WORDS[language]}",
            day,
            time,
            story.outlet,
            "TESTFR",
            *(["Late Edition", f"{PAGES[language]} 5", "Volume 12"] if page else []),
            LANGUAGE_NAMES[language][story.language],
            f"Copyright {story.date.year}. {story.outlet}. All rights reserved.",
        ]
        lines = [f'<div id="article-{_accession(story, index)}" class="article">'] if wrapped else []
        lines.append(f'<div class="article {tongue}Article"><p>')
        if section and story.section:
            lines.append(f"<div>{markup(story.section, wrap, entities=entities)}</div>")
        of_count = " counted" if counted else ""
        lines.append(
            f'<div id="hd"><{headline_tag} class="{tongue}Headline{of_count}">{headline}</{headline_tag}>\n</div>'
        )
        if story.byline:
            class_ = ' class="author"' if author else ""
            lines.append(f"<div{class_}>{markup(story.byline, wrap, entities=entities)} </div>")
        lines.extend(f"<div>{markup(text, wrap, entities=entities)}</div>" for text in below if text)
        lines.append("</p>" + _html_paragraphs(story.paragraphs, tongue, wrap, entities))
        lines.append(f"<p>Tidings Press</p><p>Document {_accession(story, index)}</p>\n</div>")
        made.append("\n".join(lines) + ("</div><br/>" if wrapped else "<br/>"))
    entries = "".join(
        f'<tr data-accno="BLOG{number}"><td><b class="printheadline enHeadline">Tides</b></td></tr>'
        for number in range(carried)
    )
    if carried:
        made.append(f'<div id="carryOver"><table class="headlines">{entries}</table></div>')
    return html_page("\n".join(made), encoding, language=language[:2], meta=meta)


def text(
    stories: list[Story],
    *,
    style: Literal["alone", "gap", "space", "none"] = "alone",
    language: str = "en",
    without: Collection[str] = (),
    wrap: int = 0,
    blank: bool = True,
    feet: bool = False,
    summary: bool = False,
    encoding: str = "utf-8",
) -> bytes:
    """Write plain text, as pages of Factiva become when they are copied or saved as text.

    Parameters
    ----------
    stories, language, without, encoding
        As in `html`.
    style
        A code stands alone on its line, before a tab, or before one blank; or there are no codes.
    wrap
        Width of the lines of running text.
    blank
        Blank lines part paragraphs; without them each line is a paragraph.
    feet
        Write the foot of a printed page after each article.
    summary
        Write the summary of the search at the end.
    """
    made = []
    for index, story in enumerate(stories):
        if style == "none":
            lines = _uncoded(story, index, language, wrap, blank)
        else:
            lines = _coded(story, index, style, language, without, wrap, blank)
        made.append("\n".join(lines))
        if feet:
            made.append(f"Page {index + 1} of {len(stories)} © 2021 Factiva, Inc. All rights reserved.\n")
    end = (
        "\n\nSearch Summary\nText\tferry\nDate\tAll Dates\n© 2021 Factiva, Inc. All rights reserved.\n"
        if summary
        else "\n"
    )
    return ("\n\n".join(made) + end).encode(encoding)


def _wrapped(paragraphs: tuple[str, ...], wrap: int, blank: bool) -> list[str]:
    """Give the lines of paragraphs."""
    lines = []
    for paragraph in paragraphs:
        broken = textwrap.wrap(paragraph, wrap, break_long_words=False, break_on_hyphens=False) if wrap else [paragraph]
        lines += [*broken, *([""] if blank else [])]
    return lines


def _uncoded(story: Story, index: int, language: str, wrap: int, blank: bool) -> list[str]:
    return [
        *([story.section, ""] if story.section else []),
        *_wrapped((story.headline,), wrap, blank=True),
        *([f"By {story.byline}"] if story.byline else []),
        f"{story.words} {WORDS[language]}",
        _day(story.date, language),
        story.outlet,
        "TESTFR",
        LANGUAGE_NAMES[language][story.language],
        f"(c) {story.date.year} Tidings Press",
        "",
        *_wrapped(story.paragraphs, wrap, blank),
        "",
        "Tidings Press Ltd",
        "",
        f"Document {_accession(story, index)}",
        "",
    ]


def _coded(
    story: Story, index: int, style: str, language: str, without: Collection[str], wrap: int, blank: bool
) -> list[str]:
    lines = []
    fields = _fields(
        story, index, language=language, month_only=False, clock=True, coded=True, without=without, all_in=""
    )
    for code, texts in fields:
        values = _wrapped(texts, wrap, blank) if code in ("LP", "TD") else [*texts, ""]
        if style == "alone":
            lines += [code, *values]
        else:
            mark = "\t" if style == "gap" else " "
            lines += [f"{code}{mark}{values[0]}", *values[1:]]
    return lines


def rtf_plain(stories: list[Story], *, language: str = "en", escapes: Literal["unicode", "ansi"] = "unicode") -> bytes:
    """Write RTF without codes, each line of `text` a paragraph."""
    made = []
    for index, story in enumerate(stories):
        lines = _uncoded(story, index, language, 0, blank=True)
        made.append("".join(f"{rtf_text(line, escapes)}\\par\n" for line in lines))
    return rtf_document("\\page ".join(made))


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
    form: Literal["html", "html_plain", "rtf", "rtf_plain", "text", "xml"] = "html",
    **options: Any,
) -> list[dict[str, Any]]:
    """Give the rows a right reader returns for a file written with the same options.

    The standfirst and the address are "" everywhere. ``lead_paragraphs`` is the number of paragraphs in LP (in
    leadParagraph), 0 where there is none; without codes nobody knows it, and it is 1. A date without a day is None.
    The credit (CR) is no byline.
    """
    without = options.get("without", ())
    all_in = options.get("all_in", "")
    has_no_lead = form in ("html_plain", "rtf_plain") or options.get("style") == "none"
    says_by = form == "rtf_plain" or options.get("style") == "none"
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
                byline=""
                if {"BY", "byline"} & set(without)
                else f"By {story.byline}"
                if says_by and story.byline
                else story.byline,
                section=""
                if {"SE", "sectionName"} & set(without) or not options.get("section", True)
                else story.section,
                url="",
                lead_paragraphs=1 if has_no_lead else 0 if {"LP", "leadParagraph"} & set(without) else lead,
            )
        )
    return rows
