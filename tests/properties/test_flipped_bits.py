"""A bit that flips in the book's file is found out, or no record and no undo is touched by it."""

from __future__ import annotations

import random
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest
from new_book import new_book
from sqlcipher3 import dbapi2

from app.desk import Desk
from database.errors import BookError, Problem
from database.journal import tracked_tables
from database.opening import DATABASE_FILE

FEW, MANY = 6, 30


def filled_book(folder: Path) -> Path:
    """A book with records that were changed, undone and done again."""
    desk = Desk(new_book(folder / "book"), cache=folder / "cache")
    for number in range(60):
        desk.directory.add("supplier", {"name_zh": f"宁波第{number}家居厂", "city": "宁波"})
    ids = desk.lists.ids("supplier")
    desk.directory.edit("supplier", ids, {"country": "CN"})
    desk.history.undo()
    desk.history.redo()
    desk.directory.delete("supplier", ids[:5])
    desk.close()
    return desk.folder


def content(book: Path) -> list[object]:
    """The records, their form, and all that undo would bring back.

    A letter of the book's own notes, such as the name a step of the history shows, is not among it.
    """
    wanted = [*(table.name for table in tracked_tables()), "journal"]
    with closing(dbapi2.connect(str(book / DATABASE_FILE))) as connection:
        schema = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        rows = [
            connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
            for table in wanted
        ]
        return [schema, rows]


def is_found_out(book: Path, cache: Path) -> bool:
    """Whether opening or checking the book tells that something is wrong."""
    try:
        with closing(Desk(book, cache=cache)) as desk:
            return any(result.found for result in desk.upkeep.check())
    except BookError as error:
        return error.problem in (Problem.DAMAGED, Problem.NOT_A_BOOK, Problem.NEWER)


def flipped_bits(folder: Path, flips: int) -> tuple[int, int]:
    """How many of ``flips`` were found out and how many changed nothing; there is no third."""
    sound = filled_book(folder)
    before, file = content(sound), (sound / DATABASE_FILE).read_bytes()
    luck, used = random.Random(11), [at for at, byte in enumerate(file) if byte]
    found_out = 0
    for flip in range(flips):
        book = folder / f"flipped-{flip}"
        shutil.copytree(sound, book)
        damaged = bytearray(file)
        damaged[luck.choice(used)] ^= 1 << luck.randrange(8)
        (book / DATABASE_FILE).write_bytes(bytes(damaged))
        if is_found_out(book, folder / "cache"):
            found_out += 1
        else:
            assert content(book) == before
        shutil.rmtree(book)
    return found_out, flips - found_out


def test_a_flipped_bit_is_found_out_or_harmless(tmp_path: Path) -> None:
    found_out, _harmless = flipped_bits(tmp_path, FEW)
    assert found_out > 0


@pytest.mark.slow
def test_many_flipped_bits(tmp_path: Path) -> None:
    found_out, harmless = flipped_bits(tmp_path, MANY)
    sys.stdout.write(f"\n{MANY} flipped bits: {found_out} found out, {harmless} harmless\n")
    assert found_out > MANY / 4
