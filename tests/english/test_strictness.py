"""What counts as said under each name. Which passage belongs under which name is read off the definition in docs/methods.md."""

import pytest

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.core.origin import with_origin
from analysis.english.structure import structure_of

# From the narrowest name to the widest: the first under which the passage counts.
FIRST_UNDER = [
    ("Ann Marsh said that the plan is weak.", "strict"),
    ("Ann Marsh told the council that the plan is weak.", "strict"),
    ("Ann Marsh said the plan is weak.", "standard"),
    ("The plan is weak, Ann Marsh said.", "standard"),
    ("According to Ann Marsh, the plan is weak.", "standard"),
    ("Ann Marsh believes the plan is weak.", "standard"),
    ("Ann Marsh called the plan weak.", "standard"),
    ("Ann Marsh accused the council of weakness.", "standard"),
    ("Ann Marsh wants to weaken the council.", "wide"),
    ("Ann Marsh hopes to lead the weak council.", "wide"),
    ("Ann Marsh backed the weak plan.", "wide"),
    ("Ann Marsh reported weak sales.", "wide"),
    ("The plan lay on the weak table.", "none"),
    ("Ann Marsh called the police.", "none"),
]
NAMES = ("strict", "standard", "wide")


@pytest.mark.parametrize(("text", "first"), FIRST_UNDER)
def test_a_name_keeps_what_narrower_ones_keep(said, text, first):
    kept = [name for name in NAMES if said(text, strictness=name)]
    assert kept == list(NAMES[NAMES.index(first) :] if first != "none" else ())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "“The plan is weak,” Ann Marsh said.",
        "Ann Marsh called the plan “weak”.",
        "Ann Marsh backed the “weak” plan.",
        "Ann Marsh wants “a weak council”.",
    ],
)
def test_words_in_marks_are_direct_under_each_name(said, text, name):
    rows = said(text, "voice", "speaker", strictness=name, fragments=True)
    assert [row[1:] for row in rows if row[1] == "direct"] == [("direct", "Ann Marsh")]


def test_the_result_names_its_strictness(encode):
    tokens = encode("Ann Marsh wants to weaken the council.")
    frames = fa.extend.lexicon_from_mapping({"weakness": ["weaken"]})
    assert [fa.voices(tokens, strictness=name).attrs["strictness"] for name in NAMES] == list(NAMES)
    found = {name: fa.find_hits(tokens, frames, strictness=name) for name in NAMES}
    assert {name: hits.attrs["strictness"] for name, hits in found.items()} == {name: name for name in NAMES}
    assert {name: hits.at[0, "voice"] for name, hits in found.items()} == {
        "strict": "narrator",
        "standard": "narrator",
        "wide": "indirect",
    }
    assert fa.find_hits(tokens, frames).attrs["strictness"] == "standard"


def test_tables_of_two_strictnesses_are_not_joined(encode):
    tokens = encode("Ann Marsh wants to weaken the council.")
    one, other = (fa.voices(tokens, strictness=name) for name in ("strict", "wide"))
    with pytest.raises(fa.FramingError, match="strictness"):
        with_origin(one.copy(), one, other)


@pytest.mark.parametrize("call", ["voices", "find_hits"])
def test_an_unknown_name_is_refused_with_those_that_are_known(encode, call):
    tokens = encode("x")
    with pytest.raises(LexiconError, match="strictness='loose' is not known; use 'strict', 'standard', 'wide'"):
        if call == "voices":
            fa.voices(tokens, strictness="loose")
        else:
            fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"c": ["weak"]}), strictness="loose")


def test_another_strictness_reads_nothing_anew(encode):
    tokens = encode("Ann Marsh wants to weaken the council. Tom Reed said that it is weak.")
    first = structure_of(tokens)
    wide = structure_of(tokens, strictness="wide")
    assert wide.passages is first.passages
    assert wide.negation is first.negation
    assert (len(first.voices), len(wide.voices)) == (1, 2)
    assert structure_of(tokens).voices["cue_text"].tolist() == ["said"]


def test_hits_and_voices_say_the_kinds_of_cue_and_content(encode):
    tokens = encode(
        "Ann Marsh said that the plan is weak. Tom Reed wants a weak council. It is weak. “Weak,” Ann Marsh said."
    )
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}), strictness="wide")
    assert list(zip(hits["cue_kind"], hits["content_kind"], strict=True)) == [
        ("saying", "that"),
        ("intention", "object"),
        ("", ""),
        ("saying", "marks"),
    ]
