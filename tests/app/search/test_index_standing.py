"""The index survives anything: kills, flipped bits, missing files, a full disk. The book is never harmed."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from listed_book import ListedBook
from new_book import new_book
from nursery import Nursery

from app.desk import Desk
from app.kernel.errors import Cancelled
from app.kernel.messages import Message
from app.quotations.service import QuotationDraft
from app.search import masks
from app.search.analysis import folded
from app.search.background import Indexer
from app.search.documents import SearchDocument
from app.search.engine import SearchEngine
from app.search.indexing import Courtesy
from app.search.results import Indexing, Request
from app.search.segments import DamagedIndex, SearchIndex, Snapshot
from app.search.source import BookSource
from app.search.standing import Standing

PROJECT = Path(__file__).resolve().parents[3]


def book_of(count: int) -> ListedBook:
    return ListedBook(
        SearchDocument(
            "supplier", number, (f"宁波海达{number}厂", f"Haida{number}"), goods=("保温杯",)
        )
        for number in range(1, count + 1)
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    SearchEngine(folder, book_of(120)).update()
    return folder


def answers(engine: SearchEngine) -> object:
    result = engine.find(Request("海达", limit=500))
    return (
        result.total,
        sorted(hit.key for hit in result.hits),
        [hit.key for hit in engine.complete("haida12").hits],
        engine.find(Request("保温杯 海达77")).total,
    )


def damage(folder: Path, chance: random.Random) -> None:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.stat().st_size)
    file = chance.choice(files)
    content = bytearray(file.read_bytes())
    match chance.choice(["flip", "flip", "truncate", "delete", "zero"]):
        case "flip":
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        case "truncate":
            del content[chance.randrange(len(content)) :]
        case "zero":
            content[:] = bytes(len(content))
        case _:
            file.unlink()
            return
    file.write_bytes(content)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("seed", range(40))
def test_damaged_index_gives_no_wrong_answer_after_the_check(
    built: Path, tmp_path: Path, seed: int
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(built, folder)
    damage(folder, random.Random(seed))
    book = book_of(120)
    engine = SearchEngine(folder, book)
    engine.open()
    engine.complete("haida")
    engine.check()
    assert engine.is_ready
    sound = SearchEngine(tmp_path / "sound", book)
    sound.update()
    assert answers(engine) == answers(sound)
    book.put(SearchDocument("supplier", 500, ("海达新厂",)))
    engine.update()
    assert engine.find(Request("海达新厂")).total == 1


def test_one_flipped_bit_anywhere_in_the_index_is_noticed(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(built, folder)
    chance = random.Random(7)
    (generation,) = folder.glob("index-*")
    files = [path for path in generation.iterdir() if path.stat().st_size]
    assert len(files) >= 2
    for file in files:
        content = file.read_bytes()
        for _ in range(40):
            damaged = bytearray(content)
            damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            file.write_bytes(damaged)
            with pytest.raises(DamagedIndex):
                SearchIndex(generation).check_files()
        file.write_bytes(content)
    SearchIndex(generation).check_files()


def test_an_index_of_another_version_of_the_program_is_built_anew(
    built: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(built, folder)
    for contents in folder.rglob("_search*.toc"):
        contents.rename(contents.with_name(contents.name.replace("_search", "_search9")))
    engine = SearchEngine(folder, book_of(120))
    assert not engine.open()
    assert engine.find(Request("海达77")).total == 1
    assert engine.check()
    sound = SearchEngine(tmp_path / "sound", book_of(120))
    sound.update()
    assert answers(engine) == answers(sound)
    assert len(list(folder.glob("index-*"))) == 1


class _Stops:
    def __init__(self, at_call: int) -> None:
        self._left = at_call

    def at(self, message: Message, done: int = 0, total: int = 0) -> None:
        self._left -= 1
        if self._left <= 0:
            raise Cancelled


def test_cancelled_rebuild_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    book = book_of(2_500)
    engine = SearchEngine(tmp_path, book)
    engine.update()
    before = answers(engine)
    with pytest.raises(Cancelled):
        engine.rebuild(_Stops(2))
    assert answers(engine) == before
    assert len(list(tmp_path.glob("index-*"))) == 1
    again = SearchEngine(tmp_path, book)
    assert again.open()
    assert answers(again) == before


class _GoesMeanwhile(ListedBook):
    """A book whose only record goes after it was listed and before it is read."""

    def all_ids(self, kind: str) -> Iterable[int]:
        found = list(super().all_ids(kind))
        for number in found:
            self.drop((kind, number))
        return found


def test_an_index_is_built_although_what_was_listed_is_gone(tmp_path: Path) -> None:
    engine = SearchEngine(tmp_path, _GoesMeanwhile(book_of(1).by_key.values()))
    engine.rebuild()
    assert engine.is_ready
    assert engine.count() == 0


def test_while_it_is_rebuilt_the_old_index_answers(tmp_path: Path) -> None:
    book = book_of(1_500)
    engine = SearchEngine(tmp_path, book)
    engine.update()
    before = answers(engine)
    seen = []

    class Watches:
        def at(self, message: Message, done: int = 0, total: int = 0) -> None:
            seen.append((answers(engine) == before, total))

    engine.rebuild(Watches())
    assert seen
    assert all(one == (True, 1_500) for one in seen)


def test_two_programs_share_one_index(tmp_path: Path) -> None:
    book = book_of(20)
    window, command = SearchEngine(tmp_path, book), SearchEngine(tmp_path, book)
    window.update()
    assert command.open()
    book.put(SearchDocument("supplier", 99, ("三江厂",)))
    window.update()
    command.update()
    assert command.find(Request("三江")).total == 1


def test_background_work_stands_aside_for_a_search() -> None:
    courtesy = Courtesy()
    started = time.perf_counter()
    with courtesy.asking():
        courtesy.stand_aside()
        waited = time.perf_counter() - started
    assert waited >= 0.04
    started = time.perf_counter()
    courtesy.stand_aside()
    assert time.perf_counter() - started < 0.04


FULL_DISK = """
    import logging, resource, sys
    from pathlib import Path
    logging.disable(logging.CRITICAL)
    from app.desk import Desk
    from app.search.results import Request
    desk = Desk(Path(sys.argv[1]), cache=Path(sys.argv[2]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))
    desk.indexer.start()
    desk.indexer.wait_until_idle(30)
    found = desk.search.find(Request("海达"))
    print(desk.search.is_ready, found.total)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are a Unix thing")
