"""What is cited is what the tables rest on, and the BibTeX is whole."""

import re
from pathlib import Path

import pandas as pd
import pytest
from coded_units import relevance

import analysis as fa
from analysis.core.origin import with_origin
from analysis.reports.citing import _OF_COLUMNS, _OF_FACTS, _OF_MEASURES, references
from analysis.reports.methods import search_sentence

ROOT = Path(__file__).resolve().parents[2]
LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak"]}, name="my list")


def cited(*tables):
    return re.findall(r"^@\w+\{([\w-]+),", fa.cite(*tables), re.MULTILINE)[1:]


def table(columns=(), **attrs):
    made = pd.DataFrame(columns=list(columns))
    made.attrs = attrs
    return made


def test_every_reference_is_whole_and_has_its_use():
    known = references()
    text = (ROOT / "analysis" / "reports" / "references.bib").read_text(encoding="utf-8")
    assert len(known) == text.count("\n@")
    for entry in known.values():
        assert entry.count("{") == entry.count("}")
        assert {"author", "title", "year"} <= set(re.findall(r"(\w+) = \{", entry))
    used = {key for rule in _OF_FACTS for key in rule.keys} | set(_OF_MEASURES.values()) | {"clopper1934"}
    assert used | {key for keys in _OF_COLUMNS.values() for key in keys} == set(known)


def test_every_reference_stands_in_the_documentation():
    said = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    for key in references():
        assert re.search(rf"{key[:-4]}\b.*{key[-4:]}", said, re.IGNORECASE), key


@pytest.mark.parametrize(
    ("columns", "attrs", "keys"),
    [
        (["share_of_articles"], {"interval": "95% t on log or logit scale, jackknife over articles"}, ["clopper1934", "korn1998"]),
        ([], {"interval": "95% BCa, 2000 resamples of clusters of articles by event_id, seed 1"}, ["efron1987", "field2007"]),
        (["p_corrected", "dp_focus"], {"measure": "log_ratio"}, ["benjamini1995", "gries2008", "hardie2014", "juilland1964"]),
        (["p_corrected"], {"measure": "chi_squared", "correction": "bonferroni"}, []),
        ([], {"interval": "95% Wilson"}, ["wilson1927"]),
        ([], {}, []),
    ],
)  # fmt: skip
def test_a_table_names_what_it_rests_on(columns, attrs, keys):
    assert cited(table(columns, **attrs)) == keys


def test_two_tables_cite_what_they_share_once():
    wilson = table(interval="95% Wilson")
    assert cited(wilson, table(["p_corrected"], interval="95% Wilson")) == ["benjamini1995", "wilson1927"]


def test_a_lexicon_is_cited_with_version_hash_and_sources():
    frames = fa.read_lexicon(ROOT / "data" / "lexicons" / "frames.yml")
    text = fa.cite(lexicon=frames)
    assert "@misc{lexicon-frames,\n" in text and f"Version {frames.version}, hash {frames.hash}. Sources: " in text
    # LaTeX would end the field's line at a bare &.
    assert r"Semetko, H. A. \& Valkenburg, P. M. (2000)" in text
    assert "@misc{lexicon-my-list,\n  title = {my list}," in fa.cite(lexicon=LEXICON)


def test_the_methods_paragraph_counts_now_and_names_the_interval():
    corpus = fa.read(pd.DataFrame({"outlet": list("AB"), "body": ["Hurd is weak.", "Hurd stays on."]}))
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, LEXICON)
    rates = fa.rates(hits, tokens)
    said = fa.methods(corpus, tokens, hits, LEXICON, rates)
    assert "The corpus holds 2 articles of 2 outlets, with 6 words" in said
    assert "It gave 1 hit." in said and LEXICON.hash in said
    assert f"intervals are {rates.attrs['interval']}." in said


def test_the_methods_paragraph_says_how_good_the_search_was():
    corpus = fa.read(
        pd.DataFrame({"article_id": [f"a{n}" for n in range(8)], "body": "Hurd is weak."}), duplicates="keep"
    )
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, LEXICON)
    rates = fa.rates(hits, tokens)
    codings = relevance(tokens)
    codings.attrs = {"search_string": "hurd"}
    search = fa.validate.search_precision(codings, tokens)
    said = fa.methods(corpus, tokens, hits, LEXICON, rates, search=search)
    # By hand: a0, a3 and a6 are not relevant; they weigh 2 + 4 + 2 of four times 2 and four times 4.
    assert said.startswith(
        "The articles were found with the search 'hurd'. Of the articles, a share of 0.67 (95% interval "
    )
    assert " belongs to the subject, by 8 articles that people judged. The corpus holds 8 articles" in said
    with pytest.raises(fa.SchemaError, match="search has 2 rows; give that of all articles"):
        fa.methods(corpus, tokens, hits, LEXICON, rates, search=with_origin(pd.concat([search, search]), search))
    other = fa.tokenize(pd.DataFrame({"article_id": [f"a{n}" for n in range(8)], "body": "Hurd is not weak."}))
    with pytest.raises(fa.SchemaError, match="the search is of another corpus"):
        fa.methods(corpus, tokens, hits, LEXICON, rates, search=fa.validate.search_precision(codings, other))


def test_a_table_of_other_hits_or_without_an_interval_is_refused():
    corpus = fa.read(pd.DataFrame({"body": ["Hurd is weak."]}))
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, LEXICON)
    other = fa.rates(fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"x": ["hurd"]})), tokens)
    with pytest.raises(
        fa.SchemaError, match=r"^methods: the table is of another lexicon \(\w+\) than the hits \(\w+\); give the hits"
    ):
        fa.methods(corpus, tokens, hits, LEXICON, other)
    with pytest.raises(fa.SchemaError, match=r"^the table does not say its 'interval'"):
        fa.methods(corpus, tokens, hits, LEXICON, hits)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"search_string": "mayor OR council", "search_database": "an archive", "search_retrieved": "2026-11-02"},
            "The articles were found in an archive on 2026-11-02 with the search 'mayor OR council'.",
        ),
        ({"search_string": "mayor"}, "The articles were found with the search 'mayor'."),
        ({"search_database": "an archive"}, "The articles were retrieved in an archive."),
        (
            {"search_retrieved": "2026-11-02"},
            "The articles were retrieved from a source that is not named on 2026-11-02.",
        ),
        ({"lexicon": "frames"}, ""),
    ],
)
def test_the_search_that_made_the_corpus_is_named_as_far_as_it_is_known(facts, expected):
    assert search_sentence(facts) == expected
