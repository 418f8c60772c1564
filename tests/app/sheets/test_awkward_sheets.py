"""Owns sheets that nobody sent yet: other shapes, languages and habits of the same kinds.

Must not repeat the real files.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.grid import Sheet
from app.sheets.mapping.columns import Overrides
from app.sheets.plan.parties import person_names
from app.sheets.records import Record
from app.sheets.understanding import UnderstoodSheet, understand


def only(*sheets: Sheet, **options: object) -> UnderstoodSheet:
    taken = [found for found in understand(workbook(*sheets), **options) if found.is_taken]  # type: ignore[arg-type]
    assert len(taken) == 1
    return taken[0]


def fields(sheet: UnderstoodSheet) -> list[str | None]:
    return [column.field for column in sheet.columns]


def records(sheet: UnderstoodSheet) -> list[Record]:
    return list(sheet.records())


def test_a_list_without_headings_is_mapped_by_its_values() -> None:
    sheet = only(
        drawn("""
宁波宏达厂|张三|'13800000001|a@x.example.com|浙江省宁波市江北区长兴路1号
义乌瑞鑫有限公司|李四|'13800000002|b@x.example.com|浙江省义乌市北苑街道2号
佛山泰丰有限公司|王五|'13800000003|c@x.example.com|广东省佛山市南海区桂城街3号
""")
    )
    assert sheet.kind == "suppliers"
    assert fields(sheet) == ["company", "contact", "mobile", "email", "address"]


def test_misleading_headings_lose_against_the_values() -> None:
    sheet = only(
        drawn("""
Company|Phone|Notes
a@x.example.com|Alpha Co., Ltd.|'13800000001
b@x.example.com|Beta Co., Ltd.|'13800000002
c@x.example.com|Gamma Co., Ltd.|'13800000003
""")
    )
    assert fields(sheet) == ["email", "company", "mobile"]


def test_a_german_price_list_with_decimal_commas() -> None:
    sheet = only(
        drawn("""
Preisliste 2026||||||
Muster GmbH, Hauptstr. 1, 10115 Berlin, Tel. +49 30 123456||||||
Artikel-Nr.|Bezeichnung|VPE|Preis netto EUR|MwSt.|Lieferzeit|Ursprungsland
'0815|Schraube M8|100|'12,50|19%|14 Tage|Deutschland
'0816|Mutter M8|200|'1.250,00|19%|2 Wochen|China
Gesamt|||1262,50|||
""")
    )
    assert fields(sheet) == [
        "item_no", "product", "pcs_per_carton", "price", "vat_rate", "lead_time", "origin",
    ]  # fmt: skip
    second = records(sheet)[1].values
    price = second["price"][0]
    assert (price.amount, price.currency, price.includes_vat) == (Decimal("1250.00"), "EUR", False)
    assert (second["origin"], second["lead_time"].at_most) == ("CN", 14)
    assert len(records(sheet)) == 2


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("Código|Descripción|Precio unitario USD|Pedido mínimo|Peso bruto (kg)", "item_no product price moq gross_weight"),
        ("Артикул|Наименование|Цена, руб|Мин. заказ|Вес брутто", "item_no product price moq gross_weight"),
        ("품번|품명|단가|최소주문수량|총중량", "item_no product price moq gross_weight"),
        ("品番|商品名|単価|最小ロット|総重量", "item_no product price moq gross_weight"),
        ("貨號|品名|單價(RMB)|最小起訂量|毛重", "item_no product price moq gross_weight"),
        ("Réf.|Désignation|Prix unitaire|Quantité minimum|Poids brut", "item_no product price moq gross_weight"),
        ("Artikelnummer|Artikel|Einzelpreis|Mindestbestellmenge|Bruttogewicht", "item_no product price moq gross_weight"),
    ],
)  # fmt: skip
def test_headings_in_the_languages_of_the_trade(headings: str, expected: str) -> None:
    sheet = only(drawn(f"{headings}\nA-1|Mug|1.25|500|12.5\nA-2|Cup|2.10|1000|10"))
    assert fields(sheet) == expected.split()


def test_quantity_steps_under_one_price_heading_and_units_below_the_others() -> None:
    sheet = only(
        drawn(
            """
