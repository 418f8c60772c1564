"""The main job with the mouse alone: what is in sight is pressed, and text is typed where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import Mouse
from main_job import BUYER, CONTACTS, FACTORY, FAIR, PRICE, PRICES, PRODUCT_WORD, MainJob
from pytestqt.qtbot import QtBot

from ui.forms.lines import LinesGrid

LINES = (("HD-1021", "500", "pcs"), ("ceramic mug", "5000", "pcs"))


@pytest.fixture
def job(qtbot: QtBot, qapp: object, tmp_path: Path, clock: Any) -> Iterator[MainJob]:
    begun = MainJob(qtbot, tmp_path, clock)
    yield begun
    begun.window.close()


def begun(mouse: Mouse, job: MainJob, first_sheet: Path) -> None:
    """The folder written, then the last of the beginnings pressed."""
    welcome = job.ask_where()
    mouse.write_into("Your book lies in", str(job.folder / "book"))
    mouse.click("Import a spreadsheet")
    mouse.name_file(first_sheet)
    job.open_book(welcome)


def found(mouse: Mouse, job: MainJob, text: str) -> tuple[str, int | None]:
    """Words written into the box on top, the first hit below it pressed."""
    box = job.window.search_box
    mouse.write_into(box.accessibleName(), text)
    mouse.wait_for(lambda: box.popup.isVisible() and box.model.rowCount())
    mouse.click_cell(box.list, box.model.index(0))
    job.settle()
    return job.here


def inquiry_taken(mouse: Mouse, job: MainJob) -> None:
    """The buyer, the term and two lines written into the form and its grid."""
    mouse.click("Inquiries")
    job.settle()
    mouse.click("New inquiry", inside=job.page.actions_bar)
    mouse.wait_for(lambda: mouse.top is not job.window)
    mouse.write_into("Buyer", BUYER)
    mouse.write_into("Incoterm", "FOB")
    mouse.write_into("Place", "Ningbo")
    grid = mouse.top.findChild(LinesGrid)
    headings = [grid.horizontalHeaderItem(c).text() for c in range(grid.columnCount())]
    for row, texts in enumerate(LINES):
        for heading, text in zip(("Product", "Quantity", "Unit"), texts, strict=True):
            cell = grid.model().index(row, headings.index(heading))
            mouse.click_cell(grid, cell, twice=True)
            mouse.type(text)
    mouse.click_cell(grid, grid.model().index(0, 0))
    mouse.click("Save")
    job.settle()


def price_written(mouse: Mouse, job: MainJob) -> None:
    """The price's cell pressed twice and written over; another cell takes what was written."""
    grid = job.page.editor.grid
    place = grid.lines.column_of("price")
    mouse.click_cell(grid, grid.lines.index(0, place), twice=True)
    mouse.type_over(PRICE)
    mouse.click_cell(grid, grid.lines.index(1, place))
    job.settle()


def test_the_main_job_with_the_mouse_alone(qtbot: QtBot, job: MainJob, shared_sheets: Path) -> None:
    mouse = Mouse(qtbot)
    begun(mouse, job, shared_sheets / CONTACTS)
    mouse.click("Import")
    job.settle()
    for name in (PRICES, FAIR):
        mouse.click("Imports")
        job.settle()
        mouse.name_file(shared_sheets / name)
        mouse.click("Import a spreadsheet …")
        job.settle()
        mouse.click("Import")
        job.settle()
    job.check_imported()
    job.desk.search.update()

    chinese, english = (found(mouse, job, name) for name in FACTORY)
    assert chinese == english
    assert chinese[0] == "suppliers"
    assert found(mouse, job, PRODUCT_WORD)[0] in {"products", "suppliers"}

    inquiry_taken(mouse, job)
    mouse.click("Quote")
    job.settle()
    quotation = job.check_quotation()
    price_written(mouse, job)
    job.check_price(quotation)

    sheet = job.folder / "quotation.xlsx"
    mouse.click("Export")
    job.settle()
    mouse.name_file(sheet)
    mouse.click("Save …")
    job.settle()
    job.check_sheet(sheet)

    before = job.companies
    mouse.click("Imports")
    job.settle()
    table = job.page.list.table
    mouse.click_cell(table, table.model().index(0, 0))
    mouse.click("Undo this import")
    job.settle()
    job.check_undone(quotation, before)
