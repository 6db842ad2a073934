"""Near names: what somebody may have meant who wrote a name that is not there."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

_MOST_NEAR = 3
_MOST_KNOWN = 12


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that `name` may stand for, at most three: itself in other capitals, those with its words, or the one spelled like it.

    Examples
    --------
    >>> near_names("lantern", ["The Daily Lantern", "The Aldwick Courier"])
    ['The Daily Lantern']
    """
    by_fold = {one.casefold(): one for one in known}
    wanted = name.strip().casefold()
    if wanted in by_fold:
        return [by_fold[wanted]]
    words = _words(wanted)
    with_words = [one for fold, one in by_fold.items() if words and words <= _words(fold)]
    return with_words[:_MOST_NEAR] or [by_fold[fold] for fold in get_close_matches(wanted, list(by_fold), 1)]


def _words(folded: str) -> set[str]:
    return set(re.findall(r"\w+", folded))


def did_you_mean(name: object, known: Iterable[object], *, what: str = "") -> str:
    """Return "; did you mean outlet 'The Daily Lantern'?" where a known name is near, else ""; `what` says what the names are."""
    near = near_names(str(name), map(str, known))
    return f"; did you mean {what}{' ' if what else ''}{' or '.join(map(repr, near))}?" if near else ""


def known_names(name: object, known: Iterable[object], *, what: str = "") -> str:
    """Return which names are known, the first twelve, and which of them `name` may stand for: the second half of an error."""
    names = list(map(str, known))
    more = f" and {len(names) - _MOST_KNOWN:,} more" if len(names) > _MOST_KNOWN else ""
    listed = ", ".join(map(repr, names[:_MOST_KNOWN])) or "none"
    return f"known are {listed}{more}{did_you_mean(name, names, what=what)}"


def near_path(path: Path) -> str:
    """Return what helps with a path that is not there, for an error: the near name beside it, or its first folder that is not there.

    Examples
    --------
    >>> near_path(Path("data/lexicons/frame.yml"))
    "; did you mean 'data/lexicons/frames.yml'?"
    >>> near_path(Path("no-such-folder/articles"))
    "; there is no folder 'no-such-folder'"
    """
    parents = [folder for folder in path.parents if folder.is_dir()]
    if not parents:
        return ""
    there = parents[0]
    missing = there / path.relative_to(there).parts[0]
    near = near_names(missing.name, sorted(one.name for one in there.iterdir() if not one.name.startswith(".")))
    if near:
        return f"; did you mean {' or '.join(repr(str(there / name)) for name in near)}?"
    return f"; there is no folder {str(missing)!r}" if missing != path else ""
