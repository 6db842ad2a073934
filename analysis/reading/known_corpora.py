"""The list of public corpora: where each lies, under which licence, how many articles it has, and how its columns are called."""

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from analysis.core.errors import CorpusError

SHIPPED = Path(__file__).with_name("corpora.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCorpus:
    """A public corpus: one zip archive of JSON files, one object an article.

    Attributes
    ----------
    name : str
        What it is fetched by.
    title, licence, citation : str
        To be printed where it is used.
    address : str
        Web address of the archive.
    sha256 : str, optional
        Of the archive, in hexadecimal digits; None where it is not known before the first download.
    n_articles : int
        Number of articles that its publisher states.
    members : str
        Which files of the archive are articles, with ``*`` and ``?``.
    columns : dict of str to str
        Our column to the key of the JSON object.
    local : list of str
        Where a copy may stand below the folder of shared data.
    """

    name: str
    title: str
    licence: str
    citation: str
    address: str
    sha256: str | None
    n_articles: int
    members: str
    columns: dict[str, str]
    local: list[str]

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits of the SHA-256 of what decides which articles are got, and how they are read."""
        decides = [self.address, self.sha256, self.n_articles, self.members, self.columns]
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode("utf-8")).hexdigest()[:8]


_KINDS: dict[str, tuple[type, ...]] = {
    "title": (str,), "licence": (str,), "citation": (str,), "address": (str,), "sha256": (str, type(None)),
    "n_articles": (int,), "members": (str,), "columns": (dict,), "local": (list,),
}  # fmt: skip


def known_corpora(path: str | Path | None = None) -> dict[str, KnownCorpus]:
    """Return the corpora of a YAML file by name; see ``analysis/reading/corpora.yml``, the default, for its form.

    Raises
    ------
    CorpusError
        When the file cannot be read, or an entry lacks a key, has one that is not known, or a value of another kind.
    """
    path = Path(path or SHIPPED)
    try:
        written = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise CorpusError(f"{path}: cannot be read ({error}); copy {SHIPPED.name} and change it") from error
    if not isinstance(written, dict) or not all(isinstance(entry, dict) for entry in written.values()):
        raise CorpusError(f"{path}: no mapping from names to corpora; copy {SHIPPED.name} and change it")
    return {str(name): _known(path, str(name), entry) for name, entry in written.items()}


def _known(path: Path, name: str, entry: dict[str, Any]) -> KnownCorpus:
    needed = [field.name for field in fields(KnownCorpus) if field.name != "name"]
    if set(entry) != set(needed):
        wrong = sorted(set(entry) ^ set(needed), key=str)
        raise CorpusError(
            f"{path}: {name}: key {wrong[0]!r} is {'missing' if wrong[0] in needed else 'not known'}; "
            f"needed are {', '.join(needed)}"
        )
    for key in needed:
        if not isinstance(entry[key], _KINDS[key]):
            kinds = " or ".join("null" if kind is type(None) else kind.__name__ for kind in _KINDS[key])
            raise CorpusError(f"{path}: {name}: {key} is {entry[key]!r}; needed is {kinds}")
    return KnownCorpus(name=name, **entry)
