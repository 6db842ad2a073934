"""Word files (.docx): bytes → paragraphs, streamed, within limits that are checked before and while the XML is read."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, cast

from lxml import etree

from analysis.errors import CorpusError

_MOST_BYTES = 64 * 2**20
_MOST_PARAGRAPHS = 500_000
_DEEPEST = 256
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
_LOCAL_NAMES = {f"{{{space}}}{name}": name for space in _NAMESPACES for name in ("p", "t")}
_SIGNS = {
    f"{{{space}}}{name}": sign
    for space in _NAMESPACES
    for name, sign in (("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "\u2011"), ("softHyphen", "\u00ad"))
}
# Tab stops in the properties of a paragraph are no tabs; the other rendering of a text box, and the old place of moved
# text, hold what stands elsewhere as well.
_SKIPPED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    *(f"{{{space}}}{name}" for space in _NAMESPACES for name in ("pPr", "moveFrom")),
}


def docx_paragraphs(data: bytes) -> list[str]:
    r"""Return the paragraphs of a Word file in their order, those in tables and text boxes too.

    Blank paragraphs are kept as ``""``; a line break inside a paragraph is ``"\n"``. Headers, footers and deleted text are
    left out.

    Raises
    ------
    CorpusError
        When the file is no intact Word file, declares a document type (entities), or is over a limit of size.
    """
    target = _Paragraphs()
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
    return target.paragraphs


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


class _Paragraphs:
    """Target of the parser: keeps the text only, so that no tree is built."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._open: list[list[str]] = []
        self._in_text = False
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
        if tag in _SKIPPED:
            self._skipped += 1
        elif self._skipped:
            return
        elif tag in _SIGNS:
            self._add(_SIGNS[tag])
        elif tag in _LOCAL_NAMES:
            self._in_text = _LOCAL_NAMES[tag] == "t"
            if not self._in_text:
                self._open.append([])

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._add(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag in _SKIPPED:
            self._skipped -= 1
        elif not self._skipped and tag in _LOCAL_NAMES:
            self._in_text = False
            if _LOCAL_NAMES[tag] == "p":
                self._close_paragraph()

    def close(self) -> None:
        """Return nothing: the parser wants a target to have this method."""

    def _add(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)

    def _close_paragraph(self) -> None:
        self.paragraphs.append("".join(self._open.pop()))
        if len(self.paragraphs) > _MOST_PARAGRAPHS:
            raise CorpusError(
                f"word/document.xml: more than {_MOST_PARAGRAPHS:,} paragraphs, which is the limit; export fewer articles per file"
            )
