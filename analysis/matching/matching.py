"""Entries against tokens: the kernel that walks sentences and the two overlap rules."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.core.errors import LexiconError
from analysis.lexicons import Lexicon
from analysis.matching.patterns import Program, compile_lexicon
from analysis.tokens.compiling import compiled
from analysis.tokens.gaps import PHRASE_BREAKS
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
    ends = tokens.sentence_edges[1:].astype(np.int64)
    arrays = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int32))
    capacity, parts, sentence = max(1 << 12, len(tokens) // 16), [], 0
    while sentence < len(tokens.sentence_starts):
        arrays = (
            np.empty(capacity, np.int64), np.empty(capacity, np.int64), np.empty(capacity, np.int32), np.empty(capacity, np.int32)
        )  # fmt: skip
        n, sentence = _walk(
            (tokens.type_ids, tokens.gaps), tokens.sentence_starts, ends, sentence, overlap == "every_entry",
            _fields(program), *arrays,
        )  # fmt: skip
        parts.append([array[:n] for array in arrays])
        capacity *= 2
    return Matches(*(np.concatenate(columns) for columns in zip(*parts, strict=True))) if parts else Matches(*arrays)


def _fields(program: Program) -> tuple[npt.NDArray[Any], ...]:
    return (
        program.begins, program.type_first, program.type_patterns, program.root, program.edge_first, program.edge_pattern,
        program.edge_child, program.terminal_first, program.terminals, program.category_of, program.is_wild,
        program.marks,
    )  # fmt: skip


@compiled
def _collect(words, i, end, program, stack, found):
    """Fill `found` with (terminal, last token) of all entries and exceptions that match from token i on."""
    _, type_first, type_patterns, root, edge_first, edge_pattern, edge_child, terminal_first, terminals, _, _, marks = (
        program
    )
    type_ids, before = words
    depth = n = 0
    for at in range(type_first[type_ids[i]], type_first[type_ids[i] + 1]):
        if root[type_patterns[at]] >= 0:
            stack[depth, 0], stack[depth, 1] = root[type_patterns[at]], i
            depth += 1
    while depth:
        depth -= 1
        node, last = stack[depth, 0], stack[depth, 1]
        for at in range(terminal_first[node], terminal_first[node + 1]):
            found[n, 0], found[n, 1] = terminals[at], last
            n += 1
        if last + 1 < end and edge_first[node] < edge_first[node + 1]:
            following, between = type_ids[last + 1], before[last + 1] & PHRASE_BREAKS
            for at in range(type_first[following], type_first[following + 1]):
                if marks[type_patterns[at]] != between:
                    continue
                for edge in range(edge_first[node], edge_first[node + 1]):
                    if edge_pattern[edge] == type_patterns[at]:
                        stack[depth, 0], stack[depth, 1] = edge_child[edge], last + 1
                        depth += 1
    return n


@compiled
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


@compiled
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
def _walk(words, starts, ends, sentence, every, program, tokens_out, last_out, entry_out, sentence_out):
    """Match from `sentence` on until the output arrays are full; return the number of matches and the next sentence."""
    begins, category_of, is_wild = program[0], program[9], program[10]
    type_ids = words[0]
    stack = np.empty((len(program[7]), 2), np.int64)
    found = np.empty((len(program[8]), 2), np.int64)
    excepted_until = np.full(len(category_of), -1, np.int64)
    busy_until = np.full(category_of.max() + 1, -1, np.int64)
    n = 0
    for current in range(sentence, len(starts)):
        n_before = n
        for i in range(starts[current], ends[current]):
            if not begins[type_ids[i]]:
                continue
            kept = _collect(words, i, ends[current], program, stack, found)
            kept = _keep_allowed(found, kept, excepted_until)
            if not every:
                kept = _keep_longest(found, kept, i, busy_until, category_of, is_wild)
            if n + kept > len(tokens_out):
                return n_before, current
            for k in range(kept):
                tokens_out[n], last_out[n] = i, found[k, 1]
                entry_out[n], sentence_out[n] = found[k, 0], current
                n += 1
    return n, len(starts)
