"""Vendors side by side in a sheet answer one inquiry, whose lines their offers can be compared on."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.service import InquiryDraft
from app.sheets.plan.outcome import Outcome
from app.sheets.service import ImportResult

_Row = list[object]
_VENDORS: _Row = ["", "", "", "", "宁波海达塑业有限公司", "", "余姚杯业有限公司", ""]
_HEADINGS: _Row = ["序号", "品名", "规格", "数量", "单价", "交期", "单价", "交期"]
_ITEMS: list[_Row] = [
    [1, "保温杯", "500ml", 1000, 12.5, 30, 11.8, 25],
    [2, "饭盒", "1L", 500, 8, 30, "", ""],
    [3, "水壶", "2L", 200, "", "", "", ""],
]


def sheet(path: Path, *rows: _Row) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def compared(path: Path, *, number: str = "PR-77", items: list[_Row] | None = None) -> Path:
    """A comparison as a buyer's office draws it."""
    above: list[_Row] = [
        ["比价表"],
        [f"询价单号：{number}", "项目：宿舍改造", "日期：2026-10-08"],
        ["客户：北方工具有限公司"],
        [],
    ]
    book = Workbook()
    drawn = book.active
    assert drawn is not None
    for row in (*above, _VENDORS, _HEADINGS, *(items or _ITEMS)):
        drawn.append([None if value == "" else value for value in row])
    for vendors in ("E5:F5", "G5:H5"):
        drawn.merge_cells(vendors)
    book.save(path)
    return path


def imported(desk: Desk, path: Path) -> ImportResult:
    return desk.sheets.commit(desk.sheets.preview(path))


def side_by_side(desk: Desk, inquiry: int) -> dict[str, dict[str, Decimal | None]]:
    lines = desk.comparisons.compare(inquiry).lines
    return {
        line.line.wording: {cell.offered.supplier: cell.price for cell in line.cells}
        for line in lines
    }


def test_an_abstract_of_quotations_is_compared_awarded_and_taken_back(
    desk: Desk, shared_sheets: Path, tmp_path: Path
) -> None:
    name = "quotations/ph-abstract-of-quotation-5vendors.xlsx"
    path = Path(shutil.copy(shared_sheets / name, tmp_path))
    result = imported(desk, path)
    assert (result.created["inquiry"], result.created["line"]) == (1, 3)
    (inquiry,) = desk.lists.ids("inquiry")
    detail = desk.inquiry_views.inquiry(inquiry)
    subject = "PR4567 40MVA Power Transformer Secondary Bus Framing/Support"
    assert (detail.values["subject"], detail.buyer) == (subject, None)
    assert detail.values["required_by_on"] == date(2018, 5, 6)
    assert "Department: Auxiliary" in str(detail.values["original_text"])
    told = [(line.values["wording"], line.values["quantity"]) for line in detail.lines]
    assert told == [("Grinding Disc", 10), ("Cutting Disc", 50), ("Plywood", 10)]
    found = desk.comparisons.compare(inquiry)
    assert [len(line.cells) for line in found.lines] == [4, 5, 4]
    assert found.mixed_total == 30 * 10 + 20 * 50 + 10 * 10
    desk.offers.award_each(found.choices("cheapest"))
    assert desk.comparisons.compare(inquiry).award_total == found.mixed_total
    desk.comparisons.export(inquiry, tmp_path / "side.xlsx", basis=found.basis, language="en")
    again = imported(desk, path)
    assert (again.operation, again.created, again.unchanged["inquiry"]) == (None, {}, 1)
    desk.history.undo()
    assert desk.history.undo(result.operation).kept == ()
    assert not any(desk.lists.count(kind) for kind in ("inquiry", "offer", "supplier", "product"))


