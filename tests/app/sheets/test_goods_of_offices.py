"""Owns the tests of goods as offices, stores and programs of stock keep them: tax in parts, expiry, types, totals.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.lexicon import meanings
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, name: str = "Sheet1") -> UnderstoodSheet:
    return understand(workbook(drawn(text, name=name)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Qty 2019", "quantity"),
        ("Rate Rs", "price"),
        ("Pricing Per Unit", "price"),
        ("Price to be considered", "price"),
        ("Qty to be ordered", "quantity"),
        ("Total Part Cost", "amount"),
        ("COSTO_STOCK_TOTAL", "amount"),
        ("COSTO_PROMEDIO_UND", "cost"),
        ("Назва_позиції", "product"),
    ],
)
def test_what_is_told_around_it_leaves_the_word(heading: str, field: str) -> None:
    assert meanings(heading)[0].field == field


def test_total_price_of_a_unit_is_a_price() -> None:
    assert meanings("Total unit price")[0].field != "amount"


def test_taxes_in_two_rows_of_headings_are_neither_vendors_nor_amounts() -> None:
    sheet = one(
        """
        Sr No | Description of Goods | HSN | Qty | Rate | CGST | | SGST (9%) | | Total
        | | | | | % | Amount | % | Amount |
        1 | Anchor bolt M12 | 7318 | 10 | 25 | 9 | 22.5 | 9 | 22.5 | 295
        2 | Scaffold tube 3 m | 7308 | 5 | 400 | 9 | 180 | 9 | 180 | 2360
        3 | Coupler swivel | 7308 | 20 | 60 | 9 | 108 | 9 | 108 | 1416
        """
    )
    assert (sheet.kind, sheet.row_count) == ("products", 3)
    assert fields(sheet) == [
        "serial", "product", "hs_code", "quantity", "price", "", "", "", "", "amount",
    ]  # fmt: skip


def test_what_moves_in_a_store_is_no_vendor() -> None:
    drawing = """
        Item | Unit | Opening | | | Inward | | | Closing | |
        | | Qty | Rate | Value | Qty | Rate | Value | Qty | Rate | Value
        Hammer 500 g | pcs | 10 | 4.50 | 45 | 5 | 4.60 | 23 | 12 | 4.60 | 55.2
        Pliers 160 mm | pcs | 20 | 3.50 | 70 | 8 | 3.60 | 28.8 | 21 | 3.60 | 75.6
        """
    sheet = understand(workbook(drawn(drawing, merges="C1:E1 F1:H1 I1:K1")))[0]
    assert (sheet.kind, sheet.row_count) == ("products", 2)


def test_day_on_which_a_batch_goes_off_limits_no_price() -> None:
    sheet = one(
        """
        Item no. | Product | Batch no. | Stock | Price | Expiry date
        A-1 | Olive oil 1 l | L332 | 100 | 3.2 | 2027-02-21
        A-2 | Vinegar 1 l | L348 | 120 | 2.2 | 2027-03-21
        """
    )
    assert fields(sheet) == ["item_no", "product", "", "stock", "price", ""]


@pytest.mark.parametrize("heading", ["Best before", "MHD", "Use by date"])
def test_best_before_is_kept_as_it_is(heading: str) -> None:
    sheet = one(
        f"""
        Item no. | Product | Price | MOQ | {heading}
        A-1 | Olive oil 1 l | 3.2 | 100 | 2027-02-21
        A-2 | Vinegar 1 l | 2.2 | 120 | 2027-03-21
        """
    )
    assert fields(sheet)[4] == ""


def test_expiry_of_an_offer_is_the_validity_of_its_prices() -> None:
    sheet = one(
        """
        Item no. | Product | Price | MOQ | Expiry date
        A-1 | Olive oil 1 l | 3.2 | 100 | 2027-02-21
        A-2 | Vinegar 1 l | 2.2 | 120 | 2027-02-21
        """
    )
    assert fields(sheet)[4] == "valid_until"


def test_how_long_goods_keep_is_their_shelf_life() -> None:
    sheet = one(
        """
        Item no. | Product | Price | Best before
        A-1 | Olive oil 1 l | 3.2 | 24 months
        A-2 | Vinegar 1 l | 2.2 | 36 months
        """
    )
    assert fields(sheet)[3] == "shelf_life"


def test_types_name_the_goods_where_nothing_else_does() -> None:
    sheet = one(
        """
        Artikel Nr. | Menge | Hersteller | Serie | Typ | Größe | Variante | VPE
        291488 | 3 | Viega | Profipress | Bogen | 12 | 90° i/i | 10
        291501 | 4 | Viega | Profipress | Muffe | 15 | 90° i/i | 10
        291495 | 5 | Viega | Profipress | T-Stück | 18 | 45° a/i | 10
        """
    )
    assert fields(sheet)[4:7] == ["product", "size", "specification"]


def test_type_beside_a_name_is_not_the_name() -> None:
    sheet = one(
        """
        Pos | Typ | Bezeichnung | Menge | Preis
        1 | AX-200 | Pumpe klein | 3 | 120,00
        2 | AX-300 | Pumpe groß | 5 | 180,00
        3 | BX-100 | Filter | 7 | 18,00
        """
    )
    assert fields(sheet) == ["serial", "item_no", "product", "quantity", "price"]


def test_prose_of_the_supplier_is_no_name_beside_a_description() -> None:
    sheet = one(
        """
        Código | Descrição | Unidade | Preço | Descrição do Produto no Fornecedor
        PAI-1 | FITA DUREX 3M | UN | 3,50 | A fita transparente é uma fita adesiva versátil e prática para casa e escritório
        PAI-2 | CANETA AZUL | UN | 1,20 |
        PAI-3 | CADERNO 96 FLS | UN | 12,90 |
        """
    )
    assert fields(sheet) == ["item_no", "product", "unit", "price", ""]


def test_sums_that_a_shop_adds_by_itself_are_no_prices() -> None:
    sheet = one(
        """
        Title | Variant SKU | Variant Price | Compare Price USD (product.metafields.custom.compare) | Color (product.metafields.shopify.color-pattern)
        Mug | M-1 | 12.5 | $125 | red
        Bowl | B-1 | 13.5 | $135 | blue
        Cup | C-1 | 14.5 | $145 | green
        """
    )
    assert fields(sheet) == ["product", "item_no", "price", "", "colour"]


def test_numbers_of_articles_and_their_units_are_a_list_of_goods() -> None:
    sheet = one(
        """
        id | sku | labeling_unit_1 | labeling_unit_2 | created_at | customer_id
        156 | 05007K | Case | | 2024-06-09 | 1
        157 | 0MISC-23 | Pallet | | 2024-06-09 | 1
        159 | 219146-OKZ | Each | | 2024-06-09 | 1
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[1:3] == ["item_no", "unit"]


