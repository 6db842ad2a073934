"""MPQA subjectivity clues (.tff): lines of ``key=value``; strength and polarity are the categories."""

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import SIGNS, Draft

_STRENGTHS = ("strongsubj", "weaksubj")
_POLARITIES = ("positive", "negative", "neutral", "both", "weakneg", "weakpos")


def read_mpqa(text: str, draft: Draft) -> None:
    """Put the clues of a .tff file into `draft`, each in the category of its strength and in that of its polarity."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            _clue(number, line.strip(), draft)
    for sign, name in SIGNS.items():
        draft.set_valence(name, sign)
    reason = (
        "parts of speech (pos1) and stemming (stemmed1) decide no match here; they stand in the notes of the entries"
    )
    draft.remark(0, "pos1, stemmed1", reason)


def _clue(number: int, line: str, draft: Draft) -> None:
    pairs = [field.partition("=") for field in line.split()]
    fields = {key: value for key, _, value in pairs}
    strength, polarity = fields.get("type", ""), fields.get("priorpolarity", "")
    broken = next((key for key, mark, _ in pairs if not mark), "")
    if len(fields) < len(pairs) or broken or strength not in _STRENGTHS or polarity not in _POLARITIES:
        allowed = f"type is one of {', '.join(_STRENGTHS)}, priorpolarity one of {', '.join(_POLARITIES)}"
        what = f"{shown(broken)} without a value" if broken else "a field that is missing, unknown or there twice"
        draft.doubt(number, line, f"clue {shown(fields.get('word1', line))} has {what}; {allowed}")
        return
    note = " ".join(f"{key}={fields[key]}" for key in ("pos1", "stemmed1") if key in fields)
    categories = [draft.category(strength), draft.category(polarity)]
    # A clue of several words has them joined by hyphens, which separate words in texts and entries alike.
    draft.add(number, fields.get("word1", ""), categories, note=note)