def test_a_comparison_has_its_buyer_and_also_what_nobody_offers(desk: Desk, tmp_path: Path) -> None:
    imported(desk, compared(tmp_path / "a.xlsx"))
    (inquiry,) = desk.lists.ids("inquiry")
    detail = desk.inquiry_views.inquiry(inquiry)
    assert (detail.buyer, detail.values["subject"]) == ("北方工具有限公司", "PR-77 宿舍改造")
    assert [line.values["specification"] for line in detail.lines] == ["500ml", "1L", "2L"]
    assert side_by_side(desk, inquiry) == {
        "保温杯": {"余姚杯业有限公司": Decimal("11.8"), "宁波海达塑业有限公司": Decimal("12.5")},
        "饭盒": {"宁波海达塑业有限公司": 8},
        "水壶": {},
    }


def test_vendors_below_each_other_are_compared_too(desk: Desk, tmp_path: Path) -> None:
    head: _Row = ["Supplier", "Item", "Qty", "Unit", "Unit price (USD)", "Lead time"]
    rows: list[_Row] = [
        ["Haida Plastics", "Mug 500ml", 1000, "pcs", 1.5, "30 days"],
        ["Yuyao Cups", "Mug 500ml", 1000, "pcs", 1.4, "25 days"],
        ["Haida Plastics", "Box 1L", 500, "pcs", 0.8, "30 days"],
    ]
    imported(desk, sheet(tmp_path / "a.csv", ["Quotation comparison"], head, *rows))
    (inquiry,) = desk.lists.ids("inquiry")
    assert side_by_side(desk, inquiry) == {
        "Mug 500ml": {"Yuyao Cups": Decimal("1.4"), "Haida Plastics": Decimal("1.5")},
        "Box 1L": {"Haida Plastics": Decimal("0.8")},
    }


def test_one_supplier_s_offers_bring_no_inquiry(desk: Desk, tmp_path: Path) -> None:
    head: _Row = ["Supplier", "Item", "Unit price (USD)", "Lead time"]
    rows: list[_Row] = [["Haida", "Mug", 1.5, "30 days"], ["Haida", "Box", 0.8, "30 days"]]
    path = sheet(tmp_path / "a.csv", ["Offers from Haida"], head, *rows)
    assert imported(desk, path).created == {"supplier": 1, "product": 2, "price": 2, "offer": 1}


def test_a_comparison_with_one_vendor_more_adds_to_the_same_inquiry(
    desk: Desk, tmp_path: Path
) -> None:
    path = compared(tmp_path / "a.xlsx", items=[[*row[:6], "", ""] for row in _ITEMS])
    imported(desk, path)
    result = imported(desk, compared(path))
    assert (result.created["offer"], result.created.get("inquiry", 0)) == (1, 0)
    (inquiry,) = desk.lists.ids("inquiry")
    assert len(side_by_side(desk, inquiry)["保温杯"]) == 2


def test_a_price_that_moved_is_a_new_offer_beside_the_old_one(desk: Desk, tmp_path: Path) -> None:
    path = compared(tmp_path / "a.xlsx")
    imported(desk, path)
    cheaper = [[*row[:4], 11 if row[0] == 1 else row[4], *row[5:]] for row in _ITEMS]
    preview = desk.sheets.preview(compared(path, items=cheaper))
    assert [row.outcome for row in preview.plan.rows] == [
        Outcome.CREATE, Outcome.UNCHANGED, Outcome.CREATE,
    ]  # fmt: skip
    assert desk.sheets.commit(preview).created["offer"] == 1
    (inquiry,) = desk.lists.ids("inquiry")
    assert side_by_side(desk, inquiry)["保温杯"]["宁波海达塑业有限公司"] == 11
    assert desk.lists.count("offer") == 3


def test_another_number_is_another_inquiry_for_the_same_goods(desk: Desk, tmp_path: Path) -> None:
    imported(desk, compared(tmp_path / "a.xlsx"))
    result = imported(desk, compared(tmp_path / "b.xlsx", number="PR-99"))
    assert (result.created["inquiry"], result.created["offer"]) == (1, 2)


def test_what_an_inquiry_of_the_book_asks_for_is_answered_there(desk: Desk, tmp_path: Path) -> None:
    lines = [{"wording": row[1], "quantity": row[3]} for row in _ITEMS]
    subject = {"subject": "宿舍 PR-77"}
    known = desk.inquiries.add(InquiryDraft(buyer="北方工具有限公司", values=subject, lines=lines))
    result = imported(desk, compared(tmp_path / "a.xlsx"))
    assert "inquiry" not in result.created
    assert "buyer" not in result.created
    assert len(side_by_side(desk, known)["保温杯"]) == 2


