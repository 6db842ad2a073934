"""Folders, accounting, ids and arguments."""

import pandas as pd
import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read


def test_every_article_of_a_mixed_folder_is_kept_or_rejected(tmp_path):
    (tmp_path / "a.txt").write_text("Title\n\nText.")
    (tmp_path / "b.csv").write_text("id,body\nb,again\nb,fine\nc, \nshort\n")
    (tmp_path / "c.dat").write_bytes(b"x")
    (tmp_path / "d.txt").write_text(" \n")
    (tmp_path / ".hidden.txt").write_text("No")
    for name in ("Thumbs.db", "desktop.ini", "~$a.docx"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\0")
    corpus = read(tmp_path)
    # Five articles and one file of another type went in: a; b, b again, c (blank), short; d (blank).
    assert sorted(corpus.articles["article_id"]) == ["a", "b"]
    assert sorted(corpus.rejected["reason"]) == [
        "1 cells where the header has 2",
        f"article_id 'b' is used before ({tmp_path / 'b.csv'}, article 1); ids must be unique",
        "files of type '.dat' are not read; allowed are text, CSV, TSV, Excel, JSON, JSON Lines, Parquet, web pages, "
        "feeds, NewsML, SGML of Reuters and TREC, and exports of Nexis, Factiva, ProQuest and Europresse",
        "headline, standfirst and body are all empty",
        "headline, standfirst and body are all empty",
    ]
    assert corpus.text_of("a", "body") == "Text."


def test_files_of_one_name_get_ids_of_their_own(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"Title {folder}\n\nText.")
    assert read(tmp_path).articles["article_id"].tolist() == ["one/a", "two/a"]
    for folders in (["one", "two"], ["two", "one"]):
        corpus = read([tmp_path / folder for folder in folders])
        assert corpus.articles["article_id"].tolist() == [f"{folder}/a" for folder in folders]


def test_an_id_of_two_articles_is_kept_once(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"id,body\n1,{name}\n")
    corpus = read(tmp_path)
    assert corpus.articles["body"].tolist() == ["a"]
    reason = f"article_id '1' is used before ({tmp_path / 'a.csv'}, article 1); ids must be unique"
    assert corpus.rejected.to_numpy().tolist() == [[str(tmp_path / "b.csv"), "article 1", reason, "\n\n\n\nb"]]
    assert corpus.files["n_found"].tolist() == [1, 1]
    assert corpus.files["n_kept"].tolist() == [1, 0]


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
    assert str(caught.value) == (f"{tmp_path}: the folder holds no file; give a folder with articles, or a file")


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


def test_the_cuts_of_a_rejected_article_are_not_put_down_to_the_kept_one():
    table = pd.DataFrame({"article_id": ["a", "a"], "body": ["Text.", "Text.\n\nStory Continued Below"]})
    corpus = read(table)
    assert corpus.articles["body"].tolist() == ["Text."]
    assert len(corpus.removed) == 0
    assert corpus.rejected["raw"].tolist() == ["\n\n\n\nText.\n\nStory Continued Below"]


def test_an_article_of_boilerplate_only_is_rejected_as_empty():
    corpus = read(pd.DataFrame({"body": ["Story Continued Below"]}))
    assert len(corpus.articles) == 0
    assert corpus.rejected["reason"].tolist() == ["headline, standfirst and body are all empty"]


def test_articles_stand_in_the_order_of_their_files(tmp_path):
    (tmp_path / "a.txt").write_text("Title\n\nText.")
    (tmp_path / "b.csv").write_text("id,body\nb,x\n")
    (tmp_path / "c.txt").write_text("Title\n\nText.")
    assert read(tmp_path).articles["article_id"].tolist() == ["a", "b", "c"]


def test_a_table_that_names_its_files_counts_for_the_file_that_was_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("headline,source_file,encoding\nA,old.txt,latin\nB,,\n,,\n")
    corpus = read(path)
    assert corpus.articles["source_file"].tolist() == ["old.txt", str(path)]
    assert corpus.files[["n_found", "n_kept"]].to_numpy().tolist() == [[3, 2]]
    assert corpus.articles["encoding"].tolist() == ["latin", ""]
    assert corpus.files["encoding"].tolist() == ["utf-8"]


def test_a_column_named_encoding_is_kept_beside_ours(tmp_path):
    (tmp_path / "a.csv").write_text("headline,encoding\nA,17\n")
    (tmp_path / "b.txt").write_text("---\nencoding: x\n---\nTitle\n\nText.")
    articles = read(tmp_path).articles
    assert articles[["encoding", "encoding_as_found"]].to_numpy().tolist() == [["utf-8", "17"], ["utf-8", "x"]]


def test_what_is_read_and_written_is_counted_when_it_is_read_again(tmp_path):
    (tmp_path / "a.txt").write_text("Title\n\nText.", encoding="utf-16")
    first = read(tmp_path)
    out = tmp_path / "b.parquet"
    first.articles.to_parquet(out)
    again = read(out)
    assert again.files["n_kept"].tolist() == [1]
    assert again.articles[["source_file", "encoding"]].equals(first.articles[["source_file", "encoding"]])
