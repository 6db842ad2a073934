"""Files of news agencies and collections: SGML of Reuters and TREC, NITF, NewsML, RCV1, RSS and Atom."""

import textwrap
from html import escape
from typing import Any

from .common import MONTHS, row
from .stories import Story

__all__ = ["FORMS", "expected", "written"]

_STAMP = "T09:20:00+01:00"


def _text(text: str) -> str:
    return escape(text, quote=False)


def _paragraphs(story: Story) -> str:
    return "\n".join(f"<p>{_text(paragraph)}</p>" for paragraph in story.paragraphs)


def _wrapped(story: Story) -> str:
    """Write a body as a wire sent it: lines of 64 letters, each paragraph but the first set in by four blanks."""
    made = [
        textwrap.fill(paragraph, 64, break_long_words=False, break_on_hyphens=False) for paragraph in story.paragraphs
    ]
    return "\n    ".join(_text(paragraph).replace("&gt;", ">") for paragraph in made)


def reuters(stories: list[Story]) -> str:
    """Write Reuters-21578: control characters as numbers, the signature, and a closing bracket that is not escaped."""
    made = ['<!DOCTYPE lewis SYSTEM "lewis.dtd">\n']
    for number, story in enumerate(stories, start=1):
        day = f"{story.date.day:>2}-{MONTHS['en'][story.date.month - 1][:3].upper()}-{story.date.year} 15:01:01.79"
        title = _text(story.headline).replace("&gt;", ">")
        made.append(
            f'<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="{number + 5000}" NEWID="{number}">\n<DATE>{day}</DATE>\n'
            "<TOPICS><D>ship</D><D>trade</D></TOPICS>\n<PLACES></PLACES>\n<UNKNOWN> \n&#5;&#5;&#5;C T\n&#22;&#22;&#1;f0704</UNKNOWN>\n"
            f"<TEXT>&#2;\n<TITLE>{title}</TITLE>\n<AUTHOR>{_text(story.byline)}</AUTHOR>\n"
            f"<DATELINE>    PORT, March 2 - </DATELINE><BODY>{_wrapped(story)}\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n"
        )
    return "".join(made)


def trec(stories: list[Story]) -> str:
    """Write the SGML of TREC's Los Angeles Times: each field in paragraphs, an edition behind the day, a caption."""
    made = []
    for number, story in enumerate(stories, start=1):
        day = f"{MONTHS['en'][story.date.month - 1]} {story.date.day}, {story.date.year}, Friday, Home Edition"
        fields = {
            "PUB": story.outlet,
            "DATE": day,
            "SECTION": story.section,
            "HEADLINE": story.headline,
            "BYLINE": story.byline,
        }
        head = "".join(f"<{name}>\n<P>\n{_text(value)}\n</P>\n</{name}>\n" for name, value in fields.items())
        body = "".join(f"<P>\n{textwrap.fill(_text(text), 70)}\n</P>\n" for text in story.paragraphs)
        graphic = f"<GRAPHIC>\n<P>\n{_text(story.caption)}\n</P>\n</GRAPHIC>\n"
        made.append(f"<DOC>\n<DOCNO> QP010190-{number:04} </DOCNO>\n{head}<TEXT>\n{body}</TEXT>\n{graphic}</DOC>\n")
    return "".join(made)


def _nitf(story: Story) -> str:
    first = f"<p>{_text(story.paragraphs[0])}</p>"
    return f"""<nitf change.date="June 10, 2005" version="-//IPTC//DTD NITF 3.3//EN"><head><title>{_text(story.headline)}</title>
<meta content="{story.date.day}" name="publication_day_of_month"/><meta content="{story.date.month}" name="publication_month"/>
<meta content="{story.date.year}" name="publication_year"/><meta content="{escape(story.section)}" name="online_sections"/>
<docdata><doc-id id-string="{escape(story.url)}"/><doc.copyright holder="{escape(story.outlet)}" year="2007"/></docdata>
<pubdata ex-ref="{escape(story.url)}" item-length="9" name="{escape(story.outlet)}"/></head>
<body><body.head><hedline><hl1>{_text(story.headline)}</hl1></hedline>
<byline class="print_byline">{_text(story.byline)}</byline><byline class="normalized_byline">Else</byline>
<abstract><p>Words of an indexer.</p></abstract></body.head>
<body.content><block class="lead_paragraph">{first}</block><block class="full_text">{_paragraphs(story)}
<media><media-caption>{_text(story.caption)}</media-caption></media></block></body.content></body></nitf>"""


def nitf(stories: list[Story]) -> str:
    """Write NITF as the New York Times corpus has it, one document after the other."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nitf SYSTEM "http://example.invalid/nitf-3-3.dtd">\n'
    return "\n".join(head + _nitf(story) for story in stories)


def newsml_g2(stories: list[Story]) -> str:
    """Write a message of NewsML-G2 whose items hold XHTML, and a picture beside them."""
    items = [
        f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{escape(story.url)}" version="1" standard="NewsML-G2">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="x"><name>{_text(story.outlet)}</name></provider>
<versionCreated>{story.date.isoformat()}{_STAMP}</versionCreated></itemMeta>
<contentMeta><by>{_text(story.byline)}</by><headline>{_text(story.headline)}</headline>
<description role="drol:summary">{_text(story.standfirst)}</description></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head>
<body>{_paragraphs(story)}<figure><figcaption>{_text(story.caption)}</figcaption></figure></body></html></inlineXML></contentSet></newsItem>"""
        for story in stories
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>\n'
    return head + "\n".join(items) + "</itemSet></newsMessage>"


