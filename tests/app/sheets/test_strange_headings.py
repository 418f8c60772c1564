"""Owns the tests of headings as strangers write them: whose a column is, numbers, sorts, misleading words.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, name: str = "Sheet1", file_name: str = "draft.xlsx") -> UnderstoodSheet:
    return understand(workbook(drawn(text, name=name), file_name=file_name))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_a_number_sign_is_a_number() -> None:
    sheet = one(
        """
        Company Name | Booth#
        Ardent Foods Ltd | N2046
        Brisk Snacks Inc | 4691
        Cresta Oils LLC | N311
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["company", "booth"])


def test_headings_that_say_first_whose_the_column_is() -> None:
    sheet = one(
        """
        SupplierName | SupplierCity | hq_country | SupplierType | company_email
        Ardent Foods Ltd | Leeds | United Kingdom | Trader | sales@ardent.example.com
        Brisk Snacks Inc | Boston | USA | Maker | info@brisk.example.com
        """
    )
    assert fields(sheet) == ["company", "city", "country", "business_type", "email"]
    assert fields(one("供应商名称 | 供应商类型 | 供应商地址\n宏达五金厂 | 企业 | 宁波市江北区\n"))[
        1:
    ] == [
        "business_type",
        "address",
    ]


def test_a_rate_or_a_quote_inside_a_heading_is_no_price_and_a_number_no_serial() -> None:
    sheet = one(
        """
        Customer | Sales Rep | No Quote | Win Rate | Last invoice number
        Ardent Foods | Ann Lee | 0 | 0.5 | 3957
        Brisk Snacks | Bob Roe | 1 | 0.25 | 12
        """
    )
    assert sheet.kind == "buyers"
    assert fields(sheet) == ["company", "contact", "", "", ""]


def test_pieces_per_carton_are_not_a_line_number() -> None:
    sheet = one(
        """
        Part Number | Description | No./ Per Crtn | DDP
        KR-1102 | Hinge brushed steel | 12 | 8.93
        KR-2150 | Hinge black | 10 | 5.73
        KR-1260 | Door stop | 10 | 4.27
        """
    )
    assert fields(sheet)[2] == "pcs_per_carton"


def test_address_books_say_the_value_and_its_sort_in_two_columns() -> None:
    sheet = one(
        """
        Given Name | Family Name | E-mail 3 - Type | E-mail 3 - Value | Phone 4 - Type | Phone 4 - Value | Address 1 - Type
        Ann | Lee | Other | ann@lee.example.com | Home | 176 1027 0000 | Home
        Bob | Roe | Work | bob@roe.example.com | Work | 010 8729 3467 | Work
        """
    )
    assert fields(sheet) == ["first_name", "last_name", "", "email", "", "phone", ""]


def test_who_made_it_is_not_who_asks() -> None:
    sheet = one(
        """
        ID | Name | Quantity | Manufacturer | Supplier | Price
        1 | Socket 2P | 4 | Xufan | LCC | 0.014
        2 | Header 6P | 2 | Yuhe | LCC | 0.22
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[5] == "price"


def test_numbers_under_contact_are_phones_and_a_rep_is_a_person() -> None:
    sheet = one(
        """
        Customer Rep | Company | Postal Code | Contact | Email
        John Doe | Doe Pte Ltd | 711222 | 6111 2222 | john@doe.example.com
        May Tan | Tan Pte Ltd | 755666 | 6555 6666 | may@tan.example.com
        """
    )
    assert fields(sheet) == ["contact", "company", "postal_code", "phone", "email"]


def test_a_name_beside_a_company_is_a_person() -> None:
    sheet = one(
        """
        S No | Name | Title | Company
        1 | Cara Isci | Management Assistance | Acton GmbH
        2 | Cep Yana | Sales Supervisor | Altinex PT
        """
    )
    assert fields(sheet) == ["serial", "contact", "job_title", "company"]


def test_an_empty_column_leaves_its_field_to_a_filled_one() -> None:
    sheet = one(
        """
        Article | Part Number | Description | Price
         | KR-212 | Power supply 212 W | 25.9
         | KR-412 | Power supply 412 W | 29.7
        """
    )
    assert fields(sheet)[:2] == ["", "item_no"]


def test_a_date_beside_brands_is_the_day_of_the_price_and_the_brand_the_name() -> None:
    sheet = one(
        """
        Brand | Ref# | Type | Price | Date
        Mavelin |  | Tab | 1000 | '2025-03-09
        Myrbet | STS-003 | Tab | 100 | '2025-03-06
        Otezol | STS-004 | Ins | 400 | '2025-03-09
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet) == ["product", "item_no", "", "price", "priced_on"]


