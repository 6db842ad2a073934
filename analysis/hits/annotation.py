"""Voice, speaker, target and negation of each match, from the structure of the corpus."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.english.mentions import Mentions, find_mentions
from analysis.english.rules import RULES
from analysis.english.structure import Structure
from analysis.english.targets import link_targets
from analysis.english.voices import VOICE_NAMES
from analysis.english.words import word_files
from analysis.lexicons import Lexicon
from analysis.matching.matching import Matches
from analysis.tokens.spans import spans_at
from analysis.tokens.tokens import Tokens

UNRESOLVED = "unresolved"
_ENGLISH = ("en", "")
_OF_VOICES = {
    "speaker": "speaker", "speaker_text": "speaker_text", "cue": "cue_text", "cue_kind": "cue_kind", "content_kind": "content_kind",
    "speaker_of_speaker": "speaker_of_speaker",
}  # fmt: skip


def is_english(tokens: Tokens, lexicon: Lexicon) -> npt.NDArray[np.bool_]:
    """Return for each article whether the rules may read it: lexicon and article are English, or do not say otherwise."""
    if lexicon.language.lower().split("-")[0] not in _ENGLISH:
        return np.zeros(len(tokens.articles), np.bool_)
    if "language" not in tokens.articles:
        return np.ones(len(tokens.articles), np.bool_)
    stated = tokens.articles["language"].fillna("").astype("str").str.lower()
    english: npt.NDArray[np.bool_] = stated.str.match(r"en(glish)?\b|anglais|englisch|$").to_numpy(bool)
    return english


def lists_read(structure: Structure) -> dict[str, str]:
    """Return what the columns of voices and negation rest on, for ``attrs``: name, version and hash of the lexicons, hashes of the word lists."""
    read_by = structure.cues.origin_as("cues") | structure.negators.origin_as("negators")
    return {**read_by, "word_lists": _word_lists()}


@cache
def _word_lists() -> str:
    return "; ".join(f"{path.stem} ({_hash(path)})" for path in word_files())


def _hash(path: Path) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of a text file, whatever its line ends."""
    return hashlib.sha256(path.read_text(encoding="utf-8").encode("utf-8")).hexdigest()[:12]


def voice_columns(structure: Structure | None, matches: Matches, readable: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """Return the columns of voices and negation of each match; missing where it is not `readable`."""
    if structure is None:
        return _missing(len(readable))
    at = matches.token
    voice = np.where(readable, structure.token_voices.voice[at], -1)
    columns: dict[str, Any] = {"voice": pd.Categorical.from_codes(voice, categories=pd.Index(VOICE_NAMES[:4]))}
    rows = structure.token_voices.row[at]
    for name, source in _OF_VOICES.items():
        codes, texts = structure.coded(source)
        nobody = int(texts.get_indexer(pd.Index([""]))[0])
        of_match = np.where(rows >= 0, codes[rows], nobody) if len(codes) else np.full(len(rows), nobody)
        # Only the texts of these matches: the speakers of a whole corpus would weigh more than the hits.
        used, places = np.unique(of_match, return_inverse=True)
        columns[name] = pd.Categorical.from_codes(np.where(readable, places, -1), categories=texts[used])
    for name, of_token in (("negated", structure.negation.turned), ("hedged", structure.negation.hedged)):
        columns[name] = pd.array(of_token[at], dtype="boolean")
        columns[name][~readable] = pd.NA
    return columns


def _missing(n: int) -> dict[str, Any]:
    nothing = np.full(n, -1)
    columns: dict[str, Any] = {"voice": pd.Categorical.from_codes(nothing, categories=pd.Index(VOICE_NAMES[:4]))}
    for name in _OF_VOICES:
        columns[name] = pd.Categorical.from_codes(nothing, categories=pd.Index([""]))
    for name in ("negated", "hedged"):
        columns[name] = pd.array([pd.NA] * n, dtype="boolean")
    return columns


def target_columns(
    tokens: Tokens,
    structure: Structure | None,
    matches: Matches,
    targets: Lexicon | pd.DataFrame | None,
    readable: npt.NDArray[np.bool_],
) -> dict[str, Any]:
    """Return target, candidates and target_rule of each match; missing without targets or where it is not `readable`."""
    if targets is None or structure is None:
        nothing = pd.Categorical.from_codes(np.full(len(readable), -1), categories=pd.Index([""]))
        return dict.fromkeys(("target", "candidates", "target_rule"), nothing)
    mentions = find_mentions(tokens, targets)
    links = link_targets(tokens, matches, mentions, speakers=_speaking_targets(structure, mentions))
    names = [*dict.fromkeys([*mentions.names, UNRESOLVED, ""])]
    codes = np.where(links.mention >= 0, mentions.target[links.mention] if len(mentions) else -1, names.index(""))
    codes[links.unresolved] = names.index(UNRESOLVED)
    return {
        "target": pd.Categorical.from_codes(np.where(readable, codes, -1), categories=pd.Index(names)),
        "candidates": pd.Categorical(pd.Series(links.candidates, dtype="str").where(readable)),
        "target_rule": pd.Categorical.from_codes(np.where(readable, links.rule, -1), categories=pd.Index(RULES)),
    }


def _speaking_targets(structure: Structure, mentions: Mentions) -> npt.NDArray[np.int32]:
    """Return for each token the target that speaks it, as a place in ``mentions.names``, -1 where no target does."""
    # A speaker without a name has -1 for his tokens, which is the last place of `target_at` and no target; so is a token in no mention.
    rows = structure.token_voices.row
    # Where mentions overlap, the one that begins first counts: it is painted last.
    order = np.argsort(-mentions.first, kind="stable")
    mention_at = spans_at(len(rows) + 1, mentions.first[order], mentions.last[order])
    target_at = np.append(mentions.target[order], np.int32(-1))[mention_at]
    names = structure.speaker_tokens
    targets_of_rows = np.maximum(target_at[names[:, 0]], target_at[names[:, 1]])
    return np.where(rows >= 0, targets_of_rows[rows], -1).astype(np.int32) if len(names) else target_at[:-1] * 0 - 1
