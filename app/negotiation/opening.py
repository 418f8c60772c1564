"""Owns which attached files may be opened with the system's program, and which are only saved.

A file from outside is opened only when its ending names a document or picture; programs, scripts,
shortcuts, installers, archives and documents with macros never are. Must not open anything.
"""

from __future__ import annotations

_DOCUMENTS = frozenset(
    {
        *("pdf", "txt", "csv", "png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff"),
        *("xlsx", "docx", "pptx", "ods", "odt", "odp"),
    }
)


def may_be_opened(name: str) -> bool:
    """Whether the file called ``name`` may be handed to the system to open."""
    _stem, dot, ending = name.rpartition(".")
    return bool(dot) and ending.lower() in _DOCUMENTS
