"""Which noun phrase says who speaks. Expected mentions are read by hand; the sentences and their people are invented."""

import numpy as np
import pytest

from analysis.english import speech
from analysis.english.passages import find_speech
from analysis.english.speakers import resolve_speakers
from analysis.english.voices import _categories, own_cues, voices
from analysis.english.words import word_flags
from analysis.matching.matching import find_matches


def mention(tokens) -> str:
    """Return the mention of the innermost row that reports the last word."""
    table = voices(tokens, strictness="wide")
    table = table[table["end"] == table["end"].max()]
    return table.loc[(table["end"] - table["start"]).idxmin(), "speaker_text"]


FRONTED = [
    ("After the vote in Leeds, Nora Field, a teacher, said the offer was weak.", "Nora Field"),
    ("In a speech on Monday, Nora Field, the economist, warned that demand was weak.", "Nora Field"),
    ("Writing in the Herald, Nora Field, a surgeon, argued that the rules were weak.", "Nora Field"),
    ("Asked about the report, Nora Field told the court it was weak.", "Nora Field"),
    ("This week, Nora Field, along with two colleagues, also said the case was weak.", "Nora Field"),
    ("LEEDS (AP) - Nora Field rose, saying the case was weak.", "Nora Field"),
    ("While Tom Reed wavered, Nora Field, the coach, insisted the case was weak.", "Nora Field"),
    ("Tom Reed left early, but Nora Field, the coach, insisted the case was weak.", "Nora Field"),
    # What stands between commas behind the name is no subject of its own.
    ("Nora Field, of the Herald, said the case was weak.", "Nora Field"),
    ("Nora Field, who has seen the file, said the case was weak.", "Nora Field"),
    ("Nora Field, as she has before, called the case weak.", "Nora Field"),
    ("Fleming, a teacher, said the case was weak.", "Fleming"),
]
CONNECTIVES = [
    ("But, said Nora Field, “the case is weak”.", "Nora Field"),
    ("Moreover, says Nora Field, “the case is weak”.", "Nora Field"),
    ("On Sunday, said Nora Field, “the case was weak”.", "Nora Field"),
    ("However, Nora Field says the case is weak.", "Nora Field"),
    ("And still Nora Field says the case is weak.", "Nora Field"),
    ("Ultimately, Nora Field, the coach, says the case is weak.", "Nora Field"),
    ("Still, the coach says the case is weak.", "the coach"),
]
WITHIN = [
    ("Those who have seen the plan said it was weak.", "Those"),
    ("Voters who once backed Tom Reed now say he is weak.", "Voters"),
    ("The lawyer who ran for mayor says the case is weak.", "The lawyer"),
    ("Officials have in the past said the case was weak.", "Officials"),
    ("Ann Marsh and Tom Reed have all said the case was weak.", "Ann Marsh and Tom Reed"),
    # The verb of the relative clause itself is the pronoun's, and a name before the verb is its subject.
    ("The man who said the case was weak", "who"),
    ("The plan that Nora Field says is weak", "Nora Field"),
    ("The plan, which private lenders said was weak", "private lenders"),
    ("Never has Nora Field said the case was weak.", "Nora Field"),
    # A verb with its object is no subject; its own subject stands at the head.
    ("Nora Field wavered, used the debate to argue that the case was weak.", "Nora Field"),
]
APPOSED = [
    ("The coach, Nora Field, said the case was weak.", "Nora Field"),
    ("The charity's director, Nora Field, says the case is weak.", "Nora Field"),
    ("Nora Field (Con, Leeds East) said the case was weak.", "Nora Field"),
    ("Sen. Nora Field (D-Maine) called the case weak.", "Sen. Nora Field"),
    ("Nora Field — who chairs the board — told MPs the case was weak.", "Nora Field"),
    # A description in apposition to a description names nobody; a name keeps its place before a description.
    ("The coach, a former miner, said the case was weak.", "The coach"),
    ("Nora Field, coach of Leeds, said the case was weak.", "Nora Field"),
]
GOVERNED = [
    ("Nora Field has refused to say that the case is weak.", "Nora Field"),
    ("Tom Reed asked Nora Field to say that the case was weak.", "Nora Field"),
    ("Tom Reed asked the coach to say that the case was weak.", "the coach"),
    ("That made it hard for her to say that the case was weak.", "her"),
    ("Nora Field issued a statement saying the case was weak.", "Nora Field"),
    ("Nora Field rose, also saying the case was weak.", "Nora Field"),
    ("Recalling the night, Nora Field said the case was weak.", "Nora Field"),
    ("Nora Field sat down after saying the case was weak.", "Nora Field"),
    ("Voters saying the case was weak", "Voters"),
    ("It rained, but Nora Field rose, saying the case was weak.", "Nora Field"),
]


@pytest.mark.parametrize(("body", "expected"), FRONTED + CONNECTIVES + WITHIN + APPOSED + GOVERNED)
def test_the_subject_of_a_reporting_verb(encode, body, expected):
    assert mention(encode(body)) == expected


@pytest.mark.parametrize("word", ["But", "Friday", "However", "March", "Since", "With", "Specifically"])
def test_a_function_word_is_no_mention(encode, word):
    assert word not in voices(encode(f"{word}, said to be weak, the case failed. {word} said so."))["speaker"].tolist()


def test_whatever_the_words_every_place_is_one_and_stands_in_one_field(encode):
    # No sentence of news is like these, and yet some of 18,828 articles had mentions that ended before they began, or names that began in the
    # headline, which tore memory.
    rng = np.random.default_rng(2)
    words = (
        "who that which said says warned pushed being to was were may by of in and but she his the a For Will WHO Holt's view Holt Dunne Leeds weak "
        "does not appreciate hearing , “ ”"
    ).split()
    headlines, bodies = ([" ".join(rng.choice(words, n)) for _ in range(1500)] for n in (8, 80))
    tokens = encode(headline=headlines, body=bodies)
    cues, flags = own_cues(), word_flags(tokens)
    rows = find_speech(tokens, find_matches(tokens, cues), _categories(cues), flags)
    names = resolve_speakers(tokens, rows, flags)
    assert len(rows) > 1000
    of_content = tokens.fields_at(rows[:, speech.FIRST])
    spans = [
        rows[:, list(pair)]
        for pair in ((speech.FIRST, speech.LAST), (speech.CUE, speech.CUE_LAST), (speech.MENTION, speech.MENTION_LAST))
    ]
    for span in [*spans, names]:
        there = span[:, 0] >= 0
        assert (span[:, 0] <= span[:, 1]).all()
        assert (tokens.fields_at(span[there, 0]) == tokens.fields_at(span[there, 1])).all()
    for span in spans:
        there = span[:, 0] >= 0
        assert (tokens.fields_at(span[there, 0]) == of_content[there]).all()


def test_a_first_name_that_looks_like_a_verb_is_a_mention_still(encode):
    assert mention(encode("“The dam is weak,” said Will Reed.")) == "Will Reed"
    assert voices(encode("Later, as May Reed said, the dam was weak."))["speaker"].tolist() == ["May Reed"]


@pytest.mark.parametrize(
    ("body", "speakers"),
    [
        ("“The dam is weak,” said Will Reed, a poet.", ["Will Reed"]),
        # A question may begin with the verb.
        ("Will Reed win? “The dam is weak,” said Reed.", ["Reed"]),
    ],
)
def test_an_auxiliary_in_capitals_may_be_a_given_name(encode, body, speakers):
    assert voices(encode(body))["speaker"].tolist() == speakers


def test_an_article_alone_is_no_mention(encode):
    assert mention(encode("The notion that the case is weak")) == ""
