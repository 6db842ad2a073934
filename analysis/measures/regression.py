"""Negative-binomial regression: ratios of rates between groups, raw and adjusted for what the groups write about."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from analysis.core.errors import FramingError, SchemaError
from analysis.core.near import known_names
from analysis.core.options import replaces
from analysis.core.origin import with_origin
from analysis.counting.by import article_names, cluster_codes, numbered, resolve, resolve_one, values_of
from analysis.counting.by_article import covariate, hits_per_article, words_per_article
from analysis.measures.keyness_formulas import corrected
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

_FEWEST = 3  # clusters of a group: below it, errors that are robust are too small or 0
_LARGEST_RATIO = 10_000.0  # beyond it the data separate, and the fit has only stopped on its way to infinity
_LABEL = "group of the model"
_MEASURES = ("ratio", "low", "high", "p", "alpha")


@replaces("group", new="by", made=lambda group: group)
def adjusted_ratios(
    hits: pd.DataFrame,
    tokens: TokensLike,
    *,
    adjust_for: str | Sequence[str],
    by: str | Sequence[str] = "outlet",
    reference: str | None = None,
    cluster: str = "article_id",
) -> pd.DataFrame:
    """Return how many times the rate of the reference the rate of each group is, raw side by side with adjusted.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that they were found in.
    adjust_for : str or sequence of str
        A name or several: columns of ARTICLES; ``month``, ``week``, ``day`` or ``year`` of the date; ``length``, the logarithm of an
        article's words. A column of text has a term for each value, one of numbers a single term: turn topics that are numbered into text.
    by : str or sequence of str
        The groups: columns of ARTICLES, or ``day``, ``week``, ``month`` or ``year`` of the date.
    reference : str, optional
        The group that the others are divided by, "A · 2024" where `by` has two names; without it the one with most words.
    cluster : str
        Column of articles that are not independent (``event_id``). It must not be in `by`, nor have fewer than three values in a group. An
        article without a value is its own cluster.

    Returns
    -------
    pandas.DataFrame
        One row a category and group: ``category``, `by`, ``n_articles``, ``n_tokens``, ``n_hits``; then with ``raw_`` (only the
        groups in the model) and ``adjusted_``: ``ratio`` (1 for the reference), ``low`` and ``high`` (95%), ``p`` (two-sided, of a ratio of 1),
        ``alpha`` (dispersion; 0: no more than Poisson); ``adjusted_p_corrected`` over all rows (Benjamini and Hochberg 1995);
        ``reason``: why a cell is NaN, else "". Both models are fitted to the same articles: those with words and a value of every
        column. ``attrs`` name the model, the reference, what was adjusted for, the errors, and how many articles were left out.

    Raises
    ------
    FramingError
        When statsmodels is not installed.
    SchemaError
        When a name is unknown or could mean two things, `adjust_for` or `by` is empty, one name is in both, `cluster` is in `by`, no
        article is left, or the reference is not among the groups.

    Notes
    -----
    Hits h of an article of n words: E h = n · exp(β₀ + β(group) + Σ β x), Var h = E h + α (E h)², by maximum likelihood. Where the Poisson model
    (α = 0) leaves no more spread than it expects, Σ ((h - E h)² - h) ≤ 0, it is the maximum and is used.

    Errors are robust: HC1, which is the sandwich times n / (n - k) for n articles and k terms, or of clusters
    with the correction for few of them. Where the error of the model is larger it is used, since with
    few hits or clusters robust errors come out too small (Angrist & Pischke 2009): an interval is rather too wide than too narrow.
    Intervals and p are by Student's t with clusters - 1 degrees of freedom, or articles - terms without clusters.

    A group, or a value of a column, without any hit has its maximum at a rate of 0; its articles tell nothing of the other terms and
    are left out of the fit.

    References
    ----------
    Angrist, J. D., & Pischke, J.-S. (2009). Mostly harmless econometrics, ch. 8.
    Cameron, A. C., & Trivedi, P. K. (2013). Regression analysis of count data (2nd ed.), ch. 3.
    Cameron, A. C., & Miller, D. L. (2015). A practitioner's guide to cluster-robust inference. Journal of Human Resources, 50(2).
    """
    tokens = tokens_of("adjusted_ratios(hits, tokens)", tokens)
    api = _statsmodels()
    known = article_names(tokens)
    by = resolve("adjusted_ratios", by, known, tokens=tokens, fewest=1)
    adjust_for = resolve(
        "adjusted_ratios", adjust_for, [*known, "length"], tokens=tokens, purpose="in ARTICLES to adjust for", fewest=1
    )
    cluster = resolve_one("adjusted_ratios", cluster, known, tokens=tokens)
    _check(adjust_for, by, cluster)
    names, counts = hits_per_article(hits, tokens)
    groups = _groups(tokens, by)
    articles = _complete(tokens, groups, adjust_for, cluster)
    reference = _reference(articles, reference, by)
    parts = [_category(api, articles, found[articles.rows], reference) for found in counts.T]
    table = pd.concat(parts, keys=pd.Index(names, name="category"), names=["category", _LABEL]).reset_index()
    values = groups.drop_duplicates().set_index(_LABEL).loc[table.pop(_LABEL)].reset_index(drop=True)
    table = pd.concat([table[["category"]], values, table.drop(columns="category")], axis=1)
    table.insert(
        len(table.columns) - 1, "adjusted_p_corrected", corrected(table["adjusted_p"].to_numpy(), "benjamini_hochberg")
    )
    return with_origin(
        table,
        hits,
        tokens,
        model=f"negative binomial (NB2), log link, offset log words; statsmodels {api.__version__}",
        reference=reference,
        adjusted_for=", ".join(map(_described, articles.covariates.items())),
        errors="robust (HC1)" if cluster == "article_id" else f"clustered by {cluster}",
        interval="95% Wald, Student's t, larger of robust and model error",
        n_articles_left_out=len(tokens.articles) - len(articles.rows),
    )


def _statsmodels() -> ModuleType:
    try:
        import statsmodels.api
    except ImportError as error:
        raise FramingError(
            "adjusted_ratios: needs statsmodels, which is not installed; pip install 'media-framing-analysis[stats]'"
        ) from error
    api: ModuleType = statsmodels.api
    return api


def _check(adjust_for: list[str], by: list[str], cluster: str) -> None:
    if set(by) & set(adjust_for):
        raise SchemaError(
            f"adjusted_ratios: adjust_for={adjust_for} and by={by} share a name; adjust for other columns than the groups"
        )
    if cluster in by:
        raise SchemaError(
            f"adjusted_ratios: cluster={cluster!r} is the group, and a group that is one cluster has no error; cluster by "
            f"what recurs within groups, such as 'event_id'"
        )


def _groups(tokens: Tokens, by: list[str]) -> pd.DataFrame:
    """Return the values of each article by the names of its group, and both as one label; missing where one is."""
    values = pd.DataFrame({name: values_of(tokens, name).astype("str") for name in by})
    codes, groups = numbered(values)
    labels = pd.Series([" · ".join(group) for group in groups.itertuples(index=False)], dtype="str")
    return values.assign(**{_LABEL: labels.reindex(codes).array})


@dataclass(frozen=True, eq=False)
class _Articles:
    """The articles of a model: their rows in ARTICLES, and what the model knows of each; `clusters` are numbered."""

    rows: Array
    words: Array
    group: pd.Series
    covariates: pd.DataFrame
    clusters: Array
    is_clustered: bool

    def where(self, chosen: Array) -> "_Articles":
        return _Articles(
            self.rows[chosen],
            self.words[chosen],
            self.group[chosen].reset_index(drop=True),
            self.covariates[chosen].reset_index(drop=True),
            self.clusters[chosen],
            self.is_clustered,
        )

    def raw(self) -> "_Articles":
        """Return the same articles with nothing to adjust for."""
        return replace(self, covariates=self.covariates[[]])


def _complete(tokens: Tokens, groups: pd.DataFrame, adjust_for: list[str], cluster: str) -> _Articles:
    """Return the articles that have words and a value of every column."""
    covariates = pd.DataFrame({name: covariate("adjusted_ratios", tokens, name) for name in adjust_for})
    days = [name for name in adjust_for if name in tokens.articles and tokens.articles[name].dtype.kind == "M"]
    if days:
        raise SchemaError(f"adjusted_ratios: {days[0]!r} holds days, each a term of its own; adjust for 'month'")
    labels = groups[_LABEL]
    words = words_per_article(tokens)
    is_complete = (words > 0) & labels.notna().to_numpy() & covariates.notna().all(axis=1).to_numpy()
    if not is_complete.any():
        needed = ", ".join([*map(str, groups.columns.drop(_LABEL)), *adjust_for])
        raise SchemaError(f"adjusted_ratios: no article has words and a value of {needed}; name other columns")
    # In the order of the ids, since sums of fractions hang on their order in the last digit.
    rows = tokens.rows_by_id
    every = _Articles(
        rows, words[rows], labels.iloc[rows].reset_index(drop=True), covariates.iloc[rows].reset_index(drop=True),
        cluster_codes(tokens, cluster)[rows], cluster != "article_id",
    )  # fmt: skip
    return every.where(is_complete[rows])


def _reference(articles: _Articles, reference: str | None, by: list[str]) -> str:
    words = pd.Series(articles.words).groupby(articles.group.to_numpy()).sum()
    if reference is None:
        return str(words.idxmax())
    if reference not in words.index:
        known = known_names(reference, words.index, what=by[0] if len(by) == 1 else "")
        raise SchemaError(f"adjusted_ratios: {' and '.join(by)} has no {reference!r} with words; {known}")
    return reference


def _category(api: ModuleType, articles: _Articles, n_hits: Array, reference: str) -> pd.DataFrame:
    """Return the rows of one category, by group."""
    by_article = pd.DataFrame({"n_articles": 1, "n_tokens": articles.words, "n_hits": n_hits})
    table = by_article.groupby(articles.group.to_numpy()).sum().astype(np.int64)
    raw, adjusted = (_ratios(api, each, n_hits, reference) for each in (articles.raw(), articles))
    for name, measured in (("raw", raw), ("adjusted", adjusted)):
        table = table.join(measured[[*_MEASURES]].add_prefix(f"{name}_"))
    reasons = zip(raw["reason"], adjusted["reason"], strict=True)
    table["reason"] = [_joined(first, second) for first, second in reasons]
    return table


def _joined(raw: str, adjusted: str) -> str:
    """Return the reason of a row from those of its two models."""
    if raw == adjusted:
        return raw
    return "; ".join(f"{name}: {said}" for name, said in (("raw", raw), ("adjusted", adjusted)) if said)


def _ratios(api: ModuleType, articles: _Articles, n_hits: Array, reference: str) -> pd.DataFrame:
    """Return the measures of one model and why they are NaN, by group."""
    table = pd.DataFrame(np.nan, index=pd.Index(sorted(articles.group.unique())), columns=[*_MEASURES])
    kept, reasons = _estimable(articles, n_hits)
    table["reason"] = pd.Series(reasons, dtype="object").reindex(table.index, fill_value="")
    estimated = [name for name in table.index if name != reference and not reasons.get(name)]
    if reference in reasons:
        table.loc[estimated, "reason"] = f"the reference, {reference}: {reasons[reference]}"
        return table
    table.loc[reference, "ratio"] = 1.0
    table.loc[reference, "reason"] = "the reference"
    if not estimated:
        return table
    chosen = articles.where(kept)
    dummies = np.column_stack([chosen.group == name for name in estimated]).astype(np.float64)
    terms = np.column_stack([np.ones(len(dummies)), *_terms(chosen.covariates)])
    reason = _unidentified(dummies, terms)
    if not reason:
        measured = _fitted(api, np.column_stack([dummies, terms]), n_hits[kept], chosen)
        measured = measured.iloc[: len(estimated)].set_axis(estimated)
        is_known = (
            measured.notna().all(axis=1)
            & measured["high"].lt(np.inf)
            & measured["ratio"].between(1 / _LARGEST_RATIO, _LARGEST_RATIO)
        )
        table.loc[estimated, [*_MEASURES]] = measured.where(is_known, np.nan)
        reason = "no estimate: the fit did not converge, or hits and columns are separated"
        estimated = list(is_known.index[~is_known])
    table.loc[estimated, "reason"] = reason
    return table


def _estimable(articles: _Articles, n_hits: Array) -> tuple[Array, dict[str, str]]:
    """Return which articles the model is fitted to, and why each group is left out that is.

    Leaving out the articles of one value can take the last hit from another, so this goes on until nothing changes.
    """
    unit = "clusters" if articles.is_clustered else "articles"
    texts = articles.covariates.select_dtypes(exclude="number")
    kept, reasons, n_before = np.ones(len(n_hits), np.bool_), dict[str, str](), -1
    while n_before != kept.sum():
        n_before = kept.sum()
        for _, column in texts.items():
            kept &= column.isin(column[kept & (n_hits > 0)]).to_numpy()
        for name in sorted(set(articles.group) - set(reasons)):
            own = kept & (articles.group == name).to_numpy()
            if not n_hits[own].any():
                reasons[name] = "no hits"
            elif len(np.unique(articles.clusters[own])) < _FEWEST:
                reasons[name] = f"fewer than {_FEWEST} {unit}"
            if name in reasons:
                kept &= ~own
    return kept, reasons


def _terms(covariates: pd.DataFrame) -> list[Array]:
    """Return the columns of the design: a dummy for each value but the first, and numbers in standard deviations from their mean."""
    terms: list[Array] = []
    for _, column in covariates.items():
        if pd.api.types.is_numeric_dtype(column):
            # The scale moves no ratio between groups; it keeps the fit stable.
            spread = column.std(ddof=0)
            terms += [((column - column.mean()) / spread).to_numpy()] if spread else []
        else:
            terms += list(pd.get_dummies(column, drop_first=True, dtype=float).to_numpy().T)
    return terms


def _unidentified(dummies: Array, terms: Array) -> str:
    """Say why the terms cannot be told apart, "" where they can."""
    design = np.column_stack([dummies, terms])
    if len(design) <= design.shape[1]:
        return f"no more articles ({len(design)}) than terms ({design.shape[1]}); adjust for fewer columns"
    if np.linalg.matrix_rank(terms) < terms.shape[1]:
        return "columns to adjust for say the same twice; leave one out"
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return "groups and columns to adjust for cannot be told apart: a group has values that no other has"
    return ""


def _fitted(api: ModuleType, design: Array, n_hits: Array, articles: _Articles) -> pd.DataFrame:
    """Return the measures of each term of the design, NaN where the fit did not converge."""
    n_clusters = len(np.unique(articles.clusters))
    # statsmodels gives HC0 for these models, also under the name HC1; `_larger` makes HC1 of it.
    errors: dict[str, Any] = {"cov_type": "HC0"}
    if articles.is_clustered:
        errors = {"cov_type": "cluster", "cov_kwds": {"groups": articles.clusters}}
    freedom = n_clusters - 1 if articles.is_clustered else len(design) - design.shape[1]
    coefficients, deviations, alpha = _maximum(api, design, n_hits, np.log(articles.words), errors)
    reach = special.stdtrit(freedom, 0.975) * deviations
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return pd.DataFrame(
            {
                "ratio": np.exp(coefficients),
                "low": np.exp(coefficients - reach),
                "high": np.exp(coefficients + reach),
                "p": 2 * special.stdtr(freedom, -np.abs(coefficients / deviations)),
                "alpha": alpha,
            }
        )


def _maximum(
    api: ModuleType, design: Array, n_hits: Array, offset: Array, errors: dict[str, Any]
) -> tuple[Array, Array, float]:
    """Return coefficients, their standard errors and alpha at the maximum of the likelihood."""
    n_terms = design.shape[1]
    unknown = np.full(n_terms, np.nan), np.full(n_terms, np.nan), float("nan")
    # A fit that fails says so in its result, which is read here; its warnings would be one for each category.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        poisson = api.GLM(n_hits, design, family=api.families.Poisson(), offset=offset).fit(**errors)
        excess = ((n_hits - poisson.mu) ** 2 - n_hits).sum()
        if not poisson.converged:
            return unknown
        if excess <= 0:
            return poisson.params, _larger(poisson, design.shape), 0.0
        start = [*poisson.params, excess / (poisson.mu**2).sum()]
        model = api.NegativeBinomial(n_hits, design, offset=offset)
        try:
            found = model.fit(start_params=start, maxiter=1_000, disp=0, **errors)
        except np.linalg.LinAlgError:
            return unknown
        if not found.mle_retvals["converged"]:
            return unknown
        return found.params[:-1], _larger(found, design.shape)[:-1], float(found.params[-1])


def _larger(result: Any, shape: tuple[int, int]) -> Array:
    """Return the robust standard errors of a fit to a design of `shape`, or those of the model where they are larger."""
    n, k = shape
    scale = np.sqrt(n / (n - k)) if result.cov_type == "HC0" else 1.0
    larger: Array = np.maximum(scale * result.bse, np.sqrt(np.diag(result.normalized_cov_params)))
    return larger


def _described(column: tuple[Any, pd.Series]) -> str:
    name, values = column
    return f"{name} (number)" if pd.api.types.is_numeric_dtype(values) else f"{name} ({values.nunique()} values)"
