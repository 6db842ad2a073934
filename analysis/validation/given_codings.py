"""Codings as files give them, before any is checked, and what of them cannot be used."""

from dataclasses import dataclass, field
from typing import NamedTuple

PERSON, MODEL, ADJUDICATED = KINDS = ("person", "model", "adjudicated")
# What a file says of the sample and the codebook that it is of.
FACTS = ("sample_id", "codebook", "codebook_version")


class Given(NamedTuple):
    """One coding as a file has it.

    Attributes
    ----------
    file, place : str
        The file, and where in it: "row 12, column 'frame'".
    coder, item, variable, value, comment, kind : str
        As written there; `value` "" where the cell is empty.
    turn : str
        Its place in the coder's sequence, "" where the file does not say.
    where : dict of str to str
        What the file says of the item, as far as it does: columns of SAMPLE, such as ``article_id``, ``start``, ``probability``.
    """

    file: str
    place: str
    coder: str
    item: str
    variable: str
    value: str
    comment: str
    kind: str
    turn: str
    where: dict[str, str]


class Fault(NamedTuple):
    """A piece of a file that is no coding, or one that cannot be used: a row of REJECTED_CODINGS."""

    file: str
    place: str
    coder: str
    item: str
    variable: str
    found: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Filed:
    """What one file holds.

    Attributes
    ----------
    file : str
        Its name.
    facts : dict of str to str
        ``sample_id``, ``codebook`` and ``codebook_version``, as far as it says them.
    given : list of Given
        Its codings, and its empty cells.
    faults : list of Fault
        What cannot be read.
    notes : list of str
        What must be known of it.
    """

    file: str
    facts: dict[str, str] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def fault_of(given: Given, reason: str, remedy: str) -> Fault:
    """Return a coding that cannot be used, with its comment, so that nothing is lost."""
    found = given.value + (f" (comment: {given.comment})" if given.comment else "")
    return Fault(given.file, given.place, given.coder, given.item, given.variable, found.strip(), reason, remedy)


def fault_of_file(file: str, found: str, reason: str, remedy: str, *, place: str = "") -> Fault:
    """Return what is wrong with a file as a whole, or with a part of it that names no item."""
    return Fault(file, place, "", "", "", found, reason, remedy)
