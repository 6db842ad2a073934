"""Every chart with a small table, and what of the table it draws: for the tests that go over all charts."""

import functools
import importlib
import inspect
import io
import pkgutil
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts import style
from analysis.charts.svg import rounded_svg

FIGURES = Path(__file__).resolve().parent.parent / "figures"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One way to draw a chart.

    `columns` are those that are drawn, by table; any cell of them shows, unless `rows` says which ones are drawn.
    `needed` are columns that are not drawn, but say which rows are, or in which order.
    """

    name: str
    chart: Callable[..., Figure]
    tables: dict[str, pd.DataFrame]
    columns: dict[str, str]
    options: dict[str, Any] = field(default_factory=dict)
    needed: dict[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)

    def draw(self, **changed: pd.DataFrame) -> Figure:
        return self.chart(**(self.tables | changed), **self.options)

    def drawn(self) -> Iterator[tuple[str, str]]:
        """Yield table and column of all that is drawn."""
        return ((table, name) for table, names in self.columns.items() for name in names.split())

    def labels(self) -> Iterator[tuple[str, str]]:
        """Yield table and column of the texts that are drawn."""
        return ((table, name) for table, name in self.drawn() if is_text(self.tables[table][name]))


def is_text(column: pd.Series) -> bool:
    return pd.api.types.is_string_dtype(column.dtype)


def chart_functions() -> set[Callable[..., Figure]]:
    """Return every public function of analysis.charts that makes a figure of a table and was not given one."""
    found = set()
    for module in pkgutil.walk_packages(charts.__path__, "analysis.charts."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            if function.__module__ == module.name and not name.startswith("_"):
                types = typing.get_type_hints(function)
                makes_figure = types.pop("return", None) is Figure and Figure not in types.values()
                if makes_figure and pd.DataFrame in types.values():
                    found.add(function)
    return found


def svg_of(figure: Figure) -> str:
    """Return the SVG that a notebook shows of a figure, and that nbval compares.

    The layout is left as it is: nothing moves to make room, so that only what is drawn makes a difference.
    """
    file = io.StringIO()
    figure.set_layout_engine("none")
    with style.style():
        FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None})
    return rounded_svg(file.getvalue())


@functools.cache
def unchanged_svg(name: str) -> str:
    """Return the SVG of a case with its own tables, drawn once for all tests of a process."""
    (case,) = [case for case in CASES if case.name == name]
    return svg_of(case.draw())


def svg_of_notebook(figure: Figure) -> str:
    """Return the same by the way that Jupyter takes, which draws each figure twice."""
    figure.set_layout_engine("none")
    with style.style():
        return str(style.svg_in_notebook(figure))


def committed(name: str, **attrs: Any) -> pd.DataFrame:
    table = pd.read_csv(FIGURES / f"{name}.csv")
    for column in table.filter(regex="^period_(start|middle)$"):
        table[column] = pd.to_datetime(table[column])
    table.attrs = attrs
    return table


def some(table: pd.DataFrame, column: str, *values: str) -> pd.DataFrame:
    """Return the rows that have one of the values."""
    return table[table[column].isin(values)].reset_index(drop=True)


def _rates() -> Iterator[Case]:
    drawn = "n_articles rate_per_1000 rate_low rate_high"
    by_outlet = some(committed("founding-frames-by-outlet"), "category", "weakness", "failure")
    yield Case(
        name="rate_dots",
        chart=charts.rate_dots,
        tables={"table": by_outlet},
        options={"row": "outlet", "panel": "category"},
        columns={"table": f"outlet category {drawn}"},
    )
    over_time = some(committed("frames-over-time"), "category", "weakness", "strength")
    yield Case(
        name="rate_series",
        chart=charts.rate_series,
        tables={"table": over_time},
        options={"time": "period", "panel": "category"},
        columns={"table": f"period category {drawn}"},
    )
    trends = some(committed("trends", period="month"), "category", "weakness", "cooperation")
    yield Case(
        name="trend_chart-dots",
        chart=charts.trend_chart,
        tables={"table": trends},
        options={"panel": "category"},
        columns={"table": f"category period_middle {drawn}"},
        needed={"table": "period_start"},
    )
    days = pd.date_range("2025-01-14", periods=6, freq="60D")
    smooth = pd.DataFrame({"category": ["weakness"] * 6 + ["cooperation"] * 6, "day": [*days, *days]})
    smooth = smooth.assign(rate_per_1000=[float(n) for n in range(2, 14)], rate_low=1.5, rate_high=14.5)
    smooth.attrs = {"bandwidth_days": 21}
    events = pd.DataFrame({"date": pd.to_datetime(["2025-03-05", "2025-09-01"]), "label": ["talks", "the vote"]})
    yield Case(
        name="trend_chart-line",
        chart=charts.trend_chart,
        tables={"table": trends, "smooth": smooth, "events": events},
        options={"panel": "category"},
        columns={
            "table": "category period_middle rate_per_1000 n_articles",
            "smooth": "category day rate_per_1000 rate_low rate_high",
            "events": "date label",
        },
        needed={"table": "period_start"},
    )


def _comparisons() -> Iterator[Case]:
    yield Case(
        name="share_dots",
        chart=charts.share_dots,
        tables={"table": committed("headline-against-body")},
        options={"row": "outlet", "panel": "status"},
        columns={"table": "outlet status n_frames share share_low share_high"},
        needed={"table": "n_articles"},
        rows={"share": "n_articles > 2", "share_low": "n_articles > 2", "share_high": "n_articles > 2"},
    )
    drawn = "focus reference category difference_per_1000 difference_low difference_high"
    same_event = committed("same-event")
    yield Case(
        name="difference_dots-events",
        chart=charts.difference_dots,
        tables={"table": some(same_event, "focus", *same_event["focus"].unique()[:2])},
        options={"panel": "focus"},
        columns={"table": f"{drawn} n_events"},
    )
    one = some(same_event.drop(columns="n_events"), "focus", same_event["focus"].iloc[0])
    yield Case(
        name="difference_dots-articles",
        chart=charts.difference_dots,
        tables={"table": one.assign(n_articles_focus=12, n_articles_reference=11)},
        columns={"table": f"{drawn} n_articles_focus n_articles_reference"},
    )
    yield Case(
        name="specification_chart",
        chart=charts.specification_chart,
        tables={"table": committed("specification-curve", finding="weakness: Lantern less Courier").iloc[::4]},
        columns={
            "table": "rank lexicon zones voices duplicates overlap weighting difference_per_1000 difference_low difference_high "
            "n_articles_focus n_articles_reference"
        },
    )
    raw = "category outlet n_articles raw_low raw_high"
    yield Case(
        name="standardised_rate_dots",
        chart=charts.standardised_rate_dots,
        tables={"table": committed("standardised-rates", standardised_by="event_id").head(8)},
        columns={
            "table": f"{raw} raw_rate_per_1000 standardised_rate_per_1000 standardised_low standardised_high share_of_words_covered"
        },
    )
    ratios = committed("adjusted-ratios", reference="Continental Wire", adjusted_for="month", errors="robust (HC1)")
    compared = "outlet != 'Continental Wire'"
    measured = "n_articles raw_ratio raw_low raw_high adjusted_ratio adjusted_low adjusted_high".split()
    yield Case(
        name="adjusted_ratio_dots",
        chart=charts.adjusted_ratio_dots,
        tables={"table": ratios.head(8)},
        columns={"table": f"{raw} raw_ratio adjusted_ratio adjusted_low adjusted_high"},
        rows=dict.fromkeys([*measured, "category"], compared),
    )


def _descriptions() -> Iterator[Case]:
    by_month = committed("articles-by-month").head(12)
    yield Case(
        name="count_series",
        chart=charts.count_series,
        tables={"table": by_month.assign(n_articles=range(1, 13))},
        options={"time": "month", "panel": "outlet"},
        columns={"table": "month outlet n_articles"},
    )
    yield Case(
        name="length_dots",
        chart=charts.length_dots,
        tables={"table": committed("article-lengths")},
        columns={"table": "outlet n_articles words_median words_low words_high"},
    )


def _terms() -> Iterator[Case]:
    keyness = committed("keyness-between-outlets", focus="Lantern", reference="Courier", measure="log_likelihood")
    ends = pd.concat([keyness.head(4), keyness.tail(4)])
    ends.attrs = keyness.attrs
    yield Case(
        name="keyness_dots",
        chart=charts.keyness_dots,
        tables={"table": ends.reset_index(drop=True)},
        options={"n_terms": 4},
        columns={"table": "term score n_focus n_reference"},
        needed={"table": "p_corrected"},
        rows={"n_focus": "score > 0", "n_reference": "score < 0"},
    )
    yield Case(
        name="term_dots",
        chart=charts.term_dots,
        tables={"table": committed("terms-by-outlet").query("rank < 4 and outlet < 'The B'").reset_index(drop=True)},
        options={"panel": "outlet"},
        columns={"table": "outlet rank term tfidf n_articles"},
    )


def _patterns() -> Iterator[Case]:
    axes = committed("frame-axes", interval="95% percentile, 2000 resamples of articles")
    chosen = some(axes, "axis", "weak–strong", "weakness–strength", axes.dropna(subset=["bias"])["axis"].unique()[1])
    for measure in ("bias", "intensity"):
        drawn = f"outlet axis negative positive n_articles {measure} {measure}_low {measure}_high"
        yield Case(
            name=f"axes_chart-{measure}",
            chart=charts.axes_chart,
            tables={"table": chosen},
            options={"row": "outlet", "measure": measure},
            columns={"table": drawn + " bias_corpus" * (measure == "bias")},
            rows=dict.fromkeys(("negative", "positive"), "bias.notna()"),
        )
    found = committed("frames-from-elements", interval="95% percentile, 200 resamples of articles")
    marking = found[found["difference"] > 0].groupby("cluster").head(3)
    elements = some(found, "element", *marking["element"])
    clusters = pd.DataFrame({"cluster": sorted(elements["cluster"].unique())})
    clusters = clusters.assign(n_articles=range(20, 20 + len(clusters)), stability=0.625)
    yield Case(
        name="elements_chart",
        chart=charts.elements_chart,
        tables={"elements": elements, "clusters": clusters},
        options={"n_elements": 3},
        columns={"elements": "cluster element share", "clusters": "cluster n_articles stability"},
        needed={"elements": "difference"},
    )
    scores = committed("classifier", interval="precision and recall: 95% Wilson").head(4)
    calibration = pd.DataFrame({"probability": [0.25, 0.5, 0.75], "share_right": [0.2, 0.5, 0.8], "n": [9, 12, 30]})
    calibration["share_right_low"] = calibration["share_right"] - 0.1
    calibration["share_right_high"] = calibration["share_right"] + 0.1
    calibration.attrs = {"interval": "95% Wilson", "brier": 0.2, "brier_constant": 0.24}
    parts = [f"{score}{part}" for score in ("precision", "recall", "f1") for part in ("", "_low", "_high")]
    yield Case(
        name="classifier_chart",
        chart=charts.classifier_chart,
        tables={"scores": scores, "calibration": calibration},
        columns={
            "scores": " ".join(["label", "n", *parts]),
            "calibration": "probability share_right share_right_low share_right_high n",
        },
    )


def _voices_and_targets() -> Iterator[Case]:
    by_voice = committed("frames-by-voice")
    yield Case(
        name="voice_chart",
        chart=charts.voice_chart,
        tables={"table": some(by_voice, "outlet", *by_voice["outlet"].unique()[:2])},
        options={"row": "outlet"},
        columns={"table": "outlet voice n_articles rate_per_1000 rate_low rate_high"},
        needed={"table": "reason"},  # said where a rate is missing; here none is
        rows={"rate_low": "rate_low > 0.5"},  # a hundredth of a smaller one is less than an SVG's third decimal
    )
    diverging = committed("headline-against-body")
    drawn = "n_articles > 2"
    yield Case(
        name="divergence_chart",
        chart=charts.divergence_chart,
        tables={"table": diverging.assign(n=[3, 5, 4] * 4, share=[0.25, 0.41, 0.34] * 4)},
        options={"row": "outlet"},
        columns={"table": "outlet status n_articles n_frames n share share_low share_high"},
        rows={
            "n": drawn,
            "status": drawn,
            "share": drawn,
            **dict.fromkeys(("share_low", "share_high"), f"{drawn} and status == 'supported'"),
        },
    )
    targets = pd.DataFrame({"target": ["Vale", "Holt", "nobody"] * 2, "category": ["weakness"] * 3 + ["strength"] * 3})
    targets = targets.assign(n_hits=[9, 5, 3, 7, 4, 2], rate_per_1000=[0.9, 0.5, 0.3, 0.7, 0.4, 0.2])
    for measure in ("n_hits", "rate_per_1000"):
        yield Case(
            name=f"target_chart-{measure}",
            chart=charts.target_chart,
            tables={"table": targets},
            options={"measure": measure},
            columns={"table": " ".join(dict.fromkeys(["target", "category", "n_hits", measure]))},
        )
    hits = pd.DataFrame({"article_id": ["a1", "a1", "b1", "b1", "b1", "b1"], "category": ["weakness", "strength"] * 3})
    yield Case(
        name="position_chart",
        chart=charts.position_chart,
        tables={"table": hits.assign(zone=["headline", "lead", "standfirst", "body", "lead", "body"], position=0.4)},
        columns={"table": "article_id category zone position"},
        # Lead and body are one line.
        rows={"position": "zone in ['lead', 'body']", "zone": "zone in ['headline', 'standfirst']"},
    )


def _edits() -> Iterator[Case]:
    rates = pd.DataFrame({"outlet": ["North", "North", "South", "South"], "category": ["weakness", "strength"] * 2})
    rates = rates.assign(n_hits_before=[3, 4, 5, 6], n_hits_after=[5, 4, 9, 5])
    rates = rates.assign(rate_per_1000_before=[1.0, 1.5, 2.0, 2.5], rate_per_1000_after=[1.5, 1.5, 3.5, 2.0])
    entries = pd.DataFrame({"category": ["weakness", "strength"], "n_gained": [6, 0], "n_lost": [0, 1]})
    yield Case(
        name="effect_chart",
        chart=charts.effect_chart,
        tables={"rates": rates, "entries": entries},
        columns={
            "rates": "outlet category n_hits_before n_hits_after rate_per_1000_before rate_per_1000_after",
            "entries": "category n_gained n_lost",
        },
    )
    axes = committed("frame-axes", interval="95% percentile, 2000 resamples of articles").dropna(subset=["bias"])
    x, y = axes["axis"].unique()[:2]
    yield Case(
        name="plane_chart",
        chart=charts.plane_chart,
        tables={"table": some(axes, "axis", x, y)},
        options={"x": x, "y": y},
        columns={"table": "outlet axis negative positive n_articles bias bias_low bias_high bias_corpus"},
    )


def _validation() -> Iterator[Case]:
    worst = pd.DataFrame({"entry": ["fail*", "weak", "crisis"], "n_hits": [30, 22, 41], "precision": [0.4, 0.8, 0.93]})
    worst = worst.assign(precision_low=[0.25, 0.6, 0.8], precision_high=[0.58, 0.92, 0.98])
    worst.attrs = {"interval": "95% Wilson", "validated": "small 1.2 by 2 coders, 93 hits"}
    yield Case(
        name="precision_dots",
        chart=charts.precision_dots,
        tables={"table": worst},
        columns={"table": "entry n_hits precision precision_low precision_high"},
    )
    same = {"level": "nominal", "coefficient": "krippendorff_alpha", "population": "sample"}
    pairs = pd.DataFrame({"variable": "frame", "coders": ["A; B", "A; C", "B; C"], "estimate": [0.61, 0.52, 0.87]})
    pairs = pairs.assign(low=[0.4, 0.3, 0.7], high=[0.7, 0.6, 0.95], n_items=[40, 39, 38], **same)
    pairs.attrs = {"interval": "95% percentile, 2000 resamples of articles"}
    drawn = "variable coders level estimate low high n_items"
    yield Case(
        name="agreement_matrix",
        chart=charts.agreement_matrix,
        tables={"table": pairs},
        columns={"table": drawn},
        needed={"table": "coefficient population"},
        # The first row says them for all.
        rows=dict.fromkeys(("variable", "level"), "coders == 'A; B'"),
    )
    blocks = pd.DataFrame(
        {"variable": ["frame"] * 3 + ["tone"] * 3, "block": [1, 2, 3] * 2, "n_items": [10, 10, 9] * 2}
    )
    blocks = blocks.assign(first_place=[1.0, 11.0, 21.0] * 2, last_place=[10.0, 20.0, 29.0] * 2, **same)
    blocks = blocks.assign(estimate=[0.4, 0.5, 0.6, 0.8, 0.7, 0.9], low=[0.2, 0.3, 0.4, 0.6, 0.5, 0.8])
    blocks = blocks.assign(high=[0.6, 0.7, 0.8, 0.9, 0.85, 0.97])
    blocks.attrs = {"interval": "95% percentile, 2000 resamples of articles"}
    yield Case(
        name="drift_chart",
        chart=charts.drift_chart,
        tables={"table": blocks},
        columns={"table": "variable block first_place estimate low high n_items"},
        needed={"table": "coefficient population"},
        # The panels have common places, those of the first variable.
        rows={"n_items": "block == 3", "first_place": "variable == 'frame'"},
    )
    rates = pd.DataFrame(
        {"outlet": ["North", "South"] * 2, "category": ["weakness", "weakness", "strength", "strength"]}
    )
    rates = rates.assign(n_articles=[12, 9] * 2, n_coded=[60, 50, 60, 51], rate_per_1000=[2.0, 3.0, 1.0, 0.8])
    for name, factor in (("rate", 1.0), ("corrected", 0.7)):
        rates = rates.assign(**{f"{name}_low": 0.8 * factor * rates["rate_per_1000"]})
        rates = rates.assign(**{f"{name}_high": 1.2 * factor * rates["rate_per_1000"]})
    rates = rates.assign(corrected_rate_per_1000=0.7 * rates["rate_per_1000"])
    rates.attrs = {"interval": "95% t, articles", "validated": "small 1.2 by 2 coders, 93 hits"}
    yield Case(
        name="corrected_rate_dots",
        chart=charts.corrected_rate_dots,
        tables={"table": rates},
        columns={
            "table": "outlet category n_articles rate_per_1000 rate_low rate_high corrected_rate_per_1000 corrected_low corrected_high n_coded"
        },
        rows={"n_coded": "outlet == 'South'"},
    )


CASES = [
    *_validation(),
    *_rates(),
    *_voices_and_targets(),
    *_edits(),
    *_comparisons(),
    *_descriptions(),
    *_terms(),
    *_patterns(),
]


def bars_of(axes: Axes) -> list[LineCollection]:
    """Return the bars of intervals of a panel, without the marks at their ends."""
    return [lines for lines in axes.collections if isinstance(lines, LineCollection)]
