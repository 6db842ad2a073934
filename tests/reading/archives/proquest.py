"""ProQuest exports: TXT, HTML of the print view and of mails, XML (TDM)."""

from collections.abc import Collection
from html import escape
from typing import Any, Literal

from .common import MONTHS, declared, encode, halves, html_page, long_date, markup, row
from .stories import Story

__all__ = ["expected", "html", "mail", "txt", "xml"]

RULE = "_" * 60
LANGUAGE_NAMES = {"en": "English", "de": "German", "fr": "French"}


def _date(story: Story, style: str) -> str:
    """Write ``Jul 1, 2019``, ``July 1, 2019``, ``2019-07-01`` or ``Jul 2019``."""
    month = MONTHS["en"][story.date.month - 1][:3]
    return {
        "short": f"{month} {story.date.day}, {story.date.year}",
        "long": long_date(story.date, "en"),
        "iso": story.date.isoformat(),
        "month": f"{month} {story.date.year}",
    }[style]


def txt(
    stories: list[Story],
    *,
    date_style: Literal["short", "long", "iso", "month"] = "short",
    abstract: bool = True,
    full_text_first: bool = True,
    no_full_text: Collection[int] = (),
    title_label: bool = True,
    split_heading: bool = False,
    credit_capitals: bool = False,
    leading_rule: bool = True,
    notice: bool = True,
    blank_lines: int = 1,
    encoding: str = "utf-8",
    newline: str = "\n",
    stated_count: int | None = None,
) -> bytes:
    """Write TXT, "Text Only".

    Parameters
    ----------
    stories
        The articles, up to 100 in a real file.
    date_style
        How Publication date is written; "month" has no day.
    abstract
        Write the standfirst as Abstract.
    full_text_first
        Put Abstract and Full text above the other labels rather than among them.
    no_full_text
        Places of articles without Full text.
    title_label
        Write Title, whole, besides the first line.
    split_heading
        Break the first line in two; Title stays whole.
    credit_capitals
        Write CREDIT rather than Credit, for articles of an agency.
    leading_rule
        Start the file with a line of underscores.
    notice
        End the file with a rule and a copyright notice, which is no article.
    blank_lines
        Blank lines between paragraphs of the full text.
    encoding, newline
        How the text is written.
    stated_count
        The count a line at the very start claims; None has no such line.
    """
    made = []
    for index, story in enumerate(stories):
        title = "\n".join(halves(story.headline)) if split_heading else story.headline
        text = [
            ("Abstract", story.standfirst if abstract else ""),
            ("Full text", "" if index in no_full_text else ("\n" * (blank_lines + 1)).join(story.paragraphs)),
        ]
        before = [
            ("Publication info", f"{story.outlet} ; {story.city} [{story.city}]{story.date:%d} "
             f"{MONTHS['en'][story.date.month - 1][:3]} {story.date.year}: 5."),
            ("Links", "https://links.example.org/resolve?genre=article&issn=00000000"),
        ]  # fmt: skip
        after = [
            ("Subject", "Ferries; Tides; Length: 3"),
            ("Business indexing term", "Industry: 48311 : Deep Sea Transport"),
            ("Location", "Tidewell"),
            ("People", "Nobody, Invented"),
            ("Company / organization", "Name: Tidewell Ferry Board; NAICS: 483114"),
            ("Identifier / keyword", "News"),
            ("Title", story.headline if title_label else ""),
            ("Author", story.byline),
            ("CREDIT" if credit_capitals else "Credit", story.agency),
            ("Publication title", story.outlet),
            ("Pages", "5"),
            ("Publication year", str(story.date.year)),
            ("Publication date", _date(story, date_style)),
            ("Section", story.section),
            ("Dateline", story.city.upper()),
            ("Publisher", "Invented Newspapers Ltd."),
            ("Place of publication", story.city),
            ("Country of publication", "Nowhere"),
            ("Publication subject", "General Interest Periodicals"),
            ("ISSN", "00000000"),
            ("Source type", "Newspapers"),
            ("Language of publication", LANGUAGE_NAMES[story.language]),
            ("Document type", "News"),
            ("ProQuest document ID", str(2250000000 + index)),
            ("Document URL", story.url),
            ("Copyright", f"Copyright {story.outlet} {_date(story, 'short')}"),
            ("Last updated", "2020-11-23"),
            ("Database", "Invented Newsstream"),
        ]
        blocks = before + text + after if full_text_first else before + after[:14] + text + after[14:]
        made.append("\n\n".join([title, *(f"{label}: {value}" for label, value in blocks if value)]) + "\n\n")
    if notice:
        made.append(
            "Contact us at: https://help.example.org\n\nDatabase copyright © 2020 Invented LLC. All rights reserved.\n"
        )
    start = "" if stated_count is None else f"{stated_count} documents\n\n"
    if leading_rule:
        start += f"{RULE}\n\n"
    return encode(start + f"{RULE}\n\n".join(made), encoding, newline)


