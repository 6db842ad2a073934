"""Who says what. Expected rows are read by hand; the sentences and their people are invented."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.english.voices import VOICES, token_voices, voices


def told(tokens: fa.Tokens, strictness: str = "standard") -> list[tuple[str, str, str, str]]:
    """Return voice, content, mention and cue of each row."""
    table = voices(tokens, strictness=strictness)
    rows = {name: row for row, name in enumerate(tokens.articles["article_id"])}
    contents = [
        tokens.text_of(rows[name], field)[start:end]
        for name, field, start, end in zip(
            table["article_id"], table["field"], table["start"], table["end"], strict=True
        )
    ]
    return list(zip(table["voice"], contents, table["speaker_text"], table["cue_text"], strict=True))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("“The plan is weak,” Ann Marsh said.", [("direct", "The plan is weak", "Ann Marsh", "said")]),
        ("“The plan is weak,” said Ann Marsh.", [("direct", "The plan is weak", "Ann Marsh", "said")]),
        ("“The plan is weak,” said Mr. Marsh, a baker.", [("direct", "The plan is weak", "Mr. Marsh", "said")]),
        ("Ann Marsh said: “The plan is weak.”", [("direct", "The plan is weak", "Ann Marsh", "said")]),
        (
            "Ann Marsh said on Monday that the plan is weak.",
            [("indirect", "that the plan is weak", "Ann Marsh", "said")],
        ),
        ("Ann Marsh, a baker, said the plan is weak.", [("indirect", "the plan is weak", "Ann Marsh", "said")]),
        ("The plan is weak, Ann Marsh said.", [("indirect", "The plan is weak", "Ann Marsh", "said")]),
        ("The plan is weak, said Ann Marsh.", [("indirect", "The plan is weak", "Ann Marsh", "said")]),
        ("According to Ann Marsh, the plan is weak.", [("indirect", "the plan is weak", "Ann Marsh", "According to")]),
        ("The plan is weak, according to Ann Marsh.", [("indirect", "The plan is weak", "Ann Marsh", "according to")]),
        (
            "Ann Marsh told the council that the plan is weak.",
            [("indirect", "that the plan is weak", "Ann Marsh", "told")],
        ),
        ("Ann Marsh told Tom Reed he is weak.", [("indirect", "he is weak", "Ann Marsh", "told")]),
        (
            "Ann Marsh warned that the plan “will fail” in May.",
            [
                ("mixed", "that the plan “will fail” in May", "Ann Marsh", "warned"),
                ("direct", "will fail", "Ann Marsh", "warned"),
            ],
        ),
        (
            "“It is weak,” Ann Marsh said. “It will fail.”",
            [("direct", "It is weak", "Ann Marsh", "said"), ("direct", "It will fail", "Ann Marsh", "said")],
        ),
        (
            "“It is weak,” Ann Marsh said, “and it will fail.”",
            [("direct", "It is weak", "Ann Marsh", "said"), ("direct", "and it will fail", "Ann Marsh", "said")],
        ),
        (
            "Ann Marsh said: “It is weak.\n\n“It will fail.”",
            [("direct", "It is weak", "Ann Marsh", "said"), ("direct", "It will fail", "Ann Marsh", "said")],
        ),
        ("“Will it fail?” Ann Marsh asked.", [("direct", "Will it fail", "Ann Marsh", "asked")]),
        ("The “strong” plan lay on the table.", [("scare", "strong", "", "")]),
        ("They sat down to watch “The Weak and the Strong” again.", [("scare", "The Weak and the Strong", "", "")]),
        ("The plan lay on the table and nobody moved.", []),
        ("The report was on the table.", []),
        ("The claims lay on the table.", []),
    ],
)
def test_a_passage_has_its_voice_speaker_and_cue(encode, body, expected):
    assert told(encode(body)) == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Mayor is 'failing' on housing says expert",
         [("mixed", "Mayor is 'failing' on housing", "expert", "says"), ("direct", "failing", "expert", "says")]),
        ("Mayor warned as council won’t back down – ‘Don’t want to look weak’", [("scare", "Don’t want to look weak", "", "")]),
    ],
)  # fmt: skip
def test_headlines(encode, headline, expected):
    rows = [row for row in told(encode(headline=[headline])) if row[0] != "indirect"]
    assert rows == expected


def test_fragments_know_the_mixed_span_that_they_stand_in(encode):
    table = voices(encode("Ann Marsh warned that the plan “will fail” in “early” May. It is “so-called” help."))
    assert table["voice"].tolist() == ["mixed", "direct", "direct", "scare"]
    assert table["part_of"].tolist() == [-1, 0, 0, -1]


def test_flags(encode):
    table = voices(encode("He read “The Bell Jar” twice.", "Ann Marsh said: “It is weak and will fail."))
    assert table["flag"].tolist() == ["title", "unclosed"]


def test_tokens_know_voice_and_row(encode):
    # Words: Ann Marsh warned | that the plan | will fail | It is | so-called (two words) | help
    found = token_voices(encode("Ann Marsh warned that the plan “will fail”. It is “so-called” help."))
    assert np.array_equal(found.voice, [0, 0, 0, 2, 2, 2, 1, 1, 0, 0, 3, 3, 0])
    assert np.array_equal(found.row, [-1, -1, -1, 0, 0, 0, 1, 1, -1, -1, 2, 2, -1])


def test_offsets_are_code_points(encode):
    text = "😀 “Cafés are weak,” said Zoë Ålund."
    row = voices(encode(text)).iloc[0]
    assert text[row["start"] : row["end"]] == "Cafés are weak"
    assert text[row["speaker_start"] : row["speaker_end"]] == row["speaker_text"] == "Zoë Ålund"
    assert text[row["cue_start"] : row["cue_end"]] == row["cue_text"] == "said"


def test_own_cues_replace_those_of_the_project(encode):
    cues = fa.extend.lexicon_from_mapping({"speech": ["blurbs"]}, name="mine")
    table = voices(encode("Ann Marsh blurbs that it is weak. Tom Reed says that it is not."), cues=cues)
    assert table["cue_text"].tolist() == ["blurbs"]
    assert table.attrs["cues"] == "mine"


def test_a_category_that_the_rules_do_not_know_is_refused(encode):
    with pytest.raises(LexiconError, match="category 'frames' is not known"):
        voices(encode("x"), cues=fa.extend.lexicon_from_mapping({"frames": ["weak"]}))


def test_no_articles_and_no_words_give_an_empty_table(encode):
    assert len(VOICES.check(voices(encode("")))) == 0
    assert len(VOICES.check(voices(encode("…", "“”")))) == 0


BAD = {
    "no stops": "he said that it was weak and " * 4000,
    "one long paragraph": "Ann Marsh said: “It is weak. Tom Reed, a baker, said no. " * 80_000,
    "odd marks": "“Weak' said \" Ann ‘ Marsh ” said ' ' " * 2000,
    "right to left": "قال الوزير “الخطة ضعيفة” said Ann. אמר ״לא״ " * 1000,
    "only capitals": "ANN MARSH SAID THAT IT IS WEAK. “WEAK,” SAID TOM REED. " * 1000,
    "only cues": "said says told claims " * 5000,
    "only commas": "Ann, said, " * 5000,
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_never_fails(encode, name):
    tokens = encode(BAD[name], "Plain text follows and nobody speaks here.")
    table = VOICES.check(voices(tokens))
    assert (table["article_id"] == "a1").all(), "nothing reaches into the next article"
    lengths = tokens.articles["body"].str.len()
    assert (table["start"] < table["end"]).all()
    assert (table["end"] <= lengths.max()).all()


def test_no_endless_scope(encode):
    # A sentence of 24,000 words holds 4,000 cues: what one of them reports ends at the next at the latest.
    text = "Ann Marsh said it was weak and Tom Reed said it was strong; " * 2000
    table = voices(encode(text))
    assert (table["end"] - table["start"]).max() < 200


def test_order_is_that_of_the_text(encode):
    table = voices(encode("Ann said “a b” and “c”.", "“D e f,” said Tom. He wants “more” of “it”."))
    keys = list(zip(table["article_id"], table["start"], -table["end"], strict=True))
    assert keys == sorted(keys)


@pytest.fixture(scope="module")
def founding(shared_data) -> pd.DataFrame:
    path = shared_data.parent / "example" / "article.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there; set FRAMING_SHARED to the folder of the shared data")
    return voices(fa.tokenize(fa.read(path)))


def test_the_founding_article_has_the_speakers_that_expected_md_names(founding):
    # expected.md: Kwon Jong Gun (1 fragment), Jen Psaki (two fragments, "said"), Harry Kazianis (everything else in the body).
    direct = founding[(founding["field"] == "body") & (founding["voice"] == "direct")]
    counts = direct["speaker"].value_counts()
    assert counts["Kwon Jong Gun"] == 1
    assert counts["Jen Psaki"] == 2
    assert set(counts.index) == {"Kwon Jong Gun", "Jen Psaki", "Harry Kazianis"}
    assert set(direct.loc[direct["speaker"] == "Jen Psaki", "cue_text"]) == {"said"}
    assert {"He", "Mr Kazianis", "The expert", "Harry Kazianis"} == set(
        direct.loc[direct["speaker"] == "Harry Kazianis", "speaker_text"]
    )


def test_the_founding_headline_is_a_scare_quote_and_its_standfirst_an_experts(founding):
    head = founding[founding["field"] == "headline"]
    assert (head["voice"].tolist(), head["speaker"].tolist()) == (["scare"], [""])
    fragment = founding[(founding["field"] == "standfirst") & (founding["voice"] == "direct")].iloc[0]
    assert (fragment["speaker"], fragment["speaker_text"], fragment["cue_text"]) == ("", "expert", "says")


def test_text_without_stops_gives_no_endless_span(encode):
    # By hand: one "sentence" of 5,001 words with one cue; 400 words is the longest span.
    tokens = encode("Ann Marsh said " + "rain and wind " * 1666)
    assert (token_voices(tokens).voice > 0).sum() == 400
