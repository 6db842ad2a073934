"""Which column of a table is which, by its name and by what it holds."""

import pandas as pd
import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.columns import folded, has_usual_names, is_usual_name, map_columns

NAMES = {
    "article_id": ["ID", "doc_id", "Article ID", "_id", "X.U.FEFF.id", "ï..id", "\ufeffID", "GUID"],
    "outlet": [
        *["Newspaper", "Source", "source.name", "medium", "Publication", "publication_title", "domain", "Media outlet", "Journal"],
        *["Zeitung", "Medium", "Quelle", "journal", "Éditeur", "Medio", "Periódico", "Testata", "Krant", "Veículo", "Jornal"],
    ],
    "date": [
        *["Date", "publication_date", "pub_date", "pub date", "publishedAt", "published.at", "PUBLISH-DATE", "date_published"],
        *["Datum", "Erscheinungsdatum", "Veröffentlicht", "Date de parution", "Fecha", "fecha_publicación", "Data", "Publicatiedatum"],
    ],
    "headline": [
        *["Headline", " Title ", "heading", "Article title", "headline_text", "Titel", "Überschrift", "Schlagzeile", "Titre", "Título"],
        *["Titolo", "Kop", "Manchete", "Titular"],
    ],
    "standfirst": ["standfirst", "Sub-headline", "Description", "Untertitel", "Vorspann", "Chapô", "Sous-titre", "Bajada", "Occhiello"],
    "body": [
        *["body", "Full text", "full_text", "FullText", "story", "article_text", "maintext", "speech", "content_text", "Text", "Artikel"],
        *["Volltext", "Artikeltext", "Texte intégral", "cuerpo", "Texto", "Testo", "Tekst", "Conteúdo", "Matéria"],
    ],
    "url": ["URL", "Link", "web_url", "Article.URL"],
    "byline": ["Author", "authors", "Autor", "Auteur", "Autore", "By-line", "Journalist"],
    "section": ["Section", "Ressort", "Rubrik", "Rubrique", "Sección"],
}  # fmt: skip
VALUES = {"date": "2021-03-02", "url": "https://quay.example/a/1", "article_id": "17"}


@pytest.mark.parametrize(("ours", "theirs"), [(ours, name) for ours, names in NAMES.items() for name in names])
def test_usual_names_are_known_in_any_spelling(ours, theirs):
    table = pd.DataFrame({theirs: [VALUES.get(ours, "some words")]})
    if ours not in ("headline", "standfirst", "body"):
        table["body"] = "x"
    mapped, read_as, notes = map_columns(table, None)
    assert mapped[ours].tolist() == table[theirs].tolist()
    assert (read_as, notes) == ({theirs: ours} if theirs != ours else {}, [])


def test_no_name_stands_for_two_columns_of_ours():
    columns = list(NAMES)
    both = [
        (name, ours, other)
        for ours, names in NAMES.items()
        for name in names
        for other in columns
        if other != ours and is_usual_name(name, other)
    ]
    assert both == []


@pytest.mark.parametrize(
    ("names", "first", "other"),
    [
        (("title", "headline"), "headline", "title"),  # our own name goes first
        (("Text", "Full text"), "Full text", "Text"),  # then the order of the list
        (("content", "text"), "text", "content"),
        (("Title", "title"), "Title", "title"),  # then that of the table
    ],
)
def test_of_two_columns_one_is_taken_in_a_stated_order_and_the_other_named(names, first, other):
    table = pd.DataFrame({name: [f"words of {name}"] for name in names} | {"date": ["2021-03-02"]})
    mapped, _, notes = map_columns(table, None)
    assert f"words of {first}" in mapped.iloc[0].tolist()
    assert [note.kind for note in notes] == ["columns not used"]
    assert f"'{first}' is read" in notes[0]
    assert f": '{other}'}} takes the other one" in notes[0]


def test_a_column_without_values_never_hides_one_with_values():
    table = pd.DataFrame({"body": ["", "NA"], "text": ["a", "b"]})
    mapped, read_as, notes = map_columns(table, None)
    assert (mapped["body"].tolist(), read_as, notes) == (["a", "b"], {"text": "body"}, [])
    assert mapped["body_as_found"].tolist() == ["", "NA"]


