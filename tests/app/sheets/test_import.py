"""A sheet becomes records in one operation that can be taken back, and never the same twice."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError, Cancelled
from app.kernel.messages import Message
from app.sheets.layouts import Layouts
from app.sheets.mapping.columns import Overrides
from app.sheets.plan.outcome import OnDuplicate, Outcome
from app.sheets.service import ImportOptions, ImportResult

Taken = Callable[[str], Path]


@pytest.fixture
def taken(shared_sheets: Path, tmp_path: Path) -> Taken:
    """A copy of a real sheet, beside which rejected rows may be written."""

    def copy(name: str) -> Path:
        return Path(shutil.copy(shared_sheets / name, tmp_path))

    return copy


def imported(desk: Desk, path: Path, **options: object) -> ImportResult:
    return desk.sheets.commit(desk.sheets.preview(path, ImportOptions(**options)))


def sheet(path: Path, *rows: list[object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_fair_contacts_become_companies_and_people(desk: Desk, taken: Taken) -> None:
    result = imported(desk, taken("made/canton-fair-contacts.xlsx"))
    assert (result.created["supplier"], result.created["contact"]) == (41, 41)
    people = [len(desk.directory_views.company(i).contacts) for i in desk.lists.ids("supplier")]
    assert sorted(people) == [0, *[1] * 39, 2]


def test_a_price_list_becomes_one_factory_with_priced_products(desk: Desk, taken: Taken) -> None:
    result = imported(desk, taken("made/factory-price-list.xlsx"))
    assert result.created == {"supplier": 1, "product": 22, "price": 66, "picture": 19}
    products = [desk.directory_views.product(i) for i in desk.lists.ids("product")]
    assert all(len(product.prices) == 3 for product in products)
    assert {price.values["currency"] for p in products for price in p.prices} == {"CNY"}
    assert {price.values["includes_vat"] for p in products for price in p.prices} == {True}
    assert sum(len(product.pictures) for product in products) == 19
    assert all(product.category for product in products)


def test_inquiries_bring_their_buyers(desk: Desk, taken: Taken) -> None:
    result = imported(desk, taken("made/buyers-inquiries-gbk.csv"))
    assert result.created["inquiry"] == 30
    details = [desk.inquiry_views.inquiry(i) for i in desk.lists.ids("inquiry")]
    assert all(detail.buyer and len(detail.lines) == 1 for detail in details)
    texts = {line.values["quantity_text"] for detail in details for line in detail.lines}
    assert "2x40HQ" in texts


@pytest.mark.parametrize(
    "name",
    [
        "made/canton-fair-contacts.xlsx",
        "made/factory-price-list.xlsx",
        "made/factory-wps-cell-pictures.xlsx",
        "made/buyers-inquiries-gbk.csv",
        "suppliers/osh-list12-same.csv",
        "inquiries/kbeauty-buyers-79.csv",
    ],
)
def test_the_same_file_again_changes_nothing(desk: Desk, taken: Taken, name: str) -> None:
    path = taken(name)
    assert imported(desk, path).operation is not None
    steps = len(desk.history.operations())
    again = imported(desk, path)
    assert (again.operation, again.created, again.updated) == (None, {}, {})
    assert len(desk.history.operations()) == steps


def test_undo_takes_an_import_back_and_redo_brings_it_again(desk: Desk, taken: Taken) -> None:
    result = imported(desk, taken("made/factory-price-list.xlsx"))
    undone = desk.history.undo(result.operation)
    assert undone.kept == ()
    assert desk.lists.count("product") == desk.lists.count("supplier") == 0
    desk.history.redo()
    assert desk.lists.count("product") == 22


def test_undo_of_an_import_keeps_what_was_used_since(desk: Desk, taken: Taken) -> None:
    result = imported(desk, taken("made/factory-price-list.xlsx"))
    product = desk.lists.ids("product")[0]
    desk.inquiries.add(
        InquiryDraft(buyer="Nordic", lines=[{"wording": "cup", "product_id": product}])
    )
    undone = desk.history.undo(result.operation)
    assert {(row.kind, row.why.value) for row in undone.kept} >= {("product", "still_used")}
    assert list(desk.lists.ids("product")) == [product]
    assert desk.lists.count("supplier") == 1


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_a_cancelled_import_leaves_nothing(desk: Desk, tmp_path: Path, share: float) -> None:
    companies = ([f"宁波{number}号塑料制品厂", "宁波"] for number in range(900))
    preview = desk.sheets.preview(sheet(tmp_path / "a.csv", ["公司名称", "城市"], *companies))
    told: list[int] = []

    class Cancelling:
        def at(self, message: Message, done: int = 0, total: int = 0) -> None:
            if message.key == "sheets.writing":
                told.append(done)
                if done >= share * total:
                    raise Cancelled

    with pytest.raises(Cancelled):
        desk.sheets.commit(preview, progress=Cancelling())
    assert told == sorted(set(told))
    assert desk.lists.count("supplier") == 0
    assert desk.history.operations() == []


def test_a_known_company_gains_only_what_it_lacks(desk: Desk, tmp_path: Path) -> None:
    company = desk.directory.add(
        "supplier", {"name_zh": "宁波海达塑料制品有限公司", "city": "宁波"}
    )
    path = sheet(
        tmp_path / "a.csv",
        ["公司名称", "城市", "网址", "联系人", "手机"],
        ["宁波海达塑料制品有限公司", "杭州", "www.haida.cn", "李明朗", "13800000000"],
        ["义乌新星日用品厂", "义乌", "", "", ""],
    )
    result = imported(desk, path)
    assert (result.created["supplier"], result.updated["supplier"]) == (1, 1)
    detail = desk.directory_views.company(company)
    assert (detail.values["city"], detail.values["website"]) == ("宁波", "www.haida.cn")
    assert detail.contacts[0].points[0].values["value"] == "13800000000"


def test_two_rows_that_are_one_company_of_the_book_both_add_to_it(
    desk: Desk, tmp_path: Path
) -> None:
    names = {"name_zh": "宁波海达塑业有限公司", "name_en": "Ningbo Haida Plastics Co., Ltd."}
    known = desk.directory.add("supplier", {**names, "website": "haida-plastics.cn"})
    head: list[object] = ["Company", "City", "Website", "Year established", "Tel"]
    rows: list[list[object]] = [
        ["宁波海达塑业", "余姚", "www.haida-plastics.cn", "", "0574-62345678"],
        ["Haida Plastics", "", "http://haida-plastics.cn", 2004, "0574-62345678"],
    ]
    preview = desk.sheets.preview(sheet(tmp_path / "a.csv", head, *rows))
    assert [row.outcome for row in preview.plan.rows] == [Outcome.UPDATE, Outcome.MERGE]
    assert {row.match.record_id for row in preview.plan.rows if row.match} == {known}
    assert all(row.match for row in preview.plan.rows), "the second may be told to be another"
    desk.sheets.commit(preview)
    company = desk.directory_views.company(known)
    assert (company.values["city"], company.values["established_year"]) == ("余姚", 2004)
    assert len(company.points) == 1


def test_duplicates_can_be_overwritten_skipped_or_made_again(desk: Desk, tmp_path: Path) -> None:
    company = desk.directory.add(
        "supplier", {"name_zh": "宁波海达塑料制品有限公司", "city": "宁波"}
    )
    path = sheet(tmp_path / "a.csv", ["公司名称", "城市"], ["宁波海达塑料制品有限公司", "杭州"])
    skipped = imported(desk, path, on_duplicate=OnDuplicate.SKIP)
    assert (skipped.operation, skipped.skipped) == (None, 1)
    imported(desk, path, on_duplicate=OnDuplicate.OVERWRITE)
    assert desk.directory_views.company(company).values["city"] == "杭州"
    made = imported(desk, path, on_duplicate=OnDuplicate.CREATE)
    assert made.created["supplier"] == 1
    assert desk.lists.count("supplier") == 2


def test_a_new_price_list_adds_dated_prices_and_overwrites_none(
    desk: Desk, tmp_path: Path, clock: object
) -> None:
    heading = ["供应商名称", "货号", "品名", "单价(RMB)"]
    first = sheet(
        tmp_path / "1.csv",
        heading,
        ["甲厂", "0012", "保温杯", "12.50"],
        ["乙厂", "0012", "水杯", "8"],
    )
    second = sheet(tmp_path / "2.csv", heading, ["甲厂", "0012", "保温杯", "13.20"])
    imported(desk, first)
    clock.moment = clock.moment.replace(month=4)
    result = imported(desk, second)
    assert result.created == {"price": 1}
    products = [desk.directory_views.product(i) for i in desk.lists.ids("product")]
    prices = {p.supplier: [price.values["amount"] for price in p.prices] for p in products}
    assert prices == {"甲厂": [Decimal("13.2"), Decimal("12.5")], "乙厂": [Decimal(8)]}
    assert {p.values["item_number"] for p in products} == {"0012"}


def test_unmapped_columns_are_kept_under_their_heading(desk: Desk, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.csv", ["公司名称", "城市", "缘分指数"], ["甲厂有限公司", "宁波", "很高"]
    )
    result = imported(desk, path)
    assert result.unmapped == ("缘分指数",)
    detail = desk.directory_views.company(desk.lists.ids("supplier")[0])
    assert detail.custom["缘分指数"] == "很高"


def test_a_rejected_row_goes_to_a_file_that_imports_after_correction(
    desk: Desk, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "p.csv",
        ["Supplier", "Item No.", "Product name", "Price USD"],
        ["Haida", "A1", "Cup", "1.20"],
        ["Haida", "", "", "1.30"],
        ["Haida", "A3", "Lid", "0.30"],
    )
    result = imported(desk, path, kind="products")
    assert (result.created["product"], result.rejected) == (2, 1)
    assert result.rejected_file.is_relative_to(desk.folder)
    book = load_workbook(result.rejected_file)
    page = book.worksheets[0]
    assert page.max_row == 2
    assert "product" in str(page["A2"].value).lower()
    page["C2"].value, page["D2"].value = "A2", "Bottle"
    book.save(result.rejected_file)
    again = imported(desk, result.rejected_file, kind="products")
    assert (again.created["product"], again.unmapped) == (1, ())


def test_the_corrected_rows_are_read_as_the_sheet_they_stood_in_was(
    desk: Desk, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "p.csv",
        ["Supplier", "Item No.", "Product name", "Price USD", "暗号"],
        ["Haida", "A1", "Cup", "1.20", "天王"],
        ["Haida", "", "", "1.30", "宝塔"],
    )
    result = imported(desk, path, overrides=Overrides({"暗号": "brand"}))
    book = load_workbook(result.rejected_file)
    page = book.worksheets[0]
    page["C2"].value, page["D2"].value = "A2", "Bottle"
    book.save(result.rejected_file)
    again = imported(desk, result.rejected_file)
    newest = desk.directory_views.product(desk.lists.ids("product")[0])
    assert (newest.values["brand"], newest.custom, again.unmapped) == ("宝塔", {}, ())


def test_a_mapping_is_remembered_for_the_layout(desk: Desk, tmp_path: Path) -> None:
    rows = ["公司名称", "城市", "暗号"], ["甲厂有限公司", "宁波", "天王盖地虎"]
    path = sheet(tmp_path / "a.csv", *rows)
    imported(desk, path, overrides=Overrides({"暗号": "company_short"}))
    other = sheet(tmp_path / "b.csv", rows[0], ["乙厂有限公司", "义乌", "宝塔镇河妖"])
    imported(desk, other)
    newest = desk.directory_views.company(desk.lists.ids("supplier")[0])
    assert newest.values["short_name"] == "宝塔镇河妖"


def test_of_two_layouts_in_one_file_what_was_said_last_holds(
    desk: Desk, clock: Any, tmp_path: Path
) -> None:
    first = sheet(tmp_path / "a.csv", ["公司名称", "代号X"], ["海达厂", "A1"])
    second = sheet(tmp_path / "b.csv", ["公司名称", "电话", "代号X"], ["海达厂", "123", "A1"])
    for path, field in ((first, "remark"), (second, "address"), (first, "city")):
        clock.moment += timedelta(days=1)
        imported(desk, path, kind="suppliers", overrides=Overrides({"代号X": field}))
    understood = [desk.sheets.understand(path)[1][0] for path in (second, first)]
    assert Layouts(desk._book, clock).said_of(understood).fields["代号X"] == "city"


def test_the_very_same_file_is_told_with_its_step_until_its_content_is_another(
    desk: Desk, tmp_path: Path
) -> None:
    rows = ["公司名称", "城市"], ["海达厂", "宁波"]
    path = sheet(tmp_path / "a.csv", *rows)
    assert desk.sheets.preview(path).seen is None
    step = imported(desk, path).operation
    again = Path(shutil.copy(path, tmp_path / "renamed.csv"))
    params = {"on": desk.clock.today(), "step": step}
    preview = desk.sheets.preview(again)
    revised = desk.sheets.revise(preview, ImportOptions(kind="buyers"))
    assert preview.seen == revised.seen == Message("sheets.seen_before", **params)
    desk.history.undo()
    assert desk.sheets.preview(again).seen == Message("sheets.seen_before_undone", **params)
    sheet(path, *rows, ["三江厂", "义乌"])
    assert desk.sheets.preview(path).seen is None


def test_a_file_without_a_table_says_so(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "blank.xlsx")
    with pytest.raises(AppError):
        imported(desk, tmp_path / "blank.xlsx")
    assert desk.history.operations() == []


def test_a_preview_says_what_each_row_will_do(desk: Desk, tmp_path: Path) -> None:
    desk.directory.add("supplier", {"name_zh": "宁波海达塑料制品有限公司", "city": "宁波"})
    path = sheet(
        tmp_path / "a.csv",
        ["公司名称", "城市"],
        ["宁波海达塑料制品有限公司", "宁波"],
        ["乙厂有限公司", "义乌"],
        ["乙厂有限公司", "义乌"],
    )
    rows = desk.sheets.preview(path).plan.rows
    assert [row.outcome for row in rows] == [Outcome.UNCHANGED, Outcome.CREATE, Outcome.MERGE]
    assert rows[0].match.reasons[0].message.key == "directory.same_name"
    assert desk.history.operations()[0].message.key == "directory.add.supplier"


def test_a_card_becomes_a_company_and_its_person(desk: Desk, tmp_path: Path) -> None:
    card = tmp_path / "card.vcf"
    card.write_text(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Rossi\r\nORG:Casa Milano SRL\r\n"
        "TITLE:Buyer\r\nEMAIL:anna@casa.example\r\nEND:VCARD\r\n",
        encoding="utf-8",
    )
    result = imported(desk, card)
    assert result.created == {"supplier": 1, "contact": 1}
    (person,) = desk.lists.ids("contact")
    values = desk.directory_views.contact(person).values
    assert (values["name"], values["job_title"]) == ("Anna Rossi", "Buyer")


def test_people_may_come_first_in_a_later_row(desk: Desk, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.csv",
        ["公司名称", "联系人", "手机"],
        ["甲厂有限公司", "", "13800000001"],
        ["乙厂有限公司", "李明朗", "13800000002"],
    )
    assert imported(desk, path).created == {"supplier": 2, "contact": 1}


def test_a_value_given_to_a_layout_is_remembered_and_forgotten_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("Item no,Product,Price\nA-1,Chair,3.5\nA-2,Table,9\n", encoding="utf-8")
    said = {"currency": "EUR", "company": "Haida Ltd"}
    options = ImportOptions(overrides=Overrides(constants=said))
    desk.sheets.commit(desk.sheets.preview(path, options))
    path.write_text("Item no,Product,Price\nB-1,Lamp,4\nB-2,Bench,7\n", encoding="utf-8")
    again = desk.sheets.preview(path)
    # The supplier is this file's own; another factory may use the same headings.
    assert again.options.overrides.constants == {"currency": "EUR"}
    assert {price.currency for one in again.plan.products for price in one.draft.prices} == {"EUR"}
    without = replace(again.options, overrides=Overrides())
    desk.sheets.commit(desk.sheets.revise(again, without))
    assert desk.sheets.preview(path).options.overrides.constants == {}


def test_a_person_without_a_company_joins_the_one_with_the_mail_s_domain(
    desk: Desk, tmp_path: Path
) -> None:
    known = sheet(
        tmp_path / "a.csv",
        ["公司名称", "邮箱"],
        ["宁波海达塑料有限公司", "sales@haida.example.com"],
    )
    imported(desk, known)
    people = sheet(
        tmp_path / "people.csv",
        ["Name", "Mobile", "Email"],
        ["Li Ming", "13800001234", "li@haida.example.com"],
        ["Wang Wei", "13800001235", "wang@qq.com"],
    )
    assert imported(desk, people).created["supplier"] == 1
    company = desk.directory_views.company(1)
    assert [person.values["name"] for person in company.contacts] == ["Li Ming"]
    assert company.values["name_en"] is None
    assert imported(desk, people).operation is None


@pytest.mark.parametrize(
    "headings",
    [
        ["Supplier", "Contact person", "Item No.", "Product name", "Price USD", "MOQ"],
        [
            "Buyer",
            "Contact person",
            "Inquiry No.",
            "Product wanted",
            "Target price USD",
            "Quantity",
        ],
    ],
)
def test_people_of_a_cell_beside_goods_keep_their_mails(
    desk: Desk, tmp_path: Path, headings: list[str]
) -> None:
    people = "Mario Rossi, m@uno.it\nAnna Bo, a@uno.it"
    path = sheet(
        tmp_path / "a.csv",
        headings,
        ["Uno S.p.A.", people, "A-100", "steel cup 500 ml", "1.20", "500"],
        ["Uno S.p.A.", people, "A-101", "steel cup 750 ml", "1.50", "500"],
    )
    imported(desk, path)
    found = [desk.directory_views.contact(id_) for id_ in sorted(desk.lists.ids("contact"))]
    said = [(p.values["name"], [point.values["value"] for point in p.points]) for p in found]
    assert said == [("Mario Rossi", ["m@uno.it"]), ("Anna Bo", ["a@uno.it"])]
    kept = [desk.directory_views.product(id_).custom for id_ in desk.lists.ids("product")]
    assert not any(kept)


def test_an_extension_is_kept_where_the_book_has_the_number_without_one(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    for phone, created in (
        ("+1 617 555 0101", True),
        ("+1 617 555 0101 ext. 12", True),
        ("+1 (617) 555-0101 x12", False),
        ("+1 617 555 0101", False),
    ):
        file.write_text(f"Company,Phone\nArdent Foods Ltd,{phone}\n", encoding="utf-8")
        result = desk.sheets.commit(desk.sheets.preview(file))
        assert (result.operation is not None) is created, phone
    assert len(desk.lists.ids("supplier")) == 1


def test_each_of_several_people_in_a_cell_has_their_own_mail(desk: Desk, tmp_path: Path) -> None:
    contacts = "Mario Rossi (Sales), m.rossi@ex.it\nLucia Bianchi, +39 347 1234567, l.bianchi@ex.it"
    path = sheet(
        tmp_path / "a.csv",
        ["Exhibitor", "Country", "Contacts", "Booth No."],
        ["Uno S.p.A.", "Italy", contacts, "3.1A12"],
        ["Due S.r.l.", "Italy", contacts.replace("@ex.it", "@due.it"), "3.1A14"],
    )
    assert imported(desk, path).created == {"supplier": 2, "contact": 4}
    people = [desk.directory_views.contact(id_) for id_ in sorted(desk.lists.ids("contact"))]
    said = [(p.values["name"], [point.values["value"] for point in p.points]) for p in people]
    assert said[:2] == [
        ("Mario Rossi", ["m.rossi@ex.it"]),
        ("Lucia Bianchi", ["+39 347 1234567", "l.bianchi@ex.it"]),
    ]
