"""Owns the book as services see it while one operation is open: all they do becomes part of it.

Must not commit, roll back or name anything; the scope that is open does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from database.book import Book, WriteScope


class OpenBook(Book):
    """A book whose reads and writes all go to the scope that is open.

    Services made on it work as ever; what they do is committed, undone and told as the one
    operation of that scope.
    """

    def __init__(self, book: Book, scope: WriteScope) -> None:
        self.folder = book.folder
        self.read_only = book.read_only
        self.files = book.files
        self.id = book.id
        self._scope = scope

    @contextmanager
    def read(self) -> Iterator[Session]:
        """The open scope, which sees what was written in it."""
        self._scope.flush()
        yield self._scope

    @contextmanager
    def write(
        self, name: str, /, *, initiator: object = None, **params: object
    ) -> Iterator[WriteScope]:
        """The open scope, whatever the part of it is called."""
        yield self._scope
        self._scope.flush()
