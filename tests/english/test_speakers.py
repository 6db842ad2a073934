"""Whom a mention means. Expected names are read by hand; the people are invented."""

import pytest

from analysis.english.voices import voices


def speakers(tokens) -> list[tuple[str, str]]:
    """Return mention and resolved name of each row that somebody utters, fragments left out."""
    table = voices(tokens)
    table = table[(table["voice"] != "scare") & (table["part_of"] < 0)]
    return list(zip(table["speaker_text"], table["speaker"], strict=True))


INTRODUCED = "Ann Marsh, a baker, said it was weak. "


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (INTRODUCED + "Marsh said it would fail.", "Ann Marsh"),
        (INTRODUCED + "Mrs Marsh said it would fail.", "Ann Marsh"),
        (INTRODUCED + "Ms. Marsh said it would fail.", "Ann Marsh"),
        (INTRODUCED + "She said it would fail.", "Ann Marsh"),
        (INTRODUCED + "“It will fail,” she said.", "Ann Marsh"),
        (INTRODUCED + "The baker rose. “It will fail,” said Marsh.", "Ann Marsh"),
        (INTRODUCED + "The expert said it would fail.", "Ann Marsh"),
        # "He" cannot be the woman; the man's gender is known from his title.
        ("Mr Tom Reed came. " + INTRODUCED + "He said it would fail.", "Tom Reed"),
        # The last speaker, unless another name has opened a sentence since.
        (INTRODUCED + "Paula Stone rose. She said it would fail.", "Paula Stone"),
        # Nobody is named.
        (INTRODUCED + "A senior official said it would fail.", ""),
        (INTRODUCED + "They said it would fail.", ""),
        # Titles are no part of a name, what follows "of" is not the speaker.
        ("Prime Minister Ann Marsh said it would fail.", "Ann Marsh"),
        ("White House Press Secretary Ann Marsh said it would fail.", "Ann Marsh"),
        ("Ann Marsh of the Reed Centre said it would fail.", "Ann Marsh"),
        ("The White House said it would fail.", "White House"),
        ("Ann Marsh, of the Reed Centre, said it would fail.", "Ann Marsh"),
        ("Lethmark's leader Ann Marsh said it would fail.", "Ann Marsh"),
    ],
)
def test_a_mention_means_a_name(encode, body, expected):
    assert speakers(encode(body))[-1][1] == expected


def test_a_headline_is_resolved_from_the_body(encode):
    tokens = encode(headline=["Marsh says it will fail"], body=["Ann Marsh said that it would fail."])
    assert speakers(tokens) == [("Marsh", "Ann Marsh"), ("Ann Marsh", "Ann Marsh")]


def test_names_do_not_pass_from_one_article_to_the_next(encode):
    assert speakers(encode("Ann Marsh said it was weak.", "She said it would fail. Marsh said so, too.")) == [
        ("Ann Marsh", "Ann Marsh"),
        ("She", ""),
        ("Marsh", "Marsh"),
    ]


def test_a_running_quotation_keeps_its_speaker(encode):
    body = "“It is weak,” said Ann Marsh. “It will fail.” Nobody moved.\n\nMarsh added: “I know.\n\n“We all know.”"
    table = voices(encode(body))
    assert table.loc[table["voice"] == "direct", "speaker"].tolist() == ["Ann Marsh"] * 4
