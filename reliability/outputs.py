"""Rows of what is written: round trips, active content, labels, formulas in cells, paths."""

import itertools
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import lxml.html
import openpyxl
import pandas as pd

import analysis as fa
from analysis import charts
from analysis.charts.labels import label
from analysis.charts.panels import row_label
from analysis.core.cells import unguarded
from analysis.core.errors import FramingError
from analysis.reports.marked_text import marked_html
from analysis.reports.writing import report
from reliability.outcomes import RIGHT, SILENT, Outcome, halved, judged, whole_texts, with_tests

N_AT_ONCE = 150  # labels in one chart
LIVE = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def _texts(cases: Path, *suites: str) -> list[str]:
    with_tests()
    from hostile_texts import OWN

    return list(dict.fromkeys([*OWN, *whole_texts(cases, *suites)]))


def _among(texts: list[str], is_wrong: Callable[[list[str]], bool], context: str, found: str) -> Iterator[Outcome]:
    """Yield the outcome of each text in one context, where many are judged at once."""
    wrong = set()
    for begin in range(0, len(texts), N_AT_ONCE):
        wrong |= set(halved(texts[begin : begin + N_AT_ONCE], is_wrong))
    for text in texts:
        yield Outcome(f"{context}: {text[:40]!r}", SILENT if text in wrong else RIGHT, found if text in wrong else "")


# Row 4


def round_trips(cases: Path) -> Iterator[Outcome]:
    """Judge every form of file that is read again: what was written comes back, or is refused."""
    texts = _texts(cases, "blns", "csv-formula")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form, back in _BACK.items():
            yield from _among(texts, lambda some, back=back: back(some, folder) != some, form, "comes back otherwise")
        for form in ("yaml", "json", "csv", "tsv"):
            for text in texts:
                yield judged(
                    f"lexicon, {form}: {text[:40]!r}", lambda text=text, form=form: _lexicon_back(text, folder, form)
                )


def _table(texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.array(texts, dtype="str"), "n_articles": range(1, len(texts) + 1)})


def _by_csv(texts: list[str], folder: Path) -> list[str]:
    path = fa.export(_table(texts), folder / "a.csv")
    return [*unguarded(pd.read_csv(path, dtype="str", keep_default_na=False, lineterminator="\n"))["text"]]


def _by_store(texts: list[str], folder: Path) -> list[str]:
    corpus = fa.read(
        pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "body": texts, "topic": texts}),
        boilerplate="keep",
    )
    path = fa.save_corpus(corpus, folder / f"{len(texts)}-{abs(hash(tuple(texts)))}.framing")
    table = fa.open_corpus(path).articles
    return [
        body if body == topic else f"{body} {topic}" for body, topic in zip(table["body"], table["topic"], strict=True)
    ]


def _by_parquet(texts: list[str], folder: Path) -> list[str]:
    path = folder / "a.parquet"
    fa.read(pd.DataFrame({"body": texts}), boilerplate="keep").articles.to_parquet(path, index=False)
    return [*pd.read_parquet(path)["body"]]


_BACK: dict[str, Callable[[list[str], Path], list[str]]] = {
    ".csv": _by_csv,
    "store": _by_store,
    ".parquet": _by_parquet,
}


def _lexicon_back(text: str, folder: Path, form: str) -> str:
    """Judge an entry and a category of one text, written in one form of lexicon; what cannot be held must be said."""
    try:
        lexicon = fa.extend.lexicon_from_mapping({text: [text]})
    except FramingError:
        return ""
    path = folder / f"lexicon{'.yml' if form == 'yaml' else f'.{form}'}"
    lost = fa.write_lexicon(lexicon, path, form=form)  # type: ignore[arg-type]
    try:
        again = fa.read_lexicon(path)
    except FramingError as error:
        return "" if lost else f"what was written cannot be read: {error}"
    same = [(entry.category, entry.text) for entry in again.entries] == [
        (entry.category, entry.text) for entry in lexicon.entries
    ]
    return "" if same or lost else f"comes back as {[(entry.category, entry.text) for entry in again.entries]}"


# Row 21


def active_content(cases: Path) -> Iterator[Outcome]:
    """Judge texts that act where they are not escaped: in a report, a chart, a marked article, and tables of a notebook."""
    texts = _texts(cases, "xss-payloads", "hazards-labels")
    from test_hostile_texts import OF_TABLES
    from test_reports import LEXICON, active_in, corpus, hostile, parsed

    with tempfile.TemporaryDirectory() as folder:

        def in_report(some: list[str]) -> bool:
            return bool(active_in(parsed(report(corpus(hostile(some)), LEXICON, Path(folder) / "r.html"))))

        def in_article(some: list[str]) -> bool:
            tokens = fa.tokenize(corpus(hostile(["\n\n".join(some)])))
            return bool(
                _active(
                    marked_html(tokens, fa.find_hits(tokens, LEXICON), str(tokens.articles["article_id"].iat[0])),
                    OF_TABLES,
                )
            )

        def in_notebook(some: list[str]) -> bool:
            shown = fa.find_hits(fa.tokenize(corpus(hostile(some))), LEXICON).to_html()
            return bool(_active(shown, OF_TABLES))

        for context, is_active in (("report", in_report), ("marked article", in_article), ("table", in_notebook)):
            yield from _among(texts, is_active, context, "acts")
    yield from _among(texts, _acts_in_chart, "chart", "acts, or is no XML")


def _active(html: str, allowed: set[str]) -> list[str]:
    from hostile_texts import active_content as active

    return list(active(lxml.html.document_fromstring(html), allowed))


