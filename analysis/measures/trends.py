"""Rates over time: by day, week or month with gaps as gaps, smoothed by a stated bandwidth, beside marked events."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.ndimage import gaussian_filter1d

from analysis.core.errors import CorpusError, SchemaError
from analysis.core.origin import with_origin
from analysis.counting.by import refuse_ambiguous
from analysis.counting.by_article import hits_in_articles
from analysis.counting.resampling import Resampling, interval_name, percentile_interval, ratio, resampled_sums
from analysis.hits.find import hits_of_one_lexicon
from analysis.measures.rates import rates
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]
Period = Literal["day", "week", "month"]

_FREQUENCY = {"day": "D", "week": "W-SUN", "month": "M"}
_REACH = 4.0  # bandwidths; a Gaussian beyond them weighs less than 0.0004 of its centre


def trends(
    hits: pd.DataFrame,
    tokens: Tokens,
    *,
    period: Period = "month",
    by: Sequence[str] = ("category",),
    min_articles: int = 1,
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return the rates of each period, from the first to the last of the corpus.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that the hits were found in.
    period : {"day", "week", "month"}
        Weeks begin on Monday.
    by : sequence of str
        Further columns to group by, as for `analysis.rates`.
    min_articles, resampling
        As for `analysis.rates`.

    Returns
    -------
    pandas.DataFrame
        The columns of `analysis.rates` with ``period_start`` (the first day) and ``period_middle`` after `by`. A period without
        an article has a row too, with counts of 0 and NaN rates. ``attrs`` names the period and how many articles have no
        date, which are left out.

    Raises
    ------
    SchemaError
        When `period` is not one of the three, no article has a date, or `analysis.rates` refuses.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"date": ["2025-01-10", "2025-03-04"], "body": ["Hurd is weak.", "Hurd stays on."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> hits = fa.find_hits(tokens, fa.lexicon_from_mapping({"weakness": ["weak"]}))
    >>> fa.trends(hits, tokens)[["period_start", "n_articles", "n_hits", "rate_per_1000"]]
      period_start  n_articles  n_hits  rate_per_1000
    0   2025-01-01           1       1     333.333333
    1   2025-02-01           0       0            NaN
    2   2025-03-01           1       0       0.000000
    """
    if period not in get_args(Period):
        raise SchemaError(f"trends: period {period!r} is not known; choose one of {', '.join(get_args(Period))}")
    _check_dates(tokens)
    if "period_start" in tokens.articles.columns:
        raise SchemaError(
            "trends: ARTICLES have a column 'period_start', the name of a column of the result; give it another name"
        )
    starts = tokens.articles["date"].dt.to_period(_FREQUENCY[period]).dt.start_time
    dated = replace(tokens, articles=tokens.articles.assign(period_start=starts))
    found = rates(hits, dated, by=[*by, "period_start"], min_articles=min_articles, resampling=resampling)
    every = pd.period_range(starts.min(), starts.max(), freq=_FREQUENCY[period])
    scale = pd.DataFrame(
        {"period_start": every.start_time, "period_middle": every.start_time + (every.end_time - every.start_time) // 2}
    )
    table = found[[*by]].drop_duplicates().merge(scale, how="cross") if len(by) else scale
    table = table.merge(found, on=[*by, "period_start"], how="left")
    table["reason"] = table["reason"].astype("str").fillna("no article")
    counts = [name for name in map(str, table.columns) if name.startswith("n_")]
    table[counts] = table[counts].fillna(0).astype(np.int64)
    table["period_middle"] = table["period_middle"].dt.floor("D")
    return with_origin(table, found, period=period, n_undated=int(tokens.articles["date"].isna().sum()))


def smooth_trend(
    hits: pd.DataFrame,
    tokens: Tokens,
    *,
    bandwidth_days: float = 14,
    by: Sequence[str] = ("category",),
    n_draws: int = 1_000,
    seed: int = 1,
) -> pd.DataFrame:
    """Return the rate on each day, from the articles of the days around it.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that the hits were found in.
    bandwidth_days : float
        Standard deviation of the Gaussian kernel: two thirds of the weight lie within it. A wider one shows less detail and has
        narrower bands.
    by : sequence of str
        Columns of ARTICLES (``outlet``) and of HITS (``category``, ``target``, ``voice`` …) to group by. Words are always all words of
        the articles.
    n_draws : int
        Resamples of articles for the bands, at least 100.
    seed : int
        Seed of the resampling.

    Returns
    -------
    pandas.DataFrame
        One row a group and day, from the first day of the corpus to the last: `by`, ``day``, ``n_articles`` (within one bandwidth of
        the day), ``rate_per_1000``, ``rate_low`` and ``rate_high`` (pointwise 95% percentile interval from resampling the group's
        articles). A day with no words within one bandwidth is a gap: NaN. ``attrs`` names the bandwidth.

    Raises
    ------
    SchemaError
        When a column is missing or could mean two things, no article has a date, the bandwidth is not above 0, or `n_draws` is below 100.

    Notes
    -----
    The Nadaraya-Watson estimator with weights by words: with h(i) hits and n(i) words on day i, and bandwidth b,

        rate(t) = 1000 · Σ K((t - i) / b) h(i) / Σ K((t - i) / b) n(i),  K(u) = exp(-u² / 2) for |u| up to 4.

    References
    ----------
    Wand, M. P., & Jones, M. C. (1995). Kernel smoothing, ch. 5.
    """
    if not 0 < bandwidth_days < np.inf:
        raise SchemaError(f"smooth_trend: bandwidth_days={bandwidth_days}; give a number of days above 0, such as 14")
    _check_dates(tokens)
    refuse_ambiguous("smooth_trend", by, tokens)
    hit_columns, article_columns = _split(hits_of_one_lexicon(hits, tokens), tokens, by)
    days = (tokens.articles["date"] - tokens.articles["date"].min()).dt.days
    scale = pd.date_range(tokens.articles["date"].min(), tokens.articles["date"].max())
    words = tokens.tokens_per_article.to_numpy()
    kinds = list(_kinds(hits, hit_columns))
    parts = []
    for group, rows in _cells(tokens, article_columns):
        day = days.to_numpy()[rows].astype(np.int64)
        smoothed = _Smoothed(day, len(scale), bandwidth_days, words[rows], (n_draws, seed))
        for kind, n_hits in kinds:
            part = smoothed.table(hits_in_articles(n_hits, tokens)[rows])
            part.insert(0, "day", scale)
            values = {**dict(zip(article_columns, group, strict=True)), **kind}
            for place, name in enumerate(by):
                part.insert(place, name, values[name])
            parts.append(part)
    return with_origin(
        pd.concat(parts, ignore_index=True),
        hits,
        tokens,
        smoothing=f"Gaussian kernel, bandwidth {bandwidth_days:g} days, weighted by words",
        bandwidth_days=bandwidth_days,
        interval=interval_name(n_draws, seed),
        n_undated=int(tokens.articles["date"].isna().sum()),
    )


class _Smoothed:
    """The articles of one group on the scale of days; the words are smoothed once for all kinds of hits."""

    def __init__(self, day: Array, n_days: int, bandwidth: float, words: Array, draws: tuple[int, int]) -> None:
        self.day, self.n_days, self.bandwidth, self.draws = day, n_days, bandwidth, draws
        self.n_articles = self._within(np.ones(len(day)))
        self.is_gap = self._within(words) == 0
        self.words, self.words_drawn = self._both(words)

    def table(self, n_hits: Array) -> pd.DataFrame:
        """Return the rate of each day, NaN in gaps."""
        found, found_drawn = self._both(n_hits)
        bounds = percentile_interval(1000 * ratio(found_drawn, self.words_drawn))
        rate = 1000 * ratio(found, self.words)
        columns = {"rate_per_1000": rate, "rate_low": bounds[0], "rate_high": bounds[1]}
        columns = {name: np.where(self.is_gap, np.nan, column) for name, column in columns.items()}
        return pd.DataFrame({"n_articles": self.n_articles.astype(np.int64), **columns})

    def _both(self, values: Array) -> tuple[Array, Array]:
        """Return the smoothed sums of each day: of the articles, and of each resample of them."""
        shape = (len(self.day), self.n_days)
        by_day = sparse.csr_array((values.astype(np.float64), (np.arange(len(self.day)), self.day)), shape=shape)
        sums = np.bincount(self.day, weights=values, minlength=self.n_days)
        n_draws, seed = self.draws
        return self._smooth(sums), self._smooth(resampled_sums(by_day, n_draws=n_draws, seed=seed))

    def _smooth(self, sums: Array) -> Array:
        smoothed: Array = gaussian_filter1d(sums, self.bandwidth, mode="constant", truncate=_REACH)
        return smoothed

    def _within(self, values: Array) -> Array:
        """Return the sum of `values` over the days at most one bandwidth away."""
        reach = int(self.bandwidth)
        total = np.append(0, np.cumsum(np.bincount(self.day, weights=values, minlength=self.n_days)))
        day = np.arange(self.n_days)
        sums: Array = total[np.minimum(day + reach + 1, self.n_days)] - total[np.maximum(day - reach, 0)]
        return sums


def _check_dates(tokens: Tokens) -> None:
    if tokens.articles["date"].isna().all():
        raise SchemaError("trends: no article has a date; give the column 'date' when the corpus is read")


def _split(hits: pd.DataFrame, tokens: Tokens, by: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the columns of `by` that are of HITS, and those of ARTICLES."""
    articles = [name for name in by if name in tokens.articles.columns]
    of_hits = [name for name in by if name not in articles and name in hits.columns]
    unknown = [name for name in by if name not in (*articles, *of_hits)]
    if unknown or "zone" in by:
        known = ", ".join(map(repr, [*tokens.articles.columns, "category", "entry", "voice", "speaker", "target"]))
        raise SchemaError(f"smooth_trend: cannot group by {(unknown or ['zone'])[0]!r}; known are {known}")
    return of_hits, articles


def _cells(tokens: Tokens, columns: list[str]) -> Iterator[tuple[tuple[Any, ...], Array]]:
    """Yield each group of articles that have a date, and their rows in the order of their ids."""
    dated = tokens.articles.reset_index(drop=True).iloc[tokens.rows_by_id].dropna(subset=["date"])
    if not columns:
        yield (), dated.index.to_numpy()
        return
    for group, cell in dated.groupby(columns, observed=True):
        yield group, cell.index.to_numpy()


def _kinds(hits: pd.DataFrame, columns: list[str]) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    """Yield each combination of values and its hits; a category without a hit is one too."""
    for values in product(*(_values(hits[name]) for name in columns)):
        chosen = np.ones(len(hits), np.bool_)
        for name, value in zip(columns, values, strict=True):
            chosen &= (hits[name] == value).fillna(False).to_numpy(np.bool_)
        yield dict(zip(columns, values, strict=True)), hits[chosen]


def _values(column: pd.Series) -> list[Any]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return [name for name in column.cat.categories if name != ""]
    return sorted(name for name in column.dropna().unique() if name != "")


def read_events(path: str | Path) -> pd.DataFrame:
    """Return events to mark in a chart, from a CSV file with the columns ``date`` (2025-03-14) and ``label``.

    Returns
    -------
    pandas.DataFrame
        ``date`` (day) and ``label``, by date.

    Raises
    ------
    CorpusError
        When the file cannot be read, its first line is not ``date,label``, or a line has no such day or no label.
    """
    path = Path(path)
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"{path}: cannot be read ({error}); give a CSV file in UTF-8") from error
    if not rows or rows[0] != ["date", "label"]:
        raise CorpusError(
            f"{path}, line 1: found {','.join(rows[0]) if rows else ''!r}; the first line must be 'date,label'"
        )
    events = [_event(path, line, row) for line, row in enumerate(rows[1:], start=2) if row]
    table = pd.DataFrame({"date": pd.to_datetime([day for day, _ in events]), "label": [label for _, label in events]})
    return table.sort_values("date", kind="stable", ignore_index=True)


def _event(path: Path, line: int, row: list[str]) -> tuple[date, str]:
    if len(row) != 2 or not row[1].strip():
        raise CorpusError(
            f"{path}, line {line}: found {','.join(row)!r}; write '2025-03-14,Summit ends early', "
            f"with quotation marks round a label that holds a comma"
        )
    try:
        return date.fromisoformat(row[0].strip()), row[1].strip()
    except ValueError as error:
        raise CorpusError(f"{path}, line {line}: {row[0]!r} is no day; write it like 2025-03-14") from error
