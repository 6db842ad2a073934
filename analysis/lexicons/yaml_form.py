"""Lexicons as YAML files that a researcher edits; see data/lexicons/frames.yml for the form."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from analysis.errors import LexiconError
from analysis.lexicons.checks import problems
from analysis.lexicons.model import Category, Entry, Example, Lexicon
from analysis.lexicons.strings_yaml import Node, read_strings

_FILE_KEYS = ("name", "version", "language", "description", "sources", "categories")
_CATEGORY_KEYS = ("definition", "valence", "entries", "examples")
_ENTRY_KEYS = ("entry", "weight", "case", "except", "note", "examples")
_MOST_SHOWN = 20


def read_lexicon(path: str | Path) -> Lexicon:
    """Return the lexicon of a YAML file.

    Parameters
    ----------
    path : str or pathlib.Path
        A file in the project's form (``name``, ``version``, ``categories`` …), or a plain mapping of category to a list of words.

    Returns
    -------
    Lexicon
        Every value was read as a string, so ``no`` and ``12:30`` are words.

    Raises
    ------
    LexiconError
        When the file cannot be read or holds a mistake; the message lists all mistakes with their lines.
    """
    return _Reader(Path(path)).lexicon()


class _Reader:
    """One file on its way to a lexicon; mistakes are collected, so that a researcher sees all of them at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[tuple[int, str]] = []

    def lexicon(self) -> Lexicon:
        root = read_strings(self.path)
        if not isinstance(root.value, dict):
            raise LexiconError(
                f"{self.path}, line {root.line}: a lexicon is a mapping of categories to words, found a list or a word"
            )
        categories = root.value.get("categories")
        if categories is not None and isinstance(categories.value, dict):
            lexicon = self._full(root.value, categories.value)
        else:
            entries = [entry for name, node in root.value.items() for entry in self._entries(name, node)]
            lexicon = Lexicon(self.path.stem, "0", "", "", (), tuple(map(Category, root.value)), tuple(entries))
        found = sorted(self.problems or problems(lexicon))
        if found:
            lines = [f"{self.path}, line {line}: {text}" if line else f"{self.path}: {text}" for line, text in found]
            more = [f"and {len(lines) - _MOST_SHOWN} more"] if len(lines) > _MOST_SHOWN else []
            raise LexiconError("\n".join(lines[:_MOST_SHOWN] + more))
        return lexicon

    def _full(self, top: dict[str, Node], categories: dict[str, Node]) -> Lexicon:
        self._check_keys(top, _FILE_KEYS, "a lexicon file")
        for key in ("name", "version"):
            if not self._string(top.get(key)):
                self.problems.append((1, f"'{key}' is missing; results name it, so write '{key}: …' at the top"))
        made: list[Category] = []
        entries: list[Entry] = []
        for name, node in categories.items():
            if isinstance(node.value, dict):
                made.append(self._category(name, node.value))
                entries += self._entries(name, node.value.get("entries", Node([], node.line)))
            else:
                made.append(Category(name))
                entries += self._entries(name, node)
        return Lexicon(
            self._string(top.get("name")),
            self._string(top.get("version")),
            self._string(top.get("language")),
            self._string(top.get("description")),
            tuple(node.value for node in self._strings(top.get("sources"))),
            tuple(made),
            tuple(entries),
        )

    def _category(self, name: str, fields: dict[str, Node]) -> Category:
        self._check_keys(fields, _CATEGORY_KEYS, f"category '{name}'")
        valence = None
        if "valence" in fields:
            written = self._string(fields["valence"])
            if written in ("-1", "0", "1"):
                valence = int(written)
            else:
                self.problems.append(
                    (fields["valence"].line, f"valence '{written}' of category '{name}'; allowed are -1, 0 and 1")
                )
        return Category(name, self._string(fields.get("definition")), valence, self._examples(fields.get("examples")))

    def _entries(self, category: str, node: Node) -> list[Entry]:
        if not isinstance(node.value, list):
            self.problems.append(
                (
                    node.line,
                    f"category '{category}' needs a list of entries; write each on a line of its own after '- '",
                )
            )
            return []
        return [entry for item in node.value if (entry := self._entry(category, item))]

    def _entry(self, category: str, node: Node) -> Entry | None:
        if isinstance(node.value, str):
            if node.runs_on:
                self.problems.append(
                    (
                        node.line,
                        f"entry '{node.value}' runs over two lines; did you forget a '- '? else put it on one line",
                    )
                )
            return Entry(node.value, category, line=node.line)
        if not isinstance(node.value, dict) or "entry" not in node.value:
            self.problems.append(
                (
                    node.line,
                    f"an entry of '{category}' is a word, or a mapping with 'entry: word'; allowed keys are {', '.join(_ENTRY_KEYS)}",
                )
            )
            return None
        fields = node.value
        self._check_keys(fields, _ENTRY_KEYS, "an entry")
        return Entry(
            self._string(fields["entry"]),
            category,
            self._weight(fields.get("weight")),
            self._case(fields.get("case")),
            tuple(item.value for item in self._strings(fields.get("except"))),
            self._string(fields.get("note")),
            self._examples(fields.get("examples")),
            fields["entry"].line,
        )

    def _weight(self, node: Node | None) -> float:
        if node is None:
            return 1.0
        written = self._string(node)
        try:
            weight = float(written)
        except ValueError:
            weight = 0.0
        if not 0 < weight < float("inf"):
            self.problems.append(
                (node.line, f"weight '{written}'; allowed is a number above 0 with a decimal point, such as 0.5")
            )
        return weight

    def _case(self, node: Node | None) -> str:
        if node is not None and node.value not in ("fold", "exact"):
            self.problems.append(
                (node.line, f"case '{node.value}'; allowed are fold (capitals do not matter) and exact")
            )
        return "fold" if node is None else self._string(node)

    def _examples(self, node: Node | None) -> tuple[Example, ...]:
        if node is None:
            return ()
        if not isinstance(node.value, dict):
            self.problems.append((node.line, "examples are a mapping with the lists 'hit' and 'miss'"))
            return ()
        self._check_keys(node.value, ("hit", "miss"), "examples")
        return tuple(
            Example(item.value, kind == "hit", item.line)
            for kind in ("hit", "miss")
            for item in self._strings(node.value.get(kind))
        )

    def _strings(self, node: Node | None) -> "list[_Text]":
        if node is None:
            return []
        if not isinstance(node.value, list):
            self.problems.append(
                (node.line, "a list is expected here; write each string on a line of its own after '- '")
            )
            return []
        return [_Text(self._string(item), item.line) for item in node.value]

    def _string(self, node: Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node.value, str):
            self.problems.append(
                (
                    node.line,
                    "a word or sentence is expected here, found a list or mapping; put quotes round it if it holds ': '",
                )
            )
            return ""
        return node.value

    def _check_keys(self, fields: dict[str, Node], allowed: Sequence[str], place: str) -> None:
        for key, node in fields.items():
            if key not in allowed:
                close = get_close_matches(key, allowed, 1)
                meant = f"; did you mean '{close[0]}'?" if close else ""
                self.problems.append(
                    (node.line, f"unknown key '{key}' in {place}; allowed are {', '.join(allowed)}{meant}")
                )


class _Text:
    """A string with its line."""

    def __init__(self, value: str, line: int) -> None:
        self.value, self.line = value, line
