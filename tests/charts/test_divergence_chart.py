"""What the diverging chart draws: read from the figure's artists, against the table that was given."""

import pandas as pd
import pytest

import analysis as fa
from analysis.charts.divergence_chart import divergence_chart


def rows(outlet: str, n_articles: int, counts: tuple[int, int, int]) -> list[dict]:
    statuses = zip(("supported", "only quoted", "unsupported"), counts, strict=True)
    same = {"outlet": outlet, "n_articles": n_articles, "n_frames": sum(counts), "share_low": 0.1, "share_high": 0.4}
    return [same | {"status": status, "n": n, "share": n / sum(counts)} for status, n in statuses]


TABLE = pd.DataFrame([*rows("Lantern", 10, (5, 4, 11)), *rows("Wire", 2, (0, 2, 0))])


def test_supported_frames_go_right_and_the_others_left():
    (axes,) = divergence_chart(TABLE, row="outlet").axes
    bars = {(round(bar.get_x(), 6), round(bar.get_width(), 6)) for bar in axes.patches if bar.get_y() > -0.5}
    # By hand, of 20 frames: 25% right; 20% left next to the line, and 55% beyond them.
    assert bars == {(0, 25), (-20, 20), (-75, 55)}
    numbers = {text.get_text(): text.get_position()[0] for text in axes.texts}
    assert numbers["5"] == pytest.approx(12.5)
    assert numbers["4"] == pytest.approx(-10)
    assert numbers["11"] == pytest.approx(-47.5)
    intervals = [segment[:, 0].tolist() for lines in axes.collections for segment in lines.get_segments()]
    assert intervals == [[pytest.approx(10), pytest.approx(40)]]


def test_groups_name_their_frames_and_few_articles_are_said():
    (axes,) = divergence_chart(TABLE, row="outlet").axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Lantern (n = 20 in 10)", "Wire (n = 2 in 2)"]
    assert [text.get_position()[1] for text in axes.texts if text.get_text() == "too few articles"] == [1]


def test_a_table_without_a_row_is_refused():
    message = r"^divergence_chart: the table has no row; does a headline carry a frame\?$"
    with pytest.raises(fa.SchemaError, match=message):
        divergence_chart(TABLE.iloc[:0], row="outlet")
