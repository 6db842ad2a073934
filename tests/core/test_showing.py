"""What values say of themselves, in a line and in a notebook."""

import pandas as pd

import analysis as fa
from analysis.core.showing import shown_html


def test_every_text_is_escaped():
    html = shown_html("<b>", {"<i>": "<script>"}, ["a & b", "</ul><img src=x onerror=alert(1)>"])
    assert html.count("<script") == html.count("<img") == html.count("<b>") == html.count("<i>") == 0
    assert "&lt;script&gt;" in html and "a &amp; b" in html


def test_a_lexicon_is_a_few_lines():
    shown = repr(fa.read_lexicon("data/lexicons/frames.yml"))
    assert len(shown) < 1500
    assert shown.startswith("Lexicon frames ")
    assert "- weakness: " in shown


def test_a_lexicon_counts_what_it_does_not_show():
    lexicon = fa.extend.lexicon_from_mapping({f"c{n}": ["a" * 99, "b", "c", "d"] for n in range(20)})
    shown = repr(lexicon)
    assert "- c0: 4 entries: " + "a" * 40 + "…, b, c, …" in shown
    assert "8 more categories" in shown and "80 entries in 20 categories" in shown
    assert "c12" not in shown


def test_entries_that_were_left_out_are_told_of(tmp_path):
    path = tmp_path / "scores.dic"
    path.write_text("%\n1\tweakness\n%\nweak\t1\nfail**\t1\n", encoding="utf-8")
    lexicon = fa.read_lexicon(path)
    assert lexicon.n_left_out == 1  # two wildcards in a row
    assert "left out of the file: 1; .skipped says why" in repr(lexicon)


def test_a_corpus_and_tokens_name_what_they_hold():
    table = pd.DataFrame(
        {
            "outlet": ["A<b>", "A<b>", "C"],
            "date": ["2025-03-01", "2025-01-02", None],
            "body": ["Weak.", "Firm now.", ""],
        }
    )
    corpus = fa.read(table)
    html = corpus._repr_html_()
    # By hand: the third article has no text, so two are kept, both of one outlet.
    for part in (">2<", "1: .rejected says why", "1: A&lt;b&gt; (2)", "2025-01-02 to 2025-03-01"):
        assert part in html
    assert "3 (3 distinct)" in fa.tokenize(corpus)._repr_html_()


def test_a_corpus_without_days_and_outlets_says_so():
    html = fa.read(pd.DataFrame({"body": ["Weak."]}))._repr_html_()
    assert '<td style="text-align:left">none</td>' in html and "no article has an outlet" in html
