"""Owns the tests of what salespeople write down themselves: visitors of a stand, answers to a form, chats, spec sheets.

Must not use files from outside.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.sheets.cells.packings import told_of_cartons
from app.sheets.cells.places import company_and_country
from app.sheets.service import ImportOptions
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, merges: str = "") -> UnderstoodSheet:
    return understand(workbook(drawn(text, merges=merges)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_those_who_visited_our_stand_and_got_samples_buy() -> None:
    sheet = one(
        """
        Canton Fair 139 – visitors at our stand
        Date | Name | Company | Country | E-mail | Samples given | Follow up by
        15 Apr 2026 | Omar Farouk | Nile Home | Egypt | omar@nilehome.example.eg | 2 mugs | 20 Apr 2026
        15 Apr 2026 | Ana Souza | Casa Bella | Brazil | ana@casabella.example.br | | 25 Apr 2026
        """
    )
    assert sheet.kind == "buyers"
    assert fields(sheet) == [
        "first_contact_on", "contact", "company", "country", "email", "", "next_action_on",
    ]  # fmt: skip


def test_samples_that_we_took_from_suppliers_make_them_no_buyers() -> None:
    sheet = one(
        """
        Supplier | Contact | Phone | Samples taken
        Ningbo Sunlit Lighting Co., Ltd. | Grace Xu | 0574-87654321 | 2 lamps
        Foshan Yida Ceramics Co., Ltd. | Tom He | 0757-82345678 | 1 tile
        """
    )
    assert sheet.kind == "suppliers"


def test_answers_to_a_form_name_the_company_and_its_country_in_one_cell() -> None:
    sheet = one(
        """
        Timestamp | Email Address | Full name | Company name & country | Which products are you interested in?
        3/11/2026 10:22:15 | lee@klife.example.kr | Lee Min-ho | K-Living, Korea | Storage boxes
        3/12/2026 18:02:44 | sofia@hogar.example.cl | Sofía Rojas | Hogar SpA (Chile) | Mugs
        """
    )
    assert sheet.kind == "buyers"
    assert fields(sheet)[:4] == ["first_contact_on", "email", "contact", "company+country"]
    values = [record.values for record in sheet.records()]
    assert [(v["company"], v["country"]) for v in values] == [
        ("K-Living", "KR"),
        ("Hogar SpA", "CL"),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rossi S.r.l. - Italy", ("Rossi S.r.l.", "IT")),
        ("德国 / Hansen GmbH", ("Hansen GmbH", "DE")),
        ("Acme, Inc., USA", ("Acme, Inc.", "US")),
        ("Ningbo Sunlit Co., Ltd.", ("Ningbo Sunlit Co., Ltd.", None)),
        ("China Star Trading", ("China Star Trading", None)),
    ],
)
def test_a_country_stands_before_or_behind_its_company(
    text: str, parts: tuple[str, str | None]
) -> None:
    assert company_and_country(text) == parts


def test_friends_of_a_chat_are_people() -> None:
    sheet = one(
        """
        昵称 | 备注 | 微信号 | 手机号 | 标签
        小李子 | 义乌李总-玩具厂 | lizi888 | '13858912345 | 供应商
        阿May | Maria 墨西哥客户 | maymx | | 客户
        灯饰王 | 古镇王老板 | wang_led | '13702345678 | 供应商
        """
    )
    assert sheet.kind == "contacts"
    assert fields(sheet) == ["contact", "remark", "wechat", "mobile", "tags"]


def test_models_beside_each_other_are_records_though_they_begin_like_headings() -> None:
    sheet = one(
        """
        Model | SL-100 | SL-200 | SL-300
        Product | Solar lamp | Solar lamp | Solar flood light
        Size (mm) | 120*80*40 | 180*120*50 | 300*220*60
        Qty/Carton | 50 | 24 | 10
        G.W. (kg) | 12 | 13.5 | 14
        FOB Shenzhen (USD) | 3.2 | 5.8 | 14.5
        """
    )
    assert fields(sheet) == [
        "item_no", "product", "size", "pcs_per_carton", "gross_weight", "price",
    ]  # fmt: skip
    assert [record.values["item_no"] for record in sheet.records()] == [
        "SL-100", "SL-200", "SL-300",
    ]  # fmt: skip


def test_the_total_of_all_sizes_is_a_quantity() -> None:
    sheet = one(
        """
        Style | Color | S | M | L | XL | Total | FOB USD
        T-100 | Black | 100 | 200 | 200 | 100 | 600 | 3.5
        T-101 | White | 50 | 100 | 100 | 50 | 300 | 3.5
        P-200 | Navy | 80 | 120 | 120 | 80 | 400 | 7.2
        """
    )
    assert fields(sheet)[6:] == ["quantity", "price"]
    assert not sheet.notes


def test_details_beside_a_subject_describe_what_it_names() -> None:
    sheet = one(
        """
        RFQ ID | Posted | Buyer | Country | Subject | Quantity Required | Details
        260311001 | 2026-03-11 | Ahmed | Egypt | Looking for LED panel 60x60 | 2000 | 40W, 6500K, CE required
        260311002 | 2026-03-11 | Maria | Mexico | Ceramic mug with logo | 5000 | 11oz, white, full color
        """
    )
    assert sheet.kind == "inquiries"
    assert fields(sheet)[4:] == ["product", "quantity", "description"]


@pytest.mark.parametrize(
    ("title", "field", "name"),
    [
        (
            "商品一覧（2026年春）　株式会社さくら食器　TEL 0572-22-1234",
            "company",
            "株式会社さくら食器",
        ),
        ("Müller Beschläge GmbH & Co. KG", "company_en", "Müller Beschläge GmbH & Co. KG"),
    ],
)
def test_a_title_tells_the_whole_name_of_its_house(title: str, field: str, name: str) -> None:
    sheet = one(
        f"""
        {title}
        品番 Art.-Nr. | 商品名 Bezeichnung | 単価 EP EUR
        SK-001 | 花柄マグ | 540
        SK-002 | 平皿 大 | 1125
        """
    )
    assert sheet.facts[field] == name


def test_what_a_company_trades_as_stands_beside_what_it_is_registered_as() -> None:
    sheet = one(
        """
        Razón social | Nombre comercial | NIF | Teléfono
        Calzados Ruiz S.L. | Ruiz Shoes | B12345678 | 965 12 34 56
        Cerámicas Soler S.A. | SolerTile | A87654321 | 964 22 33 44
        """
    )
    assert fields(sheet)[:2] == ["company", "company_short"]


def test_the_smallest_pack_is_the_inner_one() -> None:
    sheet = one(
        """
        货号 | 品名 | 最小包装量 | 装箱数 | 单价
        B1 | 塑料杯 | 24 | 48 | 3.2
        B2 | 塑料碗 | 12 | 24 | 4.5
        """
    )
    assert fields(sheet)[2:4] == ["inner_pack", "pcs_per_carton"]


def test_what_was_bought_of_whom_is_a_list_of_goods_of_these_suppliers() -> None:
    sheet = one(
        """
        PO No. | PO Date | Supplier | Item No. | Description | Qty | Unit Price | Currency | ETD
        PO2601 | 2026-01-05 | Ningbo Sunlit Co., Ltd. | SL-100 | LED panel 40W | 2000 | 6.2 | USD | 2026-02-10
        PO2602 | 2026-01-18 | Foshan Yida Co., Ltd. | YD-33 | Floor tile 60x60 | 500 | 5.1 | USD | 2026-03-01
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[1:6] == ["priced_on", "company", "item_no", "product", "quantity"]


