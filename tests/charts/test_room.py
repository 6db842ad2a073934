"""The room of a text before it is drawn: against what matplotlib draws."""

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from analysis.charts.room import end_of_axis, width_of, wrapped
from analysis.charts.style import FONT

PROSE = ["The Aldwick Courier (n = 12)", "economic consequences of the decision", "MORALITY", "1,234,567 → 1,234,568"]


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("is_bold", [False, True])
def test_the_width_is_near_to_what_is_drawn(text, is_bold):
    font = FontProperties(family=FONT, weight="bold" if is_bold else "normal")
    drawn = TextPath((0, 0), text, size=8, prop=font).get_extents().width
    # The width that a text advances by is a little more than its ink.
    assert drawn <= width_of(text, 8, is_bold=is_bold) < drawn + 2


def test_chinese_letters_fill_a_square():
    assert width_of("框架分析", 10) == 40


def test_a_long_text_is_broken_between_words_and_loses_none():
    text = "economic consequences of the decision"
    lines = wrapped(text, 80, 8.5, is_bold=True).split("\n")
    assert len(lines) > 2
    assert " ".join(lines) == text
    assert all(width_of(line, 8.5, is_bold=True) <= 80 for line in lines)
    assert wrapped(text, 500, 8.5) == text


def test_the_number_of_articles_stays_on_one_line():
    assert wrapped("The Daily Lantern (n = 12)", 110, 8.5, is_bold=True) == "The Daily Lantern\n(n = 12)"


def test_a_word_longer_than_its_room_is_not_parted():
    assert wrapped(f"a {'x' * 60} b", 100, 8) == f"a\n{'x' * 60}\nb"


def test_a_no_break_space_parts_a_line_only_where_it_does_not_fit_otherwise():
    room = width_of("human\u00a0interest", 8)
    assert wrapped("human\u00a0interest – conflict", room, 8) == "human\u00a0interest\n– conflict"
    assert wrapped("human\u00a0interest", 0.8 * room, 8) == "human\ninterest"


def test_an_axis_ends_where_the_text_that_needs_most_is_still_within():
    # With the text and 7 points beside the mark, a third of the panel remains for the value of 1: closed form.
    room = 1.5 * (width_of("x" * 10, 10) + 7)
    assert end_of_axis([1, 1], ["x" * 10, ""], room=room, size=10) == pytest.approx(3)
    assert np.isfinite(
        end_of_axis([1, np.nan], ["x" * 500, "x"], room=100, size=10)
    )  # and leaves a fifth for the marks
