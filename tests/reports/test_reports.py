"""The report as a file: what its HTML holds, that its numbers are those of rates, and that nothing of an article can act."""

import base64
import hashlib
import json
import zlib
from collections import Counter
from itertools import accumulate
from pathlib import Path

import lxml.html
import pandas as pd
import pytest
from hostile_texts import OWN, active_content, of_all_suites

import analysis as fa
from analysis.core.naming import readable
from analysis.core.shipped import shipped
from analysis.reports.drawings import visible
from analysis.reports.writing import report

pytestmark = pytest.mark.slow  # nearly every test writes a whole report

LEXICON = fa.extend.lexicon_from_mapping(
    {"weakness": ["weak*", "back down"], "strength": ["strong*"], "threat": ["menace"]}
)
TARGETS = fa.extend.lexicon_from_mapping({"Mayor Vale": ["Vale"], "Council": ["council"], "Port": ["harbour"]})
ARTICLES = pd.DataFrame(
    {
        "article_id": ["a1", "a2", "a3", "a4"],
        "outlet": ["North", "North", "South", "South"],
        "date": ["2025-01-03", "2025-02-03", "2025-02-04", "2025-03-03"],
        "headline": ["Vale is weak", "Vale strong", "Council votes", "Rain"],
        "body": [
            "Vale was weak on Monday. “We are strong,” said Mira Holt.",
            "The council is weak. The river rose.",
            "A strong council met. It will not back down.",
            "It rained all day.",
        ],
        "url": ["https://north.example/1", "javascript:alert(1)", "http://south.example/3", ""],
    }
)
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "bdi", "code", "nav", "ul", "li", "main",
    "section", "dl", "div", "dt", "dd", "noscript", "figure", "svg", "g", "path", "text", "tspan", "defs", "clippath", "use", "rect",
    "label", "input", "span", "table", "caption", "thead", "tbody", "tr", "th", "td", "button", "dialog", "ol", "script",
}  # fmt: skip
OF_ONE_ARTICLE = {"em", "mark", "br", "q"}


def corpus(table: pd.DataFrame = ARTICLES) -> fa.Corpus:
    return fa.read(table, boilerplate="keep")


def parsed(path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(path.read_text(encoding="utf-8"))


def text_of(element) -> str:
    return " ".join(element.text_content().split())


def rows_of(tree, name: str) -> list[list[str]]:
    rows = tree.xpath(f"//table[@id='table-{name}']/tbody/tr")
    return [[cell.get("data-value", text_of(cell)) for cell in row] for row in rows]


def unpacked(element) -> dict:
    """Return the data of an element as the page reads them."""
    return json.loads(zlib.decompress(base64.b64decode(element.text, validate=True)))


def spans_of(part: dict) -> list[tuple[str, int, int]]:
    """Return the sentence of each hit of a part, and where in it the hit begins and ends."""
    sentences = [part["sentences"][number] for number in accumulate(part["sentence_step"])]
    return [(text, a, a + n) for text, a, n in zip(sentences, part["start"], part["length"], strict=True)]


def active_in(tree, allowed=ALLOWED) -> list[str]:
    """Return what can act in a report, its own script left out."""
    links = {f"a href={address}" for address in tree.xpath("//a/@href") if address.startswith(("http://", "https://"))}
    running = [script for script in tree.iter("script") if script.get("type") != "text/plain"]
    return [found for found in active_content(tree, allowed) if found not in links] + ["script"] * (len(running) - 1)


def hostile(texts) -> pd.DataFrame:
    said = [f"“A weak deal {text}”, said {text}. Weak {text} Vale is weak." for text in texts]
    return pd.DataFrame(
        {
            "article_id": [f"{number} {text}" for number, text in enumerate(texts)],
            **{name: list(texts) for name in ("outlet", "standfirst", "byline", "section")},
            "headline": [f"{text} weak" for text in texts],
            "body": said,
            "url": [text if number % 2 else f"https://x.example/{text}" for number, text in enumerate(texts)],
        }
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return parsed(report(corpus(), LEXICON, tmp_path_factory.mktemp("report") / "new" / "r.html", targets=TARGETS))


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("category", ["category"]),
        ("outlet", ["outlet", "category"]),
        ("zone", ["zone", "category"]),
        ("voice", ["voice", "category"]),
        ("period", ["year", "category"]),
    ],
)
def test_the_tables_hold_the_numbers_of_rates(page, name, by):
    tokens = fa.tokenize(corpus())
    table = fa.rates(fa.find_hits(tokens, LEXICON, targets=TARGETS), tokens, by=by)
    numbers = [
        "n_hits", "rate_per_1000", "rate_low", "share_of_articles", "share_of_articles_low", "n_articles", "n_tokens",
    ]  # fmt: skip
    for cells, row in zip(rows_of(page, name), table.to_dict("records"), strict=True):
        assert cells[: len(by)] == [str(row[column]) for column in by]
        shown = cells[len(by) : len(by) + len(numbers)]
        assert shown == ["" if pd.isna(row[column]) else str(row[column]) for column in numbers]
        assert cells[len(by) + len(numbers) :] == [row["reason"]]


