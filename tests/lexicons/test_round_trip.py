"""Words written to a file as a plain mapping come back as they are."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.lexicons.signs import is_regex, lost_signs

# All but control and format characters, line ends, the wildcards, and the two letters that stand in for them.
CHARACTERS = st.characters(
    categories=("L", "M", "N", "P", "S", "Zs"),
    exclude_characters="*?\N{LINEAR B SYLLABLE B008 A}\N{LINEAR B SYLLABLE B038 E}",
)
TYPED = ["no", "yes", "on", "12:30", "010", "0x1f", "2020-01-01", "null", "1e3", "0.5", "true", "Off"]


def read(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.yml"
        path.write_text(text, encoding="utf-8", newline="")
        return fa.read_lexicon(path)


def is_kept(word):
    """Whether an entry is a word here: others are left out, and underscores are read as spaces."""
    return not lost_signs(word) and not is_regex(word) and "_" not in word


# The number and the x before each text keep any two entries apart and give every entry a letter.
@given(st.lists(st.text(CHARACTERS, max_size=12), min_size=1, max_size=8))
def test_any_words_survive(texts):
    words = [word for number, text in enumerate(texts) if is_kept(word := f"w{number}x{text}")]
    assume(words)
    quoted = ["'" + word.replace("'", "''") + "'" for word in words]
    lexicon = read("war:\n" + "".join(f"- {word}\n" for word in quoted))
    assert [entry.text for entry in lexicon.entries] == words
    assert [entry.line for entry in lexicon.entries] == list(range(2, len(words) + 2))
    assert lexicon.hash == fa.extend.lexicon_from_mapping({"war": words}).hash


@given(st.lists(st.sampled_from(TYPED), min_size=1, unique_by=str.casefold))
def test_words_that_yaml_gives_a_type_survive_unquoted(words):
    assert [entry.text for entry in read("war:\n" + "".join(f"- {word}\n" for word in words)).entries] == words


@given(st.text(max_size=40))
def test_any_text_loads_or_is_a_lexicon_error(text):
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.yml"
        path.write_bytes(content)
        try:
            assert fa.read_lexicon(path).entries
        except LexiconError as error:
            assert str(path) in str(error)


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        ({"war": "attack"}, "category 'war' is a string, 'attack'; give a list of words"),
        ({"war": 3}, "category 'war' needs a list of words, found a value of type int"),
        ({"war": ["attack", 3]}, "category 'war' holds 3, which is no string; put quotes round it"),
        ({" ": ["attack"]}, "a category is named ' '; its name must be a string with a letter"),
        ({}, "there is no category; write 'category: [word, word]' at least"),
    ],
)
def test_mappings_that_are_no_lexicon(categories, expected):
    with pytest.raises(LexiconError) as caught:
        fa.extend.lexicon_from_mapping(categories, name="mine")
    assert str(caught.value) == f"lexicon 'mine': {expected}"
