"""Which words are compared: those of some articles, zones or voices, or those near a target."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.near import known_names
from analysis.core.schema import ZONES
from analysis.counting.by import article_names, resolve_one, values_of
from analysis.english.mentions import find_mentions
from analysis.english.structure import structure_of
from analysis.english.voices import VOICE_NAMES
from analysis.hits.annotation import is_english
from analysis.lexicons import Lexicon, lexicon_from_mapping
from analysis.tokens.parts import by_token
from analysis.tokens.spans import covered
from analysis.tokens.tokens import Tokens

VOICES = VOICE_NAMES[:4]
# It states no language, so the articles alone decide whether the rules of voices may read them.
_ANY_LANGUAGE = lexicon_from_mapping({"any": ["any"]}, name="any")

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Near:
    """Words near the mentions of a target, in the same sentence; the mentions themselves are not among them.

    Attributes
    ----------
    targets : Lexicon or pandas.DataFrame
        Whose mentions: a lexicon whose categories are the targets, or a table MENTIONS.
    target : str
        One of the targets.
    words : int
        How many words before and after a mention.
    """

    targets: Lexicon | pd.DataFrame
    target: str
    words: int = 10

    def __str__(self) -> str:
        return f"{self.words} words about {self.target}"


# What a researcher may give: columns or zone, voice, near with their values; a mask over the articles; or "rest".
Choice = Mapping[str, Any] | pd.Series | str


@dataclass(frozen=True, eq=False)
class Selection:
    """A choice of words of a corpus.

    Attributes
    ----------
    mask : numpy.ndarray of bool, shape (n_tokens,)
        Which tokens are chosen.
    text : str
        What was chosen, as results show it.
    """

    mask: Mask
    text: str


def select(tokens: Tokens, choice: Mapping[str, Any] | pd.Series) -> Selection:
    """Return the chosen words.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    choice : mapping or pandas.Series of bool
        A mapping from a column of ARTICLES, ``day``, ``week``, ``month`` or ``year`` of the date, ``zone`` or ``voice`` to a value or a
        list of values, or from ``near`` to a `Near`; a word has to meet all of them. A boolean Series has the index of
        ``tokens.articles`` and chooses whole articles. Voices are read by rules for English: with ``voice``, articles that say they are
        in another language are left out.

    Raises
    ------
    SchemaError
        When a column, value, zone, voice or target does not occur, or the Series does not fit the articles.
    """
    if isinstance(choice, pd.Series):
        return Selection(_of_articles(tokens, _mask_of(tokens, choice)), f"{int(choice.sum())} articles by a mask")
    if not isinstance(choice, Mapping) or not choice:
        raise SchemaError(
            f'selection: found {choice!r}; give columns with values such as {{"outlet": "X"}}, or a boolean Series over articles'
        )
    mask = np.ones(len(tokens), np.bool_)
    for name, value in choice.items():
        mask &= _near(tokens, value) if name == "near" else _by_values(tokens, str(name), _listed(value))
    return Selection(mask, "; ".join(f"{name}: {_shown(value)}" for name, value in choice.items()))


def select_sides(tokens: Tokens, focus: Choice, reference: Choice) -> tuple[Selection, Selection]:
    """Return focus and reference; "rest" stands for every word of the corpus that is not in the other.

    Raises
    ------
    SchemaError
        When both are "rest", or one holds no word; further as `select`.
    """
    if isinstance(focus, str):
        if isinstance(reference, str):
            raise SchemaError(
                f"focus={focus!r} and reference={reference!r}: one of them has to say which words, as focus={{'outlet': {focus!r}}}"
            )
        other = select(tokens, reference)
        sides = (_rest(other, focus), other)
    elif isinstance(reference, str):
        other = select(tokens, focus)
        sides = (other, _rest(other, reference))
    else:
        sides = (select(tokens, focus), select(tokens, reference))
    for name, side in zip(("focus", "reference"), sides, strict=True):
        if not side.mask.any():
            raise SchemaError(
                f"{name} ({side.text}): no word of the corpus is in it; choose more articles, zones or voices"
            )
    return sides


def _rest(other: Selection, word: str) -> Selection:
    if word != "rest":
        raise SchemaError(f'selection: found {word!r}; the only word allowed is "rest", else give columns with values')
    return Selection(~other.mask, f"rest of ({other.text})")


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset | pd.Index | np.ndarray) else [value]


def _shown(value: Any) -> str:
    return ", ".join(map(str, _listed(value)))


def _of_articles(tokens: Tokens, chosen: Mask) -> Mask:
    return np.repeat(chosen, tokens.tokens_per_article.to_numpy())


def _mask_of(tokens: Tokens, chosen: pd.Series) -> Mask:
    if not pd.api.types.is_bool_dtype(chosen) or not chosen.index.equals(tokens.articles.index) or chosen.hasnans:
        raise SchemaError(
            f"selection: a mask is a boolean Series without missing values over the {len(tokens.articles)} articles, with the index "
            f"of tokens.articles; found {len(chosen)} values of type {chosen.dtype}"
        )
    mask: Mask = chosen.to_numpy(np.bool_)
    return mask


def _by_values(tokens: Tokens, name: str, values: list[Any]) -> Mask:
    resolve_one("selection", name, [*article_names(tokens), "zone", "voice", "near"], tokens=tokens)
    if name == "zone":
        _refuse_unknown(name, values, ZONES)
        chosen = [ZONES.index(value) for value in values]
        return by_token("choosing zones", tokens, lambda part: _in_zones(part, chosen), np.bool_)
    if name == "voice":
        _refuse_unknown(name, values, VOICES)
        spoken = [VOICES.index(value) for value in values]
        return by_token("reading voices", tokens, lambda part: _in_voices(part, spoken), np.bool_)
    column = values_of(tokens, name)
    _refuse_unknown(name, values, column.dropna().unique())
    return _of_articles(tokens, column.isin(values).to_numpy(np.bool_))


def _refuse_unknown(name: str, values: list[Any], known: Any) -> None:
    unknown = [value for value in values if value not in known]
    if unknown or not values:
        found, meant = (repr(unknown[0]), unknown[0]) if unknown else ("no value", "")
        what = "target" if name == "near" else name
        raise SchemaError(f"selection: {name} has {found}; {known_names(meant, known, what=what)}")


def _in_zones(tokens: Tokens, zones: list[int]) -> Mask:
    """Return which words stand in one of some zones."""
    return np.repeat(np.isin(tokens.sentence_zones, zones), tokens.sentence_lengths)


def _in_voices(tokens: Tokens, voices: list[int]) -> Mask:
    """Return which words are in one of some voices; none of an article in another language is."""
    spoken: Mask = np.isin(structure_of(tokens).token_voices.voice, voices)
    return spoken & _of_articles(tokens, is_english(tokens, _ANY_LANGUAGE))


def _near(tokens: Tokens, near: Any) -> Mask:
    if not isinstance(near, Near) or near.words < 1:
        raise SchemaError(f"selection: near has {near!r}; give Near(targets, target, words) with at least 1 word")
    return by_token("looking for the target", tokens, lambda part: _near_in_part(part, near), np.bool_)


def _near_in_part(tokens: Tokens, near: Near) -> Mask:
    mentions = find_mentions(tokens, near.targets)
    _refuse_unknown("near", [near.target], mentions.names)
    chosen = mentions.target == mentions.names.index(near.target)
    first, last = mentions.first[chosen], mentions.last[chosen]
    edges = tokens.sentence_edges
    sentence = tokens.sentences_at(first)
    begin = np.maximum(first - near.words, edges[sentence])
    end = np.minimum(last + near.words, edges[sentence + 1] - 1)
    return covered(len(tokens), begin, end) & ~covered(len(tokens), first, last)
