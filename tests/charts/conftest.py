"""Every chart function with a small table, whose label can be any text."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis import charts

RATE = {"n_articles": 5, "n_hits": 3, "rate_per_1000": 2.0, "rate_low": 1.0, "rate_high": 3.0, "reason": ""}
DIFFERENCE = {"difference_per_1000": 1.0, "difference_low": -1.0, "difference_high": 3.0}


def table(rows: list[dict], attrs: dict | None = None, **same: object) -> pd.DataFrame:
    made = pd.DataFrame([row | same | row for row in rows])  # the columns of the row first
    made.attrs = attrs or {}
    return made


def _adjusted(prefix: str, estimate: str, text: str) -> pd.DataFrame:
    numbers = {
        f"{name}_{part}": value
        for name in ("raw", prefix)
        for part, value in (("low", 0.5), ("high", 2.0), (estimate, 1.2))
    }
    rows = [{"outlet": text}, {"outlet": "other"}]
    return table(rows, {"reference": "other"}, category=text, n_articles=5, share_of_words_covered=1.0, **numbers)


def _axes(text: str) -> pd.DataFrame:
    bias = {"bias": 0.1, "bias_low": 0.0, "bias_high": 0.2, "bias_corpus": 0.05, "n_articles": 5, "reason": ""}
    names = [{"axis": name, "outlet": outlet} for name in ("x", "y") for outlet in (text, "other")]
    return table(names, {"interval": "95% interval"}, negative=text, positive="strong", **bias)


def _classifier(text: str) -> Figure:
    scores = {f"{name}{part}": 0.5 for name in ("precision", "recall", "f1") for part in ("", "_low", "_high")}
    attrs = {"interval": "95% interval", "brier": 0.1, "brier_constant": 0.2}
    chances = {"probability": 0.5, "share_right": 0.5, "share_right_low": 0.4, "share_right_high": 0.6, "n": 4}
    return charts.classifier_chart(table([{"label": text}], attrs, n=4, **scores), table([chances], attrs))


def _elements(text: str) -> Figure:
    elements = table([{"element": text}], {"interval": "95%, of resamples"}, cluster=1, share=0.5, difference=0.1)
    return charts.elements_chart(elements, table([{"cluster": 1}], n_articles=5, stability=0.9))


def _specification(text: str) -> Figure:
    choices = dict.fromkeys(("zones", "voices", "duplicates", "overlap", "weighting"), "all")
    counts = {"n_articles_focus": 5, "n_articles_reference": 5}
    rows = [{"lexicon": text, "rank": 1}, {"lexicon": "other", "rank": 2}]
    return charts.specification_chart(table(rows, {"finding": text}, **choices, **counts, **DIFFERENCE))


def _trend(text: str) -> Figure:
    days = {"period_start": pd.Timestamp("2025-01-01"), "period_middle": pd.Timestamp("2025-01-16")}
    later = {"period_start": pd.Timestamp("2025-02-01"), "period_middle": pd.Timestamp("2025-02-15")}
    events = table([{"date": pd.Timestamp("2025-01-20"), "label": text}])
    return charts.trend_chart(table([days, later], category=text, **RATE), panel="category", events=events)


def _key(text: str) -> Figure:
    attrs = {"focus": text, "reference": "other", "measure": "log_likelihood"}
    return charts.keyness_dots(
        table(
            [{"term": text, "score": 2.0}, {"term": "b", "score": -1.0}],
            attrs,
            n_focus=4,
            n_reference=3,
            p_corrected=0.01,
        )
    )


def _effect(text: str) -> Figure:
    sides = {f"{name}_{side}": RATE[name] for name in ("n_hits", "rate_per_1000") for side in ("before", "after")}
    return charts.effect_chart(
        table([{"outlet": text, "category": text}], **sides),
        table([{"category": text, "entry": text}], n_gained=1, n_lost=1),
    )


def _shares(text: str) -> pd.DataFrame:
    statuses = [{"status": name} for name in ("supported", "only quoted", "unsupported")]
    shares = {"share": 1 / 3, "share_low": 0.1, "share_high": 0.6}
    return table(statuses, outlet=text, n_articles=5, n_frames=6, n=2, **shares)


CHARTS: dict[str, Callable[[str], Figure]] = {
    "rate_dots": lambda text: charts.rate_dots(
        table([{"outlet": text}], category=text, **RATE), row="outlet", panel="category"
    ),
    "rate_series": lambda text: charts.rate_series(
        table([{"m": "2025-01"}], category=text, **RATE), time="m", panel="category"
    ),
    "share_dots": lambda text: charts.share_dots(_shares(text), row="outlet", panel="status"),
    "difference_dots": lambda text: charts.difference_dots(
        table([{"category": text, "focus": text}], reference=text, n_events=4, **DIFFERENCE), panel="focus"
    ),
    "count_series": lambda text: charts.count_series(
        table([{"m": "2025-01"}], outlet=text, **RATE), time="m", panel="outlet"
    ),
    "length_dots": lambda text: charts.length_dots(
        table([{"outlet": text}], n_articles=5, words_low=1.0, words_median=2.0, words_high=3.0)
    ),
    "keyness_dots": _key,
    "term_dots": lambda text: charts.term_dots(
        table([{"outlet": text, "term": text}], rank=1, tfidf=0.5, n_articles=5), panel="outlet"
    ),
    "standardised_rate_dots": lambda text: charts.standardised_rate_dots(
        _adjusted("standardised", "rate_per_1000", text)
    ),
    "adjusted_ratio_dots": lambda text: charts.adjusted_ratio_dots(_adjusted("adjusted", "ratio", text)),
    "axes_chart": lambda text: charts.axes_chart(_axes(text), row="outlet"),
    "classifier_chart": _classifier,
    "elements_chart": _elements,
    "specification_chart": _specification,
    "trend_chart": _trend,
    "voice_chart": lambda text: charts.voice_chart(table([{"outlet": text}], voice="narrator", **RATE), row="outlet"),
    "target_chart": lambda text: charts.target_chart(table([{"target": text, "category": text}], **RATE)),
    "divergence_chart": lambda text: charts.divergence_chart(_shares(text), row="outlet"),
    "position_chart": lambda text: charts.position_chart(
        table([{"category": text, "zone": "lead"}], article_id=text, position=np.float64(0.5))
    ),
    "effect_chart": _effect,
    "plane_chart": lambda text: charts.plane_chart(_axes(text), x="x", y="y"),
}


@pytest.fixture(params=CHARTS)
def draw(request: pytest.FixtureRequest) -> Callable[[str], Figure]:
    """Return a function from a text to a figure in which that text is a label; one for each chart function."""
    return CHARTS[request.param]


@pytest.fixture
def place_of_chart(request: pytest.FixtureRequest) -> int:
    """Return the place of the chart that `draw` draws among all charts."""
    return list(CHARTS).index(request.node.callspec.params["draw"])