def newsml_1(stories: list[Story]) -> str:
    """Write NewsML 1.2 whose components hold NITF without a head."""
    items = [
        f"""<NewsItem><Identification><NewsIdentifier><ProviderId>a.invalid</ProviderId><DateId>20310101</DateId>
<PublicIdentifier>{_text(story.url)}</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>{story.date:%Y%m%d}T092000Z</FirstCreated>
<ThisRevisionCreated>{story.date:%Y%m%d}T092000Z</ThisRevisionCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>{_text(story.headline)}</HeadLine><SubHeadLine>{_text(story.standfirst)}</SubHeadLine>
<ByLine>{_text(story.byline)}</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="{escape(story.outlet)}"/></Provider></AdministrativeMetadata>
<ContentItem><DataContent><nitf><body><body.content>{_paragraphs(story)}</body.content></body></nitf></DataContent></ContentItem>
</NewsComponent></NewsItem>"""
        for story in stories
    ]
    return '<?xml version="1.0"?>\n<NewsML Version="1.2"><NewsEnvelope/>' + "\n".join(items) + "</NewsML>"


def rcv1(stories: list[Story]) -> str:
    """Write the documents of Reuters' RCV1 one after the other."""
    return "\n".join(
        f"""<?xml version="1.0" encoding="utf-8"?>
<newsitem itemid="{number}" id="root" date="{story.date.isoformat()}" xml:lang="en"><title>PLACE: Else</title>
<headline>{_text(story.headline)}</headline><byline>{_text(story.byline)}</byline><dateline>PORT 1996-08-20</dateline>
<text>{_paragraphs(story)}</text><copyright>(c) x</copyright>
<metadata><dc element="dc.publisher" value="{escape(story.outlet)}"/></metadata></newsitem>"""
        for number, story in enumerate(stories, start=1)
    )


def rss(stories: list[Story]) -> str:
    """Write RSS 2.0 with the whole article in content:encoded, and the outlet of each in source, as aggregators do."""
    items = [
        f"""<item><title>{_text(story.headline)}</title><link>{_text(story.url)}</link><guid isPermaLink="false">{_text(story.url)}</guid>
<dc:creator>{_text(story.byline)}</dc:creator><category>{_text(story.section)}</category>
<pubDate>{story.date:%a, %d %b %Y} 09:20:00 +0000</pubDate><source url="x">{_text(story.outlet)}</source>
<description>{_text(_text(story.standfirst))}</description>
<content:encoded><![CDATA[{_paragraphs(story)}<p>&#160;</p>]]></content:encoded></item>"""
        for story in stories
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Else</title><description>d</description>\n'
        + "\n".join(items)
        + "</channel></rss>"
    )


def atom(stories: list[Story]) -> str:
    """Write Atom with escaped HTML in each content."""
    entries = [
        f"""<entry><title type="html">{_text(_text(story.headline))}</title><id>{_text(story.url)}</id>
<link rel="self" href="x"/><link rel="alternate" href="{escape(story.url)}"/><published>{story.date.isoformat()}{_STAMP}</published>
<updated>2031-01-01T00:00:00Z</updated><author><name>{_text(story.byline)}</name></author>
<category term="{escape(story.section)}"/><summary type="html">{_text(_text(story.standfirst))}</summary>
<content type="html">{_text(_paragraphs(story))}</content><source><title>{_text(story.outlet)}</title></source></entry>"""
        for story in stories
    ]
    head = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Else</title>'
    return head + "\n".join(entries) + "</feed>"


_NO_DECK = {"standfirst": "", "section": "", "url": ""}
# Each form: its writer, the format that must be recognised, and the columns that it does not carry as printed.
FORMS: dict[str, tuple[Any, str, dict[str, str]]] = {
    "reuters": (reuters, "Reuters-21578 SGML", {**_NO_DECK, "outlet": "Reuters"}),
    "trec": (trec, "TREC SGML", {"standfirst": "", "url": ""}),
    "nitf": (nitf, "NewsML or NITF", {"standfirst": ""}),
    "newsml_g2": (newsml_g2, "NewsML or NITF", {"section": "", "url": ""}),
    "newsml_1": (newsml_1, "NewsML or NITF", {"section": "", "url": ""}),
    "rcv1": (rcv1, "NewsML or NITF", _NO_DECK),
    "rss": (rss, "feed", {}),
    "atom": (atom, "feed", {}),
}


def written(form: str, stories: list[Story]) -> bytes:
    """Write stories in one form, as UTF-8."""
    text: str = FORMS[form][0](stories)
    return text.encode()


def expected(form: str, stories: list[Story]) -> list[dict[str, Any]]:
    """Give what a right reader must return."""
    return [row(story, **FORMS[form][2]) for story in stories]
