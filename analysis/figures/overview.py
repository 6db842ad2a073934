"""The figures that every corpus gets: frames by outlet, by zone and over time, and distinctive terms."""

from pathlib import Path

from analysis.contrast.tfidf import tfidf
from analysis.figures.charts import rate_dots, rate_series, term_dots
from analysis.figures.saving import save_figure
from analysis.framing.hits import find_hits
from analysis.framing.rates import rates
from analysis.lexicons import Lexicon
from analysis.tokens.periods import with_period
from analysis.tokens.tokens import Tokens

_MOST_OUTLETS = 10


def draw_overview(tokens: Tokens, lexicon: Lexicon, folder: Path) -> list[Path]:
    """Write the figures of a corpus into `folder`; return their SVG paths.

    The ten outlets with the most articles are drawn; months for a corpus of up to two years, else years. A figure for
    which the corpus has no outlets, dates or shared terms is left out.
    """
    tokens = with_period(tokens)
    hits = find_hits(tokens, lexicon)
    made = {}
    by_zone = rates(hits, tokens, by=["zone", "category"])
    made["frames-by-zone"] = (rate_dots(by_zone, row="zone", panel="category"), by_zone)
    outlets = tokens.articles["outlet"].value_counts().head(_MOST_OUTLETS).index
    if len(outlets):
        by_outlet = rates(hits, tokens, by=["outlet", "category"])
        by_outlet = by_outlet[by_outlet["outlet"].isin(outlets)]
        made["frames-by-outlet"] = (rate_dots(by_outlet, row="outlet", panel="category"), by_outlet)
        terms = tfidf(tokens, by="outlet", ngrams=(1, 2), min_articles=2, n_terms=12)
        terms = terms[terms["outlet"].isin(outlets)]
        if len(terms):
            made["terms-by-outlet"] = (term_dots(terms, panel="outlet"), terms)
    if tokens.articles["period"].notna().any():
        by_period = rates(hits, tokens, by=["period", "category"])
        made["frames-over-time"] = (rate_series(by_period, time="period", panel="category"), by_period)
    for name, (figure, table) in made.items():
        save_figure(figure, table, name, folder=folder)
    return [folder / f"{name}.svg" for name in made]
