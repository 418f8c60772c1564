"""Owns the tests of lists of goods by what stands beside their columns: costs, parts of boards, prices alone.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.lexicon import meanings
from app.sheets.plan.goods import product_of
from app.sheets.tiers import tier_of
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


@pytest.mark.parametrize(
    ("price", "cost"),
    [("Price", "Cost price"), ("Preço", "Preço de custo"), ("单价", "成本价")],
)
def test_bare_price_beside_the_cost_is_what_the_article_is_sold_for(price: str, cost: str) -> None:
    sheet = one(
        f"""
        SKU | Product name | {price} | {cost}
        L-1 | Lamp | 12.5 | 7.5
        L-2 | Shade | 9.5 | 5.5
        L-3 | Bulb | 1.5 | 0.5
        """
    )
    assert fields(sheet) == ["item_no", "product", "sell_price", "price"]


def test_value_that_nothing_multiplies_is_the_price() -> None:
    rows = "L-1 | Lamp | 12.5 | 4\nL-2 | Shade | 9.5 | 7\nL-3 | Bulb | 1.5 | 9\n"
    alone = one(f"SKU | Product name | Value | Shelf row\n{rows}")
    counted = one(f"SKU | Product name | Value | Quantity\n{rows}")
    assert fields(alone)[2] == "price"
    assert fields(counted)[2:] == ["amount", "quantity"]


def test_places_on_a_board_are_no_articles_and_its_parts_are_goods() -> None:
    sheet = one(
        """
        Item | Reference(s) | Order No. | Value | Supplier | Qty
        1 | C1 | 593D226X9035 | 22u | TME | 1
        2 | C3,C7,C6 | VJ0603Y103KX | 10n | TME | 3
        3 | R1,R2 | CR0603-10K | 10k | TME | 2
        4 | U1 | LM2674M-3.3 | LM2674M | eBay | 1
        5 | D1 | 1N4007-T | 1N4007 | TME | 1
        """
    )
    assert sheet.kind == "products"
    assert "item_no" not in fields(sheet)[:2]
    assert fields(sheet)[3:] == ["product", "company", "quantity"]


def test_register_of_sales_with_costs_asks_for_nothing() -> None:
    sheet = one(
        """
        Date | Doc | Company name | Item code | Description | Qty | UOM | Unit sell price | Unit cost price
        2026-01-02 | CP-52 | Etipac Sdn Bhd | A-1 | Plastic bag | 5 | PC | 18 | 11
        2026-01-03 | CP-53 | Laser Alloy Sdn Bhd | A-2 | Silicone | 3 | PC | 60 | 41
        2026-01-04 | CP-54 | Kah Len Sdn Bhd | A-3 | Pipe | 1 | PC | 53 | 30
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[-2:] == ["sell_price", "price"]


def test_sum_of_a_tax_is_no_number_and_goods_with_tariff_codes_are_no_companies() -> None:
    sheet = one(
        """
        Party name | Address | Description of goods | HSN/SAC | GST | Basic amount
        Build Scaff | Industrial Complex 3 | Truss RA | 7308 | 270.5 | 2353
        Mod Scaff | Gadpuri 14 | Round piers | 7308 | 180.2 | 1990
        Power Tools | National Road 7 | Carbon brush | 8467 | 18 | 100
        """
    )
    assert sheet.kind == "products"
    assert "hs_code" in fields(sheet)
    assert "tax_number" not in fields(sheet)


def test_steps_of_an_order_in_words_are_prices() -> None:
    sheet = one(
        """
        Код | Наименование | Цена в RUR без НДС, от 100 шт. | При заказе 1-9 шт. | При заказе от 10 шт.
        3712 | Основание предохранителя | 474 | 948 | 853.2
        3713 | Съемная часть | 499 | 998 | 898.2
        3714 | Хомут | 2 | 4 | 3.6
        """
    )
    assert fields(sheet) == ["item_no", "product", "price", "price", "price"]


@pytest.mark.parametrize(
    ("text", "first"), [("При заказе 10-49 шт.", 10), ("Precio 100+ pcs", 100), ("Menge ab 50", 50)]
)
def test_step_may_stand_behind_a_word_for_orders(text: str, first: int) -> None:
    step = tier_of(text)
    assert step is not None
    assert step.at_least == first


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Largura do Produto", "width"),
        ("Categoria do produto", "category"),
        ("Width of product", "width"),
        ("Ceny netto ważne na rynku polskim (VAT +23%)", "price"),
        ("Laboratorio", "brand"),
        ("도면번호", "item_no"),
        ("項目説明", "description"),
    ],
)
def test_headings_of_goods_in_many_languages(heading: str, field: str) -> None:
    assert meanings(heading)[0].field == field


@pytest.mark.parametrize(
    "heading", ["Condição do produto", "Estoque minimo", "Max stock", "最低库存"]
)
def test_state_of_the_goods_and_limits_of_a_shelf_are_no_field(heading: str) -> None:
    assert meanings(heading) == ()


def test_columns_as_databases_call_them_are_headings() -> None:
    sheet = one(
        """
        sku | product_name | label_unit_1 | label_qty_1 | label_unit_2 | label_qty_2 | label_unit_3 | label_qty_3
        05007K | Flour | Case | 1 | Pallet | 40 | Each | 6
        05008K | Sugar | Case | 2 | Pallet | 30 | Each | 8
        05009K | Salt | Case | 4 | Pallet | 20 | Each | 9
        """
    )
    assert sheet.header_rows == (1,)
    assert fields(sheet)[:2] == ["item_no", "product"]


def test_sides_of_the_carton_in_columns_of_their_own_are_not_of_the_article() -> None:
    sheet = one(
        """
        SKU | Product name | Box length (in) | Box width (in) | Box height (in) | Box weight (lb)
        L-1 | Lamp | 10 | 12 | 10 | 9
        L-2 | Shade | 11 | 12 | 10 | 8
        """
    )
    lamp = next(iter(sheet.records())).values
    assert str(lamp["carton_length"]) == "25.40"
    assert "length" not in lamp
    assert fields(sheet)[-1] == "gross_weight"
    product = product_of(next(iter(sheet.records())), hints=sheet.hints, facts={})
    assert product is not None
    assert str(product.values["carton_width_cm"]) == "30.48"
    assert "size" not in product.values


def test_mark_in_front_of_a_number_is_no_part_of_it() -> None:
    sheet = one(
        """
        SKU | Product name | Barcode | Price
        ''0012 | Lamp | ''4006381333931 | 2.5
        ''0013 | Shade | ''4006381333948 | 3.5
        """
    )
    first = next(iter(sheet.records())).values
    assert (first["item_no"], first["barcode"]) == ("0012", "4006381333931")
