"""How well coders agree: alpha, kappas, AC1 and percent, of the sample and of the corpus, with intervals and reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.core.schema import TABLES
from analysis.counting.by import resolve
from analysis.counting.resampling import (
    ONE_ALONE,
    Resampled,
    Resampling,
    bca_interval,
    percentile_interval,
    resampled_alike,
    summed_by,
)
from analysis.validation.alpha import ALPHA, Level, Parts, alpha_parts, beside, joined, times
from analysis.validation.kappas import AC1, COHEN, FLEISS, PERCENT, cohen_parts, kappa_parts
from analysis.validation.ratings import Coder, Ratings, check_columns, members, ratings_of

Array = npt.NDArray[Any]

COEFFICIENTS = (ALPHA, PERCENT, COHEN, FLEISS, AC1)
_OF_CATEGORIES = (COHEN, FLEISS, AC1)
_MOST_COLUMNS = 1_000  # of sums that are resampled at once
_DENSE = 0.1  # share of numbers that are not 0 from which a full array is multiplied faster than a sparse one
_NO_GROUPS = ("coder", "item", "variable", "value", "comment", "place", "kind", "pass", "start", "end", "probability")


def agreement(
    codings: pd.DataFrame,
    *,
    by: str | Sequence[str] = "variable",
    level: str | Mapping[str, str] | None = None,
    kinds: Sequence[str] = ("person",),
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return how well coders agree on each variable.

    Parameters
    ----------
    codings : pandas.DataFrame
        ``coder``, ``item``, ``variable``, ``value`` (missing: not coded), and where they are known ``kind``, ``pass``, ``article_id``,
        ``probability`` and other columns of items.
    by : str or sequence of str
        ``variable`` (all rows are by variable); ``value``: each value against all others; ``pair``: each two coders; a column of items such as
        ``stratum``; or several of them.
    level : str or mapping, optional
        Level of measurement (nominal, ordinal, interval, ratio), of all variables or by their names; without it that of the codebook, as
        ``attrs`` of the codings say it, else nominal. A variable of which a coder may choose several values is of level ``set``.
    kinds : sequence of {"person", "model", "adjudicated"}
        Whose codings are compared. People only, unless asked: a model comes in as one more coder, and the rows say so.
    resampling : Resampling, optional
        Draws, seed and method of the intervals. Drawn are articles with all their items where the codings name them, else items.

    Returns
    -------
    pandas.DataFrame
        AGREEMENT: one row a variable, group of coders, coefficient and population, with ``estimate``, ``low``, ``high`` (95%), what they are made
        of (``n_items``, ``n_coders``, ``n_codings``) and the ``reason`` where one is missing. ``kind`` says what was compared: *reliability* of
        different people, *stability* of one coder at two times, *with model*, *with adjudicated*. ``population`` is the sample, and, where
        ``probability`` is known, the corpus.

    Raises
    ------
    SchemaError
        When a column is missing, a coder has two values for one item and variable, a value does not fit its level, a probability is not above 0
        and at most 1, or a name of `by` is not known.

    Notes
    -----
    Alpha compares the coincidences of values within items with those of all codings [1]_; it takes any number of coders and missing codings.
    Percent, Fleiss' kappa and AC1 are those of [2]_ for codings that may be missing, Cohen's kappa is of two coders. Of the corpus: each item
    counts 1 / probability times, in all sums. Items that several coded must then be a random part of the sample.

    Several values (``war;crime``): each value as yes or no (``by="value"``), and for all together alpha with MASI distances [3]_; percent is
    then the share of equal sets.

    One coder twice, by a column ``pass`` or by names such as "A" and "A (2)", is stability. The first time alone is compared with other coders.

    Where no two codings differ, resamples cannot vary, and there is no interval.

    References
    ----------
    .. [1] Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.), ch. 12. Sage.
    .. [2] Gwet, K. L. (2014). Handbook of inter-rater reliability (4th ed.). Advanced Analytics.
    .. [3] Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> codes = {"A": "threat threat none none none", "B": "threat none none none threat"}
    >>> codings = pd.DataFrame([(coder, f"u{place}", "frame", value)
    ...                         for coder, values in codes.items() for place, value in enumerate(values.split())],
    ...                        columns=["coder", "item", "variable", "value"])
    >>> found = fa.agreement(codings)
    >>> found[["coders", "kind", "coefficient", "estimate"]].round(2)
      coders         kind         coefficient  estimate
    0   A; B  reliability  krippendorff_alpha      0.25
    1   A; B  reliability   percent_agreement      0.60
    2   A; B  reliability         cohen_kappa      0.17
    3   A; B  reliability        fleiss_kappa      0.17
    4   A; B  reliability            gwet_ac1      0.23
    """
    check_columns(codings)
    resampling = resampling or Resampling()
    known = ["variable", "value", "pair", *(name for name in codings.columns if name not in _NO_GROUPS)]
    names = resolve("agreement", by, list(map(str, known)), purpose="to group by", fewest=0)
    columns = [name for name in names if name not in ("variable", "value", "pair")]
    of_items = [*columns, "probability", resampling.cluster]
    rows: list[dict[str, Any]] = []
    for ratings in ratings_of(codings, kinds=kinds, level=level, of_items=of_items):
        groups = list(_groups(ratings, columns, by_value="value" in names, by_pair="pair" in names))
        rows += _rows_of(ratings, groups, resampling)
    units = "items" if resampling.cluster == "article_id" and "article_id" not in codings.columns else ""
    stated = resampling.named(units) if units else str(resampling)
    return with_origin(_table(rows, columns), codings, interval=stated, agreement_of=list(kinds))


