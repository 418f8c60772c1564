"""How fast the window comes up and lists show, against a bare PySide6 window and a bare SELECT."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from stored_book import store
from trade_books import Sizes, TradeBook

from app.desk import Desk
from app.lists import Sort
from database.engine import book_engine

pytestmark = pytest.mark.slow
RUNS = 5
PAGE = 100

_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv); window = QMainWindow(); window.resize(1320, 820); window.show()
app.processEvents(); print("shown")
"""
_OURS = """
import gc, sys
from pathlib import Path
from app.desk import Desk, load_services
gc.set_threshold(20_000); load_services()
from PySide6.QtCore import QSettings
from ui.window.frame import MainWindow
from ui.window.main import make_application
app = make_application()
folder = Path(sys.argv[1])
desk = Desk(folder / "book", create=True, cache=folder / "cache")
window = MainWindow(desk, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
window.show(); app.processEvents(); print("shown"); window.close()
"""


@pytest.fixture(scope="module")
def large_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on a book of 100,000 suppliers and 300,000 products."""
    folder = tmp_path_factory.mktemp("lists")
    desk = Desk(folder / "book", create=True, cache=folder / "cache")
    store(desk._book, TradeBook(Sizes(suppliers=100_000, products=300_000, messages=0)))
    yield desk
    desk.close()


def seconds(work: Callable[[], object]) -> float:
    """The median of several runs."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return median(times)


def report(text: str) -> None:
    print(text, file=sys.stderr)


def test_the_first_page_of_a_list_of_300_000(large_desk: Desk) -> None:
    lists = large_desk.lists
    engine = book_engine(large_desk.folder / "entrepot.sqlite")

    def bare() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT id FROM product ORDER BY id DESC").fetchall()

    def page(sort: Sort | None = None) -> None:
        ids = lists.ids("product", sort=sort)
        lists.rows("product", ids[:PAGE])

    reference = seconds(bare)
    ours = seconds(page)
    by_name = seconds(lambda: page(Sort("name_zh")))
    engine.dispose()
    report(
        f"\nfirst page of 300,000 products: {ours * 1000:.0f} ms in the order of entry, "
        f"{by_name * 1000:.0f} ms by name; ratio to a bare SELECT of the ids {ours / reference:.2f}"
    )
    assert ours < 2
    assert by_name < 5


def test_the_window_comes_up_nearly_as_fast_as_a_bare_one(tmp_path: Path) -> None:
    # The bytecode is kept, as on the computer of a user.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}

    def run(code: str) -> None:
        command = [sys.executable, "-c", code, str(tmp_path)]
        subprocess.run(command, env=environment, check=True, capture_output=True)

    run(_OURS)
    bare, ours = seconds(lambda: run(_BARE)), seconds(lambda: run(_OURS))
    report(
        f"\nwindow start: {ours * 1000:.0f} ms, a bare PySide6 window {bare * 1000:.0f} ms, "
        f"ratio {ours / bare:.2f}"
    )
    assert ours < 30 * bare
