"""Inquiries come from a sheet and from a chat, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hands import Keyboard, name_of
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.inquiries.take_dialog import TakeInquiryDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]
SHEET = """客户名称,意向产品,采购数量,目标价,成交方式,客户来源
Kestrel Trading S.A.,silicone spatula,5000 pcs,USD 1.20,FOB Ningbo,阿里国际站
Sahara Trading Ltd,LED strip 5050,10000 pcs,EUR 0.95/pc,CIF Hamburg,广交会
"""
CHAT = """[05/03/2026, 14:02:11] Luis Rojas: price for 5000 pcs LED strip?
[05/03/2026, 14:05:40] Me: USD 0.42/pc CIF Valparaiso
[13/03/2026, 09:10:00] Luis Rojas: need certificate CE
"""
FIELDS = ["From a file…", "Buyer", "Contact", "Mail", "Phone"]
FIELDS += ["Subject", "Channel", "Channel detail", "Destination"]
FIELDS += ["Incoterm", "Place", "Currency", "Required by", "Certificates asked for", "Received"]
FIELDS += ["Owner", "Products"]


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


def test_a_sheet_of_inquiries_is_imported_taken_back_and_done_again(
    window: MainWindow, desk: Desk, settled: Settled, keys: Keyboard, tmp_path: Path
) -> None:
    file = tmp_path / "inquiries.csv"
    file.write_bytes(SHEET.encode("gb18030"))

    window.navigation.go("inquiries")
    settled()
    keys.name_file(file)
    keys.press("Ctrl+I")
    settled()
    keys.wait_for(lambda: name_of(keys.focus) == "Import")
    keys.press("Space")
    settled()
    assert desk.lists.count("inquiry") == 2
    assert window.navigation.current.place == "inquiries"
    keys.press("Ctrl+Z")
    settled()
    assert [desk.lists.count(kind) for kind in ("inquiry", "buyer", "line")] == [0, 0, 0]
    # The list is empty; whoever stands in its filter, where nothing was typed, redoes the import.
    keys.tab_to("Filter this list")
    assert isinstance(keys.focus, QLineEdit)
    keys.press("Ctrl+Shift+Z")
    settled()
    assert [desk.lists.count(kind) for kind in ("inquiry", "buyer", "line")] == [2, 2, 2]


def test_an_inquiry_is_taken_from_a_chat_and_taken_back(
    window: MainWindow, desk: Desk, settled: Settled, keys: Keyboard, tmp_path: Path
) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT, encoding="utf-8")
    window.navigation.go("inquiries")
    settled()
    keys.press("Ctrl+N")
    keys.wait_for(lambda: keys.top is not window)
    keys.press("Ctrl+O")
    keys.wait_for(lambda: isinstance(keys.top, QFileDialog) and isinstance(keys.focus, QLineEdit))
    keys.type_over(str(chat))
    keys.press("Return")
    if isinstance(keys.top, QFileDialog):
        # The first Enter only closed the names that Qt offers below the field.
        keys.press("Return")
    settled()
    keys.wait_for(lambda: isinstance(keys.top, TakeInquiryDialog) and keys.top.lines.lines())
    passed = []
    while len(passed) < len(FIELDS):
        keys.press("Tab")
        passed.append(name_of(keys.focus))
    assert passed == FIELDS, "Tab goes as one reads"
    keys.press("Ctrl+Return")
    settled()
    detail = desk.inquiry_views.inquiry(int(window.navigation.current.record_id or 0))
    (line,) = detail.lines
    assert detail.values["certificates"] == "CE"
    assert (detail.buyer, line.values["quantity"], line.values["target_price"]) == (
        "Luis Rojas",
        5000,
        None,
    )
    keys.press("Ctrl+Z")
    settled()
    assert desk.lists.count("inquiry") == 0
