"""The article that the project began with: what is cut from it, and the six hits of the founding frames."""

import pytest

import analysis as fa


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
    lexicon = fa.lexicon_from_mapping({"weakness": ["weak*"], "failure": ["fail*"], "hostility": ["hostil*"]})
    hits = fa.find_hits(fa.tokenize(corpus), lexicon)
    assert list(zip(hits["zone"], hits["text"], hits["category"], strict=True)) == [
        ("headline", "weak", "weakness"),
        ("standfirst", "failing", "failure"),
        ("body", "hostile", "hostility"),
        ("body", "fail", "failure"),
        ("body", "weak", "weakness"),
        ("body", "hostile", "hostility"),
    ]
