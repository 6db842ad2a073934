"""The command `framing figures`: what is out of date is drawn anew, and nothing else."""

import re
from pathlib import Path

import nbformat
import pytest

from analysis.cli import main
from analysis.commands import figures
from analysis.reproducing import course

_DURATION = re.compile(r", \d+ s(?= \(|$)| \(about \d+ (?:s|min) left\)$")
DRAWS = """import pandas as pd
import analysis as fa
from analysis import charts
table = pd.DataFrame({"outlet": ["A"], "n_articles": [3], "words_median": [n], "words_low": [n - 1], "words_high": [n + 1]})
figure = charts.length_dots(table)
fa.save_figure(figure, table, name, folder=figures_folder, notebook=notebook)"""


def write_notebook(path, name, n):
    cells = [
        nbformat.v4.new_code_cell(f"notebook = '{path.stem}'"),
        nbformat.v4.new_code_cell(f"figures_folder = '.'\nname = '{name}'\nn = {n}", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(DRAWS),
    ]
    for number, cell in enumerate(cells, 1):
        cell.execution_count = number
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)


@pytest.fixture
def notebooks(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    write_notebook(folder / "01-short.ipynb", "short", 100)
    write_notebook(folder / "02-long.ipynb", "long", 900)
    monkeypatch.setattr(course, "_FOLDERS", (folder,))
    (tmp_path / "mine.csv").write_text("outlet,body\nMail,Hurd was weak.\n", encoding="utf-8")
    (tmp_path / "mine.yml").write_text("weakness: [weak]\n", encoding="utf-8")
    for name, path in {"CORPUS": "mine.csv", "FRAMES": "mine.yml", "SAMPLE_TARGETS": "mine.yml"}.items():
        monkeypatch.setattr(figures, name, tmp_path / path)
    return folder


def run(capsys, *arguments):
    code = main(["figures", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out.splitlines(), [_DURATION.sub("", line) for line in err.splitlines()]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_only_what_is_out_of_date_is_drawn(notebooks, tmp_path, capsys):
    out = tmp_path / "figures"
    before = {path: path.read_bytes() for path in notebooks.iterdir()}
    never = f"never run for {out / 'manifest.json'}"
    assert run(capsys, "--out", out, "--check") == (
        1,
        [f"(no figure yet) (01-short): {never}", f"(no figure yet) (02-long): {never}"],
        ["framing: 0 of 0 figures are up to date; `framing figures` draws the others"],
    )
    said = [
        "long: Words an article by outlet.",
        "short: Words an article by outlet.",
        "",
        "1. weakness: 1 hit in one article of 3 words: a count, for one article has no rate. The one hit is",
        "   in the outlet's own words.",
        "   “Hurd was weak.” (Mail, no date, lead, word: weak)",
        "",
        f"Every number with its sentences, to open in a browser: {tmp_path / 'report.html'}",
    ]
    announced = "framing: 2 notebooks with figures that are out of date will be run, 2 at a time, in about 20 s: 01-short, 02-long"
    told = ["[1/2] 01-short: 0 figures", "[2/2] 02-long: 0 figures", f"framing: 2 figures in {out}; 2 notebooks run"]
    assert run(capsys, "--out", out) == (0, said, [announced, *told])
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run(capsys, "--out", out, "--check")[:2] == (0, [])
    written = {path: path.read_bytes() for path in out.iterdir()}
    write_notebook(notebooks / "02-long.ipynb", "long", 901)
    assert run(capsys, "--out", out, "--check") == (
        1,
        ["long (02-long): parameter n changed from 900 to 901"],
        ["framing: 1 of 2 figures are up to date; `framing figures` draws the others"],
    )
    code, _, told = run(capsys, "--out", out)
    assert (code, told[1]) == (0, "[1/1] 02-long: 0 figures")
    assert run(capsys, "--out", out, "--check")[:2] == (0, [])
    changed = {path.name for path in out.iterdir() if path.read_bytes() != written[path]}
    assert changed == {"manifest.json", *(f"long.{suffix}" for suffix in ("csv", "md", "pdf", "png", "svg", "tex"))}
    assert before[notebooks / "01-short.ipynb"] == (notebooks / "01-short.ipynb").read_bytes()  # they stay as they were


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--check", "--corpus", "x"], "--check is about the project's own figures; leave --corpus out"),
        (["--lexicon", "x"], "--lexicon and --targets go with --corpus; the project's notebooks name their own"),
    ],
)
def test_options_that_do_not_go_together(capsys, arguments, message):
    assert run(capsys, *arguments) == (2, [], [f"framing: {message}"])


def test_a_place_without_notebooks_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(course, "_FOLDERS", (tmp_path / "none",))
    code, _, told = run(capsys)
    assert (code, told) == (
        2, [f"framing: {tmp_path / 'none'}: no notebooks are there; take the whole repository of the project"]
    )  # fmt: skip


def test_an_installed_package_has_no_figures_of_its_own(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(figures, "PROJECT", tmp_path)
    code, _, told = run(capsys)
    assert (code, told) == (
        2, ["framing: the project's own figures are drawn in its repository; name a corpus with --corpus"]
    )  # fmt: skip
