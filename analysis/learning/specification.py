"""Specification curve: one finding under every combination of sensible choices, so that none of them carries it unseen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import product
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.near import known_names
from analysis.core.origin import with_origin
from analysis.core.schema import ZONES
from analysis.counting.by import article_names, cluster_codes, resolve_one, values_of, words_by_zone
from analysis.counting.by_article import hits_in_articles
from analysis.counting.resampling import (
    Resampling,
    interval,
    ratio,
    resampled,
    summed_by,
    takes_old_draws,
    two_samples,
)
from analysis.hits.find import find_hits
from analysis.lexicons import Lexicon
from analysis.matching.matching import Overlap
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]
Weighting = Literal["words", "articles", "entry weights"]

VOICES = ("narrator", "direct", "indirect", "scare")
CHOICES = ("lexicon", "zones", "voices", "duplicates", "overlap", "weighting")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The alternatives of each choice, by the name that the table and the chart show.

    Attributes
    ----------
    lexicon : mapping of str to Lexicon
        Variants of the lexicon; each has the category of the finding.
    zones : mapping of str to sequence of str
        Which zones count, words and hits alike.
    voices : mapping of str to sequence of str
        Whose words count as hits; the words of the rate are those of all voices.
    duplicates : mapping of str to collection of str
        The article_ids that are left out, for example the copies that `analysis.compare.find_duplicates` names.
    overlap : sequence of {"longest_within_category", "every_entry"}
        Which of several matching entries count.
    weighting : sequence of {"words", "articles", "entry weights"}
        ``words``: hits of all articles by words of all articles; ``articles``: the mean of the articles' rates; ``entry weights``: as
        words, a hit counting the weight of its entry.
    """

    lexicon: Mapping[str, Lexicon]
    zones: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"all zones": ZONES, "headline and standfirst": ZONES[:2], "lead and body": ZONES[2:]}
    )
    voices: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"all voices": VOICES, "narrator only": ("narrator",)}
    )
    duplicates: Mapping[str, Collection[str]] = field(default_factory=lambda: {"all articles": ()})
    overlap: Sequence[Overlap] = get_args(Overlap)
    weighting: Sequence[Weighting] = get_args(Weighting)

    def __post_init__(self) -> None:
        for each in fields(self):
            if not getattr(self, each.name):
                raise SchemaError(f"choices: {each.name} is empty; name one alternative at least")
        for name, allowed, used in (
            ("zones", ZONES, [zone for zones in self.zones.values() for zone in zones]),
            ("voices", VOICES, [voice for voices in self.voices.values() for voice in voices]),
            ("overlap", get_args(Overlap), self.overlap),
            ("weighting", get_args(Weighting), self.weighting),
        ):
            unknown = [value for value in used if value not in allowed]
            if unknown:
                raise SchemaError(f"choices: {name} {unknown[0]!r} is not known; choose among {', '.join(allowed)}")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A difference of rates: those of `category` in the articles where `column`, of ARTICLES or a period, is `focus`, less those of `reference`."""

    category: str
    column: str = "outlet"
    focus: str
    reference: str

    def __str__(self) -> str:
        return f"{self.category}: {self.focus} − {self.reference}"


@takes_old_draws(n_draws=1_000)
def specification_curve(
    tokens: TokensLike, finding: Finding, choices: Choices, *, resampling: Resampling | None = None
) -> pd.DataFrame:
    """Return the finding under every combination of the choices.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    finding : Finding
        Which difference.
    choices : Choices
        The alternatives; the table has a row for each combination of them.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the intervals; by default 1,000 draws. Specifications of one policy for duplicates see the
        same resamples.

    Returns
    -------
    pandas.DataFrame
        One row a specification, the smallest estimate first and NaN last: ``rank`` (from 1), ``lexicon``, ``zones``, ``voices``,
        ``duplicates``, ``overlap``, ``weighting``, then for both groups ``n_articles_``, ``n_tokens_``, ``n_hits_`` and
        ``rate_per_1000_`` with ``focus`` and ``reference``, then ``difference_per_1000`` with ``difference_low`` and ``difference_high`` (95%
        interval from resampling the articles of each group). No words in a group give NaN, and so does the
        interval of a group of one article. ``attrs`` names the finding, the lexicons and the interval, and counts the
        specifications: ``n_specifications``, ``n_above_0`` and ``n_below_0`` (whole interval), ``median_difference``.

    Raises
    ------
    SchemaError
        When there is no such column, group or category, or a left-out article_id is not in the corpus.

    Notes
    -----
    The rows are not independent studies: they share their articles. The curve tells what the finding hangs on; it is no test.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour 4, 1208-1214.
    """
    tokens = tokens_of("specification_curve(tokens, finding, choices)", tokens)
    resampling = resampling or Resampling(n_draws=1_000)
    members, clusters = _members(tokens, finding), cluster_codes(tokens, resampling.cluster)
    names = [choices.lexicon, choices.zones, choices.voices, choices.duplicates, choices.overlap, choices.weighting]
    keys = list(product(*names[:3], *names[4:]))
    above, below, counts = _measured(tokens, finding, choices, keys)
    parts = []
    for name, left_out in choices.duplicates.items():
        kept = ~tokens.articles["article_id"].isin(_known(tokens, left_out)).to_numpy()
        groups = [tokens.rows_by_id[(member & kept)[tokens.rows_by_id]] for member in members]
        part = pd.DataFrame(keys, columns=[choice for choice in CHOICES if choice != "duplicates"])
        part.insert(CHOICES.index("duplicates"), "duplicates", name)
        parts.append(part.assign(**_estimates(groups, (above, below), counts, clusters, resampling)))
    table = pd.concat(parts, ignore_index=True).sort_values("difference_per_1000", kind="stable", ignore_index=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return with_origin(
        table,
        tokens,
        *(one.labels_as("category") for one in choices.lexicon.values()),
        finding=str(finding),
        lexicons="; ".join(one.title for one in choices.lexicon.values()),
        interval=str(resampling),
        n_specifications=len(table),
        n_above_0=int((table["difference_low"] > 0).sum()),
        n_below_0=int((table["difference_high"] < 0).sum()),
        median_difference=float(table["difference_per_1000"].median()),
    )


def _members(tokens: Tokens, finding: Finding) -> list[npt.NDArray[np.bool_]]:
    """Return which articles are focus, and which are reference."""
    name = resolve_one("finding", finding.column, article_names(tokens), tokens=tokens)
    column = values_of(tokens, name).astype("str")
    for group in (finding.focus, finding.reference):
        if not (column == group).any():
            known = known_names(group, sorted(column.dropna().unique()), what=name)
            raise SchemaError(f"finding: no article with {name} {group!r}; {known}")
    if finding.focus == finding.reference:
        raise SchemaError(f"finding: focus and reference are both {finding.focus!r}; name two groups")
    return [(column == group).fillna(False).to_numpy(np.bool_) for group in (finding.focus, finding.reference)]


def _known(tokens: Tokens, left_out: Collection[str]) -> list[str]:
    unknown = sorted(set(left_out) - set(tokens.articles["article_id"]))
    if unknown:
        raise SchemaError(
            f"choices: duplicates name article_id {unknown[0]!r}, which is not in the corpus; take it out"
        )
    return list(left_out)


def _measured(
    tokens: Tokens, finding: Finding, choices: Choices, keys: list[tuple[str, ...]]
) -> tuple[Array, Array, tuple[Array, Array]]:
    """Return what is divided by what for each article and specification, and its hits and words.

    Every weighting is a ratio of sums over articles: hits by words, rates by articles, weights by words.
    """
    words = {name: _words(tokens, zones) for name, zones in choices.zones.items()}
    found = _Found(tokens, finding.category, choices)
    columns = []
    for lexicon, zones, voices, overlap, weighting in keys:
        n_words = words[zones]
        n_hits, weights = found.per_article(lexicon, overlap, zones, voices)
        pairs = {
            "words": (n_hits, n_words),
            "articles": (np.nan_to_num(ratio(n_hits, n_words)), (n_words > 0).astype(np.float64)),
            "entry weights": (weights, n_words),
        }
        columns.append((*pairs[weighting], n_hits, n_words))
    above, below, n_hits, n_words = (np.column_stack(part) for part in zip(*columns, strict=True))
    return above, below, (n_hits, n_words)


class _Found:
    """The hits of the finding's category by article, found once for each lexicon and overlap rule."""

    def __init__(self, tokens: Tokens, category: str, choices: Choices) -> None:
        self.tokens, self.choices = tokens, choices
        self.hits: dict[tuple[str, str], pd.DataFrame] = {}
        for (name, lexicon), overlap in product(choices.lexicon.items(), choices.overlap):
            if category not in lexicon.category_names:
                raise SchemaError(f"finding: lexicon {name!r}: {lexicon.no_category(category)}")
            hits = find_hits(tokens, lexicon, overlap=overlap)
            self.hits[name, overlap] = hits[hits["category"] == category]

    def per_article(self, lexicon: str, overlap: str, zones: str, voices: str) -> tuple[Array, Array]:
        """Return the number of hits of each article, and the sum of their entries' weights."""
        hits = self.hits[lexicon, overlap]
        chosen = hits["zone"].isin(self.choices.zones[zones])
        # A text that is not English has no voices; where all voices count, its hits do too.
        if set(self.choices.voices[voices]) != set(VOICES):
            chosen &= hits["voice"].isin(self.choices.voices[voices])
        hits = hits[chosen]
        weights = hits["weight"].to_numpy(np.float64)
        n_hits = hits_in_articles(hits, self.tokens).astype(np.float64)
        return n_hits, hits_in_articles(hits, self.tokens, weights=weights)


