"""The course on a corpus of somebody's own: what is chosen, what is said, and that the project's files stay as they are."""

import hashlib
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import analysis as fa
from analysis.cli import build_parser
from analysis.commands import figures
from analysis.core.shipped import shipped
from analysis.reproducing import course
from analysis.reproducing.course import (
    course_notebooks,
    course_parameters,
    progress_line,
    propose_targets,
    run_course,
    summary_line,
    with_other_outlets,
)
from analysis.reproducing.notebooks import Outcome

REPOSITORY = Path(__file__).resolve().parents[2]
TEXTS = ["outlet", "headline", "standfirst", "body"]
QUESTIONS = ("01-where-do-the-words-stand", "08-keyness-between-outlets", "09-trends")


@pytest.fixture
def undated():
    """Return a corpus of one outlet and no dates; a weak word in each of six articles."""
    bodies = [f"The minister looked weak.\n\nThe plan number {n} was abandoned after talks." for n in range(6)]
    return fa.read(pd.DataFrame({"outlet": "Post", "headline": "A weak plan", "body": bodies}))


def hashes(*folders):
    files = [file for folder in folders for file in sorted((REPOSITORY / folder).glob("[!.]*")) if file.is_file()]
    return {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def outcome(status, reason="", n_figures=0, seconds=5.6):
    return Outcome(Path("notebooks/05-in-whose-voice.ipynb"), Path("x.ipynb"), status, reason, n_figures, seconds)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (outcome("done", n_figures=2), "[ 3/17] 05-in-whose-voice: 2 figures, 6 s"),
        (outcome("done", n_figures=1), "[ 3/17] 05-in-whose-voice: 1 figure, 6 s"),
        (
            outcome("unanswerable", "this question needs articles of two days; no article has a date"),
            "[ 3/17] 05-in-whose-voice: cannot be answered: this question needs articles of two days; no article has a date",
        ),
        (
            outcome("failed", "cell 4: ValueError: no words"),
            "[ 3/17] 05-in-whose-voice: failed: cell 4: ValueError: no words",
        ),
    ],
)
def test_progress_is_one_line(given, line):
    assert progress_line(3, 17, given) == line


def test_the_summary_counts():
    outcomes = [outcome("done"), outcome("failed", "x"), outcome("done"), outcome("unanswerable", "y")]
    assert summary_line(outcomes, Path("mine")) == (
        "2 notebooks done, 1 cannot be answered, 1 failed: mine/notebooks, mine/figures"
    )


def test_the_course_is_numbered_without_a_gap():
    names = [path.name for path in course_notebooks()]
    assert [name[:2] for name in names] == [f"{number:02d}" for number in range(len(names))]
    assert names[0] == "00-start.ipynb"


def test_the_start_page_links_each_notebook_with_its_question():
    def first_line(path):
        return nbformat.read(path, as_version=4).cells[0].source.split("\n")[0]

    start, *others = course_notebooks()
    cells = nbformat.read(start, as_version=4).cells
    (table,) = [cell.source for cell in cells if "| Notebook | Question |" in cell.source]
    rows = [line for line in table.split("\n") if line.startswith("| [")]
    assert rows == [f"| [{path.name[:2]}]({path.name}) | {first_line(path).removeprefix('# ')} |" for path in others]
    for path in (start, *others):
        assert first_line(path).startswith("# ")
        assert first_line(path).endswith("?")


def test_outlets_are_chosen_by_size_and_the_article_by_its_hits(lexicon):
    outlets = ["Mail", "Post", "Post", "Herald", None, "Mail", "Post"]
    bodies = ["weak", "", "calm", "calm", "weak and weak", "calm", "failed"]
    table = pd.DataFrame({"article_id": list("abcdefg"), "outlet": outlets, "body": [f"He is {b}." for b in bodies]})
    # Post has three articles, Mail two; the fifth article has two hits, the most.
    assert course_parameters(fa.read(table, boilerplate="keep"), lexicon({"weakness": ["weak"]}))["reference"] == "Post"
    chosen = course_parameters(fa.read(table, boilerplate="keep"), fa.read_lexicon(shipped("frames.yml")))
    assert chosen == {"reference": "Post", "focus": "Mail", "article_id": "e"}


@pytest.fixture
def lexicon():
    return lambda categories: fa.extend.lexicon_from_mapping(categories)


def test_of_equal_outlets_the_first_by_name_is_the_reference(lexicon):
    table = pd.DataFrame({"article_id": ["x", "y"], "outlet": ["Post", "Mail"], "body": "calm"})
    chosen = course_parameters(fa.read(table), fa.read_lexicon(shipped("frames.yml")))
    assert chosen == {"reference": "Mail", "focus": "Post", "article_id": "x"}


