"""Owns the tests of understanding whole workbooks: kinds, mappings, records and facts.

Must not test single cells or layouts; their own tests do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

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