def _acts_in_chart(texts: list[str]) -> bool:
    return _drawn(texts) is None


def _drawn(texts: list[str]) -> set[str] | None:
    """Return the texts of a chart of some outlets; None where it is no XML or holds what can act."""
    from chart_cases import svg_of
    from hostile_texts import active_content as active
    from lxml import etree
    from test_hostile_texts import OF_SVG

    table = pd.DataFrame({"outlet": texts, "n_articles": 3, "words_median": 2.0, "words_low": 1.0, "words_high": 3.0})
    try:
        tree = etree.fromstring(svg_of(charts.length_dots(table)).encode())
    except etree.XMLSyntaxError:
        return None
    if list(active(tree, OF_SVG)):
        return None
    return {"".join(text.itertext()) for text in tree.iter("{http://www.w3.org/2000/svg}text")}


# Row 22


def labels(cases: Path) -> Iterator[Outcome]:
    """Judge texts as labels: drawn as typed, the same again from a table, and no part of a path. What pages show of them is row 21."""
    texts = _texts(cases, "hazards-labels")
    yield from _among(texts, _is_drawn_otherwise, "chart", "drawn otherwise")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        yield from _among(texts, lambda some: _by_csv(some, folder) != some, "cell of CSV", "comes back otherwise")
        yield from _file_names(texts, folder)


def _is_drawn_otherwise(texts: list[str]) -> bool:
    drawn = _drawn(texts) or set()
    return not {line for text in texts for line in row_label(f"{label(text)} (n = 3)").split("\n")} <= drawn


# Rows 22 and 25

_STEPS = (
    "..",
    "...",
    ".",
    "~",
    "C:",
    "\\\\server\\share",
    "con",
    "nul",
    "a\0b",
    "%2e%2e",
    "．．",
    "‥",
    "a" * 300,
    "-rf",
    "$HOME",
    "`id`",
    "a\nb",
    "",
)
_BETWEEN = ("/", "\\", "//", "/./", "%2f", "∕", "\0/")


def path_names() -> list[str]:
    """Return names that lead out of a folder where they are taken for paths: every two steps with every sign between, once and three times."""
    found = []
    for first, between, second in itertools.product(_STEPS, _BETWEEN, (*_STEPS, "etc", "passwd")):
        found += [
            f"{first}{between}{second}",
            f"{between}{first}{between}{second}",
            between.join([first] * 3 + [second]),
        ]
    return [*dict.fromkeys(found)]


def paths(_: Path) -> Iterator[Outcome]:
    """Judge names that lead out of a folder: of figures, of corpora and of files in an archive; nothing is written outside."""
    with tempfile.TemporaryDirectory() as name:
        outside = Path(name)
        (outside / "in").mkdir()
        yield from _file_names(path_names(), outside / "in")
        yield from _archive_members(path_names()[::40], outside)


def _file_names(names: list[str], folder: Path) -> Iterator[Outcome]:
    """Yield how each text ends as the name of a figure: refused, or a file of this name in the folder."""
    table = pd.DataFrame({"outlet": ["a"], "n_articles": 3, "words_median": 2.0, "words_low": 1.0, "words_high": 3.0})
    figure = charts.length_dots(table)
    for name in names:
        before = _listing(folder.parent)
        try:
            # An empty table is refused after the name: so nothing is drawn for a name that is allowed.
            fa.save_figure(figure, table.head(0), name, folder=folder)
        except FramingError as error:
            is_safe = "is allowed" in str(error) or "are allowed" in str(error) or re.fullmatch(r"[\w-]+", name)
            wrong = "" if is_safe else f"taken as a name: {error}"
        else:
            wrong = "written"
        yield Outcome(
            f"file name: {name[:40]!r}", SILENT if wrong or _listing(folder.parent) != before else RIGHT, wrong
        )


def _listing(folder: Path) -> set[Path]:
    return {*folder.iterdir()}


def _archive_members(names: list[str], folder: Path) -> Iterator[Outcome]:
    """Yield how archives end whose one file has each name: listed or read, and nothing is written."""
    path = folder / "in" / "a.zip"
    for name in filter(
        lambda one: one.partition("\0")[0], names
    ):  # NUL ends the name of a member, and none may be empty
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "Ferry stays\n\nThe board met.")
        before = _listing(folder)

        def check(before: set[Path] = before) -> str:
            fa.read(path, boilerplate="keep")
            return "" if _listing(folder) == before and _listing(folder / "in") == {path} else "a file was written"

        outcome = judged(f"in an archive: {name[:40]!r}", check)
        yield outcome


# Row 23


def formula_cells(cases: Path) -> Iterator[Outcome]:
    """Judge cells that a spreadsheet would run: none is live in CSV or Excel, and each comes back."""
    texts = _texts(cases, "csv-formula")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for text in texts:
            yield judged(f".csv {text[:40]!r}", lambda text=text: _live_csv(text, folder))
            yield judged(f".xlsx {text[:40]!r}", lambda text=text: _live_excel(text, folder))


def _live_csv(text: str, folder: Path) -> str:
    path = fa.export(_table([text]), folder / "a.csv")
    (cell,) = pd.read_csv(path, dtype="str", keep_default_na=False, lineterminator="\n")["text"]
    if cell.lstrip().startswith(LIVE):
        return f"live: {cell[:40]!r}"
    return "" if _by_csv([text], folder) == [text] else "does not come back"


def _live_excel(text: str, folder: Path) -> str:
    path = fa.export(_table([text]), folder / "a.xlsx")
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.lstrip().startswith(LIVE)):
                return f"live: {cell.value!r}"
    return ""
