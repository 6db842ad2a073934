"""The guide's lexicon is one that loads, whose examples hold, and its commands are commands."""

import re
import shlex
from pathlib import Path

import pytest

import analysis as fa
from analysis.cli import build_parser

GUIDE = (Path(__file__).resolve().parent.parent / "docs" / "extend-a-lexicon.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines() if line.strip()
]


def test_the_lexicon_of_the_guide_has_no_fault(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0], encoding="utf-8")
    found = fa.check_lexicon(fa.read_lexicon(path))
    assert found[found["severity"] != "hint"].empty


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_guide_is_one(command):
    name, *arguments = shlex.split(command)
    assert name == "framing"
    assert callable(build_parser().parse_args(arguments).run)
