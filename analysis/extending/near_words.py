"""Word families of a corpus that are forms of a category's own words, or near them in meaning."""

import math
from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd

from analysis.core.errors import LexiconError
from analysis.counting.counts import uses_of_forms
from analysis.extending.coverage import Coverage
from analysis.learning.vectors import Vectors
from analysis.lexicons.inflection import families, inflections, stem
from analysis.lexicons.spelling import other_spelling
from analysis.measures.tfidf import STOP_WORDS
from analysis.tokens.tokens import Tokens

_FEWEST_OF_OWN = 3  # uses of a form whose family the category has already
_FEWEST = 5
_SHORTEST = 3


def own_families(tokens: Tokens, coverage: Coverage, vectors: Vectors | None = None) -> pd.DataFrame:
    """Return the families of the category's own words, as `by_family`: inflections, derivations, British and American spellings.

    The corpus has them and no entry does. Words of no kinship may share a stem ("ally" and "all"): with vectors they are ordered by
    meaning, as `near_families` says; without, other inflections and spellings come before words that share the stem only.
    """
    counts = _counts(tokens, coverage)
    own = _own_stems(coverage)
    forms = [word for word in counts if stem(word) in own]
    scores = {} if vectors is None else _nearness(coverage, vectors, counts)
    return by_family(forms, scores, counts, kin={word for word in forms if _is_kin(word, coverage.forms)})


def near_families(tokens: Tokens, coverage: Coverage, vectors: Vectors) -> pd.DataFrame:
    """Return the families of other words, as `by_family`.

    A form's score is its mean cosine with the words of the category, less its cosine with the mean of all vectors (which
    common words of every context are near).

    Raises
    ------
    LexiconError
        When no word of the category has a vector, or no other word.
    """
    counts = _counts(tokens, coverage)
    scores = _nearness(coverage, vectors, counts)
    own = _own_stems(coverage)
    others = [word for word in scores if stem(word) not in own and counts[word] >= _FEWEST]
    return by_family(others, scores, counts)


def by_family(
    words: Iterable[str], scores: Mapping[str, float], counts: Mapping[str, int], *, kin: Collection[str] = ()
) -> pd.DataFrame:
    """Return a row a family, the highest score first: ``word`` (its best form), ``forms`` (all, with their uses) and ``score``.

    Words without a score come last, those of `kin` before the others, and theirs is NaN.
    """
    ranked = sorted(words, key=lambda word: (-scores.get(word, -math.inf), word not in kin, -counts[word], word))
    groups = list(families(ranked).values())
    return pd.DataFrame(
        {
            "word": pd.Series([group[0] for group in groups], dtype="str"),
            "forms": pd.Series([", ".join(f"{w} ({counts[w]})" for w in group) for group in groups], dtype="str"),
            "score": np.array([scores.get(group[0], math.nan) for group in groups], np.float64),
        }
    )


def _nearness(coverage: Coverage, vectors: Vectors, counts: Mapping[str, int]) -> dict[str, float]:
    """Return the score of each word that has a vector."""
    # In the order of their letters: the last digit of a product of matrices hangs on the order of the rows.
    words = sorted(word for word in counts if word in vectors)
    seeds = sorted(word for word in coverage.forms if word in vectors)
    if not seeds or not words:
        raise LexiconError(
            f"lexicon {coverage.lexicon.name}: no word of {coverage.category!r} has a vector; use a larger corpus, or other vectors"
        )
    unit = vectors.unit
    # In double precision: in single, the seventh digit hangs on the processor.
    of_seeds = unit[[vectors.index[word] for word in seeds]].mean(axis=0, dtype=np.float64)
    centre = of_seeds - unit.mean(axis=0, dtype=np.float64)
    cosines: list[float] = (unit[[vectors.index[word] for word in words]] @ centre).tolist()
    return dict(zip(words, cosines, strict=True))


def _own_stems(coverage: Coverage) -> set[str]:
    others = {other_spelling(word) for word in coverage.forms} - {""}
    return {stem(word) for word in coverage.forms | others}


def _counts(tokens: Tokens, coverage: Coverage) -> dict[str, int]:
    """Return the uses of each word that the category may lack."""
    forms, counts = tokens.form_ids[1], uses_of_forms(tokens)
    return {
        forms[place]: int(counts[place])
        for place in np.flatnonzero(counts >= _FEWEST_OF_OWN).tolist()
        if _is_word(forms[place]) and forms[place] not in coverage.forms
    }


def _is_word(form: str) -> bool:
    return form.isalpha() and len(form) >= _SHORTEST and form not in STOP_WORDS


def _is_kin(word: str, own: set[str]) -> bool:
    """Return whether a word is another spelling of one of `own`, or an inflection of it, or it of the word."""
    return (
        other_spelling(word) in own
        or not own.isdisjoint(inflections(word))
        or any(word in inflections(other) for other in own if stem(other) == stem(word))
    )
