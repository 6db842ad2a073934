"""The report of a corpus as one HTML file."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.charts.names import with_names
from analysis.core.errors import CorpusError, FramingError
from analysis.core.files import write_whole
from analysis.core.schema import kind_of
from analysis.counting.periods import with_period
from analysis.english.strictness import STANDARD, Strictness
from analysis.hits.find import find_hits
from analysis.lexicons import Lexicon
from analysis.lexicons.given import LexiconLike, TargetsLike, lexicon_of, targets_of
from analysis.measures.rates import rates
from analysis.reading.corpus import Corpus
from analysis.reading.given import CorpusLike, corpus_of, tokenize
from analysis.reports.evidence import Evidence, evidence_of
from analysis.reports.methods import methods_paragraph, missing_fields, summary, summary_of_one
from analysis.reports.page import page
from analysis.reports.sections import rate_sections
from analysis.reports.single import single_article
from analysis.tokens.tokens import Tokens

_CALL = "report(corpus, lexicon, path)"


def report(
    corpus: CorpusLike,
    lexicon: LexiconLike,
    path: str | Path,
    *,
    targets: TargetsLike | None = None,
    strictness: Strictness = STANDARD,
) -> Path:
    """Write the report of a corpus: one HTML file that opens without a network, in which every number opens its sentences.

    It holds a summary, a methods paragraph to cite, and rates with intervals by frame, outlet, zone, voice, target and time,
    each as a figure and a table. What the corpus does not have (outlets, dates, targets, English text) is said in a line. For
    a corpus of one article it holds the text with its hits marked, the traced quotations, the headline frames without
    support in the body, and counts; no rate is compared. The same input gives the same file.

    Parameters
    ----------
    corpus : Corpus, pandas.DataFrame, path or list of paths
        At least one article.
    lexicon : Lexicon, path or mapping
        The frames to look for.
    path : str or pathlib.Path
        The file to write; its folder is made if it is not there.
    targets : Lexicon, path, mapping or pandas.DataFrame, optional
        Whom the frames may be about, as in `analysis.find_hits`.
    strictness : {"standard", "strict", "wide"}
        What counts as said where no marks show it, as in `analysis.find_hits`.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    CorpusError
        When the corpus has no article.
    """
    if not isinstance(path, str | Path) or Path(path).is_dir():
        raise FramingError(
            f"{_CALL}: found {kind_of(path)} in the place of the path; give a file to write, such as 'report.html'"
        )
    corpus, lexicon, targets = corpus_of(_CALL, corpus), lexicon_of(_CALL, lexicon), targets_of(_CALL, targets)
    if corpus.articles.empty:
        raise CorpusError(
            f"report: the corpus holds no article ({len(corpus.rejected):,} were rejected); see corpus.rejected for the reasons"
        )
    tokens = tokenize(corpus)
    hits = find_hits(tokens, lexicon, targets=targets, strictness=strictness)
    return write_report(corpus, tokens, hits, lexicon, path, targets=targets)


def write_report(
    corpus: Corpus,
    tokens: Tokens,
    hits: pd.DataFrame,
    lexicon: Lexicon,
    path: str | Path,
    *,
    targets: Lexicon | pd.DataFrame | None,
) -> Path:
    """Write what `report` writes, of hits that were found before in the tokens of the corpus."""
    tokens = with_period(tokens)
    evidence = evidence_of(tokens, hits, targets=targets)
    content: dict[str, Any] = {"lexicon": lexicon, "evidence": evidence}
    if len(corpus.articles) == 1:
        counts = rates(hits, tokens).sort_values("n_hits", ascending=False, kind="stable")
        content |= {
            "summary": summary_of_one(tokens, hits),
            "notes": corpus.notes,
            "methods": methods_paragraph(corpus, tokens, hits, lexicon, ""),
            "article": single_article(corpus, tokens, hits, lexicon, targets),
            "counts": _rows(counts, ["category"], evidence),
        }
        return _written(path, page("article.html", content))
    sections = rate_sections(tokens, hits)
    content |= {
        "summary": summary(corpus, tokens, hits),
        "notes": [*filter(None, [evidence.note]), *missing_fields(corpus), *corpus.notes],
        "methods": methods_paragraph(corpus, tokens, hits, lexicon, str(sections[0].table.attrs["interval"])),
        "sections": [(section, _rows(section.table, section.by, evidence)) for section in sections],
    }
    return _written(path, page("corpus.html", content))


def _rows(table: pd.DataFrame, by: list[str], evidence: Evidence) -> list[dict[str, Any]]:
    """Return the rows of a table of rates, each with its group as readers see it, and where the page finds its hits."""
    rows, n_held = [], evidence.n_held(by)
    (named,) = with_names(table)
    for row, shown in zip(table.to_dict("records"), named.to_dict("records"), strict=True):
        group = {name: row[name] for name in by}
        of_page = {"where": evidence.where(group), "n_held": int(n_held[tuple(evidence.places(group).values())])}
        names = {"group": [str(shown[name]) for name in by]}
        rows.append({str(name): value for name, value in shown.items()} | names | of_page)
    return rows


def _written(path: str | Path, text: str) -> Path:
    write_whole(Path(path), text.encode("utf-8"))
    return Path(path)
