"""Rates over time: by day, week, month or quarter with gaps as gaps, smoothed by a stated bandwidth, beside marked events."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.ndimage import gaussian_filter1d

from analysis.core.errors import CorpusError, SchemaError
from analysis.core.near import did_you_mean
from analysis.core.origin import with_origin
from analysis.counting.by import (
    HIT_COLUMNS,
    article_names,
    cluster_codes,
    every_name,
    kinds_of_hits,
    no_value,
    numbered_articles,
    resolve,
)
from analysis.counting.by_article import counts_by_article
from analysis.counting.ratios import FEWEST_ARTICLES
from analysis.counting.resampling import (
    Resampled,
    Resampling,
    interval,
    ratio,
    resampled,
    summed_by,
    takes_old_draws,
)
from analysis.hits.find import hits_of_one_lexicon
from analysis.measures.rates import rates
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]
Period = Literal["day", "week", "month", "quarter"]

_FREQUENCY = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q-DEC"}
_SMOOTHED = ["n_articles", "rate_per_1000", "rate_low", "rate_high"]
_REACH = 4.0  # bandwidths; a Gaussian beyond them weighs less than 0.0004 of its centre


def trends(
    hits: pd.DataFrame,
    tokens: TokensLike,
    *,
    period: Period = "month",
    by: str | Sequence[str] = "category",
    min_articles: int = FEWEST_ARTICLES,
    resampling: Resampling | None = None,
    correction: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the rates of each period, from the first to the last of the corpus.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that the hits were found in.
    period : {"day", "week", "month", "quarter"}
        Weeks begin on Monday.
    by : str or sequence of str
        Further names to group by, as for `analysis.rates`.
    min_articles, resampling, correction
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
        When `period` is not one of these, no article has a date, or `analysis.rates` refuses.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"date": ["2025-01-10", "2025-03-04"], "body": ["Hurd is weak.", "Hurd stays on."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}))
    >>> fa.trends(hits, tokens)[["period_start", "n_articles", "n_hits", "rate_per_1000"]]
      period_start  n_articles  n_hits  rate_per_1000
    0   2025-01-01           1       1     333.333333
    1   2025-02-01           0       0            NaN
    2   2025-03-01           1       0       0.000000
    """
    tokens = tokens_of("trends(hits, tokens)", tokens)
    if period not in get_args(Period):
        raise SchemaError(
            f"trends: period {period!r} is not known; choose one of {', '.join(get_args(Period))}{did_you_mean(period, get_args(Period))}"
        )
    by = resolve("trends", by, every_name(tokens), tokens=tokens)
    _check_dates(tokens)
    if "period_start" in tokens.articles.columns:
        raise SchemaError(
            "trends: ARTICLES have a column 'period_start', the name of a column of the result; give it another name"
        )
    starts = tokens.articles["date"].dt.to_period(_FREQUENCY[period]).dt.start_time
    dated = tokens.with_articles(tokens.articles.assign(period_start=starts))
    found = rates(
        hits, dated, by=[*by, "period_start"], min_articles=min_articles, resampling=resampling, correction=correction
    )
    every = pd.period_range(starts.min(), starts.max(), freq=_FREQUENCY[period])
    scale = pd.DataFrame(
        {"period_start": every.start_time, "period_middle": every.start_time + (every.end_time - every.start_time) // 2}
    )
    table = found[[*by]].drop_duplicates().merge(scale, how="cross") if by else scale
    table = table.merge(found, on=[*by, "period_start"], how="left")
    reasons = [name for name in ("reason", "corrected_reason") if name in table]
    table[reasons] = table[reasons].astype("str").fillna("no article")
    counts = [name for name in map(str, table.columns) if name.startswith("n_")]
    table[counts] = table[counts].fillna(0).astype(np.int64)
    table["period_middle"] = table["period_middle"].dt.floor("D")
    return with_origin(table, found, period=period, n_undated=int(tokens.articles["date"].isna().sum()))


@takes_old_draws(n_draws=1_000)
def smooth_trend(
    hits: pd.DataFrame,
    tokens: TokensLike,
    *,
    bandwidth_days: float = 14,
    by: str | Sequence[str] = "category",
    resampling: Resampling | None = None,
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
    by : str or sequence of str
        A name or several, as for `analysis.rates` but for ``zone`` and ``day``. Words are always all words of the articles.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the bands; by default 1,000 draws.

    Returns
    -------
    pandas.DataFrame
        One row a group and day, from the first day of the corpus to the last: `by`, ``day``, ``n_articles`` (within one bandwidth of
        the day), ``rate_per_1000``, ``rate_low`` and ``rate_high`` (pointwise 95% interval from resampling the group's
        articles). A day with no words within one bandwidth is a gap: NaN. ``attrs`` names the bandwidth.

    Raises
    ------
    SchemaError
        When a column is missing or could mean two things, no article has a date, or the bandwidth is not above 0.

    Notes
    -----
    The Nadaraya-Watson estimator with weights by words: with h(i) hits and n(i) words on day i, and bandwidth b,

        rate(t) = 1000 · Σ K((t - i) / b) h(i) / Σ K((t - i) / b) n(i),  K(u) = exp(-u² / 2) for |u| up to 4.

    References
    ----------
    Wand, M. P., & Jones, M. C. (1995). Kernel smoothing, ch. 5.
    """
    tokens = tokens_of("smooth_trend(hits, tokens)", tokens)
    if not 0 < bandwidth_days < np.inf:
        raise SchemaError(f"smooth_trend: bandwidth_days={bandwidth_days}; give a number of days above 0, such as 14")
    known = [
        name for name in (*article_names(tokens), *HIT_COLUMNS) if name != "day"
    ]  # which is a column of the result
    by = resolve("smooth_trend", by, known, tokens=tokens)
    _check_dates(tokens)
    hits_of_one_lexicon(hits, tokens)
    resampling = resampling or Resampling(n_draws=1_000)
    clusters = cluster_codes(tokens, resampling.cluster)
    days = (tokens.articles["date"] - tokens.articles["date"].min()).dt.days
    scale = pd.date_range(tokens.articles["date"].min(), tokens.articles["date"].max())
    words = tokens.tokens_per_article.to_numpy()
    kinds = _kinds(hits, tokens, [name for name in by if name in HIT_COLUMNS])
    parts = []
    for group, rows in _cells(tokens, [name for name in by if name not in HIT_COLUMNS]):
        day = days.to_numpy()[rows].astype(np.int64)
        smoothed = _Smoothed(_Days(day, len(scale), bandwidth_days, clusters[rows]), words[rows], resampling)
        for kind, n_hits in kinds:
            values = group | kind
            parts.append(smoothed.table(n_hits[rows]).assign(day=scale, **values)[[*by, "day", *_SMOOTHED]])
    return with_origin(
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*by, "day", *_SMOOTHED]),
        hits,
        tokens,
        smoothing=f"Gaussian kernel, bandwidth {bandwidth_days:g} days, weighted by words",
        bandwidth_days=bandwidth_days,
        interval=str(resampling),
        n_undated=int(tokens.articles["date"].isna().sum()),
    )


@dataclass(frozen=True, eq=False)
class _Days:
    """The scale of days, the bandwidth, and of each article of a group its day and its cluster."""

    day: Array
    n_days: int
    bandwidth: float
    cluster: Array

    def smooth(self, sums: Array) -> Array:
        """Return the sums of days smoothed, row by row."""
        smoothed: Array = gaussian_filter1d(sums, self.bandwidth, mode="constant", truncate=_REACH)
        return smoothed

    def resampled(self, values: Array, resampling: Resampling) -> Resampled:
        """Return the sums by day of the values of articles, from resampled clusters."""
        shape = (len(self.day), self.n_days)
        by_day = sparse.csr_array((values.astype(np.float64), (np.arange(len(self.day)), self.day)), shape=shape)
        return resampled(summed_by(by_day, self.cluster), resampling)


class _Smoothed:
    """The articles of one group on the scale of days; the words are smoothed once for all kinds of hits."""

    def __init__(self, days: _Days, words: Array, resampling: Resampling) -> None:
        self.days, self.resampling = days, resampling
        self.n_articles = self._within(np.ones(len(words)))
        self.is_gap = self._within(words) == 0
        self.words = self._smoothed(words)

    def table(self, n_hits: Array) -> pd.DataFrame:
        """Return the rate of each day, NaN in gaps."""
        hits = self._smoothed(n_hits)
        bounds = interval(_rate, hits, self.words)
        columns = {
            "rate_per_1000": _rate(hits.total, self.words.total)[0], "rate_low": bounds[0], "rate_high": bounds[1],
        }  # fmt: skip
        columns = {name: np.where(self.is_gap, np.nan, column) for name, column in columns.items()}
        return pd.DataFrame({"n_articles": self.n_articles.astype(np.int64), **columns})

    def _smoothed(self, values: Array) -> Resampled:
        """Return the smoothed sums of each day: of the articles, of each resample of them, and without each."""
        sums = self.days.resampled(values, self.resampling)
        left_out = None if sums.left_out is None else self.days.smooth(sums.left_out)
        return Resampled(self.days.smooth(sums.total), self.days.smooth(sums.drawn), left_out)

    def _within(self, values: Array) -> Array:
        """Return the sum of `values` over the days at most one bandwidth away."""
        days = self.days
        reach = int(days.bandwidth)
        total = np.append(0, np.cumsum(np.bincount(days.day, weights=values, minlength=days.n_days)))
        day = np.arange(days.n_days)
        sums: Array = total[np.minimum(day + reach + 1, days.n_days)] - total[np.maximum(day - reach, 0)]
        return sums


def _rate(hits: Array, words: Array) -> Array:
    return 1000 * ratio(hits, words)


def _check_dates(tokens: Tokens) -> None:
    if tokens.articles["date"].isna().all():
        raise SchemaError(no_value("trends", "date"))


def _cells(tokens: Tokens, names: list[str]) -> Iterator[tuple[dict[str, Any], Array]]:
    """Yield the values of each group of articles that have a date, and their rows in the order of their ids."""
    groups, values = numbered_articles(tokens, names)
    dated = tokens.rows_by_id[tokens.articles["date"].notna().to_numpy()[tokens.rows_by_id]]
    for number, group in enumerate(values.to_dict("records")):
        rows = dated[groups[dated] == number]
        if len(rows):
            yield {str(name): value for name, value in group.items()}, rows


def _kinds(hits: pd.DataFrame, tokens: Tokens, columns: list[str]) -> list[tuple[dict[str, Any], Array]]:
    """Return the values of each kind of hits, and how many of them each article has; a category without a hit is one too."""
    kinds = kinds_of_hits(hits, columns)
    counts = counts_by_article(hits, tokens, kinds.of_hit, len(kinds.table)).tocsc()
    return [
        ({str(name): value for name, value in kind.items()}, counts[:, [number]].toarray()[:, 0])
        for number, kind in enumerate(kinds.table.to_dict("records"))
    ]


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