@dataclass(frozen=True, eq=False)
class _Group:
    """Codings that are compared: what names them, and the numbers of their values by item and coder."""

    facts: dict[str, Any]
    codes: Array
    level: Level
    n_values: int
    n_choices: int
    scale: Array

    def parts(self) -> Parts:
        """Return the coefficients as a function of sums over items."""
        found = [
            alpha_parts(self.codes, self.scale, self.level),
            kappa_parts(self.codes, self.n_values, self.n_choices),
        ]
        if self.codes.shape[1] == 2:
            found.append(cohen_parts(self.codes, self.n_values))
        return joined(found)


@dataclass(frozen=True, eq=False)
class _Task:
    """The coefficients of one group in one population."""

    group: _Group
    population: str
    parts: Parts

    def rows(self, sums: Resampled, clusters: Array) -> list[dict[str, Any]]:
        """Return one row a coefficient."""
        coded = (self.group.codes >= 0).sum(axis=1)
        compared = coded >= 2
        counts = {
            "n_items": int(compared.sum()),
            "n_coders": self.group.codes.shape[1],
            "n_codings": int(coded[compared].sum()),
        }
        estimates, drawn = self.parts.estimate(sums.total)[0], self.parts.estimate(sums.drawn)
        if sums.left_out is None:
            low, high = percentile_interval(drawn)
        else:
            low, high = bca_interval(drawn, estimates, self.parts.estimate(sums.left_out))
        found = dict(zip(self.parts.names, zip(estimates, low, high, strict=True), strict=True))
        n_undefined = dict(zip(self.parts.names, np.isnan(drawn).sum(axis=0), strict=True))
        no_interval = self._no_interval(found[PERCENT][0], len(np.unique(clusters[compared])))
        rows = []
        for name in COEFFICIENTS:
            numbers = found.get(name, (np.nan,) * 3)
            reason = self._no_estimate(name, counts["n_items"])
            if reason:
                numbers = (np.nan,) * 3
            elif no_interval:
                numbers, reason = (numbers[0], np.nan, np.nan), no_interval
            elif n_undefined[name]:
                reason = f"not defined in {n_undefined[name]:,} of {len(drawn):,} resamples, which are left out"
            facts = {**self.group.facts, "level": self.group.level, "coefficient": name, "population": self.population}
            rows.append(
                {**facts, **dict(zip(("estimate", "low", "high"), numbers, strict=True)), **counts, "reason": reason}
            )
        return rows

    def _no_estimate(self, name: str, n_items: int) -> str:
        """Return why there is no such coefficient, "" where there is one."""
        n_coders, level = self.group.codes.shape[1], self.group.level
        if n_coders < 2:
            return "one coder only"
        if not n_items:
            return "no item that two of the coders coded"
        if name in _OF_CATEGORIES and level not in ("nominal", "ordinal"):
            return f"of categories only, and the level is {level}"
        if name == COHEN and n_coders > 2:
            return "of two coders only; by='pair' gives those of each two"
        if name == PERCENT or not self._is_one_value(name):
            return ""
        return "all codings have one value: agreement beyond chance is not defined"

    def _is_one_value(self, name: str) -> bool:
        """Return whether all codings that the coefficient is made of have one value."""
        codes, n_coded = self.group.codes, (self.group.codes >= 0).sum(axis=1)
        used = codes[n_coded >= (1 if name in (FLEISS, AC1) else 2)]
        if name == AC1 and self.group.n_choices > 1:
            return False
        return len(np.unique(used[used >= 0])) < 2

    def _no_interval(self, percent: float, n_clusters: int) -> str:
        """Return why there is no interval of any coefficient, "" where there is one."""
        if n_clusters == 1:
            return ONE_ALONE
        return "no two codings differ, and so do resamples not: no interval" if percent == 1 else ""


