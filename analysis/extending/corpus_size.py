"""What a corpus is large enough for: from how many words trained vectors tell words near in meaning from others, and how one says it."""

from analysis.core.errors import LexiconError
from analysis.core.naming import n_of
from analysis.extending.coverage import Coverage
from analysis.learning.vectors import Vectors
from analysis.tokens.tokens import Tokens

# Measured on the corpus abp (Baly et al. 2020) with half of the word families of each category of frames.yml hidden in turn: among the first 20
# words near in meaning of the 24 lists were 2 hidden ones with 196,224 words of text (0.5 by chance) and 13 with 386,107 (0.7 by chance).
FEWEST_WORDS = 400_000
_WORDS_A_SECOND = 100_000


def require_enough_for_vectors(tokens: Tokens) -> None:
    """Refuse to train vectors for suggestions on a corpus that is too small.

    Raises
    ------
    LexiconError
        When it has fewer words than vectors begin to work from.
    """
    if len(tokens) < FEWEST_WORDS:
        raise LexiconError(
            f"suggest: the kind 'near in meaning' needs word vectors, which begin to work at about {FEWEST_WORDS:,} words, and this corpus "
            f"has {_size(tokens)}; leave the kind out, give a larger corpus, or vectors= of one (fa.learn.read_vectors)"
        )


def size_note(tokens: Tokens, coverage: Coverage, vectors: Vectors | None, n_key: int) -> str:
    """Return what a corpus is large enough for, in two sentences.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    coverage : Coverage
        What the category has of it.
    vectors : Vectors, optional
        Those that words near in meaning were looked for with.
    n_key : int
        The key words and collocations that stand out.
    """
    found = f"{coverage.category} has hits in {n_of(coverage.n_sentences, 'sentence')} of {_size(tokens)}"
    if not n_key:
        found += ": too few for any other word to stand out in them"
    return f"{found}. {_of_vectors(tokens, vectors)}"


def _of_vectors(tokens: Tokens, vectors: Vectors | None) -> str:
    begin = f"vectors begin to work at about {FEWEST_WORDS:,} words"
    if vectors is not None:
        n_trained = vectors.origin.get("vectors_n_tokens", FEWEST_WORDS)
        if n_trained >= FEWEST_WORDS:
            return "Words near in meaning were looked for too."
        return (
            f"The words near in meaning are ordered nearly by chance: {begin}, and these were trained on {n_trained:,}."
        )
    if len(tokens) < FEWEST_WORDS:
        return f"Words near in meaning were not looked for: {begin}."
    return (
        f"Words near in meaning were not looked for: name the kind 'near in meaning' and vectors are trained, "
        f"in about {_seconds(tokens):,} seconds."
    )


def training_note(tokens: Tokens) -> str:
    """Return what is said before vectors are trained, which takes a while."""
    return f"training word vectors on {_size(tokens)}, which takes about {_seconds(tokens):,} seconds …"


def _seconds(tokens: Tokens) -> int:
    return max(10, round(len(tokens) / _WORDS_A_SECOND / 10) * 10)


def _size(tokens: Tokens) -> str:
    return f"{n_of(len(tokens.articles), 'article')} ({len(tokens):,} words)"
