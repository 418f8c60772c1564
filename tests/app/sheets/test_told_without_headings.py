"""Owns the tests of what is told by values, language and place where a heading says little or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, merges: str = "", file_name: str = "draft.xlsx") -> UnderstoodSheet:
    (sheet,) = understand(workbook(drawn(text, merges=merges), file_name=file_name))
    return sheet


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_mails_with_names_beside_them_are_people() -> None:
    sheet = one(
        """
        Li Wei | liwei@greenbag.cn
        Zhang Min | zhangmin@papercup.com
        Tom Chen | tom@bigtools.cn
        """
    )
    assert (sheet.kind, fields(sheet)) == ("contacts", ["contact", "email"])


def test_names_without_a_heading_beside_mails_and_companies_are_people() -> None:
    sheet = one(
        """
        | E-mail | Company
        Li Wei | liwei@greenbag.cn | Green Bag
        Zhang Min | zhangmin@papercup.com | Paper Cup
        """
    )
    assert fields(sheet) == ["contact", "email", "company"]


def test_companies_and_people_are_told_from_words_by_how_they_are_called() -> None:
    sheet = one(
        """
        温州市瓯海振华鞋厂 | 周国华 | 13957700001 | zhou@zhenhua-shoes.com
        成都卡美多鞋业 | 何勇 | 13608080003 | he@kameiduo.com
        广州市白云区新潮皮具 | 罗小姐 | 13302220004 | luo@xinchao.com.cn
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["company", "contact", "mobile", "email"])
    told = one(
        """
        日期 | 平台 | 客户 | 产品 | 数量
        2026-03-02 | 阿里 | Casa Mia Srl | 购物袋 | 500
        2026-03-05 | 展会 | Nordic Home AB | 毛毯 | 300
        """
    )
    assert fields(told) == ["inquired_on", "source", "buyer", "product", "quantity"]


def test_a_currency_alone_is_the_heading_of_prices() -> None:
    sheet = one(
        """
        Code | Description | USD
        SK100 | Socket 1 gang | 1.1
        SK101 | Socket 2 gang | 1.3
        """
    )
    assert fields(sheet) == ["item_no", "product", "price"]
    assert next(sheet.records()).values["price"][0].currency == "USD"


def test_the_yen_of_a_japanese_list_is_no_yuan() -> None:
    sheet = one(
        """
        JANコード | 商品名 | 入数 | 下代(税別) | メーカー名
        '4901234567894 | タオルハンガー | 24 | ￥380 | 山田製作所
        '4901234567887 | シリコン鍋敷き | 60 | ￥120 | 山田製作所
        """
    )
    assert next(sheet.records()).values["price"][0].currency == "JPY"
    chinese = one(
        """
        货号 | 品名 | サイズ | 单价 | 产地
        '0012 | 毛巾 | 30x60 | ￥380 | 中国
        '0013 | 锅垫 | 18x18 | ￥120 | 中国
        """
    )
    assert next(chinese.records()).values["price"][0].currency == "CNY"


def test_a_country_in_two_languages_is_one() -> None:
    sheet = one(
        """
        Company | 国别 Country | E-mail
        Al Noor Trading LLC | 阿联酋 UAE | faisal@alnoor.ae
        PT Sumber Jaya | 印尼Indonesia | budi@sumberjaya.co.id
        """
    )
    assert [record.values["country"] for record in sheet.records()] == ["AE", "ID"]


def test_codes_under_a_bare_number_are_article_numbers_in_a_price_list() -> None:
    sheet = one(
        """
        编号 | 产品名称 | 单价
        CX001 | 木质相框 | 5.5
        CX002 | 音乐盒 | 16
        """
    )
    assert fields(sheet) == ["item_no", "product", "price"]


def test_days_without_a_year_are_of_the_year_in_the_title() -> None:
    text = """
        询盘登记表 2026
        日期 | 客户 | 产品 | 数量
        3月5日 | Casa Mia Srl | 购物袋 | 500
        2026/3/8 | Nordic Home AB | 毛毯 | 300
        """
    sheet = one(text)
    days = [record.values.get("inquired_on") for record in sheet.records()]
    assert days == [date(2026, 3, 5), date(2026, 3, 8)]
    first, second = one(text.replace("登记表 2026", "登记表")).records()
    assert "inquired_on" not in first.values
    assert second.values["inquired_on"] == date(2026, 3, 8)


