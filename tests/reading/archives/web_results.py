"""Results of web services: CSV of Media Cloud, JSON of NewsAPI."""

import csv
import io
import json
from collections.abc import Collection
from typing import Any, Literal

from .common import encode, row
from .stories import Story

__all__ = ["expected", "media_cloud", "news_api", "truncated"]

CUT = 200


def media_cloud(
    stories: list[Story],
    *,
    text: bool = False,
    clock: bool = False,
    undated: Collection[int] = (),
    indexed_date: bool = True,
    encoding: str = "utf-8",
    newline: str = "\r\n",
    delimiter: str = ",",
    quote_all: bool = False,
) -> bytes:
    """Write a story list of Media Cloud.

    Parameters
    ----------
    stories
        The articles.
    text
        Write the column ``text``, which needs a special permission; paragraphs with an empty line between.
    clock
        Give ``publish_date`` a time.
    undated
        Places of stories whose ``publish_date`` is empty; ``indexed_date`` must not stand in for it.
    indexed_date
        Write this column, later than the publication.
    encoding, newline, delimiter, quote_all
        How the table is written.
    """
    columns = ["id", "title", "url", "language", "media_name", "media_url"]
    columns += ["text"] * text + ["publish_date"] + ["indexed_date"] * indexed_date
    written = io.StringIO()
    table = csv.DictWriter(
        written,
        columns,
        extrasaction="ignore",
        delimiter=delimiter,
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )
    table.writeheader()
    for index, story in enumerate(stories):
        date = story.date.isoformat() + (" 09:20:00" if clock else "")
        table.writerow(
            {
                "id": f"{index:064x}",
                "title": story.headline,
                "url": story.url,
                "language": story.language,
                "media_name": story.outlet,
                "media_url": "/".join(story.url.split("/")[:3]),
                "text": story.body,
                "publish_date": "" if index in undated else date,
                "indexed_date": f"{story.date.year + 1}-01-02 03:04:05.678901",
            }
        )
    return encode(written.getvalue(), encoding, newline)


def _content(story: Story, paragraph_break: str) -> tuple[str, int]:
    """Give the first 200 characters and how many are left off."""
    whole = paragraph_break.join(story.paragraphs)
    return whole[:CUT], max(0, len(whole) - CUT)


def news_api(
    stories: list[Story],
    *,
    stated_count: int | None = None,
    paragraph_break: str = "\r\n",
    ellipsis: bool = True,
    nulls: bool = True,
    no_content: Collection[int] = (),
    ascii_escapes: bool = True,
    indent: int | None = None,
    encoding: str = "utf-8",
) -> bytes:
    """Write an answer of NewsAPI; the content is cut after 200 characters, and says so.

    Parameters
    ----------
    stories
        The articles.
    stated_count
        ``totalResults``, which is commonly more than the file holds.
    paragraph_break
        What stands between paragraphs within the content.
    ellipsis
        Write ``… [+1234 chars]`` rather than ``[+1234 chars]``.
    nulls
        Write null for a missing author, standfirst or content rather than "".
    no_content
        Places of articles without content.
    ascii_escapes, indent, encoding
        How the JSON is written.
    """
    missing = None if nulls else ""
    articles = []
    for index, story in enumerate(stories):
        content, left = _content(story, paragraph_break)
        if left:
            content += f"{'… ' if ellipsis else ' '}[+{left} chars]"
        articles.append(
            {
                "source": {"id": None, "name": story.outlet},
                "author": story.byline or missing,
                "title": story.headline,
                "description": story.standfirst or missing,
                "url": story.url,
                "urlToImage": story.url.replace("/story/", "/image/"),
                "publishedAt": f"{story.date.isoformat()}T09:20:00Z",
                "content": missing if index in no_content else content,
            }
        )
    total = len(stories) if stated_count is None else stated_count
    answer = {"status": "ok", "totalResults": total, "articles": articles}
    return json.dumps(answer, ensure_ascii=ascii_escapes, indent=indent).encode(encoding)


def truncated(stories: list[Story], *, paragraph_break: str = "\r\n", **_: Any) -> list[bool]:
    """Say which contents of `news_api` are cut: a reader must warn of these."""
    return [_content(story, paragraph_break)[1] > 0 for story in stories]


def expected(
    stories: list[Story], form: Literal["media_cloud", "news_api"] = "media_cloud", **options: Any
) -> list[dict[str, Any]]:
    """Give the rows a right reader returns for a file written with the same options.

    Media Cloud carries no standfirst, byline or section, and a body with ``text=True`` only. NewsAPI carries no
    section; its body is the cut content without the mark, without the ellipsis and without blanks at the end, its
    paragraphs joined by an empty line; a word cut in two stays.
    """
    if form == "media_cloud":
        undated = options.get("undated", ())
        return [
            row(
                story,
                date=None if index in undated else story.date,
                standfirst="",
                body=story.body if options.get("text") else "",
                byline="",
                section="",
            )
            for index, story in enumerate(stories)
        ]
    rows = []
    for index, story in enumerate(stories):
        content, _ = _content(story, options.get("paragraph_break", "\r\n"))
        paragraphs = [line.strip() for line in content.splitlines() if line.strip()]
        body = "" if index in options.get("no_content", ()) else "\n\n".join(paragraphs)
        rows.append(row(story, body=body, section=""))
    return rows
