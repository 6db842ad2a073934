"""What a category may lack: other forms of its words, words near them in meaning, and words and phrases of the sentences it hits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import special

from analysis.core.errors import LexiconError
from analysis.core.near import known_names
from analysis.core.origin import with_origin
from analysis.extending.corpus_size import require_enough_for_vectors, size_note
from analysis.extending.coverage import Coverage
from analysis.extending.key_terms import score_terms, sides_of
from analysis.extending.near_words import by_family, near_families, own_families
from analysis.extending.uses import uses
from analysis.learning.vectors import Vectors, train_vectors
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.lexicons.inflection import Family, family_of, is_judged
from analysis.measures.keyness_formulas import corrected
from analysis.reading.given import TokensLike, tokens_of

NEAR = "near in meaning"
KINDS = ("other form", NEAR, "key word", "collocation")
AT_ONCE = ("other form", "key word", "collocation")  # those that need no vectors
_LEVEL = 0.05
_COUNTS = ["n_tokens", "n_articles", "n_outlets", "adds", "by_outlet"]


def suggest(
    tokens: TokensLike,
    lexicon: LexiconLike,
    category: str,
    *,
    n: int = 50,
    kinds: str | Sequence[str] | None = None,
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
    kinds : str or sequence of str, optional
        Which kinds (below); by default those that need no word vectors, and ``near in meaning`` where `vectors` are given. Named without
        `vectors`, they are trained on `tokens`, which takes a while: keep those of `analysis.learn.train_vectors` for the next call.
    vectors : Vectors, optional
        Word vectors, for words near in meaning.
    judged : iterable of str
        Words and phrases that were accepted or rejected before, as `analysis.extend.judged_words` returns them; their families are
        not suggested again, nor are phrases of which every word was judged.

    Returns
    -------
    pandas.DataFrame
        First word families, then key words, then collocations, no family of words twice. ``kind`` is

        - ``other form``: a word that an entry has in another inflection or spelling; ``near in meaning``: of another family. With
          vectors both are ranked together by ``score``, the mean cosine of the word with the words of the category, less its cosine with
          the mean of all vectors; other forms without a vector have none (NaN) and come last of the families, inflections and
          spellings first, then the most frequent;
        - ``key word``, ``collocation`` of two or three words: stands more often in sentences with a hit than elsewhere, by more than
          chance (G², 5% after Benjamini and Hochberg over all terms); its ``score`` is its keyness.
          For words of one zone or voice, or near a target, see `analysis.extend.key_terms`.

        Then ``word`` (of a family the best form), ``n_tokens``, ``n_articles`` and ``n_outlets`` (uses of the word, articles and outlets with one),
        ``adds`` (uses that overlap no hit of the category: the hits that it adds as an entry), ``by_outlet`` (its uses in the outlets that
        have most), ``forms`` (the forms of its family that no entry has, with their uses), ``score``, ``keyness`` (G² over four cells
        in sentences with a hit against all others, hits left out; below 0 where the word avoids them, NaN in fewer than three
        articles) and ``lines`` (three concordance lines, of uses that it adds where it can). ``attrs["note"]`` says what the corpus is
        large enough for.

    Raises
    ------
    LexiconError
        When the lexicon has no such category, a kind is unknown, or words near in meaning are looked for and no word of the category has a
        vector, or the corpus is too small to train them.

    References
    ----------
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society B, 57(1).
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics, 19(1).
    """
    tokens = tokens_of("suggest(tokens, lexicon, category)", tokens)
    lexicon = lexicon_of("suggest(tokens, lexicon, category)", lexicon)
    chosen = _kinds(kinds, vectors)
    coverage = Coverage.of(tokens, lexicon, category)
    if NEAR not in chosen:
        vectors = None
    elif vectors is None:
        require_enough_for_vectors(tokens)
        vectors = train_vectors(tokens)
    terms = score_terms(tokens, sides_of(tokens, coverage))
    key = _standing_out(terms)
    tables = {
        "other form": own_families(tokens, coverage, vectors),
        "key word": _key_words(key),
        "collocation": _collocations(key),
    }
    if vectors is not None:
        tables[NEAR] = near_families(tokens, coverage, vectors)
    found = _listed({kind: tables[kind] for kind in chosen}, judged, n)
    found["keyness"] = found["word"].map(terms.set_index("term")["score"]).astype("float64")
    found = found.join(uses(tokens, found["word"].tolist(), coverage))
    found = found[["kind", "word", *_COUNTS, "forms", "score", "keyness", "lines"]]
    note = size_note(tokens, coverage, vectors, len(key))
    return with_origin(
        found,
        tokens,
        lexicon,
        {} if vectors is None else vectors,
        category=category,
        kinds=", ".join(chosen),
        note=note,
    )


def _kinds(kinds: str | Sequence[str] | None, vectors: Vectors | None) -> tuple[str, ...]:
    """Return the kinds that are looked for, in the order of the table."""
    if kinds is None:
        return AT_ONCE if vectors is None else KINDS
    asked = [kinds] if isinstance(kinds, str) else list(kinds)
    for kind in asked or [""]:
        if kind not in KINDS:
            raise LexiconError(f"suggest: no kind {kind!r} of suggestions; {known_names(kind, KINDS, what='kind')}")
    return tuple(kind for kind in KINDS if kind in asked)


def _standing_out(terms: pd.DataFrame) -> pd.DataFrame:
    """Return the terms that are more frequent in sentences with a hit than chance alone would make them."""
    score = terms["score"].to_numpy(np.float64)
    # The chi² distribution with one degree of freedom is that of a squared normal.
    p = 2 * special.ndtr(-np.sqrt(np.abs(score)))
    # A term that avoids these sentences has a score below 0.
    return terms[(score > 0) & (corrected(p, "benjamini_hochberg") < _LEVEL)]


def _listed(candidates: Mapping[str, pd.DataFrame], judged: Iterable[str], n: int) -> pd.DataFrame:
    """Return the first `n` of each kind, without families that were judged or stand above."""
    decided, listed = {family_of(word) for word in judged}, set[Family]()
    parts = {}
    for kind, table in candidates.items():
        rows = list(_new_rows(table["word"], decided, listed, n))
        parts[kind] = table.iloc[rows].assign(kind=kind)
    # Other forms and near words have the same score, so they are one ranking.
    families = [parts.pop(kind) for kind in KINDS[:2] if kind in parts]
    ranked = [pd.concat(families).sort_values("score", ascending=False, kind="stable")] if families else []
    found = pd.concat([*ranked, *parts.values()], ignore_index=True)[["kind", "word", "forms", "score"]]
    return found.astype({"kind": "str", "word": "str", "forms": "str", "score": "float64"})


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
