"""Generated exports of every archive, through the one door: articles in = out, field by field, told by content alone.

The generators in ``archives/`` were written from the format notes by somebody who had not seen the readers; what a right
reader returns stands in their ``expected``.
"""

import gzip
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from archives import europresse, factiva, nexis, proquest, web_results
from archives.stories import Story, stories

import analysis.reading
from analysis.cli import main
from analysis.core.errors import CorpusError
from analysis.reading import Corpus, read
from analysis.reading.archives import FAMILIES


def factiva_text_without_codes(told: list[Story]) -> bytes:
    return factiva.text(told, style="none")


# Name, suffix, writer, what is expected of it, and the format that must be recognised.
EXPORTS: list[tuple[str, Callable[..., bytes], Callable[..., list[dict[str, Any]]], str]] = [
    ("docx", nexis.docx, lambda s: nexis.expected(s, "docx"), "Nexis DOCX"),
    ("rtf", nexis.rtf, lambda s: nexis.expected(s, "rtf"), "Nexis RTF"),
    ("txt", nexis.txt, lambda s: nexis.expected(s, "txt"), "Nexis text"),
    ("html", factiva.html, lambda s: factiva.expected(s, "html"), "Factiva HTML"),
    ("html", factiva.html_plain, lambda s: factiva.expected(s, "html_plain"), "Factiva HTML"),
    ("rtf", factiva.rtf, lambda s: factiva.expected(s, "rtf"), "Factiva RTF"),
    ("rtf", factiva.rtf_plain, lambda s: factiva.expected(s, "rtf_plain"), "Factiva RTF"),
    ("txt", factiva.text, lambda s: factiva.expected(s, "text"), "Factiva text"),
    ("txt", factiva_text_without_codes, lambda s: factiva.expected(s, "text", style="none"), "Factiva text"),
    ("xml", factiva.xml, lambda s: factiva.expected(s, "xml"), "Factiva XML"),
    ("txt", proquest.txt, lambda s: proquest.expected(s, "txt"), "ProQuest text"),
    ("html", proquest.html, lambda s: proquest.expected(s, "html"), "ProQuest HTML"),
    ("html", proquest.mail, lambda s: proquest.expected(s, "mail"), "ProQuest HTML"),
    ("xml", proquest.xml, lambda s: proquest.expected(s, "xml"), "ProQuest XML"),
    ("html", europresse.html, europresse.expected, "Europresse HTML"),
    ("json", web_results.news_api, lambda s: web_results.expected(s, "news_api"), "JSON"),
    ("csv", web_results.media_cloud, lambda s: web_results.expected(s, "media_cloud"), "CSV"),
]
IDS = [f"{name.replace(' ', '-')}-{writer.__name__}" for _, writer, _, name in EXPORTS]


def assert_rows(corpus: Corpus, expected: list[dict[str, Any]]) -> None:
    assert len(corpus.articles) + len(corpus.rejected) == len(expected)
    assert len(corpus.rejected) == 0
    for found, wanted in zip(corpus.articles.to_dict("records"), expected, strict=True):
        for column, value in wanted.items():
            if column == "date":
                assert (found["date"] is pd.NaT) if value is None else found["date"] == pd.Timestamp(value)
            else:
                # Columns that are no text say "nothing" by a missing value.
                assert value == ("" if pd.isna(found[column]) else found[column]), (column, found["article_id"])


@pytest.mark.parametrize(("suffix", "writer", "expected", "name"), EXPORTS, ids=IDS)
@pytest.mark.parametrize("n", [1, 30])
def test_every_article_of_an_export_is_read_whole(tmp_path, suffix, writer, expected, name, n):
    written = stories(7, n)
    path = tmp_path / f"export.{suffix}"
    path.write_bytes(writer(written))
    corpus = read(path, boilerplate="keep")
    assert_rows(corpus, expected(written))
    assert corpus.files[["format", "n_found", "n_kept"]].to_numpy().tolist() == [[name, n, n]]


@pytest.mark.parametrize(("suffix", "writer", "expected", "name"), EXPORTS, ids=IDS)
def test_the_format_is_told_by_content_in_zip_and_gzip_too(tmp_path, suffix, writer, expected, name):
    written = stories(8, 3)
    with zipfile.ZipFile(tmp_path / "exports.zip", "w") as archive:
        archive.writestr(f"one/export.{suffix}", writer(written))
    (tmp_path / "exports.gz").write_bytes(gzip.compress(writer(written)))
    for packed in ("exports.zip", "exports.gz"):
        corpus = read(tmp_path / packed, boilerplate="keep")
        assert corpus.files["format"].tolist() == [name]
        assert_rows(corpus, expected(written))


@pytest.mark.parametrize(("suffix", "writer", "expected", "name"), EXPORTS, ids=IDS)
def test_the_command_reads_the_same(tmp_path, suffix, writer, expected, name):
    written = stories(9, 3)
    (tmp_path / f"export.{suffix}").write_bytes(writer(written))
    assert (
        main(
            ["read", str(tmp_path / f"export.{suffix}"), "--boilerplate", "keep", "--out", str(tmp_path / "c.parquet")]
        )
        == 0
    )
    table = pd.read_parquet(tmp_path / "c.parquet")
    assert table["headline"].tolist() == [row["headline"] for row in expected(written)]
    assert table["body"].tolist() == [row["body"] for row in expected(written)]


@pytest.mark.parametrize("stated", [9, 11])
def test_a_cover_that_counts_otherwise_is_an_error_that_names_the_file(tmp_path, stated):
    path = tmp_path / "export.docx"
    path.write_bytes(nexis.docx(stories(7, 10), stated_count=stated))
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(caught.value).startswith(
        f"{path}: the file says that it holds {stated} articles, but 10 were found; it may be cut"
    )


def test_one_export_loaded_twice_gives_duplicates_and_not_other_articles(tmp_path):
    # The incident of AmCAT issue 369: the number of articles must not hang on what was loaded before.
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "export.docx").write_bytes(nexis.docx(stories(7, 5)))
    corpus = read(tmp_path, boilerplate="keep")
    assert corpus.files["n_kept"].tolist() == [5, 5]
    copies = corpus.articles[corpus.articles["duplicate_group"] != corpus.articles["article_id"]]
    assert sorted(copies["article_id"]) == [f"b/export-{n}" for n in range(1, 6)]
    assert len(read(tmp_path, duplicates="first").articles) == 5


def test_every_module_with_readers_is_asked():
    folder = Path(analysis.reading.__file__).parent
    declaring = {
        path.relative_to(folder).with_suffix("").as_posix().replace("/", ".")
        for path in folder.rglob("*.py")
        if re.search(r"^READERS = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert declaring == {*FAMILIES}, "a reader is named in analysis/reading/archives/__init__.py"
    assert len(FAMILIES) == len(declaring)