@pytest.mark.parametrize("file_name", ["suppliers.csv", "proveedores.csv", "供应商.csv"])
def test_bare_names_in_a_file_called_suppliers_are_suppliers(file_name: str) -> None:
    sheet = one("Novart\nSanofia\nNutricio\nVictoria Pharm\n", file_name=file_name)
    assert (sheet.kind, fields(sheet), sheet.row_count) == ("suppliers", ["company"], 4)


def test_codes_and_names_in_a_file_called_suppliers_are_suppliers() -> None:
    sheet = one(
        "code | designation\nBi03 | Medical Works\nBi05 | Care Group\nBi06 | Nile Trading\n",
        file_name="suppliers.xlsx",
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["company_code", "company"])


def test_sizes_with_prices_under_no_title_are_the_goods() -> None:
    sheet = one(
        "Size | Price\n2000PRV | 20460\n2400PRV | 24552\n3000PRV | 30690\n", name="PRICELIST"
    )
    assert (sheet.kind, fields(sheet)) == ("products", ["product", "price"])


def test_a_sheet_called_a_vendor_list_is_a_list_and_no_drop_down() -> None:
    vendors = drawn(
        "Vendor code | Vendor\nDE325 | Agri Shop\nFR065 | Agathon\n", name="Vendor List"
    )
    choices = drawn("Unit | Country\npcs | China\nset | Japan\n", name="_Lists")
    taken = [sheet.sheet for sheet in understand(workbook(vendors, choices)) if sheet.is_taken]
    assert taken == ["Vendor List"]


def test_a_spanish_tax_number_is_no_price() -> None:
    sheet = one(
        """
        Nombre | Localidad | Provincia | CIF
        Euro Suministros SL | Vic | Barcelona | A-58457052
        Casa Roja SA | Getafe | Madrid | B-11223344
        """,
        file_name="clientes.xls",
    )
    assert fields(sheet) == ["company", "city", "province", "uscc"]


def test_in_stock_is_a_lead_time() -> None:
    sheet = one(
        "产品名称 | 厂家/型号 | 货期 | 单价/元\n灭菌锅 | 博讯/YX-50A | 现货 | 11105\n培养箱 | 博讯/BM-160 | 现货 | 8192\n"
    )
    assert fields(sheet)[2] == "lead_time"


def test_a_first_record_of_words_and_prices_is_no_heading() -> None:
    sheet = one(
        """
        苹果电脑-手表
        苹果手表S6-40mm蜂窝版红色 | 1550 | 官网价3999，铝金属表壳 | 购
        苹果手表SE-40mm蜂窝版金色 | 1600 | 官网价2499，回环式表带 | 购
        苹果手表SE-44mm蜂窝版银色 | 1700 | 官网价2799，回环式表带 | 购
        苹果手表S7-41mm绿色 | 1900 | 官网价2999，运动型表带 | 购
        """
    )
    assert (sheet.header_rows, sheet.row_count) == ((), 4)


def test_the_second_heading_row_of_an_order_form_may_hold_a_sum_of_zero() -> None:
    sheet = one(
        """
        Waren |  | je | Preis |  | Summe (ca.) |
        gruppe | Artikelbezeichnung |  | Euro | - Herkunft - | '0,00 € | Bemerkungen
        2 | Eier Klasse M | St | 0.55 | Hof Andresen | '0,00 € |
        1 | Linda festkochend | kg | 2.4 | eigene Ernte | '0,00 € | neu
        1 | Belana festkochend | kg | 2.5 | eigene Ernte | '0,00 € |
        """
    )
    assert sheet.header_rows == (1, 2)
    assert fields(sheet)[1:5] == ["product", "unit", "price", "origin"]


def test_further_sizes_below_the_last_full_row_stay_records() -> None:
    sheet = one(
        """
        名称 | 规格 | 价格 | 单位 | 备注
        快干印台 | 长方形 | 20 | 个 | 红
        快干印台 | 圆形 | 10 | 个 | 蓝
        光敏印油 | 红 | 15 | 瓶 | 大
        移动盘 | 8G | 80 | 个 | 小
         | 16G | 100 |  |
         | 32G | 140 |  |
        """
    )
    assert sheet.row_count == 6


