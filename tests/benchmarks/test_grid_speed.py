"""How fast the grid of a long quotation shows a changed price."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.quotations.service import QuotationDraft
from ui.quotations.lines_grid import LinesGrid
from ui.quotations.lines_model import LinesModel
from ui.quotations.totals_bar import TotalsBar
from ui.tasks import Tasks


def report(text: str) -> None:
    print(text, file=sys.stderr)


@pytest.mark.slow
def test_a_changed_price_of_a_thousand_lines_is_repainted_within_a_frame(
    qtbot: QtBot, desk: Desk, qapp: QApplication, tmp_path: Path
) -> None:
    lines = [
        {"name_en": f"Item {n}", "item_number": f"I-{n}", "quantity": "100", "price": "1.25"}
        for n in range(1000)
    ]
    tasks = Tasks()
    quotation = desk.quotations.draft(QuotationDraft(buyer="A", lines=lines))
    model = LinesModel(desk.picture_path)
    settings = QSettings(str(tmp_path / "grid.ini"), QSettings.Format.IniFormat)
    grid, bar = LinesGrid(model, tasks, settings), TotalsBar()
    model.retotalled.connect(lambda: bar.show_totals(model.totals(), "USD"))
    views = desk.quotation_views
    model.show_quotation(views.quotation(quotation), views.terms(quotation))
    for widget in (grid, bar):
        qtbot.addWidget(widget)
        widget.show()
    cell = model.index(3, model.column_of("price"))
    took = []
    for price in range(130, 150):
        started = time.process_time()
        model.put({(cell.row(), cell.column()): f"1.{price}"})
        for widget in (grid.viewport(), bar):
            QApplication.sendPostedEvents(widget)
            widget.repaint(grid.visualRect(cell) if widget is grid.viewport() else widget.rect())
        took.append(time.process_time() - started)
    assert bar.total.value.text() == "USD 124,989.90"
    report(
        f"a changed price among 1,000 lines: {median(took) * 1000:.1f} ms of CPU to repaint, "
        f"worst {max(took) * 1000:.1f} ms (goal: 16 ms)"
    )
    tasks.close()
    assert median(took) <= 0.016
