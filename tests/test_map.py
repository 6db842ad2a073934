"""The docstring of the package is a map of it: every name, in the order of the work, and no other."""

import re

import analysis as fa


def test_the_map_has_every_public_name_and_no_other():
    listed = re.findall(r"^    ((?:\w+, )*\w+)  ", fa.__doc__, re.MULTILINE)
    names = [name for line in listed for name in line.split(", ")]
    further = re.search(r"Errors, all of them a (\w+)", fa.__doc__)
    assert sorted([*names, further[1]]) == sorted(fa.__all__)


def test_every_line_of_the_map_says_something():
    lines = [line for line in fa.__doc__.splitlines() if line.startswith("    ")]
    assert all(re.fullmatch(r"    [\w, ]+?  +\S.{10,}", line) for line in lines)