def test_targets_are_shown_where_they_have_a_hit(page):
    # By hand: Vale is weak (twice) and strong; the council is weak and strong; the harbour is nowhere.
    names = {cells[0] for cells in rows_of(page, "target")}
    assert {"Mayor Vale", "Council"} <= names
    assert "Port" not in names


def test_every_number_of_hits_finds_as_many_hits_in_the_evidence(page):
    index = unpacked(page.get_element_by_id("evidence-index"))
    buttons = page.xpath("//button[@data-where]")
    assert len(buttons) > 10
    for button in buttons:
        wanted = [pair.split("=") for pair in button.get("data-where").split()]
        found = sum(all(index["codes"][name][hit] == int(code) for name, code in wanted) for hit in range(index["n"]))
        assert f"{found:,}" == text_of(button)


def test_the_evidence_holds_each_hit_in_its_sentence(page):
    part = unpacked(page.get_element_by_id("evidence-part-0"))
    marked = [(text[start:end], text) for text, start, end in spans_of(part)]
    # By hand, in the order of the text.
    assert marked == [
        ("weak", "Vale is weak"),
        ("weak", "Vale was weak on Monday."),
        ("strong", "“We are strong,” said Mira Holt."),
        ("strong", "Vale strong"),
        ("weak", "The council is weak."),
        ("strong", "A strong council met."),
        ("back down", "It will not back down."),
    ]
    assert part["articles"]["url"] == ["https://north.example/1", "", "http://south.example/3"]
    assert part["negated"] == [0, 0, 0, 0, 0, 0, 1]


def test_each_sentence_is_held_once_and_packed(tmp_path, monkeypatch):
    # By hand: three hits in two sentences of one article, three more in another; parts of two hits cut through both.
    bodies = [f"Vale is weak, weak in {town} to the bone. A strong river rose." for town in ("Sela", "Orr")]
    monkeypatch.setattr("analysis.reports.evidence.HITS_PER_PART", 2)
    tree = parsed(
        report(corpus(pd.DataFrame({"body": bodies, "headline": ["One", "Two"]})), LEXICON, tmp_path / "r.html")
    )
    elements = tree.xpath("//script[starts-with(@id, 'evidence-part-')]")
    parts = [unpacked(element) for element in elements]
    assert [part["sentences"] for part in parts] == [
        ["Vale is weak, weak in Sela to the bone."],
        ["A strong river rose.", "Vale is weak, weak in Orr to the bone."],
        ["Vale is weak, weak in Orr to the bone.", "A strong river rose."],
    ]
    assert [text[a:b] for part in parts for text, a, b in spans_of(part)] == ["weak", "weak", "strong"] * 2
    headlines = [part["articles"]["headline"][row] for part in parts for row in accumulate(part["article_step"])]
    assert headlines == ["One"] * 3 + ["Two"] * 3
    entries = unpacked(tree.get_element_by_id("evidence-index"))["entries"]
    assert [entries[code] for part in parts for code in part["entry"]] == ["weak*", "weak*", "strong*"] * 2


