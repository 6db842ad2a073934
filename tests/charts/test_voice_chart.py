"""What the chart of voices draws: read from the figure's artists, against the table that was given."""

import re

import numpy as np
import pandas as pd
import pytest
from chart_cases import bars_of

import analysis as fa
from analysis.charts.voice_chart import voice_chart

NAN = float("nan")
TABLE = pd.DataFrame(
    [
        # zone, voice, n_articles, rate, low, high, reason
        ["headline", "direct", 1200, 1.0, 0.5, 2.0, ""],
        ["headline", "narrator", 1200, 4.0, 3.0, 6.0, ""],
        ["body", "direct", 12, 0.0, 0.0, 1.5, "no hit: upper bounds only"],
        ["body", "narrator", 2, 3.0, NAN, NAN, "too few: 2 of at least 5 articles: no interval"],
    ],
    columns=["zone", "voice", "n_articles", "rate_per_1000", "rate_low", "rate_high", "reason"],
)


def test_voices_stand_below_one_another_the_narrator_first_and_filled():
    (axes,) = voice_chart(TABLE, row="zone").axes
    marks = {line.get_marker(): line for line in axes.lines}
    narrator, direct = marks["o"], marks["s"]
    assert narrator.get_markerfacecolor() != direct.get_markerfacecolor() == "white"
    assert narrator.get_xdata().tolist() == [4.0]
    np.testing.assert_array_equal(direct.get_xdata(), [1.0, 0.0])
    assert narrator.get_ydata()[0] < direct.get_ydata()[0]
    bars = [segment[:, 0].tolist() for lines in bars_of(axes) for segment in lines.get_segments() if len(segment)]
    assert [3.0, 6.0] in bars
    assert [0.5, 2.0] in bars
    assert [0.0, 1.5] in bars


def test_rows_name_their_articles_and_marks_their_voices():
    (axes,) = voice_chart(TABLE, row="zone").axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["headline (n = 1,200)", "body (n = 2 to 12)"]
    texts = {text.get_text(): text.xy for text in axes.texts}
    # A voice is named right of its bar; a missing rate says why.
    assert texts["narrator"][0] == 6.0
    assert texts["direct"][0] == 2.0
    assert "too few articles" in texts


def test_an_unknown_voice_and_a_table_without_a_rate_are_refused():
    message = "voice_chart: voice 'loud' is not known; known are narrator, quoted, direct, indirect, scare"
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"):
        voice_chart(TABLE.assign(voice="loud"), row="zone")
    message = "voice_chart: the table has no rate; its column 'reason' says why"
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"):
        voice_chart(TABLE.assign(rate_per_1000=NAN), row="zone")
