"""Damaged quotation marks: read as the marks they were, shown as they stand. Expected: what the right text gives, written beside each."""

import pandas as pd
import pytest

import analysis as fa
from analysis.english.quotations import quotations
from analysis.tokens.damaged_marks import have_damaged_marks, mended
from analysis.tokens.kernel import Texts

RIGHT = [
    "“The dam is weak,” Olga Brandt said. It held.",
    "He isn’t weak. “The voters’ plan failed,” Brandt’s aide said.",
    "A ‘weak’ link, said Brandt; it’s over.",
]


def as_entities(left, right, single_left, single_right):
    table = str.maketrans({"“": left, "”": right, "‘": single_left, "’": single_right})
    return lambda text: text.translate(table)


def read_as_windows(text: str) -> str:
    # Byte by byte: 0x9D has no sign in Windows-1252 and came through as U+009D.
    return "".join(
        "".join("\x9d" if byte == 0x9D else bytes([byte]).decode("cp1252") for byte in sign.encode())
        if sign in "“”‘’"
        else sign
        for sign in text
    )


WRITTEN = {
    "named": as_entities("&ldquo;", "&rdquo;", "&lsquo;", "&rsquo;"),
    "straight names": as_entities("&quot;", "&quot;", "&apos;", "&apos;"),
    "straight numbers": as_entities("&#34;", "&#x22;", "&#39;", "&#039;"),
    "numbers": as_entities("&#8220;", "&#8221;", "&#8216;", "&#8217;"),
    "hexadecimal": as_entities("&#x201C;", "&#x201d;", "&#X2018;", "&#x2019;"),
    "numbers of Windows-1252": as_entities("&#147;", "&#148;", "&#145;", "&#146;"),
    "escaped twice": as_entities("&amp;ldquo;", "&amp;quot;", "&amp;lsquo;", "&amp;#39;"),
    "control characters": as_entities("\x93", "\x94", "\x91", "\x92"),
    "mojibake": read_as_windows,
    "mojibake that lost U+009D": lambda text: read_as_windows(text).replace("\x9d", ""),
    "typewriter": as_entities("``", "''", "`", "'"),
    "accents": as_entities('"', '"', "´", "´"),
}


def read(texts, **options) -> fa.Tokens:
    table = pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "body": texts})
    return fa.tokenize(fa.read(table, boilerplate="keep", **options))


def forms_and_sentences(tokens: fa.Tokens) -> tuple[list[str], list[int]]:
    return [tokens.forms[i] for i in tokens.type_ids], tokens.sentence_starts.tolist()


@pytest.mark.parametrize("way", WRITTEN)
def test_read_as_the_right_text(way):
    texts = [WRITTEN[way](text) for text in RIGHT]
    damaged, right = read(texts), read(RIGHT)
    assert forms_and_sentences(damaged) == forms_and_sentences(right)
    assert quotations(damaged).first.tolist() == quotations(right).first.tolist()
    assert quotations(damaged).last.tolist() == quotations(right).last.tolist()


@pytest.mark.parametrize("way", WRITTEN)
def test_hits_are_cut_from_the_text_as_it_is(way):
    texts = [WRITTEN[way](text) for text in RIGHT]
    words = fa.extend.lexicon_from_mapping({"words": ["weak", "failed", "said", "it's", "isn't", "brandt"]})
    damaged = read(texts)
    found = fa.find_hits(damaged, words)
    expected = fa.find_hits(read(RIGHT), words)
    columns = ["article_id", "sentence", "entry", "voice", "speaker", "negated"]
    assert found[columns].astype(str).to_numpy().tolist() == expected[columns].astype(str).to_numpy().tolist()
    for place, text in enumerate(texts):
        assert damaged.text_of(place, "body") == text
        of_text = found[found["article_id"] == str(place)]
        assert [text[a:b] for a, b in zip(of_text["start"], of_text["end"], strict=True)] == of_text["text"].tolist()
    assert WRITTEN[way]("isn’t") in found["text"].tolist()


