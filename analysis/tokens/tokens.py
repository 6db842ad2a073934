"""The corpus as arrays: one element a token, beside the list of types."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.fingerprint import corpus_facts, corpus_hash
from analysis.core.schema import TEXT_FIELDS, ZONES
from analysis.core.showing import shown_html
from analysis.tokens.fields import BODY, N_FIELDS, article_of, column_of, field_of
from analysis.tokens.sentences import sentence_starts, type_flags
from analysis.tokens.type_table import TypeTable
from analysis.tokens.unicode import UNICODE_VERSION, fold, normalise
from analysis.tokens.vocabulary import Vocabulary, without_possessive

TOKEN_RULE = f"uax29-{UNICODE_VERSION}+zwsp-1+nnbsp-1+marks-1"


def spellings_of(table: TypeTable) -> pa.LargeStringArray:
    """Return the types of a table as texts, in their order."""
    bounds = table.bounds[: table.n_types + 1]
    return pa.LargeStringArray.from_buffers(
        table.n_types, pa.py_buffer(bounds.copy()), pa.py_buffer(table.spellings[: bounds[-1]].copy())
    )


@dataclass(frozen=True, eq=False)
class Tokens:
    """A corpus encoded once.

    Attributes
    ----------
    articles : pandas.DataFrame
        The ARTICLES that were encoded; the fields of each are its headline, standfirst and body, see `analysis.tokens.fields`.
    types : list of str
        The distinct spellings, in order of their first appearance.
    type_ids : numpy.ndarray of int32, shape (n_tokens,)
        The type of each token.
    starts : numpy.ndarray of int32, shape (n_tokens,)
        Its first byte, counted from the start of its field.
    gaps : numpy.ndarray of uint32, shape (n_tokens,)
        What stands before it, as bits of `analysis.tokens.gaps`.
    tails : numpy.ndarray of uint32, shape (n_fields,)
        What stands after the last word of each field.
    field_starts : numpy.ndarray of int64, shape (n_fields + 1,)
        The first token of each field; the last element is the number of tokens.
    type_lengths : numpy.ndarray of int32, shape (n_types,)
        Bytes of each type's spelling.
    buffers, bounds
        The UTF-8 bytes of the three text columns, and first and last byte of each field in them.
    rule : str
        Name of the token rule; it travels with every result.
    """

    articles: pd.DataFrame
    types: list[str]
    type_ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.uint32]
    tails: npt.NDArray[np.uint32]
    field_starts: npt.NDArray[np.int64]
    type_lengths: npt.NDArray[np.int32]
    buffers: tuple[npt.NDArray[np.uint8], ...]
    bounds: npt.NDArray[np.int64]
    rule: str = TOKEN_RULE

    @classmethod
    def of_arrays(
        cls,
        *,
        articles: pd.DataFrame,
        texts: tuple[tuple[npt.NDArray[np.uint8], ...], npt.NDArray[np.int64]],
        type_ids: npt.NDArray[Any],
        starts: npt.NDArray[Any],
        gaps: tuple[npt.NDArray[Any], npt.NDArray[Any]],
        fields: tuple[npt.NDArray[np.int64], TypeTable],
    ) -> Self:
        """Return Tokens from the kernel's arrays and its type table."""
        field_starts, table = fields
        return cls(
            articles=articles,
            types=spellings_of(table).to_pylist(),
            type_ids=type_ids,
            starts=starts,
            gaps=gaps[0],
            tails=gaps[1],
            field_starts=field_starts,
            type_lengths=np.diff(table.bounds[: table.n_types + 1]).astype(np.int32),
            buffers=texts[0],
            bounds=texts[1],
        )

    def __len__(self) -> int:
        return len(self.type_ids)

    def __repr__(self) -> str:
        return f"Tokens({len(self.articles):,} articles, {len(self):,} tokens, {len(self.types):,} types, {self.rule})"

    def _repr_html_(self) -> str:
        facts = {
            "articles": f"{len(self.articles):,}",
            "words": f"{len(self):,} ({len(self.types):,} distinct)",
            "corpus": self.corpus_hash,
            "rule": self.rule,
        }
        return shown_html("Tokens", facts)

    @cached_property
    def folded(self) -> list[str]:
        """Each type normalised and case-folded, with a possessive 's still on it."""
        spellings = pa.array(self.types, pa.large_string())
        folded: list[str] = pc.replace_substring(pc.ascii_lower(spellings), "`", "'").to_pylist()
        for i in self._beyond_ascii:
            folded[i] = fold(normalise(self.types[i]))
        return folded

    @cached_property
    def _normalised(self) -> list[str]:
        """Each type in NFC, with one kind of apostrophe, its case kept; ASCII stays as it is."""
        normalised = self.types.copy()
        for i in self._beyond_ascii:
            normalised[i] = normalise(self.types[i])
        return normalised

    @cached_property
    def _beyond_ascii(self) -> list[int]:
        """The types that hold more than ASCII."""
        is_ascii = pc.string_is_ascii(pa.array(self.types, pa.large_string()))
        beyond: list[int] = np.flatnonzero(~is_ascii.to_numpy(zero_copy_only=False)).tolist()
        return beyond

    @cached_property
    def forms(self) -> list[str]:
        """The form of each type: normalised, folded and without a possessive 's. Counts use forms."""
        forms = self.folded.copy()
        owned = pc.ends_with(pa.array(forms, pa.large_string()), "'s").to_numpy(zero_copy_only=False)
        for i in np.flatnonzero(owned).tolist():
            forms[i] = without_possessive(forms[i])
        return forms

    @cached_property
    def form_ids(self) -> tuple[npt.NDArray[np.int32], list[str]]:
        """The form id of each type, and the distinct forms in order of first appearance."""
        encoded = pa.array(self.forms, pa.large_string()).dictionary_encode()
        return encoded.indices.to_numpy().astype(np.int32), encoded.dictionary.to_pylist()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The folded spellings, to look up what a lexicon word matches."""
        return Vocabulary(self.folded)

    @cached_property
    def cased_vocabulary(self) -> Vocabulary:
        """The spellings with their case kept, for entries that demand it."""
        return Vocabulary(self._normalised)

    @cached_property
    def _sentences(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        return sentence_starts(self.type_ids, self.gaps, self.field_starts, type_flags(self.types, self.form_ids))

    @property
    def sentence_starts(self) -> npt.NDArray[Any]:
        """The first token of each sentence of the corpus."""
        return self._sentences[0]

    @property
    def sentence_paragraphs(self) -> npt.NDArray[np.int32]:
        """The paragraph of each sentence within its field, from 1."""
        return self._sentences[1]

    @property
    def sentence_edges(self) -> npt.NDArray[Any]:
        """The first token of each sentence, and the number of tokens as the end of the last one."""
        return np.append(self.sentence_starts, len(self))

    @property
    def first_sentences(self) -> npt.NDArray[np.intp]:
        """The first sentence of each field, as a place in `sentence_starts`."""
        return np.searchsorted(self.sentence_starts, self.field_starts[:-1])

    @property
    def sentence_lengths(self) -> npt.NDArray[Any]:
        """The number of tokens of each sentence."""
        return np.diff(self.sentence_edges)

    @property
    def sentence_fields(self) -> npt.NDArray[np.intp]:
        """The field of each sentence."""
        return self.fields_at(self.sentence_starts)

    @property
    def sentence_zones(self) -> npt.NDArray[np.int8]:
        """The place in ``ZONES`` of each sentence."""
        return self.zones_of(self.sentence_fields, self.sentence_paragraphs)

    @property
    def article_starts(self) -> npt.NDArray[np.int64]:
        """The first token of each article; the last element is the number of tokens."""
        return self.field_starts[::N_FIELDS]

    def fields_at(self, places: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
        """Return the field of each token in `places`."""
        return np.searchsorted(self.field_starts, places, side="right") - 1

    def articles_at(self, places: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
        """Return the row in ARTICLES of each token in `places`."""
        return np.searchsorted(self.article_starts, places, side="right") - 1

    def sentences_at(self, places: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
        """Return the sentence of each token in `places`."""
        return np.searchsorted(self.sentence_starts, places, side="right") - 1

    def sentence_numbers(self, fields: npt.NDArray[Any], sentences: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
        """Return the number of each sentence within its field, from 1."""
        numbers: npt.NDArray[np.int32] = (sentences - self.first_sentences[fields] + 1).astype(np.int32)
        return numbers

    def zones_of(self, fields: npt.NDArray[Any], paragraphs: npt.NDArray[Any]) -> npt.NDArray[np.int8]:
        """Return the place in ``ZONES`` of each paragraph of a field; the first paragraphs of the body are the lead."""
        lead = self.articles["lead_paragraphs"].to_numpy()[article_of(fields)]
        codes: npt.NDArray[np.int8] = column_of(fields).astype(np.int8)
        codes[(codes == BODY) & (paragraphs > lead)] = ZONES.index("body")
        return codes

    def ends_of(self, places: Any) -> Any:
        """Return the byte behind the last one of a token, or of each of several, counted from the start of its field."""
        return self.starts[places] + self.type_lengths[self.type_ids[places]]

    @cached_property
    def corpus_hash(self) -> str:
        """What names the corpus in every result; see `analysis.core.fingerprint.corpus_hash`."""
        return corpus_hash(self.articles)

    @property
    def origin(self) -> dict[Any, str | int]:
        """What every result says of the corpus in its attrs: its hash, its articles and days, and the token rule."""
        return {"corpus_hash": self.corpus_hash, **corpus_facts(self.articles), "token_rule": self.rule}

    @cached_property
    def tokens_per_article(self) -> pd.Series:
        """Number of words of each article, all fields together, indexed by article_id."""
        counts = np.diff(self.article_starts)
        return pd.Series(counts, index=pd.Index(self.articles["article_id"], name="article_id"), name="n_tokens")

    @cached_property
    def article_ids(self) -> pd.Index:
        """The ids of the articles, in which many can be looked up at once."""
        ids: pd.Index = pd.Index(self.articles["article_id"])
        return ids

    @cached_property
    def rows_by_id(self) -> npt.NDArray[np.intp]:
        """The rows of ARTICLES in the order of their ids. What is drawn at random is drawn in this order, so no result hangs on the files'."""
        return np.argsort(self.articles["article_id"].to_numpy(dtype=object), kind="stable")

    def with_articles(self, articles: pd.DataFrame) -> "Tokens":
        """Return the same tokens with further columns of ARTICLES, to group by."""
        return replace(self, articles=articles)

    @property
    def whole(self) -> "Tokens":
        """The corpus whose types these tokens have: for a part of a corpus on disk the whole one, else these tokens."""
        return self

    def parts(self) -> Iterator["Tokens"]:
        """Yield the parts in which the corpus is measured, in their order: in memory it is one; on disk see `analysis.tokens.store`.

        A part is Tokens with articles, fields, sentences and tokens of its own, numbered from 0, and the types of the whole corpus. What is
        made by part has to be integers, or rows, until all parts are joined: so no result hangs on how a corpus is cut.
        """
        yield self

    @property
    def articles_of_parts(self) -> list[int]:
        """The number of articles of each part."""
        return [len(self.articles)]

    @property
    def n_bytes(self) -> int:
        """Memory of the token arrays, in bytes; the articles' text is not counted."""
        per_token = (self.type_ids, self.starts, self.gaps, *self._sentences)
        return sum(
            array.nbytes for array in (*per_token, self.tails, self.field_starts, self.bounds, self.type_lengths)
        )

    def text_of(self, article: int, field: str) -> str:
        """Return the text of a field of the article in row `article`."""
        return self.text_of_field(field_of(article, TEXT_FIELDS.index(field)))

    def text_of_field(self, field: int) -> str:
        """Return the text of a field of the corpus."""
        first, last = self.bounds[field]
        return bytes(self.buffers[column_of(field)][first:last]).decode("utf-8")
