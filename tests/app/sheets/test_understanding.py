"""Owns the tests of understanding whole workbooks: kinds, mappings, records and facts.

Must not test single cells or layouts; their own tests do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.reading import Reader
from app.sheets.records import Record
from app.sheets.understanding import UnderstoodSheet, understand

Understood = Callable[[str], list[UnderstoodSheet]]


@pytest.fixture(scope="session")
def understood(shared_sheets: Path, reader: Reader) -> Understood:
    """What is taken of a shared file; each file is read once."""
    known: dict[str, list[UnderstoodSheet]] = {}

    def of(file: str) -> list[UnderstoodSheet]:
        if file not in known:
            known[file] = understand(reader.read(shared_sheets / file))
        return known[file]

    return of


def taken(sheets: list[UnderstoodSheet]) -> UnderstoodSheet:
    return next(sheet for sheet in sheets if sheet.is_taken)


def record(sheet: UnderstoodSheet, number: int) -> Record:
    return next(found for found in sheet.records() if found.number == number)


def test_fair_contacts_are_41_companies_with_41_people(understood: Understood) -> None:
    sheet = taken(understood("made/canton-fair-contacts.xlsx"))
    records = list(sheet.records())
    assert sheet.kind == "suppliers"
    assert len({str(found.values["company"]).strip() for found in records}) == 41
    assert sum("contact" in found.values for found in records) == 41
    first = records[0]
    assert first.values["company"] == "宁波市宏达家居用品厂"
    assert [phone.e164 for phone in first.values["mobile"]] == ["+8613818470054"]
    assert first.values["booth"] == ("16.1G28",)
    second = records[1]
    assert second.values["wechat"] == "wx_604684"
    assert second.values["email"] == ("sales1@ruixin-houseware1.example.com",)
    assert not sheet.picture_count


def test_a_factory_price_list_has_a_supplier_tiers_and_pictures(understood: Understood) -> None:
    sheet = taken(understood("made/factory-price-list.xlsx"))
    records = list(sheet.records())
    prices = [price for found in records for price in found.values["price"]]
    assert (sheet.kind, len(records), len(prices)) == ("products", 22, 66)
    assert {(price.currency, price.includes_vat, price.vat_rate) for price in prices} == {
        ("CNY", True, Decimal("0.13"))
    }
    assert sorted({(price.at_least, price.at_most) for price in prices}, key=str) == [
        (1000, 4999),
        (500, 999),
        (5000, None),
    ]
    assert [len(found.pictures) for found in records].count(1) == 19
    assert sheet.facts["company"] == "宁波宏达家居用品有限公司"
    assert sheet.facts["email"] == ("sales@hongda-houseware.example.com",)
    assert sheet.facts["valid_until"] == date(2026, 12, 31)
    assert {found.group for found in records} == {
        "厨房系列 Kitchen",
        "杯壶系列 Drinkware",
        "收纳系列 Storage",
    }
    first = records[0].values
    assert first["item_no"] == "0100"
    assert first["hs_code"] == "7323930000"
    assert (first["gross_weight"], first["net_weight"]) == (Decimal("13.9"), Decimal("7.3"))
    assert first["carton_size"].length_cm == 50


def test_buyers_inquiries_have_quantities_prices_terms_and_dates(understood: Understood) -> None:
    sheet = taken(understood("made/buyers-inquiries-gbk.csv"))
    records = list(sheet.records())
    assert (sheet.kind, len(records)) == ("inquiries", 30)
    first, second = records[0].values, records[1].values
    assert (first["buyer"], first["country"]) == ("Kestrel Trading 0 S.A.", "DE")
    assert (first["quantity"].amount, first["quantity"].container) == (2, "40HQ")
    assert (first["incoterm"].code, first["incoterm"].place) == ("FOB", "Ningbo")
    assert (second["target_price"].amount, second["target_price"].currency) == (
        Decimal("0.95"),
        "EUR",
    )
    assert {found.values["inquired_on"] for found in records} == {date(2026, 3, 5)}


# file, record's row (from 1), some of its values as text
RECORDS = [
    (
        "suppliers/osh-winter2019-compliance-352.csv",
        2,
        {"company": "BOX RING", "country": "PK", "latitude": "32.4784473"},
    ),
    (
        "suppliers/osh-list02-china-footwear.csv",
        3,
        {"company": "QUANZHOU XINXING FOOTWEAR CO., LTD", "country": "CN"},
    ),
    (
        "suppliers/cn-listed-companies-gbk.csv",
        2,
        {"company_code": "000004.SZ", "company_short": "国农科技"},
    ),
    (
        "fairs/hannover-messe-2018-exhibitors.csv",
        2,
        {"country": "IT", "city": "Sassuolo", "postal_code": "41049"},
    ),
    (
        "pricelists/ru-tv-ac-led-images-multisheet.xlsx",
        9,
        {"item_no": "22S1650EV", "barcode": "6221127010527", "product": "TOSHIBA 22S1650EV"},
    ),
    (
        "pricelists/cn-jd-upload-template-spraypaint.xls",
        9,
        {"model": "B-1088", "origin": "CN", "length": "30.0", "unit": "can", "weight": "0.4"},
    ),
    (
        "pricelists/ru-pipes-one-sheet.xls",
        12,
        {"product": "Бурт DIZAYN", "size": "75", "unit": "pcs"},
    ),
    (
        "pricelists/fashion-lineup-images-per-row.xlsx",
        19,
        {"item_no": "0186", "product": "POCHETTE"},
    ),
    ("pricelists/ph-fans-size-price.xlsx", 6, {"product": "TAF", "size": "12"}),
    (
        "quotations/quotation-h2-many-items.csv",
        4,
        {"item_no": "1.1.1", "product": "PROJECT CONTROLS SETUP ASSEMBLY", "currency": "CNY"},
    ),
    ("inquiries/kbeauty-buyers-79.csv", 3, {"company": "Lena Reklam Kozmetik", "country": "TR"}),
]


@pytest.mark.parametrize(
    ("file", "number", "values"), RECORDS, ids=[f"{file}:{number}" for file, number, _ in RECORDS]
)
def test_records_of_real_sheets_are_exact(
    understood: Understood, file: str, number: int, values: dict[str, str]
) -> None:
    found = record(taken(understood(file)), number).values
    assert {key: str(found.get(key)) for key in values} == values


@pytest.mark.parametrize(
    ("file", "pictures"),
    [
        ("made/canton-fair-contacts.xlsx", 0),
        ("made/factory-price-list.xlsx", 19),
        ("made/factory-one-price.xlsx", 8),
        ("made/factory-wps-cell-pictures.xlsx", 8),
        ("pricelists/fashion-lineup-images-per-row.xlsx", 19),
        ("quotations/invoice-with-images.xlsx", 0),
    ],
)
def test_pictures_stand_on_their_own_rows_and_logos_on_none(
    understood: Understood, file: str, pictures: int
) -> None:
    sheets = understood(file)
    sheet = taken(sheets) if any(one.is_taken for one in sheets) else sheets[0]
    counts = [len(found.pictures) for found in sheet.records()]
    assert (sum(counts), max(counts)) == (pictures, min(pictures, 1))


def test_prices_of_a_russian_list_are_roubles_with_the_vat_of_its_head(
    understood: Understood,
) -> None:
    sheet = taken(understood("pricelists/ru-pipes-one-sheet.xls"))
    prices = [price for found in sheet.records() for price in found.values.get("price", ())]
    assert len(prices) == 176
    assert prices[0].amount == Decimal("41.00")
    assert {(price.currency, price.includes_vat, price.vat_rate) for price in prices} == {
        ("RUB", True, Decimal("0.18"))
    }
    assert sheet.facts["company"] == 'ООО "ПОЛИМЕРСТРОЙ"'


def test_offers_of_five_vendors_are_thirteen_rows(understood: Understood) -> None:
    sheet = taken(understood("quotations/ph-abstract-of-quotation-5vendors.xlsx"))
    found = [
        (one.values["product"], one.values["company"], str(one.values["price"][0].amount))
        for one in sheet.records()
    ]
    assert (sheet.kind, len(found)) == ("offers", 13)
    assert found[0] == ("Grinding Disc", "Bacolod Visayan Lumber", "30")
    assert found[-1] == ("Plywood", "Visayan Construction Supply", "100")


def test_a_supplier_form_above_a_list_gives_the_supplier_of_its_products(
    understood: Understood,
) -> None:
    sheet = taken(understood("suppliers/ph-vendor-profile-form.xlsx"))
    assert (sheet.kind, sheet.row_count) == ("products", 12)
    assert sheet.facts["company"] == "A-one Industrial Sales"
    assert len(sheet.facts["phone"]) == 3  # type: ignore[arg-type]
    assert sheet.facts["contact"] == "Ms. Miles"


def test_slipped_rows_are_kept_out(understood: Understood) -> None:
    sheet = taken(understood("fairs/hannover-messe-2018-exhibitors.csv"))
    wrong = [found for found in sheet.records() if found.has_errors]
    assert len(wrong) == 30
    assert all(
        any(problem.message.key == "mapping.row_is_shifted" for problem in found.problems)
        for found in wrong
    )


def test_a_line_without_quantity_and_name_is_kept_out_and_a_lost_name_is_told(
    understood: Understood,
) -> None:
    (wrong,) = taken(understood("quotations/quotation-row-error.xlsx")).records()
    assert wrong.has_errors
    (nameless,) = taken(understood("quotations/quotation-formula.xlsx")).records()
    assert [problem.message.key for problem in nameless.problems] == ["mapping.name_is_missing"]
    (dear,) = (
        found
        for found in taken(understood("pricelists/ph-products-erp-export.xlsx")).records()
        if found.problems
    )
    assert [problem.message.key for problem in dear.problems] == ["mapping.sells_below_cost"]


@pytest.mark.parametrize(
    ("file", "sheets"),
    [
        ("pricelists/ph-motor-pricelist-multirow-header.xlsx", ["HYUNDAI"]),
        (
            "pricelists/ru-tv-ac-led-images-multisheet.xlsx",
            ["TOSHIBA_HITACHI_SKYWORTH", "Кондиционеры Toshiba", "WiZ_Performance"],
        ),
        ("pricelists/cn-jd-upload-template-spraypaint.xls", ["发品模板"]),
        ("quotations/bilingual-quotation-import-template.xlsx", ["Examples 示例"]),
        ("inquiries/ph-purchase-request-form.xlsx", ["Sheet1"]),
        ("made/canton-fair-contacts.xlsx", ["第三期 Phase 3"]),
        ("reference/ports-unlocode-linerlib.csv", []),
        ("reference/hs-en-6digit.csv", []),
    ],
)
def test_the_right_sheets_are_taken(understood: Understood, file: str, sheets: list[str]) -> None:
    assert [found.sheet for found in understood(file) if found.is_taken] == sheets


LETTERHEAD = """
NINGBO SUNRISE HOUSEWARES CO., LTD.|||
电话：0574-8765 1234  联系人：刘小姐 13712345678 微信同号  地址：宁波市江南路88号|||
To: ABC Import GmbH|||Date: 2026-03-12
Attn: Mr. Schmidt|||No.: QS260312
Photo|Item No.|Description|FOB NINGBO (USD)
|SH-101|Mug 350 ml|1.85
|SH-102|Mug 450 ml|2.10
|SH-110|Board|1.42
"""


def test_a_letterhead_tells_who_writes_and_not_to_whom() -> None:
    (sheet,) = understand(workbook(drawn(LETTERHEAD)))
    assert sheet.region.headings == ("Photo", "Item No.", "Description", "FOB NINGBO (USD)")
    facts = sheet.facts
    assert (facts["company_en"], facts["contact"]) == (
        "NINGBO SUNRISE HOUSEWARES CO., LTD.",
        "刘小姐",
    )
    assert (facts["wechat"], facts["address"]) == ("13712345678", "宁波市江南路88号")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("회사명|담당자|전화번호|주소\n한빛상사|김철수|02-555-1234|서울", "+8225551234"),
        (
            "Компания|Контактное лицо|Телефон|Адрес\nМетиз|Иванов|8 (495) 123-45-67|Москва",
            "+74951234567",
        ),
        ("公司名称|联系人|电话|地址\n甲厂|王丽|0574-87651234|宁波", "+8657487651234"),
    ],
)
def test_a_phone_without_its_country_is_of_the_country_whose_language_the_headings_are_in(
    text: str, normal: str
) -> None:
    (record,) = understand(workbook(drawn(text)))[0].records()
    phones = record.values["phone"]
    assert isinstance(phones, tuple)
    assert phones[0].e164 == normal
