"""Lexicons into files: the project's form, quanteda YAML, LIWC, JSON and tables; and what each of them cannot hold.

What is lost is not known beforehand but found: the file is read again and compared with the lexicon.
"""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal

from analysis.core.errors import LexiconError
from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft, Unsupported
from analysis.lexicons.loading import read_draft, read_lexicon
from analysis.lexicons.model import SEPARATOR, Category, Entry, Example, Lexicon

Form = Literal["yaml", "quanteda", "json", "csv", "tsv", "liwc"]

_SUFFIXES: dict[Form, str] = {
    "yaml": ".yml", "quanteda": ".yml", "json": ".json", "csv": ".csv", "tsv": ".tsv", "liwc": ".dic",
}  # fmt: skip
_FORMS: dict[str, Form] = {
    ".yml": "yaml", ".yaml": "yaml", ".json": "json", ".csv": "csv", ".tsv": "tsv", ".dic": "liwc",
}  # fmt: skip
_MOST_SHOWN = 5
_LIWC_TERM = re.compile(r"[^\t\n*?]+?\*?(?: [^\t\n*?]+?\*?)*")
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def convert_lexicon(
    source: str | Path,
    target: str | Path,
    *,
    unsupported: Unsupported = "skip",
    form: Form | None = None,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> list[str]:
    """Read a lexicon in one form and write it in another.

    Parameters
    ----------
    source, target : str or pathlib.Path
        The files; see `read_lexicon` and `write_lexicon` for their forms.
    unsupported : {"skip", "raise"}
        What to do with entries of `source` that a lexicon cannot hold.
    form : {"yaml", "quanteda", "json", "csv", "tsv", "liwc"}, optional
        The form of `target`, where its suffix does not say.
    encoding, columns
        How `source` is read; see `read_lexicon`.

    Returns
    -------
    list of str
        What `target` lacks, as sentences: first what was left out of `source`, then what `target` cannot hold.
    """
    lexicon = read_lexicon(source, unsupported=unsupported, encoding=encoding, columns=columns)
    left_out = [
        f"line {skipped.line}: {skipped.reason}" if skipped.line else skipped.reason
        for skipped in lexicon.skipped
        if skipped.severity != "hint"
    ]
    return left_out + write_lexicon(lexicon, target, form=form)


def write_lexicon(lexicon: Lexicon, path: str | Path, *, form: Form | None = None) -> list[str]:
    """Write a lexicon, and return what the file cannot hold.

    Parameters
    ----------
    lexicon : Lexicon
        What to write.
    path : str or pathlib.Path
        The file; one that is there is replaced when the new one is complete.
    form : {"yaml", "quanteda", "json", "csv", "tsv", "liwc"}, optional
        By default what the suffix says: .yml and .yaml are the project's form, .dic is LIWC.

    Returns
    -------
    list of str
        The losses as sentences, empty where the file read again is the same lexicon.

    Raises
    ------
    LexiconError
        When the form is not known, or the file cannot be written, or not an entry of the lexicon fits the form.
    """
    path = Path(path)
    form = form or _FORMS.get(path.suffix.lower())
    if form is None or form not in _SUFFIXES:
        what = f"the form {form or path.suffix!r} cannot be written"
        raise LexiconError(f"{path}: {what}; choose one of {', '.join(_SUFFIXES)}")
    text = _WRITERS[form](lexicon)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            # A lexicon without a name of its own is named after its file.
            written = Path(folder) / f"{path.stem}{_SUFFIXES[form]}"
            written.write_text(text, encoding="utf-8", newline="")
            losses = differences(lexicon, read_draft(Draft(written), "skip"))
            written.replace(path)
    except OSError as error:
        reason = f"cannot be written ({error.strerror})"
        raise LexiconError(f"{path}: {reason}; give a path in a folder that you may write to") from error
    return losses


def differences(old: Lexicon, new: Lexicon) -> list[str]:
    """Return what `new` lacks of `old`, or has otherwise, as sentences for a reader."""
    found = [
        f"{field} {shown(str(getattr(old, field)))} is read as {shown(str(getattr(new, field)))}"
        for field in ("name", "version", "language", "description", "sources")
        if getattr(old, field) != getattr(new, field)
    ]
    before, after = ({category.name: category for category in lexicon.categories} for lexicon in (old, new))
    lost = [shown(name) for name in before if name not in after]
    new_names = [shown(name) for name in after if name not in before]
    found += _counted(lost, "category is missing", "categories are missing")
    found += _counted(new_names, "category is new", "categories are new")
    shared = [name for name in before if name in after]
    for field in ("definition", "valence", "parent"):
        changed = [shown(name) for name in shared if getattr(before[name], field) != getattr(after[name], field)]
        found += _counted(
            changed, f"category has another {field}, or none", f"categories have another {field}, or none"
        )
    changed = [shown(name) for name in shared if _plain(before[name].examples) != _plain(after[name].examples)]
    found += _counted(changed, "category lacks its examples", "categories lack their examples")
    found += _entry_differences(old, new)
    if not found and old.hash != new.hash:
        found.append(
            "entries stand in another order across categories, or these do, so the hash is another one; no count changes"
        )
    return found


def _entry_differences(old: Lexicon, new: Lexicon) -> list[str]:
    before, after = ({_key(entry): entry for entry in lexicon.own_entries} for lexicon in (old, new))
    folded = {key[:2]: entry for key, entry in after.items()}
    pairs = [(entry, after.get(key) or folded.get(key[:2])) for key, entry in before.items()]
    found = _counted(
        [_named(entry) for entry, other in pairs if other is None], "entry is missing", "entries are missing"
    )
    for field in ("weight", "case", "exceptions", "note"):
        changed = [_named(one) for one, other in pairs if other and getattr(one, field) != getattr(other, field)]
        found += _counted(
            changed, f"entry has lost or changed its {field}", f"entries have lost or changed their {field}"
        )
    changed = [_named(one) for one, other in pairs if other and _plain(one.examples) != _plain(other.examples)]
    found += _counted(changed, "entry has lost its examples", "entries have lost their examples")
    kept = {key[:2] for key in before} & folded.keys()
    orders = [_order(lexicon.own_entries, kept) for lexicon in (old, new)]
    changed = [shown(name) for name in orders[0] if orders[0][name] != orders[1].get(name)]
    found += _counted(
        changed, "category has its entries in another order", "categories have their entries in another order"
    )
    return found


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.category, entry.text.strip(), entry.case


def _named(entry: Entry) -> str:
    return f"{shown(entry.text)} of {shown(entry.category)}"


def _plain(examples: Iterable[Example]) -> list[tuple[str, bool]]:
    return sorted((example.text, example.hit) for example in examples)


def _order(entries: Iterable[Entry], kept: set[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in entries:
        if _key(entry)[:2] in kept:
            found.setdefault(entry.category, []).append(entry.text.strip())
    return found


def _counted(names: list[str], one: str, many: str) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return [f"{len(names)} {one if len(names) == 1 else many}: {', '.join(names[:_MOST_SHOWN])}{more}"]


def _by_category(lexicon: Lexicon) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {name: [] for name in lexicon.category_names}
    for entry in lexicon.own_entries:
        found[entry.category].append(entry)
    return found


def _tree(lexicon: Lexicon) -> dict[str, object]:
    """Return the lexicon as the mappings, lists and strings of the project's form."""
    top: dict[str, object] = {"name": lexicon.name, "version": lexicon.version}
    top |= _present(language=lexicon.language, description=lexicon.description, sources=list(lexicon.sources))
    entries = _by_category(lexicon)
    top["categories"] = {
        category.name: _category_tree(category, entries[category.name]) for category in lexicon.categories
    }
    return top


def _category_tree(category: Category, entries: list[Entry]) -> dict[str, object]:
    valence = "" if category.valence is None else str(category.valence)
    return _present(
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


def _yaml(value: object, indent: str = "") -> str:
    """Return block YAML of mappings, lists and strings; every string is quoted, so nothing is given a type."""
    if isinstance(value, str):
        return f" {_quoted(value)}\n"
    if not value:
        return " {}\n"
    if isinstance(value, list):
        return "\n" + "".join(f"{indent}-{_yaml_item(item, indent + '  ')}" for item in value)
    assert isinstance(value, dict)
    return "\n" + "".join(f"{indent}{_key_text(key)}:{_yaml(item, indent + '  ')}" for key, item in value.items())


def _yaml_item(value: object, indent: str) -> str:
    return " " + _yaml(value, indent).strip("\n ").removeprefix(indent) + "\n"


def _key_text(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    # A JSON string is a YAML string but for these characters, which end a line there or are not allowed.
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _own_yaml(lexicon: Lexicon) -> str:
    return _yaml(_tree(lexicon)).lstrip("\n")


def _json(lexicon: Lexicon) -> str:
    return json.dumps(_tree(lexicon), ensure_ascii=False, indent=1) + "\n"


def _quanteda(lexicon: Lexicon) -> str:
    entries = _by_category(lexicon)
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

    return _yaml({category.name: node(category) for category in children.get("", [])}).lstrip("\n")


def _liwc(lexicon: Lexicon) -> str:
    depths = _depths(lexicon)
    numbers = {name: number for number, name in enumerate(depths, start=1)}
    lines = ["%", *("\t" * depth + f"{numbers[name]}\t{name}" for name, depth in depths.items()), "%"]
    terms: dict[str, dict[int, None]] = {}
    for entry in lexicon.own_entries:
        if _LIWC_TERM.fullmatch(entry.text):
            terms.setdefault(entry.text, {})[numbers[entry.category]] = None
    lines += ["\t".join([term, *map(str, found)]) for term, found in terms.items()]
    return "\n".join(lines) + "\n"


def _depths(lexicon: Lexicon) -> dict[str, int]:
    """Return how deep each category stands, every parent directly before its parts."""
    found: dict[str, int] = {}

    def visit(parent: str, depth: int) -> None:
        for category in lexicon.categories:
            if category.parent == parent:
                found[category.name] = depth
                visit(category.name, depth + 1)

    visit("", 0)
    return found


def _table(lexicon: Lexicon, delimiter: str) -> str:
    categories = {category.name: category for category in lexicon.categories}
    columns: dict[str, Callable[[Entry], object]] = {
        "term": lambda entry: entry.text,
        "category": lambda entry: entry.category,
        "weight": lambda entry: "" if entry.weight == 1 else repr(float(entry.weight)),
        "case": lambda entry: "" if entry.case == "fold" else entry.case,
        "except": lambda entry: "|".join(text for text in entry.exceptions if "|" not in text),
        "note": lambda entry: entry.note,
        "parent": lambda entry: categories[entry.category].parent,
        "valence": lambda entry: "" if (valence := categories[entry.category].valence) is None else valence,
    }
    entries = lexicon.own_entries
    used = {name: column for name, column in columns.items() if any(column(entry) != "" for entry in entries)}
    if "weight" in used:
        used["weight"] = lambda entry: repr(float(entry.weight))
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([column(entry) for column in used.values()] for entry in entries)
    return target.getvalue()


_WRITERS: dict[Form, Callable[[Lexicon], str]] = {
    "yaml": _own_yaml,
    "quanteda": _quanteda,
    "json": _json,
    "csv": lambda lexicon: _table(lexicon, ","),
    "tsv": lambda lexicon: _table(lexicon, "\t"),
    "liwc": _liwc,
}
