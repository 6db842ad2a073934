"""The names of a corpus by frequency, as candidates for a targets file; English only."""

import re
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import FramingError
from analysis.core.origin import with_origin
from analysis.english import words
from analysis.english.antecedents import FUNCTION
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step, compiled_with_arrays
from analysis.tokens.fields import column_of
from analysis.tokens.parts import in_parts
from analysis.tokens.spans import texts_of
from analysis.tokens.tokens import Tokens

Surnames = Literal["with_full_name", "apart"]

LINK, CAPITALISED, ANCHOR, TITLED, GENITIVE, OF, THING = 1, 2, 4, 8, 16, 32, 64
# Behind these stands no surname, as it does behind "de" and "von".
_NO_SURNAME = r"(?i)\b(?:of|the|for)\b"
HYPHEN = 0x2D
_ABBREVIATION = re.compile(r"\b(\w\.)+\w$")
LONGEST = 8  # words; a longer run of capitals is a title or a headline
OWN_SHARE = 0.8  # of the full names with a surname, for the surname alone to be counted as the commonest of them
_STOPS = gaps.STOP | gaps.EXCLAMATION | gaps.ELLIPSIS | gaps.COMMA | gaps.COLON | gaps.SEMICOLON | gaps.DASH
_BREAK = _STOPS | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE | gaps.LINE_END | gaps.PARAGRAPH_END


def names(
    tokens: TokensLike, *, n: int | None = 100, min_articles: int = 1, surnames: Surnames = "with_full_name"
) -> pd.DataFrame:
    """Return the names of a corpus, the most frequent first.

    A name is a run of words with a capital, with "of", "the" and the like inside, of which one at least is a word that the
    corpus writes with a capital more often than without, the first words of sentences left aside; so is the first word of a
    sentence, to be part of one. What stands before a title and the title are not part of the name after it. A name of two words or more
    ends before "of", unless its last word is a word for a thing: "Ann Marlow of the Reform Union" are two names, "Royal Bank of Velm" is one.
    Sentences mostly in capitals (headlines in title case or upper case) are left out.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus, in English.
    n : int, optional
        How many names to return; None for all.
    min_articles : int
        In how many articles a name must stand.
    surnames : {"with_full_name", "apart"}
        With the first, a surname alone counts as the full name that has at least four fifths of the full names with it. What stands behind
        "of", "the" or "for" is no surname.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``n_mentions``, ``n_articles``, and ``variants``: the other forms that are counted in, most frequent first,
        separated by "; ". Of several spellings of a name (ALDWICK, Aldwick) the most frequent is shown, the first by text where two are as
        frequent.

    Raises
    ------
    FramingError
        When `surnames` is neither of the two.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"body": ["On Monday Anna Hurd met Li Wen. Critics of Hurd say that Anna Hurd is weak."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> fa.names(tokens)
            name  n_mentions  n_articles variants
    0  Anna Hurd           2           1     Hurd
    """
    tokens = tokens_of("names(tokens)", tokens)
    if surnames not in get_args(Surnames):
        raise FramingError(
            f"surnames {surnames!r} is not known; choose one of {', '.join(map(repr, get_args(Surnames)))}"
        )
    mentions = _mentions(tokens)
    spelled = _most_frequent_spelling(mentions)
    spelled["surname"] = tokens.form_ids[0][tokens.type_ids[spelled["last"].to_numpy()]]
    spelled["is_thing"] = words.word_flags(tokens)[tokens.type_ids[spelled["last"].to_numpy()]] & words.THING != 0
    spelled["n_words"] = spelled["last"] - spelled["first"] + 1
    full = _full_names(spelled) if surnames == "with_full_name" else pd.Series(spelled.index, spelled.index)
    mentions["full"] = full.loc[mentions["form"].to_numpy()].to_numpy()
    counted = mentions.groupby("full").agg(n_mentions=("full", "size"), n_articles=("article", "nunique"))
    counted["name"] = spelled["text"]
    counted["variants"] = _variants(spelled, full).reindex(counted.index).fillna("")
    counted = counted[counted["n_articles"] >= min_articles].sort_values(
        ["n_mentions", "name"], ascending=[False, True]
    )
    table = counted.head(len(counted) if n is None else n).reset_index(drop=True)
    return with_origin(table[["name", "n_mentions", "n_articles", "variants"]], tokens)


