"""Rows of lexicons: what a file means or why it is refused, what is hit, entries that can never hit."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.lexicons.findings import findings
from reliability.outcomes import RIGHT, SILENT, Outcome, judged, records, whole_texts

# Entries of the kinds that other tools load and never match: signs, letters lost to a tokeniser, wildcards alone, white space.
ODD_ENTRIES = (
    "U.S.", "I", "9/11", "C++", "C#", "#metoo", "@mayor", "AT&T", "don't", "don’t", "tax cut", "tax-cut", "tax\u00a0cut", "Immigrant", "IMMIGRANT",
    "naïve", "nai\u0308ve", "İstanbul", "straße", "STRASSE", "im\u00admigrant", "hos\u200btile", "\ufeffweak", "weak ", " weak", "weak,", "(weak)",
    "weak.", "'weak'", "“weak”", "...", "—", "%", "$", "*", "?", "**", "we*k", "*phobia", "anti*war", "kind*", "a", "5", "5%", "$5", "50,000", "1e5",
    "हिंसा", "กลัว", "خَوْف", "弱い", "😀", "weak 😀", "e-mail", "co_op", "rock 'n' roll", "o'clock", "mother-in-law", "and/or", "\t", "weak\tstate",
    "weak\nstate", "1-2", "march1", "x²", "ﬁscal", "ﬆate", "№ 5", "St. Petersburg", "Ph.D.", "weak?", "weak!", "weak:", "a.b.c", "x=y", "weak|strong",
)  # fmt: skip


# Row 6


def loading(cases: Path) -> Iterator[Outcome]:
    """Judge files of lexicons by their stated meaning, and files that are no YAML."""
    with tempfile.TemporaryDirectory() as folder:
        for case in records(cases, "hazards-lexicon"):
            path = Path(folder) / f"hazard.{case['format']}"
            yield judged(f"{case['id']}: {case['why']}", lambda case=case, path=path: _loaded(path, case))
        for case in records(cases, "yaml-test-suite"):
            path = Path(folder) / "suite.yml"
            yield judged(case["id"], lambda case=case, path=path: _yaml(path, case))


def _loaded(path: Path, case: dict[str, Any]) -> str:
    path.write_text(case["content"], encoding="utf-8", newline="")
    try:
        lexicon = fa.read_lexicon(path)
    except LexiconError as error:
        if path.name not in str(error):
            return f"the message does not name the file: {error}"
        if case["expect"] == "load":
            raise
        return ""
    if case["expect"] in ("error", "warn", "error or warn"):
        return "" if lexicon.skipped else f"loaded as {[entry.text for entry in lexicon.entries]}"
    probed = {word: _categories(lexicon, word) for word in case["probe"]}
    wanted = {word: sorted(categories) for word, categories in case["probe"].items()}
    return "" if probed == wanted else f"{probed} in place of {wanted}"


def _categories(lexicon: fa.Lexicon, word: str) -> list[str]:
    """Return the categories that hit a text of this one word."""
    return sorted(set(fa.find_hits(fa.tokenize(fa.read(pd.DataFrame({"body": [word]}))), lexicon)["category"]))


def _yaml(path: Path, case: dict[str, Any]) -> str:
    """Judge by the suite: what is no YAML must be refused; YAML that is no lexicon may be."""
    path.write_text(case["yaml"], encoding="utf-8", newline="")
    try:
        lexicon = fa.read_lexicon(path)
    except LexiconError:
        return ""
    return f"what is no YAML is a lexicon of {len(lexicon.entries)} entries" if case["fail"] else ""


# Row 7


def matching(cases: Path) -> Iterator[Outcome]:
    """Judge the stated number of hits where any design must have it; where it is a policy, that it is the same in another corpus."""
    listed = records(cases, "hazards-text")
    texts, entries = ([case[name] for case in listed] for name in ("text", "entry"))
    forwards, backwards = _n_hits(texts, entries), _n_hits(texts[::-1], entries[::-1])[::-1]
    for case, n, n_backwards in zip(listed, forwards, backwards, strict=True):
        wrong = f"{n} hits in place of {case['hits']}" if case["level"] == "required" and n != case["hits"] else ""
        if n != n_backwards:
            wrong = f"{n} hits, {n_backwards} in another order of the articles"
        yield Outcome(f"{case['id']}: {case['why']}", SILENT if wrong else RIGHT, wrong)


def _n_hits(texts: list[str], entries: list[str]) -> list[int]:
    """Return how often each entry hits the text beside it; an entry that is refused has no hit."""
    taken = {f"c{number}": [entry] for number, entry in enumerate(entries) if _lexicon(entry)}
    if not taken:
        return [0] * len(texts)
    hits = fa.find_hits(_tokens(texts), fa.extend.lexicon_from_mapping(taken))
    pairs = zip(hits["article_id"], hits["category"], strict=True)
    places = Counter(name[1:] for name, category in pairs if name[1:] == category[1:])
    return [places[str(number)] for number in range(len(texts))]


def _tokens(texts: list[str]) -> fa.Tokens:
    names = [f"a{number}" for number in range(len(texts))]
    return fa.tokenize(fa.read(pd.DataFrame({"article_id": names, "body": texts}), boilerplate="keep"))


def _lexicon(entry: str) -> fa.Lexicon | None:
    """Return the lexicon of one entry, None where that is refused."""
    try:
        return fa.extend.lexicon_from_mapping({"c": [entry]})
    except LexiconError:
        return None


# Row 8


def unmatchable(cases: Path) -> Iterator[Outcome]:
    """Judge entries of every kind: each is refused, found by the check of a lexicon, or hits a text that is nothing but the entry."""
    entries = list(dict.fromkeys([*ODD_ENTRIES, *whole_texts(cases, "blns")]))
    found = _n_hits([_example(entry) for entry in entries], entries)
    for entry, n in zip(entries, found, strict=True):
        lexicon = _lexicon(entry)
        is_right = n or lexicon is None or "no match crosses" in " ".join(findings(lexicon)["finding"])
        yield Outcome(
            entry[:60], RIGHT if is_right else SILENT, "" if is_right else "no hit in a text of the entry itself"
        )


def _example(entry: str) -> str:
    """Return a text that any reader would say the entry is in: the entry with letters in place of its wildcards."""
    return entry.replace("*", "xyz").replace("?", "x")
