"""Owns what the main job must have done after each of its steps, whoever's hands did it.

Must not press anything.
"""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.window.frame import MainWindow
from ui.window.welcome import Welcome
from ui.words import words

CONTACTS = "made/canton-fair-contacts.xlsx"
PRICES = "made/factory-price-list.xlsx"
FAIR = "fairs/hannover-messe-2018-exhibitors.csv"
BUYER = "Nordic Home AB"
FACTORY = ("宁波宏达家居", "Ningbo Hongda Houseware")
PRODUCT_WORD = "spatula"
PRICE = "4.75"
_FEWEST_EXHIBITORS = 6500
_PATIENCE_MS = 120_000


class MainJob:
    """A book begun as at the first start, its window, and what must be true of them."""

    desk: Desk
    window: MainWindow

    def __init__(self, qtbot: QtBot, folder: Path, clock: Any) -> None:
        words.use("en")
        self.folder = folder
        self._qtbot = qtbot
        self._clock = clock

    def ask_where(self) -> Welcome:
        """The question before there is a book."""
        welcome = Welcome(self.folder / "elsewhere")
        self._qtbot.addWidget(welcome)
        welcome.open()
        self._qtbot.waitUntil(welcome.isActiveWindow)
        return welcome

    def open_book(self, welcome: Welcome) -> None:
        """What the program does with the answers."""
        book = welcome.chosen_folder
        assert book == self.folder / "book"
        self.desk = Desk(book, create=True, clock=self._clock, cache=self.folder / "cache")
        settings = QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self.desk, settings)
        self._qtbot.addWidget(self.window)
        # As on a screen of today; without one it would take the least room it can.
        self.window.resize(1320, 820)
        with self._qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.settle()
        self.window.begin(welcome.beginning)
        self.settle()

    def settle(self) -> None:
        """Waits until the window has no work left and has shown what came of it."""
        for _ in range(2):
            self._qtbot.waitUntil(lambda: self.window.tasks.is_idle, timeout=_PATIENCE_MS)
            self._qtbot.wait(1)

    @property
    def page(self) -> QWidget:
        """The page in sight."""
        page: QWidget = self.window.pages[self.here[0]]
        return page

    @property
    def here(self) -> tuple[str, int | None]:
        """The place and the record the person is at."""
        spot = self.window.navigation.current
        return spot.place, spot.record_id

    @property
    def companies(self) -> int:
        """How many companies the book holds."""
        return self.desk.lists.count("supplier") + self.desk.lists.count("buyer")

    # -- what must be true ------------------------------------------------------------------

    def check_imported(self) -> None:
        """All three sheets are in, the fair's exhibitors too."""
        assert len(self.desk.lists.ids("import")) == 3
        assert self.companies > _FEWEST_EXHIBITORS
        assert self.desk.lists.count("product") >= 20

    def check_quotation(self) -> int:
        """The inquiry's lines stand in a draft for the buyer, by the term, with pictures and prices."""
        place, quotation = self.here
        assert place == "quotations"
        assert quotation is not None
        detail = self.desk.quotation_views.quotation(quotation)
        assert detail.values["buyer_name"] == BUYER
        assert (detail.values["incoterm"], detail.values["place"]) == ("FOB", "Ningbo")
        assert detail.values["valid_until"] is not None
        assert [line.values["quantity"] for line in detail.lines] == [500, 5000]
        assert all(line.picture for line in detail.lines)
        return quotation

    def check_price(self, quotation: int) -> None:
        """The price typed makes the amount."""
        line = self.desk.quotation_views.quotation(quotation).lines[0]
        assert line.amount == 500 * Decimal(PRICE)

    def check_sheet(self, sheet: Path) -> None:
        """The paper has both pictures and live formulas, and tells nothing of the factory."""
        with zipfile.ZipFile(sheet) as package:
            names = package.namelist()
            content = b"".join(package.read(name) for name in names)
        assert sum(name.startswith("xl/media/") for name in names) == 2
        assert b"<f>" in content
        assert "宏达".encode() not in content

    def check_undone(self, quotation: int, before: int) -> None:
        """The fair's exhibitors are gone; what was done since is kept."""
        assert self.companies <= before - _FEWEST_EXHIBITORS
        self.check_price(quotation)
