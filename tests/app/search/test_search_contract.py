"""What any search over a book must do: run against Whoosh and against SQLite FTS5 as a yardstick."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Protocol

import pytest
from fts5_reference import Fts5Reference
from listed_book import ListedBook

from app.search.analysis import folded
from app.search.documents import KINDS, Key, SearchDocument
from app.search.engine import SearchEngine
from app.search.glossary import Glossary
from app.search.planner import SOUND
from app.search.results import Request

WORDS = [
    "led",
    "strip",
    "lamp",
    "保温杯",
    "不锈钢",
    "水壶",
    "灯带",
    "宁波",
    "宏达",
    "电器",
    "bottle",
    "steel",
    "304",
    "hd-1001",
    "m8",
    "kettle",
    "螺丝",
    "sample",
]


class Search(Protocol):
    def update(self) -> None: ...
    def complete(self, typed: str, limit: int) -> list[Key]: ...
    def find(self, text: str, limit: int) -> tuple[int, list[Key]]: ...


class WhooshSearch:
    def __init__(self, folder: Path, book: ListedBook) -> None:
        self.engine = SearchEngine(folder, book, Glossary)

    def update(self) -> None:
        self.engine.update()

    def complete(self, typed: str, limit: int) -> list[Key]:
        return [hit.key for hit in self.engine.complete(typed, limit=limit).hits]

    def find(self, text: str, limit: int) -> tuple[int, list[Key]]:
        result = self.engine.find(Request(text, limit=limit))
        if result.shown_for:
            return 0, []
        by_sound = sum(hit.nearness >= SOUND for hit in result.hits)
        keys = [hit.key for hit in result.hits if hit.nearness < SOUND]
        return result.total - by_sound, keys


class FtsSearch:
    def __init__(self, folder: Path, book: ListedBook) -> None:
        self._folder = folder
        self._book = book
        self._made = 0
        self._table: Fts5Reference | None = None

    def update(self) -> None:
        if self._table is not None:
            self._table.close()
        self._made += 1
        self._table = Fts5Reference(self._folder / f"{self._made}.sqlite")
        self._table.fill(self._book.by_key.values())

    def complete(self, typed: str, limit: int) -> list[Key]:
        assert self._table is not None
        return [_key(row) for row in self._table.complete(typed, limit)]

    def find(self, text: str, limit: int) -> tuple[int, list[Key]]:
        assert self._table is not None
        total, rows = self._table.find(text, limit)
        return total, [_key(row) for row in rows]


def _key(row: int) -> Key:
    number, kind = divmod(row, len(KINDS))
    return KINDS[kind], number


def made(number: int, chance: random.Random) -> SearchDocument:
    kind = chance.choice(["supplier", "product", "message"])
    return SearchDocument(
        kind,
        number,
        (f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.choice(WORDS)} n{number:04d}",),
        goods=(chance.choice(WORDS),),
        texts={"notes": " ".join(chance.choices(WORDS, k=4))},
    )


@pytest.fixture(params=[WhooshSearch, FtsSearch])
def book_and_search(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[ListedBook, Search]:
    chance = random.Random(4)
    book = ListedBook(made(number, chance) for number in range(1, 61))
    search = request.param(tmp_path, book)
    search.update()
    return book, search


def test_every_record_is_found_by_its_own_word(book_and_search: tuple[ListedBook, Search]) -> None:
    book, search = book_and_search
    for key in book.by_key:
        assert search.find(f"n{key[1]:04d}", 5)[1] == [key]
        assert key in search.complete(f"n{key[1]:04d}", 20)


def test_totals_do_not_depend_on_the_page(book_and_search: tuple[ListedBook, Search]) -> None:
    _, search = book_and_search
    for word in WORDS:
        total, every = search.find(word, 1000)
        assert total == len(every) == len(set(every))
        assert search.find(word, 3)[0] == total
        assert len(search.complete(word, 4)) <= 4


def test_changes_and_deletions_are_followed(book_and_search: tuple[ListedBook, Search]) -> None:
    book, search = book_and_search
    first, second, *_ = book.by_key
    book.put(SearchDocument(*first, ("entirely new zebra",)))
    book.drop(second)
    search.update()
    assert search.find("zebra", 5)[1] == [first]
    assert search.find(f"n{first[1]:04d}", 5)[1] == []
    assert search.find(f"n{second[1]:04d}", 5)[1] == []


def test_both_find_the_same_records(tmp_path: Path) -> None:
    chance = random.Random(5)
    book = ListedBook(made(number, chance) for number in range(1, 400))
    ours, theirs = WhooshSearch(tmp_path / "w", book), FtsSearch(tmp_path, book)
    ours.update()
    theirs.update()
    for _ in range(300):
        text = " ".join(chance.sample(WORDS, chance.randint(1, 3)))
        assert set(ours.find(text, 1000)[1]) == set(theirs.find(text, 1000)[1]), text


def test_after_any_sequence_of_changes_index_and_book_agree(tmp_path: Path) -> None:
    chance = random.Random(6)
    book = ListedBook()
    search = WhooshSearch(tmp_path, book)
    search.update()
    for step in range(60):
        for _ in range(chance.choice([1, 1, 2, 40])):
            if book.by_key and chance.random() < 0.3:
                book.drop(chance.choice(sorted(book.by_key)))
            else:
                book.put(made(chance.randint(1, 150), chance))
        search.update()
        assert search.engine.count() == book.count()
        word = folded(chance.choice(WORDS))
        holding = {key for key, one in book.by_key.items() if _has(one, word)}
        assert set(search.find(word, 1000)[1]) == holding, (step, word)
    assert search.engine.check()


def _has(document: SearchDocument, word: str) -> bool:
    """By plain text: a Latin word stands by itself, a Chinese one anywhere."""
    text = folded(" ".join((*document.titles, *document.goods, *document.texts.values())))
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not word.isascii() or not (_joins(before) or _joins(after)):
            return True
        at = text.find(word, at + 1)
    return False


def _joins(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in {"-", "."})
