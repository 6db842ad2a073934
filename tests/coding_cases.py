"""A small sample to code, its corpus and its codebook: made by hand, so that tests know each answer and each place."""

import re

import pandas as pd

import analysis as fa
from analysis.validation.codebooks import Codebook, Value, Variable

CODEBOOK = Codebook(
    name="small", version="2", lexicon="mini", language="en",
    variables=(
        Variable(
            "category", "Which frame do the marked words carry?", "match", "category",
            values=(
                Value("weakness", "Weakness", "Somebody lacks strength.", ("a weak mayor",), ("Not of metals.",)),
                Value("strength", "Strength", "Somebody is strong."),
                Value("none", "No frame of these"),
            ),
        ),
        Variable(
            "voice", "Who says it?", "match", "voice",
            values=(Value("narrator", "The paper"), Value("source", "Somebody else")),
        ),
        Variable(
            "missed", "Which frames stand here that are not marked?", "unit", "missed", several=True,
            values=(Value("weakness", "Weakness"), Value("strength", "Strength"), Value("none", "None")),
        ),
        Variable(
            "relevant", "Is the article about the town?", "unit", "relevant",
            values=(Value("yes", "Yes"), Value("no", "No")),
        ),
    ),
)  # fmt: skip
SENTENCE = "The mayor of town {} is weak 🙂."
OPENING, CLOSING = "Rain fell on “town” {}.", "Nobody at the port replied to us in {}."


def corpus_of(texts: list[str]) -> fa.Tokens:
    articles = pd.DataFrame(
        {"outlet": "The Secret Courier", "date": "2025-01-02", "headline": "Secret headline", "body": texts}
    )
    return fa.tokenize(fa.read(articles, boilerplate="keep"))


def towns(n: int) -> fa.Tokens:
    """Return `n` articles of three sentences, of which the second one is drawn; each has one match, "weak"."""
    return corpus_of([f"{OPENING.format(i)} {SENTENCE.format(i)} {CLOSING.format(i)}" for i in range(n)])


def sample_of(tokens: fa.Tokens, *, sentence: int = 2, word: str = "weak", coders: str = "A;B") -> pd.DataFrame:
    """Return a SAMPLE of one sentence of each body: the match of `word` in it, then the sentence itself."""
    rows = []
    for number, name in enumerate(tokens.articles["article_id"].astype("str")):
        text = tokens.text_of(number, "body")
        start, end = _edges(text, sentence)
        of_unit = {
            "unit_id": f"u{number:04}", "article_id": name, "field": "body", "paragraph": 1,
            "sentence": sentence, "unit_start": start, "unit_end": end, "stratum": "SECRETSTRATUM", "probability": 0.5, "coders": coders,
        }  # fmt: skip
        for place, found in enumerate(re.finditer(word, text[start:end], re.IGNORECASE), start=1):
            spans = {"start": start + found.start(), "end": start + found.end()}
            rows.append({"item": f"u{number:04}-{place}", "about": "match"} | of_unit | spans)
        rows.append({"item": f"u{number:04}", "about": "unit", "start": start, "end": end} | of_unit)
    sample = pd.DataFrame(rows)
    sample.attrs = {
        "sample_id": "s1",
        "sample_seed": 1,
        "corpus_hash": tokens.corpus_hash,
        "lexicon": "mini",
        "lexicon_version": "1",
    }
    return sample


def _edges(text: str, sentence: int) -> tuple[int, int]:
    """Return where a sentence of a body begins, and where its closing mark ends; no stop stands inside one here."""
    stops = [place + 1 for place, sign in enumerate(text) if sign in ".!?"]
    begins = [0, *[place + 1 for place in stops]]
    return begins[sentence - 1], stops[sentence - 1]