def _most_frequent_spelling(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return for each form its mentions (``n``), and ``first``, ``last`` and ``text`` of one in the most frequent spelling."""
    each = mentions.groupby(["form", "text"]).agg(n=("form", "size"), first=("first", "first"), last=("last", "first"))
    each = each.reset_index().sort_values(["n", "text"], ascending=[False, True])
    shown = each.drop_duplicates("form").set_index("form").assign(n=each.groupby("form")["n"].sum())
    return shown.astype({"text": "str"}).sort_values("text")


def _mentions(tokens: Tokens) -> pd.DataFrame:
    """Return ``form``, ``first`` and ``last`` token, ``article`` and ``text`` of every mention; tokens and articles are those of the corpus."""
    kind = _kinds(tokens)
    first_token = first_article = 0
    tables = []
    for part in in_parts("finding names", tokens):
        mentions = _mentions_in(part, kind)
        mentions["text"] = _texts(part, mentions["first"].to_numpy(), mentions["last"].to_numpy())
        mentions[["first", "last"]] += first_token
        mentions["article"] += first_article
        tables.append(mentions)
        first_token, first_article = first_token + len(part), first_article + len(part.articles)
    return pd.concat(tables, ignore_index=True)


def _kinds(tokens: Tokens) -> npt.NDArray[np.uint8]:
    """Return what each type may be in a name: one that the corpus writes with a capital more often than without is an anchor."""
    form_of_type, forms = tokens.form_ids
    flags = words.word_flags(tokens)
    capital, small = np.zeros(len(forms), np.int64), np.zeros(len(forms), np.int64)
    for part in in_parts("counting capitals", tokens):
        edges = part.sentence_edges.astype(np.int64)
        left_out = _mostly_capitals(part.type_ids, flags, edges)
        of_part = _cases(part.type_ids, (flags, form_of_type), edges, left_out, len(forms))
        capital, small = capital + of_part[0], small + of_part[1]
    capitalised = (flags & words.CAPITAL != 0) & (flags & (FUNCTION | words.NO_NAME) == 0)
    kind: npt.NDArray[np.uint8] = (
        LINK * (flags & words.NAME_LINK != 0)
        + CAPITALISED * capitalised
        + ANCHOR * (capitalised & (capital > small)[form_of_type])
        + TITLED * (flags & words.TITLE != 0)
        + GENITIVE * (flags & words.GENITIVE != 0)
        + OF * (flags & words.OF != 0)
        + THING * (flags & words.THING != 0)
    ).astype(np.uint8)
    return kind


def _mentions_in(tokens: Tokens, kind: npt.NDArray[np.uint8]) -> pd.DataFrame:
    """Return ``form``, ``first`` and ``last`` token and ``article`` of every mention in a part."""
    edges = tokens.sentence_edges.astype(np.int64)
    left_out = _mostly_capitals(tokens.type_ids, words.word_flags(tokens.whole), edges)
    first, last, form = _runs(
        (tokens.type_ids, tokens.gaps, tokens.starts, tokens.type_lengths),
        (kind, tokens.form_ids[0]),
        (edges, left_out, tokens.fields_at(edges[:-1])),
        (tokens.buffers, tokens.bounds),
    )
    return pd.DataFrame({"form": form, "first": first, "last": last, "article": tokens.articles_at(first)})


@compiled_with_arrays
def _mostly_capitals(type_ids, flags, edges):
    """Return which sentences have capitals on more than two thirds of their words after the first."""
    mostly = np.zeros(len(edges) - 1, np.bool_)
    for k in range(len(mostly)):
        n = 0
        for i in range(edges[k] + 1, edges[k + 1]):
            n += flags[type_ids[i]] & words.CAPITAL != 0
        mostly[k] = 3 * n > 2 * (edges[k + 1] - edges[k] - 1) and n > 2
    return mostly


@compiled_with_arrays
def _cases(type_ids, of_type, edges, left_out, n_forms):
    """Return how often each form stands with and without a capital, first words of sentences left aside."""
    flags, form_of_type = of_type
    capital, small = np.zeros(n_forms, np.int64), np.zeros(n_forms, np.int64)
    for k in range(len(left_out)):
        if left_out[k]:
            continue
        for i in range(edges[k] + 1, edges[k + 1]):
            if flags[type_ids[i]] & words.CAPITAL:
                capital[form_of_type[type_ids[i]]] += 1
            else:
                small[form_of_type[type_ids[i]]] += 1
    return capital, small


@compiled_step
def _next(words, kind, i, end, data):
    """Return the next word of a name after its word i - 1: i, or one behind links such as "of the"; -1 where it ends."""
    type_ids, gap, starts, lengths = words
    if i >= end or kind[type_ids[i - 1]] & GENITIVE:
        return -1
    byte = starts[i] - 1
    if byte == starts[i - 1] + lengths[type_ids[i - 1]] and data[byte] == HYPHEN:
        return i
    after_initial = gap[i] == gaps.STOP and (lengths[type_ids[i - 1]] == 1 or kind[type_ids[i - 1]] & TITLED)
    if gap[i] & _BREAK and not after_initial:
        return -1
    first = i
    while i < end and kind[type_ids[i]] & LINK and (i == first or not gap[i] & _BREAK):
        i += 1
    joined = i < end and kind[type_ids[i]] & CAPITALISED and (i == first or not gap[i] & _BREAK)
    return i if joined else -1


@compiled_step
def _without_title(type_ids, kind, first, last):
    """Return the first word of a name after the titles in front of it; one behind its end where it is only a title."""
    for i in range(last, first - 1, -1):
        if kind[type_ids[i]] & TITLED and (i == last or kind[type_ids[i + 1]] & ANCHOR):
            return i + 1
    return first


@compiled_with_arrays
def _runs(words, kinds, sentences, texts):
    """Return first and last token and a hash of the forms of every name."""
    type_ids = words[0]
    kind, form_of_type = kinds
    edges, left_out, fields = sentences
    buffers, bounds = texts
    first, last = np.empty(len(type_ids), np.int64), np.empty(len(type_ids), np.int64)
    form = np.empty(len(type_ids), np.uint64)
    n = 0
    for k in range(len(left_out)):
        if left_out[k]:
            continue
        data = buffers[column_of(fields[k])][bounds[fields[k], 0] :]
        i, end = edges[k], edges[k + 1]
        while i < end:
            if not kind[type_ids[i]] & (ANCHOR if i == edges[k] else CAPITALISED):
                i += 1
                continue
            at, following = i, _next(words, kind, i + 1, end, data)
            while following >= 0:
                if kind[type_ids[at + 1]] & OF and at > i and not kind[type_ids[at]] & (THING | TITLED):
                    break  # a person of somewhere
                at, following = following, _next(words, kind, following + 1, end, data)
            begin = _without_title(type_ids, kind, i, at)
            anchored = False
            value = np.uint64(14695981039346656037)
            for word in range(begin, at + 1):
                anchored |= kind[type_ids[word]] & ANCHOR != 0
                value = (value ^ np.uint64(form_of_type[type_ids[word]] + 1)) * np.uint64(1099511628211)
            if anchored and at - begin < LONGEST:
                first[n], last[n], form[n] = begin, at, value
                n += 1
            i = at + 1
    return first[:n].copy(), last[:n].copy(), form[:n].copy()


def _texts(tokens: Tokens, first: npt.NDArray[Any], last: npt.NDArray[Any]) -> list[str]:
    """Return spans as printed, without a possessive 's at the end."""
    found = texts_of(tokens, first, last)
    owns = (words.word_flags(tokens.whole)[tokens.type_ids[last]] & words.GENITIVE != 0).tolist()
    bare = (text[:-2] if genitive else text for text, genitive in zip(found, owns, strict=True))
    return [text + "." if _ABBREVIATION.search(text) else text for text in bare]


def _full_names(spelled: pd.DataFrame) -> pd.Series:
    """Return for each form the one that it is counted as."""
    full = pd.Series(spelled.index, spelled.index)
    longer = spelled[(spelled["n_words"] > 1) & ~spelled["text"].str.contains(_NO_SURNAME)]
    longer = longer.sort_values(["n", "text"], ascending=[False, True])
    total = longer.groupby("surname")["n"].sum()
    best = longer.reset_index().drop_duplicates("surname").set_index("surname")
    owned = best[best["n"] >= OWN_SHARE * total.reindex(best.index)]["form"]
    alone = spelled[(spelled["n_words"] == 1) & ~spelled["is_thing"] & spelled["surname"].isin(owned.index)]
    full.loc[alone.index] = owned.loc[alone["surname"]].to_numpy()
    return full


def _variants(spelled: pd.DataFrame, full: pd.Series) -> pd.Series:
    others = spelled.assign(full=full)[full.to_numpy() != spelled.index.to_numpy()]
    ordered = others.sort_values(["n", "text"], ascending=[False, True])
    joined: pd.Series = ordered.groupby("full")["text"].agg("; ".join)
    return joined
