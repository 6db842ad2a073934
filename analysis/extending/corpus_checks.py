"""Checks of a lexicon against a corpus: what its entries really catch, and what they miss."""

from collections import Counter

import numpy as np
import pandas as pd

from analysis.core.origin import with_origin
from analysis.core.schema import ARTICLES
from analysis.counting.counts import uses_of_forms
from analysis.hits.find import find_hits
from analysis.lexicons import Entry, Lexicon
from analysis.lexicons.findings import findings
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.lexicons.inflection import families, stem
from analysis.lexicons.spelling import other_spelling
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.encoding import encode
from analysis.tokens.segmentation import folded_word, pattern_words
from analysis.tokens.tokens import Tokens

MANY_TYPES = 25  # a wildcard that catches more different words than this is looked at
MOST_OF_A_CATEGORY = 0.5
_SHOWN = 8
_FEWEST = 3  # a missing form must stand this often in the corpus

_COLUMNS = ("severity", "line", "category", "entry", "finding", "remedy")
Finding = tuple[str, int, str, str, str, str]


def check_lexicon(lexicon: LexiconLike, tokens: TokensLike | None = None) -> pd.DataFrame:
    """Return what is wrong or doubtful in a lexicon, with the line and a remedy.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon to check.
    tokens : Tokens, optional
        A corpus to check it against; without it only the lexicon itself is looked at, and its examples.

    Returns
    -------
    pandas.DataFrame
        ``severity`` (error, warning, hint), ``line`` (0 without a file), ``category``, ``entry``, ``finding``, ``remedy``; errors first.

    Examples
    --------
    >>> import analysis as fa
    >>> frames = fa.extend.lexicon_from_mapping({"weakness": ["weak", "wea*"]})
    >>> found = fa.check_lexicon(frames)
    >>> found[["severity", "entry"]]
      severity entry
    0  warning  weak
    1  warning  wea*
    >>> found["finding"].tolist()
    ["'wea*' catches all that 'weak' catches", "'wea*' has 3 letters only, so it catches many other words"]
    """
    lexicon = lexicon_of("check_lexicon(lexicon, tokens)", lexicon)
    tokens = None if tokens is None else tokens_of("check_lexicon(lexicon, tokens)", tokens)
    of_file = findings(lexicon)
    rows = [*_failing_examples(lexicon)]
    if tokens is not None:
        rows += _of_corpus(lexicon, tokens)
    table = pd.concat([of_file, pd.DataFrame(rows, columns=list(_COLUMNS))], ignore_index=True)
    table = table.astype({name: "str" for name in _COLUMNS if name != "line"} | {"line": "int64"})
    order = table["severity"].map({"error": 0, "warning": 1, "hint": 2})
    table = table.assign(order=order).sort_values(["order", "line"], kind="stable", ignore_index=True)
    return with_origin(table.drop(columns="order"), lexicon, {} if tokens is None else tokens)


def _failing_examples(lexicon: Lexicon) -> list[Finding]:
    of_categories = [(category.name, "", example) for category in lexicon.categories for example in category.examples]
    of_entries = [(entry.category, entry.text, example) for entry in lexicon.entries for example in entry.examples]
    examples = of_categories + of_entries
    if not examples:
        return []
    # A sentence that is an example twice is one article, not a copy to be warned of.
    numbers = {text: str(n) for n, text in enumerate(dict.fromkeys(example.text for *_, example in examples))}
    hits = find_hits(encode(_articles_of(list(numbers.values()), list(numbers))), lexicon)
    found = set(zip(hits["article_id"].astype("str"), hits["category"].astype("str"), strict=True))
    rows: list[Finding] = []
    for category, entry, example in examples:
        if ((numbers[example.text], category) in found) != example.hit:
            wanted = "hit" if example.hit else "miss"
            remedy = (
                "mend the entries, or the example"
                if example.hit
                else "add an exception, narrow the entry, or mend the example"
            )
            rows.append(
                ("error", example.line, category, entry, f"example fails, it should {wanted}: {example.text!r}", remedy)
            )
    return rows


