"""Lexicons as YAML files: what loads, and what each mistake says."""

import json
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.lexicons.model import Category, Entry, Example
from analysis.reading.fetching import shared_folder

ROOT = Path(__file__).resolve().parents[3]
# As the fixture shared_data, which cannot be asked for while tests are collected.
SHARED = shared_folder()
HAZARDS = SHARED / "robustness" / "hazards-lexicon" / "cases.dev.jsonl"

FULL = """\
name: small
version: "1.2"
language: en
description: For tests.
sources: [a book]
categories:
  weakness:
    definition: Said to be weak.
    valence: -1
    entries:
      - weak*
      - entry: lame duck
        weight: 0.5
        case: exact
        except: [lame duck soup]
        note: The animal is rare.
        examples:
          hit: [He is a lame duck.]
    examples:
      miss: [The tea was strong.]
  strength: [strong]
"""


def message(tmp_path, text):
    """Return the message of reading `text`, with the path taken out."""
    path = tmp_path / "lexicon.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(LexiconError) as caught:
        fa.read_lexicon(path)
    return str(caught.value).replace(str(path), "FILE")


def load(tmp_path, text):
    path = tmp_path / "lexicon.yml"
    path.write_text(text, encoding="utf-8")
    return fa.read_lexicon(path)


def categories_of(lexicon, word):
    """Return the categories that hit a text of this one word."""
    hits = fa.find_hits(fa.tokenize(fa.read(pd.DataFrame({"body": [word]}))), lexicon)
    return sorted(set(hits["category"]))


def test_the_full_form(tmp_path):
    lexicon = load(tmp_path, FULL)
    assert (lexicon.name, lexicon.version, lexicon.language, lexicon.description, lexicon.sources) == (
        "small",
        "1.2",
        "en",
        "For tests.",
        ("a book",),
    )
    # The lines are counted in FULL.
    assert lexicon.categories == (
        Category("weakness", "Said to be weak.", -1, (Example("The tea was strong.", False, 20),)),
        Category("strength"),
    )
    assert lexicon.entries == (
        Entry("weak*", "weakness", line=11),
        Entry(
            "lame duck",
            "weakness",
            0.5,
            "exact",
            ("lame duck soup",),
            "The animal is rare.",
            (Example("He is a lame duck.", True, 18),),
            12,
        ),
        Entry("strong", "strength", line=21),
    )


def test_the_plain_form(tmp_path):
    lexicon = load(tmp_path, "war: [attack, lame duck]\nlaw:\n  - court\n")
    assert (lexicon.name, lexicon.version, lexicon.category_names) == ("lexicon", "0", ("war", "law"))
    assert [(entry.category, entry.text) for entry in lexicon.entries] == [
        ("war", "attack"),
        ("war", "lame duck"),
        ("law", "court"),
    ]


# YAML 1.1 reads these as booleans, a number in base 60, nothing, a number and a date.
@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "12:30", "null", "1e3", "007", "2020-01-01", "True"])
def test_words_that_yaml_gives_a_type_stay_words(tmp_path, word):
    lexicon = load(tmp_path, f"time: [{word}]\n")
    assert [entry.text for entry in lexicon.entries] == [word]
    assert categories_of(lexicon, word) == ["time"]


NOT_A_LIST = "needs a list of entries; write each on a line of its own after '- '"
ENTRY_KEYS = "entry, weight, case, except, note, examples"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "FILE: the file is empty; write 'category: [word, word]' at least"),
        ("# only a remark\n", "FILE: the file is empty; write 'category: [word, word]' at least"),
        ("- a\n- b\n", "FILE, line 1: a lexicon is a mapping of categories to words, found a list or a word; "
             "write 'category: [word, word]'"),
        ("war: attack\n", f"FILE, line 1: category 'war' {NOT_A_LIST}"),
        (
            "war:\n- a: b\n",
            "FILE, line 2: an entry of 'war' is a word, or a mapping with 'entry: word'; "
            f"allowed keys are {ENTRY_KEYS}",
        ),
        (
            "war:\n- attack\n  defend\n",
            "FILE, line 2: entry 'attack defend' runs over two lines; did you forget a '- '? else put it on one line",
        ),
        (
            "war:\n- attack -defend\n  -retreat\n",
            "FILE, line 2: entry 'attack -defend -retreat' runs over two lines; "
            "did you forget a '- '? else put it on one line",
        ),
        (
            "war:\n- entry: attack\n  wieght: 2\n",
            f"FILE, line 3: unknown key 'wieght' in an entry; allowed are {ENTRY_KEYS}; did you mean 'weight'?",
        ),
        (
            FULL.replace("language:", "langauge:"),
            "FILE, line 3: unknown key 'langauge' in a lexicon file; allowed are name, version, language, "
            "description, sources, categories; did you mean 'language'?",
        ),
        (
            FULL.replace("    definition:", "    zzz:"),
            "FILE, line 8: unknown key 'zzz' in category 'weakness'; "
            "allowed are definition, valence, entries, examples, parent, label, short_label",
        ),
        (
            "categories:\n  war: [attack]\n",
            "FILE, line 1: 'name' is missing; results name it, so write 'name: …' at the top\n"
            "FILE, line 1: 'version' is missing; results name it, so write 'version: …' at the top",
        ),
        (
            FULL.replace("valence: -1", "valence: bad"),
            "FILE, line 9: valence 'bad' of category 'weakness'; allowed are -1, 0 and 1",
        ),
        (
            FULL.replace("case: exact", "case: upper"),
            "FILE, line 14: case 'upper'; allowed are fold (capitals do not matter) and exact",
        ),
        *(
            (
                FULL.replace("weight: 0.5", f"weight: {weight}"),
                f"FILE, line 13: weight '{weight}'; allowed is a number above 0 with a decimal point, such as 0.5",
            )
            for weight in ("0", "-1", "0,5", "nan", "inf", "much")
        ),
        (
            FULL.replace("except: [lame duck soup]", "except: lame duck soup"),
            "FILE, line 15: a list is expected here; write each string on a line of its own after '- '",
        ),
        (
            "war: [attack]\nlaw: [court]\nwar: [defend]\n",
            "FILE, line 3: 'war' stands here for the second time (first in line 1); join the two",
        ),
        ("war: ['!?']\n", "FILE, line 1: entry '!?' has a word of wildcards only, which matches every word; "
         "write some letters of it"),
        ("war: ['-']\n", "FILE, line 1: entry '-' has no letter or digit, so it can never match; take it out"),
        ("war: []\n", "FILE: no entry can be read; give the file at least one word with a category"),
    ],
)  # fmt: skip
def test_mistakes_name_line_and_remedy(tmp_path, text, expected):
    assert message(tmp_path, text) == expected


