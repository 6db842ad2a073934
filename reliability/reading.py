"""Rows of reading: every article accounted for, encodings, words, whole pages, dates, copies."""

import random
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
from selectolax.lexbor import LexborHTMLParser

import analysis as fa
from analysis.core.errors import CorpusError
from analysis.reading.dates import days, readings
from analysis.reading.decoding import decode
from analysis.reading.delimited import read_csv
from analysis.reading.webpage import read_web_page
from reliability import polluted
from reliability.outcomes import RIGHT, Outcome, judged, records, with_tests

BODY = "The harbour board voted on Tuesday evening to keep the old ferry in service for another year"
# Words that one program or another takes for a missing value, a truth value, a number or a date; each is a headline here.
TYPED_WORDS = (
    "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "-nan", "null", "NULL", "None", "1.#QNAN", "inf", "-inf", "True", "false",
    "yes", "No", "010", "1e5", "0x1F", "12:30", "1-2", "SEPT2", "MARCH1", "3/4", "007",
)  # fmt: skip


# Row 1


def accounting(cases: Path) -> Iterator[Outcome]:
    """Judge files of which it is known how many articles they hold, or that they are no files of articles at all."""
    for case in records(cases, "csv-spectrum"):
        yield judged(
            case["file"], lambda case=case: _spectrum(cases / "csv-spectrum" / case["file"], case["expect_json"])
        )
    for case in records(cases, "jsontestsuite"):
        yield judged(case["file"], lambda case=case: _json(cases / "jsontestsuite" / case["file"], case["expect"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.csv"
        for name, data in polluted.files():
            yield judged(name, lambda data=data: _polluted(path, data))


def _spectrum(path: Path, wanted: list[dict[str, str]]) -> str:
    found = read_csv(path.read_bytes().decode().replace("\r\n", "\n"))
    rows = found.table.to_dict("records") if hasattr(found, "table") else found[0].to_dict("records")
    same = [{name: cell.replace("\r\n", "\n") for name, cell in row.items()} for row in wanted]
    return "" if rows == same else f"{rows} in place of {same}"


def _json(path: Path, verdict: str) -> str:
    """Judge by the suite: what is no JSON must be refused; valid JSON that holds no articles may be."""
    try:
        corpus = fa.read(path, boilerplate="keep")
    except CorpusError:
        return ""
    is_wrong = verdict == "reject" and corpus.rejected.empty and len(corpus.articles)
    return f"{len(corpus.articles)} articles of what is no JSON" if is_wrong else ""


def _polluted(path: Path, data: bytes) -> str:
    """Judge a broken table by its clean twin: every body is there as it was, or its loss is listed or noted."""
    path.write_bytes(data)
    corpus = fa.read(path, boilerplate="keep")
    found, wanted = corpus.articles["body"].tolist(), polluted.BODIES
    lost, other = [body for body in wanted if body not in found], [body for body in found if body not in wanted]
    raw = " ".join(corpus.rejected["raw"].dropna())
    noted = [note.kind for note in corpus.notes if note.is_harmful and note.kind not in _OF_NAMES]
    listed = len(corpus.rejected) + len(noted)
    if (not noted and any(body.partition(";")[0].rpartition(" ")[2] not in raw for body in lost)) or (
        other and not listed
    ):
        return f"lost {lost[:1]}, other {other[:1]}, {len(corpus.rejected)} rejected, {[note.kind for note in corpus.notes]}"
    columns = corpus.articles.set_index("body")["headline"].reindex(wanted)
    moved = [
        h for h, w in zip(columns, polluted.HEADLINES, strict=True) if isinstance(h, str) and h.split() != w.split()
    ]
    return f"the headline {moved[0]!r} is not that of its article" if moved and not listed else ""


_OF_NAMES = ("no outlet", "no date")  # notes on columns, which say nothing of a row


# Row 2


def encodings(_: Path) -> Iterator[Outcome]:
    """Judge news text in every codec of Python that can write it: read right, guessed with a note, or refused."""
    with_tests()
    from test_encodings import CASES, SENTENCES

    for codec, language in CASES:
        text = f"Ferry\n\n{SENTENCES[language]}\n"
        yield judged(f"{codec}, {language}", lambda text=text, codec=codec: _decoded(text, codec))


def _decoded(text: str, codec: str) -> str:
    if decode(text.encode(codec), encoding=codec).text != text.encode(codec).decode(codec):
        return "not read with its encoding said"
    found = decode(text.encode(codec))
    return "" if found.text == text or found.sample else f"read as {found.encoding}: {found.text[:40]!r}"


# Row 3


def words(cases: Path) -> Iterator[Outcome]:
    """Judge words that programs change: each is the headline of an article, in a file of every form of table."""
    texts = list(dict.fromkeys([*TYPED_WORDS, *(one["text"] for one in records(cases, "blns"))]))
    texts = [text for text in texts if _is_whole(text) and text.strip()]
    known: dict[tuple[str, str], Outcome] = {}
    for suffix, write in _WRITERS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a{suffix}"
            possible = [text for text in texts if suffix != ".xlsx" or not _NOT_IN_XML.search(text)]
            changed = _changed(path, write, possible)
            for text in possible:
                case = f"{suffix} {text[:40]!r}"
                if text not in changed:
                    yield Outcome(case, RIGHT)
                    continue
                if (text, changed[text]) not in known:  # else changed as in another form already, and judged there
                    known[text, changed[text]] = judged(case, partial(_silently_changed, path, write, text))
                yield known[text, changed[text]]._replace(case=case)


_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


_WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    ".csv": lambda table, path: table.to_csv(path, index=False),
    ".tsv": lambda table, path: table.to_csv(path, index=False, sep="\t"),
    ".json": lambda table, path: table.to_json(path, orient="records"),
    ".jsonl": lambda table, path: table.to_json(path, orient="records", lines=True),
    ".parquet": lambda table, path: table.to_parquet(path),
    ".xlsx": lambda table, path: table.to_excel(path, index=False),
}


def _headlines(path: Path, write: Callable[[pd.DataFrame, Path], None], texts: list[str]) -> fa.Corpus:
    numbers = range(len(texts))
    table = pd.DataFrame(
        {"article_id": [f"a{n}" for n in numbers], "headline": texts, "body": [f"{BODY}, number {n}." for n in numbers]}
    )
    write(table, path)
    return fa.read(path, boilerplate="keep")


def _changed(path: Path, write: Callable[[pd.DataFrame, Path], None], texts: list[str]) -> dict[str, str]:
    """Return the texts that come back otherwise from a file of all of them, and as what."""
    corpus = _headlines(path, write, texts)
    found = corpus.articles.set_index("article_id")["headline"]
    return {text: str(found.get(f"a{n}")) for n, text in enumerate(texts) if found.get(f"a{n}") != text}


def _silently_changed(path: Path, write: Callable[[pd.DataFrame, Path], None], text: str) -> str:
    """Judge one text that is changed: alone in a file, its change is noted or listed."""
    corpus = _headlines(path, write, ["Ferry stays", text])
    said = [note.kind for note in corpus.notes if note.kind not in _OF_NAMES]
    if len(corpus.articles) < 2 and corpus.rejected.empty:
        return "the article is lost"
    found = corpus.articles["headline"].iloc[-1]
    return "" if found == text or said or len(corpus.rejected) else f"read as {found[:60]!r}"


# Row 5


def whole_pages(cases: Path) -> Iterator[Outcome]:
    """Judge pages with a broken fragment in the middle of the article by what an HTML5 parser shows; and clean pages, of which none is noted."""
    with_tests()
    from test_pages import PARAGRAPHS, page, written

    for case in records(cases, "html5lib-tree"):
        text = page(f"<article>{written(PARAGRAPHS[:2])}{case['html']}{written(PARAGRAPHS[2:])}</article>")
        yield judged(case["id"], lambda text=text: _cut(text, PARAGRAPHS))
    for number in range(100):
        yield judged(f"clean page {number}", lambda number=number: _clean_page(number))


def _cut(text: str, paragraphs: list[str]) -> str:
    found = read_web_page(text)
    if found.rejected or found.notes or found.records[0]["extraction_flag"]:
        return ""
    shown = _visible(text)
    lost = [one for one in paragraphs if one in shown and one not in found.records[0]["body"]]
    return f"{len(lost)} of {len(paragraphs)} paragraphs are cut, the first {lost[0][:40]!r}" if lost else ""


def _visible(text: str) -> str:
    """Return the text that a browser shows, by an HTML5 parser apart from the one that reads pages."""
    tree = LexborHTMLParser(text)
    for node in tree.css(
        "script, style, template, title, textarea, noscript, iframe, noembed, noframes, select, svg, math"
    ):
        node.decompose()
    return tree.body.text(separator="") if tree.body else ""


def _clean_page(number: int) -> str:
    from test_pages import PARAGRAPHS, page, written

    draw = random.Random(number)
    paragraphs = [f"{draw.choice(PARAGRAPHS)} Number {n}." for n in range(draw.randint(4, 12))]
    wrap = draw.choice(["<article>{}</article>", "<div class='post-content'>{}</div>", "<section>{}</section>"])
    found = read_web_page(page(wrap.format(written(paragraphs))))
    record = found.records[0]
    if record["body"].split("\n\n") != paragraphs:
        return "the text is another"
    return f"noted: {found.notes} {record['extraction_flag']}" if found.notes or record["extraction_flag"] else ""


# Row 9


def dates(cases: Path) -> Iterator[Outcome]:
    """Judge columns of dates: the days as stated, none, or a refusal where the case asks for one."""
    for case in records(cases, "hazards-dates"):
        yield judged(f"{case['why']}: {case['values']}", lambda case=case: _dated(case["values"], case["expect"]))


def _dated(values: list[str], expect: str | list[str]) -> str:
    column = pd.Series(values, dtype="str", name="date")
    if expect == "1 reported loss":
        kinds = readings(column, place="a.csv")["kind"].tolist()
        return "" if kinds.count("unread") == 1 else f"{kinds}"
    try:
        found = [None if pd.isna(day) else day.date().isoformat() for day in days(column, place="a.csv", order=None)]
    except CorpusError:
        return "" if "error" in str(expect) else "refused, though it is a date"
    if isinstance(expect, str):
        return f"{found} in place of a refusal"
    for day, allowed in zip(found, expect, strict=True):
        if day != allowed and (day is not None or allowed[0].isdigit()) and f"error-or-{day}" != allowed:
            return f"{found} in place of {expect}"
    return ""


# Row 10

N_STORIES, N_COPIES = 60, 1000


def copies(_: Path) -> Iterator[Outcome]:
    """Judge planted copies, stories that are no copies, and whether a thousand copies of one text are said."""
    with_tests()
    from test_duplicates import invented_body, planted_copy

    draw = random.Random(19)
    stories = [invented_body(draw) for _ in range(2 * N_STORIES)]
    near = [planted_copy(story, draw) for story in stories[:N_STORIES]]
    corpus = fa.read(pd.DataFrame({"body": [*stories, *near]}), boilerplate="keep")
    group = corpus.articles["duplicate_group"].tolist()
    for number in range(N_STORIES):
        is_found = isinstance(group[number], str) and group[number] == group[2 * N_STORIES + number]
        yield judged(f"copy {number}", lambda is_found=is_found: "" if is_found else "not found")
    for number in range(N_STORIES, 2 * N_STORIES):
        is_alone = group.count(group[number]) <= 1 or not isinstance(group[number], str)
        yield judged(f"no copy {number}", lambda is_alone=is_alone: "" if is_alone else "taken for a copy")
    many = pd.DataFrame({"body": [*stories[:20], *[f"{BODY}: critical."] * N_COPIES]})
    kinds = [note.kind for note in fa.read(many, boilerplate="keep").notes]
    yield judged(
        "a thousand copies of one text",
        lambda: "" if {"duplicates", "repeating article"} & {*kinds} else f"only {kinds}",
    )
