"""The article that the project began with: what is cut from it, and the six hits of the founding frames."""

from pathlib import Path

import pytest

import analysis as fa

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def corpus(shared_data):
    path = shared_data.parent / "example" / "article.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there; set FRAMING_SHARED to the folder of the shared data")
    return fa.read(path)


def test_five_passages_are_cut(corpus):
    # expected.md: the newsletter notice, three related-link lines, and the source line.
    assert len(corpus.removed) == 5
    texts = corpus.removed["text"].tolist()
    starts = ("When you subscribe", "Source: Read Full Article")
    assert all(any(text.startswith(start) for text in texts) for start in starts)
    assert all(any(mark in text for text in texts) for mark in ("[UPDATE]", "[INSIGHT]", "[REVEAL]"))


def test_six_hits_in_their_zones(corpus):
    # expected.md: read by hand, one row each in the order of the text.
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak*"], "failure": ["fail*"], "hostility": ["hostil*"]})
    hits = fa.find_hits(fa.tokenize(corpus), lexicon)
    assert list(zip(hits["zone"], hits["text"], hits["category"], strict=True)) == [
        ("headline", "weak", "weakness"),
        ("standfirst", "failing", "failure"),
        ("body", "hostile", "hostility"),
        ("body", "fail", "failure"),
        ("body", "weak", "weakness"),
        ("body", "hostile", "hostility"),
    ]


@pytest.fixture(scope="module")
def reading(corpus):
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak*"], "failure": ["fail*"], "hostility": ["hostil*"]})
    targets = fa.read_lexicon(ROOT / "data" / "lexicons" / "targets.yml")
    return fa.read_article(fa.tokenize(corpus), lexicon, targets=targets)


def test_voice_speaker_target_and_negation_of_the_six_hits(reading):
    # expected.md, table "Hits of the three founding frames"; of the two targets allowed for "fail" ours is Kim Jong-un.
    columns = ["voice", "speaker", "target", "negated"]
    assert [tuple(row) for row in reading.hits[columns].astype(object).to_numpy()] == [
        ("scare", "", "unresolved", True),
        ("direct", "", "Joe Biden", False),
        ("direct", "Kwon Jong Gun", "United States", False),
        ("direct", "Harry Kazianis", "Kim Jong-un", False),
        ("direct", "Harry Kazianis", "North Korea", True),
        ("direct", "Harry Kazianis", "United States", False),
    ]
    assert reading.hits["candidates"].iat[0] == "Joe Biden; North Korea"
    assert reading.hits[["speaker_text", "cue"]].iloc[1].tolist() == ["expert", "says"]


def test_what_the_report_must_point_out(reading):
    # expected.md, "What the single-article report must point out", points 1 to 3.
    trace = reading.traces.iloc[0]
    assert (trace["words"], trace["body_speaker"], trace["body_target"]) == ("altered", "Harry Kazianis", "North Korea")
    assert trace["body_text"] == "does not want to look weak"
    frames = reading.divergence.set_index("field")
    assert frames.at["standfirst", "status"] == "unsupported"
    assert frames.at["standfirst", "target"] == "Joe Biden"
    assert reading.findings()[-1] == "None of the 6 hits stands in the narrator's own voice."


def test_the_speakers_of_the_direct_quotations(corpus):
    # expected.md, "Structure": one fragment, two fragments, and everything else in the body.
    found = fa.voices(fa.tokenize(corpus))
    spoken = found[(found["field"] == "body") & (found["voice"] == "direct")]["speaker"].value_counts()
    assert spoken[["Kwon Jong Gun", "Jen Psaki"]].tolist() == [1, 2]
    assert set(spoken.index) == {"Kwon Jong Gun", "Jen Psaki", "Harry Kazianis"}
