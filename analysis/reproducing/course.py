"""The course, which is the notebooks of the project in their order, on the corpus of a user."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from analysis.core.errors import FramingError
from analysis.core.files import whole_file, write_whole
from analysis.core.shipped import shipped
from analysis.hits.find import find_hits
from analysis.hits.names import names
from analysis.lexicons import Lexicon, read_lexicon
from analysis.reading.corpus import Corpus
from analysis.reading.given import tokenize
from analysis.reproducing.notebooks import Notebook, Outcome, run_notebooks
from analysis.reproducing.sources import read_source

# Beside the package in the repository, inside it in a wheel; ../data leads to the data from both.
_FOLDERS = (Path(__file__).resolve().parents[2] / "notebooks", Path(__file__).resolve().parents[1] / "notebooks")
_FRAMES = ("weakness", "failure", "hostility", "cooperation")  # what the notebooks take of the project's lexicon
_N_FRAMES = 4
_MOST_OUTLETS = 12  # that the charts have room for, and a table a reader

_MOST_TARGETS = 30
_OF_OWN_LEXICON = "this question is about the example sentences of a lexicon; name one of your own with --lexicon"
_TARGETS_HEAD = """\
# Names that stand in the most articles of this corpus, as fa.names finds them: a proposal to edit.
# Delete what is nobody to be framed, join what is one and the same, add other names and spellings;
# the next run with the same --out takes this file as it then is.
name: proposed targets
version: "1"
language: en
categories:
"""

_ANSWER = """## Answer

Yours to write. The answer in the project's own copy of this notebook is about its sample corpus."""


def course_folder() -> Path:
    """Return the folder of the course.

    Raises
    ------
    FramingError
        When it is not there.
    """
    found = next((folder for folder in _FOLDERS if any(folder.glob("[0-9][0-9]-*.ipynb"))), None)
    if found is None:
        raise FramingError(f"{_FOLDERS[0]}: no notebooks are there; take the whole repository of the project")
    return found


def course_notebooks() -> list[Path]:
    """Return the notebooks of the course in their order."""
    return sorted(course_folder().glob("[0-9][0-9]-*.ipynb"))


def run_course(corpus: Corpus, *, lexicon: Path, targets: Path, out: Path, jobs: int = 2) -> Iterator[Outcome]:
    """Return the outcome of each notebook of the course on `corpus`, in their order, each when it has ended.

    The corpus is written to ``corpus.parquet`` in `out`, the executed copies to ``notebooks/`` and the figures to ``figures/``
    there; the notebooks and figures of the project stay as they are. In the copies the answer is left to be written. Of more
    than twelve outlets those with the fewest articles stand together; see `with_other_outlets`.

    Parameters
    ----------
    corpus : Corpus
        What the questions are asked of; a notebook that it cannot answer says so and the next one runs.
    lexicon, targets : pathlib.Path
        Lexicon of frames, and of whom hits may be about.
    out : pathlib.Path
        Folder, made if it is not there.
    jobs : int, default 2
        How many notebooks run at a time.

    Raises
    ------
    FramingError
        When the notebooks or papermill are not there, `out` is the project's folder, or a lexicon cannot be read.
    """
    notebooks = course_notebooks()
    out = out.resolve()
    if (out / "notebooks").resolve() == notebooks[0].parent:
        raise FramingError(f"{out}: the notebooks of the project lie there; choose another folder")
    read_lexicon(targets)  # so that a mistake in it is said once, before anything runs
    chosen = course_parameters(corpus, read_lexicon(lexicon))
    with whole_file(out / "corpus.parquet") as file:
        with_other_outlets(corpus.articles).to_parquet(file, index=False)
    paths = {
        "corpus_path": out / "corpus.parquet",
        "boilerplate": "keep",  # it was cut when the corpus was read, outlet by outlet
        "lexicon_path": lexicon.resolve(),
        "targets_path": targets.resolve(),
    }
    asked = [path for path in notebooks if _is_asked(path, lexicon)]
    outcomes = run_notebooks(
        asked, out=out / "notebooks", figures=out / "figures", parameters=paths | chosen, jobs=jobs, change=_open_answer
    )
    return _in_order(notebooks, outcomes, out / "notebooks")


def _is_asked(notebook: Path, lexicon: Path) -> bool:
    """Whether a notebook is about something of the user's: a corpus, or a lexicon that is not the project's."""
    return "corpus_path" in read_source(notebook).parameters or lexicon.resolve() != shipped("frames.yml").resolve()


def _in_order(notebooks: Sequence[Path], outcomes: Iterator[Outcome], copies: Path) -> Iterator[Outcome]:
    """Return an outcome for each notebook: its own, or that it was not asked; what an earlier run left of it goes."""
    following = next(outcomes, None)
    for notebook in notebooks:
        if following is not None and following.notebook == notebook.resolve():
            yield following
            following = next(outcomes, None)
        else:
            copy = copies / notebook.name
            copy.unlink(missing_ok=True)
            yield Outcome(notebook, copy, "unanswerable", _OF_OWN_LEXICON, 0, 0.0)


