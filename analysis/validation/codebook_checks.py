"""A codebook from its file; every mistake is told with its line, what was found, what is allowed and what to do."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from analysis.core.errors import CodebookError, LexiconError
from analysis.core.near import did_you_mean
from analysis.core.schema import kind_of
from analysis.lexicons.checks import Problem, refuse, shown
from analysis.lexicons.formats.strings_yaml import Node, read_strings
from analysis.validation.codebooks import NONE, YES_NO, About, Codebook, Level, Measures, Search, Value, Variable

_FILE_KEYS = ("codebook", "version", "lexicon", "language", "description", "search", "rules", "variables")
_SEARCH_KEYS = ("string", "database", "retrieved")
_VARIABLE_KEYS = (
    "question", "about", "measures", "level", "several", "rules", "values", "values_of", "number", "text",
)  # fmt: skip
_VALUE_KEYS = ("label", "definition", "examples", "rules")
_NUMBER_KEYS = ("from", "to")
_ANSWERS = ("values", "values_of", "number", "text")
# What a question is about by what it judges; what judges nothing else may be about both.
_ABOUT = {
    **dict.fromkeys(("category", "voice", "speaker", "target", "negated"), "match"),
    **dict.fromkeys(("missed", "relevant", "present", "dominant"), "unit"),
}
_WITH_NONE = ("category", "missed", "present", "dominant")
_NAME = re.compile(r"[A-Za-z]\w*")
_RELEVANT = "relevant: {question: Does this article belong to the subject of the study?, about: unit, measures: relevant, values: {yes: {}, no: {}}}"


def read_codebook(path: str | Path) -> Codebook:
    """Return the codebook of a YAML file.

    Parameters
    ----------
    path : str or pathlib.Path
        ``codebook`` (its name), ``version`` and ``variables`` must be there; ``lexicon``, ``language``, ``description``, ``rules`` and
        ``search`` (``string``, ``database``, ``retrieved``) may. A variable has a ``question``; ``about``: match or unit; ``measures``: category,
        missed, relevant, present, dominant, voice, speaker, target, negated or other; ``level``: nominal, ordinal, interval or ratio; ``several``:
        true or false; ``rules``; and either ``values`` (code: ``label``, ``definition``, ``examples``, ``rules``), ``values_of`` (another
        variable, whose values it shares), ``number`` (``from``, ``to``), or ``text: true`` for an answer in words.

    Raises
    ------
    CodebookError
        When the file cannot be read or holds a mistake; the message lists all mistakes with their lines.
    """
    if not isinstance(path, str | Path):
        raise CodebookError(f"read_codebook: found {kind_of(path)}; give the path of a codebook in YAML")
    path = Path(path)
    try:
        root, problems = read_strings(path)
        reader = _Reader(problems)
        codebook = reader.codebook(root)
        refuse(str(path), reader.problems)
    except LexiconError as error:
        # It is read as a lexicon is, whose messages name what they were written for.
        told = str(error).replace("'category: [word, word]' at least", "a codebook, as in data/codebooks/frames.yml")
        raise CodebookError(told.replace("lexicon", "codebook")) from error
    return codebook


class _Reader:
    """One file on its way to a codebook; mistakes are collected, so that a researcher sees all of them at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)

    def codebook(self, root: Node) -> Codebook:
        top = self._mapping(root, "a codebook", _FILE_KEYS)
        name, version = self._needed(top, "codebook", root.line), self._needed(top, "version", root.line)
        variables = self._variables(top.get("variables"), root.line)
        return Codebook(
            name,
            version,
            variables,
            self._text(top.get("lexicon")),
            self._text(top.get("language")),
            self._text(top.get("description")),
            self._search(top.get("search")),
            self._texts(top.get("rules")),
        )

    def _variables(self, node: Node | None, line: int) -> tuple[Variable, ...]:
        if node is None or not isinstance(node.value, dict) or not node.value:
            self._refuse(
                node.key_line if node else line,
                "'variables' needs a mapping of at least one; write 'variables:' and below it a name with its question",
            )
            return ()
        made = [self._variable(name, one, node.value) for name, one in node.value.items()]
        self._check_measures(made, node)
        return tuple(made)

    def _variable(self, name: str, node: Node, all_of_them: dict[str, Node]) -> Variable:
        place = f"variable {shown(name)}"
        if not _NAME.fullmatch(name):
            self._refuse(
                node.key_line,
                f"{place}: a name has letters, digits and _, and begins with a letter; it stands in the table of codings",
            )
        fields = self._mapping(node, place, _VARIABLE_KEYS)
        question = self._needed(fields, "question", node.key_line, f"{place}: ")
        about = self._one_of(fields, "about", get_args(About), node.key_line, place)
        measures = self._one_of(fields, "measures", get_args(Measures), node.key_line, place)
        level = self._one_of(fields, "level", get_args(Level), node.key_line, place, usual="nominal")
        several = self._one_of(fields, "several", ("true", "false"), node.key_line, place, usual="false") == "true"
        if measures in _ABOUT and about and about != _ABOUT[measures]:
            self._refuse(
                fields["about"].key_line,
                f"{place} measures {measures} and is about {shown(about)}; {measures} is asked about a {_ABOUT[measures]}",
            )
        values, number = self._answers(fields, node.key_line, place, all_of_them)
        made = Variable(
            name, question, cast(About, about), cast(Measures, measures), cast(Level, level), several, values, number,
            self._texts(fields.get("rules")),
        )  # fmt: skip
        self._check_level(made, fields, node.key_line)
        self._check_codes(made, node.key_line)
        return made

    def _answers(
        self, fields: dict[str, Node], line: int, place: str, all_of_them: dict[str, Node]
    ) -> tuple[tuple[Value, ...], tuple[float, float] | None]:
        """Return the values, or the bounds of a number."""
        given = [key for key in _ANSWERS if key in fields]
        if len(given) != 1:
            self._refuse(
                line,
                f"{place} has {' and '.join(map(shown, given)) or 'no answers'}; write one of {', '.join(_ANSWERS)}",
            )
            return (), None
        node = fields[given[0]]
        if given[0] == "number":
            return (), self._number(node, place)
        if given[0] == "values":
            return self._values(node, place), None
        if given[0] == "values_of":
            return self._values_of(node, place, all_of_them), None
        if node.value != "true":
            self._refuse(node.key_line, f"{place}: text {_found(node)}; allowed is true")
        return (), None

    def _values(self, node: Node, place: str) -> tuple[Value, ...]:
        if not isinstance(node.value, dict):
            self._refuse(
                node.key_line, f"{place}: values is {_found(node)}; write a mapping of codes, as in 'yes: {{}}'"
            )
            return ()
        if len(node.value) < 2:
            self._refuse(node.key_line, f"{place} has {len(node.value)} value; coders need two at least to choose from")
        seen: dict[str, str] = {}
        for code, one in node.value.items():
            self._check_code(code, one.key_line, place, seen)
        return tuple(self._value(code, one, place) for code, one in node.value.items())

    def _value(self, code: str, node: Node, place: str) -> Value:
        if node.value == "":
            return Value(code, code)
        if isinstance(node.value, str):
            return Value(code, node.value)
        fields = self._mapping(node, f"value {shown(code)} of {place}", _VALUE_KEYS)
        return Value(
            code,
            self._text(fields.get("label")) or code,
            self._text(fields.get("definition")),
            self._texts(fields.get("examples")),
            self._texts(fields.get("rules")),
        )

    def _values_of(self, node: Node, place: str, all_of_them: dict[str, Node]) -> tuple[Value, ...]:
        name = self._text(node)
        other = all_of_them.get(name)
        fields = other.value if other and isinstance(other.value, dict) else {}
        if "values" not in fields:
            known = [key for key, one in all_of_them.items() if isinstance(one.value, dict) and "values" in one.value]
            self._refuse(
                node.key_line,
                f"{place}: values_of {shown(name)}, which is no variable with values; such are {', '.join(known) or 'none'}"
                f"{did_you_mean(name, known)}",
            )
            return ()
        # What is wrong with them is told where they stand.
        return _Reader([])._values(fields["values"], place)

    def _number(self, node: Node, place: str) -> tuple[float, float] | None:
        fields = self._mapping(node, f"number of {place}", _NUMBER_KEYS)
        bounds = [_as_number(self._text(fields.get(key))) for key in _NUMBER_KEYS]
        if not all(map(math.isfinite, bounds)) or not bounds[0] < bounds[1]:
            found = ", ".join(f"{key} {self._text(fields.get(key)) or 'missing'}" for key in _NUMBER_KEYS)
            self._refuse(
                node.key_line, f"{place}: number with {found}; write {{from: 0, to: 10}}, the smaller one first"
            )
            return None
        return bounds[0], bounds[1]

    def _check_code(self, code: str, line: int, place: str, seen: dict[str, str]) -> None:
        """Refuse a code that a table of codings cannot hold, or that a spreadsheet takes for another."""
        if not code.strip() or code != code.strip() or ";" in code or "\n" in code:
            self._refuse(
                line,
                f"{place}: code {shown(code)}; allowed is a word that does not begin or end with a space and has no semicolon, "
                "which stands between several codes",
            )
        earlier = seen.setdefault(code.casefold(), code)
        if earlier != code:
            self._refuse(
                line, f"{place}: codes {shown(earlier)} and {shown(code)} differ in capitals only; name one otherwise"
            )

    def _check_codes(self, made: Variable, line: int) -> None:
        """Refuse values that do not fit what is measured."""
        place = f"variable {shown(made.name)}"
        if made.measures == "relevant" and set(made.codes) != set(YES_NO):
            self._refuse(
                line, f"{place} measures relevant and has the codes {_listed(made.codes)}; allowed are yes and no"
            )
        if made.measures in _WITH_NONE and made.values and NONE not in made.codes:
            self._refuse(
                line,
                f"{place} measures {made.measures} and has no code 'none'; add 'none: none of these', so that nobody has to choose a frame",
            )
        if made.measures in _WITH_NONE and not made.values:
            self._refuse(
                line, f"{place} measures {made.measures} and has no values; write the categories of the lexicon"
            )
        if made.measures in ("category", "relevant", "dominant") and made.several:
            self._refuse(
                line, f"{place} measures {made.measures} and takes several values; it takes one: write 'several: false'"
            )

    def _check_level(self, made: Variable, fields: dict[str, Node], line: int) -> None:
        """Refuse a level that the values cannot have."""
        place = f"variable {shown(made.name)}"
        is_metric = made.level in ("interval", "ratio")
        if is_metric and not made.number and not all(math.isfinite(_as_number(code)) for code in made.codes or [""]):
            at = fields["level"].key_line
            self._refuse(at, f"{place} has the level {made.level}; write number, or values whose codes are numbers")
        if made.number and not is_metric and "number" in fields:
            self._refuse(
                line, f"{place} asks for a number and has the level {made.level}; allowed are interval and ratio"
            )
        if made.several and not made.values:
            self._refuse(line, f"{place} takes several values and has none; write values, or 'several: false'")

    def _check_measures(self, made: Sequence[Variable], node: Node) -> None:
        lines = {name: one.key_line for name, one in cast("dict[str, Node]", node.value).items()}
        first: dict[str, str] = {}
        for one in made:
            earlier = first.setdefault(one.measures, one.name)
            if earlier != one.name and one.measures not in ("other", ""):
                self._refuse(
                    lines[one.name],
                    f"variables {shown(earlier)} and {shown(one.name)} both measure {one.measures}; write 'measures: other' for one",
                )
        if "relevant" not in first:
            self._refuse(node.key_line, f"no variable measures relevant, which is always asked; add {_RELEVANT}")

    def _search(self, node: Node | None) -> Search:
        if node is None:
            return Search()
        fields = self._mapping(node, "search", _SEARCH_KEYS)
        string, database, retrieved = (self._text(fields.get(key)) for key in _SEARCH_KEYS)
        if retrieved and not _is_day(retrieved):
            self._refuse(fields["retrieved"].key_line, f"retrieved {shown(retrieved)}; write the day as 2026-11-28")
        return Search(string, database, retrieved)

    def _mapping(self, node: Node, place: str, allowed: Sequence[str]) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            self._refuse(
                node.key_line or node.line, f"{place} is {_found(node)}; write a mapping with {', '.join(allowed)}"
            )
            return {}
        for key, one in node.value.items():
            if key not in allowed:
                meant = did_you_mean(key[:40], allowed)
                self._refuse(
                    one.key_line, f"unknown key {shown(key)} in {place}; allowed are {', '.join(allowed)}{meant}"
                )
        return node.value

    def _needed(self, fields: dict[str, Node], key: str, line: int, place: str = "") -> str:
        node = fields.get(key)
        text = self._text(node)
        if not text.strip() and (node is None or isinstance(node.value, str)):
            self._refuse(
                node.key_line if node else line, f"{place}'{key}' is {'empty' if node else 'missing'}; write '{key}: …'"
            )
        return text

    def _one_of(
        self, fields: dict[str, Node], key: str, allowed: Sequence[str], line: int, place: str, usual: str = ""
    ) -> str:
        node = fields.get(key)
        if node is None and usual:
            return usual
        text = self._text(node)
        if text not in allowed:
            found = "is missing" if node is None else f"is {_found(node)}"
            self._refuse(
                node.key_line if node else line,
                f"{place}: '{key}' {found}; allowed are {', '.join(allowed)}{did_you_mean(text, allowed) if text else ''}",
            )
            return ""
        return text

    def _texts(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        if not isinstance(node.value, list):
            self._refuse(node.key_line, f"a list is expected here, found {_found(node)}; write each after '- '")
            return ()
        return tuple(text for one in node.value if (text := self._text(one)))

    def _text(self, node: Node | None) -> str:
        if node is not None and not isinstance(node.value, str):
            self._refuse(
                node.line,
                f"a word or sentence is expected here, found {_found(node)}; put quotes round it if it holds ': '",
            )
        return node.value if node is not None and isinstance(node.value, str) else ""

    def _refuse(self, line: int, text: str) -> None:
        self.problems.append((line, text))


def _found(node: Node) -> str:
    """Return what stands at a node, for a message."""
    if isinstance(node.value, str):
        return shown(node.value) if node.value else "empty"
    return "a list" if isinstance(node.value, list) else "a mapping"


def _listed(names: Iterable[Any]) -> str:
    return ", ".join(map(str, names)) or "none"


def _as_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