Item No.|Description|FOB Ningbo USD|||Packing|L|W|H|G.W.
||500|1000|3000||cm|cm|cm|kg
A-1|Mug|1.5|1.4|1.3|24pcs/ctn|50|40|30|12
A-2|Cup|1.6|1.5|1.4|24pcs/ctn|50|40|30|12
""",
            merges="C1:E1",
        )
    )
    assert sheet.header_rows == (1, 2)
    prices = records(sheet)[0].values["price"]
    assert [(p.at_least, p.at_most, p.amount) for p in prices] == [
        (500, 999, Decimal("1.5")),
        (1000, 2999, Decimal("1.4")),
        (3000, None, Decimal("1.3")),
    ]
    assert {(p.currency, p.incoterm, p.place) for p in prices} == {("USD", "FOB", "Ningbo")}


def test_quantity_steps_as_rows() -> None:
    sheet = only(
        drawn("""
Item No.|Description|Qty from|Unit price
A-1|Mug|500|1.5
A-1|Mug|1000|1.4
A-2|Cup|500|1.6
""")
    )
    prices = [found.values["price"][0] for found in records(sheet)]
    assert [price.at_least for price in prices] == [500, 1000, 500]


def test_sums_within_groups_are_left_out_and_notes_tell_term_and_validity() -> None:
    sheet = only(
        drawn(
            """
Category|Item No.|Name|Qty|Price|Amount
Kitchen|A-1|Mug|10|1.2|12
|A-2|Cup|10|1.3|13
Subtotal|||||25
Garden|B-1|Hose|5|4|20
|B-2|Rake|5|5|25
Subtotal|||||45
Total|||||70
Remark: prices are FOB Shanghai, valid until 2026-12-31|||||
""",
            merges="A2:A3 A5:A6",
        )
    )
    found = records(sheet)
    assert [one.values["category"] for one in found] == ["Kitchen", "Kitchen", "Garden", "Garden"]
    price = found[0].values["price"][0]
    assert (price.incoterm, price.place) == ("FOB", "Shanghai")
    assert sheet.facts["valid_until"] == date(2026, 12, 31)


def test_several_people_of_a_company_in_rows_and_in_columns() -> None:
    rows = only(
        drawn("""
Supplier|Contact Person|Tel/Fax|E-mail
Alpha Co., Ltd.|Anna|0574-88001234 / 0574-88001235|a@x.example.com
|Bea|0574-88001236|b@x.example.com
Beta Co., Ltd.|Carl|0574-88001237|c@x.example.com
|Dora|0574-88001238|d@x.example.com
""")
    )
    assert [found.values["company"] for found in records(rows)] == ["Alpha Co., Ltd."] * 2 + [
        "Beta Co., Ltd."
    ] * 2
    columns = only(
        drawn("""
公司名称|联系人1|手机1|联系人2|手机2|邮箱
宁波宏达厂|张三|'13800000001|李四|'13800000002|a@x.example.com
义乌瑞鑫有限公司|王五|'13800000003|||b@x.example.com
""")
    )
    first = records(columns)[0].values
    assert first["contact"] == "张三; 李四"
    assert [phone.typed for phone in first["mobile"]] == ["13800000001"]
    assert [phone.typed for phone in first["people"][1].points.phones] == ["13800000002"]


def test_people_by_first_and_last_name_are_contacts() -> None:
    sheet = only(
        drawn("""
First Name|Last Name|Job Title|E-mail|Mobile Phone|Company
Anna|Berg|Buyer|a@x.example.com|+47 912 34 567|Nordlys AS
Otto|Lund|CEO|o@y.example.com|+47 912 34 568|Fjord AS
""")
    )
    assert sheet.kind == "contacts"


def test_an_inquiry_on_one_sheet_is_one_record() -> None:
    sheet = only(
        drawn("""
INQUIRY FORM|||
Buyer:|Nordlys AS|Date:|2026-03-05
Contact:|Anna Berg|E-mail:|a@n.example.com
Product:|Steel mug 500 ml|Quantity:|5,000 pcs
Target price:|USD 1.20|Terms:|FOB Ningbo
Destination:|Oslo|Delivery date:|2026-06-01
""")
    )
    values = records(sheet)[0].values
    assert sheet.kind == "inquiries"
    assert (values["buyer"], values["quantity"].amount, values["destination"]) == (
        "Nordlys AS",
        5000,
        "Oslo",
    )
    assert (values["incoterm"].code, values["incoterm"].place) == ("FOB", "Ningbo")


def test_american_dates_are_told_by_the_other_dates_of_the_file() -> None:
    sheet = only(
        drawn("""
Buyer|Product|Quantity|Target Price|Inquiry date
A Inc.|Mug|500|$1.20|03/25/2026
B Inc.|Cup|600|$1.30|03/05/2026
""")
    )
    assert [found.values["inquired_on"] for found in records(sheet)] == [
        date(2026, 3, 25),
        date(2026, 3, 5),
    ]


def test_rounded_phones_and_barcodes_are_flagged_and_whole_ones_mended() -> None:
    sheet = only(
        drawn("""
