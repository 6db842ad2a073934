"""What a corpus shows first, in words: for each of its commonest frames where it stands most and least, how sure that is, and one sentence."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from analysis.charts.names import written_name
from analysis.core.naming import n_of
from analysis.counting.ratios import FEWEST_ARTICLES
from analysis.hits.concordance import concordance, sentences_of
from analysis.measures.rates import rates
from analysis.tokens.tokens import Tokens

_LONGEST = 240  # characters of a sentence that is printed whole
_AROUND = 100  # characters on either side of the word in a longer one
_OWN_WORDS = "narrator"
Row: TypeAlias = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class FoundInWords:
    """One finding as a reader is told it.

    Attributes
    ----------
    category : str
        The frame that it is about.
    text : str
        Rates with interval and number of articles, and whether outlets can be told apart.
    evidence : str
        A sentence with a hit of the frame, from the outlet that the text names first.
    place : str
        Where the sentence stands: outlet, day, zone, and whose words they are.
    """

    category: str
    text: str
    evidence: str
    place: str


def findings_in_words(tokens: Tokens, hits: pd.DataFrame, *, n: int = 3) -> list[FoundInWords]:
    """Return the first findings of a corpus in words, computed from its texts.

    The frames are those that the most articles have (of equal ones those with the most hits), a choice that looks at no
    difference. Of each the outlets with the highest and the lowest rate are named; an outlet of fewer than five articles is compared with
    none, and where there are no two outlets the rate is that of the whole corpus.

    Parameters
    ----------
    tokens : Tokens
        The corpus.
    hits : pandas.DataFrame
        HITS of `tokens`.
    n : int, default 3
        How many findings; fewer where fewer frames have a hit.
    """
    whole = rates(hits, tokens, by="category")
    common = whole.sort_values(["n_articles_with_frame", "n_hits"], ascending=False, kind="stable")
    has_outlets = bool(tokens.articles["outlet"].notna().any())
    by_outlet = rates(hits, tokens, by=["outlet", "category"]) if has_outlets else whole.head(0)
    found = []
    for row in common[common["n_hits"] > 0].head(n).to_dict("records"):
        of_outlets = by_outlet[by_outlet["category"] == row["category"]]
        found.append(_finding(tokens, hits[hits["category"] == row["category"]], row, of_outlets))
    return found


def _finding(tokens: Tokens, hits: pd.DataFrame, whole: Row, outlets: pd.DataFrame) -> FoundInWords:
    """Return what is to be said of one frame: its hits, its row of the whole corpus, and its rows by outlet."""
    enough = outlets[(outlets["n_articles"] >= FEWEST_ARTICLES) & outlets["rate_per_1000"].notna()]
    of = ""
    if len(enough) < 2:
        text = f"{_of_whole(whole)} {_no_comparison(whole, outlets, enough)}".strip()
    else:
        high, low = (enough.iloc[place].to_dict() for place in (enough["rate_per_1000"].argmax(), _last_lowest(enough)))
        hits = hits[_of_outlet(tokens, hits, high["outlet"])]
        text = " ".join(filter(None, (_compared(high, low, len(enough)), _left_out(len(outlets) - len(enough)))))
        of = f" of {high['outlet']}"
    shown = _shown(tokens, hits)
    return FoundInWords(
        category=written_name(hits, "category", str(whole["category"])),
        text=" ".join(filter(None, (text, _own_words(hits, of)))),
        evidence=_sentence(tokens, shown),
        place=_place(tokens, shown),
    )


def _last_lowest(rows: pd.DataFrame) -> int:
    """Return the place of the lowest rate; of equal ones the last, so that it is never that of the highest."""
    return len(rows) - 1 - int(rows["rate_per_1000"].iloc[::-1].argmin())


def _of_outlet(tokens: Tokens, hits: pd.DataFrame, outlet: str) -> pd.Series:
    names = tokens.articles["article_id"][(tokens.articles["outlet"].astype("str") == outlet).fillna(False)]
    return hits["article_id"].astype("str").isin(names.astype("str"))


def _compared(high: Row, low: Row, n_outlets: int) -> str:
    both = n_outlets == 2
    most, fewest = ("", "") if both else (f" has most of {n_outlets} outlets,", " fewest,")
    first = f"{high['outlet']}{most or ' has'} {_rate(high)} hits per 1,000 words{_sure(high)}"
    listed = f"{first}; {low['outlet']}{fewest} {_rate(low)}{_sure(low)}."
    bounds = (high["rate_low"], low["rate_high"])
    if any(pd.isna(bound) for bound in bounds):
        return listed
    if bounds[0] > bounds[1]:
        return f"{listed} The intervals do not overlap."
    return f"{listed} The intervals overlap, so these articles alone do not tell the two apart."


def _left_out(n: int) -> str:
    fewer = f"fewer than {FEWEST_ARTICLES} articles"
    return f"{n_of(n, 'outlet')} of {fewer} {'is' if n == 1 else 'are'} compared with none." if n else ""


def _of_whole(row: Row) -> str:
    n_articles = int(row["n_articles"])
    if n_articles == 1:
        return f"{n_of(row['n_hits'], 'hit')} in one article of {row['n_tokens']:,} words: a count, for one article has no rate."
    if n_articles < FEWEST_ARTICLES or pd.isna(row["rate_per_1000"]):
        with_frame = f"{row['n_articles_with_frame']} of {n_articles} articles"
        return f"{n_of(row['n_hits'], 'hit')} in {with_frame}; fewer than {FEWEST_ARTICLES} articles give no interval."
    return f"{_rate(row)} hits per 1,000 words{_sure(row)}."


def _no_comparison(whole: Row, outlets: pd.DataFrame, enough: pd.DataFrame) -> str:
    """Say why no outlets are compared, "" where there is nothing to compare."""
    if whole["n_articles"] == 1:
        return ""
    if outlets.empty:
        return "No article says its outlet, so none is compared."
    if len(outlets) == 1:
        return f"All are of one outlet ({outlets['outlet'].iat[0]}), so there is no comparison."
    listed = ", ".join(
        f"{row['outlet']} {row['n_articles']}" for row in outlets.head(FEWEST_ARTICLES).to_dict("records")
    )
    more = ", …" if len(outlets) > FEWEST_ARTICLES else ""
    least = "Only one outlet has" if len(enough) else "No outlet has"
    return f"{least} {FEWEST_ARTICLES} articles or more ({listed}{more}), so none is compared."


def _sure(row: Row) -> str:
    """Return the interval and the number of articles of a row, or the number alone where an interval is withheld."""
    low, high, n = row["rate_low"], row["rate_high"], n_of(row["n_articles"], "article")
    if pd.isna(high) or row["n_articles"] < FEWEST_ARTICLES:
        return f" ({n})"
    if pd.isna(low) or row["rate_per_1000"] == 0:
        return f" (95% bound: at most {_written(high)}; {n})"
    return f" (95% interval {_written(low)} to {_written(high)}; {n})"


def _rate(row: Row) -> str:
    return _written(row["rate_per_1000"])


def _written(rate: float) -> str:
    return f"{rate:,.1f}" if rate >= 1 or rate == 0 else f"{rate:.2f}"


def _own_words(hits: pd.DataFrame, of: str) -> str:
    """Say how many of the hits are in the outlet's own words, "" where no voice was read; `of` names the outlet."""
    voices = hits["voice"].astype("str").dropna()
    if voices.empty:
        return ""
    own = int((voices == _OWN_WORDS).sum())
    if len(voices) == 1:
        whose = "the outlet's own words" if own else "the words of somebody else"
        return f"The one hit{of} is in {whose}."
    return f"Of the {len(voices):,} hits{of}, {own:,} {'is' if own == 1 else 'are'} in the outlet's own words."


