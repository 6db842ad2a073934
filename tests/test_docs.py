"""The documentation: its links lead somewhere, its code runs, its commands are commands, its tables are those of the code.

In a page's source, ``<!-- file: mine.yml -->`` before a block names the file that the block is. A ``text`` block right after a ``python`` block is
what that block prints, and right after an ``sh`` block what its commands say, where a line of ``...`` stands for lines left out. What a page
promises, and no block shows, has a test of its own below.
"""

import argparse
import contextlib
import doctest
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from lab import browsing
from markdown.extensions.toc import slugify
from public_names import public_names

import analysis as fa
from analysis.cli import build_parser, main
from analysis.measures.keyness_formulas import MEASURES
from tools.column_tables import with_columns

ROOT = Path(__file__).resolve().parent.parent
PAGES = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/**/*.md"))}
LINKING = PAGES | {"README.md": (ROOT / "README.md").read_text(encoding="utf-8")}
_BLOCK = re.compile(r"(?:^<!-- (file: \S+) -->\n+)?^```(\w+)\n(.*?)^```$(\n\n^```text\n)?", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_KINDS = {
    "text": lambda column: isinstance(column.dtype, pd.StringDtype | pd.CategoricalDtype),
    "day": pd.api.types.is_datetime64_any_dtype,
    "integer": pd.api.types.is_integer_dtype,
    "number": pd.api.types.is_float_dtype,
    "boolean": pd.api.types.is_bool_dtype,
}


class Block(NamedTuple):
    """A block of code: its language, the text, what the remark before it says, and what it prints if the page shows it."""

    language: str
    text: str
    remark: str
    prints: str | None


def blocks(page: str) -> list[Block]:
    """Return the blocks of a page's text."""
    found = []
    for match in _BLOCK.finditer(page):
        prints = page[match.end() : page.index("```", match.end())] if match[4] else None
        found.append(Block(match[2], match[3], match[1] or "", prints))
    return found


COMMANDS = [
    (name, line)
    for name, page in PAGES.items()
    for block in blocks(page)
    if block.language == "sh"
    for line in block.text.splitlines()
    if line.strip()
]


def test_no_block_is_indented():
    """An indented block would escape the tests of this module."""
    assert [name for name, page in PAGES.items() if re.search(r"^ +```", page, re.MULTILINE)] == []


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_a_command_is_one(page, line):
    name, *arguments = shlex.split(line, comments=True)
    if name == "framing":
        assert callable(build_parser().parse_args(arguments).run)
    elif name == "make":
        assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    else:
        assert line == "source .venv/bin/activate"


@pytest.mark.parametrize("name", [name for name, page in LINKING.items() if "```python" in page])
def test_the_code_of_a_page_runs(name, tmp_path, monkeypatch):
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "page"}
    for block in blocks(LINKING[name]):
        if block.remark.startswith("file: "):
            Path(block.remark.removeprefix("file: ")).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(block.text, name, "exec"), names)
            if block.prints is not None:
                assert printed.getvalue().split() == block.prints.split()
        elif block.language == "sh" and block.prints is not None:
            assert doctest.OutputChecker().check_output(
                block.prints, said_by(block.text), doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
            )
    if name == "docs/tables.md":
        assert_columns(PAGES[name], names)
    for written, endings in WRITTEN.get(name, {}).items():
        assert sorted(path.suffix for path in tmp_path.glob(f"{written}.*")) == endings


