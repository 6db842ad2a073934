"""British and American spellings, and regular inflections, of single English words; a help for finding gaps, no dictionary."""

import re

from analysis.core.word_lists import word_lists

_LISTS = word_lists("lexicons/spelling.txt")
_PAIRS = {british: american for british, (american,) in _LISTS["British: American"].items()}
_AMERICAN = {american: british for british, american in _PAIRS.items()}
# "check" and "program" are words of British English too.
_ONE_WAY = ("check", "program", "fulfill", "enroll", "instill", "catalog")
_ISE = re.compile(r"([a-z]{3,})i([sz])(e|ed|es|er|ers|ing|ation|ations|ational)(\*?)")
# Stems of words that end alike in both spellings, such as "advise" and "capsize".
_ALWAYS = _LISTS["alike"]
# These pairs differ in what stands before an ending, so only the bare word and its plural are turned.
_BARE = ("re", "ue", "me", "er", "og")
_LATIN = re.compile(r"(?:i?ous|ar|if|at|ist|i[sz])")
_VOWELS = "aeiou"


def other_spelling(text: str) -> str:
    """Return the American form of a word in British spelling, or the British of an American one, "" where there is none."""
    match = _ISE.fullmatch(text)
    if match:
        other = "z" if match[2] == "s" else "s"
        return "" if match[1] in _ALWAYS[match[2]] else f"{match[1]}i{other}{match[3]}{match[4]}"
    for one, other in (*_PAIRS.items(), *_AMERICAN.items()):
        done = len(other) > len(one) and text.startswith(other)
        if text.startswith(one) and not done and one not in _ONE_WAY:
            rest = text[len(one) :]
            # "humorous" and "honorary" are spelt so on both sides; "centred" is no "centerd".
            alike = one in _AMERICAN and _LATIN.match(rest)
            return "" if alike or (one.endswith(_BARE) and rest not in ("", "s", "*")) else other + rest
    return ""


def inflections(base: str) -> tuple[str, ...]:
    """Return the regular forms of a verb, the base first; empty where `base` cannot be one."""
    if not re.fullmatch(r"[a-z]{3,}", base):
        return ()
    if base.endswith("e") and not base.endswith("ee"):
        return base, f"{base}s", f"{base}d", f"{base[:-1]}ing"
    if base[-1] == "y" and base[-2] not in _VOWELS:
        return base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"
    stem = base + base[-1] if _doubles(base) else base
    plural = f"{base}es" if base.endswith(("s", "x", "z", "ch", "sh")) else f"{base}s"
    return base, plural, f"{stem}ed", f"{stem}ing"


def _doubles(base: str) -> bool:
    """Whether a word of one syllable ends in a vowel and one consonant, as "stab" does."""
    return re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", base) is not None
