"""Owns the names of files from outside: how they are shown and stored, and what may be opened by them.

A name may hold paths, device names of Windows, invisible direction overrides that hide the real
ending (``invoice`` + override + ``fdp.exe``) or be endless. A file is opened only when its ending
names a document or picture; programs, scripts, shortcuts, installers, archives and documents with
macros are only saved. Must not look at the content, nor open anything.
"""

from __future__ import annotations

import re
import unicodedata

from app.kernel.text import clean

_MAX_CHARACTERS = 120
_FORBIDDEN = re.compile(r'[<>:"|?*\n\t]')
_RESERVED = re.compile(
    r"^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE
)
_DOCUMENTS = frozenset(
    {
        *("pdf", "txt", "csv", "png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff"),
        *("xlsx", "docx", "pptx", "ods", "odt", "odp"),
    }
)


def clean_name(name: str, *, fallback: str = "attachment") -> str:
    """``name`` as a plain file name of any system; ``fallback`` when nothing is left of it.

    Keeps the ending when the name must be shortened.
    """
    plain = clean(unicodedata.normalize("NFC", name))
    last = re.split(r"[/\\]", plain)[-1]
    last = _FORBIDDEN.sub("_", last).strip().rstrip(". ").lstrip(" ")
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = last, ""
    if _RESERVED.match(last.split(".")[0].strip()):
        stem = f"_{stem}"
    ending = ending[:20]
    stem = stem[: _MAX_CHARACTERS - len(ending) - 1]
    whole = f"{stem}.{ending}" if dot else stem
    return whole if whole.strip("._ ") else fallback


def may_be_opened(name: str) -> bool:
    """Whether the file called ``name`` may be handed to the system to open."""
    _stem, dot, ending = name.rpartition(".")
    return bool(dot) and ending.lower() in _DOCUMENTS
