"""Where a result comes from: the one writer of what a table says of itself in ``attrs``, and its readers.

A table names its corpus, lexicon and rules (its origin) and every choice that changed a number. What it was made of says the first, the function that
makes it adds the second. pandas drops ``attrs`` in most joins; a function that joins gives its sources to `with_origin` and loses nothing.
"""

from collections.abc import Hashable, Mapping
from typing import Any, Protocol, TypeAlias

import pandas as pd

from analysis.core.errors import SchemaError

Facts: TypeAlias = Mapping[Any, Any]
# What readers are shown in place of names: ``{"category": {"tax_cut": {"label": {"en": "tax cuts", "de": …}, "short_label": {}}}}``.
LABELS = "labels"
# How the lexicon was validated, in words; it changes no number, and results of before and after a validation may be joined.
VALIDATED = "validated"
_OF_CORPUS_AND_LEXICON = ("corpus_hash", "corpus_articles", "corpus_days", "lexicon", "lexicon_version", "lexicon_hash")


class HasOrigin(Protocol):
    """What says of itself what results made from it have to say: tokens, a lexicon, vectors."""

    @property
    def origin(self) -> Facts:
        """Facts by name, ready for ``attrs``."""
        ...


Source: TypeAlias = pd.DataFrame | HasOrigin | Facts


def with_origin(table: pd.DataFrame, *sources: Source, **choices: Any) -> pd.DataFrame:
    """Return the table, which now says where it comes from.

    Parameters
    ----------
    table : pandas.DataFrame
        A result; what stood in its ``attrs`` before is replaced.
    *sources : pandas.DataFrame, Tokens, Lexicon, Vectors or mapping
        What it was made of: tables say it by their ``attrs``, the others by their ``origin``.
    **choices
        What else changed a number, such as ``interval``; it stands in place of what a source says under that name.

    Raises
    ------
    SchemaError
        When two sources say different things of one corpus, lexicon, rule or choice.
    """
    facts: dict[Hashable, Any] = {}
    for source in sources:
        for name, value in facts_of(source).items():
            if name == LABELS:
                facts[LABELS] = _with_labels(facts.get(LABELS, {}), value)
            elif facts.setdefault(name, value) != value and name != VALIDATED:
                raise SchemaError(
                    f"a result cannot be made of tables that differ in {name!r}: one has {facts[name]!r}, the other {value!r}; "
                    f"make both anew from the same corpus, lexicon and choices, or measure each alone"
                )
    table.attrs = facts | choices
    return table


def _with_labels(known: Facts, further: Facts) -> dict[Any, Any]:
    """Return labels by column and name, of two for one name the first: labels change no number, so sources may differ in them."""
    return {column: further.get(column, {}) | known.get(column, {}) for column in [*known, *further]}


def facts_of(source: Source) -> Facts:
    """Return what a source says of itself."""
    if isinstance(source, pd.DataFrame):
        return source.attrs
    return source if isinstance(source, Mapping) else source.origin


def fact(table: pd.DataFrame, name: str) -> Any:
    """Return what the table says of itself under `name`.

    Raises
    ------
    SchemaError
        When it says nothing of it, as where it was joined with another or read from a file.
    """
    if name not in table.attrs:
        raise SchemaError(
            f"the table does not say its {name!r}; its attrs have {', '.join(map(repr, table.attrs)) or 'nothing'}: take it as its function "
            f"returned it, or give it the attrs of the table that it was made of"
        )
    return table.attrs[name]


def origin_sentences(table: pd.DataFrame) -> list[str]:
    """Return what a caption says of a table: interval, lexicon, targets and corpus, one sentence each, as far as it knows them."""
    interval = [f"Intervals: {table.attrs['interval']}."] if "interval" in table.attrs else []
    return [*interval, *source_sentences(table)]


def source_sentences(table: pd.DataFrame) -> list[str]:
    """Return what a table says of its lexicon, targets and corpus, one sentence each, as far as it knows them."""
    known = table.attrs
    found = []
    if "lexicon_hash" in known:
        found.append(f"Lexicon: {known['lexicon']} {known['lexicon_version']} ({known['lexicon_hash']}).")
        if known.get("lexicon_left_out"):
            found.append(f"Entries of the lexicon that were left out when it was read: {known['lexicon_left_out']}.")
        if VALIDATED in known:
            found.append(f"Validation: {known[VALIDATED]}.")
    elif "lexicons" in known:
        found.append(f"Lexicons: {known['lexicons']}.")
    if known.get("targets", "none") != "none":
        found.append(f"Targets: {known['targets']}.")
    if "corpus_hash" in known:
        found.append(f"Corpus: {_corpus_in_words(known)}.")
    return found


def _corpus_in_words(known: Facts) -> str:
    name = str(known["corpus_hash"])
    if "corpus_articles" not in known:
        return name
    n = known["corpus_articles"]
    return f"{n:,} article{'' if n == 1 else 's'}, {known['corpus_days']} ({name})"


def metadata_of(table: pd.DataFrame, *, notebook: str) -> dict[str, Any]:
    """Return what the metadata of a figure say of its origin, ready for JSON: corpus, lexicon, notebook, and choices as ``parameters``.

    Labels are no choice that changes a number, and the figure shows them itself.

    Parameters
    ----------
    table : pandas.DataFrame
        The table that the figure shows.
    notebook : str
        The notebook that drew the figure, "" for none.
    """
    facts = {str(name): value for name, value in table.attrs.items() if name != LABELS}
    chosen = {name: _plain(value) for name, value in sorted(facts.items())}
    origin = {name: chosen.pop(name) for name in _OF_CORPUS_AND_LEXICON if name in chosen}
    return {**origin, "notebook": notebook, "parameters": chosen}


def _plain(value: Any) -> Any:
    """Return a value that JSON can hold; what it cannot is written as text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return str(value)
