"""The one table of English words: each fact once, known to every rule. Expected kinds and names are read by hand; the people are invented."""

import re
from collections import Counter

import numpy as np
import pytest

import analysis as fa
from analysis.core.errors import FramingError
from analysis.english import words
from analysis.english.voices import voices
from analysis.english.words import KINDS, kinds_of_words, listed, word_files, word_flags
from analysis.lexicons.inflection import inflections
from analysis.lexicons.spelling import other_spelling
from analysis.tokens.sentences import title_abbreviations

WORDS, FIRST_NAMES, IRREGULAR, ABBREVIATIONS, LABELS = word_files()


def facts() -> list[tuple[str, str]]:
    """Return each word with each of its kinds, as the files list them."""
    of_files = [(word, kind) for path in (WORDS, FIRST_NAMES) for word, kinds in listed(path) for kind in kinds]
    return of_files + [(word, "title") for word in title_abbreviations()]


def test_no_fact_is_listed_twice():
    assert [fact for fact, n in Counter(facts()).items() if n > 1] == []


@pytest.mark.parametrize("path", [WORDS, FIRST_NAMES], ids=lambda path: path.stem)
def test_a_word_has_one_line_in_a_list_and_its_place_in_the_alphabet(path):
    listed_words = [word for word, _ in listed(path)]
    assert listed_words == sorted(set(listed_words))


def test_abbreviations_and_irregular_verbs_stand_once():
    for path in (ABBREVIATIONS, IRREGULAR):
        lines = [line.split()[0] for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"\w", line)]
        assert [word for word, n in Counter(lines).items() if n > 1] == [], path.name


def test_what_is_made_is_not_listed():
    # Forms of verbs, American spellings and words joined to a verb follow from a line, so a line of their own with its kind says it twice.
    listed_as = {word: set(kinds) for word, kinds in listed(WORDS)}
    of_verbs = {"verb", "linking", "calling", "opposing", "half auxiliary"}
    for word, kinds in listed_as.items():
        made = {other_spelling(word)} | (set(inflections(word)[1:]) if kinds & of_verbs else set())
        twice = {form: kinds & of_verbs & listed_as[form] for form in made & listed_as.keys()}
        assert not any(twice.values()), (word, twice)
        assert not re.search(r"n't$|'(s|m|re|ve|d|ll)$", word) or word in ("ain't", "can't", "shan't", "won't")


def test_every_kind_of_the_code_has_words_and_every_kind_of_the_files_is_known():
    # `listed` refuses a kind that the code does not know.
    assert {kind for _, kind in facts()} == set(KINDS)


def test_a_kind_that_nobody_knows_is_refused_with_its_line(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("# mine\nword: verb, adjektive\n", encoding="utf-8")
    with pytest.raises(
        FramingError, match=r"words.txt, line 2: 'word' is of kind 'adjektive'; write 'word: kind, kind'"
    ):
        list(listed(path))


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("carl", words.MALE),
        ("Hannah", words.FEMALE | words.CAPITAL),
        ("kamala", words.FEMALE),
        ("gov", words.TITLE),
        ("mrs", words.TITLE | words.FEMALE | words.NO_NAME | words.ENDS_IN_S),
        ("says", words.VERB | words.REPORTING | words.NEVER_OWNED | words.ENDS_IN_S),
        ("told", words.VERB | words.REPORTING | words.PAST),
        ("denies", words.VERB | words.OPPOSING | words.REPORTING | words.ENDS_IN_S),
        ("criticized", words.VERB | words.CALLING | words.OPPOSING | words.PAST),
        ("criticised", words.VERB | words.CALLING | words.OPPOSING | words.PAST),
        ("organization", words.THING),
        ("tweeting", words.VERB | words.REPORTING | words.GERUND),
        ("he’s", words.HE | words.SUBJECT | words.BE),
        ("she'll", words.SHE | words.SUBJECT | words.AUXILIARY),
        ("isn’t", words.BE | words.HOLDS_NEGATION),
        ("doesn't", words.AUXILIARY | words.HOLDS_NEGATION),
        ("minister’s", words.TITLE | words.ROLE | words.GENITIVE),
        ("attack's", words.GENITIVE | words.PART),
        ("quickly", words.ADVERB | words.IN_LY),
        ("Quickly", words.IN_LY | words.CAPITAL),
        ("family", 0),  # no adverb: asked only while the list is read
        ("leadership", words.PART),
        ("policies", words.PART | words.ENDS_IN_S),
        ("velm", 0),
    ],
)
def test_kinds_of_a_word(encode, word, kinds):
    assert word_flags(encode(word))[0] == kinds