def html(
    stories: list[Story],
    *,
    date_style: Literal["short", "long", "iso", "month"] = "short",
    abstract: bool = True,
    no_full_text: Collection[int] = (),
    split_heading: bool = False,
    wrap: int = 0,
    entities: bool = False,
    encoding: str = "utf-8",
    meta: bool = True,
    stated_count: int | None = None,
) -> bytes:
    """Write HTML of the print view: the options are those of `txt`, `wrap` and `entities` concern the source.

    An article has its title in class ``documentTitle``, a line in ``titleAuthorETC``, the standfirst in
    ``abstract_Text``, its paragraphs within ``<text>``, and below them the labels of TXT in bold.
    """

    def text(value: str) -> str:
        return markup(value, wrap, entities=entities)

    made = [] if stated_count is None else [f"<h1>{stated_count} documents</h1>"]
    for index, story in enumerate(stories):
        title = "<br/>".join(map(text, halves(story.headline))) if split_heading else text(story.headline)
        about = f"{story.byline}. " * bool(story.byline) + f"{story.outlet}; {story.city} [{story.city}]"
        lines = ['<div class="resultItem">', f'<p class="documentTitle"><b>{title}</b></p>']
        lines.append(f'<div class="titleAuthorETC">{text(about)}{_date(story, "short")}: 5.</div>')
        if abstract and story.standfirst:
            lines.append(f'<p><b>Abstract</b></p><div class="abstract_Text"><p>{text(story.standfirst)}</p></div>')
        if index not in no_full_text:
            inside = "\n".join(f"<p>{text(paragraph)}</p>" for paragraph in story.paragraphs)
            lines.append(f"<p><b>Full text</b></p>\n<text>\n{inside}\n</text>")
        labels = {
            "Subject": "Ferries; Tides; Length: 3",
            "Title": story.headline,
            "Author": story.byline,
            "Credit": story.agency,
            "Publication title": story.outlet,
            "Publication year": str(story.date.year),
            "Publication date": _date(story, date_style),
            "Section": story.section,
            "Document URL": story.url,
            "Copyright": f"Copyright {story.outlet} {_date(story, 'short')}",
            "Database": "Invented Newsstream",
        }
        lines.extend(f"<p><b>{label}: </b>{text(value)}</p>" for label, value in labels.items() if value)
        made.append("\n".join([*lines, "</div><hr/>"]))
    made.append("<p>Database copyright © 2020 Invented LLC. All rights reserved.</p>".replace("©", "&copy;"))
    return html_page("\n".join(made), encoding, meta=meta)


def mail(
    stories: list[Story],
    *,
    date_style: Literal["short", "long", "iso", "month"] = "short",
    abstract: bool = True,
    no_full_text: Collection[int] = (),
    addresses: bool = True,
    text_element: Literal["full", "empty", "none"] = "full",
    edition: str = "",
    bold: Literal["strong", "b"] = "strong",
    wrap: int = 0,
    encoding: str = "utf-8",
) -> bytes:
    """Write HTML without classes, as ProQuest mails and saves it: lines, of which all but the headline have a label in bold.

    Parameters
    ----------
    stories, date_style, abstract, no_full_text, wrap, encoding
        As in `html`.
    addresses
        Write the address of each document before it.
    text_element
        The paragraphs stand in an element of the text, below an empty one, as mail programs leave them, or there is none.
    edition
        Written behind headline and outlet.
    bold
        The element of the labels.
    """
    made = ["<p>Nobody sent you the following:</p><p>Email 4 of 5</p>"]
    for index, story in enumerate(stories):

        def line(label: str, value: str) -> str:
            return f"<p><{bold}>{label}:  </{bold}>{value}</p>"

        inside = "\n".join(f"<p>{markup(paragraph, wrap)}</p>" for paragraph in story.paragraphs)
        element = f'<text wordcount="{story.words}">'
        text = {
            "full": line("Full text", f"{element}\n{inside}</text>"),
            "empty": line("Full text", f"{element}</text>") + f"<div><div></div>{inside}</div>",
            "none": line("Full text", "") + inside,
        }[text_element]
        labels = {
            "Subject": "Ferries; Tides; Length: 3",
            "Publication title": markup(story.outlet)
            + (f",  {edition}" if edition else "")
            + f"; {story.city or 'Nowhere'}",
            "Pages": "5",
            "Number of pages": "0",
            "Publication date": _date(story, date_style),
            "Section": markup(story.section),
            "Unheard-of label": "7",
            "ProQuest document ID": str(2250000000 + index),
            "Document URL": f'<a href="{story.url}">{story.url}</a>' if story.url else "",
            "Database": "Invented Newsstream",
        }
        lines = [
            f'<a name="DocID_MSTAR_{index}"></a><p></p>' if addresses else "",
            f"<p><b>{markup(story.headline, wrap)}{f': [{edition}]' if edition else ''}</b></p>",
            line("Author", markup(story.byline)) if story.byline else "",
            line(
                "Publication info", markup(f"{story.outlet} ; {story.city} [{story.city}]{_date(story, 'short')}: 5.")
            ),
            '<p><a href="https://links.example.org">ProQuest document link</a></p>',
            line("Abstract", "") + f"<p>{markup(story.standfirst)}</p>" if abstract and story.standfirst else "",
            "" if abstract and story.standfirst else line("Abstract", "None available."),
            f"<div><{bold}>Links: </{bold}><a href='https://links.example.org'>Get it</a></div>",
            text if index not in no_full_text else "",
            *(line(label, value) for label, value in labels.items() if value),
        ]
        made.append("<div>" + "\n".join(filter(None, lines)) + "</div>")
    return html_page("\n".join(made), encoding)


