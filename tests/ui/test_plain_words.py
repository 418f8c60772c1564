"""Owns proving that the window says in words what the book keeps as codes and counts.

Must not check wording at large; the catalogue's own tests do.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.directory.fields import COMPANY_FIELDS
from app.negotiation.ladder import ladder
from app.negotiation.offered import Offered, Side
from ui import formats
from ui.forms.dialog import RecordDialog
from ui.imports.past_import import counted
from ui.negotiation.offered_words import move_words, offered_words
from ui.places import PLACES, PlaceAction
from ui.window.frame import MainWindow
from ui.window.palette import Palette
from ui.words import words

Settled = Callable[[], None]


def test_stages_and_states_are_said_in_words_and_unknown_codes_stay() -> None:
    assert formats.state("sourcing") == "Sourcing"
    assert formats.state("superseded") == "Superseded"
    assert formats.state("whatever") == "whatever"


def test_a_year_has_no_thousands_separator() -> None:
    year = next(field for field in COMPANY_FIELDS if field.key == "established_year")
    assert formats.shown(year, 2007) == "2007"


def test_an_import_tells_first_what_a_person_looks_for() -> None:
    told = counted({"price": 66, "picture": 1, "product": 22, "supplier": 1})
    assert told == "1 supplier, 22 products, 66 prices, 1 picture"


def test_the_palette_holds_the_books_actions_and_the_keys_of_the_places(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.open_palette()
    (palette,) = window.findChildren(Palette)
    entries = palette.findChild(QListWidget)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    texts = [entries.item(row).data(spoken) for row in range(entries.count())]
    assert "Suppliers, Ctrl+2" in texts
    assert {"Check the book", "Back up the book"} <= {text.rstrip("…. ") for text in texts}
    palette.close()


def test_the_palette_tells_the_same_action_of_two_places_apart(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.navigation.go("buyers")
    settled()
    window.open_palette()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.filter, "export")
    spoken = Qt.ItemDataRole.AccessibleTextRole
    told = [palette.list.item(row).data(spoken) for row in range(palette.list.count())]
    told = [text for text in told if text.startswith("Export,")]
    assert told[0] == "Export, Buyers   Ctrl+E"
    assert len(set(told)) == len(told) > 3
    qtbot.keyClicks(palette.filter, " suppliers")
    assert palette.list.item(0).data(spoken) == "Export, Suppliers   Ctrl+E"
    palette.close()


def test_the_palette_lists_what_the_pages_can_do_before_there_are_pages(window: MainWindow) -> None:
    made = window.pages.made
    window.open_palette()
    assert window.pages.made == made
    for place in PLACES:
        page = window.pages[place.name]
        actions = getattr(getattr(page, "list", page), "page_actions", ())
        assert place.actions == tuple(
            PlaceAction(action.label, action.icon, action.shortcut)
            for action in actions
            if not action.needs_selection
        )
    window.findChild(Palette).close()


def test_an_action_of_a_page_never_seen_is_begun_from_the_palette(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.open_palette()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.filter, "new buyer")
    qtbot.keyClick(palette.filter, Qt.Key.Key_Return)
    settled()
    assert window.navigation.current is not None
    assert window.navigation.current.place == "buyers"
    (dialog,) = window.findChildren(RecordDialog)
    dialog.reject()


def test_an_empty_book_says_on_its_first_page_what_to_begin_with(
    window: MainWindow, desk: Desk, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([], ""))
    window.navigation.go("today")
    settled()
    page = window.pages["today"]
    assert page.begin.isVisible()
    page.begin.findChildren(QPushButton)[0].click()
    assert window.navigation.current is not None
    assert window.navigation.current.place == "imports"
    desk.directory.add("supplier", {"name_zh": "宁波海达"})
    window.navigation.go("today")
    settled()
    assert not page.begin.isVisible()


def test_a_port_of_a_bargaining_has_its_name_in_the_language_in_use() -> None:
    rounds = [
        Offered(side=Side.OURS, incoterm="FOB", place="Ningbo"),
        Offered(side=Side.THEIRS, incoterm="FOB", place="上海"),
    ]
    (move,) = ladder(rounds).steps[1].moves
    assert move_words(move).endswith(" FOB Ningbo → FOB Shanghai")
    assert offered_words(rounds[1]) == "FOB Shanghai"
    words.use("zh_CN")
    try:
        assert move_words(move).endswith(" FOB 宁波 → FOB 上海")
        assert offered_words(rounds[0]) == "FOB 宁波"
    finally:
        words.use("en")
