"""Who speaks in the passive. Expected speakers are read by hand; the sentences and their people are invented."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Marsh was accused of weakness by Tom Reed.", [("weakness", "Tom Reed")]),
        ("Ann Marsh was dismissed as a failure by Tom Reed last night.", [("as a failure", "Tom Reed")]),
        ("Ann Marsh was criticised by Tom Reed for her weak reply.", [("for her weak reply", "Tom Reed")]),
        ("Ann Marsh was told by Tom Reed that she is weak.", [("that she is weak", "Tom Reed")]),
        ("It was said by one official that the plan failed.", [("that the plan failed", "one official")]),
        ("The mayor was described by rivals as weak.", [("as weak", "rivals")]),
        # nobody is named
        ("Ann Marsh is accused of failing to act.", [("failing to act", "")]),
        ("Voters were told that the wall is weak.", [("that the wall is weak", "")]),
        ("It was announced that the plan failed.", [("that the plan failed", "")]),
        # no passive, and a passive that says nothing
        ("Ann Marsh has accused Tom Reed of weakness.", [("Tom Reed of weakness", "Ann Marsh")]),
        ("Ann Marsh is convinced that the wall is weak.", [("that the wall is weak", "Ann Marsh")]),
        ("The bank was ordered by the court to sell its weak arm.", []),
        ("The weak plan was announced by Tom Reed.", []),
    ],
)
def test_by_names_the_speaker_of_a_passive(said, text, expected):
    assert said(text, "speaker_text") == expected
