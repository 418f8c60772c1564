"""A person takes an inquiry from a pasted mail, works on its lines and moves it along."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.matching import Criterion
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.inquiries.stages import Stage
from ui.forms.dialog import RecordDialog
from ui.inquiries.offer_dialog import OfferDialog
from ui.lists.pick_dialog import PickDialog
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]
PRICES = 1


def test_an_inquiry_that_came_another_way_before_is_told_and_led_to(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    lines = [{"wording": "vacuum flask 500 ml"}]
    channels = ("Alibaba.com", "WhatsApp")
    first, second = (
        desk.inquiries.add(InquiryDraft(buyer="Nordlys", values={"channel": c}, lines=lines))
        for c in channels
    )
    window.navigation.go("inquiries", second)
    settled()
    page = window.pages["inquiries"].detail
    link = page.same.itemAt(0).widget().findChild(QPushButton)
    assert "Alibaba.com" in link.text()
    link.click()
    settled()
    assert window.navigation.current.record_id == first


def test_two_inquiries_said_apart_are_suggested_no_more_until_undone(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    lines = [{"wording": "vacuum flask 500 ml"}]
    first, second = (
        desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=lines)) for _ in range(2)
    )
    window.navigation.go("inquiries", second)
    settled()
    page = window.pages["inquiries"].detail
    *_, apart = page.same.itemAt(0).widget().findChildren(QPushButton)
    assert apart.text() == "Not the same"
    apart.click()
    settled()
    assert page.same.count() == 0
    assert not desk.inquiry_views.inquiry(first).same
    window.undo()
    settled()
    assert page.same.count() == 1


def test_lines_are_pasted_from_a_spreadsheet_and_undone(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    window.navigation.go("inquiries", inquiry)
    settled()
    grid = window.pages["inquiries"].detail.lines
    grid.setCurrentCell(1, 0)
    QGuiApplication.clipboard().setText("flask\tsteel\t500\tpcs\nlid\t\t1000\tpcs")
    grid.paste()
    settled()
    lines = desk.inquiry_views.inquiry(inquiry).lines
    assert [line.values["wording"] for line in lines] == ["cup", "flask", "lid"]
    assert str(lines[2].values["quantity"]) == "1000"
    window.undo()
    settled()
    assert len(desk.inquiry_views.inquiry(inquiry).lines) == 1


def test_a_stage_that_lacks_something_says_what_and_stays(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page.stage.setCurrentIndex(page.stage.findData(Stage.SOURCING))
    page.stage.activated.emit(page.stage.currentIndex())
    settled()
    assert page.stage.currentData() == Stage.NEW
    assert window._toast.isVisible()


def test_suppliers_are_ranked_for_each_line(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达", "name_en": "Haida"})
    goods = {"supplier_id": supplier, "name_en": "vacuum flask", "moq": "12000"}
    desk.directory.add("product", goods)
    line = {"wording": "vacuum flask", "quantity": "3000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[line]))
    assert desk.indexer.wait_until_idle(30)
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.suppliers)
    settled()
    texts = [
        button.text() for button in page.suppliers.matches.findChildren(type(page.quote_button))
    ]
    assert any("海达" in text for text in texts)
    told = " ".join(label.text() for label in page.suppliers.matches.findChildren(QLabel))
    assert "MOQ 12,000 is above the 3,000 asked for" in told
    assert page.suppliers.fit.text().startswith("Fit ")
    page.suppliers.fit.click()
    assert page.suppliers.fit_points.isVisible()
    assert "Line 1: the quantity is below the lowest MOQ of 12,000" in (
        page.suppliers.fit_points.text()
    )


def test_offers_are_recorded_compared_chosen_and_the_choice_undone(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    for name in ("Haida", "Lianfa"):
        desk.directory.add("supplier", {"name_en": name})
    line = {"wording": "flask", "quantity": "3000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[line]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.compare)
    settled()
    for row, prices in ((0, "12 @ 1000; 11 @ 3000"), (1, "11.50")):
        page.compare.record.click()
        settled()
        dialog = page.findChildren(OfferDialog)[-1]
        dialog.supplier.setCurrentIndex(row)
        dialog.lines.item(0, PRICES).setText(prices)
        dialog.form.editors["incoterm"].widget.setText("FOB")
        dialog.save_button.click()
        settled()
        assert not [x.text() for x in page.findChildren(QLabel) if x.property("role") == "error"]
    texts = [label.text() for label in page.compare.findChildren(QLabel)]
    assert "CNY 11.00 FOB" in texts
    assert any("cheapest" in text for text in texts)
    (found,) = desk.comparisons.compare(inquiry).lines
    assert found.cheapest.offered.supplier == "Haida"
    buttons = [b for b in page.compare.findChildren(QPushButton) if b.text() == "Choose"]
    buttons[0].click()
    settled()
    assert [set(chosen) for chosen in desk.sourcing_views.awards(inquiry).values()] == [
        {found.cells[0].offered.offer_line_id}
    ]
    window.undo()
    settled()
    assert desk.sourcing_views.awards(inquiry) == {}
    page.compare.choose.actions()[0].trigger()
    settled()
    (chosen,) = desk.sourcing_views.awards(inquiry).values()
    assert set(chosen) == {found.cheapest.offered.offer_line_id}
    page.compare.export(tmp_path / "c.xlsx")
    settled()
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").active
    assert "Haida" in [row[0].value for row in sheet.iter_rows()]


def test_offers_are_compared_at_other_figures(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    inquiry = desk.inquiries.add(
        InquiryDraft(buyer="A", lines=[{"wording": "flask", "quantity": "3000", "unit": "pcs"}])
    )
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    desk.offers.record(
        OfferDraft(
            supplier_id=supplier,
            inquiry_id=inquiry,
            currency="CNY",
            incoterm="EXW",
            includes_vat=True,
            lines=[OfferLineDraft(tiers=((None, Decimal("11.3")),), inquiry_line_id=line)],
        )
    )
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.compare)
    settled()

    def told() -> set[str]:
        return {label.text() for label in page.compare.findChildren(QLabel)}

    assert "CNY 10.50" not in told()
    page.compare.basis_button.click()
    dialog = page.compare.findChild(RecordDialog)
    for key, value in {"domestic": "0.5", "vat": "13", "rebate": "13"}.items():
        dialog.form.editors[key].widget.setText(value)
    dialog.form.editors["incoterm"].widget.setText("FOO")
    dialog.save_button.click()
    settled()
    assert dialog.isVisible(), "the term is refused beside the form"
    dialog.form.editors["incoterm"].widget.setText("fob")
    dialog.save_button.click()
    settled()
    assert "CNY 10.50" in told()
    assert desk.comparisons.compare(inquiry).basis.costing.rebate == Decimal("0.13"), "it is kept"
    window.undo()
    settled()
    assert "CNY 10.50" not in told()


def test_a_channel_is_called_by_its_chinese_name(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", values={"channel": "Alibaba.com"}))
    words.use("zh_CN")
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"]
    head = [label.text() for label in page.detail.findChildren(QLabel)]
    assert any("阿里巴巴国际站" in text for text in head)
    assert page.detail.form.editors["channel"].widget.text() == "阿里巴巴国际站"
    model = page.table.model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert "阿里巴巴国际站" in row


def test_what_counts_in_matching_is_changed_and_undone(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.suppliers)
    settled()
    page.suppliers.weights.click()
    settled()
    dialog = page.suppliers.findChild(RecordDialog)
    assert dialog.form.editors["wording"].widget.text() == "40"
    dialog.form.editors["price"].widget.setText("much")
    dialog.save_button.click()
    settled()
    assert dialog.isVisible()
    dialog.form.editors["price"].widget.setText("60")
    dialog.save_button.click()
    settled()
    assert desk.matching.weights()[Criterion.PRICE] == 60
    window.undo()
    settled()
    assert desk.matching.weights()[Criterion.PRICE] == 14


def test_an_offer_for_several_lines_is_typed_in_a_grid_and_answers_its_request(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    wanted = [{"wording": name, "quantity": "3000", "unit": "pcs"} for name in ("cup", "lid")]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[*wanted, {"wording": "straw"}]))
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    desk.requests.asked(request, [supplier])
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.compare)
    settled()
    page.compare.record.click()
    settled()
    dialog = page.findChildren(OfferDialog)[-1]
    assert dialog.request.currentData() == request, "the request that asked the supplier"
    assert not dialog.lines.item(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    dialog.form.editors["vat"].widget.setText("x")
    dialog.lines.setCurrentCell(0, PRICES)
    QGuiApplication.clipboard().setText("12 @ 1000; 11 @ 3000\tpcs\t500\t20\n0.8\tpcs")
    dialog.lines.paste()
    dialog.save_button.click()
    settled()
    assert dialog.isVisible(), "what is no VAT rate is refused beside the form"
    dialog.form.editors["vat"].widget.setText("13%")
    dialog.save_button.click()
    settled()
    cup, lid, straw = desk.comparisons.compare(inquiry).lines
    offered = cup.cells[0].offered
    assert [(tier.min_quantity, tier.amount) for tier in offered.tiers] == [
        (Decimal(1000), Decimal(12)),
        (Decimal(3000), Decimal(11)),
    ]
    assert (offered.moq, offered.lead_time_days) == (Decimal(500), 20)
    assert (offered.includes_vat, offered.vat_rate) == (True, Decimal("0.13"))
    assert lid.cells[0].offered.offer_id == offered.offer_id
    assert not straw.cells
    assert desk.sourcing_views.request(request).suppliers[0].answered_at is not None
    window.undo()
    settled()
    assert not desk.comparisons.compare(inquiry).lines[0].cells


def test_a_line_is_given_to_two_suppliers_by_shares(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    line = {"wording": "cup", "quantity": "3000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[line]))
    line_id = desk.inquiry_views.inquiry(inquiry).lines[0].id
    for name, price in (("Haida", "10"), ("Lianfa", "11")):
        tiers = ((None, Decimal(price)),)
        desk.offers.record(
            OfferDraft(
                supplier_id=desk.directory.add("supplier", {"name_en": name}),
                inquiry_id=inquiry,
                currency="CNY",
                incoterm="FOB",
                lines=[OfferLineDraft(tiers=tiers, inquiry_line_id=line_id)],
            )
        )
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.compare)
    settled()

    def press(text: str) -> None:
        buttons = [b for b in page.compare.findChildren(QPushButton) if b.accessibleName() == text]
        buttons[-1].click()
        settled()

    def part(supplier: str, text: str) -> RecordDialog:
        press(f"A part… {supplier} · cup")
        dialog = page.compare.findChildren(RecordDialog)[-1]
        dialog.form.editors["part"].widget.setText(text)
        dialog.save_button.click()
        settled()
        return dialog

    press("Choose Haida · cup")
    part("Lianfa", "40%")
    (chosen,) = desk.sourcing_views.awards(inquiry).values()
    assert sorted(chosen.values()) == [Decimal(1200), Decimal(1800)], "the first keeps the rest"
    texts = " ".join(label.text() for label in page.compare.findChildren(QLabel))
    assert "chosen 1,800 pcs" in texts
    assert desk.comparisons.compare(inquiry).award_total == Decimal(31200)
    assert part("Lianfa", "2000").isVisible(), "more than is left is refused"
    page.compare.findChildren(RecordDialog)[-1].reject()
    press("Take back Lianfa · cup")
    (chosen,) = desk.sourcing_views.awards(inquiry).values()
    assert list(chosen.values()) == [Decimal(1800)]


def test_a_choice_and_the_quotation_made_of_it_lead_to_each_other(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    lines = [{"wording": "flask", "quantity": "3000", "unit": "pcs"}]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=lines))
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    price = OfferLineDraft(tiers=((None, Decimal("11.3")),), inquiry_line_id=line)
    offer = OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency="CNY", lines=[price])
    desk.offers.record(offer)
    (cell,) = desk.comparisons.compare(inquiry).lines[0].cells
    desk.offers.award(line, cell.offered.offer_line_id)
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page.quote_button.click()
    settled()
    assert window.navigation.current.place == "quotations"
    (quotation,) = desk.lists.ids("quotation")
    detail = desk.quotation_views.quotation(quotation)
    editor = window.pages["quotations"].editor
    assert editor.head.inquiry.text() == detail.inquiry
    editor.head.inquiry.click()
    settled()
    assert window.navigation.current.record_id == inquiry
    page._tabs.setCurrentWidget(page.compare)
    settled()
    assert any(detail.number in label.text() for label in page.compare.findChildren(QLabel))


def test_a_line_is_linked_to_a_product_with_the_keyboard_and_let_go_again(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    flask = desk.directory.add(
        "product", {"supplier_id": supplier, "item_number": "HD-7", "name_en": "vacuum flask"}
    )
    bowl = desk.directory.add("product", {"supplier_id": supplier, "name_en": "steel bowl"})
    line = {"wording": "vacuum flask", "quantity": "3000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[line]))
    assert desk.indexer.wait_until_idle(30)
    window.navigation.go("inquiries", inquiry)
    settled()
    tab = window.pages["inquiries"].detail.lines_tab
    tab.grid.setFocus()

    def linked() -> int | None:
        return desk.inquiry_views.inquiry(inquiry).lines[0].product_id

    qtbot.keyClick(tab.grid, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settled()
    dialog = tab.findChildren(PickDialog)[-1]
    assert dialog.list.item(0).text().startswith("HD-7"), "what fits the line stands first"
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    settled()
    assert linked() == flask
    assert tab.product.text() == "HD-7 vacuum flask"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tab.grid.setFocus()
    qtbot.keyClick(tab.grid, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settled()
    dialog = tab.findChildren(PickDialog)[-1]
    qtbot.keyClicks(dialog.text, "bowl")
    qtbot.waitUntil(lambda: dialog.list.count() == 1 and "bowl" in dialog.list.item(0).text())
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    settled()
    assert linked() == bowl
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tab.grid.setFocus()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(tab.grid, Qt.Key.Key_L, keys)
    settled()
    assert linked() is None
    assert tab.product.isHidden()
    window.undo()
    settled()
    assert linked() == bowl
