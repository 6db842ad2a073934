"""Hits and tokens → SAMPLE: units drawn for hand coding, each with the probability with which it was drawn."""

import hashlib
import json
import re
import string
from collections.abc import Sequence
from typing import Any, NamedTuple, get_args

import numpy as np
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import Facts, with_origin
from analysis.core.schema import SAMPLE, TEXT_FIELDS, kind_of
from analysis.counting.by import every_name, resolve
from analysis.hits.find import hits_of_one_lexicon
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.fields import article_of, column_of
from analysis.tokens.offsets import code_points
from analysis.tokens.rows import Array, Unit
from analysis.tokens.tokens import Tokens
from analysis.validation.allocation import FEWEST, RULE, allocated, halves
from analysis.validation.strata import (
    REST,
    SCREENED,
    Strata,
    Units,
    cells_of_hits,
    distinct,
    places_of_hits,
    rarest_cells,
    screened_places,
    strata_of,
    units_of,
)

_CALL = "sample(hits, tokens)"
_SPAN = ["field", "start", "end"]
_OF_UNIT = ["unit_id", "article_id", "unit_start", "unit_end", "stratum", "probability", "coders"]
_LISTED_FORM = re.compile(r"(?:^|, )(.+?) \(\d+\)")
_DIGITS_OF_HASH = 12
_CODER = re.compile(r"\w(?:[\w .-]*\w)?")


def sample(
    hits: pd.DataFrame,
    tokens: TokensLike,
    *,
    n: int,
    unit: Unit = "sentence",
    by: str | Sequence[str] = "category",
    seed: int = 1,
    coders: int | Sequence[str] = 1,
    overlap: int | None = None,
    screen: pd.DataFrame | Sequence[str] = (),
) -> pd.DataFrame:
    """Return SAMPLE: sentences or articles drawn for hand coding, with what is to be coded in each.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`, which the sample is to judge.
    tokens : Tokens
        The corpus; also one on disk.
    n : int
        How many units to draw. `analysis.validate.plan_sample` says how many are needed.
    unit : {"sentence", "article"}
        What is drawn. Sentences of headlines, standfirsts, leads and bodies are all drawn; an article without a word is not.
    by : str or sequence of str
        By what units with hits are parted into strata: columns of HITS or ARTICLES, or a period. None of them (``[]``): one stratum.
    seed : int
        The same seed draws the same units, whatever the order of the articles.
    coders : int or sequence of str
        How many code, named A, B, C …, or their names.
    overlap : int, optional
        How many units all of them code; the others are shared out. By default all units.
    screen : pandas.DataFrame or sequence of str, optional
        Words near those of the lexicon, or what `analysis.suggest` returns, whose words and their forms are taken. Units without a hit in
        which one stands are a stratum of their own, which is drawn more densely than the rest, because what the lexicon misses stands there.

    Returns
    -------
    pandas.DataFrame
        Columns as `analysis.core.schema.SAMPLE` lists them: one row an item, in the order in which they are to be coded. Items are each
        matched span of a drawn unit and, behind them, the unit itself; of articles only the article. ``attrs`` has ``sample_id``, by which
        codings are known again, ``sample_strata`` with the number of units that each stratum has (``n_units``) and that were drawn of it
        (``n_drawn``), the rule of allocation, the seed and the origin of the hits.

    Raises
    ------
    SchemaError
        When `n` is more than the corpus has units, or too few for two units with hits and without; a name of `by` is unknown; or
        `overlap` does not fit.

    Notes
    -----
    A unit with hits is in the stratum of one of them, that which fewest units have. In each stratum ``n_drawn`` of ``n_units`` units are
    drawn without replacement, all equally likely, so ``probability`` is n_drawn / n_units. Half of the units go to those without hits, at
    least two to each stratum, and the others by the square root of its size. Where the units are not two for each cell of `by`, the largest
    cells are strata of their own, as many as two thirds of the units suffice for, and the others are one stratum, "hits, rare cells".

    References
    ----------
    Bankier, M. D. (1988). Power allocations: Determining sample sizes for subnational areas. The American Statistician, 42(3).
    Cochran, W. G. (1977). Sampling techniques (3rd ed.), ch. 5.
    """
    tokens = tokens_of(_CALL, tokens)
    hits_of_one_lexicon(hits, tokens)
    if unit not in get_args(Unit):
        raise SchemaError(f"{_CALL}: unit={unit!r}; known are {', '.join(map(repr, get_args(Unit)))}")
    names = resolve("sample", by, every_name(tokens), tokens=tokens, purpose="to draw by")
    words = _screen_words(screen)
    plan = _Coding.of(n, coders, overlap)
    units, places = units_of(tokens, unit), places_of_hits(hits, tokens, unit)
    cells, called = cells_of_hits(hits, tokens, names)
    with_hits, cell_of_unit = rarest_cells(units.numbers(places), cells, len(called))
    screened = np.setdiff1d(
        distinct(units.numbers(screened_places(tokens, words, unit))), with_hits, assume_unique=True
    )
    n_with, n_without = _sides(n, units.n, len(with_hits), len(screened), unit)
    strata = strata_of(units, (with_hits, cell_of_unit, called), screened, n_with)
    n_drawn = _sizes(strata, n_with, n_without)
    random = np.random.default_rng(seed)
    drawn = drawn_units(units, strata, n_drawn, random).assign(coders=plan.assigned(random))
    table = _items(_placed(drawn, tokens, unit), hits, places, unit)
    facts = {
        "sample_unit": unit,
        "sample_by": names,
        "sample_seed": seed,
        "sample_coders": list(plan.coders),
        "sample_overlap": plan.overlap,
        "sample_screen": words,
        "sample_rule": RULE,
        "sample_strata": _listed(strata, n_drawn),
    }
    with_origin(table, hits, tokens, **facts)
    table.attrs["sample_id"] = id_of(table, table.attrs)
    return SAMPLE.check(table)


