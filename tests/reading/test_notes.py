"""Notes: what a clean corpus does not have, what odd articles get, in order of harm, and what is an error under strict."""

import copy
import pickle
from pathlib import Path

import pandas as pd
import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.notes import KINDS, Note, ordered

SENTENCE = "The harbour board voted on Tuesday evening to keep the old ferry in service for another year, {} said."
BODY = "\n\n".join(SENTENCE.format(name) for name in ("Fenwick", "Reed", "Marl"))
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "articles"


def table(*bodies: str, **columns: list) -> pd.DataFrame:
    n = len(bodies)
    given = {"outlet": ["The Quay"] * n, "date": ["2021-03-02"] * n, "headline": [f"Ferry {i} stays" for i in range(n)]}
    return pd.DataFrame({**given, "body": list(bodies), **columns})


def kinds(corpus) -> list[str]:
    return [note.kind for note in corpus.notes]


def test_a_clean_corpus_has_no_note():
    assert read(table(BODY)).notes == ()
    assert read(SAMPLE).notes == ()


def test_a_note_is_a_sentence_that_says_what_it_is_about():
    note = Note("2 of 3 dates name no day", kind="dates unread", file="a.csv", count=2, remedy="see column date_raw")
    assert note == "a.csv: 2 of 3 dates name no day; see column date_raw"
    assert (note.kind, note.file, note.count, note.remedy) == ("dates unread", "a.csv", 2, "see column date_raw")
    for twin in (copy.deepcopy(note), pickle.loads(pickle.dumps(note))):
        assert (twin, twin.kind, twin.count, twin.remedy) == (note, note.kind, 2, note.remedy)
    assert note.of_file("b.csv") == "b.csv: 2 of 3 dates name no day; see column date_raw"
    with pytest.raises(ValueError, match="note of kind 'odd'; kinds are several articles in one"):
        Note("x", kind="odd")


def test_notes_stand_by_harm_and_the_same_finding_of_many_files_is_one():
    many = [Note("a guess", kind="encoding", file=f"{name}.txt") for name in "abcde"]
    notes = ordered([Note("copies", kind="duplicates"), *many, Note("none", kind="no body")])
    assert [note.kind for note in notes] == ["no body", "encoding", "duplicates"]
    assert notes[1] == "5 files (a.txt, b.txt, c.txt and 2 more): a guess"
    assert notes[1].count == 5
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)


RECORD = "{n} of 2 DOCUMENTS\n\nThe Quay\n\nMarch {n}, 2021\n\n" + SENTENCE
CODED = "HD\tFerry stays\n\nSN\tThe Quay\n\nPD\t2 March 2021\n\nLP\t" + SENTENCE
LABELLED = "Title: Ferry stays\n\nPublication date: Mar 2, 2021\n\nFull text: " + SENTENCE
NUMBERED = "{n}. Ferry stays\n\nThe Quay, 2 March 2021\n\n" + SENTENCE
RULED = "2 March 2021\n\n" + SENTENCE + "\n\n__________"


@pytest.mark.parametrize(
    "record",
    [
        RECORD,
        CODED,
        LABELLED,
        NUMBERED,
        RULED,
        "<DOC>\n\n<TEXT>\n\n" + SENTENCE,
        "Document QUAY0000201103{n}2ab\n\n" + SENTENCE,
    ],
    ids=["numbered documents", "codes", "labels", "press review", "rules and dates", "tags", "accession numbers"],
)
def test_signs_of_a_record_that_repeat_say_that_articles_stand_in_one(record):
    body = "\n\n".join(record.replace("{n}", str(n)).replace("{}", f"Reed {n}") for n in (1, 2, 3))
    corpus = read(table(body))
    (note,) = [note for note in corpus.notes if note.kind == "several articles in one"]
    assert note.count == 1
    assert "article 'row-1' of table" in note


@pytest.mark.parametrize(
    "body",
    [
        "1. Keep the ferry\n\n" + BODY + "\n\n2. Open the bridge\n\n" + BODY + " Twice.\n\n3. Wait",
        "Date: nobody knows. " + BODY,
        "Q: Is it weak?\n\nA: No.\n\nQ: Is it failing?\n\nA: No. " + BODY,
        "Source: own figures.\n\n" + BODY + "\n\nSource: the board.",
        "*****\n\n" + BODY + "\n\n*****\n\nWhat came after. " + BODY.replace("board", "council"),
        "We met on 2 March 2021.\n\nIt rained.\n\nOn 3 March 2021 it did not.\n\n" + BODY,
    ],
    ids=["a list", "one label", "an interview", "two sources", "two rules", "dates in text"],
)
def test_what_looks_a_little_like_several_articles_is_no_note(body):
    assert "several articles in one" not in kinds(read(table(body)))


def test_giant_and_repeating_articles():
    # By hand: one word more than 20,000; and one paragraph of 18 words three times.
    giant = " ".join(["ferry"] * 20_001)
    assert "giant article" in kinds(read(table(giant)))
    assert "giant article" not in kinds(read(table(" ".join(["ferry"] * 20_000))))
    repeated = "\n\n".join([SENTENCE.format("Reed")] * 3 + ["Once."])
    assert "repeating article" in kinds(read(table(repeated)))
    assert "repeating article" not in kinds(read(table("\n\n".join([SENTENCE.format("Reed")] * 2 + ["Once."]))))
    assert "repeating article" not in kinds(read(table("\n\n".join(["No.", "No.", "No.", BODY]))))


