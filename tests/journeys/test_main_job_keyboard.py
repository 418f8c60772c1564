"""The main job with the keyboard alone: keys that menus and tooltips tell, Tab, paths typed into dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import Keyboard
from main_job import BUYER, CONTACTS, FACTORY, FAIR, PRICE, PRICES, PRODUCT_WORD, MainJob
from pytestqt.qtbot import QtBot

MAIL = ("Dear Sir,", "please quote:", "HD-1021, 500 pcs", "ceramic mug, 5000 pcs", "FOB Ningbo")


@pytest.fixture
def job(qtbot: QtBot, qapp: object, tmp_path: Path, clock: Any) -> Iterator[MainJob]:
    begun = MainJob(qtbot, tmp_path, clock)
    yield begun
    begun.window.close()


def begun(keys: Keyboard, job: MainJob, first_sheet: Path) -> None:
    """The folder typed, then the third of the beginnings: with a spreadsheet."""
    welcome = job.ask_where()
    keys.tab_to("Your book lies in")
    keys.type_over(str(job.folder / "book"))
    keys.push("Import a spreadsheet")
    keys.name_file(first_sheet)
    job.open_book(welcome)


def found(keys: Keyboard, job: MainJob, text: str) -> tuple[str, int | None]:
    """Ctrl+F, words, Down to the first hit, Enter."""
    keys.press("Ctrl+F")
    keys.type(text)
    box = job.window.search_box
    keys.wait_for(lambda: box.popup.isVisible() and box.model.rowCount())
    keys.press("Down")
    keys.press("Return")
    job.settle()
    return job.here


def inquiry_taken(keys: Keyboard, job: MainJob) -> None:
    """Ctrl+5 to the inquiries, Ctrl+N, the mail typed, the buyer put right, Ctrl+Enter."""
    keys.press("Ctrl+5")
    job.settle()
    keys.press("Ctrl+N")
    keys.wait_for(lambda: keys.top is not job.window)
    for line in MAIL:
        keys.type(line)
        keys.press("Return")
    job.settle()
    keys.tab_to("Buyer")
    keys.type_over(BUYER)
    keys.press("Ctrl+Return")
    job.settle()


def price_typed(keys: Keyboard, job: MainJob) -> None:
    """Home, Right as far as the price, a number, Enter."""
    grid = job.page.editor.grid
    keys.wait_for(grid.hasFocus)
    keys.press("Home")
    while grid.lines.columns[grid.currentIndex().column()].key != "price":
        keys.press("Right")
    keys.type(PRICE)
    keys.press("Return")
    job.settle()


def test_the_main_job_with_the_keyboard_alone(
    qtbot: QtBot, job: MainJob, shared_sheets: Path
) -> None:
    keys = Keyboard(qtbot)
    begun(keys, job, shared_sheets / CONTACTS)
    keys.push("Import")
    job.settle()
    for name, way in ((PRICES, ("Ctrl+8", "Ctrl+I")), (FAIR, ("Ctrl+2", "Ctrl+I"))):
        keys.name_file(shared_sheets / name)
        for each in way:
            keys.press(each)
        job.settle()
        keys.press("Ctrl+Return")
        job.settle()
    job.check_imported()
    job.desk.search.update()

    chinese, english = (found(keys, job, name) for name in FACTORY)
    assert chinese == english
    assert chinese[0] == "suppliers"
    assert found(keys, job, PRODUCT_WORD)[0] in {"products", "suppliers"}

    inquiry_taken(keys, job)
    keys.push("Quote")
    job.settle()
    quotation = job.check_quotation()
    price_typed(keys, job)
    job.check_price(quotation)

    sheet = job.folder / "quotation.xlsx"
    keys.press("Ctrl+E")
    job.settle()
    keys.name_file(sheet)
    keys.press("Return")
    job.settle()
    job.check_sheet(sheet)

    before = job.companies
    keys.press("Ctrl+8")
    job.settle()
    keys.press("Home")
    keys.push("Undo this import")
    job.settle()
    job.check_undone(quotation, before)
