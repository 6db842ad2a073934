"""Rich text files (.rtf): bytes → paragraphs by striprtf, whose faults are met before and after it."""

import codecs
import re
from collections.abc import Callable

from striprtf.striprtf import rtf_to_text

from analysis.core.errors import CorpusError

_to_text: Callable[[str], str] = rtf_to_text

_MOST_BYTES = 64 * 2**20
_MOST_FONT_ENTRY = 2_000
# An escaped backslash is matched first wherever words are looked for, so that what follows it is never taken for a word.
_BINARY = re.compile(rb"\\\\|\\bin(?:(\d{1,9}) ?|(?![a-z\d-]))")
_CODE_PAGE = re.compile(r"\\\\|\\ansicpg(-?\d{0,9})")
_WORD = re.compile(r"\\\\|\\line(?![a-z\d-]) ?|\{\\field(?=\{)", re.IGNORECASE)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_FONT_TABLE = re.compile(r"\{[^{}]*\\fonttbl")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_CHANGES_TEXT = re.compile(r"\\(?:v|deleted|mvf|shptxt)(?![a-z])")
_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'[0-9A-Fa-f]{2}|\\.|[{}]|[^\\{}]+", re.DOTALL)
# Hidden, deleted, and moved from here; each is switched off by 0, by the end of its group and by \plain.
_HIDING = frozenset(("v", "deleted", "mvf"))
_PRINTED_WORDS = frozenset(
    "par line tab u emdash endash emspace enspace qmspace bullet lquote rquote ldblquote rdblquote sect page column chpgn".split()
)
_LINE_BREAK = "\u2028"
_SAVE_ANEW = "open the file in a word processor and save it as .docx"


def rtf_paragraphs(data: bytes) -> list[str]:
    r"""Return the paragraphs of a rich text file in their order.

    Blank paragraphs are kept as ``""``; a line break inside a paragraph is ``"\n"``. Hidden and deleted text, headers, footers,
    footnotes, comments and the addresses of links are left out; text boxes stand last. Half a surrogate pair becomes U+FFFD.

    Raises
    ------
    CorpusError
        When the file is no RTF, is cut off, names no known code page, holds bytes that its code page lacks, or is too large.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise CorpusError(f"byte 1: {data[:5]!r} where an RTF file begins with '{{\\rtf'; {_SAVE_ANEW}")
    if len(data) > _MOST_BYTES:
        raise CorpusError(
            f"the file has {len(data):,} bytes; {_MOST_BYTES:,} are allowed; export fewer articles per file"
        )
    # Bytes beyond ASCII are written as \'xx: striprtf reads only those by the code page.
    rtf = (
        _HIGH_BYTE.sub(lambda match: b"\\'%02x" % ord(match[0]), _without_binary(data))
        .decode("ascii")
        .replace("\0", "")
    )
    _check_code_pages(rtf)
    _check_braces(rtf)
    try:
        text = _to_text(_one_font_a_line(_WORD.sub(_rewritten, _as_printed(rtf))))
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        # Bytes that the code page lacks, unknown character sets, \uc without its number, \u beyond Unicode.
        raise CorpusError(
            f"the text cannot be decoded ({error}); an intact RTF file is wanted; {_SAVE_ANEW}"
        ) from error
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return [paragraph.replace(_LINE_BREAK, "\n") for paragraph in re.split(r"\r\n|\r|\n", text)]


def _without_binary(data: bytes) -> bytes:
    kept, position = [], 0
    while match := _BINARY.search(data, position):
        binary = match[0] != b"\\\\"
        kept.append(data[position : match.start() if binary else match.end()])
        position = match.end() + (int(match[1] or 0) if binary else 0)
    return b"".join([*kept, data[position:]])


def _check_code_pages(rtf: str) -> None:
    for match in _CODE_PAGE.finditer(rtf):
        if match[0] == "\\\\":
            continue
        try:
            codecs.lookup(f"cp{match[1]}")
        except LookupError as error:
            found = rtf[match.start() : match.start() + 16]
            raise CorpusError(
                f"byte {match.start() + 1}: {found!r} names no known code page, such as 1252; {_SAVE_ANEW}"
            ) from error


def _check_braces(rtf: str) -> None:
    """Raise when text would be lost because the document's group ends before the file, or not at all."""
    depth = 0
    for match in _BRACE.finditer(rtf):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            after = rtf[match.end() :].strip()
            if after:
                raise CorpusError(
                    f"the document ends at its last closing brace, but {len(after):,} bytes follow ({after[:20]!r}…); "
                    f"an RTF file holds one document; {_SAVE_ANEW}"
                )
            return
    raise CorpusError(
        f"{depth} groups are not closed at the end, so the file is cut off; download it anew or {_SAVE_ANEW}"
    )


def _as_printed(rtf: str) -> str:
    """Return the file without text that is hidden or deleted, and with what stands in text boxes at its end."""
    if not _CHANGES_TEXT.search(rtf):
        return rtf
    kept: list[str] = []
    boxes: list[list[str]] = []
    stack: list[tuple[frozenset[str], list[str]]] = []
    hiding, into = frozenset[str](), kept
    for match in _TOKEN.finditer(rtf):
        token, word, number = match[0], match[1], match[2]
        if token == "{":
            stack.append((hiding, into))
        elif word in _HIDING:
            hiding = hiding - {word} if number == "0" else hiding | {word}
            continue
        elif word == "plain":
            hiding = frozenset()
        elif word == "shptxt":
            into = []
            boxes.append(into)
            continue
        elif hiding and _is_printed(token, word):
            continue
        if token == "}" and stack:
            # It goes where the brace went that it closes: the words of a text box stand in a group outside.
            hiding, into = stack.pop()
        into.append(token)
    last = "".join(kept).rstrip()
    return last[:-1] + "".join(f"\\par {{{''.join(box)}}}" for box in boxes) + "}" if boxes else last


def _is_printed(token: str, word: str | None) -> bool:
    return word in _PRINTED_WORDS if word else token not in ("{", "}", "\\*")


def _rewritten(match: re.Match[str]) -> str:
    if match[0] == "\\\\":
        return match[0]
    # The space ends the word \field unseen, and keeps striprtf from adding the link's address to the text. The braces keep
    # the line break from being taken for the substitute character of a \u before it.
    return f"{match[0]} " if match[0].startswith("{") else f"{{}}{_LINE_BREAK}"


def _one_font_a_line(rtf: str) -> str:
    """Return the file with its font table in lines, since striprtf's search goes from each font to the end of its line."""
    start = _FONT_TABLE.search(rtf)
    if not start:
        return rtf
    depth, end = 1, start.end()
    for match in _BRACE.finditer(rtf, start.end()):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        end = match.end()
        if not depth:
            break
    entries = rtf[start.start() : end].split(";")
    longest = max(map(len, entries))
    if longest > _MOST_FONT_ENTRY:
        raise CorpusError(
            f"the font table has an entry of {longest:,} characters; {_MOST_FONT_ENTRY:,} are allowed; {_SAVE_ANEW}"
        )
    return rtf[: start.start()] + ";\n".join(entries) + rtf[end:]
