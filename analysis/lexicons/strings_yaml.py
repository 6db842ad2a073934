"""YAML read as what a lexicon needs: mappings, lists and strings, each with its line; nothing is typed.

Anchors, aliases, merge keys and tags are refused, and so is deep or endless nesting: the events are counted as they come,
before anything is built from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from analysis.errors import LexiconError

_MAX_DEPTH = 20
_MAX_NODES = 3_000_000


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of YAML: a string, a list of nodes, or a mapping from strings to nodes."""

    value: "str | list[Node] | dict[str, Node]"
    line: int
    runs_on: bool = False  # a plain string that goes on over a line end


def read_strings(path: Path) -> Node:
    """Return the one document of a YAML file.

    Raises
    ------
    LexiconError
        When the file cannot be read, is not UTF-8, is not YAML, or holds what is not allowed; the message names the line.
    """
    reader = YAML(typ="safe", pure=True)
    try:
        events = _guarded(reader.parse(_decoded(path)), path)
        return _build(events, path)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LexiconError(
            f"{path}, line {line}: not valid YAML: {error.problem or error.context}; mend the line or put quotes round the word"
        ) from error
    except YAMLError as error:
        raise LexiconError(f"{path}: not valid YAML: {error}") from error


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror}); give the path of a lexicon file") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LexiconError(
            f"{path}, line {line}: byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8"
        ) from error


def _guarded(events: Iterator[Event], path: Path) -> Iterator[Event]:
    """Pass the events on, as long as they stay within what a lexicon needs."""
    depth = nodes = documents = 0
    for event in events:
        line = event.start_mark.line + 1
        documents += isinstance(event, DocumentStartEvent)
        if documents > 1:
            raise LexiconError(
                f"{path}, line {line}: a second document begins; a lexicon file holds one, take out the '---'"
            )
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise LexiconError(
                f"{path}, line {line}: anchors (&) and aliases (*name) are not allowed; put quotes round an entry that begins with * or &"
            )
        tag = None if isinstance(event, DocumentStartEvent) else getattr(event, "tag", None)
        if tag:
            raise LexiconError(
                f"{path}, line {line}: the tag {tag} is not allowed; every value is a string, put quotes round an entry that begins with !"
            )
        depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
        depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
        nodes += 1
        if depth > _MAX_DEPTH:
            raise LexiconError(
                f"{path}, line {line}: nested more than {_MAX_DEPTH} deep; a lexicon has categories and entries only"
            )
        if nodes > _MAX_NODES:
            raise LexiconError(f"{path}, line {line}: more than {_MAX_NODES:,} values; use several files")
        yield event


def _build(events: Iterator[Event], path: Path) -> Node:
    for event in events:
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            root = _node(event, events, path)
            for _ in events:  # what follows is checked too
                pass
            return root
    raise LexiconError(f"{path}: the file is empty; write 'category: [word, word]' at least")


def _node(event: Event, events: Iterator[Event], path: Path) -> Node:
    line = event.start_mark.line + 1
    if isinstance(event, ScalarEvent):
        return Node(event.value, line, event.style is None and event.end_mark.line > event.start_mark.line)
    if isinstance(event, SequenceStartEvent):
        items = []
        while not isinstance(item := next(events), SequenceEndEvent):
            items.append(_node(item, events, path))
        return Node(items, line)
    mapping: dict[str, Node] = {}
    while not isinstance(key := next(events), MappingEndEvent):
        key_line = key.start_mark.line + 1
        if not isinstance(key, ScalarEvent):
            raise LexiconError(f"{path}, line {key_line}: a name is expected before the colon, found a list or mapping")
        if key.value in mapping:
            raise LexiconError(
                f"{path}, line {key_line}: '{key.value}' stands here for the second time (first in line {mapping[key.value].line}); join the two"
            )
        mapping[key.value] = _node(next(events), events, path)
    return Node(mapping, line)
