"""Write docs/dependencies.md: what the package needs when it runs, and what each of its extras adds, with the licence of each.

Usage: python tools/dependencies.py

Names and licences are those that the installed packages state; versions stand in requirements.lock, so that the page does not change with them.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
PROJECT = "media-framing-analysis"
EXTRAS = ("notebooks", "docs", "cluster", "spss", "stats")
# The GNU licences that ask who passes a program on to pass it on under the same one.
_COPYLEFT = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public", re.IGNORECASE)
_LONGEST = 60  # of what states a licence; a longer one is its text

INTRODUCTION = """\
# Dependencies

What is installed beside the package, with the licence that each states. Versions and hashes stand in `requirements.lock`; `make release`
writes a software bill of materials (CycloneDX) of what an installation of the wheel holds. `python tools/dependencies.py` writes this page,
and a test holds that nothing under the GPL is needed when the package runs.
"""
COPYLEFT = """
## Under the GPL, for development only

Programs that check the project, and an oracle of its tests; the package imports none of them.

"""


def needed(name: str, extra: str = "", known: dict[str, Distribution] | None = None) -> dict[str, Distribution]:
    """Return what a package needs here, itself left out, by name: what it asks for under this extra (or none), and what that asks for."""
    found = {} if known is None else known
    for written in distribution(name).requires or ():
        asked = Requirement(written)
        if not is_asked(asked, extra):
            continue
        key = canonicalize_name(asked.name)
        if key not in found:
            try:
                found[key] = distribution(asked.name)
            except PackageNotFoundError:
                continue  # of another system, or taken out of the lock
            needed(asked.name, "", found)
        for further in asked.extras:
            needed(asked.name, further, found)
    return found


def is_asked(asked: Requirement, extra: str) -> bool:
    """Whether a requirement holds here: without an extra those that name none, with one those that hold with it alone."""
    if asked.marker is None:
        return extra == ""
    holds_without = asked.marker.evaluate({"extra": ""})
    return holds_without if extra == "" else asked.marker.evaluate({"extra": extra}) and not holds_without


def licence_of(package: Distribution) -> str:
    """Return the licence that a package states: as an SPDX expression, in a word, or by its classifiers."""
    stated = package.metadata
    classified = [
        one.rpartition(" :: ")[2] for one in stated.get_all("Classifier") or () if one.startswith("License ::")
    ]
    word = (stated.get("License") or "").strip()
    if expression := stated.get("License-Expression"):
        return str(expression)
    if word and "\n" not in word and len(word) <= _LONGEST:
        return word
    return ", ".join(classified) or "not stated"


def is_copyleft(licence: str) -> bool:
    """Whether a licence is one of the GPL or AGPL, and no other may be chosen in its place; the LGPL is none of them."""
    choices = re.split(r"\s+OR\s+", licence)
    return all(_COPYLEFT.search(re.sub(r"\bLGPL[\w.+-]*|Lesser General Public", "", one)) for one in choices)


def rows(packages: dict[str, Distribution]) -> Iterator[str]:
    """Yield a row of the table for each package."""
    for name, package in sorted(packages.items()):
        yield f"| {name} | {licence_of(package)} |\n"


def page() -> str:
    """Return the page of what is installed here."""
    head = "| package | licence |\n|---|---|\n"
    of_package = needed(PROJECT)
    parts = [INTRODUCTION, "\n## When the package runs\n\n", head, *rows(of_package)]
    for extra in EXTRAS:
        more = {name: package for name, package in needed(PROJECT, extra).items() if name not in of_package}
        parts += [f"\n## With the extra `{extra}`\n\n", head, *rows(more)]
    copyleft = {name: one for name, one in needed(PROJECT, "dev").items() if is_copyleft(licence_of(one))}
    return "".join([*parts, COPYLEFT, head, *rows(copyleft)])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
