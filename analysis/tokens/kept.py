"""What is known of the types of a corpus, asked for by several rules and in every part of it: found out once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from analysis.tokens.tokens import Tokens

T = TypeVar("T")


def kept_with_types(function: Callable[[Tokens], T]) -> Callable[[Tokens], T]:
    """Return a function of the types of a corpus that is called once for all its parts; its answer is kept as long as the corpus is.

    The function is given the whole corpus and may ask for nothing but its types: spellings, forms and their lengths.
    """
    kept: WeakKeyDictionary[Tokens, T] = WeakKeyDictionary()

    @wraps(function)
    def call(tokens: Tokens) -> T:
        whole = tokens.whole
        if whole not in kept:
            kept[whole] = function(whole)
        return kept[whole]

    return call