def propose_targets(corpus: Corpus, path: Path) -> int:
    """Write the names that stand in two articles of a corpus or more as a lexicon of targets, ready to be edited; return how many.

    A target is a name with the variants that `analysis.names` counts in, in exactly these spellings. Without such a name, as in a corpus that
    is not English, no file is written.
    """
    found = names(tokenize(corpus), n=_MOST_TARGETS, min_articles=2)
    if found.empty:
        return 0
    lines = []
    for row in found.to_dict("records"):
        lines += [f"  {_quoted(row['name'])}:", "    entries:"]
        for spelling in dict.fromkeys([row["name"], *filter(None, row["variants"].split("; "))]):
            lines += [f"      - entry: {_quoted(spelling)}", "        case: exact"]
    write_whole(path, (_TARGETS_HEAD + "\n".join(lines) + "\n").encode("utf-8"))
    return len(found)


def _quoted(name: str) -> str:
    """Return a text as YAML quotes it, which JSON does alike."""
    return json.dumps(name, ensure_ascii=False)


def with_other_outlets(articles: pd.DataFrame, *, n: int = _MOST_OUTLETS) -> pd.DataFrame:
    """Return ARTICLES in which the outlets beyond the `n` with the most articles have one name, such as "359 other outlets".

    Their own names stay in the column ``outlet_as_read``. Up to `n` outlets, the table is as it was.
    """
    by_size = _outlets_by_size(articles)
    if len(by_size) <= n:
        return articles
    is_other = articles["outlet"].isin(by_size[n:])
    outlets = articles["outlet"].mask(is_other, f"{len(by_size) - n} other outlets")
    return articles.assign(outlet=outlets, outlet_as_read=articles["outlet"])


def course_parameters(corpus: Corpus, lexicon: Lexicon) -> dict[str, object]:
    """Return what the notebooks of the course compare in this corpus, by the names of their parameters.

    Returns
    -------
    dict of str to object
        ``reference`` and ``focus`` are the outlets with most and second most articles (of equal ones the first by name; one
        outlet is both, no outlet is ""); ``article_id`` the article with most hits of the lexicon. Where the lexicon has
        other categories than the project's, ``frames`` are the four with most hits (of equal ones the first to be hit) and ``category``
        is the first of them.
    """
    by_size = _outlets_by_size(corpus.articles)
    hits = find_hits(tokenize(corpus), lexicon)
    with_hits = _commonest(hits["article_id"]) or corpus.articles["article_id"].tolist()
    chosen: dict[str, object] = {
        "reference": by_size[0] if by_size else "",
        "focus": by_size[:2][-1] if by_size else "",
        "article_id": with_hits[0],
    }
    if not set(_FRAMES) <= set(lexicon.category_names):
        frames = _commonest(hits["category"].astype("str")) + list(lexicon.category_names)
        frames = list(dict.fromkeys(frames))[:_N_FRAMES]
        chosen |= {"frames": frames, "category": frames[0]}
    return chosen


def _outlets_by_size(articles: pd.DataFrame) -> list[str]:
    """Return the outlets by falling number of articles, equal ones by name."""
    outlets = articles["outlet"].dropna()
    return _commonest(outlets[outlets != ""].sort_values())


def _commonest(values: pd.Series) -> list[str]:
    """Return the values by falling frequency, equal ones in their order."""
    counts = values.astype("str").value_counts(sort=False)
    return counts.sort_values(ascending=False, kind="stable").index.tolist()


def _open_answer(executed: Notebook) -> None:
    """Take the answer for the sample corpus out of an executed copy."""
    for cell in executed.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## Answer"):
            cell.source = _ANSWER


def progress_line(number: int, total: int, outcome: Outcome) -> str:
    """Return one line that says what became of notebook `number` of `total`."""
    if outcome.status == "done":
        figures = f"{outcome.n_figures} figure{'s' if outcome.n_figures != 1 else ''}"
        said = f"{figures}, {outcome.seconds:.0f} s"
    elif outcome.status == "unanswerable":
        said = f"cannot be answered: {outcome.reason}"
    else:
        said = f"failed: {outcome.reason}"
    return f"[{number:>{len(str(total))}}/{total}] {outcome.notebook.stem}: {said}"


def summary_line(outcomes: Sequence[Outcome], out: Path) -> str:
    """Return how many notebooks are done, cannot be answered and failed, and where they are."""
    counts = {
        status: sum(outcome.status == status for outcome in outcomes) for status in ("done", "unanswerable", "failed")
    }
    return (
        f"{counts['done']} notebooks done, {counts['unanswerable']} cannot be answered, {counts['failed']} failed: "
        f"{out / 'notebooks'}, {out / 'figures'}"
    )
