"""An article with its hits marked in place, as HTML in which nothing of the article can act."""

from collections.abc import Hashable, Mapping
from html import escape

import pandas as pd

from analysis.charts.names import with_names
from analysis.core.schema import TEXT_FIELDS
from analysis.tokens.rows import hits_in_corpus
from analysis.tokens.tokens import Tokens

# Told apart in print too: each voice has a line of its own under the word, negation a line through the label.
_STYLES = {
    "narrator": "border-bottom:3px solid #0072b2",
    "direct": "border-bottom:3px double #d55e00",
    "indirect": "border-bottom:3px dashed #d55e00",
    "scare": "border-bottom:3px dotted currentColor",
}
# Paler than the text by its opacity, so that it can be read on a light ground and on a dark one.
_LABEL = "font-size:0.7em;font-family:sans-serif;opacity:0.8"


def marked_html(tokens: Tokens, hits: pd.DataFrame, article_id: str) -> str:
    """Return an article as HTML: each hit underlined by its voice, with frame, target and negation beside it.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    hits : pandas.DataFrame
        HITS of `tokens`; hits that overlap an earlier one are named beside it.
    article_id : str
        The article to show.

    Returns
    -------
    str
        A ``<div>``; text of the article stands in it escaped, and in no attribute.

    Raises
    ------
    SchemaError
        When the hits are not of this corpus.
    """
    hits_in_corpus(hits, tokens)
    (hits,) = with_names(hits)
    row = int((tokens.articles["article_id"] == article_id).to_numpy().argmax())
    of_article = hits[hits["article_id"].astype("str") == article_id]
    parts = [_legend()]
    for field, tag in zip(TEXT_FIELDS, ("h3", "p", "div"), strict=True):
        text = tokens.text_of(row, field)
        if text:
            marked = _marked(text, of_article[of_article["field"] == field])
            parts.append(f"<{tag}>{marked}</{tag}>" if field != "standfirst" else f"<p><em>{marked}</em></p>")
    return f"<div>{''.join(parts)}</div>"


def _legend() -> str:
    shown = " ".join(f'<span style="{style}">{voice}</span>' for voice, style in _STYLES.items())
    return f'<p style="{_LABEL}">Line under a hit: its voice. {shown}. In brackets: frame; target; negated, hedged.</p>'


def _marked(text: str, hits: pd.DataFrame) -> str:
    pieces: list[str] = []
    at = 0
    for _, group in hits.sort_values(["start", "end"]).groupby(["start", "end"], observed=True):
        start, end = int(group["start"].iloc[0]), int(group["end"].iloc[0])
        if start < at:
            pieces.append(_labels(group))
            continue
        pieces.append(_plain(text[at:start]))
        pieces.append(f'<span style="{_STYLES[_voice(group)]}">{escape(text[start:end])}</span>{_labels(group)}')
        at = end
    pieces.append(_plain(text[at:]))
    return "".join(pieces)


def _voice(group: pd.DataFrame) -> str:
    voice = group["voice"].iat[0]
    return str(voice) if isinstance(voice, str) else "narrator"


def _plain(text: str) -> str:
    return escape(text).replace("\n\n", "<br><br>")


def _labels(group: pd.DataFrame) -> str:
    return "".join(f'<span style="{_LABEL}"> [{escape(_label(hit))}]</span>' for hit in group.to_dict("records"))


def _label(hit: Mapping[Hashable, object]) -> str:
    named = [value for value in (hit["target"], hit["candidates"]) if isinstance(value, str) and value]
    parts = [hit["category"], ": ".join(named)]
    parts += ["negated" if hit["negated"] is True else "", "hedged" if hit["hedged"] is True else ""]
    return "; ".join(str(part) for part in parts if part)
