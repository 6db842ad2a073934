"""The command that leads from one's own articles to first findings: what it guesses it says, what it cannot guess it asks."""

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath

import pandas as pd

import analysis as fa
from analysis.commands.corpora import main_language, read_files, with_language
from analysis.commands.defaults import FRAMES
from analysis.commands.lexicon_files import read_lexicon
from analysis.commands.outputs import output_file
from analysis.commands.telling import tell_findings
from analysis.commands.wording import as_flags
from analysis.core.errors import CorpusError, DateOrderError, FramingError, NoTextColumnError
from analysis.core.naming import n_of
from analysis.core.schema import ARTICLES
from analysis.reading.plain import fields_of_path

_MOST_NAMED = 8  # outlets in one line
_MOST_OUTLETS = 50  # values of a column that may be one of outlets
# How files of one article each are often named; {name} is what else is in it.
_DATED_PATHS = (
    "{outlet}/{date}",
    *(f"{{outlet}}/{order}" for mark in "_- " for order in (f"{{date}}{mark}{{name}}", f"{{name}}{mark}{{date}}")),
)


def start(options: argparse.Namespace) -> int:
    """Read articles, say what was guessed, print the first findings in words and write the report."""
    with output_file(options.out, reads=[*options.files, options.lexicon, options.targets]):
        return _start(options)


def _start(options: argparse.Namespace) -> int:
    lexicon = read_lexicon(options.lexicon, options)
    targets = fa.read_lexicon(options.targets) if options.targets else None
    with _notes_held_back():
        corpus, guessed = _read(options)
    if corpus.articles.empty:
        raise FramingError(
            f"{_named(options.files)}: no article could be read ({len(corpus.rejected):,} rejected); give a folder, table, "
            f"workbook or archive of articles"
        )
    lines = [*_read_lines(corpus, options, guessed), _lexicon_line(lexicon, options), *corpus.notes]
    sys.stderr.writelines(f"framing: {as_flags(line)}\n" for line in lines)
    _refuse_other_language(corpus, lexicon)
    tell_findings(with_language(corpus), lexicon, targets=targets, report=options.out)
    return int(len(corpus.rejected) > 0)


@contextmanager
def _notes_held_back() -> Iterator[None]:
    """Keep the notes of a reading from the terminal: what is guessed next may answer them, and the rest is said once."""
    log = logging.getLogger("analysis.reading.corpus")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def _read(options: argparse.Namespace) -> tuple[fa.Corpus, dict[str, str]]:
    """Return the corpus, and what was guessed or asked of columns, dates and outlets; `options` then say it."""
    guessed: dict[str, str] = {}
    corpus = _read_with_columns(options, guessed)
    if corpus.articles["outlet"].notna().any() or corpus.articles.empty:
        return corpus, guessed
    if options.outlet_from is None and _has_folders(corpus):
        options.outlet_from = _path_pattern(corpus.articles)
        guessed["outlets"] = "the folders of the files (guessed; --outlet-from says otherwise)"
        if options.outlet_from != "folder":
            guessed["dates"] = f"in the names of the files, {options.outlet_from!r} (guessed)"
        return _read_with_columns(options, guessed), guessed
    possible = _possible_outlets(corpus.articles)
    chosen = (
        _asked(f"Which column names the outlet? {', '.join(possible)}; Enter for none", possible) if possible else ""
    )
    if chosen:
        options.columns = (options.columns or {}) | {"outlet": chosen}
        return _read_with_columns(options, guessed), guessed
    return corpus, guessed


def _read_with_columns(options: argparse.Namespace, guessed: dict[str, str]) -> fa.Corpus:
    try:
        return _read_with_dates(options, guessed)
    except CorpusError as error:
        unknown = error.__cause__
        if not isinstance(unknown, NoTextColumnError):
            raise
        first = unknown.columns[0]
        answer = _asked(
            f"Which column holds the text? {', '.join(unknown.columns)}; Enter for {first}", unknown.columns
        )
        options.columns = (options.columns or {}) | {"body": answer or first}
        guessed["text"] = f"the column {answer or first!r}" + (
            "" if answer else ", which has the longest cells (guessed)"
        )
        return _read_with_dates(options, guessed)


def _read_with_dates(options: argparse.Namespace, guessed: dict[str, str]) -> fa.Corpus:
    try:
        return read_files(options.files, options)
    except DateOrderError as error:
        question = f"Is {error.written} written day first (d) or month first (m)? Enter to leave the dates out"
        order = {"d": "day first", "m": "month first"}.get(_asked(question, ("d", "m")), "")
        if not order and "." in error.written:
            order = "day first"
            guessed["dates"] = "day first, as dates with dots are (guessed)"
        options.dates = order or "day first"
        corpus = read_files(options.files, options)
        if order:
            return corpus
        options.dates = None
        guessed["dates"] = (
            f"left out: {error.written} may be day first or month first, and no date settles it; --dates 'day first' or "
            f"--dates 'month first' says which"
        )
        corpus.articles["date"] = pd.Series(pd.NaT, index=corpus.articles.index, dtype=corpus.articles["date"].dtype)
        return corpus


