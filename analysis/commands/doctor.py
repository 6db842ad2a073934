"""What a machine has of what the project needs, what is missing, and how to get it."""

import argparse
import importlib.util
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple

from analysis.commands.defaults import CORPUS
from analysis.core.shipped import shipped

_DISTRIBUTION = "media-framing-analysis"
_SHIPPED = ("frames.yml", "targets.yml", "cues.yml", "negators.yml")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Finding(NamedTuple):
    """One thing that was looked for.

    Attributes
    ----------
    name : str
        What it is.
    found : str
        What there is of it.
    remedy : str
        What to do about it, "" where all is well.
    is_needed : bool
        Whether the work cannot be done without it.
    """

    name: str
    found: str
    remedy: str = ""
    is_needed: bool = True


def doctor(options: argparse.Namespace) -> int:
    """Print what there is and what is missing; 1 where something is missing that is needed."""
    findings = [*packages(requires(_DISTRIBUTION) or ()), *fonts(), browser(), compile_cache(), *data()]
    missing = [one for one in findings if one.remedy and one.is_needed]
    sys.stdout.writelines(_line(one) for one in findings)
    sys.stdout.write(
        f"{len(missing)} of {len(findings)} are missing or unfit\n" if missing else "all that is needed is there\n"
    )
    return int(bool(missing))


def _line(one: Finding) -> str:
    mark = "ok" if not one.remedy else "MISSING" if one.is_needed else "note"
    return f"{mark:<8}{one.name:<24}{one.found}{'; ' if one.remedy else ''}{one.remedy}\n"


def packages(requirements: Iterable[str]) -> Iterator[Finding]:
    """Yield Python, the package and each package that it requires, with versions; of those that only an extra needs what is missing."""
    yield Finding("python", platform.python_version())
    yield _package(_DISTRIBUTION, "run make setup in the project's folder", is_needed=True)
    for requirement in sorted(requirements):
        name, _, marker = requirement.partition(";")
        bare = re.match(r"[\w.-]+", name)
        extra = re.search(r"extra == ['\"](.+?)['\"]", marker)
        what = f"{_DISTRIBUTION}[{extra[1]}]" if extra else name.strip()
        found = _package(bare[0] if bare else name, f"pip install '{what}', or make setup", is_needed=extra is None)
        if found.is_needed or found.remedy:
            yield found


def _package(name: str, remedy: str, *, is_needed: bool) -> Finding:
    try:
        return Finding(name, version(name), is_needed=is_needed)
    except PackageNotFoundError:
        return Finding(name, "not installed", remedy, is_needed)


def fonts() -> Iterator[Finding]:
    """Yield the font of the charts, and whether one is there for letters that it lacks."""
    # matplotlib takes a second to load, and nothing else here needs it.
    from matplotlib import font_manager

    from analysis.charts.labels import FURTHER_FONTS
    from analysis.charts.sizes import FONT

    installed = {font.name for font in font_manager.fontManager.ttflist}
    yield (
        Finding("font of charts", FONT)
        if FONT in installed
        else Finding("font of charts", f"no {FONT}", "it comes with matplotlib: install that anew (make setup)")
    )
    further = [name for name in FURTHER_FONTS if name in installed]
    remedy = (
        ""
        if further
        else "only for charts with Chinese, Japanese or Korean letters: install Noto Sans CJK (fonts-noto-cjk)"
    )
    yield Finding("fonts beside it", ", ".join(further) or "none", remedy, is_needed=False)


def browser() -> Finding:
    """Return the browser in which the tests of the report and of the workbench run."""
    path = os.environ.get("FRAMING_CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), "")
    if not Path(path or "none").exists():
        remedy = "only tests need it, and are skipped: install chromium, or name one in FRAMING_CHROMIUM"
        return Finding("browser", path or "none", remedy, is_needed=False)
    if importlib.util.find_spec("playwright") is None:
        return Finding("browser", path, "tests drive it with playwright, which is missing: make setup", is_needed=False)
    return Finding("browser", path)


def compile_cache() -> Finding:
    """Return where compiled functions are kept, how much they take, and whether those of the tokenizer are among them."""
    from analysis.tokens import kernel

    folder = Path(kernel.encode_fields.stats.cache_path)
    package = Path(__file__).resolve().parents[1]
    everywhere = package if folder.is_relative_to(package) else folder.parent
    size = sum(file.stat().st_size for file in everywhere.rglob("*.nb[ic]"))
    kept = [file.stat().st_mtime for file in folder.glob("kernel.encode_fields-*.nbi")]
    is_warm = bool(kept) and max(kept) >= Path(str(kernel.__file__)).stat().st_mtime
    found = f"{everywhere}, {size / 1e6:.0f} MB, {'warm' if is_warm else 'cold'}"
    if not os.access(folder if folder.exists() else package, os.W_OK):
        return Finding(
            "compile cache", found, "it cannot be written, so every run compiles: name a folder in NUMBA_CACHE_DIR"
        )
    return Finding(
        "compile cache",
        found,
        "" if is_warm else "the first run compiles, half a minute; framing warm does it now",
        is_needed=False,
    )


def data() -> Iterator[Finding]:
    """Yield the lexicons that rules and commands read, and the sample corpus."""
    for name in _SHIPPED:
        path = shipped(name)
        yield (
            Finding(name, str(path))
            if path.is_file()
            else Finding(name, f"no {path}", "git checkout data, or install the package anew")
        )
    n_files = sum(path.is_file() for path in CORPUS.rglob("*")) if CORPUS.is_dir() else 0
    if n_files:
        yield Finding("sample corpus", f"{CORPUS}, {n_files} files")
    else:
        yield Finding(
            "sample corpus", f"no {CORPUS}", "it is in a clone of the project, not in the package", is_needed=False
        )
