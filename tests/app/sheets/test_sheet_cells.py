"""Owns the tests of reading single cells: prices, quantities, sizes, dates, contacts, codes.

Must not test columns or sheets.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.sheets.cells.codes import is_barcode, read_barcode, read_booths, read_code, read_hs_code
from app.sheets.cells.contacts import (
    read_emails,
    read_people,
    read_person,
    read_phones,
    read_points,
)
from app.sheets.cells.countries import country_of
from app.sheets.cells.dates import is_month_first, read_date
from app.sheets.cells.measures import (
    read_days,
    read_dimensions,
    read_share,
    read_weights_kg,
    weight_unit,
)
from app.sheets.cells.numbers import has_decimal_comma, number_of
from app.sheets.cells.prices import price_hints, read_price
from app.sheets.cells.quantities import read_quantity
from app.sheets.cells.reading import Hints, is_absent, tidy
from app.sheets.mapping.readers import field_reader
from app.sheets.tiers import Tier, tier_of

HINTS = Hints()


@pytest.mark.parametrize(
    ("text", "amount", "currency", "unit", "vat", "term", "place"),
    [
        ("¥3.2含税", "3.2", "CNY", None, True, None, None),
        ("USD 1.25/pc FOB Ningbo", "1.25", "USD", "pcs", None, "FOB", "Ningbo"),
        ("€0.95/pc", "0.95", "EUR", "pcs", None, None, None),
        ("12.50元", "12.50", "CNY", None, None, None, None),
        ("41.00р.", "41.00", "RUB", None, None, None, None),
        ("US$ 1,250.00 per set", "1250.00", "USD", "set", None, None, None),
        ("12.8元/个 不含税", "12.8", "CNY", "pcs", False, None, None),
        ("￥１２．５０", "12.50", "CNY", None, None, None, None),
        ("HK$ 88", "88", "HKD", None, None, None, None),
        ("EXW 3.40 EUR", "3.40", "EUR", None, None, "EXW", None),
        ("₩12,000", "12000", "KRW", None, None, None, None),
        ("含13%税 8.8", "8.8", None, None, True, None, None),
    ],
)
def test_a_price_says_amount_currency_unit_tax_and_term(
    text: str,
    amount: str,
    currency: str | None,
    unit: str | None,
    vat: bool | None,
    term: str | None,
    place: str | None,
) -> None:
    prices, problems = read_price(text, HINTS, field="price")
    found = prices[0]
    assert (found.amount, found.currency, found.unit) == (Decimal(amount), currency, unit)
    assert (found.includes_vat, found.incoterm, found.place) == (vat, term, place)
    assert not problems


def test_a_german_price_is_read_by_the_habit_of_the_file() -> None:
    assert has_decimal_comma(["12.345,67", "8,50"])
    prices, _ = read_price("12.345,67 €", Hints(decimal_comma=True), field="price")
    assert prices[0].amount == Decimal("12345.67")
    assert number_of("1.250", decimal_comma=True) == 1250
    assert number_of("1.250") == Decimal("1.250")
    assert number_of("1,250") == 1250


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("5万元", 50_000, "CNY"), ("1.2万美元/台", 12_000, "USD"), ("3.5k USD", 3500, "USD")],
)
def test_a_price_in_thousands_is_read_whole(text: str, amount: int, currency: str) -> None:
    prices, _ = read_price(text, HINTS, field="price")
    assert (prices[0].amount, prices[0].currency) == (amount, currency)


def test_steps_in_one_cell_are_several_prices() -> None:
    prices, _ = read_price("500-999: $1.20; 1000+: $1.10", HINTS, field="price")
    assert [(p.at_least, p.at_most, p.amount) for p in prices] == [
        (500, 999, Decimal("1.20")),
        (1000, None, Decimal("1.10")),
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("面议", "cells.price_on_request"),
        ("on request", "cells.price_on_request"),
        ("sehr billig", "cells.price_not_understood"),
        ("0", "cells.price_is_zero"),
        ("-3.50", "cells.price_is_negative"),
        ("-$3.50", "cells.price_is_negative"),
        ("USD -3.50/pc", "cells.price_is_negative"),
        ("(3.50)", "cells.price_is_negative"),
        ("USD-2.50", "cells.price_is_negative"),
        ("2.5-", "cells.price_is_negative"),
    ],
)
def test_what_is_no_price_is_told_and_never_taken_as_zero(text: str, key: str) -> None:
    prices, problems = read_price(text, HINTS, field="price")
    assert prices == ()
    assert [problem.message.key for problem in problems] == [key]


@pytest.mark.parametrize(
    ("text", "heading", "each", "unit", "count"),
    [
        ("25元/千只", "", "0.025", "pcs", 1000),
        ("USD 3/1000pcs", "", "0.003", "pcs", 1000),
        ("$4/100 sets", "", "0.04", "set", 100),
        ("25", "单价(元/千只)", "0.025", "pcs", 1000),
        ("250", "Price (USD per 10,000 pcs)", "0.025", "pcs", 10_000),
        ("3.2/千克", "", "3.2", "kg", None),
        ("25元/个", "单价(元/千只)", "25", "pcs", None),
        ("3.2/1000", "", "3.2", None, None),
    ],
)
def test_a_price_of_many_is_that_of_one_and_says_so(
    text: str, heading: str, each: str, unit: str | None, count: int | None
) -> None:
    hints = price_hints(heading, near=HINTS)
    (price,), problems = read_price(text, hints, field="price")
    assert (price.amount, price.unit) == (Decimal(each), unit)
    assert [problem.message.params["count"] for problem in problems] == ([count] if count else [])


def test_a_heading_says_currency_term_and_tax_for_its_column() -> None:
    hints = price_hints("FOB Ningbo USD")
    assert (hints.currency, hints.incoterm, hints.place) == ("USD", "FOB", "Ningbo")
    assert price_hints("含税单价 RMB").includes_vat is True
    letterhead = price_hints("价格含13%增值税，出厂价")
    assert (letterhead.includes_vat, letterhead.vat_rate, letterhead.incoterm) == (
        True,
        Decimal("0.13"),
        "EXW",
    )


@pytest.mark.parametrize(
    ("text", "amount", "unit", "container"),
    [
        ("500个起", "500", "pcs", None),
        ("MOQ: 2000 pcs/款", "2000", "pcs", None),
        ("1,000 件", "1000", "pcs", None),
        ("24pcs/ctn", "24", "pcs", None),
        ("5k pcs", "5000", "pcs", None),
        ("1.5万个", "15000", "pcs", None),
        ("500千克", "500", "kg", None),
        ("5千只", "5000", "pcs", None),
        ("2x40HQ", "2", None, "40HQ"),
        ("1*20'GP", "1", None, "20GP"),
        ("10000", "10000", None, None),
    ],
)
def test_quantities(text: str, amount: str, unit: str | None, container: str | None) -> None:
    found = read_quantity(text, HINTS)
    assert found is not None
    assert (found.amount, found.container) == (Decimal(amount), container)
    if unit:
        assert found.unit is not None


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("500-999", Tier(500, 999)),
        ("≥5000", Tier(5000, None)),
        (">=5000", Tier(5000, None)),
        ("1000+", Tier(1000, None)),
        ("1000+ pcs", Tier(1000, None, "pcs")),
        ("5000 up", Tier(5000, None)),
        ("500件以上", Tier(500, None, "pcs")),
        ("1,000-4,999 pcs", Tier(1000, 4999, "pcs")),
        ("<500", Tier(0, 499)),
        ("1000", Tier(1000, None, None, is_exact=True)),
        ("ab 500 Stück", None),
        ("Item 500", None),
        ("2026-03", None),
    ],
)
def test_price_steps(text: str, tier: Tier | None) -> None:
    found = tier_of(text)
    if tier is not None:
        assert found is not None
        assert (found.at_least, found.at_most, found.is_exact) == (
            tier.at_least,
            tier.at_most,
            tier.is_exact,
        )
    elif text != "ab 500 Stück":
        assert found is None


@pytest.mark.parametrize(
    "text",
    ["50*40*30cm", "50×40×30", "500*400*300mm", "0.5x0.4x0.3 m", "L50*W40*H30 cm", "50 x 40 x 30"],
)
def test_sizes_are_told_in_centimetres(text: str) -> None:
    found = read_dimensions(text, HINTS)
    assert found is not None
    assert (found.length_cm, found.width_cm, found.height_cm) == (50, 40, 30)


def test_inches_and_weights() -> None:
    found = read_dimensions('10x10x10"', HINTS)
    assert found is not None
    assert found.length_cm == Decimal("25.4")
    assert read_weights_kg("12.4/7.3kg", HINTS) == [Decimal("12.4"), Decimal("7.3")]
    assert read_weights_kg("350 g", HINTS) == [Decimal("0.350")]
    assert read_weights_kg("350", Hints(unit="g")) == [Decimal("0.350")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("25-30 days", 25, 30),
        ("30天", 30, 30),
        ("45 days after deposit", 45, 45),
        ("4 weeks", 28, 28),
        ("2-3周", 14, 21),
        ("1个月", 30, 30),
        ("2週間", 14, 14),
        ("1ヶ月", 30, 30),
        ("3 hafta", 21, 21),
        ("2 tygodnie", 14, 14),
        ("2 mesi", 60, 60),
        ("10 giorni", 10, 10),
        ("现货", 0, 0),
        ("in stock", 0, 0),
    ],
)
def test_lead_times_are_told_in_days(text: str, low: int, high: int) -> None:
    found = read_days(text)
    assert found is not None
    assert (found.at_least, found.at_most) == (low, high)


def test_rates_are_fractions() -> None:
    assert [read_share(text, HINTS) for text in ("13%", "13", "0.13")] == [Decimal("0.13")] * 3


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "05.03.2026",
        "5 March 2026",
        "March 5, 2026",
        "2026年3月5日",
        "20260305",
        "5. März 2026",
        "5 de marzo de 2026",
    ],
)
def test_dates_in_many_forms(text: str) -> None:
    assert read_date(text) == date(2026, 3, 5)


def test_day_and_month_stand_as_the_file_has_them() -> None:
    assert is_month_first(["03/25/2026", "03/05/2026"])
    assert read_date("03/05/2026", month_first=True) == date(2026, 3, 5)
    assert read_date("03/05/2026") == date(2026, 5, 3)
    assert read_date("25/03/2026", month_first=True) == date(2026, 3, 25)
    assert read_date("2026") is None
    assert read_date("31.02.2026") is None
    assert read_date(Decimal(46086)) == date(2026, 3, 5)


def test_several_mails_and_phones_in_one_cell() -> None:
    mails, _ = read_emails("Anna@X.Example.com; b@y.example.com", field="email")
    assert mails == ("Anna@x.example.com", "b@y.example.com")
    phones, problems = read_phones("13800000000 / 0574-88001234", field="phone")
    assert [phone.e164 for phone in phones] == ["+8613800000000", "+8657488001234"]
    assert not problems
    abroad, _ = read_phones("+49 30 1234567, +7 495 123-45-67", field="phone")
    assert [phone.e164 for phone in abroad] == ["+49301234567", "+74951234567"]
    locals_, _ = read_phones("435-7383; 432-0652; 476-1127", field="phone")
    assert [phone.typed for phone in locals_] == ["435-7383", "432-0652", "476-1127"]


def test_a_person_and_a_phone_in_one_cell() -> None:
    name, points = read_person("王小姐 13800000000")
    assert name == "王小姐"
    assert [phone.e164 for phone in points.phones] == ["+8613800000000"]


def test_wechat_and_mail_in_one_cell_are_told_apart() -> None:
    points = read_points("wx_604684 / sales1@ruixin.example.com")
    assert points.emails == ("sales1@ruixin.example.com",)
    assert points.rest == "wx_604684"


def test_a_phone_that_a_spreadsheet_rounded_is_mended_only_where_its_digits_are_whole() -> None:
    phones, _ = read_phones("1.3818470054E+10", field="mobile")
    assert phones[0].e164 == "+8613818470054"
    lost, problems = read_phones("1.38E+10", field="mobile")
    assert lost == ()
    assert problems[0].message.key == "cells.phone_is_rounded"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("德国", "DE"),
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("Alemania", "ES" and "DE"),
        ("CHINA", "CN"),
        ("P.R. China", "CN"),
        ("中国", "CN"),
        ("Китай", "CN"),
        ("중국", "CN"),
        ("UAE", "AE"),
        ("U. A. E.", "AE"),
        ("United States", "US"),
        ("US", "US"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Korea, Republic of", "KR"),
        ("香港", "HK"),
        ("Hong Kong", "HK"),
        ("Viet Nam", "VN"),
        ("Россия", "RU"),
        ("日本", "JP"),
        ("Narnia", None),
        ("No", "NO"),
    ],
)
def test_countries_in_many_languages(text: str, code: str | None) -> None:
    assert country_of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Congo (DRC)", "CD"),
        ("Congo, Rep.", "CG"),
        ("刚果（金）", "CD"),
        ("Georgia, USA", "US"),
        ("Atlanta, Georgia (US)", "US"),
        ("Georgia", "GE"),
        ("Peru, IL", "PE"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Korea (South)", "KR"),
        ("San Juan, Puerto Rico", "PR"),
        ("Puerto Rico, USA", "PR"),
        ("Islamic Republic of Pakistan", "PK"),
        ("Großbritannien", "GB"),
        ("EE. UU.", "US"),
        ("République démocratique du Congo", "CD"),
        ("Южная Корея", "KR"),
        ("Sverige", "SE"),
        ("ישראל", "IL"),
        ("China/Vietnam", "CN"),
        ("Cuba Libre", None),
    ],
)
def test_countries_as_lists_of_many_lands_spell_them(text: str, code: str | None) -> None:
    assert country_of(text) == code


def test_codes_stay_text_with_their_zeros() -> None:
    assert read_code("0100", field="item_no") == ("0100", ())
    assert read_code(Decimal(1001), field="item_no") == ("1001", ())
    assert read_hs_code("0902 20 90 00", field="hs_code") == ("0902209000", ())
    assert read_hs_code(Decimal(7323930000), field="hs_code") == ("7323930000", ())
    assert read_hs_code("39241000.00", field="hs_code") == ("3924100000", ())
    restored, problems = read_hs_code(Decimal(902209000), field="hs_code")
    assert restored == "0902209000"
    assert problems[0].message.key == "cells.hs_code_lost_zero"
    assert read_barcode("6.22E+12", field="barcode")[0] is None
    assert is_barcode("6221127010527")
    assert read_booths("9.2B29、10.3E15-16") == ("9.2B29", "10.3E15-16")


@pytest.mark.parametrize(
    "text", ["n/a", "NaN", "No tel_number", "-", "无", "", " ", "YYYY-MM-DD", "暂无", "N/A"]
)
def test_words_for_nothing_are_empty(text: str) -> None:
    assert is_absent(text)


@pytest.mark.parametrize("text", ["No. 5 Jinhu Road", "Nanjing", "无锡", "Note", "North"])
def test_words_that_only_begin_like_nothing_are_kept(text: str) -> None:
    assert not is_absent(text)


def test_html_leftovers_and_wide_characters_are_cleaned() -> None:
    assert tidy("B&amp;B  Technology<br>Ltd.") == "B&B Technology\nLtd."
    assert tidy("ＡＢＣ１２３（中国）") == "ABC123（中国）"
    assert tidy("QUANZHOU, FUJIAN□") == "QUANZHOU, FUJIAN"
    assert tidy("  宁波\u3000宏达 ") == "宁波 宏达"


def test_the_word_weight_is_no_unit() -> None:
    assert weight_unit("Net weight (kg)") == "kg"
    assert weight_unit("Gross weight, t") == "t"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("gross_weight", Decimal("-12.5")),
        ("net_weight", "-7,3 kg"),
        ("carton_size", "-50*40*30cm"),
        ("length", Decimal(-50)),
        ("moq", Decimal(-500)),
        ("pcs_per_carton", "-24pcs/ctn"),
        ("cbm", Decimal("-0.06")),
    ],
)
def test_a_measure_below_zero_is_told_and_left_out(field: str, value: Decimal | str) -> None:
    reading = field_reader(field, (), HINTS)(value)
    assert reading.values == ()
    assert [problem.message.key for problem in reading.problems] == ["cells.measure_is_negative"]


@pytest.mark.parametrize(("field", "value"), [("stock", Decimal(-3)), ("latitude", "-33.9")])
def test_what_may_be_below_zero_is_taken(field: str, value: Decimal | str) -> None:
    assert field_reader(field, (), HINTS)(value).problems == ()


def test_a_dash_before_a_number_is_no_sign_where_it_marks_a_list() -> None:
    assert dict(field_reader("moq", (), HINTS)("- 500 pcs").values)["moq"].amount == 500


def test_people_with_their_own_mails_in_one_cell_are_told_apart() -> None:
    text = "Mario Rossi (Sales), +39 02 123450, m.rossi@ex.it\nLucia Bianchi, l.bianchi@ex.it"
    mario, lucia = read_people(text)
    assert (mario.name, mario.job_title) == ("Mario Rossi", "Sales")
    assert (mario.points.emails, len(mario.points.phones)) == (("m.rossi@ex.it",), 1)
    assert (lucia.name, lucia.points.emails) == ("Lucia Bianchi", ("l.bianchi@ex.it",))
    assert read_people("王小姐 13800000000") == ()
    wang, li = read_people("王小姐 13800001111 微信同号\n李先生 13900002222")
    assert (wang.wechat, li.wechat) == ("13800001111", "")
    assert read_people("Tel: 0574-87654321\n13800000000") == ()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("13800000001 / wx haida88", {"wechat": "haida88"}),
        ("0579-85123456；QQ 12345678", {"qq": "12345678"}),
        ("微信号：xiao_ming 13800000001", {"wechat": "xiao_ming"}),
        ("13800000001 / sales@haida.cn", {"email": ("sales@haida.cn",)}),
        ("Skype: live:haida 0574-87654321", {"skype": "live:haida"}),
        ("wx: ming-li@haida.cn 13800000001", {"email": ("ming-li@haida.cn",)}),
        ("13800000001 微信同号", {"wechat": "13800000001"}),
    ],
)
def test_what_stands_beside_a_phone_is_not_lost(cell: str, told: dict[str, object]) -> None:
    read = field_reader("phone", ("电话",), Hints())(cell)
    values = dict(read.values)
    (phone,) = values.pop("phone")
    assert phone.e164.startswith("+86")
    assert values == told
