"""The room of a text, estimated before it is drawn: against what matplotlib draws."""

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from analysis.charts.room import end_of_axis, width_of, wrapped
from analysis.charts.style import FONT

PROSE = ["The Aldwick Courier (n = 12)", "economic consequences of the decision", "MORALITY", "1,234,567 → 1,234,568"]


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("is_bold", [False, True])
def test_the_estimate_is_near_to_what_is_drawn(text, is_bold):
    font = FontProperties(family=FONT, weight="bold" if is_bold else "normal")
    drawn = TextPath((0, 0), text, size=8, prop=font).get_extents().width
    assert 0.8 * drawn < width_of(text, 8, is_bold=is_bold) < 1.3 * drawn


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


def test_a_word_longer_than_its_room_is_broken_too():
    assert "".join(wrapped("x" * 60, 100, 8).split("\n")) == "x" * 60


def test_an_axis_ends_where_the_text_that_needs_most_is_still_within():
    # By hand: ten letters of size 10 are 60 points wide, with 7 beside the mark 67; 33 of 100 points remain for the value of 3.3.
    assert end_of_axis([3.3, 3.3], ["x" * 10, ""], room=100, size=10) == pytest.approx(10)
    assert np.isfinite(
        end_of_axis([1, np.nan], ["x" * 500, "x"], room=100, size=10)
    )  # and leaves a fifth for the marks
