"""A sheet that asks for prices is an inquiry, whatever it leaves out; its letterhead says whose."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import PIL.Image
import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.sheets.understanding import understand

_ITEMS = "Grinding disc|125 mm|for steel\nCutting disc|230 mm|for stone\nPlywood|18 mm|birch"


def kind_of(text: str, *, name: str = "draft.xlsx") -> str | None:
    (table,) = understand(workbook(drawn(text), file_name=name))
    return table.kind


@pytest.mark.parametrize(
    "above",
    [
        "REQUEST FOR QUOTATION\nRFQ No: R 22-91|Buyer: Nordic Tools GmbH\n\n",
        "RFQ 2026-14\n\n",
        "Inquiry for the kitchen range\n\n",
        "询价单\n\n",
    ],
)
def test_a_title_that_asks_makes_an_inquiry_without_quantities(above: str) -> None:
    assert kind_of(f"{above}Item|Description|Spec\n{_ITEMS}") == "inquiries"


def test_prices_left_to_be_filled_in_make_no_list_of_products() -> None:
    items = "Cup|500 ml|1000|pcs|\nMug|350 ml|500|pcs|\nPot|2 l|200|pcs|"
    assert kind_of(f"RFQ 2026-14\n\nItem|Specification|Quantity|Unit|Unit price\n{items}") == (
        "inquiries"
    )


def test_the_name_of_a_file_that_asks_is_a_title_too() -> None:
    assert kind_of(f"Item|Description|Spec\n{_ITEMS}", name="Enquiry October.xlsx") == "inquiries"
    assert kind_of(f"Item|Description|Spec\n{_ITEMS}", name="October.xlsx") == "products"


def test_articles_with_their_specification_beside_a_buyer_are_what_the_buyer_wants() -> None:
    rows = "\n".join(f"{row}|Nordic Tools" for row in _ITEMS.split("\n"))
    assert kind_of(f"Item|Description|Spec|Buyer\n{rows}") == "inquiries"
    reached = "\n".join(f"{row}|a@nordic{n}.com" for n, row in enumerate(rows.split("\n")))
    assert kind_of(f"Item|Description|Spec|Buyer|E-mail\n{reached}") != "inquiries"


def test_what_has_prices_is_no_inquiry_though_it_answers_one() -> None:
    priced = "\n".join(f"{row}|1.{n}0" for n, row in enumerate(_ITEMS.split("\n")))
    title = "Quotation\nYour RFQ No: R 22-91|Customer: Nordic Tools GmbH\n\n"
    assert kind_of(f"{title}Item|Description|Spec|Unit price USD\n{priced}") == "products"
    assert kind_of(f"Inquiries to sales@haida.cn\n\nItem|Description|Spec\n{_ITEMS}") == "products"


def test_the_rows_below_one_letterhead_are_one_inquiry_of_its_buyer(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "rfq.xlsx"
    rows = [
        ["REQUEST FOR QUOTATION"],
        ["RFQ No: RFQ-2291", "", "Date: 2026-10-02"],
        ["Buyer: Nordic Tools GmbH", "", "Email: anna@nordictools.de"],
        ["Deliver to: Hamburg", "", "Required by: 2026-12-24"],
        [],
        ["No", "Item", "Spec", "Qty", "Unit"],
        ["1", "Grinding disc", "125 mm", "1000", "pcs"],
        ["2", "Cutting disc", "230 mm", "500", "pcs"],
    ]
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    result = desk.sheets.commit(desk.sheets.preview(path))
    assert result.created == {"buyer": 1, "inquiry": 1, "line": 2}
    (inquiry,) = desk.lists.ids("inquiry")
    detail = desk.inquiry_views.inquiry(inquiry)
    assert (detail.buyer, detail.values["subject"]) == (
        "Nordic Tools GmbH", "RFQ-2291 Grinding disc",
    )  # fmt: skip
    assert detail.values["destination"] == "Hamburg"
    assert detail.values["required_by_on"] == date(2026, 12, 24)
    assert [line.values["wording"] for line in detail.lines] == ["Grinding disc", "Cutting disc"]
    assert [
        p.values["value"] for p in desk.directory_views.company(detail.buyer_id or 0).points
    ] == ["anna@nordictools.de"]
    assert desk.sheets.commit(desk.sheets.preview(path)).operation is None


_RFQ = [
    ["NORDIC HOME AB"],
    ["Tel: +46 31 700 12 34   E-mail: purchase@nordichome.se"],
    ["REQUEST FOR QUOTATION"],
    ["RFQ No.:", "RFQ-2026-0417", "Contact:", "Anna Lindqvist"],
    ["Article", "Description", "Quantity", "Unit", "Needed by", "Origin", "Remarks", "Eco label"],
    ["NH-4410", "Bamboo board", 3000, "pcs", date(2026, 12, 1), "China", "oiled", "FSC"],
    ["NH-5002", "Baking mat", 5000, "pcs", None, None, None, None],
]


def imported(desk: Desk, path: Path, rows: list[list[object]], **pictures: str) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    for cell, text in pictures.items():
        content = io.BytesIO()
        PIL.Image.new("RGB", (40, 30), text).save(content, "PNG")
        book.active.add_image(Image(content), cell)  # type: ignore[union-attr]
    book.save(path)
    desk.sheets.commit(desk.sheets.preview(path))


def test_all_that_stands_in_the_row_of_a_line_is_kept_with_it(desk: Desk, tmp_path: Path) -> None:
    imported(desk, tmp_path / "rfq.xlsx", _RFQ)
    (inquiry,) = desk.lists.ids("inquiry")
    board, mat = desk.inquiry_views.inquiry(inquiry).lines
    assert board.values["specification"] == "NH-4410\noiled\nOrigin: CN\nEco label: FSC"
    assert board.values["required_by_on"] == date(2026, 12, 1)
    assert (mat.values["wording"], mat.values["specification"]) == ("Baking mat", "NH-5002")


def test_whose_paper_an_inquiry_is_on_asks_unless_it_may_be_our_own(
    desk: Desk, tmp_path: Path
) -> None:
    imported(desk, tmp_path / "rfq.xlsx", _RFQ)
    ours = [["Sunny Trading Co., Ltd."], ["E-mail: anna@sunny.com"], *_RFQ[2:]]
    imported(desk, tmp_path / "ours.xlsx", ours)
    asked = [desk.inquiry_views.inquiry(one) for one in sorted(desk.lists.ids("inquiry"))]
    assert [one.buyer for one in asked] == ["NORDIC HOME AB", None]
    (person,) = desk.directory_views.company(asked[0].buyer_id or 0).contacts
    assert person.values["name"] == "Anna Lindqvist"


def test_the_standing_and_the_number_of_an_inquiry_are_noted(desk: Desk, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Inquiry ID", "Buyer Name", "Buyer Company", "Country", "Product", "Quantity", "Status"],
        ["2308812", "Sarah Connor", "FitLife Pty", "Australia", "Yoga mat", "500 pcs", "Unread"],
        ["2308813", "Ahmed Hassan", None, "Egypt", "Foam roller", "1000 pcs", "Replied"],
    ]
    imported(desk, tmp_path / "inquiries.xlsx", rows)
    asked = [desk.inquiry_views.inquiry(one) for one in sorted(desk.lists.ids("inquiry"))]
    assert [one.values["original_text"] for one in asked] == [
        "Inquiry ID: 2308812\nStatus: Unread",
        "Inquiry ID: 2308813\nStatus: Replied",
    ]
    assert [one.buyer for one in asked] == ["FitLife Pty", "Ahmed Hassan"]


def test_pictures_of_what_is_asked_for_hang_on_the_inquiry(desk: Desk, tmp_path: Path) -> None:
    imported(desk, tmp_path / "rfq.xlsx", _RFQ, C6="red", C7="blue")
    (inquiry,) = desk.lists.ids("inquiry")
    shown = desk.files.of("inquiry", inquiry)
    assert [file.name for file in shown] == [
        "RFQ-2026-0417 Bamboo board 1.png",
        "RFQ-2026-0417 Bamboo board 2.png",
    ]
    assert len({file.sha256 for file in shown}) == 2