def xml(
    stories: list[Story],
    *,
    compact_date: bool = False,
    text: Literal["escaped", "cdata", "elements"] = "escaped",
    no_full_text: Collection[int] = (),
    split_heading: bool = False,
    encoding: str = "utf-8",
) -> bytes:
    """Write XML as text mining has it: one RECORD, or several within RECORDS.

    Parameters
    ----------
    stories
        The articles.
    compact_date
        ``NumericDate`` is ``20190701`` rather than ``2019-07-01``.
    text
        Paragraphs in ``Text`` are escaped HTML, HTML in CDATA, or elements ``p``.
    no_full_text
        Places of articles without ``Text``.
    split_heading
        Break the line within ``TitleAtt/Title``.
    encoding
        Written in the declaration.
    """
    made = []
    for index, story in enumerate(stories):
        title = "\n".join(map(markup, halves(story.headline))) if split_heading else markup(story.headline)
        date = f"{story.date:%Y%m%d}" if compact_date else story.date.isoformat()
        paragraphs = "".join(f"<p>{markup(paragraph)}</p>" for paragraph in story.paragraphs)
        inside = {
            "escaped": escape(f"<html><body>{paragraphs}</body></html>", quote=False),
            "cdata": f"<![CDATA[<html><body>{paragraphs}</body></html>]]>",
            "elements": paragraphs,
        }[text]
        full = "" if index in no_full_text else f'<TextInfo><Text WordCount="{story.words}">{inside}</Text></TextInfo>'
        made.append(
            f"<RECORD><Version>1</Version><GOID>{2250000000 + index}</GOID><Obj><TitleAtt><Title>{title}</Title></TitleAtt>"
            f"<NumericDate>{date}</NumericDate><StartPage>5</StartPage></Obj><DFS><PubFrosting><Title>{markup(story.outlet)}"
            f"</Title></PubFrosting></DFS>{full}</RECORD>"
        )
    whole = made[0] if len(made) == 1 else "<RECORDS>\n" + "\n".join(made) + "\n</RECORDS>"
    return f'<?xml version="1.0" encoding="{declared(encoding)}"?>\n{whole}\n'.encode(encoding)


def expected(
    stories: list[Story], form: Literal["txt", "html", "mail", "xml"] = "txt", **options: Any
) -> list[dict[str, Any]]:
    """Give the rows a right reader returns for a file written with the same options.

    Abstract is the standfirst; Author is the byline, the credit is not; Document URL is the address, Links is not.
    XML carries only headline, date, outlet and text: the other texts are "". A date without a day is None.
    """
    no_full_text = options.get("no_full_text", ())
    rows = []
    for index, story in enumerate(stories):
        body = "" if index in no_full_text else story.body
        if form == "xml":
            rows.append(row(story, body=body, standfirst="", byline="", section="", url=""))
            continue
        date = None if options.get("date_style") == "month" else story.date
        rows.append(
            row(story, body=body, date=date, standfirst=story.standfirst if options.get("abstract", True) else "")
        )
    return rows