def test_the_sentences_of_the_sample_take_less_than_half_of_their_room(tmp_path):
    frames = fa.read_lexicon(shipped("frames.yml"))
    tree = parsed(report(Path(__file__).resolve().parents[2] / "data" / "articles", frames, tmp_path / "r.html"))
    element = tree.get_element_by_id("evidence-part-0")
    assert len(element.text) < len(json.dumps(unpacked(element), ensure_ascii=False).encode()) / 2


def test_places_in_sentences_are_right_with_emoji_line_ends_and_opening_marks(tmp_path):
    # JavaScript counts an emoji as two; "\r\n" is shown as one space.
    body = "It rained. “😀 One\r\n😀 line is weak and\r\nthey back\r\ndown 😀 now.” The end."
    path = report(corpus(pd.DataFrame({"body": [body]})), LEXICON, tmp_path / "r.html")
    part = unpacked(parsed(path).get_element_by_id("evidence-part-0"))
    shown = [text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") for text, start, end in spans_of(part)]
    assert shown == ["weak", "back down"]


def test_the_methods_paragraph_says_what_must_be_cited(tmp_path):
    table = pd.concat([ARTICLES.assign(body=ARTICLES["body"] * 20)] * 2, ignore_index=True)
    table["article_id"] = [f"a{number}" for number in range(len(table))]
    table.loc[len(table)] = {"article_id": "blank", "body": " "}
    copies = fa.read(table, boilerplate="keep", duplicates="first")
    tree = parsed(report(copies, LEXICON, tmp_path / "r.html"))
    said = text_of(tree.get_element_by_id("methods-text"))
    tokens = fa.tokenize(copies)
    n_left_out = len(table) - 1 - len(copies.articles)
    assert n_left_out >= 3
    for part in (
        f"{len(copies.articles)} articles of 2 outlets, published from 2025-01-03 to 2025-03-03",
        f"{len(tokens):,} words",
        f"token rule {tokens.rule}",
        "1 article was left out",
        "No boilerplate passage was cut.",
        f"{n_left_out} copies of other articles were left out.",
        f"version {LEXICON.version} (hash {LEXICON.hash}), which has 4 entries in 3 categories",
        "95% t on log or logit scale, jackknife over articles",
        "no targets were given",
    ):
        assert part in said


def test_what_was_cut_is_said(tmp_path):
    cut = fa.read(
        ARTICLES.assign(body=ARTICLES["body"] + "\n\nSource: Read Full Article"), boilerplate="cut", duplicates="keep"
    )
    assert len(cut.removed) == 4
    tree = parsed(report(cut, LEXICON, tmp_path / "r.html"))
    assert "4 boilerplate passages were cut from 4 articles: " in text_of(tree.get_element_by_id("methods-text"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outlet": None}, "No article says its outlet."),
        ({"date": None}, "No article has a date."),
        ({"headline": ""}, "No article has a headline."),
        ({"language": "de"}, "voices are read in English text only"),
        ({"body": "Regen.", "headline": "Regen"}, "No hit."),
        ({}, "No targets were given"),
    ],
)
def test_what_the_corpus_lacks_is_said_in_a_line(tmp_path, change, said):
    tree = parsed(report(corpus(ARTICLES.assign(**change)), LEXICON, tmp_path / "r.html"))
    assert said in text_of(tree.get_element_by_id("content"))
    assert len(rows_of(tree, "category")) == 3


def test_the_same_input_gives_the_same_file(tmp_path):
    first, second = (report(corpus(), LEXICON, tmp_path / name, targets=TARGETS) for name in ("1.html", "2.html"))
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.html", "2.html"]


def test_an_empty_corpus_is_refused(tmp_path):
    with pytest.raises(fa.CorpusError, match=r"the corpus holds no article \(1 were rejected\)"):
        report(corpus(pd.DataFrame({"body": [" "]})), LEXICON, tmp_path / "r.html")


def test_the_page_can_be_used_without_seeing_it(page):
    tree = page
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//body/*[1][self::a][@href='#content']")
    assert tree.xpath("//main[@id='content']")
    for svg in tree.xpath("//*[local-name()='svg']"):
        assert svg.get("role") == "img"
        assert "hits per 1,000 words" in svg.get("aria-label")
    for field in tree.xpath("//input"):
        assert tree.xpath(f"//label[@for='{field.get('id')}']")
    for table in tree.xpath("//table"):
        assert table.xpath("caption")
        assert all(cell.get("scope") == "col" for cell in table.xpath("thead//th"))
    ids = Counter(tree.xpath("//@id"))
    assert [name for name, n in ids.items() if n > 1] == []


def test_the_policy_lets_only_the_one_script_run_and_nothing_be_fetched(page):
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    script = page.xpath("//script[not(@type)]")[0].text
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"script-src 'sha256-{digest}'"]
    assert active_in(page) == []


