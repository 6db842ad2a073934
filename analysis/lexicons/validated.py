"""The record of how a lexicon was validated, which stands beside its file, and what of it still holds after an edit."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.core.errors import LexiconError
from analysis.core.naming import n_of

if TYPE_CHECKING:  # the lexicon holds its record
    from analysis.lexicons.model import Entry, Lexicon

SUFFIX = ".validation.json"
NEVER = "not validated against human coders"
_NEEDED = ("lexicon", "version", "hash", "day", "coders", "n_units", "corpus", "all", "categories", "entries")
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Validation:
    """What was measured of one version of a lexicon, as its file has it.

    Attributes
    ----------
    facts : Mapping
        ``lexicon``, ``version`` and ``hash``; ``day``; ``coders``, ``n_units``, ``n_hits``, ``sample_seed``, ``corpus``, ``agreement``;
        each as estimate, low and high, None where there is none: precision and recall of ``all`` hits, of ``categories``, and precision
        of ``entries``.
    """

    facts: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The version that was validated."""
        return f"{self.facts['lexicon']} {self.facts['version']} ({self.facts['hash']})"

    def said_of(self, lexicon: "Lexicon") -> str:
        """Return in a few words how a lexicon was validated: this version, or an earlier one of which some still holds."""
        if lexicon.hash == self.facts["hash"]:
            return f"{self._study()}; {_measured(self.facts['all'])}"
        new, n_entries = len(self.changed_entries(lexicon)), len(lexicon.own_entries)
        same = self.same_categories(lexicon)
        figures = [f"{name} {_measured(self.facts['categories'][name])}" for name in same[:_MOST_NAMED]]
        kept = f"; as they were: {'; '.join(figures)}" if figures else "; no category is as it was"
        more = (
            f"; and {n_of(len(same) - _MOST_NAMED, 'more category', 'more categories')}"
            if len(same) > _MOST_NAMED
            else ""
        )
        return (
            f"not this version but {self.title}: {self._study()}; {new:,} of {n_of(n_entries, 'entry', 'entries')} "
            f"{'is changed or new since and has' if new == 1 else 'are changed or new since and have'} no figures{kept}{more}"
        )

    def changed_entries(self, lexicon: "Lexicon") -> list["Entry"]:
        """Return the entries that the validated version did not have as they are."""
        known = {key for entries in self.facts["entries"].values() for key in entries}
        return [entry for entry in lexicon.own_entries if entry_key(entry) not in known]

    def same_categories(self, lexicon: "Lexicon") -> list[str]:
        """Return the categories whose entries are those that were validated."""
        known = self.facts["categories"]
        return [
            name
            for name in lexicon.category_names
            if name in known and known[name]["hash"] == category_hash(lexicon, name)
        ]

    def _study(self) -> str:
        facts, corpus = self.facts, self.facts["corpus"]
        agreement = ", ".join(
            f"{found['kind']} of {name}: alpha {found['estimate']:.2f}"
            for name, found in facts.get("agreement", {}).items()
        )
        articles = f" ({n_of(corpus['articles'], 'article')})" if "articles" in corpus else ""
        where = f"corpus {corpus.get('hash', 'unknown')}{articles}"
        said = [
            f"{n_of(len(facts['coders']), 'coder')}, {n_of(facts['n_units'], 'unit')} of {where}, {facts['day']}",
            *([agreement] if agreement else []),
        ]
        return "; ".join(said)


def _measured(figures: Mapping[str, Any]) -> str:
    """Return precision and recall with their intervals: "precision 0.87 (0.82 to 0.91), recall not measured"."""
    return ", ".join(f"{name} {_estimate(figures[name])}" for name in ("precision", "recall"))


def _estimate(found: list[float | None]) -> str:
    estimate, low, high = found
    if estimate is None:
        return "not measured"
    return f"{estimate:.2f}" + (f" ({low:.2f} to {high:.2f})" if low is not None and high is not None else "")


def entry_key(entry: "Entry") -> str:
    """Return what an entry is: a change of it makes another one."""
    return json.dumps([entry.category, entry.text, entry.case, list(entry.exceptions)], ensure_ascii=False)


def category_hash(lexicon: "Lexicon", name: str) -> str:
    """Return twelve hex digits of what counts for a category: its entries with case, weight and exceptions, in their order."""
    entries: Iterable[list[Any]] = [
        [entry_key(entry), entry.weight] for entry in lexicon.entries if entry.category == name
    ]
    text = json.dumps(list(entries), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def record_path(lexicon: Path) -> Path:
    """Return where the record of a lexicon's file stands: frames.validation.json beside frames.yml."""
    return lexicon.with_name(lexicon.stem + SUFFIX)


def validation_beside(path: Path, lexicon: "Lexicon") -> Validation | None:
    """Return the record of a lexicon that was read from `path`: of those in the folder that of its hash, else its own file's.

    Raises
    ------
    LexiconError
        When a record cannot be read as one.
    """
    found = {file: _read(file) for file in sorted(path.parent.glob(f"*{SUFFIX}"))}
    same = [record for record in found.values() if record.facts["hash"] == lexicon.hash]
    return same[-1] if same else found.get(record_path(path))


def _read(path: Path) -> Validation:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        missing = [name for name in _NEEDED if name not in facts]
    except (OSError, ValueError, TypeError) as error:
        raise LexiconError(
            f"{path}: no record of a validation ({error}); write it anew with fa.validate.save_validation, or delete it"
        ) from error
    if missing:
        raise LexiconError(
            f"{path}: a record of a validation without {', '.join(map(repr, missing))}; write it anew with fa.validate.save_validation, or delete it"
        )
    return Validation(facts)