def _articles_of(ids: list[str], texts: list[str]) -> pd.DataFrame:
    """Return sentences as ARTICLES. They are not read as articles are: that a sentence has no outlet and few words is nothing to be told of."""
    table = pd.DataFrame({"article_id": ids, "headline": "", "standfirst": "", "body": texts, "lead_paragraphs": 1})
    return table.reindex(columns=list(ARTICLES.names)).astype(ARTICLES.empty().dtypes)


def _of_corpus(lexicon: Lexicon, tokens: Tokens) -> list[Finding]:
    hits = find_hits(tokens, lexicon, overlap="every_entry")
    counts = Counter(zip(hits["category"].astype("str"), hits["entry"].astype("str"), strict=True))
    caught = _caught(hits)
    per_category = Counter(hits["category"].astype("str"))
    rows: list[Finding] = []
    for entry in lexicon.entries:
        key = (entry.category, entry.text)
        rows += _of_entry(entry, counts[key], per_category[entry.category], caught.get(key, Counter()))
    return rows + _missing_forms(lexicon, tokens)


def _caught(hits: pd.DataFrame) -> dict[tuple[str, str], Counter[str]]:
    """Return which spellings each entry catches, and how often."""
    texts = hits["text"].astype("str").str.lower()
    sizes = (
        hits.assign(text=texts).groupby(["category", "entry", "text"], observed=True).size().rename("n").reset_index()
    )
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in sizes.to_dict("records"):
        found.setdefault((str(row["category"]), str(row["entry"])), Counter())[str(row["text"])] = int(row["n"])
    return found


def _of_entry(entry: Entry, n: int, of_category: int, caught: Counter[str]) -> list[Finding]:
    place = (entry.line, entry.category, entry.text)
    if n == 0:
        return [("hint", *place, "no hit in this corpus", "keep it if other corpora need it; check its spelling")]
    rows: list[Finding] = []
    if ("*" in entry.text or "?" in entry.text) and len(caught) > MANY_TYPES:
        listed = ", ".join(f"{text} ({count})" for text, count in caught.most_common(_SHOWN))
        rows.append(
            (
                "warning",
                *place,
                f"catches {len(caught)} different words: {listed}, …",
                "write out the forms that you mean, or add exceptions",
            )
        )
    if of_category >= 20 and n > MOST_OF_A_CATEGORY * of_category:
        finding = f"makes {n:,} of the {of_category:,} hits of its category"
        rows.append(("warning", *place, finding, "read its concordance: the category is as good as this entry"))
    return rows


def _missing_forms(lexicon: Lexicon, tokens: Tokens) -> list[Finding]:
    """Return forms of the corpus that belong to the family of a one-word entry, or spell it otherwise, and are in no entry."""
    forms, counts = tokens.form_ids[1], uses_of_forms(tokens)
    frequency = {forms[place]: int(counts[place]) for place in np.flatnonzero(counts >= _FEWEST).tolist()}
    by_stem = families(frequency)
    rows: list[Finding] = []
    for category in lexicon.category_names:
        entries = [entry for entry in lexicon.entries if entry.category == category]
        covered = _covered(entries, tokens)
        for entry in entries:
            words = pattern_words(entry.text)
            if len(words) != 1 or set(words[0]) & set("*?"):
                continue
            word = folded_word(words[0])
            family = [form for form in by_stem.get(stem(word), []) if form not in covered]
            other = other_spelling(word)
            others = [other] if other in frequency and other not in covered else []
            for kind, missing in (("other forms", family), ("another spelling", others)):
                if missing:
                    listed = ", ".join(f"{form} ({frequency[form]})" for form in missing[:_SHOWN])
                    rows.append(
                        (
                            "hint",
                            entry.line,
                            category,
                            entry.text,
                            f"{kind} in this corpus, in no entry: {listed}",
                            "add those that mean the same, or a wildcard",
                        )
                    )
    return rows


def _covered(entries: list[Entry], tokens: Tokens) -> set[str]:
    """Return the forms that the one-word entries of a category catch."""
    covered: set[str] = set()
    for entry in entries:
        words = pattern_words(entry.text)
        if len(words) == 1:
            vocabulary = tokens.cased_vocabulary if entry.case == "exact" else tokens.vocabulary
            word = words[0] if entry.case == "exact" else folded_word(words[0])
            covered |= {tokens.forms[type_id] for type_id in vocabulary.types_of(word)}
    return covered
