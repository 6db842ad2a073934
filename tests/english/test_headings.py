"""Headlines that attribute by a colon or a dash. Expected rows are read by hand; headlines and people are invented."""

import pytest

ATTRIBUTED = [
    ("Dunn 'weak' on floods: Marsh", "Dunn 'weak' on floods", "Marsh"),
    ("Dunn 'failed' patients - watchdog", "Dunn 'failed' patients", "watchdog"),
    ("Dunn 'failed' patients – Marsh", "Dunn 'failed' patients", "Marsh"),
    ("'Dunn is weak': Marsh", "Dunn is weak", "Marsh"),
    ("‘Dunn is weak’: Marsh hits out at flood plan", "Dunn is weak", "Marsh"),
    ("Marsh: 'Dunn is weak'", "Dunn is weak", "Marsh"),
    ("Marsh on floods: 'Dunn is weak'", "Dunn is weak", "Marsh"),
    ("Marsh: Dunn is weak on floods", "Dunn is weak on floods", "Marsh"),
    ("Plan 'weak': Marsh and Reed", "Plan 'weak", "Marsh and Reed"),
    ("Hospital 'failed' patients: health watchdog chief", "Hospital 'failed' patients", "health watchdog chief"),
    ("Dunn failing schools, MPs warn", "Dunn failing schools", "MPs"),
    ("Dunn not weak, insists Marsh", "Dunn not weak", "Marsh"),
    ("Storm hits coast: 'We lost it all'", "We lost it all", ""),
]


@pytest.mark.parametrize(("headline", "content", "mention"), ATTRIBUTED)
def test_a_colon_or_dash_attributes_in_a_headline(said, headline, content, mention):
    ((found, voice, speaker),) = said("", headline=headline)
    assert (found, speaker) == (content, mention)
    assert voice != "scare"


@pytest.mark.parametrize(
    ("headline", "voices"),
    [
        ("Mayor warned as council won’t back down – ‘Don’t want to look weak’", ["scare"]),
        ("Budget 2026: what you need to know", []),
        ("'Weak' summer: shops suffer", ["scare"]),
        ("Live: Dunn 'weak' on floods", ["scare"]),
        ("Floods: the 'weak' plan in full", ["scare"]),
        ("Floods: weak wall", []),
        ("The 'strong' man", ["scare"]),
    ],
)
def test_other_colons_and_dashes_attribute_nothing(said, headline, voices):
    assert [row[1] for row in said("", headline=headline)] == voices


def test_a_colon_in_the_body_is_no_headlines(said):
    assert said("Dunn: the plan is weak on floods") == []
