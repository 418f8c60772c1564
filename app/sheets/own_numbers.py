"""Owns the numbers by which rows of our lists are known again: of a record, and of the book that wrote it.

A number says something in its own book alone: elsewhere another record has it. Must not read cells.
"""

from __future__ import annotations

from collections.abc import Mapping

#: The columns by which a row says that it was written by us and not added by hand.
NUMBERS = frozenset(["company_no", "contact_no", "record_no"])
_MARK_CHARS = 6


def marked(row: Mapping[str, object], book_id: str) -> dict[str, object]:
    """``row`` with the mark of the book behind its numbers: ``17@3f2a91``."""
    own = {key: f"{row[key]}{_mark(book_id)}" for key in NUMBERS & row.keys() if row[key]}
    return {**row, **own}


def number_here(number: str, book_id: str) -> str:
    """A number without the mark of this book; that of another book keeps it, and means nobody here.

    Lists written before numbers had marks are taken for this book's.
    """
    return number.removesuffix(_mark(book_id))


def _mark(book_id: str) -> str:
    return f"@{book_id[-_MARK_CHARS:]}"
