"""Answers of web services and files of collecting programs in JSON, in the forms that their documentation shows."""

import json
import zlib
from html import escape
from typing import Any

from .common import row
from .stories import Story

__all__ = ["FORMS", "answer", "expected"]


def _html(story: Story, attributes: str = "") -> str:
    """Write paragraphs as a newsroom's editor does, with a picture whose caption belongs to no body."""
    figure = f'<figure class="element"><img src="a.jpg"/><figcaption>{escape(story.caption)}</figcaption></figure>'
    written = [f"<p{attributes}>{escape(paragraph, quote=False)}</p>" for paragraph in story.paragraphs]
    return "\n".join([written[0], figure, *written[1:]])


def _day(story: Story) -> str:
    return story.date.isoformat()


def _guardian(story: Story) -> dict[str, Any]:
    return {
        "id": story.url,
        "type": "article",
        "sectionId": "x",
        "sectionName": story.section,
        "webPublicationDate": f"{_day(story)}T09:20:00Z",
        "webTitle": story.headline,
        "webUrl": story.url,
        "apiUrl": "https://content.invalid/x",
        "fields": {
            "headline": escape(story.headline, quote=False),
            "trailText": escape(story.standfirst, quote=False),
            "byline": story.byline,
            "body": _html(story),
            "bodyText": " ".join(story.paragraphs),
            "wordcount": str(story.words),
            "publication": story.outlet,
        },
        "tags": [{"id": "tone/news", "type": "tone", "webTitle": "News"}],
        "isHosted": False,
    }


def _nyt(story: Story) -> dict[str, Any]:
    return {
        "_id": f"nyt://article/{story.url}",
        "web_url": story.url,
        "snippet": story.standfirst,
        "abstract": story.standfirst,
        "lead_paragraph": story.paragraphs[0],
        "source": story.outlet,
        "headline": {"main": story.headline, "kicker": None, "print_headline": "Else"},
        "pub_date": f"{_day(story)}T09:20:00+0000",
        "section_name": story.section,
        "byline": {"original": story.byline or None, "person": [], "organization": None},
        "keywords": [{"name": "subject", "value": "Ports", "rank": 1}],
        "multimedia": [],
    }


def _event_registry(story: Story) -> dict[str, Any]:
    return {
        "uri": story.url,
        "lang": "eng",
        "isDuplicate": False,
        "date": "2031-01-01",  # the day on which it was found
        "dateTime": "2031-01-01T00:00:00Z",
        "dateTimePub": f"{_day(story)}T23:00:00Z",
        "dataType": "news",
        "url": story.url,
        "title": story.headline,
        "body": "\n".join(story.paragraphs),
        "source": {"uri": "a.invalid", "dataType": "news", "title": story.outlet},
        "authors": [{"uri": "x", "name": story.byline, "type": "author"}] if story.byline else [],
        "sentiment": 0.25,
    }


def _webz(story: Story) -> dict[str, Any]:
    return {
        "thread": {
            "uuid": story.url,
            "url": story.url,
            "site": story.outlet,
            "section_title": story.section,
            "title": story.headline,
            "social": {"facebook": {"likes": 0}},
        },
        "uuid": story.url,
        "url": story.url,
        "author": story.byline,
        "published": f"{_day(story)}T09:20:00.000+02:00",
        "title": story.headline,
        "text": "\n".join(story.paragraphs),
        "entities": {"persons": []},
    }


def _news_please(story: Story) -> dict[str, Any]:
    return {
        "authors": [story.byline] if story.byline else [],
        "date_download": "2031-01-01 00:00:00",
        "date_modify": None,
        "date_publish": f"{_day(story)} 09:20:00",
        "description": story.standfirst or None,
        "filename": "x.json",
        "language": "en",
        "localpath": None,
        "maintext": "\n".join(story.paragraphs),
        "source_domain": story.outlet,
        "title": story.headline,
        "title_page": None,
        "title_rss": None,
        "url": story.url,
    }


def _fundus(story: Story) -> dict[str, Any]:
    first, *rest = story.paragraphs
    return {
        "title": story.headline,
        "plaintext": story.body,
        "body": {
            "summary": [story.standfirst] if story.standfirst else [],
            "sections": [{"headline": [], "paragraphs": [first]}, {"headline": [], "paragraphs": rest}],
        },
        "authors": [story.byline] if story.byline else [],
        "publishing_date": f"{_day(story)} 09:20:00+00:00",
        "publisher": story.outlet,
        "topics": ["ports"],
        "images": [{"url": "x", "caption": story.caption}],
    }


def _ninjs(story: Story) -> dict[str, Any]:
    return {
        "uri": story.url,
        "type": "text",
        "versioncreated": f"{_day(story)}T09:20:00Z",
        "copyrightholder": story.outlet,
        "by": story.byline,
        "headlines": [{"role": "short", "value": "Else"}, {"role": "main", "value": story.headline}],
        "descriptions": [{"role": "summary", "value": escape(story.standfirst, quote=False)}],
        "bodies": [
            {"role": "text", "contenttype": "text/plain", "value": " ".join(story.paragraphs)},
            {"role": "html", "contenttype": "text/html", "value": _html(story)},
        ],
        "associations": [{"name": "a", "type": "picture", "uri": "x"}],
    }


