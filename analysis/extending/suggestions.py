"""What a category may lack: other forms of its words, words near them in meaning, and words and phrases of the sentences it hits."""

from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.core.origin import with_origin
from analysis.extending.coverage import Coverage
from analysis.extending.key_terms import score_terms, sides_of
from analysis.extending.near_words import by_family, near_families
from analysis.extending.uses import uses
from analysis.learning.vectors import Vectors, train_vectors
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.lexicons.inflection import Family, family_of, is_judged
from analysis.reading.given import TokensLike, tokens_of

KINDS = ("other form", "near in meaning", "key word", "collocation")


def suggest(
    tokens: TokensLike,
    lexicon: LexiconLike,
    category: str,
    *,
    n: int = 50,
    vectors: Vectors | None = None,
    judged: Iterable[str] = (),
) -> pd.DataFrame:
    """Return words and phrases of the corpus that a category may lack: four kinds, the likeliest first.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    lexicon : Lexicon
        The lexicon.
    category : str
        Its category to extend.
    n : int
        How many of each kind.
    vectors : Vectors, optional
        Word vectors; by default trained on `tokens`, which takes a while: keep them for the next call.
    judged : iterable of str
        Words and phrases that were accepted or rejected before, as `analysis.extend.judged_words` returns them; their families are
        not suggested again, nor are phrases of which every word was judged.

    Returns
    -------
    pandas.DataFrame
        First word families, then key words, then collocations, no family of words twice. ``kind`` is

        - ``other form``: a word that an entry has in another inflection or spelling; ``near in meaning``: of another family. Both
          are ranked together by ``score``, the mean cosine of the word with the words of the category, less its cosine with the mean
          of all vectors; other forms without a vector have none (NaN) and come last of the families;
        - ``key word``, ``collocation`` of two or three words: stands more often in sentences with a hit than elsewhere; its ``score`` is its keyness.
          For words of one zone or voice, or near a target, see `analysis.extend.key_terms`.

        Then ``word`` (of a family the best form), ``forms`` (the forms of its family that no entry has, with their uses), ``score``,
        ``keyness`` (G² over four cells in sentences with a hit against all others, hits left out; below 0 where the word avoids
        them, NaN in fewer than three articles), ``n_tokens`` and ``n_articles`` (uses of the word), ``adds`` (uses that overlap no hit of
        the category: the hits that it adds as an entry) and ``lines`` (three concordance lines, of uses that it adds where it can).

    Raises
    ------
    LexiconError
        When the lexicon has no such category, or no word of it has a vector.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics, 19(1).
    """
    tokens = tokens_of("suggest(tokens, lexicon, category)", tokens)
    lexicon = lexicon_of("suggest(tokens, lexicon, category)", lexicon)
    coverage = Coverage.of(tokens, lexicon, category)
    vectors = vectors or train_vectors(tokens)
    terms = score_terms(tokens, sides_of(tokens, coverage))
    key = terms[terms["score"] > 0]
    candidates = (*near_families(tokens, coverage, vectors), _key_words(key), _collocations(key))
    decided, listed = {family_of(word) for word in judged}, set[Family]()
    parts = []
    for kind, table in zip(KINDS, candidates, strict=True):
        rows = list(_new_rows(table["word"], decided, listed, n))
        parts.append(table.iloc[rows].assign(kind=kind))
    # Other forms and near words have the same score, so they are one ranking.
    of_families = pd.concat(parts[:2]).sort_values("score", ascending=False, kind="stable")
    found = pd.concat([of_families, *parts[2:]], ignore_index=True)[["kind", "word", "forms", "score"]]
    found = found.astype({"kind": "str", "word": "str", "forms": "str", "score": "float64"})
    found["keyness"] = found["word"].map(terms.set_index("term")["score"]).astype("float64")
    found = found.join(uses(tokens, found["word"].tolist(), coverage))
    return with_origin(found, tokens, lexicon, vectors, category=category)


def _new_rows(words: Iterable[str], decided: set[Family], listed: set[Family], n: int) -> Iterator[int]:
    """Yield the places of the first `n` words whose family was neither judged nor listed, and list their families."""
    for row, word in enumerate(words):
        if n == 0:
            return
        family = family_of(word)
        if family not in listed and not is_judged(word, decided):
            listed.add(family)
            n -= 1
            yield row


def _key_words(key: pd.DataFrame) -> pd.DataFrame:
    words = key[key["kind"] == "key word"]
    scores = dict(zip(words["term"].tolist(), words["score"].tolist(), strict=True))
    return by_family(scores, scores, _uses(words))


def _collocations(key: pd.DataFrame) -> pd.DataFrame:
    phrases = key[key["kind"] == "collocation"]
    forms = [f"{phrase} ({count})" for phrase, count in _uses(phrases).items()]
    return pd.DataFrame(
        {
            "word": phrases["term"].to_numpy(),
            "forms": pd.array(forms, dtype="str"),
            "score": phrases["score"].to_numpy(),
        }
    )


def _uses(terms: pd.DataFrame) -> dict[str, int]:
    counts = (terms["n_inside"] + terms["n_outside"]).astype("int64")
    return dict(zip(terms["term"].tolist(), counts.tolist(), strict=True))
