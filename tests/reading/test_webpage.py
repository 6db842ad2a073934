"""Web pages: what is the article, what the page states about it, how much was kept, and what is refused."""

import json
import re
import statistics
import zipfile
from collections import Counter

import pytest

from analysis.core.errors import CorpusError
from analysis.reading.decoding import declared_charset
from analysis.reading.webpage import is_web_page, read_web_page

PARAGRAPHS = [
    "The town council met on Monday evening and spoke for three hours about the money for the old bridge.",
    "Nobody had expected so many people, the mayor said, and the doors of the hall were left open.",
    "A second meeting is planned for the spring, when the engineers will have measured the pillars again.",
    "Until then the bridge stays closed to lorries, and the buses take the long way round the harbour.",
    "The shops in the harbour street complain that they have lost a third of their customers since May.",
]
BODY = "\n\n".join(PARAGRAPHS)
STANDFIRST = "After three hours the council put off what everybody had come to hear"
HEADLINE = "Old bridge: the council waits for spring"


def page(
    inside: str = "", *, head: str = "", paragraphs: list[str] = PARAGRAPHS, before: str = "", after: str = ""
) -> str:
    written = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>{HEADLINE} | The Harbour Post</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><main><article><h1>{HEADLINE}</h1>{before}{written}{inside}</article>{after}</main>"
        "<footer>All rights reserved</footer></body></html>"
    )


def read(text: str) -> dict[str, object]:
    found = read_web_page(text)
    assert not found.rejected
    (record,) = found.records
    return record


def test_headline_and_body_of_a_plain_page():
    record = read(page())
    assert record["headline"] == HEADLINE
    assert record["standfirst"] == ""
    assert record["body"] == BODY
    assert record["language"] == "en-GB"
    assert (record["visible_share"], record["extraction_flag"]) == (1.0, "")


def test_what_the_page_states():
    linked = {
        "@graph": [
            {"@type": "WebSite", "name": "not this"},
            {
                "@type": ["NewsArticle"],
                "headline": HEADLINE,
                "datePublished": "2024-03-01T23:30:00-05:00",
                "author": [{"name": "Ann Lee"}, {"name": "Bo Ek"}],
                "articleSection": "Local",
                "publisher": {"name": "The Harbour Post"},
            },
        ]
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
        '<link rel="canonical" href="https://example.org/bridge">'
    )
    record = read(page(head=head))
    # The day is the day that the page states, in its own time zone.
    assert record["date"] == "2024-03-01T23:30:00-05:00"
    assert record["byline"] == "Ann Lee; Bo Ek"
    assert record["section"] == "Local"
    assert record["outlet"] == "The Harbour Post"
    assert record["url"] == "https://example.org/bridge"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2024-03-01T08:00+01:00">', "2024-03-01T08:00+01:00"),
        # Some systems write the year 1 where they know no date.
        ('<meta property="article:published_time" content="0001-01-01T00:00:00Z">', ""),
        ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>', ""),
    ],
)
def test_dates_as_written(head, date):
    assert read(page(head=head))["date"] == date


def test_outlet_is_the_host_where_no_name_is_stated():
    assert read(page(head='<link rel="canonical" href="https://www.example.org/bridge">'))["outlet"] == "example.org"


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | Any Words At All",
        f"{HEADLINE} - The Harbour Post",
        f"{HEADLINE} – harbourpost.example",
        HEADLINE,
    ],
)
def test_headline_without_its_site(title):
    text = page(head='<link rel="canonical" href="https://harbourpost.example/1">')
    text = text.replace(f"<h1>{HEADLINE}</h1>", "").replace(f"{HEADLINE} | The Harbour Post", title)
    text = text.replace("</head>", '<meta property="og:site_name" content="The Harbour Post"></head>')
    if "example" in title:
        text = text.replace('content="The Harbour Post"', 'content=""')
    assert read(text)["headline"] == HEADLINE


def test_headline_is_not_the_name_of_the_site():
    text = page(head='<meta property="og:site_name" content="The Harbour Post">')
    text = text.replace(f"<h1>{HEADLINE}</h1>", f"<h1>The Harbour Post</h1><h2>{HEADLINE}</h2>")
    assert read(text)["headline"] == HEADLINE


