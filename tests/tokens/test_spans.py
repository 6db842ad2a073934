"""Spans of tokens against what is counted token by token."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tokens.spans import covered, spans_at, texts_of, touched

N = 12
SPANS = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, 4)), max_size=8)


def arrays(spans):
    first = np.array([begin for begin, _ in spans], np.int64)
    return first, np.array([min(N - 1, begin + more) for begin, more in spans], np.int64)


@given(SPANS)
def test_each_token_has_the_last_span_that_covers_it(spans):
    first, last = arrays(spans)
    by_hand = [max((k for k in range(len(spans)) if first[k] <= i <= last[k]), default=-1) for i in range(N)]
    assert spans_at(N, first, last).tolist() == by_hand
    assert covered(N, first, last).tolist() == [span >= 0 for span in by_hand]


@given(SPANS, st.lists(st.booleans(), min_size=N, max_size=N))
def test_a_span_is_touched_where_one_of_its_tokens_is(spans, mask):
    first, last = arrays(spans)
    by_hand = [any(mask[begin : end + 1]) for begin, end in zip(first, last, strict=True)]
    assert touched(np.array(mask), first, last).tolist() == by_hand


def test_spans_at_for_no_span_and_no_token():
    nothing = np.zeros(0, np.int64)
    assert spans_at(3, nothing, nothing).tolist() == [-1, -1, -1]
    assert covered(0, nothing, nothing).tolist() == []
    assert touched(np.zeros(0, np.bool_), nothing, nothing).tolist() == []


@pytest.mark.parametrize(("first", "last", "text"), [(0, 0, "Größe"), (1, 2, "ist\nalles"), (3, 3, "Ökonomie")])
def test_the_text_of_a_span_is_what_is_printed(encode, first, last, text):
    tokens = encode(headline=["Größe ist\nalles"], body=["Ökonomie"])
    assert texts_of(tokens, np.array([first]), np.array([last])) == [text]
