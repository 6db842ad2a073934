"""Files that hold no text that can be read: what they are, told by their first bytes, and what to do with them."""

import re
from typing import NamedTuple


class Signature(NamedTuple):
    """A kind of file: the bytes at its start, what it is, and what to export or convert it to."""

    start: re.Pattern[bytes]
    kind: str
    remedy: str


def _signature(start: bytes, kind: str, remedy: str) -> Signature:
    return Signature(re.compile(start, re.DOTALL), kind, remedy)


_OFFICE = "open it in Word or LibreOffice and save it as .docx"
_SHEET = "open it in Excel or LibreOffice and save it as .xlsx or as CSV (UTF-8)"
_PDF = "export the articles as text, HTML or DOCX instead; a PDF keeps lines and pages, not paragraphs"
_R = 'write it from R with write.csv(x, "articles.csv", row.names = FALSE, fileEncoding = "UTF-8")'
_STATISTICS = "export it as CSV (UTF-8) from the program, or with pyreadstat or haven"
_PICTURE = "a picture holds no text; export the articles as text"
_UNPACK = "unpack it, or pack it as .zip"
_SIGNATURES = (
    _signature(rb"\s*%PDF-", "a PDF", _PDF),
    _signature(rb"WARC/\d", "a web archive (WARC)", "write its pages out as HTML files, for instance with warcio, and read their folder"),
    _signature(
        rb"(?:\xef\xbb\xbf)?(?:[\w-]+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){0,20}Content-Type:\s*multipart/related",
        "a page saved as MHTML",
        "save the page as 'web page, HTML only'",
    ),
    _signature(rb"bplist00", "a binary property list, as Safari's .webarchive", "save the page as HTML source"),
    _signature(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.*?W\x00o\x00r\x00d\x00D\x00o\x00c", "an old Word document (.doc)", _OFFICE),
    _signature(
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.*?E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P",
        "an Office file with a password",
        "open it and save it without a password",
    ),
    _signature(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.xls or .doc)", f"{_SHEET}; a text as .docx"),
    _signature(rb"SQLite format 3\x00", "a SQLite database", "export the table of articles as CSV, or give the table that pandas.read_sql returns"),
    _signature(rb"\$FL[23]@\(#\)", "an SPSS file (.sav)", _STATISTICS),
    _signature(rb"<stata_dta>|[\x6c-\x73][\x01\x02]\x01\x00.{6}", "a Stata file (.dta)", _STATISTICS),
    _signature(rb".{0,160}SAS FILE", "a SAS file", _STATISTICS),
    _signature(rb"RD[XABP][23]\n|[XAB]\n\x00\x00\x00[\x02\x03]", "an R data file", _R),
    _signature(rb"\x89HDF\r\n\x1a\n", "an HDF5 file", "read it with pandas.read_hdf and give the table"),
    _signature(rb"(?:FEA1|ARROW1)", "an Arrow or Feather file", "read it with pandas.read_feather and give the table, or write Parquet"),
    _signature(rb"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    _signature(rb"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    _signature(rb"BZh[1-9]", "packed by bzip2", _UNPACK),
    _signature(rb"\xfd7zXZ\x00", "packed by xz", _UNPACK),
    _signature(rb"\x28\xb5\x2f\xfd", "packed by zstd", _UNPACK),
    _signature(rb".{257}ustar", "a tar archive", _UNPACK),
    _signature(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*", "a picture", _PICTURE),
    _signature(rb"ID3|\xff[\xfb\xf3]|OggS|fLaC|RIFF.{4}(?:WAVE|AVI )|.{4}ftyp", "sound or film", "give its transcript as text"),
    _signature(rb"\x80[\x02-\x05]", "a Python pickle", "read it with pandas.read_pickle only if you trust it, and give the table"),
)  # fmt: skip
# What stands in a zip archive of a program: the name of a member that only its files have.
_MEMBERS = {
    "META-INF/container.xml": ("an e-book (EPUB)", "unpack it and read its pages, or export it as text"),
    "content.xml": ("an OpenDocument file (.odt or .ods)", "save it as .docx or .xlsx"),
    "Index/Document.iwa": ("a file of Apple's Pages or Numbers", "export it as .docx, .xlsx or CSV"),
    "ppt/presentation.xml": ("a presentation", "export its text"),
}


def unread_kind(data: bytes) -> str:
    """Return what a file that cannot be read is, and what to do with it; "" for what may be text or a table."""
    for signature in _SIGNATURES:
        if signature.start.match(data):
            return f"{signature.kind}, which is not read; {signature.remedy}"
    return ""


def unread_archive(members: set[str]) -> str:
    """Return what a zip archive with these members is, and what to do, where it is a document of a program; else ""."""
    return next(
        (f"{kind}, which is not read; {remedy}" for name, (kind, remedy) in _MEMBERS.items() if name in members), ""
    )
