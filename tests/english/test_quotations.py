"""Quotations in marks. Expected spans are read by hand: in every text the passages between ⟦ ⟧ are what the marks enclose."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.english.antecedents import Named, Sentence
from analysis.english.clauses import Clauses, clause_flags, read_clauses
from analysis.english.negation import find_negation
from analysis.english.quotations import (
    APOSTROPHE,
    CLOSES,
    CONTINUES,
    EDGE,
    INNER_CLOSES,
    INNER_OPENS,
    OPENS,
    RUNS_ON,
    UNCLOSED,
    UNDECIDED,
    quotations,
    text_of,
)
from analysis.tokens.offsets import code_points

_BRACKETS = re.compile("[⟦⟧]")


def encoded(*texts: str) -> fa.Tokens:
    table = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "headline": "", "body": list(texts)})
    return fa.tokenize(fa.read(table, boilerplate="keep", duplicates="keep"))


def found_in(*texts: str) -> tuple[list[list[str]], list[list[int]]]:
    """Return, for each text, what stands in marks, and the flags of each quotation."""
    tokens = encoded(*texts)
    found = quotations(tokens)
    fields = tokens.fields_at(found.first)
    starts, ends = code_points(tokens, fields, found.first, found.last)
    spans: list[list[str]] = [[] for _ in texts]
    flags: list[list[int]] = [[] for _ in texts]
    for field, start, end, flag in zip(fields // 3, starts, ends, found.flags, strict=True):
        spans[field].append(texts[field][start:end])
        flags[field].append(int(flag))
    return spans, flags


def split(marked: str) -> tuple[str, list[str]]:
    """Return a text without its brackets, and what stood between them, from its first word to its last."""
    expected = [re.sub(r"^\W+|\W+$", "", span) for span in re.findall("⟦(.*?)⟧", marked, re.DOTALL)]
    return _BRACKETS.sub("", marked), expected


MARKED = {
    "curly": "She said “⟦it is over⟧” and left.",
    "straight": 'She said "⟦it is over⟧" and left.',
    "two apostrophes": "She said ''⟦it is over⟧'' and left.",
    "curly apostrophe pairs": "She said ‘‘⟦it is over⟧’’ and left.",
    "guillemets": "She said «⟦it is over⟧» and left.",
    "curly that straight closes": 'She said “⟦it is over⟧" and left.',
    "straight that curly closes": 'She said "⟦it is over⟧” and left.',
    "closing shape used to open": "She said ”⟦it is over⟧” and left.",
    "opening shape used to close": "She said “⟦it is over⟧“ and left.",
    "two in one gap": "“⟦It is over.⟧” “⟦It is not.⟧”",
    "two straight in one gap": '"⟦It is over.⟧" "⟦It is not.⟧"',
    "British": "She said ‘⟦it is over⟧’ and left.",
    "British, straight": "She said '⟦it is over⟧' and left.",
    "nested in double": "“⟦He told me ‘no’ and went⟧,” she said.",
    "nested in single": "‘⟦He told me “no” and went⟧,’ she said.",
    "nested, closing together": "“⟦He told me ‘no’⟧” was all.",
    "nested, single, closing together": "‘⟦He told me “no”⟧’ was all.",
    "nested, opening together": "“⟦‘No’ was his word⟧,” she said.",
    "apostrophes only": "The workers' rights and the '90s didn't matter, 'twas said.",
    "a measure": "He is 6'2\" tall and she is 5'9\" tall.",
    "bracketed": 'He ran ("⟦for life⟧") and won.',
    "after a dash": "It fell–“⟦at last⟧”–and broke.",
    "no space before": 'She said:"⟦It is over⟧".',
}


@pytest.mark.parametrize("name", MARKED)
def test_a_pair_of_marks_encloses(name):
    text, expected = split(MARKED[name])
    assert found_in(text)[0] == [expected]


def test_a_quotation_runs_over_paragraphs_that_open_it_again():
    spans, flags = found_in("He said: “One ends.\n\n“Two ends.\n\n“Three ends.” So it went.")
    assert spans == [["One ends", "Two ends", "Three ends"]]
    assert flags == [[RUNS_ON, RUNS_ON | CONTINUES, CONTINUES]]


def test_british_marks_run_over_paragraphs_too():
    spans, flags = found_in("He said: ‘The workers’ day ends.\n\n‘Two ends.’ So it went.")
    assert spans == [["The workers’ day ends", "Two ends"]]
    assert flags == [[RUNS_ON, CONTINUES]]


def test_an_unclosed_mark_is_bounded_by_its_paragraph_and_flagged():
    spans, flags = found_in("He said: “One never ends.\n\nThe narrator goes on.\n\nShe said “two” and left.")
    assert spans == [["One never ends", "two"]]
    assert flags == [[UNCLOSED, 0]]


def test_an_unclosed_mark_ends_where_another_opens():
    spans, flags = found_in("He said: “One never ends. She said “two” and left.")
    assert spans == [["One never ends. She said", "two"]]
    assert flags == [[UNCLOSED, 0]]


def test_a_mark_that_could_be_a_possessive_is_flagged_where_nothing_decides():
    # Both marks could close and both could be possessives: by the words alone nobody can tell.
    assert found_in("He spoke of 'the ministers' plans workers' groups oppose")[1] == [[UNDECIDED]]


# British examples from parts: what is said × what surrounds it. Every possessive plural and every elision stands inside or
# outside of the marks in turn, and each part is closed in five ways.
SAID = [
    "the workers' rights must come first", "we won't back the banks' plan", "it's the voters' choice", "nobody's safe in the '90s houses",
    "our players' union isn't for sale", "he's a friend of the miners' families", "the Joneses' dog ate it", "don't touch the girls' school",
    "I'd call it the bosses' day", "the sisters' story wasn't told", "rock 'n' roll isn't dead", "this is the ministers' mess",
    "goin' home is the lads' wish", "the Lyin' Ted line was the rivals' idea", "Mr Rees' and Mrs Harris's plans differ",
    "a sad day", "too little, too late", "no comment", "we've nothing to hide",
]  # fmt: skip
AROUND = [
    "'⟦{},⟧' said Ann Marsh.", "Ann Marsh said: '⟦{}.⟧'", "Ann Marsh said that '⟦{}⟧' and left.", "'⟦{}⟧' – that is the nurses' view.",
    "The nurses' leader called it '⟦{}⟧'.", "Is it '⟦{}⟧'? The nurses' leader thinks so.", "'⟦{}!⟧' the teachers' leader cried.",
]  # fmt: skip
OTHERS = [
    "The workers' rights were the ministers' concern.", "In the '80s the players' wives didn't sing.", "The Joneses' and the Smiths' houses burned.",
    "It's the girls' team, not the boys'.", "He sang 'bout the miners' strike.", "The lads' mags' sales fell.",
    "'Tis the season of the nurses' strike.",
]  # fmt: skip


def british_examples() -> list[tuple[str, list[str]]]:
    straight = [around.format(said) for around, said in itertools.product(AROUND, SAID)] + OTHERS
    curled = [_curled(text) for text in straight]
    misused = [text.replace("'", "’") for text in OTHERS]
    two = [f"{AROUND[1].format(said)} {AROUND[0].format(other)}" for said, other in itertools.pairwise(SAID)]
    return [split(text) for text in [*straight, *curled, *misused, *two, *map(_curled, two)]]


def _curled(text: str) -> str:
    """Curl the marks: what brackets adjoin opens and closes, everything else is an apostrophe."""
    return text.replace("'⟦", "‘⟦").replace("'", "’")


def test_at_least_99_of_100_british_examples_are_right():
    examples = british_examples()
    assert len({text for text, _ in examples}) >= 300
    spans, _ = found_in(*(text for text, _ in examples))
    wrong = [(text, got) for (text, expected), got in zip(examples, spans, strict=True) if got != expected]
    assert len(wrong) <= len(examples) / 100, wrong[:10]


@pytest.mark.parametrize(
    "text",
    ["\"'“‘«" * 2000, "' " * 5000, 'a " ' * 5001, "’" * 3001, "“" * 999 + "word", "قال “نعم” ثم ‘لا’ وذهب «الآن» " * 200, "WORD ' WORDS' " * 999],
)  # fmt: skip
def test_odd_marks_never_fail(text):
    tokens = encoded(text, "plain")
    found = quotations(tokens)
    assert (found.first <= found.last).all()
    assert (found.first[1:] > found.last[:-1]).all()
    assert len(found.inside) == len(tokens)


def test_every_token_inside_knows_its_quotation():
    tokens = encoded("One “two three” four ‘five’.")
    assert np.array_equal(quotations(tokens).inside, [-1, 0, 0, -1, 1])


def edges_of(text: str) -> dict[str, list[str]]:
    """Return the words at which quotations open (the first), close (the last), and behind which an apostrophe stands."""
    tokens = encoded(text)
    edges = quotations(tokens).edges
    words = [tokens.types[i] for i in tokens.type_ids]
    kinds = {
        "opens": (OPENS, 0),
        "closes": (CLOSES, 1),
        "inner opens": (INNER_OPENS, 0),
        "inner closes": (INNER_CLOSES, 1),
    }
    found = {
        name: [words[i - back] for i in np.flatnonzero(edges & bit)]
        for name, (bit, back) in (kinds | {"apostrophe": (APOSTROPHE, 1)}).items()
    }
    return {name: listed for name, listed in found.items() if listed}


# By hand: which words stand next to the edges.
NO_WAY = {"opens": ["He"], "closes": ["went"], "inner opens": ["no"], "inner closes": ["way"]}
EDGES = [
    ("“He told me ‘no way’ and went,” she said.", NO_WAY),
    ('"He told me \'no way\' and went," she said.', NO_WAY),
    ("‘He told me “no” and “yes”,’ she said.", {"opens": ["He"], "closes": ["yes"], "inner opens": ["no", "yes"], "inner closes": ["no", "yes"]}),
    ("“He told me ‘no’” was all.", {"opens": ["He"], "closes": ["no"], "inner opens": ["no"], "inner closes": ["no"]}),
    ("“‘No’ was his word,” she said.", {"opens": ["No"], "closes": ["word"], "inner opens": ["No"], "inner closes": ["No"]}),
    ("The workers' rights, the players’ union.", {"apostrophe": ["workers", "players"]}),
    ("“The workers’ rights matter,” he said.", {"opens": ["The"], "closes": ["matter"], "apostrophe": ["workers"]}),
    ("‘The workers’ rights matter,’ he said.", {"opens": ["The"], "closes": ["matter"], "apostrophe": ["workers"]}),
    ("The workers’ “right” is goin’ home.", {"opens": ["right"], "closes": ["right"], "apostrophe": ["workers", "goin"]}),
    ("“One ends.\n\n“Two stops.” So it went.", {"opens": ["One", "Two"], "closes": ["ends", "stops"]}),
    ("He said “never again and left.", {"opens": ["never"], "closes": ["left"]}),
    ("He said never again” and left.", {}),
    ("‘Twas the ’90s, ’til it ended.", {}),
    ("She is 5'9\" tall.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EDGES)
def test_each_mark_is_an_edge_an_inner_edge_or_an_apostrophe(text, expected):
    assert edges_of(text) == expected


def clauses_of(tokens: fa.Tokens) -> list[int]:
    """Return the clause of each token, counted within its sentence, where nobody is a target."""
    none, nowhere = np.empty(0, np.int64), np.full(len(tokens), -1, np.int32)
    nobody = Named(none, none, none.astype(np.int32), none.astype(np.int8), nowhere, none.astype(np.int32))
    text = text_of(tokens, clause_flags(tokens))
    numbers: list[int] = []
    for first, end in itertools.pairwise(tokens.sentence_edges.tolist()):
        clauses = Clauses(np.empty(end - first, np.int32), *(np.empty(end - first, np.int64) for _ in range(3)))
        read_clauses(text, nobody, Sentence(first, end, first, first, False), clauses)
        numbers += clauses.of.tolist()
    return numbers


def without_apostrophes(text: str) -> str:
    """Return a text without the marks that stand in gaps where no quotation begins or ends."""
    tokens = encoded(text)
    every = np.arange(len(tokens))
    starts, ends = code_points(tokens, np.full(len(tokens), 2), every, every)
    edges = quotations(tokens).edges
    begins = [0, *ends.tolist()]
    gaps = [text[begin:start] for begin, start in zip(begins, [*starts.tolist(), len(text)], strict=True)]
    kept = [gap if edge & EDGE else re.sub("['’‘\"”“]", "", gap) for gap, edge in zip(gaps, edges, strict=True)]
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return "".join(itertools.chain(*itertools.zip_longest(kept, words, fillvalue="")))


# Each sentence negates, and has commas or dashes beside marks that open and close nothing.
NO_EDGES = [
    "He did not like the workers’, the players’ or the nurses’ plans.",
    "He didn't see the nurses' – or the miners' – point, and left.",
    "They were not goin’ home to the Joneses’ house.",
    "“It is not the workers’ – or the miners’ – fault,” he said.",
    "He could not say “the ministers' plan, the workers' plan” at all.",
    "He would not sing 'bout the miners' strike, the lads' mags' sales or rock 'n' roll.",
    "She is not 5'9\" tall, 'twas said, and the '90s didn't matter.",
    "He did not say never again” and left.",
    "‘It is not the “best’ plan,” he said.",
]


@pytest.mark.parametrize("text", [*NO_EDGES, *OTHERS, *(f"He did not say it. {_curled(text)}" for text in OTHERS)])
def test_a_mark_that_is_no_edge_changes_neither_negation_nor_clauses(text):
    plain = without_apostrophes(text)
    assert plain != text
    tokens, bare = encoded(text), encoded(plain)
    for name in ("scope", "turned", "hedged"):
        assert np.array_equal(getattr(find_negation(tokens), name), getattr(find_negation(bare), name)), name
    assert clauses_of(tokens) == clauses_of(bare)


@pytest.mark.slow
@pytest.mark.parametrize("around", [around.replace("{}", "it is not {}") for around in AROUND])
def test_british_marks_bound_negation_and_clauses_as_double_marks_do(around):
    marked = [around.format(said) for said in SAID]
    singles, expected = zip(*map(split, marked), strict=True)
    is_found = [found == one for found, one in zip(found_in(*singles)[0], expected, strict=True)]
    assert sum(is_found) >= len(SAID) - 1
    tokens = encoded(*itertools.compress(singles, is_found))
    doubles = [text.replace("'⟦", "“").replace("⟧'", "”") for text in itertools.compress(marked, is_found)]
    double = encoded(*doubles)
    assert np.array_equal(find_negation(tokens).spans, find_negation(double).spans)
    assert clauses_of(tokens) == clauses_of(double)


NESTED = [
    "“I am not ‘weak’ or ‘tired’ now,” she said, and he did not answer ‘no’.",
    "She said that “he told me ‘it is not over’ and left” and went.",
    "‘He said “I will not go” and went’ was not her answer.",
    "“They did not hear ‘never’” and went.",
    "‘“Not now” is no answer’ was what nobody said.",
    "“One is not here.\n\n“Two is not ‘there’ at all.” He did not go.",
]


@pytest.mark.parametrize("text", [*NESTED, *NO_EDGES, *(text for text, _ in EDGES)])
def test_no_scope_leaves_the_quotation_of_its_cue(text):
    tokens = encoded(text)
    edges = quotations(tokens).edges
    n_opened = (edges & OPENS > 0) + 1 * (edges & INNER_OPENS > 0)
    n_closed = (edges & CLOSES > 0) + 1 * (edges & INNER_CLOSES > 0)
    spans = find_negation(tokens).spans
    for cue, _, first, last, _ in spans[spans[:, 2] >= 0].tolist():
        assert not (edges[first + 1 : cue + 1] & EDGE).any()
        opened, closed = n_opened[cue + 1 : last + 1], n_closed[cue + 1 : last + 1]
        # What closes in a gap must have opened in an earlier one.
        assert (np.cumsum(opened) - opened >= np.cumsum(closed)).all()


def test_a_scope_ends_where_two_quotations_close_at_once():
    # Both marks behind "it" close, so "and went" is the narrator's.
    tokens = encoded("“They did not hear ‘it’” and went.")
    assert [tokens.types[tokens.type_ids[i]] for i in np.flatnonzero(find_negation(tokens).turned)] == ["hear", "it"]
