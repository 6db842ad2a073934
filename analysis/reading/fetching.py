"""Public corpora: from a local copy, from the cache, or from the network, each checked."""

import fnmatch
import hashlib
import json
import os
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pooch
from filelock import FileLock

from analysis.core.errors import CorpusError
from analysis.core.files import make_folder, whole_file, write_whole
from analysis.core.near import did_you_mean
from analysis.core.places import told
from analysis.reading.downloading import ResumingDownload
from analysis.reading.known_corpora import KnownCorpus, known_corpora

_SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
_SUMS = "SHA256SUMS"
_DEFINITION = ".definition"


def fetch(name: str, *, folder: str | Path | None = None, corpora: str | Path | None = None) -> Path:
    """Return the path of a public corpus as one file that `analysis.read` takes, got from the network where it is not here yet.

    Looked for in this order: a copy in the folder that the environment variable ``FRAMING_SHARED`` names (``../shared/data``
    beside the project where it is not set); the cache (``FRAMING_CACHE``, else the user's cache folder); the network. With
    `folder`, only there and in the network.

    What is downloaded is one archive, kept beside the corpus. A download that broke off goes on where it stopped. The archive is checked by
    its SHA-256 and by the number of its articles; where the list of corpora states no SHA-256, that of the first
    download is written into ``SHA256SUMS`` and holds from then on.

    Parameters
    ----------
    name : str
        Name of the corpus, such as ``abp``.
    folder : path, optional
        Where to keep it instead of the cache; made if it is not there.
    corpora : path, optional
        A list of corpora of your own, in the form of ``analysis/reading/corpora.yml``.

    Returns
    -------
    pathlib.Path
        A Parquet file. A local copy may hold fewer articles than the published corpus.

    Raises
    ------
    CorpusError
        When no corpus has that name, nothing can be had (the message says what was tried and where to put the archive by hand), or what
        was got is not what was expected.
    """
    corpus = known_corpus(name, corpora=corpora)
    local = _local_copy(corpus) if folder is None else None
    if local is not None:
        return local
    place = Path(folder or os.environ.get("FRAMING_CACHE") or pooch.os_cache("media-framing-analysis")) / corpus.name
    make_folder(place)
    with FileLock(place / ".lock"):
        return _kept(corpus, place)


def known_corpus(name: str, *, corpora: str | Path | None = None) -> KnownCorpus:
    """Return what is known of a corpus: its address, licence, citation and columns.

    Raises
    ------
    CorpusError
        When no corpus has that name.
    """
    known = known_corpora(corpora)
    if name not in known:
        raise CorpusError(
            f"no corpus {name!r}; known are {', '.join(map(repr, known))}; add yours to a list (corpora=…){did_you_mean(name, known, what='corpus')}"
        )
    return known[name]


def shared_folder() -> Path:
    """Return the folder of shared data: what ``FRAMING_SHARED`` names, else ``../shared/data`` beside the project."""
    return Path(os.environ.get("FRAMING_SHARED") or _SHARED)


def _local_copy(corpus: KnownCorpus) -> Path | None:
    return next((path for name in corpus.local if (path := shared_folder() / name).is_file()), None)


def _kept(corpus: KnownCorpus, place: Path) -> Path:
    """Return the corpus in its folder, made from the archive where it is not there, and that got where it is not."""
    articles, archive = place / f"{corpus.name}.parquet", place / f"{corpus.name}.zip"
    definition = place / _DEFINITION
    if definition.exists() and definition.read_text(encoding="utf-8") != corpus.digest:
        # The list now says otherwise where it lies or how it is read: nothing that was made before is this corpus.
        for path in (articles, archive, place / _SUMS):
            path.unlink(missing_ok=True)
    write_whole(definition, corpus.digest.encode("utf-8"))
    sums = _read_sums(place / _SUMS)
    if articles.exists() and articles.name in sums:
        _verify(articles, sums[articles.name])
        return articles
    _download(corpus, archive, corpus.sha256 or sums.get(archive.name))
    with whole_file(articles) as file:
        read_archive(archive, corpus).to_parquet(file, index=False)
    _write_sums(place / _SUMS, {path.name: _sha256(path) for path in (archive, articles)})
    return articles


