"""A book of every released form of the database opens, is sound, and can still be undone."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from app.desk import Desk
from database.opening import DATABASE_FILE, SCHEMA_VERSION

FROZEN = sorted(Path(__file__).with_name("frozen").glob("book-*.sqlite.gz"))


def test_there_is_a_frozen_book_of_this_form() -> None:
    assert f"book-{SCHEMA_VERSION}.sqlite.gz" in {path.name for path in FROZEN}


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.name)
def test_a_frozen_book_opens_and_is_sound(frozen: Path, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / DATABASE_FILE).write_bytes(gzip.decompress(frozen.read_bytes()))
    desk = Desk(book, cache=tmp_path / "cache", data=tmp_path / "data")
    try:
        assert [result for result in desk.upkeep.check() if result.found] == []
        kinds = ("supplier", "product", "inquiry", "buyer")
        assert [desk.lists.count(kind) for kind in kinds] == [1, 1, 1, 1]
        assert desk.history.redo().reverted == 1
        assert desk.lists.count("supplier") == 2
    finally:
        desk.close()
