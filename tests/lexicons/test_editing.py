"""Entries added to a lexicon file: the lines that change, and no others."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.core.shipped import shipped
from analysis.lexicons import Entry
from analysis.lexicons.editing import LexiconFile, add_entries, keep_original, put_back, raised

SMALL = """\
# by hand
name: small
version: 1.0.9  # first
categories:
  weakness:
    entries:
      # being weak
      - weak  # the word itself
      - entry: fail*
        note: >-
          Also failing,
          failure.

      # nothing yet
    examples:
      hit: [Weak talks.]

  # the other one
  strength: [strong, "firm*",]
  calm:
  - calm
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.yml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def changed_lines(before, after):
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_a_block_a_flow_and_an_unindented_list_each_get_their_lines(small):
    new = [
        Entry("dither*", "weakness"),
        Entry(
            "back down", "weakness", exceptions=("back down jacket", "sit back down"), note="Of \"rows\", too: 'x' # y"
        ),
        Entry("sturdy", "strength"),
        Entry("Serene", "calm", case="exact", weight=0.5),
    ]
    file = add_entries(LexiconFile.read(small), new)
    assert changed_lines(SMALL, small.read_text(encoding="utf-8")) == [
        "- version: 1.0.9  # first",
        "+ version: 1.0.10  # first",
        '+       - "dither*"',
        '+       - entry: "back down"',
        '+         except: ["back down jacket", "sit back down"]',
        '+         note: "Of \\"rows\\", too: \'x\' # y"',
        '-   strength: [strong, "firm*",]',
        '+   strength: [strong, "firm*", "sturdy",]',
        '+   - entry: "Serene"',
        "+     weight: 0.5",
        "+     case: exact",
    ]
    assert file.lexicon == fa.read_lexicon(small)
    texts = [(entry.text, entry.exceptions) for entry in file.lexicon.entries if entry.category == "weakness"]
    assert texts[2:] == [("dither*", ()), ("back down", ("back down jacket", "sit back down"))]


def test_files_can_be_edited_again_and_again(small):
    file = LexiconFile.read(small)
    for text in ("feeble", "frail", "limp"):
        file = add_entries(file, [Entry(text, "weakness")])
    assert file.lexicon.version == "1.0.12"
    assert [entry.text for entry in file.lexicon.entries][:5] == ["weak", "fail*", "feeble", "frail", "limp"]


def test_line_ends_and_byte_order_mark_stay(small):
    data = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode().removesuffix(b"\r\n")
    small.write_bytes(data)
    add_entries(LexiconFile.read(small), [Entry("serene", "calm")])
    expected = data.replace(b"1.0.9", b"1.0.10") + b'\r\n  - "serene"'
    assert small.read_bytes() == expected


def test_a_file_changed_by_somebody_else_is_not_overwritten(small):
    file = LexiconFile.read(small)
    other = SMALL.replace("calm\n", "calm\n  - quiet\n")
    small.write_text(other, encoding="utf-8")
    with pytest.raises(
        LexiconError, match=r"small.yml: the file was changed since it was read, so nothing was saved; read it again"
    ):
        add_entries(file, [Entry("feeble", "weakness")])
    assert small.read_text(encoding="utf-8") == other


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Entry("Weak", "weakness"), r"entry 'Weak' stands twice in category 'weakness' \(line 8\); take one out"),
        (Entry("fail**", "weakness"), r"entry 'fail\*\*' has two wildcards in a row, .*; write the word out"),
        (Entry("", "weakness"), "entry '' has no letter or digit"),
        (Entry("weak", "weaknes"), "no category 'weaknes'; it has 'weakness', 'strength', 'calm'"),
    ],
)
def test_a_faulty_entry_is_refused_in_the_lexicons_own_words(small, entry, message):
    with pytest.raises(LexiconError, match=message):
        add_entries(LexiconFile.read(small), [entry])
    assert small.read_text(encoding="utf-8") == SMALL


