"""Tokens × Lexicon → HITS: one row for every match, each of which opens to its sentence."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import as_they_come
from analysis.core.errors import SchemaError
from analysis.core.files import writing
from analysis.core.origin import VALIDATED, with_origin
from analysis.core.schema import HITS, TEXT_FIELDS, ZONES
from analysis.english.negation import own_negators
from analysis.english.strictness import STANDARD, Strictness, strictness_of
from analysis.english.structure import structure_of
from analysis.english.voices import own_cues
from analysis.hits.annotation import is_english, lists_read, target_columns, voice_columns
from analysis.hits.languages import warn_of_other_language
from analysis.hits.stored import WRITTEN, HitsBeingWritten, HitsOfPart, StoredHits, joined
from analysis.lexicons import Lexicon
from analysis.lexicons.given import LexiconLike, TargetsLike, lexicon_of, targets_of
from analysis.matching.matching import PHRASE_RULE, Matches, Overlap, find_matches
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.damaged_marks import may_be_padded
from analysis.tokens.fields import article_of, column_of
from analysis.tokens.kept import kept_with_types
from analysis.tokens.offsets import code_points
from analysis.tokens.parts import results_of_parts
from analysis.tokens.rows import hits_in_corpus
from analysis.tokens.spans import texts_of
from analysis.tokens.tokens import Tokens
from analysis.tokens.workers import Client

_WHAT = "finding hits"


@overload
def find_hits(
    tokens: TokensLike,
    lexicon: LexiconLike,
    *,
    targets: TargetsLike | None = None,
    overlap: Overlap = "longest_within_category",
    cues: LexiconLike | None = None,
    negators: LexiconLike | None = None,
    strictness: Strictness = STANDARD,
    out: None = None,
    client: Client | None = None,
) -> pd.DataFrame: ...
@overload
def find_hits(
    tokens: TokensLike,
    lexicon: LexiconLike,
    *,
    targets: TargetsLike | None = None,
    overlap: Overlap = "longest_within_category",
    cues: LexiconLike | None = None,
    negators: LexiconLike | None = None,
    strictness: Strictness = STANDARD,
    out: str | Path,
    client: Client | None = None,
) -> StoredHits: ...
def find_hits(
    tokens: TokensLike,
    lexicon: LexiconLike,
    *,
    targets: TargetsLike | None = None,
    overlap: Overlap = "longest_within_category",
    cues: LexiconLike | None = None,
    negators: LexiconLike | None = None,
    strictness: Strictness = STANDARD,
    out: str | Path | None = None,
    client: Client | None = None,
) -> pd.DataFrame | StoredHits:
    """Return HITS: one row for every match of a lexicon entry, in the order of the text.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    lexicon : Lexicon
        The frames to look for.
    targets : Lexicon or pandas.DataFrame, optional
        Whom the frames may be about: a lexicon whose categories are the targets, or a table MENTIONS (``article_id``,
        ``field``, ``start``, ``end``, ``target``). Without it the columns of targets are missing.
    overlap : {"longest_within_category", "every_entry"}
        Which of several matching entries count; see `analysis.matching.matching.find_matches`.
    cues, negators : Lexicon, optional
        Reporting verbs by which voices are read, and negators and hedges, in the categories of ``data/lexicons/cues.yml`` and
        ``negators.yml``, which are read where none is given.
    strictness : {"standard", "strict", "wide"}
        What counts as said where no marks show it; see `analysis.english.voices.voices`.
    out : path, optional
        A folder to write the hits to, part by part of the corpus, where they would not fit into memory. It is one data set of Parquet
        files. Where it was interrupted, the same call goes on.
    client : distributed.Client, optional
        By which the parts of a corpus on disk are handed to the workers of a Dask cluster, with the same hits; see the guide
        "On a cluster". They read the corpus by its path.

    Returns
    -------
    pandas.DataFrame
        With `out` a `StoredHits`, whose ``read()`` returns this table and whose ``parts()`` yields it part by part.
        Columns as `analysis.core.schema.HITS` lists them. ``start`` and ``end`` are code points: for every row
        ``articles.set_index("article_id").at[article_id, field][start:end] == text``. ``attrs`` names the lexicon, its version
        and hash, how many of its entries were left out when it was read, the rules of overlap, phrases and tokens, the targets, the strictness, and
        the cues, negators and word lists by which voices and negation were read. Voice, target and negation are read by rules for
        English; for a lexicon or an article in another language they are missing.

    Raises
    ------
    LexiconError
        When `overlap` is not one of the two rules, `strictness` not one of the three, or `cues` or `negators` has a category that the
        rules do not know.
    SchemaError
        When a row of MENTIONS does not fit the corpus.
    ClusterError
        With a client: when its scheduler is gone, or naming the parts that workers could not do when all others are done.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"headline": ["Hurd looks weak", "Talks go on"],
    ...                        "body": ["Rivals said Hurd was failing.", "Hurd was not weak, an aide said."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> frames = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"]})
    >>> targets = fa.extend.lexicon_from_mapping({"Hurd": ["hurd"]})
    >>> hits = fa.find_hits(tokens, frames, targets=targets)
    >>> hits[["article_id", "zone", "text", "voice", "target", "negated"]]
      article_id      zone     text     voice target  negated
    0      row-1  headline     weak  narrator   Hurd    False
    1      row-1      lead  failing  indirect   Hurd    False
    2      row-2      lead     weak  indirect   Hurd     True
    """
    tokens = tokens_of("find_hits(tokens, lexicon)", tokens)
    lexicon = lexicon_of("find_hits(tokens, lexicon)", lexicon)
    targets = targets_of("find_hits(tokens, lexicon)", targets)
    cues = None if cues is None else lexicon_of("find_hits(tokens, lexicon)", cues, role="cues")
    negators = None if negators is None else lexicon_of("find_hits(tokens, lexicon)", negators, role="negators")
    warn_of_other_language(tokens, lexicon)
    strictness = strictness_of("find_hits(tokens, lexicon)", strictness)
    search = _Search(lexicon, targets, overlap, cues, negators, strictness)
    if out is not None:
        return _written(search, tokens, Path(out), client)
    of_parts = dict(results_of_parts(_WHAT, tokens, _Search.hits_of, search, client=client))
    found = [of_parts[number] for number in sorted(of_parts)]
    hits = joined([table for table, _ in found], [bool(lists) for _, lists in found])
    return HITS.check(search.with_origin(hits, tokens, next((lists for _, lists in found if lists), {})))


def _written(search: "_Search", tokens: Tokens, folder: Path, client: Client | None) -> StoredHits:
    """Write the hits of each part of the corpus to a folder, those that are there already excepted."""
    with writing(folder, error=SchemaError):
        hits = HitsBeingWritten(folder, search.question(tokens))
        for number, of_part in results_of_parts(
            _WHAT, tokens, _Search.hits_as_file, search, done=hits.done, client=client
        ):
            hits.add(number, of_part)
        attrs = search.with_origin(HITS.empty(), tokens, hits.lists).attrs
        return hits.finish(tokens.articles["article_id"], attrs)


class _Search(NamedTuple):
    """What is looked for, and by which rules; `find_hits` says what each is."""

    lexicon: Lexicon
    targets: Lexicon | pd.DataFrame | None
    overlap: Overlap
    cues: Lexicon | None
    negators: Lexicon | None
    strictness: Strictness

    def hits_of(self, tokens: Tokens) -> tuple[pd.DataFrame, dict[str, str]]:
        """Return the hits of a part of the corpus, and the lists by which their voices were read, none where they were not."""
        matches = _each_once(find_matches(tokens, self.lexicon, overlap=self.overlap), self.lexicon)
        hits = _matched(tokens, matches, self.lexicon)
        readable = is_english(tokens, self.lexicon)[article_of(tokens.fields_at(matches.token))]
        read_by = {"cues": self.cues, "negators": self.negators}
        structure = structure_of(tokens, **read_by, strictness=self.strictness) if readable.any() else None
        columns = voice_columns(structure, matches, readable)
        columns |= target_columns(tokens, structure, matches, self.targets, readable)
        hits = hits.assign(**columns)
        # A word that a part of the corpus lacks must not change the order in which the whole corpus has them.
        hits = hits.assign(**{name: as_they_come(hits[name].array) for name in WRITTEN})[[*HITS.names[:-1]]]
        valence = np.array([category.valence for category in self.lexicon.categories], dtype=float)
        of_hit = valence[hits["category"].cat.codes]
        hits["polarity"] = np.where(readable, np.where(hits["negated"].fillna(False), -of_hit, of_hit), np.nan)
        return hits, lists_read(structure) if structure else {}

    def hits_as_file(self, tokens: Tokens) -> HitsOfPart:
        """Return the hits of a part of the corpus as they are written."""
        return HitsOfPart.of(*self.hits_of(tokens))

    def with_origin(self, hits: pd.DataFrame, tokens: Tokens, lists: dict[str, str]) -> pd.DataFrame:
        """Return the hits, which now say where they come from."""
        choices = {
            "overlap": self.overlap,
            "phrase_rule": PHRASE_RULE,
            "targets": _named(self.targets),
            "strictness": self.strictness,
        }
        of_targets = self.targets.labels_as("target") if isinstance(self.targets, Lexicon) else {}
        return with_origin(hits, tokens, self.lexicon, lists, of_targets, **choices)

    def question(self, tokens: Tokens) -> dict[str, Any]:
        """Return all that the hits hang on, by which an interrupted writing is known again."""
        targets = self.targets
        if isinstance(targets, pd.DataFrame):
            targets_hash = hashlib.sha256(targets.to_csv(index=False).encode()).hexdigest()
        else:
            targets_hash = targets.hash if targets else ""
        origin = self.with_origin(HITS.empty(), tokens, {}).attrs
        return {
            "project": version("media-framing-analysis"),
            "targets_hash": targets_hash,
            "words": [(self.cues or own_cues()).hash, (self.negators or own_negators()).hash],
            "articles_of_parts": tokens.articles_of_parts,
            "origin": {name: fact for name, fact in origin.items() if name != VALIDATED},  # no hit hangs on it
        }


def _matched(tokens: Tokens, matches: Matches, lexicon: Lexicon) -> pd.DataFrame:
    """Return what the lexicon alone says of its matches: place, text, category, entry and weight."""
    entries = lexicon.entries
    categories = {name: number for number, name in enumerate(lexicon.category_names)}
    category_of = np.array([categories[entry.category] for entry in entries], np.int32)
    # Two categories can hold the same entry, so a code for its text is not its place in the file.
    entry_codes, entry_texts = pd.factorize(np.array([entry.text for entry in entries], dtype=object))
    return places_of(tokens, matches).assign(
        text=_matched_texts(tokens, matches),
        category=pd.Categorical.from_codes(category_of[matches.entry], categories=pd.Index(list(categories))),
        entry=pd.Categorical.from_codes(entry_codes[matches.entry], categories=pd.Index(entry_texts)),
        weight=np.array([entry.weight for entry in entries])[matches.entry],
    )


def places_of(tokens: Tokens, matches: Matches) -> pd.DataFrame:
    """Return where each match stands, by columns of HITS: article, field, zone, paragraph, sentence and offsets."""
    fields = tokens.fields_at(matches.token)
    starts, ends = code_points(tokens, fields, matches.token, matches.last)
    paragraphs = tokens.sentence_paragraphs[matches.sentence]
    articles = pd.Index(tokens.articles["article_id"])
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(article_of(fields), categories=articles),
            "field": pd.Categorical.from_codes(column_of(fields), categories=pd.Index(TEXT_FIELDS)),
            "zone": pd.Categorical.from_codes(tokens.zones_of(fields, paragraphs), categories=pd.Index(ZONES)),
            "paragraph": paragraphs,
            "sentence": tokens.sentence_numbers(fields, matches.sentence),
            "start": starts,
            "end": ends,
        }
    )


def _each_once(matches: Matches, lexicon: Lexicon) -> Matches:
    """Return the matches, of those at one place by entries of one category and spelling (in two cases, say) only the first."""
    numbers = pd.Series(pd.factorize(pd.Series([(entry.category, entry.text) for entry in lexicon.entries]))[0])
    if numbers.is_unique:
        return matches
    places = pd.DataFrame({"token": matches.token, "last": matches.last, "spelling": numbers.to_numpy()[matches.entry]})
    chosen = ~places.duplicated().to_numpy()
    return Matches(matches.token[chosen], matches.last[chosen], matches.entry[chosen], matches.sentence[chosen])


def hits_of_one_lexicon(hits: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    """Return the hits unchanged if they were found in `tokens` and say which lexicon they are of.

    Raises
    ------
    SchemaError
        When `hits_in_corpus` refuses, or the ``attrs`` name no lexicon, as where tables of two lexicons or versions were joined.
    """
    if isinstance(hits, pd.DataFrame) and set(HITS.names) <= set(hits.columns) and "lexicon_hash" not in hits.attrs:
        raise SchemaError(
            "table HITS: its attrs name no lexicon. Tables of different lexicons, or versions of one, lose it when they are joined: "
            "measure each alone, or both with fa.compare_lexicons(old, new, tokens). A table from a file needs the attrs that find_hits "
            "gave it"
        )
    return hits_in_corpus(hits, tokens)


def _named(targets: Lexicon | pd.DataFrame | None) -> str:
    if targets is None:
        return "none"
    return targets.title if isinstance(targets, Lexicon) else "a table MENTIONS"


@kept_with_types
def _is_padded(tokens: Tokens) -> npt.NDArray[np.bool_]:
    return may_be_padded(tokens.types)


def _matched_texts(tokens: Tokens, matches: Matches) -> pd.Categorical:
    """Return the matched texts; a one-word match is its type's spelling, so phrases are read from the articles, and words with damaged marks."""
    is_phrase = (matches.last > matches.token) | _is_padded(tokens)[tokens.type_ids[matches.token]]
    single = tokens.type_ids[matches.token[~is_phrase]]
    used = np.flatnonzero(np.bincount(single, minlength=len(tokens.types)))
    code_of_type = np.zeros(len(tokens.types), np.int32)
    code_of_type[used] = np.arange(len(used))
    phrases, spellings = pd.factorize(
        np.array(texts_of(tokens, matches.token[is_phrase], matches.last[is_phrase]), dtype=object)
    )
    codes = np.empty(len(is_phrase), np.int32)
    codes[~is_phrase] = code_of_type[single]
    codes[is_phrase] = phrases + len(used)
    merged, categories = pd.factorize(np.array([*(tokens.types[i] for i in used), *spellings], dtype=object))
    return pd.Categorical.from_codes(
        merged[codes] if len(merged) else codes, categories=pd.Index(categories, dtype="str")
    )
