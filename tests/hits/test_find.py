"""Every match of a lexicon: where it stands, which of several counts, and what undoes it."""

import re

import pandas as pd
import pytest

import analysis as fa
from analysis.core.schema import HITS
from analysis.core.shipped import shipped
from analysis.lexicons import Category, Entry, Lexicon


def lexicon_of(*entries: Entry) -> Lexicon:
    names = dict.fromkeys(entry.category for entry in entries)
    return Lexicon("test", "1", "en", "", (), tuple(map(Category, names)), entries)


def found(tokens, *entries, **options) -> list[str]:
    """Return the matched texts, with words for single entries of a category "c"."""
    made = [Entry(entry, "c") if isinstance(entry, str) else entry for entry in entries]
    return fa.find_hits(tokens, lexicon_of(*made), **options)["text"].tolist()


@pytest.mark.parametrize(
    ("body", "start", "end", "text"),
    [
        # Counted by hand in code points.
        ("weak", 0, 4, "weak"),
        ("😀 weak", 2, 6, "weak"),
        ("👩‍👩‍👧 weak", 6, 10, "weak"),  # five code points and a space
        ("Cafe\u0301 is weak", 9, 13, "weak"),
        ("naïve — weak", 8, 12, "weak"),
        ("a we\u00adak plan", 2, 7, "we\u00adak"),  # the soft hyphen is printed
        ("字 𝔸 weak", 4, 8, "weak"),
    ],
)
def test_offsets_are_code_points(encode, body, start, end, text):
    hits = fa.find_hits(encode(body), fa.extend.lexicon_from_mapping({"c": ["weak"]}))
    assert hits[["start", "end", "text"]].values.tolist() == [[start, end, text]]
    assert body[start:end] == text


def test_text_is_the_slice_of_its_field(encode):
    bodies = ["😀 Weak here,\n\nfar-right thére. E\u0301lan weak’s", "No. A far right 👍🏽 weak far–right"]
    tokens = encode(headline=["Weak 😀 far right", "Éa weak"], body=bodies)
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"c": ["weak", "far right"]}))
    articles = tokens.articles.set_index("article_id")
    sliced = [articles.at[row.article_id, row.field][row.start : row.end] for row in hits.itertuples()]
    assert sliced == hits["text"].tolist()
    assert len(hits) == 8  # by hand: 2 + 3 in the first article, 1 + 2 in the second, whose last dash parts the words
    HITS.check(hits)


def test_lead_paragraphs_of_a_table_are_read(encode):
    # Documented in analysis.read: a table may have any of the ARTICLES columns.
    assert encode(body=["One."], lead_paragraphs=[2]).articles["lead_paragraphs"].tolist() == [2]


def test_zones_follow_lead_paragraphs(encode):
    body = "Weak one.\n\nWeak two.\n\nWeak three. Weak four."
    table = pd.DataFrame({"headline": ["Weak", "", ""], "standfirst": ["weak", "", ""], "body": [body] * 3})
    table = table.assign(article_id=["a1", "a2", "a3"], lead_paragraphs=[1, 2, 0])
    columns = {"lead_paragraphs": "lead_paragraphs"}
    tokens = fa.tokenize(fa.read(table, columns=columns, boilerplate="keep"))
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"c": ["weak"]}))
    zones = hits.groupby("article_id", observed=True)["zone"].agg(list).to_dict()
    assert zones == {  # by hand: the first 1, 2 or 0 paragraphs of the body are the lead
        "a1": ["headline", "standfirst", "lead", "body", "body", "body"],
        "a2": ["lead", "lead", "body", "body"],
        "a3": ["body", "body", "body", "body"],
    }
    third = hits[hits["article_id"] == "a3"]
    assert third[["paragraph", "sentence"]].values.tolist() == [[1, 1], [2, 2], [3, 3], [3, 4]]  # by hand, from 1


@pytest.mark.parametrize(
    ("body", "entries", "expected"),
    [
        # (text, entry) of each hit, by hand from the rule: leftmost, longest, exact before wildcard, order of the file.
        ("hard line policy", ["line policy", "hard line"], [("hard line", "hard line")]),
        ("hard line policy", ["hard", "hard line", "hard line policy"], [("hard line policy", "hard line policy")]),
        ("weak", ["wea*", "weak"], [("weak", "weak")]),
        ("weak plan", ["weak* plan", "weak"], [("weak plan", "weak* plan")]),
        ("weakness", ["weak*", "wea*"], [("weakness", "weak*")]),
        ("weakness", ["wea*", "weak*"], [("weakness", "wea*")]),
        ("so so so", ["so so"], [("so so", "so so")]),
        ("so so so so", ["so so"], [("so so", "so so")] * 2),
    ],
)
def test_which_of_several_entries_counts(encode, body, entries, expected):
    hits = fa.find_hits(encode(body), lexicon_of(*(Entry(text, "c") for text in entries)))
    assert list(zip(hits["text"], hits["entry"], strict=True)) == expected


