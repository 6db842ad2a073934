"""The words by which articles are compared are those that their whole texts have, whatever tokens the corpus is cut into."""

import re
import unicodedata

import numpy as np
import pandas as pd
import pytest

from analysis.reading import read
from analysis.reading.compared import compared_words, word_counts, words_of_field
from analysis.tokens.compiling import ZERO, compiled
from analysis.tokens.encoding import encode
from analysis.tokens.fields import BODY


@compiled
def _written(compared, field, words):
    return words_of_field(compared, field, words, ZERO)


def words_of(text: str) -> list[str]:
    """Return the words of a whole text, by the rule that find_duplicates states, in plain Python."""
    plain = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", unicodedata.normalize("NFKC", text))
    return re.findall(r"\w+", plain.casefold())


@pytest.mark.parametrize(
    "text",
    [
        "Don't. It’s 3.14, U.S.-led; e-mail_me snake_case _so_",
        "Straße STRASSE ﬁne ½ ² x² Å",
        "Brand™ and ℃ and ©2020",
        "中文没有空格。日本語の文 と 한국어 문장",
        "ไม่มีช่องว่าง",
        "बिना हिन्दी शब्द",
        "soft\u00adhyphen zero\u200bwidth \u200bword no\ufeffbreak",
        "_ __ a_ _b ____ smile 🙂 word🙂word",
        "café cafe\u0301 ´accent ¨ x=\u0338y",
        "…?!",
        "ΣΊΣΥΦΟΣ ς İstanbul",
    ],
)
def test_words_are_those_of_the_whole_text(text):
    # Twice the same words, once in plain text, so that equal words are seen to have equal numbers.
    plain = " ".join(words_of(text)) or "…"
    tokens = encode(read(pd.DataFrame({"body": [text, plain]}), boilerplate="keep").articles)
    compared = compared_words(tokens)
    n = word_counts(compared)
    assert n.tolist() == [len(words_of(text))] * 2
    found = [np.empty(n.max(), np.uint64) for _ in range(2)]
    for article, words in enumerate(found):
        assert _written(compared, 3 * article + BODY, words) == n[article]
    assert found[0].tolist() == found[1].tolist()
    assert len(set(found[0].tolist())) == len(set(words_of(text)))
