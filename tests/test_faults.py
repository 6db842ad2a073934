"""Every command that writes, while each of its calls in turn fails or kills it: its files are the old ones or the new ones, never a mix.

At most twelve calls a command, so that it takes seconds. FRAMING_FAULTS=1000 takes every call, lets errors last too, does the work again after
each of them, and fills the disk at more sizes; FRAMING_FAULTS_TOLD=FILE gets a line a command.
"""

import contextlib
import io
import json
import os
import re
import resource
import shutil
import zipfile
from copy import copy
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from faults import FAILING, KILL, Case, Fault, Remembered, Sweep

import analysis as fa
from analysis.charts import saving
from analysis.cli import build_parser
from analysis.commands import corpora, results, sampling, scoring, telling
from analysis.exporting import plain_csv
from analysis.lexicons.editing import LexiconFile, add_entries
from analysis.lexicons.model import Entry
from analysis.reports import writing as reports
from analysis.reproducing import bundle, course, notebooks

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each fault befalls a fork of this process")
POINTS = int(os.environ.get("FRAMING_FAULTS", "12"))
IS_LONG = POINTS > 100

ARTICLES = {
    "a": ("North", "2025-01-03", "Mayor is weak\n\nThe mayor looked weak on Monday. The port was quiet."),
    "b": ("South", "2025-02-03", "Mayor stays firm\n\nA strong mayor held the town. The river rose again."),
    "c": ("South", "2025-03-03", "Council votes\n\nThe lame duck spoke. A weak reply came from Reed."),
}
LEXICON = "name: small\nversion: '1'\ncategories:\n  weakness: [weak*, lame duck]\n  strength: [strong*, firm]\n"
FETCHED = {"ID": "k1", "source": "Kestrel News", "title": "Mayor looks weak", "content": "The mayor looked weak."}


def command(*arguments):
    options = build_parser().parse_args(arguments)
    return lambda: options.run(copy(options))


def figure():
    table = pd.DataFrame({"outlet": ["A", "B"], "n_hits": [1, 2]})
    drawn, axes = plt.subplots()
    axes.bar(table["outlet"], table["n_hits"])
    fa.save_figure(drawn, table, "rates", folder="out")
    return 0


def edit():
    add_entries(LexiconFile.read("out/small.yml"), [Entry("limp", "weakness")])
    return 0


class Papermill(SimpleNamespace):
    """What papermill does to files: the notebook, run, is written to its place; it may be told to stop there."""

    PapermillExecutionError = RuntimeError

    @staticmethod
    def inspect_notebook(path):
        return {}

    @staticmethod
    def execute_notebook(path, written, **_):
        made = json.loads(Path(path).read_text(encoding="utf-8"))
        made["metadata"]["papermill"] = {}
        Path(written).write_text(json.dumps(made), encoding="utf-8")


def run_course():
    corpus, small = fa.read("corpus"), Path("small.yml")
    assert course.propose_targets(corpus, Path("out/targets.yml")) == 0  # no name stands in two articles
    outcomes = course.run_course(corpus, lexicon=small, targets=small, out=Path("out"), jobs=1)
    return int({one.status for one in outcomes} > {"done", "unanswerable"})


HITS = ("hits", "corpus", "--lexicon", "small.yml", "--out")
CASES = {
    "read": Case(command("read", "corpus", "--out", "out/c.parquet")),
    "hits .csv": Case(command(*HITS, "out/h.csv")),
    "hits .xlsx": Case(command(*HITS, "out/h.xlsx")),
    "hits .parquet": Case(command(*HITS, "out/h.parquet")),
    "hits": Case(command(*HITS, "out/hits"), "grows", lambda out: fa.open_hits(out / "hits"), computes=("find_hits",)),
    "encode": Case(command("encode", "corpus", "--out", "out/c"), "grows", lambda out: fa.open_corpus(out / "c")),
    "report": Case(command("report", "corpus", "--lexicon", "small.yml", "--out", "out/r.html")),
    "start": Case(command("start", "corpus", "--lexicon", "small.yml", "--out", "out/s.html")),
    "bundle": Case(command("bundle", "corpus", "--lexicon", "small.yml", "--out", "out/b.zip")),
    "sample": Case(
        command("sample", "corpus", "--lexicon", "small.yml", "--n", "3", "--unit", "article", "--screen", "0", "--out", "out/study")
    ),
    "score": Case(command("score", "codings.csv", "--out", "out/scores")),
    "lexicon convert": Case(command("lexicon", "convert", "small.yml", "out/l.csv")),
    "lexicon new": Case(command("lexicon", "new", "shaky", "sentences.txt", "--out", "out/n.yml")),
    "lexicon decide": Case(
        command("lexicon", "decide", "small.yml", "weakness", "limp", "accept", "--decisions", "out/d.csv"), "line"
    ),
    "lexicon edit": Case(edit),
    "figure": Case(figure),
    "course": Case(run_course, "each"),
    "fetch": Case(command("fetch", "kestrel", "--corpora", "corpora.yml", "--out", "out"), "each"),
}  # fmt: skip
# What is computed before anything is written; the runs with faults are given what the first one computed.
REMEMBERED = {
    fa: ("read", "tokenize", "find_hits", "sample", "read_lexicon", "agreement"),
    plain_csv: ("csv_text",),
    results: ("csv_text", "_with_columns"),
    scoring: ("csv_text",),
    corpora: ("csv_text",),
    sampling: ("coding_page", "coding_sheet", "draft_codebook", "codebook_text"),
    reports: (
        "tokenize", "find_hits", "with_period", "evidence_of", "rate_sections", "summary", "methods_paragraph", "missing_fields", "page", "_rows",
    ),
    bundle: ("tokenize", "find_hits", "result_tables"),
    course: ("tokenize", "find_hits", "names"),
    saving: ("_pictures",),
    telling: ("findings_in_words",),
}  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """Return a folder of what the commands read, and of earlier outputs in ``out/``."""
    folder = tmp_path_factory.mktemp("base")
    (folder / "corpus").mkdir()
    for name, (outlet, day, text) in ARTICLES.items():
        (folder / "corpus" / f"{name}.txt").write_text(f"---\noutlet: {outlet}\ndate: {day}\n---\n{text}\n", "utf-8")
    (folder / "small.yml").write_text(LEXICON, "utf-8")
    (folder / "sentences.txt").write_text("A [shaky] mayor\nA firm mayor\n", "utf-8")
    (folder / "codings.csv").write_text(
        "coder,item,variable,value\nEva,u1,tone,sad\nIan,u1,tone,sad\nEva,u2,tone,gay\n", "utf-8"
    )
    with zipfile.ZipFile(folder / "kestrel.zip", "w") as archive:
        archive.writestr("c/k1.json", json.dumps(FETCHED))
    (folder / "corpora.yml").write_text(
        f"kestrel:\n  title: K\n  licence: CC0\n  citation: K (2020).\n  address: {(folder / 'kestrel.zip').as_uri()}\n  sha256: null\n"
        "  n_articles: 1\n  members: 'c/*.json'\n  local: [none]\n"
        "  columns: {article_id: ID, outlet: source, headline: title, body: content}\n",
        "utf-8",
    )
    for name in (
        "c.parquet",
        "c-rejected.csv",
        "c-removed.csv",
        "h.csv",
        "h.xlsx",
        "h.parquet",
        "r.html",
        "s.html",
        "b.zip",
        "l.csv",
    ):
        old(folder / "out" / name)
    for name in ("codings", "rejected", "agreement", "disagreements"):
        old(folder / "out" / "scores" / f"{name}.csv")
    for suffix in ("svg", "png", "csv"):
        old(folder / "out" / f"rates.{suffix}")
    old(folder / "out" / "notebooks" / course.course_notebooks()[0].name)
    (folder / "out" / "small.yml").write_text(LEXICON, "utf-8")
    (folder / "out" / "d.csv").write_text("lexicon,category,word,verdict,reason,coder,day,notes\n", "utf-8")
    return folder


