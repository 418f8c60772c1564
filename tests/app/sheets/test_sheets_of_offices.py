"""Owns the tests of what a trading office's own tables say beside the factories': costs, forwarders, packs.

Must not use files from outside.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def imported(desk: Desk, path: Path, text: str) -> None:
    book = Workbook()
    for row in drawn(text).rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    desk.sheets.commit(desk.sheets.preview(path))


def test_a_price_fob_beside_the_cost_is_what_we_sell_for() -> None:
    costs = """
        货号 | 品名 | {cost} | 退税率 | FOB报价(USD)
        KT-01 | 开瓶器 | 5.65 | 13% | 0.83
        KT-02 | 打蛋器 | 4.2 | 13% | 0.65
        """
    assert fields(one(costs.format(cost="采购价(含税)")))[2:] == [
        *["price", "rebate_rate", "sell_price"]
    ]
    factory = one(costs.format(cost="出厂价"))
    assert fields(factory)[2:] == ["price", "rebate_rate", "price"]
    prices = next(iter(factory.records())).values["price"]
    assert [(p.currency, p.incoterm, p.place) for p in prices][1:] == [("USD", "FOB", None)]  # type: ignore[attr-defined]


def test_forwarders_and_agents_are_told_by_their_type(desk: Desk, tmp_path: Path) -> None:
    imported(
        desk,
        tmp_path / "agents.xlsx",
        """
        Company | Type | Contact | Tel
        Ningbo Sunshine Logistics | Forwarder | Kevin | 0574-88889999
        Yiwu Easy Agent | Purchasing agent | Amy | 13500001111
        Ningbo Haida Kitchenware Factory | Manufacturer | Lily | 0574-66667777
        """,
    )
    found = [desk.directory_views.company(one).roles for one in sorted(desk.lists.ids("supplier"))]
    assert found == [("supplier", "forwarder"), ("supplier", "agent"), ("supplier",)]


def test_inner_and_outer_share_a_cell_and_english_may_stand_before_chinese(
    desk: Desk, tmp_path: Path
) -> None:
    imported(
        desk,
        tmp_path / "catalogue.xlsx",
        """
        Ref. | Product / 产品 | Inner/Outer | FOB Ningbo US$/pc
        GT-11 | Hand trowel / 手铲 | 12/72 | 0.98
        GT-12 | Cultivator / 三齿耙 | 12/72 | 1.02
        """,
    )
    first, _ = sorted(desk.lists.ids("product"))
    values = desk.directory_views.product(first).values
    assert (values["name_en"], values["name_zh"]) == ("Hand trowel", "手铲")
    assert values["pieces_per_carton"] == 72


def test_the_day_of_a_russian_price_list_stands_in_its_title() -> None:
    sheet = one(
        """
        Прайс-лист ООО «Кухня Плюс» от 01.10.2026
        Артикул | Наименование | Цена опт, руб.
        КП-001 | Кастрюля 3 л | 1250,00
        КП-002 | Сковорода 26 см | 890,50
        """
    )
    assert sheet.facts["priced_on"] == date(2026, 10, 1)


def test_ranges_of_quantities_below_each_other_are_the_steps_of_one_article(
    desk: Desk, tmp_path: Path
) -> None:
    imported(
        desk,
        tmp_path / "steps.xlsx",
        """
        Model | Qty (pcs) | Unit Price (US$) | Lead time
        X-1 | 100-499 | 5.5 | 15 days
        X-1 | 500-999 | 5.1 | 15 days
        X-1 | ≥1000 | 4.8 | 15 days
        X-2 | 100-499 | 7.5 | 15 days
        X-2 | 500+ | 7 | 15 days
        """,
    )
    first, second = sorted(desk.lists.ids("product"))
    detail = desk.directory_views.product(first)
    steps = [(p.values["min_quantity"], p.values["amount"]) for p in detail.prices]
    assert sorted(steps) == [(100, Decimal("5.5")), (500, Decimal("5.1")), (1000, Decimal("4.8"))]
    assert len(desk.directory_views.product(second).prices) == 2


def test_who_quotes_is_not_whom_they_quote_to() -> None:
    sheet = one(
        """
        QUOTATION
        To: | Bloom Retail Inc. | No.: | QT-2026-088
        Attn: | Emma Stone | Date: | Oct 20, 2026
        From: | Shantou Toy World Industrial Co., Ltd.
        Item No. | Description | Qty/CTN | Unit price FOB Shantou
        TW-100 | RC car 1:18 | 24 | $4.35
        TW-101 | RC boat | 18 | $5.10
        """
    )
    assert (
        sheet.facts.get("company") or sheet.facts.get("company_en")
    ) == "Shantou Toy World Industrial Co., Ltd."
    assert sheet.facts["priced_on"] == date(2026, 10, 20)


def test_the_trade_of_a_turkish_buyer_is_not_what_they_ask_for() -> None:
    sheet = one(
        """
        Firma Adı | Yetkili Kişi | E-posta | Faaliyet Alanı | Talep Edilen Ürün | Adet | Hedef Fiyat
        Demir Dış Ticaret A.Ş. | Mehmet Yıldız | m@demir.com.tr | Toptan züccaciye | Cam bardak | 10000 | 0,35 USD
        Ege Ev Ltd. Şti. | Ayşe Kaya | a@ege.com.tr | Ev tekstili | Havlu 50x90 | 4000 | 1,20 USD
        """
    )
    assert sheet.kind == "inquiries"
    assert fields(sheet)[3:5] == ["category", "product"]


def test_until_when_prices_hold_may_be_told_without_the_year_of_the_title() -> None:
    sheet = one(
        """
        SHENZHEN LUMEN LIGHTING CO., LTD
        LED Panel Light Price List 2026 (Valid till Dec 31)
        Model | Name | Price @100 | Price @500 | Price @1k
        LM-40 | Panel light 40W | 8.9 | 8.5 | 8.2
        LM-60 | Panel light 60W | 12.9 | 12.5 | 12.2
        """
    )
    assert sheet.facts["valid_until"] == date(2026, 12, 31)
    prices = next(iter(sheet.records())).values["price"]
    assert [(p.at_least, p.at_most) for p in prices] == [(100, 499), (500, 999), (1000, None)]  # type: ignore[attr-defined]


def test_an_article_with_a_row_for_each_colour_has_all_of_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "colours.xlsx"
    text = """
        款号 | 品名 | 颜色 | 库存数量 | 单价
        A101 | T恤 | 红 | 600 | 18.5
        A101 | T恤 | 黑 | 800 | 18.5
        A101 | T恤 | 红 | 100 | 18.5
        A102 | 卫衣 | 灰 | 260 | 46
        """
    imported(desk, path, text)
    first, second = sorted(desk.lists.ids("product"))
    shirt = desk.directory_views.product(first).values
    assert (shirt["name_zh"], shirt["colour"]) == ("T恤", "红、黑")
    assert desk.directory_views.product(second).values["colour"] == "灰"
    assert desk.sheets.commit(desk.sheets.preview(path)).operation is None


def test_a_company_with_a_row_for_each_sort_makes_all_of_them(desk: Desk, tmp_path: Path) -> None:
    imported(
        desk,
        tmp_path / "sorts.xlsx",
        """
        Company | Products | Tel
        Ningbo Haida Kitchenware Co., Ltd. | Pans | 0574-66667777
        Ningbo Haida Kitchenware Co., Ltd. | Pans、Lids | 0574-66667777
        Yiwu Bella Bags Co., Ltd. | Bags | 0579-85556666
        """,
    )
    found = [desk.directory_views.company(one).values for one in sorted(desk.lists.ids("supplier"))]
    assert [one["main_products"] for one in found] == ["Pans、Lids", "Bags"]


def test_a_target_makes_an_inquiry_of_the_house_its_title_names() -> None:
    sheet = one(
        """
        Inquiry from Casa Bella S.r.l. (Italy) – Ms. Giulia Rossi, giulia@casabella.it
        Ref | Item | Material | Qty 1st order | Annual qty | Target FOB USD | Packaging
        CB-1 | Salad bowl | Acacia wood | 1000 | 5000 | 4.2 | color box
        CB-2 | Salad servers | Acacia wood | 1000 | 5000 | 1.1 | hang tag
        """
    )
    assert sheet.kind == "inquiries"
    assert fields(sheet)[3:6] == ["quantity", "", "target_price"]
    assert sheet.facts["company_en"] == "Casa Bella S.r.l."


def test_marks_between_one_and_five_are_no_prices_and_no_goods() -> None:
    sheet = one(
        """
        Supplier | Quality (1-5) | Price (1-5) | Delivery (1-5) | Contact email
        Haida | 5 | 4 | 4 | sales@haida.cn
        Bella | 3 | 5 | 3 | bella@bella.cn
        """
    )
    assert fields(sheet) == ["company", "", "", "", "email"]


def test_an_office_writes_its_town_before_the_day() -> None:
    sheet = one(
        """
        Offer No. 2026/118 | | | Wien, 14.10.2026
        Pos. | Artikelbezeichnung | Menge | EP netto €
        1 | Edelstahlschüssel 24 cm | 1.200 | 3,45
        2 | Holzlöffel Buche 30 cm | 5.000 | 0,42
        """
    )
    assert sheet.facts["priced_on"] == date(2026, 10, 14)
