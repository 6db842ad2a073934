"""Where a fragment quoted in the headline comes from: the passage of the body, and whether its words were changed."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.origin import with_origin
from analysis.core.schema import TEXT_FIELDS, TRACES
from analysis.english.structure import structure_of
from analysis.english.voices import VOICE_NAMES
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.compiling import compiled_with_arrays
from analysis.tokens.fields import BODY, article_of, column_of, field_of
from analysis.tokens.offsets import code_points
from analysis.tokens.parts import in_parts
from analysis.tokens.rows import hits_in_corpus
from analysis.tokens.tokens import Tokens

# A passage must hold this share of the fragment's weight; below, common words alone would make one.
LEAST_SHARE = 0.6
_FUNCTION_WEIGHT = 0.25
_SKIP = 0.05  # what a word of the body costs that the fragment leaves out
_FUNCTION_WORDS = frozenset(
    "a an the this that these those and or but of in on at to for from by with as it its he she they we you i his her "
    "their our your my be have do will would not no so than then there who what which".split()
)
_SAME = dict.fromkeys("am is are was were been being".split(), "be")
_SAME |= dict.fromkeys(["has", "had", "having"], "have") | dict.fromkeys(["does", "did", "doing", "done"], "do")
_IRREGULAR = {"won't": "will", "can't": "can", "shan't": "shall", "cannot": "can"}


class _Passage(NamedTuple):
    share: float
    first: int
    last: int


def _keys(form: str) -> tuple[str, ...]:
    """Return what a form is compared as: contractions opened ("don't" is do and not), auxiliaries in one form."""
    if form in _IRREGULAR:
        return _IRREGULAR[form], "not"
    if form.endswith("n't"):
        return _SAME.get(form[:-3], form[:-3]), "not"
    return (_SAME.get(form, form),)


class _Words(NamedTuple):
    """What each type is compared as: one or two keys (the second -1 where there is none), and the weight of each key."""

    keys: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]

    @classmethod
    def of(cls, tokens: Tokens) -> Self:
        """Return the keys of the types of `tokens`."""
        form_of_type, forms = tokens.form_ids
        numbers: dict[str, int] = {}
        keys = np.full((len(forms), 2), -1, np.int64)
        for place, form in enumerate(forms):
            for n, key in enumerate(_keys(form)):
                keys[place, n] = numbers.setdefault(key, len(numbers))
        weights = np.array([_FUNCTION_WEIGHT if key in _FUNCTION_WORDS else 1.0 for key in numbers])
        return cls(keys[form_of_type], weights)

    def compared(self, tokens: Tokens, first: int, stop: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the keys of tokens `first` to `stop`, and the token that each belongs to."""
        keys = self.keys[tokens.type_ids[first:stop]]
        owners = np.repeat(np.arange(first, stop), 2)
        present = keys.ravel() >= 0
        return keys.ravel()[present], owners[present]


@compiled_with_arrays
def _best_passage(fragment, weights, body):
    """Return score, first and last place in `body` of the best local alignment (Smith and Waterman 1981)."""
    n = len(fragment)
    above, begins = np.zeros(n + 1), np.full(n + 1, -1)
    best, first, last = 0.0, -1, -1
    for j in range(len(body)):
        diagonal, diagonal_begin = 0.0, -1
        for i in range(1, n + 1):
            kept, kept_begin = above[i] - _SKIP, begins[i]
            score, begin = kept, kept_begin
            if fragment[i - 1] == body[j]:
                matched = diagonal + weights[i - 1]
                if matched > score:
                    score, begin = matched, diagonal_begin if diagonal > 0 else j
            diagonal, diagonal_begin = above[i], begins[i]
            if i > 1 and above[i - 1] > score:
                score, begin = above[i - 1], begins[i - 1]
            if score <= 0:
                score, begin = 0.0, -1
            above[i], begins[i] = score, begin
            if score > best:
                best, first, last = score, begin, j
    return best, first, last