def test_a_target_price_asks_in_any_language() -> None:
    sheet = one(
        """
        № | Наименование | Артикул | Характеристики | Кол-во | Ед.изм. | Целевая цена, USD
        1 | Перчатки нитриловые | | размер 10, синие | 12000 | пар | 0.35
        2 | Каска защитная | HS-12 | белая, с храповиком | 3000 | шт | 1.6
        """
    )
    assert (sheet.kind, fields(sheet)[-1]) == ("inquiries", "target_price")


def test_steps_of_prices_in_pieces_head_a_list_whose_numbers_are_text() -> None:
    sheet = one(
        """
        Price list (USD, EXW Shenzhen)
        Photo | Model | Features | 1-99pcs | 100-499pcs | ≥500pcs | Carton info
        | BT-01 | Bluetooth 5.3, 300mAh | '8.90 | '8.20 | '7.80 | 60pcs/ctn, 48*36*30cm, 13kg
        | BT-02 | ANC, 500mAh | '15.5 | '14.8 | '14.0 | 40pcs/ctn, 48*36*32cm, 12.5kg
        | BT-03 | Open ear | '11 | '10.2 | ask | 50pcs/ctn, 50*40*30cm, 14kg
        """
    )
    assert fields(sheet)[3:] == ["price", "price", "price", "packing"]
    first = next(iter(sheet.records())).values
    assert (first["pcs_per_carton"].amount, first["gross_weight"]) == (60, 13)
    assert first["carton_size"].length_cm == 48


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("60pcs/0.045cbm/14kg", {"pcs_per_carton": "60", "cbm": "0.045", "gross_weight": "14kg"}),
        (
            "24pcs/ctn 0.06m³ 11/12kg",
            {"pcs_per_carton": "24", "cbm": "0.06", "gross_weight": "12kg", "net_weight": "11kg"},
        ),
        ("2pcs/bag, 5kg", {}),
        ("25kg/bag, 40 bags/pallet", {}),
    ],
)
def test_a_cell_tells_all_of_a_carton(text: str, told: dict[str, str]) -> None:
    assert dict(told_of_cartons(text)) == told


