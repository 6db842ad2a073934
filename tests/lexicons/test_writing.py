"""Lexicons written and read again: nothing is lost, or what is lost is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.lexicons import Category, Entry, Example, Lexicon, convert_lexicon, lexicon_from_mapping, write_lexicon
from analysis.lexicons.model import with_parents

FLAT = Lexicon(
    "small", "0", "", "", (), (Category("war"), Category("law")),
    (Entry("attack*", "war"), Entry("don't give in", "war"), Entry("no", "law"), Entry("attack*", "law")),
)  # fmt: skip
FULL = with_parents(
    Lexicon(
        "small",
        "1.2",
        "de",
        "Zeile eins: 'a' # b\nZeile zwei \\ \u2028 \x85 \U0001f600",
        ("a book", "another: one"),
        (
            Category("war", "Of war.", -1, (Example("He attacks: now.", True), Example("- no #war", False))),
            Category("war > words", "", None, (), "war"),
            Category("law"),
        ),
        (
            Entry("at?ack*", "war", 0.1, "exact", ("at?ack* now", "a | at?ack*"), "a, note", (Example("x", False),)),
            Entry("Gr\u00fcn*", "war > words"),
            Entry("yes", "law", 2.0),
        ),
    )
)
PLAIN = ["war", "war > words", "law"]


@pytest.mark.parametrize("name", ["small.yml", "small.yaml", "small.json"])
def test_the_projects_form_holds_everything(tmp_path, name):
    assert write_lexicon(FULL, tmp_path / name) == []
    again = fa.read_lexicon(tmp_path / name)
    assert again.hash == FULL.hash
    assert (again.description, again.sources, again.language) == (FULL.description, FULL.sources, "de")


@pytest.mark.parametrize("name", ["small.yml", "small.json", "small.csv", "small.tsv"])
def test_a_flat_lexicon_is_the_same_in_every_form(tmp_path, name):
    assert write_lexicon(FLAT, tmp_path / name) == []
    assert fa.read_lexicon(tmp_path / name).hash == FLAT.hash
    assert write_lexicon(FLAT, tmp_path / "small.yml", form="quanteda") == []


def test_a_dictionary_of_liwc_has_a_term_once(tmp_path):
    # "attack*" comes first in both categories, so "no" is second in "law".
    assert write_lexicon(FLAT, tmp_path / "small.dic") == ["1 category has its entries in another order: 'law'"]
    assert (tmp_path / "small.dic").read_text(encoding="utf-8") == (
        "%\n1\twar\n2\tlaw\n%\nattack*\t1\t2\ndon't give in\t1\nno\t2\n"
    )


def test_losses_are_sentences(tmp_path):
    common = [
        "version '1.2' is read as '0'",
        "language 'de' is read as ''",
        "description 'Zeile eins: 'a' # b Zeile zwei \\ \U0001f600' is read as ''",
        "sources '('a book', 'another: one')' is read as '()'",
        "1 category has another definition, or none: 'war'",
        "1 category lacks its examples: 'war'",
    ]
    assert write_lexicon(FULL, tmp_path / "small.csv") == [
        *common,
        # The separator of exceptions is in one of them.
        "1 entry has lost or changed its exceptions: 'at?ack*' of 'war'",
        "1 entry has lost its examples: 'at?ack*' of 'war'",
    ]
    found = write_lexicon(FULL, tmp_path / "small.dic")
    assert found == [
        *common[:5],
        "1 category has another valence, or none: 'war'",
        common[5],
        "1 entry is missing: 'at?ack*' of 'war'",
        "1 entry has lost or changed its weight: 'yes' of 'law'",
    ]
    # Quanteda has neither weights nor case; the tree is kept.
    write_lexicon(FULL, tmp_path / "small.yml", form="quanteda")
    assert (tmp_path / "small.yml").read_text(encoding="utf-8") == (
        'war:\n  words:\n    - "Gr\u00fcn*"\n  __:\n    - "at?ack*"\nlaw:\n  - "yes"\n'
    )


def test_convert_says_what_was_left_out(tmp_path):
    source = tmp_path / "a.dic"
    source.write_text("%\n1\tA\n%\nwar\t1\nkind\t<of>1\n", encoding="utf-8")
    with pytest.raises(LexiconError):
        convert_lexicon(source, tmp_path / "a.csv", unsupported="raise")
    assert not (tmp_path / "a.csv").exists()
    (loss,) = convert_lexicon(source, tmp_path / "a.csv")
    assert loss.startswith("line 5: '<of>1' after 'kind' is no category number")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "term,category\nwar,A\n"


def test_a_table_keeps_parents_that_have_no_entry(tmp_path):
    categories = (Category("a"), Category("a > b", parent="a"), Category("a > b > c", parent="a > b"))
    lexicon = with_parents(Lexicon("small", "0", "", "", (), categories, (Entry("war", "a > b > c"),)))
    # The innermost one comes first, since it alone has a row; so the order is all that is lost.
    (loss,) = write_lexicon(lexicon, tmp_path / "small.csv")
    assert loss.startswith("entries stand in another order across categories")
    assert {c.name: c.parent for c in fa.read_lexicon(tmp_path / "small.csv").categories} == {
        c.name: c.parent for c in categories
    }
    assert write_lexicon(lexicon, tmp_path / "small.yml") == []


def test_places_and_forms_that_cannot_be_written(tmp_path):
    with pytest.raises(LexiconError, match=r"the form '\.doc' cannot be written; choose one of yaml, quanteda"):
        write_lexicon(FLAT, tmp_path / "a.doc")
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(
        LexiconError, match=r"a\.csv: cannot be written \(File exists: file.*no part of it is left there"
    ):
        write_lexicon(FLAT, tmp_path / "file" / "a.csv")


def test_a_folder_that_is_not_there_is_made(tmp_path):
    path = tmp_path / "new" / "folder" / "a.csv"
    write_lexicon(FLAT, path)
    assert fa.read_lexicon(path).category_names == FLAT.category_names
    assert [one.name for one in path.parent.iterdir()] == ["a.csv"]


# Letters keep entries from being refused; the number keeps any two apart.
TEXTS = st.lists(st.text(max_size=8), min_size=1, max_size=5)


@pytest.mark.parametrize("name", ["small.yml", "small.json"])
@given(texts=TEXTS)
def test_any_note_survives_in_the_projects_form(tmp_path_factory, name, texts):
    entries = tuple(Entry(f"w{number}", "war", note=text) for number, text in enumerate(texts))
    lexicon = Lexicon("small", "1", "", "", (), (Category("war"),), entries)
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return
    path = tmp_path_factory.getbasetemp() / name
    assert write_lexicon(lexicon, path) == []
    assert [entry.note for entry in fa.read_lexicon(path).entries] == texts


@pytest.mark.parametrize("entry", ["f?ils", "fa*s"])
def test_a_form_that_holds_no_entry_is_refused_by_the_name_that_was_given(tmp_path, entry):
    # LIWC knows no wildcard within a word, so nothing would be left.
    path = tmp_path / "small.dic"
    with pytest.raises(LexiconError) as refused:
        write_lexicon(lexicon_from_mapping({"weakness": [entry]}), path)
    assert str(refused.value).startswith(
        f"{path}: the form 'liwc' cannot hold this lexicon (read again: no entry can be read"
    )
    assert list(tmp_path.iterdir()) == []
