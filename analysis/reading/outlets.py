"""One name an outlet: aliases from a file that a researcher edits."""

from pathlib import Path

import pandas as pd

from analysis.core.errors import CorpusError
from analysis.reading.decoding import decode


def read_outlets(path: str | Path) -> dict[str, str]:
    """Return the outlet of each alias, folded, from a file of lines ``Outlet: alias; another alias``.

    An outlet's own name is an alias of it. Blank lines and lines that begin with ``#`` are skipped; case and the number of
    spaces do not count.

    Raises
    ------
    CorpusError
        When a line has no colon, or an alias belongs to two outlets.
    """
    text = decode(Path(path).read_bytes()).text
    outlets: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        outlet, colon, aliases = line.partition(":")
        if not colon or not outlet.strip():
            raise CorpusError(f"{path}, line {number}: {line.strip()!r}; write 'Outlet: alias; another alias'")
        for alias in [outlet, *aliases.split(";")]:
            owner = outlets.setdefault(_folded(alias), outlet.strip()) if alias.strip() else outlet.strip()
            if owner != outlet.strip():
                raise CorpusError(f"{path}, line {number}: '{alias.strip()}' stands under '{owner}' before; keep one")
    return outlets


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def with_outlets(articles: pd.DataFrame, outlets: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """Return ARTICLES with one name an outlet, the found one in ``outlet_as_found``, and the names that no alias has."""
    written = articles["outlet"]
    names = {name: outlets.get(_folded(name)) for name in written.dropna().unique()}
    unmatched = sorted(name for name, outlet in names.items() if outlet is None)
    named = written.map(lambda name: names[name] or name, na_action="ignore").astype("str")
    return articles.assign(outlet=named, outlet_as_found=written), unmatched
