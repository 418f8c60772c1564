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
