"""Captions and alt texts say what a chart shows, and come out of LaTeX and Markdown as they went in."""

import re

import pandas as pd
import pytest
from markdown_it import MarkdownIt

import analysis as fa
from analysis import charts
from analysis.charts.captions import Caption, caption_of, first_sentence

HARD = r"50% of $5 & #1_a {b} ~c^d \e [f](g) *h* `i` <b>j</b> !k | l"


@pytest.fixture(scope="module")
def rated(encode_once):
    tokens = encode_once
    hits = fa.find_hits(
        tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"], "strength": ["strong"]}, name="mine")
    )
    table = fa.rates(
        hits, tokens, by=["outlet", "category"], resampling=fa.Resampling(method="percentile", n_draws=100, seed=3)
    )
    return charts.rate_dots(table, row="outlet", panel="category"), table


@pytest.fixture(scope="module")
def encode_once():
    articles = {
        "article_id": list("abcd"),
        "outlet": ["A", "A", "B", "B"],
        "body": ["weak a", "weak b", "c d", "strong"],
    }
    return fa.tokenize(fa.read(pd.DataFrame(articles), boilerplate="keep"))


def test_a_caption_names_interval_lexicon_and_corpus(rated, encode_once):
    figure, table = rated
    found = caption_of(figure, table, "by-outlet", text="Weakness and strength by outlet")
    lexicon = f"Lexicon: mine {table.attrs['lexicon_version']} ({table.attrs['lexicon_hash']}). Validation: not validated against human coders."
    assert found.text == (
        "Weakness and strength by outlet. Outlets: A and B. Categories: strength and weakness. "
        "Intervals: 95% percentile, 100 resamples of articles, seed 3. "
        f"{lexicon} Corpus: 4 articles, no article has a date ({encode_once.corpus_hash})."
    )


def test_without_a_phrase_the_measure_and_the_groups_stand_for_it():
    figure, table = charts.length_dots(by_outlet := lengths()), by_outlet
    assert caption_of(figure, table, "x").text == "Words an article by outlet. Outlets: A and B. Articles: 5."


def test_an_alt_text_says_panels_axes_and_the_ends_of_the_values(rated):
    # By hand: A has 2 hits of weakness in 4 words, 500 per 1,000; B has 1 hit of strength in 3 words, and no weakness.
    assert caption_of(*rated, "x").alt == (
        "A chart of 2 panels: strength, weakness. Hits per 1,000 words; n = articles; bars: 95% interval (percentile, 100 resamples of articles). "
        "In its table of 4 values, rate per 1,000 runs from 0 (A, strength) to 500 (A, weakness)."
    )


def test_one_panel_is_described_by_its_own_axis():
    by_outlet = lengths()
    alt = caption_of(charts.length_dots(by_outlet), by_outlet, "x").alt
    assert alt.startswith("A chart. Words an article: median, bars hold the middle nine tenths; n = articles.")
    assert alt.endswith("In its table of 2 values, words median runs from 80 (B) to 120 (A).")


def test_markdown_comes_out_as_it_went_in():
    html = MarkdownIt().render(Caption("x", HARD, HARD).markdown())
    shown = HARD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f'<img src="x.svg" alt="{shown}"' in html
    assert f"<p>{shown}</p>" in html


def test_latex_escapes_what_it_would_run():
    latex = Caption("x", HARD, "a\nb").latex()
    # Each special character as the LaTeX Companion (3rd ed., 2023) writes it.
    expected = (
        r"50\% of \$5 \& \#1\_a \{b\} \textasciitilde{}c\textasciicircum{}d \textbackslash{}e [f](g) *h* `i` "
        r"\textless{}b\textgreater{}j\textless{}/b\textgreater{} !k \textbar{} l"
    )
    assert f"\\caption{{{expected}}}" in latex
    assert "alt={a b}" in latex
    assert not re.search(r"(?<!\\)[%&#$]", latex)


def lengths():
    return pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "n_articles": [3, 2],
            "words_median": [120.0, 80.0],
            "words_low": [90, 70],
            "words_high": [150, 95],
        }
    )


@pytest.mark.parametrize(
    ("caption", "first"),
    [
        ("Words by outlet. Intervals: 95% percentile. Lexicon: mine 1.0 (abc).", "Words by outlet."),
        ("Do outlets differ? Lexicon: mine.", "Do outlets differ?"),
        ("Words per 1,000. Read the note.", "Words per 1,000. Read the note."),
    ],
)
def test_the_first_part_of_a_caption_says_what_is_shown(caption, first):
    assert first_sentence(caption) == first
