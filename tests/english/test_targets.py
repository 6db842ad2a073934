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


@pytest.mark.parametrize(
    "words", ["Marlow and a weak roof then ", "she weak ", "weak he ", "Marlow and Greve, Kestria and weak "]
)
def test_text_without_stops_takes_time_in_proportion(encode, words):
    """No endless scope: four times the text takes less than twelve times as long, compiled code read first."""
    small, large = (encode("Mr Greve came " + words * (n // len(words))) for n in (60_000, 240_000))
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


# Sentences by kind, each with near neighbours of another answer; "A; B" are the candidates of an unresolved hit.
KINDS = {
    "of himself": [
        ("Marlow said she was too weak to stay.", "Ann Marlow"),
        ("Tom Greve denied failing the port.", "Tom Greve"),
        ("Tom Greve admitted being weak at sums.", "Tom Greve"),
        ("Greve claimed never to have been weak.", "Tom Greve"),
        ("Ann Marlow conceded that her plan had failed.", "Ann Marlow"),
        ("She had been weak, Ann Marlow said.", "Ann Marlow"),
        ("Ann Marlow, who beat Tom Greve, said she was weak at first.", "Ann Marlow"),
        ("Ann Marlow denied that she was weak.", "Ann Marlow"),
        # Near neighbours: whom he told, whom he urged, who came before, another name, and a thing.
        ("Ann Marlow told Greve he was weak.", "Tom Greve"),
        ("Ann Marlow urged Tom Greve to be strong.", "Tom Greve"),
        ("Tom Greve lost the vote. He was weak, Ann Marlow said.", "Tom Greve"),
        ("Tom Greve met Ann Marlow. Peter Hurd said he was weak.", ""),
        ("Ann Marlow said the roof was weak.", ""),
    ],
    "first person": [
        ("“I was weak that day,” said Ann Marlow.", "Ann Marlow"),
        ("“We have failed the miners,” Tom Greve said.", "Tom Greve"),
        ("“Nobody has ever called me weak,” said Tom Greve.", "Tom Greve"),
        ("“I am no failure,” Tom Greve told reporters.", "Tom Greve"),
        ("“I am strong,” Ann Marlow said. “I will not beg.”", "Ann Marlow"),
        ("“Tom Greve is weak and I will beat him,” said Ann Marlow.", "Tom Greve"),
        ("“The roof is weak,” Tom Greve said.", ""),
        ("“He is weak,” Tom Greve said of the mayor.", ""),
    ],
    "passive": [
        ("Tom Greve was accused of weakness by Ann Marlow.", "Tom Greve"),
        ("Ann Marlow was branded weak by Tom Greve on Monday.", "Ann Marlow"),
        ("Tom Greve was criticised by Ann Marlow.", "Tom Greve"),
        ("Kestria has been described as a failing state by Ann Marlow.", "Kestria"),
        ("Tom Greve was mocked by Ann Marlow for his weak speech.", "Tom Greve"),
        ("Ann Marlow was weakened by Tom Greve.", "Ann Marlow"),
        ("The plan was called a failure by Tom Greve.", ""),
        ("Tom Greve was mocked for Ann Marlow’s weak plan.", "Ann Marlow"),
    ],
    "fronted": [
        ("Far from weak, Tom Greve held on.", "Tom Greve"),
        ("Branded weak by miners, Ann Marlow quit.", "Ann Marlow"),
        ("Weak and divided, Kestria gave in.", "Kestria"),
        ("A weak speaker, Tom Greve prefers to write.", "Tom Greve"),
        ("After failing twice, Tom Greve stopped.", "Tom Greve"),
        ("Despite his weak start, Tom Greve won.", "Tom Greve"),
        ("Accused of weakness by Tom Greve, Ann Marlow resigned.", "Ann Marlow"),
        ("A weak roof, Tom Greve said, was to blame.", ""),
        ("Too weak to fight, the mayor met Tom Greve.", ""),
    ],
    "a name in between": [
        ("Tom Greve, who met Ann Marlow, was weak.", "Tom Greve"),
        ("Tom Greve, a friend of Ann Marlow, failed.", "Tom Greve"),
        ("The campaign of Ann Marlow was weak.", "Ann Marlow"),
        ("Ann Marlow’s plan was weak.", "Ann Marlow"),
        ("The woman who said Tom Greve was weak has left.", "Tom Greve"),
        ("The woman who beat Tom Greve was weak.", ""),
        ("The man Ann Marlow defeated was weak.", ""),
        ("The spokesman for Tom Greve was weak.", ""),
        ("The brother of Ann Marlow is weak.", ""),
        ("Ann Marlow’s weak adviser left.", ""),
    ],
    "a verb and its object": [
        ("Ann Marlow beat the weak Tom Greve.", "Tom Greve"),
        ("Ann Marlow weakened Tom Greve.", "Tom Greve"),
        ("Ann Marlow weakened an already poor Kestria.", "Kestria"),
        ("Tom Greve spoke. In the hall they attacked him.", "Tom Greve"),
        ("Tom Greve and the mayor fell out. Ann Marlow calls him weak.", "Tom Greve"),
        ("Kestria was weakened by the strike.", "Kestria"),
        ("Kestria has stopped looking weak under Marlow.", "Kestria"),
        ("Ann Marlow condemned the attack.", ""),
    ],
    "joined names": [
        ("Ann Marlow and Tom Greve were weak.", "Ann Marlow; Tom Greve"),
        ("Miners criticised Ann Marlow and Tom Greve.", "Ann Marlow; Tom Greve"),
        ("Miners accused Ann Marlow and Tom Greve of weakness.", "Ann Marlow; Tom Greve"),
        ("Kestria, Ann Marlow and Tom Greve failed.", "Kestria; Ann Marlow; Tom Greve"),
        ("Kestria and the Harbour Board have failed.", "Kestria; Harbour Board"),
        ("Ann Marlow and Tom Greve met. They were weak.", "Ann Marlow; Tom Greve"),
        ("Ann Marlow and Tom Greve met. He was weak.", "Tom Greve"),
        ("Miners criticised Ann Marlow and Tom Greve resigned.", "Ann Marlow"),
        ("Ann Marlow left and Tom Greve was weak.", "Tom Greve"),
        ("Ann Marlow and her aides were weak.", "Ann Marlow"),
    ],
    "over paragraphs": [
        ("Ann Marlow said the Harbour Board was to blame.\n\n“It failed us,” she said.", "Harbour Board"),
        ("Tom Greve came on Monday.\n\nHe was weak.", "Tom Greve"),
        ("Kestria closed the port.\n\nIts weak fleet left.", "Kestria"),
        ("Tom Greve came.\n\nPeter Hurd left. He was weak.", ""),
        ("Tom Greve came.\n\nJane Hurd left early.\n\nHe was weak.", ""),
        ("Ann Marlow met Jane Hurd.\n\n“She is weak,” Marlow said.", ""),
    ],
    "of another noun": [
        ("Miners criticised the Kestria treaty.", "Kestria?"),
        ("Miners criticised Kestria yesterday.", "Kestria"),
        ("Ann Marlow’s economy is weak.", "Ann Marlow?"),
        ("Ann Marlow’s leadership is weak.", "Ann Marlow"),
        ("Her economy is weak, Ann Marlow said.", "Ann Marlow?"),
        ("The Marlow editorial failed.", "Ann Marlow?"),
        ("The Marlow campaign failed.", "Ann Marlow"),
        ("Miners saw a weak agreement with Kestria.", "Kestria?"),
        ("Miners saw a weak leadership of Kestria.", "Kestria"),
        ("Miners saw a weak bridge of Kestria.", "Kestria?"),
        ("Miners met a disgraced Mr. Greve.", "Tom Greve"),
        ("Those attacking the Harbour Board left.", "Harbour Board"),
    ],
    "it and they": [
        ("The treaty of Kestria came. It was weak.", ""),
        ("Kestria came. It was weak.", "Kestria"),
        ("Miners met Ann Marlow. Peter Hurd only smiled. He was weak.", ""),
    ],
    "elsewhere in the sentence": [
        ("Tom Greve came to the port, where the roof is weak.", "Tom Greve?"),
        ("Tom Greve came to the port, and the roof is weak.", "Tom Greve?"),
        ("The roof is weak, where Tom Greve stood.", ""),
    ],
}  # fmt: skip


def about(text: str) -> str:
    """Return the target of the first hit as a user gets it; of an unresolved one the candidates, "?" behind a single one."""
    tokens = fa.tokenize(fa.read(pd.DataFrame({"body": [text]}), boilerplate="keep"))
    hit = fa.find_hits(tokens, FRAMES, targets=TARGETS).iloc[0]
    if hit["target"] != "unresolved":
        return hit["target"]
    return hit["candidates"] + "?" * (";" not in hit["candidates"])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_and_its_neighbours(kind):
    assert [(text, about(text)) for text, _ in KINDS[kind]] == KINDS[kind]


@pytest.mark.parametrize(
    ("headline", "target"),
    [
        ("Marlow 'weak' on ports: Greve", "Ann Marlow"),
        ("Greve failing miners, unions say", "Tom Greve"),
        ("'Greve is weak': Marlow attacks port plan", "Tom Greve"),
        ("Greve: Marlow is weak", "Ann Marlow"),
        ("Marlow called 'weak' by miners", "Ann Marlow"),
        ("Weak Greve loses vote", "Tom Greve"),
    ],
)
def test_headlines(headline, target):
    tokens = fa.tokenize(fa.read(pd.DataFrame({"headline": [headline], "body": [""]}), boilerplate="keep"))
    assert fa.find_hits(tokens, FRAMES, targets=TARGETS)["target"].iloc[0] == target


@pytest.mark.parametrize(
    ("text", "target"),
    [
        # The hit is the name: nobody is framed by it. In the others it stands before the name, or is no name.
        ("Trump spoke to Greve.", ""),
        ("Greve met Donald Trump.", ""),
        ("Weak Trump spoke.", "Donald Trump"),
        ("A trump card failed Greve.", "Tom Greve"),
    ],
)
def test_a_name_that_is_in_the_list_of_words_frames_nobody(encode, text, target):
    tokens = encode(text)
    words = fa.extend.lexicon_from_mapping({"frame": ["trump", "weak", "failed"]}, name="frames")
    targets = fa.extend.lexicon_from_mapping(
        {"Donald Trump": ["Trump", "Donald Trump"], "Tom Greve": ["greve"]}, name="targets"
    )
    links = link_targets(tokens, find_matches(tokens, words), find_mentions(tokens, targets), None)
    last = links.targets.codes[-1] if "card" in text else links.targets.codes[0]
    assert ("" if last < 0 else links.targets.categories[last]) == target
