"""Entries against tokens: the kernel that walks sentences and the two overlap rules."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from analysis.core.errors import LexiconError
from analysis.lexicons import Lexicon
from analysis.matching.patterns import Program, compile_lexicon
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.gaps import PHRASE_BREAKS
from analysis.tokens.parts import in_parts
from analysis.tokens.tokens import Tokens

Overlap = Literal["longest_within_category", "every_entry"]

# Name of the rule by which phrases run over marks; it travels with every result.
PHRASE_RULE = "not_over_marks"


@dataclass(frozen=True, eq=False)
class Matches:
    """Every match of a lexicon, in the order of the text; four arrays of one element a match.

    Attributes
    ----------
    token, last : numpy.ndarray of int64
        First and last token of the match.
    entry : numpy.ndarray of int32
        Place of the entry in ``lexicon.entries``.
    sentence : numpy.ndarray of int32
        Place of the sentence in ``tokens.sentence_starts``.
    """

    token: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    entry: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.int32]


def find_matches(tokens: Tokens, lexicon: Lexicon, *, overlap: Overlap = "longest_within_category") -> Matches:
    """Return every match of `lexicon` in `tokens`; no match crosses a sentence.

    A phrase runs over spaces, line ends, hyphens, slashes, quotation marks and the stops of abbreviations. It does not run over a comma,
    semicolon, colon, bracket, dash, ellipsis, exclamation or question mark, or a bar or bullet, unless the entry has that mark in that
    place; then the text must have it too. The rule's name is ``not_over_marks``.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    lexicon : Lexicon
        What to look for.
    overlap : {"longest_within_category", "every_entry"}
        With the first, matches of one category do not overlap: the leftmost wins, then the longest, then an exact entry
        before one with a wildcard, then the order of the file; categories do not hide one another. With
        the second every entry that matches counts.

    Raises
    ------
    LexiconError
        When `overlap` is neither of the two.
    """
    if overlap not in get_args(Overlap):
        raise LexiconError(f"overlap {overlap!r} is not known; choose one of {', '.join(map(repr, get_args(Overlap)))}")
    program = compile_lexicon(lexicon, tokens)
    words = _Words(tokens.type_ids, tokens.gaps, tokens.sentence_edges.astype(np.int64))
    n_sentences = len(tokens.sentence_starts)
    found = _empty(0)
    capacity, parts, sentence = max(1 << 12, len(tokens) // 16), [], 0
    while sentence < n_sentences:
        found = _empty(capacity)
        # Scratch is new, for the sentence in which the room ended is walked again.
        n, sentence = _walk(words, sentence, overlap == "every_entry", program, _scratch(program), found)
        parts.append([array[:n] for array in found])
        capacity *= 2
    return Matches(*(np.concatenate(columns) for columns in zip(*parts, strict=True))) if parts else Matches(*found)


def matches_of_parts(what: str, tokens: Tokens, lexicon: Lexicon) -> Matches:
    """Return what `find_matches` does, found part by part, so that nothing but the matches has a size of the whole corpus.

    Parameters
    ----------
    what : str
        What is done, as it is shown where it takes long.
    tokens, lexicon
        As for `find_matches`.
    """
    found, n_tokens, n_sentences = [], 0, 0
    for part in in_parts(what, tokens):
        of_part = find_matches(part, lexicon)
        token, last = of_part.token + n_tokens, of_part.last + n_tokens
        found.append((token, last, of_part.entry, of_part.sentence + np.int32(n_sentences)))
        n_tokens, n_sentences = n_tokens + len(part), n_sentences + len(part.sentence_starts)
    return Matches(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


class _Words(NamedTuple):
    """The corpus as the walk reads it: type of each token and gap before it, and the first token of each sentence, and of none."""

    type_ids: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.uint32]
    edges: npt.NDArray[np.int64]


class _Found(NamedTuple):
    """What the walk writes of each match; see `Matches`."""

    token: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    entry: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.int32]


class _Scratch(NamedTuple):
    """Room to work in: nodes of the trie with the token reached, terminals met at one token with theirs, and how far entries and categories bar.

    ``excepted_until`` is the last token that an exception of each entry covers, ``busy_until`` the last one of each category's match.
    """

    stack: npt.NDArray[np.int64]
    met: npt.NDArray[np.int64]
    excepted_until: npt.NDArray[np.int64]
    busy_until: npt.NDArray[np.int64]


def _empty(n: int) -> _Found:
    return _Found(np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int32), np.empty(n, np.int32))


def _scratch(program: Program) -> _Scratch:
    n_categories = int(program.category_of.max(initial=-1)) + 1
    return _Scratch(
        np.empty((len(program.terminal_first), 2), np.int64),
        np.empty((len(program.terminals), 2), np.int64),
        np.full(len(program.category_of), -1, np.int64),
        np.full(n_categories, -1, np.int64),
    )


@compiled_step
def _collect(words, i, end, program, stack, met):
    """Fill `met` with (terminal, last token) of all entries and exceptions that match from token i on; return their number."""
    type_first, type_patterns, root = program.type_first, program.type_patterns, program.root
    type_ids = words.type_ids
    depth = n = 0
    for at in range(type_first[type_ids[i]], type_first[type_ids[i] + 1]):
        if root[type_patterns[at]] >= 0:
            stack[depth, 0], stack[depth, 1] = root[type_patterns[at]], i
            depth += 1
    while depth:
        depth -= 1
        node, last = stack[depth, 0], stack[depth, 1]
        for at in range(program.terminal_first[node], program.terminal_first[node + 1]):
            met[n, 0], met[n, 1] = program.terminals[at], last
            n += 1
        if last + 1 < end and program.edge_first[node] < program.edge_first[node + 1]:
            following, between = type_ids[last + 1], words.gaps[last + 1] & PHRASE_BREAKS
            for at in range(type_first[following], type_first[following + 1]):
                if program.marks[type_patterns[at]] != between:
                    continue
                for edge in range(program.edge_first[node], program.edge_first[node + 1]):
                    if program.edge_pattern[edge] == type_patterns[at]:
                        stack[depth, 0], stack[depth, 1] = program.edge_child[edge], last + 1
                        depth += 1
    return n


@compiled_step
def _keep_allowed(found, n, excepted_until):
    """Note how far exceptions reach, drop what they cover, and sort the rest by entry; return how many are left."""
    for k in range(n):
        if found[k, 0] < 0:
            entry = -1 - found[k, 0]
            excepted_until[entry] = max(excepted_until[entry], found[k, 1])
    kept = 0
    for k in range(n):
        entry, last = found[k, 0], found[k, 1]
        if entry < 0 or last <= excepted_until[entry]:
            continue
        place = kept
        while place > 0 and found[place - 1, 0] > entry:
            found[place, 0], found[place, 1] = found[place - 1, 0], found[place - 1, 1]
            place -= 1
        found[place, 0], found[place, 1] = entry, last
        kept += 1
    return kept


@compiled_step
def _keep_longest(found, n, i, busy_until, category_of, is_wild):
    """Keep the best match of each category that is free at token i; return how many are left."""
    kept = 0
    for k in range(n):
        entry, last = found[k, 0], found[k, 1]
        category = category_of[entry]
        if i <= busy_until[category]:
            continue
        place = 0
        while place < kept and category_of[found[place, 0]] != category:
            place += 1
        if place == kept:
            kept += 1
        elif last < found[place, 1] or (last == found[place, 1] and is_wild[entry] >= is_wild[found[place, 0]]):
            continue
        found[place, 0], found[place, 1] = entry, last
    for place in range(kept):
        busy_until[category_of[found[place, 0]]] = found[place, 1]
    return kept


@compiled
def _walk(words, first, every, program, scratch, found):
    """Match from sentence `first` on until `found` is full; return the number of matches and the next sentence."""
    type_ids, edges, met = words.type_ids, words.edges, scratch.met
    n = 0
    for sentence in range(first, len(edges) - 1):
        n_before = n
        for i in range(edges[sentence], edges[sentence + 1]):
            if not program.begins[type_ids[i]]:
                continue
            kept = _collect(words, i, edges[sentence + 1], program, scratch.stack, met)
            kept = _keep_allowed(met, kept, scratch.excepted_until)
            if not every:
                kept = _keep_longest(met, kept, i, scratch.busy_until, program.category_of, program.is_wild)
            if n + kept > len(found.token):
                return n_before, sentence
            for k in range(kept):
                found.token[n], found.last[n] = i, met[k, 1]
                found.entry[n], found.sentence[n] = met[k, 0], sentence
                n += 1
    return n, len(edges) - 1
