"""Owns the tests of lists of companies and people in the shapes that fairs, registers and mail programs give them.

Must not use files from outside.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from sheet_drafts import drawn, grid, workbook

from app.desk import Desk
from app.sheets.grid import Value
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def lines(text: str) -> UnderstoodSheet:
    """A sheet of one column, a cell for each line of ``text``."""
    rows: list[list[Value]] = [[line.strip() or None] for line in text.strip().split("\n")]
    return understand(workbook(grid(rows)))[0]


def test_labelled_lines_in_one_column_are_a_form() -> None:
    sheet = lines(
        """
        Company: Ningbo Hongda Tools Co., Ltd.
        Contact: Li Ming
        Tel: +86 574 8765 4321
        E-mail: li@hongda.example.com
        Address: 12 Yongjiang Road
        Ningbo
        """
    )
    assert sheet.kind == "suppliers"
    assert fields(sheet) == ["company", "contact", "phone", "email", "address"]
    assert len(sheet.region.rows) == 1
    assert sheet.region.rows[0][4] == "12 Yongjiang Road\nNingbo"


@pytest.mark.parametrize("named", ["", "Company: "])
def test_each_block_of_labelled_lines_is_a_record(named: str) -> None:
    sheet = lines(
        f"""
        {named}Ningbo Hongda Tools Co., Ltd.
        Contact: Li Ming
        Tel: +86 574 8765 4321
        E-mail: li@hongda.example.com

        {named}Foshan Lights Co., Ltd.
        Contact: Chen Wei
        Fax: +86 757 8765 4321
        E-mail: chen@foshan.example.com
        """
    )
    assert fields(sheet) == ["company", "contact", "phone", "email", "fax"]
    assert [row[1] for row in sheet.region.rows] == ["Li Ming", "Chen Wei"]


def test_a_column_of_notes_with_colons_is_no_form() -> None:
    sheet = lines(
        """
        Remarks
        Delivery: within 30 days
        see https://example.com
        Packing by the buyer
        Tel: ask the office
        nothing else
        """
    )
    assert sheet.region.shape == "table"


def test_names_with_mails_are_people_without_any_heading() -> None:
    sheet = one(
        """
        Li Ming <li@hongda.example.com> | +86 138 1234 5678
        "Anna Schmidt" <a.schmidt@web.example.com> | +49 170 1149430
        Chen Wei <chen@foshan.example.com> | +86 138 1234 5679
        """
    )
    assert (sheet.kind, fields(sheet)) == ("contacts", ["contact", "phone"])


@pytest.mark.parametrize(
    "headings",
    [
        "id_sup | name_sup | adr_sup | tel_sup",
        "Supplier Code | Nome_Fornecedor | Endereço | Telefone",
        "Kundennr | Nom de l’entreprise | Adresse | Tél",
    ],
)
def test_the_name_of_an_owner_is_a_company_s(headings: str) -> None:
    sheet = one(
        f"""
        {headings}
        S101 | Hongda Tools | 12 Yongjiang Road | +86 574 87654321
        S102 | Foshan Lights | 5 Lihua Road | +86 757 87654321
        S103 | Yiwu Toys | 7 Chouzhou Road | +86 579 87654321
        """
    )
    assert sheet.kind in ("suppliers", "buyers")
    assert fields(sheet) == ["company_code", "company", "address", "phone"]


def test_of_two_columns_with_one_heading_the_first_is_meant() -> None:
    sheet = one(
        """
        Организация | ИНН | Организация | Телефон
        Ромашка | 7707083893 | АО Цветы | +7 495 123-45-67
        Василёк | 7707083894 | АО Цветы | +7 495 123-45-68
        Лютик | 7707083895 | ООО Луг | +7 495 123-45-69
        """
    )
    assert fields(sheet) == ["company", "uscc", "", "phone"]


@pytest.mark.parametrize(
    "headings",
    [
        "Name | Start date | End date | Venue | Organizer | Website | Phone",
        "Messename | Beginn | Ende | Adresse | Veranstalter | Webseite | Telefon",
        "Название выставки | Дата начала | Дата окончания | Место проведения | Организатор | Сайт | Телефон",
        "企业名称 | 开展日期 | 结束日期 | 举办地点 | 主办单位 | 网址 | 电话",
    ],
)
def test_a_register_of_fairs_lists_no_companies(headings: str) -> None:
    sheet = one(
        f"""
        {headings}
        Canton Fair | 2026-04-15 | 2026-05-05 | Pazhou Complex | CFTC | www.canton.example.com | +86 20 26088888
        Ambiente | 2026-02-06 | 2026-02-10 | Messe Frankfurt | Messe Frankfurt | www.ambiente.example.com | +49 69 75750
        Interzum | 2027-05-04 | 2027-05-07 | Koelnmesse | Koelnmesse | www.interzum.example.com | +49 221 8210
        """
    )
    assert sheet.kind is None


@pytest.mark.parametrize(
    "names",
    [
        ("ABASSIT Florian", "ABBATI Anaïs", "DUPONT-MARTIN Jean Paul"),
        ("Dr. Anna Weber", "Mr John Smith", "Prof. Ole Hansen"),
    ],
)
def test_names_that_only_people_have_are_theirs(names: tuple[str, ...]) -> None:
    rows = "\n".join(f"{name} | 1 Rue Alphonse Karr | 06 50 86 91 62" for name in names)
    sheet = one(f"Nom | Adresse | Telephone\n{rows}")
    assert (sheet.kind, fields(sheet)) == ("contacts", ["contact", "address", "phone"])


def test_phones_under_contact_are_phones() -> None:
    sheet = one(
        """
        S/N | NAME | CONTACT | E-MAIL ADDRESS
        1 | Dr. Abe Olugbenga | '08025688748 | abe@yahoo.example.com
        2 | Dr. Abiodun Busayo | '08055082980/ 07035108578 | abi@yahoo.example.com
        3 | Mrs. Adagba Oluwafemi | '08068212407 | fem@yahoo.example.com
        """
    )
    assert fields(sheet) == ["serial", "contact", "phone", "email"]


def test_the_number_of_a_person_is_no_code_of_the_company() -> None:
    sheet = one(
        """
        ID | First Name | Last Name | Company | E-mail
        241a444f0b330b22 | Daniel | Ireland | Restty | d@restty.example.com
        527fbda08922b018 | Duncan | Amey | Restty | a@restty.example.com
        """
    )
    assert fields(sheet) == ["", "first_name", "last_name", "company", "email"]


def test_two_small_letters_are_no_country() -> None:
    sheet = one(
        """
        Tên khách hàng | Phái | Điện thoại
        Nguyễn Anh | Nữ | 0907035535
        Trần Bình | Nữ | 0704494127
        Lê Chi | Nữ | 0763962176
        """
    )
    assert fields(sheet) == ["company", "", "phone"]


def test_a_part_of_an_address_of_the_web_is_no_website() -> None:
    sheet = one(
        """
        Firmenname | Plz | Ort | URL-Zusatz
        Agentur Huber | '10237 | Berlin | agentur-huber
        Landschaftsbau Meier | '23456 | Münster | bau-meier
        """
    )
    assert fields(sheet) == ["company", "postal_code", "city", ""]


def test_names_with_the_family_in_front_of_a_comma_are_people_s() -> None:
    sheet = one(
        """
        name | phone | city | zip
        Foster, Jeovanni | +1 304 555 0134 | Ridgeley | '26753
        Konishi, Alexandria M. | +1 304 555 0135 | Charleston | '29406
        al-Habeeb, Salma | +1 304 555 0136 | North Salem | '10560
        """
    )
    assert (sheet.kind, fields(sheet)) == ("contacts", ["contact", "phone", "city", "postal_code"])


def test_a_register_s_full_name_is_the_company_s() -> None:
    sheet = one(
        """
        full_name | short_name | inn | director_last_name | director_first_name
        ООО Солнечный | Солнечный | 0987654321 | Смирнов | Иван
        ООО Звезда | Звезда | 1234567890 | Козлов | Сергей
        """
    )
    assert sheet.kind == "suppliers"
    assert fields(sheet)[:3] == ["company", "company_short", "uscc"]


def test_what_an_organisation_has_is_the_company_s() -> None:
    sheet = one(
        """
        organisationIdentifier | organisationName | organisationCity | organisationPostCode | organisationCountryCode
        DE307867896 | K.T. Trockenbau GmbH | Offenbach am Main | '63073 | DEU
        DE253902565 | J+R Kusser Granit GmbH | Fürstenstein | '94538 | DEU
        """
    )
    assert fields(sheet)[1:] == ["company", "city", "postal_code", "country"]


def test_a_list_called_after_firms_is_one_of_them() -> None:
    drawing = drawn(
        """
        Название | ID | Описание | URL
        СИБУР | 3809 | Энергетика и добыча сырья | https://hh.example.com/employer/3809
        Норильский никель | 740 | Энергетика и добыча сырья | https://hh.example.com/employer/740
        Ростелеком | 2748 | Телекоммуникации, связь | https://hh.example.com/employer/2748
        """
    )
    called, uncalled = (
        understand(workbook(drawing, file_name=name))[0] for name in ("firms.xlsx", "x1.xlsx")
    )
    assert (called.kind, fields(called)[0]) == ("suppliers", "company")
    assert uncalled.kind != "suppliers"


def test_whoever_has_a_phone_a_mail_and_an_address_is_a_company() -> None:
    sheet = one(
        """
        # | Bölge | OSB Ünvanı | Telefon | E-Posta | Web Adresi | Adres
        1 | Adana | Adana Hacı Sabancı | (322) 394-5454 | a@adana.example.org | www.adana.example.org | Çukurova Caddesi No.:4
        2 | Adana | Ceyhan | (322) 611-2004 | b@ceyhan.example.org | www.ceyhan.example.org | Sarımazı Mah. No: 1
        3 | Adana | Kozan | (322) 516-4445 | c@kozan.example.org | www.kozan.example.org | Güneri Mahallesi 1. Sokak No: 2
        """
    )
    assert sheet.kind == "suppliers"
    assert fields(sheet)[2:] == ["company", "phone", "email", "web", "address"]


def test_a_company_s_name_comes_before_its_legal_one() -> None:
    sheet = one(
        """
        Company Name | Homepage | legalName | foundedYear
        Anthropic | https://www.anthropic.example.com | Anthropic PBC Inc. | 2021
        Mistral | https://mistral.example.com | Mistral SAS | 2023
        Alphasense | https://www.alpha.example.com | AlphaSense, Inc. | 2011
        """
    )
    assert fields(sheet) == ["company", "web", "", "established"]


def test_the_state_of_a_firm_is_no_province() -> None:
    sheet = one(
        """
        ID EMPRESA | NOMBRE EMPRESA | ESTADO EMPRESA | LOCALIDAD | CORREO CONTACTO
        E01 | Beltrán e Hijos | Colabora | Madrid | a@beltran.example.es
        E02 | La Moderna | Descartada | Oviedo | b@moderna.example.es
        """
    )
    assert fields(sheet) == ["company_code", "company", "status", "city", "email"]


def test_what_companies_stand_under_is_their_country_or_a_tag(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "exhibitors.xlsx"
    book = Workbook()
    for row in drawn(
        """
        HALL 8.1 – Kitchenware
        Exhibitor | Products | Tel
        Zhongshan Royal Cookware Mfg | Pans | 0760-88776655
        Jieyang Knife King Co., Ltd. | Knives | 0663-8223344
        HALL 9.2 – Glassware
        Anhui Deli Glass Co., Ltd. | Cups | 0551-6677889
        Germany
        Glaswerk Süd GmbH | Bottles | +49 711 123456
        """
    ).rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    desk.sheets.commit(desk.sheets.preview(path))
    found = [desk.directory_views.company(one) for one in sorted(desk.lists.ids("supplier"))]
    kitchen, glass = ("HALL 8.1 – Kitchenware",), ("HALL 9.2 – Glassware",)
    assert [one.tags for one in found] == [kitchen, kitchen, glass, ()]
    assert found[3].values["country"] == "DE"
