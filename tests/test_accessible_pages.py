"""What axe-core found in the pages once (tools/axe.py asks it again, in Chromium): read here from the HTML and the style sheet."""

import re
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest

import analysis as fa
from analysis.core.shipped import shipped
from analysis.extending.trial_html import message_html, trial_html
from analysis.extending.trials import try_entry
from analysis.reports.marked_text import marked_html
from analysis.reports.writing import report

SHEET = (Path(fa.__file__).parent / "reports" / "templates" / "report.css").read_text(encoding="utf-8")
LIGHT, DARK, PRINT = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
)
PALETTES = {"light": LIGHT, "dark": LIGHT | DARK, "print": LIGHT | PRINT}
# What stands on what in the report.
PAIRS = [(letters, ground) for letters in ("ink", "soft", "accent") for ground in ("ground", "card", "stripe")]
PAIRS += [("mark-ink", "mark"), ("accent", "accent-soft")]
ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
PAGES = ("report", "article")
CELLS = ("trial", "marked", "message", "corpus", "tokens", "lexicon")  # what a notebook shows


@pytest.fixture(scope="module")
def html(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    corpus = fa.read(ARTICLES)
    frames = fa.read_lexicon(shipped("frames.yml"))
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, frames)
    one = fa.read(corpus.articles.head(1), boilerplate="keep")
    return {
        "report": report(corpus, frames, folder / "report.html").read_text(encoding="utf-8"),
        "article": report(one, frames, folder / "article.html").read_text(encoding="utf-8"),
        "trial": trial_html(try_entry(tokens, "weak*", lexicon=frames, category="weakness")),
        "marked": marked_html(tokens, hits, str(hits["article_id"].iloc[0])),
        "message": message_html("Saved.", "#009e73"),
        "corpus": corpus._repr_html_(),
        "tokens": tokens._repr_html_(),
        "lexicon": frames._repr_html_(),
    }


def luminance(colour: str) -> float:
    """Return the relative luminance that WCAG 2.2 defines."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_is_that_of_known_pairs():
    # WCAG 2.2: white on black is 21; #767676 is the palest grey that passes on white (4.54).
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("letters", "ground"), PAIRS)
def test_letters_can_be_read_on_their_ground(name, letters, ground):
    assert contrast(PALETTES[name][letters], PALETTES[name][ground]) >= 4.5  # success criterion 1.4.3


@pytest.mark.parametrize("name", CELLS)
def test_letters_in_a_notebook_have_its_own_colour(html, name):
    # Its theme may be light or dark: a colour of ours would be hard to read in one of them.
    styles = lxml.html.document_fromstring(html[name]).xpath("//@style")
    assert styles or name == "message"
    declared = [part.split(":")[0].strip() for style in styles for part in style.split(";")]
    assert not {"color", "background", "background-color"} & set(declared)


@pytest.mark.parametrize("name", ["report", "article", "trial", "corpus", "lexicon"])
def test_every_table_names_its_rows_and_columns(html, name):
    tables = lxml.html.document_fromstring(html[name]).xpath("//table")
    assert tables
    heads = [head for table in tables for head in table.iter("th")]
    assert all(head.get("scope") in ("row", "col") and head.text_content().strip() for head in heads)
    lines = [table for table in tables if not list(table.iter("th"))]
    # A concordance is text in columns; it has no names of columns.
    assert len(lines) == (1 if name == "trial" else 0)


@pytest.mark.parametrize("name", PAGES)
def test_headings_leave_out_no_level(html, name):
    levels = [int(head.tag[1]) for head in lxml.html.document_fromstring(html[name]).xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", [*PAGES, "trial"])
def test_what_scrolls_by_itself_can_be_reached_and_has_a_name_of_its_own(html, name):
    tree = lxml.html.document_fromstring(html[name])
    regions = tree.xpath("//*[contains(@style, 'overflow-x')] | //*[@class='scroll' or @class='chart']")
    assert regions
    assert all(region.get("tabindex") == "0" for region in regions)
    names = [region.get("aria-label") for region in regions]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", PAGES)
def test_every_field_and_button_has_a_name(html, name):
    tree = lxml.html.document_fromstring(html[name])
    labelled = set(tree.xpath("//label/@for"))
    assert all(field.get("id") in labelled for field in tree.xpath("//input"))
    assert all(button.text_content().strip() or button.get("aria-label") for button in tree.xpath("//button"))