def _groups(ratings: Ratings, columns: Sequence[str], *, by_value: bool, by_pair: bool) -> Iterator[_Group]:
    """Yield what is compared: in each group of items, each value or all, and each group of coders."""
    for (facts, is_in), (kind, places), value in product(
        _items_by(ratings.items, columns),
        list(_comparisons(ratings.coders, by_pair=by_pair)),
        _values_of(ratings) if by_value else [""],
    ):
        codes = np.where(is_in[:, None], ratings.codes[:, places], -1)
        names = {"coders": "; ".join(ratings.coders[place].name for place in places), "kind": kind}
        facts = {**facts, "variable": ratings.variable, "value": value, **names}
        if value:
            codes = np.where(codes < 0, -1, _has(ratings, value)[codes])
            yield _Group(facts, codes, "nominal", 2, 2, np.arange(2))
        else:
            yield _Group(facts, codes, ratings.level, len(ratings.values), ratings.n_choices, ratings.scale)


def _items_by(items: pd.DataFrame, columns: Sequence[str]) -> list[tuple[dict[str, Any], Array]]:
    """Return the groups of items by their columns, and which items each holds; an item without a value is in none."""
    if not columns:
        return [({}, np.ones(len(items), bool))]
    return [
        (dict(zip(columns, key, strict=True)), np.isin(np.arange(len(items)), rows.index))
        for key, rows in items.reset_index().groupby(list(columns), sort=True, observed=True)
    ]


def _comparisons(coders: Sequence[Coder], *, by_pair: bool) -> Iterator[tuple[str, list[int]]]:
    """Yield which coders are compared, and what that is; a coder's later times are compared with the coder's own only."""
    times: dict[str, list[int]] = {}
    for place in sorted(range(len(coders)), key=lambda place: coders[place].turn):
        times.setdefault(coders[place].person, []).append(place)
    first = sorted(places[0] for places in times.values())
    again = [places for _, places in sorted(times.items()) if len(places) > 1]
    for each in combinations(first, 2) if by_pair else [first]:
        # One coder alone has a row that says so, unless the coder coded twice.
        if len(each) > 1 or not again:
            yield _kind_of([coders[place] for place in each]), list(each)
    for places in again:
        for each in combinations(places, 2) if by_pair else [places]:
            yield "stability", list(each)


