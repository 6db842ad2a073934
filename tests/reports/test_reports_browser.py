"""The report in a real Chromium: open, sort, filter, read the sentences, by keyboard alone, and print."""

import re

import pandas as pd
import pytest
from chart_cases import svg_of
from chromium import PAYLOADS, launched, playwright, quiet_page
from hostile_texts import OWN, of_all_suites

import analysis as fa
from analysis import charts
from analysis.core.shipped import shipped
from analysis.extending.trial_html import trial_html
from analysis.extending.trials import try_entry
from analysis.reports.marked_text import marked_html
from analysis.reports.writing import report

# 130 hits of weakness in South, 3 in North; two of strength.
N_SOUTH = 130


@pytest.fixture(scope="module")
def browser():
    with launched() as opened:
        yield opened


@pytest.fixture
def page(browser):
    with quiet_page(browser) as tab:
        yield tab


@pytest.fixture(scope="module")
def corpus_report(tmp_path_factory):
    south = [f"The mayor is weak in town {number}. It rained." for number in range(N_SOUTH)]
    north = ["A weak and strong mayor. “Weak!” said Mira Holt. Ivo Vale is strong and weak."]
    table = pd.DataFrame(
        {
            "outlet": ["South"] * N_SOUTH + ["North"],
            "date": ["2025-01-02"] * N_SOUTH + ["2025-02-03"],
            "headline": [f"Town {number}" for number in range(N_SOUTH)] + ["North <b>town</b>"],
            "body": south + north,
            "url": ["https://south.example/x"] * N_SOUTH + ["javascript:alert(1)"],
        }
    )
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "strength": ["strong"]})
    targets = fa.extend.lexicon_from_mapping({"Ivo Vale": ["Vale"]})
    path = tmp_path_factory.mktemp("browser") / "report.html"
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("analysis.reports.evidence.HITS_PER_PART", 30)  # so that a number has hits of several parts
        return report(fa.read(table, boilerplate="keep"), lexicon, path, targets=targets)


def column(page, table: str, number: int) -> list[str]:
    return page.locator(f"#table-{table} tbody tr:not([hidden]) > :nth-child({number})").all_inner_texts()


def test_headers_sort_rows_and_say_so(page, corpus_report):
    page.goto(corpus_report.as_uri())
    header = page.locator("#table-outlet thead th", has_text="hits").first
    assert header.get_attribute("aria-sort") is None
    header.get_by_role("button").click()
    # By hand: South has 130 of weakness and none of strength, North 3 and 2.
    assert header.get_attribute("aria-sort") == "descending"
    assert column(page, "outlet", 3) == [str(N_SOUTH), "3", "2", "0"]
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    assert column(page, "outlet", 3) == ["0", "2", "3", str(N_SOUTH)]
    page.locator("#table-outlet thead button", has_text="outlet").click()
    assert column(page, "outlet", 1) == ["North", "North", "South", "South"]
    # An interval that is missing (North has one article) stands last in both directions.
    interval = page.locator("#table-outlet thead button", has_text="95% interval").first
    for _ in range(2):
        interval.click()
        assert column(page, "outlet", 5)[-2:] == ["–", "–"]


def test_a_filter_keeps_the_rows_with_the_words(page, corpus_report):
    page.goto(corpus_report.as_uri())
    page.get_by_label("Only rows with").first.fill("narrator weak")
    # By hand: four voices by two frames are eight rows.
    playwright.expect(page.locator("[data-rows='table-voice']")).to_have_text("1 of 8 rows")
    assert column(page, "voice", 1) == ["narrator"]


def test_a_number_opens_its_sentences(page, corpus_report):
    page.goto(corpus_report.as_uri())
    page.get_by_role("button", name="3 hits, North, weakness: show the sentences").click()
    dialog = page.get_by_role("dialog", name="North, weakness")
    # By hand, in the order of the text.
    # Waits, for the sentences are unpacked first.
    playwright.expect(dialog.locator("mark")).to_have_text(["weak", "Weak", "weak"])
    assert dialog.locator(".sentence").first.inner_text() == "A weak and strong mayor."
    about = dialog.locator(".about").all_inner_texts()
    assert all(text.startswith("North <b>town</b>") and "North" in text and "2025-02-03" in text for text in about)
    assert "voice: direct (Mira Holt, “said”)" in about[1]
    assert "target: Ivo Vale" in about[2]
    # Only the last sentence names its target, and it is marked there.
    assert dialog.locator("u.target").all_inner_texts() == ["Vale"]
    assert dialog.locator(".sentence").last.inner_text() == "Ivo Vale is strong and weak."
    assert dialog.locator("a").count() == 0  # its address was no web address


def test_many_sentences_come_in_parts_and_can_be_searched(page, corpus_report):
    page.goto(corpus_report.as_uri())
    page.get_by_role("button", name=f"{N_SOUTH} hits, South, weakness: show the sentences").click()
    status = page.locator("#evidence-status")
    playwright.expect(status).to_have_text(f"{N_SOUTH} hits, the first 50 shown")
    link = page.locator("#evidence-list a").first
    assert link.get_attribute("href") == "https://south.example/x"
    assert "noopener" in link.get_attribute("rel")
    page.get_by_role("button", name="Show more").click()
    page.get_by_role("button", name="Show more").click()
    playwright.expect(page.locator("#evidence-list > li")).to_have_count(N_SOUTH)
    playwright.expect(status).to_have_text(f"{N_SOUTH} hits")
    page.get_by_label("Only with").fill("town 12")
    # By hand: towns 12, 112 and 120 to 129.
    playwright.expect(status).to_have_text(f"12 of {N_SOUTH} hits")
    playwright.expect(page.locator("#evidence-list > li")).to_have_count(12)


