"""What kind of content a cue reports. Kinds are read by hand; the sentences and their people are invented."""

import pytest

KINDS = [
    # a clause
    ("Ann Marsh said the school had failed.", "clause"),
    ("Ann Marsh announced the plan would fail.", "clause"),
    ("Ann Marsh reported she was weak.", "clause"),
    ("Ann Marsh denied being weak on crime.", "clause"),
    ("Ann Marsh admitted misleading the council.", "clause"),
    ("Polls suggest the mayor lost the vote.", "clause"),
    ("Ann Marsh thinks voters are tired.", "clause"),
    ("Ann Marsh saw the vote as weak.", "clause"),
    ("Prices rose sharply in May, Ann Marsh said.", "clause"),
    # that
    ("Ann Marsh proposed that the council resign.", "that"),
    ("It was announced that the plan had failed.", "that"),
    # an infinitive
    ("Ann Marsh wants to rebuild the weak wall.", "infinitive"),
    ("Ann Marsh refused to meet the failing firm.", "infinitive"),
    # an object, which is no speech
    ("The bank reported weak results on Thursday.", "object"),
    ("The council proposed a weak ban on diesel vans.", "object"),
    ("The firm announced a weak dividend backed by nobody.", "object"),
    ("The firm announced sweeping cuts.", "object"),
    ("Ann Marsh found a weak spot in the wall.", "object"),
    ("Ann Marsh denied the weak claim.", "object"),
    ("The yard, known for weak management, closed in May.", "object"),
    ("The bank was ordered to sell its weak arm.", "infinitive"),
    ("Ann Marsh praised the weak minister.", "object"),
    ("The plan was reported when the council met.", "object"),
    ("Ann Marsh announced a plan that would weaken the council.", "object"),
    ("Ann Marsh posted the weak figures and left.", "none"),
    # what somebody is said to be
    ("Ann Marsh called the bill weak.", "clause"),
    ("Ann Marsh called Tom Reed weak.", "clause"),
    ("Ann Marsh called him a failure.", "clause"),
    ("Ann Marsh branded the minister weak after the vote.", "clause"),
    ("Ann Marsh accused her of weakness.", "clause"),
    ("Ann Marsh described the bill as weak.", "clause"),
    ("Ann Marsh criticised the mayor for his weak answer.", "clause"),
    ("Ann Marsh called a meeting.", "none"),
    ("Ann Marsh called Tom Reed on Monday.", "none"),
    ("Ann Marsh dismissed the weak bill.", "object"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_content_has_its_kind(said, text, kind):
    assert {row[1] for row in said(text, "content_kind", strictness="wide")} == ({kind} if kind != "none" else set())


NO_CUES = [
    "Two government posts went to weak candidates.",
    "The answers to questions about the weak wall were short.",
    "Her remarks were weak.",
    "The 60 pledged delegates were weak.",
    "In the weak debate the claims lay on the table.",
    "The council brought intense questions about the weak wall.",
]


@pytest.mark.parametrize("text", NO_CUES)
def test_a_noun_or_participle_like_a_cue_says_nothing(said, text):
    assert said(text) == []


PLURALS = [
    ("Analysts at Hart Bank say the retailer is weak.", "Analysts at Hart Bank"),
    ("Officials from the Treasury warn that growth is weak.", "Officials from the Treasury"),
    ("Two people at Number 9 believe the plan is weak.", "Two people at Number 9"),
    ("Ann Marsh and Tom Reed say the plan is weak.", "Ann Marsh and Tom Reed"),
    ("Critics say the plan is weak.", "Critics"),
    ("They say the plan is weak.", "They"),
]


@pytest.mark.parametrize(("text", "subject"), PLURALS)
def test_a_bare_verb_behind_a_name_has_a_plural_subject(said, text, subject):
    ((_, voice, mention),) = said(text)
    assert (voice, mention) == ("indirect", subject)