def _kind_of(coders: Sequence[Coder]) -> str:
    """Return what the agreement of different coders is: reliability only where all are people."""
    for kind in ("adjudicated", "model"):
        if any(coder.kind == kind for coder in coders):
            return f"with {kind}"
    return "reliability"


def _values_of(ratings: Ratings) -> list[str]:
    """Return the single values that were given, those chosen together apart."""
    if ratings.level != "set":
        return ratings.values
    return sorted({one for value in ratings.values for one in members(value)})


def _has(ratings: Ratings, value: str) -> Array:
    """Return 1 for each value of a variable that is this one, or holds it, and 0 for the others."""
    is_set = ratings.level == "set"
    return np.array([value in members(one) if is_set else value == one for one in ratings.values], np.int64)


def _rows_of(ratings: Ratings, groups: Sequence[_Group], resampling: Resampling) -> list[dict[str, Any]]:
    """Return the rows of one variable; what is drawn is drawn for all its groups alike."""
    clusters = _clusters(ratings.items, resampling.cluster)
    of_groups = [(group, group.parts()) for group in groups]
    populations = _weights(ratings.items).items()
    tasks = [
        _Task(group, population, Parts(parts.names, times(parts.columns, weights), parts.estimate))
        for (group, parts), (population, weights) in product(of_groups, populations)
    ]
    rows: list[dict[str, Any]] = []
    for batch in _batches(tasks):
        stacked = sparse.csr_array(summed_by(beside(*(task.parts.columns for task in batch)), clusters))
        is_dense = stacked.nnz > _DENSE * np.prod(stacked.shape)
        sums = resampled_alike(stacked.toarray() if is_dense else stacked, resampling)
        end = 0
        for task in batch:
            start, end = end, end + task.parts.columns.shape[1]
            rows += task.rows(_columns(sums, start, end), clusters)
    return rows


def _batches(tasks: Sequence[_Task]) -> Iterator[list[_Task]]:
    """Yield as many at once as have not too many columns together, one at least."""
    batch: list[_Task] = []
    n_columns = 0
    for task in tasks:
        width = task.parts.columns.shape[1]
        if batch and n_columns + width > _MOST_COLUMNS:
            yield batch
            batch, n_columns = [], 0
        batch.append(task)
        n_columns += width
    yield batch


def _columns(sums: Resampled, start: int, end: int) -> Resampled:
    """Return the sums of some columns."""
    left_out = None if sums.left_out is None else sums.left_out[:, start:end]
    return Resampled(sums.total[:, start:end], sums.drawn[:, start:end], left_out)


def _clusters(items: pd.DataFrame, cluster: str) -> Array:
    """Return the number of what each item is drawn with: its article where that is known, else itself."""
    if cluster not in items.columns:
        if cluster != "article_id":
            raise SchemaError(f"agreement: resampling by {cluster!r}, which is no column of the codings")
        return np.arange(len(items))
    codes = pd.factorize(items[cluster], sort=True)[0]
    return np.where(codes < 0, len(codes) + np.arange(len(codes)), codes)


def _weights(items: pd.DataFrame) -> dict[str, Array]:
    """Return how many items of each population one stands for."""
    weights: dict[str, Array] = {"sample": np.ones(len(items))}
    if "probability" in items.columns:
        probability = pd.to_numeric(items["probability"], errors="coerce").to_numpy(np.float64)
        wrong = ~((probability > 0) & (probability <= 1))
        if wrong.any():
            raise SchemaError(
                f"table CODINGS, column 'probability': item {items.index[wrong][0]!r} has {items['probability'].iloc[wrong.argmax()]!r}; needed "
                f"is the chance of being drawn, above 0 and at most 1; leave the column out to measure the sample only"
            )
        weights["corpus"] = 1 / probability
    return weights


def _table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return the rows as AGREEMENT, groups of items first."""
    names = [*columns, *(column.name for column in TABLES["AGREEMENT"].columns)]
    table = pd.DataFrame(list(rows))[names]
    return table.astype({column.name: "str" for column in TABLES["AGREEMENT"].columns if column.kind == "text"})
