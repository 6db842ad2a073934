"""Exports of archives and services: one module a family, each with its READERS."""

from importlib import import_module

from analysis.reading.records import Reader

# Asked in this order: a page of an archive is a web page too, and a web page may quote an export. A further reader is a further
# line here, above those that take what nobody else knows.
FAMILIES = (
    "archives.factiva",
    "archives.proquest",
    "archives.europresse",
    "archives.nexis",
    "archives.nexis_old",
    "archives.sgml",
    "archives.newsml",
    "archives.feeds",
    "archives.unknown_markup",
    "webpage",
)
READERS: tuple[Reader, ...] = tuple(
    reader for family in FAMILIES for reader in import_module(f"analysis.reading.{family}").READERS
)
