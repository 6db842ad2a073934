"""How many hidden words the suggestions bring back: word families taken out of each category of frames.yml at random."""

from dataclasses import replace
from pathlib import Path

import numpy as np

import analysis as fa
from analysis.extending.suggestions import suggest
from analysis.learning.vectors import Vectors, train_vectors
from analysis.lexicons import Lexicon
from analysis.lexicons.inflection import stem
from analysis.tokens.segmentation import folded_word, pattern_words
from quality import abp
from quality.figures import Figure, interval

FRAMES = Path(__file__).resolve().parents[1] / "data" / "lexicons" / "frames.yml"
SHARE = 0.3
FIRST = 50
SEED = 20261124


def measure(shared: Path) -> list[Figure]:
    """Return the share of hidden forms among the first 50 suggestions on abp; nothing where it is absent."""
    corpus = abp.corpus(shared)
    if corpus is None:
        return []
    tokens = fa.tokenize(corpus)
    lexicon = fa.read_lexicon(FRAMES)
    vectors = train_vectors(tokens)
    rng = np.random.default_rng(SEED)
    counts = np.array([_category(tokens, lexicon, name, vectors, rng) for name in lexicon.category_names], float)
    found, hidden = counts.sum(axis=0)
    low, high = interval(counts, lambda total: total[0] / total[1])
    name = f"suggestions: families brought back among the first {FIRST}, abp"
    return [
        Figure(
            name, found / hidden, low, high, float("nan"), int(hidden), f"seed {SEED}, {SHARE:.0%} of families hidden"
        )
    ]


def _category(
    tokens: fa.Tokens, lexicon: Lexicon, category: str, vectors: Vectors, rng: np.random.Generator
) -> tuple[int, int]:
    """Return how many hidden families come back, and how many were hidden that the corpus has at least five times."""
    words = {entry: pattern_words(entry.text) for entry in lexicon.entries if entry.category == category}
    single = {entry: folded_word(parts[0]) for entry, parts in words.items() if len(parts) == 1}
    stems = sorted({stem(word.rstrip("*")) for word in single.values()})
    hidden = set(rng.choice(stems, size=max(1, round(SHARE * len(stems))), replace=False).tolist())
    kept = tuple(entry for entry in lexicon.entries if stem(single.get(entry, "").rstrip("*")) not in hidden)
    gone = {word for entry, word in single.items() if entry not in kept}
    counts = np.bincount(tokens.form_ids[0][tokens.type_ids], minlength=len(tokens.form_ids[1]))
    forms = {
        tokens.forms[type_id]: stem(word.rstrip("*"))
        for word in gone
        for type_id in tokens.vocabulary.types_of(word)
        if counts[tokens.form_ids[0][type_id]] >= 5
    }
    table = suggest(tokens, replace(lexicon, entries=kept), category, n=FIRST, vectors=vectors).head(FIRST)
    suggested = {stem(word) for word in table["word"]}
    present = set(forms.values())
    return len(present & suggested), len(present)
