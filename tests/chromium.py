"""Pages of ours in a real Chromium: the browser, and a page on which nothing may be complained of or fetched."""

import os
import shutil
from contextlib import contextmanager

import pytest
from patience import HANGING

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install playwright)")
CHROMIUM = os.environ.get("FRAMING_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAYLOADS = [
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "<svg/onload='window.ran = 1'>",
    "\" autofocus onfocus='window.ran = 1' x=\"",
    "</style></title></dialog><iframe srcdoc='<script>parent.ran = 1</script>'>",
    "javascript:window.ran=1",
]

playwright.expect.set_options(timeout=1000 * HANGING)


@contextmanager
def launched():
    """Yield the browser; the test is skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("no chromium found; install it or set FRAMING_CHROMIUM to its path")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS, timeout=1000 * HANGING)
        yield opened
        opened.close()


@contextmanager
def quiet_page(browser):
    """Yield a page; at its end the test fails on a message in its console, an error, a dialog, or a request for another file."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.set_default_timeout(1000 * HANGING)
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(f"console: {message.text}"))
    tab.on("pageerror", lambda error: heard.append(f"error: {error}"))
    tab.on("dialog", lambda opened: heard.append(f"dialog: {opened.message}"))
    requested: list[str] = []
    tab.on("request", lambda request: requested.append(request.url))
    yield tab
    tab.close()
    assert heard == []
    # What a page makes itself to be saved is fetched from nowhere.
    assert [url for url in requested if not url.endswith(".html") and not url.startswith("blob:file:")] == []
