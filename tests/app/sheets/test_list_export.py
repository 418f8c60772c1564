"""A list that was exported imports back without a change, and brings the same data to an empty book."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from new_book import new_book
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image
from sqlalchemy import select

from app.desk import Desk
from app.directory.views import CompanyDetail
from app.kernel.errors import AppError, Cancelled
from app.kernel.language import LANGUAGES
from app.kernel.messages import Message
from app.sheets.export.columns import TEMPLATE_FIELDS, heading
from app.sheets.export.words import as_csv
from app.sheets.headings import readings
from app.sheets.service import ImportOptions, ImportResult
from app.sheets.targets import KINDS as SHEET_KINDS
from database.records import ContactRecord

Given = Callable[[str], Path]
TARGETS_OF = {
    "supplier": SHEET_KINDS["suppliers"],
    "buyer": SHEET_KINDS["buyers"],
    "contact": SHEET_KINDS["contacts"],
    "product": SHEET_KINDS["products"],
    "inquiry": SHEET_KINDS["inquiries"],
}


@pytest.fixture
def given(shared_sheets: Path, tmp_path: Path) -> Given:
    return lambda name: Path(shutil.copy(shared_sheets / name, tmp_path))


def imported(desk: Desk, path: Path, **options: object) -> ImportResult:
    return desk.sheets.commit(desk.sheets.preview(path, ImportOptions(**options)))


def facts(desk: Desk, kind: str, passed_over: set[str]) -> list[dict[str, object]]:
    """What a list shows, apart from what tells when and from where it came."""
    counts = {"created_at", "source", "products", "inquiries", "quotations"} | passed_over
    keys = [f.key for f in desk.lists.listing(kind).fields if f.key not in counts]
    rows = desk.lists.rows(kind, desk.lists.ids(kind), keys)
    return sorted((dict(zip(keys, row, strict=True)) for row in rows.values()), key=repr)


CASES = [
    ("made/canton-fair-contacts.xlsx", "supplier", ".csv", "zh_CN"),
    ("made/canton-fair-contacts.xlsx", "contact", ".xlsx", "zh_CN"),
    ("made/canton-fair-contacts.xlsx", "contact", ".csv", "en"),
    ("made/factory-price-list.xlsx", "product", ".csv", "en"),
    ("made/factory-wps-cell-pictures.xlsx", "product", ".xlsx", "zh_CN"),
    ("made/buyers-inquiries-gbk.csv", "inquiry", ".xlsx", "zh_CN"),
    ("made/buyers-inquiries-gbk.csv", "inquiry", ".csv", "en"),
    ("suppliers/osh-list12-same.csv", "supplier", ".xlsx", "en"),
    ("inquiries/kbeauty-buyers-79.csv", "buyer", ".csv", "zh_CN"),
]


@pytest.mark.parametrize(("name", "kind", "suffix", "language"), CASES)
def test_an_exported_list_changes_nothing_here_and_says_the_same_elsewhere(
    desk: Desk, given: Given, tmp_path: Path, name: str, kind: str, suffix: str, language: str
) -> None:
    imported(desk, given(name))
    target = tmp_path / f"out{suffix}"
    count = desk.sheets.export(kind, target, language=language)
    assert count == desk.lists.count(kind)
    preview = desk.sheets.preview(target)
    back = desk.sheets.commit(preview)
    assert (back.operation, back.created, back.updated, back.rejected) == (None, {}, {}, 0)
    other = Desk(new_book(tmp_path / "other"), clock=desk.clock)
    try:
        other.sheets.commit(replace(preview, planned_at=-1))
        passed_over = {"picture"} if suffix == ".csv" else set()
        assert facts(desk, kind, passed_over) == facts(other, kind, passed_over)
    finally:
        other.close()


def every_text(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as package:
        return "".join(
            package.read(name).decode("utf-8", "replace")
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_text_from_outside_becomes_a_formula_or_a_link(
    desk: Desk, tmp_path: Path, start: str
) -> None:
    bad = f'{start}HYPERLINK("http://x.example","y")'
    desk.directory.add("supplier", {"name_en": bad, "website": "http://x.example", "grade": bad})
    book, text = tmp_path / "out.xlsx", tmp_path / "out.csv"
    desk.sheets.export("supplier", book)
    desk.sheets.export("supplier", text)
    content = every_text(book)
    assert "<f>" not in content
    assert "<hyperlink" not in content
    with text.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_phones_and_numbers_stay_as_they_are_in_csv() -> None:
    for text in ("+86 574 8765 4321", "-5.2", "+8613800000000", "+49 (0)40 123-45"):
        assert as_csv(text) == text
    assert as_csv("-2+3+cmd|' /C calc'!A0").startswith("'")


def test_a_custom_field_named_like_a_field_stays_custom(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(
        "Supplier name,City,Custom: Price,Lucky word\nHaida Co.,Ningbo,12,very long\n",
        encoding="utf-8",
    )
    imported(desk, source, kind="suppliers")
    assert desk.directory_views.company(desk.lists.ids("supplier")[0]).custom == {
        "Price": "12",
        "Lucky word": "very long",
    }
    target = tmp_path / "out.csv"
    desk.sheets.export("supplier", target)
    heading = target.read_text(encoding="utf-8-sig").splitlines()[0]
    assert heading.endswith("Custom: Price,Lucky word") or "Custom: Price" in heading
    assert imported(desk, target).operation is None


def test_several_people_points_booths_and_notes_are_kept(desk: Desk, tmp_path: Path) -> None:
    company = desk.directory.add(
        "supplier", {"name_zh": "宁波海达塑料制品有限公司", "country": "CN"}
    )
    source = tmp_path / "a.csv"
    source.write_text(
        "公司名称,联系人,手机,邮箱,微信,展位号,备注\n"
        "宁波海达塑料制品有限公司,王丽,13800000001,a@haida.cn; b@haida.cn,wl01,9.1A01,来过两次\n"
        "宁波海达塑料制品有限公司,李明,13800000002,c@haida.cn,lm02,9.1A02,价格偏高\n",
        encoding="utf-8",
    )
    imported(desk, source)
    for suffix in (".xlsx", ".csv"):
        target = tmp_path / f"out{suffix}"
        desk.sheets.export("supplier", target, language="zh_CN")
        preview = desk.sheets.preview(target)
        assert desk.sheets.commit(preview).operation is None
    other = Desk(new_book(tmp_path / "other"), clock=desk.clock)
    try:
        other.sheets.commit(replace(preview, planned_at=-1))
        there = other.directory_views.company(other.lists.ids("supplier")[0])
        here = desk.directory_views.company(company)
        assert told(there) == told(here)
        assert len(there.contacts) == 2
    finally:
        other.close()


def test_the_first_person_to_write_to_is_the_first_in_the_list(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("公司名称,联系人\n海达塑料厂,王丽\n海达塑料厂,李明\n", encoding="utf-8")
    imported(desk, source)
    with desk._book.write("directory.op.add") as scope:
        person = scope.scalars(select(ContactRecord).where(ContactRecord.name == "李明")).one()
        person.is_primary = True
    target = tmp_path / "out.csv"
    desk.sheets.export("supplier", target, language="zh_CN")
    preview = desk.sheets.preview(target)
    assert desk.sheets.commit(preview).operation is None
    other = Desk(new_book(tmp_path / "other"), clock=desk.clock)
    try:
        other.sheets.commit(replace(preview, planned_at=-1))
        there = other.directory_views.company(other.lists.ids("supplier")[0])
        assert [one.values["name"] for one in there.contacts] == ["李明", "王丽"]
    finally:
        other.close()


def told(detail: CompanyDetail) -> object:
    people = [(c.values["name"], [p.values["value"] for p in c.points]) for c in detail.contacts]
    return (
        people,
        [b.values["booth"] for b in detail.booths],
        [n.values["text"] for n in detail.notes],
    )


def test_contacts_become_cards(desk: Desk, tmp_path: Path, given: Given) -> None:
    imported(desk, given("made/canton-fair-contacts.xlsx"))
    target = tmp_path / "people.vcf"
    assert desk.sheets.export("contact", target) == 41
    preview = desk.sheets.preview(target)
    assert len(preview.plan.rows) == 41
    back = desk.sheets.commit(preview)
    assert (back.created, back.rejected) == ({}, 0)
    with pytest.raises(AppError, match="only_contacts"):
        desk.sheets.export("supplier", target)


def test_only_what_is_asked_for_is_written(desk: Desk, tmp_path: Path) -> None:
    desk.directory.add("supplier", {"name_zh": "甲厂", "country": "CN"})
    german = desk.directory.add("supplier", {"name_en": "Beta GmbH", "country": "DE"})
    target = tmp_path / "out.csv"
    assert desk.sheets.export("supplier", target, where="country:DE") == 1
    assert "甲厂" not in target.read_text(encoding="utf-8-sig")
    assert desk.sheets.export("supplier", target, ids=[german]) == 1


def test_an_export_that_fails_leaves_the_old_file(desk: Desk, tmp_path: Path) -> None:
    for number in range(300):
        desk.directory.add("supplier", {"name_zh": f"工厂{number}"})
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"as it was")

    class Cancelling:
        def at(self, message: Message, done: int = 0, total: int = 0) -> None:
            if done > 400:
                raise Cancelled

    with pytest.raises(Cancelled):
        desk.sheets.export("supplier", target, progress=Cancelling())
    assert target.read_bytes() == b"as it was"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("kind", TEMPLATE_FIELDS)
def test_a_filled_template_is_understood(tmp_path: Path, kind: str) -> None:
    for language in ("en", "zh_CN"):
        for key in TEMPLATE_FIELDS[kind]:
            found = readings((heading(kind, key, language),))
            rules = TARGETS_OF[kind]
            assert rules.readings.get(found[0].field, found[0].field) == key, (language, key)
            assert found[0].strength >= 0.9, (language, key)


def test_the_template_has_help_and_drop_downs(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "template.xlsx"
    desk.sheets.write_template("product", target, language="zh_CN")
    page = load_workbook(target).worksheets[0]
    assert "导入" in page["A1"].value
    assert len(page.data_validations.dataValidation) == 4
    by_heading = {page.cell(2, place).value: place for place in range(1, page.max_column + 1)}
    for heading_, value in (("货号", "A1"), ("品名", "保温杯"), ("价格", 12.5), ("币种", "USD")):
        page.cell(3, by_heading[heading_]).value = value
    page.parent.save(target)
    assert imported(desk, target).created == {"product": 1, "price": 1}


def test_what_can_not_be_exported_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="unknown_kind"):
        desk.sheets.export("picture", tmp_path / "a.csv")
    with pytest.raises(AppError, match="unknown_format"):
        desk.sheets.export("supplier", tmp_path / "a.pdf")


def test_photograph_that_was_exported_is_known_again(desk: Desk, tmp_path: Path) -> None:
    """Encoding a photograph anew changes it a little each time; it is the same one nevertheless."""
    photograph = Image.effect_noise((24, 16), 60).convert("RGB")
    stored = io.BytesIO()
    photograph.save(stored, "JPEG", quality=70)
    book = Workbook()
    sheet = book.active
    sheet.append(["Item No.", "Product", "Price (USD)", "Picture"])
    sheet.append(["A-1", "Lamp", 3.5])
    sheet.add_image(SheetImage(stored), "D2")
    book.save(tmp_path / "list.xlsx")
    assert imported(desk, tmp_path / "list.xlsx").pictures == 1
    desk.sheets.export("product", tmp_path / "again.xlsx")
    result = imported(desk, tmp_path / "again.xlsx")
    assert (dict(result.created), dict(result.updated)) == ({}, {})


def test_a_printed_list_says_its_headings_on_every_sheet_of_paper(
    desk: Desk, given: Given, tmp_path: Path
) -> None:
    imported(desk, given("made/canton-fair-contacts.xlsx"))
    desk.sheets.export("supplier", tmp_path / "list.xlsx")
    desk.sheets.write_template("supplier", tmp_path / "empty.xlsx")
    for name, heading_row in (("list.xlsx", "$1:$1"), ("empty.xlsx", "$2:$2")):
        sheet = load_workbook(tmp_path / name).active
        assert sheet.print_title_rows == heading_row
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_a_workbook_shows_whole_what_stands_in_it_and_says_days_in_its_language(
    desk: Desk, tmp_path: Path
) -> None:
    name = "Stainless steel vacuum flask 350 ml"
    fields = {"name_zh": "保温杯", "name_en": name, "unit": "PCS", "moq": 1000}
    times = {"lead_time_days_min": 25, "lead_time_days_max": 30}
    desk.directory.add("product", {"item_number": "LZ-1", **fields, **times})
    target = tmp_path / "out.xlsx"
    desk.sheets.export("product", target, language="zh_CN")
    sheet = load_workbook(target).active
    places = {cell.value: cell for cell in sheet[2]}
    assert sheet.column_dimensions[places[name].column_letter].width > len(name)
    assert sheet.column_dimensions[places["PCS"].column_letter].width < 14
    assert "25 - 30 天" in places
    above = sheet.cell(1, places[1000].column)
    assert above.alignment.horizontal == places[1000].alignment.horizontal == "right"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("low", "high"), [(None, 30), (15, None), (1, 1), (15, 30)])
def test_lead_times_come_back_in_either_language(
    desk: Desk, tmp_path: Path, language: str, low: int | None, high: int | None
) -> None:
    times = {"lead_time_days_min": low, "lead_time_days_max": high}
    desk.directory.add("product", {"name_zh": "保温杯", **times})
    target = tmp_path / "out.xlsx"
    desk.sheets.export("product", target, language=language)
    back = desk.sheets.commit(desk.sheets.preview(target))
    assert (back.created, back.updated) == ({}, {})
