"""What a model of polarity knows of a mention: the hits of its sentence, as the rules link them, and the words round it, names masked."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.english.mentions import Mentions, find_mentions
from analysis.english.structure import structure_of
from analysis.english.voices import VOICE_NAMES
from analysis.english.words import CAPITAL, word_flags
from analysis.tokens.spans import spans_at
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

REACH = 10  # words on either side that count as near, the nearer the more
REGIONS = ("in the sentence", "before", "after")  # of a word, as seen from the mention
_SENTENCE, _BEFORE, _AFTER = range(len(REGIONS))
_DISTANCES = (2, 5, 10, 20)  # words between a hit and the mention, upper ends
_MOST_NET = 2
# A sentence with more capitals than this is a headline, whose capitals say nothing of names.
_MOST_CAPITALS = 0.6
_FIRST_PERSON = ("i", "i'm", "i've", "i'd", "i'll")


class Words(NamedTuple):
    """Words round mentions, one element a pair of both: row of the mention, form of the word, place in `REGIONS`, and how much it counts."""

    row: Array
    form: Array
    region: Array
    value: Array


def words_round(tokens: Tokens, mentions: Mentions) -> Words:
    """Return the words of each mention's sentence that are no names: each in the sentence, and nearer ones before or after it too.

    A name is a word with a capital that does not begin its sentence. Words of any mention of a target are names. A word counts
    1/√(words of the sentence) in the sentence, and (REACH + 1 - distance)/(REACH + 1)/√REACH before or after.
    """
    sentence = tokens.sentences_at(mentions.first)
    begin, end = tokens.sentence_edges[sentence].astype(np.int64), tokens.sentence_edges[sentence + 1].astype(np.int64)
    length = end - begin
    row = np.repeat(np.arange(len(mentions)), length)
    token = np.arange(len(row)) - np.repeat(np.cumsum(length) - length - begin, length)
    kept = ~_is_name(tokens, mentions)[token]
    row, token = row[kept], token[kept]
    form = tokens.form_ids[0][tokens.type_ids[token]]
    before, after = mentions.first[row] - token, token - mentions.last[row]
    parts = [Words(row, form, np.full(len(row), _SENTENCE), 1 / np.sqrt(length)[row])]
    for region, distance in ((_BEFORE, before), (_AFTER, after)):
        near = (distance > 0) & (distance <= REACH)
        weight = (REACH + 1 - distance[near]) / (REACH + 1) / np.sqrt(REACH)
        parts.append(Words(row[near], form[near], np.full(near.sum(), region), weight))
    return Words(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _is_name(tokens: Tokens, mentions: Mentions) -> npt.NDArray[np.bool_]:
    """Return which tokens are masked: those of mentions, and those with a capital that neither begin a sentence nor stand in a headline."""
    form_of_type, forms = tokens.form_ids
    is_person = np.isin(form_of_type, [place for place, form in enumerate(forms) if form in _FIRST_PERSON])
    capital = (((word_flags(tokens) & CAPITAL) > 0) & ~is_person)[tokens.type_ids]
    n_capitals = np.diff(np.append(0, np.cumsum(capital))[tokens.sentence_edges])
    lengths = np.diff(tokens.sentence_edges).astype(np.int64)
    capital &= np.repeat(n_capitals <= _MOST_CAPITALS * lengths, lengths)
    capital[tokens.sentence_starts] = False
    masked: npt.NDArray[np.bool_] = capital | (spans_at(len(tokens), mentions.first, mentions.last) >= 0)
    return masked


def signs_of(tokens: Tokens, mentions: Mentions, hits: pd.DataFrame) -> pd.DataFrame:
    """Return what the rules say of each mention: ``row`` of the mention, ``name`` of what is counted, ``value``.

    Counted are the hits of the mention's sentence that have a polarity: by sign and whether the rules link them to its target, by the rule,
    by side and distance, by voice, by whether the target itself speaks them, and the sum of signs.
    """
    voice = structure_of(tokens).token_voices.voice[mentions.first]
    parts = [_named(np.arange(len(mentions)), [f"mention: {VOICE_NAMES[one]}" for one in voice.tolist()])]
    pairs = _pairs(tokens, mentions, hits)
    sign = np.where(pairs["polarity"] > 0, "positive", "negative").astype(object)
    own = pairs["target"] == pairs["named"]
    link = np.select(
        [own, pairs["target"] == "unresolved", pairs["target"] != ""], ["own", "unresolved", "other"], "none"
    )
    row = pairs["row"].to_numpy()
    side = np.select([pairs["distance"] < 0, pairs["distance"] > 0], ["before", "after"], "inside").astype(object)
    far = np.searchsorted(_DISTANCES, pairs["distance"].abs())
    reach = np.array([f"{side} {place}" for side, place in zip(side, far, strict=True)], dtype=object)
    for name, kept in (
        ("hit, " + sign + ", link " + link.astype(object), slice(None)),
        ("hit, " + sign + ", " + side, slice(None)),
        ("hit, " + sign + ", " + reach, slice(None)),
        ("hit, " + sign + ", rule " + pairs["target_rule"].to_numpy(object), own.to_numpy()),
        ("hit, " + sign + ", voice " + pairs["voice"].to_numpy(object), slice(None)),
        ("hit, " + sign + ", said by the target", pairs["is_own_voice"].to_numpy()),
        ("hit, " + sign + ", hedged", pairs["hedged"].to_numpy()),
    ):
        parts.append(_named(row[kept], name[kept]))
    signs = np.sign(pairs["polarity"].to_numpy())
    for name, weights in (("sum of hits", signs), ("sum of own hits", signs * own.to_numpy())):
        net = np.clip(np.bincount(row, weights, len(mentions)), -_MOST_NET, _MOST_NET).astype(int)
        parts.append(_named(np.arange(len(mentions)), [f"{name}: {value:+d}" for value in net.tolist()]))
    return pd.concat(parts, ignore_index=True).groupby(["row", "name"], as_index=False, observed=True).sum()


def _named(row: Array, names: Any) -> pd.DataFrame:
    return pd.DataFrame({"row": row, "name": pd.array(names, dtype="str"), "value": 1.0})


def _pairs(tokens: Tokens, mentions: Mentions, hits: pd.DataFrame) -> pd.DataFrame:
    """Return each mention beside each hit with a polarity of its sentence, and how many words the hit stands behind it."""
    hits = hits[hits["polarity"].fillna(0) != 0].reset_index(drop=True)
    places = hits[["article_id", "field", "start", "end"]].assign(target="")
    found = find_mentions(tokens, places)
    hits = hits.iloc[found.row].reset_index(drop=True)
    texts = {name: hits[name].astype("str").fillna("") for name in ("target", "target_rule", "voice", "speaker")}
    of_hits = pd.DataFrame(texts).assign(
        first=found.first,
        last=found.last,
        sentence=tokens.sentences_at(found.first),
        polarity=hits["polarity"],
        hedged=hits["hedged"].fillna(False).astype(bool),
    )
    of_mentions = pd.DataFrame(
        {
            "row": np.arange(len(mentions)),
            "sentence": tokens.sentences_at(mentions.first),
            "begin": mentions.first,
            "stop": mentions.last,
            "named": np.array(mentions.names, dtype=object)[mentions.target],
        }
    )
    pairs = of_mentions.merge(of_hits, on="sentence").sort_values(["row", "first", "last"], kind="stable")
    behind, ahead = pairs["first"] - pairs["stop"], pairs["last"] - pairs["begin"]
    own_voice = np.array([*map(_is_same, pairs["speaker"], pairs["named"])], np.bool_)
    return pairs.assign(distance=np.where(behind > 0, behind, np.where(ahead < 0, ahead, 0)), is_own_voice=own_voice)


def _is_same(speaker: str, named: str) -> bool:
    """Return whether two names end in the same word."""
    words, others = speaker.casefold().split(), named.casefold().split()
    return bool(words and others) and words[-1] == others[-1]
