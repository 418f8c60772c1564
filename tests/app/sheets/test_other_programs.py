"""Owns the tests of lists as other programs export them: companies, people, and who of us keeps them.

Must not use files from outside.
"""

from __future__ import annotations

from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_who_of_us_keeps_a_record_and_its_number_elsewhere_are_nobody_there() -> None:
    sheet = one(
        """
        Record ID | Company name | Company Owner | Contact ID | Phone
        12110435 | Ardent Foods Ltd | ann@ours.example.com | CONT-03a4 | +44 113 496 0101
        12110436 | Brisk Snacks Inc | bob@ours.example.com | CONT-41eb | +1 617 555 0102
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["", "company", "", "", "phone"])


def test_a_persons_mail_beside_the_persons_name() -> None:
    sheet = one(
        """
        供應商名稱(中) | 供應商名稱(英) | 聯絡人姓名 | 聯絡人電話 | 聯絡人Email
        優質貿易有限公司 | Quality Trading Co., Ltd. | 陳大文 | 0912-345-678 | chen@quality.example.com
        全球進口商行 | Global Import Trading | 林小華 | 04-2345-6789 | lin@global.example.com
        """
    )
    assert fields(sheet) == ["company", "company_en", "contact", "phone", "email"]


def test_people_of_whom_most_have_no_company_are_contacts() -> None:
    people = "\n".join(f"Ann Lee {n} | ann{n}@example.com | | " for n in range(5))
    sheet = one(
        f"Name | E-mail | Company | Job Title\n{people}\nBob Roe | bob@acme.com | Acme | Buyer"
    )
    assert sheet.kind == "contacts"


def test_names_with_a_website_and_no_way_to_reach_a_person_are_companies() -> None:
    sheet = one(
        """
        name | phone | website
        Little Giant Pizza | (219) 874-4268 | http://www.littlegiant.example.com
        Mexicali Restaurants | (661) 327-3861 | http://www.mexicali.example.com
        """
    )
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["company", "phone", "web"])


def test_a_buyers_name_beside_the_buying_company_is_a_person() -> None:
    asked = one(
        """
        Buyer Name | Buyer Company | Product | Quantity
        Ann Lee | Ardent Foods | Steel hammer | 500
        Bob Roe | Brisk Snacks | Garden chair | 300
        """
    )
    assert (asked.kind, fields(asked)[:2]) == ("inquiries", ["contact", "buyer"])
    listed = one(
        "Buyer Name | Buyer Company | Country\nAnn Lee | Ardent | US\nBob Roe | Brisk | DE"
    )
    assert (listed.kind, fields(listed)[:2]) == ("buyers", ["contact", "company"])


def test_another_day_is_not_that_of_the_first_contact() -> None:
    sheet = one(
        """
        Supplier | Licensure Date | Join date
        Ardent Foods Ltd | 7/6/2011 | 2024-05-01
        Brisk Snacks Inc | 10/28/2011 | 2024-06-02
        """
    )
    assert fields(sheet) == ["company", "", "first_contact_on"]


def test_names_beside_a_tax_number_are_companies_in_russian() -> None:
    sheet = one("Наименование | Город | ИНН\nИндустрия | Владивосток | '2538083921\n")
    assert (sheet.kind, fields(sheet)) == ("suppliers", ["company", "city", "uscc"])


def test_exports_of_other_programs_name_people_and_days_in_their_own_words() -> None:
    people = one(
        """
        Salutation | First Name | Last Name | Title | Account Name | Mailing City | Phone | Email | Created Date
        Ms. | Ann | Lee | Buyer | Ardent Foods Ltd | Leeds | (617) 555-0101 | ann@ardent.example.com | 3/14/2024
        Mr. | Bob | Roe | CEO | Brisk Snacks Inc | Boston | (512) 555-0101 | bob@brisk.example.com | 3/15/2024
        """
    )
    assert people.kind == "contacts"
    assert fields(people)[:5] == ["salutation", "first_name", "last_name", "job_title", "company"]
    assert fields(people)[-1] == "first_contact_on"
    buyers = one(
        """
        公司名称 | 国家地区 | 联系人昵称 | 联系人邮箱 | 联系人WhatsApp | 创建人 | 创建时间
        Ardent Foods Ltd | 英国 | Ann Lee | ann@ardent.example.com | +44 7400 123456 | 王小明 | 2024-03-01
        Brisk Snacks Inc | 美国 | Bob Roe | bob@brisk.example.com | +1 617 555 0102 | 李四 | 2024-03-02
        """
    )
    assert fields(buyers)[2:] == ["contact", "email", "whatsapp", "", "first_contact_on"]
