"""The options of reading on the command line: every command that reads articles has them, and messages name them."""

import pandas as pd
import pytest

import analysis as fa
from analysis.cli import build_parser, main
from analysis.commands.wording import as_flags

READING = {
    "--columns",
    "--encoding",
    "--dates",
    "--strict",
    "--boilerplate",
    "--duplicates",
    "--similarity",
    "--outlets",
    "--outlet-from",
}
BODY = "The harbour board voted on Tuesday evening to keep the old ferry in service for another year, a weak board said Reed."


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def _options(parser, path=()) -> dict[tuple[str, ...], set[str]]:
    """Return the options of every command, by its words."""
    found = {path: {option for action in parser._actions for option in action.option_strings}}
    for action in parser._actions:
        for name, below in action.choices.items() if hasattr(action.choices, "items") else ():
            found |= _options(below, (*path, name))
    return found


def test_every_command_that_reads_articles_has_the_same_options():
    takes_articles = {
        ("start",),
        ("figures",),
        ("hits",),
        ("read",),
        ("encode",),
        ("sample",),
        ("score",),
        ("article",),
        ("report",),
        ("bundle",),
    }
    takes_articles |= {("lexicon", name) for name in ("check", "diff", "suggest")}
    # Where a lexicon goes first, it has the short names.
    renamed = {"--corpus-columns": "--columns", "--corpus-encoding": "--encoding"}
    with_options = {
        path
        for path, options in _options(build_parser()).items()
        if {renamed.get(one, one) for one in options} >= READING
    }
    assert with_options == takes_articles


@pytest.mark.parametrize(
    ("message", "flags"),
    [
        ("name it, as in columns={'body': 'Full text'}", "name it, as in --columns body='Full text'"),
        ("say columns={'body': 'a', 'outlet': 'b'}", "say --columns body=a,outlet=b"),
        ("as in encoding='cp1250'", "as in --encoding cp1250"),
        ("dates='day first' or dates='month first'", "--dates 'day first' or --dates 'month first'"),
        ("strict=True, and numbers", "--strict, and numbers"),
        ("duplicates='first' leaves the copies out", "--duplicates first leaves the copies out"),
        ("nothing to name here", "nothing to name here"),
    ],
)
def test_messages_name_the_option_of_the_door(message, flags):
    assert as_flags(message) == flags


def test_columns_encoding_and_strict_reach_the_reading(tmp_path, capsys):
    path, out = tmp_path / "a.csv", tmp_path / "a.parquet"
    path.write_bytes(f"Gazeta;Dzień;Treść zażalenia\nŁódź;2021-03-02;{BODY}\n".encode("cp1250"))
    assert run("read", path, "--out", out) == 2
    assert "--encoding cp1250" in capsys.readouterr().err
    columns = "outlet=Gazeta,date=Dzień,body=Treść zażalenia"
    assert run("read", path, "--out", out, "--encoding", "cp1250", "--columns", columns, "--strict") == 0
    row = pd.read_parquet(out).iloc[0]
    assert (row["outlet"], f"{row['date']:%Y-%m-%d}", row["body"]) == ("Łódź", "2021-03-02", BODY)


def test_columns_without_an_equals_sign_are_a_usage_error(tmp_path, capsys):
    with pytest.raises(SystemExit) as caught:
        run("read", tmp_path, "--out", "x.parquet", "--columns", "body")
    assert caught.value.code == 2
    assert "write ours=theirs" in capsys.readouterr().err


def test_every_command_prints_the_notes(tmp_path, caplog):
    path = tmp_path / "a.csv"
    path.write_text(f'headline,body\nFerry stays,"{BODY}"\n')
    for command in (
        ("hits", path, "--out", tmp_path / "h.csv"),
        ("report", path, "--out", tmp_path / "r.html"),
        ("read", path, "--out", tmp_path / "c.parquet"),
    ):
        caplog.clear()
        assert run(*command) == 0
        assert any("no article has an outlet" in record.message for record in caplog.records), command
        assert run(*command, "--strict") == 2


