"""How values show themselves in a notebook: a title, facts by name, and lines, all escaped."""

from collections.abc import Iterable, Mapping
from html import escape


def shown_html(title: str, facts: Mapping[str, object], lines: Iterable[object] = ()) -> str:
    """Return HTML with a title, one row for each fact, and a list of lines; every text of the caller is escaped."""
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left">{escape(name)}</th><td style="text-align:left">{escape(str(fact))}</td></tr>'
        for name, fact in facts.items()
    )
    listed = "".join(f"<li>{escape(str(line))}</li>" for line in lines)
    return f"<div><strong>{escape(title)}</strong><table>{rows}</table>{f'<ul>{listed}</ul>' if listed else ''}</div>"
