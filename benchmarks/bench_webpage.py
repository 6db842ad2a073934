"""Web pages against trafilatura alone: shingle F1, snippets, flags and time, on the development pages.

F1 is that of the article-extraction-benchmark: of the 4-word shingles of a page, shared/found is its precision and
shared/gold its recall; the harmonic mean of both means over the pages.
"""

import json
import re
import statistics
import zipfile
from collections import Counter
from collections.abc import Callable

import trafilatura
from measure import compare

from analysis.core.errors import CorpusError
from analysis.reading.fetching import shared_folder
from analysis.reading.records import Record
from analysis.reading.webpage import read_web_page

SHARED = shared_folder()
FOLDS = 5

Page = dict[str, object]


def pages(name: str) -> list[Page]:
    """Return the pages of one zip, each with its gold values and its text as ``html``."""
    with zipfile.ZipFile(SHARED / "boilerplate" / f"{name}.dev.zip") as archive:
        found = [json.loads(line) for line in archive.read("ground_truth.jsonl").decode("utf-8").splitlines()]
        for page in found:
            data = archive.read("html/" + page["html_file"].rpartition("/")[2])
            page["html"] = data.decode(page["encoding"], errors="replace")
    return found


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(shingle for i in range(max(1, len(words) - 3)) if (shingle := tuple(words[i : i + 4])))


def precision_and_recall(gold: str, found: str) -> tuple[float, float]:
    wanted, given = shingles(gold), shingles(found)
    shared = (wanted & given).total()
    return shared / max(1, given.total()), shared / max(1, wanted.total())


def f1(scores: list[tuple[float, float]]) -> float:
    precision, recall = (statistics.mean(side) for side in zip(*scores, strict=True))
    return 2 * precision * recall / (precision + recall)


def snippets(corpus: list[Page], texts: list[str]) -> str:
    found = [" ".join(text.split()) for text in texts]
    kept = [
        " ".join(part.split()) in text
        for page, text in zip(corpus, found, strict=True)
        for part in page["must_contain"]
    ]
    out = [
        " ".join(part.split()) not in text
        for page, text in zip(corpus, found, strict=True)
        for part in page["must_not_contain"]
    ]
    return f"must contain {sum(kept)}/{len(kept)}, must not contain {sum(out)}/{len(out)}"


def ours(page: Page) -> Record:
    try:
        return read_web_page(page["html"]).records[0]
    except CorpusError:
        return {"headline": "", "standfirst": "", "body": "", "extraction_flag": "refused"}


def alone(page: Page) -> str:
    return trafilatura.extract(page["html"], include_comments=False, deduplicate=False) or ""


def whole(record: Record) -> str:
    return "\n".join(str(record[name]) for name in ("headline", "standfirst", "body"))


def run(read: Callable[[Page], object], corpus: list[Page]) -> Callable[[], object]:
    return lambda: [read(page) for page in corpus]


def main() -> None:
    gold, marked = pages("scrapinghub"), pages("trafilatura_en")
    read = [ours(page) for page in gold]
    scores = [precision_and_recall(page["text"], str(record["body"])) for page, record in zip(gold, read, strict=True)]
    theirs = [precision_and_recall(page["text"], alone(page)) for page in gold]
    folds = ", ".join(f"{f1(scores[fold::FOLDS]):.3f} ({f1(theirs[fold::FOLDS]):.3f})" for fold in range(FOLDS))
    print(
        f"shingle F1 on {len(gold)} pages: ours {f1(scores):.4f}, peer {f1(theirs):.4f}; fifths, ours (peer): {folds}"
    )
    flagged = [bool(record["extraction_flag"]) for record in read]
    cut = [recall < 0.5 for _, recall in scores]
    silent = sum(is_cut and not is_flagged for is_cut, is_flagged in zip(cut, flagged, strict=True))
    false = sum(is_flagged and not is_cut for is_cut, is_flagged in zip(cut, flagged, strict=True))
    print(
        f"lost over half: {sum(cut)}, of them not flagged {silent}; good pages flagged: {false} of {len(cut) - sum(cut)}"
    )
    records = [ours(page) for page in marked]
    print(f"ours, {len(marked)} pages: {snippets(marked, [whole(record) for record in records])}")
    print(f"ours, body alone: {snippets(marked, [str(record['body']) for record in records])}")
    print(f"peer: {snippets(marked, [alone(page) for page in marked])}")
    print(f"flagged: {sum(bool(record['extraction_flag']) for record in records)} of {len(records)}")
    corpus = gold + marked
    megabytes = sum(len(page["html"]) for page in corpus) / 1e6
    compare(f"reading {len(corpus)} pages", run(ours, corpus), run(alone, corpus), megabytes)


if __name__ == "__main__":
    main()
