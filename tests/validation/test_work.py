"""Who codes what, and in which order."""

from coding_cases import sample_of, towns

from analysis.validation.work import coders_of, work_of


def test_each_coder_has_the_items_that_name_them():
    sample = sample_of(towns(3))
    sample["coders"] = ["A", "A", "A;B", "A;B", "B", "B"]
    assert coders_of(sample) == ["A", "B"]
    assert work_of(sample, "A")["item"].tolist() == ["u0000-1", "u0000", "u0001-1", "u0001"]
    assert work_of(sample, "B")["item"].tolist() == ["u0001-1", "u0001", "u0002-1", "u0002"]


def test_a_second_time_has_the_same_items_in_another_order_with_matches_before_their_unit():
    sample = sample_of(towns(12), coders="A")
    first, second = work_of(sample, "A"), work_of(sample, "A (2)")
    assert sorted(first["item"]) == sorted(second["item"])
    assert first["item"].tolist() != second["item"].tolist()
    assert second["about"].tolist() == ["match", "unit"] * 12
    assert second["unit_id"].tolist()[::2] == second["unit_id"].tolist()[1::2]