def test_shops_tell_the_least_to_be_spent_and_the_least_price_of_others() -> None:
    sheet = one(
        """
        SKU | Product Title | Wholesale | MSRP | MAP | Min Order $
        CB-001 | Cutting Board, Bamboo | $9.50 | $24.99 | $19.99 | $250
        CB-002 | Cutting Board, Acacia | $14.25 | $39.99 | $34.99 | $250
        """
    )
    assert fields(sheet) == ["item_no", "product", "price", "list_price", "", ""]


def test_exhibitors_come_from_their_country_of_origin_and_hide_their_mails_from_machines() -> None:
    sheet = one(
        """
        Exhibitor | Stand | Country of origin | Product groups | Contact (mail)
        Zhejiang Kaida Hardware Co., Ltd. | 10.2 C041 | China | Locks | info(at)kaida.example.com
        Metalúrgica Aguia S/A | 5.1 A020 | Brazil | Padlocks | export [at] aguia [dot] com [dot] br
        """
    )
    assert fields(sheet) == ["company", "booth", "country", "main_products", "email"]
    mails = [record.values["email"] for record in sheet.records()]
    assert mails == [("info@kaida.example.com",), ("export@aguia.com.br",)]


def test_who_wants_goods_buys_in_arabic_too() -> None:
    sheet = one(
        """
        اسم الشركة | الدولة | الشخص المسؤول | رقم الجوال | المنتجات المطلوبة
        شركة النور للتجارة | السعودية | أحمد العتيبي | +966 55 123 4567 | أدوات منزلية
        مؤسسة الخليج | الإمارات | سالم | 00971501234567 | إضاءة
        """
    )
    assert sheet.kind == "buyers"


def test_who_keeps_a_record_of_our_goods_is_nobodys_contact() -> None:
    sheet = one(
        """
        Product ID | Subject | Group | FOB Price Range | Min Order | Processing time | Owner
        1600123456789 | Hot sale LED panel light 40w | LED Panel | US $5.80 - $6.50 | 100 Pieces | 25 | Grace
        1600123456790 | T8 LED tube 18w 1200mm | LED Tube | US $1.20 - $1.45 | 500 Pieces | 15 | Grace
        """
    )
    assert fields(sheet) == ["item_no", "product", "category", "price", "moq", "lead_time", ""]


