"""Word files (.docx): bytes → paragraphs as printed, streamed, within limits that are checked before and while the XML is read."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

from analysis.core.errors import CorpusError

_MOST_BYTES = 64 * 2**20
_MOST_PARAGRAPHS = 500_000
_DEEPEST = 256
_MOST_STYLE_BYTES = 8 * 2**20
_CHUNK = 2**16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for archives that are damaged, encrypted or of a kind that it does not know.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_LOCAL_NAMES = {
    f"{{{space}}}{name}": name
    for space in _NAMESPACES
    for name in ("p", "t", "r", "tc", "pPr", "rPr", "vanish", "pStyle", "rStyle", "txbxContent")
}
_VALUE = tuple(f"{{{space}}}val" for space in _NAMESPACES)
_OFF = frozenset(("0", "false", "off"))
_SIGNS = {
    f"{{{space}}}{name}": sign
    for space in _NAMESPACES
    for name, sign in (("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "\u2011"), ("softHyphen", "\u00ad"))
}
# Deleted text and the old place of moved text. As properties of a paragraph's end they mean that it goes on in the next.
_GONE = {f"{{{space}}}{name}" for space in _NAMESPACES for name in ("del", "moveFrom")}
# The other rendering of a text box holds what stands elsewhere as well; what properties were before a change is past; the
# small reading beside an East Asian word is no word of the text.
_SKIPPED = _GONE | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    *(f"{{{space}}}{name}" for space in _NAMESPACES for name in ("rPrChange", "pPrChange", "rt", "tabs")),
}


@dataclass(frozen=True, slots=True)
class Document:
    r"""The text of a Word file.

    Attributes
    ----------
    paragraphs : list of str
        The paragraphs in their order, those in tables too; blank ones are ``""``, a line break is ``"\n"``.
    boxes : list of (int, str)
        The paragraphs in text boxes, each with the number of the paragraph that its box is anchored in, from 0.
    """

    paragraphs: list[str]
    boxes: list[tuple[int, str]]

    def in_place(self) -> list[str]:
        """Return all paragraphs, those of a text box after the one that it is anchored in."""
        found: list[str] = []
        boxes = iter([*self.boxes, (len(self.paragraphs), "")])
        anchor, text = next(boxes)
        for number, paragraph in enumerate(self.paragraphs):
            found.append(paragraph)
            while anchor == number:
                found.append(text)
                anchor, text = next(boxes)
        return found

    def boxes_last(self) -> list[str]:
        """Return all paragraphs, those of text boxes at the end: where a box is anchored says nothing of where it belongs."""
        return [*self.paragraphs, *(text for _, text in self.boxes)]


def docx_paragraphs(data: bytes) -> list[str]:
    """Return the paragraphs of a Word file, those of text boxes in place; `read_docx` has them apart."""
    return read_docx(data).in_place()


def read_docx(data: bytes) -> Document:
    """Return the text of a Word file as it is printed when all changes are accepted.

    Hidden and deleted text, headers, footers, footnotes and comments are left out; inserted text is read.

    Raises
    ------
    CorpusError
        When the file is no intact Word file, declares a document type (entities), or is over a limit of size.
    """
    target = _Paragraphs(_hidden_styles(data))
    parser = etree.XMLParser(
        target=cast(Any, target),  # The stubs want methods for str and bytes alike.
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
    )
    try:
        for chunk in _document(data):
            parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise CorpusError(
            f"word/document.xml: {error.msg}; only well-formed XML can be read; open the file in Word and save it anew"
        ) from error
    return Document(target.paragraphs, target.boxes)


def _hidden_styles(data: bytes) -> frozenset[str]:
    """Return the styles whose text is hidden, by themselves or by the style that they are based on."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = next((part for part in archive.infolist() if part.filename == "word/styles.xml"), None)
            if part is None or part.file_size > _MOST_STYLE_BYTES or part.compress_type not in _METHODS:
                return frozenset()
            root = etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))
    except (*_ZIP_FAULTS, etree.XMLSyntaxError):
        return frozenset()  # Word opens a file without its styles; a broken archive is met when the text is read.
    is_hidden: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for style in root.iter(*(f"{{{space}}}style" for space in _NAMESPACES)):
        space = etree.QName(style).namespace
        name = style.get(f"{{{space}}}styleId", "")
        vanish, base = (style.find(f"{{{space}}}{path}") for path in (f"rPr/{{{space}}}vanish", "basedOn"))
        is_hidden[name] = None if vanish is None else vanish.get(f"{{{space}}}val") not in _OFF
        bases[name] = "" if base is None else base.get(f"{{{space}}}val", "")
    return frozenset(name for name in is_hidden if _is_hidden(name, is_hidden, bases))


def _is_hidden(name: str, is_hidden: Mapping[str, bool | None], bases: Mapping[str, str]) -> bool:
    for _ in range(_DEEPEST):
        own = is_hidden.get(name)
        if own is not None or name not in bases:
            return bool(own)
        name = bases[name]
    return False