# By hand from the rule's words: what a phrase runs over, and what parts it.
RUNS_OVER = [
    " ", "\u00a0", "\u2007", "\u2009", "\u202f", "\u205f", "\u3000", "\n", "  ", "-", "\u2010", "\u2011", "/", " “", '" ', " ‘", "’ ", "’ '",
    " «\u202f", "\u202f» ", " „", "\u00ad ", "\ufeff ",
]  # fmt: skip
PARTS = [
    ", ", "; ", ": ", " (", ") ", " [", "] ", " – ", "–", "—", " — ", " - ", " -- ", "… ", " … ", "... ", " . . . ", "! ", "? ", " | ", " • ",
    "、", "；", "： ", "（", "）", ",” ", "” – ", " ― ", "،",
]  # fmt: skip


@pytest.mark.parametrize("between", RUNS_OVER)
def test_a_phrase_runs_over_spaces_hyphens_and_quotation_marks(encode, between):
    assert found(encode(f"A war{between}terror plan."), "war terror") == [f"war{between}terror"]


@pytest.mark.parametrize("between", PARTS)
def test_a_phrase_does_not_run_over_marks(encode, between):
    tokens = encode(f"A war{between}terror plan.")
    assert found(tokens, "war terror", "war* ?error", Entry("war terror", "c", case="exact")) == []
    assert found(tokens, "war", "terror") == ["war", "terror"]  # the words are there


@pytest.mark.parametrize("between", PARTS)
def test_an_entry_with_a_mark_is_found_where_the_text_has_it(encode, between):
    # A ? of an entry is a wildcard, so no entry can hold a question mark.
    if "?" not in between:
        assert found(encode(f"A war{between}terror plan."), f"war{between}terror") == [f"war{between}terror"]
    assert found(encode("A war terror plan."), f"war{between.replace('?', '!')}terror") == []


@pytest.mark.parametrize(
    ("body", "entry", "expected"),
    [
        # By hand: an entry's marks must stand in the text, in their places, and no others; quotation marks are free.
        ("First, do no harm.", "first, do no harm", 1),
        ("“First,” do no harm.", "first, do no harm", 1),
        ("First do no harm.", "first, do no harm", 0),
        ("First; do no harm.", "first, do no harm", 0),
        ("First, do, no harm.", "first, do no harm", 0),
        ("First do, no harm.", "first, do no harm", 0),
        ("In Washington, D.C., today.", "Washington, D.C.", 1),
        ("In Washington D.C. today.", "Washington, D.C.", 0),
        ("In Washington D.C. today.", "Washington D.C.", 1),
        ("Some 3,000 troops left.", "3,000 troops", 1),  # the comma of a number is no mark between words
        ("Some 3,000, troops left.", "3,000 troops", 0),
        ("A war (terror) plan.", "war (terror)", 1),
        (
            "A war, terror plan.",
            ", war, terror,",
            1,
        ),  # marks before the first and behind the last word are no part of it
        ("The U.S. troops, J. R. Hale and Mr. Doe.", "u.s. troops", 1),
        ("The U.S. troops, J. R. Hale and Mr. Doe.", "j r hale", 1),
        ("The U.S. troops, J. R. Hale and Mr. Doe.", "mr doe", 1),
        ("The U.S.-backed plan.", "u.s. backed plan", 1),
        ("The U.S., backed by a plan.", "u.s. backed", 0),
    ],
)
def test_an_entry_demands_its_own_marks(encode, body, entry, expected):
    assert len(found(encode(body), entry)) == expected


def test_entries_that_differ_in_a_mark_are_two(encode):
    # By hand: each finds its own text; an exception follows the same rule.
    tokens = encode("No, more war. No more war.")
    assert found(tokens, "no, more", "no more") == ["No, more", "No more"]
    assert found(tokens, Entry("more", "c", exceptions=("no more",))) == ["more"]