def test_a_speaker_is_named_without_the_damaged_possessive():
    voices = fa.voices(read([WRITTEN["named"]("In Brandt’s view, the dam is weak. “It’s weak,” Brandt said.")]))
    assert set(voices["speaker"]) <= {"", "Brandt"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # By hand: what is no mark of quotation stays as it is; the entities' names are words as before.
        ("Salt &amp; sand", ["Salt", "amp", "sand"]),
        ("a &lt;b&gt; c", ["a", "lt", "b", "gt", "c"]),
        ("one &eacute; two", ["one", "eacute", "two"]),
        ("one &#233; two", ["one", "233", "two"]),
        ("AT&T or R&D", ["AT", "T", "or", "R", "D"]),
        ("a &quot b", ["a", "quot", "b"]),
        ("costs 5 € there", ["costs", "5", "there"]),
        ("la fête âgée", ["la", "fête", "âgée"]),
        ("see ?a=1&ldquo=2", ["see", "a", "1", "ldquo", "2"]),
        ("bullet â€¢ one", ["bullet", "â", "one"]),
    ],
)
def test_nothing_else_is_decoded(text, words):
    tokens = read([text])
    assert [tokens.types[i] for i in tokens.type_ids] == words


def test_a_dash_that_was_read_as_windows_1252_is_a_dash():
    right = read(["It was weak — and lost.", "It was weak – and lost."])
    for texts in (
        ["It was weak â€\u201d and lost.", "It was weak â€\u201c and lost."],
        ['It was weak â€" and lost.'] * 2,
    ):
        assert (read(texts).gaps == right.gaps).all()


def test_clean_texts_are_neither_copied_nor_noted(encode):
    tokens = encode("“It’s weak,” she said & left; R&D cost 5 €.")
    texts = Texts(tokens.buffers, tokens.bounds)
    assert mended(texts) is texts
    clean = pd.Series(["“It’s weak,” she said & left", "la fête", "R&D", "&amp;", "", "\x85", "£5 «so»"], dtype="str")
    assert not have_damaged_marks(clean).any()


def test_a_mark_is_found_at_both_ends_of_a_text():
    texts = pd.Series(["&#39;", "x&#39;", "`", "é`", "x\x92", "\x93", "weakâ€", "&#39", "x&#39;y"], dtype="str")
    assert have_damaged_marks(texts).tolist() == [True] * 7 + [False, True]


def test_a_mark_does_not_run_over_the_edge_of_a_text():
    tokens = read(["weak &quo", "t; strong", "lost â€"])
    assert [tokens.types[i] for i in tokens.type_ids] == ["weak", "quo", "t", "strong", "lost"]


def test_the_note_counts_articles():
    table = pd.DataFrame({"body": ["&quot;Weak,&quot; he said.", "It isn\x92t.", "“Right.”", "`So it goes'"]})
    notes = [note for note in fa.read(table, boilerplate="keep").notes if note.kind == "damaged marks"]
    assert [note.count for note in notes] == [3]
    clean = fa.read(table.iloc[2:3], boilerplate="keep").notes
    assert not [note for note in clean if note.kind == "damaged marks"]


def test_a_corpus_on_disk_reads_the_same(tmp_path):
    texts = [WRITTEN[way](text) for way in WRITTEN for text in RIGHT]
    table = pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "body": texts})
    corpus = fa.read(table, boilerplate="keep")
    fa.save_corpus(corpus, tmp_path / "c.framing", part_bytes=300)
    stored, tokens = fa.open_corpus(tmp_path / "c.framing"), fa.tokenize(corpus)
    assert stored.types == tokens.types
    assert (stored.type_ids == tokens.type_ids).all()
    assert (stored.gaps == tokens.gaps).all()
    assert [bytes(text) for text in stored.buffers] == [bytes(text) for text in tokens.buffers]
    pd.testing.assert_frame_equal(fa.voices(stored), fa.voices(tokens))


@pytest.mark.parametrize("mark", ["&quot;", "â€ ", "`", "´", "\x92", "&amp;#x201C;", "&#"])
def test_only_marks(mark):
    # Nothing but marks, a few hundred kB: read in linear time, without a word ("&#" begins no mark).
    tokens = read([mark * 50_000])
    assert len(tokens) == 0
    assert tokens.text_of(0, "body") == mark * 50_000
