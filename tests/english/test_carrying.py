"""Who goes on speaking. Expected speakers are read by hand; the sentences and their people are invented."""

import pytest

from analysis.english.voices import voices


def last_row(tokens) -> tuple[str, str]:
    """Return voice and mention of the row that begins last."""
    row = voices(tokens).sort_values(["field", "start"]).iloc[-1]
    return row["voice"], row["speaker_text"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Within a paragraph: who is quoted last, else who speaks last; also where few words are quoted.
        ("“It rains,” said Nora Field, noting the sky. “The case is weak.”", ("direct", "Nora Field")),
        (
            "“It rains,” Nora Field told Tom Reed, whom Ann Marsh believes. “The case is weak.”",
            ("direct", "Nora Field"),
        ),
        ("Nora Field said it rained. “The case is weak and will fail.”", ("direct", "Nora Field")),
        ("Nora Field said it rained. “The case is weak.”", ("direct", "Nora Field")),
        # A paragraph of nothing but a quotation goes on with the paragraph before.
        ("“It rains,” said Nora Field.\n\n“The case is weak. It will fail.”", ("direct", "Nora Field")),
        ("“It rains,” said Nora Field.\n\nIt rained for long.\n\n“The case is weak. It will fail.”", ("direct", "")),
        # Its own attribution goes before, and a word in marks within a sentence stays a scare quote.
        ("“It rains,” said Nora Field.\n\n“The case is weak,” said Tom Reed.", ("direct", "Tom Reed")),
        ("“It rains,” said Nora Field. Rain fell on the “weak” side.", ("scare", "")),
    ],
)
def test_a_quotation_without_an_attribution(encode, body, expected):
    assert last_row(encode(body)) == expected


def test_no_speaker_passes_from_one_article_to_the_next(encode):
    assert last_row(encode("“It rains,” said Nora Field.", "“The case is weak. It will fail.”")) == ("direct", "")
