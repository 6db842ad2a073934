"""Which terms one choice of words uses more than another: focus against reference."""

from collections.abc import Hashable
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from analysis.core.errors import FramingError
from analysis.core.near import did_you_mean
from analysis.core.origin import with_origin
from analysis.counting.counts import TermCounts, count_terms
from analysis.counting.selection import Choice, Selection, select_sides
from analysis.measures.dispersion import dispersion
from analysis.measures.keyness_formulas import (
    MEASURES,
    Counts,
    KeynessOptions,
    corrected,
    log_ratio_interval,
    nearer_to_zero,
    p_values,
)
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

# Why a cell is NaN; a term can have several of these.
_REASONS = (
    "not in the focus, so no dispersion there",
    "not in the reference, so no dispersion there",
    "fewer than two articles in the focus, so no dispersion there",
    "fewer than two articles in the reference, so no dispersion there",
    "no score: a count or total of 0 for which the measure is not defined",
    "no p: a total of 0 for which the test is not defined",
)


def keyness(
    tokens: TokensLike,
    *,
    focus: Choice,
    reference: Choice = "rest",
    measure: str = "log_likelihood",
    ngrams: tuple[int, int] = (1, 1),
    options: KeynessOptions | None = None,
) -> pd.DataFrame:
    """Return how much more, or less, the focus uses each term than the reference.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    focus, reference : mapping, pandas.Series of bool, or "rest"
        Which words: a mapping such as ``{"outlet": ["A", "B"], "zone": "headline", "voice": "narrator"}``, with ``near`` and a
        `Near` for words near a target; a boolean Series over the articles; or "rest", all words that are not in the other. See
        `analysis.counting.selection.select`.
    measure : str
        ``log_likelihood`` (G² over four cells), ``log_likelihood_two_cells``, ``chi_squared``, ``chi_squared_yates``,
        ``chi_squared_conditional_yates``, ``log_odds`` (z, uninformative Dirichlet prior), ``log_odds_informative``, ``log_ratio``,
        ``conservative_log_ratio`` (LRC), ``simple_maths`` or ``percent_difference``. `analysis.measures.keyness_formulas` has the formulas.
    ngrams : (int, int)
        Shortest and longest term in words; no term crosses a sentence or leaves its side. Terms are compared with the runs of words
        of the same length.
    options : KeynessOptions, optional
        Document frequencies in place of uses, correction of p, priors.

    Returns
    -------
    pandas.DataFrame
        One row a term, highest score first, equal scores in the order of the text: ``term``, ``score`` (above 0 for the focus;
        for simple maths above 1), ``score_low`` and ``score_high`` for the conservative log ratio (interval of the
        log ratio), ``p`` and ``p_corrected``, ``n_focus``,
        ``n_reference``, ``rate_per_1000_focus``, ``rate_per_1000_reference`` (uses per 1,000 runs of the term's length),
        ``n_articles_focus``, ``n_articles_reference``, ``dp_focus``, ``dp_reference`` (Gries' DP over articles), ``d_focus``,
        ``d_reference`` (Juilland's D), ``reason`` (why a cell of the row is NaN, else ""). ``attrs`` hold measure, options, token rule, focus
        and reference, their words and articles, and ``p_of``, the measure whose p it is.

    Raises
    ------
    SchemaError
        When focus or reference cannot be chosen or hold no word, or `ngrams` is no range.
    FramingError
        When the measure is unknown, or words are on both sides and `options` do not leave them out.

    Notes
    -----
    p takes words as drawn one by one, which they are not: one long article can make a term key. Read it beside the number of articles and
    the dispersion, or compare articles with ``KeynessOptions(unit="articles")``.

    References
    ----------
    Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words. Political Analysis, 16(4).
    Evert, S. (2022). Measuring keyness. Digital Humanities 2022.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "body": ["Weak, weak, weak Hurd.", "Hurd holds talks. Talks go on."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> found = fa.keyness(tokens, focus={"outlet": "A"}, reference={"outlet": "B"})
    >>> found[["term", "score", "n_focus", "n_reference", "n_articles_focus"]].round(2).head(3)
           term  score  n_focus  n_reference  n_articles_focus
    0  weak   7.72        3            0                 1
    1  hurd   0.10        1            1                 1
    2    go  -1.09        0            1                 0
    """
    tokens = tokens_of("keyness(tokens)", tokens)
    options = options or KeynessOptions()
    if measure not in MEASURES:
        raise FramingError(
            f"keyness: measure {measure!r} is not known; known are {', '.join(MEASURES)}{did_you_mean(measure, MEASURES)}"
        )
    chosen = select_sides(tokens, focus, reference)
    sides = _sides(chosen, options)
    blocks = list(count_terms(tokens, ngrams, sides=sides, min_articles=options.min_articles))
    tables, tested = zip(*(_table(block, measure, options) for block in blocks), strict=True)
    table: pd.DataFrame = pd.concat(tables, ignore_index=True)
    table.insert(
        list(table.columns).index("p") + 1, "p_corrected", corrected(table["p"].to_numpy(), options.correction)
    )
    # Terms of one score stand in the order of their letters; Arrow sorts them a hundred times faster than Python.
    by_term = pc.array_sort_indices(pa.array(table["term"], pa.large_string())).to_numpy()
    order = by_term[np.argsort(-table["score"].to_numpy()[by_term], kind="stable")]
    table = table.iloc[order].reset_index(drop=True)
    described = _described(tokens, chosen, sides)
    return with_origin(table, tokens, described, asdict(options), measure=measure, p_of=tested[0], ngrams=ngrams)