def _verify(path: Path, expected: str) -> None:
    if (found := _sha256(path)) != expected:
        raise CorpusError(
            f"{path}: its SHA-256 is {found}, but {_SUMS} beside it says {expected}: it was changed or damaged; "
            "delete it, and it is made anew from the archive"
        )


def _download(corpus: KnownCorpus, archive: Path, expected: str | None) -> None:
    """Get the archive where it is not there, and check it."""
    if archive.exists():
        if expected and (found := _sha256(archive)) != expected:
            raise CorpusError(
                f"{archive}: its SHA-256 is {found}, expected is {expected}; delete it, and it is downloaded again"
            )
        return
    part = archive.with_name(f"{archive.name}.part")
    try:
        ResumingDownload(part)(corpus.address, str(part))
    except OSError as error:
        raise CorpusError(
            f"corpus {corpus.name!r}: not in the shared data ({shared_folder()}), not in the cache ({archive.parent}), and "
            f"{urlsplit(corpus.address).netloc} does not give it ({error}). Download {corpus.address} elsewhere and save it as {archive}, "
            "or try again: what has come is kept"
        ) from error
    if expected and _sha256(part) != expected:
        part.unlink()
        raise CorpusError(
            f"corpus {corpus.name!r}: what {corpus.address} sends is not the archive that is expected (SHA-256 {expected}); "
            f"the publisher may have packed it anew. If you trust it, delete {archive.parent / _SUMS} and fetch again"
        )
    with told(archive):
        part.replace(archive)


def read_archive(path: Path, corpus: KnownCorpus) -> pd.DataFrame:
    """Return the articles of an archive, in order of the names of its files, with our names of columns, as strings.

    Raises
    ------
    CorpusError
        When it is no whole zip archive, a file in it is no JSON object, no object has one of the keys, or it holds another
        number of articles than its publisher states.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if fnmatch.fnmatchcase(name, corpus.members))
            records = [_record(path, name, archive.read(name), corpus) for name in names]
    except zipfile.BadZipFile as error:
        raise CorpusError(f"{path}: no whole zip archive ({error}); delete it, and it is downloaded again") from error
    if len(records) != corpus.n_articles:
        raise CorpusError(
            f"{path}: {len(records):,} files match {corpus.members!r}, but corpus {corpus.name!r} has {corpus.n_articles:,} articles; "
            "correct members or n_articles in the list, or, if the archive is damaged, delete it, and it is downloaded again"
        )
    table = pd.DataFrame(records, columns=list(corpus.columns), dtype="str")
    # An article without one of the keys has a gap there, and `read` judges it; a key that none has is a mistake in the list.
    for column, key in corpus.columns.items():
        if table[column].isna().all():
            raise CorpusError(
                f"{path}: no article has the key {key!r}, which corpus {corpus.name!r} names for {column!r}"
            )
    return table


def _record(path: Path, name: str, data: bytes, corpus: KnownCorpus) -> list[str | None]:
    try:
        written = json.loads(data)
    except ValueError as error:
        raise CorpusError(f"{path}: {name}: not valid JSON ({error})") from error
    if not isinstance(written, dict):
        raise CorpusError(f"{path}: {name}: no JSON object, but {type(written).__name__}")
    values = [written.get(key) for key in corpus.columns.values()]
    return [None if value is None else str(value) for value in values]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_sums(path: Path) -> dict[str, str]:
    """Return the checksum of each file from lines as ``sha256sum`` writes them."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _write_sums(path: Path, sums: dict[str, str]) -> None:
    write_whole(path, "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode("utf-8"))
