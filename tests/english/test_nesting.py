"""Attributions round and within others. Expected rows are read by hand; the sentences and their people are invented."""

import pytest

import analysis as fa

TRAILING = [
    ("Rural schools failed more often last year, said the education department.", "the education department"),
    ("The figures suggest a weak summer for shops, Tom Reed said.", "Tom Reed"),
    ("Ministers plan to rescue the failing lender by Friday, Ann Marsh said.", "Ann Marsh"),
    ("The port, for its part, has vowed to replace the failed crane, Ann Marsh said.", "Ann Marsh"),
    ("The mayor promised a review but looked weak throughout, two colleagues said.", "two colleagues"),
    ("Tom Reed believes the weak plan will pass, Ann Marsh said on Monday.", "Ann Marsh"),
    ("The wall was weak, says Ann Marsh of the survey.", "Ann Marsh of the survey"),
]


@pytest.mark.parametrize(("text", "mention"), TRAILING)
def test_an_attribution_at_the_end_takes_the_sentence(said, text, mention):
    content, speaker = said(text, "speaker_text")[0]
    assert (text.startswith(content), speaker) == (True, mention)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("When asked about the weak wall, Ann Marsh said no.", "no"),
        ("Ann Marsh said the wall was weak; Tom Reed agreed.", "the wall was weak"),
        ("Ann Marsh lost, adding that the wall was weak.", "that the wall was weak"),
        ("Tom Reed, a weak man, said the wall fell.", "the wall fell"),
    ],
)
def test_what_stands_before_a_comma_is_not_always_said(said, text, first):
    assert said(text, "voice")[0][0] == first


NESTED = [
    (
        "Ann Marsh said that Tom Reed had told the panel the wall was weak.",
        "the wall was weak",
        "Tom Reed",
        "Ann Marsh",
    ),
    ("“Tom Reed said to me, ‘You are weak,’” Ann Marsh recalled.", "You are weak", "Tom Reed", "Ann Marsh"),
    ("“The report says the dam is weak,” Ann Marsh told the panel.", "the dam is weak", "", "Ann Marsh"),
    ("“Tom Reed said ‘Lee is weak’ to my face,” recalled Ann Marsh.", "Lee is weak", "Tom Reed", "Ann Marsh"),
    ("Ann Marsh said that voters believe that the wall is weak.", "that the wall is weak", "", "Ann Marsh"),
]


@pytest.mark.parametrize(("text", "content", "speaker", "outer"), NESTED)
def test_both_sources_of_a_nested_passage_are_kept(encode, said, text, content, speaker, outer):
    rows = {row[0]: row[1:] for row in said(text, "speaker", "speaker_of_speaker")}
    assert rows[content] == (speaker, outer)
    hits = fa.find_hits(encode(text), fa.extend.lexicon_from_mapping({"weakness": ["weak"]}))
    assert (hits["speaker"].tolist(), hits["speaker_of_speaker"].tolist()) == ([speaker], [outer])


@pytest.mark.parametrize(
    "text",
    [
        "“I think the wall is weak,” Ann Marsh said.",
        "“We said the wall is weak,” Ann Marsh said.",
        "“You say the wall is weak,” Ann Marsh said.",
        "“The wall is weak,” Ann Marsh said.",
        "“The report was weak,” Ann Marsh said.",
        "Ann Marsh said the wall, reported weak, fell.",
    ],
)
def test_what_the_quoted_say_of_their_own_words_is_no_nested_source(said, text):
    assert {row[1:] for row in said(text, "speaker", "speaker_of_speaker")} == {("Ann Marsh", "")}


def test_who_is_quoted_stays_the_last_speaker(said):
    # By hand: "she" is Ann Marsh, who speaks, not Tom Reed, whom she quotes.
    rows = said("“Tom Reed said the wall is weak,” Ann Marsh said. She said it would fall.", "speaker")
    assert rows[-1] == ("it would fall", "Ann Marsh")
