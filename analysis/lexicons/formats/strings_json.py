"""JSON read as what a lexicon needs: objects, arrays, strings and numbers as they are written, each with its line."""

import json
import re
from collections.abc import Iterator

from analysis.lexicons.checks import Problem, shown
from analysis.lexicons.draft import Draft
from analysis.lexicons.formats.strings_yaml import Node

_MAX_DEPTH = 20
_TOKEN = re.compile(
    r'(?P<space>[ \t\n]+)|(?P<string>"(?:[^"\\\x00-\x1f]|\\.)*")|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<mark>[{}\[\],:])'
)


def read_json_strings(text: str, draft: Draft) -> tuple[Node, list[Problem]]:
    """Return the one value of a JSON text, and what is wrong with its names.

    Raises
    ------
    LexiconError
        When the text is not JSON, or is nested too deep; the message names the line.
    """
    parser = _Parser(text, draft)
    node = parser.value(next(parser.tokens), 0)
    kind, found = next(parser.tokens)
    if kind != "end":
        raise parser.expected("the end of the file", found)
    return node, parser.problems


class _Parser:
    def __init__(self, text: str, draft: Draft) -> None:
        self.text, self.draft = text, draft
        self.line = 1
        self.problems: list[Problem] = []
        self.tokens = self._tokens()

    def _tokens(self) -> Iterator[tuple[str, str]]:
        place = 0
        while place < len(self.text):
            match = _TOKEN.match(self.text, place)
            if not match:
                raise self.expected(
                    "a string in double quotes, a number, an array or an object", self.text[place : place + 20]
                )
            place = match.end()
            if match.lastgroup == "space":
                self.line += match[0].count("\n")
            else:
                yield str(match.lastgroup), match[0]
        yield "end", "the end of the file"

    def expected(self, what: str, found: str) -> Exception:
        """Return the error that says what should stand at this line."""
        return self.draft.error(
            self.line, f"not valid JSON: found {shown(found)} where {what} is expected; mend the line"
        )

    def value(self, token: tuple[str, str], depth: int, key_line: int = 0) -> Node:
        kind, found = token
        line = self.line
        if depth > _MAX_DEPTH:
            raise self.draft.error(
                line, f"nested more than {_MAX_DEPTH} deep; a lexicon has categories and entries only"
            )
        if kind == "number":
            return Node(found, line, key_line)
        if kind == "string":
            return Node(self._string(found), line, key_line)
        if found == "[":
            return Node(self._array(depth), line, key_line)
        if found == "{":
            return Node(self._object(depth), line, key_line)
        raise self.expected("a value", found)

    def _string(self, found: str) -> str:
        try:
            return str(json.loads(found))
        except json.JSONDecodeError as error:
            raise self.expected("a string", found) from error

    def _array(self, depth: int) -> list[Node]:
        items: list[Node] = []
        while (token := next(self.tokens))[1] != "]" or items:
            items.append(self.value(token, depth + 1))
            if self._ends("]"):
                break
        return items

    def _object(self, depth: int) -> dict[str, Node]:
        items: dict[str, Node] = {}
        while (token := next(self.tokens))[1] != "}" or items:
            if token[0] != "string":
                raise self.expected("a name in double quotes", token[1])
            name, line = self._string(token[1]), self.line
            if (colon := next(self.tokens)[1]) != ":":
                raise self.expected("a colon", colon)
            node = self.value(next(self.tokens), depth + 1, line)
            if name in items:
                first = items[name].key_line
                self.problems.append(
                    (line, f"{shown(name)} stands here for the second time (first in line {first}); join the two")
                )
            items.setdefault(name, node)
            if self._ends("}"):
                break
        return items

    def _ends(self, mark: str) -> bool:
        found = next(self.tokens)[1]
        if found not in (",", mark):
            raise self.expected(f"a comma or {mark}", found)
        return found == mark
