"""Lexicons as trees of mappings and lists: the project's form, quanteda's dictionaries, and JSON of both.

See data/lexicons/frames.yml for the project's form. A file without ``categories`` is a plain tree: a category has a list of
words, or parts that are categories themselves (its own words stand under ``__`` then), or words with their weights.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.core.near import did_you_mean
from analysis.lexicons.checks import Problem, covers, shown
from analysis.lexicons.draft import Draft, Unsupported, as_number, path_name
from analysis.lexicons.formats.category_labels import labels_tree, with_labels
from analysis.lexicons.formats.strings_json import read_json_strings
from analysis.lexicons.formats.strings_yaml import Node, read_strings
from analysis.lexicons.formats.yaml_text import yaml_text
from analysis.lexicons.model import SEPARATOR, Category, Entry, Example, Lexicon

_FILE_KEYS = ("name", "version", "language", "description", "sources", "categories")
_CATEGORY_KEYS = ("definition", "valence", "entries", "examples", "parent", "label", "short_label")
_ENTRY_KEYS = ("entry", "weight", "case", "except", "note", "examples")
_EXAMPLE_KEYS = ("hit", "miss")
_OWN_WORDS = ("__", "")
_WITH_EXCEPTIONS = {"list", "except_when"}
_NUMBER = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def read_yaml(draft: Draft, unsupported: Unsupported, encoding: str | None = None) -> Lexicon:
    """Return the lexicon of a YAML file; every value is read as a string, so ``no`` and ``12:30`` are words.

    Raises
    ------
    LexiconError
        When the file cannot be read or holds a mistake; the message lists all mistakes with their lines. A category that
        stands twice is one of them, since a researcher edits these files by hand.
    """
    root, found = read_strings(draft.path, encoding)
    return _Reader(draft, found).lexicon(root, unsupported)


def read_json(text: str, draft: Draft, unsupported: Unsupported) -> Lexicon:
    """Return the lexicon of a JSON text: the same trees as in YAML.

    Raises
    ------
    LexiconError
        When the text holds a mistake; the message lists all mistakes with their lines.
    """
    root, found = read_json_strings(text, draft)
    return _Reader(draft, found).lexicon(root, unsupported)


class _Reader:
    """One file on its way to a lexicon; mistakes are collected, so that a researcher sees all of them at once."""

    def __init__(self, draft: Draft, problems: list[Problem]) -> None:
        self.draft = draft
        self.draft.problems = list(problems)

    def lexicon(self, root: Node, unsupported: Unsupported) -> Lexicon:
        top = root.value
        if not isinstance(top, dict):
            self._refuse(
                root.line,
                "a lexicon is a mapping of categories to words, found a list or a word; write 'category: [word, word]'",
            )
            return self.draft.lexicon(unsupported)
        categories = top.get("categories")
        if categories is not None and isinstance(categories.value, dict):
            return self._full(top, categories.value, unsupported)
        if _are_weights(top) and not top.keys() <= set(_FILE_KEYS):
            self.draft.remark(0, "", "the numbers behind the words are read as weights")
            self._weighted(self.draft.category(""), top)
            return self.draft.lexicon(unsupported)
        for name, node in top.items():
            self._tree(name, "", node)
        return self.draft.lexicon(unsupported)

    def _tree(self, name: str, parent: str, node: Node) -> None:
        """Read a category of a plain tree, and what lies below it."""
        fields = node.value
        self.draft.category(name, parent)
        if not isinstance(fields, dict):
            self.draft.entries += self._entries(name, node, node.key_line)
        elif "list" in fields and fields.keys() <= _WITH_EXCEPTIONS:
            self._excepted(name, fields)
        elif _are_weights(fields):
            self._weighted(name, fields)
        else:
            for key, child in fields.items():
                if key in _OWN_WORDS:
                    self.draft.entries += self._entries(name, child, child.key_line)
                else:
                    self._tree(path_name(name, key), name, child)

    def _weighted(self, category: str, fields: dict[str, Node]) -> None:
        for term, node in fields.items():
            self.draft.add(node.key_line, term, [category], _weight_of(node) or 0.0)

    def _excepted(self, name: str, fields: dict[str, Node]) -> None:
        """Read words with exceptions that hold for all of them; each goes to the entries that it can undo."""
        entries = self._entries(name, fields["list"], fields["list"].key_line)
        exceptions = [(self._string(item), item.line) for item in self._list(fields.get("except_when"))]
        for text, line in exceptions:
            if not any(covers(text, entry.text) for entry in entries):
                reason = f"exception {shown(text)} contains no entry of {shown(name)}, so it can never undo a hit; take it out"
                self.draft.doubt(line, text, reason)
        for entry in entries:
            undone = tuple(text for text, _ in exceptions if covers(text, entry.text))
            self.draft.entries.append(replace(entry, exceptions=undone))

    def _full(self, top: dict[str, Node], categories: dict[str, Node], unsupported: Unsupported) -> Lexicon:
        self.draft.is_own = True
        self._check_keys(top, _FILE_KEYS, "a lexicon file")
        name, version = (self._needed(top, key) for key in ("name", "version"))
        language, description = (self._string(top.get(key)) for key in ("language", "description"))
        for category, node in categories.items():
            fields = node.value if isinstance(node.value, dict) else {"entries": node}
            self.draft.categories[category] = self._category(category, fields, categories)
            self.draft.entries += self._entries(
                category, fields.get("entries"), node.key_line, _is_parent(category, categories)
            )
        labelled, problems = with_labels(self.draft.categories, categories, language)
        self.draft.categories = labelled
        self.draft.problems += problems
        sources = tuple(self._string(item) for item in self._list(top.get("sources")))
        made = self.draft.lexicon(unsupported, name)
        return replace(made, version=version, language=language, description=description, sources=sources)

    def _needed(self, top: dict[str, Node], key: str) -> str:
        node = top.get(key)
        if node is None or not node.value:
            place = "is missing" if node is None else "is empty"
            self._refuse(
                node.key_line if node else 1, f"'{key}' {place}; results name it, so write '{key}: …' at the top"
            )
            return ""
        return self._string(node)

    def _category(self, name: str, fields: dict[str, Node], categories: dict[str, Node]) -> Category:
        self._check_keys(fields, _CATEGORY_KEYS, f"category {shown(name)}")
        valence = None
        if "valence" in fields:
            node = fields["valence"]
            if node.value in ("-1", "0", "1"):
                valence = int(str(node.value))
            else:
                self._refuse(
                    node.key_line, f"valence {_found(node)} of category {shown(name)}; allowed are -1, 0 and 1"
                )
        definition, examples = self._string(fields.get("definition")), self._examples(fields.get("examples"))
        return Category(name, definition, valence, examples, self._parent(name, fields.get("parent"), categories))

    def _parent(self, name: str, node: Node | None, categories: dict[str, Node]) -> str:
        parent = self._string(node)
        above, seen = parent, {name}
        while node and above and above not in seen:
            seen.add(above)
            above = _parent_of(categories[above]) if above in categories else ""
        if node and (above or parent not in categories):
            why = "is part of it in turn" if parent in categories else "is no category of this file"
            self._refuse(node.key_line, f"parent {_found(node)} of category {shown(name)} {why}; name another one")
            return ""
        return parent

    def _entries(self, category: str, node: Node | None, line: int, may_be_empty: bool = False) -> list[Entry]:
        if not category.strip():
            self._refuse(line, "a category has no name; write one before the colon")
        if node is None and may_be_empty:
            return []
        if node is None:
            self._refuse(line, f"category {shown(category)} has no entry; give it one or take it out")
            return []
        if not isinstance(node.value, list):
            text = f"category {shown(category)} needs a list of entries; write each on a line of its own after '- '"
            self._refuse(node.line, text)
            return []
        return [entry for item in node.value if (entry := self._entry(category, item))]

    def _entry(self, category: str, node: Node) -> Entry | None:
        fields = node.value
        if isinstance(fields, str):
            self._check_dash(node, "entry")
            return Entry(fields, category, line=node.line)
        if isinstance(fields, list) or "entry" not in fields or not isinstance(fields["entry"].value, str):
            self._refuse(
                node.line,
                f"an entry of {shown(category)} is a word, or a mapping with 'entry: word'; "
                f"allowed keys are {', '.join(_ENTRY_KEYS)}",
            )
            return None
        self._check_keys(fields, _ENTRY_KEYS, "an entry")
        self._check_dash(fields["entry"], "entry")
        return Entry(
            self._string(fields["entry"]),
            category,
            self._weight(fields.get("weight")),
            self._case(fields.get("case")),
            self._exceptions(fields.get("except")),
            self._string(fields.get("note")),
            self._examples(fields.get("examples")),
            fields["entry"].line,
        )

    def _weight(self, node: Node | None) -> float:
        if node is None:
            return 1.0
        weight = float(node.value) if isinstance(node.value, str) and _NUMBER.fullmatch(node.value) else 0.0
        if not 0 < weight < math.inf:
            self._refuse(
                node.key_line, f"weight {_found(node)}; allowed is a number above 0 with a decimal point, such as 0.5"
            )
        return weight

    def _case(self, node: Node | None) -> str:
        if node is None or node.value in ("fold", "exact"):
            return "fold" if node is None else str(node.value)
        self._refuse(node.key_line, f"case {_found(node)}; allowed are fold (capitals do not matter) and exact")
        return "fold"

    def _exceptions(self, node: Node | None) -> tuple[str, ...]:
        items = [item for item in self._list(node) if isinstance(item.value, str) or self._string(item)]
        for item in items:
            self._check_dash(item, "exception")
        return tuple(self._string(item) for item in items)

    def _examples(self, node: Node | None) -> tuple[Example, ...]:
        if node is None:
            return ()
        if not isinstance(node.value, dict):
            self._refuse(node.line, "examples are a mapping with the lists 'hit' and 'miss'")
            return ()
        self._check_keys(node.value, _EXAMPLE_KEYS, "examples")
        made: list[Example] = []
        for kind in _EXAMPLE_KEYS:
            for item in self._list(node.value.get(kind)):
                text = self._string(item)
                if item.value == "":
                    self._refuse(item.line, "an example is empty; write a sentence or take the line out")
                made.append(Example(text, kind == "hit", item.line))
        return tuple(made)

    def _list(self, node: Node | None) -> list[Node]:
        if node is not None and not isinstance(node.value, list):
            self._refuse(node.line, "a list is expected here; write each string on a line of its own after '- '")
        return node.value if node is not None and isinstance(node.value, list) else []

    def _string(self, node: Node | None) -> str:
        if node is not None and not isinstance(node.value, str):
            found = "a word or sentence is expected here, found a list or mapping"
            self._refuse(node.line, f"{found}; put quotes round it if it holds ': '")
        return node.value if node is not None and isinstance(node.value, str) else ""

    def _check_dash(self, node: Node, what: str) -> None:
        if node.last_line:
            self._refuse(
                node.line,
                f"{what} {_found(node)} runs over two lines; did you forget a '- '? else put it on one line",
            )

    def _check_keys(self, fields: dict[str, Node], allowed: Sequence[str], place: str) -> None:
        for key, node in fields.items():
            if key not in allowed:
                meant = did_you_mean(key[:40], allowed)
                self._refuse(
                    node.key_line, f"unknown key {shown(key)} in {place}; allowed are {', '.join(allowed)}{meant}"
                )

    def _refuse(self, line: int, text: str) -> None:
        self.draft.problems.append((line, text))


def _found(node: Node) -> str:
    """Return what stands at a node, for a message."""
    if isinstance(node.value, str):
        return shown(node.value)
    return "a list" if isinstance(node.value, list) else "a mapping"


def _parent_of(node: Node) -> str:
    parent = node.value.get("parent") if isinstance(node.value, dict) else None
    return parent.value if parent and isinstance(parent.value, str) else ""


def _is_parent(name: str, categories: dict[str, Node]) -> bool:
    return any(_parent_of(node) == name for node in categories.values())


def _are_weights(fields: dict[str, Node]) -> bool:
    return bool(fields) and all(_weight_of(node) is not None for node in fields.values())


def _weight_of(node: Node) -> float | None:
    return as_number(node.value) if isinstance(node.value, str) else None


def write_yaml(lexicon: Lexicon) -> str:
    """Return the lexicon in the project's form."""
    return yaml_text(_tree(lexicon))