def _ninjs_1(story: Story) -> dict[str, Any]:
    return {
        "uri": story.url,
        "type": "text",
        "versioncreated": f"{_day(story)}T09:20:00Z",
        "copyrightholder": story.outlet,
        "byline": story.byline,
        "headline": story.headline,
        "description_text": story.standfirst,
        "body_text": " ".join(story.paragraphs),
        "body_xhtml": _html(story),
    }


def _wordpress(story: Story) -> dict[str, Any]:
    begin = " ".join(story.body.split()[:5])
    return {
        "id": zlib.crc32(story.url.encode()),
        "date": f"{_day(story)}T09:20:00",
        "guid": {"rendered": "x"},
        "slug": "x",
        "link": story.url,
        "title": {"rendered": escape(story.headline).replace("’", "&#8217;")},
        "content": {"rendered": f"{_html(story)}\n<p>&nbsp;</p>\n", "protected": False},
        "excerpt": {"rendered": f"<p>{escape(begin, quote=False)} [&hellip;]</p>\n", "protected": False},
        "author": 7,
        "categories": [1, 2],
        "yoast_head_json": {"og_site_name": story.outlet, "author": story.byline},
        "_links": {"self": [{"href": "x"}]},
    }


def _gdelt(story: Story) -> dict[str, Any]:
    return {
        "url": story.url,
        "url_mobile": "",
        "title": story.headline,
        "seendate": f"{story.date:%Y%m%d}T092000Z",
        "socialimage": "",
        "domain": story.outlet,
        "language": "English",
        "sourcecountry": "United Kingdom",
    }


def _washington_post(story: Story) -> dict[str, Any]:
    noon = 86_400_000 * (story.date.toordinal() - 719_163) + 64_800_000  # 18:00 UTC, afternoon in Washington
    contents: list[Any] = [
        {"content": story.section, "mime": "text/plain", "type": "kicker"},
        {"content": story.headline, "mime": "text/plain", "type": "title"},
        {"content": noon, "mime": "text/plain", "type": "date"},
        None,
        {"fullcaption": story.caption, "imageURL": "x", "mime": "image/jpeg", "type": "image"},
    ]
    contents += [
        {"content": escape(text, quote=False), "subtype": "paragraph", "type": "sanitized_html", "mime": "text/html"}
        for text in story.paragraphs
    ]
    contents.append({"content": {"content": "x"}, "type": "tweet"})
    return {
        "id": story.url,
        "article_url": story.url,
        "title": story.headline,
        "author": story.byline,
        "published_date": noon,
        "contents": contents,
        "type": "article",
        "source": story.outlet,
    }


def _schema_org(story: Story) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": story.standfirst,
        "articleBody": "\n\n".join(story.paragraphs),
        "datePublished": f"{_day(story)}T09:20:00Z",
        "author": [{"@type": "Person", "name": story.byline}] if story.byline else [],
        "publisher": {"@type": "Organization", "name": story.outlet},
        "articleSection": story.section,
        "url": story.url,
    }


# Each form: one record of a story, what wraps the list of them, and the columns that it does not carry as printed.
_NO_SECTION = {"section": ""}
FORMS: dict[str, tuple[Any, Any, Any]] = {
    "guardian": (
        _guardian,
        lambda records: {"response": {"status": "ok", "total": 99, "results": records}},
        lambda s: {},
    ),
    "nyt": (
        _nyt,
        lambda records: {"copyright": "c", "response": {"docs": records, "meta": {"hits": 99}}},
        lambda s: {"body": s.paragraphs[0]},
    ),
    "event_registry": (
        _event_registry,
        lambda records: {"articles": {"page": 1, "totalResults": 99, "results": records}},
        lambda s: {"standfirst": "", **_NO_SECTION},
    ),
    "webz": (_webz, lambda records: {"posts": records, "totalResults": 99}, lambda s: {"standfirst": ""}),
    "news_please": (_news_please, lambda records: records, lambda s: _NO_SECTION),
    "fundus": (_fundus, lambda records: records, lambda s: {**_NO_SECTION, "url": ""}),
    "ninjs": (_ninjs, lambda records: records, lambda s: {**_NO_SECTION, "url": ""}),
    "ninjs_1": (_ninjs_1, lambda records: records, lambda s: {**_NO_SECTION, "url": ""}),
    "wordpress": (_wordpress, lambda records: records, lambda s: {"standfirst": "", **_NO_SECTION}),
    "gdelt": (
        _gdelt,
        lambda records: {"articles": records},
        lambda s: {"standfirst": "", "body": "", "byline": "", **_NO_SECTION},
    ),
    "washington_post": (_washington_post, lambda records: records, lambda s: {"standfirst": ""}),
    "schema_org": (_schema_org, lambda records: {"@context": "x", "@graph": records}, lambda s: {}),
}


def answer(form: str, stories: list[Story], *, lines: bool = False) -> bytes:
    """Write stories as one form has them; `lines` writes one record a line without what wraps them."""
    record, wrap, _ = FORMS[form]
    records = [record(story) for story in stories]
    if lines:
        return "\n".join(json.dumps(one) for one in records).encode()
    return json.dumps(wrap(records), ensure_ascii=False).encode()


def expected(form: str, stories: list[Story]) -> list[dict[str, Any]]:
    """Give what a right reader must return."""
    return [row(story, **FORMS[form][2](story)) for story in stories]
