"""A list page exports what its filter shows, or what is selected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.negotiation.offered import Offered, Side
from app.negotiation.round_form import prices_from
from app.quotations.service import QuotationDraft
from ui.places import PLACES
from ui.window.export import ask_and_export
from ui.window.frame import MainWindow


def test_a_list_is_exported_as_filtered(
    window: MainWindow,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.directory.add("supplier", {"name_zh": "甲厂", "country": "CN"})
    desk.directory.add("supplier", {"name_en": "Beta GmbH", "country": "DE"})
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    page.filter.setText("country:DE")
    settled()
    target = tmp_path / "list"
    answer = (str(target), "CSV (*.csv)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    ask_and_export(window.context, page, page.kind, [])
    settled()
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    assert "Beta GmbH" in text
    assert "甲厂" not in text


def test_the_people_of_the_companies_shown_are_written_as_cards(
    window: MainWindow,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for country, name, person in (("CN", "甲厂", "王丽"), ("DE", "Beta GmbH", "Eva Braun")):
        company = desk.directory.add("supplier", {"name_zh": name, "country": country})
        desk.directory.add("contact", {"company_id": company, "name": person})
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    page.filter.setText("country:CN")
    settled()
    answer = (str(tmp_path / "people"), "vCards (*.vcf)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    ask_and_export(window.context, page, page.kind, [])
    settled()
    cards = (tmp_path / "people.vcf").read_text(encoding="utf-8")
    assert "FN:王丽" in cards
    assert "Eva Braun" not in cards


@pytest.mark.parametrize("place", [place.name for place in PLACES if place.kind])
def test_every_list_is_exported_by_the_same_keys(window: MainWindow, place: str) -> None:
    page = window.pages[place]
    (action,) = [a for a in getattr(page, "list", page).page_actions if a.icon == "export"]
    assert (action.label, action.shortcut) == ("window.export.action", "Ctrl+E")
    (listed,) = [a for p in PLACES if p.name == place for a in p.actions if a.icon == "export"]
    assert (listed.label, listed.shortcut) == (action.label, action.shortcut)


def test_quotations_are_exported_as_a_list_too(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for buyer in ("Nordlys", "Brisa"):
        desk.quotations.draft(QuotationDraft(buyer=buyer))
    window.navigation.go("quotations")
    settled()
    page = window.pages["quotations"].list
    answer = (str(tmp_path / "quotations.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    menu = page.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert [a.text() for a in menu.actions()] == ["Papers for the buyer…", "Quotations, as a list"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settled()
    sheet = openpyxl.load_workbook(tmp_path / "quotations.xlsx").active
    told = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {"Q-2026-0001", "Q-2026-0002", "Nordlys", "Brisa"} <= set(told)


def test_deals_are_exported_as_they_stand_in_the_list(
    window: MainWindow,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    buyer = desk.directory.add("buyer", {"name_en": "Nordlys"})
    thread = desk.negotiation.start_thread("=Flask", company_id=buyer)
    desk.negotiation.set_next_step(thread, "Send samples", date(2026, 3, 2))
    window.navigation.go("deals")
    settled()
    answer = (str(tmp_path / "deals.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    ask_and_export(window.context, window.pages["deals"], "thread", [])
    settled()
    head, row = openpyxl.load_workbook(tmp_path / "deals.xlsx").active.iter_rows(values_only=True)
    told = dict(zip(head, row, strict=True))
    assert (told["Subject"], told["Next step"]) == ("=Flask", "Send samples")
    assert "Nordlys" in told.values()


def test_what_hangs_on_the_inquiries_shown_is_chosen_from_a_menu_by_keys(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    for subject in ("Cups", "Flasks"):
        draft = InquiryDraft(buyer="A", values={"subject": subject}, lines=[{"wording": subject}])
        inquiry = desk.inquiries.add(draft)
        asked = RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier])
        desk.requests.create(asked)
    window.navigation.go("inquiries")
    settled()
    page = window.pages["inquiries"]
    page.filter.setText("subject:Flasks")
    settled()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    answer = (str(tmp_path / "requests.csv"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    qtbot.keyClick(page.filter, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    menu = page.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    offered = [action.text() for action in menu.actions()]
    assert offered[:3] == ["Inquiries", "Inquiry lines", "Requests to suppliers"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settled()
    head, *rows = (tmp_path / "requests.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("Number,Inquiry,")
    assert len(rows) == 1
    assert "海达" in rows[0]


def test_rounds_and_follow_ups_of_a_deal_are_written(desk: Desk, tmp_path: Path) -> None:
    thread = desk.negotiation.start_thread("Flask")
    prices = prices_from("1.85 @ 3000; 1.80 @ 5000")
    offered = Offered(side=Side.THEIRS, currency="USD", prices=prices)
    desk.rounds.confirm(thread, offered)
    desk.follow_ups.add("Send samples", date(2026, 3, 5), thread_id=thread)
    for kind, wanted in (
        ("round", "They,1.85,1.85 @ 3000; 1.8 @ 5000,USD"),
        ("follow_up", "Send samples"),
    ):
        ids = desk.lists.parts(kind, of="thread", owner_ids=[thread])
        assert desk.sheets.export(kind, tmp_path / f"{kind}.csv", ids=ids) == 1
        assert wanted in (tmp_path / f"{kind}.csv").read_text(encoding="utf-8-sig")


def test_offers_and_lines_are_written_too(desk: Desk, tmp_path: Path) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    line = OfferLineDraft(
        tiers=((None, Decimal("1.5")),),
        inquiry_line_id=desk.inquiry_views.inquiry(inquiry).lines[0].id,
    )
    desk.offers.record(
        OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency="USD", lines=[line])
    )
    for kind, wanted in (("offer", "海达"), ("line", "cup")):
        assert desk.sheets.export(kind, tmp_path / f"{kind}.csv", language="zh_CN") == 1
        assert wanted in (tmp_path / f"{kind}.csv").read_text(encoding="utf-8-sig")
