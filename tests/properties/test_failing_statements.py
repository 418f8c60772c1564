"""A step whose statement fails, or for which the disk is too small, leaves the book as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from new_book import new_book
from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2

from app.desk import Desk
from app.kernel.errors import AppError
from app.quotations.service import QuotationDraft
from database.errors import BookError, Problem
from database.journal import tracked_tables
from database.opening import DATABASE_FILE

ROWS = 1_500


def state(book: Path) -> dict[str, list[tuple[object, ...]]]:
    """All tracked rows and the steps of the history; the file must be sound."""
    connection = dbapi2.connect(str(book / DATABASE_FILE))
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("SELECT count(*) FROM current_operation").fetchone()[0] == 0
        names = [*(table.name for table in tracked_tables()), "journal", "operation"]
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in names
        }
    finally:
        connection.close()


@pytest.fixture
def worked_in(tmp_path: Path) -> Iterator[Desk]:
    """A book with two companies that are one, and a quotation that was sent."""
    desk = Desk(new_book(tmp_path / "book"), cache=tmp_path / "cache")
    for name in ("Haida Ltd", "Haida Limited"):
        company = desk.directory.add("supplier", {"name_en": name})
        desk.directory.add("contact", {"name": "Wang", "company_id": company})
        desk.directory.add("product", {"name_en": f"Cup of {name}", "supplier_id": company})
    line = {"name_en": "Cup", "quantity": 100, "price": 2, "unit": "pcs"}
    number = desk.quotations.draft(QuotationDraft(buyer="Nordic", lines=[line]))
    desk.quotations.send(number)
    yield desk
    desk.close()


def merge(desk: Desk) -> None:
    keep, other = desk.lists.ids("supplier", where="haida")
    desk.directory.merge("supplier", keep, other)


def revise(desk: Desk) -> None:
    desk.quotations.revise(1, {"incoterm": "CIF", "place": "Hamburg"})


def undo(desk: Desk) -> None:
    desk.history.undo()


@contextmanager
def failing_at(nth: int) -> Iterator[None]:
    """Makes the n-th statement of any connection raise."""
    left = [nth]

    def count(*_arguments: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise RuntimeError("this statement fails")

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", count)


@pytest.mark.parametrize("step", [merge, revise, undo])
def test_any_statement_may_fail(worked_in: Desk, step: Callable[[Desk], None]) -> None:
    before = state(worked_in.folder)
    for nth in range(1, 300):
        with failing_at(nth), suppress(RuntimeError):
            step(worked_in)
        if state(worked_in.folder) != before:
            break
    assert nth > 5
    # All of it is done: after the commit a statement may fail that only reads what to say.
    assert not any(result.found for result in worked_in.upkeep.check())
    assert len(state(worked_in.folder)["operation"]) == len(before["operation"]) + 1


def suppliers(folder: Path) -> Path:
    path = folder / "suppliers.csv"
    lines = (f"工厂{number}号有限公司,联系人{number},宁波" for number in range(ROWS))
    path.write_text("\n".join(["公司名称,联系人,城市", *lines]), encoding="utf-8")
    return path


def test_an_import_into_a_database_that_may_not_grow_changes_nothing(tmp_path: Path) -> None:
    book = new_book(tmp_path / "book")
    pages = (book / DATABASE_FILE).stat().st_size // 8192 + 20

    def limit(connection: dbapi2.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Engine, "connect", limit)
    try:
        desk = Desk(book, cache=tmp_path / "cache")
        before = state(book)
        preview = desk.sheets.preview(suppliers(tmp_path))
        with pytest.raises(BookError) as caught:
            desk.sheets.commit(preview)
        assert caught.value.problem is Problem.DISK_FULL
        assert state(book) == before
        desk.directory.add("supplier", {"name_en": "Small enough Ltd"})
        desk.close()
    finally:
        event.remove(Engine, "connect", limit)
    desk = Desk(book, cache=tmp_path / "cache")
    desk.sheets.commit(desk.sheets.preview(suppliers(tmp_path)))
    assert desk.lists.count("supplier") == ROWS + 1
    desk.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("a small disk is mounted on Linux only")
    command = [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_keeps_all_that_was_acknowledged(small_disk: Path, tmp_path: Path) -> None:
    desk = Desk(new_book(small_disk / "book"), cache=tmp_path / "cache")
    before = state(desk.folder)
    preview = desk.sheets.preview(suppliers(tmp_path))
    with pytest.raises(AppError) as caught:
        desk.sheets.commit(preview)
    assert caught.value.message.key == "sheets.disk_too_small"
    assert caught.value.message.params["needed"] == ROWS * 8 // 1000
    assert caught.value.message.params["free"] < 4
    assert state(desk.folder) == before
    kept = 0
    with pytest.raises(BookError):
        for number in range(10_000):
            desk.directory.add("supplier", {"name_en": f"Factory {number}", "city": "x" * 4_000})
            kept += 1
    assert desk.lists.count("supplier") == kept > 0
    desk.close()
    desk = Desk(small_disk / "book", cache=tmp_path / "cache")
    assert desk.lists.count("supplier") == kept
    desk.close()
