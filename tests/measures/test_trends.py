"""Trends: periods and gaps by hand, the kernel against its formula in plain loops, events by line, and what is drawn."""

from math import exp

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.charts.trend_chart import trend_chart
from analysis.counting.resampling import percentile_interval, ratio, resampled_sums
from analysis.measures.trends import read_events, smooth_trend, trends

DATES = ["2025-03-03", "2025-03-05", "2025-03-19", None, "2025-03-05"]
BODIES = ["weak weak plan", "calm day", "a weak wall fell", "weak", "weak day off now"]
N_HITS, N_WORDS = [2, 0, 1, 1, 1], [3, 2, 4, 1, 4]  # by hand
LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "war": ["war"]})


@pytest.fixture
def tokens(encode):
    return encode(date=pd.to_datetime(DATES), body=BODIES, outlet=["A", "A", "A", "A", "B"])


@pytest.fixture
def hits(tokens):
    return fa.find_hits(tokens, LEXICON)


def of(table: pd.DataFrame, category: str = "weakness") -> pd.DataFrame:
    return table[table["category"] == category].reset_index(drop=True)


def test_weeks_begin_on_monday_and_an_empty_one_is_a_gap(tokens, hits):
    table = of(trends(hits, tokens, period="week"))
    # By hand: 3 March 2025 was a Monday. Its week has 3 hits in 9 words, the next none, the third 1 in 4.
    assert table["period_start"].dt.strftime("%m-%d").tolist() == ["03-03", "03-10", "03-17"]
    assert table["period_middle"].dt.strftime("%m-%d").tolist() == ["03-06", "03-13", "03-20"]
    assert table["n_articles"].tolist() == [3, 0, 1]
    np.testing.assert_allclose(table["rate_per_1000"], [1000 * 3 / 9, np.nan, 250])
    assert table.attrs["n_undated"] == 1
    assert table.attrs["period"] == "week"
    assert table.attrs["lexicon_hash"] == LEXICON.hash


def test_days_and_months(tokens, hits):
    days = of(trends(hits, tokens, period="day"))
    assert days["n_tokens"].tolist() == [3, 0, 6, *[0] * 13, 4]  # by hand
    assert days["rate_per_1000"].isna().sum() == 14
    months = of(trends(hits, tokens, period="month"))
    assert months["rate_per_1000"].tolist() == pytest.approx([1000 * 4 / 13])  # by hand


def test_a_category_without_hits_is_zero_and_not_a_gap(tokens, hits):
    np.testing.assert_array_equal(of(trends(hits, tokens, period="week"), "war")["rate_per_1000"], [0, np.nan, 0])


def direct(day: int, bandwidth: float) -> float:
    """Return the estimate of one day by the formula of `smooth_trend`, in a plain loop over articles."""
    days = [0, 2, 16, None, 2]
    above = below = 0.0
    for place, hits, words in zip(days, N_HITS, N_WORDS, strict=True):
        if place is not None and abs(day - place) <= int(4 * bandwidth + 0.5):
            weight = exp(-(((day - place) / bandwidth) ** 2) / 2)
            above, below = above + weight * hits, below + weight * words
    return 1000 * above / below


@pytest.mark.parametrize("bandwidth", [2, 5.5, 30])
def test_the_smoothed_rate_is_that_of_the_formula(tokens, hits, bandwidth):
    table = of(smooth_trend(hits, tokens, bandwidth_days=bandwidth, resampling=fa.Resampling(n_draws=100)))
    assert len(table) == 17
    for day, row in table.iterrows():
        near = [place for place in (0, 2, 2, 16) if abs(day - place) <= bandwidth]
        assert row["n_articles"] == len(near)
        expected = direct(day, bandwidth) if near else np.nan
        assert row["rate_per_1000"] == pytest.approx(expected, nan_ok=True)
    assert table.attrs["smoothing"] == f"Gaussian kernel, bandwidth {bandwidth} days, weighted by words"


def test_a_wide_bandwidth_is_the_rate_of_the_whole(tokens, hits):
    table = of(smooth_trend(hits, tokens, bandwidth_days=10_000, resampling=fa.Resampling(n_draws=200, seed=4)))
    assert table["rate_per_1000"].tolist() == pytest.approx([1000 * 4 / 13] * 17, rel=1e-4)  # all dated articles
    rows = [0, 1, 2, 4]
    sums = resampled_sums(np.column_stack([N_HITS, N_WORDS])[rows], n_draws=200, seed=4)
    expected = np.percentile(1000 * sums[:, 0] / sums[:, 1], [2.5, 97.5])  # the plain bootstrap of the ratio
    assert table.loc[8, ["rate_low", "rate_high"]].tolist() == pytest.approx(expected.tolist(), rel=1e-4)


def test_groups_of_articles_and_kinds_of_hits(tokens, hits):
    table = smooth_trend(
        hits, tokens, bandwidth_days=3, by=("category", "outlet"), resampling=fa.Resampling(n_draws=100)
    )
    assert table.columns[:3].tolist() == ["category", "outlet", "day"]
    assert table.groupby(["category", "outlet"]).size().tolist() == [17] * 4
    cell = table.query("category == 'weakness' and outlet == 'B'").reset_index(drop=True)
    assert cell.loc[2, "rate_per_1000"] == pytest.approx(250)  # by hand: one hit in four words
    assert cell["rate_low"].isna().all()  # one article has no interval
    assert cell.loc[6:, "rate_per_1000"].isna().all()  # by hand: its day is 2, so day 5 is the last within 3 days


