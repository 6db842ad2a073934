"""The command `framing start`: from articles of any form to findings in words and a report, with every guess said."""

import io
import zipfile

import pandas as pd
import pytest

from analysis.cli import main
from analysis.commands.wording import duration

WEAK = "The mayor of Velm looked weak on Monday. Nobody in the town council said a word about the port."
PLAIN = "The port of Velm stayed open on Monday. Nobody in the town council said a word about the mayor."
GERMAN = (
    "Der Bürgermeister von Velm wirkte am Montag sehr schwach. Niemand im Rat der Stadt sagte dazu auch nur ein Wort."
)
LEXICON = "name: small\nversion: '1'\nlanguage: {}\ncategories:\n  weakness: [weak*, schwach*]\n"


@pytest.fixture
def started(tmp_path, monkeypatch, capsys):
    """Return a function that runs the command on a file: exit code, stdout and stderr as lines. The report is in ``report.html``."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, language="en", answers=None):
        (tmp_path / "small.yml").write_text(LEXICON.format(language), encoding="utf-8")
        terminal = io.StringIO("" if answers is None else answers)
        terminal.isatty = lambda: answers is not None  # type: ignore[method-assign]
        monkeypatch.setattr("sys.stdin", terminal)
        code = main(["start", *map(str, arguments), "--lexicon", "small.yml"])
        out, err = capsys.readouterr()
        return code, out, err.splitlines()

    return run


def articles(text=WEAK, other=PLAIN, n=5, **names):
    """Return a table of two outlets with `n` articles each; the first two of the first one have the word."""
    bodies = [f"{text} Number {i}." if i < 2 else f"{other} Number {i}." for i in range(2 * n)]
    columns = {"outlet": ["Mail"] * n + ["Post"] * n, "date": ["2025-01-13"] * 2 * n, "body": bodies}
    return pd.DataFrame({names.get(name, name): values for name, values in columns.items()})


def test_a_workbook_with_german_names_goes_through_and_says_what_it_guessed(started, tmp_path):
    articles(GERMAN, GERMAN.replace("schwach", "ruhig"), outlet="Medium", date="Datum", body="Volltext").to_excel(
        tmp_path / "mine.xlsx", index=False
    )
    code, out, err = started("mine.xlsx", language="de")
    assert code == 0
    assert "framing: read: 10 articles of 1 Excel; 0 rejected" in err
    assert (
        "framing: columns: 'Medium' as outlet, 'Datum' as date, 'Volltext' as body (guessed; --columns says otherwise)"
        in err
    )
    assert "framing: dates: 2025-01-13 to 2025-01-13" in err
    assert "framing: outlets: Mail 5, Post 5" in err
    assert "framing: language: de (guessed)" in err
    # Two hits among the five articles of Mail; rules for English say nothing of a voice.
    assert "1. weakness: Mail has " in out
    assert "own words" not in out
    assert out.endswith("Every number with its sentences, to open in a browser: report.html\n")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_folders_of_text_files_are_taken_for_outlets(started, tmp_path):
    for number, row in enumerate(articles().itertuples()):
        path = tmp_path / "mine" / row.outlet / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Port news\n\n{row.body}\n", encoding="utf-8")
    code, out, err = started("mine")
    assert code == 0
    assert "framing: outlets: the folders of the files (guessed; --outlet-from says otherwise); Mail 5, Post 5" in err
    assert sum("no article has an outlet" in line for line in err) == 0
    assert "framing: dates: no article has one that is used" in err
    assert "Mail has" in out


@pytest.mark.parametrize(
    ("name", "pattern", "span"),
    [
        ("2025-01-{day}_port-news", "{outlet}/{date}_{name}", "2025-01-10 to 2025-01-19"),
        ("port-news-202501{day}", "{outlet}/{name}-{date}", "2025-01-10 to 2025-01-19"),
        ("2025-01-{day}", "{outlet}/{date}", "2025-01-10 to 2025-01-19"),
    ],
)
def test_days_in_the_names_of_files_are_taken_for_dates(started, tmp_path, name, pattern, span):
    for number, row in enumerate(articles().itertuples()):
        path = tmp_path / "mine" / row.outlet / f"{name.format(day=10 + number)}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Port news\n\n{row.body}\n", encoding="utf-8")
    code, _, err = started("mine")
    assert code == 0
    assert f"framing: dates: in the names of the files, {pattern!r} (guessed); {span}" in err
    assert any(line.endswith("Mail 5, Post 5") for line in err)


def test_one_file_whose_name_has_no_day_leaves_all_without_dates(started, tmp_path):
    for number, row in enumerate(articles().itertuples()):
        path = tmp_path / "mine" / row.outlet / ("first.txt" if number == 0 else f"2025-01-{10 + number}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Port news\n\n{row.body}\n", encoding="utf-8")
    code, _, err = started("mine")
    assert code == 0
    assert "framing: dates: no article has one that is used" in err


def test_a_zip_of_a_table_is_read(started, tmp_path):
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as archive:
        archive.writestr("mine.csv", articles().to_csv(index=False))
    code, out, _ = started("mine.zip")
    assert (code, "Mail has" in out) == (0, True)


def test_three_articles_an_outlet_are_not_compared(started, tmp_path):
    articles(n=3).to_csv(tmp_path / "mine.csv", index=False)
    code, out, _ = started("mine.csv")
    assert code == 0
    assert "No outlet has 5 articles or more (Mail 3, Post 3)" in " ".join(out.split())


def test_one_article_gives_a_count_and_its_report(started, tmp_path):
    (tmp_path / "one.txt").write_text(f"A weak day\n\n{WEAK}\n", encoding="utf-8")
    code, out, _ = started("one.txt")
    assert code == 0
    assert "1. weakness: 2 hits in one article of " in out
    assert (tmp_path / "report.html").exists()


DATES = ["03/04/2025"] * 10


@pytest.mark.parametrize(
    ("dates", "answers", "line"),
    [
        (DATES, None, "framing: dates: left out: 03/04/2025 may be day first or month first, and no date settles it; "
         "--dates 'day first' or --dates 'month first' says which; no article has one that is used"),
        (DATES, "d\n", "framing: dates: 2025-04-03 to 2025-04-03"),
        (DATES, "x\nm\n", "framing: dates: 2025-03-04 to 2025-03-04"),
        (DATES, "\n", "framing: dates: left out: 03/04/2025 may be day first or month first, and no date settles it; "
         "--dates 'day first' or --dates 'month first' says which; no article has one that is used"),
        (["03.04.2025"] * 10, None, "framing: dates: day first, as dates with dots are (guessed); 2025-04-03 to 2025-04-03"),
    ],
)  # fmt: skip
def test_dates_of_two_meanings_are_asked_for_or_left_out(started, tmp_path, dates, answers, line):
    articles().assign(date=dates).to_csv(tmp_path / "mine.csv", index=False)
    code, _, err = started("mine.csv", answers=answers)
    assert code == 0
    assert any(one.endswith(line) for one in err)


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        (None, "framing: text: the column 'Blurb', which has the longest cells (guessed)"),
        ("Blurb\n", "framing: text: the column 'Blurb'"),
    ],
)
def test_a_text_column_of_an_unknown_name_is_guessed_or_asked_for(started, tmp_path, answers, line):
    articles(body="Blurb").to_csv(tmp_path / "mine.csv", index=False)
    code, _, err = started("mine.csv", answers=answers)
    assert code == 0
    assert any(one.endswith(line) for one in err)


def test_a_column_of_outlets_is_asked_for_at_a_terminal_only(started, tmp_path):
    articles(outlet="Kiosk").to_csv(tmp_path / "mine.csv", index=False)
    code, _, err = started("mine.csv")
    assert (code, "framing: outlets: no article says one" in err) == (0, True)
    code, _, err = started("mine.csv", answers="Kiosk\n")
    assert code == 0
    assert "framing: outlets: Mail 5, Post 5" in err
    assert any(line.startswith("Which column names the outlet? Kiosk; Enter for none: ") for line in err)


def test_articles_in_another_language_than_the_lexicon_are_refused(started, tmp_path):
    articles(GERMAN, GERMAN).to_csv(tmp_path / "mine.csv", index=False)
    code, out, err = started("mine.csv")
    assert (code, out) == (2, "")
    assert "framing: the articles look to be in 'de', and small 1 (" in err[-1]
    assert "--lexicon FILE" in err[-1]
    assert not (tmp_path / "report.html").exists()


def test_without_a_hit_it_says_so_and_writes_no_report(started, tmp_path):
    articles(PLAIN).to_csv(tmp_path / "mine.csv", index=False)
    code, out, err = started("mine.csv")
    assert (code, out) == (2, "")
    assert err[-1].startswith("framing: no entry of small 1 (")
    assert not (tmp_path / "report.html").exists()


def test_without_an_article_it_says_what_to_give(started, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x.dat").write_bytes(b"x")
    code, out, err = started("mine")
    assert (code, out) == (2, "")
    assert err[-1] == (
        "framing: mine: no article could be read (1 rejected); give a folder, table, workbook or archive of articles"
    )


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "10 s"), (10, "10 s"), (11, "20 s"), (90, "90 s"), (95, "2 min"), (605, "10 min")]
)
def test_a_time_to_wait_is_told_in_tens_of_seconds_or_minutes(seconds, text):
    assert duration(seconds) == text
