"""Lexicons into files: the project's form, quanteda YAML, LIWC, JSON and tables; and what each of them cannot hold.

What is lost is not known beforehand but found: the file is read again and compared with the lexicon.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal

from analysis.core.errors import LexiconError, OutputError
from analysis.core.files import scratch_file, write_whole
from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft, Unsupported
from analysis.lexicons.formats.liwc import write_liwc
from analysis.lexicons.formats.tables import write_table
from analysis.lexicons.formats.yaml_form import write_json, write_quanteda, write_yaml
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.lexicons.loading import read_draft, read_lexicon
from analysis.lexicons.model import Entry, Example, Lexicon

Form = Literal["yaml", "quanteda", "json", "csv", "tsv", "liwc"]

_SUFFIXES: dict[Form, str] = {
    "yaml": ".yml", "quanteda": ".yml", "json": ".json", "csv": ".csv", "tsv": ".tsv", "liwc": ".dic",
}  # fmt: skip
_FORMS: dict[str, Form] = {".yaml": "yaml", **{suffix: form for form, suffix in reversed(_SUFFIXES.items())}}
_MOST_SHOWN = 5


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


def write_lexicon(lexicon: LexiconLike, path: str | Path, *, form: Form | None = None) -> list[str]:
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
    lexicon = lexicon_of("write_lexicon(lexicon, path)", lexicon)
    path = Path(path)
    form = form or _FORMS.get(path.suffix.lower())
    if form is None or form not in _SUFFIXES:
        what = f"the form {form or path.suffix!r} cannot be written"
        raise LexiconError(f"{path}: {what}; choose one of {', '.join(_SUFFIXES)}")
    data = _WRITERS[form](lexicon).encode("utf-8")
    try:
        # A lexicon without a name of its own is named after its file.
        with scratch_file(f"{path.stem}{_SUFFIXES[form]}", data) as written:
            losses = differences(lexicon, read_draft(Draft(written), "skip"))
        write_whole(path, data)
    except LexiconError as error:  # it names the file that was written aside, which is gone
        said = str(error).replace(str(written), "read again")
        forms = ", ".join(_SUFFIXES)
        raise LexiconError(
            f"{path}: the form {form!r} cannot hold this lexicon ({said}); choose another of {forms}"
        ) from error
    except OutputError as error:
        raise LexiconError(str(error)) from error
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
    for field in ("definition", "valence", "parent", "label", "short_label"):
        changed = [shown(name) for name in shared if getattr(before[name], field) != getattr(after[name], field)]
        other = f"another {field}, or none"
        found += _counted(changed, f"category has {other}", f"categories have {other}")
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
    missing = [_named(entry) for entry, other in pairs if other is None]
    found = _counted(missing, "entry is missing", "entries are missing")
    both = [(entry, other) for entry, other in pairs if other]
    for field in ("weight", "case", "exceptions", "note"):
        changed = [_named(one) for one, other in both if getattr(one, field) != getattr(other, field)]
        found += _counted(
            changed, f"entry has lost or changed its {field}", f"entries have lost or changed their {field}"
        )
    changed = [_named(one) for one, other in both if _plain(one.examples) != _plain(other.examples)]
    found += _counted(changed, "entry has lost its examples", "entries have lost their examples")
    kept = {key[:2] for key in before} & folded.keys()
    orders = [_order(lexicon.own_entries, kept) for lexicon in (old, new)]
    changed = [shown(name) for name in orders[0] if orders[0][name] != orders[1].get(name)]
    order = "in another order"
    found += _counted(changed, f"category has its entries {order}", f"categories have their entries {order}")
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


_WRITERS: dict[Form, Callable[[Lexicon], str]] = {
    "yaml": write_yaml,
    "quanteda": write_quanteda,
    "json": write_json,
    "csv": write_table,
    "tsv": partial(write_table, delimiter="\t"),
    "liwc": write_liwc,
}