def test_a_price_list_without_any_heading_has_names_and_prices() -> None:
    rows = "\n".join(f"华荣手机A{n}黑色 | {999 + 50 * n} | 高清大屏 第{n}批" for n in range(1, 6))
    sheet = one(rows, file_name="报价单.xlsx")
    assert (sheet.kind, fields(sheet)[:2]) == ("products", ["product", "price"])
    assert "size" not in fields(sheet)


def test_counts_far_from_the_names_of_a_headless_list_are_no_prices() -> None:
    rows = "\n".join(
        f"Aluminium duct {n} inch | CAT0{n} | pc | Plant {n} | 0 | 12{n}" for n in range(1, 6)
    )
    assert "price" not in fields(one(rows))


def test_companies_may_be_headed_in_the_plural() -> None:
    sheet = one(
        """
        Exhibitors | Link | Booth Location
        Ardent Foods Ltd | https://fair.example.com/a | A1.010
        Brisk Snacks Inc | https://fair.example.com/b | A1.020
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["company", "web", "booth"])


@pytest.mark.parametrize(
    "text",
    [
        "Supplier | Item | Qty | Cost\nHaida Plastics Co. Ltd. | Chair | 120 | 3.50\nAcme GmbH | Hinge | 40 | 0.35\n",
        "Supplier | Product | Stock\nHaida Plastics Co. Ltd. | Chair | 120\nAcme GmbH | Hinge | 40\n",
        "Item | Vendor | Qty on hand | Cost per item\nChair | Haida Plastics Co. Ltd. | 120 | 3\nHinge | Acme GmbH | 4 | 2\n",
        "供应商 | 品名 | 库存 | 成本价\n宁波海达塑料有限公司 | 折叠椅 | 120 | 35\n义乌五金厂 | 合页 | 400 | 1.2\n",
    ],
)
def test_a_stock_list_is_of_the_goods_of_its_suppliers(text: str) -> None:
    sheet = one(text)
    assert sheet.kind == "products"
    assert {"company", "product"} <= set(fields(sheet))


def test_what_a_supplier_makes_does_not_make_a_list_of_goods() -> None:
    sheet = one(
        "Company | Main products | City | Phone\nHaida Plastics Co. Ltd. | Chairs | Ningbo | 13800001234\n"
    )
    assert sheet.kind == "suppliers"


def test_pages_on_social_networks_are_no_websites() -> None:
    sheet = one(
        """
        Company | Website | Facebook | Instagram
        Acme GmbH | www.acme.de | https://facebook.com/acme | @acme
        Beta Ltd | https://www.facebook.com/beta | | https://linkedin.com/in/beta
        """
    )
    assert fields(sheet) == ["company", "web", "social", "social"]
    first, second = (record.values for record in sheet.records())
    assert first["web"] == ("www.acme.de",)
    assert first["social"] == ("https://facebook.com/acme [Facebook]", "@acme [Instagram]")
    assert "web" not in second
    assert second["social"][0] == "https://www.facebook.com/beta [Facebook]"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Volume (ml)", ""),
        ("Объем (мл)", ""),
        ("容积(毫升)", ""),
        ("Volume (L)", ""),
        ("Volume", "cbm"),
        ("Объем, м3", "cbm"),
        ("Volume (m3)", "cbm"),
    ],
)
def test_litres_are_what_goes_into_an_article_not_its_cartons_volume(
    heading: str, field: str
) -> None:
    sheet = one(
        f"""
        Item No. | Product name | Price USD | {heading}
        A-101 | Travel mug | 1.25 | 0.05
        A-102 | Vacuum flask | 2.40 | 0.07
        A-103 | Lunch jar | 3.10 | 0.09
        """
    )
    assert fields(sheet)[3] == field


def test_a_run_of_sizes_holds_no_length() -> None:
    sheet = one(
        """
        Style No. | Colour | S | M | L | XL | Total pcs | FOB US$
        TS-300 | Black | 100 | 200 | 200 | 100 | 600 | 3.2
        TS-301 | White | 100 | 200 | 200 | 100 | 600 | 3.3
        TS-302 | Navy | 100 | 200 | 200 | 100 | 600 | 3.4
        """
    )
    assert fields(sheet)[2:] == ["", "", "", "", "quantity", "price"]


def test_a_title_that_says_mr_is_no_person() -> None:
    sheet = one(
        """
        Title | First Name | Last Name | Company | Job Title | Mobile Phone | E-mail Address
        Mr. | Jan | Novak | Novak s.r.o. | Head | +420 601 111 000 | jan@novak.example
        Mrs. | Eva | Dvorak | Dvorak a.s. | Buyer | +420 601 111 001 | eva@dvorak.example
        Mr. | Petr | Maly | Maly s.r.o. | Owner | +420 601 111 002 | petr@maly.example
        """
    )
    assert sheet.kind == "contacts"
    assert fields(sheet)[:3] == ["salutation", "first_name", "last_name"]


def test_where_goods_come_from_is_not_where_their_buyer_is() -> None:
    sheet = one(
        """
        Date | HS Code | Product Description | Consignee | Origin Country | Quantity | Quantity Unit
        2025-11-01 | 85395200 | LED LAMPS | LIGHT WORLD INC | CHINA | 1200 | CTNS
        2025-11-02 | 85395200 | LED TUBES | LUMEN LLC | CHINA | 900 | CTNS
        2025-11-03 | 85395200 | LED SPOTS | BRIGHT CORP | CHINA | 300 | CTNS
        """
    )
    assert (sheet.kind, fields(sheet)[4]) == ("inquiries", "origin")


def test_the_number_of_a_record_elsewhere_is_the_company_s_code() -> None:
    sheet = one(
        """
        ID | Supplier Name | Country | Primary Contact | Email Id
        SUP-00001 | Hangzhou Silk Co., Ltd. | China | Chen Yu | chen@silk.example
        SUP-00002 | Ningbo Tools Co., Ltd. | China | Li Mei | li@tools.example
        SUP-00003 | Yiwu Gifts Co., Ltd. | China | Wang Bo | wang@gifts.example
        """
    )
    assert fields(sheet)[:2] == ["company_code", "company"]


def test_headings_with_their_number_glued_on_and_what_follows_the_thing() -> None:
    sheet = one(
        """
        Name | Company1 | Job Title1 | Mobile1 | Tel1 | Email1 | Comments after meeting
        Peter Jansen | Jansen BV | Buyer | +31612345678 | +31201234567 | p@jtc.nl | garden tools
        Yuki Mori | Mori Shoji | Manager | +81312345678 | +81355551111 | m@mori.jp | wants samples
        """
    )
    assert fields(sheet) == [
        "contact", "company", "job_title", "mobile", "phone", "email", "remark",
    ]  # fmt: skip


def test_the_unit_says_what_is_told_of_a_carton() -> None:
    sheet = one(
        """
        Item No. | Product | Price USD | Carton (pcs) | Carton (cm) | Carton (kg)
        KT-1 | Kettle 1.7L | 9.1 | 8 | 58x40x48 | 12.5
        KT-2 | Kettle 1.0L | 7.2 | 12 | 60x45x40 | 11
        """
    )
    assert fields(sheet)[3:] == ["pcs_per_carton", "carton_size", "gross_weight"]


def test_what_came_in_over_a_platform_is_an_inquiry_without_a_quantity() -> None:
    sheet = one(
        """
        Subject | Sender | Country | Company | E-mail | Sent Time | Content
        Inquiry about LED Flood Light | Omar Saleh | Egypt | Saleh Electric | omar@saleh.eg | 2026-01-12 | best price CIF
        Solar street light | Ms. Thandi | South Africa | Sun4All | info@sun4all.co.za | 2026-01-13 | send catalogue
        """,
        file_name="inquiries.xlsx",
    )
    assert (sheet.kind, fields(sheet)) == (
        "inquiries",
        ["product", "contact", "country", "buyer", "email", "inquired_on", "remark"],
    )


def test_the_name_of_a_customer_beside_the_company_is_a_person_s() -> None:
    sheet = one(
        """
        客户名称 | 标签 | 添加时间 | 企业 | 职务 | 手机
        Jason | 英国 | 2025-10-17 | Greenhouse Ltd | Buyer | 13588881110
        刘姐 | 供应商 | 2025-10-18 | 义乌千惠饰品 | 老板 | 13588881111
        """
    )
    assert fields(sheet)[0] == "contact"
    assert fields(sheet)[3] == "company"