def test_a_second_column_of_the_same_values_needs_no_note():
    assert map_columns(pd.DataFrame({"body": ["a"], "text": ["a"]}), None).notes == []


@pytest.mark.parametrize(
    ("name", "ours", "values", "held"),
    [
        ("source", "outlet", ["17", "23"], "numbers"),
        ("source", "outlet", ["https://quay.example/a/1", "https://quay.example/a/2"], "addresses of pages"),
        ("article", "body", ["1", "2"], "numbers"),
        ("published", "date", ["true", "false"], "no dates"),
        ("link", "url", ["yes", "no"], "no web addresses"),
        ("author", "byline", ["4", "5"], "numbers"),
    ],
)
def test_a_column_that_does_not_hold_what_its_name_says_is_not_taken_and_named(name, ours, values, held):
    mapped, read_as, notes = map_columns(pd.DataFrame({"title": ["a", "b"], name: values}), None)
    assert read_as == {"title": "headline"}
    assert mapped[name].tolist() == values
    assert [str(note) for note in notes] == [
        f"column '{name}' holds {held}, so it is not read as {ours}; name it with columns={{'{ours}': '{name}'}} if it is"
    ]
    named, _, notes = map_columns(pd.DataFrame({"title": ["a", "b"], name: values}), {ours: name})
    assert (named[ours].tolist(), notes) == (values, [])


@pytest.mark.parametrize(
    "values", [["Quay Post", "17"], ["quay.example", "bay.example"], ["https://quay.example", "NA"]]
)
def test_names_and_sites_are_outlets(values):
    mapped, _, notes = map_columns(pd.DataFrame({"title": ["a", "b"], "source": values}), None)
    assert (mapped["outlet"].tolist(), notes) == (values, [])


def test_our_own_names_are_taken_whatever_they_hold():
    mapped, read_as, notes = map_columns(pd.DataFrame({"body": ["12"], "outlet": ["3"], "date": ["never"]}), None)
    assert (list(mapped.columns), read_as, notes) == (["body", "outlet", "date"], {}, [])


def test_a_named_column_may_be_spelled_otherwise_but_only_if_that_is_clear():
    table = pd.DataFrame({"Main Text ": ["a"], "title": ["b"]})
    assert map_columns(table, {"body": "main_text"}).table["body"].tolist() == ["a"]
    with pytest.raises(
        CorpusError, match=r"no column 'main_text' \(given for 'body'\); found 'Main Text', 'main-text'"
    ):
        map_columns(pd.DataFrame({"Main Text": ["a"], "main-text": ["b"]}), {"body": "main_text"})


def test_names_are_compared_without_case_accents_and_marks():
    assert folded("\ufeff Über-schrift_(1). ") == "uberschrift1"
    assert has_usual_names(["Título", "Medio"])
    assert not has_usual_names(["Medio", "Fecha"])


def test_a_workbook_like_table_with_other_names_loses_nothing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Medium;Titel;Text;Datum\nQuay Post;Fähre bleibt;Der Rat stimmte zu.;2. März 2021\n", encoding="utf-8"
    )
    corpus = read(path)
    row = corpus.articles.iloc[0]
    assert (row["outlet"], row["headline"], row["body"]) == ("Quay Post", "Fähre bleibt", "Der Rat stimmte zu.")
    assert str(row["date"].date()) == "2021-03-02"
    assert corpus.files["columns_read"].tolist() == [
        "'Medium' as outlet, 'Datum' as date, 'Titel' as headline, 'Text' as body"
    ]


@pytest.mark.parametrize(
    ("outlet", "headline", "body"),
    [
        ("News Outlet", "Article Headline", "Full Article"),
        ("paper", "Title of article", "Text of article"),
        ("Title of publication", "document_title", "document_text"),
        ("channel", "Titre", "Texte de l'article"),
        ("station", "title", "clean_text"),
    ],
)
def test_further_usual_names(outlet, headline, body):
    table = pd.DataFrame({outlet: ["The Quay"], headline: ["Ferry stays"], body: ["The board voted."]})
    assert map_columns(table, None).read_as == {outlet: "outlet", headline: "headline", body: "body"}


def test_the_text_as_it_was_goes_before_a_cleaned_one():
    table = pd.DataFrame({"clean_text": ["board voted"], "text": ["The board voted."]})
    assert map_columns(table, None).table["body"].tolist() == ["The board voted."]