@pytest.mark.parametrize("bandwidth", [0, -1, float("nan"), float("inf")])
def test_a_bandwidth_that_is_none_is_refused(tokens, hits, bandwidth):
    with pytest.raises(fa.SchemaError, match="give a number of days above 0"):
        smooth_trend(hits, tokens, bandwidth_days=bandwidth)


def test_what_cannot_be_measured_is_refused(tokens, hits, encode):
    with pytest.raises(fa.SchemaError, match="choose one of day, week, month"):
        trends(hits, tokens, period="year")
    with pytest.raises(fa.SchemaError, match="smooth_trend: no column 'paper' to group by"):
        smooth_trend(hits, tokens, by=("paper",))
    undated = encode("weak")
    with pytest.raises(fa.SchemaError, match="no article has a value of 'date'; say which column is it"):
        trends(fa.find_hits(undated, LEXICON), undated)


def test_draws_are_the_same_for_sparse_and_dense_and_do_not_hang_on_the_chunks(monkeypatch):
    values = np.arange(12.0).reshape(4, 3)
    whole = resampled_sums(values, n_draws=150, seed=5)
    monkeypatch.setattr("analysis.counting.resampling._NUMBERS_AT_ONCE", 40)
    np.testing.assert_array_equal(resampled_sums(values, n_draws=150, seed=5), whole)
    # Expected: the mean of a resampled sum is the sum, (18, 22, 26), with a standard error of about 1.1.
    assert np.abs(whole.mean(axis=0) - [18, 22, 26]).max() < 4
    assert np.isnan(resampled_sums(values[:1], n_draws=100, seed=1)).all()


def test_ratio_and_interval_of_nothing_are_nan():
    np.testing.assert_array_equal(ratio(np.array([1.0, 0.0]), np.array([0.0, 2.0])), [np.nan, 0])
    draws = np.array([[np.nan, 1.0], [np.nan, np.nan]])
    np.testing.assert_array_equal(percentile_interval(draws), [[np.nan, 1], [np.nan, 1]])


def test_events_are_sorted_and_may_hold_commas(tmp_path):
    (tmp_path / "e.csv").write_text('date,label\n2025-03-09,"Talks, again"\n\n2025-03-01,Summit\n', encoding="utf-8")
    table = read_events(tmp_path / "e.csv")
    assert table["label"].tolist() == ["Summit", "Talks, again"]
    assert table["date"].dt.day.tolist() == [1, 9]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: found ''"),
        ("day,label\n", "line 1: found 'day,label'; the first line must be 'date,label'"),
        ("date,label\n03/09/2025,Summit\n", "line 2: '03/09/2025' is no day"),
        ("date,label\n2025-03-01,Summit\n2025-03-09,a,b\n", "line 3: found '2025-03-09,a,b'"),
        ("date,label\n2025-03-09,\n", "line 2: found '2025-03-09,'"),
    ],
)
def test_mistakes_in_events_are_named_by_line(tmp_path, text, message):
    (tmp_path / "e.csv").write_text(text, encoding="utf-8")
    with pytest.raises(fa.CorpusError) as caught:
        read_events(tmp_path / "e.csv")
    assert message in str(caught.value)


def test_the_chart_breaks_at_gaps_and_names_bandwidth_n_and_events(tokens, hits):
    table, smooth = (
        trends(hits, tokens, period="week", min_articles=1),
        smooth_trend(hits, tokens, bandwidth_days=2, resampling=fa.Resampling(n_draws=100)),
    )
    events = pd.DataFrame({"date": pd.to_datetime(["2025-03-09", "2031-01-01"]), "label": ["Summit", "Later"]})
    figure = trend_chart(of(table), panel="category", smooth=of(smooth), events=events)
    line, dots, *_ = figure.axes[0].lines
    # What is drawn is rounded to eight digits.
    np.testing.assert_allclose(line.get_ydata(), of(smooth)["rate_per_1000"], rtol=1e-7)
    np.testing.assert_allclose(dots.get_ydata(), of(table)["rate_per_1000"].dropna(), rtol=1e-7)
    note = figure.get_supxlabel()
    assert "1 to 3 articles a point, 4 in all; 1 with fewer than 1 articles not drawn" in note
    few = trend_chart(of(trends(hits, tokens, period="week")), panel="category", smooth=of(smooth))
    assert "dots: one week, none; 3 with fewer than 5 articles not drawn" in few.get_supxlabel()
    assert "bandwidth 2 days" in note
    assert "1: Summit (2025-03-09)" in note
    assert "Later" not in note


def test_an_event_at_the_end_of_the_last_period_is_marked(encode):
    tokens = encode(date=["2025-03-05", "2025-04-07"], body=["weak plan", "weak deal"])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}))
    events = pd.DataFrame({"date": pd.to_datetime(["2025-04-30", "2025-05-02"]), "label": ["Vote", "Later"]})
    note = trend_chart(trends(hits, tokens, period="month"), panel="category", events=events).get_supxlabel()
    assert "1: Vote (2025-04-30)" in note
    assert "Later" not in note
