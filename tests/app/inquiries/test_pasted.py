"""Owns the tests of inquiries recognised in pasted text and in the short form of a line.

Must not test the reading of single phrases; that is tested where wording is read.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inquiries.asked_line import line_from_short_form
from app.inquiries.pasted import PastedInquiry, recognise

DAY = date(2026, 3, 5)

MAIL = """Dear Sirs,

Please quote your best price for 5,000 pcs vacuum flask 500 ml, 304 stainless, FOB Ningbo.
Target: USD 2.10/pc. Delivery 45 days.

Best regards,
Anna Berg
Nordlys Trading AS
Oslo, Norway
anna@nordlys-trading.example.com
"""
LIST = """Hello,
we are interested in:
1. Silicone spatula 28cm, heat resistant - 10,000 pcs - target USD 0.85
2) LED strip 5050 RGB, 12V: 5 km, EUR 0.95/m
- 保温杯 500ml 3000个 目标价13元
CIF Hamburg, need CE and RoHS, before 30 June 2026. T/T 30/70
Thanks
Luis Rojas
Andes Import S.A.
Chile
"""
LABELS = """产品：硅胶铲
数量：5000个
目标价：USD 1.20
成交方式：FOB宁波
目的港：汉堡
客户名称：Kestrel Trading GmbH
国家：德国
联系人：Luis
邮箱：l@k.example.com
"""


def read(text: str) -> PastedInquiry:
    return recognise(text, written_on=DAY)


def test_a_plain_mail_gives_product_quantity_target_term_and_buyer() -> None:
    inquiry = read(MAIL)
    (line,) = inquiry.lines
    assert (line.wording, line.specification) == ("vacuum flask 500 ml", "304 stainless")
    assert (line.quantity, line.unit) == (5000, "pcs")
    assert (line.target_price, line.currency) == (Decimal("2.10"), "USD")
    assert (inquiry.incoterm, inquiry.place) == ("FOB", "Ningbo")
    assert (inquiry.contact, inquiry.company) == ("Anna Berg", "Nordlys Trading AS")
    assert (inquiry.email, inquiry.country) == ("anna@nordlys-trading.example.com", "NO")


def test_a_list_gives_a_line_an_article() -> None:
    inquiry = read(LIST)
    assert [(line.wording, str(line.quantity), line.unit) for line in inquiry.lines] == [
        ("Silicone spatula 28cm", "10000", "pcs"),
        ("LED strip 5050 RGB", "5", "km"),
        ("保温杯 500ml", "3000", "pcs"),
    ]
    assert [(str(line.target_price), line.currency) for line in inquiry.lines] == [
        ("0.85", "USD"),
        ("0.95", "EUR"),
        ("13", "CNY"),
    ]
    assert (inquiry.destination, inquiry.country) == ("Hamburg", "CL")
    assert inquiry.certificates == ("CE", "RoHS")
    assert inquiry.required_by_on == date(2026, 6, 30)
    assert inquiry.payment_terms == "T/T 30/70"


def test_labelled_lines_are_read_in_chinese() -> None:
    inquiry = read(LABELS)
    (line,) = inquiry.lines
    assert line.values() == {
        "wording": "硅胶铲",
        "quantity": 5000,
        "unit": "pcs",
        "target_price": Decimal("1.20"),
        "currency": "USD",
    }
    assert (inquiry.place, inquiry.destination, inquiry.country) == ("宁波", "汉堡", "DE")
    assert (inquiry.company, inquiry.contact) == ("Kestrel Trading GmbH", "Luis")


def test_each_product_label_opens_a_line() -> None:
    inquiry = read(
        "Product: Yoga mat\nQty: 2x40HQ\nTarget price: 2.3\n\nProduct: Roller\nQuantity: 500\nCountry: UK"
    )
    assert [(line.wording, line.quantity, line.quantity_text) for line in inquiry.lines] == [
        ("Yoga mat", None, "2x40HQ"),
        ("Roller", Decimal(500), None),
    ]
    assert (inquiry.lines[0].target_price, inquiry.country) == (Decimal("2.3"), "GB")


def test_the_subject_names_the_product_when_the_text_does_not() -> None:
    (line,) = read("Subject: Re: Inquiry: vacuum flask 500ml, 5000 pcs\nwhat is your price?").lines
    assert (line.wording, line.quantity) == ("vacuum flask 500ml", 5000)


def test_a_question_in_a_sentence_is_read() -> None:
    inquiry = read("What is your best price for LED strip 5050? We need 10km. Ship to Valparaiso.")
    assert (inquiry.lines[0].wording, inquiry.lines[0].unit) == ("LED strip 5050", "km")
    assert inquiry.destination == "Valparaiso"


def test_every_place_holds_the_words_it_was_read_from() -> None:
    inquiry = read(LIST)
    words = [(place.field, place.line, LIST[place.start : place.end]) for place in inquiry.places]
    assert ("wording", 0, "Silicone spatula 28cm") in words
    assert ("quantity", 1, "5 km") in words
    assert ("target_price", 2, "13元") in words
    assert ("incoterm", None, "CIF Hamburg") in words


@pytest.mark.parametrize("text", ["", "Hello, thanks for your catalogue.", "Call me at 10:30"])
def test_text_without_an_inquiry_gives_no_line(text: str) -> None:
    assert read(text).lines == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "silicone spatula; 5000 pcs; USD 1.20",
            {
                "wording": "silicone spatula",
                "quantity": Decimal(5000),
                "unit": "pcs",
                "target_price": Decimal("1.20"),
                "currency": "USD",
            },
        ),
        ("cup; 2x40HQ", {"wording": "cup", "quantity_text": "2x40HQ"}),
        (
            "硅胶铲；5000个；13元",
            {
                "wording": "硅胶铲",
                "quantity": Decimal(5000),
                "unit": "pcs",
                "target_price": Decimal(13),
                "currency": "CNY",
            },
        ),
        (
            "mat; 500; 2.3",
            {"wording": "mat", "quantity": Decimal(500), "target_price": Decimal("2.3")},
        ),
        (
            "mat; EUR 0.95/pc CIF Hamburg; 1,000 sets; black",
            {
                "wording": "mat",
                "specification": "black",
                "quantity": Decimal(1000),
                "unit": "set",
                "target_price": Decimal("0.95"),
                "currency": "EUR",
                "incoterm": "CIF",
                "place": "Hamburg",
            },
        ),
    ],
)
def test_the_short_form_of_a_line(text: str, expected: dict[str, object]) -> None:
    line = line_from_short_form(text, written_on=DAY)
    assert line is not None
    assert line.values() == expected


def test_a_short_form_without_a_product_is_none() -> None:
    assert line_from_short_form(" ; 5000 pcs", written_on=DAY) is None


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    read(text)


def test_a_greeting_on_the_same_line_is_no_product() -> None:
    text = "Dear Sirs, we need 3,000 pcs silicone spatula 24cm, target USD 0.85 FOB Ningbo"
    (line,) = recognise(text, written_on=date(2026, 11, 22)).lines
    assert line.wording == "silicone spatula 24cm"
    assert line.quantity == 3000


@pytest.mark.parametrize(
    "company",
    ["Importadora Andes SpA", "Casa Luz S.p.A.", "Dupont SAS", "Inca S.A.C.", "Moda S.A. de C.V."],
)
def test_a_company_in_the_signature_is_the_buyer_whatever_its_legal_form(company: str) -> None:
    text = f"Dear Lana, we need 500 pcs flask.\nRegards,\nCarlos Mena\n{company}"
    assert recognise(text, written_on=date(2026, 3, 2)).company == company


def test_a_numbered_chinese_inquiry_of_a_trading_house_is_read_clean() -> None:
    found = recognise(
        """您好，我们是上海海棠进出口有限公司，客户需要以下产品，请报FOB宁波美金价：
