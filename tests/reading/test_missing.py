"""Words for a missing value are missing by the column in which they stand; in running text they are words."""

import pandas as pd
import pytest

from analysis.reading import read
from analysis.reading.missing import METADATA, TEXTS, is_missing_word, without_missing_words

WORDS = (
    "NA|N/A|n/a|NaN|nan|null|NULL|None|-|–|.|#N/A|#NV|#N/D|#VALUE!|#REF!|#NAME?|#WERT!|#¡VALOR!|#DIV/0!|<NA>|(null)|\\N|k. A.".split("|")
)  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("around", ["{}", " {} ", "{}\t"])
def test_a_whole_cell_is_missing(word, around):
    table = pd.DataFrame({name: [around.format(word), "x"] for name in (*METADATA, *TEXTS)})
    found, notes = without_missing_words(table, (*METADATA, *TEXTS))
    assert found.isna().to_numpy().tolist() == [[True] * 8, [False] * 8]
    assert [note.kind for note in notes] == ["missing words"] * 3


@pytest.mark.parametrize(
    "text", ["NA voters", "None left", "#Brexit!", "N. A. Reed", "...", "Nan Reed", "0", "No", "Nullarbor", "-5"]
)
def test_other_cells_stay(text):
    assert not is_missing_word(text)
    table = pd.DataFrame({"outlet": [text], "body": [f"null and NA. {text}"]})
    found, notes = without_missing_words(table, ("outlet", "body"))
    assert found.equals(table)
    assert notes == []


def test_blank_metadata_is_missing_and_a_blank_text_is_no_note():
    found, notes = without_missing_words(pd.DataFrame({"outlet": ["", " "], "body": ["", " "]}), ("outlet", "body"))
    assert found["outlet"].isna().all()
    assert (found["body"].tolist(), notes) == (["", " "], [])


def test_objects_of_other_kinds_and_further_columns_stay():
    table = pd.DataFrame({"outlet": pd.Series(["NA", None, 3], dtype=object), "topic": ["NA"] * 3})
    found, _ = without_missing_words(table, ("outlet",))
    assert found["outlet"].tolist()[2] == 3
    assert found["outlet"].isna().tolist() == [True, True, False]
    assert found["topic"].tolist() == ["NA"] * 3


def test_a_file_has_no_outlet_na_and_no_body_na(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('"outlet","title","text"\n"Post","a","NA voters are none."\nNA,"b",NA\n"NA",NA,"c"\n')
    corpus = read(path)
    assert corpus.articles["outlet"].isna().tolist() == [False, True, True]
    assert corpus.articles[["headline", "body"]].to_numpy().tolist() == [
        ["a", "NA voters are none."],
        ["b", ""],
        ["", "c"],
    ]
    notes = [note for note in corpus.notes if note.kind == "missing words"]
    assert [note.count for note in notes] == [1, 1]
    assert "the whole headline of 1 articles is 'NA', which is read as missing" in notes[0]


def test_the_texts_of_a_given_table_stay_character_for_character():
    corpus = read(pd.DataFrame({"outlet": ["NA"], "headline": ["None"], "body": ["-"]}), boilerplate="keep")
    row = corpus.articles.iloc[0]
    assert (row["headline"], row["body"]) == ("None", "-")
    assert pd.isna(row["outlet"])


@pytest.mark.parametrize("word", ["Unknown", "not available", "-99", "??", "unbekannt", "k.A.", "Sconosciuto"])
def test_words_for_what_is_not_known_are_missing_in_metadata_and_words_in_texts(word):
    table = pd.DataFrame({"outlet": [word, "The Quay"], "date": [word, "2021-03-02"], "byline": [word, "A"]})
    found, notes = without_missing_words(table, METADATA)
    assert (found.isna().to_numpy().tolist(), notes) == ([[True] * 3, [False] * 3], [])


def test_unknown_may_be_a_headline():
    found, notes = without_missing_words(pd.DataFrame({"headline": ["Unknown"], "body": ["Missing"]}), TEXTS)
    assert (found.to_numpy().tolist(), notes) == ([["Unknown", "Missing"]], [])