def said_by(commands: str) -> str:
    """Return what framing commands write to the terminal."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        for line in commands.splitlines():
            main(shlex.split(line, comments=True)[1:])
    return said.getvalue()


_SIX = [".csv", ".md", ".pdf", ".png", ".svg", ".tex"]
WRITTEN = {
    "docs/workflows/figures-for-a-paper.md": {"my-figures/my-frames-by-outlet": _SIX},
    "docs/workflows/the-whole-way.md": {
        "paper/weakness-by-outlet": sorted([*_SIX, ".docx"]),
        "paper/framing": [".bib"],
    },
}


def assert_columns(page: str, names: dict[str, object]) -> None:
    """Hold the tables under the headings of results against what their code has made."""
    for title, section in re.findall(
        r"^### (\w+)\n(.*?)(?=^### |\Z)", page.partition("## Results")[2], re.DOTALL | re.MULTILINE
    ):
        rows = re.findall(r"^\| `(\w+)` \| (\w+) \| \S.* \|$", section, re.MULTILINE)
        table = names[title]
        assert isinstance(table, pd.DataFrame)
        assert [column for column, _ in rows] == list(table.columns), title
        assert [column for column, kind in rows if not _KINDS[kind](table[column])] == [], title


def test_the_tables_of_schemas_are_those_of_the_code():
    page = PAGES["docs/tables.md"]
    assert with_columns(page) == page, "run: python tools/column_tables.py"


def test_the_readme_is_two_screens_and_every_block_shows_what_it_prints():
    readme = LINKING["README.md"]
    assert len(readme.splitlines()) <= 100
    assert [block.prints is not None for block in blocks(readme) if block.language == "python"] == [True]


def test_the_readme_gives_agreement_as_the_methods_do():
    section = LINKING["README.md"].partition("## How good")[2].partition("\n## ")[0]
    table = re.findall(r"^\| .* \| (\d\.\d{3}) \| .* \| (\d\.\d{3}) \|$", PAGES["docs/methods.md"], re.MULTILINE)
    shown = re.findall(r"\d\.\d{3}", section)
    assert len(shown) == 8
    assert set(zip(shown[::2], shown[1::2], strict=True)) <= set(table)


def test_every_public_name_has_its_place_among_the_functions():
    listed = [
        name
        for path, page in PAGES.items()
        if path.startswith("docs/api/")
        for name in re.findall(r"^::: (\S+)$", page, re.M)
    ]
    assert sorted(listed) == sorted(f"{one.__module__}.{one.__name__}" for one in public_names().values())


def test_agreement_with_hand_coding_is_given_as_last_measured():
    """A floor stands a little below the figure that set it (quality/floors.json); a figure far above has a floor to be raised."""
    floors = json.loads((ROOT / "quality" / "floors.json").read_text(encoding="utf-8"))
    given = dict(re.findall(r"^\| ([^|]+) \| (\d\.\d{3}) \| \d\.\d+ to ", PAGES["docs/methods.md"], re.MULTILINE))
    assert given.keys() == floors.keys()
    assert {name: value for name, value in given.items() if not 0 <= float(value) - floors[name]["value"] < 0.02} == {}


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return {slugify(title.replace("`", ""), "-") for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("name", LINKING)
def test_every_link_leads_somewhere(name):
    lost = []
    for link in _LINK.findall(LINKING[name]):
        target, _, anchor = link.partition("#")
        path = (ROOT / name).parent / target if target else ROOT / name
        if not re.match(r"https?:", link) and not (path.exists() and (not anchor or anchor in anchors(path))):
            lost.append(link)
    assert lost == []


def commands(parser: argparse.ArgumentParser, before: str = "framing") -> set[str]:
    """Return every command of the command line."""
    own = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not own:
        return {before}
    return {name for one in own for word, child in one.choices.items() for name in commands(child, f"{before} {word}")}


def test_every_command_has_one_line_in_the_readme_and_a_place_among_the_commands():
    section = LINKING["README.md"].partition("\n## Commands\n")[2]
    listed = re.findall(r"^(framing(?: lexicon)? \w+)", section, re.MULTILINE)
    assert sorted(listed) == sorted(commands(build_parser()))
    missing = [name for name in listed if not re.search(rf"^{name}\b", PAGES["docs/commands.md"], re.MULTILINE)]
    assert missing == []


def test_every_notebook_has_its_question_on_the_page_of_the_course():
    page = PAGES["docs/workflows/run-the-course-on-your-corpus.md"]
    listed = re.findall(r"^\| `([\w-]+)` \| \w.*\? \|$", page, re.MULTILINE)
    assert ["00-start", *listed] == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_every_measure_of_keyness_has_its_formula():
    section = PAGES["docs/methods.md"].partition("\n## Keyness\n")[2].partition("\n## ")[0]
    _, *listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)  # the first is the head of the table
    assert sorted(listed) == sorted(MEASURES)
    assert f"{len(MEASURES)} measures" in PAGES["docs/comparison.md"]


def test_every_chart_stands_beside_the_table_that_it_draws():
    page = PAGES["docs/workflows/figures-for-a-paper.md"]
    listed = [name for row in re.findall(r"^\| .* \|$", page, re.M) for name in re.findall(r"fa\.charts\.(\w+)", row)]
    assert sorted(listed) == sorted(set(fa.charts.__all__) - {"figure_size", "number_format", "use_in_notebook"})


def test_the_lexicon_of_the_guide_has_the_hash_that_the_guide_gives(tmp_path):
    page = PAGES["docs/extend-a-lexicon.md"]
    content = next(block.text for block in blocks(page) if block.language == "yaml")
    edited = content.replace("1.0.0", "1.0.1").replace("    examples:", "      - sneer\n    examples:")
    (tmp_path / "mine.yml").write_text(edited, encoding="utf-8")
    assert f"`{fa.read_lexicon(tmp_path / 'mine.yml').title}`" in page


SAMPLE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "articles").glob("*.txt")))


def test_the_examples_of_the_glossary_stand_in_the_sample():
    quoted = re.findall("“([^”]+)”", PAGES["docs/glossary.md"])
    assert len(quoted) > 10
    assert [text for text in quoted if text not in SAMPLE] == []


def test_the_numbers_of_the_glossary_are_those_of_the_sample():
    tokens = fa.tokenize(str(ROOT / "data" / "articles"))
    hits = fa.find_hits(tokens, ROOT / "data" / "lexicons" / "frames.yml")
    rate = fa.rates(hits, tokens, by=["outlet", "category"]).set_index(["outlet", "category"])
    lantern = rate.loc[("The Daily Lantern", "weakness")]
    sides = {"focus": {"outlet": "The Daily Lantern"}, "reference": {"outlet": "The Aldwick Courier"}}
    key = fa.keyness(tokens, **sides).set_index("term")
    expert, old, me = key.loc["expert"], key.loc["old"], key.loc["i'm"]
    assert key.index[0] == "expert"
    page = PAGES["docs/glossary.md"]
    sentences = [
        f"The sample corpus has {len(tokens):,} tokens.",
        f"{len(tokens.types):,} types have {len(set(tokens.forms)):,} forms",
        f"{lantern.n_hits} hits of weakness in {lantern.n_tokens:,} words: {lantern.rate_per_1000:.1f} per 1,000",
        f"3.5 it is {lantern.rate_low:.1f} to {lantern.rate_high:.1f}, which is wide, as its {lantern.n_articles} articles",
        f"{expert.n_focus} times in the *Lantern* and never in the *Courier*: log-likelihood {expert.score:.1f}",
        f'"old" has a DP of {old.dp_focus:.2f} and stands in {old.n_articles_focus} of 12',
        f'"i\'m" has {me.dp_focus:.2f} and stands in {me.n_articles_focus}',
    ]
    assert (expert.n_reference, [sentence for sentence in sentences if sentence not in page]) == (0, [])


_PICTURE = re.compile(r"!\[([^\]\n]+)\]\((?:\.\./)*figures/([\w-]+)\.svg\)")
PICTURES = [(alt, name) for page in PAGES.values() for alt, name in _PICTURE.findall(page)]


def test_pages_have_pictures():
    assert len(PICTURES) >= 5


@pytest.mark.parametrize(("alt", "name"), PICTURES)
def test_each_number_of_an_alt_text_is_one_of_the_figure(alt, name):
    drawn = pd.read_csv(ROOT / "figures" / f"{name}.csv").select_dtypes("number").abs().to_numpy().ravel()
    known = {f"{scale * value:.1f}" for value in drawn for scale in (1, 100)}
    given = re.findall(r"\d+\.\d", alt)
    assert given
    assert [number for number in given if number not in known] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of the built documentation."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_the_site_asks_for_nothing_from_elsewhere(site):
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert "api/top.html" in pages
    asked = re.compile(r"<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=[\"']?(https?://[^\"'\s>]+)")
    assert {name: asked.findall(page) for name, page in pages.items() if asked.search(page)} == {}


def test_the_site_shows_the_pictures_of_its_pages(site):
    lost = [
        (path.name, source)
        for path in site.rglob("*.html")
        for source in re.findall(r'<img\b[^>]*\bsrc="([^"]+\.svg)"', path.read_text(encoding="utf-8"))
        if not (path.parent / source).is_file()
    ]
    assert (lost, sorted(path.stem for path in site.glob("figures/*.svg"))) == (
        [],
        sorted({name for _, name in PICTURES}),
    )


def test_the_site_is_searched_without_a_server(site):
    asked = []
    with browsing() as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto((site / "workflows" / "report.html").as_uri())
        page.fill("input.md-search__input", "dispersion")
        found = page.wait_for_selector(".md-search-result__link", state="attached").get_attribute("href")
    assert found.startswith(site.as_uri())
    assert [address for address in asked if not address.startswith("file:")] == []
