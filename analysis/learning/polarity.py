"""Polarity towards a target, for every mention: a linear model over the hits that the rules link and the words round it."""

import logging
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import FramingError
from analysis.core.origin import with_origin
from analysis.core.schema import POLARITIES, TEXT_FIELDS
from analysis.english.mentions import Mentions, find_mentions
from analysis.english.voices import own_cues
from analysis.hits.annotation import is_english
from analysis.hits.find import hits_of_one_lexicon
from analysis.learning.polarity_features import REGIONS, Words, signs_of, words_round
from analysis.learning.polarity_model import LABELS, PolarityModel, read_polarity
from analysis.lexicons import Lexicon
from analysis.lexicons.given import TargetsLike, targets_of
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.fields import article_of, column_of
from analysis.tokens.offsets import code_points
from analysis.tokens.rows import hits_by_part
from analysis.tokens.spans import texts_of
from analysis.tokens.tokens import Tokens

_LOG = logging.getLogger(__name__)
Array = npt.NDArray[Any]

_REASONS = 3


class Known(NamedTuple):
    """What is known of the mentions of a part of the corpus."""

    mentions: Mentions
    words: Words
    forms: list[str]
    signs: pd.DataFrame


def polarity(
    tokens: TokensLike, targets: TargetsLike, model: PolarityModel | None = None, *, hits: pd.DataFrame
) -> pd.DataFrame:
    """Return for every mention of a target whether its sentence puts it in a negative, neutral or positive light, as one more coder.

    A guess from hits and words by a trained model, not a reading; code a sample by hand before you rest a claim on it. English only.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    targets : Lexicon or pandas.DataFrame
        A lexicon whose categories are the targets, or a table MENTIONS.
    model : PolarityModel, optional
        What `train_polarity` or `read_polarity` returned; by default the model that comes with the project.
    hits : pandas.DataFrame
        HITS of the same tokens and targets, of a lexicon whose categories have a valence. The shipped model knows those of
        ``data/lexicons/frames.yml``; hits of another lexicon than the model was trained with are warned of.

    Returns
    -------
    pandas.DataFrame
        POLARITIES: one row a mention, in the order of the text, with the columns of a coder's codings (``unit``, ``coder``, ``label``,
        ``probability``), its place, and ``reasons``, what spoke most for the label. In an article that says it is in another language
        than English, label and probabilities are missing. ``attrs`` names model and lexicon.

    Raises
    ------
    FramingError
        When hits and tokens are of different corpora, the hits were found without targets, or their lexicon has no valence.
    """
    call = "polarity(tokens, targets)"
    tokens, named = tokens_of(call, tokens), targets_of(call, targets)
    model = read_polarity() if model is None else model
    if named is None or not isinstance(model, PolarityModel):
        raise FramingError(f"{call}: needs targets, and a model from fa.learn.train_polarity or fa.learn.read_polarity")
    check_hits(hits, tokens)
    _warn_of_other_lexicon(hits, model)
    tables = [_coded(part, known, model) for part, known in known_of(tokens, named, hits)]
    table = pd.concat(tables, ignore_index=True) if tables else POLARITIES.empty()
    return POLARITIES.check(with_origin(table, hits, tokens, polarity_model=model.hash, **_facts(model)))


def _facts(model: PolarityModel) -> dict[str, Any]:
    return {f"polarity_{name}": value for name, value in model.origin.items()}


def check_hits(hits: pd.DataFrame, tokens: Tokens) -> None:
    """Raise where the hits cannot say anything of a polarity towards targets."""
    hits_of_one_lexicon(hits, tokens)
    if hits.attrs.get("targets", "none") == "none":
        raise FramingError(
            "polarity: the hits were found without targets; find them with fa.find_hits(tokens, lexicon, targets=targets)"
        )
    if len(hits) and hits["polarity"].isna().all() and hits["voice"].notna().any():
        raise FramingError(
            "polarity: no category of the hits has a valence; write 'valence: -1', 0 or 1 into each category of the lexicon"
        )


def _warn_of_other_lexicon(hits: pd.DataFrame, model: PolarityModel) -> None:
    if hits.attrs["lexicon_hash"] != model.origin["lexicon_hash"]:
        _LOG.warning(
            "polarity: the model was trained with hits of %s (%s), these are of %s (%s): its probabilities need not hold for them; "
            "train one of your own with fa.learn.train_polarity",
            model.origin["lexicon"],
            model.origin["lexicon_hash"],
            hits.attrs["lexicon"],
            hits.attrs["lexicon_hash"],
        )


