"""Words that a category may lack: families of the corpus near its words in meaning, its own entries' other forms among them."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.contrast.vectors import Vectors, train_vectors
from analysis.errors import LexiconError
from analysis.extending.families import families, stem
from analysis.framing.concordance import concordance
from analysis.framing.matching import find_matches
from analysis.lexicons import Lexicon
from analysis.tokens.segmentation import folded_word, pattern_words
from analysis.tokens.tokens import Tokens

_FEWEST = 5
_N_LINES = 3


def suggest(
    tokens: Tokens,
    lexicon: Lexicon,
    category: str,
    *,
    n: int = 50,
    vectors: Vectors | None = None,
    judged: Iterable[str] = (),
) -> pd.DataFrame:
    """Return word families of the corpus that a category may lack, the likeliest first.

    A family's score is that of its best form w: the mean cosine of w with the words of the category, less its cosine with
    the mean of all vectors (which common words of every context are near).

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    lexicon : Lexicon
        The lexicon.
    category : str
        Its category to extend.
    n : int
        How many families.
    vectors : Vectors, optional
        Word vectors; by default trained on `tokens`, which takes a while: keep them for the next call.
    judged : iterable of str
        Words that were accepted or rejected before; their families are not suggested again.

    Returns
    -------
    pandas.DataFrame
        ``word`` (the best form), ``forms`` (the forms of its family that no entry has, with how often they stand), ``score``,
        ``kind`` (``other form`` of an entry, or ``new``), ``keyness`` (log-likelihood of the word in the sentences that the category
        hits against all others, signed), ``n_tokens`` and ``n_articles`` (what the word would add) and ``lines`` (three concordance lines).

    Raises
    ------
    LexiconError
        When the lexicon has no such category, or no word of it has a vector.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. (keyness)
    """
    if category not in lexicon.category_names:
        known = ", ".join(map(repr, lexicon.category_names))
        raise LexiconError(f"lexicon {lexicon.name}: no category {category!r}; it has {known}")
    form_of_type, forms = tokens.form_ids
    counts = np.bincount(form_of_type[tokens.type_ids], minlength=len(forms))
    covered = _covered(tokens, lexicon, category)
    allowed = {
        forms[place]: int(counts[place])
        for place in np.flatnonzero(counts >= _FEWEST).tolist()
        if forms[place] not in covered and forms[place].isalpha() and len(forms[place]) > 2
    }
    decided = {stem(word.casefold()) for word in judged}
    scores = _scores(allowed, covered, vectors or train_vectors(tokens))
    if not scores:
        raise LexiconError(
            f"lexicon {lexicon.name}: no word of {category!r} has a vector; use a larger corpus, or other vectors"
        )
    by_family = {
        key: words
        for key, words in families(sorted(scores, key=lambda word: (-scores[word], word))).items()
        if key not in decided
    }
    chosen = list(by_family.items())[:n]
    keyness = _keyness(tokens, lexicon, category)
    lines = [concordance(tokens, words[0]) for _, words in chosen]
    own = {stem(word) for word in covered}
    return pd.DataFrame(
        {
            "word": [words[0] for _, words in chosen],
            "forms": [", ".join(f"{word} ({allowed[word]})" for word in words) for _, words in chosen],
            "score": [scores[words[0]] for _, words in chosen],
            "kind": ["other form" if key in own else "new" for key, _ in chosen],
            "keyness": [keyness.get(words[0], float("nan")) for _, words in chosen],
            "n_tokens": [allowed[words[0]] for _, words in chosen],
            "n_articles": [found["article_id"].nunique() for found in lines],
            "lines": [
                [f"{row.left}[{row.match}]{row.right}" for row in found.head(_N_LINES).itertuples()] for found in lines
            ],
        }
    )


def _covered(tokens: Tokens, lexicon: Lexicon, category: str) -> set[str]:
    """Return the forms that are words of the category's entries, wildcards filled in from the corpus."""
    covered: set[str] = set()
    for entry in lexicon.entries:
        if entry.category == category:
            words = [folded_word(word) for word in pattern_words(entry.text)]
            if len(words) == 1:
                covered |= {tokens.forms[type_id] for type_id in tokens.vocabulary.types_of(words[0])} or {words[0]}
    return covered


def _scores(allowed: dict[str, int], covered: set[str], vectors: Vectors) -> dict[str, float]:
    """Return the score of each word that has a vector."""
    seeds = sorted(word for word in covered if word in vectors)
    words = [word for word in allowed if word in vectors]
    if not seeds or not words:
        return {}
    unit = vectors.unit
    rows = unit[[vectors.index[word] for word in words]]
    centre = unit[[vectors.index[word] for word in seeds]].mean(axis=0) - unit.mean(axis=0)
    return dict(zip(words, (rows @ centre).tolist(), strict=True))


def _keyness(tokens: Tokens, lexicon: Lexicon, category: str) -> dict[str, float]:
    """Return how key each form is to the sentences that the category hits: G² with two cells, negative where it avoids them."""
    of_category = np.array([entry.category == category for entry in lexicon.entries])
    matches = find_matches(tokens, lexicon)
    lengths = np.diff(tokens.sentence_edges)
    is_hit = np.zeros(len(lengths), np.bool_)
    is_hit[matches.sentence[of_category[matches.entry]]] = True
    form_of_type, forms = tokens.form_ids
    form_ids = form_of_type[tokens.type_ids]
    total = np.bincount(form_ids, minlength=len(forms)).astype(float)
    inside = np.bincount(form_ids[np.repeat(is_hit, lengths)], minlength=len(forms)).astype(float)
    share = inside.sum() / max(total.sum(), 1.0)
    scores = 2 * (_part(inside, share * total) + _part(total - inside, (1 - share) * total))
    return dict(zip(forms, np.where(inside > share * total, scores, -scores).tolist(), strict=True))


def _part(observed: npt.NDArray[np.float64], expected: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return observed · ln(observed / expected), 0 where nothing is observed."""
    seen = (observed > 0) & (expected > 0)
    logs = np.zeros(len(observed))
    logs[seen] = np.log(observed[seen] / expected[seen])
    parts: npt.NDArray[np.float64] = observed * logs
    return parts