def test_a_reporting_verb_is_a_verb_that_is_a_cue():
    reporting = {word for word, kinds in kinds_of_words().items() if kinds & words.REPORTING}
    assert {"said", "insists", "arguing", "believes", "wrote"} <= reporting
    # No cue; a stance; no verb of the list; no word.
    assert not reporting & {"state", "condemn", "posts", "velm"}
    # Cues whose verb has no clause: what seems is the subject, and who is asked, hated or considered weak is an object.
    assert not reporting & {"seems", "appeared", "felt", "asked", "urging", "hates", "considers", "saw"}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Editors say Ostrow seems weak.", "Ostrow"),
        ("Editors say Ostrow appeared weak.", "Ostrow"),
        ("Editors asked Ostrow to be less weak.", "Ostrow"),
        ("Velm believes Ostrow is weak.", "Ostrow"),
    ],
)
def test_a_cue_of_belief_reports_a_clause_where_its_verb_does(encode, text, target):
    frames = fa.extend.lexicon_from_mapping({"frame": ["weak"]})
    targets = fa.extend.lexicon_from_mapping({"Velm": ["velm"], "Ostrow": ["ostrow"]}, name="targets")
    assert fa.find_hits(encode(text), frames, targets=targets)["target"].tolist() == [target]


def test_flags_are_read_once_for_tokens(encode):
    tokens = encode("Carl met Hannah.")
    assert word_flags(tokens) is word_flags(tokens)
    assert word_flags(tokens).dtype == np.int64


PAIRS = [("Carl", "Hannah"), ("Barack", "Emily"), ("Volodymyr", "Claire"), ("Doug", "Kamala"), ("Recep", "Rebecca")]


@pytest.mark.parametrize(("man", "woman"), PAIRS)
def test_he_is_the_man_and_she_the_woman_whichever_rule_asks(encode, man, woman):
    frames = fa.extend.lexicon_from_mapping({"frame": ["weak"]})
    targets = fa.extend.lexicon_from_mapping({man: [man], woman: [woman]}, name="targets")
    for first, second in ((man, woman), (woman, man)):
        tokens = encode(f"{first} met {second}. He was weak.", f"{first} met {second}. She was weak.")
        assert fa.find_hits(tokens, frames, targets=targets)["target"].tolist() == [man, woman]
        # A name need not begin its sentence.
        tokens = encode(*(f"{first} Velm met {second} Ostrow. “It is weak,” {he} said." for he in ("he", "she")))
        expected = [f"{first} Velm" if first == wanted else f"{wanted} Ostrow" for wanted in (man, woman)]
        assert voices(tokens)["speaker"].tolist() == expected


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Ostrow met Mrs Velm. He was weak.", "Ostrow"),
        ("Chairman Velm met Ostrow. He was weak.", "Ostrow"),  # nothing tells of Ostrow, who is the nearer
        ("Chairman Velm met Ostrow. She was weak.", "Ostrow"),
        ("Ostrow met Chairwoman Velm. He was weak.", "Ostrow"),
        ("Ostrow met Congressman Velm. She was weak.", "Ostrow"),
    ],
)
def test_titles_tell_targets_their_gender(encode, text, target):
    frames = fa.extend.lexicon_from_mapping({"frame": ["weak"]})
    targets = fa.extend.lexicon_from_mapping({"Velm": ["velm"], "Ostrow": ["ostrow"]}, name="targets")
    assert fa.find_hits(encode(text), frames, targets=targets)["target"].tolist() == [target]


def test_his_claim_is_his(encode):
    table = voices(encode("Tom Velm met Ann Ostrow. She left after his claim that it would fail."))
    assert table.loc[table["speaker_text"] == "his", "speaker"].tolist() == ["Tom Velm"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Reporter Anna Hurd left. Anna Hurd left.", "Anna Hurd"), ("It was the Home Office that left.", "Home Office")],
)
def test_names_go_without_titles_but_keep_parts_of_them(encode, text, name):
    assert name in fa.names(encode(text))["name"].tolist()


def test_a_family_is_no_adverb(encode):
    table = voices(encode("Yesterday the family said it would fail."))
    assert table["speaker_text"].tolist() == ["the family"]
