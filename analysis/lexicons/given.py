"""What a function was given in the place of a lexicon: a Lexicon, the path of one, or a mapping of categories to words."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from analysis.core.errors import LexiconError
from analysis.core.near import near_path
from analysis.core.schema import MENTIONS, kind_of
from analysis.lexicons.formats.mapping_form import lexicon_from_mapping
from analysis.lexicons.loading import read_lexicon
from analysis.lexicons.model import Lexicon

LexiconLike: TypeAlias = Lexicon | str | Path | Mapping[str, Sequence[str]]
TargetsLike: TypeAlias = LexiconLike | pd.DataFrame

_WAYS = (
    "give what fa.read_lexicon returns, the path of a lexicon, or a mapping such as {'weakness': ['weak', 'back down']}"
)


def lexicon_of(call: str, given: LexiconLike, *, role: str = "lexicon") -> Lexicon:
    """Return a lexicon as it is, or read it from its file or from a mapping of categories to words, which is then named after its role.

    Parameters
    ----------
    call : str
        How the public function is called, for errors: ``find_hits(tokens, lexicon)``.
    given : Lexicon, path or mapping
        What the caller gave.
    role : str
        What the function calls it.

    Raises
    ------
    LexiconError
        When it is none of these, or cannot be read.
    """
    if isinstance(given, Lexicon):
        return given
    if isinstance(given, str | Path):
        if not Path(given).exists() and not Path(given).suffix:
            raise LexiconError(
                f"{call}: there is no file {str(given)!r} to read as the {role}{near_path(Path(given))}; {_WAYS}; words alone are looked up "
                f"with fa.concordance(tokens, 'weak*')"
            )
        return read_lexicon(given)
    if isinstance(given, Mapping) and given:
        return lexicon_from_mapping(given, name=role)
    found = "an empty mapping" if isinstance(given, Mapping) else kind_of(given)
    raise LexiconError(f"{call}: found {found} in the place of the {role}; {_WAYS}")


def targets_of(call: str, given: TargetsLike | None) -> Lexicon | pd.DataFrame | None:
    """Return targets: none, a table MENTIONS, or what `lexicon_of` makes a lexicon of."""
    if given is None:
        return None
    return MENTIONS.check(given) if isinstance(given, pd.DataFrame) else lexicon_of(call, given, role="targets")
