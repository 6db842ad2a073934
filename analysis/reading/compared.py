r"""Tokens → the words by which articles are compared with one another: casefolded, without punctuation, variants or invisible characters.

They are the runs of ``\w`` in a text of which NFKC and case folding were taken. A token of the corpus holds one of them as a rule ("don't" two:
"don", "t"), so they are found once a type, and no word becomes a Python object. Where two of them may be one, or one stands outside any token, as in
Chinese, Thai or "™", the field is read from its text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import bytes_of
from analysis.reading.rooms import OnDisk
from analysis.tokens.compiling import ZERO, compiled, compiled_step
from analysis.tokens.fields import N_FIELDS, article_of, column_of, field_of
from analysis.tokens.storing import types_of
from analysis.tokens.tokens import Tokens, spellings_of
from analysis.tokens.type_table import empty_type_table, merge

Array = npt.NDArray[Any]

_WORD = re.compile(r"\w+")
_PLAIN = "^[0-9A-Za-z_]+$"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Beyond these stand Chinese and Japanese signs, presentation forms and pictures: a field that has one between two tokens is read from its text.
_MARKS_BELOW = 0x3000
_PRIME = np.uint64(0x100000001B3)  # of the hash FNV-1a, as its start is
_OFFSET = np.uint64(0xCBF29CE484222325)
_MIX = np.uint64(0xFF51AFD7ED558CCD)  # of the finaliser of MurmurHash3


class Compared(NamedTuple):
    """The words of a corpus, each as 64 bits of its spelling: no two words of a corpus have the same.

    Attributes
    ----------
    type_ids, field_starts
        As in Tokens.
    words, word_starts : numpy.ndarray
        The words of each type one after another, and where those of each begin.
    own, own_starts, own_of_field : numpy.ndarray
        The words of the fields that are read from their text, where those of each begin, and the place of a field among them: -1 for most.
    """

    type_ids: Array
    field_starts: Array
    words: Array
    word_starts: Array
    own: Array
    own_starts: Array
    own_of_field: Array


def compared_words(tokens: Tokens) -> Compared:
    """Return the words by which the articles of a corpus are compared."""
    own = _own_words(tokens)
    words, starts = _words_of_types(pa.array(tokens.types, pa.large_string()))
    return Compared(tokens.type_ids, tokens.field_starts, words, starts, *own)


def compared_in_parts(parts: Iterable[Tokens], room: OnDisk) -> Compared:
    """Return what `compared_words` does of a corpus that is encoded part by part; the type of each token goes to a file."""
    table = empty_type_table()
    own: list[_Own] = []
    field_starts = [np.zeros(1, np.int64)]

    def type_ids() -> Iterator[Array]:
        nonlocal table
        for tokens in parts:
            ids, table = merge(types_of(tokens), table)
            own.append(_own_words(tokens))
            field_starts.append(tokens.field_starts[1:] + field_starts[-1][-1])
            yield ids[tokens.type_ids]

    of_tokens = room.numbers(type_ids())
    words = _words_of_types(spellings_of(table))
    return Compared(of_tokens, np.concatenate(field_starts), *words, *_joined(own))


class _Own(NamedTuple):
    """The words of the fields that are read from their text, as `Compared` has them."""

    words: Array
    starts: Array
    of_field: Array


def _own_words(tokens: Tokens) -> _Own:
    fields = np.flatnonzero(_is_own(tokens))
    of_fields = [_words(tokens.text_of_field(field)) for field in fields.tolist()]
    of_field = np.full(len(tokens.bounds), -1, np.int32)
    of_field[fields] = np.arange(len(fields), dtype=np.int32)
    starts = _starts(np.array([len(words) for words in of_fields], np.int64))
    return _Own(_hashes(_flat(of_fields)), starts, of_field)


def _joined(parts: list[_Own]) -> _Own:
    n_fields = np.cumsum([0, *(len(part.starts) - 1 for part in parts)])
    n_words = np.cumsum([0, *(len(part.words) for part in parts)])
    of_field = [
        np.where(part.of_field < 0, -1, part.of_field + n).astype(np.int32)
        for part, n in zip(parts, n_fields.tolist(), strict=False)
    ]
    starts = [part.starts[1:] + n for part, n in zip(parts, n_words.tolist(), strict=False)]
    return _Own(
        np.concatenate([part.words for part in parts]),
        np.concatenate([np.zeros(1, np.int64), *starts]),
        np.concatenate(of_field),
    )


def _words_of_types(types: pa.LargeStringArray) -> tuple[Array, Array]:
    """Return the words of each type one after another, and where those of each begin."""
    is_plain = pc.match_substring_regex(types, _PLAIN).to_numpy(zero_copy_only=False)
    others = np.flatnonzero(~is_plain)
    of_others = [_words(word) for word in types.take(pa.array(others)).to_pylist()]
    counts = np.ones(len(types), np.int64)
    counts[others] = [len(words) for words in of_others]
    starts = _starts(counts)
    words = np.empty(starts[-1], np.uint64)
    is_of_plain = np.repeat(is_plain, counts)
    words[is_of_plain] = _hashes(pc.ascii_lower(types.filter(pa.array(is_plain))))
    words[~is_of_plain] = _hashes(_flat(of_others))
    return words, starts


@compiled_step
def words_of_field(compared: Compared, field: int, words: Array, n: int) -> int:
    """Write the words of a field to ``words`` from place `n` on; return the next place."""
    own = compared.own_of_field[field]
    if own >= 0:
        for k in range(compared.own_starts[own], compared.own_starts[own + 1]):
            words[n] = compared.own[k]
            n += 1
        return n
    type_ids, starts, of_types = compared.type_ids, compared.word_starts, compared.words
    for token in range(compared.field_starts[field], compared.field_starts[field + 1]):
        for k in range(starts[type_ids[token]], starts[type_ids[token] + 1]):
            words[n] = of_types[k]
            n += 1
    return n


@compiled_step
def words_of(compared: Compared, article: int, words: Array) -> int:
    """Write the words of headline, standfirst and body of an article to ``words``; return how many there are."""
    n = ZERO
    for column in range(N_FIELDS):
        n = words_of_field(compared, field_of(article, column), words, n)
    return n


def word_counts(compared: Compared) -> Array:
    """Return how many words each article has."""
    counts = np.zeros(len(compared.own_of_field) // N_FIELDS, np.int64)
    _count(compared, counts)
    return counts


@compiled
def _count(compared: Compared, counts: Array) -> None:
    type_ids, starts = compared.type_ids, compared.word_starts
    for field in range(len(compared.own_of_field)):
        own = compared.own_of_field[field]
        n = 0
        if own >= 0:
            n = compared.own_starts[own + 1] - compared.own_starts[own]
        else:
            for token in range(compared.field_starts[field], compared.field_starts[field + 1]):
                n += starts[type_ids[token] + 1] - starts[type_ids[token]]
        counts[article_of(field)] += n


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _WORD.findall(text.casefold())


def _starts(counts: Array) -> Array:
    return np.concatenate([[0], np.cumsum(counts)])


def _flat(lists: Iterable[list[str]]) -> pa.Array:
    return pa.array([word for words in lists for word in words], pa.large_string())


def _hashes(words: pa.Array | pa.ChunkedArray) -> Array:
    """Return 64 bits of each word's spelling."""
    words = words.combine_chunks() if isinstance(words, pa.ChunkedArray) else words
    found = np.empty(len(words), np.uint64)
    _hash(*bytes_of(words), found)
    return found


