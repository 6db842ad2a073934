"""Train the model of polarity that comes with the project, on the train part of NewsMTSC; docs/polarity-model.md is its card.

Usage: python tools/train_polarity.py [--out MODEL.json] [--lexicon LEXICON]

The same data and environment give the same bytes. Needed in FRAMING_SHARED: newsmtsc, and abp for the vectors of words. Without --out the
model that comes with the project is written anew; --lexicon takes the hits of another lexicon, for comparison.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import analysis as fa
from analysis.learning.polarity_model import SHIPPED
from analysis.reading.fetching import shared_folder

ROOT = Path(__file__).resolve().parent.parent
LABELS = {"neg": "negative", "neu": "neutral", "pos": "positive"}
N_WORDS = 6_000  # a file below 300 kB
SEED = 1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--lexicon", type=Path, default=ROOT / "data" / "lexicons" / "frames.yml")
    options = parser.parse_args(arguments)
    shared = shared_folder()
    model = train(shared, fa.read_lexicon(options.lexicon), word_vectors(shared / "abp" / "articles.dev.parquet"))
    model.save(options.out)
    print(f"{options.out}: {model!r}, {options.out.stat().st_size:,} bytes; {model.origin}")
    return 0


def train(shared: Path, lexicon: fa.Lexicon, vectors: fa.learn.Vectors) -> fa.learn.PolarityModel:
    """Return the model of the train part of NewsMTSC."""
    rows = pd.read_json(shared / "newsmtsc" / "targets.dev.jsonl", lines=True)
    rows = rows[rows["official_part"] == "train"].reset_index(drop=True)
    tokens = fa.tokenize(
        fa.read(pd.DataFrame({"article_id": rows["id"], "body": rows["sentence"]}), boilerplate="keep")
    )
    mentions = rows.rename(columns={"id": "article_id"})[["article_id", "target", "start", "end"]].assign(
        field="body", label=rows["polarity"].map(LABELS)
    )
    hits = fa.find_hits(tokens, lexicon, targets=mentions)
    return fa.learn.train_polarity(tokens, mentions, hits=hits, groups=rows["doc"].tolist(), vectors=vectors, seed=SEED)


def word_vectors(articles: Path) -> fa.learn.Vectors:
    """Return vectors of the commonest words of news that are no names: those that are mostly written without a capital."""
    table = pd.read_parquet(articles, columns=["id", "title", "body"])
    table = table.rename(columns={"id": "article_id", "title": "headline"})
    tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
    vectors = fa.learn.train_vectors(tokens, n_words=20_000, min_count=10, window=4, n_dimensions=150, seed=SEED)
    form_of_type, forms = tokens.form_ids
    uses = np.bincount(tokens.type_ids, minlength=len(tokens.types))
    is_lower = np.array([spelling[:1].islower() for spelling in tokens.types])
    share = np.bincount(form_of_type, uses * is_lower) / np.maximum(np.bincount(form_of_type, uses), 1)
    common = {form for form, lower in zip(forms, share.tolist(), strict=True) if lower > 0.5}
    chosen = [word for word in vectors.words if word in common][:N_WORDS]
    return vectors.without(set(vectors.words) - set(chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
