"""Mending text that was decoded wrongly before it came here; done only when asked for."""

from dataclasses import replace

from analysis.core.schema import TEXT_FIELDS
from analysis.reading.corpus import Corpus
from analysis.reading.given import CorpusLike, corpus_of
from analysis.reading.notes import Note


def mend(corpus: CorpusLike) -> Corpus:
    """Return the corpus with mojibake such as "â€œ" mended, and a note of how many articles changed.

    Only wrong decoding is mended: curly quotation marks, ligatures and spaces stay as they are. The column ``mended`` says which
    articles changed.

    References
    ----------
    Speer, R. (2019). ftfy. https://doi.org/10.5281/zenodo.2591652
    """
    corpus = corpus_of("mend(corpus)", corpus)
    # ftfy is needed here only.
    import ftfy

    articles = corpus.articles.copy()
    for field in TEXT_FIELDS:
        articles[field] = articles[field].map(ftfy.fix_encoding).astype("str")
    changed = (articles[list(TEXT_FIELDS)] != corpus.articles[list(TEXT_FIELDS)]).any(axis=1)
    finding = f"mojibake: {int(changed.sum()):,} of {len(articles):,} articles were mended"
    note = Note(finding, kind="mended", count=int(changed.sum()))
    return replace(corpus, articles=articles.assign(mended=changed), notes=(*corpus.notes, note))