class _Coding(NamedTuple):
    """Who codes how many units."""

    n: int
    coders: tuple[str, ...]
    overlap: int

    @classmethod
    def of(cls, n: int, coders: int | Sequence[str], overlap: int | None) -> "_Coding":
        """Return who codes, checked."""
        names = _named(coders)
        if overlap is None:
            overlap = n if len(names) > 1 else 0
        elif len(names) == 1 and overlap:
            raise SchemaError(
                f"{_CALL}: overlap={overlap} with one coder, who agrees with nobody; give coders=2, or leave overlap out"
            )
        if not 0 <= overlap <= n:
            raise SchemaError(f"{_CALL}: overlap={overlap}; allowed is a number from 0 to n={n}")
        return cls(n, names, overlap)

    def assigned(self, random: np.random.Generator) -> list[str]:
        """Return who codes each unit in its turn: all of them those of the overlap, which lie anywhere, and one coder each of the others."""
        alone = np.resize(np.array(self.coders, dtype=object), self.n - self.overlap)
        found = np.full(self.n, ";".join(self.coders), dtype=object)
        found[np.sort(random.permutation(self.n)[self.overlap :])] = alone
        return found.tolist()


def _named(coders: int | Sequence[str]) -> tuple[str, ...]:
    if isinstance(coders, int):
        if not 1 <= coders <= len(string.ascii_uppercase):
            raise SchemaError(f"{_CALL}: coders={coders}; allowed is a number from 1 to 26, or a list of names")
        return tuple(string.ascii_uppercase[:coders])
    names = (coders,) if isinstance(coders, str) else tuple(coders)
    if not names or len(set(names)) < len(names) or not all(map(_CODER.fullmatch, names)):
        raise SchemaError(
            f"{_CALL}: coders={coders!r}; give names that are all different, of letters, digits, spaces, hyphens and points, since files "
            f"are named after them"
        )
    return names


def _screen_words(screen: pd.DataFrame | Sequence[str]) -> list[str]:
    """Return the near words, each once, sorted; of suggestions those of every form."""
    if isinstance(screen, str):
        return [screen]
    if not isinstance(screen, pd.DataFrame):
        return sorted(set(screen))
    if "word" not in screen.columns:
        raise SchemaError(f"{_CALL}: screen is {kind_of(screen)}; give a list of words, or what fa.suggest returns")
    forms = [form for listed in screen.get("forms", []) for form in _LISTED_FORM.findall(listed)]
    return sorted({*screen["word"], *forms})


def _sides(n: int, n_units: int, n_with: int, n_screened: int, unit: Unit) -> tuple[int, int]:
    """Return how many units are drawn of those with hits and of those without."""
    n_rest = n_units - n_with - n_screened
    fewest_without = min(n_screened, FEWEST) + min(n_rest, FEWEST)
    fewest = min(n_with, FEWEST) + fewest_without
    if not n_units:
        raise SchemaError(f"{_CALL}: the corpus has no {unit}; nothing can be drawn")
    if n > n_units:
        raise SchemaError(
            f"{_CALL}: found n={n}, and the corpus has {n_units:,} {unit}s; give n={n_units} to code all, or a larger corpus"
        )
    if n < fewest:
        raise SchemaError(
            f"{_CALL}: found n={n}; needed are {fewest} at least: {FEWEST} {unit}s with hits, {FEWEST} with near words only (screen) "
            f"and {FEWEST} of the rest, as far as there are such; fa.validate.plan_sample says how many tell something"
        )
    return halves(n, n_with, n_units - n_with, fewest_without=fewest_without)