@pytest.mark.parametrize(
    "text", ["<p>He is weak.</p>", "isn&#39;t weak", "&quot;weak&quot;", "a<br/>b", "<a href='x'>weak</a>"]
)
def test_markup_in_a_table_that_is_kept_as_it_is_is_said(text):
    corpus = read(table(f"{BODY} {text}"), boilerplate="keep")
    assert "mark-up" in kinds(corpus)
    assert corpus.articles["body"].tolist() == [f"{BODY} {text}"]


@pytest.mark.parametrize(
    "text",
    [
        "AT&T & R&D; so be it",
        "if a < b and b > c",
        "x <- 3",
        "5 & 6; 7",
        "<3",
        "<<Hello>>",
        "A&E; B",
        "<F> fell",
        "&chips;",
    ],
)
def test_signs_in_text_are_no_markup(text):
    assert "mark-up" not in kinds(read(table(f"{BODY} {text}"), boilerplate="keep"))


def test_what_was_decoded_wrongly_before_is_said():
    assert "encoding" in kinds(read(table(BODY + " â€œweakâ€\x9d")))
    assert "encoding" in kinds(read(table(BODY + " cafÃ©")))
    assert "encoding" not in kinds(read(table(BODY + " café “weak” Ãlvaro â")))


def test_what_a_corpus_lacks_is_said():
    corpus = read(pd.DataFrame({"headline": ["Ferry stays", "Bridge opens"]}))
    assert kinds(corpus) == ["no body", "no outlet", "no date"]
    assert corpus.notes[0].count == 2
    some = read(table(BODY, "The mayor opened a bridge.", outlet=["The Quay", None], date=["2021-03-02", ""]))
    assert [(note.kind, note.count) for note in some.notes] == [("no outlet", 1), ("no date", 1)]


def test_words_for_a_missing_value_are_said():
    corpus = read(table(BODY, BODY.replace("ferry", "bridge"), outlet=["N.N.", "#N/A"]), boilerplate="keep")
    assert any("#N/A" in note for note in corpus.notes) or corpus.articles["outlet"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    "body",
    [
        "Access denied. You do not have permission.",
        "Page not found",
        "Please enable JavaScript to continue.",
        "Are you a robot?",
    ],
)
def test_error_pages_are_said(body):
    assert "error page" in kinds(read(table(body)))
    assert "error page" not in kinds(read(table(f"{BODY * 5} {body}")))


def test_short_bodies_are_said():
    teasers = [f"The board voted {word}." for word in ("today", "once", "again", "twice", "never")]
    assert "short bodies" in kinds(read(table(*teasers)))


def test_columns_that_were_not_used_are_said():
    plain = read(table(BODY, topic=["harbour"]))
    assert [(note.kind, "'topic'" in note) for note in plain.notes] == [("columns not used", True)]
    long = read(table("", speech_xyz=[BODY]))
    assert "text column not used" in kinds(long)
    (note,) = [note for note in long.notes if note.kind == "text column not used"]
    assert note.remedy == "if one is the text, say so, as in columns={'body': 'speech_xyz'}"


def test_strict_makes_harmful_notes_an_error_and_leaves_the_others():
    with pytest.raises(CorpusError) as caught:
        read(pd.DataFrame({"headline": ["Ferry stays"]}), strict=True)
    assert str(caught.value).startswith(
        "strict=True, and numbers may be wrong while this stands:\n- no article has a body"
    )
    assert kinds(read(table(BODY, topic=["harbour"]), strict=True)) == ["columns not used"]


def test_an_option_that_does_not_exist_is_refused():
    with pytest.raises(CorpusError, match="read has no option 'encodng'; options are "):
        read(table(BODY), encodng="cp1250")


def test_several_articles_are_told_where_the_first_head_became_headline_and_standfirst(tmp_path):
    entries = [f"{n}. Ferry {n}\nThe Quay, {n} March 2021\n\n{SENTENCE.format(n)}" for n in (1, 2, 3)]
    (tmp_path / "review.txt").write_text("\n\n".join(["Press review", *entries]), encoding="utf-8")
    ruled = "\n\n***\n\n".join(entry.split(". ", 1)[1] for entry in entries)
    (tmp_path / "ruled.txt").write_text(ruled, encoding="utf-8")
    (note,) = [note for note in read(tmp_path).notes if note.kind == "several articles in one"]
    assert note.count == 2


@pytest.mark.parametrize(
    ("body", "is_cut"),
    [
        (BODY + "… [+1234 chars]", True),
        (BODY + " [ … ]", True),
        (BODY + " [...]\n", True),
        (BODY[:200].ljust(32_767, "x"), True),  # the most that a cell of Excel holds
        (BODY[:200].ljust(32_766, "x"), False),
        (BODY + " Well …", False),
        ("[…] " + BODY, False),
    ],
)
def test_bodies_that_were_cut_are_said(body, is_cut):
    assert ("cut body" in kinds(read(table(body)))) == is_cut


@pytest.mark.parametrize(
    "body",
    [
        "Please accept the use of cookies to go on.",
        "Bitte stimmen Sie der Verwendung von Cookies zu, um diese Seite zu lesen.",
        "La página no existe o ha sido movida.",
    ],
)
def test_walls_and_error_pages_of_other_languages_are_said(body):
    assert "error page" in kinds(read(table(body, headline=["Welcome"])))
