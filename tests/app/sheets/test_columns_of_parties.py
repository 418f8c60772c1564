"""Owns the tests of what columns of companies and people are called and hold in lists of strangers.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_a_title_beside_a_company_is_what_the_person_is_there() -> None:
    sheet = one(
        """
        name | title | company | email | country
        Ann Lee | Sales Director | Ardent Foods | ann@ardent.example.com | US
        Bob Roe | Head of Buying | Brisk Snacks | bob@brisk.example.com | GB
        """
    )
    assert fields(sheet) == ["contact", "job_title", "company", "email", "country"]


def test_a_location_of_one_word_is_a_town() -> None:
    sheet = one(
        """
        name | location | email | contact_number
        Ardent Supplies Ltd | Nairobi | info@ardent.example.com | +254 712 345678
        Brisk Traders Ltd | Mombasa | info@brisk.example.com | +254 723 456789
        """
    )
    assert fields(sheet) == ["company", "city", "email", "phone"]


def test_headings_that_end_in_colons_are_no_form_where_records_stand_below() -> None:
    sheet = one(
        """
        Наименование контрагента | Тип контрагента | ВИП клиент: | Нас. пункт* | Тип услуги*: | Узел | До | Ширина канала: | Ответственный менеджер*:
        Рога 1 | Юр лицо | 1 | Тверь | Vlan | Тверь, 18 | Лесной, 2 | 1 Гб | Иванов Иван
        Рога 2 | Юр лицо | 1 | Клин | Vlan | Клин, 18 | Лесной, 2 | 1 Гб | Иванов Иван
        Рога 3 | Физ лицо | 1 | Тверь | Vlan | Тверь, 20 | Лесной, 2 | 1 Гб | Иванов Иван
        """
    )
    assert (sheet.kind, sheet.header_rows) == ("buyers", (1,))
    assert fields(sheet)[:4] == ["company", "business_type", "", "city"]


def test_brackets_say_whose_number_it_is() -> None:
    sheet = one(
        """
        Cliente | ID (DNI/CUIT) | Telefonos | Dirección
        Vivero San Martín | 30-68763677-1 | 11 53236606 | Av. Mitre 2856
        Florería La Banda | 30-71060157-3 | 11 30343913 | Sarmiento 414
        """
    )
    assert fields(sheet) == ["company", "uscc", "phone", "address"]


def test_what_a_program_calls_its_records_is_no_phone() -> None:
    sheet = one(
        """
        First Name | Last Name | Company Name | Work Direct Phone | Apollo Contact Id
        Ann | Lee | Ardent Foods Ltd |  | 6a7d80fdd4427500010b0af0
        Bob | Roe | Brisk Snacks Inc |  | 6a7d80fdd4427500010b0af1
        Cy | Dow | Calm Drinks Inc |  | 5a7d80fdd4427500010b0af2
        """
    )
    assert fields(sheet) == ["first_name", "last_name", "company", "phone", ""]


def test_who_is_to_be_turned_to_goes_before_who_heads_the_company() -> None:
    sheet = one(
        """
        상호 | 대표자 | 종목 | 전화번호 | 담당자 | 담당자H.P
        (주)나이스 | 박희숙 | 미용재료 | 032-677-2246 | 김민수 | 010-3500-4395
        (주)새롬 | 김은호 | 화장품 | 032-677-2247 | 이영희 | 010-3500-4396
        """
    )
    assert fields(sheet) == ["company", "", "main_products", "phone", "contact", "mobile"]


def test_numbers_of_towns_and_provinces_are_none() -> None:
    sheet = one(
        """
        Proveedor | Dirección | Teléfono | id_provincia | id_ciudad
        Expertos SA | Calle Larga 3 | 07 2830000 | 1 | 12
        Textiles SA | Av. Loja 9 | 07 2830001 | 2 | 14
        """
    )
    assert fields(sheet) == ["company", "address", "phone", "", ""]


@pytest.mark.parametrize(("word", "kind"), [("Debtor", "buyers"), ("Supplier", "suppliers")])
def test_debtors_buy(word: str, kind: str) -> None:
    sheet = drawn(
        """
        Cust_id | Company_name | Phone_no | Credit_Term
        300-Z001 | Zaratec Enterprise | 088-318 182 | Net 30 days
        300-Y011 | YC Steel Sdn Bhd | 088-425 889 | C.O.D.
        """.replace("Cust_id", f"{word}_id"),
        name=f"{word} Listing",
    )
    found = understand(workbook(sheet))[0]
    assert found.kind == kind
    assert fields(found) == ["company_code", "company", "phone", "payment"]


def test_numbers_and_flags_under_client_are_no_people() -> None:
    sheet = one(
        """
        nom | client | code_client | address | zip | town | phone
        Adidas | 1 | C001 | 123 Rue de la Mode | 75001 | Paris | 0144556677
        Nike | 2 | C002 | 45 Avenue du Sport | 13002 | Marseille | 0491556677
        """
    )
    assert fields(sheet) == [
        "company", "", "company_code", "address", "postal_code", "city", "phone",
    ]  # fmt: skip


def test_what_a_supplier_is_described_as_is_its_name_and_how_it_performs_no_lead_time() -> None:
    sheet = one(
        """
        Descrição Fornecedor | Valor total | Classificação | Comprador | Performance de entrega | Situação
        Vedações Ind. Ltda | 2618.95 | 292 | Gabriel Bertram | 33% | ativo
        Ferragens e Ferramentas Ltda | 28906.28 | 122 | Jonas Linsh | 94% | ativo
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["company", "", "grade", "", "", "status"])


def test_long_russian_names_of_companies_with_their_region_are_a_list_of_them() -> None:
    sheet = one(
        """
        Номер | Округ | Организация | Количество домов
        1 | ВАО | ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ «РЕМОНТ» | 11
        2 | ЗАО | АКЦИОНЕРНОЕ ОБЩЕСТВО «РЭУ 21» | 44
        3 | САО | Радуга | 173
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["serial", "region", "company", ""])


def test_a_line_of_business_is_no_country() -> None:
    sheet = one(
        """
        name | city | phone | vocation
        Ardent Ltd | Madrid | +34 932 29 68 10 | IT/Communication
        Brisk Ltd | Granada | +34 958 57 47 02 | IT/Communication
        Calm Ltd | Murcia | +34 968 57 47 02 | IT/Communication
        """
    )
    assert fields(sheet) == ["company", "city", "phone", ""]


def test_a_register_in_latin_letters_tells_numbers_grades_and_sizes() -> None:
    sheet = one(
        """
        name | inn | supplier_grade | company_size | bank_info | Широта
        ООО КОМПЬЮЦЕНТР | '7721663977 | A | 120 | 40702810 | 55.65
        ООО ЛУЧСТРОЙ | '7733302527 | B | 40 | 40702811 | 55.35
        """
    )
    assert fields(sheet) == ["company", "uscc", "grade", "employees", "bank_account", "latitude"]
