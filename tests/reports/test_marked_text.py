"""The marked article: hits in their place, nothing of the text active."""

import analysis as fa
from analysis.reports.marked_text import marked_html


def test_hits_are_marked_and_markup_in_the_article_is_shown_as_typed(encode):
    tokens = encode(headline=["<b>weak</b>"], body=["<script>alert(1)</script> & a weak “deal”.\n\nNot weak."])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"<i>": ["weak"]}))
    html = marked_html(tokens, hits, "a1")
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; a " in html
    # By hand: three hits, the last one under "not".
    assert html.count(">weak</span>") == 3
    assert html.count("[&lt;i&gt;; negated]") == 1


def test_overlapping_hits_of_two_categories_are_both_named(encode):
    tokens = encode("They back down now.")
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"one": ["back down"], "two": ["down"]}))
    html = marked_html(tokens, hits, "a1")
    assert html.count("back down</span>") == 1
    assert "[one]" in html
    assert "[two]" in html
