"""A person finds fields and encodings in the preview by their names, and the hand stays where it works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.imports.decide_dialog import DecideDialog
from ui.imports.preview import PreviewPage
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]
HAIDA = "宁波海达塑料制品有限公司"


def opened(
    window: MainWindow, folder: Path, settled: Settled, encoding: str = "utf-8"
) -> PreviewPage:
    path = folder / "a.csv"
    path.write_text(f"公司名称,城市\n{HAIDA},宁波\n金华甲五金厂,金华\n", encoding=encoding)
    window.open_files([path])
    settled()
    preview = window.pages["imports"].preview
    assert isinstance(preview, PreviewPage)
    return preview


def test_the_hand_stays_at_the_column_whose_menu_it_opened(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    choice = opened(window, tmp_path, settled).pane.bar.choice("城市")
    qtbot.mousePress(choice.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert choice.box.hasFocus()


def test_the_hand_is_at_the_import_again_once_duplicates_are_decided(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    desk.directory.add("supplier", {"name_zh": HAIDA, "city": "余姚", "country": "CN"})
    preview = opened(window, tmp_path, settled)
    assert window.focusWidget() is preview.import_button
    preview.decide()
    settled()
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, DecideDialog))
    qtbot.keyClick(dialog, Qt.Key.Key_5)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert preview._options.decisions
    assert window.focusWidget() is preview.import_button


@pytest.mark.parametrize(
    ("language", "some"),
    [("en", ("Address", "City", "Phone", "Website")), ("zh_CN", ("备注", "城市", "地址", "国家"))],
)
def test_fields_stand_in_the_order_of_the_language(
    window: MainWindow, settled: Settled, tmp_path: Path, language: str, some: Sequence[str]
) -> None:
    words.use(language)
    box = opened(window, tmp_path, settled).pane.bar.choice("城市").box
    offered = [box.itemText(place) for place in range(box.count())]
    assert [text for text in offered if text in some] == list(some)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "GB18030 · simplified Chinese"), ("zh_CN", "GB18030 · 简体中文")],
)
def test_an_encoding_is_offered_with_the_language_it_is_for(
    window: MainWindow, settled: Settled, tmp_path: Path, language: str, told: str
) -> None:
    words.use(language)
    encoding = opened(window, tmp_path, settled, "gb18030").choices.encoding
    assert encoding.isVisible()
    assert encoding.currentText() == told


def test_cards_have_no_row_of_headings(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "people.vcf"
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Smith\nORG:Alpha Ltd\nEND:VCARD\n"
    path.write_text(card, encoding="utf-8")
    window.open_files([path])
    settled()
    assert window.pages["imports"].preview._summary.text() == "1 new"


def test_empty_sheets_are_offered_below_their_button_and_chosen_by_keys(
    qtbot: QtBot,
    window: MainWindow,
    settled: Settled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "empty.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    window.navigation.go("imports")
    settled()
    page = window.pages["imports"]
    page.offer_templates()
    menu = page.findChild(QMenu)
    qtbot.waitUntil(menu.isVisible)
    assert menu.pos() == page.list.actions_bar.below("sheets.template.action")
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settled()
    assert target.exists()


@pytest.mark.parametrize(
    ("downs", "said", "cities"),
    [
        (0, "1 new, 1 unchanged", ["余姚", "金华"]),
        (1, "1 new, 1 updated", ["宁波", "金华"]),
        (2, "1 new, 1 skipped", ["余姚", "金华"]),
        (3, "2 new", ["余姚", "宁波", "金华"]),
    ],
)
def test_what_is_chosen_for_records_of_the_book_is_done(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    tmp_path: Path,
    downs: int,
    said: str,
    cities: Sequence[str],
) -> None:
    desk.directory.add("supplier", {"name_zh": HAIDA, "city": "余姚", "country": "CN"})
    preview = opened(window, tmp_path, settled)
    for _ in range(downs):
        qtbot.keyClick(preview.choices.duplicates, Qt.Key.Key_Down)
        settled()
    assert preview._summary.text().startswith(f"{said} ·")
    preview.import_button.click()
    settled()
    ids = desk.lists.ids("supplier")
    rows = desk.lists.rows("supplier", ids, ["city"])
    assert sorted(city for (city,) in rows.values()) == cities
