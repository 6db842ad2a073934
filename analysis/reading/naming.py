"""Names for the articles of files that bring no ids: the file's name, with more of its path where files share one."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

_NUMBERED = re.compile(r"(.+)-([1-9][0-9]*)")


def unique_names(files: Sequence[tuple[str, str, int]]) -> list[str]:
    """Return a name for each file that no other file has, whatever the order of the files.

    Parameters
    ----------
    files : sequence of (str, str, int)
        The name of each file (its path below the folder that was given, without suffix), its place, and how many articles it holds.

    Notes
    -----
    A name that one file has stays. Files of one name all get their suffix (``a.txt``, ``a.md``), or as many of the folders above as
    tell them apart (``one/a``, ``two/a``), or both. An article of a file of several is called ``name-3``; a file of one article
    that has such a name itself gets its suffix. The same file given twice keeps one name.
    """
    places: dict[str, list[str]] = {}
    for name, place, _ in files:
        if place not in places.setdefault(name, []):
            places[name].append(place)
    chosen = {place: name for name, alike in places.items() for place in alike}
    for name, alike in places.items():
        if len(alike) > 1:
            others = {other for place, other in chosen.items() if place not in alike}
            tried = (dict(zip(alike, names, strict=True)) for names in _longer(name, alike))
            fitting = (made for made in tried if len({*made.values()}) == len(alike) and not {*made.values()} & others)
            chosen |= next(fitting, dict(zip(alike, alike, strict=True)))
    n_articles = {chosen[place]: n for _, place, n in files if n > 1}
    for _, place, n in files:
        match = _NUMBERED.fullmatch(chosen[place])
        if n == 1 and match and int(match[2]) <= n_articles.get(match[1], 0):
            chosen[place] += PurePath(place).suffix
    return [chosen[place] for _, place, _ in files]


def _longer(name: str, places: list[str]) -> Iterator[list[str]]:
    """Yield longer and longer names for files that have one."""
    paths = [PurePath(place) for place in places]
    yield [name + path.suffix for path in paths]
    for n_parts in range(len(PurePath(name).parts) + 1, max(len(path.parts) for path in paths) + 1):
        cut = [PurePath(*path.parts[-n_parts:]) for path in paths]
        yield [path.with_suffix("").as_posix() for path in cut]
        yield [path.as_posix() for path in cut]
