"""Who is named beside a quotation without a reporting verb. Expected speakers are read by hand; texts and people are invented."""

import pytest

BESIDE = [
    ("“It was a weak speech.” Tom Reed folded his paper.", "Tom Reed"),
    ("Statement by Tom Reed:\n\n“It was a weak speech.”", "Tom Reed"),
    ("Tom Reed took questions.\n\n“It was a weak speech.”", "Tom Reed"),
    ("“The mayor is weak.” That was the verdict of Tom Reed yesterday.", "Tom Reed"),
    ("Reed turned to the cameras. “This council has been weak.” Then she left.", "Reed"),
    ("“The rule is weak and will please nobody.” —Commissioner Ann Marsh", "Commissioner Ann Marsh"),
    ("“It was weak.\n\n“It will not be weak again,” Ann Marsh said.", "Ann Marsh"),
    ("“It was weak.\n\n“It fell.\n\n“It will not fall again,” Ann Marsh said.", "Ann Marsh"),
]


@pytest.mark.parametrize(("text", "mention"), BESIDE)
def test_a_quotation_that_stands_alone_has_the_speaker_beside_it(said, text, mention):
    assert {row[1:] for row in said(text)} == {("direct", mention)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Is the dam weak?” “No,” Ann Marsh replied.", [("direct", ""), ("direct", "Ann Marsh")]),
        ("The plan lay there. “It was weak.” The rain fell.", [("direct", "")]),
        ("On Monday it rained. “It was weak.” Then it stopped.", [("direct", "")]),
        ("“It was weak,” Ann Marsh said. Tom Reed folded his paper.", [("direct", "Ann Marsh")]),
        ("They watched “The Bell Jar” again. Tom Reed left.", [("scare", "")]),
        ("“It was weak.”\n\nTom Reed left the hall early that day.", [("direct", "")]),
        ("Tom Reed took all the many questions of the whole town.\n\n“It was weak.”", [("direct", "")]),
    ],
)
def test_what_else_stands_beside_a_quotation_says_it_not(said, text, expected):
    assert [row[1:] for row in said(text)] == expected


OWNED = [
    ("In Marsh’s view, the plan is weak.", [("the plan is weak", "Marsh’s")]),
    ("The plan is weak, in Marsh’s view.", [("The plan is weak", "Marsh’s")]),
    ("Ann Marsh’s verdict: weak.", [("weak", "Ann Marsh’s")]),
    ("Marsh’s view is that the plan is weak.", [("that the plan is weak", "Marsh’s")]),
    ("For Ann Marsh, the party is weak and tired.", [("the party is weak and tired", "Ann Marsh")]),
    ("For Marsh, Reed is simply weak.", [("Reed is simply weak", "Marsh")]),
    # near neighbours
    ("For Hart Bank, the year was a disaster.", []),
    ("For years, the plan was weak.", []),
    ("Marsh had a good view, and the plan was weak.", []),
    ("Her words were weak.", []),
]


@pytest.mark.parametrize(("text", "expected"), OWNED)
def test_a_view_that_somebody_owns_is_said(said, text, expected):
    assert said(text, "speaker_text") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marsh is on her feet now. Says the plan is weak.", [("the plan is weak", "Marsh")]),
        ("Marsh is on her feet now. Says that the plan is weak.", [("that the plan is weak", "Marsh")]),
        (
            "Marsh is on her feet now. Says the mayor “has failed patients”.",
            [("the mayor “has failed patients", "Marsh")],
        ),
        ("Marsh sat down. Claims about the plan are weak.", []),
        ("Marsh sat down. Posts in the council are weak.", []),
    ],
)
def test_a_sentence_without_subject_goes_on_with_that_before(said, text, expected):
    assert said(text, "speaker_text") == expected
