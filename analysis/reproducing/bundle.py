"""The replication bundle: what others need to check a result, without the texts."""

import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.core.cells import guarded
from analysis.core.errors import FramingError, LexiconError
from analysis.core.files import claimed_file, write_whole, zipped
from analysis.core.schema import TEXT_FIELDS, kind_of
from analysis.counting.resampling import Resampling
from analysis.hits.find import find_hits
from analysis.lexicons import Lexicon, read_lexicon
from analysis.matching.matching import Overlap
from analysis.measures.rates import rates
from analysis.reading.corpus import Corpus
from analysis.reading.given import tokenize
from analysis.tokens.tokens import Tokens

FORMAT = "media-framing-bundle 1"
MOST_WORDS = 5  # of an article in a row; a longer text is named by its hash
_MOST_CHARACTERS = 60  # in scripts without spaces a sentence would be one word
PACKAGES = ("numpy", "pandas", "pyarrow", "scipy", "numba", "unicodedata2", "media-framing-analysis")
_WORDS_OF_ARTICLES = ("text", "speaker", "speaker_text", "cue")
TABLES = ("outlet", "zone", "voice")
ARTICLE_COLUMNS = ("article_id", "outlet", "date", "text_sha256", "n_words", "lead_paragraphs")
_TEXT = """\
Replication bundle of a media framing analysis
==============================================

What it is: every number of the result, and what it takes to find them again, but not the articles, which belong to their
publishers. Nothing here holds more than {most_words} words of an article in a row.

hits.csv               one row for every match of the lexicon: article, place, matched words, category, voice, speaker, target,
                       negation. Words of the article that are longer than {most_words} words are given as sha256:..., which can
                       be compared, but not read. start and end count characters (Unicode code points) of the field.
articles.csv           one row an article, in the order of the corpus: id (an address by its hash), outlet, day, number of words,
                       how many paragraphs are the lead, and text_sha256. No headline and no web address, because addresses
                       often repeat the headline.
rates-by-*.csv         the result tables: hits per 1,000 words, shares of articles and sentences, with 95% intervals.
lexicon/, targets/     the word lists that were used, byte for byte.
parameters.json        every choice and every version: rules, seeds, packages.
SHA256SUMS             checksums of these files; `sha256sum -c SHA256SUMS` checks them.

text_sha256 is the SHA-256 of the UTF-8 bytes of the JSON list [headline, standfirst, body], written without spaces after
commas and without \\u escapes, of the texts as the program reads them (boilerplate cut where it was cut, line ends as \\n).

An apostrophe stands before a text in the CSV files that a spreadsheet could take for a formula; a text that itself begins
with an apostrophe has two.

How to check, if you have the articles:

    framing bundle --check THIS_FILE.zip YOUR_ARTICLES

It says which of your articles are the same, letter for letter, finds the hits in them again with the lexicon of this bundle, and
lists every difference. Where all articles are there, the tables are computed again too. If you have not got the articles, you
can still add up hits.csv and articles.csv: rate_per_1000 is 1,000 x hits / words.
"""
README = _TEXT.format(most_words=MOST_WORDS).encode("utf-8")


def bundle(
    corpus: Corpus,
    lexicon: str | Path,
    out: str | Path,
    *,
    targets: str | Path | None = None,
    overlap: Overlap = "longest_within_category",
) -> Path:
    """Write a zip archive with which others can check a result without the texts, and return its path.

    It holds HITS, a hash of each article, rates by outlet, zone and voice, the lexicon files, every parameter and version, the checksum
    of each of its files, and a README that says how to check. No passage of more than five words of an article is in it: longer
    mentions of speakers are named by their hash. The same input gives the same bytes.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    lexicon : path
        Lexicon file of any format.
    out : path
        Archive to write.
    targets : path, optional
        Lexicon of whom hits may be about.
    overlap : {"longest_within_category", "every_entry"}
        As for `analysis.find_hits`.

    Raises
    ------
    LexiconError
        When a lexicon cannot be read.
    FramingError
        When `out` does not end in ``.zip``.
    OutputError
        When it cannot be written, or another run is writing it; this is tried before the work.
    """
    for path, role in ((lexicon, "lexicon"), (targets, "targets")):
        if path is not None and not isinstance(path, str | Path):
            raise LexiconError(
                f"bundle(corpus, lexicon, out): found {kind_of(path)} in the place of the {role}; give the path of its file, which goes "
                f"into the bundle as it is"
            )
    out = Path(out)
    if out.suffix != ".zip":
        raise FramingError(f"{out}: a bundle is a zip archive; give a name that ends in .zip")
    lexica = {"lexicon": Path(lexicon)} | ({} if targets is None else {"targets": Path(targets)})
    with claimed_file(out):
        write_whole(out, zipped(_files(corpus, lexica, overlap)))
    return out