def _shown(tokens: Tokens, hits: pd.DataFrame) -> pd.DataFrame:
    """Return the hit to show: about a target, not negated or hedged, in the outlet's own words and in running text, if there is one."""
    days = tokens.articles.set_index("article_id")["date"]
    order = pd.DataFrame(
        {
            "of nobody": hits["target"].isna() | (hits["target"].astype("str") == ""),
            "negated": (hits["negated"].astype("str") == "True") | (hits["hedged"].astype("str") == "True"),
            "quoted": hits["voice"].astype("str") != _OWN_WORDS,
            "above": hits["zone"].isin(["headline", "standfirst"]),
            "day": hits["article_id"].astype("str").map(days),
            "article_id": hits["article_id"].astype("str"),
            "place": np.arange(len(hits)),
        },
        index=hits.index,
    )
    first = order.sort_values(list(order.columns), kind="stable").index[0]
    return hits.loc[[first]]


def _sentence(tokens: Tokens, hit: pd.DataFrame) -> str:
    """Return the sentence of a hit, or as much of a long one as stands around the word."""
    (sentence,) = sentences_of(tokens, hit)
    flat = " ".join(sentence.split())
    if len(flat) <= _LONGEST:
        return flat
    line = concordance(tokens, hit, width=_AROUND).iloc[0]
    return f"… {' '.join((line['left'] + line['match'] + line['right']).split())} …"


def _place(tokens: Tokens, hit: pd.DataFrame) -> str:
    one = hit.iloc[0]
    article = tokens.articles[tokens.articles["article_id"] == one["article_id"]].iloc[0]
    outlet = str(article["outlet"]) if pd.notna(article["outlet"]) else f"article {one['article_id']}"
    day = f"{article['date']:%Y-%m-%d}" if pd.notna(article["date"]) else "no date"
    said_by = one["speaker"] or one["speaker_text"] if pd.notna(one["speaker"]) else ""
    quoted = pd.notna(one["voice"]) and one["voice"] != _OWN_WORDS
    whose = (f"words of {said_by}" if said_by else "somebody else's words") if quoted else ""
    return ", ".join(filter(None, (outlet, day, str(one["zone"]), whose, f"word: {one['text']}")))
