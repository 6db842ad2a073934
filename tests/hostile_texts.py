"""Texts that pages, templates, SVG and spreadsheets have been broken with, and what must not be found where they are shown."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from lxml import etree

SUITES = ("xss-payloads", "hazards-labels", "blns")
OWN = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "</title><svg/onload=alert(1)>",
    "</style><iframe src=javascript:alert(1)>",
    "</textarea></noscript><body onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "a\u2028b\u2029c & d",
    "\x07\x08\x1b null",
    "\u202egnol",
    "Costs $5 and $10 $\\undefined$",
    "_underscore",
    "\ufffe",
    "]]><foreignObject><body/></foreignObject>",
)


def of_suite(shared_data: Path, suite: str) -> list[str]:
    """Return the texts of one suite, sorted, each once; the test is skipped where the shared data are absent."""
    path = shared_data / "robustness" / suite / "cases.dev.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not there; set FRAMING_SHARED to the folder of the shared data")
    lines = path.read_text(encoding="utf-8").splitlines()
    # A table cannot hold half of a surrogate pair.
    texts = {json.loads(line)["text"].encode("utf-8", "replace").decode("utf-8") for line in lines}
    return sorted(text for text in texts if text.strip())


def of_all_suites(shared_data: Path) -> list[str]:
    return sorted({text for suite in SUITES for text in of_suite(shared_data, suite)})


def active_content(tree: etree._Element, allowed: Collection[str]) -> Iterator[str]:
    """Yield every element that is not one of those allowed, every handler, and every link that can act."""
    for element in tree.iter(etree.Element):
        if str(element.tag).rpartition("}")[2] not in allowed:
            yield str(element.tag)
        for key, value in element.attrib.items():
            name = str(key).rpartition("}")[2]
            if name.startswith("on") or name in ("src", "srcdoc", "action", "formaction", "autofocus"):
                yield f"{element.tag} {name}"
            if name.endswith("href") and not value.startswith(("#", "data:image/png;base64,")):
                yield f"{element.tag} {name}={value}"
