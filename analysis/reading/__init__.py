"""files → Corpus: text files, tables, boilerplate."""

from analysis.reading.corpus import Corpus, read

__all__ = ["Corpus", "read"]