def _sides(chosen: tuple[Selection, Selection], options: KeynessOptions) -> npt.NDArray[np.int8]:
    """Return 0 for each token of the focus, 1 for the reference and -1 for neither."""
    focus, reference = chosen
    shared = focus.mask & reference.mask
    if options.shared_words == "refuse" and shared.any():
        raise FramingError(
            f"keyness: {int(shared.sum()):,} words are in the focus ({focus.text}) and in the reference ({reference.text}); choose them "
            f'apart, or KeynessOptions(shared_words="leave_out")'
        )
    sides = np.full(len(shared), -1, np.int8)
    sides[reference.mask], sides[focus.mask], sides[shared] = 1, 0, -1
    for side, selection in enumerate(chosen):
        if not (sides == side).any():
            raise FramingError(
                f"keyness: no word of ({selection.text}) is left without those on both sides; choose them apart"
            )
    return sides


def _described(tokens: Tokens, chosen: tuple[Selection, Selection], sides: npt.NDArray[np.int8]) -> dict[Hashable, Any]:
    described: dict[Hashable, Any] = {}
    for side, name in enumerate(("focus", "reference")):
        words = _words_on_side(tokens, sides == side)
        described |= {
            name: chosen[side].text,
            f"n_tokens_{name}": int(words.sum()),
            f"n_articles_{name}": int(np.count_nonzero(words)),
        }
    return described


def _words_on_side(tokens: Tokens, is_on_side: npt.NDArray[np.bool_]) -> Array:
    """Return how many words of each article are on a side."""
    counts, first = [], 0
    for part in tokens.parts():
        places = np.flatnonzero(is_on_side[first : first + len(part)])
        counts.append(np.diff(np.searchsorted(places, part.article_starts)))
        first += len(part)
    return np.concatenate(counts)


def _table(block: TermCounts, measure: str, options: KeynessOptions) -> tuple[pd.DataFrame, str]:
    """Return the rows of one length of term, and the measure that p belongs to."""
    uses = [np.asarray(matrix.sum(axis=0)).astype(np.int64) for matrix in block.matrices]
    articles = [np.bincount(matrix.indices, minlength=matrix.shape[1]) for matrix in block.matrices]
    totals = [int(sizes.sum()) for sizes in block.sizes]
    parts = [int(np.count_nonzero(sizes)) for sizes in block.sizes]
    spread = [dispersion(*_by_id(block, side)) for side in range(len(block.matrices))]
    by_side = {
        "n": uses,
        "rate_per_1000": [_rate(count, total) for count, total in zip(uses, totals, strict=True)],
        "n_articles": articles,
        "dp": [side.dp for side in spread],
        "d": [side.d for side in spread],
    }
    counted, sums = (articles, parts) if options.unit == "articles" else (uses, totals)
    counts = Counts(counted[0].astype(np.float64), counted[1].astype(np.float64), sums[0], sums[1], block.n_types)
    scores, tested = _scores(counts, measure, options)
    few = [np.full(len(uses[0]), n < 2) for n in parts]
    reason = _reasons([uses[0] == 0, uses[1] == 0, *few, np.isnan(scores["score"]), np.isnan(scores["p"])])
    columns = {"term": pd.array(block.terms, dtype="str"), **scores}
    columns |= {
        f"{name}_{side}": pair[i] for name, pair in by_side.items() for i, side in enumerate(("focus", "reference"))
    }
    return pd.DataFrame({**columns, "reason": reason}), tested


def _by_id(block: TermCounts, side: int) -> tuple[sparse.csr_array, Array]:
    """Return uses and sizes of a side by article in the order of the ids, since sums of fractions hang on their order in the last digit."""
    rows = block.tokens.rows_by_id
    if (np.diff(rows) == 1).all():
        return block.matrices[side], block.sizes[side]
    return block.matrices[side][rows], block.sizes[side][rows]


def _rate(count: Array, total: int) -> Array:
    return 1000 * count / total if total else np.full(len(count), np.nan)


def _scores(counts: Counts, measure: str, options: KeynessOptions) -> tuple[dict[str, Array], str]:
    """Return the columns of the score and p, NaN where one side has no run of the terms' length."""
    has_interval = measure == "conservative_log_ratio"
    names = ["score", "score_low", "score_high", "p"] if has_interval else ["score", "p"]
    if not (counts.n1 and counts.n2):
        return {name: np.full(len(counts.a), np.nan) for name in names}, measure
    if has_interval:
        low, high = log_ratio_interval(counts, options)
        scores = {"score": nearer_to_zero(low, high), "score_low": low, "score_high": high}
    else:
        scores = {"score": MEASURES[measure](counts, options)}
    scores["p"], tested = p_values(measure, scores["score"], counts, options)
    return scores, tested


def _reasons(applies: list[Array]) -> pd.Categorical:
    """Return which of the reasons apply to each term, joined; few combinations occur."""
    codes = sum((mask.astype(np.int64) << bit for bit, mask in enumerate(applies)), np.zeros(len(applies[0]), np.int64))
    found, places = np.unique(codes, return_inverse=True)
    texts = ["; ".join(text for bit, text in enumerate(_REASONS) if code >> bit & 1) for code in found.tolist()]
    return pd.Categorical.from_codes(places, categories=pd.Index(texts, dtype="str"))
