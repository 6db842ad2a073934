"""Texts of a corpus inside LaTeX, Markdown and XML: shown as typed, never run and never half a file."""

import base64
import hashlib
import re

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    # In LaTeX's default font encoding, OT1, these three would print as ¡, ¿ and a dash.
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
}  # fmt: skip
LINE_ENDS = dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ")
# XML has no place for controls, surrogates and U+FFFE, U+FFFF, and no font has a letter for them.
NO_CHARACTER = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")
_IN_CELL = {code: to for code, to in NO_CHARACTER.items() if chr(code) not in "\t\n\r\x85"}


def in_latex(text: str) -> str:
    """Return a text as LaTeX shows it: its special characters escaped, on one line."""
    return "".join(_LATEX.get(character, character) for character in " ".join(text.split()))


def in_markdown(text: str) -> str:
    """Return a text as Markdown shows it: its marks escaped, on one line."""
    # Every ASCII punctuation mark may stand after a backslash (CommonMark, section 2.4); these are the ones that mean something.
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&$-])", r"\\\1", " ".join(text.split()))


def in_cell(text: str) -> str:
    """Return a text as a cell of a document can hold it: what XML has no place for becomes U+FFFD, line ends stay."""
    return text.translate(_IN_CELL)


def content_policy(script: str) -> str:
    """Return the Content-Security-Policy of a page: nothing is fetched, and no script runs but the one with this text."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    # Charts carry their colours in style attributes; with everything else forbidden, a style can fetch nothing.
    return f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
