"""files → Corpus: the articles kept, those rejected and why, and what was cut from their text."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, Unpack

import pandas as pd

from analysis.core.errors import CorpusError
from analysis.core.schema import ARTICLES, FILES, REJECTED, REMOVED, TEXT_FIELDS, declared_as, kind_of
from analysis.core.showing import shown_html
from analysis.reading.boilerplate import Cut, cut_articles, cut_repeated
from analysis.reading.intake import Intake
from analysis.reading.judging import reasons_to_reject, rejections, with_duplicates
from analysis.reading.notes import Note, ordered
from analysis.reading.oddities import oddities
from analysis.reading.options import Reading, ReadOptions
from analysis.reading.outlets import read_outlets, with_outlets
from analysis.reading.records import CUTS
from analysis.reading.rooms import InMemory, Room, parts_of
from analysis.tokens.encoding import encoded_again
from analysis.tokens.tokens import Tokens

_LOG = logging.getLogger(__name__)
_MOST_OUTLETS = 6

Paths: TypeAlias = str | Path | Iterable[str | Path]


def _empty(names: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(names), dtype="str")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in = articles kept + articles rejected.

    Attributes
    ----------
    articles : pandas.DataFrame
        ARTICLES: one row an article. Articles that are copies of one text share a ``duplicate_group``.
    rejected : pandas.DataFrame
        REJECTED: what was left out, where it stood, why, and its raw text.
    removed : pandas.DataFrame
        REMOVED: what was cut from the texts, and by which rule.
    files : pandas.DataFrame
        FILES: format, encoding and number of articles of each file; empty for a corpus from a table.
    notes : tuple of Note
        What must be known before results are trusted, ordered by harm; see `analysis.reading.notes`. Each is a str with
        ``kind``, ``file``, ``count`` and ``remedy``. A corpus without anything odd has none.
    encoded : Tokens or None
        The texts as they were encoded while they were read; `analysis.tokenize` hands them out as long as ``articles`` has those texts.
    """

    articles: pd.DataFrame
    rejected: pd.DataFrame
    removed: pd.DataFrame
    files: pd.DataFrame = field(default_factory=lambda: _empty(FILES.names))
    notes: tuple[Note, ...] = ()
    encoded: Tokens | None = field(default=None, repr=False, compare=False)

    def __repr__(self) -> str:
        counts = f"{len(self.articles):,} articles kept, {len(self.rejected):,} rejected, {len(self.removed):,} cuts"
        return "\n".join([f"Corpus({counts})", *(f"- {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        days, outlets = self.articles["date"].dropna(), self.articles["outlet"].dropna()
        named = ", ".join(f"{name} ({n:,})" for name, n in outlets.value_counts().head(_MOST_OUTLETS).items())
        facts = {
            "articles": f"{len(self.articles):,}",
            "rejected": f"{len(self.rejected):,}{': .rejected says why' if len(self.rejected) else ''}",
            "cut": f"{len(self.removed):,} passages{': .removed has them' if len(self.removed) else ''}",
            "outlets": f"{outlets.nunique():,}{': ' if named else ''}{named}{' …' if outlets.nunique() > _MOST_OUTLETS else ''}",
            "days": f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else "none",
        }
        return shown_html("Corpus", facts, self.notes)

    def text_of(self, article_id: str, field: str) -> str:
        """Return the text of a field of an article.

        Raises
        ------
        CorpusError
            When there is no such article or field.
        """
        if field not in TEXT_FIELDS or not (self.articles["article_id"] == article_id).any():
            raise CorpusError(
                f"no text {field!r} of article {article_id!r}; ids stand in .articles['article_id'], "
                f"fields are {', '.join(TEXT_FIELDS)}"
            )
        return str(self.articles.set_index("article_id").at[article_id, field])


def read(
    paths_or_table: str | Path | Iterable[str | Path] | pd.DataFrame,
    columns: Mapping[str, str] | None = None,
    boilerplate: str = "cut",
    **options: Unpack[ReadOptions],
) -> Corpus:
    """Return the corpus of some files, folders or a table.

    Parameters
    ----------
    paths_or_table : path, list of paths, or pandas.DataFrame
        Files or folders (read with all below them, in order of their names) of text, CSV, TSV, Excel, JSON, JSON Lines, Parquet,
        web pages, and exports of Nexis, Factiva, ProQuest, Europresse, Media Cloud and NewsAPI; also in zip archives and gzip.
        The format is told by the content. Or a table with any of the ARTICLES columns.
    columns : mapping of str to str, optional
        Our column name to theirs, such as ``{"headline": "heading"}``; others are guessed from usual names.
    boilerplate : {"cut", "keep"}
        Whether newsletter notices, related links, passages that an outlet repeats and the like are cut (and listed in ``removed``).
    duplicates : {"keep", "first"}
        Whether copies of a text stay, or only the first of a group by date; the others are then in ``rejected``. Updated
        versions of a story in one outlet stay in both cases.
    dates : {"day first", "month first"}, optional
        How dates such as 03/04/2020 are read where the whole column does not show it.
    outlets : path, optional
        File of outlets and their aliases; see `analysis.reading.outlets.read_outlets`.
    encoding : str, optional
        How the bytes of text files are read, such as ``"cp1250"`` or ``"gb18030"``; else UTF-8, what the file declares, or a guess
        that is noted.
    outlet_from : str, optional
        Where text files have their outlet, if not in a front matter: ``"folder"``, or a pattern of their path with fields, such as
        ``"{outlet}_{date}_{id}.txt"``; see `analysis.reading.plain.fields_of_path`.
    similarity : float, optional
        How similar two texts must be to be copies; see `analysis.compare.find_duplicates`.
    strict : bool
        Whether a harmful note (`analysis.reading.notes.KINDS`) is an error: numbers may be wrong while it stands.

    Returns
    -------
    Corpus
        Articles whose three texts are all blank, and those that cannot be read, are in ``rejected``.

    Raises
    ------
    CorpusError
        When a path is not there, a file given by name cannot be read, a table has no text column, the order of day and
        month cannot be told, a file holds another number of articles than it says, or ``strict`` meets a harmful note.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"title": ["Hurd looks weak", ""], "text": ["Rivals said so.", ""]})
    >>> corpus = fa.read(table)
    >>> corpus
    Corpus(1 articles kept, 1 rejected, 0 cuts)
    - no article has an outlet; name the column, as in columns={'outlet': '…'}, or for text files outlet_from='folder'
    - no article has a date; name the column, as in columns={'date': '…'}
    >>> corpus.articles[["article_id", "headline", "body"]]
      article_id         headline             body
    0      row-1  Hurd looks weak  Rivals said so.
    >>> corpus.rejected["reason"].tolist()
    ['headline, standfirst and body are all empty']
    """
    _refuse_other_kinds(paths_or_table)
    return corpus_in(InMemory(), paths_or_table, _how(columns, boilerplate, options))


def corpus_in(room: Room, paths_or_table: Paths | pd.DataFrame, how: Reading) -> Corpus:
    """Return the corpus of some files, folders or a table, with its texts in a room; nothing that `read` returns hangs on which one."""
    intake = Intake(how, room)
    if isinstance(paths_or_table, pd.DataFrame):
        intake.add_table(paths_or_table)
    else:
        intake.add_files(paths_or_table)
    found = intake.articles()
    found, cuts = _without_cuts(found)
    originals = found
    if how.boilerplate == "cut":
        found, cuts = cut_repeated(*cut_articles(found, cuts, room), room)
    reasons = reasons_to_reject(found, room)
    found, grouped, encoded = with_duplicates(found, reasons, room, policy=how.duplicates, similarity=how.similarity)
    kept = reasons.isna()
    articles, rejected = _only(found, kept, room), intake.rejected + rejections(originals, cuts, reasons)
    articles, unmatched = _with_outlets(articles, how.outlets)
    corpus = Corpus(
        ARTICLES.check(articles),
        REJECTED.check(pd.DataFrame(rejected, columns=list(REJECTED.names), dtype="str")),
        REMOVED.check(_removed(found["article_id"], kept, cuts)),
        FILES.check(intake.files_table(kept)),
        ordered([*intake.notes, *grouped, *unmatched, *oddities(articles, room, intake.notes)]),
        encoded_again(encoded, articles),
    )
    if how.strict:
        _refuse_harmful(corpus.notes)
    for note in corpus.notes:
        _LOG.warning("%s", note)
    return corpus


def _only(found: pd.DataFrame, kept: pd.Series, room: Room) -> pd.DataFrame:
    """Return the articles that are kept, numbered anew; where all are, nothing is copied."""
    if kept.all():
        return found.reset_index(drop=True)
    texts = {name: room.column(part[name][kept[part.index]] for part in parts_of(room, found)) for name in TEXT_FIELDS}
    others = found.drop(columns=list(TEXT_FIELDS))[kept].reset_index(drop=True)
    columns = {name: texts[name].reset_index(drop=True) for name in TEXT_FIELDS}
    return others.assign(**columns)[list(found.columns)]


def _refuse_other_kinds(given: object) -> None:
    """Refuse what holds no articles: a mapping, nothing, a corpus that is read already, or a table of results, whose texts are no articles."""
    if isinstance(given, pd.DataFrame):
        if declared_as(given) not in (None, ARTICLES):
            raise CorpusError(
                f"read: found {kind_of(given)}, which holds no articles; give the table that it was made from"
            )
    elif isinstance(given, Corpus):
        raise CorpusError("read: found a Corpus, which is read already; go on with fa.tokenize(corpus)")
    elif isinstance(given, Mapping):
        raise CorpusError(
            "read: found a mapping; make a table of it: fa.read(pd.DataFrame({'headline': […], 'body': […]}))"
        )
    elif not isinstance(given, Iterable | Path):
        raise CorpusError(f"read: found {kind_of(given)}; give a path, a list of paths or a table of articles")


def _how(columns: Mapping[str, str] | None, boilerplate: str, options: ReadOptions) -> Reading:
    unknown = sorted(set(options) - set(ReadOptions.__annotations__))
    if unknown:
        raise CorpusError(
            f"read has no option {_listed(unknown)}; options are {', '.join(ReadOptions.__annotations__)}"
        )
    return Reading(columns=columns, boilerplate=boilerplate, **options)


def _refuse_harmful(notes: tuple[Note, ...]) -> None:
    harmful = [note for note in notes if note.is_harmful]
    if harmful:
        listed = "\n".join(f"- {note}" for note in harmful)
        raise CorpusError(f"strict=True, and numbers may be wrong while this stands:\n{listed}")


def _with_outlets(articles: pd.DataFrame, outlets: str | Path | None) -> tuple[pd.DataFrame, list[Note]]:
    if outlets is None:
        return articles, []
    articles, unmatched = with_outlets(articles, read_outlets(outlets))
    finding = f"{outlets} has no line for {_listed(unmatched)}"
    return articles, [Note(finding, kind="outlets without alias", count=len(unmatched))] if unmatched else []


def _without_cuts(found: pd.DataFrame) -> tuple[pd.DataFrame, list[list[Cut]]]:
    """Return the articles without the column of what was cut while their file was read, and that as a list."""
    if CUTS not in found:
        return found, [[] for _ in range(len(found))]
    cuts = [value if isinstance(value, list) else [] for value in found[CUTS]]
    return found.drop(columns=CUTS), cuts


def _removed(ids: pd.Series, kept: pd.Series, cuts: list[list[Cut]]) -> pd.DataFrame:
    """Return the REMOVED rows of the articles that were kept."""
    rows = [
        (article_id, "body", *cut)
        for article_id, is_kept, of_article in zip(ids, kept, cuts, strict=True)
        if is_kept
        for cut in of_article
    ]
    return pd.DataFrame(rows, columns=list(REMOVED.names), dtype="str")


def _listed(names: list[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"'{name}'" for name in names[:most]) + more
