"""Sentences and paragraphs of invented news text."""

from itertools import pairwise

import pytest

# Where sentences begin, marked by hand with | (which is taken out before the text is read).
TEXTS = [
    "|Mr. Smith met Mrs. Jones on Monday. |They spoke for an hour.",
    "|The U.S. Senate voted late. |Nobody left.",
    "|He flew home to the U.S. |The talks went on.",
    "|J. K. Harris wrote the report. |It was short.",
    "|The plan of George W. Marlow failed. |Prices rose.",
    "|She waited… and then she spoke. |He listened.",
    "|He paused… |Nobody answered.",
    "|He paused... |Nobody answered.",
    "|“We will not yield.” |The minister left.",
    "|‘It is over.’ |Crowds cheered.",
    "|“Will it hold?” asked the mayor. |Few thought so.",
    "|“Stop!” she said. |He did not.",
    "|(The vote was close.) |Both sides claimed victory.",
    "|Sales rose 3.5 per cent. |Costs fell.",
    "|Shares of Acme Inc. fell sharply. |Rivals gained.",
    "|Police came at 5 p.m. |The crowd had gone.",
    "|Is it true? |Yes! |No.",
    "|Gen. Ortiz and Lt. Brown resigned. |Their posts are vacant.",
    "|The answer was “no”. |A vote followed.",
    "|The bridge fell on Sept. 4 in Ohio. |Two died.",
]


def sentences(tokens) -> list[list[str]]:
    edges = [*tokens.sentence_starts.tolist(), len(tokens)]
    words = [tokens.types[i] for i in tokens.type_ids.tolist()]
    return [words[first:last] for first, last in pairwise(edges)]


@pytest.mark.parametrize("marked", TEXTS)
def test_sentences_begin_where_the_mark_stands(encode, marked):
    # Expected: each marked part encoded alone is one sentence's words.
    expected = [[tokens.types[i] for i in tokens.type_ids] for tokens in map(encode, marked.split("|")[1:])]
    assert sentences(encode(marked.replace("|", ""))) == expected


def test_a_blank_line_ends_a_sentence_without_a_stop(encode):
    # By hand: three paragraphs, the second begins in lower case.
    tokens = encode("Crisis talks\n\nas leaders meet. They argue.\n\nThe end")
    assert [words[0] for words in sentences(tokens)] == ["Crisis", "as", "They", "The"]
    assert tokens.sentence_paragraphs.tolist() == [1, 2, 2, 3]


def test_a_single_line_end_does_not_end_a_sentence(encode):
    tokens = encode("The minister\nArthur Stone left.")  # by hand: a wrapped line
    assert len(tokens.sentence_starts) == 1


def test_without_blank_lines_a_line_end_after_a_sentence_begins_a_paragraph(encode):
    tokens = encode("One came. Two left.\nThree stayed\nat home.\nFour slept.")  # by hand
    assert [words[0] for words in sentences(tokens)] == ["One", "Two", "Three", "Four"]
    assert tokens.sentence_paragraphs.tolist() == [1, 1, 2, 3]


def test_with_blank_lines_a_single_line_end_begins_no_paragraph(encode):
    tokens = encode("One came.\nTwo left.\n\nThree stayed.")  # by hand
    assert tokens.sentence_paragraphs.tolist() == [1, 1, 2]


def test_fields_are_apart(encode):
    # By hand: the headline has no stop, yet the body begins a sentence and a paragraph of its own.
    tokens = encode(headline=["Talks fail"], standfirst=["no deal"], body=["nobody came"])
    assert sentences(tokens) == [["Talks", "fail"], ["no", "deal"], ["nobody", "came"]]
    assert tokens.sentence_paragraphs.tolist() == [1, 1, 1]
