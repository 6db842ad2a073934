"""``framing sample``: one folder with all that coders need, and nothing lost that they have done."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.cli import main

LEXICON = "name: small\nversion: 1\nlanguage: en\ncategories:\n  weakness: [weak]\n  strength: [strong]\n"
BODIES = ["The minister looks weak. Talks go on. Trade is calm.", "A strong union. Nothing else. It rained."] * 3


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("lexicon.yml").write_text(LEXICON, encoding="utf-8")
    table = pd.DataFrame(
        {
            "article_id": list("abcdef"),
            "outlet": list("xyxyxy"),
            "date": "2025-03-01",
            "headline": "News",
            "body": BODIES,
        }
    )
    table.to_csv("articles.csv", index=False)
    return tmp_path


def run(*arguments: str) -> int:
    return main(
        ["sample", "articles.csv", "--lexicon", "lexicon.yml", "--boilerplate", "keep", "--screen", "0", *arguments]
    )


def test_a_folder_has_sample_codebook_pages_and_workbooks(study, capsys):
    assert run("--n", "8", "--coders", "2", "--overlap", "4", "--out", "coding") == 0
    out, err = capsys.readouterr()
    names = [
        "codebook.yml",
        "coding-A.html",
        "coding-A.xlsx",
        "coding-B.html",
        "coding-B.xlsx",
        "sample.csv",
        "sample.json",
    ]
    assert sorted(path.name for path in Path("coding").iterdir()) == names
    assert out.splitlines() == [str(Path("coding") / name) for name in names]
    # By hand: 24 sentences, three with each category.
    assert "2 of         3  hits: strength\n" in err and "4 of        18  rest\n" in err
    sample = fa.validate.read_sample("coding")
    tokens = fa.tokenize(fa.read("articles.csv", boilerplate="keep"))
    again = fa.sample(fa.find_hits(tokens, fa.read_lexicon("lexicon.yml")), tokens, n=8, coders=2, overlap=4)
    pd.testing.assert_frame_equal(sample, again)
    assert sample.attrs == again.attrs
    assert fa.validate.read_codebook("coding/codebook.yml").categories == ("weakness", "strength")


def test_a_second_sample_does_not_touch_the_first(study, capsys):
    assert run("--n", "8", "--out", "coding") == 0
    before = {path.name: path.read_bytes() for path in Path("coding").iterdir()}
    assert run("--n", "8", "--seed", "2", "--out", "coding") == 2
    assert (
        "what coders have done could be lost, so nothing is written there; give a new folder" in capsys.readouterr().err
    )
    assert {path.name: path.read_bytes() for path in Path("coding").iterdir()} == before


def test_a_folder_with_codings_is_left_alone(study):
    Path("coding").mkdir()
    Path("coding/codings-A.json").write_text("{}", encoding="utf-8")
    assert run("--n", "8", "--out", "coding") == 2
    assert [path.name for path in Path("coding").iterdir()] == ["codings-A.json"]


def codebook(**more: str) -> Path:
    codes = more.pop("codes", "weakness: weak, none: none")
    Path("book.yml").write_text(
        f"codebook: own\nversion: 3\nvariables:\n  frame: {{question: Which?, about: match, measures: category, values: {{{codes}}}}}\n"
        "  relevant: {question: 'Does it belong?', about: unit, measures: relevant, values: {yes: {}, no: {}}}\n",
        encoding="utf-8",
    )
    return Path("book.yml")


def test_a_codebook_of_ones_own_is_taken_as_it_is_and_decides_which_hits_are_asked(study, capsys):
    book = codebook()
    assert run("--n", "8", "--codebook", str(book), "--out", "coding") == 0
    assert Path("coding/codebook.yml").read_bytes() == book.read_bytes()
    assert "hits of strength are left out, for the codebook does not ask for them" in capsys.readouterr().err
    strata = {one["stratum"] for one in fa.validate.read_sample("coding").attrs["sample_strata"]}
    assert strata == {"hits: weakness", "rest"}


@pytest.mark.parametrize(
    ("codes", "unit", "message"),
    [
        ("weaknes: weak, none: none", "sentence", "book.yml: code 'weaknes' is no category of lexicon.yml; it has weakness, strength; did you mean"),
        ("weakness: weak, none: none", "article", "'frame' is asked of matches, and with --unit article whole articles are coded"),
    ],
)  # fmt: skip
def test_a_codebook_that_does_not_fit_is_told_before_anything_is_written(study, capsys, codes, unit, message):
    book = codebook(codes=codes)
    assert run("--n", "4", "--codebook", str(book), "--unit", unit, "--out", "coding") == 2
    assert message in capsys.readouterr().err
    assert not Path("coding").exists()


def test_too_many_are_told_in_the_words_of_the_command(study, capsys):
    assert run("--n", "100", "--out", "coding") == 2
    assert "found n=100, and the corpus has 24 sentences; give n=24 to code all" in capsys.readouterr().err
    assert not Path("coding").exists()


def test_near_words_are_those_of_suggest(study, monkeypatch, capsys):
    def suggested(tokens, lexicon, category, *, n):
        word = {"weakness": "talks", "strength": "rained"}[category]
        return pd.DataFrame({"word": [word], "forms": [f"{word} (3)"]})

    monkeypatch.setattr(fa, "suggest", suggested)
    assert run("--n", "12", "--screen", "5", "--out", "coding") == 0
    # By hand: three sentences talk and three have rain.
    assert "of         6  screened\n" in capsys.readouterr().err


def test_articles_are_coded_whole_by_named_coders(study):
    assert run("--n", "4", "--unit", "article", "--coders", "Kim,Lee", "--out", "coding") == 0
    assert Path("coding/coding-Kim.html").exists() and Path("coding/coding-Lee.xlsx").exists()
    assert [one.measures for one in fa.validate.read_codebook("coding/codebook.yml").variables] == [
        "present",
        "dominant",
        "relevant",
    ]
