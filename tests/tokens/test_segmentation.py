"""Words: where they begin and end, what stands between them, and that no word is lost or added."""

import json
import re
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.tokens import gaps
from analysis.tokens.kernel import Encoded, Texts, encode
from analysis.tokens.segmentation import pattern_words, words
from analysis.tokens.type_table import empty_type_table
from analysis.tokens.unicode import IS_ALNUM, tables

ZERO_WIDTH_SPACE = "\u200b"
NARROW = "\u202f"  # narrow no-break space
LEFT, RIGHT, NEITHER = 1 << gaps.LEFT_SPACE, 1 << gaps.RIGHT_SPACE, 1 << gaps.NO_SPACE


def cases(path: Path) -> list[dict]:
    if not path.exists():
        pytest.skip(f"{path} is not there; set FRAMING_SHARED to the folder of the shared data")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def tokens_of(*bodies: str, threads: int | None = 1) -> fa.Tokens:
    table = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(bodies))], "body": list(bodies)})
    return fa.tokenize(fa.read(table, boilerplate="keep"), threads=threads)


def printed(text: str) -> list[str]:
    """Return the words of a text as printed; the kernel sees it as a corpus of one field."""
    data = np.frombuffer(text.encode("utf-8") or b" ", np.uint8)
    bounds = np.array([[0, len(data)]], np.int64)
    out = Encoded.room_for(bounds)
    n, table = encode(Texts((data, data, data), bounds), empty_type_table(), out, 0)
    edges = table.bounds
    return [bytes(table.spellings[edges[i] : edges[i + 1]]).decode() for i in out.ids[:n].tolist()]


def is_letter_or_digit(character: str) -> bool:
    characters = tables()
    block, place = divmod(ord(character), 128)
    return bool(characters.blocks[int(characters.index[block]) * 128 + place] & IS_ALNUM)


def test_words_are_the_segments_of_uax_29_that_hold_a_letter_or_digit(shared_data):
    # Expected: the Unicode Consortium's WordBreakTest; the two departures' characters are left out.
    found = cases(shared_data / "robustness/unicode-wordbreak/cases.dev.jsonl")
    used = [case for case in found if not {ZERO_WIDTH_SPACE, NARROW} & {*case["text"]}]
    expected = [[piece for piece in case["pieces"] if any(map(is_letter_or_digit, piece))] for case in used]
    assert used
    wrong = [
        (case["text"], printed(case["text"]), pieces)
        for case, pieces in zip(used, expected, strict=True)
        if printed(case["text"]) != pieces
    ]
    assert wrong == []


@pytest.mark.parametrize("character", ["a", "Z", "7", "é", "ß", "Ж", "ש", "字", "٣", "²", "½", "Ⅷ", "ª"])
def test_letters_and_digits_are_those_of_the_unicode_categories(character):
    # Expected: general category L* or N* of Python's own tables, a source apart from the package's.
    assert unicodedata.category(character)[0] in "LN"
    assert is_letter_or_digit(character)


@pytest.mark.parametrize("character", [*" .,'’-_$€%“\n—", "\u0301", "😀", "\u200b", "\u00ad"])
def test_marks_spaces_and_emoji_are_no_letters(character):
    # Expected: general category neither L* nor N* in Python's tables.
    assert unicodedata.category(character)[0] not in "LN"
    assert not is_letter_or_digit(character)


def test_required_hazards_give_the_stated_number_of_hits(shared_data):
    # Expected: "hits" of each case, written by hand beside the case.
    path = shared_data / "robustness/hazards-text/cases.dev.jsonl"
    required = [case for case in cases(path) if case["level"] == "required"]
    assert required
    tokens = tokens_of(*(case["text"] for case in required))  # one corpus, one article a case
    wrong = []
    for number, case in enumerate(required):
        try:
            lexicon = fa.extend.lexicon_from_mapping({"c": [case["entry"]]})
        except fa.LexiconError:
            found = 0
        else:
            found = int((fa.find_hits(tokens, lexicon)["article_id"] == f"a{number}").sum())
        if found != case["hits"]:
            wrong.append((case["id"], case["why"], found, case["hits"]))
    assert wrong == []


