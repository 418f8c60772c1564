"""Owns telling what kind of file it is from its content; its name is never believed.

Must not parse more than the first bytes and a directory of names.
"""

from __future__ import annotations

import re
from typing import Final

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGICS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
#: BIFF streams that stand alone in a file, without the OLE box around them (Excel 2 to 4).
_BARE_BIFF: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
#: What begins other files (``old_sheet``: Lotus 1-2-3, Quattro Pro, Microsoft Works, SYLK, DIF): key of the word for people → first bytes.
_OTHERS: Final[tuple[tuple[str, bytes], ...]] = (
    ("sheets.kinds.pdf", b"%PDF"),
    ("sheets.kinds.picture", b"\x89PNG"),
    ("sheets.kinds.picture", b"\xff\xd8\xff"),
    ("sheets.kinds.picture", b"GIF8"),
    ("sheets.kinds.picture", b"BM"),
    ("sheets.kinds.archive", b"Rar!"),
    ("sheets.kinds.archive", b"7z\xbc\xaf\x27\x1c"),
    ("sheets.kinds.old_sheet", b"\x00\x00\x02\x00"),
    ("sheets.kinds.old_sheet", b"\x00\x00\x1a\x00"),
    ("sheets.kinds.old_sheet", b"\xff\x00\x02\x00"),
    ("sheets.kinds.old_sheet", b"ID;P"),
    ("sheets.kinds.old_sheet", b"TABLE\r\n0,1\r\n"),
    ("sheets.kinds.old_sheet", b"TABLE\n0,1\n"),
    ("sheets.kinds.program", b"MZ"),
    ("sheets.kinds.program", b"\x7fELF"),
    ("sheets.kinds.database", b"SQLite format 3\x00"),
)
#: How dBase III and IV begin, without and with memos; their fields tell them for certain.
DBF_VERSIONS: Final = (b"\x03", b"\x83", b"\x8b")
GZIP_MAGIC: Final = b"\x1f\x8b"
#: What names itself in a workbook of Gnumeric.
GNUMERIC_MARK: Final = b"http://www.gnumeric.org/v"
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div)(?=[\s/>])", re.IGNORECASE
)
#: How Excel begins a "single file web page"; a mail begins with other lines.
_ARCHIVE: Final = re.compile(rb"\s*mime-version\s*:", re.IGNORECASE)
#: XML without a declaration: an element, and directly in it another one.
_ELEMENTS: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>\s*<[A-Za-z_!]")
_FLAT_SHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_XML_SHEET: Final = b"urn:schemas-microsoft-com:office:spreadsheet"


def format_of(head: bytes) -> str:
    """What the file is: ``zip``, ``ole``, ``html``, ``mhtml``, ``spreadsheetml``, ``flat ods``, ``gnumeric``, ``gzip``, ``vcard``, ``xml``, ``text``, or the
    key of a kind that is no spreadsheet.

    ``head``: the first 64 kB of the file.
    """
    if head.startswith(OLE_MAGIC):
        return "ole"
    if head.startswith(ZIP_MAGICS):
        return "zip"
    if head.startswith(_BARE_BIFF):
        return "ole"
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    text = _plain(head)
    start = text.lstrip()[:1].lower()
    if start == b"<":
        return _markup(text)
    if re.match(rb"\s*begin\s*:\s*vcard", text, re.IGNORECASE):
        return "vcard"
    if _ARCHIVE.match(text):
        return "mhtml"
    for key, magic in _OTHERS:
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head):
            return key
    return "text"


def _markup(text: bytes) -> str:
    if _XML_SHEET in text:
        return "spreadsheetml"
    if _FLAT_SHEET in text:
        return "flat ods"
    if GNUMERIC_MARK in text:
        return "gnumeric"
    if _HTML.search(text):
        return "html"
    text = text.lstrip()
    return "xml" if text.startswith(b"<?xml") or _ELEMENTS.match(text) else "text"


def _plain(head: bytes) -> bytes:
    """``head`` without its mark; of UTF-16, every other byte, which is enough to see ASCII words."""
    for mark in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :]
            return head if len(mark) == 3 else head.replace(b"\x00", b"")
    if head[1:2] == b"\x00" or head[:1] == b"\x00":
        return head.replace(b"\x00", b"")
    return head