供應商名稱|商品名稱|規格|單價(RMB)|電話|條碼
寧波宏達廠|不鏽鋼杯|500ml|12.5|1.3818470054E+10|6.9E+12
義烏瑞鑫|塑膠盒|30L|8|1.38E+10|'6901234567892
""")
    )
    first, second = records(sheet)
    assert first.values["phone"][0].e164 == "+8613818470054"
    assert [problem.message.key for problem in first.problems] == ["cells.barcode_is_rounded"]
    assert [problem.message.key for problem in second.problems] == ["cells.phone_is_rounded"]


def test_a_price_column_for_each_vendor_is_a_comparison() -> None:
    sheet = only(
        drawn("""
Item|Unit|Alpha Co., Ltd.|Beta Trading|Gamma Ltd
Mug|pc|1.2|1.3|
Cup|pc|2.2|2.1|2.0
""")
    )
    assert sheet.kind == "offers"
    assert [(found.values["product"], found.values["company"]) for found in records(sheet)] == [
        ("Mug", "Alpha Co., Ltd."),
        ("Mug", "Beta Trading"),
        ("Cup", "Alpha Co., Ltd."),
        ("Cup", "Beta Trading"),
        ("Cup", "Gamma Ltd"),
    ]


def test_instructions_choices_and_hidden_sheets_are_offered_and_not_taken() -> None:
    book = workbook(
        drawn(
            "Read me first|\nFill in the second sheet only and send it back|", name="Instructions"
        ),
        drawn("Item No.|Description|Price\nA-1|Mug|1.2\nA-2|Cup|1.3", name="Data"),
        drawn("Unit|Currency\npcs|USD\nset|EUR", name="_Lists", hidden=True),
        drawn("Item No.|Description|Price\nA-1|Mug|1.2", name="Old", hidden=True),
    )
    assert [found.sheet for found in understand(book) if found.is_taken] == ["Data"]
    assert [found.is_taken for found in understand(book, sheet="Old")] == [True]


def test_what_the_person_says_overrules_every_guess() -> None:
    said = Overrides(
        {"Firmierung": "company", "Wer": "first_name+last_name", "Dies": "note", "Das": "ignore"},
        {"country": "Germany"},
    )
    sheet = only(
        drawn("""
Firmierung|Wer|Dies|Das|Ort|Farbe
Alpha GmbH|Anna Berg|x|y|Bonn|rot
"""),
        kind="suppliers",
        overrides=said,
    )
    found = records(sheet)[0]
    assert found.values == {
        "company": "Alpha GmbH",
        "first_name": "Anna",
        "last_name": "Berg",
        "city": "Bonn",
        "country": "DE",
        "remark": ("Dies: x",),
    }
    assert found.custom == (("Farbe", "rot"),)


def test_two_columns_for_one_field_are_joined() -> None:
    sheet = only(
        drawn("Company|Strasse|Nr\nAlpha GmbH|Hauptweg|5"),
        kind="suppliers",
        overrides=Overrides({"Strasse": "address", "Nr": "address"}),
    )
    assert records(sheet)[0].values["address"] == "Hauptweg 5"


def test_a_layout_is_remembered_by_its_headings_alone() -> None:
    one = only(drawn("Item No.|Description|Price\nA-1|Mug|1.2"))
    other = only(drawn("ITEM NO|description |price\nB-7|Pot|9\nB-8|Pan|8"))
    third = only(drawn("Item No.|Price|Description\nA-1|1.2|Mug"))
    assert one.layout_key == other.layout_key
    assert one.layout_key != third.layout_key


def test_a_row_that_slipped_sideways_is_kept_out() -> None:
    lines = "\n".join(
        f"City{n}|Factory {n} Ltd|+49 30 12345{n:02}|www.f{n}.example.com|" for n in range(60)
    )
    sheet = only(
        drawn(
            f"city|company|phone|website|\n{lines}\nBonn|B&B| Technology Ltd.|+49 228 123456|www.bb.example.com"
        )
    )
    wrong = [found for found in records(sheet) if found.has_errors]
    assert [found.raw[1] for found in wrong] == ["B&B"]
    assert any(problem.message.key == "mapping.row_is_shifted" for problem in wrong[0].problems)


def test_a_price_for_each_delivery_term_keeps_its_term_and_currency() -> None:
    sheet = only(
        drawn(
            """
