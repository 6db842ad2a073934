"""Entries added to a lexicon file in place: its comments and its layout stay, its version goes up.

A file is not written anew from the lexicon, which would lose every comment; the lines of the new entries are put where the
category's list ends. Whether the result says what it should is not assumed but read: it replaces the file only when it is
the lexicon that was meant.
"""

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, Self

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from analysis.core.errors import LexiconError, OutputError
from analysis.core.files import claimed_file, scratch_file, write_whole
from analysis.lexicons.checks import entry_problems, refuse, shown
from analysis.lexicons.loading import read_lexicon
from analysis.lexicons.model import Entry, Lexicon, with_parents
from analysis.lexicons.source import read_bytes
from analysis.lexicons.writing import differences

_LAST_NUMBER = re.compile(r"(?:.*?(?<!\d))(\d+)(\D*)", re.DOTALL)
_ENDLESS = 1 << 30  # characters of a line that the YAML writer may fill


@dataclass(frozen=True, eq=False)
class LexiconFile:
    """A lexicon file as it was read.

    Attributes
    ----------
    path : pathlib.Path
        The file, in the project's form in YAML.
    lexicon : Lexicon
        What it holds.
    data : bytes
        Its bytes, by which a later change is noticed.
    """

    path: Path
    lexicon: Lexicon
    data: bytes = field(repr=False)

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Return a file, ready to be edited.

        Raises
        ------
        LexiconError
            When it cannot be read, holds a mistake, or is not in the project's form in YAML.
        """
        path = Path(path).resolve()
        # The bytes come first: a change in between is then noticed when entries are added.
        data = read_bytes(path)
        lexicon = read_lexicon(path)
        if path.suffix.lower() not in (".yml", ".yaml") or not _is_own_form(data):
            raise LexiconError(
                f"{path}: entries can be added to a YAML file with 'name', 'version' and 'categories' only; "
                f"write it in that form: framing lexicon convert {path.name} {path.stem}-own.yml"
            )
        return cls(path, lexicon, data)

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


def add_entries(file: LexiconFile, entries: Sequence[Entry], *, path: str | Path | None = None) -> LexiconFile:
    """Add entries to the ends of their categories' lists, raise the version, and return the file as it is then.

    Parameters
    ----------
    file : LexiconFile
        The file as it was read.
    entries : sequence of Entry
        The new entries; text, category, weight, case, exceptions and note are written.
    path : str or pathlib.Path, optional
        A new file that gets the result, beside the old one or elsewhere; `file` then stays as it is.

    Returns
    -------
    LexiconFile
        The file read again. The old file is replaced at once when the new one is complete.

    Raises
    ------
    LexiconError
        When the file was changed since it was read, an entry can never match or is there already, its category is
        not there or has no list of entries, or the file cannot be written or `path` is there already. Nothing is written then.
    """
    target = file.path if path is None else new_file(path)
    _refuse_changed(file)
    check_entries(file, entries)
    text = file.data.decode("utf-8-sig")
    top, version = _tree(text), raised(file.lexicon.version)
    edits = [_version_edit(top["version"], version)]
    edits += [
        _entries_edit(text, _list_of(file, top, category), [entry for entry in entries if entry.category == category])
        for category in dict.fromkeys(entry.category for entry in entries)
    ]
    for place, end, new in sorted(edits, reverse=True):
        text = text[:place] + new + text[end:]
    mark = "\ufeff" if file.data.startswith(b"\xef\xbb\xbf") else ""
    meant = replace(_with_entries(file.lexicon, entries), version=version)
    return _written(file, (mark + text).encode("utf-8"), meant, target)


def put_back(file: LexiconFile, earlier: LexiconFile) -> LexiconFile:
    """Put an earlier state in the place of a file, byte for byte, and return it.

    Raises
    ------
    LexiconError
        When the file was changed since it was read, or cannot be written. Nothing is written then.
    """
    _refuse_changed(file)
    return _written(file, earlier.data, earlier.lexicon, file.path)


def keep_original(file: LexiconFile) -> Path:
    """Keep a copy of a file beside it, named by its version (frames.yml → frames-1.0.0.yml), and return where.

    A copy that is there already with other contents stays; the new one then has a number after the version.

    Raises
    ------
    LexiconError
        When it cannot be written.
    """
    version = re.sub(r"[^\w.-]+", "-", file.lexicon.version)
    for number in count(1):
        name = f"{file.path.stem}-{version}{f'-{number}' if number > 1 else ''}{file.path.suffix}"
        copy = file.path.with_name(name)
        try:
            if not copy.exists():
                write_whole(copy, file.data)
            if copy.read_bytes() == file.data:
                break
        except (OSError, OutputError) as error:
            raise LexiconError(f"the original cannot be kept, so nothing was saved: {error}") from error
    return copy


def new_file(path: str | Path) -> Path:
    """Return the path of a YAML file that is not there yet.

    Raises
    ------
    LexiconError
        When it is there already, or its name is that of no YAML file.
    """
    path = Path(path).resolve()
    if path.suffix.lower() not in (".yml", ".yaml"):
        raise LexiconError(f"{path}: a lexicon is saved as a YAML file; write a name that ends in .yml")
    if path.exists():
        raise LexiconError(f"{path}: there is a file of this name already, so nothing was saved; write another name")
    return path


def _refuse_changed(file: LexiconFile) -> None:
    if read_bytes(file.path) != file.data:
        raise LexiconError(
            f"{file.path}: the file was changed since it was read, so nothing was saved; read it again and repeat the edit"
        )


def raised(version: str) -> str:
    """Return the next version: the last number one higher, as in 1.0.0 → 1.0.1, v3 → v4, 2026-09 → 2026-10; draft → draft.1."""
    found = _LAST_NUMBER.fullmatch(version)
    if found is None:
        return f"{version}.1"
    start, end = found.span(1)
    return f"{version[:start]}{int(found[1]) + 1:0{end - start}d}{version[end:]}"


def check_entries(file: LexiconFile, entries: Sequence[Entry]) -> None:
    """Refuse entries that cannot be added to a file.

    Raises
    ------
    LexiconError
        When there is none, or one can never match, is there already, or names a category that is not there.
    """
    if not entries:
        raise LexiconError(f"{file.path}: there is no entry to add, so nothing was saved; give one at least")
    for entry in entries:
        if entry.category not in file.lexicon.category_names:
            raise LexiconError(f"{file.path}: {file.lexicon.no_category(entry.category)}")
    new = [replace(entry, line=0) for entry in entries]
    refuse(str(file.path), entry_problems([*file.lexicon.own_entries, *new]))


def _with_entries(lexicon: Lexicon, entries: Sequence[Entry]) -> Lexicon:
    """Return the lexicon with the entries at the ends of their categories."""
    own = list(lexicon.own_entries)
    for entry in entries:
        end = max(place for place, other in enumerate(own) if other.category == entry.category) + 1
        own.insert(end, entry)
    return with_parents(replace(lexicon, entries=tuple(own)))


def _tree(text: str) -> dict[str, Any]:
    root = YAML(typ="safe", pure=True).compose(text)
    return _children(root)


def _children(node: Node) -> dict[str, Any]:
    return {key.value: value for key, value in node.value} if isinstance(node, MappingNode) else {}


def _is_own_form(data: bytes) -> bool:
    top = _tree(data.decode("utf-8-sig"))
    return isinstance(top.get("categories"), MappingNode) and isinstance(top.get("version"), ScalarNode)


Edit = tuple[int, int, str]  # the characters from the first to before the second become the third


def _version_edit(node: Any, version: str) -> Edit:
    is_plain = node.style is None
    return node.start_mark.index, node.end_mark.index, version if is_plain else _yaml(DoubleQuotedScalarString(version))


def _list_of(file: LexiconFile, top: dict[str, Any], category: str) -> Any:
    node = _children(top["categories"])[category]
    items = _children(node).get("entries") if isinstance(node, MappingNode) else node
    if not isinstance(items, SequenceNode):
        raise LexiconError(
            f"{file.path}: category {shown(category)} has no list of entries, only parts; add the entry to one of them"
        )
    return items


def _entries_edit(text: str, items: Any, entries: Sequence[Entry]) -> Edit:
    made = CommentedSeq(_item(entry) for entry in entries)
    if items.flow_style:
        made.fa.set_flow_style()
        inside = _yaml(made)[1:-1]
        end = items.value[-1].end_mark.index if items.value else items.start_mark.index + 1
        return end, end, f", {inside}" if items.value else inside
    # A block ends where the next one begins; its last line is that of its last word.
    last = len(text[: _last_leaf(items).end_mark.index].rstrip())
    end = last + len(text[last:].splitlines()[0]) if last < len(text) else last
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = " " * items.start_mark.column
    return end, end, "".join(f"{newline}{indent}{line}" for line in _yaml(made).splitlines())


def _last_leaf(node: Any) -> Any:
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return node


def _item(entry: Entry) -> object:
    quoted = DoubleQuotedScalarString
    details: dict[str, object] = {}
    if entry.weight != 1:
        details["weight"] = entry.weight
    if entry.case != "fold":
        details["case"] = entry.case
    if entry.exceptions:
        details["except"] = exceptions = CommentedSeq(map(quoted, entry.exceptions))
        exceptions.fa.set_flow_style()
    if entry.note:
        details["note"] = quoted(entry.note)
    return CommentedMap({"entry": quoted(entry.text), **details}) if details else quoted(entry.text)


def _yaml(value: Any) -> str:
    writer, target = YAML(), io.StringIO()
    writer.width = _ENDLESS
    writer.dump(value, target)
    return target.getvalue().rstrip("\n")


def _written(file: LexiconFile, data: bytes, meant: Lexicon, target: Path) -> LexiconFile:
    """Put `data` into the place of `target`, once it is read as the lexicon that was meant."""
    try:
        with scratch_file(target.name, data) as written:
            lexicon = read_lexicon(written)
        found = differences(meant, lexicon)
        if found:
            raise LexiconError(
                f"{file.path}: the entries could not be put into the layout of this file ({'; '.join(found)}), so nothing was "
                f"saved; add them by hand"
            )
        with claimed_file(target):
            _refuse_changed(file)  # once more: reading a large lexicon takes a while
            write_whole(target, data)
    except OutputError as error:
        raise LexiconError(str(error)) from error
    return LexiconFile(target, lexicon, data)