def test_categories_do_not_hide_each_other(encode):
    lexicon = fa.extend.lexicon_from_mapping({"long": ["hostile policy"], "short": ["hostile", "policy"]})
    hits = fa.find_hits(encode("A hostile policy."), lexicon)
    assert list(zip(hits["category"], hits["text"], strict=True)) == [  # by hand, in the order of the text
        ("long", "hostile policy"),
        ("short", "hostile"),
        ("short", "policy"),
    ]


def test_the_same_entry_may_stand_in_two_categories(encode):
    hits = fa.find_hits(encode("weak"), fa.extend.lexicon_from_mapping({"a": ["weak"], "b": ["weak"]}))
    assert hits[["category", "entry"]].values.tolist() == [["a", "weak"], ["b", "weak"]]  # by hand


def test_every_entry_counts_on_demand(encode):
    # By hand: four entries match at or within "hard line".
    assert found(encode("hard line"), "hard", "hard line", "line", "har*", overlap="every_entry") == [
        *("hard", "hard line", "hard", "line")
    ]


def test_an_unknown_overlap_rule_is_refused(encode):
    with pytest.raises(fa.LexiconError) as caught:
        fa.find_hits(encode("weak"), fa.extend.lexicon_from_mapping({"c": ["weak"]}), overlap="all")
    assert str(caught.value) == "overlap 'all' is not known; choose one of 'longest_within_category', 'every_entry'"


@pytest.mark.parametrize(
    ("body", "exceptions", "expected"),
    [
        # By hand: an exception undoes a hit that it covers, wherever in it the hit stands.
        ("heart failure and failure", ("heart failure",), 1),
        ("failure to appear, failure", ("failure to appear",), 1),
        ("no heart failure clinic, failure", ("heart failure clinic",), 1),
        ("heart failure. Heart. Failure", ("heart failure",), 1),  # an exception does not cross a sentence
        ("Heart failures and failure rates", ("heart failure*", "failure rate*"), 0),
        ("failure", ("heart failure",), 1),
    ],
)
def test_exceptions_undo_the_hits_they_cover(encode, body, exceptions, expected):
    assert len(found(encode(body), Entry("failure*", "c", exceptions=exceptions))) == expected


def test_an_exception_undoes_only_its_own_entry(encode):
    entries = (Entry("failure", "c", exceptions=("heart failure",)), Entry("heart", "c"), Entry("fail*", "d"))
    assert found(encode("heart failure"), *entries) == ["heart", "failure"]  # by hand: "heart" of c, "fail*" of d


def test_a_shorter_match_stands_in_for_an_undone_longer_one(encode):
    entries = (Entry("hard line", "c", exceptions=("hard line hat",)), Entry("hard", "c"))
    assert found(encode("a hard line hat"), *entries) == ["hard"]  # by hand


def test_exact_case_and_folded_case(encode):
    tokens = encode("The US told us: US’s aim. ΣΊΣΥΦΟΣ, Straße, STRASSE")
    assert found(tokens, Entry("US", "c", case="exact")) == ["US", "US’s"]  # by hand
    assert found(tokens, "US") == ["US", "us", "US’s"]  # by hand
    assert found(tokens, "strasse", "σίσυφος") == ["ΣΊΣΥΦΟΣ", "Straße", "STRASSE"]  # Unicode's full case folding


def test_a_possessive_matches_its_noun(encode):
    tokens = encode("Biden’s plan, Biden's aide, BIDEN’S, Bidens, it’s, Biden")
    assert found(tokens, "biden") == ["Biden’s", "Biden's", "BIDEN’S", "Biden"]  # by hand; "Bidens" is another word
    assert found(tokens, "it") == []  # "it's" is a verb's short form, no possessive
    assert found(tokens, "biden's plan") == ["Biden’s plan"]  # by hand: a written possessive is demanded


def test_a_phrase_does_not_cross_a_sentence_or_field(encode):
    tokens = encode(headline=["Old hostile"], body=["Policy is hostile. Policy is not hostile\npolicy wise"])
    assert found(tokens, "hostile policy") == ["hostile\npolicy"]  # by hand: only the end of a line parts the last pair


def test_a_hyphen_and_a_space_are_alike(encode):
    tokens = encode("far-right, far right, Far‑Right, farright, far-right-wing")
    for entry in ("far-right", "far right"):
        # By hand: hyphens part words in text and entry; "farright" is one word.
        assert found(tokens, entry) == ["far-right", "far right", "Far‑Right", "far-right"]


def test_question_mark_and_inner_star(encode):
    tokens = encode("women woman womn wooman anti-war antiwar colour color")
    assert found(tokens, "wom?n") == ["women", "woman"]  # by hand: exactly one letter
    assert found(tokens, "col*r", "*war") == ["war", "antiwar", "colour", "color"]  # by hand


