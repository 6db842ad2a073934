"""Who says what on GUM's Wikinews: another guideline than PolNeAR's, derived from discourse relations and dependency trees."""

from pathlib import Path

from analysis.english.quotations import quotations
from quality.figures import Figure
from quality.texts import content_figures, read_texts, records, voices_by_strictness


def measure(shared: Path) -> list[Figure]:
    """Return the figures of contents on the news of GUM's development half; nothing where it is absent.

    Quotations without a reporting verb carry no label there, so tokens in marks that no content holds are left out; the baseline of all
    tokens in marks and what is called scare say little then.
    """
    folder = shared / "gum"
    if not folder.exists():
        return []
    articles = [article for article in records(folder / "articles.dev.jsonl") if article["genre"] == "news"]
    texts = read_texts(articles, headlines=False)
    contents = [record for record in records(folder / "attributions.dev.jsonl") if record["genre"] == "news"]
    true = texts.covered(contents, "content_spans")
    marks = quotations(texts.tokens).inside >= 0
    figures = content_figures(texts, voices_by_strictness(texts), true, true | ~marks, "GUM news")
    # Without the tokens in marks that carry no label, all that is direct is inside a content, and nothing scare is left.
    return [figure for figure in figures if not figure.name.startswith(("called direct", "called scare"))]
