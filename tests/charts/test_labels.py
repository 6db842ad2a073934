"""Labels of every chart are drawn as typed, whatever stands in them."""

import io
import json
import re
import warnings
from xml.etree import ElementTree

import pytest
from chart_cases import svg_of
from matplotlib import font_manager
from matplotlib.figure import Figure

from analysis.charts.labels import GlyphWarning, label, missing_glyphs, one_glyph_warning
from analysis.charts.style import chart
from analysis.core.naming import readable

HAZARDS = "robustness/hazards-labels/cases.dev.jsonl"
OWN = ["$x_1^2$ \\frac{1}{2} costs $5", "_hidden <b>&lt;]]>%s{0}", "Ελλάδα Новости خبر a\u200bb", "a" * 5000]
N_PARTS = 12


def svg_texts(figure: Figure) -> list[str]:
    """Return the texts of a figure's SVG, which must be well-formed XML; where they stand is no matter, so nothing is laid out."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from font")
            root = ElementTree.fromstring(svg_of(figure))
    return ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("text", OWN)
def test_every_chart_draws_a_label_as_typed(draw, text):
    drawn = svg_texts(draw(text))
    # By hand: 39 letters and the ellipsis for a text of more than 40.
    expected = text if len(text) <= 40 else text[:39] + "…"
    # A chart whose only names are categories or targets has spaces for the underscores between their letters.
    assert any(expected in one or readable(expected) in one for one in drawn), drawn


def test_charts_draw_the_hazards_of_the_shared_data(draw, place_of_chart, shared_data):
    path = shared_data / HAZARDS
    if not path.exists():
        pytest.skip(f"{HAZARDS} is not in the shared data")
    found = dict.fromkeys(json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines())
    # Halves of surrogate pairs have no place in a pandas text column, so they reach no chart.
    texts = [text for text in found if not any("\ud800" <= character <= "\udfff" for character in text)]
    assert len(texts) > 50
    # Each chart draws a twelfth of them, each text one or two charts: a drawing takes a tenth of a second.
    for text in texts[place_of_chart % N_PARTS :: N_PARTS]:
        drawn = svg_texts(draw(text))
        assert any(label(text) in one or readable(label(text)) in one for one in drawn), (text, drawn)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("line\nbreak", "line break"),
        ("a\tb\r\nc\u2028d\x85e\x0bf", "a b  c d e f"),
        ("\x00nul \x08 \x1b[31m \x7f \x9c", "\ufffdnul \ufffd \ufffd[31m \ufffd \ufffd"),
        ("\ud800lone \ufffe \uffff", "\ufffdlone \ufffd \ufffd"),
        ("", "(blank)"),
        (" \n", "(blank)"),
        (" kept  as typed ", " kept  as typed "),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
        (None, "None"),
    ],
)
def test_only_what_cannot_be_drawn_is_replaced(text, expected):
    assert label(text) == expected


def test_a_longer_label_has_room_over_a_whole_figure():
    assert label("x" * 90, longest=90) == "x" * 90
    assert label("x" * 91, longest=90) == "x" * 89 + "…"


@chart(shows="")
def titled(text: str) -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.set_title(label(text))
    axes.set_yticks([0], [label(text)])
    return figure


@pytest.mark.parametrize("text", ["Новости Ελλάδα خبر עברית", "a\u200b\u202eb", "naïve\u00a0€ \u202f"])
def test_the_font_that_ships_with_matplotlib_has_these(text):
    assert missing_glyphs(titled(text)) == []


def without_further_fonts(monkeypatch):
    monkeypatch.setattr("analysis.charts.labels.FURTHER_FONTS", ())


def test_characters_that_no_font_has_are_listed_once_a_figure(monkeypatch):
    without_further_fonts(monkeypatch)
    figure = titled("中文 abc 文")
    assert missing_glyphs(figure) == ["中", "文"]
    message = (
        "figure: no installed font has 中 (U+4E2D), 文 (U+6587); PNG and PDF show boxes in their place. Install a font that has them "
        "(Noto Sans CJK for Chinese, Japanese and Korean) and draw the figure again"
    )
    with pytest.warns() as caught, one_glyph_warning(figure):
        figure.savefig(io.BytesIO(), format="png")
    assert [(one.category, str(one.message)) for one in caught] == [(GlyphWarning, message)]


def test_of_many_characters_ten_are_named(monkeypatch):
    without_further_fonts(monkeypatch)
    figure = titled("".join(chr(0x4E00 + number) for number in range(12)))
    with (
        pytest.warns(GlyphWarning, match=re.escape("一 (U+4E00), ") + ".*" + re.escape("(U+4E09) and 2 more; ")),
        one_glyph_warning(figure),
    ):
        pass


def test_a_figure_whose_letters_are_there_gives_no_warning(draw):
    figure = draw("The Daily Lantern")
    figure.set_layout_engine("none")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with one_glyph_warning(figure):
            figure.draw_without_rendering()


def test_a_further_font_is_asked_for_only_by_the_texts_that_need_it(monkeypatch):
    # Any installed font may play the part of a font for Chinese.
    monkeypatch.setattr("analysis.charts.labels.FURTHER_FONTS", ("STIXGeneral", "A font that nobody has"))
    assert "STIXGeneral" in {font.name for font in font_manager.fontManager.ttflist}
    plain, chinese = (titled(text).axes[0].get_yticklabels()[0] for text in ("abc", "中"))
    assert plain.get_fontfamily() == ["DejaVu Sans"]
    assert chinese.get_fontfamily() == ["DejaVu Sans", "STIXGeneral"]
    # U+20DD stands in STIXGeneral and not in DejaVu Sans; no font of the two has 中.
    assert missing_glyphs(titled("\u20dd 中")) == ["中"]
