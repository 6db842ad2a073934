"""The command line: exit codes, data on stdout, messages on stderr."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.cli import main
from analysis.core.schema import HITS

ROOT = Path(__file__).resolve().parent.parent

LEXICON = "name: small\nversion: '1'\ncategories:\n  weakness: [weak*, lame duck]\n  strength: [strong*, firm]\n"


@pytest.fixture
def lexicon(tmp_path):
    path = tmp_path / "small.yml"
    path.write_text(LEXICON, encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path):
    """Return a folder of three articles from two outlets: three hits of weakness and two of strength."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    texts = {
        "a": ("North", "2025-01-03", "Mayor is weak\n\nThe mayor looked weak on Monday. The port was quiet."),
        "b": ("South", "2025-02-03", "Mayor stays firm\n\nA strong mayor held the town. The river rose again."),
        "c": ("South", "2025-03-03", "Council votes\n\nThe lame duck spoke. Nobody at the port replied."),
    }
    for name, (outlet, day, text) in texts.items():
        (folder / f"{name}.txt").write_text(f"---\noutlet: {outlet}\ndate: {day}\n---\n{text}\n", encoding="utf-8")
    return folder


def run(*arguments):
    return main([str(argument) for argument in arguments])


def test_hits_as_csv_on_stdout(corpus, lexicon, capsys):
    assert run("hits", corpus, "--lexicon", lexicon, "--out", "-") == 0
    out, err = capsys.readouterr()
    header, *rows = out.splitlines()
    assert header == ",".join(HITS.names)
    # Counted by hand in the texts of the fixture: "Mayor is " is 9 characters, "The mayor looked " is 17.
    assert rows[:2] == [
        "a,headline,headline,1,1,9,13,weak,weakness,weak*,1.0,narrator,,,,,,,,,,False,False,",
        "a,body,lead,1,1,17,21,weak,weakness,weak*,1.0,narrator,,,,,,,,,,False,False,",
    ]
    assert len(rows) == 5
    assert err == (
        "framing: 3 articles kept, 0 rejected, 0 boilerplate passages cut\n"
        f"framing: 5 hits of small 1 ({fa.read_lexicon(lexicon).hash})\n"
    )


def test_hits_as_csv_and_parquet_files_agree(corpus, lexicon, tmp_path, capsys):
    for name in ("hits.csv", "hits.parquet"):
        assert run("hits", corpus, "--lexicon", lexicon, "--out", tmp_path / name) == 0
    assert capsys.readouterr().out == ""
    from_csv = pd.read_csv(tmp_path / "hits.csv", keep_default_na=False)
    from_parquet = pd.read_parquet(tmp_path / "hits.parquet")
    assert len(from_csv) == 5
    assert (
        from_parquet.astype(object).fillna("").astype(str).to_numpy().tolist()
        == from_csv.astype(str).to_numpy().tolist()
    )


def test_a_rejected_file_among_good_ones_gives_one(corpus, lexicon, capsys):
    (corpus / "d.dat").write_bytes(b"x")
    assert run("hits", corpus, "--lexicon", lexicon, "--out", "-") == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 6
    assert err.splitlines()[:2] == [
        f"framing: rejected: {corpus / 'd.dat'}, file: files of type '.dat' are not read; allowed are text, CSV, TSV, Excel, "
        "JSON, JSON Lines, Parquet, web pages, feeds, NewsML, SGML of Reuters and TREC, and exports of Nexis, Factiva, "
        "ProQuest and Europresse",
        "framing: 3 articles kept, 1 rejected, 0 boilerplate passages cut",
    ]