def test_a_table_in_any_form_is_read_by_the_command(tmp_path):
    path, out = tmp_path / "a.csv", tmp_path / "a.parquet"
    path.write_text(
        f"sep=;\nMedium;Titel;Volltext;Datum\nNA;Fähre bleibt;{BODY};2.3.2021\nPost;NA;{BODY} No.;1.3.2021\n"
    )
    assert run("read", path, "--out", out, "--dates", "day first") == 0
    articles = pd.read_parquet(out)
    assert articles["outlet"].isna().tolist() == [True, False]
    assert articles["headline"].tolist() == ["Fähre bleibt", ""]
    assert articles["date"].dt.strftime("%Y-%m-%d").tolist() == ["2021-03-02", "2021-03-01"]


def test_the_outlet_comes_from_the_path_and_copies_have_a_stated_similarity(tmp_path, capsys):
    words = [f"word{number}" for number in range(250)]
    for outlet, text in (("Tide", " ".join(words)), ("Ebb", " ".join(words[:150]))):
        (tmp_path / "texts" / outlet).mkdir(parents=True)
        (tmp_path / "texts" / outlet / "2021-03-02.txt").write_text(f"{outlet} headline\n\n{text}.")
    out = tmp_path / "a.parquet"
    read = ("read", tmp_path / "texts", "--out", out, "--outlet-from", "{outlet}/{date}")
    # The pair has a similarity of about 0.59: see test_duplicates.
    for similarity, n_kept in (("0.5", 1), ("0.7", 2)):
        assert run(*read, "--duplicates", "first", "--similarity", similarity) == (n_kept == 1)
        articles = pd.read_parquet(out)
        assert len(articles) == n_kept
        assert set(articles["outlet"]) <= {"Tide", "Ebb"}
    assert run(*read[:4], "--outlet-from", "folders") != 0
    assert "allowed are 'folder' and a pattern" in capsys.readouterr().err


def test_a_corpus_on_disk_stands_in_the_place_of_files(tmp_path, capsys):
    files, store = tmp_path / "files", tmp_path / "c.framing"
    files.mkdir()
    for name in ("a", "b"):
        (files / f"{name}.txt").write_text(f"The {name} ferry\n\n{BODY}", encoding="utf-8")
    assert run("encode", files, "--out", store) == 0
    assert capsys.readouterr().out == f"{store}\n"
    for corpus, out in ((files, "of-files.csv"), (store, "of-store.csv")):
        assert run("hits", corpus, "--out", tmp_path / out) == 0
    assert (tmp_path / "of-files.csv").read_bytes() == (tmp_path / "of-store.csv").read_bytes()
    assert b"weak" in (tmp_path / "of-store.csv").read_bytes()
    assert run("encode", files, "--out", store, "--boilerplate", "keep") == 2
    assert "holds another corpus" in capsys.readouterr().err


@pytest.mark.parametrize("out", ["hits.csv", "hits.parquet", "folder"])
def test_hits_of_large_files_are_found_part_by_part_and_are_the_same(tmp_path, monkeypatch, out):
    rows = [f"a{n},Post,The ferry {n},The mayor is weak and failing in {n}.\n" for n in range(30)]
    (tmp_path / "a.csv").write_text("id,outlet,headline,body\n" + "".join([*rows, "b,Post,,\0\n"]), encoding="utf-8")
    more = [] if out == "folder" else ["--with", "outlet,sentence"]
    for folder in ("at-once", "in-parts"):
        (tmp_path / folder).mkdir()
        assert run("hits", tmp_path / "a.csv", "--out", tmp_path / folder / out, *more) == 1
        assert [path.name for path in (tmp_path / folder).iterdir()] == [out]
        monkeypatch.setattr("analysis.commands.corpora._IN_MEMORY", 0)
        monkeypatch.setattr("analysis.commands.corpora._PART_BYTES", 300)
    if out != "folder":
        assert (tmp_path / "in-parts" / out).read_bytes() == (tmp_path / "at-once" / out).read_bytes()
        return
    tables = [fa.open_hits(tmp_path / folder / out) for folder in ("at-once", "in-parts")]
    assert len(tables[0]) == len(tables[1]) > 30


def test_ctrl_c_is_told_in_a_line(monkeypatch, capsys):
    def stopped(path, options):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.commands.results.read_corpus", stopped)
    assert run("hits", "files", "--out", "x.csv") == 130
    assert "framing: stopped; no file is half written" in capsys.readouterr().err
