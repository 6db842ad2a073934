"""The workbench as a researcher meets it: JupyterLab in Chromium, from the first key to the file on the disk."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

import analysis as fa
from analysis.extending.decisions import read_decisions
from analysis.lexicons.shipped import shipped

REPOSITORY = Path(__file__).resolve().parents[2]
NOTEBOOK = "16-extend-the-lexicon.ipynb"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
CHROMIUM_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PATIENCE = 120  # seconds; the machine may be busy


@pytest.fixture
def folder(tmp_path):
    """Return a folder like the repository, whose notebook works in ``work/``."""
    shutil.copytree(REPOSITORY / "data", tmp_path / "data")
    for name in ("notebooks", "work"):
        (tmp_path / name).mkdir()
    notebook = nbformat.read(REPOSITORY / "notebooks" / NOTEBOOK, as_version=4)
    (parameters,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    changed = parameters.source.replace("tempfile.mkdtemp()", '"../work"')
    assert changed != parameters.source
    parameters.source = changed
    nbformat.write(notebook, tmp_path / "notebooks" / NOTEBOOK)
    return tmp_path


@pytest.fixture
def server(folder):
    """Start JupyterLab on a free port, with settings of its own, and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "jupyter"
    (settings / "config" / "labconfig").mkdir(parents=True)
    (settings / "config" / "labconfig" / "page_config.json").write_text(
        json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}})
    )
    places = {f"JUPYTER_{kind.upper()}_DIR": str(settings / kind) for kind in ("config", "data", "runtime")}
    options = [
        "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        "--ServerApp.password=", "--allow-root", "--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=os.environ | places, stdout=log, stderr=log
        )
        try:
            until(lambda: answer(f"{address}/api/status") is not None, "JupyterLab does not start")
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture
def page():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (apt-get install --no-install-recommends chromium)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1500, "height": 1300})
        page.set_default_timeout(1000 * PATIENCE)
        yield page
        browser.close()


def answer(url):
    """Return what the server says as JSON, None where it does not answer."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return json.load(response)
    except (urllib.error.URLError, OSError):
        return None


def until(condition, complaint):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, complaint
        time.sleep(0.2)


def run_all(page, server):
    page.goto(f"{server}/lab/tree/notebooks/{NOTEBOOK}?reset")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()

    def connected():
        kernels = answer(f"{server}/api/kernels") or []
        return any(kernel["execution_state"] == "idle" and kernel["connections"] > 0 for kernel in kernels)

    # Before the kernel is connected, and the page knows it, the order to run would be lost.
    until(connected, "the kernel does not start")
    page.get_by_text("| Idle").wait_for()
    page.locator(".lm-MenuBar-item", has_text="Run").first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".framing-entry input").wait_for()


def test_type_accept_reject_and_save(page, folder, server):
    run_all(page, server)
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

    decisions = read_decisions(folder / "work" / "decisions.csv")
    assert decisions[["category", "word", "verdict", "reason"]].to_numpy().tolist() == [
        ["weakness", "dither and delay*", "accept", 'a test\'s "reason"'],
        ["weakness", "tea", "reject", ""],
    ]


def test_a_suggestion_is_tried_by_a_click_and_goes_when_it_is_rejected(page, folder, server):
    run_all(page, server)
    page.get_by_role("button", name="Suggest words").click()
    first = page.locator(".framing-suggestion").first
    word = first.get_by_role("button").first.inner_text()
    first.get_by_role("button").first.click()
    page.locator(".framing-results code").get_by_text(word, exact=True).wait_for()
    first.get_by_role("button", name="Reject").click()
    page.locator(".framing-status").get_by_text(f"'{word}' is rejected").wait_for()
    decisions = read_decisions(folder / "work" / "decisions.csv")
    assert decisions[["word", "verdict"]].to_numpy().tolist() == [[word, "reject"]]
    assert page.locator(".framing-suggestion").get_by_role("button", name=word, exact=True).count() == 0
