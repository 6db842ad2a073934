"""Every lexicon of data/lexicons does what its own examples say."""

import re
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa

FOLDER = Path(__file__).resolve().parents[2] / "data" / "lexicons"
FILES = sorted(FOLDER.glob("*.yml"))
by_file = pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])


def examples_of(lexicon):
    """Return (category, example) of all categories and entries."""
    found = [(category.name, example) for category in lexicon.categories for example in category.examples]
    return found + [(entry.category, example) for entry in lexicon.entries for example in entry.examples]


def test_there_is_a_lexicon():
    assert FILES, f"no .yml file in {FOLDER}"
    assert FOLDER / "frames.yml" in FILES


@by_file
def test_every_example_hits_or_misses_as_it_says(path):
    lexicon = fa.read_lexicon(path)
    examples = examples_of(lexicon)
    # Cues are tested by the voices that they make.
    assert examples or path.name == "cues.yml", f"{path.name} has no example"
    names = [str(number) for number in range(len(examples))]
    table = pd.DataFrame({"article_id": names, "body": [example.text for _, example in examples]})
    corpus = fa.read(table, boilerplate="keep")
    assert len(corpus.articles) == len(examples)
    hits = fa.find_hits(fa.tokenize(corpus), lexicon)
    found = set(zip(hits["article_id"].astype(str), hits["category"].astype(str), strict=True))
    wrong = [
        f"{path.name}, line {example.line}: {category} should {'hit' if example.hit else 'miss'}: {example.text}"
        for name, (category, example) in zip(names, examples, strict=True)
        if ((name, category) in found) != example.hit
    ]
    assert not wrong, "\n".join(wrong)


def test_the_frames_are_of_the_size_that_was_set():
    # 40 to 120 entries and ten examples, half of them misses: the limits that the project set for frames.yml.
    lexicon = fa.read_lexicon(FOLDER / "frames.yml")
    examples = examples_of(lexicon)
    wrong = []
    for name in lexicon.category_names:
        entries = sum(entry.category == name for entry in lexicon.entries)
        own = [example for category, example in examples if category == name]
        misses = sum(not example.hit for example in own)
        if not 40 <= entries <= 120 or len(own) < 10 or 2 * misses < len(own):
            wrong.append(f"{name}: {entries} entries, {len(own)} examples, {misses} of them misses")
    assert not wrong, "\n".join(wrong)


def test_a_short_verb_among_the_cues_doubles_its_consonant():
    # A verb of one syllable with one vowel and one consonant after it: "begged", "banning".
    words = {entry.text for entry in fa.read_lexicon(FOLDER / "cues.yml").entries}
    verbs = {word for word in words if re.fullmatch("(?:[^aeiou]|qu)*[aeiou][bdgkmnprt]", word)}
    assert {"beg", "sum"} <= verbs
    stems = verbs | {"ban", "deadpan", "dub", "flog", "jab"}  # of which not every form is a cue
    assert words & {stem + ending for stem in stems for ending in ("ed", "ing")} == set()
    assert {"begged", "begging", "banned", "deadpanned", "summed"} <= words
