"""Folders, accounting, ids and arguments."""

import pandas as pd
import pytest

from analysis.errors import CorpusError
from analysis.reading import read


def test_every_article_of_a_mixed_folder_is_kept_or_rejected(tmp_path):
    (tmp_path / "a.txt").write_text("Title\n\nText.")
    (tmp_path / "b.csv").write_text("id,body\nb,again\nb,fine\nc, \nshort\n")
    (tmp_path / "c.docx").write_bytes(b"x")
    (tmp_path / "d.txt").write_text(" \n")
    (tmp_path / ".hidden.txt").write_text("No")
    corpus = read(tmp_path)
    # Five articles and one file of another type went in: a; b, b again, c (blank), short; d (blank).
    assert sorted(corpus.articles["article_id"]) == ["a", "b"]
    assert sorted(corpus.rejected["reason"]) == [
        "1 cells where the header has 2",
        "article_id 'b' is used before (article 2); ids must be unique",  # a.txt comes first
        "files of type '.docx' are not read; allowed are .txt, .csv, .jsonl and .parquet",
        "headline, standfirst and body are all empty",
        "headline, standfirst and body are all empty",
    ]
    assert corpus.text_of("a", "body") == "Text."


def test_an_id_of_two_files_is_kept_once(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"Title {folder}\n\nText.")
    assert read(tmp_path).articles["article_id"].tolist() == ["one/a", "two/a"]
    corpus = read([tmp_path / "one", tmp_path / "two"])
    assert corpus.articles["headline"].tolist() == ["Title one"]
    assert corpus.rejected.to_numpy().tolist() == [
        [
            str(tmp_path / "two" / "a.txt"),
            "article 2",
            "article_id 'a' is used before (article 1); ids must be unique",
            "Title two\n\n\n\nText.",
        ]
    ]


def test_an_article_without_id_is_rejected():
    corpus = read(pd.DataFrame({"article_id": ["a", None], "body": ["x", "y"]}))
    assert corpus.articles["article_id"].tolist() == ["a"]
    assert corpus.rejected.to_numpy().tolist() == [["", "article 2", "no article_id", "\n\n\n\ny"]]


def test_the_folder_a_file_and_the_list_give_the_same_texts(tmp_path):
    (tmp_path / "a.txt").write_text("Title\n\nText.")
    bodies = [read(given).articles["body"].tolist() for given in (tmp_path, tmp_path / "a.txt", [str(tmp_path)])]
    assert bodies == [["Text."]] * 3


def test_paths_that_are_not_there_and_empty_folders(tmp_path):
    with pytest.raises(CorpusError) as caught:
        read(tmp_path / "absent")
    assert str(caught.value) == f"{tmp_path / 'absent'}: there is no such file or folder; check the path"
    with pytest.raises(CorpusError) as caught:
        read(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: the folder holds no file; give a folder with .txt, .csv, .jsonl or .parquet files"
    )


def test_unknown_boilerplate_argument():
    with pytest.raises(CorpusError) as caught:
        read(pd.DataFrame({"body": ["x"]}), boilerplate="no")
    assert str(caught.value) == "boilerplate='no': allowed are 'cut' and 'keep'"


def test_nothing_in_gives_an_empty_corpus():
    corpus = read(pd.DataFrame({"body": pd.Series([], dtype="str")}))
    assert (len(corpus.articles), len(corpus.rejected), len(corpus.removed)) == (0, 0, 0)


def test_the_input_table_is_left_as_it_was():
    table = pd.DataFrame({"text": ["One.\n\nStory Continued Below"]}, index=[7])
    before = table.copy()
    read(table)
    pd.testing.assert_frame_equal(table, before)


def test_lead_paragraphs_is_one_unless_given():
    table = pd.DataFrame({"body": ["x", "y"], "lead_paragraphs": [None, 3]})
    assert read(table).articles["lead_paragraphs"].tolist() == [1, 3]


@pytest.mark.parametrize("value", ["two", "1.5", "-1"])
def test_a_lead_paragraphs_that_is_no_count_is_refused_as_input(tmp_path, value):
    (tmp_path / "a.txt").write_text(f"---\nlead_paragraphs: {value}\n---\nTitle\n\nText.")
    with pytest.raises(CorpusError):
        read(tmp_path)


def test_lead_paragraphs_of_the_front_matter(tmp_path):
    (tmp_path / "a.txt").write_text("---\nlead_paragraphs: 2\n---\nTitle\n\nText.")
    assert read(tmp_path).articles["lead_paragraphs"].tolist() == [2]


def test_the_cuts_of_a_rejected_article_are_not_put_down_to_the_kept_one(tmp_path):
    for folder, more in (("one", ""), ("two", "\n\nStory Continued Below")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"Title\n\nText.{more}")
    corpus = read([tmp_path / "one", tmp_path / "two"])
    assert corpus.articles["source_file"].tolist() == [str(tmp_path / "one" / "a.txt")]
    assert len(corpus.removed) == 0


def test_articles_stand_in_the_order_of_their_files(tmp_path):
    (tmp_path / "a.txt").write_text("Title\n\nText.")
    (tmp_path / "b.csv").write_text("id,body\nb,x\n")
    (tmp_path / "c.txt").write_text("Title\n\nText.")
    assert read(tmp_path).articles["article_id"].tolist() == ["a", "b", "c"]
