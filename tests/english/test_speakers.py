"""Whom a mention means. Expected names are read by hand; the people are invented."""

import time

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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # A single name that ends no full name is the only one that it begins.
        ("Li Qiang leads the team. Li said it would fail.", "Li Qiang"),
        ("Boris Quarn leads the team. Boris said it would fail.", "Boris Quarn"),
        ("Li Qiang met Li Bo. Li said it would fail.", "Li"),
        ("Ann Marsh met Marsh Bell. Marsh said it would fail.", "Ann Marsh"),
        # A title picks among the bearers of a surname.
        ("Mr Ray Field met Mrs Nora Field. Mr Field said it would fail.", "Ray Field"),
        ("Mr Ray Field met Mrs Nora Field. Mrs Field said it would fail.", "Nora Field"),
    ],
)
def test_a_single_name_is_the_full_name_that_it_stands_for(encode, body, expected):
    assert speakers(encode(body))[-1][1] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # The name need not open its sentence.
        ("Later came Nora Field. She said it would fail.", "Nora Field"),
        ("Later came Odile Quarn. She said it would fail.", "Odile Quarn"),
        # A given name forbids nothing, a title does, and so does an earlier pronoun.
        ("Andrea Rossi came. He said it would fail.", "Andrea Rossi"),
        ("Mrs Andrea Rossi came. He said it would fail.", ""),
        ("Odile Quarn came. She said it was weak. Kim Odo came. He said so. She said it would fail.", "Odile Quarn"),
        # But another name goes before.
        ("Kim Odo came with Andrea Rossi. He said it would fail.", "Kim Odo"),
        # Nobody is meant by what is no person.
        ("The White House was silent. He said it would fail.", ""),
    ],
)
def test_gender_is_what_titles_and_pronouns_tell(encode, body, expected):
    assert speakers(encode(body))[-1][1] == expected


def test_many_names_take_linear_time(encode):
    # Twice the text takes about twice as long; by a walk over all names a row it was four times.
    def seconds(n: int) -> float:
        names = [f"Q{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(n)]
        tokens = encode(" ".join(f"Zed {name}son said it was weak. She said so. Vale{name} agreed." for name in names))
        speakers(tokens)
        begin = time.perf_counter()
        voices(tokens)
        return time.perf_counter() - begin

    assert seconds(8000) < 3 * seconds(4000) + 0.2


@pytest.mark.parametrize(
    "body", ["“" * 50, "SAID SAID SAID,, — (said) “Who, who, who” said No 10", "Who said No", "— , ( said"]
)
def test_odd_text_fails_nowhere(encode, body):
    assert speakers(encode(body, body.upper(), body * 20)) is not None
