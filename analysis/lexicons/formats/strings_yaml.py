"""YAML read as what a lexicon needs: mappings, lists and strings, each with its line; nothing is typed.

Anchors, aliases, merge keys and tags are refused, and so is deep or endless nesting: the events are counted as they
come, before anything is built from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from analysis.core.errors import LexiconError
from analysis.lexicons.checks import Problem, shown
from analysis.lexicons.source import decode, read_bytes

_MAX_DEPTH = 20
_MAX_NODES = 3_000_000
_START = (MappingStartEvent, SequenceStartEvent)
_VALUE = (ScalarEvent, *_START)
_END = (MappingEndEvent, SequenceEndEvent)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of YAML: a string, a list of nodes, or a mapping from strings to nodes."""

    value: "str | list[Node] | dict[str, Node]"
    line: int
    key_line: int = 0  # of the key that it stands under, 0 where it is under none
    last_line: int = 0  # of a plain string that goes on over a line end, else 0


def read_strings(path: Path, encoding: str | None = None) -> tuple[Node, list[Problem]]:
    """Return the one document of a YAML file, and what is wrong with its keys; it is UTF-8 unless `encoding` says otherwise.

    Raises
    ------
    LexiconError
        When the file cannot be read, is not UTF-8, is not YAML, or holds what is not allowed; the message names the
        line.
    """
    data = read_bytes(path)
    text = decode(data, path, encoding).text if encoding else _decoded(data, path)
    try:
        return _built(_Events(path, text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.YAMLError:
        # The parser in C is ten times as fast, the one in Python says better what is wrong.
        return _built(_Telling(path, text, yaml.SafeLoader))


def _built(events: "_Events") -> tuple[Node, list[Problem]]:
    root = next((event for event in events if isinstance(event, _VALUE)), None)
    if root is None:
        raise LexiconError(f"{events.path}: the file is empty; write 'category: [word, word]' at least")
    builder = _Builder(events)
    node = builder.node(root)
    for _ in events:  # what follows is checked too
        pass
    return node, builder.problems


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark.
        data = data.removeprefix(b"\xef\xbb\xbf")
        line = len(data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
        raise LexiconError(
            f"{path}, line {line}: byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8, or say its encoding"
        ) from error


class _Events:
    """The events of a YAML text, as long as they stay within what a lexicon needs."""

    def __init__(self, path: Path, text: str, loader: Any) -> None:
        self.path, self.text, self.loader = path, text, loader
        self.line = 1
        self.depth = self.nodes = self.documents = 0
        self._checked = self._parsed()

    def __iter__(self) -> Iterator[Event]:
        return self._checked

    def __next__(self) -> Event:
        return next(self._checked)

    def _parsed(self) -> Iterator[Event]:
        for event in yaml.parse(self.text, Loader=self.loader):
            self.line = event.start_mark.line + 1
            self._check(event)
            yield event

    def _check(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._error("a second document begins; a lexicon file holds one, take out the '---'")
            return
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._error(
                "anchors (&) and aliases (*name) are not allowed; put quotes round an entry that begins with * or &"
            )
        tag = getattr(event, "tag", None)
        if tag:
            raise self._error(
                f"the tag {tag} is not allowed; every value is a string, put quotes round an entry that begins with !"
            )
        self.nodes += isinstance(event, _VALUE)
        self.depth += isinstance(event, _START)
        self.depth -= isinstance(event, _END)
        if self.depth > _MAX_DEPTH:
            raise self._error(f"nested more than {_MAX_DEPTH} deep; a lexicon has categories and entries only")
        if self.nodes > _MAX_NODES:
            raise self._error(f"more than {_MAX_NODES:,} values; use several files")

    def _error(self, found: str) -> LexiconError:
        return LexiconError(f"{self.path}, line {self.line}: {found}")


class _Telling(_Events):
    """Events as `_Events` gives them; what is no YAML is told with its line."""

    def _parsed(self) -> Iterator[Event]:
        try:
            yield from super()._parsed()
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.line = mark.line + 1 if mark else self.line
            raise self._error(_advice(error.problem or error.context or "")) from error
        except ReaderError as error:
            self.line = self.text.count("\n", 0, error.position) + 1
            found = f"the control character U+{ord(self.text[error.position]):04X} is not allowed; take it out"
            raise self._error(found) from error
        except (yaml.YAMLError, OverflowError) as error:
            raise self._error(f"not valid YAML: {error}; put quotes round the word") from error
        except ValueError as error:
            if isinstance(error, LexiconError):
                raise
            raise self._error(f"not valid YAML: {error}; write the character itself") from error


def _advice(problem: str) -> str:
    if "'\\t'" in problem:
        return "not valid YAML: a tab stands where the line is indented; indent with spaces"
    return f"not valid YAML: {problem}; mend the line or put quotes round the word"


class _Builder:
    """Nodes from events; it goes no deeper than the events are let through."""

    def __init__(self, events: _Events) -> None:
        self.events = events
        self.problems: list[Problem] = []

    def node(self, event: Event, key_line: int = 0) -> Node:
        line = event.start_mark.line + 1
        if isinstance(event, ScalarEvent):
            last_line = event.end_mark.line + 1
            return Node(event.value, line, key_line, last_line if not event.style and last_line > line else 0)
        if isinstance(event, SequenceStartEvent):
            items = []
            while not isinstance(item := next(self.events), SequenceEndEvent):
                items.append(self.node(item))
            return Node(items, line, key_line)
        mapping: dict[str, Node] = {}
        while not isinstance(key := next(self.events), MappingEndEvent):
            self._add(mapping, key)
        return Node(mapping, line, key_line)

    def _add(self, mapping: dict[str, Node], key: Event) -> None:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarEvent):
            self.node(key)
            self.node(next(self.events))
            self.problems.append((line, "a name is expected before the colon, found a list or mapping"))
            return
        node = self.node(next(self.events), line)
        if key.value == "<<" and not key.style:
            self.problems.append((line, "the merge key '<<' is not allowed; write the entries out"))
        elif key.value in mapping:
            first = mapping[key.value].key_line
            self.problems.append(
                (line, f"{shown(key.value)} stands here for the second time (first in line {first}); join the two")
            )
        else:
            mapping[key.value] = node
