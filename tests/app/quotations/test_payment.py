"""Payment terms sum to the whole and are read as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.kernel.errors import AppError
from app.quotations.payment import PRESETS, Instrument, Milestone, Trigger, payment_terms
from app.quotations.payment_notation import parse_payment_terms

ORDER, SHIP, COPY = Trigger.ORDER, Trigger.BEFORE_SHIPMENT, Trigger.BL_COPY
TT, LC = Instrument.TT, Instrument.LC


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30% deposit, 70% against B/L copy", [(30, ORDER, TT, 0), (70, COPY, TT, 0)]),
        ("T/T 30/70", [(30, ORDER, TT, 0), (70, SHIP, TT, 0)]),
        ("TT 30:70 against copy of B/L", [(30, ORDER, TT, 0), (70, COPY, TT, 0)]),
        ("L/C at sight", [(100, Trigger.SIGHT, LC, 0)]),
        ("Irrevocable L/C at sight", [(100, Trigger.SIGHT, LC, 0)]),
        ("L/C 90 days", [(100, Trigger.BL_DATE, LC, 90)]),
        ("L/C 60 days after B/L date", [(100, Trigger.BL_DATE, LC, 60)]),
        ("L/C at 30 days sight", [(100, Trigger.SIGHT, LC, 30)]),
        ("T/T in advance", [(100, ORDER, TT, 0)]),
        ("100% T/T in advance", [(100, ORDER, TT, 0)]),
        ("100% T/T before shipment", [(100, SHIP, TT, 0)]),
        ("D/P at sight", [(100, Trigger.SIGHT, Instrument.DP, 0)]),
        ("D/P", [(100, Trigger.SIGHT, Instrument.DP, 0)]),
        ("D/A 60 days", [(100, Trigger.ACCEPTANCE, Instrument.DA, 60)]),
        ("O/A 45 days", [(100, Trigger.BL_DATE, Instrument.OA, 45)]),
        ("Net 30", [(100, Trigger.INVOICE_DATE, Instrument.OA, 30)]),
        ("PayPal", [(100, ORDER, Instrument.PAYPAL, 0)]),
        ("Western Union", [(100, ORDER, Instrument.WESTERN_UNION, 0)]),
        ("30%T/T deposit,balance before shipment", [(30, ORDER, TT, 0), (70, SHIP, TT, 0)]),
        (
            "30% T/T in advance and the balance 70% against copy of B/L",
            [(30, ORDER, TT, 0), (70, COPY, TT, 0)],
        ),
        ("30% T/T deposit + 70% L/C at sight", [(30, ORDER, TT, 0), (70, Trigger.SIGHT, LC, 0)]),
        ("40% deposit, balance against B/L copy", [(40, ORDER, TT, 0), (60, COPY, TT, 0)]),
        ("30% deposit 70% before delivery", [(30, ORDER, TT, 0), (70, SHIP, TT, 0)]),
        (
            "20% deposit; 30% before production; 50% before shipment",
            [(20, ORDER, TT, 0), (30, Trigger.BEFORE_PRODUCTION, TT, 0), (50, SHIP, TT, 0)],
        ),
        ("30%定金，70%见提单副本", [(30, ORDER, TT, 0), (70, COPY, TT, 0)]),
        ("30%订金，余款出货前付清", [(30, ORDER, TT, 0), (70, SHIP, TT, 0)]),
        ("款到发货", [(100, SHIP, TT, 0)]),
        ("月结30天", [(100, Trigger.INVOICE_DATE, Instrument.OA, 30)]),
        ("即期信用证", [(100, Trigger.SIGHT, LC, 0)]),
        ("90天远期信用证", [(100, Trigger.BL_DATE, LC, 90)]),
        ("电汇预付30%，发货前付70%", [(30, ORDER, TT, 0), (70, SHIP, TT, 0)]),
        ("T/T (30% deposit, 70% before shipment)", [(30, ORDER, TT, 0), (70, SHIP, TT, 0)]),
        ("30/70", [(30, ORDER, TT, 0), (70, SHIP, TT, 0)]),
    ],
)
def test_common_notations_are_read(
    text: str, expected: list[tuple[int, Trigger, Instrument, int]]
) -> None:
    parsed = parse_payment_terms(text)
    assert parsed is not None
    assert [(m.percent, m.trigger, m.instrument, m.days) for m in parsed.milestones] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "to be discussed",
        "30% deposit",
        "30% deposit, 60% before shipment",
        "deposit",
        "5/8",
        "T/T or L/C",
    ],
)
def test_what_is_not_the_whole_price_is_not_read(text: str) -> None:
    assert parse_payment_terms(text) is None


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_a_preset_prints_reads_back(name: str, language: str) -> None:
    assert parse_payment_terms(PRESETS[name].text(language)) == PRESETS[name]


def test_terms_print_in_both_languages() -> None:
    terms = PRESETS["tt_30_70_bl_copy"]
    assert terms.text("en") == "30% T/T deposit with order, 70% T/T against copy of B/L"
    assert terms.text("zh_CN") == "30% 电汇 下单时付定金，70% 电汇 见提单副本付"
    assert PRESETS["lc_90"].text("en") == "100% L/C 90 days after B/L date"


@pytest.mark.parametrize(
    ("percents", "key"),
    [
        (["30", "60"], "quotations.percents_do_not_sum"),
        (["130", "-30"], "quotations.percent_not_positive"),
        ([], "quotations.percents_do_not_sum"),
    ],
)
def test_percents_must_sum_to_a_hundred(percents: list[str], key: str) -> None:
    with pytest.raises(AppError) as trouble:
        payment_terms(Milestone(Decimal(percent), ORDER) for percent in percents)
    assert trouble.value.message.key == key
