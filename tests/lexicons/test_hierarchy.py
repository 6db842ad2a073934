"""Categories that are part of others, and entries in other languages: what is hit."""

from collections import Counter

import pandas as pd
import pytest

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.lexicons import lexicon_from_mapping


def load(folder, name, content):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return fa.read_lexicon(path)


def counts(lexicon, text, **options):
    hits = fa.find_hits(fa.tokenize(fa.read(pd.DataFrame({"body": [text]}), boilerplate="keep")), lexicon, **options)
    return dict(Counter(hits["category"].astype(str)))


NESTED = (
    "economy:\n  prices: [price*, inflation]\n  jobs:\n    lost: [layoff*, price*]\n  __: [economy]\nlaw: [court]\n"
)


@pytest.mark.parametrize("overlap", ["longest_within_category", "every_entry"])
def test_what_a_part_hits_counts_once_for_each_category_above(tmp_path, overlap):
    lexicon = load(tmp_path, "a.yml", NESTED)
    assert lexicon.category_names == ("economy", "economy > prices", "economy > jobs", "economy > jobs > lost", "law")
    # "prices" stands in two parts and is one hit of economy; with "layoffs" and "economy" it has three.
    found = counts(lexicon, "Prices and layoffs in an economy.", overlap=overlap)
    assert found == {"economy": 3, "economy > prices": 1, "economy > jobs": 2, "economy > jobs > lost": 2}
    assert [(entry.text, entry.via) for entry in lexicon.entries if entry.category == "economy"] == [
        ("economy", ""),
        ("price*", "economy > prices"),
        ("inflation", "economy > prices"),
        ("layoff*", "economy > jobs > lost"),
    ]
    assert len(lexicon.own_entries) == 6


def test_names_of_liwc_stay_and_parents_are_told_by_tabs(tmp_path):
    # Words that name the parent too, as LIWC2015 has them, are not copied once more.
    lexicon = load(
        tmp_path, "a.dic", "%\n1\taffect\n\t2\tposemo\n\t\t3\tjoy\n\t4\tnegemo\n%\nglad\t1\t2\nglee*\t3\nsad\t4\n"
    )
    assert {category.name: category.parent for category in lexicon.categories} == {
        "affect": "",
        "posemo": "affect",
        "joy": "posemo",
        "negemo": "affect",
    }
    assert counts(lexicon, "glad and gleeful and sad") == {"affect": 3, "posemo": 2, "joy": 1, "negemo": 1}


def test_parents_in_the_projects_form(tmp_path):
    text = "name: a\nversion: '1'\ncategories:\n  top: {definition: All.}\n  part: {parent: top, entries: [war]}\n"
    assert counts(load(tmp_path, "a.yml", text), "war") == {"top": 1, "part": 1}
    for wrong, why in (("else", "is no category of this file"), ("part", "is part of it in turn")):
        with pytest.raises(LexiconError, match=f"line 5: parent '{wrong}' of category 'part' {why}"):
            load(tmp_path, "b.yml", text.replace("parent: top", f"parent: {wrong}"))


def test_the_hash_of_a_flat_lexicon_is_what_it_was():
    # SHA-256 of [["war","law"],[["war","weak",1.0,"fold",[]],["law","court",1.0,"fold",[]]]], its first twelve digits.
    assert lexicon_from_mapping({"war": ["weak"], "law": ["court"]}).hash == "0c30cd713841"


GERMAN = "term,category\nKrise*,Bedrohung\nFlüchtling*,Migration\nüber die Grenze,Migration\nSTRASSE,Ort\n"
ARABIC = "term,category\nحرب,conflict\nالحرب,conflict\nوقف إطلاق النار,peace\nسلام*,peace\n"


def test_german(tmp_path):
    lexicon = load(tmp_path, "a.csv", GERMAN)
    # By hand: Krisenstab; Flüchtlingen (NFD) and the phrase; Straße folds to strasse.
    text = "Der Krisenstab sprach mit Flu\u0308chtlingen, die ÜBER die Grenze kamen, auf der Straße."
    assert counts(lexicon, text) == {"Bedrohung": 1, "Migration": 2, "Ort": 1}


def test_arabic(tmp_path):
    lexicon = load(tmp_path, "a.csv", ARABIC)
    # By hand: "the war" once; "ceasefire" (three words) and "peace" with an ending once each.
    assert counts(lexicon, "انتهت الحرب بعد وقف إطلاق النار وسط سلاما.") == {"conflict": 1, "peace": 2}
