"""A book that is a list: the source of documents for the tests of search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.search.analysis import folded
from app.search.documents import KINDS, Card, Key, SearchDocument


class ListedBook:
    """Documents by key with a journal of what was touched."""

    def __init__(self, documents: Iterable[SearchDocument] = ()) -> None:
        self.by_key: dict[Key, SearchDocument] = {}
        self.journal: list[Key] = []
        for document in documents:
            self.put(document)

    def put(self, document: SearchDocument) -> None:
        self.by_key[document.key] = document
        self.journal.append(document.key)

    def drop(self, key: Key) -> None:
        del self.by_key[key]
        self.journal.append(key)

    def watermark(self) -> int:
        return len(self.journal)

    def mark(self, watermark: int) -> bytes:
        return repr(self.journal[watermark - 1]).encode() if watermark else b""

    def changed_since(self, watermark: int, limit: int) -> tuple[int, set[Key]]:
        entries = self.journal[watermark : watermark + limit]
        return watermark + len(entries), set(entries)

    def today(self) -> str:
        return "2026-03-02"

    def moved_by_the_day(self) -> Mapping[Key, str]:
        return {}

    def documents(self, kind: str, ids: Iterable[int]) -> Iterator[SearchDocument]:
        return (self.by_key[kind, one] for one in ids if (kind, one) in self.by_key)

    def all_ids(self, kind: str) -> Iterable[int]:
        return sorted(number for one, number in self.by_key if one == kind)

    def count(self) -> int:
        return len(self.by_key)

    def cards(self, keys: Iterable[Key]) -> Mapping[Key, Card]:
        return {
            key: Card(*key, self.by_key[key].titles[0], self.by_key[key].subtitle)
            for key in keys
            if key in self.by_key
        }

    def containing(self, words: Iterable[str], kind: str | None, limit: int) -> list[Key]:
        wanted = list(words)
        found = [
            key
            for key, document in sorted(self.by_key.items(), key=lambda one: KINDS.index(one[0][0]))
            if (kind is None or key[0] == kind)
            and all(word in folded(" ".join(document.titles)) for word in wanted)
        ]
        return found[:limit]
