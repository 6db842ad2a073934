"""What the package needs: nothing under the GPL when it runs, and the page that lists it is of what is installed."""

from importlib.metadata import Distribution

import pytest

from tools.dependencies import EXTRAS, PAGE, PROJECT, is_copyleft, licence_of, needed


def copyleft_in(packages: dict[str, Distribution]) -> list[str]:
    return [name for name, package in packages.items() if is_copyleft(licence_of(package))]


def test_nothing_under_the_gpl_is_needed_when_the_package_runs():
    needs = needed(PROJECT)
    assert {"numpy", "pandas", "requests"} <= needs.keys()  # asked for by the package, and by what it asks for
    assert copyleft_in(needs) == []
    assert [name for extra in EXTRAS for name in copyleft_in(needed(PROJECT, extra))] == []
    # That the rule sees one: the oracle of the tests for Krippendorff's alpha.
    assert "krippendorff" in copyleft_in(needed(PROJECT, "dev"))


def test_every_package_states_a_licence():
    assert [name for name, package in needed(PROJECT).items() if licence_of(package) == "not stated"] == []


@pytest.mark.parametrize("extra", ["", *EXTRAS])
def test_the_page_lists_what_is_installed(extra):
    # Other systems and versions of Python need a few others, so that the page may list more.
    page = PAGE.read_text(encoding="utf-8")
    packages = needed(PROJECT, extra)
    assert packages
    missing = [name for name, package in packages.items() if f"| {name} | {licence_of(package)} |" not in page]
    assert missing == [], "run python tools/dependencies.py"


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("MIT", False),
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("LGPL-2.1-or-later", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MPL-1.1 OR GPL-2.0-only", False),  # either may be chosen
        ("MIT AND GPL-2.0-only", True),
        ("Simple licence", False),
    ],
)
def test_which_licences_are_copyleft(licence, expected):
    assert is_copyleft(licence) is expected
