"""Transcripts and interviews: turns behind speakers' labels. Expected rows are read by hand; texts and people are invented."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.english.quotations import TURN, quotations

# Text, then each turn with its speaker as the label names him.
TRANSCRIPTS = {
    "capitals, full names first": (
        "A transcript follows.\n\nJANE MARSH, HOST: Is the plan weak?\n\nTOM DUNN, OF THE HARBOUR BOARD: It is not weak.\n\n"
        "MARSH: Who says so?\n\nDUNN: I say so.",
        [("Is the plan weak", "JANE MARSH"), ("It is not weak", "TOM DUNN"), ("Who says so", "MARSH"), ("I say so", "DUNN")],
    ),
    "two lines in capitals": (
        "MARSH: Is the plan weak?\n\nDUNN: It is not weak, you know.",
        [("Is the plan weak", "MARSH"), ("It is not weak, you know", "DUNN")],
    ),
    "single line ends": (
        "MARSH: Is the plan weak?\nDUNN: I doubt it.\nMARSH: Thank you.",
        [("Is the plan weak", "MARSH"), ("I doubt it", "DUNN"), ("Thank you", "MARSH")],
    ),
    "questions and answers with colons": (
        "Tom Dunn runs the harbour.\n\nQ: Is it weak?\n\nA: No, it is sound.\n\nQ: Why?\n\nA: We built it.",
        [("Is it weak", "Q"), ("No, it is sound", "A"), ("Why", "Q"), ("We built it", "A")],
    ),
    "questions and answers with stops": (
        "Q. Is it weak?\n\nA. No. I built it.",
        [("Is it weak", "Q"), ("No. I built it", "A")],
    ),
    "questions and answers in one line": (
        "Q: Is it weak? A: I doubt it. Q: Why? A: I built it.",
        [("Is it weak", "Q"), ("I doubt it", "A"), ("Why", "Q"), ("I built it", "A")],
    ),
    "titles": (
        "MR. DUNN: We failed.\n\nSEN. MARSH: Did you?\n\nTHE PRESIDENT: We all did.",
        [("We failed", "MR. DUNN"), ("Did you", "SEN. MARSH"), ("We all did", "THE PRESIDENT")],
    ),
    "what a comma or a bracket adds": (
        "JANE MARSH (co-host): Are you well?\n\nTOM DUNN, CNN HOST: I am.\n\nMARSH: Good.",
        [("Are you well", "JANE MARSH"), ("I am", "TOM DUNN"), ("Good", "MARSH")],
    ),
    "surnames in small letters that the text introduces": (
        "Jane Marsh met Tom Dunn.\n\nMarsh: Are you weak?\n\nDunn: I am not.\n\nMarsh: Good.",
        [("Are you weak", "Marsh"), ("I am not", "Dunn"), ("Good", "Marsh")],
    ),
    "first names that nothing introduces": (
        "Zelda: I read your plan. Is it weak?\n\nOrfeo: I think it is.\n\nZelda: You think?\n\nOrfeo: I know.",
        [("I read your plan. Is it weak", "Zelda"), ("I think it is", "Orfeo"), ("You think", "Zelda"), ("I know", "Orfeo")],
    ),
    "an outlet that asks": (
        "We asked Tom Dunn of the board.\n\nXYZ: Is it weak?\n\nTom Dunn: I doubt it.\n\nXYZ: And you?\n\nDunn: I am well.",
        [("Is it weak", "XYZ"), ("I doubt it", "Tom Dunn"), ("And you", "XYZ"), ("I am well", "Dunn")],
    ),
    "a label alone on its line": (
        "JANE MARSH, HOST:\n\nThere is a new plan. It is weak.\n\nTOM DUNN, BYLINE: I saw it.\n\nMARSH: You did?",
        [("There is a new plan. It is weak", "JANE MARSH"), ("I saw it", "TOM DUNN"), ("You did", "MARSH")],
    ),
    "all in one paragraph": (
        "They spoke on air:\n\nJANE MARSH: Is it weak? SEN. TOM DUNN: Well, I doubt it -- JANE MARSH: You doubt it? SEN. TOM DUNN: I do.",
        [("Is it weak", "JANE MARSH"), ("Well, I doubt it", "SEN. TOM DUNN"), ("You doubt it", "JANE MARSH"), ("I do", "SEN. TOM DUNN")],
    ),
    "a month for a name": (
        "MAY REED: Is it weak?\n\nAUGUST HOLT: I doubt it.\n\nREED: Thank you.",
        [("Is it weak", "MAY REED"), ("I doubt it", "AUGUST HOLT"), ("Thank you", "REED")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_what_stands_behind_a_label_is_its_speakers(said, name):
    text, turns = TRANSCRIPTS[name]
    rows = said(text, "voice", "speaker_text", "cue_kind", "content_kind")
    assert [row for row in rows if row[-1] == "turn"] == [
        (turn, "direct", label, "saying", "turn") for turn, label in turns
    ]
    assert {row[1] for row in rows} == {"direct"}


@pytest.mark.parametrize("strictness", ["strict", "standard", "wide"])
def test_turns_count_under_each_strictness(said, strictness):
    text = "MARSH: Is the plan weak?\n\nDUNN: It is not weak, you know."
    turns = [row[0] for row in said(text, "content_kind", strictness=strictness) if row[1] == "turn"]
    assert turns == ["Is the plan weak", "It is not weak, you know"]


NEIGHBOURS = {
    "a note": "The plan was published.\n\nNote: The plan is weak, as we said.",
    "notes and updates": "Update: We have a plan.\n\nNote: You may find it weak.\n\nUpdate: It failed. Did you see?",
    "a dateline": "WASHINGTON: The plan is weak. Did you know?\n\nIt failed.",
    "one label": "The board met.\n\nDUNN: I think it is weak.\n\nThe board rose.",
    "one speaker": "DUNN: I think it is weak.\n\nIt met again.\n\nDUNN: We failed.",
    "links": "READ MORE: Is the plan weak?\n\nWATCH: You fail\n\nREAD MORE: How we failed",
    "captions": "Photo: The wall looks weak.\n\nImage: You see the wall.\n\nPhoto: We failed?",
    "key points": "Key points:\n\nThe wall is weak.\n\nWhat you need:\n\nWe failed.",
    "facts": "Age: 54\n\nBorn: Leeds, to weak parents\n\nParty: Harbour",
    "a recipe": "FLOUR: 2 cups of weak flour.\n\nSALT: As you like it.",
    "scores": "Dunn: 24 points\n\nMarsh: 12 points\n\nDunn: 3 weak fouls",
    "lines on people": "DUNN: Tom Dunn is weak.\n\nMARSH: Jane Marsh is strong, you know.\n\nREED: Ada Reed failed. Did you see?",
    "winners": "Winner: Tom Dunn\n\nHe was not weak.\n\nLoser: Jane Marsh\n\nYou saw how she failed.\n\nWinner: We all.",
    "pros and cons": "Pro: The plan is cheap.\n\nCon: The plan is weak.\n\nPro: It is here.\n\nCon: It failed.",
    "a fact check": "CLAIM: The wall is weak.\n\nFACT: The wall is sound, as we found.\n\nCLAIM: It failed.\n\nFACT: It did not.",
    "headlines in capitals": "The wall stood.\n\nJANE MARSH: I FEAR THE WALL IS WEAK\n\nIt stood.\n\nTOM DUNN: WE FAILED IN LEEDS",
    "bullet points on people": "Al Dunn: Boss of a weak outfit\n\nTed Marsh: Thief\n\nAda Reed: Who failed?",
    "sections": "Senate: The race is weak.\n\nHouse: The race is close.\n\nSenate: The race failed.",
    "a list with letters": "q: You fail.\n\na: We fail.\n\nq: Do you?",
    "list of places": "Leeds: The wall is weak, we hear.\n\nYork: The wall failed.",
}  # fmt: skip


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_other_lines_with_colons_are_the_narrators(said, name):
    assert [row for row in said(NEIGHBOURS[name], "content_kind") if row[1] == "turn"] == []


def test_a_headline_is_no_label(said):
    assert said("It rained. MARSH: You hear?", "content_kind", headline="DUNN: I am weak?") == [("I am weak", "clause")]


def turns_of(said, text):
    return [(row[0], row[2]) for row in said(text, "content_kind", "speaker_text") if row[1] == "turn"]


DIALOGUE = "JANE MARSH: Is the plan weak?\n\nTOM DUNN: {}\n\nMARSH: Thank you.\n\nDUNN: I thank you."


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("It is weak (CROSSTALK) or not.", ["It is weak", "or not"]),
        ("It is weak. [laughter]", ["It is weak"]),
        ("(LAUGHTER) It is weak.", ["It is weak"]),
        ("It is weak.\n\n(APPLAUSE)\n\nIt failed.", ["It is weak", "It failed"]),
        ("It is weak (and it always was).", ["It is weak (and it always was"]),
        ("It [the plan] is weak.", ["It [the plan] is weak"]),
    ],
)
def test_stage_directions_are_nobodys(said, answer, parts):
    assert [turn for turn, label in turns_of(said, DIALOGUE.format(answer)) if label == "TOM DUNN"] == parts


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("It is weak.\n\nIt failed in Leeds.", ["It is weak", "It failed in Leeds"]),
        ("It is weak.\n\nDunn shook his head.\n\nIt failed.", ["It is weak"]),
        ("It is weak.\n\nThe two went on to the wall:", ["It is weak"]),
        ("It is weak.\n\nThe wall in Leeds\n\nIt failed.", ["It is weak", "It failed"]),
        ("It is weak.\n\nRelated: Walls in Leeds.\n\nIt failed.", ["It is weak"]),
    ],
)
def test_paragraphs_go_on_with_a_turn_until_the_narrator_speaks(said, answer, parts):
    assert [turn for turn, label in turns_of(said, DIALOGUE.format(answer)) if label == "TOM DUNN"] == parts


def test_the_last_turn_goes_on_while_somebody_says_i_we_or_you(said):
    text = DIALOGUE.format("It is weak.") + "\n\nYou were kind.\n\nThe plan was passed in May.\n\nWe saw it fail."
    assert [turn for turn, _ in turns_of(said, text)][-2:] == ["I thank you", "You were kind"]


def test_an_excerpt_ends_with_its_paragraph(said):
    story = "\n\n".join(f"The board met in room {room}, as we heard." for room in range(10))
    text = f"MARSH: Is it weak?\n\nDUNN: I doubt it.\n\n{story}"
    assert turns_of(said, text) == [("Is it weak", "MARSH"), ("I doubt it", "DUNN")]


def test_a_surname_means_the_full_name_and_q_means_nobody(said):
    speakers = [row[1] for row in said(DIALOGUE.format("It is weak."), "speaker", "content_kind") if row[2] == "turn"]
    assert speakers == ["JANE MARSH", "TOM DUNN"] * 2
    assert {row[1] for row in said(TRANSCRIPTS["questions and answers with stops"][0], "speaker")} == {""}


def test_a_turn_in_marks_is_a_quotation(said):
    text = "Jane Marsh met Tom Dunn.\n\nMarsh: “Is it weak?”\n\nDunn: “I doubt it.”\n\nMarsh: “Good for you.”"
    expected = [("Is it weak", "marks", "Marsh"), ("I doubt it", "marks", "Dunn"), ("Good for you", "marks", "Marsh")]
    assert said(text, "content_kind", "speaker_text") == expected


def test_whom_a_speaker_quotes_is_heard_through_him(said):
    answer = "Reed said that it was weak. The wall has a “weak” side."
    rows = said(DIALOGUE.format(answer), "speaker_text", "speaker_of_speaker")
    assert ("that it was weak", "Reed", "TOM DUNN") in rows
    assert [row for row in rows if row[0] == "weak"] == []


def test_who_says_i_in_a_turn_is_its_speaker(said):
    rows = said(DIALOGUE.format("I think that it is weak. Reed wants to sell it."), "voice", "speaker", "cue_text")
    assert ("that it is weak", "direct", "TOM DUNN", "think") in rows
    assert [row for row in rows if row[3] == "wants"] == []
    rows = said(DIALOGUE.format("My staff said that it was weak."), "speaker_text", "speaker")
    assert ("that it was weak", "My staff", "") in rows


def test_hits_in_a_turn_are_its_speakers(encode):
    body = "The plan is weak.\n\n" + DIALOGUE.format("Holt is weak. I am not weak.")
    frames = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
    targets = fa.extend.lexicon_from_mapping({"Holt": ["holt"], "Dunn": ["dunn"]})
    hits = fa.find_hits(encode(body=[body]), frames, targets=targets)
    found = hits[["voice", "speaker", "target", "negated"]].astype("str").to_numpy().tolist()
    assert found == [
        ["narrator", "", "", "False"],
        ["direct", "JANE MARSH", "", "False"],
        ["direct", "TOM DUNN", "Holt", "False"],
        ["direct", "TOM DUNN", "Dunn", "True"],
    ]


def test_an_article_is_read_as_it_would_be_alone(encode):
    bodies = [
        NEIGHBOURS["a note"],
        TRANSCRIPTS["titles"][0],
        NEIGHBOURS["scores"],
        TRANSCRIPTS["all in one paragraph"][0],
    ]
    together = fa.voices(encode(body=bodies))
    alone = [fa.voices(encode(body=[body])) for body in bodies]
    columns = ["start", "end", "speaker"]
    assert together[columns].to_numpy().tolist() == pd.concat(alone)[columns].to_numpy().tolist()


def test_labels_without_end_take_no_longer_than_other_text(encode):
    tokens = encode(body=["MARSH: Is it weak? DUNN: I doubt it. " * 5_000])
    found = quotations(tokens)
    assert np.count_nonzero(found.flags == TURN) == 10_000