def test_a_category_of_parts_is_refused(tmp_path):
    path = tmp_path / "parts.yml"
    path.write_text(
        "name: x\nversion: 1\ncategories:\n  all: {definition: of parts}\n  one: {parent: all, entries: [a]}\n"
    )
    with pytest.raises(
        LexiconError, match="category 'all' has no list of entries, only parts; add the entry to one of them"
    ):
        add_entries(LexiconFile.read(path), [Entry("b", "all")])
    # What a part has its parent has too.
    assert add_entries(LexiconFile.read(path), [Entry("b", "one")]).lexicon.entries[-1].category == "all"


@pytest.mark.parametrize(
    ("name", "text"), [("plain.yml", "war: [attack]\n"), ("list.csv", "term,category\nattack,war\n")]
)
def test_a_file_without_a_version_is_refused(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(
        LexiconError, match=r"can be added to a YAML file with 'name', 'version' and 'categories' only; .* convert"
    ):
        LexiconFile.read(tmp_path / name)


@pytest.mark.parametrize(
    ("version", "following"),
    [("1.0.0", "1.0.1"), ("1.9", "1.10"), ("1", "2"), ("v3", "v4"), ("2026-09", "2026-10"), ("1.0-rc9b", "1.0-rc10b"), ("draft", "draft.1")],
)  # fmt: skip
def test_the_last_number_of_a_version_goes_up(version, following):
    assert raised(version) == following


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.sampled_from(["weakness", "strength", "calm"]))
def test_any_note_comes_back_as_it_was(tmp_path_factory, note, category):
    path = tmp_path_factory.mktemp("lexicon") / "small.yml"
    path.write_text(SMALL, encoding="utf-8")
    file = add_entries(LexiconFile.read(path), [Entry("brittle", category, note=note)])
    assert [entry.note for entry in file.lexicon.entries if entry.text == "brittle"] == [note]


def test_every_category_of_a_shipped_lexicon_can_be_added_to(tmp_path):
    path = tmp_path / "frames.yml"
    before = shipped("frames.yml").read_text(encoding="utf-8")
    path.write_text(before, encoding="utf-8")
    file = LexiconFile.read(path)
    add_entries(file, [Entry("zyzzyva*", name) for name in file.lexicon.category_names])
    changed = changed_lines(before, path.read_text(encoding="utf-8"))
    assert changed[0].startswith("- version: ")
    assert changed[2:] == ['+       - "zyzzyva*"'] * len(file.lexicon.category_names)


def test_the_result_goes_into_a_new_file_where_one_is_named(small):
    file = LexiconFile.read(small)
    new = add_entries(file, [Entry("serene", "calm")], path=small.with_name("mine.yml"))
    assert small.read_text(encoding="utf-8") == SMALL
    assert new.path == small.with_name("mine.yml").resolve()
    assert fa.read_lexicon(new.path) == new.lexicon
    for name, message in (
        ("mine.yml", "there is a file of this name already"),
        ("mine.csv", "a name that ends in .yml"),
    ):
        with pytest.raises(LexiconError, match=message):
            add_entries(file, [Entry("serene", "calm")], path=small.with_name(name))


def test_an_earlier_state_is_put_back_byte_for_byte_unless_somebody_changed_the_file(small):
    before = LexiconFile.read(small)
    after = add_entries(before, [Entry("serene", "calm")])
    assert put_back(after, before).lexicon == before.lexicon
    assert small.read_text(encoding="utf-8") == SMALL
    with pytest.raises(LexiconError, match="was changed since it was read, so nothing was saved"):
        put_back(after, before)


def test_an_original_is_kept_beside_the_file_and_replaces_none(small):
    file = LexiconFile.read(small)
    copy = keep_original(file)
    assert (copy.name, copy.read_bytes()) == ("small-1.0.9.yml", small.read_bytes())
    assert keep_original(file) == copy
    copy.write_text("name: other\n", encoding="utf-8")
    assert keep_original(file).name == "small-1.0.9-2.yml"
    assert copy.read_text(encoding="utf-8") == "name: other\n"