def _files(corpus: Corpus, lexica: dict[str, Path], overlap: Overlap) -> dict[str, bytes]:
    """Return the files of a bundle by their names, in the order of these."""
    read = {role: read_lexicon(path) for role, path in lexica.items()}
    tokens = tokenize(corpus)
    hits = find_hits(tokens, read["lexicon"], targets=read.get("targets"), overlap=overlap)
    names = {role: f"{role}/{path.name}" for role, path in lexica.items()}
    files = {
        "README.txt": README,
        "articles.csv": csv_bytes(article_rows(tokens)),
        "hits.csv": csv_bytes(hit_rows(hits)),
        "parameters.json": json_bytes(_parameters(corpus, tokens, hits, read, names)),
        **{names[role]: path.read_bytes() for role, path in lexica.items()},
        **{name: csv_bytes(table) for name, table in result_tables(hits, tokens).items()},
    }
    files["SHA256SUMS"] = "".join(f"{sha256_of(data)}  {name}\n" for name, data in sorted(files.items())).encode(
        "utf-8"
    )
    return dict(sorted(files.items()))


def article_rows(tokens: Tokens) -> pd.DataFrame:
    """Return what a bundle says of each article, in the order of the corpus: identity, hash and length."""
    articles = tokens.articles
    return pd.DataFrame(
        {
            "article_id": bundled_ids(articles["article_id"]),
            "outlet": articles["outlet"],
            "date": articles["date"].dt.strftime("%Y-%m-%d"),
            "text_sha256": text_hashes(articles),
            "n_words": tokens.tokens_per_article.to_numpy(),
            "lead_paragraphs": articles["lead_paragraphs"],
        }
    )


def text_hashes(articles: pd.DataFrame) -> list[str]:
    """Return the SHA-256 of each article's texts, as a bundle's README defines it."""
    texts = zip(*(articles[field] for field in TEXT_FIELDS), strict=True)
    written = (json.dumps(list(fields), ensure_ascii=False, separators=(",", ":")) for fields in texts)
    return [sha256_of(text.encode("utf-8")) for text in written]


def hit_rows(hits: pd.DataFrame) -> pd.DataFrame:
    """Return HITS without passages of the articles: words in a row beyond five are named by their hash."""
    short = {name: hits[name].astype("str").map(_shortened, na_action="ignore") for name in _WORDS_OF_ARTICLES}
    return hits.assign(article_id=bundled_ids(hits["article_id"]), **short)


def _shortened(text: str) -> str:
    is_short = len(text.split()) <= MOST_WORDS and len(text) <= _MOST_CHARACTERS
    return text if is_short else _hashed(text)


def _hashed(text: str) -> str:
    return f"sha256:{sha256_of(text.encode('utf-8'))}"


def bundled_ids(ids: pd.Series) -> pd.Series:
    """Return article ids as a bundle names them: an address, which often repeats the headline, by its hash."""
    return ids.astype("str").map(lambda name: _hashed(name) if "://" in name else name)


def result_tables(hits: pd.DataFrame, tokens: Tokens) -> dict[str, pd.DataFrame]:
    """Return the rates of each category by outlet, zone and voice, by the name of their file."""
    known = [name for name in TABLES if name != "voice" or hits["voice"].notna().any()]
    return {f"rates-by-{name}.csv": rates(hits, tokens, by=[name, "category"]) for name in known}


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return the table as CSV that no spreadsheet takes for formulas; see `analysis.core.cells`."""
    return guarded(table).to_csv(index=False, lineterminator="\n").encode("utf-8")


def versions() -> dict[str, str]:
    """Return the version of Python and of each package that numbers depend on."""
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}


def _parameters(
    corpus: Corpus, tokens: Tokens, hits: pd.DataFrame, read: dict[str, Lexicon], names: dict[str, str]
) -> dict[str, Any]:
    lexica = {
        role: {"file": names[role], "name": one.name, "version": one.version, "hash": one.hash}
        for role, one in read.items()
    }
    counts = {
        "n_articles": len(corpus.articles), "n_rejected": len(corpus.rejected), "n_cut_passages": len(corpus.removed),
        "n_words": len(tokens), "n_hits": len(hits),
    }  # fmt: skip
    choices = {
        "corpus_hash": tokens.corpus_hash,
        "token_rule": tokens.rule,
        "overlap": hits.attrs["overlap"],
        "phrase_rule": hits.attrs["phrase_rule"],
        "interval": str(Resampling()),
    }
    return {"format": FORMAT, **choices, **counts, **lexica, "versions": versions()}


def json_bytes(value: dict[str, Any]) -> bytes:
    """Return parameters as a bundle has them."""
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
