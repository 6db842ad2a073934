"""Whom a framing word frames: each sentence is written for one rule, and its answer read off by hand."""

import time

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.english.lists import MAX_CANDIDATES
from analysis.english.mentions import find_mentions
from analysis.english.targets import Links, link_targets
from analysis.matching.matching import find_matches

FRAMES = fa.extend.lexicon_from_mapping(
    {"frame": ["weak*", "fail*", "hostil*", "corrupt*", "criticis*", "disgraced", "strong", "attack*", "liar", "blow"]},
    name="frames",
)
TARGETS = fa.extend.lexicon_from_mapping(
    {
        "Ann Marlow": ["ann marlow", "marlow"],
        "Tom Greve": ["tom greve", "greve", "mr greve"],
        "Kestria": ["kestria"],
        "Harbour Board": ["harbour board"],
    },
    name="targets",
)


def links_of(tokens: fa.Tokens, speakers=None) -> Links:
    return link_targets(tokens, find_matches(tokens, FRAMES), find_mentions(tokens, TARGETS), speakers)


def linked(tokens: fa.Tokens) -> list[tuple[str, str]]:
    links = links_of(tokens)
    targets = ["" if code < 0 else links.targets.categories[code] for code in links.targets.codes]
    return list(zip(targets, links.rules.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "target", "rule"),
    [
        ("The failing Ann Marlow left.", "Ann Marlow", "modifier"),
        ("Editors criticised Marlow on Monday.", "Ann Marlow", "object"),
        ("Critics of Marlow’s hostile policy met.", "Ann Marlow", "possessive"),
        ("They demand an end to the hostile policy of Kestria.", "Kestria", "of"),
        ("The paper accused Greve of weakness.", "Tom Greve", "accusation"),
        ("Observers called Marlow weak.", "Ann Marlow", "accusation"),
        ("Ann Marlow is weak.", "Ann Marlow", "copula"),
        ("Ann Marlow is ‘failing’ on trade, says expert", "Ann Marlow", "copula"),
        ("Ann Marlow was criticised.", "Ann Marlow", "passive"),
        ("Kestria does not want to look weak or make any concessions.", "Kestria", "subject"),
        ("Ann Marlow came and failed.", "Ann Marlow", "subject"),
        ("Greve, who failed at sea, is back.", "Tom Greve", "subject"),
        ("Greve, a weak captain, is back.", "Tom Greve", "apposition"),
        ("Critics said Greve is weak.", "Tom Greve", "copula"),
        ("Marlow is in town. She failed.", "Ann Marlow", "subject"),
        ("Kestria closed the port. Its weak fleet left.", "Kestria", "possessive"),
    ],
)
def test_each_rule(encode, text, target, rule):
    assert linked(encode(text)) == [(target, rule)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ann Marlow met Peter Hurd’s weak aides.", "the phrase belongs to another name"),
        ("Ann Marlow condemned the attack.", "what she condemns is not hers"),
        ("Marlow came. The roof is weak.", "no target in the sentence"),
    ],
)
def test_nothing_is_linked(encode, text, why):
    assert all(target == "" for target, _ in linked(encode(text))), why


def test_a_speaker_is_not_the_target_of_what_he_says_of_others(encode):
    assert linked(encode("Tom Greve said Ann Marlow was weak.")) == [("Ann Marlow", "copula")]


def test_first_person_is_the_speaker(encode):
    tokens = encode("Tom Greve spoke. “I failed,” he said. “The roof is weak.”")
    words = [tokens.types[type_id] for type_id in tokens.type_ids]
    speakers = np.full(len(tokens), -1)
    speakers[[words.index("I"), words.index("failed")]] = 1
    speakers[words.index("The") :] = 1
    links = links_of(tokens, speakers)
    assert links.targets.tolist()[0] == "Tom Greve"
    assert links.mention[1] == -1  # the roof is not he


def test_two_targets_of_a_headline_are_left_open(encode):
    tokens = encode(headline=["Ann Marlow mocked as Kestria won’t move – ‘Don’t want to look weak’"], body=[""])
    links = links_of(tokens)
    assert (links.mention.tolist(), links.unresolved.tolist()) == ([-1], [True])
    assert links.candidates.tolist() == ["Ann Marlow; Kestria"]
    assert links.rules.tolist() == ["headline"]


def test_founding_article(shared_data):
    path = shared_data.parent / "example" / "article.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    # Targets as example/expected.md lists them.
    headline, standfirst, *body = path.read_text(encoding="utf-8").split("\n\n")
    table = pd.DataFrame(
        {"article_id": ["a"], "headline": [headline], "standfirst": [standfirst], "body": ["\n\n".join(body)]}
    )
    tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
    frames = fa.extend.lexicon_from_mapping({"frame": ["weak*", "fail*", "hostile"]}, name="founding")
    matches = find_matches(tokens, frames)
    links = link_targets(tokens, matches, find_mentions(tokens, fa.read_lexicon("data/lexicons/targets.yml")))
    assert [target if isinstance(target, str) else "" for target in links.targets] == [
        "", "Joe Biden", "United States", "Kim Jong-un", "North Korea", "United States",
    ]  # fmt: skip
    assert links.candidates[0] == "Joe Biden; North Korea"
    assert links.unresolved.tolist() == [True, *[False] * 5]


def test_no_hit_or_no_mention_is_no_failure(encode):
    assert len(links_of(encode("")).mention) == 0
    assert linked(encode("A weak roof.")) == [("", "")]


@pytest.mark.parametrize(
    "text", ["weak MARLOW " * 300, "weak Marlow Greve " * 300, "“weak ‘ (— " * 300 + "Marlow", "שלום weak Marlow"]
)
def test_bad_input_is_no_failure(encode, text):
    links = links_of(encode(text))
    assert len(links.mention) == len(links.rule) == len(links.candidates)
    assert max(candidates.count(";") + 1 for candidates in links.candidates) <= MAX_CANDIDATES


def test_text_without_stops_takes_time_in_proportion(encode):
    """No endless scope: four times the text takes less than twelve times as long, compiled code read first."""
    small, large = encode("Marlow and a weak roof then " * 2_000), encode("Marlow and a weak roof then " * 8_000)
    links_of(small)

    def fastest(tokens):
        """Return the CPU seconds of the fastest of three runs, which others on the machine disturb least."""
        times = []
        for _ in range(3):
            begin = time.process_time()
            links_of(tokens)
            times.append(time.process_time() - begin)
        return min(times)

    assert fastest(large) < 12 * max(fastest(small), 0.01)
