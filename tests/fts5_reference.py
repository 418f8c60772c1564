"""Owns the yardstick: the same documents in SQLite FTS5, bigrams in one column.

Must not be used outside tests.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from app.search import analysis
from app.search.documents import KINDS, SearchDocument


class Fts5Reference:
    """A full-text table over all texts of the documents."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute(
            "CREATE VIRTUAL TABLE found USING fts5(text, content='', tokenize=\"unicode61\")"
        )

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Writes all documents."""
        rows = ((_rowid(document), _words(document)) for document in documents)
        self._connection.executemany("INSERT INTO found (rowid, text) VALUES (?, ?)", rows)
        self._connection.commit()
        self._connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        self._connection.commit()

    def complete(self, typed: str, limit: int = 20) -> list[int]:
        """Row ids for text that is still being typed: every word, the last one as a prefix."""
        terms = _spread(analysis.folded(typed))
        if not terms:
            return []
        match = " ".join([f'"{term}"' for term in terms[:-1]] + [f'"{terms[-1]}"*'])
        query = "SELECT rowid FROM found WHERE found MATCH ? LIMIT ?"
        return [row[0] for row in self._connection.execute(query, (match, limit))]

    def find(self, text: str, limit: int = 50) -> tuple[int, list[int]]:
        """How many match all words, and the best of them by FTS5's own ranking."""
        terms = _spread(analysis.folded(text))
        if not terms:
            return 0, []
        match = " ".join(f'"{term}"' for term in terms)
        count = "SELECT count(*) FROM found WHERE found MATCH ?"
        query = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
        total = self._connection.execute(count, (match,)).fetchone()[0]
        return total, [row[0] for row in self._connection.execute(query, (match, limit))]

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()


def _rowid(document: SearchDocument) -> int:
    return document.id * len(KINDS) + KINDS.index(document.kind)


def _words(document: SearchDocument) -> str:
    texts = [*document.titles, *document.codes, *document.mails, *document.phones, *document.goods]
    return " ".join(_spread(analysis.folded(" ".join((*texts, *document.texts.values())))))


def _spread(text: str) -> list[str]:
    """Words, and the bigrams of Chinese runs."""
    terms: list[str] = []
    for word in analysis.words(text):
        if analysis.is_cjk(word):
            terms += [*analysis.bigrams(word)] if len(word) > 1 else [word]
        else:
            terms += (
                analysis.word_terms(word)[-1:]
                if word.isalnum()
                else word.replace("-", " ").replace(".", " ").split()
            )
    return [term.replace('"', "") for term in terms if term]