def _sizes(strata: Strata, n_with: int, n_without: int) -> Array:
    """Return how many units of each stratum are drawn."""
    is_without = np.isin(strata.names, [SCREENED, REST])
    n_drawn = np.zeros(len(is_without), np.int64)
    for side, n in ((~is_without, n_with), (is_without, n_without)):
        n_drawn[side] = allocated(strata.sizes[side], n)
    return n_drawn


def drawn_units(units: Units, strata: Strata, n_drawn: Array, random: np.random.Generator) -> pd.DataFrame:
    """Return place, stratum and probability of the units drawn, in the order in which they are to be coded."""
    # The units of a stratum, in the order of their numbers.
    members = np.argsort(strata.of_unit, kind="stable")
    sizes = strata.sizes
    firsts = np.cumsum(sizes) - sizes
    drawn = [
        members[first + np.sort(random.choice(size, n, replace=False))]
        for first, size, n in zip(firsts.tolist(), sizes.tolist(), n_drawn.tolist(), strict=True)
    ]
    order = random.permutation(int(n_drawn.sum()))
    stratum = np.repeat(np.arange(len(sizes)), n_drawn)[order]
    width = max(4, len(str(len(order))))
    return pd.DataFrame(
        {
            "unit_id": [f"u{number:0{width}d}" for number in range(1, len(order) + 1)],
            "place": units.places(np.concatenate(drawn)[order]),
            "stratum": np.array(strata.names, dtype=object)[stratum],
            "probability": (n_drawn / sizes)[stratum],
        }
    )


def _placed(drawn: pd.DataFrame, tokens: Tokens, unit: Unit) -> pd.DataFrame:
    """Return the units drawn with where they stand: article, field, paragraph, sentence, and their first and last character."""
    places = drawn["place"].to_numpy()
    ids = tokens.articles["article_id"].array
    if unit == "article":
        return drawn.assign(article_id=ids[places], field="", paragraph=-1, sentence=-1, unit_start=0, unit_end=0)
    order = np.argsort(places)
    edges = tokens.sentence_edges
    first, last = edges[places[order]], edges[places[order] + 1] - 1
    fields = tokens.fields_at(first)
    starts, ends = code_points(tokens, fields, first, last)
    in_text = pd.DataFrame(
        {
            "article_id": ids[article_of(fields)],
            "field": np.array(TEXT_FIELDS, dtype=object)[column_of(fields)],
            "paragraph": tokens.sentence_paragraphs[places[order]],
            "sentence": tokens.sentence_numbers(fields, places[order]),
            "unit_start": starts,
            "unit_end": ends,
        },
        index=drawn.index[order],
    )
    return drawn.join(in_text)


def _items(drawn: pd.DataFrame, hits: pd.DataFrame, places: Array, unit: Unit) -> pd.DataFrame:
    """Return one row an item: the spans that hits of a unit cover, each once, in the order of the text, and the unit itself."""
    whole = drawn.assign(item=drawn["unit_id"], about="unit", start=drawn["unit_start"], end=drawn["unit_end"])
    if unit == "article":
        return _typed(whole)
    drawn_in = pd.Series(drawn.index, index=drawn["place"]).reindex(places).to_numpy()
    is_drawn = ~np.isnan(drawn_in)
    spans = hits.loc[is_drawn, ["start", "end"]].assign(at=drawn_in[is_drawn].astype(np.int64))
    spans = spans.drop_duplicates().sort_values(["at", "start", "end"], kind="stable")
    matches = drawn.loc[spans["at"]].assign(about="match", start=spans["start"].array, end=spans["end"].array)
    number = (spans.groupby("at").cumcount() + 1).astype("str")
    matches["item"] = matches["unit_id"].array + "-" + number.array
    # A match has the index of its unit, and a stable sort leaves it before the unit.
    return _typed(pd.concat([matches, whole]).sort_index(kind="stable"))


def _typed(items: pd.DataFrame) -> pd.DataFrame:
    """Return items with the columns and types of SAMPLE."""
    dtypes = SAMPLE.empty().dtypes.to_dict()
    return items[list(SAMPLE.names)].astype(dtypes).reset_index(drop=True)


def _listed(strata: Strata, n_drawn: Array) -> list[dict[str, Any]]:
    """Return each stratum with its units and those drawn of it."""
    rows = zip(strata.names, strata.sizes.tolist(), n_drawn.tolist(), strict=True)
    return [{"stratum": name, "n_units": size, "n_drawn": drawn} for name, size, drawn in rows]


def id_of(table: pd.DataFrame, facts: Facts) -> str:
    """Return what names a sample: twelve hex digits of its items, how it was drawn, and the corpus and lexicon that it is of."""
    said = {name: fact for name, fact in facts.items() if name.startswith("sample_") and name != "sample_id"}
    origin = [facts["corpus_hash"], facts["lexicon_hash"]]
    hashed = json.dumps([said, origin, table.to_csv(index=False)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(hashed.encode()).hexdigest()[:_DIGITS_OF_HASH]