def test_wrong_input_gives_two_and_nothing_on_stdout(corpus, lexicon, tmp_path, capsys):
    def fails(*arguments):
        assert run(*arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        return err

    absent = tmp_path / "absent"
    assert fails("hits", absent, "--lexicon", lexicon, "--out", "-") == (
        f"framing: {absent}: there is no such file or folder; check the path\n"
    )
    assert fails("hits", corpus, "--lexicon", absent, "--out", "-") == (
        f"framing: {absent}: cannot be read (No such file or directory); give the path of a lexicon file\n"
    )
    bad = tmp_path / "bad.yml"
    bad.write_text("war: attack\n")
    assert fails("hits", corpus, "--lexicon", bad, "--out", "-") == (
        f"framing: {bad}, line 1: category 'war' needs a list of entries; write each on a line of its own after '- '\n"
    )
    assert fails("hits", corpus, "--lexicon", lexicon, "--out", tmp_path / "hits.txt") == (
        f"framing: --out {tmp_path / 'hits.txt'}: write .csv, .xlsx or .parquet, - for stdout, or a name without ending for a folder\n"
    )
    assert fails("article", corpus, "--lexicon", lexicon).endswith(
        f"framing: {corpus}: holds 3 articles; give a file of one\n"
    )


def test_a_missing_folder_is_made_for_hits_as_for_a_report(corpus, lexicon, tmp_path):
    out = tmp_path / "no" / "hits.csv"
    assert run("hits", corpus, "--lexicon", lexicon, "--out", out) < 2
    assert out.read_text(encoding="utf-8").startswith("article_id,")


def test_a_corpus_of_rejections_only_gives_two(tmp_path, lexicon, capsys):
    path = tmp_path / "empty.txt"
    path.write_text(" \n")
    assert run("article", path, "--lexicon", lexicon) == 2
    assert capsys.readouterr() == (
        "",
        f"framing: rejected: {path}, article 1: headline, standfirst and body are all empty\n"
        f"framing: {path}: no article could be read; see the rejections above\n",
    )


def test_unknown_command_and_missing_argument_give_two(capsys):
    for arguments in ([], ["draw"], ["hits"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("usage: framing")


def test_an_article_of_the_sample_corpus(lexicon, capsys):
    path = ROOT / "data" / "articles" / "wire-2025-01-14-summit-ends-early.txt"
    assert run("article", path, "--lexicon", lexicon) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "Merrowland, Kestria end missile summit a day early without text"
    # The file has one "weak" and no other word of the lexicon, and its last paragraph is the agency's credits.
    assert lines[3].startswith(f"1 hits of small 1 ({fa.read_lexicon(lexicon).hash}) in ")
    assert lines[3].endswith(" words; one article, so no rate is given.")
    assert "weakness: 'weak' (entry weak*)" in out
    assert "Kestria does not want to look weak before its congress," in out
    assert lines[-1] == (
        "cut (agency credits): (Reporting by Mara Quillon in Port Sela and Dov Hasker in Velm; editing by June Tallis)"
    )
    assert err == "framing: 1 articles kept, 0 rejected, 1 boilerplate passages cut\n"


def test_a_lexicon_is_checked_converted_and_compared(corpus, lexicon, tmp_path, capsys):
    assert run("lexicon", "check", lexicon, "--corpus", corpus) == 0
    out, err = capsys.readouterr()
    # Of the sentences that are its examples nothing is told, as that they lack an outlet.
    assert len(err.splitlines()) == 2
    assert err.splitlines()[-1].startswith(f"framing: small 1 ({fa.read_lexicon(lexicon).hash}): 0 errors")
    assert run("lexicon", "convert", lexicon, tmp_path / "small.csv") == 0
    out, err = capsys.readouterr()
    assert out == f"{tmp_path / 'small.csv'}\n"
    assert "framing: lost: " in err  # a CSV has no place for the version
    (tmp_path / "new.yml").write_text("weakness: [weak*, firm]\n")
    assert run("lexicon", "diff", lexicon, tmp_path / "new.yml", "--corpus", corpus) == 0
    out, err = capsys.readouterr()
    # By hand: "Mayor stays firm" in one headline is the only hit gained.
    assert "1 hits gained" in out
    assert "+ weakness: Mayor stays [firm]" in out
    # By hand: of South's 24 words two are of strength, which the new lexicon has not; one hit of weakness came and one went.
    rates = [line.split() for line in out.splitlines() if line.lstrip().startswith("South")]
    assert rates == [["South", "strength", "83.33", "none"]]


def test_a_lexicon_whose_example_fails_gives_one(tmp_path, capsys):
    path = tmp_path / "bad.yml"
    path.write_text(
        "name: bad\nversion: '1'\nlanguage: en\nsources: [me]\ncategories:\n  weakness:\n    definition: x\n    valence: -1\n"
        "    entries: [weak]\n    examples:\n      miss: [A weak ruler.]\n"
    )
    assert run("lexicon", "check", path) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"error: {path}, line 11: weakness: example fails, it should miss: 'A weak ruler.'")


@pytest.mark.slow
def test_report_writes_one_file(tmp_path, capsys):
    out = tmp_path / "report.html"
    assert main(["report", str(ROOT / "data" / "articles"), "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_decisions_are_kept_and_checked(tmp_path, capsys):
    lexicon, kept = str(ROOT / "data" / "lexicons" / "frames.yml"), tmp_path / "decisions.csv"
    call = ["lexicon", "decide", lexicon, "weakness", "dither", "reject", "--reason", "rare", "--decisions", str(kept)]
    assert main(call) == 0
    assert fa.extend.read_decisions(kept)[["lexicon", "word", "verdict", "reason"]].to_numpy().tolist() == [
        ["frames", "dither", "reject", "rare"]
    ]
    undo = [*call[:5], "undo", "--decisions", str(kept)]
    assert main(undo) == 0
    assert "undone: reject of dither for weakness" in capsys.readouterr().err
    assert fa.extend.read_decisions(kept).empty
    assert main(undo) == 2
    call[3] = "weaknes"
    assert main(call) == 2
    assert "no category 'weaknes'; it has 'weakness'" in capsys.readouterr().err


def test_suggestions_come_with_counts_and_a_word_on_the_size_of_the_corpus(lexicon, tmp_path, capsys):
    # By hand: "ruler" stands twice in each of 6 articles with a hit, in no other; 6 · 6 + 6 · 4 words.
    bodies = ["The weak ruler met a ruler."] * 6 + ["Birds sang at noon."] * 6
    pd.DataFrame({"outlet": ["A", "B"] * 6, "body": bodies}).to_csv(tmp_path / "articles.csv", index=False)
    call = ("lexicon", "suggest", lexicon, "weakness", "--corpus", tmp_path / "articles.csv")
    assert run(*call) == 0
    out, err = capsys.readouterr()
    assert "ruler  (key word; 12 new hits; 12 uses in 6 articles: A (6), B (6); forms: ruler (12))" in out
    assert (
        "weakness has hits in 6 sentences of 12 articles (60 words). Words near in meaning were not looked for" in err
    )
    assert run(*call, "--kinds", "near-in-meaning") == 2
    err = capsys.readouterr().err
    assert "needs word vectors" in err
    assert "training" not in err


def test_a_diff_logs_its_variants(tmp_path, capsys):
    lexicon, log = str(ROOT / "data" / "lexicons" / "frames.yml"), tmp_path / "variants.jsonl"
    assert (
        main(["lexicon", "diff", lexicon, lexicon, "--corpus", str(ROOT / "data" / "articles"), "--log", str(log)]) == 0
    )
    assert "1 variant of frames was tried on this corpus" in capsys.readouterr().err
    assert len(log.read_text(encoding="utf-8").splitlines()) == 1


def test_no_cell_of_the_hits_is_live_in_a_spreadsheet(lexicon, tmp_path, capsys):
    table = pd.DataFrame({"article_id": ["=1+1", "@b"], "body": ["A weak plan.", "A weak deal."]})
    table.to_csv(tmp_path / "articles.csv", index=False)
    assert run("hits", tmp_path / "articles.csv", "--lexicon", lexicon, "--out", tmp_path / "hits.csv") == 0
    written = pd.read_csv(tmp_path / "hits.csv")
    assert written["article_id"].tolist() == ["'=1+1", "'@b"]


def test_a_table_in_another_encoding_with_other_columns(tmp_path, capsys):
    table = tmp_path / "words.csv"
    table.write_bytes(
        "Headword,Topic,Rank\nkryzys,bad,1\nw\u015bciek\u0142o\u015b\u0107,bad,2\na+,bad,3\n".encode("iso-8859-2")
    )
    options = ("--encoding", "iso-8859-2", "--columns", "term=Headword,category=Topic")
    assert run("lexicon", "convert", table, tmp_path / "words.yml", *options) == 0
    err = capsys.readouterr().err
    assert "lost: line 4: entry 'a+' would count as 'a'" in err
    assert [entry.text for entry in fa.read_lexicon(tmp_path / "words.yml").entries] == [
        "kryzys",
        "w\u015bciek\u0142o\u015b\u0107",
    ]
    # What is left out is a fault that the check finds.
    assert run("lexicon", "check", table, *options) == 1
    assert f"error: {table}, line 4" in capsys.readouterr().out
    assert run("lexicon", "check", table) == 2
    assert "encoding" in capsys.readouterr().err


def test_a_finding_of_no_category_has_no_empty_place(tmp_path, capsys):
    path = tmp_path / "words.txt"
    path.write_text("calm\nwar OR peace\n")
    assert run("lexicon", "check", path) == 1
    assert capsys.readouterr().out.startswith(
        f"error: {path}, line 2: entry 'war OR peace': entry 'war OR peace' holds"
    )


def test_hits_have_columns_of_their_articles_and_their_sentence_in_every_format(corpus, lexicon, tmp_path, capsys):
    for name in ("hits.csv", "hits.xlsx", "hits.parquet"):
        assert (
            run("hits", corpus, "--lexicon", lexicon, "--with", "outlet,date,sentence", "--out", tmp_path / name) == 0
        )
    read = (
        pd.read_csv(tmp_path / "hits.csv"),
        pd.read_excel(tmp_path / "hits.xlsx"),
        pd.read_parquet(tmp_path / "hits.parquet"),
    )
    for table in read:
        assert table["outlet"].tolist() == ["North", "North", "South", "South", "South"]
        assert pd.to_datetime(table["date"]).dt.strftime("%Y-%m-%d").tolist()[-1] == "2025-03-03"
    assert read[0]["sentence_text"].tolist() == read[1]["sentence text"].tolist() == read[2]["sentence_text"].tolist()
    # In the texts of the fixture.
    assert read[0]["sentence_text"][1] == "The mayor looked weak on Monday."
    assert read[1].columns[:2].tolist() == ["article", "field"]


def test_a_csv_for_excel_is_the_same_after_its_mark(corpus, lexicon, tmp_path):
    run("hits", corpus, "--lexicon", lexicon, "--out", tmp_path / "plain.csv")
    run("hits", corpus, "--lexicon", lexicon, "--out", tmp_path / "marked.csv", "--for-excel")
    assert (tmp_path / "marked.csv").read_bytes() == b"\xef\xbb\xbf" + (tmp_path / "plain.csv").read_bytes()


def test_hits_that_nobody_finds_are_a_workbook_of_names(corpus, tmp_path):
    (tmp_path / "none.yml").write_text("name: none\nversion: '1'\ncategories:\n  x: [zebra]\n", encoding="utf-8")
    assert run("hits", corpus, "--lexicon", tmp_path / "none.yml", "--out", tmp_path / "hits.xlsx") == 0
    assert len(pd.read_excel(tmp_path / "hits.xlsx")) == 0


def test_hits_to_a_name_without_ending_are_a_folder_that_opens(corpus, lexicon, tmp_path):
    assert run("hits", corpus, "--lexicon", lexicon, "--out", tmp_path / "hits.parquet") == 0
    assert run("hits", corpus, "--lexicon", lexicon, "--out", tmp_path / "hits") == 0
    table = fa.open_hits(tmp_path / "hits").read()
    assert table["text"].tolist() == pd.read_parquet(tmp_path / "hits.parquet")["text"].tolist() and len(table)


def test_a_cluster_is_for_a_corpus_on_disk(corpus, lexicon, tmp_path, capsys):
    assert run("hits", corpus, "--lexicon", lexicon, "--out", tmp_path / "h", "--cluster", "tcp://127.0.0.1:1") == 2
    assert f"--cluster is for a corpus on disk, and {corpus} is none" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--with", "outlet,dat", "--out", "hits.csv"],
            "--with dat: the articles have no such column to add; they have sentence, outlet, date, headline, standfirst, body",
        ),
        (
            ["--for-excel", "--out", "hits.xlsx"],
            "--for-excel is for a CSV file, and --out is hits.xlsx; leave it out, or write .csv",
        ),
        (
            ["--with", "outlet", "--out", "hits"],
            "--with is for one file, and --out hits is a folder; leave it out, or write a file",
        ),
    ],
)
def test_options_of_hits_that_do_not_fit_give_two(corpus, lexicon, options, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run("hits", corpus, "--lexicon", lexicon, *options) == 2
    assert f"framing: {message}" in capsys.readouterr().err
    assert not (tmp_path / options[-1]).exists()
