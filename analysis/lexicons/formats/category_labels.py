"""Labels of categories in the project's form: what a file may say, and which labels readers could not tell apart."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.core.naming import in_language, readable
from analysis.lexicons.checks import Problem, shown
from analysis.lexicons.formats.strings_yaml import Node
from analysis.lexicons.model import Category, Labels

# Characters: beside the rows of a chart, which cuts what is longer; beside those of a chart as wide as one column of print.
LONGEST = {"label": 40, "short_label": 18}
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def with_labels(
    categories: Mapping[str, Category], nodes: Mapping[str, Node], language: str
) -> tuple[dict[str, Category], list[Problem]]:
    """Return the categories of a file with their labels, and the mistakes in these.

    Parameters
    ----------
    categories : mapping of str to Category
        By name.
    nodes : mapping of str to Node
        What the file says of each.
    language : str
        The lexicon's own, "" where the file is silent; a label that is a plain string is in this one.
    """
    problems: list[Problem] = []
    lines: dict[tuple[str, str], int] = {}
    made = dict(categories)
    for name, node in nodes.items():
        fields = node.value if isinstance(node.value, dict) else {}
        texts: dict[str, Labels] = {}
        for kind in filter(fields.__contains__, LONGEST):
            lines[name, kind] = fields[kind].key_line
            texts[kind], found = _read(fields[kind], f"{kind} of category {shown(name)}", language, LONGEST[kind])
            problems += found
        made[name] = replace(made[name], label=texts.get("label", ()), short_label=texts.get("short_label", ()))
    return made, problems or list(_alike(made, lines))


def labels_tree(labels: Labels, language: str) -> object:
    """Return labels as the file's form has them: one in the lexicon's own language as a plain string, else by language."""
    return labels[0][1] if len(labels) == 1 and labels[0][0] == language else dict(labels)


def _read(node: Node, what: str, language: str, longest: int) -> tuple[Labels, list[Problem]]:
    if isinstance(node.value, list):
        text = f"{what} is a list; write one text, or a text for each language: {{en: …, de: …}}"
        return (), [(node.key_line, text)]
    if isinstance(node.value, str):
        return _checked({language: node}, what, longest)
    unknown = [(one.key_line, key) for key, one in node.value.items() if not _LANGUAGE.fullmatch(key)]
    problems = [
        (line, f"{what} in the language {shown(key)}; write the language as two letters (ISO 639-1), such as en")
        for line, key in unknown
    ]
    if not node.value:
        problems.append((node.key_line, f"{what} is empty; write a text or take the line out"))
    texts, found = _checked(node.value, what, longest)
    # The sort keeps the order of the file; only the lexicon's own language goes to the front.
    return tuple(sorted(texts, key=lambda label: label[0] != language)), problems + found


def _checked(texts: Mapping[str, Node], what: str, longest: int) -> tuple[Labels, list[Problem]]:
    labels, problems = [], []
    for language, node in texts.items():
        text = " ".join(node.value.split()) if isinstance(node.value, str) else ""
        line = node.key_line or node.line
        if not isinstance(node.value, str):
            problems.append((line, f"{what} must be a text here, found a list or mapping; write the text alone"))
        elif not text:
            problems.append((line, f"{what} is empty; write a text or take the line out"))
        elif len(text) > longest:
            problems.append(
                (
                    line,
                    f"{what}, {shown(text)}, has {len(text)} characters, and charts have room for {longest}; shorten it",
                )
            )
        labels.append((language, text))
    return tuple(labels), problems


def _alike(categories: Mapping[str, Category], lines: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
    """Yield each label that stands for two categories in some language, also where one of them is drawn by its name for want of a label."""
    languages = {language for one in categories.values() for language, _ in (*one.label, *one.short_label)}
    said = set()
    for language in sorted(languages):
        for kind in LONGEST:
            first: dict[str, str] = {}
            for name, category in categories.items():
                drawn = _drawn(category, kind, language)
                other = first.setdefault(drawn.casefold(), name)
                pair = frozenset((name, other))
                place = next((lines[key] for key in _keys(name, other, kind) if key in lines), 0)
                if other != name and place and pair not in said:
                    said.add(pair)
                    yield (
                        place,
                        f"{shown(drawn)} would stand for both {shown(other)} and {shown(name)} where labels are drawn in "
                        f"{language or 'the language of the lexicon'}; give one of them another label",
                    )


def _drawn(category: Category, kind: str, language: str) -> str:
    full = in_language(dict(category.label), language) or readable(category.name)
    return (in_language(dict(category.short_label), language) or full) if kind == "short_label" else full


def _keys(name: str, other: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield where a label of one of two categories may stand, the later category's first."""
    for category in (name, other):
        yield category, kind
        yield category, "label"