@pytest.mark.parametrize(
    ("before", "head"),
    [
        (f'<p class="article-standfirst">{STANDFIRST}</p>', ""),
        (f'<div class="subtitle">{STANDFIRST}</div>', ""),
        (f"<h2>{STANDFIRST}</h2>", f'<meta name="description" content="{STANDFIRST}">'),
    ],
)
def test_standfirst_stands_apart(before, head):
    record = read(page(before=before, head=head))
    assert record["standfirst"] == STANDFIRST
    assert record["body"] == BODY


@pytest.mark.parametrize("description", [STANDFIRST, PARAGRAPHS[0]])
def test_a_description_that_is_not_displayed_as_standfirst_is_none(description):
    record = read(page(head=f'<meta name="description" content="{description}">'))
    assert record["standfirst"] == ""
    assert record["body"] == BODY


def test_a_byline_is_no_standfirst():
    before = '<div class="entry-subhead">By Ann Lee on <time datetime="2024-03-01">the first of March</time></div>'
    assert read(page(before=before))["standfirst"] == ""


def test_links_to_other_articles_are_dropped_and_links_in_sentences_kept():
    paragraphs = [*PARAGRAPHS, 'The plans of <a href="/x">the engineers</a> are open to everybody in the town hall.']
    record = read(
        page('<p>Read more: see below</p><p><a href="/y">Another bridge falls</a></p>', paragraphs=paragraphs)
    )
    assert "Another bridge falls" not in record["body"]
    assert "The plans of the engineers are open" in record["body"]


def test_lines_of_the_source_are_no_paragraphs():
    assert read(page(paragraphs=[paragraph.replace(" ", "\n", 3) for paragraph in PARAGRAPHS]))["body"] == BODY


def test_layout_tables_keep_their_paragraphs():
    written = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    text = page(f"<table><tr><td><a href='/'>Menu</a></td><td>{written}</td></tr></table>", paragraphs=[])
    assert all(paragraph in str(read(text)["body"]).split("\n\n") for paragraph in PARAGRAPHS)


def test_what_follows_an_early_end_of_the_page_is_kept():
    text = page()
    middle = text.index(f"<p>{PARAGRAPHS[2]}")
    assert read(f"{text[:middle]}</body></html>{text[middle:]}")["body"] == BODY


def test_a_page_cut_by_its_markup_is_flagged_or_whole():
    fragments = ["<a><p></a></p>", "<table><tr><td>1", "<b><em><p></b>", "<aside>", "<ul><li>", "<div class=related>"]
    for fragment in fragments:
        text = page()
        middle = text.index(f"<p>{PARAGRAPHS[2]}")
        record = read(text[:middle] + fragment + text[middle:])
        kept = sum(paragraph in str(record["body"]) for paragraph in PARAGRAPHS)
        # What stands in an <aside> or in related matter is around the article for every reader.
        assert kept == 5 or record["extraction_flag"] or fragment in ("<aside>", "<div class=related>"), fragment


def test_comments_and_teasers_are_neither_body_nor_loss():
    comments = "".join(
        f'<div class="comment"><p>{word} I do not agree with this at all, my friends.</p></div>' for word in "abcdefgh"
    )
    record = read(page(after=f'<section id="comments">{comments}</section>'))
    assert record["body"] == BODY
    assert record["extraction_flag"] == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><p>x", True),
        ('<?xml version="1.0"?>\n<!-- saved -->\n<html>', True),
        ("\n <HTML lang=en>", True),
        ("<article><p>x</p></article>", True),
        ("Headline\n\nText about <html> tags.", False),
        ("<nitf><body/></nitf>", False),
        ("<headline>x</headline>", False),
        ("", False),
    ],
)
def test_is_web_page(text, expected):
    assert is_web_page(text) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'<meta charset="ISO-8859-1">', "iso-8859-1"),
        (b"<META http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
        (b"<meta name=x content=y><p>charset=utf-8", None),
        (b"", None),
    ],
)
def test_declared_charset(data, expected):
    assert declared_charset(data) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "<html>\n<p " + " ".join(f"a{n}" for n in range(200_000)) + ">x",
            "line 2: one tag with up to 200,000 attributes",
        ),
        (
            "<html><p " + " ".join(f"a{n}='>'" for n in range(2_000)) + ">x",
            "line 1: one tag with up to 2,000 attributes",
        ),
        ("<html><p>" + "word " * 10_000_000, "the page has 50,000,009 characters; allowed are 10,000,000"),
        ("<html>" + "<br>" * 50_000, "the page has 50,001 tags; allowed are 40,000"),
        ("<html><body>" + "<div>" * 1_000 + "x", "part of the page would be lost"),
        ("<html><body></body></html>", "no article text was found"),
        ("", "the page is empty"),
    ],
)
def test_hostile_and_empty_pages_are_refused(text, message):
    with pytest.raises(CorpusError, match=re.escape(message)):
        read_web_page(text)


