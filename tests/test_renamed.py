"""An old public name still works, says where it stands now, and is listed in the documentation."""

import re
from pathlib import Path

import pytest

import analysis as fa
from analysis.renamed import PLACES

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "renamed.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PLACES)
def test_an_old_name_works_and_says_its_place(name):
    with pytest.warns(DeprecationWarning, match=re.escape(f"fa.{name} is fa.{PLACES[name]} now")):
        found = getattr(fa, name)
    assert found.__name__ == name


def test_a_new_name_says_nothing(recwarn):
    assert fa.compare.paired.__name__ == "paired"
    assert len(recwarn) == 0


def test_an_unknown_name_is_no_old_one():
    with pytest.raises(AttributeError, match="sentiment"):
        _ = fa.sentiment


def test_the_page_lists_every_old_name():
    listed = re.findall(r"^\| `fa\.(\w+)` \| `(?:fa|analysis)\.([\w.]+)` \|$", PAGE, re.MULTILINE)
    assert dict(listed) == PLACES