ABC HARDWARE CO., LTD.|||||||
Add: No.1 Road, Yongkang  Tel: 0579-87123456  Email: sales@abc.example.com|||||||
PRICE LIST  Date: 2026-01-15  Valid until: 2026-06-30|||||||
No.|Item No.|Picture|Description|EXW price (RMB)|FOB Ningbo (USD)|MOQ|N.W. (kg)
1|A-1||Wrench 8"|12.5|1.95|500 pcs|11
2|A-2||Hammer|20|3.1|300 pcs|14
Pliers|||||||
3|B-1||Pliers 6"|9|1.45|1000 pcs|9
* Prices exclude tax|||||||
""",
            merges="A1:H1 A2:H2 A3:F3",
        )
    )
    assert sheet.header_rows == (4,)
    first, *_, last = records(sheet)
    assert [(p.amount, p.currency, p.incoterm, p.place) for p in first.values["price"]] == [
        (Decimal("12.5"), "CNY", "EXW", None),
        (Decimal("1.95"), "USD", "FOB", "Ningbo"),
    ]
    assert last.group == "Pliers"
    assert sheet.facts["company_en"] == "ABC HARDWARE CO., LTD."
    assert sheet.facts["address"] == "No.1 Road, Yongkang"
    assert (sheet.facts["priced_on"], sheet.facts["valid_until"]) == (
        date(2026, 1, 15),
        date(2026, 6, 30),
    )


def test_goods_with_their_suppliers_are_a_price_list_and_no_supplier_list() -> None:
    sheet = only(
        drawn("""
Supplier|Contact|Mobile|Item No.|Product|Unit Price|Currency|MOQ
Alpha Co., Ltd.|Anna|13800000001|A-1|Mug|1.2|USD|500
Alpha Co., Ltd.|Anna|13800000001|A-2|Cup|1.3|USD|500
Beta GmbH|Otto|+49 30 1234567|B-1|Pot|4,50|EUR|100
""")
    )
    assert sheet.kind == "products"
    last = records(sheet)[-1].values
    assert (last["company"], last["contact"]) == ("Beta GmbH", "Otto")
    assert (last["price"][0].amount, last["price"][0].currency) == (Decimal("4.50"), "EUR")


def test_requests_of_a_platform_are_inquiries() -> None:
    sheet = only(
        drawn("""
Buyer Name|Country/Region|Product Name|Quantity|Unit|Destination Port|Payment Terms|Date Posted
John S.|United States|Steel tumbler|1,000|Pieces|Los Angeles|T/T|2026-03-01
Ahmed|UAE|LED strip 5050|5000|Meters|Jebel Ali|L/C|2026-03-02
""")
    )
    assert sheet.kind == "inquiries"
    assert [found.values["country"] for found in records(sheet)] == ["US", "AE"]


def test_blocks_of_labels_are_a_record_each() -> None:
    sheet = only(
        drawn("""
供应商资料|
公司名称：|宁波宏达厂
联系人：|张三
电话：|0574-88001234

公司名称：|义乌瑞鑫厂
联系人：|李四
电话：|0579-85001234
""")
    )
    assert [found.values["company"] for found in records(sheet)] == ["宁波宏达厂", "义乌瑞鑫厂"]


def test_an_address_book_of_a_phone_is_contacts() -> None:
    sheet = only(
        drawn("""
Name|Given Name|Family Name|Organization 1 - Name|E-mail 1 - Value|Phone 1 - Value
Anna Berg|Anna|Berg|Nordlys AS|a@x.example.com|+47 912 34 567
Otto Lund|Otto|Lund|Fjord AS|o@y.example.com|+47 22 34 56 78
""")
    )
    assert sheet.kind == "contacts"
    assert fields(sheet) == ["contact", "first_name", "last_name", "company", "email", "phone"]


def test_a_chinese_name_in_two_columns_has_the_family_first() -> None:
    given = {"first_name": "小明", "last_name": "王"}
    assert person_names(given) == ("王小明",)
    assert person_names({"first_name": "Anna", "last_name": "Berg"}) == ("Anna Berg",)
    assert person_names({"last_name": "王"}) == ("王",)


def test_text_longer_than_a_cell_can_be_is_no_name_of_a_company() -> None:
    """A quotation mark that is never closed takes in half of a text table."""
    longest = "x" * 32_767
    sheet = only(
        drawn(f"""
Company|Contact|Phone|Email
Alpha Co., Ltd.|Ann Bell|'13800000001|a@x.example.com
{longest}y|Ben Cole|'13800000002|b@x.example.com
{longest}|Cy Dunn|'13800000003|c@x.example.com
""")
    )
    good, bad, just = records(sheet)
    assert not good.has_errors
    assert "mapping.cell_too_long" in [p.message.key for p in bad.problems if p.field == "company"]
    assert bad.has_errors
    assert just.values["company"] == longest