@pytest.mark.parametrize("n", [1, len(OWN)])
def test_nothing_of_an_article_or_a_lexicon_acts(tmp_path, n):
    lexicon = fa.extend.lexicon_from_mapping({text: ["weak", "deal"] for text in OWN[:6]}, name=OWN[1])
    targets = fa.extend.lexicon_from_mapping({OWN[3]: ["Vale"]}, name=OWN[4])
    tree = parsed(report(corpus(hostile(OWN[:n])), lexicon, tmp_path / "r.html", targets=targets))
    assert active_in(tree, ALLOWED | OF_ONE_ARTICLE if n == 1 else ALLOWED) == []
    for data in tree.xpath("//script[@type]"):
        assert unpacked(data)
    frames = {text_of(cell) for cell in tree.xpath("//table[@class!='sortable' or @id]//tbody//bdi")}
    assert set(OWN[:6]) <= frames


def test_outlets_are_drawn_and_listed_as_typed(tmp_path):
    tree = parsed(report(corpus(hostile(OWN)), LEXICON, tmp_path / "r.html"))
    listed = {cells[0] for cells in rows_of(tree, "outlet")}
    assert listed == {" ".join(visible(text).split()) for text in OWN}
    drawn = " ".join(text_of(label) for label in tree.xpath("//*[local-name()='svg']//*[local-name()='text']"))
    # Outlets of one article each: those drawn are the first ten.
    for text in OWN[:10]:
        assert f"{' '.join(visible(text).split())[:39]}" in drawn


def test_no_payload_of_public_suites_acts(tmp_path, shared_data):
    tree = parsed(report(corpus(hostile(of_all_suites(shared_data))), LEXICON, tmp_path / "r.html"))
    assert active_in(tree) == []
    for data in tree.xpath("//script[@type]"):
        assert unpacked(data)


def test_every_payload_is_a_category_once(tmp_path, shared_data):
    # Of one article, whose report lists every category and draws none.
    texts = of_all_suites(shared_data)
    lexicon = fa.extend.lexicon_from_mapping({text: ["weak"] for text in texts})
    tree = parsed(report(corpus(ARTICLES.head(1)), lexicon, tmp_path / "r.html"))
    assert active_in(tree, ALLOWED | OF_ONE_ARTICLE) == []
    listed = {cells[0] for cells in rows_of(tree, "counts")}
    assert listed == {" ".join(visible(readable(text)).split()) for text in texts}


def test_payloads_are_categories_of_a_corpus_too(tmp_path, shared_data):
    texts = of_all_suites(shared_data)[::60]
    lexicon = fa.extend.lexicon_from_mapping({text: ["weak"] for text in texts})
    tree = parsed(report(corpus(), lexicon, tmp_path / "r.html"))
    assert active_in(tree) == []
    listed = {cells[0] for cells in rows_of(tree, "category")}
    assert listed == {" ".join(visible(readable(text)).split()) for text in texts}


def test_one_article_gets_its_text_and_no_rate(tmp_path):
    tree = parsed(report(corpus(ARTICLES.head(1)), LEXICON, tmp_path / "r.html", targets=TARGETS))
    shown = text_of(tree.get_element_by_id("content"))
    assert "per 1,000" not in shown
    assert "No rate is compared" in shown
    # By hand: "Vale is weak" in the headline, weak and strong in the body, the last one said by Mira Holt.
    marks = [text_of(mark) for mark in tree.xpath("//table[@id='table-hits']//mark")]
    assert marks == ["weak", "weak", "strong"]
    assert "2 of the 3 hits stand in the narrator's own voice." in shown
    assert rows_of(tree, "counts") == [["weakness", "2"], ["strength", "1"], ["threat", "0"]]


