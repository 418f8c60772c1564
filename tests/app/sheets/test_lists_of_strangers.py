"""Owns the tests of lists of companies and people as registers, customs and other programs write them.

Must not use files from outside.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.sheets.cells.contacts import read_phones
from app.sheets.service import ImportOptions, ImportResult
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, file_name: str = "draft.xlsx") -> UnderstoodSheet:
    return understand(workbook(drawn(text), file_name=file_name))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_numbers_behind_a_colon_in_addresses_make_a_long_list_no_form() -> None:
    rows = "\n".join(
        f"{n} | Mah. {'ABCDEFGHIJ'[n % 10]} Cad. No: {n} | info{n}@acme.example.com | 90 212 31206{n:02}"
        f" | Acme {n} Ltd. Şti. | Istanbul | cast iron pans"
        for n in range(10, 80)
    )
    sheet = one(rows)
    assert len(sheet.region.rows) == 70
    assert sheet.kind == "suppliers"
    assert fields(sheet)[2:5] == ["email", "phone", "company"]


def test_an_abbreviation_before_all_headings_is_not_read() -> None:
    sheet = one(
        """
        FORN_COD | FORN_RAZAO | FORN_CNPJ | FORN_UF | FORN_CIDADE | EMAILS
        17 | Padaria Sol Ltda | 28974967000193 | SP | Campinas | sol@sol.example.com
        18 | Mercado Lua Ltda | 11122233000144 | RJ | Niteroi | lua@lua.example.com
        """
    )
    assert sheet.kind == "suppliers"
    assert fields(sheet)[1:] == ["company", "uscc", "province", "city", "email"]


def test_whose_a_column_is_stands_behind_it_in_romance_languages() -> None:
    sheet = one(
        """
        RUC proveedor | Proveedor | Departamento | Provincia | Distrito
        20601304521 | Insumos Andinos SAC | Lima | Lima | Surco
        20601304522 | Equipos del Sur EIRL | Cusco | Cusco | Wanchaq
        """
    )
    assert fields(sheet) == ["uscc", "company", "region", "province", "city"]


def test_turkish_customers_with_first_and_last_names_are_people() -> None:
    sheet = one(
        """
        musteri_adi | musteri_soyadi | musteri_adresi | musteri_sehri | musteri_ulkesi
        Ayse | Demir | Gül Sok. 4 | Izmir | Türkiye
        Can | Kaya | Lale Cad. 17 | Bursa | Türkiye
        """
    )
    assert sheet.kind == "contacts"
    assert fields(sheet) == ["first_name", "last_name", "address", "city", "country"]


def test_yes_and_no_are_no_company_and_no_person() -> None:
    sheet = one(
        """
        name | customer | supplier | company_id | city | email
        Alpha Traders Ltd | t | f | 1 | Pune | a@alpha.example.com
        Beta Mills Ltd | t | f | 1 | Surat | b@beta.example.com
        Gamma Works Ltd | f | t | 1 | Delhi | c@gamma.example.com
        Delta Tools Ltd | t | t | 1 | Agra | d@delta.example.com
        Omega Parts Ltd | t | f | 1 | Mumbai | e@omega.example.com
        """
    )
    assert fields(sheet) == ["company", "", "", "", "city", "email"]


@pytest.mark.parametrize(
    "headings",
    ["Shipper | Consignee", "出口商 | 进口商", "Exporter | Importer", "Отправитель | Получатель"],
)
def test_whoever_received_a_shipment_is_the_buyer_and_not_the_sender_before_it(
    headings: str,
) -> None:
    sheet = one(
        f"""
        Date | {headings} | Product Description | HS Code | Quantity
        2024-01-03 | Ningbo Bright Lighting Co Ltd | Homely Stores Inc | Lamps | '9405 | 1200 CTN
        2024-01-04 | Shenzhen Sunway Imp Exp Co Ltd | Marked Goods LLC | Toys | '9503 | 300 CTN
        2024-01-09 | Guangzhou Hope Bags Co Ltd | Waller Market Inc | Bags | '4202 | 800 CTN
        """
    )
    assert sheet.kind == "buyers"
    assert fields(sheet)[1:3] == ["", "company"]


def test_a_register_of_purchases_lists_suppliers() -> None:
    sheet = one(
        """
        Date | Supplier | Invoice No | GSTIN | City
        2024-01-03 | Alpha Traders Ltd | INV1 | 29AAACA1111A1Z5 | Pune
        2024-01-05 | Beta Mills Ltd | INV2 | 29AAACB1111A1Z5 | Surat
        """,
        file_name="purchase register.xlsx",
    )
    assert sheet.kind == "suppliers"


def test_the_owner_of_each_company_is_a_person_and_the_keeper_of_records_is_none() -> None:
    text = """
        Company Name | Company owner | Phone | City
        Alpha Ltd | John Smith | 020 7946 0018 | London
        Beta Ltd | {second} | 020 7946 0019 | Leeds
        Gamma Ltd | {third} | 020 7946 0020 | Bath
        """
    bosses = one(text.format(second="Mary Jones", third="Bill Brown"))
    assert fields(bosses)[1] == "contact"
    keepers = one(text.format(second="John Smith", third="John Smith"))
    assert fields(keepers)[1] == ""


def test_leads_are_buyers_and_their_owner_is_one_of_us() -> None:
    sheet = one(
        """
        Contact | Company | Email | Industry | Address | City | Country | Lead Owner
        Ann Lee | Alpha Ltd | ann@alpha.example.com | Toys | 1775 Road | Leeds | UK | Jim Beam
        Bob Roe | Beta Ltd | bob@beta.example.com | Tools | 12 Lane | Bath | UK | Jim Beam
        """,
        file_name="leads.xlsx",
    )
    assert sheet.kind == "buyers"
    assert (fields(sheet)[0], fields(sheet)[-1]) == ("contact", "")


def test_lines_of_an_address_and_the_house_number_are_joined() -> None:
    sheet = one(
        """
        Firma | Straße | Hausnummer | Zusatz | PLZ | Ort
        Alpha GmbH | Hauptweg | 5 | Tor 3 | 10115 | Berlin
        Beta KG | Weg 12 West | 12 |  | 20095 | Hamburg
        """
    )
    assert [record.values["address"] for record in sheet.records()] == [
        "Hauptweg 5, Tor 3",
        "Weg 12 West",
    ]


def test_containers_of_shipments_are_no_price_steps() -> None:
    sheet = one(
        """
        ETD | Vessel | 客户 | 20 | 40 | Remark
        2019-04-14 | Pancon | 裕佳昌 | 12 | 1 | a
        2019-04-15 | Sunrise | 东方美 | 3 | 2 | b
        """
    )
    assert "price" not in fields(sheet)


def test_letters_behind_places_are_countries_where_others_of_the_column_are() -> None:
    def countries(*places: str) -> list[object]:
        rows = "\n".join(f"Alpha {n} Ltd | {place}" for n, place in enumerate(places))
        sheet = one(f"Company | Country\n{rows}")
        return [record.values["country"] for record in sheet.records()]

    assert countries("Haifa, IL", "Ottawa, CA", "Medellín, CO", "Paris, FR", "Tokyo, JP") == [
        "IL", "CA", "CO", "FR", "JP",
    ]  # fmt: skip
    assert countries("Haifa, IL", "Fresno, CA", "Denver, CO", "Norfolk, VA") == [
        "IL", "US", "US", "US",
    ]  # fmt: skip


def test_a_register_s_denomination_is_a_company_and_turkish_remarks_are_remarks() -> None:
    sheet = one(
        """
        CUIT | Denominación | Provincia | Domicilio
        20000370275 | Fengler Eduardo | Misiones | San Pedro 4672
        20000370276 | Lopez Hermanos | Salta | Belgrano 12
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["uscc", "company", "province", "address"])
    turkish = one("Firma | Telefon | Açıklama\nAlpha Ltd. Şti. | 0212 312 06 07 | fuarda tanıştık")
    assert fields(turkish) == ["company", "phone", "remark"]


