"""An import that is killed or fails at any step leaves the old state or the new one, never between."""

from __future__ import annotations

import random
import sys
from contextlib import closing
from pathlib import Path

import pytest
from new_book import new_book
from nursery import Nursery
from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2

from app.desk import Desk
from database.opening import DATABASE_FILE

ROWS = 400
#: Imports the sheet again and again, each time as new suppliers, and says what is committed.
CHILD = """
import os, sys
from pathlib import Path
from app.desk import Desk
from app.sheets.plan.outcome import OnDuplicate
from app.sheets.service import ImportOptions
book, sheet, cache = map(Path, sys.argv[1:])
options = ImportOptions(on_duplicate=OnDuplicate.CREATE)
desk = Desk(book, cache=cache)
preview = desk.sheets.preview(sheet, options)
workbook = preview.workbook
# Everything an import needs is imported by doing one.
desk.sheets.commit(preview)
desk.close()

def live():
    desk = Desk(book, cache=cache)
    print(os.getpid(), flush=True)
    while True:
        desk.sheets.commit(desk.sheets.replan(sheet, workbook, options))
        print("committed", flush=True)
"""


def sheet(folder: Path, rows: int) -> Path:
    path = folder / "suppliers.csv"
    lines = [f"工厂{number}号有限公司,联系人{number},宁波" for number in range(rows)]
    path.write_text("\n".join(["公司名称,联系人,城市", *lines]), encoding="utf-8")
    return path


def counts(book: Path) -> tuple[int, int, int]:
    """Companies, contacts and imports; the file must be sound and every reference hold."""
    with closing(dbapi2.connect(str(book / DATABASE_FILE))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        assert connection.execute("SELECT count(*) FROM current_operation").fetchone()[0] == 0
        tables = ("company", "contact", "import_batch")
        found = [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables]
    return found[0], found[1], found[2]


def killed_imports(folder: Path, kills: int) -> None:
    book, source = new_book(folder / "book"), sheet(folder, ROWS)
    moments = random.Random(7)
    with Nursery(CHILD, book, source, folder / "cache") as nursery:
        for _ in range(kills):
            before = counts(book)[2]
            acknowledged = nursery.killed_after(moments.uniform(0, 0.4)).count("committed\n")
            companies, contacts, imports = counts(book)
            assert companies == contacts == ROWS * imports
            assert before + acknowledged <= imports <= before + acknowledged + 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_killed_import_loses_nothing_acknowledged_and_leaves_no_half(tmp_path: Path) -> None:
    killed_imports(tmp_path, 4)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_fifty_killed_imports(tmp_path: Path) -> None:
    killed_imports(tmp_path, 50)


class _Failing:
    """Makes the n-th statement of any connection raise."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self, *_arguments: object) -> None:
        self.left -= 1
        if self.left == 0:
            raise RuntimeError("this statement fails")


def test_an_import_fails_at_any_statement_and_leaves_the_old_state(tmp_path: Path) -> None:
    source = sheet(tmp_path, 3)
    desk = Desk(new_book(tmp_path / "book"), cache=tmp_path / "cache")
    try:
        preview = desk.sheets.preview(source)
        for nth in range(1, 500):
            failing = _Failing(nth)
            event.listen(Engine, "before_cursor_execute", failing)
            try:
                desk.sheets.commit(preview)
            except RuntimeError:
                assert counts(desk.folder) == (0, 0, 0)
            finally:
                event.remove(Engine, "before_cursor_execute", failing)
            if failing.left > 0:
                break
        assert nth > 10
        assert counts(desk.folder) == (3, 3, 1)
    finally:
        desk.close()