def test_services_with_their_units_are_a_list_of_goods() -> None:
    sheet = one(
        """
        ID DO SERVIÇO | Problemas Relacionados | C | unidade | E | F | G | H | DESCRIÇÃO DA SOLUÇÃO
        01 | | | | | | | |
        01.01 | | Problemas relacionados | | | | | |
        01.01.01 | Sifão | Vazamento no sifão da pia | un | 130 | 1 | 2 | 10 | Troca do sifão
        01.01.02 | Sifão | Entupimento do sifão | un | 150 | 1 | 2 | 12 | Limpeza do sifão
        01.01.03 | Torneira | Vazamento da torneira | un | 90 | 1 | 2 | 14 | Troca do reparo
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[0] == "item_no"
    assert fields(sheet)[4:8] == ["", "", "", ""]


def test_long_codes_number_the_articles_of_a_list_without_headings() -> None:
    sheet = one(
        """
        Borracha Branca | 43278901 | 0.99 | 900
        Caneta Preta | 45679807 | 2.99 | 50
        Mochila com 40 rodinhas | 22345321 | 199.9 | 20
        Envelope Pardo 10 un | 77668111 | 1.99 | 500
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet) == ["product", "item_no", "price", ""]


def test_department_and_section_of_goods_are_their_sorts() -> None:
    sheet = one(
        """
        Departamento | Seccion | Código Artículo | Descripción | Stock | COSTO
        COMPLEMENTARIOS | FERRETERIA | 257960 | LIJA 150 AGUA | 1081 | 1031.11
        PINTURAS | VINILOS | 257974 | VINILO BLANCO GALON | 558 | 835.79
        """
    )
    assert fields(sheet)[:2] == ["category", "category_2"]


def test_category_of_goods_goes_before_their_department() -> None:
    sheet = one(
        """
        Código | Descrição | Preço | Departamento | Categoria do produto
        PAI-1 | FITA DUREX 3M | 3,50 | Papelaria | Fitas
        PAI-2 | CANETA AZUL | 1,20 | Papelaria | Canetas
        """
    )
    assert fields(sheet)[3:] == ["", "category"]


