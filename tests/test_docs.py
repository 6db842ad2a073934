"""The documentation: its links lead somewhere, its code runs, its commands are commands, its tables are those of the code.

In a page's source, ``<!-- file: mine.yml -->`` before a block names the file that the block is. A ``text`` block right after a ``python`` block is
what that block prints.
"""

import contextlib
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
from markdown.extensions.toc import slugify
from public_names import public_names

from analysis.cli import build_parser
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
        assert line in ("source .venv/bin/activate", "python -m http.server -d site")


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if "```python" in page])
def test_the_code_of_a_page_runs(name, tmp_path, monkeypatch):
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "page"}
    for block in blocks(PAGES[name]):
        if block.remark.startswith("file: "):
            Path(block.remark.removeprefix("file: ")).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(block.text, name, "exec"), names)
            if block.prints is not None:
                assert printed.getvalue().split() == block.prints.split()
    if name == "docs/tables.md":
        assert_columns(PAGES[name], names)


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


def test_the_site_is_built_and_asks_for_nothing_from_elsewhere(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
        cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    pages = {
        path.relative_to(tmp_path).as_posix(): path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")
    }
    assert "api/top.html" in pages
    asked = re.compile(r"<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=[\"']?(https?://[^\"'\s>]+)")
    assert {name: asked.findall(page) for name, page in pages.items() if asked.search(page)} == {}
