"""Check every kind of page that the project writes with axe-core, in Chromium: light and dark, 1,280 and 400 pixels wide.

Usage: python tools/axe.py [PAGE.html ...]

Without arguments it writes into build/axe/ and checks: the report of the sample, with and without its sentences opened; the report of one
article; a trial of the workbench, a marked article and the values that show themselves in a notebook, each on the ground that JupyterLab
gives it. Needed: npm, which gets axe-core into build/axe/ once, Chromium, playwright. A picture of each view is left in build/axe/.

All rules for WCAG 2.0 to 2.2 at levels A and AA and all best practices are run. Besides, nothing but a region that scrolls by itself may be
wider than the page. The exit code is 1 where something is found.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import analysis as fa
from analysis.extending.trial_html import message_html, trial_html
from analysis.extending.trials import try_entry
from analysis.reports.marked_text import marked_html

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "axe"
AXE = "axe-core@4.14.1"
SCHEMES = ("light", "dark")
WIDTHS = (1280, 400)
# "wcag2a" and so on are the names that axe-core gives to the criteria of WCAG.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# A cell of a notebook as JupyterLab shows it: its own colours of ground and letters, in both themes.
NOTEBOOK = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Cell</title>'
    "<style>:root{{color-scheme:light dark}} body{{background:#fff;color:rgba(0,0,0,.87);font:13px/1.5 sans-serif}}"
    "@media(prefers-color-scheme:dark){{body{{background:#111;color:#fff}}}}</style></head><body><main><h1>Notebook</h1><h2>Cell</h2>{}</main></body></html>"
)
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_RUN = "tags => axe.run({runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}}})"


def axe_source() -> str:
    """Return the program axe-core, which npm brings where it is not there yet."""
    file = BUILD / "node_modules" / "axe-core" / "axe.min.js"
    if not file.exists():
        npm = shutil.which("npm") or sys.exit("npm is not installed; without it axe-core cannot be had")
        BUILD.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--silent", "--no-save", "--prefix", str(BUILD), AXE], check=True)
    return file.read_text(encoding="utf-8")


def written_pages(folder: Path) -> list[Path]:
    """Write the pages of the sample corpus into a folder, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus = fa.read(ROOT / "data" / "articles")
    lexicons = ROOT / "data" / "lexicons"
    frames, targets = fa.read_lexicon(lexicons / "frames.yml"), fa.read_lexicon(lexicons / "targets-sample.yml")
    one = fa.read(corpus.articles.head(1), boilerplate="keep")
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, frames, targets=targets)
    cells = {
        "trial": trial_html(try_entry(tokens, "weak*", lexicon=frames, category="weakness")) + _messages(),
        "marked": marked_html(tokens, hits, str(hits["article_id"].iloc[0])),
        "values": "".join(value._repr_html_() for value in (corpus, tokens, frames)),
    }
    paths = [
        fa.report(corpus, frames, folder / "report.html", targets=targets),
        fa.report(one, frames, folder / "article.html", targets=targets),
    ]
    for name, html in cells.items():
        path = folder / f"{name}.html"
        path.write_text(NOTEBOOK.format(html), encoding="utf-8")
        paths.append(path)
    return paths


def _messages() -> str:
    return message_html("'dither' is accepted.", "#009e73") + message_html(
        "'fail**' has two wildcards in a row.", "#d55e00"
    )


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield Chromium, driven by playwright."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("FRAMING_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        sys.exit("no chromium found; install it or set FRAMING_CHROMIUM to its path")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def faults(tab: Any, axe: str) -> list[str]:
    """Return what axe-core finds in the page of a tab, and whether the page is too wide."""
    tab.evaluate(axe)
    found = [
        f"{violation['id']} ({violation['help']}): {len(violation['nodes'])} times, first {violation['nodes'][0]['html'][:160]}"
        f" {violation['nodes'][0]['failureSummary'].splitlines()[1].strip()[:200]}"
        for violation in tab.evaluate(_RUN, list(RULES))["violations"]
    ]
    wider = tab.evaluate(_TOO_WIDE)
    return [*found, *([f"{wider} pixels wider than the window"] if wider > 0 else [])]


def states(tab: Any, path: Path) -> Iterator[str]:
    """Show a page in each of its states, and yield the name of each: as it opens, and with its first sentences opened."""
    tab.goto(path.as_uri())
    yield "as it opens"
    if tab.locator("button.open").count():
        tab.locator("button.open").first.click()
        tab.locator("#evidence-list > li").first.wait_for()
        yield "with sentences opened"


def main(arguments: list[str]) -> int:
    axe = axe_source()
    paths = [Path(name).resolve() for name in arguments] or written_pages(BUILD / "pages")
    n_found = n_checked = 0
    with chromium() as browser:
        for path in paths:
            for scheme in SCHEMES:
                for width in WIDTHS:
                    tab = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
                    for state in states(tab, path):
                        found = faults(tab, axe)
                        n_checked, n_found = n_checked + 1, n_found + len(found)
                        for fault in found:
                            print(f"{path.name}, {scheme}, {width} pixels, {state}: {fault}", flush=True)
                        tab.screenshot(
                            path=BUILD / f"{path.stem}-{scheme}-{width}-{state.split()[0]}.png", full_page=width < 1000
                        )
                    tab.close()
    print(f"{n_found} faults in {n_checked} views of {len(paths)} pages")
    return 1 if n_found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