@pytest.mark.parametrize(
    "typed",
    ["0755-27095460转12", "0755-27095460 分机12", "0755-27095460（转12）", "0755-27095460-12"],
)
def test_an_extension_is_read_however_china_writes_it(typed: str) -> None:
    (phone,), problems = read_phones(typed, field="phone")
    assert (phone.e164, phone.extension, problems) == ("+8675527095460", "12", ())


def test_a_code_with_digits_is_no_phone() -> None:
    sheet = one(
        """
        Firm | City | Record
        Alpha Ltd | Leeds | INQ-202404-00001
        Beta Ltd | Bath | INQ-202404-00002
        Gamma Ltd | York | INQ-202404-00003
        """
    )
    assert fields(sheet) == ["company", "city", ""]


def test_a_name_beside_a_first_name_is_the_family_s() -> None:
    sheet = one(
        "Nom | Prénom | Courriel\nObry | Pascal | p@obry.example.com\nRoux | Ann | a@roux.example.com"
    )
    assert fields(sheet) == ["last_name", "first_name", "email"]


def test_names_of_companies_make_no_list_of_people() -> None:
    sheet = one(
        """
        name | website | email
        Anuprerna Artisans Pvt. Ltd. | anu.example.com | a@anu.example.com
        Bright Exports Ltd | bright.example.com | b@bright.example.com
        Coir Works LLC | coir.example.com | c@coir.example.com
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["company", "web", "email"])


def imported(desk: Desk, path: Path, rows: list[list[object]]) -> ImportResult:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return desk.sheets.commit(desk.sheets.preview(path, ImportOptions()))


def test_branches_of_one_name_are_found_again_by_their_numbers(desk: Desk, tmp_path: Path) -> None:
    rows: list[list[object]] = [["Razão Social", "CNPJ", "Cidade", "Endereço"]]
    towns = [
        "Bauru",
        "Betim",
        "Canoas",
        "Cuiaba",
        "Londrina",
        "Maua",
        "Salvador",
        "Serra",
        "Recife",
        "Natal",
        "Belem",
        "Manaus",
    ]
    rows += [
        ["Gasbras Energia Ltda", f"1979189600{n:04}", town, f"Rua {town} {n}"]
        for n, town in enumerate(towns, 1000)
    ]
    path = tmp_path / "fornecedores.csv"
    assert imported(desk, path, rows).created["supplier"] == len(towns)
    again = imported(desk, path, rows)
    assert (again.created, again.updated) == ({}, {})


def test_people_of_whom_only_names_and_addresses_are_told_are_kept(
    desk: Desk, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["First name", "Last name", "Address", "City"],
        ["Ayse", "Demir", "Gul Sok. 4", "Izmir"],
        ["Can", "Kaya", "Lale Cad. 17", "Bursa"],
    ]
    result = imported(desk, tmp_path / "people.csv", rows)
    assert (result.created["contact"], result.skipped) == (2, 0)


def test_a_register_without_headings_that_begins_with_companies_lists_suppliers() -> None:
    sheet = one(
        """
        北京海通信达信息咨询有限公司 | https://a.example.com/1 | 市场调查 | 李晓琪 | 50万元人民币 | 北京市海淀区万寿路15号
        上海明珠照明电器有限公司 | https://a.example.com/2 | 照明灯具 | 王小明 | 80万元人民币 | 上海市浦东新区张江路7号
        广州希望箱包有限公司 | https://a.example.com/3 | 箱包皮具 | 陈大文 | 20万元人民币 | 广州市白云区石井路3号
        """
    )
    assert sheet.kind == "suppliers"
    assert fields(sheet)[0] == "company"


def test_what_there_is_how_often_is_no_list_of_companies() -> None:
    counted = one("Fabrics | 17\nButtons | 9\nZips | 4", file_name="suppliers.xlsx")
    assert counted.kind is None


def test_links_below_a_word_for_prices_are_no_prices() -> None:
    sheet = one(
        """
        Firma | Telefon | Telegram/VK
        Alpha GmbH | 030 1234567 | https://t.me/alpha
        Beta GmbH | 040 7654321 | https://vk.com/beta
        """
    )
    assert "price" not in "".join(fields(sheet))
