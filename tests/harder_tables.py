"""Every chart with tables that are hard to print: long names, many groups, large numbers, one article."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis import charts

_NAN = float("nan")


@dataclass(frozen=True)
class Size:
    """How hard a table is: its groups, how many articles stand behind each, and how large its numbers are."""

    outlets: tuple[str, ...]
    categories: tuple[str, ...]
    n: int
    scale: float

    @property
    def has_interval(self) -> bool:
        return self.n > 1

    def rows(self, **columns: tuple[object, ...]) -> pd.DataFrame:
        """Return a row for every combination of the values."""
        table = pd.DataFrame(list(product(*columns.values())), columns=list(columns))
        return table.assign(n_articles=self.n, n_hits=3 * self.n, reason="" if self.has_interval else "one article")

    def with_estimate(
        self, table: pd.DataFrame, value: str, *, prefix: str, most: float, seed: int = 1
    ) -> pd.DataFrame:
        """Return the table with an estimate from 0 to `most` in each row, and an interval round it where there are articles enough."""
        values = np.random.default_rng(seed).uniform(0, 1, len(table)) * most
        around = 0.4 * np.abs(values) if self.has_interval else _NAN
        return table.assign(**{value: values, f"{prefix}_low": values - around, f"{prefix}_high": values + around})

    def rates(self, **columns: tuple[object, ...]) -> pd.DataFrame:
        return self.with_estimate(self.rows(**columns), "rate_per_1000", prefix="rate", most=self.scale)

    def by_outlet(self) -> pd.DataFrame:
        return self.rates(outlet=self.outlets, category=self.categories)


_LONG_OUTLETS = tuple(
    f"The {town} and Merrowdale Evening Chronicle"
    for town in "Aldwick Barrow Carrow Dunmere Esk Farne Gale Hurst Ivel Jarrow Kestrel Lune".split()
)
_LONG_CATEGORIES = tuple(
    f"{word}_of_the_decision" for word in "economic_consequences responsibility human_interest weakness strength morality conflict threat".split()
)  # fmt: skip
SIZES = {
    "crowded": Size(_LONG_OUTLETS, _LONG_CATEGORIES, 1_234_567, 876.0),
    "one": Size(("North",), ("threat",), 1, 4.0),
}


def _shares(size: Size) -> pd.DataFrame:
    table = size.rows(outlet=size.outlets, status=("supported", "only quoted", "unsupported"))
    share = np.tile([0.2, 0.03, 0.77], len(size.outlets))
    around = 0.05 if size.has_interval else _NAN
    table = table.assign(n_frames=size.n, n=(size.n * share).astype(int), share=share)
    return table.assign(share_low=share - around, share_high=share + around)


def _pairs(size: Size, name: str, value: str, *, most: float) -> pd.DataFrame:
    table = size.rows(outlet=(*size.outlets, "the reference"), category=size.categories)
    for seed, prefix in enumerate(("raw", name)):
        table = size.with_estimate(table, f"{prefix}_{value}", prefix=prefix, most=most, seed=seed)
    table.attrs = {
        "reference": "the reference",
        "standardised_by": "event_id",
        "adjusted_for": "month (12 values), length (number)",
    }
    return table.assign(share_of_words_covered=0.97)


def _differences(size: Size) -> pd.DataFrame:
    table = size.rows(focus=size.outlets, category=size.categories)
    table = size.with_estimate(table, "difference_per_1000", prefix="difference", most=size.scale)
    return table.assign(reference=size.outlets[-1], n_events=size.n)


def _periods(size: Size) -> pd.DataFrame:
    starts = tuple(pd.date_range("2019-01-01", periods=24 if size.has_interval else 1, freq="QS"))
    table = size.rates(category=size.categories, period_start=starts).assign(n_articles=max(size.n, 5))
    middles = table["period_start"] + pd.Timedelta(days=45)
    return table.assign(period_middle=middles, period=table["period_start"].dt.to_period("M").astype(str))


def _trend(size: Size) -> Figure:
    table = _periods(size)
    events = pd.DataFrame(
        {
            "date": table["period_middle"].drop_duplicates().iloc[:3],
            "label": "the vote on the pact, and what came of it",
        }
    )
    return charts.trend_chart(table, panel="category", events=events)


def _terms(size: Size) -> Figure:
    texts = [f"{name.lower()} {place}" for place, name in enumerate(size.outlets)]
    table = size.rows(outlet=size.outlets, term=tuple(texts)).assign(rank=0)
    table["rank"] = table.groupby("outlet").cumcount() + 1
    return charts.term_dots(table.assign(tfidf=size.scale / table["rank"]), panel="outlet")


def _keyness(size: Size) -> Figure:
    terms = [f"{name.lower()} {place}" for place, name in enumerate(size.categories)]
    scores = size.scale * np.linspace(1, -1, 2 * len(terms))
    table = pd.DataFrame(
        {"term": terms * 2, "score": scores, "n_focus": size.n, "n_reference": size.n, "p_corrected": 0.2}
    )
    table.attrs = {
        "focus": f"outlet: {size.outlets[0]}",
        "reference": f"outlet: {size.outlets[-1]}",
        "measure": "log_likelihood",
    }
    return charts.keyness_dots(table)


def _axes(size: Size) -> pd.DataFrame:
    names = tuple(f"{word}–not {word}" for word in size.categories)
    table = size.rows(axis=names, outlet=size.outlets)
    table = size.with_estimate(table, "bias", prefix="bias", most=-0.08)
    words = table["axis"].str.split("–")
    table.attrs = {"interval": "95% percentile, 2000 resamples of articles, seed 1"}
    return table.assign(negative=words.str[0].astype("str"), positive=words.str[1].astype("str"), bias_corpus=-0.03)


def _plane(size: Size) -> Figure:
    one, *others = _axes(size)["axis"].drop_duplicates()
    # Twelve names of forty letters find no room in a plane; six do.
    table = _axes(size)
    return charts.plane_chart(table[table["outlet"].isin(size.outlets[:6])], x=one, y=others[0] if others else one)


def _elements(size: Size) -> Figure:
    elements = size.rows(cluster=(1, 2, 3), element=size.categories).assign(difference=0.2)
    elements["share"] = np.linspace(0, 1, len(elements))
    elements.attrs = {"interval": "95%, 100 resamples of articles"}
    return charts.elements_chart(
        elements, pd.DataFrame({"cluster": [1, 2, 3], "n_articles": size.n, "stability": 0.87})
    )


def _classifier(size: Size) -> Figure:
    scores = pd.DataFrame({"label": size.categories, "n": size.n})
    for seed, name in enumerate(("precision", "recall", "f1")):
        scores = size.with_estimate(scores, name, prefix=name, most=0.7, seed=seed)
    scores.attrs = {"interval": "95%, precision and recall Wilson, F1 percentile of 1000 resamples of texts, seed 1"}
    calibration = pd.DataFrame(
        {"probability": [0.15, 0.2, 0.25, 0.9], "share_right": [0.3, 0.31, 0.32, 1.0], "n": size.n}
    )
    calibration = calibration.assign(
        share_right_low=calibration["share_right"] - 0.1, share_right_high=calibration["share_right"].clip(upper=1)
    )
    calibration.attrs = {"interval": "95% Wilson", "brier": 0.2, "brier_constant": 0.24}
    return charts.classifier_chart(scores, calibration)


def _specifications(size: Size) -> Figure:
    choices: dict[str, Any] = {
        "lexicon": size.outlets,
        "zones": ("all zones", "lead and body"),
        "voices": ("all voices", "narrator only"),
    }
    table = size.with_estimate(size.rows(**choices), "difference_per_1000", prefix="difference", most=size.scale)
    table = table.sort_values("difference_per_1000").assign(duplicates="kept", overlap="every_entry", weighting="words")
    table = table.assign(rank=range(1, len(table) + 1), n_articles_focus=size.n, n_articles_reference=size.n)
    table.attrs = {"finding": f"{size.categories[0]}: {size.outlets[0]} less {size.outlets[-1]}"}
    return charts.specification_chart(table)


def _targets(size: Size) -> Figure:
    targets = tuple(f"Minister {name}" for name in size.outlets)
    return charts.target_chart(size.rates(target=(*targets, "nobody"), category=size.categories), n_targets=10)


def _positions(size: Size) -> Figure:
    n_each = 400 if size.n > 1 else 1
    table = size.rows(category=size.categories, article_id=tuple(f"a{place}" for place in range(n_each)))
    zones = np.resize(["headline", "standfirst", "lead", "body"], len(table)) if n_each > 1 else "body"
    return charts.position_chart(table.assign(zone=zones, position=np.linspace(0, 1, len(table))))


def _effect(size: Size) -> Figure:
    rates = size.rows(outlet=size.outlets, category=size.categories)
    for seed, side in enumerate(("before", "after")):
        rates = size.with_estimate(rates, f"rate_per_1000_{side}", prefix="rate", most=size.scale, seed=seed)
        rates[f"n_hits_{side}"] = size.n + seed
    rates = rates[["outlet", *rates.columns.drop("outlet")]]
    return charts.effect_chart(rates, pd.DataFrame({"category": size.categories, "n_gained": size.n, "n_lost": 2}))


def _months(size: Size) -> Figure:
    months = tuple(pd.period_range("2019-01", periods=60 if size.n > 1 else 1, freq="M").astype(str))
    return charts.count_series(size.rows(month=months, outlet=size.outlets), time="month", panel="outlet")


def _lengths(size: Size) -> Figure:
    table = size.with_estimate(size.rows(outlet=size.outlets), "words_median", prefix="words", most=100 * size.scale)
    return charts.length_dots(table)


def _precision(size: Size) -> Figure:
    table = size.with_estimate(size.rows(entry=size.outlets), "precision", prefix="precision", most=0.7)
    return charts.precision_dots(table.assign(n_hits=size.n))


def _coders(size: Size) -> Figure:
    pairs = list(combinations(size.outlets, 2)) or [("North", "South")]
    table = pd.DataFrame(
        {"coders": ["; ".join(pair) for pair in pairs], "variable": size.categories[0], "n_items": size.n}
    )
    table = table.assign(level="nominal", coefficient="krippendorff_alpha", population="sample", low=_NAN, high=_NAN)
    return charts.agreement_matrix(table.assign(estimate=np.linspace(-0.2, 1, len(pairs))))


def _drift(size: Size) -> Figure:
    table = size.rows(variable=size.categories, block=tuple(range(1, 7 if size.has_interval else 2)))
    table = size.with_estimate(table, "estimate", prefix="end", most=0.7)
    table = table.rename(columns={"end_low": "low", "end_high": "high"})
    table = table.assign(first_place=200.0 * table["block"], last_place=200.0 * table["block"] + 199, n_items=size.n)
    return charts.drift_chart(table.assign(coefficient="krippendorff_alpha", population="sample"))


def _corrected(size: Size) -> Figure:
    table = size.with_estimate(
        size.by_outlet(), "corrected_rate_per_1000", prefix="corrected", most=0.8 * size.scale, seed=2
    )
    return charts.corrected_rate_dots(table.assign(n_coded=size.n))


DRAWN: dict[str, Callable[[Size], Figure]] = {
    "rate_dots": lambda size: charts.rate_dots(size.by_outlet(), row="outlet", panel="category"),
    "rate_series": lambda size: charts.rate_series(_periods(size), time="period", panel="category"),
    "trend_chart": _trend,
    "voice_chart": lambda size: charts.voice_chart(
        size.rates(outlet=size.outlets, voice=("narrator", "direct", "indirect", "scare")), row="outlet"
    ),
    "share_dots": lambda size: charts.share_dots(_shares(size), row="outlet", panel="status"),
    "divergence_chart": lambda size: charts.divergence_chart(_shares(size), row="outlet"),
    "difference_dots": lambda size: charts.difference_dots(_differences(size), panel="focus"),
    "difference_dots-one-panel": lambda size: charts.difference_dots(
        _differences(size).query("focus == @size.outlets[0]")
    ),
    "standardised_rate_dots": lambda size: charts.standardised_rate_dots(
        _pairs(size, "standardised", "rate_per_1000", most=size.scale)
    ),
    "adjusted_ratio_dots": lambda size: charts.adjusted_ratio_dots(_pairs(size, "adjusted", "ratio", most=40.0)),
    "count_series": _months,
    "length_dots": _lengths,
    "keyness_dots": _keyness,
    "term_dots": _terms,
    "axes_chart": lambda size: charts.axes_chart(_axes(size), row="outlet"),
    "plane_chart": _plane,
    "elements_chart": _elements,
    "classifier_chart": _classifier,
    "specification_chart": _specifications,
    "target_chart": _targets,
    "position_chart": _positions,
    "effect_chart": _effect,
    "precision_dots": _precision,
    "agreement_matrix": _coders,
    "drift_chart": _drift,
    "corrected_rate_dots": _corrected,
}


def _all() -> Iterator[tuple[str, Callable[[], Figure]]]:
    for (name, draw), (size_name, size) in product(DRAWN.items(), SIZES.items()):
        yield f"{name}-{size_name}", lambda draw=draw, size=size: draw(size)


HARDER = dict(_all())