def test_a_zero_width_space_does_not_cut_a_word():
    # Expected: the package's stated departure from UAX #29; the printed word keeps the invisible character.
    assert printed("hos\u200btile policy") == ["hos\u200btile", "policy"]
    assert words("hos\u200btile policy") == ["hostile", "policy"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The package's second stated departure from UAX #29, by hand: a space, except between two digits.
        (f"Le plan{NARROW}!", ["Le", "plan"]),
        (f"«{NARROW}le plan{NARROW}»", ["le", "plan"]),
        (f"Est-ce vrai{NARROW}?", ["Est", "ce", "vrai"]),
        (f"un{NARROW}; deux{NARROW}: trois", ["un", "deux", "trois"]),
        (f"tax{NARROW}cut", ["tax", "cut"]),
        (f"tax{NARROW}{NARROW}cut", ["tax", "cut"]),
        (f"l’{NARROW}an{NARROW}’", ["l", "an"]),
        (f"3{NARROW}000{NARROW}000 de 3{NARROW}%", [f"3{NARROW}000{NARROW}000", "de", "3"]),
        (f"14{NARROW}h{NARROW}30", ["14", "h", "30"]),
        (f"page{NARROW}3", ["page", "3"]),
        (f"ᠮᠣᠩᠭᠣᠯ{NARROW}ᠤᠨ", ["ᠮᠣᠩᠭᠣᠯ", "ᠤᠨ"]),  # a Mongolian suffix is parted from its stem too
        (f"{NARROW}", []),
        (f"a{NARROW}", ["a"]),
    ],
)
def test_a_narrow_no_break_space_is_a_space_except_within_a_number(text, expected):
    assert printed(text) == expected
    assert printed(f"{text} end") == [*expected, "end"]


def test_a_french_text_has_the_same_words_with_every_space_of_its_typography():
    # Metamorphic: what typesetters put before ! ? ; : and inside « » changes no word.
    text = "Le plan ! « Un plan hostile » ; un autre plan ? Oui : le plan."
    lexicon = fa.extend.lexicon_from_mapping({"plan": ["plan", "plan hostile"]})
    for space in ("\u00a0", "\u2009", NARROW):
        written = re.sub(r" (?=[!?;:»])|(?<=«) ", space, text)
        assert words(written) == words(text)
        assert len(fa.find_hits(tokens_of(written), lexicon)) == 4


SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


@pytest.mark.parametrize("space", [*SPACES])
def test_every_space_parts_words_and_adjoins_marks(space):
    # Expected: general categories Zs and Cc (tab) of Python's tables.
    assert unicodedata.category(space) in ("Zs", "Cc")
    assert printed(f"tax{space}cut") == ["tax", "cut"]
    assert tokens_of(f"a{space}“b”{space}c{space}-{space}d").gaps.tolist() == [
        0, LEFT << gaps.DOUBLE_LEFT, RIGHT << gaps.DOUBLE_RIGHT, gaps.DASH,
    ]  # fmt: skip


@pytest.mark.parametrize("joiner", ["\u00ad", "\u180e", "\u200b", "\u200d", "\u2060", "\ufeff"])
def test_what_has_no_width_parts_no_word(joiner):
    # By hand: a word joiner and its kin forbid a break, so the word is one, and its form is without them.
    assert printed(f"tax{joiner}cut plan{joiner}!") == [f"tax{joiner}cut", f"plan{joiner}"]
    assert words(f"tax{joiner}cut plan{joiner}!") == ["taxcut", "plan"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # By hand from the rules of UAX #29.
        ("can't stop", ["can't", "stop"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("U.S. troops", ["U.S", "troops"]),
        ("3.5 or 1,000", ["3.5", "or", "1,000"]),
        ("far-right", ["far", "right"]),
        ("snake_case", ["snake_case"]),
        ("😀 ok 👩‍👩‍👧", ["ok"]),
        ("… — !", []),
        ("", []),
    ],
)
def test_words_of_small_strings(text, expected):
    assert words(text) == expected


def test_wildcards_count_as_letters_of_a_pattern_word():
    # By hand: * and ? stay in the word, any other mark cuts.
    assert pattern_words("Weak* far-r?ght *ism") == ["Weak*", "far", "r?ght", "*ism"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # By hand from the comments of analysis/tokens/gaps.py: bits before each word, then after the last.
        ("a b", [0, 0, 0]),
        ("a. b", [0, gaps.STOP, 0]),
        ("a? b!", [0, gaps.EXCLAMATION, gaps.EXCLAMATION]),
        ("a… b... c", [0, gaps.ELLIPSIS, gaps.ELLIPSIS | gaps.STOP, 0]),
        ("a, b; c: d", [0, gaps.COMMA, gaps.SEMICOLON, gaps.COLON, 0]),
        ("a – b — c - d -- e", [0, gaps.DASH, gaps.DASH, gaps.DASH, gaps.DASH, 0]),
        ("a ‒ b ⸺ c", [0, gaps.DASH, gaps.DASH, 0]),
        ("a | b • c · d", [0, gaps.SEPARATOR, gaps.SEPARATOR, gaps.SEPARATOR, 0]),
        ("a/b（c）", [0, 0, gaps.BRACKET_OPEN, gaps.BRACKET_CLOSE]),
        ("a-b", [0, 0, 0]),
        ("(a) b", [gaps.BRACKET_OPEN, gaps.BRACKET_CLOSE, 0]),
        ("a\nb", [0, gaps.LINE_END, 0]),
        ("a\n\nb", [0, gaps.LINE_END | gaps.PARAGRAPH_END, 0]),
        ("a\r\nb", [0, gaps.LINE_END, 0]),
        ("a\r\n\r\nb", [0, gaps.LINE_END | gaps.PARAGRAPH_END, 0]),
        ("a\n \t\nb", [0, gaps.LINE_END | gaps.PARAGRAPH_END, 0]),
        ("a\u2029b", [0, gaps.LINE_END | gaps.PARAGRAPH_END, 0]),
        ("„a »b", [gaps.LOW_QUOTE, gaps.ANGLE_CLOSE, 0]),
        ("“a” b", [LEFT << gaps.DOUBLE_LEFT, RIGHT << gaps.DOUBLE_RIGHT, 0]),
        ("‘a’ b", [LEFT << gaps.SINGLE_LEFT, RIGHT << gaps.SINGLE_RIGHT, 0]),
        ('"a" b', [LEFT << gaps.STRAIGHT_DOUBLE, RIGHT << gaps.STRAIGHT_DOUBLE, 0]),
        ("'a' b", [LEFT << gaps.STRAIGHT_SINGLE, RIGHT << gaps.STRAIGHT_SINGLE, 0]),
        ("“a”", [LEFT << gaps.DOUBLE_LEFT, RIGHT << gaps.DOUBLE_RIGHT]),
        ("a.” b", [0, gaps.STOP | RIGHT << gaps.DOUBLE_RIGHT, 0]),
        ("a ” b", [0, (LEFT | RIGHT) << gaps.DOUBLE_RIGHT, 0]),
        ("a”b", [0, NEITHER << gaps.DOUBLE_RIGHT, 0]),
    ],
)
def test_gap_bits(text, expected):
    tokens = tokens_of(text)
    assert [*tokens.gaps.tolist(), int(tokens.tails[2])] == expected