def test_full_disk_while_indexing_leaves_search_answering(tmp_path: Path) -> None:
    desk = Desk(new_book(tmp_path / "book"), cache=tmp_path / "unused")
    desk.directory.add("supplier", {"name_zh": "宁波海达"})
    desk.close()
    output = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL_DISK), str(tmp_path / "book"), str(tmp_path / "cache")],
        cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert output.stdout.split() == ["False", "1"], output.stderr
    again = Desk(tmp_path / "book", cache=tmp_path / "cache")
    again.search.update()
    assert again.search.find(Request("海达")).total == 1
    again.close()


EDITS_FOR_EVER = """
import itertools, os, random, sys
from pathlib import Path
from app.desk import Desk

def opened():
    desk = Desk(Path(sys.argv[1]), cache=Path(sys.argv[2]))
    desk.search.open()
    desk.search.update()
    return desk

def edit(desk, number):
    key = desk.directory.add("supplier", {"name_zh": f"海达{random.randrange(10**6)}厂"})
    if number % 3 == 1:
        desk.directory.edit("supplier", [key], {"name_zh": f"三江{random.randrange(10**6)}厂"})
    if number % 4 == 2:
        desk.history.undo()
    desk.search.update()

def live():
    desk = opened()
    print(os.getpid(), flush=True)
    for number in itertools.count():
        edit(desk, number)

# Everything a life needs is imported by living once.
desk = opened()
edit(desk, 1)
desk.close()
"""


def indexed(snapshot: Snapshot) -> Iterator[tuple[tuple[str, int], bytes]]:
    for leaf in snapshot.leaves:
        for docnum in masks.documents_of(masks.live(leaf)):
            yield leaf.key(docnum), leaf.names[docnum]


def assert_index_is_the_book(folder: Path) -> None:
    desk = Desk(folder / "book", cache=folder / "cache")
    try:
        assert desk.search.open()
        desk.search.update()
        source = BookSource(desk._book)
        expected = {
            document.key: "\n".join(
                ("", *map(folded, (*document.titles, *document.codes)))
            ).encode()
            for document in source.documents("supplier", source.all_ids("supplier"))
        }
        index = Standing(desk.search.folder).current()
        assert index is not None
        held = list(indexed(Snapshot(index)))
        assert len(held) == len(expected)
        assert dict(held) == expected
    finally:
        desk.close()


@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.slow)])
def test_index_equals_book_after_kills(tmp_path: Path, kills: int) -> None:
    chance = random.Random(11)
    book = new_book(tmp_path / "book")
    with Nursery(EDITS_FOR_EVER, book, tmp_path / "cache") as nursery:
        for _ in range(kills):
            nursery.killed_after(chance.uniform(0, 0.3))
            assert_index_is_the_book(tmp_path)


def searched(desk: Desk, text: str) -> list[str]:
    return [hit.title for hit in desk.search.find(Request(text)).hits]