@compiled
def _hash(data: Array, bounds: Array, found: Array) -> None:
    for word in range(len(found)):
        value = _OFFSET
        for i in range(bounds[word], bounds[word + 1]):
            value = (value ^ np.uint64(data[i])) * _PRIME
        value = (value ^ (value >> np.uint64(33))) * _MIX
        found[word] = value ^ (value >> np.uint64(33))


@cache
def _parts_words() -> npt.NDArray[np.bool_]:
    """Whether each character below `_MARKS_BELOW` parts words wherever it stands: it has no part of a word in it, and changes none beside it."""
    return np.array([_parts(chr(point)) for point in range(_MARKS_BELOW)])


def _parts(character: str) -> bool:
    plain = unicodedata.normalize("NFKC", character)
    return not _WORD.search(plain.casefold()) and not any(unicodedata.category(sign)[0] == "M" for sign in plain)


def _is_own(tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Return which fields are read from their text: one with two tokens that nothing parts, or with another sign between them."""
    found = np.zeros(len(tokens.bounds), np.bool_)
    _find_own(
        (tokens.buffers, tokens.bounds, tokens.field_starts, tokens.starts, tokens.type_ids, tokens.type_lengths),
        _parts_words(),
        found,
    )
    return found


@compiled
def _find_own(encoded: tuple[Any, ...], parts: Array, found: Array) -> None:
    buffers, bounds, field_starts, starts, type_ids, lengths = encoded
    for field in range(len(found)):
        data, begin = buffers[column_of(field)], bounds[field, 0]
        i = begin
        for token in range(field_starts[field], field_starts[field + 1] + 1):
            is_last = token == field_starts[field + 1]
            end = bounds[field, 1] if is_last else begin + starts[token]
            if i == end and not is_last and i > begin:
                found[field] = True
            while i < end:
                byte = np.int64(data[i])
                i += 1
                if byte < 0x80:
                    if not parts[byte]:
                        found[field] = True
                elif byte < 0xE0:
                    if not parts[((byte & 0x1F) << 6) | (data[i] & 0x3F)]:
                        found[field] = True
                    i += 1
                elif byte < 0xF0:
                    point = ((byte & 0x0F) << 12) | ((np.int64(data[i]) & 0x3F) << 6) | (data[i + 1] & 0x3F)
                    if point >= len(parts) or not parts[point]:
                        found[field] = True
                    i += 2
                else:
                    found[field] = True
                    i += 3
            if not is_last:
                i = end + lengths[type_ids[token]]
