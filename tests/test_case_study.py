"""The case study commits figures and tables, but no article: at most eight words of evidence a line, ten lines a notebook."""

import functools
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from lxml import html

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks" / "case-study").glob("*.ipynb"))
MOST_WORDS = 8
MOST_LINES = 10


def outputs(path):
    """Return what the code cells of a notebook show, as a list of outputs."""
    cells = nbformat.read(path, as_version=4).cells
    return [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]


def tables(path):
    """Return header and rows of each table that a notebook shows."""
    for output in outputs(path):
        if "text/html" in output.get("data", {}):
            rows = [
                [cell.text_content().strip() for cell in row.iter("th", "td")]
                for row in html.fromstring(output["data"]["text/html"]).iter("tr")
            ]
            yield rows[0], rows[1:]


def committed_texts():
    """Return the text of every output and of every table and caption of the case study."""
    for path in NOTEBOOKS:
        for output in outputs(path):
            yield path.name, output.get("text") or output.get("data", {}).get("text/plain", "")
        for _, rows in tables(path):
            yield from ((path.name, " ".join(row)) for row in rows)
    for path in sorted((ROOT / "figures" / "case-study").iterdir()):
        if path.suffix in (".csv", ".md", ".tex"):
            yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_line_of_evidence_has_at_most_eight_words(path):
    n_tables = 0
    for header, rows in tables(path):
        n_tables += 1
        is_evidence = "match" in header
        assert not is_evidence or len(rows) <= MOST_LINES
        for row in rows:
            assert max(len(cell.split()) for cell in row) <= MOST_WORDS, row
            if is_evidence:
                line = [row[header.index(name)] for name in ("left", "match", "right")]
                assert len(" ".join(line).split()) <= MOST_WORDS, line
    assert n_tables >= 3


def articles(shared_data):
    path = shared_data / "abp" / "articles.dev.parquet"
    if not path.is_file():
        pytest.skip("the corpus abp is not here")
    return pd.read_parquet(path, columns=["title", "body"])


def test_no_passage_of_nine_words_of_an_article_is_committed(shared_data):
    bodies = "\n".join(articles(shared_data)["body"].dropna()).encode()
    in_bodies = functools.cache(lambda words: " ".join(words).encode() in bodies)
    runs = set()
    for name, text in committed_texts():
        words = (
            [] if name.endswith((".md", ".tex", ".svg", ".json")) else text.split()
        )  # captions and alt texts are ours
        for start in range(len(words) - MOST_WORDS):
            run = tuple(words[start : start + MOST_WORDS + 1])
            # Nine words hold whichever five begin at a multiple of five: these are sought first, as the bodies are long.
            inner = -start % 5
            if _is_prose(run) and in_bodies(run[inner : inner + 5]) and in_bodies(run):
                runs.add(" ".join(run))
    assert runs == set()


def test_nine_words_in_a_row_are_found_wherever_they_begin(tmp_path, monkeypatch):
    """The search by five words misses none: each run of nine of a passage is found alone."""
    passage = "The ferry that was promised in spring will not leave its harbour before the last week".split()
    pd.DataFrame({"title": ["Ferry"], "body": [" ".join(passage)]}).to_parquet(tmp_path / "articles.dev.parquet")
    (tmp_path / "abp").mkdir()
    (tmp_path / "articles.dev.parquet").rename(tmp_path / "abp" / "articles.dev.parquet")
    for before in range(5):
        for start in range(len(passage) - MOST_WORDS):
            text = " ".join(["own"] * before + passage[start : start + MOST_WORDS + 1] + ["own"])
            monkeypatch.setitem(globals(), "committed_texts", lambda text=text: [("notebook", text)])
            with pytest.raises(AssertionError):
                test_no_passage_of_nine_words_of_an_article_is_committed(tmp_path)
    monkeypatch.setitem(globals(), "committed_texts", lambda: [("notebook", " ".join(passage[:MOST_WORDS]) + " own")])
    test_no_passage_of_nine_words_of_an_article_is_committed(tmp_path)


def _is_prose(words):
    """Whether most of the words have letters; rows of numbers, of which there are many more, have not."""
    return sum(any(letter.isalpha() for letter in word) for word in words) > MOST_WORDS - 2


def test_no_headline_is_committed_whole(shared_data):
    everything = "\n".join(text for _, text in committed_texts())
    headlines = [headline for headline in articles(shared_data)["title"].dropna() if len(headline.split()) >= 4]
    assert len(headlines) > 10_000
    assert not [headline for headline in headlines if headline in everything]
