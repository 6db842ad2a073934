"""What training takes of memory, said before it starts: it needs all words of a corpus at once, also of one on disk."""

import logging

from analysis.tokens.tokens import Tokens

_LOG = logging.getLogger(__name__)
_WORTH_SAYING = 1e9  # bytes
# Word and sentence of each token, and which pairs are near, while they are counted; by the arrays that `train_vectors` makes.
BYTES_A_WORD = 40


def tell_of_memory(call: str, tokens: Tokens) -> None:
    """Say how much memory a call needs for the words of the corpus, where that is more than a GB."""
    n_bytes = BYTES_A_WORD * len(tokens)
    if n_bytes > _WORTH_SAYING:
        _LOG.warning(
            "%s: reads all %s words at once, which takes about %.1f GB of memory, and more for the words near one another; with less "
            "memory train on a part: fa.tokenize(corpus.articles.sample(n))",
            call,
            f"{len(tokens):,}",
            n_bytes / 1e9,
        )