def test_an_offer_that_names_an_inquiry_of_the_book_hangs_on_its_lines(
    desk: Desk, tmp_path: Path
) -> None:
    lines = [{"wording": "Mug", "quantity": 1000}, {"wording": "Box", "quantity": 500}]
    known = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=lines))
    number = desk.inquiry_views.inquiry(known).values["number"]
    head: _Row = ["RFQ No", "Supplier", "Item No", "Product name", "Unit price (USD)", "Lead time"]
    rows: list[_Row] = [
        [number, "Haida", "H-1", "mug", 1.5, 30], [number, "Haida", "H-2", "lid", 0.8, 30],
    ]  # fmt: skip
    imported(desk, sheet(tmp_path / "a.csv", ["Offers from Haida"], head, *rows))
    assert side_by_side(desk, known) == {"Mug": {"Haida": Decimal("1.5")}, "Box": {}}


def test_a_comparison_under_our_own_number_needs_not_ask_for_the_same_quantities(
    desk: Desk, tmp_path: Path
) -> None:
    draft = InquiryDraft(buyer="Nordlys", lines=[{"wording": "保温杯", "quantity": 9000}])
    known = desk.inquiries.add(draft)
    number = str(desk.inquiry_views.inquiry(known).values["number"])
    result = imported(desk, compared(tmp_path / "a.xlsx", number=number))
    assert "inquiry" not in result.created
    assert len(side_by_side(desk, known)["保温杯"]) == 2
    assert imported(desk, tmp_path / "a.xlsx").operation is None


@pytest.mark.parametrize("edited", ["10.75", "10.90"])
def test_an_exported_offer_with_another_price_is_a_new_one(
    desk: Desk, tmp_path: Path, edited: str
) -> None:
    known = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[{"wording": "cup, 350 ml"}]))
    (line,) = desk.inquiry_views.inquiry(known).lines
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    tiers = ((Decimal(1000), Decimal("11.3")), (Decimal(3000), Decimal("10.9")))
    offered = OfferLineDraft(tiers=tiers, inquiry_line_id=line.id)
    desk.offers.record(
        OfferDraft(supplier_id=supplier, inquiry_id=known, currency="CNY", lines=[offered])
    )
    path = tmp_path / "offers.csv"
    desk.sheets.export("offer", path)
    path.write_text(path.read_text("utf-8").replace("10.9", edited), "utf-8")
    preview = desk.sheets.preview(path)
    notes = [[p.message.key for p in row.problems] for row in preview.plan.rows]
    result = desk.sheets.commit(preview)
    if edited == "10.90":
        assert (result.operation, notes) == (None, [[], []])
        return
    assert notes == [["sheets.offer_says_otherwise"], []]
    assert result.created == {"offer": 1}
    (cell,) = desk.comparisons.compare(known).lines[0].cells
    assert [str(tier.amount) for tier in cell.offered.tiers] == ["11.3", edited]
    assert imported(desk, path).operation is None, "the edited list is in the book now"
    assert desk.lists.count("offer") == 2


def test_terms_below_a_comparison_are_each_vendors_own(desk: Desk, tmp_path: Path) -> None:
    terms: list[_Row] = [
        ["合计", "", "", "", 20500, "", 11800, ""],
        ["付款方式", "", "", "", "30%定金，余款发货前", "", "月结30天", ""],
        ["报价有效期", "", "", "", "2026-12-30", "", "2026-11-30", ""],
    ]
    imported(desk, compared(tmp_path / "a.xlsx", items=[*_ITEMS, *terms]))
    ids = desk.lists.ids("offer")
    told = desk.lists.rows("offer", ids, ["supplier", "payment_terms", "valid_until"])
    assert {row[0]: row[1:] for row in told.values()} == {
        "宁波海达塑业有限公司": ("30%定金，余款发货前", date(2026, 12, 30)),
        "余姚杯业有限公司": ("月结30天", date(2026, 11, 30)),
    }
