"""A figure is drawn once where matplotlib's own way draws it twice, and the bytes are the same."""

import io

import pytest
from chart_cases import CASES

from analysis.charts.drawing import drawn_as
from analysis.charts.style import style

METADATA = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}


@pytest.fixture(scope="module")
def figure():
    """Return a figure whose layout is settled."""
    drawn = CASES[0].draw()
    with style():
        drawn.draw_without_rendering()
    drawn.set_layout_engine("none")
    return drawn


@pytest.mark.parametrize("suffix", METADATA)
def test_the_bytes_are_those_of_matplotlibs_own_way(figure, suffix):
    file = io.BytesIO()
    with style():
        figure.savefig(file, format=suffix, dpi=150, metadata=METADATA[suffix])
        drawn = drawn_as(suffix, figure, metadata=METADATA[suffix], dpi=150)
    is_same = drawn == file.getvalue()
    assert is_same


@pytest.mark.parametrize("suffix", METADATA)
def test_each_artist_is_drawn_once(figure, suffix, monkeypatch):
    drawn = []
    title = figure.axes[0].title
    draw = type(title).draw
    monkeypatch.setattr(type(title), "draw", lambda text, renderer: (drawn.append(text), draw(text, renderer)))
    drawn_as(suffix, figure, metadata=METADATA[suffix])
    assert drawn.count(title) == 1


def test_canvas_and_resolution_stay_also_after_a_failure(figure):
    before = figure.canvas, figure.dpi
    drawn_as("svg", figure, metadata={"Date": None}, dpi=300)
    assert (figure.canvas, figure.dpi) == before
    with pytest.raises(ValueError, match="Unknown metadata key"):
        drawn_as("svg", figure, metadata={"no such": "x"}, dpi=300)
    assert (figure.canvas, figure.dpi) == before
