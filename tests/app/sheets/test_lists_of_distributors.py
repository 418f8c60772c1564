"""Owns the tests of price lists, stock lists and tenders as distributors, warehouses and authorities write them.

Must not use files from outside.
"""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from sheet_drafts import drawn, grid, workbook

from app.sheets.cells.codes import barcodes_in
from app.sheets.cells.prices import currency_of
from app.sheets.lexicon import meanings
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, merges: str = "", name: str = "Sheet1") -> UnderstoodSheet:
    return understand(workbook(drawn(text, merges=merges, name=name)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_sorts_of_prices_above_a_price_and_a_unit_are_no_vendors() -> None:
    sheet = one(
        """
        Номенклатура | Остаток | Артикул | Опт 1 | | Розница цена |
        | | | Цена | Ед. | Цена | Ед.
        Коляска прогулочная | 5 | KR-35 | 20600 | шт | 26800 | шт
        Кровать детская | 2 | KB-11 | 14300 | шт | 18900 | шт
        Матрас 60x120 | 9 | MT-02 | 3100 | шт | 4200 | шт
        """,
        merges="D1:E1 F1:G1",
    )
    assert (sheet.kind, sheet.row_count) == ("products", 3)
    assert fields(sheet)[:5] == ["product", "stock", "item_no", "price", "unit"]


def test_offers_and_savings_under_one_abbreviation_are_no_classes_of_an_article() -> None:
    sheet = one(
        """
        Código Interno | Artículo | PVP CU | Oferta CU | Ahorro CU | Dtos. CU | Sector
        8390 | Alfajor mini 69 g | 2133.97 | 1707.17 | 426.79 | 0.2 | GOLOSINAS
        9880 | Alfajor blanco 64 g | 2133.97 | 1707.17 | 426.79 | 0.2 | GOLOSINAS
        8475 | Caramelo de menta | 780.02 | 686.41 | 93.60 | 0.12 | BEBIDAS
        """,
        name="Precios y ofertas",
    )
    assert sheet.row_count == 3
    assert fields(sheet) == ["item_no", "product", "list_price", "price", "", "", "category"]


def test_form_of_a_specification_counts_its_columns_and_breaks_its_words() -> None:
    sheet = one(
        """
        Позиция | Наименование и техническая характеристика | Тип, марка | Завод-изготовитель | Единица измере- ния | Коли- чество | Примечание
        1 | 2 | 3 | 4 | 5 | 6 | 8
        1.1 | Пульт контроля и управления | С2000М | Болид | шт. | 1 |
        1.2 | Блок индикации | С2000-БКИ | Болид | шт. | 2 |
        1.3 | Извещатель дымовой | ДИП-34А | Болид | шт. | 32 | с запасом
        """
    )
    assert (sheet.kind, sheet.row_count) == ("products", 3)
    assert fields(sheet)[1:] == ["product", "item_no", "company", "unit", "quantity", "remark"]
    assert [row.row for row in sheet.excluded] == [1]


def test_first_article_of_small_numbers_is_no_count_of_columns() -> None:
    sheet = one(
        """
        SKU | Stock | Price | Cost | Weight
        1 | 2 | 3 | 4 | 50
        2 | 2 | 3 | 4 | 60
        """
    )
    assert sheet.row_count == 2


def test_titles_of_several_ranks_above_records_are_no_articles() -> None:
    sheet = one(
        """
        Part Number | Description | Origin | Pcs/ctn | Price
        | Internet Gateways and Routers | | |
        | Dual band routers | | |
        COVR-1102 | Mesh system with two points | CN | 12 | 89.3
        DIR-2150 | Gigabit router | CN | 10 | 57.3
        | Accessories | | |
        | | | |
        ANT-01 | Antenna 5 dBi | CN | 50 | 4.2
        """
    )
    assert [row[0] for row in sheet.region.rows] == ["COVR-1102", "DIR-2150", "ANT-01"]
    assert sorted(set(sheet.region.groups.values())) == ["Accessories", "Dual band routers"]


def test_what_is_named_says_what_the_column_holds() -> None:
    sheet = one(
        """
        区域名称 | 仓库名称 | 大类名称 | 商品代码 | 色号名称 | 尺码名称 | 数量
        北方 | 福鼎专卖店 | 男上装 | 153B04043 | 金黄 | 50 | 3
        北方 | 福鼎专卖店 | 男下装 | 153B04044 | 深蓝 | 52 | 1
        福建 | 福鼎专卖店 | 男下装 | 153B04045 | 深蓝 | 54 | 2
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet) == ["", "", "category", "item_no", "colour", "size", "quantity"]


@pytest.mark.parametrize("heading", ["id", "Nr"])
def test_codes_under_a_bare_number_are_the_articles_where_no_other_column_has_them(
    heading: str,
) -> None:
    rows = "\n".join(f"'0102-{n:03}' | Alambre galvanizado {n} | 6{n}.5" for n in range(1, 6))
    rows = rows.replace("'0", "0").replace("' |", " |")
    assert fields(one(f"{heading} | nombre | precio\n{rows}")) == ["item_no", "product", "price"]
    beside = "\n".join(f"K-{n:02} | SKU-{n:03} | Mug {n} | {n}.5" for n in range(1, 6))
    assert fields(one(f"{heading} | SKU | Name | Price\n{beside}"))[1] == "item_no"


def test_weights_are_no_firms() -> None:
    sheet = one(
        """
        Prodotto | Peso appross. | Prezzo
        cassetta piccola | 3 kg | 7
        cassetta media | 4/6 kg | 12
        cassetta grande | 7 kg | 15
        """
    )
    assert (sheet.kind, fields(sheet)[0]) == ("products", "product")
    assert "company" not in fields(sheet)


def test_one_type_sorts_goods_unless_it_is_the_sort_of_a_shops_records() -> None:
    rows = "\n".join(f"Table {n} | T-{n:03} | {{0}} | {n}9" for n in range(1, 6))
    head = "Title | SKU | Type | Price\n"
    assert fields(one(head + rows.format("Nightstand")))[2] == "category"
    assert fields(one(head + rows.format("simple")))[2] == ""


def test_full_name_of_goods_is_nobodys() -> None:
    sheet = one(
        """
        full_name | product_code | price | color | specifications
        Phone 15 128 GB Black | U0854689 | 33999 | black | {}
        Phone 15 256 GB Blue | U0854690 | 37999 | blue | {}
        """
    )
    assert fields(sheet)[:3] == ["product", "item_no", "price"]


def test_people_beside_goods_describe_none() -> None:
    sheet = one(
        """
        MARCA | MODELO | PLACA | VALOR COMPRA | VALOR VENDA | CLIENTE
        FORD | FOCUS 2.0 | BBO1561 | 70000 | 76900 | CLAYTON DOS SANTOS HENRIQUE
        AUDI | A3 | GVN5A00 | 22000 | 29000 | FRANKLIN RIBEIRO DURIGAN
        FIAT | UNO 1.0 | AAA1234 | 12000 | 15500 | MARIA DA SILVA SOUZA
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet) == ["brand", "product", "", "price", "sell_price", ""]


def test_goods_sold_to_people_with_tax_numbers_are_goods() -> None:
    sheet = one(
        """
        MARCA | MODELO | VALOR COMPRA | VALOR VENDA | CLIENTE | CPF/CNPJ CLIENTE
        FORD | FOCUS 2.0 | 70000 | 76900 | CLAYTON DOS SANTOS HENRIQUE | 03605727905
        AUDI | A3 | 22000 | 29000 | FRANKLIN RIBEIRO DURIGAN | 03336821908
        FIAT | UNO 1.0 | 12000 | 15500 | MARIA DA SILVA SOUZA | 29148206412
        """
    )
    assert sheet.kind == "products"


def test_stock_of_another_program_has_its_words() -> None:
    sheet = one(
        """
        Material | Texto breve de material | Grupo de artículos | Unidad medida base | Libre utilización
        515041599006.1 | 38 X 38 FORTALEZA GRIS | 51 | M-2 | 8350.68
        515041599007.1 | 38 X 38 FORTALEZA BEIGE | 51 | M-2 | 120.5
        515041599011.1 | 20 X 20 BLANCO | 52 | M-2 | 910
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet) == ["item_no", "product", "category", "unit", "stock"]
    order = one(
        "Pedido de Venta | Denominación | Cantidad\n313867 | Vidrio 8 mm | 4\n313868 | Vidrio | 2"
    )
    assert "sell_price" not in fields(order)


def test_quantities_beside_prices_that_nobody_has_written_are_asked_for() -> None:
    text = """
        CODE | DESCRIPTION | QTY | UNIT | UNIT RATE | TOTAL AMOUNT
        FU-01 | Executive chair | 66 | pcs | {} |
        FU-02 | Meeting table | 4 | pcs | {} |
        FU-03 | Filing cabinet | 12 | pcs | {} |
        """
    assert one(text.format("", "", "")).kind == "inquiries"
    assert one(text.format("120", "840", "95")).kind == "products"


def test_a_sentence_counts_nothing() -> None:
    sheet = one(
        """
        Заказчик | Потребность | Начальная цена | Дата | Ссылка на тендер
        ФГУП Вектор | Поставка запасных частей для 3 экскаваторов ЭО-2621 | 541000 | 28.02.2019 | http://a.example/1
        АО Завод | Услуги по ремонту 12 погрузчиков в течение года | 90000 | 01.03.2019 | http://a.example/2
        ООО Порт | Закупка 40 аккумуляторов для погрузчиков | 120000 | 02.03.2019 | http://a.example/3
        """
    )
    assert sheet.kind == "inquiries"
    assert fields(sheet)[:3] == ["buyer", "product", "target_price"]


def test_goods_with_their_address_or_their_number_alone_are_a_list_of_goods() -> None:
    shown = one(
        """
        product_name | product_url | webshop
        Rice drink 1 l | https://shop.example/rice | De Drogist
        Spinach spread | https://shop.example/spinach | De Drogist
        """
    )
    assert (shown.kind, fields(shown)) == ("products", ["product", "web", ""])
    packed = one("SKU | Qty\nAB-1001 | 20\nAB-1002 | 35\nAB-1003 | 12")
    assert (packed.kind, fields(packed)) == ("products", ["item_no", "quantity"])


def test_lines_may_be_counted_under_no_heading() -> None:
    sheet = one(
        """
        | ÜRÜN ADI | KARŞILIĞI
        1 | SULTANTREND | CESME
        2 | SULTAN | BODRUM
        3 | MANDALA | AKYAKA
        4 | MULTICOLOR | KAS
        """
    )
    assert sheet.header_rows == (1,)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("379,68 ₺", "TRY"),
        ("379,68 TL", "TRY"),
        ("Birim Fiyat (TL)", "TRY"),
        ("৳ 123,599", "BDT"),
        ("250 грн", "UAH"),
        ("9.50 R17.5 TH22 TL", None),
    ],
)
def test_signs_of_money(text: str, currency: str | None) -> None:
    assert currency_of(text.lower()) == currency


def test_a_heading_means_the_same_in_every_run() -> None:
    """Words of one length inside a heading were taken in the order of a set."""
    asked = "from app.sheets.lexicon import meanings; print(meanings('含税成本金额'))"
    said = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "6", "7")
    }
    assert len(said) == 1
    assert meanings("含税成本金额")[0].field == "amount"


def test_ranks_of_an_export_stand_further_in_and_may_be_numbered() -> None:
    sheet = understand(
        workbook(
            grid(
                [
                    ["Номенклатура", "Бренд", "Артикул", "Цена", "Ед."],
                    ["    Товары", None, None, None, None],
                    ["        01 Бумага", None, Decimal(1), None, None],
                    ["            0101 Бумага А4", None, Decimal(101), None, None],
                    ["Бумага Zoom А4 80 г", "Zoom", Decimal(10102), Decimal(96), "пач."],
                    ["Бумага Xerox А4 80 г", "Xerox", Decimal(10108), Decimal(114), "пач."],
                    ["            0102 Бумага А3", None, Decimal(102), None, None],
                    ["Бумага Zoom А3 80 г", "Zoom", Decimal(10201), Decimal(190), "пач."],
                ]
            )
        )
    )[0]
    assert sheet.row_count == 3
    assert list(sheet.region.groups.values()) == ["0101 Бумага А4"] * 2 + ["0102 Бумага А3"]


def test_numbers_under_product_are_its_numbers_and_medicines_are_called_by_what_is_in_them() -> (
    None
):
    sheet = one(
        """
        COMPANY | PRODUCT | COMPOSITION | PACKING | M.R.P. | RATE
        PMBI | 1 | Aceclofenac 100 mg and Paracetamol 325 mg Tablets | 10's | 10 | 8.5
        PMBI | 2 | Aceclofenac Tablets IP 100 mg film coated | 10's | 8 | 6.1
        PMBI | 5 | Pregabalin Capsules IP 75 mg hard gelatin | 14's | 22 | 17.9
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet) == ["company", "item_no", "product", "packing", "list_price", "price"]


def test_ids_in_thousands_number_articles_and_an_item_may_be_a_sort() -> None:
    rows = "\n".join(
        f"70{n}4 | Tijera corta chapa {n} | 13{n}.5 | {('BOLSAS', 'ARIDOS')[n % 2]}"
        for n in range(1, 7)
    )
    sheet = one(f"ID | ARTICULO | COSTO | ITEM\n{rows}")
    assert fields(sheet) == ["item_no", "product", "price", ""]
    counted = "\n".join(f"{n} | Mug no. {n} | {n}.5" for n in range(1, 7))
    assert fields(one(f"ID | Product | Price\n{counted}"))[0] == "serial"


def test_number_of_a_book_is_written_in_groups() -> None:
    assert barcodes_in("978-5-88070-263-3\n978-5-88070-204-6") == ("9785880702633", "9785880702046")
    assert barcodes_in("2024-01-10") == ()  # A day whose last digit happens to check the others.


@pytest.mark.parametrize(
    ("head", "currency"),
    [
        ("품명 | 단위 | 단가", "KRW"),
        ("Tên sản phẩm | Đơn vị | Giá bán lẻ", "VND"),
        ("Product | Unit | Price", None),
    ],
)
def test_prices_in_a_language_of_one_country_are_in_its_money(
    head: str, currency: str | None
) -> None:
    sheet = one(f"{head}\nSoy sauce 1.8 l | 병 | 12900\nVinegar 1.8 l | 병 | 4500")
    assert sheet.hints.currency == currency