def test_grades_of_steel_are_materials() -> None:
    sheet = one(
        """
        도면번호 | 품명 | 재질 | 수량
        D-101 | 브라켓 | SS400 | 4
        D-102 | 커버 | SS400 | 2
        D-103 | 축 | SM45C | 6
        D-104 | 플레이트 | SM45C | 8
        """
    )
    assert fields(sheet)[2] == "material"


def test_days_over_prices_are_no_vendors() -> None:
    drawing = """
        | | | На 19/01 | | С 01/02 |
        Код | Наименование | Остаток | ОПТ | РОЗНИЦА | ОПТ | РОЗНИЦА
        A-1 | Покрышка 110/80 R19 | 1 | 6152 | 6660 | 6252 | 6760
        A-2 | Покрышка 120/70 R17 | 4 | 5301 | 5890 | 5401 | 5990
        """
    sheet = understand(workbook(drawn(drawing, merges="D1:E1 F1:G1")))[0]
    assert (sheet.kind, sheet.row_count) == ("products", 2)


def test_products_of_suppliers_with_price_and_quantity_are_goods() -> None:
    sheet = one(
        """
        Fournisseurs | Marques | Produits | Contenants | Prix TTC (€) | Nombres | Montants (€)
        Bodegas Martinez | Florentius | Vin blanc sec | Btle verre 75 cl | 8 | 0 | 0
        Bodegas Martinez | Distercio | Vin rouge crianza | Btle verre 75 cl | 10 | 0 | 0
        Aceites Soler | Olea | Huile d'olive vierge | Bidon 5 l | 45 | 0 | 0
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet) == [
        "company", "brand", "product", "packing", "price", "quantity", "amount",
    ]  # fmt: skip


def test_numbered_articles_for_customers_are_goods() -> None:
    sheet = one(
        """
        商品ID | お客様 | 商品名 | 胴単重
        1 | 自社 | スクエア缶 バニラ | 38.2
        10 | アイザワ | マットブラック缶 | 38
        102 | アサヒパック | 金ニス 90H | 153.4
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[:3] == ["item_no", "", "product"]


def test_suppliers_with_what_they_make_stay_suppliers() -> None:
    sheet = one(
        """
        No. | Fournisseur | Produits | Téléphone | Ville
        1 | Bodegas Martinez SA | Vins | +34 941 123 456 | Logroño
        2 | Aceites Soler SL | Huiles | +34 953 123 456 | Jaén
        """
    )
    assert sheet.kind == "suppliers"


def test_name_of_the_file_tells_goods_where_no_heading_does() -> None:
    drawing = """
        1 | Grease gun | 12.50 | 10
        2 | Oil can 1 l | 22.40 | 10
        3 | Funnel, steel | 12.95 | 30
        """
    told = understand(workbook(drawn(drawing, name="artikel")))[0]
    assert told.kind == "products"
    assert fields(told)[1:3] == ["product", "price"]
    assert understand(workbook(drawn(drawing)))[0].kind is None


@pytest.mark.parametrize(
    ("last", "name"), [("Difference", "Sheet2"), ("Best price", "Sheet2"), ("Notes", "Comparison")]
)
def test_names_over_prices_that_are_compared_are_vendors(last: str, name: str) -> None:
    sheet = one(
        f"""
        Sr. No | Item Description | Qty | Netsol | Aditya | Brisk Traders | {last}
        1 | Camera 12 MP | 4 | 31456 | 36000 | | 4544
        2 | Camera 2 MP | 12 | 3300 | 3350 | 2000 | 1350
        3 | Camera 4 MP | 4 | 11330 | NA | 9500 | 1830
        """,
        name=name,
    )
    assert (sheet.kind, sheet.row_count) == ("offers", 8)
    records = [(r.values["company"], r.values["product"]) for r in sheet.records()]
    assert records[:2] == [("Netsol", "Camera 12 MP"), ("Aditya", "Camera 12 MP")]


def test_names_over_numbers_that_nothing_compares_are_kept() -> None:
    sheet = one(
        """
        Sr. No | Item Description | Qty | Warehouse North | Warehouse South
        1 | Camera 12 MP | 4 | 3 | 1
        2 | Camera 2 MP | 12 | 6 | 6
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[3:] == ["", ""]


def test_numbers_that_are_no_prices_of_one_thing_are_no_vendors() -> None:
    sheet = one(
        """
        Sr. No | Item Description | Qty | Assembly | Painting | Difference
        1 | Camera 12 MP | 4 | 3 | 150 | 147
        2 | Camera 2 MP | 12 | 6 | 940 | 934
        """
    )
    assert sheet.kind == "products"