def test_one_outlet_is_both_and_no_outlet_is_empty(undated):
    frames = fa.read_lexicon(shipped("frames.yml"))
    chosen = course_parameters(undated, frames)
    assert (chosen["reference"], chosen["focus"]) == ("Post", "Post")
    chosen = course_parameters(fa.read(undated.articles.drop(columns="outlet")), frames)
    assert (chosen["reference"], chosen["focus"]) == ("", "")


def test_another_lexicon_gives_its_commonest_categories(undated, lexicon):
    # Four articles: "plan" twice in each; "minister" once and, later in the text, "talks"; "snow" never.
    mine = lexicon({"cold": ["snow"], "talk": ["talks"], "plan": ["plan"], "who": ["minister"], "ice": ["ice"]})
    chosen = course_parameters(undated, mine)
    assert chosen["frames"] == ["plan", "who", "talk", "cold"]
    assert chosen["category"] == "plan"


def test_three_notebooks_on_a_corpus_of_one_outlet_without_dates(undated, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("MPLBACKEND", raising=False)
    chosen = [path for path in course_notebooks() if path.stem in QUESTIONS]
    monkeypatch.setattr(course, "course_notebooks", lambda: chosen)
    monkeypatch.setattr(figures, "course_notebooks", lambda: chosen)
    before = hashes("notebooks", "figures")
    undated.articles.to_csv(tmp_path / "mine.csv", index=False)
    out = tmp_path / "out"
    given = ("--corpus", tmp_path / "mine.csv", "--lexicon", shipped("frames.yml"), "--targets", shipped("targets.yml"))
    options = build_parser().parse_args(["figures", *map(str, given), "--out", str(out)])

    assert figures.course(options) == 0

    said = capsys.readouterr()
    assert said.out == ""
    read, first, *rest = said.err.splitlines()
    assert read == "framing: 6 articles kept, 0 rejected, 0 boilerplate passages cut"
    assert re.fullmatch(r"\[1/3\] 01-where-do-the-words-stand: 3 figures, \d+ s \(about \d+ (s|min) left\)", first)
    assert [re.sub(r" \(about \d+ (s|min) left\)$", "", line) for line in rest] == [
        "[2/3] 08-keyness-between-outlets: cannot be answered: this question needs two outlets; the corpus has one (Post)",
        "[3/3] 09-trends: cannot be answered: this question needs articles of two days; no article has a date",
        f"framing: 1 notebooks done, 2 cannot be answered, 0 failed: {out / 'notebooks'}, {out / 'figures'}",
    ]
    assert hashes("notebooks", "figures") == before
    pd.testing.assert_frame_equal(fa.read(out / "corpus.parquet").articles[TEXTS], undated.articles[TEXTS])
    assert (out / "figures" / "founding-frames-by-outlet.svg").exists()
    table = pd.read_csv(out / "figures" / "founding-frames-by-outlet.csv")
    # Twelve hits of "weak": one in each headline and one in each body.
    assert table.loc[table["category"] == "weakness", ["outlet", "n_hits"]].to_numpy().tolist() == [["Post", 12]]
    # The answer for the sample corpus is not left standing under another corpus.
    answers = [nbformat.read(out / "notebooks" / path.name, as_version=4).cells[-1].source for path in chosen]
    assert set(answers) == {
        "## Answer\n\nYours to write. The answer in the project's own copy of this notebook is about its sample corpus."
    }


def test_a_failed_notebook_gives_one(undated, tmp_path, monkeypatch, capsys):
    failed = [outcome("failed", "cell 2: ValueError: no")]
    monkeypatch.setattr(figures, "run_course", lambda corpus, **paths: iter(failed))
    monkeypatch.setattr(figures, "course_notebooks", lambda: [failed[0].notebook])
    undated.articles.to_csv(tmp_path / "mine.csv", index=False)
    options = build_parser().parse_args(["figures", "--corpus", str(tmp_path / "mine.csv"), "--out", str(tmp_path)])
    assert figures.course(options) == 1
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "[1/1] 05-in-whose-voice: failed: cell 2: ValueError: no",
        f"framing: 0 notebooks done, 0 cannot be answered, 1 failed: {tmp_path / 'notebooks'}, {tmp_path / 'figures'}",
    ]


def test_the_project_itself_is_no_place_for_results(undated):
    with pytest.raises(fa.FramingError) as refused:
        run_course(undated, lexicon=shipped("frames.yml"), targets=shipped("targets.yml"), out=REPOSITORY)
    assert str(refused.value) == f"{REPOSITORY}: the notebooks of the project lie there; choose another folder"
    assert not (REPOSITORY / "corpus.parquet").exists()


def test_without_notebooks_the_repository_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "_FOLDERS", (tmp_path / "notebooks", tmp_path / "inside"))
    with pytest.raises(fa.FramingError) as refused:
        course_notebooks()
    assert str(refused.value) == (
        f"{tmp_path / 'notebooks'}: no notebooks are there; take the whole repository of the project"
    )