def _words(tokens: Tokens, zones: Sequence[str]) -> Array:
    """Return the words of each article in `zones`."""
    words = words_by_zone(tokens)
    sums = words[words["zone"].isin(zones)].groupby("article_id")["n_tokens"].sum()
    return sums.reindex(tokens.articles["article_id"], fill_value=0).to_numpy(np.float64)


def _estimates(
    groups: list[Array],
    measured: tuple[Array, Array],
    counts: tuple[Array, Array],
    clusters: Array,
    resampling: Resampling,
) -> dict[str, Any]:
    """Return the columns of the table that are measured: of both groups (rows of ARTICLES), and of their difference."""
    columns: dict[str, Any] = {}
    sums = []
    for place, (name, member) in enumerate(zip(("focus", "reference"), groups, strict=True)):
        above, below = (part[member] for part in measured)
        columns[f"n_articles_{name}"] = len(member)
        columns[f"n_tokens_{name}"] = counts[1][member].sum(axis=0).astype(np.int64)
        columns[f"n_hits_{name}"] = counts[0][member].sum(axis=0).astype(np.int64)
        # The groups are resampled apart, so each has a stream of its own.
        by_cluster = summed_by(np.column_stack([above, below]), clusters[member])
        sums.append(resampled(by_cluster, resampling, seed=resampling.seed + 1_000_003 * place))
        columns[f"rate_per_1000_{name}"] = 1000 * ratio(above.sum(axis=0), below.sum(axis=0))
    columns["difference_per_1000"] = columns["rate_per_1000_focus"] - columns["rate_per_1000_reference"]
    columns["difference_low"], columns["difference_high"] = interval(_difference, *two_samples(*sums))
    return columns


def _difference(focus: Array, reference: Array) -> Array:
    """Return the differences of the rates, from sums of what is divided beside sums of what it is divided by."""
    rates = [1000 * ratio(*np.split(sums, 2, axis=1)) for sums in (focus, reference)]
    return np.asarray(rates[0] - rates[1])
