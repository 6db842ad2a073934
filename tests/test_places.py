"""What is added has its place everywhere that CONTRIBUTING.md names, and the examples there run."""

import importlib
import pkgutil
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import analysis as fa
import analysis.lexicons.formats
import analysis.reading.archives
from analysis import charts, cli
from analysis.lexicons.draft import Draft
from analysis.reading.archives import READERS

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def modules_of(package) -> dict[str, object]:
    return {
        found.name: importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    }


def example(path: str) -> dict[str, object]:
    """Return the names that the example of one file in CONTRIBUTING.md defines."""
    (code,) = re.findall(rf"```python\n(# {re.escape(path)}\n.*?)```", GUIDE, re.DOTALL)
    names: dict[str, object] = {"Draft": Draft}
    exec(compile(code, path, "exec"), names)
    return names


def test_every_reader_is_asked():
    forgotten = [
        name
        for name, module in modules_of(analysis.reading.archives).items()
        for reader in getattr(module, "READERS", ())
        if reader not in READERS
    ]
    assert forgotten == [], "name the family in analysis/reading/archives/__init__.py"


def test_every_reader_is_named_by_a_test():
    tests = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "reading").rglob("test_*.py")
    ).lower()
    assert [reader.name for reader in READERS if re.split(r"\W", reader.name)[0].lower() not in tests] == []


def test_every_reader_is_named_in_the_documentation():
    said = page("docs/workflows/read-a-corpus.md").lower()
    named = [
        reader.name for reader in READERS if reader.name != "unknown XML"
    ]  # refused, as the page says of unknown files
    assert [name for name in named if name.split()[0].lower() not in said] == []


def test_every_chart_is_named_in_the_documentation():
    said = page("docs/workflows/figures-for-a-paper.md")
    drawing = [name for name in charts.__all__ if name not in ("figure_size", "number_format", "use_in_notebook")]
    assert [name for name in drawing if f"fa.charts.{name}" not in said] == []


def test_every_command_is_named_in_the_readme():
    commands = re.findall(r'add_parser\(\s*"(\w+)"', Path(cli.__file__).read_text(encoding="utf-8"))
    said = page("README.md")
    assert [name for name in commands if not re.search(rf"^framing (?:lexicon )?{name}\b", said, re.MULTILINE)] == []


def test_the_example_of_a_reader_runs():
    gazette = example("analysis/reading/archives/gazette.py")
    written = example("tests/reading/archives/gazette.py")["gazette_file"]
    stories = [
        SimpleNamespace(headline="Port closed", outlet="Mail", date="2025-01-02", body="Nobody came.\nNobody left."),
        SimpleNamespace(headline="Port open", outlet="Post", date="2025-01-03", body="All came."),
    ]
    text = written(stories)
    assert gazette["is_gazette"](text)
    found = gazette["read_gazette"](text)
    assert [(r["headline"], r["outlet"], r["date"], r["body"].strip()) for r in found.records] == [
        (s.headline, s.outlet, s.date, s.body) for s in stories
    ]
    # An article whose headline is gone still has its line of outlet and date.
    assert gazette["read_gazette"](text.replace("== Port open", "")).stated == 2


def test_the_example_of_a_lexicon_format_runs():
    read = example("analysis/lexicons/formats/glossary.py")["read_glossary"]
    draft = Draft(Path("glossary.txt"))
    read("weakness = weak, feeble\nno sign here\n", draft)
    lexicon = draft.lexicon("skip")
    assert [(entry.category, entry.text) for entry in lexicon.entries] == [("weakness", "weak"), ("weakness", "feeble")]
    assert [(skipped.line, skipped.found) for skipped in lexicon.skipped] == [(2, "no sign here")]


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:analysis|tests|docs|tools)/[\w./-]+\.(?:py|pyi|md|yml))`", GUIDE)))
)
def test_every_file_that_the_guide_names_is_there(path):
    assert (ROOT / path).exists() or "NAME" in path


def test_every_module_that_the_architecture_names_is_there():
    said = page("docs/architecture.md")
    folders = "|".join(path.name for path in (ROOT / "analysis").iterdir() if path.is_dir())
    named = set(re.findall(rf"`((?:{folders})/[\w/]+)(?:\.(?:\w+))?`", said))
    lost = [
        name
        for name in named
        if not any((ROOT / "analysis" / f"{name}{end}").exists() for end in (".py", ".md", ".txt", "/__init__.py", ""))
    ]
    assert lost == []
    assert fa.__doc__