def _document(data: bytes) -> Iterator[bytes]:
    """Yield the XML of the text in pieces; no more of it is unpacked than the directory of the archive says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_main_part(archive)) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except CorpusError:
        raise
    except _ZIP_FAULTS as error:
        raise CorpusError(
            f"the file is no intact .docx ({error}); an old .doc, a file with a password or a broken download cannot be read; "
            "save it as .docx without a password or download it anew"
        ) from error


def _main_part(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    parts = [part for part in archive.infolist() if part.filename in ("word/document.xml", "word/document2.xml")]
    if len(parts) != 1:
        raise CorpusError(
            f"word/document.xml stands {len(parts)} times in the file; a .docx has it once; save the file as .docx from Word"
        )
    if parts[0].compress_type not in _METHODS:
        raise CorpusError(
            f"{parts[0].filename}: compression method {parts[0].compress_type}; 0 and 8 are allowed; save the file from Word"
        )
    if parts[0].file_size > _MOST_BYTES:
        raise CorpusError(
            f"{parts[0].filename}: {parts[0].file_size:,} bytes when unpacked; {_MOST_BYTES:,} are allowed; "
            "export fewer articles per file"
        )
    return parts[0]


class _Open:
    """A paragraph that is being read."""

    __slots__ = ("is_mark_gone", "style", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.style = ""
        self.is_mark_gone = False  # Its end is hidden or deleted, so that the next paragraph goes on in it.


class _Run:
    """A stretch of text of one kind, and whether it is hidden."""

    __slots__ = ("style", "vanish")

    def __init__(self) -> None:
        self.style = ""
        self.vanish: bool | None = None


class _Paragraphs:
    """Target of the parser: keeps the text only, so that no tree is built."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self.paragraphs: list[str] = []
        self.boxes: list[tuple[int, str]] = []
        self._hidden_styles = hidden_styles
        self._open: list[_Open] = []
        self._runs: list[_Run] = []  # More than one where a text box stands in a run.
        self._carried: dict[int, str] = {}  # Text of a paragraph whose end is gone, by the depth of its paragraph.
        self._in_text = False
        self._properties = ""  # "paragraph", "mark" (of its end) or "run" while their properties are read.
        self._skipped = 0
        self._depth = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise CorpusError(
            f"word/document.xml: declares a document type ('{name}'), which may hold entities; Word files have none; "
            "do not trust this file, or save it anew from Word"
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CorpusError(
                f"word/document.xml: elements nested deeper than {_DEEPEST} levels, the limit; save it anew from Word"
            )
        name = _LOCAL_NAMES.get(tag)
        if name == "p" and not self._skipped:
            self._open.append(_Open())
        elif tag in _SKIPPED:
            self._skipped += 1
            if self._properties == "mark" and tag in _GONE and self._open:
                self._open[-1].is_mark_gone = True
        elif self._skipped:
            return
        elif name:
            self._start(name, attributes)
        elif tag in _SIGNS:
            self._add(_SIGNS[tag])

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "r":
            self._runs.append(_Run())
        elif name == "t":
            self._in_text = True
        elif name == "pPr":
            self._properties = "paragraph"
        elif name == "rPr":
            self._properties = "mark" if self._properties == "paragraph" else "run"
        elif self._properties:
            self._take_property(name, next((attributes[key] for key in _VALUE if key in attributes), ""))

    def _take_property(self, name: str, value: str) -> None:
        if name == "vanish" and self._properties == "mark" and self._open:
            self._open[-1].is_mark_gone = value not in _OFF
        elif name == "vanish" and self._runs:
            self._runs[-1].vanish = value not in _OFF
        elif name == "rStyle" and self._properties == "run" and self._runs:
            self._runs[-1].style = value
        elif name == "pStyle" and self._open:
            self._open[-1].style = value

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._add(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        name = _LOCAL_NAMES.get(tag)
        if name == "p" and not self._skipped:
            self._close_paragraph()
        elif tag in _SKIPPED:
            self._skipped -= 1
        elif name and not self._skipped:
            self._end(name)

    def _end(self, name: str) -> None:
        if name == "r":
            self._runs.pop()
        elif name == "t":
            self._in_text = False
        elif name in ("pPr", "rPr"):
            self._properties = "paragraph" if self._properties == "mark" else ""
        elif name in ("tc", "txbxContent"):
            self._flush()

    def close(self) -> None:
        """Keep what the last paragraph of all handed on."""
        self._flush()

    def _add(self, text: str) -> None:
        if self._open and not self._properties and not self._is_hidden():
            self._open[-1].texts.append(text)

    def _is_hidden(self) -> bool:
        *outer, inner = self._runs or [_Run()]
        if any(run.vanish or (run.vanish is None and run.style in self._hidden_styles) for run in outer):
            return True
        if inner.vanish is not None:
            return inner.vanish
        # Hiding by styles is a toggle: a hidden style inside another shows the text again.
        return (inner.style in self._hidden_styles) != (self._open[-1].style in self._hidden_styles)

    def _close_paragraph(self) -> None:
        closed = self._open.pop()
        text = "".join(closed.texts)
        if self._carried:
            text = self._carried.pop(len(self._open), "") + text
        if closed.is_mark_gone:
            self._carried[len(self._open)] = text
        else:
            self._keep(text)

    def _flush(self) -> None:
        text = self._carried.pop(len(self._open), "")
        if text:
            self._keep(text)

    def _keep(self, text: str) -> None:
        if self._open:
            self.boxes += [(len(self.paragraphs), text)] if text else []
        else:
            self.paragraphs.append(text)
        if len(self.paragraphs) + len(self.boxes) > _MOST_PARAGRAPHS:
            raise CorpusError(
                f"word/document.xml: more than {_MOST_PARAGRAPHS:,} paragraphs, which is the limit; export fewer articles per file"
            )
