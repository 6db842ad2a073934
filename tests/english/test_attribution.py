"""Where what a cue reports begins and ends. Expected contents are read by hand; the sentences and their people are invented."""

import pytest

JOINED = [
    # Who only agrees has said nothing that stands there; his clause is not the first speaker's.
    ("Holt said the wall was weak, and Dunn agreed.", "the wall was weak"),
    ("Holt argued the wall was weak, but the mayor disagreed.", "the wall was weak"),
    ("Holt said the wall was weak, while Dunn disagreed.", "the wall was weak"),
    # A pronoun may be the speaker, and a verb of another kind goes on with what he said.
    ("Holt said the wall was weak, and he agreed.", "the wall was weak, and he agreed"),
    ("Holt said the wall was weak, and Dunn fell.", "the wall was weak, and Dunn fell"),
]
PROMISED = [
    ("Holt promised to rebuild the weak wall.", "to rebuild the weak wall"),
    ("Holt promised to help the weak.", "to help the weak"),
    ("Holt promised to voters that the weak wall would go.", "that the weak wall would go"),
    ("Holt wrote to Dunn that the wall was weak.", "that the wall was weak"),
    ("Holt wrote to the board that the wall was weak.", "that the wall was weak"),
]


@pytest.mark.parametrize(("text", "content"), JOINED)
def test_a_clause_that_another_only_agrees_in_ends_what_is_said(said, text, content):
    assert said(text)[0][0] == content


@pytest.mark.parametrize(("text", "content"), PROMISED)
def test_to_with_a_verb_begins_what_is_promised_and_to_with_a_noun_says_to_whom(said, text, content):
    assert [row[0] for row in said(text, strictness="wide")] == [content]


def test_a_cue_takes_no_quotation_of_the_next_field(said):
    rows = said(": “The wall is weak here.”", "speaker_text", headline="Dunn falls, Holt says")
    assert ("The wall is weak here", "") in rows
