"""How numbers are written at ticks and in labels."""

import locale
import re

import pandas as pd
import pytest
from matplotlib.dates import AutoDateLocator
from matplotlib.figure import Figure

import analysis as fa
from analysis.charts import length_dots
from analysis.charts.numbers import TickDates, interval_note, number, percentages, period_name
from analysis.charts.style import chart

NARROW = "\u202f"


@chart(shows="")
def axis_at(*places: float) -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.set_xlim(min(places), max(places))
    axes.set_xticks(places)
    return figure


def ticks(figure: Figure) -> list[str]:
    return [tick.get_text() for tick in figure.axes[0].get_xticklabels()]


@pytest.mark.parametrize(
    ("name", "expected"),
    # The minus is U+2212.
    [
        ("en", ["−1,235.0", "−1,234.5", "−1,234.0"]),
        ("de", ["−1.235,0", "−1.234,5", "−1.234,0"]),
        ("fr", [f"−1{NARROW}235,0", f"−1{NARROW}234,5", f"−1{NARROW}234,0"]),
    ],
)
def test_ticks_follow_the_format_that_the_figure_was_made_with(name, expected):
    with fa.charts.number_format(name):
        figure = axis_at(-1235, -1234.5, -1234)
    assert ticks(figure) == expected
    figure.draw_without_rendering()  # outside of the block
    assert ticks(figure) == expected


def test_ticks_are_english_without_a_block_and_after_an_error_in_one():
    with pytest.raises(ZeroDivisionError), fa.charts.number_format("de"):
        raise ZeroDivisionError
    assert ticks(axis_at(1234, 1234.5, 1235)) == ["1,234.0", "1,234.5", "1,235.0"]


@pytest.mark.parametrize(
    ("name", "share", "interval", "month"),
    # By hand, months as Unicode's CLDR has them.
    [
        ("en", "12.5%", "95% interval of 2,000 words", "Mar 2026"),
        ("de", f"12,5{NARROW}%", f"95{NARROW}% interval of 2,000 words", "März 2026"),
        ("fr", f"12,5{NARROW}%", f"95{NARROW}% interval of 2,000 words", "mars 2026"),
    ],
)
def test_percentages_and_months_follow_the_format(name, share, interval, month):
    with fa.charts.number_format(name):
        assert number(0.125, ".1%") == share
        assert percentages("95% interval of 2,000 words") == interval
        assert period_name("2026-03") == month
        assert [period_name(other) for other in ("2026", "2026-Q1", "2026-03-01")] == ["2026", "2026-Q1", "2026-03-01"]


@pytest.mark.parametrize(("name", "expected"), [("en", "Mar"), ("de", "März"), ("fr", "mars")])
def test_months_at_the_ticks_of_dates_are_those_of_the_format_never_of_the_machine(name, expected):
    days = pd.date_range("2026-01-15", periods=6, freq="30D")
    locator = AutoDateLocator(minticks=3, maxticks=8)
    with fa.charts.number_format(name):
        formatter = TickDates(locator)
    figure = Figure()
    axes = figure.subplots()
    axes.plot(days, range(6))
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)
    figure.draw_without_rendering()
    texts = [tick.get_text() for tick in axes.get_xticklabels()]
    assert expected in texts
    assert not any("{" in text for text in [*texts, formatter.get_offset()])


def test_months_stand_below_a_series():
    rates = pd.DataFrame({"month": ["2026-02", "2026-03"], "category": "a", "n_articles": 5, "n_hits": 3})
    table = rates.assign(rate_per_1000=2.0, rate_low=1.0, rate_high=3.0)
    with fa.charts.number_format("de"):
        figure = fa.charts.rate_series(table, time="month", panel="category")
    assert ticks(figure) == ["Feb. 2026", "März 2026"]


def test_labels_in_no_language_are_refused():
    message = "number_format: labels='German' is no language; give its two letters (ISO 639-1), such as 'nl'"
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"), fa.charts.number_format("de", labels="German"):
        pass


def test_blocks_nest():
    with fa.charts.number_format("de"):
        with fa.charts.number_format("fr"):
            assert number(1234.5, ",.1f") == f"1{NARROW}234,5"
        assert number(1234.5, ",.1f") == "1.234,5"
    assert number(1234.5, ",.1f") == "1,234.5"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((0, 1_000_000, 2_000_000), ["0", "1,000,000", "2,000,000"]),
        ((1_000_000, 1_000_001), ["1,000,000", "1,000,001"]),
        ((0, 0.00001, 0.00002), ["0.00000", "0.00001", "0.00002"]),
    ],
)
def test_ticks_are_never_powers_of_ten_or_set_beside_an_offset(places, expected):
    figure = axis_at(*places)
    assert ticks(figure) == expected
    assert figure.axes[0].xaxis.get_major_formatter().get_offset() == ""


def test_numbers_in_labels_follow_the_format():
    table = pd.DataFrame(
        {
            "outlet": ["Mail"],
            "n_articles": [12_345],
            "words_low": [10.0],
            "words_median": [1500.0],
            "words_high": [4000.0],
        }
    )
    with fa.charts.number_format("de"):
        figure = length_dots(table)
    assert [tick.get_text() for tick in figure.axes[0].get_yticklabels()] == ["Mail (n = 12.345)"]
    assert "1.000" in ticks(figure)


def test_the_machine_s_language_plays_no_part(monkeypatch):
    # Python's own way to German numbers; figures must not take it.
    monkeypatch.setattr(locale, "localeconv", lambda: {"decimal_point": "·", "thousands_sep": "'", "grouping": [3, 0]})
    monkeypatch.setattr(locale, "format_string", lambda *_, **__: "of the machine")
    assert ticks(axis_at(0, 1500, 3000)) == ["0", "1,500", "3,000"]


def test_an_unknown_format_is_refused():
    message = "number_format: 'es' is not known; choose en, de, fr"
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"), fa.charts.number_format("es"):
        pass


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        # By hand: what `Resampling` says of itself, without the seed, which stands in the caption.
        (str(fa.Resampling()), "95% interval (percentile, 2000 resamples of articles)"),
        (
            str(fa.Resampling(method="bca", cluster="event_id", n_draws=500, seed=7)),
            "95% interval (BCa, 500 resamples of clusters of articles by event_id)",
        ),
        ("95% Wilson", "95% interval (Wilson)"),
        (None, "95% interval"),
    ],
)
def test_the_note_says_the_method_and_what_was_drawn(interval, expected):
    table = pd.DataFrame()
    table.attrs = {} if interval is None else {"interval": interval}
    assert interval_note(table) == expected
