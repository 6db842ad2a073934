"""Hostile and broken lexicon files: refused at once, with the path and the line."""

import zipfile

import openpyxl
import pytest
from patience import soon

import analysis as fa
from analysis.core.errors import LexiconError

MANY = 200_000


def message(tmp_path, text):
    """Return the message of reading `text`, with the path taken out."""
    path = tmp_path / "lexicon.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(LexiconError) as caught:
        fa.read_lexicon(path)
    return str(caught.value).replace(str(path), "FILE")


@pytest.mark.parametrize(
    "text",
    [
        "war: " + "[" * MANY,
        "war: " + "[a," * MANY,
        "{" * MANY,
        "{? " * MANY,
        "- " * MANY,
        "? " * MANY,
        "&a " * MANY,
        "*a " * MANY,
        "!" * MANY,
        "a: " * MANY,
        "%" * MANY,
        "a: &a {b: c}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a]}}\n" for n in range(26)),
    ],
    ids=["[", "[a,", "{", "{?", "-", "?", "&", "*", "!", "a:", "%", "merge bomb"],
)
def test_hostile_files_are_refused_at_once(tmp_path, text):
    with soon():
        assert message(tmp_path, text).startswith("FILE, line 1: ")


def test_a_line_of_ten_thousand_words_is_told_at_once(tmp_path):
    # A find of tests/fuzzing.py: the pattern of a word with its score took minutes.
    (tmp_path / "a.txt").write_text("weak\t-2\nfirm\t1.5\n" + "a1 " * 10_000 + "x\n")
    with soon(), pytest.raises(LexiconError):
        fa.read_lexicon(tmp_path / "a.txt", unsupported="raise")


def test_many_values_are_refused_while_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.lexicons.formats.strings_yaml._MAX_NODES", 100)
    # The mapping, its key, the list and 97 entries are 100 values; the 98th entry stands in line 99.
    assert message(tmp_path, "war:\n" + "- a\n" * 200) == "FILE, line 99: more than 100 values; use several files"


def test_the_merge_key_is_refused_and_a_quoted_one_is_a_name(tmp_path):
    expected = "FILE, line 2: the merge key '<<' is not allowed; write the entries out"
    assert message(tmp_path, "war: [attack]\n<<: {law: [court]}\n") == expected
    path = tmp_path / "quoted.yml"
    path.write_text('"<<": [court]\n', encoding="utf-8")
    assert fa.read_lexicon(path).category_names == ("<<",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "war:\n\t- attack\n",
            "FILE, line 2: not valid YAML: a tab stands where the line is indented; indent with spaces",
        ),
        (
            "war:\n- attack\n- a\x07b\n",
            "FILE, line 3: the control character U+0007 is not allowed; take it out",
        ),
        (
            'war:\n- "\\ud800"\n',
            "FILE, line 2: entry '\N{REPLACEMENT CHARACTER}' holds half a character (a surrogate); "
            "write the character itself",
        ),
        (
            b"\xef\xbb\xbfwar:\n- a\n- caf\xe9\n",
            "FILE, line 3: byte 0xE9 is not UTF-8; save the file as UTF-8, or say its encoding",
        ),
        (
            b"\xef\xbb\xbf\xffwar:\n- a\n",
            "FILE, line 1: byte 0xFF is not UTF-8; save the file as UTF-8, or say its encoding",
        ),
        (
            b"war:\r- a\r- caf\xe9\r",
            "FILE, line 3: byte 0xE9 is not UTF-8; save the file as UTF-8, or say its encoding",
        ),
    ],
)
def test_characters_that_do_not_belong(tmp_path, text, expected):
    assert message(tmp_path, text) == expected


@pytest.mark.parametrize("escape", ["\\UFFFFFFFF", "\\U00110000"])
def test_escapes_beyond_unicode_are_no_leak_of_another_error(tmp_path, escape):
    assert message(tmp_path, f'war:\n- attack\n- "{escape}"\n').startswith("FILE, line ")


def test_a_path_with_a_null_character():
    with pytest.raises(LexiconError, match="cannot be read"):
        fa.read_lexicon("a\0b.yml")


def test_mistakes_of_all_kinds_are_listed_together_by_line(tmp_path):
    text = """\
name: small
version: 1.0.0
categories:
  war:
    valence:
      2
    colour: red
    entries:
      - fail**
      - {entry: attack, weight: 1_0}
      - Attack
      - attack
        defend
  law: court
  law: [judge]
"""
    keys = "definition, valence, entries, examples, parent, label, short_label"
    # The lines are counted in the text; a value that stands below its key is named at the key.
    assert message(tmp_path, text).split("\n") == [
        "FILE, line 5: valence '2' of category 'war'; allowed are -1, 0 and 1",
        f"FILE, line 7: unknown key 'colour' in category 'war'; allowed are {keys}",
        "FILE, line 9: entry 'fail**' has two wildcards in a row, as a word with hidden letters has; write the word out",
        "FILE, line 10: weight '1_0'; allowed is a number above 0 with a decimal point, such as 0.5",
        "FILE, line 11: entry 'Attack' stands twice in category 'war' (line 10), once with the weight 0, once with 1; take one out",
        "FILE, line 12: entry 'attack defend' runs over two lines; did you forget a '- '? else put it on one line",
        "FILE, line 14: category 'law' needs a list of entries; write each on a line of its own after '- '",
        "FILE, line 15: 'law' stands here for the second time (first in line 14); join the two",
    ]


def test_a_value_that_is_a_list_is_a_mistake_and_not_a_crash(tmp_path):
    text = "name: a\nversion: b\ncategories:\n  war:\n    valence: [1]\n    entries:\n    - {entry: a, case: [exact]}\n"
    assert message(tmp_path, text).split("\n") == [
        "FILE, line 5: valence a list of category 'war'; allowed are -1, 0 and 1",
        "FILE, line 7: case a list; allowed are fold (capitals do not matter) and exact",
    ]


def test_long_texts_are_cut_in_messages(tmp_path):
    found = message(tmp_path, f"war:\n- '{'x' * 10_000}**'\n")
    assert len(found) < 300
    assert "…' has two wildcards in a row" in found


@pytest.mark.parametrize("entry", ["*.*", "?'*", "war *", "*", "?*"])
def test_words_made_of_wildcards_only(tmp_path, entry):
    # '*.*' and "?'*" are one word each by UAX #29, since wildcards count as letters there.
    text = "has a word of wildcards only, which matches every word; write some letters of it"
    assert message(tmp_path, f'war: ["{entry}"]\n') == f"FILE, line 1: entry '{entry}' {text}"


@pytest.mark.parametrize(
    ("member", "data"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/workbook.xml", b"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><bookViews><workbookView a='1'/>"
         b"</bookViews></workbook>"),
        ("[Content_Types].xml", b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
        ("docProps/core.xml", b"<a>&x;</a>"),
        ("xl/worksheets/sheet1.xml", b"\0"),
        ("xl/styles.xml", b""),
    ],
)  # fmt: skip
def test_a_workbook_with_a_broken_part_is_an_error_of_its_file(tmp_path, member, data):
    # Finds of tests/fuzzing.py: openpyxl raises SyntaxError, TypeError, OSError and ValueError for them.
    book = openpyxl.Workbook()
    for row in (["term", "category"], ["weak", "weakness"]):
        book.active.append(row)
    whole, path = tmp_path / "whole.xlsx", tmp_path / "broken.xlsx"
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if name == member else old.read(name))
    with pytest.raises(LexiconError, match=r"broken\.xlsx"):
        fa.read_lexicon(path)
