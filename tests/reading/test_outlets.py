"""One name an outlet: the file of aliases and what is not in it."""

import pandas as pd
import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.outlets import read_outlets


@pytest.fixture
def aliases(tmp_path):
    path = tmp_path / "outlets.txt"
    path.write_text("# ours\nFox News: Fox Online News; fox  news (online)\n\nThe Sun:\n", encoding="utf-8")
    return path


def test_aliases_are_one_outlet_and_the_found_name_is_kept(aliases):
    table = pd.DataFrame(
        {"outlet": ["FOX ONLINE NEWS", "Fox News (Online)", "the sun", "Mirror", None], "body": list("abcde")}
    )
    corpus = read(table, outlets=aliases)
    assert corpus.articles["outlet"].tolist()[:4] == ["Fox News", "Fox News", "The Sun", "Mirror"]
    assert corpus.articles["outlet"].isna().tolist() == [False] * 4 + [True]
    assert corpus.articles["outlet_as_found"].tolist()[:1] == ["FOX ONLINE NEWS"]
    (note,) = [note for note in corpus.notes if note.kind == "outlets without alias"]
    assert note == f"{aliases} has no line for 'Mirror'"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Fox News\n", "line 1: 'Fox News'; write 'Outlet: alias; another alias'"),
        ("A: x\nB: y; X\n", "line 2: 'X' stands under 'A' before; keep one"),
    ],
)
def test_a_file_of_aliases_with_a_mistake(tmp_path, text, message):
    path = tmp_path / "outlets.txt"
    path.write_text(text)
    with pytest.raises(CorpusError) as caught:
        read_outlets(path)
    assert str(caught.value) == f"{path}, {message}"
