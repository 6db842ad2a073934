"""Negated tokens of CD-SCO, with the cues that the project finds itself."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

import analysis as fa
from analysis.framing.negation import find_negation
from analysis.framing.offsets import code_points
from quality.figures import Figure, f1, interval

FILE = Path("negation_cdsco") / "sentences.dev.jsonl"

Span = tuple[int, int]
Places = frozenset[int]  # tokens of a sentence, as CD-SCO cuts it
Scope = tuple[Places, Places]  # the tokens of a cue, and those of its scope
Finder = Callable[[list[dict[str, Any]]], list[list[Scope]]]

_CONTRACTION = re.compile(r".+(n['’]t)", re.IGNORECASE)
_BASELINE_CUES = frozenset("not n't never no nobody nothing none nowhere neither nor without".split())


def measure(shared: Path) -> list[Figure]:
    """Return the token F1 of negated tokens on CD-SCO's development half; empty where it is absent.

    A token is one of CD-SCO's with a letter or a digit, so punctuation does not count; it is in a scope when the scope
    covers a part of it ("fair" of "unfair", "do" of "don't"). A cue is not in its own scope.

    *Negated tokens*: the tokens of a sentence that stand in at least one scope, found against true, each token once.

    *Scope tokens* follow the measure of that name of the shared task *SEM 2012: the tokens of every scope are counted; a scope
    is compared with the true one whose cue shares a token with its own, and all tokens of a scope without such a partner are
    wrong (found) or missed (true). Found scopes that share their true cue ("neither … nor") are joined.

    The baseline takes a dozen negators as cues, and as their scope all words up to the next punctuation mark.
    """
    path = shared / FILE
    if not path.exists():
        return []
    sentences = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_figure(name, sentences, count) for name, count in _MEASURES.items()]


def find_scopes(sentences: list[dict[str, Any]]) -> list[list[Scope]]:
    """Return the scopes that the project finds in each sentence."""
    table = pd.DataFrame(
        {"article_id": [s["id"] for s in sentences], "outlet": "", "body": [s["text"] for s in sentences]}
    )
    tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
    negation = find_negation(tokens)
    everywhere = np.arange(len(tokens))
    fields = tokens.fields_at(everywhere)
    starts, ends = code_points(tokens, fields, everywhere, everywhere)
    found: list[list[Scope]] = [[] for _ in sentences]
    for cue, last_cue, first, last in negation.spans.tolist():
        number = int(fields[cue]) // 3
        sentence = sentences[number]
        cue_span = (int(starts[cue]), int(ends[last_cue]))
        spans = [_scope_part(sentence["text"], (int(starts[i]), int(ends[i]))) for i in range(first, last + 1) if first >= 0]
        places = _places(sentence, spans)
        cue_places = _places(sentence, [cue_span])
        # A contraction and a word with an affix hold both the cue and a part of its scope.
        whole = _places(sentence, [_scope_part(sentence["text"], cue_span)])
        is_part = cue == last_cue and negation.scope[cue] and (whole != cue_places or _is_affix(negation, cue))
        found[number].append((cue_places, places if is_part else places - cue_places))
    return found