def old(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"an earlier {path.name}".encode())


@pytest.fixture
def sweep(base, tmp_path, monkeypatch):
    """Return a function from the name of a case to its sweep, for which the work is done once in this process."""
    monkeypatch.setattr(notebooks, "_papermill", lambda: Papermill)
    monkeypatch.setenv("FRAMING_SHARED", str(tmp_path / "none"))

    def begun(name):
        remembered = Remembered({module: set(names) - {*CASES[name].computes} for module, names in REMEMBERED.items()})
        shutil.copytree(base, tmp_path / "first")
        with monkeypatch.context() as here:
            remembered.recording(here.setattr)
            here.chdir(tmp_path / "first")
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                assert CASES[name].work() == 0
        return Sweep(CASES[name], base, tmp_path / "runs", remembered)

    return begun


@pytest.mark.parametrize("name", CASES)
def test_whatever_befalls_a_command_its_files_are_the_old_ones_or_the_new_ones(sweep, name):
    under = sweep(name)
    fails_and_is_killed(under)
    meets_a_full_disk(under)
    if name not in (
        "figure",
        "lexicon edit",
        "lexicon decide",
        "course",
        "fetch",
        "encode",
    ):  # which write after other work, or make a folder for it
        cannot_write(under)
    with Path(os.environ.get("FRAMING_FAULTS_TOLD", os.devnull)).open("a", encoding="utf-8") as told:
        told.write(f"{name}\t{under.clean.n_calls} calls\t{under.n_faults} faults\t{len(under.wrong)} wrong\n")
    assert not under.wrong, "\n".join(under.wrong)


def fails_and_is_killed(under):
    """At some calls, or at each: an error there, one from there on, and a kill."""
    n_calls = under.clean.n_calls
    for at in sorted({1 + n_calls * number // POINTS for number in range(POINTS)}):
        kind = FAILING[at % len(FAILING)]
        under.suffer(Fault(at, kind), again=IS_LONG)
        if IS_LONG:
            under.suffer(Fault(at, kind, lasts=True))
        if IS_LONG or at % 3 == n_calls % 3:
            under.suffer(Fault(at, KILL))


def meets_a_full_disk(under):
    """After each of some sizes."""
    n_bytes = under.clean.n_bytes
    # Nearly all: of files that come together a note is written last, in which numbers have any length.
    rooms = {0, 1, *(n_bytes * part // 10 for part in range(10)), n_bytes - 30} if IS_LONG else {n_bytes // 2}
    for room in sorted(room for room in rooms if room >= 0):
        ended = under.suffer(Fault(room=room), again=IS_LONG)
        assert ended.code == 2, ended
        assert "No space left on device" in ended.said


def cannot_write(under):
    """Tell a folder that is read-only in the first moments: before an article is read."""
    ended = under.suffer(Fault(1, "EROFS", lasts=True), again=False)
    assert (ended.code, ended.n_remembered) == (2, 0)
    assert "Read-only file system" in ended.said


def test_a_file_that_the_system_lets_grow_no_further_is_told_and_the_earlier_one_stays(sweep):
    under = sweep("hits .csv")
    work = under.case.work

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))  # of this child only
        return work()

    under.case = under.case._replace(work=limited)
    ended = under.suffer(Fault(), again=False)
    assert ended.code == 2
    assert re.search(
        r"h\.csv: cannot be written \(File too large, 100 of \d+ bytes written\); what was there before is whole",
        ended.said,
    )
    assert not under.wrong
