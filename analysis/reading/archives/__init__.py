"""Exports of archives and services: one module a family, each with its READERS."""

from analysis.reading import webpage
from analysis.reading.archives import (
    europresse,
    factiva,
    feeds,
    newsml,
    nexis,
    nexis_old,
    proquest,
    sgml,
    unknown_markup,
)
from analysis.reading.records import Reader

# Asked in this order: a page of an archive is a web page too, and a web page may quote an export.
_FAMILIES = (factiva, proquest, europresse, nexis, nexis_old, sgml, newsml, feeds, unknown_markup, webpage)
READERS: tuple[Reader, ...] = tuple(reader for family in _FAMILIES for reader in family.READERS)