def test_quotation_marks_out_of_place_are_no_attributes():
    record = read(page(head='<meta name=“x” content=“y" /><script>' + "if (a < b) { go(' '); } " * 2_000 + "</script>"))
    assert record["body"] == BODY


def gold_pages(shared_data, name):
    archive = shared_data / "boilerplate" / f"{name}.dev.zip"
    if not archive.exists():
        pytest.skip(f"the shared data are not here: no {archive.name}")
    with zipfile.ZipFile(archive) as opened:
        for line in opened.read("ground_truth.jsonl").decode("utf-8").splitlines():
            gold = json.loads(line)
            data = opened.read("html/" + gold["html_file"].rpartition("/")[2])
            yield gold, read(data.decode(gold["encoding"], errors="replace"))


def shingles(text):
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def test_shingle_f1_and_flags_on_real_pages(shared_data):
    precisions, recalls, flags = [], [], []
    for gold, record in gold_pages(shared_data, "scrapinghub"):
        wanted, given = shingles(gold["text"]), shingles(record["body"])
        shared = (wanted & given).total()
        precisions.append(shared / given.total())
        recalls.append(shared / wanted.total())
        flags.append(bool(record["extraction_flag"]))
    precision, recall = statistics.mean(precisions), statistics.mean(recalls)
    assert 2 * precision * recall / (precision + recall) >= 0.97
    assert all(flag or recall >= 0.5 for flag, recall in zip(flags, recalls, strict=True))
    assert sum(flags) <= 0.05 * len(flags)


def test_snippets_of_real_pages(shared_data):
    n_kept = n_out = 0
    for gold, record in gold_pages(shared_data, "trafilatura_en"):
        text = " ".join(f"{record['headline']} {record['standfirst']} {record['body']}".split())
        n_kept += sum(" ".join(part.split()) in text for part in gold["must_contain"])
        n_out += sum(" ".join(part.split()) not in text for part in gold["must_not_contain"])
    # trafilatura alone: 248 and 233. Two of those kept are in a thread of a forum, one in a post of a network, which is cut.
    assert n_kept >= 246
    assert n_out >= 237


def _page_of_entries(n: int, link: str) -> str:
    entries = "".join(
        f"<article><h2>{link.format(i)} stays</h2><p>The harbour board voted on Tuesday to keep ferry {i} in service, "
        f"and nobody who lives near quay {i} objected to the plan of the council.</p></article>"
        for i in range(n)
    )
    return f"<html><head><title>Latest news</title></head><body><h1>Latest news</h1>{entries}</body></html>"


@pytest.mark.parametrize(
    ("n", "link", "is_list"),
    [(4, "<a href='/{0}'>Ferry {0}</a>", True), (4, "", False), (2, "<a href='/{0}'>Ferry {0}</a>", False)],
)
def test_a_page_that_lists_articles_is_said_and_one_of_entries_is_not(n, link, is_list):
    # An entry without a link of its own is one of a live blog.
    notes = read_web_page(_page_of_entries(n, link)).notes
    assert ("several articles in one" in [note.kind for note in notes]) == is_list


def test_a_table_that_lays_out_an_old_page_is_no_table():
    paragraphs = [
        "The harbour board voted on Tuesday to keep the old ferry in service for another year.",
        "Nobody who lives near the quay had been asked, said the baker, whose shop opens onto it.",
        "A bridge will open in May, and then the mayor wants to look at the timetable again.",
    ]
    text = "<p>".join(paragraphs)
    page = f"<html><body><table><tr><td><a href='/'>Home</a></td><td><h1>Ferry stays</h1>{text}</td></tr></table></body></html>"
    assert read_web_page(page).records[0]["body"].split("\n\n") == paragraphs
