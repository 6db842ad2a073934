"""Europresse export: HTML."""

from collections.abc import Collection
from typing import Any, Literal

from .common import DAYS, MONTHS, halves, html_page, long_date, markup, row
from .stories import Story

__all__ = ["expected", "html"]

PAGES = {"en": "p.", "de": "S.", "fr": "p."}
WORDS = {"en": "words", "de": "Wörter", "fr": "mots"}


def _date(story: Story, language: str, *, month_only: bool, weekday: bool, first: bool) -> str:
    """Write ``lundi 1 juillet 2019``, ``Monday, July 1, 2019``, ``Montag, 1. Juli 2019``."""
    if month_only:
        return f"{MONTHS[language][story.date.month - 1]} {story.date.year}"
    date = long_date(story.date, language)
    if first and language == "fr" and story.date.day == 1:
        date = "1er" + date[1:]
    day = DAYS[language][story.date.weekday()]
    return f"{day}{'' if language == 'fr' else ','} {date}" if weekday else date


def html(
    stories: list[Story],
    *,
    language: str = "fr",
    title_class: Literal["titreArticle", "TitreArticleVisu", "both"] = "both",
    month_only: bool = False,
    weekday: bool = True,
    first: bool = True,
    section: bool = True,
    page: bool = True,
    word_count: bool = False,
    byline: bool = False,
    standfirst: bool = False,
    photo_only: Collection[int] = (),
    split_heading: bool = False,
    wrap: int = 0,
    entities: bool = False,
    encoding: str = "utf-8",
    meta: bool = True,
    stated_count: int | None = None,
) -> bytes:
    """Write HTML.

    Parameters
    ----------
    stories
        The articles.
    language
        Language of the interface, and so of the date.
    title_class
        Class of the title: of the division, of the paragraph, or of a paragraph in a division.
    month_only, weekday, first
        A date without a day; with the day of the week; ``1er`` rather than ``1`` in French.
    section, page, word_count
        Parts of DocHeader besides the date: section first, page last, and the words after the date without a comma.
    byline, standfirst
        Write these in paragraphs below the title, of the classes ``sm-margin-bottomNews`` and ``rdp__subtitle``.
    photo_only
        Places of articles without text.
    split_heading, wrap, entities, encoding, meta
        As in Factiva's HTML.
    stated_count
        How many documents the head of the page claims; None has no such head.
    """

    def text(value: str) -> str:
        return markup(value, wrap, entities=entities)

    made = [] if stated_count is None else [f"<div class='head'>{stated_count} documents</div>"]
    for index, story in enumerate(stories):
        title = "<br/>".join(map(text, halves(story.headline))) if split_heading else text(story.headline)
        date = _date(story, language, month_only=month_only, weekday=weekday, first=first)
        if word_count:
            date += f" {story.words} {WORDS[language]}"
        header = [story.section if section else "", date, f"{PAGES[language]} 5" if page else ""]
        lines = ["<article><header>", f'<span class="DocPublicationName">{text(story.outlet)}</span>']
        lines.append(f'<span class="DocHeader">{text(", ".join(part for part in header if part))}</span>')
        lines.append(
            {
                "titreArticle": f'<div class="titreArticle">{title}</div>',
                "TitreArticleVisu": f'<p class="TitreArticleVisu">{title}</p>',
                "both": f'<div class="titreArticle"><p class="sm-margin-TopNews TitreArticleVisu">{title}</p></div>',
            }[title_class]
        )
        if standfirst and story.standfirst:
            lines.append(f'<p class="sm-margin-TopNews rdp__subtitle">{text(story.standfirst)}</p>')
        if byline and story.byline:
            lines.append(f'<p class="sm-margin-bottomNews">{text(story.byline)}</p>')
        lines.append("</header>")
        if index not in photo_only:
            inside = "\n".join(f"<p>{text(paragraph)}</p>" for paragraph in story.paragraphs)
            lines.append(
                f'<section><div class="DocText clearfix"><div class="docOcurrContainer">\n{inside}\n</div></div></section>'
            )
        rights = f"© {story.date.year} {story.outlet}. Tous droits réservés."
        lines.append(
            f'<footer><small>{text(rights)}</small>\n<div class="publiC-lblNodoc">news·{story.date:%Y%m%d}·TE·{index:05}</div>'
        )
        made.append("\n".join([*lines, "</footer></article>"]))
    return html_page("\n".join(made), encoding, language=language, meta=meta)


def expected(stories: list[Story], **options: Any) -> list[dict[str, Any]]:
    """Give the rows a right reader returns for a file written with the same options.

    Byline and standfirst are "" unless the options write them. There is no address. The section is what stands
    before the date in DocHeader. A date without a day is None. The notice in the foot belongs to no body.
    """
    photo_only = options.get("photo_only", ())
    return [
        row(
            story,
            date=None if options.get("month_only") else story.date,
            standfirst=story.standfirst if options.get("standfirst") else "",
            body="" if index in photo_only else story.body,
            byline=story.byline if options.get("byline") else "",
            section=story.section if options.get("section", True) else "",
            url="",
        )
        for index, story in enumerate(stories)
    ]
