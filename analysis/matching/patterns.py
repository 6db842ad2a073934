"""Lexicon × types: every wildcard is resolved against the vocabulary once, and entries become a trie over pattern ids."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.lexicons import Lexicon
from analysis.tokens.gaps import PHRASE_BREAKS
from analysis.tokens.segmentation import cut_pattern, folded_word
from analysis.tokens.tokens import Tokens

_WILDCARD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One word of an entry: letters, ``*`` for any or none, ``?`` for exactly one; `exact` keeps case.

    `marks` are the bits of `gaps.PHRASE_BREAKS` that must stand between the word before and this one, and no others.
    """

    word: str
    exact: bool
    marks: int = 0

    @property
    def is_wild(self) -> bool:
        """Whether the word has a wildcard."""
        return _WILDCARD.search(self.word) is not None


class Program(NamedTuple):
    """A lexicon made ready for one corpus, as the arrays that the matching kernel reads.

    Types lead to patterns (``type_first``, ``type_patterns``), patterns lead through the trie (``root`` for the first word,
    ``edge_*`` for the next ones) to nodes, and nodes to the terminals that end there: entry numbers, or for exceptions
    ``-1 - entry``. ``marks`` are those of each pattern.
    """

    begins: npt.NDArray[np.bool_]
    type_first: npt.NDArray[np.int32]
    type_patterns: npt.NDArray[np.int32]
    root: npt.NDArray[np.int32]
    edge_first: npt.NDArray[np.int32]
    edge_pattern: npt.NDArray[np.int32]
    edge_child: npt.NDArray[np.int32]
    terminal_first: npt.NDArray[np.int32]
    terminals: npt.NDArray[np.int32]
    category_of: npt.NDArray[np.int32]
    is_wild: npt.NDArray[np.bool_]
    marks: npt.NDArray[np.int64]


def entry_patterns(text: str, case: str) -> tuple[Pattern, ...]:
    """Return the words of an entry as patterns; empty for an entry without a letter, digit or wildcard."""
    exact = case == "exact"
    return tuple(
        # What stands before the first word is no part of the phrase.
        Pattern(word if exact else folded_word(word), exact, gap & PHRASE_BREAKS if place else 0)
        for place, (word, gap) in enumerate(cut_pattern(text))
    )


def compile_lexicon(lexicon: Lexicon, tokens: Tokens) -> Program:
    """Return `lexicon` as arrays over the types of `tokens`."""
    patterns, of_lexicon = _of_no_corpus(lexicon)
    type_first, type_patterns = _patterns_of_types(patterns, tokens)
    begins = np.zeros(len(tokens.types), np.bool_)
    begins[np.repeat(np.arange(len(begins)), np.diff(type_first))[of_lexicon.root[type_patterns] >= 0]] = True
    return of_lexicon._replace(begins=begins, type_first=type_first, type_patterns=type_patterns)


# Cues and negators are matched in each corpus, frames and targets in one after another: eight are kept. For one article they would
# else take longer than all the rest.
@lru_cache(maxsize=8)
def _of_no_corpus(lexicon: Lexicon) -> tuple[tuple[Pattern, ...], Program]:
    """Return the patterns of a lexicon, and what a program has of them whatever the corpus: it knows no type."""
    trie = _Trie()
    numbers = {name: number for number, name in enumerate(lexicon.category_names)}
    wild = []
    for number, entry in enumerate(lexicon.entries):
        patterns = entry_patterns(entry.text, entry.case)
        trie.add(patterns, number)
        wild.append(any(pattern.is_wild for pattern in patterns))
        for exception in entry.exceptions:
            trie.add(entry_patterns(exception, entry.case), -1 - number)
    root, (edge_first, edge_pattern, edge_child) = trie.edges()
    terminal_first, terminals = _ragged(trie.terminals)
    return tuple(trie.patterns), Program(
        begins=np.zeros(0, np.bool_),
        type_first=np.zeros(1, np.int32),
        type_patterns=np.zeros(0, np.int32),
        root=root,
        edge_first=edge_first,
        edge_pattern=edge_pattern,
        edge_child=edge_child,
        terminal_first=terminal_first,
        terminals=terminals,
        category_of=np.array([numbers[entry.category] for entry in lexicon.entries], np.int32),
        is_wild=np.array(wild, np.bool_),
        marks=np.array([pattern.marks for pattern in trie.patterns], np.int64),
    )


class _Trie:
    def __init__(self) -> None:
        self.patterns: dict[Pattern, int] = {}
        self.children: list[dict[int, int]] = [{}]
        self.terminals: list[list[int]] = [[]]

    def add(self, patterns: Sequence[Pattern], terminal: int) -> None:
        node = 0
        for pattern in patterns:
            number = self.patterns.setdefault(pattern, len(self.patterns))
            child = self.children[node].get(number)
            if child is None:
                child = self.children[node][number] = len(self.children)
                self.children.append({})
                self.terminals.append([])
            node = child
        if node:
            self.terminals[node].append(terminal)

    def edges(
        self,
    ) -> tuple[npt.NDArray[np.int32], tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]]:
        root = np.full(max(1, len(self.patterns)), -1, np.int32)
        for number, child in self.children[0].items():
            root[number] = child
        inner = [sorted(children.items()) for children in self.children]
        inner[0] = []
        first, pattern_numbers = _ragged([[number for number, _ in children] for children in inner])
        _, nodes = _ragged([[child for _, child in children] for children in inner])
        return root, (first, pattern_numbers, nodes)


def _ragged(rows: Iterable[Sequence[int]]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return rows of different length as one array, and where each row begins in it."""
    rows = list(rows)
    first = np.zeros(len(rows) + 1, np.int32)
    np.cumsum([len(row) for row in rows], out=first[1:])
    return first, np.array([number for row in rows for number in row], np.int32)


def _patterns_of_types(patterns: Sequence[Pattern], tokens: Tokens) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the patterns that match each type: where its run begins, and the runs."""
    type_ids: list[int] = []
    numbers: list[int] = []
    for number, pattern in enumerate(patterns):
        found = _types_of(pattern, tokens)
        type_ids.extend(found)
        numbers.extend([number] * len(found))
    types = np.array(type_ids, np.int64)
    order = np.lexsort((np.array(numbers, np.int64), types))
    first = np.zeros(len(tokens.types) + 1, np.int32)
    np.cumsum(np.bincount(types, minlength=len(tokens.types)), out=first[1:])
    return first, np.array(numbers, np.int32)[order]


def _types_of(pattern: Pattern, tokens: Tokens) -> set[int]:
    return (tokens.cased_vocabulary if pattern.exact else tokens.vocabulary).types_of(pattern.word)
