"""JupyterLab in a real browser, for the tests that need both: a server on a folder, a page of Chromium, a notebook run in it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from patience import HANGING

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
CHROMIUM_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@contextmanager
def serving(folder):
    """Start JupyterLab for a folder on a free port, with settings of its own, and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "jupyter"
    (settings / "config" / "labconfig").mkdir(parents=True)
    (settings / "config" / "labconfig" / "page_config.json").write_text(
        json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}})
    )
    places = {f"JUPYTER_{kind.upper()}_DIR": str(settings / kind) for kind in ("config", "data", "runtime")}
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"} | places
    options = [
        "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        "--ServerApp.password=", "--allow-root", "--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=environment, stdout=log, stderr=log
        )
        try:
            until(lambda: answer(f"{address}/api/status") is not None, "JupyterLab does not start")
            yield address
        finally:
            process.terminate()
            process.wait(HANGING)


@contextmanager
def browsing():
    """Yield a page of Chromium; the test is skipped where it or playwright is not installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (apt-get install --no-install-recommends chromium)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, timeout=1000 * HANGING)
        page = browser.new_page(viewport={"width": 1500, "height": 1300})
        page.set_default_timeout(1000 * HANGING)
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
    end = time.monotonic() + HANGING
    while not condition():
        assert time.monotonic() < end, complaint
        time.sleep(0.2)


def run_all_cells(page, server, notebook):
    """Open a notebook, whose path is as the server knows it, and order all its cells to run."""
    page.goto(f"{server}/lab/tree/{notebook}?reset")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()

    def connected():
        kernels = answer(f"{server}/api/kernels") or []
        return any(kernel["execution_state"] == "idle" and kernel["connections"] > 0 for kernel in kernels)

    # Before the kernel is connected, and the page knows it, the order to run would be lost.
    until(connected, "the kernel does not start")
    page.get_by_text("| Idle").wait_for()
    page.locator(".lm-MenuBar-item", has_text="Run").first.click()
    page.get_by_text("Run All Cells", exact=True).click()