def desk_on(folder: Path, cache: Path) -> Desk:
    desk = Desk(folder, create=not folder.exists(), cache=cache)
    desk.search.open()
    assert desk.search.check()
    return desk


def test_a_copy_of_a_book_and_the_book_go_their_own_ways(tmp_path: Path) -> None:
    cache, first, second = tmp_path / "cache", tmp_path / "first", tmp_path / "second"
    desk = desk_on(first, cache)
    desk.directory.add("supplier", {"name_zh": "宁波海达"})
    desk.search.update()
    desk.close()
    shutil.copytree(first, second)
    for folder, name in ((first, "义乌海达"), (second, "温州海达")):
        desk = desk_on(folder, cache)
        desk.directory.add("supplier", {"name_zh": name})
        desk.search.update()
        desk.close()
    desk, copy = desk_on(first, cache), desk_on(second, cache)
    assert sorted(searched(desk, "海达")) == ["义乌海达", "宁波海达"]
    assert sorted(searched(copy, "海达")) == ["宁波海达", "温州海达"]
    assert desk.search.folder != copy.search.folder
    desk.close()
    copy.close()


def test_a_book_that_was_moved_keeps_its_index(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    desk = desk_on(tmp_path / "old", cache)
    desk.directory.add("supplier", {"name_zh": "宁波海达"})
    desk.search.update()
    built = {file.name for file in desk.search.folder.rglob("*.toc")}
    desk.close()
    (tmp_path / "old").rename(tmp_path / "new")
    desk = Desk(tmp_path / "new", cache=cache)
    assert desk.search.open()
    assert searched(desk, "海达") == ["宁波海达"]
    assert {file.name for file in desk.search.folder.rglob("*.toc")} == built
    assert len(list((cache / "search").iterdir())) == 1
    desk.close()


def test_an_older_state_put_in_the_place_of_a_book_is_not_searched_by_what_came_after_it(
    tmp_path: Path,
) -> None:
    cache, book, kept = tmp_path / "cache", tmp_path / "book", tmp_path / "kept"
    desk = desk_on(book, cache)
    desk.directory.add("supplier", {"name_zh": "宁波海达"})
    desk.close()
    shutil.copytree(book, kept)
    desk = desk_on(book, cache)
    desk.directory.add("supplier", {"name_zh": "义乌海达"})
    desk.search.update()
    desk.close()
    shutil.rmtree(book)
    kept.rename(book)
    # As many changes as there were, so that no number tells the two pasts apart.
    desk = Desk(book, cache=cache)
    desk.directory.add("supplier", {"name_zh": "温州海达"})
    desk.close()
    desk = Desk(book, cache=cache)
    assert not desk.search.open()
    desk.search.update()
    assert sorted(searched(desk, "海达")) == ["宁波海达", "温州海达"]
    desk.close()


def test_what_the_day_moves_is_found_without_any_change(
    tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.search.background.LOOK_EVERY_S", 0.02)
    desk = Desk(new_book(tmp_path / "book"), clock=clock, cache=tmp_path / "cache")
    line = {"name_en": "cup", "quantity": "10", "unit": "pcs", "price": "2"}
    draft = QuotationDraft(buyer="Nordlys", values={"valid_until": "2026-03-05"}, lines=[line])
    quotation = desk.quotations.draft(draft)
    desk.quotations.send(quotation)
    is_expired = threading.Event()

    def look(_indexing: Indexing) -> None:
        stages = desk.search.find(Request("stage:expired")).facets.get("stage", {})
        if "expired" in stages:
            is_expired.set()

    desk.start_indexing(look)
    assert desk.indexer.wait_until_idle(60)
    assert not is_expired.is_set()
    clock.moment = clock.moment.replace(day=6)
    assert is_expired.wait(30)
    desk.close()


def test_work_on_the_index_is_told_stopped_and_taken_up_again(tmp_path: Path) -> None:
    engine = SearchEngine(tmp_path, book_of(2_500))
    indexer = Indexer(engine)
    told: list[Indexing] = []

    def stop_at_once(indexing: Indexing) -> None:
        told.append(indexing)
        if indexing.message is not None and not any(one.is_paused for one in told):
            indexer.pause()

    indexer.watch(stop_at_once)
    indexer.start()
    assert indexer.wait_until_idle(60)
    assert not engine.is_ready
    assert told[0].message == Message("search.rebuilding")
    assert told[-1] == Indexing(is_paused=True)
    indexer.changed()
    assert indexer.wait_until_idle(60)
    assert not engine.is_ready
    indexer.go_on()
    assert indexer.wait_until_idle(60)
    assert engine.count() == 2_500
    assert told[-1] == Indexing()
    indexer.stop()