def test_blocks_under_the_names_of_companies_are_lists_of_their_own() -> None:
    text = """
        {0} | |
        Item No | Name | Price
        A1 | Bulb 3W | $1
        A2 | Bulb 5W | $2
        | |
        {1} | |
        Item No | Name | Price
        T1 | Tube 60 | $3
        T2 | Tube 90 | $4
        """
    apart = understand(
        workbook(drawn(text.format("Taizhou Haoyu Co., Ltd", "Yuyao Jiali Co., Ltd")))
    )
    assert [sheet.facts["company_en"] for sheet in apart] == [
        "Taizhou Haoyu Co., Ltd",
        "Yuyao Jiali Co., Ltd",
    ]
    (together,) = understand(workbook(drawn(text.format("LED bulbs", "LED tubes"))))
    assert [record.group for record in together.records()] == [
        "LED bulbs",
        "LED bulbs",
        "LED tubes",
        "LED tubes",
    ]


def test_headings_in_three_rows_whose_second_is_the_other_language() -> None:
    sheet = one(
        """
        货号 | 品名规格 | 外箱包装 | | 单价 (RMB) |
        Item | Description | Packing | | |
        | | Pcs/ctn | Size (cm) | 1-2箱 | ≥3箱
        '007-A | 不锈钢漏勺 skimmer | 120 | 52*38*40 | 4.8 | 4.5
        '007-B | 不锈钢汤勺 ladle | 120 | 52*38*42 | 5 | 4.7
        """,
        merges="C1:D1 C2:D2 E1:F2",
    )
    assert sheet.header_rows == (1, 2, 3)
    assert fields(sheet) == [
        "item_no",
        "product",
        "pcs_per_carton",
        "carton_size",
        "price",
        "price",
    ]
    prices = next(sheet.records()).values["price"]
    assert [(p.at_least, p.at_most, p.amount) for p in prices] == [
        (1, 2, Decimal("4.8")),
        (3, None, Decimal("4.5")),
    ]


def test_two_things_joined_by_a_word_and_a_name_in_english() -> None:
    sheet = one(
        """
        企业名称（中） | 企业名称（英） | 展品范围 | 联系人及电话
        浙江巨星科技股份有限公司 | GREAT STAR CO.,LTD | 手工具 | 王经理 0571-81601076
        江苏通达动力科技有限公司 | TONGDA POWER CO.,LTD | 电机冲片 | 刘工/13912345678
        """
    )
    assert fields(sheet) == ["company", "company_en", "main_products", "contact+phone"]
    assert [record.values["contact"] for record in sheet.records()] == ["王经理", "刘工"]


def test_what_a_letter_asks_for_is_no_place_of_delivery() -> None:
    sheet = one(
        """
        Please quote your best FOB prices for below items. | | |
        Item | Product | Qty | Target price (USD)
        1 | Garden gloves | 5000 | 0.62
        2 | Pruning shears | 1000 | 2.10
        """
    )
    price = next(sheet.records()).values["target_price"]
    assert (price.incoterm, price.place) == ("FOB", None)


def test_a_unit_counted_in_ten_thousands_is_no_buyer() -> None:
    sheet = one(
        """
        采购询价单 | | |
        物料名称 | 规格型号 | 单位 | 数量
        不锈钢螺丝 | M4*10 | 万个 | 5
        尼龙扎带 | 4*200 | 包 | 300
        """
    )
    assert "unit" in fields(sheet)
    assert "buyer" not in fields(sheet)


def test_an_amount_beside_steps_under_another_word_is_no_price() -> None:
    sheet = one(
        """
        Item | Spec. | Sample | 1-10 cases | 11+ cases
        Candle S | 7x8cm, soy | $3 | $2.10 | $1.95
        Candle L | 10x12cm | $5 | $4.20 | $3.90
        """
    )
    prices = next(sheet.records()).values["price"]
    assert [price.amount for price in prices] == [Decimal("2.10"), Decimal("1.95")]
    assert next(sheet.records()).custom == (("Sample", "$3"),)


def test_a_list_of_something_else_is_no_list_of_goods_nor_of_people() -> None:
    sights = one(
        """
        id | sight | opened | telephone
        C1_001 | Old lighthouse | 1890 | 0933-111-222
        C1_002 | Harbour museum | 1972 | 0933-111-333
        """
    )
    assert sights.kind is None
    assert one("number | as text\n4294967296 | 4294967297\n4294967298 | 4294967299").kind is None
