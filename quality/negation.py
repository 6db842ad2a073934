"""Negated tokens of CD-SCO, with the cues that the project finds itself."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

import analysis as fa
from analysis.english.negation import find_negation
from analysis.english.scopes import AFFIX
from analysis.tokens.offsets import code_points
from quality.figures import Figure, f1, interval

FILE = Path("negation_cdsco") / "sentences.dev.jsonl"

Sentence = dict[str, Any]  # a record of CD-SCO
Span = tuple[int, int]
Places = frozenset[int]  # tokens of a sentence, as CD-SCO cuts it
Scope = tuple[Places, Places]  # the tokens of a cue, and those of its scope
Counts = tuple[float, float, float]  # tokens found that are true, found, true

_CUE_IN_WORD = re.compile(r"(?:n['’]?t|not)$", re.IGNORECASE)
_BASELINE_CUES = frozenset("not n't never no nobody nothing none nowhere neither nor without".split())


def measure(shared: Path) -> list[Figure]:
    """Return the token F1 of negated tokens on CD-SCO's development half; nothing where it is absent.

    A token is one of CD-SCO's with a letter or a digit, so punctuation does not count; it is in a scope when the scope
    covers a part of it ("fair" of "unfair", "do" of "don't"). A cue is not in its own scope.

    *Negated tokens*: the tokens of a sentence that stand in at least one scope, found against true, each token once.

    *Scope tokens* follow the measure of that name of the shared task of 2012 (Morante and Blanco): the tokens of every scope are counted; a
    scope is compared with the true one whose cue shares a token with its own, and all tokens of a scope without such a
    partner are wrong (found) or missed (true). Found scopes that share their true cue ("neither … nor") are joined.

    The baseline takes a dozen negators as cues, and as their scope all words up to the next punctuation mark.
    """
    path = shared / FILE
    if not path.exists():
        return []
    sentences = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    true = [true_scopes(sentence) for sentence in sentences]
    found, simple = find_scopes(sentences), [baseline_scopes(sentence) for sentence in sentences]
    documents = [sentence["doc"] for sentence in sentences]
    figures = []
    for name, count in (("negated tokens", count_union), ("scope tokens", count_scopes)):
        ours, baseline = (_by_document(documents, map(count, side, true)) for side in (found, simple))
        figures.append(_figure(f"{name}, CD-SCO, own cues, token F1", ours, baseline))
    return figures


def _figure(name: str, counts: npt.NDArray[np.float64], baseline: npt.NDArray[np.float64]) -> Figure:
    hits, n_found, n_true = counts.sum(axis=0)
    low, high = interval(counts, lambda total: f1(*total))
    details = f"P {hits / n_found:.3f} R {hits / n_true:.3f}"
    return Figure(name, f1(hits, n_found, n_true), low, high, f1(*baseline.sum(axis=0)), int(n_true), details)


def _by_document(documents: list[str], counts: Iterable[Counts]) -> npt.NDArray[np.float64]:
    table = pd.DataFrame(list(counts)).groupby(documents).sum()
    return table.to_numpy(np.float64)


def count_union(found: list[Scope], true: list[Scope]) -> Counts:
    """Return the counts of one sentence, each token once."""
    ours, theirs = (frozenset[int]().union(*(scope for _, scope in side)) for side in (found, true))
    return len(ours & theirs), len(ours), len(theirs)


def count_scopes(found: list[Scope], true: list[Scope]) -> Counts:
    """Return the counts of one sentence, scope by scope."""
    hits = n_found = 0
    open_found = list(found)
    for cue, scope in true:
        partners = [pair for pair in open_found if pair[0] & cue]
        open_found = [pair for pair in open_found if not pair[0] & cue]
        joined = frozenset[int]().union(*(pair[1] for pair in partners)) - cue.difference(scope)
        hits += len(joined & scope)
        n_found += len(joined)
    n_found += sum(len(scope) for _, scope in open_found)
    return hits, n_found, sum(len(scope) for _, scope in true)


def true_scopes(sentence: Sentence) -> list[Scope]:
    """Return the annotated scopes of a sentence."""
    return [
        (_places(sentence, negation["cue"]), _places(sentence, negation["scope"])) for negation in sentence["negations"]
    ]


def baseline_scopes(sentence: Sentence) -> list[Scope]:
    """Return, for each of a dozen negators, the words from it to the next punctuation mark."""
    words = sentence["tokens"]
    scopes = []
    for place, word in enumerate(words):
        if word.lower() in _BASELINE_CUES:
            end = next((i for i in range(place, len(words)) if not _is_word(words[i])), len(words))
            scopes.append((frozenset([place]), frozenset(range(place + 1, end))))
    return scopes


def find_scopes(sentences: list[Sentence]) -> list[list[Scope]]:
    """Return the scopes that the project finds in each sentence."""
    table = pd.DataFrame({"article_id": [s["id"] for s in sentences], "body": [s["text"] for s in sentences]})
    tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
    fields = tokens.fields_at(np.arange(len(tokens)))
    words = list(zip(*(side.tolist() for side in _word_spans(tokens, fields)), strict=True))
    found: list[list[Scope]] = [[] for _ in sentences]
    for cue, last_cue, first, last, kind in find_negation(tokens).spans.tolist():
        number = int(fields[cue]) // 3
        sentence = sentences[number]
        inside = [words[i] for i in range(first, last + 1) if i < cue or i > last_cue] if first >= 0 else []
        if kind == AFFIX:
            inside.append(words[cue])
        elif first >= 0:
            inside += _rest_of_word(sentence["text"], words[cue])
        found[number].append((_places(sentence, [(words[cue][0], words[last_cue][1])]), _places(sentence, inside)))
    return found


def _word_spans(tokens: fa.Tokens, fields: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    everywhere = np.arange(len(tokens))
    return code_points(tokens, fields, everywhere, everywhere)


def _rest_of_word(text: str, word: Span) -> list[Span]:
    """Return the part of a word with a cue ("don't", "cannot") that stands before it."""
    cue = _CUE_IN_WORD.search(text[slice(*word)])
    return [(word[0], word[0] + cue.start())] if cue and cue.start() else []


def _places(sentence: Sentence, spans: Iterable[Iterable[int]]) -> Places:
    """Return the words of a sentence that spans of characters overlap."""
    pairs = [tuple(span) for span in spans]
    return frozenset(
        place
        for place, (start, end) in enumerate(sentence["token_offsets"])
        if _is_word(sentence["tokens"][place]) and any(start < last and first < end for first, last in pairs)
    )


def _is_word(token: str) -> bool:
    return any(map(str.isalnum, token))
