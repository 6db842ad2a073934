"""What training takes of memory, said before it starts: it needs all words of a corpus, or all coded texts, at once."""

import logging
from collections.abc import Sequence

from analysis.tokens.tokens import Tokens

_LOG = logging.getLogger(__name__)
_WORTH_SAYING = 1e9  # bytes
# Word and sentence of each token, and which pairs are near, while they are counted; by the arrays that `train_vectors` makes.
BYTES_A_WORD = 40
# Terms and runs of letters of each text, as `train_classifier` weighs them, and the list of all that occur: features and fit took 111 bytes
# a character more than the texts on 300 articles of abp (1.8 million characters), and 130 on the first 500 characters of 3,000.
BYTES_A_CHARACTER = 130


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


def tell_of_texts(call: str, texts: Sequence[str]) -> None:
    """Say how much memory a call needs for the terms of all texts, where that is more than a GB."""
    n_bytes = BYTES_A_CHARACTER * sum(map(len, texts))
    if n_bytes > _WORTH_SAYING:
        _LOG.warning(
            "%s: weighs all terms of %s texts at once, which takes about %.1f GB of memory; with less train on some of the texts, or on the "
            "passages that were coded rather than whole articles",
            call,
            f"{len(texts):,}",
            n_bytes / 1e9,
        )