def trace_quotes(tokens: TokensLike, *, hits: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return for each fragment quoted in a headline or standfirst the passage of the body that it came from.

    Words are compared as forms, contractions opened and auxiliaries in one form, so that "Don't want" meets "does not want".
    The passage is the best local alignment in which function words weigh a quarter; it must hold 0.6 of the
    fragment's weight and one of its content words. A fragment of one word must stand in the body as it is.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus, in English.
    hits : pandas.DataFrame, optional
        HITS of `tokens` with targets, to compare whom the words are about.

    Returns
    -------
    pandas.DataFrame
        TRACES, in the order of the text; columns as ``TRACES`` of this module lists them.

    References
    ----------
    Smith, T. F., & Waterman, M. S. (1981). Identification of common molecular subsequences.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> headline = "Hurd 'does not want to look weak', says expert"
    >>> body = "“The colonels don't want to look weak,” an expert said."
    >>> tokens = fa.tokenize(fa.read(pd.DataFrame({"headline": [headline], "body": [body]})))
    >>> fa.trace_quotes(tokens)[["text", "words", "body_text", "body_voice"]].iloc[0].to_dict()
    {'text': 'does not want to look weak', 'words': 'altered', 'body_text': "don't want to look weak", 'body_voice': 'direct'}
    """
    tokens = tokens_of("trace_quotes(tokens)", tokens)
    if hits is not None:
        hits_in_corpus(hits, tokens)
    words = _Words.of(tokens)
    rows = [
        _trace(part, words, *fragment) for part in in_parts("tracing quotes", tokens) for fragment in _fragments(part)
    ]
    table = pd.DataFrame(rows, columns=list(TRACES.names))
    dtypes: dict[str, Any] = {"text": "str", "integer": "Int64", "number": "float64"}
    table = table.astype({column.name: dtypes[column.kind] for column in TRACES.columns})
    traced = table if hits is None or table.empty else _with_targets(table, hits)
    return TRACES.check(with_origin(traced, tokens, {} if hits is None else hits))


def _fragments(tokens: Tokens) -> Iterator[tuple[int, int, int]]:
    """Yield field, first and last token of each passage in marks in a headline or standfirst."""
    voice, row = structure_of(tokens).token_voices.voice, structure_of(tokens).token_voices.row
    quoted = np.isin(voice, [VOICE_NAMES.index("direct"), VOICE_NAMES.index("scare")])
    places = np.flatnonzero(quoted)
    fields = tokens.fields_at(places)
    above = column_of(fields) != BODY
    places, fields = places[above], fields[above]
    cuts = np.flatnonzero((np.diff(places) > 1) | (np.diff(row[places]) != 0) | (np.diff(fields) != 0)) + 1
    for run, of in zip(np.split(places, cuts), np.split(fields, cuts), strict=True):
        if len(run):
            yield int(of[0]), int(run[0]), int(run[-1])


def _trace(tokens: Tokens, words_of: _Words, field: int, first: int, last: int) -> tuple[object, ...]:
    structure = structure_of(tokens)
    row = article_of(field)
    body = field_of(row, BODY)
    passage = _passage(
        tokens, words_of, (first, last), (int(tokens.field_starts[body]), int(tokens.field_starts[body + 1]))
    )
    start, end, text = _printed(tokens, field, first, last)
    article = tokens.articles["article_id"].iat[row]
    speaker = _speaker(structure.voices, int(structure.token_voices.row[first]))
    head = (article, TEXT_FIELDS[column_of(field)], start, end, text)
    if passage is None:
        return (*head, "not found", 0.0, pd.NA, pd.NA, "", speaker, "", "", "", "")
    body_start, body_end, body_text = _printed(tokens, body, passage.first, passage.last)
    words = "verbatim" if _forms(tokens, first, last) == _forms(tokens, passage.first, passage.last) else "altered"
    voice = VOICE_NAMES[structure.token_voices.voice[passage.last]]
    body_speaker = _speaker(structure.voices, int(structure.token_voices.row[passage.last]))
    found = (words, round(passage.share, 3), body_start, body_end, body_text)
    return (*head, *found, speaker, voice, body_speaker, "", "")


def _passage(tokens: Tokens, words: _Words, fragment: tuple[int, int], body: tuple[int, int]) -> _Passage | None:
    keys, _ = words.compared(tokens, fragment[0], fragment[1] + 1)
    there, owners = words.compared(tokens, *body)
    weights = words.weights[keys]
    _, first, last = _best_passage(keys, weights, there)
    if first < 0:
        return None
    held = np.isin(keys, there[first : last + 1])
    share = float(weights[held].sum() / weights.sum())
    has_content = bool((weights[held] > _FUNCTION_WEIGHT).any())
    return _Passage(share, int(owners[first]), int(owners[last])) if share >= LEAST_SHARE and has_content else None


def _forms(tokens: Tokens, first: int, last: int) -> list[str]:
    return [tokens.forms[type_id] for type_id in tokens.type_ids[first : last + 1].tolist()]


def _printed(tokens: Tokens, field: int, first: int, last: int) -> tuple[int, int, str]:
    one: npt.NDArray[np.int64] = np.array([field])
    starts, ends = code_points(tokens, one, np.array([first]), np.array([last]))
    start, end = int(starts[0]), int(ends[0])
    return start, end, tokens.text_of_field(field)[start:end]


def _speaker(voices: pd.DataFrame, row: int) -> str:
    return str(voices["speaker"].iat[row]) if row >= 0 else ""


def _with_targets(table: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return TRACES with the targets of the hits inside each fragment and inside each passage."""
    passages = table.assign(field="body", start=table["body_start"], end=table["body_end"])
    return table.assign(target=_targets_within(table, hits), body_target=_targets_within(passages, hits))


def _targets_within(places: pd.DataFrame, hits: pd.DataFrame) -> pd.Series:
    """Return the targets of the hits inside each place, '' where there is none."""
    columns = ["article_id", "field", "start", "end", "target", "candidates"]
    of_articles = hits[hits["article_id"].isin(places["article_id"])][columns].astype(
        dict.fromkeys(("article_id", "field", "target", "candidates"), "str")
    )
    keyed = places[["article_id", "field", "start", "end"]].reset_index(names="place")
    found = keyed.merge(of_articles, on=["article_id", "field"], suffixes=("_of_place", ""))
    inside = found[(found["start"] >= found["start_of_place"]) & (found["end"] <= found["end_of_place"])]
    shown = inside["target"].where(inside["target"] != "unresolved", "unresolved: " + inside["candidates"])
    named = inside.assign(shown=shown)[shown.notna() & (shown != "")].drop_duplicates(["place", "shown"])
    joined = named.groupby("place")["shown"].agg("; ".join)
    return joined.reindex(places.index).astype("str").fillna("")
