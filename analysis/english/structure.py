"""What the rules know of a corpus before any lexicon is measured: voices and negation, read once and kept with the tokens."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.english.negation import Negation, find_negation, own_negators
from analysis.english.voices import TokenVoices, own_cues, read_voices
from analysis.lexicons import Lexicon
from analysis.tokens.tokens import Tokens


@dataclass(frozen=True, eq=False)
class Structure:
    """What stands in whose voice, and what is negated.

    Attributes
    ----------
    cues, negators : Lexicon
        The lexicons by which it was read.
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
    voices: pd.DataFrame
    token_voices: TokenVoices
    speaker_tokens: npt.NDArray[np.int32]
    negation: Negation

    def coded(self, column: str) -> tuple[npt.NDArray[Any], pd.Index]:
        """Return speaker, speaker_text or cue_text of VOICES as places in a list that holds "" too, and that list."""
        return self._codes[column]

    @cached_property
    def _codes(self) -> dict[str, tuple[npt.NDArray[Any], pd.Index]]:
        coded = {}
        for column in ("speaker", "speaker_text", "cue_text"):
            codes, texts = pd.factorize(self.voices[column])
            coded[column] = (codes, texts if "" in texts else texts.append(pd.Index([""], dtype="str")))
        return coded


# A changed lexicon of frames is measured on the same tokens again and again; the structure does not hang on it. Of each corpus
# that of the last cues and negators is kept: it weighs some twenty bytes a token.
_KEPT: WeakKeyDictionary[Tokens, Structure] = WeakKeyDictionary()


def structure_of(tokens: Tokens, *, cues: Lexicon | None = None, negators: Lexicon | None = None) -> Structure:
    """Return the structure of `tokens`, read on the first call and kept until other lexicons are given or the tokens go.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    cues, negators : Lexicon, optional
        As in `analysis.english.voices.voices` and `analysis.english.negation.find_negation`.
    """
    cues, negators = cues or own_cues(), negators or own_negators()
    kept = _KEPT.get(tokens)
    if kept is None or (kept.cues, kept.negators) != (cues, negators):
        kept = _KEPT[tokens] = Structure(
            cues, negators, *read_voices(tokens, cues), find_negation(tokens, negators=negators)
        )
    return kept
