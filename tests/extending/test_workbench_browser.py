"""The workbench as a researcher meets it: JupyterLab in Chromium, from the first key to the file on the disk."""

import shutil
from pathlib import Path

import nbformat
import pytest
from lab import browsing, run_all_cells, serving

import analysis as fa
from analysis.core.shipped import shipped
from analysis.extending.decisions import read_decisions

REPOSITORY = Path(__file__).resolve().parents[2]
NOTEBOOK = "16-extend-the-lexicon.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder like the repository, whose notebook works in ``work/``."""
    folder = tmp_path_factory.mktemp("workbench")
    shutil.copytree(REPOSITORY / "data", folder / "data")
    for name in ("notebooks", "work"):
        (folder / name).mkdir()
    notebook = nbformat.read(REPOSITORY / "notebooks" / NOTEBOOK, as_version=4)
    (parameters,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    changed = parameters.source.replace("tempfile.mkdtemp()", '"../work"')
    assert changed != parameters.source
    parameters.source = changed
    nbformat.write(notebook, folder / "notebooks" / NOTEBOOK)
    return folder


@pytest.fixture(scope="module")
def page(folder):
    """Return the page with the notebook run; server, browser and run take half a minute, so the tests go on from one another."""
    with browsing() as page, serving(folder) as server:
        run_all_cells(page, server, f"notebooks/{NOTEBOOK}")
        page.locator(".framing-entry input").wait_for()
        yield page


def decisions_in(folder):
    return read_decisions(folder / "work" / "decisions.csv")


def test_type_accept_reject_and_save(page, folder):
    results, status = page.locator(".framing-results"), page.locator(".framing-status")

    page.locator(".framing-entry input").press_sequentially("minister*")
    results.get_by_text("ministerial", exact=True).or_(results.get_by_text("ministers", exact=True)).first.wait_for()
    results.get_by_text("The Daily Lantern", exact=True).wait_for()

    # Text of a lexicon or an article is shown and does not act.
    page.locator(".framing-entry input").fill("<b>weak**")
    results.get_by_text("has two wildcards in a row").wait_for()

    page.locator(".framing-entry input").fill("dither and delay*")
    page.locator(".framing-reason input").fill('a test\'s "reason"')
    page.get_by_role("button", name="Accept").first.click()
    status.get_by_text("is accepted; it waits until you save").wait_for()

    page.locator(".framing-entry input").fill("tea")
    page.get_by_role("button", name="Reject").first.click()
    status.get_by_text("'tea' is rejected").wait_for()

    file = folder / "work" / "frames.yml"
    before = fa.read_lexicon(shipped("frames.yml"))
    assert file.read_bytes() == shipped("frames.yml").read_bytes()
    page.locator(".framing-bench").get_by_role("button", name="Save", exact=True).click()
    status.get_by_text("Saved 1 entry").wait_for()

    after = fa.read_lexicon(file)
    major, minor, patch = before.version.split(".")
    assert after.version == f"{major}.{minor}.{int(patch) + 1}"
    new = [entry for entry in after.entries if entry.text not in {old.text for old in before.entries}]
    assert [(entry.category, entry.text, entry.note) for entry in new] == [
        ("weakness", "dither and delay*", 'a test\'s "reason"')
    ]
    assert len(after.entries) == len(before.entries) + 1

    assert decisions_in(folder)[["category", "word", "verdict", "reason"]].to_numpy().tolist() == [
        ["weakness", "dither and delay*", "accept", 'a test\'s "reason"'],
        ["weakness", "tea", "reject", ""],
    ]


def test_a_suggestion_is_tried_by_a_click_and_goes_when_it_is_rejected(page, folder):
    before = len(decisions_in(folder))
    page.get_by_role("button", name="Suggest words").click()
    first = page.locator(".framing-suggestion").first
    word = first.get_by_role("button").first.inner_text()
    first.get_by_role("button").first.click()
    page.locator(".framing-results code").get_by_text(word, exact=True).wait_for()
    first.get_by_role("button", name="Reject").click()
    page.locator(".framing-status").get_by_text(f"'{word}' is rejected").wait_for()
    assert decisions_in(folder)[["word", "verdict"]].to_numpy().tolist()[before:] == [[word, "reject"]]
    assert page.locator(".framing-suggestion").get_by_role("button", name=word, exact=True).count() == 0
