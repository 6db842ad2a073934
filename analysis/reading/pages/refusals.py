"""Pages that hold no article: of a server that refuses, of a wall before the article, of a check on robots."""

import re

from analysis.core.word_lists import lines_of

_LONGEST = 150  # words: what is longer is an article, whatever its title
_CODE = r"(?:http )?(?:error|status|fehler|erreur)?[\s:]*(?:40[0-9]|410|429|451|50[0-4]|52[0-9])"
_MISSING = r"(?:found|exists?|available|gefunden|trouvée?|encontrad[oa]|trovat[oa]|gevonden)"
_TITLES = "|".join(lines_of("reading/pages/refusals.txt")).replace("<code>", _CODE).replace("<missing>", _MISSING)
_TITLE = re.compile(rf"(?:{_TITLES})\W*", re.IGNORECASE)


def refusal_of(titles: list[str], n_words: int) -> str:
    """Return the title of a page, of those displayed and stated, by which it is no article; "" if it is one."""
    if n_words >= _LONGEST:
        return ""
    return next((title for title in titles if title and _TITLE.fullmatch(title)), "")
