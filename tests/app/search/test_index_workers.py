"""Large work on the index is done by processes beside the program; what they write is the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from listed_book import ListedBook

from app.kernel.errors import Cancelled
from app.kernel.messages import Message
from app.search.documents import Key, SearchDocument
from app.search.engine import SearchEngine
from app.search.glossary import Glossary
from app.search.indexing import DOCUMENTS_HERE, ENTRIES_HERE
from app.search.results import Request
from app.search.segments import Snapshot
from app.search.standing import Standing

_MANY = DOCUMENTS_HERE + 500


def document(number: int, name: str = "海达") -> SearchDocument:
    return SearchDocument(
        "supplier" if number % 3 else "product",
        number,
        (f"宁波{name}{number}厂", f"Haida{number} Bottles"),
        goods=("不锈钢保温杯",) if number % 5 else (),
        phones=(f"1390013{number:04d}",),
        facets={"country": ("CN" if number % 2 else "DE",)},
    )


class _OwnProcessOnly(ListedBook):
    """A book that only the process that opened it can read."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        super().__init__(documents)
        self._owner = os.getpid()

    def documents(self, kind: str, ids: Iterable[int]) -> Iterator[SearchDocument]:
        if os.getpid() != self._owner:
            raise PermissionError(kind)
        return super().documents(kind, ids)


def answers(engine: SearchEngine) -> object:
    texts = ("海达", "bottle", "不锈钢保温杯", "haida77", "nbhd", "0042", "海达 de")
    found = [engine.find(Request(text, limit=5_000)) for text in texts]
    return [
        (result.total, [hit.key for hit in result.hits], result.facets) for result in found
    ], engine.count()


@pytest.fixture
def here(tmp_path: Path) -> Callable[[ListedBook], object]:
    """The answers of an index no other process wrote."""

    def built(book: ListedBook) -> object:
        alone = _OwnProcessOnly(book.by_key.values())
        engine = SearchEngine(tmp_path / "here", alone, Glossary)
        engine.rebuild()
        return answers(engine)

    return built


@pytest.mark.logs_warnings
def test_index_built_beside_answers_as_one_built_here(
    tmp_path: Path, here: Callable[[ListedBook], object]
) -> None:
    book = ListedBook(map(document, range(1, _MANY)))
    engine = SearchEngine(tmp_path / "beside", book, Glossary)
    engine.rebuild()
    assert answers(engine) == here(book)


@pytest.mark.logs_warnings
def test_many_changes_are_indexed_beside_with_deletions_and_renames(
    tmp_path: Path, here: Callable[[ListedBook], object]
) -> None:
    book = ListedBook(map(document, range(1, 400)))
    engine = SearchEngine(tmp_path / "beside", book, Glossary)
    engine.rebuild()
    for number in range(300, ENTRIES_HERE + 800):
        book.put(document(number, name="三江"))
    for number in range(1, 100):
        book.drop(document(number).key)
    engine.update()
    assert engine.find(Request("三江")).total == ENTRIES_HERE + 500
    assert answers(engine) == here(book)
    assert engine.check()


class _OvernightBook(ListedBook):
    """Quotations that are all sent on one day and expired on the next."""

    day, looked = "2026-03-02", 0

    def _stage(self) -> str:
        return "sent" if self.day == "2026-03-02" else "expired"

    def today(self) -> str:
        return self.day

    def moved_by_the_day(self) -> Mapping[Key, str]:
        self.looked += 1
        assert self.looked < 10, "what the day moved is looked for without end"
        return dict.fromkeys(self.by_key, self._stage())

    def documents(self, kind: str, ids: Iterable[int]) -> Iterator[SearchDocument]:
        stage = {"stage": (self._stage(),)}
        return (replace(found, facets=stage) for found in super().documents(kind, ids))


@pytest.mark.logs_warnings
def test_more_than_one_commit_holds_may_expire_in_one_night(tmp_path: Path) -> None:
    book = _OvernightBook(
        SearchDocument("quotation", number, (f"Q{number}",)) for number in range(1, _MANY)
    )
    engine = SearchEngine(tmp_path, book, Glossary)
    engine.rebuild()
    engine.update()
    assert engine.find(Request("stage:expired")).total == 0
    book.day = "2026-03-03"
    engine.update()
    assert engine.find(Request("stage:expired")).total == _MANY - 1


def test_index_is_checked_and_found_sound_after_merging_beside(tmp_path: Path) -> None:
    book = ListedBook(map(document, range(1, 50)))
    engine = SearchEngine(tmp_path, book, Glossary)
    engine.rebuild()
    for start in range(50, 350, 50):
        for number in range(start, start + 50):
            book.put(document(number))
        engine.update()
    index = Standing(tmp_path).current()
    assert index is not None
    assert len(Snapshot(index).leaves) < 4
    assert engine.check()


def test_cancel_ends_the_workers_and_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    book = ListedBook(map(document, range(1, 50)))
    engine = SearchEngine(tmp_path, book, Glossary)
    engine.rebuild()
    before = answers(engine)
    for number in range(50, ENTRIES_HERE + 200):
        book.put(document(number))

    class Stops:
        def at(self, message: Message, done: int = 0, total: int = 0) -> None:
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        engine.update(Stops())
    assert answers(engine) == before
    engine.update()
    assert engine.count() == book.count()


def test_an_unknown_kind_finds_nothing_and_costs_nothing(tmp_path: Path) -> None:
    engine = SearchEngine(tmp_path, ListedBook(map(document, range(1, 9))), Glossary)
    assert engine.complete("海达", kind="kettle").hits == ()
    engine.rebuild()
    assert engine.complete("海达", kind="kettle").hits == ()
    assert engine.find(Request("海达", kind="kettle")).total == 0
    assert engine.nearest_ids("kettle", "海达", limit=5) == ()
    assert engine.is_ready
