"""Mutation fuzzing of every reader of articles, lexicons and bundles: whatever the bytes, a result or a FramingError, in time.

Usage: python tests/fuzzing.py articles|lexicons [SECONDS] [SEED] [FORM]

Files that end in any other way are written to the folder ``fuzz-finds`` here, with what was raised; each becomes a small file or bytes in
a test when it is mended.
"""

import io
import json
import logging
import random
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd

import analysis as fa
from analysis.core.errors import DateOrderError, FramingError
from analysis.core.files import zipped
from analysis.core.schema import ARTICLES
from analysis.reading.intake import Intake
from analysis.reading.judging import reasons_to_reject
from analysis.reading.options import Reading
from analysis.reading.rooms import InMemory

HERE = Path(__file__).resolve().parent
MOST_SECONDS = 20
# Bytes that mean something to one parser or another.
TOKENS = [
    b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"{", b"}", b"[", b"]", b"<", b">", b"&",
    b"&#0;", b"&#xD800;", b"&x;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\\ud800", b"\\u0000", b"\\u", b"\\'", b"\\bin9 ", b"\\uc", b"\\ansicpg0",
    b"null", b"NaN", b"1e999", b"-1", b"99999999999999999999", b"2020-13-45", b"2200-01-00", b"9999-12-31", b"%", b"*", b"?", b"--", b"- ", b": ",
    b"!!python/object:os.x", b"&a", b"*a", b"<<: ", b"~", b"|", b"@", b"---\n", b"...", b"#", b"(", b")", b"\x1a", b"\xe2\x80\xa8",
]  # fmt: skip


class TooSlowError(Exception):
    """A file took longer than any file of its size may."""


def article_seeds() -> dict[str, bytes]:
    """Return a small file of each form of articles, by its name."""
    sys.path.insert(0, str(HERE / "reading"))
    from archives import europresse, factiva, newswire, nexis, nexis_old, proquest, services, web_results
    from archives.stories import stories

    made = stories(3, 3)
    rows = [
        {"id": f"a{n}", "outlet": "Post", "date": "2020-01-02", "title": "A", "text": f"Hurd is weak {n}."}
        for n in range(3)
    ]
    table = pd.DataFrame(rows)
    seeds = {
        "a.csv": table.to_csv(index=False).encode(),
        "a.tsv": table.to_csv(index=False, sep="\t").encode(),
        "a.json": json.dumps(rows).encode(),
        "columns.json": table.to_json().encode(),
        "split.json": table.to_json(orient="split").encode(),
        "a.jsonl": "".join(json.dumps(row) + "\n" for row in rows).encode(),
        "a.parquet": written(lambda file: table.to_parquet(file)),
        "a.xlsx": written(lambda file: table.to_excel(file, index=False)),
        "a.txt": b"---\ntitle: A\ndate: 2020-01-02\n---\nTitle\n\nHurd is weak.\n\nRead more: other news\n",
        "labelled.txt": b"Title: A\nSource: Post\nDate: 2 January 2020\n\nHurd is weak.\n",
        "a.html": b'<html><head><title>A</title><script type=\'application/ld+json\'>{"@type":"NewsArticle","headline":"A"}</script></head>'
        b"<body><article><h1>A</h1><p>Hurd is weak, said the mayor on Monday.</p><table><tr><td>x</td></tr></table></article></body></html>",
        "nexis.docx": nexis.docx(made),
        "nexis.txt": nexis.txt(made),
        "old.html": nexis_old.html(made),
        "nexis.rtf": nexis.rtf(made),
        "factiva.html": factiva.html(made),
        "factiva.xml": factiva.xml(made),
        "proquest.xml": proquest.xml(made),
        "proquest.txt": proquest.txt(made),
        "europresse.html": europresse.html(made),
        "media_cloud.csv": web_results.media_cloud(made),
        "newsapi.json": web_results.news_api(made),
    }
    for form in ("reuters", "nitf", "newsml_g2", "rss", "atom"):
        seeds[f"{form}.xml"] = getattr(newswire, form)(made).encode()
    for form in services.FORMS:
        seeds[f"{form}.json"] = services.answer(form, made)
    seeds["a.zip"] = zipped({"a.txt": seeds["a.txt"], "b.csv": seeds["a.csv"]})
    return {name: data.encode() if isinstance(data, str) else data for name, data in seeds.items()}


def lexicon_seeds() -> dict[str, bytes]:
    """Return a small file of each form of lexicons, by its name."""
    words = b"name: small\nversion: '1'\ncategories:\n  weakness: [weak*, back down, {term: caved, weight: 2}]\n  strength:\n    - firm\n"
    book = openpyxl.Workbook()
    for row in (["term", "category", "weight"], ["weak*", "weakness", 1], ["firm", "strength", 2]):
        book.active.append(row)
    return {
        "own.yml": words,
        "quanteda.yml": b"weakness:\n  - weak*\n  - back down\nstrength:\n  firm:\n    - firm\n",
        "own.json": b'{"name": "small", "categories": {"weakness": ["weak*", {"term": "caved", "weight": 2}]}}',
        "liwc.dic": b"%\n1\tweakness\n2\tstrength\n%\nweak*\t1\nfirm\t2\nkind (of)\t1\n",
        "liwc.dicx": b"DicTerm,weakness,strength\nweak*,X,\nfirm,,X\n",
        "lexicoder.lc3": b"+weakness\n~weak~\nback down\n+strength\nfirm\n",
        "lexicoder.lcd": b'<?xml version="1.0"?><dictionary><cnode name="weakness"><pnode name="weak"/></cnode></dictionary>',
        "wordstat.cat": b"WEAKNESS\n\tWEAK* (1)\n\tBACK_DOWN (1)\nSTRENGTH\n\tFIRM (2)\n",
        "yoshikoder.ykd": b'<?xml version="1.0"?><dictionary style="x"><cnode name="weakness"><pnode name="weak*" score="1"/></cnode></dictionary>',
        "table.csv": b"term,category,weight\nweak*,weakness,1\nfirm,strength,2\n",
        "table.tsv": b"term\tcategory\nweak*\tweakness\n",
        "table.xlsx": written(book.save),
        "mpqa.tff": b"type=weaksubj len=1 word1=weak pos1=adj stemmed1=n priorpolarity=negative\n",
        "list.txt": b"weak*\nback down\n; a remark\nfirm\n",
        "scores.txt": b"weak\t-2\nfirm\t1.5\n",
        "opener.xml": b'<?xml version="1.0"?><LexicalResource><Lexicon><LexicalEntry id="1" partOfSpeech="adj"><Lemma writtenForm="weak"/>'
        b'<Sense><Sentiment polarity="negative"/></Sense></LexicalEntry></Lexicon></LexicalResource>',
    }


