"""What the rules know of a corpus before any lexicon is measured: voices and negation, read once and kept with the tokens."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.english.negation import Negation, find_negation, own_negators
from analysis.english.strictness import STANDARD, Strictness
from analysis.english.voices import Passages, TokenVoices, find_passages, own_cues, painted, selected, voices_table
from analysis.lexicons import Lexicon
from analysis.tokens.tokens import Tokens


@dataclass(frozen=True, eq=False)
class Structure:
    """What stands in whose voice, and what is negated.

    Attributes
    ----------
    cues, negators : Lexicon
        The lexicons by which it was read.
    strictness : {"strict", "standard", "wide"}
        What of it counts as said.
    passages : Passages
        All that may count under any strictness.
    voices : pandas.DataFrame
        VOICES.
    token_voices : TokenVoices
        The voice of each token, and its row in VOICES.
    speaker_tokens : numpy.ndarray of int32, shape (n_rows, 2)
        First and last token of the name that each row's speaker is resolved to, -1 where nobody is named.
    negation : Negation
        What is negated and hedged.
    """

    cues: Lexicon
    negators: Lexicon
    strictness: Strictness
    passages: Passages
    voices: pd.DataFrame
    token_voices: TokenVoices
    speaker_tokens: npt.NDArray[np.int32]
    negation: Negation

    def coded(self, column: str) -> tuple[npt.NDArray[Any], pd.Index]:
        """Return a column of words or names of VOICES as places in a list that holds "" too, and that list."""
        return self._codes[column]

    @cached_property
    def _codes(self) -> dict[str, tuple[npt.NDArray[Any], pd.Index]]:
        coded = {}
        for column in ("speaker", "speaker_text", "speaker_of_speaker", "cue_text", "cue_kind", "content_kind"):
            codes, texts = pd.factorize(self.voices[column].astype("str"))
            coded[column] = (codes, texts if "" in texts else texts.append(pd.Index([""], dtype="str")))
        return coded


# A changed lexicon of frames is measured on the same tokens again and again; the structure does not hang on it. Of each corpus
# that of the last cues and negators is kept: it weighs some twenty bytes a token.
_KEPT: WeakKeyDictionary[Tokens, Structure] = WeakKeyDictionary()


def structure_of(
    tokens: Tokens,
    *,
    cues: Lexicon | None = None,
    negators: Lexicon | None = None,
    strictness: Strictness = STANDARD,
) -> Structure:
    """Return the structure of `tokens`, read on the first call and kept until other lexicons are given or the tokens go.

    Another strictness selects anew of what was read.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    cues, negators : Lexicon, optional
        As in `analysis.english.voices.voices` and `analysis.english.negation.find_negation`.
    strictness : {"standard", "strict", "wide"}
        As in `analysis.english.voices.voices`.
    """
    cues, negators = cues or own_cues(), negators or own_negators()
    kept = _KEPT.get(tokens)
    if kept is not None and (kept.cues, kept.negators) == (cues, negators):
        if kept.strictness == strictness:
            return kept
        passages, negation = kept.passages, kept.negation
    else:
        passages, negation = find_passages(tokens, cues), find_negation(tokens, negators=negators)
    chosen = selected(passages, strictness)
    table, of_tokens = voices_table(tokens, chosen), painted(tokens, chosen)
    _KEPT[tokens] = Structure(cues, negators, strictness, passages, table, of_tokens, chosen.names, negation)
    return _KEPT[tokens]
