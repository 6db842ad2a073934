"""A category from marked sentences, and the file that it becomes."""

import pytest

import analysis as fa
from analysis.cli import main
from analysis.extending.own_category import lexicon_from_sentences

SENTENCES = """\
# what I read in March
The mayor was a [laughing stock], a [Farce] of a man.

Rivals  [mocked] the plan; it was a [farce].
The children laughed all afternoon.
"""


def test_marked_words_are_entries_and_sentences_examples():
    lexicon = lexicon_from_sentences(SENTENCES.splitlines(), "ridicule", definition="Somebody looks foolish.")
    assert [entry.text for entry in lexicon.entries] == ["laughing stock", "farce", "mocked"]
    (category,) = lexicon.categories
    assert [(example.text, example.hit) for example in category.examples] == [
        ("The mayor was a laughing stock, a Farce of a man.", True),
        ("Rivals mocked the plan; it was a farce.", True),
        ("The children laughed all afternoon.", False),
    ]
    assert category.definition == "Somebody looks foolish."


@pytest.mark.parametrize(
    ("sentences", "message"),
    [
        (["He was weak."], "no word of the 1 sentences is in brackets; mark those"),
        ([], "no word of the 0 sentences is in brackets"),
        (["He was [weak."], "'He was [weak.': a bracket is left open"),
        (["He was [[weak]]."], "a bracket is left open"),
        (["He was [weak].", "Weak tea."], "example fails, it should miss: 'Weak tea.'; add an exception"),
        (["He was [!]."], "has no letter or digit"),
    ],
)
def test_sentences_that_make_no_category_are_refused(sentences, message):
    with pytest.raises(fa.LexiconError) as caught:
        lexicon_from_sentences(sentences, "ridicule")
    assert message in str(caught.value)


def test_the_command_writes_a_file_that_passes_the_check_and_overwrites_none(tmp_path, capsys):
    source, out = tmp_path / "sentences.txt", tmp_path / "mine.yml"
    source.write_text(SENTENCES, encoding="utf-8")
    call = ["lexicon", "new", "ridicule", str(source), "--out", str(out), "--definition", "Somebody looks foolish."]
    assert main(call) == 0
    assert "3 entries, 3 examples" in capsys.readouterr().err
    assert main(["lexicon", "check", str(out)]) == 0
    assert "0 errors" in capsys.readouterr().err
    before = out.read_bytes()
    assert main(call) == 2
    assert "there is a file of this name already" in capsys.readouterr().err
    assert out.read_bytes() == before
    assert main(["lexicon", "new", "ridicule", str(tmp_path / "none.txt"), "--out", str(tmp_path / "b.yml")]) == 2
    assert "none.txt: cannot be read" in capsys.readouterr().err
