"""How well frames are coded from headlines: nested cross-validation on the gun-violence frame corpus."""

import json
from pathlib import Path

import analysis as fa
from quality.figures import Figure


def measure(shared: Path) -> list[Figure]:
    """Return the accuracy over nine frames beside that of always taking the commonest; nothing where the data are absent."""
    path = shared / "gvfc" / "headlines.dev.jsonl"
    if not path.exists():
        return []
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    coded = [record for record in records if record["relevant"] == 1 and record["frame1_name"]]
    labels = [record["frame1_name"] for record in coded]
    found = fa.cross_validate([record["headline"] for record in coded], labels)
    commonest = max(labels.count(name) for name in set(labels)) / len(labels)
    name = "first frame of nine from the headline, GVFC, accuracy"
    return [Figure(name, found.accuracy, found.low, found.high, commonest, len(labels), "nested, 5 folds")]
