"""LIWC dictionaries (.dic) of 2001, 2007 and 2015: numbered categories between two % lines, then words and numbers."""

import re

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft
from analysis.lexicons.model import Lexicon

_HEADER = re.compile(r"(?P<indent>\s*)(?P<id>\d+)\s+(?P<name>\S.*)")
_SPACED = re.compile(r"(?P<term>\S.*?)\s+(?P<ids>\d+(?:\s+\d+)*)")
# Two spaces stand for a tab; one alone is part of a phrase such as "catch 22".
_MIXED = re.compile(r"(?P<term>\S.*?)\s{2,}(?P<ids>\d+(?:\s+\d+)*)")
_ENDS_IN_NUMBER = re.compile(r".*\S (\d+)")
_NUMBERS = re.compile(r"\d+(?:\s+\d+)*")
# LIWC knows the wildcard at the end of a word only.
_INNER_WILDCARD = re.compile(r"[*?](?=[^\s])|\?")
_TERM = re.compile(r"[^\t\n*?]+?\*?(?: [^\t\n*?]+?\*?)*")


def read_liwc(text: str, draft: Draft) -> None:
    """Put the lines of a .dic file into `draft`."""
    lines = list(enumerate(text.split("\n"), start=1))
    marks = [number for number, line in lines if line.strip() == "%"]
    first = next((number for number, line in lines if line.strip()), 1)
    if not marks or marks[0] != first:
        raise draft.error(first, "a LIWC dictionary begins with a line '%'; write '%', the numbered categories and '%'")
    if len(marks) < 2:
        raise draft.error(marks[0], "the second line '%', which ends the list of categories, is missing; write it")
    names = _header(lines[marks[0] : marks[1] - 1], draft)
    for number, line in lines[marks[1] :]:
        if line.strip():
            _word(number, line, names, draft)


def _header(lines: list[tuple[int, str]], draft: Draft) -> dict[int, str]:
    names: dict[int, str] = {}
    above: list[tuple[int, str]] = []
    for number, line in lines:
        if not line.strip():
            continue
        match = _HEADER.fullmatch(line.rstrip())
        if not match:
            raise draft.error(number, f"{shown(line)} is no category; write its number, a tab and its name")
        key, name, depth = int(match["id"]), match["name"], match["indent"].count("\t")
        if key in names or name in draft.categories:
            raise draft.error(number, f"category {shown(line)} has a number or name that stands above; give it its own")
        above = [(level, parent) for level, parent in above if level < depth]
        names[key] = draft.category(name, parent=above[-1][1] if above else "")
        above.append((depth, name))
    return names


def _word(number: int, line: str, names: dict[int, str], draft: Draft) -> None:
    term, cells = _parts(line)
    if not term:
        draft.doubt(number, line, f"line {shown(line)} has numbers but no word; write the word before them")
    elif not cells:
        draft.doubt(number, line, f"{shown(line)} has no category; write the number of one after a tab")
    elif "\t" in line and (match := _ENDS_IN_NUMBER.fullmatch(term)) and int(match[1]) in names:
        remedy = "write a tab between the word and the numbers of its categories"
        draft.doubt(number, line, f"{shown(term)} ends in {match[1]}, which may be the number of a category; {remedy}")
    elif _INNER_WILDCARD.search(term):
        remedy = "LIWC knows * at the end of a word only; write the words out, or use another format"
        draft.doubt(number, term, f"entry {shown(term)} has a wildcard within a word, and {remedy}")
    else:
        _memberships(number, term, cells, names, draft)


def _parts(line: str) -> tuple[str, list[str]]:
    """Return the word and what stands after it; a line may have spaces in the place of tabs, wholly or in part."""
    term, tab, rest = line.rstrip().partition("\t")
    if tab and (match := _MIXED.fullmatch(term.strip())):
        return match["term"], [match["ids"], *(cell.strip() for cell in rest.split("\t") if cell.strip())]
    if not tab:
        match = _SPACED.fullmatch(line.strip())
        return (match["term"], [match["ids"]]) if match else (line.strip(), [])
    return term.strip(), [cell.strip() for cell in rest.split("\t") if cell.strip()]


def _memberships(number: int, term: str, cells: list[str], names: dict[int, str], draft: Draft) -> None:
    found: dict[str, None] = {}
    for cell in cells:
        if not _NUMBERS.fullmatch(cell):
            remedy = "conditional entries are not supported, so write the number of a category"
            draft.doubt(number, cell, f"{shown(cell)} after {shown(term)} is no category number; {remedy}")
            continue
        for key in map(int, cell.split()):
            if key in names:
                found[names[key]] = None
            else:
                remedy = f"the list above has {', '.join(map(str, list(names)[:10]))}{' …' if len(names) > 10 else ''}"
                draft.doubt(number, str(key), f"category number {key} of {shown(term)} is not defined; {remedy}")
    draft.add(number, term, found)


def write_liwc(lexicon: Lexicon) -> str:
    """Return the lexicon as a .dic file, without the entries that LIWC cannot hold."""
    depths = _depths(lexicon)
    numbers = {name: number for number, name in enumerate(depths, start=1)}
    lines = ["%", *("\t" * depth + f"{numbers[name]}\t{name}" for name, depth in depths.items()), "%"]
    terms: dict[str, dict[int, None]] = {}
    for entry in lexicon.own_entries:
        if _TERM.fullmatch(entry.text):
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
