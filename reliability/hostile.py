"""Rows of what is too big, changes while it is read, or unpacks without end; each case in a process of its own, with limits."""

import gzip
import json
import os
import random
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import analysis as fa
from analysis.core.errors import FramingError
from analysis.core.files import zipped
from reliability.outcomes import CRASHED, REFUSED, RIGHT, SILENT, Outcome, judged

SECONDS, BYTES = 10, 500 << 20  # what a bomb may take of time and further memory
_LONGEST = 1000  # of what a child says, which must fit into a pipe
TEXT = "The harbour board voted to keep the old ferry in service for another year. "
MB = 1 << 20


class Ended(NamedTuple):
    """How a child process ended: what it said, its CPU seconds and the bytes that it took beyond what it began with."""

    said: str
    seconds: float
    taken: int


def in_child(call: Callable[[], str], *, seconds: int) -> Ended:
    """Return how a call ends in a copy of this process; it is killed after so many seconds of CPU, and ten times as many of the clock."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        signal.alarm(10 * seconds)
        before = _resident()
        said = _said(call)
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
        os.write(writing, f"{taken} {said[:_LONGEST]}".encode("utf-8", "replace"))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        taken, _, said = pipe.read().decode("utf-8", "replace").partition(" ")
    _, status, used = os.wait4(child, 0)
    if status:
        said = f"crashed: ended by signal {os.WTERMSIG(status)}"
    return Ended(said, used.ru_utime + used.ru_stime, int(taken or 0))


def _said(call: Callable[[], str]) -> str:
    try:
        return call()
    except FramingError as error:
        return f"refused: {error}"
    except BaseException as error:  # whatever it is, the child ends here
        return f"crashed: {type(error).__name__}: {error}"


def _resident() -> int:
    """Return the bytes of memory that this process has now."""
    pages = Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _outcome(case: str, ended: Ended, *, seconds: float, most: int) -> Outcome:
    said = f"{ended.said[:200]} ({ended.seconds:.1f} s, {ended.taken / 1e6:.0f} MB)"
    if ended.said.startswith("crashed") or ended.seconds > seconds or ended.taken > most:
        return Outcome(case, CRASHED, said)
    if ended.said.startswith("wrong"):
        return Outcome(case, SILENT, said)
    return Outcome(case, RIGHT, said)


# Row 24


def bombs(_: Path) -> Iterator[Outcome]:
    """Judge files that unpack, nest or repeat without end, beside an article: they are refused or listed within the limits, and it is read."""
    _warm()
    with tempfile.TemporaryDirectory() as name:
        for case, (suffix, make) in ARTICLE_BOMBS.items():
            folder = Path(name) / str(len(list(Path(name).iterdir())))
            folder.mkdir()
            (folder / "good.txt").write_text("Ferry stays\n\n" + TEXT, encoding="utf-8")
            (folder / f"bomb{suffix}").write_bytes(make())
            ended = in_child(lambda folder=folder: _read_beside(folder), seconds=6 * SECONDS)
            yield _outcome(case, ended, seconds=SECONDS, most=BYTES)
        for case, text in LEXICON_BOMBS.items():
            path = Path(name) / "bomb.yml"
            path.write_text(text(), encoding="utf-8")
            ended = in_child(lambda path=path: _lexicon_loaded(path), seconds=6 * SECONDS)
            yield _outcome(case, ended, seconds=SECONDS, most=BYTES)


def _warm() -> None:
    """Load here what every reading loads, so that the children do not count it as theirs."""
    fa.read(pd.DataFrame({"body": [TEXT]}), boilerplate="keep")
    fa.extend.lexicon_from_mapping({"c": ["weak"]})


def _read_beside(folder: Path) -> str:
    corpus = fa.read(folder, boilerplate="keep")
    if "good" not in {*corpus.articles["article_id"]}:
        return "wrong: the article beside it is lost"
    listed = len(corpus.rejected) or len(corpus.articles) > 1 or corpus.notes
    return "listed" if listed else "wrong: the bomb is not listed"


def _lexicon_loaded(path: Path) -> str:
    return f"loaded, {len(fa.read_lexicon(path).entries)} entries"


def _docx(document: bytes) -> bytes:
    head = '<?xml version="1.0"?>'
    types = (
        f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return zipped(
        {"[Content_Types].xml": types.encode(), "_rels/.rels": relations.encode(), "word/document.xml": document}
    )


_W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_XML = b'<?xml version="1.0"?>'
_OF_A_FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_END = b"</w:body></w:document>"


def _paragraph(text: bytes) -> bytes:
    return b"<w:p><w:r><w:t>" + text + b"</w:t></w:r></w:p>"


def _laughs(letters: str = "abcdefghij") -> bytes:
    entities = "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in pairwise(letters))
    return f'<!DOCTYPE x [<!ENTITY {letters[0]} "ferry">{entities}]>'.encode()


def _small_zip() -> bytes:
    """Return an archive whose file says that it has nine bytes."""
    return zipped({"a.txt": b"a" * (20 * MB)}).replace((20 * MB).to_bytes(4, "little"), (9).to_bytes(4, "little"))


def _many_attributes() -> bytes:
    attributes = b" ".join(b"a%d=1" % number for number in range(200_000))
    return b"<html><body><p " + attributes + b">" + TEXT.encode() + b"</p></body></html>"


def _yaml_laughs() -> str:
    lists = [f"{two}: &{two} [{','.join([f'*{one}'] * 9)}]\n" for one, two in pairwise("abcdefghi")]
    return "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(lists)


def _noise(n_bytes: int) -> bytes:
    return random.Random(1).randbytes(n_bytes)


ARTICLE_BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gzip of one letter, 300 MB": (".txt.gz", lambda: gzip.compress(b"a" * (300 * MB), 6)),
    "gzip of JSON, 200 MB": (".json.gz", lambda: gzip.compress(b"[" + b'{"body": "ferry"},' * (12 * MB) + b'{"body": "x"}]')),
    "gzip of gzip": (".gz", lambda: gzip.compress(gzip.compress(b"a" * (50 * MB)))),
    "zip of one letter, 300 MB": (".zip", lambda: zipped({"a.txt": b"a" * (300 * MB)})),
    "zip of 150,000 files": (".zip", lambda: zipped({f"{n}.txt": b"" for n in range(150_000)})),
    "zip in a zip": (".zip", lambda: zipped({"b.zip": zipped({"a.txt": b"a" * (50 * MB)})})),
    "zip that says it is small": (".zip", _small_zip),
    "zip cut in the middle": (".zip", lambda: zipped({"a.txt": _noise(MB)})[: MB // 2]),
    "DOCX of one text, 300 MB": (".docx", lambda: _docx(_W + _paragraph(b"a" * (300 * MB)) + _END)),
    "DOCX of a million paragraphs": (".docx", lambda: _docx(_W + _paragraph(b"ferry") * MB + _END)),
    "DOCX with a billion laughs": (".docx", lambda: _docx(_laughs() + _W + _paragraph(b"&j;") + _END)),
    "DOCX with a file as an entity": (".docx", lambda: _docx(_OF_A_FILE + _W + _paragraph(b"&a;") + _END)),
    "DOCX nested 100,000 deep": (".docx", lambda: _docx(_W + b"<w:p>" * 100_000 + b"</w:p>" * 100_000 + _END)),
    "XML with a billion laughs": (".xml", lambda: _XML + _laughs() + b"<PPSResponse><article><headline>&j;</headline></article></PPSResponse>"),
    "XML nested 100,000 deep": (".xml", lambda: _XML + b"<a>" * 100_000 + b"x" + b"</a>" * 100_000),
    "HTML nested 100,000 deep": (".html", lambda: b"<html><body>" + b"<div>" * 100_000 + TEXT.encode() + b"</body></html>"),
    "HTML with 200,000 attributes": (".html", _many_attributes),
    "HTML of 300,000 tables": (".html", lambda: b"<html><body>" + b"<table>" * 300_000 + TEXT.encode() + b"</body></html>"),
    "HTML of unclosed comments": (".html", lambda: b"<html><body>" + b"<!--" * 500_000 + TEXT.encode()),
    "JSON nested 200,000 deep": (".json", lambda: b"[" * 200_000 + b"]" * 200_000),
    "JSON of objects nested 100,000 deep": (".json", lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "JSON with a number of a million digits": (".json", lambda: b'[{"body": "ferry", "n": ' + b"9" * MB + b"}]"),
    "JSON Lines, one line of 70 MB": (".jsonl", lambda: json.dumps({"body": TEXT * (70 * MB // len(TEXT))}).encode()),
    "CSV of 100,000 columns": (".csv", lambda: ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n" + b"," * 99_999 + b"\n"),
    "CSV of quotation marks": (".csv", lambda: b"headline,body\n" + b'"' * (2 * MB + 1)),
    "CSV with a text of 70 MB": (".csv", lambda: b"headline,body\nFerry," + TEXT.replace(",", "").encode() * (70 * MB // len(TEXT)) + b"\n"),
    "RTF nested 100,000 deep": (".rtf", lambda: b"{\\rtf1 " + b"{" * 100_000 + b"ferry" + b"}" * 100_001),
    "RTF with a broken code page": (".rtf", lambda: b"{\\rtf1\\ansi\\ansicpg=252 ferry \\'e9\\'ff}"),
    "XLSX of 300 MB": (".xlsx", lambda: zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a>" + b"b" * (300 * MB) + b"</a>"})),
    "noise": (".txt", lambda: _noise(5 * MB)),
    "one line of 30 MB": (".txt", lambda: b"ferry " * (5 * MB)),
}  # fmt: skip
LEXICON_BOMBS: dict[str, Callable[[], str]] = {
    "YAML with a billion laughs": _yaml_laughs,
    "YAML with merge keys": lambda: "a: &a {b: c}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a]}}\n" for n in range(26)),
    "YAML nested 200,000 deep": lambda: "war: " + "[" * 200_000,
    "YAML with an object of Python": lambda: "war: !!python/object/apply:os.system ['true']\n",
    "YAML with a day that no calendar has": lambda: "war: [2200-01-00, 2020-02-31]\n",
    "an entry that is an expression": lambda: "war: ['(a+)+$', '(x*)*y']\n",
    "an entry of a million letters": lambda: f"war: [{'x' * MB}]\n",
}  # fmt: skip


# Row 19


def big_documents(_: Path) -> Iterator[Outcome]:
    """Judge documents of 100 and 600 MB beside others: refused by name in less than twice their size, the others read."""
    _warm()
    with tempfile.TemporaryDirectory() as name:
        for n_megabytes in (100, 600):
            for suffix, head in (
                (".txt", b"Ferry\n\n"),
                (".csv", b"headline,body\nFerry stays,The board met.\nFerry,"),
            ):
                folder = Path(name) / f"{n_megabytes}{suffix}"
                folder.mkdir()
                (folder / "good.txt").write_text("Ferry stays\n\n" + TEXT, encoding="utf-8")
                with (folder / f"big{suffix}").open("wb") as file:
                    file.write(head)
                    for _number in range(n_megabytes):
                        file.write(b"The board met again. " * (MB // 21))
                ended = in_child(lambda folder=folder: _read_beside(folder), seconds=12 * SECONDS)
                yield _outcome(f"{n_megabytes} MB {suffix}", ended, seconds=12 * SECONDS, most=2 * n_megabytes * MB)
                (folder / f"big{suffix}").unlink()


# Row 20


def changed_input(_: Path) -> Iterator[Outcome]:
    """Judge files that are rewritten, cut or replaced while they are read: each change is an error, and without one there is none."""
    from analysis.reading import containers

    with tempfile.TemporaryDirectory() as name:
        for change_name, change in _CHANGES.items():
            for suffix in (".csv", ".txt", ".jsonl"):
                path = Path(name) / f"a{suffix}"
                path.write_text(_CONTENT[suffix], encoding="utf-8")

                def check(path: Path = path, change: Callable[[Path], None] = change) -> str:
                    with containers.unchanged(path):
                        path.read_bytes()
                        change(path)
                    return ""

                outcome = judged(f"{suffix}, {change_name}", check)
                is_right = (outcome.kind == REFUSED) == (change_name != "nothing")
                yield outcome._replace(kind=RIGHT if is_right else SILENT)


def _rewritten(path: Path) -> None:
    time.sleep(0.02)  # some file systems count time in hundredths of a second
    path.write_bytes(path.read_bytes().replace(b"e", b"x"))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() * 2)


def _replaced(path: Path) -> None:
    other = path.with_suffix(".other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


_CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None, "rewritten": _rewritten, "cut": _cut, "made longer": _longer, "replaced": _replaced,
}  # fmt: skip
_CONTENT = {
    ".csv": "headline,body\nFerry stays,The board met.\n", ".txt": f"Ferry stays\n\n{TEXT}", ".jsonl": '{"body": "The board met."}\n',
}  # fmt: skip