def laughs():
    rows = ["a0: [lol, lol]"] + [f"a{n}: [*x{n - 1}, *x{n - 1}]" for n in range(1, 30)]
    return "\n".join(row.replace(": [", f": &x{n} [") for n, row in enumerate(rows)) + "\n"


ANCHORS = "anchors (&) and aliases (*name) are not allowed; put quotes round an entry that begins with * or &"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (laughs(), f"FILE, line 1: {ANCHORS}"),
        ("war:\n- *attack\n", f"FILE, line 2: {ANCHORS}"),
        ("war:\n- &a attack\n", f"FILE, line 2: {ANCHORS}"),
        ("base: &b {x: [y]}\n<<: *b\n", f"FILE, line 1: {ANCHORS}"),
        (
            "!!python/object/apply:os.system [id]\n",
            "FILE, line 1: the tag tag:yaml.org,2002:python/object/apply:os.system is not allowed; "
            "every value is a string, put quotes round an entry that begins with !",
        ),
        (
            "war: " + "[" * 10_000 + "]" * 10_000,
            "FILE, line 1: nested more than 20 deep; a lexicon has categories and entries only",
        ),
        (
            "---\nwar: [a]\n---\nlaw: [b]\n",
            "FILE, line 3: a second document begins; a lexicon file holds one, take out the '---'",
        ),
        (
            "war: [attack]\n? [a, b]\n: [c]\n",
            "FILE, line 2: a name is expected before the colon, found a list or mapping",
        ),
        (
            b"war:\n- caf\xe9\n",
            "FILE, line 2: byte 0xE9 is not UTF-8; save the file as UTF-8, or say its encoding",
        ),
    ],
)
def test_what_a_lexicon_does_not_need_is_refused(tmp_path, text, expected):
    assert message(tmp_path, text) == expected


@pytest.mark.parametrize("text", ["\twar: [x]\n", "war: [x\n", 'war: ["x]\n', "war: [x]]\n", "war: a: b\n"])
def test_what_is_no_yaml_names_the_line(tmp_path, text):
    assert message(tmp_path, text).startswith("FILE, line ")
    assert ": not valid YAML: " in message(tmp_path, text)


def test_a_control_character_is_refused_as_input(tmp_path):
    assert message(tmp_path, "war: [a\0b]\n").startswith("FILE")


def test_missing_files_and_folders(tmp_path):
    absent = tmp_path / "absent.yml"
    for path, why in (
        (absent, "cannot be read (No such file or directory); give the path of a lexicon file"),
        (tmp_path, "is a folder; give the path of one lexicon file"),
    ):
        with pytest.raises(LexiconError) as caught:
            fa.read_lexicon(path)
        assert str(caught.value) == f"{path}: {why}"


def test_all_mistakes_are_listed_up_to_twenty(tmp_path):
    # 25 entries without a letter: 20 are shown, and five are counted.
    lines = message(tmp_path, "war:\n" + "- '-'\n" * 25).split("\n")
    assert len(lines) == 21
    assert lines[-1] == "and 5 more"


def hazards():
    """Return the yaml cases of the shared lexicon hazards, or one that is skipped."""
    if not HAZARDS.exists():
        reason = pytest.mark.skip(reason=f"the shared data are not here: {HAZARDS}")
        return [pytest.param(None, id="absent", marks=reason)]
    rows = map(json.loads, HAZARDS.read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["id"]) for row in rows if row["family"] == "yaml"]


@pytest.mark.parametrize("case", hazards())
def test_hazards(tmp_path, case):
    path = tmp_path / "hazard.yml"
    path.write_text(case["content"], encoding="utf-8", newline="")
    try:
        lexicon = fa.read_lexicon(path)
    except LexiconError as error:
        # What may warn is an error too where nothing is left. One case was written when "a+" was still the word "a".
        assert case["expect"] in ("error", "load or error", "error or warn") or case["id"] == "799f5604da35"
        assert str(path) in str(error)
        return
    assert case["expect"] in ("load", "load or error")
    assert {word: categories_of(lexicon, word) for word in case["probe"]} == {
        word: sorted(expected) for word, expected in case["probe"].items()
    }
