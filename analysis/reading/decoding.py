"""Bytes → text: byte-order mark, the encoding that was asked for, strict UTF-8, declared charset, then a guess that is said."""

import codecs
import re
from typing import NamedTuple

from analysis.core.errors import CorpusError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SNIFFED = 4_000
_META = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([A-Za-z0-9][\w.:-]*)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"""\s*<\?xml\b[^<>]*?\bencoding\s*=\s*["']([A-Za-z][\w.:-]*)""")
_GUESS = "cp1252"
# Encodings that switch by escape sequences are plain ASCII to a decoder, and so would pass as UTF-8.
_SWITCHING = (
    (b"\x1b", re.compile(rb"\x1b(?:\$[@-D()*+]|\([A-Z])"), ("iso2022_jp", "iso2022_kr")),
    (b"~{", re.compile(rb"(?<!~)~\{(?:[!-}][!-~])+~\}"), ("hz",)),
)
_FEW = ("cp1250", "cp1251", "koi8_r", "mac_roman", "cp437", "gb18030", "shift_jis")
_SAMPLED = 1 << 16
_SHOWN = 3
_SAMPLE_WIDTH = 24
_ODD_SHARE = 0.2
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~«»„“”‘’‚…–—]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_NUL = 0.1  # of the characters of a table; what has more is UTF-16 or no text
_OPENING = re.compile(r"(?<!\w)[¡¿]")
# Of the letters and signs of windows-1252 that stand in news: currencies, fractions, degrees and the like stand beside figures and
# blanks. A sign within letters, a capital after a small letter and a run of four accented letters come of a wrong guess.
_ODD = re.compile(
    r"[^\W\d_][^\w\s'’‘´·\-–—/.@&+…“”„\"«»(){}\[\]:;,!?*=#%<>|$\\~^`]|[a-zß-öø-ÿ][À-ÖØ-ÞŠŒŽŸ]|[À-ÖØ-öø-ÿŠŒŽšœžŸ]{4}|[\x80-\x9f]|[¡¿]\w*$"
)


class Decoded(NamedTuple):
    """The text of a file, the encoding that was used, and, where that is a guess, words that show whether it was a good one."""

    text: str
    encoding: str
    sample: str


class Codec(NamedTuple):
    """What decodes a file, and whether nothing says so."""

    name: str
    is_guess: bool


def told_at_once(first: bytes, encoding: str | None) -> Codec:
    """Return what decodes a file by its first bytes and by what the user names; else it must be UTF-8.

    Raises
    ------
    CorpusError
        When the encoding that the user names is not known.
    """
    name = _marked(first) or (_asked(encoding) if encoding else None)
    return Codec(name or "utf-8", name is None)


def is_no_text(n_nul: int, n_characters: int) -> bool:
    """Whether so many of the characters of a table are NUL that it is none, and not just some of its rows are broken."""
    return n_nul > _MOST_NUL * n_characters


def decode(data: bytes, declared: str | None = None, *, encoding: str | None = None, is_table: bool = False) -> Decoded:
    """Return the text of a file with single line feeds as line ends, the encoding that was used, and a sample of a guess.

    Parameters
    ----------
    data : bytes
        The file.
    declared : str, optional
        The charset that the file says it has; it is believed where the bytes are not valid UTF-8.
    encoding : str, optional
        The encoding that the user names; nothing else is tried then.
    is_table : bool
        Whether rows are read of the text, so that one with a NUL or half of a surrogate pair is left out by itself.

    Returns
    -------
    Decoded
        ``sample`` is "" unless the bytes are no UTF-8 and nothing says what they are. They are then read as windows-1252, the
        encoding that WHATWG's standard gives such files, if the letters look like words in it; ``sample`` shows some.

    Raises
    ------
    CorpusError
        When no encoding fits, the letters of a guess look like no words (the message names candidates), or the text holds NUL
        characters, as binary files and UTF-16 without its mark do; the message begins with the line.
    """
    name = _marked(data) or (_asked(encoding) if encoding else _told(data, declared))
    if name is None and (halves := _with_surrogates(data)):
        name, text = "utf-8", _whole_pairs(halves, is_table=is_table)
    else:
        text = _text(data, name or _GUESS)
    if "\0" in text and not (is_table and not is_no_text(text.count("\0"), len(text))):
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CorpusError(
            f"line {line}: a NUL character, so this is no plain text (or UTF-16 without a byte-order mark); save it as UTF-8, "
            "or name its encoding, as in encoding='utf-16-le'"
        )
    sample = "" if name else _sample(text, data)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), name or _GUESS, sample)