def write_json(lexicon: Lexicon) -> str:
    """Return the lexicon in the project's form, as JSON."""
    return json.dumps(_tree(lexicon), ensure_ascii=False, indent=1) + "\n"


def write_quanteda(lexicon: Lexicon) -> str:
    """Return the lexicon as a plain tree, which quanteda reads."""
    entries = lexicon.by_category()
    children: dict[str, list[Category]] = {}
    for category in lexicon.categories:
        children.setdefault(category.parent, []).append(category)

    def node(category: Category) -> object:
        own = [entry.text for entry in entries[category.name]]
        parts = children.get(category.name, [])
        if not parts:
            return own
        below = {part.name.removeprefix(category.name + SEPARATOR): node(part) for part in parts}
        return below | ({"__": own} if own else {})

    return yaml_text({category.name: node(category) for category in children.get("", [])})


def _tree(lexicon: Lexicon) -> dict[str, object]:
    """Return the lexicon as the mappings, lists and strings of the project's form."""
    top: dict[str, object] = {"name": lexicon.name, "version": lexicon.version}
    top |= _present(language=lexicon.language, description=lexicon.description, sources=list(lexicon.sources))
    entries = lexicon.by_category()
    top["categories"] = {
        category.name: _category_tree(category, entries[category.name], lexicon.language)
        for category in lexicon.categories
    }
    return top


def _category_tree(category: Category, entries: list[Entry], language: str) -> dict[str, object]:
    valence = "" if category.valence is None else str(category.valence)
    return _present(
        label=labels_tree(category.label, language),
        short_label=labels_tree(category.short_label, language),
        definition=category.definition,
        valence=valence,
        parent=category.parent,
        entries=[_entry_tree(entry) for entry in entries],
        examples=_examples_tree(category.examples),
    )


def _entry_tree(entry: Entry) -> object:
    details = _present(
        weight="" if entry.weight == 1 else repr(float(entry.weight)),
        case="" if entry.case == "fold" else entry.case,
        note=entry.note,
        examples=_examples_tree(entry.examples),
    ) | ({"except": list(entry.exceptions)} if entry.exceptions else {})
    return {"entry": entry.text} | details if details else entry.text


def _examples_tree(examples: Iterable[Example]) -> dict[str, object]:
    examples = list(examples)
    hits, misses = ([example.text for example in examples if example.hit is hit] for hit in (True, False))
    return _present(hit=hits, miss=misses)


def _present(**fields: object) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}