def known_of(tokens: Tokens, targets: Lexicon | pd.DataFrame, hits: pd.DataFrame) -> Iterator[tuple[Tokens, Known]]:
    """Yield what is known of the mentions of each part of the corpus, of parts that have any."""
    for part, rows in hits_by_part("reading the words round mentions", hits, tokens):
        mentions = find_mentions(part, targets)
        if len(mentions):
            signs = signs_of(part, mentions, hits.iloc[rows])
            yield part, Known(mentions, words_round(part, mentions), part.form_ids[1], signs)


def _coded(tokens: Tokens, known: Known, model: PolarityModel) -> pd.DataFrame:
    mentions = known.mentions
    shares = _shares(known, model)
    scores = (
        model.intercept + np.array([np.bincount(shares.row, column, len(mentions)) for column in shares.weight.T]).T
    )
    probability = softmax(scores)
    best = probability.argmax(axis=1)
    table = _places(tokens, mentions)
    readable = is_english(tokens, own_cues())[article_of(tokens.fields_at(mentions.first))]
    label = pd.Series(np.array(LABELS, dtype=object)[best], dtype="str").where(readable)
    columns = {
        f"probability_{name}": np.where(readable, probability[:, place], np.nan) for place, name in enumerate(LABELS)
    }
    table = table.assign(
        unit=_units(table),
        coder=f"polarity model {model.hash}",
        label=label,
        probability=np.where(readable, probability.max(axis=1), np.nan),
        **columns,
        reasons=pd.array(_reasons(shares, best), dtype="str"),
    )[list(POLARITIES.names)]
    # A table MENTIONS may hold two rows whose offsets meet the same words.
    return table.drop_duplicates("unit")


class _Shares(NamedTuple):
    """What each word and sign adds to the scores of its mention: row of the mention, name, and weight for the three labels."""

    row: Array
    name: Array
    weight: Array


def _shares(known: Known, model: PolarityModel) -> _Shares:
    words, signs = known.words, known.signs
    of_form = model.index.get_indexer(pd.Index(known.forms, dtype="str"))
    place = of_form[words.form]
    here = place >= 0
    forms, regions = np.array(known.forms, dtype=object), np.array([f"” {region}" for region in REGIONS], dtype=object)
    by_name = [model.signs.get(name, np.zeros(len(LABELS))) for name in signs["name"]]
    return _Shares(
        np.concatenate([words.row[here], signs["row"]]),
        np.concatenate(
            [np.array(["“"], dtype=object) + forms[words.form[here]] + regions[words.region[here]], signs["name"]]
        ),
        np.concatenate(
            [
                model.word_weights[words.region[here], place[here]] * words.value[here, None],
                np.array(by_name).reshape(-1, len(LABELS)) * signs["value"].to_numpy()[:, None],
            ]
        ),
    )


def softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return exp(score) of each label divided by their sum, row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _reasons(shares: _Shares, best: Array) -> list[str]:
    """Return for each mention what adds most to its label, with how much."""
    added = shares.weight[np.arange(len(shares.row)), best[shares.row]]
    pairs = pd.DataFrame({"row": shares.row, "name": shares.name, "added": added})
    table = pairs.groupby(["row", "name"], sort=False)["added"].sum().reset_index()
    table = (
        table[table["added"] > 0]
        .sort_values(["row", "added", "name"], ascending=[True, False, True])
        .groupby("row")
        .head(_REASONS)
    )
    texts = [""] * len(best)
    for row, name, value in zip(table["row"], table["name"], table["added"], strict=True):
        texts[row] += f"{'; ' if texts[row] else ''}{name} {value:+.2f}"
    return texts


def _places(tokens: Tokens, mentions: Mentions) -> pd.DataFrame:
    fields = tokens.fields_at(mentions.first)
    starts, ends = code_points(tokens, fields, mentions.first, mentions.last)
    return pd.DataFrame(
        {
            "article_id": tokens.articles["article_id"].array[article_of(fields)],
            "field": pd.Categorical.from_codes(column_of(fields), categories=pd.Index(TEXT_FIELDS)),
            "start": starts,
            "end": ends,
            "text": pd.array(texts_of(tokens, mentions.first, mentions.last), dtype="str"),
            "target": pd.array(np.array(mentions.names, dtype=object)[mentions.target], dtype="str"),
        }
    )


def _units(table: pd.DataFrame) -> pd.Series:
    """Return the name of each mention as an item of coding."""
    parts = (table[name].astype("str") for name in ("article_id", "field", "start", "end", "target"))
    article, field, start, end, target = parts
    return article + ":" + field + ":" + start + "-" + end + ":" + target
