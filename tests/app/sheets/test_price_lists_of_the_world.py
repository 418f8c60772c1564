"""Owns the tests of price lists as they are written in many countries: steps, levels, cartons, units below headings.

Must not use files from outside.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.cells.measures import read_days
from app.sheets.lexicon import meanings
from app.sheets.tiers import Tier, tier_of
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, merges: str = "") -> UnderstoodSheet:
    return understand(workbook(drawn(text, merges=merges)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_levels_of_prices_are_prices_and_no_variants_of_the_article() -> None:
    sheet = one(
        """
        LISTA DE PRECIOS | | | |
        Código | Artículo | Público 345 Lista 1 | Mayorista Lista 2 | Distribuidor
        '00123 | Termo acero | 45500 | 38200 | 34100
        '00124 | Mate algarrobo | 8900 | 7100 | 6500
        '00125 | Bombilla | 5400 | 4300 | 3900
        """
    )
    assert fields(sheet) == ["item_no", "product", "price", "price", "price"]
    assert [record.values["item_no"] for record in sheet.records()] == ["00123", "00124", "00125"]


def test_distributor_beside_no_price_stays_a_company() -> None:
    sheet = one(
        """
        Código | Artículo | Distribuidor | Precio
        A-1 | Termo | Casa Norte SRL | 45500
        A-2 | Mate | Sur SA | 8900
        """
    )
    assert fields(sheet)[2] == "company"


def test_steps_called_so_in_german_are_steps() -> None:
    assert tier_of("Staffel ab 50") == Tier(50, None)
    sheet = one(
        """
        Art.-Nr. | Bezeichnung | Staffel ab 10 | Staffel ab 50 | Staffel ab 100
        1004-01 | Schraube M6 | 12,90 € | 11,50 € | 9,99 €
        1004-02 | Mutter M6 | 8,40 € | 7,90 € | 7,20 €
        """
    )
    assert fields(sheet) == ["item_no", "product", "price", "price", "price"]


def test_quantities_told_as_ranges_are_steps_of_the_price() -> None:
    sheet = one(
        """
        Item no | Product name | Quantity | Unit price
        P-1 | Cotton bag | 100-499 | 1.45
        P-1 | Cotton bag | 500-1999 | 1.20
        P-2 | Jute bag | 500+ | 1.75
        """
    )
    assert fields(sheet) == ["item_no", "product", "price_tier", "price"]
    asked = one(
        """
        Buyer | Product name | Quantity | Destination
        Acme Ltd | Cotton bag | 100-499 | Hamburg
        Bright Inc | Jute bag | 500-1999 | Rotterdam
        """
    )
    assert asked.kind == "inquiries"
    assert "quantity" in fields(asked)


def test_whole_numbers_below_a_carton_count_what_is_in_it() -> None:
    sheet = one(
        """
        產品編號 | 品名 | 單價 | 內盒數 | 外箱數
        TY-1 | 積木 | 4.85 | 6 | 24
        TY-2 | 火車 | 6.2 | 4 | 16
        """
    )
    assert fields(sheet)[3:] == ["inner_pack", "pcs_per_carton"]
    sized = one(
        "货号 | 品名 | 单价 | 外箱\nTY-1 | 积木 | 4.85 | 50*40*30\nTY-2 | 火车 | 6.2 | 40*30*20"
    )
    assert fields(sized)[3] == "carton_size"


def test_letters_below_a_heading_for_sizes_are_its_sides() -> None:
    sheet = one(
        """
        Artikel-Nr. | Bezeichnung | Maße | | | Preis
         | | B | T | H |
        GS-1 | Klappstuhl | 45 | 52 | 90 | 18.9
        GS-2 | Tisch | 150 | 90 | 74 | 64
        """,
        merges="C1:E1 A1:A2 B1:B2 F1:F2",
    )
    assert fields(sheet) == ["item_no", "product", "width", "length", "height", "price"]


def test_units_and_containers_below_the_headings_are_no_record() -> None:
    sheet = one(
        """
        Item no | Description | N.W. | G.W. | Loading qty | | | FOB Xiamen
         | | kgs | kgs | 20'GP | 40'GP | 40'HQ | US$
        WB-01 | Salad bowl | 0.8 | 1.1 | 6200 | 12800 | 15100 | 3.95
        WB-02 | Serving board | 1.2 | 1.4 | 7800 | 16100 | 18900 | 5.1
        """,
        merges="E1:G1",
    )
    assert sheet.row_count == 2
    assert fields(sheet)[4:] == ["qty_20gp", "qty_40gp", "qty_40hq", "price"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Netto €", "price"), ("Netto kg", "net_weight"), ("Опт от 10 000 р.", "price"), ("Q.tà min.", "moq"),
        ("Pcs / Master", "pcs_per_carton"), ("Unit Wt (g)", "weight"), ("Nome em inglês", "company_en"),
        ("Termin Süresi", "lead_time"), ("DLUO", "shelf_life"), ("Product name in English", "product_en"),
    ],
)  # fmt: skip
def test_headings_of_many_countries(heading: str, field: str) -> None:
    assert meanings(heading)[0].field == field


def test_number_of_the_maker_beside_our_own_is_no_company() -> None:
    sheet = one(
        """
        Artikel-Nr. | Hersteller-Nr. | Artikelbezeichnung | Nettopreis
        10-0001 | '06019F7000 | Akkuschrauber | 103.35
        10-0002 | '06019G3000 | Winkelschleifer | 83.85
        """
    )
    assert fields(sheet)[:2] == ["item_no", "supplier_item_no"]


def test_points_group_thousands_where_that_is_usual() -> None:
    sheet = one(
        """
        Mã hàng | Tên sản phẩm | Chất liệu | Đơn giá (VNĐ)
        MT-01 | Giỏ mây tròn | Mây | '85.000
        MT-02 | Giỏ lục bình | Lục bình | '120.000
        """
    )
    prices = [record.values["price"][0] for record in sheet.records()]  # type: ignore[index]
    assert [price.amount for price in prices] == [Decimal(85000), Decimal(120000)]
    weighed = one("Item no | Product name | Price\nA-1 | Lamp | '1.250\nA-2 | Shade | '2.125")
    assert next(weighed.records()).values["price"][0].amount == Decimal("1.250")  # type: ignore[index]


def test_day_in_chinese_is_no_validity_of_months() -> None:
    sheet = one(
        """
        货号 | 品名 | 单价 | 有效期至
        A-1 | 台灯 | 1.2 | 12月31日
        A-2 | 灯罩 | 2.2 | 3个月
        """
    )
    first, second = sheet.records()
    assert first.values.get("valid_until") is None
    assert first.values["remark"] == ("有效期至: 12月31日",)
    assert getattr(second.values["valid_until"], "at_most", None) == 90


@pytest.mark.parametrize("text", ["在庫あり", "pronta consegna", "na stanie"])
def test_goods_in_stock_are_ready_at_once(text: str) -> None:
    days = read_days(text)
    assert days is not None
    assert days.at_most == 0


def test_phone_behind_a_name_in_a_letterhead_is_no_part_of_it() -> None:
    sheet = one(
        """
        Lieferant: Muster Werkzeuge GmbH, Tel. +49 7151 12345 | | |
        Artikel-Nr. | Artikelbezeichnung | Nettopreis | Mindestmenge
        10-0001 | Akkuschrauber | 103.35 | 1
        10-0002 | Winkelschleifer | 83.85 | 1
        """
    )
    assert sheet.facts["company"] == "Muster Werkzeuge GmbH"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Qtd/caixa", "pcs_per_carton"), ("카톤당 수량", "pcs_per_carton"), ("Menge je Karton", "pcs_per_carton"),
        ("Q'ty/40HC", "qty_40hq"), ("20' KONTEYNER", "qty_20gp"), ("40' GP container", "qty_40gp"),
        ("PVD s/ IVA", "price"), ("IVA", "vat_rate"), ("Depth (cm)", "length"), ("Cert.", "certificates"),
    ],
)  # fmt: skip
def test_cartons_containers_and_taxes_in_headings(heading: str, field: str) -> None:
    assert field in [meaning.field for meaning in meanings(heading)[:2]]


@pytest.mark.parametrize("heading", ["Mindestbestellwert", "Pcs/Set", "每套件数"])
def test_least_worth_of_an_order_and_pieces_of_a_set_are_no_prices_or_quantities(
    heading: str,
) -> None:
    sheet = one(
        f"""
        Item no | Product name | {heading} | Price
        A-1 | Knife set | 3 | 2.95
        A-2 | Board | 5 | 3.2
        """
    )
    assert fields(sheet) == ["item_no", "product", "", "price"]


def test_what_a_heading_counts_in_stands_below_it() -> None:
    sheet = one(
        """
        Item | Name | Carton qty | Meas. (cbm) | Unit price
         | | pcs | per ctn | USD
        GC-1 | Garden chair | 4 | 0.21 | 11.5
        GT-9 | Garden table | 1 | 0.12 | 34
        """
    )
    assert fields(sheet) == ["item_no", "product", "pcs_per_carton", "cbm", "price"]


@pytest.mark.parametrize(
    ("text", "tier"),
    [("fino a 50 kg", (0, 50)), ("oltre 200 kg", (201, None)), ("jusqu'à 99", (0, 99))],
)
def test_steps_up_to_and_from_a_quantity(text: str, tier: tuple[int, int | None]) -> None:
    found = tier_of(text)
    assert found is not None
    assert (found.at_least, found.at_most) == tier


def test_codes_under_a_heading_for_articles_number_what_is_described() -> None:
    sheet = one(
        """
        Artikel | Beschreibung | Preis
        SB-20 | Sandsack leer | 0.49
        SB-40 | Sandsack gefüllt | 0.75
        GW-10 | Gewebeplane | 8.9
        """
    )
    assert fields(sheet) == ["item_no", "product", "price"]


def test_words_about_tax_in_latin_languages_are_heard() -> None:
    sheet = one(
        """
        Ref | Designação | PVP c/ IVA | PVD s/ IVA
        AZ-15 | Azulejo | 4.90 | 2.35
        AZ-20 | Prato | 6.90 | 3.40
        """
    )
    prices = [price for record in sheet.records() for price in record.values["price"]]  # type: ignore[attr-defined]
    assert {
        price.includes_vat for price in prices if price.amount in (Decimal("2.35"), Decimal("3.40"))
    } == {False}
