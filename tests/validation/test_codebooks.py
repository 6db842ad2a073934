"""Codebooks: what coders are asked, drafted from a lexicon, written and read back."""

from dataclasses import replace

import pytest

import analysis as fa
from analysis.core.shipped import shipped
from analysis.validation.codebooks import NONE, Codebook, Search, Value, Variable

FRAMES = {"weakness": ["weak"], "strength": ["strong"]}
FOUNDING = ("weakness", "strength", "failure", "success", "hostility", "cooperation")
FREE = Codebook(
    "free", "2", (
        Variable("tone", "How warm?", "unit", "other", "interval", number=(-2, 2)),
        Variable("who", "Who is meant?", "match", "target"),
        Variable("order", "How much?", "unit", "other", "ordinal", values=(Value("1", "little"), Value("2", "much"))),
        Variable("relevant", "Does it belong?", "unit", "relevant", values=(Value("yes", "yes"), Value("no", "no"))),
    ), search=Search("pact OR treaty", "an archive", "2026-11-02"), rules=("Read all.",),
)  # fmt: skip


def test_a_draft_asks_of_matches_of_what_was_missed_and_of_relevance():
    drafted = fa.validate.draft_codebook(FRAMES)
    assert [(one.name, one.about, one.measures, one.several) for one in drafted.variables] == [
        ("frame", "match", "category", False), ("further", "unit", "missed", True), ("relevant", "unit", "relevant", False),
    ]  # fmt: skip
    assert drafted.variables[0].codes == ("weakness", "strength", NONE)
    assert drafted.categories == ("weakness", "strength")


def test_a_draft_for_articles_asks_which_frames_and_which_dominates():
    drafted = fa.validate.draft_codebook(FRAMES, unit="article")
    assert [one.measures for one in drafted.variables] == ["present", "dominant", "relevant"]
    assert drafted.about("match") == ()


def test_a_draft_takes_labels_definitions_and_examples_of_the_lexicon():
    lexicon = fa.read_lexicon(shipped("frames.yml"))
    economy = next(
        one for one in fa.validate.draft_codebook(lexicon).variables[0].values if one.code.startswith("economic")
    )
    assert economy.label == "economic consequences"
    assert economy.definition.startswith("Words that present an event")
    assert len(economy.examples) == 3 and all(rule.startswith("Not: ") for rule in economy.rules)


@pytest.mark.parametrize(
    "codebook", [FREE, fa.validate.draft_codebook(FRAMES), fa.validate.draft_codebook(FRAMES, unit="article")]
)
def test_what_is_written_is_read_back(codebook, tmp_path):
    path = fa.validate.write_codebook(codebook, tmp_path / "book.yml")
    assert fa.validate.read_codebook(path) == codebook
    assert fa.validate.read_codebook(path).hash == codebook.hash


def test_codings_are_told_of_the_variables_and_the_search():
    origin = FREE.origin
    assert origin["variables"]["tone"] == {
        "level": "interval", "about": "unit", "measures": "other", "several": False, "values": [], "number": [-2, 2],
    }  # fmt: skip
    assert origin["variables"]["order"]["values"] == ["1", "2"]
    assert (origin["codebook"], origin["search_string"], origin["search_retrieved"]) == (
        "free",
        "pact OR treaty",
        "2026-11-02",
    )
    assert "search_string" not in fa.validate.draft_codebook(FRAMES).origin


def test_the_hash_is_of_what_coders_read_and_not_of_the_search():
    assert replace(FREE, search=Search()).hash == FREE.hash
    assert replace(FREE, rules=()).hash != FREE.hash


def test_the_codebook_of_the_project_has_the_founding_categories_of_its_lexicon():
    book = fa.validate.read_codebook(shipped("frames.yml", folder="codebooks"))
    lexicon = fa.read_lexicon(shipped("frames.yml"))
    assert book.lexicon == lexicon.name
    assert book.categories == FOUNDING
    assert set(FOUNDING) <= set(lexicon.category_names)
    frame = book.measuring("category")
    assert all(value.definition and len(value.examples) >= 3 for value in frame.values)
    assert book.measuring("missed").values == frame.values
    # Of every example coders see which words are marked.
    assert all("[" in example for value in frame.values for example in value.examples)


def test_its_examples_are_no_copies_of_the_lexicon():
    book = fa.validate.read_codebook(shipped("frames.yml", folder="codebooks"))
    known = shipped("frames.yml").read_text(encoding="utf-8")
    for value in book.measuring("category").values:
        assert not [one for one in value.examples if one.replace("[", "").replace("]", "") in known]