def test_all_can_be_done_with_the_keyboard(page, corpus_report):
    page.goto(corpus_report.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(60):
        page.keyboard.press("Tab")
        opener = page.evaluate("document.activeElement.getAttribute('aria-label')")
        if opener == "133 hits, weakness: show the sentences":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "evidence-filter"
    page.keyboard.type("mira")
    playwright.expect(page.locator("#evidence-list > li")).to_have_count(1)
    # Focus stays in the dialog: the page behind it cannot be reached.
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.getElementById('evidence').contains(document.activeElement)"
        )
    page.keyboard.press("Escape")
    if page.locator("#evidence").is_visible():  # the first one empties a search field
        page.keyboard.press("Escape")
    assert not page.locator("#evidence").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == opener


def test_print_has_tables_and_figures_and_no_controls(page, corpus_report):
    page.goto(corpus_report.as_uri())
    page.emulate_media(media="print")
    assert page.locator("#table-outlet").is_visible()
    assert page.locator("figure svg").first.is_visible()
    assert page.locator("input:visible").count() == 0
    assert page.locator("nav").is_hidden()
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_light_and_dark(browser, corpus_report, scheme):
    page = browser.new_page(color_scheme=scheme)
    page.goto(corpus_report.as_uri())
    colours = page.evaluate(
        "['color', 'backgroundColor'].map((name) => getComputedStyle(document.body)[name].match(/\\d+/g).map(Number))"
    )
    page.close()
    # WCAG 2.2, success criterion 1.4.3: a contrast of at least 4.5.
    lighter, darker = sorted((luminance(colour) for colour in colours), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
    assert (luminance(colours[1]) > 0.5) == (scheme == "light")


def luminance(colour: list[int]) -> float:
    """Return the relative luminance that WCAG 2.2 defines."""
    parts = [part / 255 for part in colour[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def open_everything(page, path) -> None:
    page.goto(path.as_uri())
    for button in page.locator("button.open").all()[:40]:
        button.click()
        page.keyboard.press("Escape")


def hostile(texts: list[str]) -> fa.Corpus:
    columns = dict.fromkeys(("outlet", "headline", "standfirst", "byline", "url"), texts)
    body = [f"Weak {text}. “A weak deal {text}”, said {text}." for text in texts]
    return fa.read(pd.DataFrame({**columns, "body": body}), boilerplate="keep")


def test_nothing_runs_from_articles_or_lexicons(page, tmp_path):
    lexicon = fa.extend.lexicon_from_mapping({text: ["weak"] for text in PAYLOADS}, name=PAYLOADS[0])
    open_everything(page, report(hostile(PAYLOADS), lexicon, tmp_path / "many.html"))
    assert page.evaluate("window.ran") is None
    open_everything(page, report(hostile(PAYLOADS[5:6]), lexicon, tmp_path / "one.html"))
    assert page.evaluate("window.ran") is None


def test_nothing_runs_from_the_public_suites(page, tmp_path, shared_data):
    texts = of_all_suites(shared_data)
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
    open_everything(page, report(hostile(texts), lexicon, tmp_path / "r.html"))
    assert page.locator("#evidence").is_hidden()


@pytest.mark.filterwarnings("ignore:Glyph")
def test_nothing_runs_from_charts_marked_articles_trials_and_tables(page, tmp_path, shared_data):
    texts = [*PAYLOADS, *OWN]
    if (shared_data / "robustness").exists():
        texts += of_all_suites(shared_data)
    corpus = hostile(texts)
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({text: ["weak"] for text in texts[:5]}))
    by_outlet = fa.describe(corpus).by_outlet
    parts = [svg_of(charts.length_dots(by_outlet.iloc[begin : begin + 150])) for begin in range(0, len(texts), 150)]
    parts += [marked_html(tokens, hits, name) for name in corpus.articles["article_id"].astype("str")[:20]]
    parts += [trial_html(try_entry(tokens, "weak*")), by_outlet.to_html(), hits.to_html(max_rows=200)]
    path = tmp_path / "parts.html"
    path.write_text("<!DOCTYPE html><meta charset=utf-8><body>" + "<hr>".join(parts), encoding="utf-8")
    page.goto(path.as_uri())
    assert page.locator("hr").count() == len(parts) - 1  # nothing has closed or swallowed another part
    assert page.evaluate("window.ran") is None


def test_the_founding_article(page, tmp_path, shared_data):
    path = shared_data.parent / "example" / "article.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there; set FRAMING_SHARED to the folder of the shared data")
    frames, targets = fa.read_lexicon(shipped("frames.yml")), fa.read_lexicon(shipped("targets.yml"))
    page.goto(report(fa.read(path), frames, tmp_path / "r.html", targets=targets).as_uri())
    page.get_by_role("button", name=re.compile("hits, hostility")).click()
    playwright.expect(page.locator("#evidence-list mark", has_text="hostile").first).to_be_visible()
