"""What a command writes to: kept for it before it works, never among what it reads, and its folder made and told."""

import os

import pandas as pd
import pytest
from filelock import FileLock

from analysis.cli import main
from analysis.commands import corpora
from analysis.commands.outputs import output_file, output_folder, refuse_read
from analysis.core.errors import FramingError

LEXICON = "name: small\nversion: '1'\ncategories:\n  weakness: [weak*]\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Return a folder to work in, with a corpus of one article and a lexicon."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Mayor is weak\n\nThe mayor looked weak on Monday.", "utf-8")
    (tmp_path / "small.yml").write_text(LEXICON, "utf-8")
    return tmp_path


def run(*arguments):
    return main([str(argument) for argument in arguments])


@pytest.fixture
def unread(monkeypatch):
    """Make reading articles fail the test."""
    monkeypatch.setattr(corpora.fa, "read", lambda *_, **__: pytest.fail("the work began"))


COMMANDS = [
    ("hits", "corpus", "--lexicon", "small.yml", "--out", "{}.csv"),
    ("report", "corpus", "--lexicon", "small.yml", "--out", "{}.html"),
    ("start", "corpus", "--lexicon", "small.yml", "--out", "{}.html"),
    ("bundle", "corpus", "--lexicon", "small.yml", "--out", "{}.zip"),
    ("read", "corpus", "--out", "{}.parquet"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_second_run_is_told_at_once_of_the_first(here, unread, capsys, command):
    arguments = [one.format("mine") for one in command]
    with FileLock(here / f".{arguments[-1]}.framing-lock"):
        assert run(*arguments) == 2
    assert capsys.readouterr().err == (
        f"framing: {arguments[-1]}: another run is writing there; wait for it, or write to another path\n"
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_folder_that_cannot_be_made_is_told_before_the_work(here, unread, capsys, command):
    arguments = [one.format("small.yml/mine") for one in command]
    assert run(*arguments) == 2
    assert f"framing: {arguments[-1]}: cannot be written (" in capsys.readouterr().err


def test_a_new_folder_is_made_and_told_and_what_is_there_is_the_output(here, capsys):
    assert run("hits", "corpus", "--lexicon", "small.yml", "--out", "new/folder/h.csv") == 0
    assert "framing: the folder new/folder is new\n" in capsys.readouterr().err
    assert os.listdir("new/folder") == ["h.csv"]
    assert run("hits", "corpus", "--lexicon", "small.yml", "--out", "new/folder/h.csv") == 0
    assert "is new" not in capsys.readouterr().err


def test_a_command_that_fails_leaves_no_folder(here):
    assert run("hits", "corpus", "--lexicon", "none.yml", "--out", "new/folder/h.csv") == 2
    assert not (here / "new").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("lexicon", "convert", "small.yml", "small.yml"),
        ("lexicon", "convert", "link.yml", "small.yml"),
        ("read", "corpus.parquet", "--out", "corpus.parquet"),
        ("hits", "corpus.csv", "--lexicon", "small.yml", "--out", "corpus.csv"),
        ("hits", "corpus.parquet", "--lexicon", "small.yml", "--out", "./corpus.parquet"),
    ],
    ids=" ".join,
)
def test_what_is_read_is_not_written_over(here, capsys, arguments):
    (here / "link.yml").symlink_to("small.yml")
    table = pd.DataFrame({"body": ["A weak mayor."]})
    table.to_csv("corpus.csv", index=False)
    table.to_parquet("corpus.parquet", index=False)
    before = {path: path.read_bytes() for path in here.glob("*.*")}
    assert run(*arguments) == 2
    assert "is what is read, and would be lost; write to another path" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in here.glob("*.*")} == before


def test_an_output_among_the_articles_is_refused_when_it_would_be_read_as_one(here):
    out = here / "corpus" / "report.html"
    refuse_read(out, here / "corpus")  # the first time it is not there, and not read
    out.write_text("<p>Mayor is weak</p>", "utf-8")
    with pytest.raises(FramingError, match=r"report\.html: lies in .*, so it would be read with what is there"):
        refuse_read(out, here / "corpus")


def test_what_is_kept_is_free_again(here):
    for _ in range(2):
        with output_file(here / "a.csv", reads=[None, here / "corpus"]), output_folder(here / "folder", reads=[]):
            assert (here / "folder").is_dir()
    assert sorted(os.listdir(here)) == ["corpus", "small.yml"]


def test_read_writes_its_three_files_together(here, monkeypatch, capsys):
    (here / "corpus" / "b.txt").write_text("", "utf-8")
    (here / "c.parquet").write_bytes(b"old")
    monkeypatch.setattr(pd.DataFrame, "to_parquet", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run("read", "corpus", "--out", "c.parquet") == 130
    assert (here / "c.parquet").read_bytes() == b"old"
    assert sorted(os.listdir(here)) == ["c.parquet", "corpus", "small.yml"]
    monkeypatch.undo()
    monkeypatch.chdir(here)
    assert run("read", "corpus", "--out", "c.parquet") == 1  # one article was rejected
    assert sorted(os.listdir(here)) == ["c-rejected.csv", "c-removed.csv", "c.parquet", "corpus", "small.yml"]
