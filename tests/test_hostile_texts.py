"""What an article, a lexicon or a table says is shown as typed and cannot act: in charts, marked articles, trials and tables."""

import dataclasses
import re

import lxml.html
import pandas as pd
import pytest
from chart_cases import CASES, svg_of, unchanged_svg
from hostile_texts import OWN, SUITES, active_content, of_suite
from lxml import etree

import analysis as fa
from analysis.charts import length_dots
from analysis.charts.labels import label
from analysis.charts.panels import row_label
from analysis.core.naming import readable
from analysis.extending.trial_html import trial_html
from analysis.extending.trials import try_entry
from analysis.reports.marked_text import marked_html

# Letters that no font has are another test's matter.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Glyph", "ignore::analysis.charts.labels.GlyphWarning"),
    pytest.mark.slow,  # draws every chart with every hostile text
]
OF_SVG = {
    "svg", "metadata", "RDF", "Work", "type", "date", "format", "creator", "Agent", "title", "defs", "style", "g", "path", "text",
    "tspan", "use", "rect", "clipPath", "image",
}  # fmt: skip
OF_TABLES = {
    "html",
    "strong",
    "ul",
    "li",
    "body",
    "div",
    "p",
    "h3",
    "em",
    "span",
    "br",
    "b",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
N_LABELS = 150  # in one chart
CLOSED = ("voice", "status", "zone")  # columns whose values are this project's own words, never an article's


@pytest.fixture(scope="module", params=["own", *SUITES])
def texts(request, shared_data):
    return list(OWN) if request.param == "own" else of_suite(shared_data, request.param)


def drawn(svg: str) -> list[str]:
    """Return the texts of an SVG, which must be XML without anything that acts."""
    tree = etree.fromstring(svg.encode())
    assert list(active_content(tree, OF_SVG)) == []
    return ["".join(text.itertext()) for text in tree.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("case", [case for case in CASES if any(case.labels())], ids=lambda case: case.name)
def test_labels_of_every_chart_are_drawn_as_typed(case):
    as_it_is = " ".join(drawn(unchanged_svg(case.name)))
    closed = {case.options.get("time"), *CLOSED}
    texts = [case.tables[table][column] for table, column in case.labels() if column not in closed]
    names = [
        name
        for name in dict.fromkeys(pd.concat(texts))
        if re.search(rf"(?<![\w–]){re.escape(label(name))}(?![\w–])", as_it_is)
    ]
    hostile = {name: f"{OWN[place % len(OWN)]} {place}" for place, name in enumerate(names)}
    tables = {name: table.replace(hostile) for name, table in case.tables.items()}
    shown = " ".join(drawn(svg_of(case.draw(**tables))))
    # Beside a dot there is room for 28 letters of a term; a group has 40 in the title of its panel.
    rooms = (28, 40) if case.name in ("keyness_dots", "term_dots") else (40,)
    assert [text for text in hostile.values() if not any(label(text, longest=n) in shown for n in rooms)] == []


def test_words_about_a_table_are_drawn_as_typed():
    for case in CASES:
        tables = {name: table.copy() for name, table in case.tables.items()}
        for table in tables.values():
            table.attrs = {
                name: f"{value}, {OWN[0]}" if isinstance(value, str) else value for name, value in table.attrs.items()
            }
        drawn(svg_of(case.draw(**tables)))


def test_every_text_of_a_suite_is_drawn_as_typed(texts):
    for begin in range(0, len(texts), N_LABELS):
        some = texts[begin : begin + N_LABELS]
        table = pd.DataFrame(
            {"outlet": some, "n_articles": 3, "words_median": 2.0, "words_low": 1.0, "words_high": 3.0}
        )
        expected = {line for text in some for line in row_label(f"{label(text)} (n = 3)").split("\n")}
        assert expected <= set(drawn(svg_of(length_dots(table))))


@pytest.fixture(scope="module")
def corpus(texts):
    table = pd.DataFrame(
        {
            "outlet": texts,
            "headline": [f"{text} weak" for text in texts],
            "standfirst": texts,
            "body": [f"“A weak deal {text}”, said {text}. Weak {text} Vale is weak." for text in texts],
        }
    )
    return fa.read(table, boilerplate="keep")


@pytest.fixture(scope="module")
def hits(corpus, texts):
    lexicon = fa.extend.lexicon_from_mapping({text: ["weak"] for text in texts[:20]})
    targets = fa.extend.lexicon_from_mapping({texts[0]: ["Vale"]})
    return fa.find_hits(fa.tokenize(corpus), lexicon, targets=targets)


def words_of(html: str) -> str:
    """Return what a page shows of HTML in which nothing acts."""
    tree = lxml.html.document_fromstring(html)
    assert list(active_content(tree, OF_TABLES)) == []
    return seen(tree.text_content())


def seen(text: str) -> str:
    """Return a text without spaces and without characters that nobody sees; HTML has no place for some of them."""
    return "".join(character for character in text if character.isprintable() and character not in " \ufffd")


def test_a_marked_article_shows_its_text(texts):
    texts = [text for text in texts if "\x00" not in text]  # an article with one is rejected
    table = pd.DataFrame({"headline": [texts[0]], "standfirst": [texts[-1]], "body": ["\n\n".join(texts)]})
    tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
    # A category without a hit marks nothing, so that the article is all that is shown.
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"none": ["xyzzy"]}))
    shown = words_of(marked_html(tokens, hits, str(tokens.articles["article_id"].iat[0])))
    assert shown.endswith("".join(seen(tokens.text_of(0, field)) for field in ("headline", "standfirst", "body")))


def test_a_marked_article_shows_categories_and_targets(corpus, hits, texts):
    name = str(corpus.articles["article_id"].iat[-1])
    shown = words_of(marked_html(fa.tokenize(corpus), hits, name))
    assert all(f"[{seen(readable(text))}" in shown for text in texts[:20])
    assert f";{seen(readable(texts[0]))}" in shown


def test_trials_show_the_texts_beside_their_hits(corpus, texts):
    lexicon = fa.extend.lexicon_from_mapping({texts[0]: ["strong"]})
    trial = try_entry(fa.tokenize(corpus), "weak*", lexicon=lexicon, category=texts[0])
    shown = words_of(trial_html(trial))
    assert f"newto{seen(texts[0])}(" in shown
    assert all(seen(outlet) in shown for outlet in trial.lines["outlet"].astype("str").fillna("(none)"))


def test_tables_in_a_notebook_show_the_texts(corpus, hits):
    description = fa.describe(corpus)
    tables = [getattr(description, field.name) for field in dataclasses.fields(description)]
    for table in [corpus.articles, hits, *tables]:
        if isinstance(table, pd.DataFrame):
            assert table._repr_html_() is not None
            words_of(table._repr_html_().replace("<style scoped>", "<style>").partition("</style>")[2])


def test_what_has_no_html_of_its_own_is_shown_as_plain_text(corpus):
    assert not hasattr(fa.describe(corpus), "_repr_html_")


def test_a_corpus_tokens_and_a_lexicon_show_their_names_in_a_notebook(corpus, texts):
    lexicon = fa.extend.lexicon_from_mapping({text: ["strong"] for text in texts[:5]})
    for value in (corpus, fa.tokenize(corpus), lexicon):
        shown = words_of(value._repr_html_())
    assert all(seen(text[:40]) in shown for text in texts[:5])
