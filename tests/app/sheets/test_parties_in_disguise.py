"""Owns the tests of lists of companies and people whose columns look like something else.

Must not use files from outside.
"""

from __future__ import annotations

from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_people_without_headings_are_contacts_beside_other_columns_too() -> None:
    sheet = one(
        """
        1 | Ann Lee | ann@lee.example.com | 617-555-0101 | Boston
        2 | Bob Roe | bob@roe.example.com | 617-555-0102 | Leeds
        3 | Carla Dee | carla@dee.example.com | 617-555-0103 | York
        """
    )
    assert (sheet.kind, fields(sheet)) == ("contacts", ["", "contact", "email", "phone", ""])


def test_a_state_as_a_second_address_is_no_country() -> None:
    sheet = one(
        """
        First Name | Last Name | Address | Home Address | Email
        Ann | Lee | 12 Elm Street | CA | ann@lee.example.com
        Bob | Roe | 4 Oak Avenue | CA | bob@roe.example.com
        """
    )
    assert fields(sheet) == ["first_name", "last_name", "address", "", "email"]


def test_the_number_of_a_house_counts_no_lines() -> None:
    sheet = one(
        """
        RAZÃO SOCIAL | LOGRADOURO | NUMERO | BAIRRO | CEP
        Padaria Sol Ltda | Rua das Flores | 123 | Centro | 13010-000
        Mercado Lua Ltda | Av. Brasil | 4567 | Jardim | 11010-000
        """
    )
    assert fields(sheet) == ["company", "address", "address", "address", "postal_code"]
    assert [record.values["address"] for record in sheet.records()] == [
        "Rua das Flores 123, Centro",
        "Av. Brasil 4567, Jardim",
    ]


def test_a_location_is_an_address_of_companies_and_a_shelf_of_goods() -> None:
    companies = one(
        """
        Name | Location | Main Products
        Ardent Foods | Shenzhen, China | Toys
        Brisk Snacks | Ningbo, Zhejiang | Shoes
        """
    )
    assert fields(companies) == ["company", "address", "main_products"]
    goods = one(
        """
        SKU | Product | Location | Price
        A1 | Hammer | Hall two, shelf A | 12.50
        A2 | Saw | Hall two, shelf B | 9.90
        """
    )
    assert fields(goods) == ["item_no", "product", "", "price"]


def test_what_a_company_buys_or_earns_is_no_price() -> None:
    sheet = one(
        """
        Company Name | Country | Annual Sourcing Volume | Annual revenue | Typical Job Cost
        Ardent Foods Ltd | US | $1,200,000 | $5M | $12,000
        Brisk Snacks Inc | UK | $300,000 | $15M | $9,000
        """
    )
    assert fields(sheet) == ["company", "country", "", "annual_turnover", ""]


def test_a_bare_russian_name_beside_phones_and_sites_is_a_company() -> None:
    sheet = one(
        """
        Название | Телефон | Email | Сайт | Город
        Ромашка | +7 495 123-45-67 | info@romashka.example | romashka.example | Москва
        Василёк | +7 812 555-66-77 | info@vasilek.example | vasilek.example | Тверь
        """
    )
    assert (sheet.kind, fields(sheet)[0], fields(sheet)[-1]) == ("suppliers", "company", "city")


def test_names_with_a_site_of_their_own_are_companies() -> None:
    rows = """
        Name | Region | Website
        Acme Tools | North America | acme-tools.example.com
        Brico | Europe | www.brico.example.fr
        Hua Xin | Asia | huaxin.example.cn
        """
    assert (one(rows).kind, fields(one(rows))) == ("suppliers", ["company", "region", "web"])
    pages = rows.replace("acme-tools.example.com", "shop.example/a").replace(
        "www.brico.example.fr", "shop.example/b"
    )
    assert one(pages.replace("huaxin.example.cn", "shop.example/c")).kind is None


def test_makers_with_part_numbers_and_nothing_else_are_a_list_of_goods() -> None:
    sheet = one(
        """
        Manufacturer | Part Number
        Omron | G2R-1-E
        Siemens | 6ES7214-1AG40
        Omron | MY2N-GS
        """
    )
    assert (sheet.kind, fields(sheet)) == ("products", ["company", "item_no"])
    reached = one(
        """
        Manufacturer | Part Number | Phone | Email
        Omron Example Ltd | G2R-1-E | +81 75 344 7000 | a@omron.example
        Siemens Example AG | 6ES7214 | +49 89 3803 5491 | b@siemens.example
        """
    )
    assert reached.kind == "suppliers"


def test_years_of_a_school_are_nobodys_names() -> None:
    sheet = one(
        """
        公司 | 年级 | 手机
        宁波宏达电器有限公司 | 高一 | '13800138000
        义乌小商品贸易有限公司 | 高二 | '13900139000
        温州美亚灯饰有限公司 | 高三 | '13900139001
        """
    )
    assert fields(sheet) == ["company", "", "mobile"]


def test_codes_in_front_of_names_are_the_companies_codes() -> None:
    sheet = one(
        """
        Supplier | Phone | City
        C001 Hongda Co., Ltd | +86 574 8888 1234 | Ningbo
        C002 Jinlong Trading Co., Ltd | +86 579 8888 1234 | Yiwu
        C003 - Meiya Lighting Ltd | +86 760 8888 1234 | Zhongshan
        Fujian Tea Ltd | +86 591 8888 1234 | Fuzhou
        C005 Anta Ltd | +86 591 8888 1235 | Fuzhou
        """
    )
    assert fields(sheet)[0] == "company_code+company"
    named = [(r.values.get("company_code"), r.values["company"]) for r in sheet.records()]
    assert named[1:4] == [
        ("C002", "Jinlong Trading Co., Ltd"),
        ("C003", "Meiya Lighting Ltd"),
        (None, "Fujian Tea Ltd"),
    ]
    numbers_in_names = one(
        """
        Supplier | City
        3M China Ltd | Shanghai
        360 Security Ltd | Beijing
        Hongda Ltd | Ningbo
        """
    )
    assert fields(numbers_in_names)[0] == "company"
