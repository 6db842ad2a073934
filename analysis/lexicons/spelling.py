"""British and American spellings of single English words; a help for finding gaps, no dictionary."""

import re

from analysis.core.word_lists import word_lists

_LISTS = word_lists("lexicons/spelling.txt")
_PAIRS = {british: american for british, (american,) in _LISTS["British: American"].items()} | {
    f"{verb}l{ending}": f"{verb}{ending}"
    for verb in _LISTS["doubled l"]["verbs"]
    for ending in ("ed", "ing", "er", "or")
}
_AMERICAN = {american: british for british, american in _PAIRS.items()}
# "check", "program" and "meter" are words of British English too.
_ONE_WAY = ("check", "program", "fulfill", "enroll", "instill", "catalog", "meter", "analog", "dialog")
_ISE = re.compile(r"([a-z]{3,})i([sz])(e|ed|es|er|ers|ing|ation|ations|ational)(\*?)")
# Stems of words that end alike in both spellings, such as "advise" and "capsize".
_ALWAYS = _LISTS["alike"]
# These pairs differ in what stands before an ending, so only the bare word and its plural are turned.
_BARE = ("re", "ue", "me", "er", "og")
_LATIN = re.compile(r"(?:i?ous|ar|if|at|ist|i[sz])")


def _beginning(one: str, other: str) -> str:
    """Return the pattern of words that begin in one spelling and not in the other, where that is the longer one."""
    return f"{one}(?!{other.removeprefix(one)})" if other.startswith(one) else one


_OTHERS = {one: other for one, other in (*_PAIRS.items(), *_AMERICAN.items()) if one not in _ONE_WAY}
_BEGINS = re.compile("|".join(_beginning(one, other) for one, other in _OTHERS.items()))


def other_spelling(text: str) -> str:
    """Return the American form of a word in British spelling, or the British of an American one, "" where there is none."""
    match = _ISE.fullmatch(text)
    if match:
        other = "z" if match[2] == "s" else "s"
        return "" if match[1] in _ALWAYS[match[2]] else f"{match[1]}i{other}{match[3]}{match[4]}"
    match = _BEGINS.match(text)
    if not match:
        return ""
    one, rest = match[0], text[match.end() :]
    # "humorous" and "honorary" are spelt so on both sides; "centred" is no "centerd".
    alike = one in _AMERICAN and _LATIN.match(rest)
    return "" if alike or (one.endswith(_BARE) and rest not in ("", "s", "*")) else _OTHERS[one] + rest
