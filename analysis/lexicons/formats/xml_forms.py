"""Lexicons in XML: dictionaries of Yoshikoder and Lexicoder, sentiment lexicons of OpeNER (LMF) and of Pattern."""

from collections import defaultdict
from statistics import fmean
from typing import cast

from lxml import etree

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import SIGNS, Draft, as_number
from analysis.lexicons.formats.yoshikoder import read_yoshikoder

_POLARITIES = ("positive", "negative", "neutral", "both")


def read_xml(data: bytes, draft: Draft, encoding: str | None = None) -> str:
    """Put the entries of an XML file into `draft`; return the name of the dictionary, "" where it has none.

    Raises
    ------
    LexiconError
        When the file is not XML, or of a form that is not known.
    """
    root = _root(data, draft, encoding)
    if root.tag == "dictionary":
        return read_yoshikoder(root, draft)
    if root.tag == "LexicalResource":
        _read_opener(root, draft)
    elif root.tag == "sentiment" and root.find("word") is not None:
        _read_pattern(root, draft)
    else:
        known = "<dictionary> (Yoshikoder, Lexicoder), <LexicalResource> (OpeNER) and <sentiment> (Pattern)"
        raise draft.error(_line(root), f"<{root.tag}> begins the file; what can be read begins with {known}")
    return ""


def _root(data: bytes, draft: Draft, encoding: str | None) -> etree._Element:
    if b"<!DOCTYPE" in data:
        raise draft.error(1, "a document type (<!DOCTYPE>) is not allowed; take it out")
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding=encoding
        )
    except LookupError as error:
        raise draft.error(0, f"the encoding {encoding!r} is not known; name one such as 'cp1250'") from error
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise draft.error(error.lineno or 1, f"not valid XML: {error.msg}; mend the line") from error
    return root


def _line(node: etree._Element) -> int:
    return cast(int, node.sourceline or 0)


def _read_opener(root: etree._Element, draft: Draft) -> None:
    """Read lemmas with the polarity of their senses; a lemma whose senses differ is in the category of each."""
    for entry in root.iter("LexicalEntry"):
        lemma = entry.find("Lemma")
        term = lemma.get("writtenForm", "").strip() if lemma is not None else ""
        found = dict.fromkeys(node.get("polarity", "").strip() for node in entry.iter("Sentiment"))
        if not term or not found:
            draft.doubt(_line(entry), term, f"entry {shown(term)} has no written form or no sentiment; give it both")
            continue
        for polarity in found:
            if polarity in _POLARITIES:
                draft.add(_line(entry), term, [draft.category(polarity)])
            else:
                allowed = f"allowed are {', '.join(_POLARITIES)}"
                draft.doubt(_line(entry), term, f"polarity {shown(polarity)} of {shown(term)}; {allowed}")
    for sign, name in SIGNS.items():
        draft.set_valence(name, sign)
    draft.remark(0, "partOfSpeech", "parts of speech, strength and confidence decide no match and no weight here")


def _read_pattern(root: etree._Element, draft: Draft) -> None:
    """Read words with the mean polarity of their senses, which is what Pattern itself takes where it knows no sense."""
    lines: dict[str, int] = {}
    polarities: dict[str, list[float]] = defaultdict(list)
    for word in root.iter("word"):
        term, written = word.get("form", "").strip(), word.get("polarity", "").strip()
        number = as_number(written)
        if not term or number is None:
            draft.doubt(
                _line(word), term, f"word {shown(term)} has the polarity {shown(written)}; write both, as in 0.5"
            )
        else:
            lines.setdefault(term, _line(word))
            polarities[term].append(number)
    for term, found in polarities.items():
        draft.add(lines[term], term, [draft.category("")], round(fmean(found), 10))
    reason = (
        "subjectivity, intensity and parts of speech are not read; of several senses the mean polarity is the weight"
    )
    draft.remark(0, "subjectivity", reason)
