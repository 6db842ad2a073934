"""Who says what: quotations, reported speech and scare quotes with their speakers and cues → VOICES."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.core.coding import stacked
from analysis.core.errors import LexiconError
from analysis.core.origin import with_origin
from analysis.core.schema import TEXT_FIELDS, VOICES
from analysis.english import speech
from analysis.english.passages import find_speech
from analysis.english.quotations import UNCLOSED, UNDECIDED, quotations
from analysis.english.speakers import resolve_speakers
from analysis.english.strictness import STANDARD, Strictness, cue_kinds, is_kept, strictness_of
from analysis.english.words import CUES, GENITIVE, word_flags
from analysis.lexicons import Lexicon, read_lexicon
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.matching.matching import find_matches
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import article_of, column_of
from analysis.tokens.kept import kept_with_types
from analysis.tokens.offsets import code_points
from analysis.tokens.parts import in_parts
from analysis.tokens.tokens import Tokens
from analysis.tokens.unicode import APOSTROPHES

NARRATOR, DIRECT, INDIRECT, SCARE, MIXED = 0, speech.DIRECT, speech.INDIRECT, speech.SCARE, speech.MIXED
VOICE_NAMES = ("narrator", "direct", "indirect", "scare", "mixed")
_CONTENT, _MENTION, _CUE = (
    [speech.FIRST, speech.LAST],
    [speech.MENTION, speech.MENTION_LAST],
    [speech.CUE, speech.CUE_LAST],
)
_MOST_ROUND = 12  # rows before one among which the row round it is looked for
FLAGS = ("", "unclosed", "undecided mark", "title")


@dataclass(frozen=True, eq=False)
class TokenVoices:
    """The voice of each token; two arrays of one element a token.

    Attributes
    ----------
    voice : numpy.ndarray of int8
        0 narrator, 1 direct, 2 indirect, 3 scare. In a mixed span tokens inside marks are direct, the others indirect.
    row : numpy.ndarray of int32
        The row in VOICES of the innermost span that the token stands in, or -1.
    """

    voice: npt.NDArray[np.int8]
    row: npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Passages:
    """Rows of VOICES as tokens, in the order of the text.

    Attributes
    ----------
    rows : numpy.ndarray of int32
        In the columns of `analysis.english.speech`.
    part_of : numpy.ndarray of int32
        The mixed row that each is a fragment of, or -1.
    outer : numpy.ndarray of int32
        The row of the innermost passage in which the cue of each stands, or -1: what "X said that Y had told her" has told.
    flags : numpy.ndarray of int8
        Place in ``FLAGS``.
    names : numpy.ndarray of int32, shape (n_rows, 2)
        First and last token of the name of each speaker, -1 for nobody.
    """

    rows: npt.NDArray[np.int32]
    part_of: npt.NDArray[np.int32]
    outer: npt.NDArray[np.int32]
    flags: npt.NDArray[np.int8]
    names: npt.NDArray[np.int32]


def voices(tokens: TokensLike, *, cues: LexiconLike | None = None, strictness: Strictness = STANDARD) -> pd.DataFrame:
    """Return VOICES: one row for every passage that somebody else than the narrator says, in the order of the text.

    A mixed span (indirect speech with words in marks) is followed by a direct row for each of its fragments in marks; their
    ``part_of`` is the row of the mixed span. The rules are for English.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    cues : Lexicon, optional
        Reporting verbs and phrases, in the categories of ``data/lexicons/cues.yml``, which is read where none is given.
    strictness : {"standard", "strict", "wide"}
        What counts as said where no marks show it. ``strict``: saying with *that*; ``standard``: saying and believing, with *that* or a
        clause; ``wide``: also what somebody wants, praises or names. Words in marks that a cue attributes are direct under each. The
        measured precision and recall of each stand in ``docs/methods.md``.

    Returns
    -------
    pandas.DataFrame
        Columns as ``VOICES`` of this module lists them. ``attrs`` names the lexicon, its version and hash, the strictness and the token rule.

    Raises
    ------
    LexiconError
        When `cues` has a category that the rules do not know, or `strictness` is none of the three.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"body": ["“We are not weak,” Anna Hurd told reporters. She said talks would go on."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> fa.voices(tokens)[["voice", "speaker", "speaker_text", "cue_text"]]
          voice    speaker speaker_text cue_text
    0    direct  Anna Hurd    Anna Hurd     told
    1  indirect  Anna Hurd          She     said
    """
    tokens = tokens_of("voices(tokens)", tokens)
    cues = None if cues is None else lexicon_of("voices(tokens)", cues, role="cues")
    cues, strictness = cues or own_cues(), strictness_of("voices(tokens)", strictness)
    tables: list[pd.DataFrame] = []
    n_rows = 0
    for part in in_parts("reading voices", tokens):
        table = voices_table(part, selected(find_passages(part, cues), strictness))
        tables.append(table.assign(part_of=table["part_of"].where(table["part_of"] < 0, table["part_of"] + n_rows)))
        n_rows += len(table)
    return VOICES.check(with_origin(stacked(tables), tokens, cues.origin_as("cues"), strictness=strictness))


def voices_table(tokens: Tokens, passages: Passages) -> pd.DataFrame:
    """Return VOICES of some passages, which do not say where they come from yet."""
    rows, outer = passages.rows, passages.outer
    outer_names = np.where(outer[:, None] >= 0, passages.names[outer], -1) if len(rows) else passages.names
    fields = tokens.fields_at(rows[:, speech.FIRST])
    places = [rows[:, columns] for columns in (_CONTENT, _MENTION, _CUE)]
    (starts, ends), mention, cue = _character_spans(tokens, places)
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(
                article_of(fields), categories=pd.Index(tokens.articles["article_id"])
            ),
            "field": pd.Categorical.from_codes(column_of(fields), categories=pd.Index(TEXT_FIELDS)),
            "start": starts,
            "end": ends,
            "voice": pd.Categorical.from_codes(rows[:, speech.KIND] - 1, categories=pd.Index(VOICE_NAMES[1:])),
            "speaker": _texts(tokens, passages.names, possessive=False),
            "speaker_text": _texts(tokens, places[1], possessive=True),
            "speaker_start": mention[0],
            "speaker_end": mention[1],
            "cue_text": _texts(tokens, places[2], possessive=True),
            "cue_start": cue[0],
            "cue_end": cue[1],
            "cue_kind": pd.Categorical.from_codes(cue_kinds(rows), categories=pd.Index(speech.CUE_KINDS)),
            "content_kind": pd.Categorical.from_codes(
                rows[:, speech.CONTENT], categories=pd.Index(speech.CONTENT_KINDS)
            ),
            "speaker_of_speaker": _texts(tokens, outer_names, possessive=False),
            "part_of": passages.part_of,
            "flag": pd.Categorical.from_codes(passages.flags, categories=pd.Index(FLAGS)),
        }
    )


def token_voices(tokens: Tokens, *, cues: Lexicon | None = None, strictness: Strictness = STANDARD) -> TokenVoices:
    """Return the voice of each token and the row of VOICES that it stands in.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    cues, strictness
        As in `voices`.
    """
    return painted(tokens, selected(find_passages(tokens, cues or own_cues()), strictness))


def painted(tokens: Tokens, passages: Passages) -> TokenVoices:
    """Return the voice of each token: that of the innermost passage that it stands in."""
    voice, row = np.zeros(len(tokens), np.int8), np.full(len(tokens), -1, np.int32)
    _paint(passages.rows, voice, row)
    return TokenVoices(voice, row)


@cache
def own_cues() -> Lexicon:
    """Return the cues of the project."""
    return read_lexicon(CUES)


def find_passages(tokens: Tokens, cues: Lexicon) -> Passages:
    """Return all that somebody may be taken to say under any strictness; `selected` chooses of them."""
    found = quotations(tokens)
    flags = word_flags(tokens)
    rows = find_speech(tokens, find_matches(tokens, cues), _categories(cues), flags)
    names = resolve_speakers(tokens, rows, flags)
    size = len(rows) + len(found.first)
    spans = _Written(
        np.empty((size, rows.shape[1]), np.int32),
        np.empty(size, np.int32),
        np.zeros(size, np.int8),
        np.empty(size, np.int32),
    )
    owner = np.full(len(found.first), -1, np.int32)
    n = _with_fragments(rows, _Marked(found.first, found.last, found.flags, found.inside), owner, spans)
    out, part_of = spans.rows[:n], spans.part_of[:n]
    # Of two passages of the same words that of the later cue is the inner one: "X said Y said …".
    order = np.lexsort((out[:, speech.CUE], part_of, -out[:, speech.LAST], out[:, speech.FIRST]))
    out, part_of = out[order], _moved(order)[part_of[order]]
    return Passages(out, part_of, _outer_of(out), spans.flags[:n][order], names[spans.of[:n][order]])


def _moved(chosen: npt.NDArray[np.int64], size: int | None = None) -> npt.NDArray[np.int32]:
    """Return where each of `size` rows stands among those chosen, -1 for one that is not among them and for row -1."""
    place = np.full((len(chosen) if size is None else size) + 1, -1, np.int32)
    place[chosen] = np.arange(len(chosen))
    return place


def _outer_of(rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    outer = np.full(len(rows), -1, np.int32)
    _find_outer(rows, outer)
    return outer


def selected(passages: Passages, strictness: Strictness) -> Passages:
    """Return the passages that count under `strictness`."""
    chosen = np.flatnonzero(is_kept(passages.rows, strictness))
    rows = passages.rows[chosen]
    place = _moved(chosen, len(passages.rows))
    return Passages(
        rows, place[passages.part_of[chosen]], _outer_of(rows), passages.flags[chosen], passages.names[chosen]
    )


def _categories(cues: Lexicon) -> npt.NDArray[np.int64]:
    """Return the place in `speech.CATEGORIES` of each entry's category."""
    strangers = [name for name in cues.category_names if name not in speech.CATEGORIES]
    if strangers:
        raise LexiconError(
            f"lexicon {cues.name}: category '{strangers[0]}' is not known to the voices rules; "
            f"use {', '.join(speech.CATEGORIES)}"
        )
    return np.array([speech.CATEGORIES.index(entry.category) for entry in cues.entries], np.int64)


@compiled_step
def _flag_of(quote_flags):
    if quote_flags & UNCLOSED:
        return 1
    return 2 if quote_flags & UNDECIDED else 0


class _Marked(NamedTuple):
    """The quotations in marks; see `analysis.english.quotations.Quotations`."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint8]
    inside: npt.NDArray[np.int32]


class _Written(NamedTuple):
    """What `_with_fragments` writes of each row: its places, the row that it is part of, its flag, and the attribution it comes from."""

    rows: npt.NDArray[np.int32]
    part_of: npt.NDArray[np.int32]
    flags: npt.NDArray[np.int8]
    of: npt.NDArray[np.int32]


@compiled
def _with_fragments(rows, marked, owner, out):
    """Say of each row whether it is direct, indirect or mixed, and add the fragments of mixed ones; return the number of rows.

    A fragment is part of the innermost row that it stands in: whoever is quoted there utters it. `owner` holds -1 for each quotation; it
    becomes the row that the quotation is a fragment of.
    """
    for k in range(len(rows)):
        for column in range(rows.shape[1]):
            out.rows[k, column] = rows[k, column]
        out.part_of[k], out.of[k], out.flags[k] = -1, k, 0
        here = marked.inside[rows[k, speech.FIRST]]
        whole = here >= 0 and here == marked.inside[rows[k, speech.LAST]]
        if whole:
            out.flags[k] = _flag_of(marked.flags[here])
            owner[here] = -1
        if rows[k, speech.KIND] == speech.TITLE:
            out.rows[k, speech.KIND], out.flags[k] = speech.SCARE, 3
        elif rows[k, speech.KIND] < 0:
            out.rows[k, speech.KIND] = speech.DIRECT if whole else _claim(rows[k], marked, owner, k)
    n = len(rows)
    for q in range(len(owner)):
        k = owner[q]
        if k >= 0:
            for column in range(rows.shape[1]):
                out.rows[n, column] = out.rows[k, column]
            out.rows[n, speech.FIRST] = max(marked.first[q], out.rows[k, speech.FIRST])
            out.rows[n, speech.LAST] = min(marked.last[q], out.rows[k, speech.LAST])
            out.rows[n, speech.KIND], out.rows[n, speech.CONTENT] = speech.DIRECT, speech.MARKS
            out.part_of[n], out.of[n], out.flags[n] = k, out.of[k], _flag_of(marked.flags[q])
            n += 1
    return n


@compiled_step
def _claim(row, marked, owner, k):
    """Note row k as the owner of the quotations that it holds; return its kind."""
    kind = speech.INDIRECT
    i = row[speech.FIRST]
    while i <= row[speech.LAST]:
        quotation = marked.inside[i]
        if quotation >= 0:
            kind = speech.MIXED
            owner[quotation] = k
            i = marked.last[quotation]
        i += 1
    return kind


@compiled
def _find_outer(rows, outer):
    """Write the innermost row that holds cue and content of each row; rows are in the order of the text."""
    for k in range(len(rows)):
        for j in range(k - 1, max(k - _MOST_ROUND, -1), -1):
            is_inside = (
                rows[j, speech.FIRST] <= rows[k, speech.CUE] and rows[k, speech.CUE_LAST] <= rows[j, speech.LAST]
            )
            if is_inside and rows[k, speech.LAST] <= rows[j, speech.LAST] and rows[j, speech.CUE] >= 0:
                outer[k] = j
                break


@compiled
def _paint(rows, voice, row):
    for k in range(len(rows)):
        kind = rows[k, speech.KIND]
        for i in range(rows[k, speech.FIRST], rows[k, speech.LAST] + 1):
            voice[i] = speech.INDIRECT if kind == speech.MIXED else kind
            row[i] = k


def _character_spans(
    tokens: Tokens, places: list[npt.NDArray[np.int32]]
) -> list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]]:
    """Return starts and ends in code points of several lists of spans of tokens, -1 where a span is missing."""
    spans = np.concatenate(places)
    order = np.argsort(spans[:, 0], kind="stable")
    order = order[np.searchsorted(spans[order, 0], 0) :]
    first, last = spans[order, 0], spans[order, 1]
    starts, ends = np.full(len(spans), -1, np.int32), np.full(len(spans), -1, np.int32)
    starts[order], ends[order] = code_points(tokens, tokens.fields_at(first), first, last)
    return list(zip(np.split(starts, len(places)), np.split(ends, len(places)), strict=True))


def _texts(tokens: Tokens, spans: npt.NDArray[np.int32], *, possessive: bool) -> pd.api.extensions.ExtensionArray:
    """Return the text of each span of tokens, "" where it is missing; a possessive 's at its end is cut unless `possessive`."""
    first, last = spans[:, 0].astype(np.int64), spans[:, 1].astype(np.int64)
    missing = first < 0
    first[missing], last[missing] = 0, 0
    fields = tokens.fields_at(first)
    base = tokens.bounds[fields, 0]
    cut = np.zeros(len(tokens.types), np.int64) if possessive else _possessive_bytes(tokens)
    final = tokens.type_ids[last] if len(tokens) else last
    begin = base + tokens.starts[first] if len(tokens) else base
    end = base + tokens.starts[last] + tokens.type_lengths[final] - cut[final] if len(tokens) else base
    end[missing] = begin[missing]
    offsets = np.zeros(len(first) + 1, np.int64)
    np.cumsum(end - begin, out=offsets[1:])
    data = np.empty(int(offsets[-1]), np.uint8)
    _gather(tokens.buffers, column_of(fields), begin, offsets, data)
    strings = pa.LargeStringArray.from_buffers(len(first), pa.py_buffer(offsets), pa.py_buffer(data))
    texts: pd.api.extensions.ExtensionArray = pd.array(strings, dtype="str")
    return texts


@kept_with_types
def _possessive_bytes(tokens: Tokens) -> npt.NDArray[np.int64]:
    """Return the bytes of the possessive 's that each type ends with, 0 where it has none."""
    lengths = np.zeros(len(tokens.types), np.int64)
    for i in np.flatnonzero(word_flags(tokens) & GENITIVE).tolist():
        spelling = tokens.types[i]
        # A mark that was damaged has ignored characters between it and the s.
        lengths[i] = len(spelling[max(map(spelling.rfind, f"'{APOSTROPHES}")) :].encode("utf-8"))
    return lengths


@compiled
def _gather(buffers, places, begins, offsets, data):
    for k in range(len(places)):
        source = buffers[places[k]]
        for i in range(offsets[k + 1] - offsets[k]):
            byte = source[begins[k] + i]
            data[offsets[k] + i] = 0x20 if byte == 0x0A or byte == 0x0D else byte