def written(write: Callable[[io.BytesIO], object]) -> bytes:
    """Return what a function writes to a file."""
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with some of its bytes changed; of a zip archive mostly those of its members."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(list(members))
        if chance.random() < 0.1:
            del members[name]
        else:
            members[name] = mutated(members[name], chance)
        return zipped(members)
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        _mutate(changed, chance)
    return bytes(changed)


def _mutate(data: bytearray, chance: random.Random) -> None:
    begin = chance.randrange(len(data) + 1)
    end = min(len(data), begin + chance.choice([0, 1, 2, 8, 64, 512]))
    kind = chance.randrange(6)
    if kind == 0:
        data[begin:end] = chance.choice(TOKENS)
    elif kind == 1:
        data[begin:begin] = chance.choice(TOKENS) * chance.choice([1, 2, 300])
    elif kind == 2:
        del data[begin:end]
    elif kind == 3:
        data[begin:begin] = data[begin:end] * chance.choice([1, 3, 40])
    elif kind == 4 and data:
        data[chance.randrange(len(data))] = chance.randrange(256)
    else:
        del data[begin:]


@contextmanager
def in_time() -> Iterator[None]:
    """Raise where something takes too long."""

    def late(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def read_articles(path: Path) -> None:
    """Read a file of articles as it lies in a folder, beside one that is well: the other one must be there in any case."""
    intake = Intake(Reading(), InMemory())
    try:
        intake.add_files(path.parent)
        articles = intake.articles()
    except DateOrderError:  # which the user has to decide for all of them
        return
    except FramingError as error:
        raise AssertionError(f"one bad file took the others with it: {error}") from error
    assert "well" in set(articles["article_id"]), "one bad file took the others with it"
    ARTICLES.check(articles)
    pd.DataFrame(intake.rejected, dtype="str")
    reasons_to_reject(articles, InMemory())


def read_lexicon(path: Path) -> None:
    """Read a lexicon."""
    fa.read_lexicon(path)


KINDS: dict[str, tuple[Callable[[], dict[str, bytes]], Callable[[Path], None]]] = {
    "articles": (article_seeds, read_articles),
    "lexicons": (lexicon_seeds, read_lexicon),
}


def fault_of(read: Callable[[Path], None], name: str, data: bytes, folder: Path) -> str:
    """Return what a file raised that is no FramingError, "" for a result or one."""
    path = folder / name
    path.write_bytes(data)
    try:
        with in_time():
            read(path)
    except FramingError:
        return ""
    except (Exception, TooSlowError) as error:  # what is looked for
        places = [frame for frame in traceback.extract_tb(error.__traceback__) if "analysis" in frame.filename]
        last = places[-1] if places else None
        return f"{type(error).__name__} in {Path(last.filename).name if last else '?'}:{last.lineno if last else 0}: {str(error)[:80]}"
    finally:
        path.unlink()
    return ""


def faults(kind: str, seconds: float, seed: int, *, form: str = "") -> tuple[int, dict[str, tuple[str, bytes]]]:
    """Return how many files were read in some seconds, and the first file of each fault."""
    seeds, read = KINDS[kind]
    files = {name: data for name, data in seeds().items() if form in name}
    chance = random.Random(seed)
    found: dict[str, tuple[str, bytes]] = {}
    n_read, until = 0, time.monotonic() + seconds
    with TemporaryDirectory() as folder:
        if kind == "articles":
            Path(folder, "well.txt").write_text("Title\n\nHurd is weak.\n")
        while time.monotonic() < until:
            name = chance.choice(sorted(files))
            data = mutated(files[name], chance)
            fault = fault_of(read, name, data, Path(folder))
            n_read += 1
            if fault and fault.rsplit(":", 1)[0] not in {key.rsplit(":", 1)[0] for key in found}:
                found[fault] = (name, data)
    return n_read, found


def main() -> int:
    """Fuzz, and write what was found."""
    logging.disable()
    kind, seconds, seed, form = [*sys.argv[1:], *["articles", "60", "1", ""][len(sys.argv) - 1 :]]
    n_read, found = faults(kind, float(seconds), int(seed), form=form)
    for number, (fault, (name, data)) in enumerate(found.items()):
        path = Path("fuzz-finds", f"{number}-{name}")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        sys.stdout.write(f"{path}: {fault}\n")
    sys.stdout.write(f"{n_read:,} files of {kind} read, {len(found)} faults\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