def test_attrs_say_how_the_hits_were_found(encode):
    lexicon = fa.extend.lexicon_from_mapping({"c": ["weak"]}, name="mine", version="7")
    tokens = encode("weak")
    attrs = fa.find_hits(tokens, lexicon, overlap="every_entry").attrs
    read_by = {name: attrs.pop(name) for name in list(attrs) if name.startswith(("cues", "negators", "word_lists"))}
    cues, negators = (fa.read_lexicon(shipped(f"{role}.yml")) for role in ("cues", "negators"))
    assert read_by == {
        **{"cues": cues.name, "cues_version": cues.version, "cues_hash": cues.hash},
        **{"negators": negators.name, "negators_version": negators.version, "negators_hash": negators.hash},
        "word_lists": read_by["word_lists"],
    }
    lists = ("words", "first_names", "irregular_verbs", "abbreviations", "labels")
    assert re.fullmatch("; ".join(rf"{name} \([0-9a-f]{{12}}\)" for name in lists), read_by["word_lists"])
    assert attrs == {
        "corpus_hash": tokens.corpus_hash,
        "corpus_articles": len(tokens.articles),
        "corpus_days": "no article has a date",
        "lexicon": "mine",
        "lexicon_version": "7",
        "lexicon_hash": lexicon.hash,
        "lexicon_left_out": 0,
        "validated": "not validated against human coders",
        "overlap": "every_entry",
        "phrase_rule": "not_over_marks",
        # Unicode 15.0, with the departures for the zero-width space and the narrow no-break space.
        "token_rule": "uax29-15.0.0+zwsp-1+nnbsp-1+marks-1",
        "targets": "none",
        "strictness": "standard",
    }


def test_own_cues_and_negators_reach_the_hits_and_their_attrs(encode):
    tokens = encode("Ann Marsh blurbs that it is weak. Tom Reed says it is naught weak.")
    frames = fa.extend.lexicon_from_mapping({"c": ["weak"]})
    cues = fa.extend.lexicon_from_mapping({"speech": ["blurbs"]}, name="my cues")
    negators = fa.extend.lexicon_from_mapping({"adverb": ["naught"]}, name="my negators")
    # By hand: the project's own lists know "says" and neither "blurbs" nor "naught".
    for options, voices, negated in (
        ({}, ["narrator", "indirect"], [False, False]),
        ({"cues": cues, "negators": negators}, ["indirect", "narrator"], [False, True]),
        ({}, ["narrator", "indirect"], [False, False]),
    ):
        hits = fa.find_hits(tokens, frames, **options)
        assert hits["voice"].tolist() == voices
        assert hits["negated"].tolist() == negated
        for role, lexicon in options.items():
            named = [hits.attrs[role], hits.attrs[f"{role}_hash"]]
            assert named == [lexicon.name, lexicon.hash]


def test_weights_are_those_of_the_entries(encode):
    hits = fa.find_hits(encode("weak fail"), lexicon_of(Entry("weak", "c", 0.5), Entry("fail", "c")))
    assert hits["weight"].tolist() == [0.5, 1.0]  # 1 where none is given


@pytest.mark.parametrize("overlap", ["longest_within_category", "every_entry"])
def test_an_empty_corpus_has_no_hit(overlap):
    corpus = fa.read(pd.DataFrame({"article_id": [], "body": []}), boilerplate="keep")
    hits = fa.find_hits(fa.tokenize(corpus), fa.extend.lexicon_from_mapping({"c": ["weak"]}), overlap=overlap)
    assert len(hits) == 0
    HITS.check(hits)


def test_articles_without_words_have_no_hit(encode):
    assert found(encode("…", "—"), "weak") == []


def test_more_hits_than_the_first_arrays_hold(encode):
    # The kernel begins with room for 4,096 hits and starts the sentence again: 3 × 20,000 words, by hand.
    assert len(found(encode("weak " * 20_000, "weak. " * 20_000, "weak " * 20_000), "weak")) == 60_000


def test_a_row_takes_at_most_120_bytes(encode):
    # The budget of 120 bytes a row is the project's, so that ten million hits fit in a laptop's memory.
    tokens = encode(*["A weak plan failed. " * 50] * 400)
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak*", "weak plan"], "f": ["fail*"]}))
    assert len(hits) == 40_000  # 400 articles × 50 sentences × 2
    assert hits.memory_usage(deep=True).sum() / len(hits) <= 120