def declared_charset(data: bytes) -> str | None:
    """Return the character set that a page's ``<meta charset>`` or an XML declaration names, in lower case, or None."""
    match = _META.search(data[:_SNIFFED]) or _XML_DECLARATION.match(data)
    return match[1].decode("ascii").lower() if match else None


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _asked(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:  # ValueError: a NUL in the name
        raise CorpusError(
            f"encoding={encoding!r} is no encoding that is known here; name one such as 'cp1250', 'mac_roman' or 'gb18030'"
        ) from error


def _told(data: bytes, declared: str | None) -> str | None:
    """Return what the bytes or the file itself say of its encoding, None where neither does."""
    if not _fits(data, "utf-8"):
        return _known(data, declared)
    for opening, pattern, names in _SWITCHING:
        match = pattern.search(data) if opening in data else None
        if match and declared is None:
            line = data.count(b"\n", 0, match.start()) + 1
            raise CorpusError(
                f"line {line}: {match[0][:12]!r} switches to another set of characters, as {' and '.join(names)} do; "
                f"name the encoding, as in encoding='{names[0]}'"
            )
        if match:
            return _known(data, declared) or "utf-8"
    return "utf-8"


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError) as error:
        place = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data.count(b"\n", 0, place) + 1
        found = f"byte 0x{data[place]:02X} fits neither UTF-8 nor {name}" if place < len(data) else f"no text in {name}"
        raise CorpusError(f"line {line}: {found}; {_remedy(data)}") from error


def _with_surrogates(data: bytes) -> str:
    """Return the text of a file that is UTF-8 but for surrogates, which some programs write; "" for any other."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""


def _whole_pairs(text: str, *, is_table: bool) -> str:
    """Return a text in which two surrogates that are a pair are the character that they stand for.

    Raises
    ------
    CorpusError
        When half of a pair stands alone, unless it is in a table.
    """
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    half = None if is_table else _SURROGATE.search(text)
    if half:
        line = text.count("\n", 0, half.start()) + 1
        raise CorpusError(f"line {line}: half of a surrogate pair, which is no character; save the file as UTF-8 anew")
    return text


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: Python has codecs that are no encodings of text, such as zlib
        return False
    return True


def _known(data: bytes, declared: str | None) -> str | None:
    """Return the declared charset where Python has it and it fits; browsers read Latin-1 as cp1252, and so do we."""
    try:
        name = codecs.lookup(declared).name if declared else None
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return _GUESS if _fits(data, _GUESS) else None
    if name and name.startswith(("utf-16", "utf-32")):
        return None  # the declaration was read byte by byte, so it cannot be true; WHATWG's standard says the same
    return name if name and _fits(data, name) else None


def _sample(text: str, data: bytes) -> str:
    """Return words of a guess with letters outside ASCII.

    Raises
    ------
    CorpusError
        When more than one in five of them look like no word of a language that is written in windows-1252.
    """
    words = [word for word in _WORD.findall(_OPENING.sub(" ", text)) if not word.isascii()]
    if not words:
        return _shown([match[0] for match in re.finditer(r"\w*[^\x00-\x7f]+\w*", text)])
    odd = [word for word in words if _ODD.search(word)]
    if len(odd) > _ODD_SHARE * len(words):
        line = text.count("\n", 0, text.index(odd[0])) + 1
        raise CorpusError(
            f"line {line}: not UTF-8, and as {_GUESS} the letters are no words ({_shown(odd)}); {_remedy(data)}"
        )
    return _shown(words)


def _shown(words: list[str]) -> str:
    first = list(dict.fromkeys(words))[:_SHOWN]
    return ", ".join(f"'{word[:_SAMPLE_WIDTH]}'" for word in first)


def _remedy(data: bytes) -> str:
    """Return what to do, with the candidates and how the first odd words look in them."""
    # charset-normalizer is needed here only.
    from charset_normalizer import from_bytes

    part = data[:_SAMPLED]
    likely = [match.encoding for match in from_bytes(part)]
    names = [name for name in dict.fromkeys([*likely, *_FEW]) if _fits(part, name)][: 2 * _SHOWN]
    looks = "; ".join(f"{name}: {_look(part, name)}" for name in names)
    return f"save it as UTF-8, or name its encoding, as in encoding='{names[0] if names else _FEW[0]}' ({looks})"


def _look(data: bytes, name: str) -> str:
    words = [word for word in _WORD.findall(data.decode(name)) if not word.isascii()]
    return " ".join(words[:2])[:_SAMPLE_WIDTH] or "no letters outside ASCII"
