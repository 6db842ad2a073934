"""Lists of names: "Smith, Jones and Brown" share what is said of one of them; English only."""

from analysis.english.antecedents import FINITE, PREPOSITION, follows_in_list
from analysis.english.quotations import flag
from analysis.english.words import CAPITAL, THEY
from analysis.tokens.compiling import compiled_step

MAX_CANDIDATES = 8


@compiled_step
def listed(named, m, found, n):
    """Write the target of a mention where `found` does not list it among its n yet, and return their number."""
    for k in range(n):
        if found[k] == named.target[m]:
            return n
    if n == MAX_CANDIDATES:
        return n
    found[n] = named.target[m]
    return n + 1


@compiled_step
def list_of(text, named, m, hit, sentence, clauses):
    """Return first and last mention of the list that stands, with mention m, beside a hit: an object or an owner."""
    s, here = sentence.first, clauses.of[hit.first - sentence.first]
    if not s <= named.first[m] < sentence.end:
        return m, m
    last = _last_of(text, named, m, sentence.end)
    if clauses.of[named.first[m] - s] != here and clauses.of[named.first[last] - s] != here:
        return m, m
    first = m - 1 if named.first[m] < hit.first and follows_in_list(text, named, m) == 2 else m
    after = named.last[last] + 1
    begins_clause = after < sentence.end and flag(text, after) & FINITE and not flag(text, after) & CAPITAL
    return first, (m if begins_clause else last)


@compiled_step
def subjects_of(text, named, m, hit, sentence, clauses):
    """Return first and last mention of the list that is, with mention m, the subject of a hit; "they" may stand for two."""
    pronoun = clauses.pronoun[clauses.of[hit.first - sentence.first]]
    if pronoun:
        return (m - 1 if pronoun & THEY and follows_in_list(text, named, m) == 2 else m), m
    first, last = m, _last_of(text, named, m, sentence.end)
    while last > m and m - first < MAX_CANDIDATES and _goes_on(text, named, first, sentence.first):
        first -= 1
    return first, last


@compiled_step
def _last_of(text, named, m, end):
    """Return the mention that "and" joins last to mention m."""
    last, k = m, m + 1
    while k < len(named.first) and k - m < MAX_CANDIDATES and named.first[k] < end:
        how = follows_in_list(text, named, k)
        if how == 0:
            return last
        if how == 2:
            last = k
        k += 1
    return last


@compiled_step
def _goes_on(text, named, m, s):
    """Whether a list goes on before mention m, and not with a place: "In France, Smith and Jones"."""
    if follows_in_list(text, named, m) != 1 or named.first[m - 1] < s:
        return False
    return named.first[m - 1] == s or not flag(text, named.first[m - 1] - 1) & PREPOSITION
