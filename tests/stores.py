"""A small corpus to write to disk: three outlets, texts of several scripts, an article without a headline, and parts of two articles."""

from pathlib import Path

import pandas as pd

import analysis as fa

BODIES = [
    "“We are not weak,” Anna Hurd told reporters. She said talks would go on.\n\nThe minister's aides called the plan “reckless”.",
    "Größe zählt, sagte niemand. Hurd was failing, rivals said.",
    "Talks go on. Mr. Renn is weak; the U.S. is not.",
    "Слабый ответ. 弱い。 Naïve café owners looked weak… and failing!",
    "weak",
    "Hurd's allies said that Renn had failed. “Weak, weak, weak,” she said.",
    "The weakest talks of all, an aide said.",
]
HEADLINES = ["Hurd 'not weak'", "", "Talks", "Ответ", "Ω", "Renn has 'failed'", "Weak 'talks of all'"]
DATES = ["2025-01-10", "2025-01-11", "2025-02-03", None, "2025-02-20", "2025-03-01", "2025-03-02"]


def corpus() -> fa.Corpus:
    """Return it as `analysis.read` does."""
    table = pd.DataFrame(
        {
            "article_id": [f"a{number}" for number in range(len(BODIES))],
            "outlet": ["A", "B", "A", "C", "B", "A", "B"],
            "date": DATES,
            "headline": HEADLINES,
            "body": BODIES,
            "topic": ["x", None, "y", "x", "x", "y", None],
        }
    )
    return fa.read(table, boilerplate="keep")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a store."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != ".lock"}
