"""Owns the tests of lists of companies, people and inquiries as offices of many lands and programs write them.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.cells.codes import read_booths
from app.sheets.cells.contacts import read_phones
from app.sheets.cells.countries import country_of
from app.sheets.plan.row_drafts import row_draft
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, merges: str = "") -> UnderstoodSheet:
    return understand(workbook(drawn(text, merges=merges)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


@pytest.mark.parametrize(
    "heading", ["Страна, город", "País y ciudad", "国家/城市", "Country and City"]
)
def test_a_country_and_a_city_share_a_column_with_any_mark_between(heading: str) -> None:
    sheet = one(
        f"""
        Company | {heading} | Email
        Acme Ltd | Germany, Köln | a@acme.example.com
        Beta Ltd | China, Ningbo | b@beta.example.com
        """
    )
    assert fields(sheet)[1] == "country+city"
    assert [(r.values["country"], r.values["city"]) for r in sheet.records()] == [
        ("DE", "Köln"),
        ("CN", "Ningbo"),
    ]


def test_whose_country_or_region_it_is_makes_it_no_region() -> None:
    sheet = one(
        """
        Inquiry ID | Buyer Name | Buyer Country/Region | Product Name | Order Quantity
        188801 | James Carter | US | Silicone spatula | 500 Sets
        188802 | Sofia Rossi | IT | Lunch box | 1,000 Pieces
        """
    )
    assert sheet.kind == "inquiries"
    assert fields(sheet)[2] == "country"


def test_customers_of_turkey_and_arabia_are_buyers() -> None:
    turkish = one(
        """
        Müşteri Ünvanı | Yetkili Kişi | Cep Tel | E-Posta
        Anadolu Ltd. Şti. | Ayşe Demir | 0532 123 45 67 | a@anadolu.example.com.tr
        Marmara A.Ş. | Mehmet Kaya | 0533 222 33 44 | m@marmara.example.com.tr
        """
    )
    assert turkish.kind == "buyers"
    assert fields(turkish) == ["company", "contact", "mobile", "email"]
    arabic = one(
        """
        قائمة العملاء | | | |
        اسم الشركة | الشخص المسؤول | الجوال | الدولة | المنتجات المطلوبة
        شركة النور للتجارة | أحمد علي | +966 50 123 4567 | السعودية | أدوات مطبخ
        مؤسسة الواحة | محمد حسن | +968 9123 4567 | عمان | أواني
        """,
        merges="A1:E1",
    )
    assert arabic.kind == "buyers"
    assert fields(arabic)[3:] == ["country", "main_products"]
    assert [record.values["country"] for record in arabic.records()] == ["SA", "OM"]


def test_an_address_book_of_suppliers_is_one_of_suppliers() -> None:
    rows = "宁波恒发日用品有限公司 | 陈建国 | 13805740001\n揭阳市金达不锈钢制品厂 | 林小姐 | 13806630002"
    assert (
        one(f"供应商通讯录 | |\n厂家 | 联系人 | 电话\n{rows}", merges="A1:C1").kind == "suppliers"
    )
    assert one(f"通讯录 | |\n单位 | 姓名 | 电话\n{rows}", merges="A1:C1").kind == "contacts"


def test_middle_names_belong_to_the_first_one_and_names_shown_in_mails_to_nobody() -> None:
    sheet = one(
        """
        First Name | Middle Name | Last Name | Company | E-mail Address | E-mail Display Name
        John | A. | Smith | Harbor Home Inc. | j@harbor.example.com | John Smith (j@harbor.example.com)
        Emma | | Brown | Cotswold Ltd | e@cotswold.example.com | Emma Brown
        """
    )
    assert fields(sheet) == ["first_name", "first_name", "last_name", "company", "email", ""]
    assert [record.values["first_name"] for record in sheet.records()] == ["John A.", "Emma"]


def test_accounts_that_are_customers_and_prospects_are_buyers() -> None:
    rows = "Harbor Home Inc. | www.harbor.example.com | {}\nNova LLC | www.nova.example.com | {}"
    heading = "Account Name | Website | Account Type\n"
    assert one(heading + rows.format("Customer", "Prospect")).kind == "buyers"
    assert one(heading + rows.format("Factory", "Trader")).kind == "suppliers"


def test_a_request_with_its_number_in_the_same_cell_asks() -> None:
    sheet = one(
        """
        REQUEST FOR QUOTATION   RFQ No.: HH-051   Date: 2024-05-10 | | | |
        Our ref | Item description | Material | Qty | Target FOB USD
        HH-2201 | Spatula | silicone | 5000 | 0.85
        HH-2202 | Whisk | steel | 3000 | 1.10
        """,
        merges="A1:E1",
    )
    assert sheet.kind == "inquiries"
    assert fields(sheet)[-1] == "target_price"


@pytest.mark.parametrize(
    ("headings", "phone", "e164"),
    [
        ("Ragione sociale | P.IVA | Tel.", "055 2345678", "+390552345678"),
        ("Razão Social | CNPJ | Fone", "(47) 98765-4321", "+5547987654321"),
        ("Raison sociale | SIRET | Tél.", "01 23 45 67 89", "+33123456789"),
    ],
)
def test_what_companies_are_registered_under_tells_the_country_of_phones(
    headings: str, phone: str, e164: str
) -> None:
    sheet = one(f"{headings}\nAurora SA | 12345678901 | {phone}\nBela SA | 98765432101 | {phone}")
    assert [p.e164 for p in next(sheet.records()).values["phone"]] == [e164]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("02 12345678 int. 5", "IT"),
        ("61 123 45 67 wew. 8", "PL"),
        ("028 3822 1234 (máy lẻ 15)", "VN"),
        ("0212 234 56 78 dahili 12", "TR"),
    ],
)
def test_extensions_stay_with_their_phone(text: str, country: str) -> None:
    phones, _ = read_phones(text, field="phone", country=country)
    assert [phone.typed for phone in phones] == [text]
    assert phones[0].e164


def test_a_hall_before_a_booth_is_no_booth_of_its_own() -> None:
    assert read_booths("4.2 / B07") == ("4.2B07",)
    assert read_booths("Hall 6 / C11") == ("Hall 6 C11",)
    assert read_booths("A12 / B07") == ("A12", "B07")


def test_countries_of_arabia_are_known_as_people_write_them() -> None:
    assert [country_of(name) for name in ("عمان", "الاردن", "فلسطين", "ايران")] == [
        "OM",
        "JO",
        "PS",
        "IR",
    ]


def test_groups_tell_provinces_and_what_companies_are_filed_under() -> None:
    sheet = one(
        """
        厂家 | 联系人 | 手机 | 微信 | 主营
        浙江省（2家） | | | |
        宁波恒发日用品有限公司 | 陈建国 | 13805740001 | 同手机 | 厨具
        永康市拓锋工贸有限公司 | 应总 | 13905790003 | yingtf | 保温杯
        验货公司 | | | |
        中检检验有限公司 | 王芳 | 13700001111 | | 验货
        """,
        merges="A2:E2 A5:E5",
    )
    drafts = [row_draft(sheet, record).company for record in sheet.records()]
    first, second, third = (draft for draft in drafts if draft is not None)
    assert first.values["province"] == second.values["province"] == "浙江省"
    assert third.tags == ["验货公司"]
    chats = [p.value for p in first.people[0].points if p.kind == "wechat"]
    assert chats == ["13805740001"]


def test_cards_of_japan_without_kana_in_most_headings_have_phones_of_japan() -> None:
    sheet = one(
        """
        名刺交換日 | 会社名 | 部署名 | 役職 | 氏名 | 電話番号 | 携帯 | 住所
        2024/04/16 | 株式会社山田製作所 | 営業部 | 課長 | 山田太郎 | 06-6345-6789 | 090-1234-5678 | 大阪市
        2024/04/17 | 合同会社みどり | 企画 | 主任 | 鈴木一郎 | 052-123-4567 | 080-9876-5432 | 名古屋市
        """
    )
    mobiles = [record.values["mobile"] for record in sheet.records()]
    assert next(phone.e164 for found in mobiles for phone in found) == "+819012345678"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("headings", "product"),
    [
        ("Fournisseur | Pays | Courriel | Gamme de produits", "verres"),
        ("Tedarikçi Adı | Ülke | E-Posta | Ürün Grubu", "cam bardak"),
        ("Компания | Страна | E-mail | Чем занимаются", "посуда"),
        ("Khách hàng | Quốc gia | Email | Sản phẩm quan tâm", "giỏ mây"),
    ],
)
def test_sorts_of_products_are_what_companies_make(headings: str, product: str) -> None:
    sheet = one(
        f"""
        {headings}
        Alpha SA | France | a@alpha.example.com | {product}
        Beta SA | Germany | b@beta.example.com | {product} 2
        """
    )
    assert fields(sheet) == ["company", "country", "email", "main_products"]


def test_people_of_a_program_are_people_and_jobs_without_headings_theirs() -> None:
    exported = one(
        """
        Person - Name | Person - Organization | Person - Email - Work
        John Smith | Harbor Home Inc. | js@harbor.example.com
        Anna Weber | Beta GmbH | anna@beta.example.de
        """
    )
    assert exported.kind == "contacts"
    assert fields(exported) == ["contact", "company", "email"]
    bare = one(
        """
        Anna Weber | Purchasing Manager | anna@beta.example.de | +49 171 1234567
        John Smith | Senior Buyer | js@harbor.example.com | +1 617 555 0102
        Luis Gil | Owner | luis@gamma.example.es | +34 600 111 222
        """
    )
    assert bare.kind == "contacts"
    assert fields(bare)[:3] == ["contact", "job_title", "email"]


def test_a_korean_s_job_stands_behind_the_name() -> None:
    sheet = one(
        """
        거래처명 | 담당자명 | 전화번호
        (주)한빛산업 | 김민수 대리 | 02-1234-5678
        대성도자기 | 박지영 | 031-123-4567
        """
    )
    values = next(sheet.records()).values
    assert (values["contact"], values["job_title"]) == ("김민수", "대리")


@pytest.mark.parametrize("heading", ["Contact details", "联系方式"])
def test_names_among_phones_and_mails_are_people(heading: str) -> None:
    sheet = one(
        f"""
        Company | Address | {heading}
        Al Noor Trading | Jeddah, Saudi Arabia | Ahmed Ali, +966 50 123 4567, ahmed@alnoor.example.sa
        Khaleej Est. | Dubai, UAE | Mohammed Hassan +971 50 765 4321
        """
    )
    assert fields(sheet)[2] == "contact"
    values = next(sheet.records()).values
    assert (values["contact"], values["email"]) == ("Ahmed Ali", ("ahmed@alnoor.example.sa",))
    bare = one(f"Company | {heading}\nAcme Ltd | +966 50 123 4567\nBeta Ltd | Tel: 0574-87654321")
    assert fields(bare)[1] == "phone"


def test_names_before_mails_in_angles_keep_no_angles() -> None:
    sheet = one(
        "Jimmy Chen <jimmy@hengfa.example.cn>\nAnna Weber <anna@beta.example.de>\nJohn Smith <js@x.example.com>"
    )
    assert [r.values["contact"] for r in sheet.records()] == [
        "Jimmy Chen",
        "Anna Weber",
        "John Smith",
    ]


def test_two_whole_phones_need_no_mark_between() -> None:
    phones, _ = read_phones("0574-87654321 13800001111", field="phone")
    assert [phone.e164 for phone in phones] == ["+8657487654321", "+8613800001111"]


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("713-555-0135", "+17135550135"),
        ("400-820-8820", "+864008208820"),
        ("0713-5550135", "+867135550135"),
    ],
)
def test_three_three_four_is_american_but_for_free_calls_of_china(typed: str, e164: str) -> None:
    phones, _ = read_phones(typed, field="phone")
    assert [phone.e164 for phone in phones] == [e164]


def test_qq_and_wechat_in_one_column_are_told_apart() -> None:
    sheet = one(
        """
        厂家名称 | 联系人 | 电话 | QQ/微信
        宁波恒发日用品有限公司 | 陈建国 | 0574-87654321 | '123456789
        永康市拓锋工贸有限公司 | 应总 | 0579-87654321 | yingtf
        揭阳市金达不锈钢制品厂 | 林小姐 | 0663-8765432 | '13806630002
        """
    )
    chats = [{k: v for k, v in r.values.items() if k in ("qq", "wechat")} for r in sheet.records()]
    assert chats == [{"qq": "123456789"}, {"wechat": "yingtf"}, {"wechat": "13806630002"}]


def test_a_group_may_be_the_hall_of_its_booths() -> None:
    sheet = one(
        """
        Stand | Aussteller | Land | Kontakt
        Halle 8.0 | | |
        B12 | Weber GmbH | Deutschland | Petra Hansen
        C08 | Novák s.r.o. | Tschechien | Jan Novák
        """,
        merges="A2:D2",
    )
    found = [row_draft(sheet, record).company for record in sheet.records()]
    assert [draft.booths[0]["hall"] for draft in found if draft is not None] == ["Halle 8.0"] * 2


def test_addresses_of_mail_programs_in_chinese_and_german_are_told_apart() -> None:
    chinese = one(
        """
        姓 | 名 | 单位 | 商务地址 街道 | 商务地址 市/县 | 商务地址 省/市/自治区 | 商务地址 国家/地区
        王 | 芳 | 宁波恒发日用品有限公司 | 中兴路12号 | 宁波 | 浙江 | 中国
        李 | 明 | 永康市拓锋工贸有限公司 | 九州路3号 | 永康 | 浙江 | 中国
        """
    )
    assert fields(chinese)[3:] == ["address", "city", "province", "country"]
    german = one(
        """
        Vorname | Nachname | Firma | Ort geschäftlich | Postleitzahl geschäftlich | Fax geschäftlich
        Petra | Hansen | Weber GmbH | Lüdenscheid | '58507 | 02351 12345-99
        Anna | Frey | Heime AG | Zürich | '8001 | 044 123 45 67
        """
    )
    assert fields(german)[3:] == ["city", "postal_code", "fax"]


def test_a_second_line_of_a_company_s_name_is_nobody() -> None:
    sheet = one(
        """
        Kreditor | Name 1 | Name 2 | Ort | Telefon
        100045 | Weber GmbH | Werk Süd | Lüdenscheid | 02351 12345-0
        100046 | Glashütte AG | | Zwiesel | 09922 77880
        """
    )
    assert fields(sheet)[1:3] == ["company", "company"]


def test_the_day_of_the_last_follow_up_is_no_follow_up() -> None:
    sheet = one(
        """
        公司名称 | 联系人 | 邮箱 | 最近跟进时间
        Harbor Home Inc. | John Smith | js@harbor.example.com | 2024-05-01
        Beta GmbH | Anna Weber | anna@beta.example.de | 2024-05-20
        """
    )
    assert fields(sheet)[3] == ""


def test_the_country_before_or_behind_a_city_is_the_one_of_phones() -> None:
    sheet = one(
        """
        Customer Name | Tel | City & Country
        Harbor Home Inc. | '16175550100 | Boston, USA
        Beta GmbH | 0221 123456 | Köln, Germany
        """
    )
    phones = [record.values["phone"] for record in sheet.records()]
    assert [p.e164 for found in phones for p in found] == ["+16175550100", "+49221123456"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("headings", "phone", "e164"),
    [
        ("Nama Perusahaan | Alamat | Telepon", "021-5551234", "+62215551234"),
        ("Azienda | Indirizzo | Telefono", "055 2345678", "+390552345678"),
    ],
)
def test_words_of_one_land_tell_the_country_of_phones(headings: str, phone: str, e164: str) -> None:
    sheet = one(f"{headings}\nAlfa Tbk | Merdeka 5 | {phone}\nBeta Tbk | Pemuda 7 | {phone}")
    assert [p.e164 for p in next(sheet.records()).values["phone"]] == [e164]  # type: ignore[attr-defined]