def test_people_with_their_jobs_share_a_cell_and_each_has_the_mail_of_their_line(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(
        "Company,Contacts,Tel / Mail\n"
        '"Hongda Lighting Co., Ltd.","Mr. Chen (Manager)\nMs. Liu (Sales)",'
        '"+86 760 2345 6789\nchen@hongda.example.cn\nliu@hongda.example.cn"\n',
        encoding="utf-8",
    )
    desk.sheets.commit(desk.sheets.preview(path, ImportOptions()))
    (company,) = desk.lists.ids("supplier")
    people = {
        (person.values["name"], person.values["job_title"]): [
            point.values["value"] for point in person.points
        ]
        for person in desk.directory_views.company(company).contacts
    }
    assert people == {
        ("Mr. Chen", "Manager"): ["chen@hongda.example.cn"],
        ("Ms. Liu", "Sales"): ["liu@hongda.example.cn"],
    }


def test_letters_number_the_groups_of_a_list_that_counts_its_articles() -> None:
    sheet = one(
        """
        Sl | Particulars | HSN | Rate (Rs.) | Per | MRP
        A | STEEL UTENSILS | | | |
        1 | Steel Tiffin 3 tier | '7323 | 125 | Nos | 1499
        2 | Steel Glass 300ml | '7323 | 45.5 | Nos | 65
        B | PLASTIC | | | |
        3 | Bucket 20L | '3924 | 110 | Nos | 149
        """
    )
    records = [(record.group, record.values) for record in sheet.records()]
    assert [(group, values["product"], values["unit"]) for group, values in records] == [
        ("STEEL UTENSILS", "Steel Tiffin 3 tier", "pcs"),
        ("STEEL UTENSILS", "Steel Glass 300ml", "pcs"),
        ("PLASTIC", "Bucket 20L", "pcs"),
    ]
    assert not sheet.notes


def test_the_title_of_each_page_is_no_article() -> None:
    sheet = one(
        """
        ABC TRADING PRICE LIST | | | Page 1 of 2
        Item | Description | Unit | Price USD
        '100 | Hammer 500g | pc | 3.2
        '105 | Hammer 300g | pc | 2.8
        ABC TRADING PRICE LIST | | | Page 2 of 2
        Item | Description | Unit | Price USD
        '102 | Pliers 8" | pc | 2.5
        '110 | Pliers 6" | pc | 2.1
        """
    )
    numbers = [record.values["item_no"] for record in sheet.records()]
    assert numbers == ["100", "105", "102", "110"]


def test_goods_and_their_cartons_have_sides_of_their_own() -> None:
    sheet = one(
        """
        Item No. | Description | Product size (mm) | | | Packing size (cm) | | | FOB USD
        | | L | W | H | L | W | H |
        S-01 | Sofa 2 seater | 1500 | 850 | 780 | 155 | 90 | 65 | 185
        S-02 | Armchair | 850 | 850 | 780 | 90 | 90 | 65 | 99
        """,
        merges="A1:A2 B1:B2 C1:E1 F1:H1 I1:I2",
    )
    values = next(iter(sheet.records())).values
    assert [values[side] for side in ("length", "width", "height")] == [150, 85, 78]
    assert [values[f"carton_{side}"] for side in ("length", "width", "height")] == [155, 90, 65]


def test_prices_may_be_headed_by_their_currency_and_tax_alone() -> None:
    sheet = one(
        """
        Code | Description | RMB (incl. VAT) | RMB (excl. VAT) | USD FOB
        K-1 | Kettle 1.7L | 65 | 57.5 | 8.9
        K-2 | Kettle 1.2L | 58 | 51.3 | 7.9
        """
    )
    prices = next(iter(sheet.records())).values["price"]
    assert [(p.currency, p.includes_vat) for p in prices] == [
        ("CNY", True), ("CNY", False), ("USD", None),
    ]  # fmt: skip


def test_raw_materials_are_the_goods_where_nothing_else_names_them() -> None:
    sheet = one(
        """
        Material | Grade | Origin | Price | Incoterm
        HDPE | Film F00952 | Saudi Arabia | USD 1,020/MT | CFR Ningbo
        PP | Raffia T30S | India | USD 980/MT | CIF Qingdao
        """
    )
    assert (sheet.kind, fields(sheet)[0]) == ("products", "product")


def test_people_whose_job_is_to_buy_are_at_buyers() -> None:
    sheet = one(
        """
        firstName | lastName | title | companyName | companyWebsite | companyIndustry | email
        Anna | Berg | Purchasing Manager | Nordic Home AB | nordic.example.se | Retail | anna@nordic.example.se
        Marc | Dubois | Category Buyer | Maison & Co | maison.example.fr | Wholesale | marc@maison.example.fr
        """
    )
    assert sheet.kind == "buyers"