def _asked(question: str, allowed: Sequence[str]) -> str:
    """Return the answer of somebody at a terminal; "" for none, and where nobody sits at one."""
    while sys.stdin.isatty():
        sys.stderr.write(f"{question}: ")
        sys.stderr.flush()
        answer = sys.stdin.readline().strip()
        if not answer or answer in allowed:
            return answer
        sys.stderr.write(f"{answer!r} is none of {', '.join(allowed)}\n")
    return ""


def _has_folders(corpus: fa.Corpus) -> bool:
    """Whether the files hold one article each and lie in two folders at least, of which each may be an outlet."""
    places = corpus.articles["source_file"].astype("str")
    folders = {PurePosixPath(place.rsplit(".zip: ", 1)[-1].replace("\\", "/")).parent.name for place in places}
    return len(folders) > 1 and "" not in folders and places.is_unique and set(corpus.files["format"]) == {"text"}


def _path_pattern(articles: pd.DataFrame) -> str:
    """Return how folders name the outlet and files the day, where all do and no text has a date; else ``"folder"``."""
    if articles["date"].notna().any():
        return "folder"
    fitting = (pattern for pattern in _DATED_PATHS if all(_fits(place, pattern) for place in articles["source_file"]))
    return next(fitting, "folder")


def _fits(place: str, pattern: str) -> bool:
    try:
        fields_of_path(place, pattern)
    except CorpusError:
        return False
    return True


def _possible_outlets(articles: pd.DataFrame) -> list[str]:
    """Return the columns without a place in ARTICLES that have several values, which come again."""
    others = [name for name in articles.columns if name not in ARTICLES.names and not name.startswith("duplicate_")]
    return [name for name in others if 1 < articles[name].nunique() <= min(_MOST_OUTLETS, len(articles) / 2)]


def _read_lines(corpus: fa.Corpus, options: argparse.Namespace, guessed: dict[str, str]) -> list[str]:
    """Return what is to be said of the files and of the guesses, a line each."""
    articles, files = corpus.articles, corpus.files
    formats = ", ".join(f"{n:,} {name}" for name, n in files["format"].value_counts().items())
    columns = "; ".join(dict.fromkeys(text for text in files["columns_read"].fillna("") if text))
    days, language = articles["date"].dropna(), main_language(articles)
    found = {
        "read": f"{n_of(len(articles), 'article')} of {formats}; {len(corpus.rejected):,} rejected",
        "columns": f"{columns} (guessed; --columns says otherwise)" if columns else "",
        "text": guessed.get("text", ""),
        "dates": "; ".join(filter(None, (guessed.get("dates", ""), _span(days, len(articles))))),
        "outlets": "; ".join(filter(None, (guessed.get("outlets", ""), _outlets(articles["outlet"].dropna())))),
        "language": f"{language} (guessed)" if language else "not told: the texts are too short or too mixed",
    }
    return [f"{name}: {text}" for name, text in found.items() if text]


def _span(days: pd.Series, n_articles: int) -> str:
    if days.empty:
        return "" if n_articles == 0 else "no article has one that is used"
    without = f"; {n_articles - len(days):,} articles without" if len(days) < n_articles else ""
    return f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}{without}"


def _outlets(outlets: pd.Series) -> str:
    counts = outlets.value_counts()
    if counts.empty:
        return "no article says one"
    more = f" and {len(counts) - _MOST_NAMED:,} more" if len(counts) > _MOST_NAMED else ""
    return ", ".join(f"{name} {n:,}" for name, n in counts.head(_MOST_NAMED).items()) + more


def _lexicon_line(lexicon: fa.Lexicon, options: argparse.Namespace) -> str:
    shipped = ", which comes with the project; --lexicon takes your own" if options.lexicon == FRAMES else ""
    return f"lexicon: {lexicon.title}, {n_of(len(lexicon.categories), 'category', 'categories')}{shipped}"


def _refuse_other_language(corpus: fa.Corpus, lexicon: fa.Lexicon) -> None:
    """Raise a FramingError where the articles are in another language than the lexicon, whose words stand there by accident only."""
    language, of_lexicon = main_language(corpus.articles), lexicon.language.lower().split("-")[0]
    if "language" not in corpus.articles and language and of_lexicon and language != of_lexicon:
        raise FramingError(
            f"the articles look to be in {language!r}, and {lexicon.title} is for {of_lexicon!r}: its words would stand in them by "
            f"accident only; give a lexicon in the language of the articles with --lexicon FILE (docs/extend-a-lexicon.md says how to "
            f"write one), or the true language in a column 'language'"
        )


def _named(files: Sequence[object]) -> str:
    return ", ".join(map(str, files))
