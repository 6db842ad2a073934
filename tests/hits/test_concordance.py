"""Each match in its line and in its sentence."""

import pytest

import analysis as fa
from analysis.english import structure

TEXT = "First came calm.\nThen a hostile policy, “weak” at heart, was set. It failed."


def test_columns_context_and_match(encode):
    # By hand, from TEXT: seven characters on each side; the line end after a sentence's end begins paragraph 2, past the lead.
    table = fa.concordance(encode(TEXT), "hostile", width=7)
    assert table.columns.tolist() == [
        *("article_id", "outlet", "date", "zone", "sentence"),
        *("left", "match", "right"),
    ]
    assert table[["article_id", "outlet", "zone", "sentence", "left", "match", "right"]].values.tolist() == [
        ["a1", "o", "body", 2, "Then a ", "hostile", " policy"]
    ]


def test_the_context_stops_at_the_field(encode):
    table = fa.concordance(encode(headline=["Weak plan"], body=["No more."]), "weak plan", width=50)
    assert table[["left", "match", "right"]].values.tolist() == [["", "Weak plan", ""]]  # the headline is all there is


def test_line_ends_within_the_context_are_spaces(encode):
    table = fa.concordance(encode(TEXT), "hostile", width=15)
    assert table.at[0, "left"] == "e calm. Then a "  # the 15 characters of TEXT before the match, its line end a space


def test_a_line_end_beside_the_match_is_a_space(encode):
    # Documented: line ends are shown as spaces; so the context is as long as the text it shows.
    table = fa.concordance(encode("A calm day\nhostile\nwinds blew"), "hostile", width=4)
    assert table[["left", "right"]].values.tolist() == [["day ", " win"]]


def test_hits_of_a_lexicon_are_taken_as_they_are(encode):
    tokens = encode("Weak, then weak.", "Strong.", "It was weak.")
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    table = fa.concordance(tokens, hits.iloc[[0, 2]])
    assert table["article_id"].tolist() == ["a1", "a3"]  # rows 0 and 2 of three hits, by hand
    assert table["match"].tolist() == ["Weak", "weak"]


def test_no_match_gives_an_empty_table_with_all_columns(encode):
    table = fa.concordance(encode(TEXT), "absent")
    assert len(table) == 0
    assert "match" in table.columns


def test_the_sentence_of_each_hit(encode):
    tokens = encode(
        headline=["A weak start", ""], body=["All was well. The weak\nplan failed! Nobody came.", "Weak end."]
    )
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    # By hand: the sentences that hold "weak", a line end as a space.
    assert fa.sentences_of(tokens, hits) == ["A weak start", "The weak plan failed!", "Weak end."]


@pytest.mark.parametrize("pattern", ["", "  ", "c++", "a+", "#MeToo", ".net", ":D", "<3", "$15", "hostile c++", "…"])
def test_a_pattern_that_would_lose_its_sign_is_refused(encode, pattern):
    # By hand: what is left would be another word ("c", "a", "MeToo") or nothing.
    with pytest.raises(fa.LexiconError, match=r"concordance"):
        fa.concordance(encode("A hostile c, a net, D3 and 15, me too."), pattern)


def test_the_refusal_says_what_would_be_found(encode):
    with pytest.raises(fa.LexiconError) as caught:
        fa.concordance(encode("A hostile c."), "hostile c++")
    assert str(caught.value) == (
        "concordance: pattern 'hostile c++' has signs that no word keeps (+): it would find 'hostile c'; write that if it is meant"
    )


@pytest.mark.parametrize(
    "pattern", ["far-right", "far right", "U.S.", "and/or", "“far” right", "far*", "rock 'n' roll"]
)
def test_marks_that_only_part_words_are_no_lost_signs(encode, pattern):
    text = "The far-right U.S. and/or “far” right rock 'n' roll."
    assert len(fa.concordance(encode(text), pattern)) > 0


def test_a_pattern_is_shown_without_reading_voices(encode):
    tokens = encode("“We are weak,” he said.")
    assert len(fa.concordance(tokens, "weak")) == 1
    assert tokens not in structure._KEPT
    fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}))
    assert tokens in structure._KEPT  # so it would be seen