def test_small_outlets_stand_together_and_keep_their_names():
    articles = fa.read(
        pd.DataFrame({"outlet": ["B", "A", "B", "C", None, "A", "D"], "body": [f"text {n}" for n in range(7)]})
    ).articles
    found = with_other_outlets(articles, n=2)
    # By hand: A and B have two articles each, C and D one; an article without an outlet stays without.
    assert found["outlet"].fillna("-").tolist() == ["B", "A", "B", "2 other outlets", "-", "A", "2 other outlets"]
    assert found["outlet_as_read"].fillna("-").tolist() == ["B", "A", "B", "C", "-", "A", "D"]
    assert with_other_outlets(articles, n=4) is articles


def test_targets_are_proposed_from_the_names_of_the_corpus_and_can_be_read(tmp_path):
    bodies = [
        f"On Monday Anna Hurd met an aide. Critics of Hurd say that Anna Hurd is weak. Later Anna Hurd left number {n}."
        for n in range(3)
    ]
    corpus = fa.read(pd.DataFrame({"body": [*bodies, "On Monday the aide met Omar Solo."]}))
    assert propose_targets(corpus, tmp_path / "targets.yml") == 1
    written = fa.read_lexicon(tmp_path / "targets.yml")
    # Omar Solo stands in one article only.
    assert list(written.category_names) == ["Anna Hurd"]
    hits = fa.find_hits(fa.tokenize(corpus), fa.extend.lexicon_from_mapping({"weakness": ["weak"]}), targets=written)
    assert hits["target"].tolist() == ["Anna Hurd"] * 3


def test_without_names_no_targets_are_proposed(tmp_path):
    assert propose_targets(fa.read(pd.DataFrame({"body": ["nobody is weak"] * 3})), tmp_path / "targets.yml") == 0
    assert not (tmp_path / "targets.yml").exists()


def test_edited_targets_are_taken_as_they_stand(undated, tmp_path, capsys):
    path = tmp_path / "targets.yml"
    path.write_text("Hurd: [hurd]\n", encoding="utf-8")
    assert figures._targets(undated, path) == path
    assert path.read_text(encoding="utf-8") == "Hurd: [hurd]\n"
    assert capsys.readouterr().err == f"framing: targets: {path}, as it stands there\n"


def test_names_of_german_articles_are_not_proposed(tmp_path, capsys):
    body = "Der Rat der Stadt Velm hat am Montag lange beraten, und niemand sagte dazu auch nur ein Wort."
    german = fa.read(pd.DataFrame({"body": [f"{body} Nummer {n}." for n in range(4)]}))
    assert figures._targets(german, tmp_path / "targets.yml") == shipped("targets.yml")
    assert "names are found in English text only" in capsys.readouterr().err
    assert not (tmp_path / "targets.yml").exists()


def test_a_question_about_the_project_s_own_lexicon_is_not_run_on_another_corpus(undated, tmp_path, monkeypatch):
    chosen = [path for path in course_notebooks() if path.stem[:2] in ("12", "13", "14")]
    monkeypatch.setattr(course, "course_notebooks", lambda: chosen)
    asked = []

    def run(notebooks, **options):
        asked.extend(notebooks)
        return iter([Outcome(path.resolve(), tmp_path / "none.ipynb", "done", "", 1, 1.0) for path in notebooks])

    monkeypatch.setattr(course, "run_notebooks", run)
    stale = tmp_path / "notebooks" / "13-can-a-program-learn-the-frames.ipynb"
    stale.parent.mkdir()
    stale.write_text("what an earlier run left", encoding="utf-8")
    told = list(run_course(undated, lexicon=shipped("frames.yml"), targets=shipped("targets.yml"), out=tmp_path))
    assert [(outcome.notebook.stem[:2], outcome.status) for outcome in told] == [
        ("12", "done"), ("13", "unanswerable"), ("14", "done")
    ]  # fmt: skip
    assert "name one of your own with --lexicon" in told[1].reason
    assert not stale.exists()
    mine = tmp_path / "mine.yml"
    mine.write_text("weakness: [weak]\n", encoding="utf-8")
    assert [one.status for one in run_course(undated, lexicon=mine, targets=mine, out=tmp_path)] == ["done"] * 3


def test_outside_their_answers_notebooks_say_nothing_of_the_sample():
    """The answer is left open on another corpus; what stands elsewhere is printed under its results too."""
    said = {
        path.stem: cell.source
        for path in course_notebooks()[1:]
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown" and not cell.source.startswith("## Answer")
        if re.search(r"(?i)\bsample (?:corpus|is)\b|invented|\btwelve\b|forty-eight|\b48\b", cell.source)
    }
    assert said == {}
