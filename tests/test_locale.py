"""Standard output is UTF-8 whatever the locale: no half file and no traceback; and no command asks the network for anything."""

import argparse
import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from analysis.cli import build_parser

# A figure is drawn by notebooks and a fetch needs a network; both write paths and their own sentences only.
NOT_RUN = {"figures", "fetch"}
HEADLINE, BODY = (
    "Müller’s “weak” plan – 弱い?",
    "Le maire dit\u202f: « C’est schwäche… ». Müller looked weak — again, 🙂.",
)

# One process for all commands, since each takes seconds to load: main() as it is, a line of NUL between their outputs. What asks the
# network is noted by an audit hook; that the hook sees it is shown by one name that is looked up after all commands.
PROGRAM = """
import json, socket, sys
asked = []
def note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        asked.append(f"{event} {arguments[-1] if event == 'socket.connect' else arguments[0]}")
sys.addaudithook(note)
from analysis.cli import main
codes = []
for arguments in json.load(open(sys.argv[1], encoding="utf-8")):
    codes.append(main(arguments))
    sys.stdout.write("\\0\\n")
socket.getaddrinfo("127.0.0.1", 9)
json.dump({"codes": codes, "asked": asked}, open(sys.argv[2], "w", encoding="utf-8"))
"""


def commands_of(parser: argparse.ArgumentParser) -> list[str]:
    """Return every command, "lexicon check" and the like too."""
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                below = commands_of(child)
                found += [f"{name} {one}" for one in below] or [name]
    return found


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """Return a call of each command on articles and a lexicon that are not ASCII."""
    folder = tmp_path_factory.mktemp("locale")
    table = pd.DataFrame({"article_id": ["né-1"], "outlet": ["Süd"], "headline": [HEADLINE], "body": [BODY]})
    table.to_csv(folder / "articles.csv", index=False, encoding="utf-8")
    (folder / "article.txt").write_text(f"{HEADLINE}\n\n{BODY}\n", encoding="utf-8")
    for name, more in (("words", ", müller*"), ("fewer", "")):
        lexicon = f"name: wörter\nversion: '1'\ncategories:\n  schwäche: [weak*, schwäche*{more}]\n"
        (folder / f"{name}.yml").write_text(lexicon, encoding="utf-8")
    (folder / "sentences.txt").write_text("Die Müllers sind [müde].\n", encoding="utf-8")
    articles, words = str(folder / "articles.csv"), str(folder / "words.yml")
    return folder, {
        "start": ["start", articles, "--lexicon", words, "--out", str(folder / "start.html")],
        "doctor": ["doctor"],
        "warm": ["warm"],
        "encode": ["encode", articles, "--out", str(folder / "corpus.framing")],
        "hits": ["hits", articles, "--lexicon", words, "--out", "-"],
        "read": ["read", articles, "--out", str(folder / "corpus.parquet")],
        "article": ["article", str(folder / "article.txt"), "--lexicon", words],
        "report": ["report", articles, "--lexicon", words, "--out", str(folder / "report.html")],
        "bundle": ["bundle", articles, "--lexicon", words, "--out", str(folder / "bundle.zip")],
        "lexicon check": ["lexicon", "check", words, "--corpus", articles],
        "lexicon convert": ["lexicon", "convert", words, str(folder / "words.csv")],
        "lexicon diff": ["lexicon", "diff", str(folder / "fewer.yml"), words, "--corpus", articles],
        "lexicon new": ["lexicon", "new", "schwäche", str(folder / "sentences.txt"), "--out", str(folder / "new.yml")],
        "lexicon suggest": ["lexicon", "suggest", words, "schwäche", "--corpus", articles],
        "sample": ["sample", articles, "--lexicon", words, "--n", "3", "--out", str(folder / "sample")],
        "score": ["score", str(folder / "sample"), "--lexicon", words, "--corpus", articles],
        "lexicon decide": ["lexicon", "decide", words, "schwäche", "müde", "reject", "--decisions", str(folder / "d.csv")],
    }  # fmt: skip


@pytest.fixture(scope="module")
def outputs(calls):
    """Return the bytes that each command wrote to standard output under the C locale, their exit codes, and standard error."""
    folder, of_command = calls
    (folder / "calls.json").write_text(json.dumps(list(of_command.values())), encoding="utf-8")
    settings = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"} | settings
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, folder / "calls.json", folder / "codes.json"],
        env=environment, capture_output=True, timeout=1200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-3000:]
    noted = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
    return dict(zip(of_command, done.stdout.split(b"\0\n")[:-1], strict=True)), noted, done.stderr


def test_every_command_that_prints_has_a_case(calls):
    assert set(commands_of(build_parser())) == set(calls[1]) | NOT_RUN


def test_every_output_is_utf8_without_a_traceback(outputs):
    of_command, noted, errors = outputs
    assert [name for name, code in zip(of_command, noted["codes"], strict=True) if code == 2] == []
    # One article is too little to suggest words from, which is a message and no output.
    assert of_command["lexicon suggest"] == b""
    assert "schwäche has hits in" in errors.decode("utf-8")
    assert b"Traceback" not in errors
    errors.decode("utf-8")
    for output in of_command.values():
        output.decode("utf-8")


def test_no_command_but_fetch_asks_the_network(outputs):
    _, noted, _ = outputs
    assert noted["asked"] == ["socket.getaddrinfo 127.0.0.1"]  # the test's own


def test_what_is_not_ascii_is_written_as_it_is(outputs):
    # By hand: the matched words, the lexicon's category and the headline as they stand in the files.
    of_command, _, _ = outputs
    assert "Müller’s" in of_command["hits"].decode("utf-8")
    assert HEADLINE in of_command["article"].decode("utf-8")
    assert "schwäche: " in of_command["start"].decode("utf-8")
    assert "+ schwäche: [Müller’s]" in of_command["lexicon diff"].decode("utf-8")