1、304不锈钢保温杯 500ml 哑光黑 5000个 目标价 2.1美金
（2）双层饭盒 1.2L，3000个
3.硅胶铲五件套 1200套 目标价每套1.5美元
联系人：王芳  电话 13812345678""",
        written_on=DAY,
    )
    assert (found.company, found.contact) == ("上海海棠进出口有限公司", "王芳")
    assert (found.incoterm, found.place) == ("FOB", "宁波")
    told = [(line.wording, line.specification, str(line.target_price)) for line in found.lines]
    assert told == [
        ("304不锈钢保温杯 500ml 哑光黑", "", "2.1"),
        ("双层饭盒 1.2L", "", "None"),
        ("硅胶铲五件套", "", "1.5"),
    ]


@pytest.mark.parametrize(
    "text", ["我们公司需要保温杯5000个，贵公司能做吗", "请问贵公司保温杯5000个多少钱"]
)
def test_the_company_that_is_spoken_to_is_no_name(text: str) -> None:
    assert recognise(text, written_on=DAY).company is None


def test_a_bracket_behind_goods_is_kept_whole() -> None:
    found = recognise("1.Silicone spatula set (5 pcs/set), 1,200 sets", written_on=DAY)
    assert [line.wording for line in found.lines] == ["Silicone spatula set (5 pcs/set)"]


@pytest.mark.parametrize(
    "text",
    [
        "flask USD 2.09 is too high, our target is USD 1.95 for 5000 pcs",
        "保温杯5000个，2.09美元太贵，目标价1.95美元",
        "5000 pcs flask at USD 1.95, market price USD 2.09",
    ],
)
def test_of_several_prices_the_one_called_target_counts_else_the_first(text: str) -> None:
    found = recognise(text, written_on=DAY)
    (line,) = found.lines
    assert (line.target_price, line.currency) == (Decimal("1.95"), "USD")
    (place,) = (one for one in found.places if one.field == "target_price")
    assert "1.95" in text[place.start : place.end]


def test_amounts_in_words_are_amounts() -> None:
    found = recognise("我们要一万个杯子，两千套餐具", written_on=DAY)
    assert [(line.wording, line.quantity) for line in found.lines] == [
        ("杯子", Decimal(10000)),
        ("餐具", Decimal(2000)),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1000/3000/5000 pcs of vacuum flask 500ml", "1000/3000/5000 pcs"),
        (
            "Please quote for 1000, 3000 and 5000 pcs of vacuum flask 500ml",
            "1000, 3000 and 5000 pcs",
        ),
        ("vacuum flask 500ml, 1000/3000/5000个", "1000/3000/5000个"),
    ],
)
def test_several_quantities_of_one_article_are_all_kept_and_the_least_counts(
    text: str, told: str
) -> None:
    (line,) = read(text).lines
    assert (line.wording, line.quantity, line.unit) == ("vacuum flask 500ml", 1000, "pcs")
    assert line.quantity_text == told


def test_sizes_of_an_article_are_no_quantities_to_choose_from() -> None:
    (line,) = read("frying pan 20/24/28 cm, 500 pcs").lines
    assert (line.quantity, line.unit, line.quantity_text) == (500, "pcs", None)


def test_the_number_of_an_article_stays_with_its_goods_and_a_size_of_container_is_its_quantity() -> (
    None
):
    (line,) = read("item no. KT-2031, kettle. Qty 1x20ft").lines
    assert (line.wording, line.quantity_text) == ("KT-2031 kettle", "1x20ft")


def test_labels_within_a_line_tell_the_goods_and_where_they_go() -> None:
    inquiry = read(
        "Hello I want to buy. Product: silicone spatula. Quantity: 5000 pcs. Destination: Hamburg"
    )
    (line,) = inquiry.lines
    assert (line.wording, line.quantity, inquiry.destination) == (
        "silicone spatula",
        5000,
        "Hamburg",
    )
