"""Columns of texts as they lie in memory."""

import pyarrow as pa

from analysis.core.arrow import values_of


def test_each_text_has_the_value_of_the_mapping_and_others_nought():
    texts = pa.array(["weak", "Weak", "", "strong", "weak"], pa.large_string())
    found = values_of(texts, {"weak": 1 << 62, "strong": -1, "unused": 5})
    assert found.tolist() == [1 << 62, 0, 0, -1, 1 << 62]
    assert values_of(texts[:0], {"weak": 1}).tolist() == []
