"""Lines of text around matches, by hand."""

import numpy as np
import pytest

from analysis.tokens.kwic import lines_of, lines_of_tokens, printed_sentences

BODY = "“Öl is\r\nweak.” Talks go on, (he said)."


def test_a_line_has_the_characters_on_both_sides_and_no_line_end(encode):
    tokens = encode(headline=["Oil weak"], body=[BODY])
    # Tokens 0 Oil, 1 weak, 2 Öl, 3 is, 4 weak, 5 Talks: characters of `weak` in the body are 8 to 12.
    lines = lines_of(tokens, np.array([0, 2]), np.array([4, 8]), np.array([8, 12]), width=6)
    assert lines.to_numpy().tolist() == [["Oil ", "weak", ""], ["l is ", "weak", ".” Tal"]]
    assert lines_of_tokens(tokens, np.array([1, 4]), np.array([1, 4])).iloc[:, 0].tolist() == ["Oil ", "“Öl is "]


def test_no_match_is_no_line(encode):
    tokens = encode(headline=["Oil weak"])
    nothing = np.zeros(0, np.int64)
    assert lines_of(tokens, nothing, nothing, nothing).shape == (0, 3)


@pytest.mark.parametrize(("sentence", "text"), [(0, "Oil weak"), (1, "“Öl is weak.”"), (2, "Talks go on, (he said).")])
def test_a_sentence_is_printed_with_its_own_marks(encode, sentence, text):
    tokens = encode(headline=["Oil weak"], body=[BODY])
    assert printed_sentences(tokens, np.array([sentence])) == [text]