def test_one_article_in_another_language(tmp_path):
    tree = parsed(report(corpus(ARTICLES.head(1).assign(language="de")), LEXICON, tmp_path / "r.html"))
    assert "read in English text only" in text_of(tree.get_element_by_id("findings"))


def test_the_founding_article(tmp_path, shared_data):
    path = shared_data.parent / "example" / "article.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there; set FRAMING_SHARED to the folder of the shared data")
    frames, targets = fa.read_lexicon(shipped("frames.yml")), fa.read_lexicon(shipped("targets.yml"))
    tree = parsed(report(fa.read(path), frames, tmp_path / "r.html", targets=targets))
    # What expected.md, read by hand, says the report of this article must point out.
    findings = text_of(tree.get_element_by_id("findings"))
    assert "The speaker is Harry Kazianis. There it is about North Korea" in findings
    assert "'failing' (failure about Joe Biden) has no support in the body" in findings
    traced = [text_of(cell) for cell in tree.xpath("//section[@id='quotes']//tbody/tr[1]/*")]
    assert traced[2:7] == ["altered", "does not want to look weak", "direct", "Harry Kazianis", "North Korea"]
    assert active_in(tree, ALLOWED | OF_ONE_ARTICLE) == []


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """Return the report of more hits than a page holds: 90 of weakness in North, 6 in South and 3 of strength there, and a page of 40."""
    bodies = [*[f"Vale is weak in town {number}." for number in range(90)]]
    bodies += [*[f"The council is weak in street {number}." for number in range(6)]]
    bodies += [*[f"The port is strong on day {number}." for number in range(3)]]
    table = pd.DataFrame({"outlet": ["North"] * 90 + ["South"] * 9, "headline": "", "body": bodies})
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("analysis.reports.held_hits.MOST_HITS", 40)
        changed.setattr("analysis.reports.evidence.HITS_PER_PART", 7)
        return parsed(report(corpus(table), LEXICON, tmp_path_factory.mktemp("crowded") / "r.html"))


def held_of(tree, group: str) -> list[int]:
    """Return the hits that the button of a group opens."""
    (button,) = tree.xpath(f"//button[starts-with(@data-name, {group!r})]")
    index = unpacked(tree.get_element_by_id("evidence-index"))
    wanted = [pair.split("=") for pair in button.get("data-where").split()]
    return [hit for hit in range(index["n"]) if all(index["codes"][name][hit] == int(code) for name, code in wanted)]


def test_a_page_of_too_many_hits_holds_some_of_every_number_and_all_of_the_rare_ones(crowded):
    # By hand: 9 are of South, so 31 of the 40 are of the 90 of North; every number has at least 31, or all.
    assert {
        name: len(held_of(crowded, name)) for name in ("North, weakness", "South, weakness", "South, strength")
    } == {
        "North, weakness": 31,
        "South, weakness": 6,
        "South, strength": 3,
    }
    parts = [unpacked(element) for element in crowded.xpath("//script[starts-with(@id, 'evidence-part-')]")]
    assert [len(part["start"]) for part in parts] == [7, 7, 7, 7, 7, 5]
    assert Counter(text[start:end] for part in parts for text, start, end in spans_of(part)) == {
        "weak": 37,
        "strong": 3,
    }


def test_a_page_says_which_hits_it_does_not_hold(crowded):
    said = text_of(crowded.get_element_by_id("summary"))
    assert (
        "All 99 hits are counted, but the page holds the sentences of 40 only, drawn by chance: of every number" in said
    )
    numbers = {row[0]: row[2] for row in rows_of(crowded, "outlet") if row[1] == "weakness"}
    assert numbers == {"North": "90", "South": "6"}
    labels = {button.get("data-name"): button.get("aria-label") for button in crowded.xpath("//button[@data-where]")}
    name = "North, weakness: 31 of 90 hits, drawn by chance"
    assert labels[name] == "90 hits, North, weakness: show some of the sentences"
    assert labels["South, weakness"] == "6 hits, South, weakness: show the sentences"