@given(st.text())
def test_every_token_is_the_slice_of_the_text_at_its_start(text):
    tokens = tokens_of(text, "closing words")
    if not text.strip() or "\x00" in text:
        assert len(tokens.articles) == 1  # such an article is rejected, so nothing of it is a token
        return
    data = text.encode("utf-8")
    first, last = tokens.field_starts[2:4].tolist()
    end_before = 0
    for start, type_id in zip(tokens.starts[first:last].tolist(), tokens.type_ids[first:last].tolist(), strict=True):
        spelling = tokens.types[type_id].encode("utf-8")
        assert data[start : start + len(spelling)] == spelling
        assert start >= end_before  # words do not overlap and keep the order of the text
        end_before = start + len(spelling)
        assert any(map(is_letter_or_digit, tokens.types[type_id]))


@given(st.text())
def test_every_letter_and_digit_is_in_a_word(text):
    # Expected: counted character by character; no rule of the kernel is asked.
    in_words = sum(is_letter_or_digit(character) for word in printed(text) for character in word)
    assert in_words == sum(map(is_letter_or_digit, text))


def test_the_result_does_not_depend_on_the_number_of_threads():
    # Two million bytes are the kernel's block, so over five million are shared by two threads.
    bodies = [f"Article {i} says “don’t look weak” – Müller’s naïve plan, No. {i % 97}. " * 500 for i in range(160)]
    assert sum(len(body.encode("utf-8")) for body in bodies) > 5_000_000
    corpus = fa.read(pd.DataFrame({"body": bodies}), boilerplate="keep")
    one, two = fa.tokenize(corpus, threads=1), fa.tokenize(corpus, threads=2)
    assert one.types == two.types
    for name in ("type_ids", "starts", "gaps", "tails", "field_starts", "type_lengths", "sentence_starts"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name), err_msg=name)


def test_counts_scale_exactly_with_the_corpus():
    # Metamorphic: the same three articles a thousand times have a thousand times the words and hits of each spelling.
    bodies = ["A weak, weak plan. It failed!", "“Weakness” is hostile.", "Nothing — said Mr. Fail’s aide."]
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak*"], "failure": ["fail*"]})
    small, large = tokens_of(*bodies), tokens_of(*bodies * 1000)
    assert large.types == small.types
    np.testing.assert_array_equal(
        np.bincount(large.type_ids, minlength=len(large.types)), 1000 * np.bincount(small.type_ids)
    )
    counted = fa.find_hits(small, lexicon)["text"].astype("str").value_counts()
    scaled = fa.find_hits(large, lexicon)["text"].astype("str").value_counts()
    pd.testing.assert_series_equal(scaled.sort_index(), 1000 * counted.sort_index())
