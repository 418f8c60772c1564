"""Owns the tests of rounds suggested from messages and of the ladder they make.

Must not test the reading of single phrases; that is tested where wording is read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.negotiation.ladder import Ladder, Term, ladder
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.quoted import own_words
from app.negotiation.reading.files import read_file
from app.negotiation.rounds import SuggestedRound, suggest_round

SAMPLES = Path(__file__).parent / "samples"
NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


def suggest(text: str, *earlier: Offered) -> SuggestedRound | None:
    return suggest_round(text, side=Side.THEIRS, made_at=NOW, earlier=earlier)


def offer(price: str, side: Side = Side.OURS, **terms: object) -> Offered:
    values = {"currency": "USD", "unit": "pcs", "prices": (OfferedPrice(Decimal(price)),), **terms}
    return Offered(side=side, **values)  # type: ignore[arg-type]


def prices(suggested: SuggestedRound | None) -> list[tuple[str, str | None]]:
    assert suggested is not None
    return [
        (str(price.amount), None if price.min_quantity is None else str(price.min_quantity))
        for price in suggested.offered.prices
    ]


def bargaining(*files: str) -> Ladder:
    rounds: list[Offered] = []
    for file in files:
        for message in read_file(SAMPLES / file, zone=UTC).messages:
            ours = message.sender.address.startswith("sales") or message.sender.name in ("Me", "我")
            assert message.sent_at is not None
            suggested = suggest_round(
                message.text,
                side=Side.OURS if ours else Side.THEIRS,
                made_at=message.sent_at,
                earlier=rounds,
            )
            if suggested:
                rounds.append(suggested.offered)
    return ladder(rounds)


def test_the_sample_mails_are_two_offers_each_way() -> None:
    steps = bargaining("1.eml", "2.eml", "3.eml", "4.eml").steps
    assert [(step.offered.side, str(step.price)) for step in steps] == [
        (Side.THEIRS, "2.10"),
        (Side.OURS, "2.45"),
        (Side.THEIRS, "2.25"),
        (Side.OURS, "2.32"),
    ]
    assert [str(step.gap) for step in steps[1:]] == ["0.35", "0.20", "0.07"]
    assert steps[3].offered.lead_time_days == 40
    assert steps[3].offered.payment_terms == "T/T 30/70 against copy of B/L"


def test_the_ladder_says_what_moved_and_by_how_much() -> None:
    moved = {
        move.term: move for move in bargaining("1.eml", "2.eml", "3.eml", "4.eml").steps[3].moves
    }
    assert (moved[Term.PRICE].change, moved[Term.PRICE].percent) == (
        Decimal("-0.13"),
        Decimal("-5.31"),
    )
    assert (moved[Term.LEAD_TIME].before, moved[Term.LEAD_TIME].after) == (35, 40)
    assert Term.MOQ not in moved


def test_the_sample_chats_lend_currency_and_unit_to_bare_numbers() -> None:
    whatsapp, wechat = bargaining("whatsapp.txt"), bargaining("wechat.txt")
    assert [str(step.price) for step in whatsapp.steps] == ["0.42", "0.38", "0.395"]
    assert {(step.offered.currency, step.offered.unit) for step in whatsapp.steps} == {("USD", "m")}
    assert whatsapp.steps[0].offered.moq == 5000
    assert [str(step.price) for step in wechat.steps] == ["13.5", "12.8", "13"]
    assert {step.offered.currency for step in wechat.steps} == {"CNY"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("可以做到 USD 1.78 FOB宁波, 5000pcs", [("1.78", "5000")]),
        ("our best is 1.82 for 5k", [("1.82", "5000")]),
        ("target 1.60", [("1.60", None)]),
        ("3000pcs: USD 1.90, 10000 pcs: USD 1.78", [("1.90", "3000"), ("1.78", "10000")]),
        ("USD 1.90 for 3000 pcs, USD 1.78 for 10000 pcs", [("1.90", "3000"), ("1.78", "10000")]),
        ("1000-4999: $2.1; ≥5000: $1.95", [("2.1", "1000"), ("1.95", "5000")]),
        ("10-49 cartons USD 20, 50+ cartons USD 18", [("20", "10"), ("18", "50")]),
        ("We can offer $3.10, $2.95 (1000+)", [("3.10", None), ("2.95", "1000")]),
        ("You quoted USD 1.95, we can only do USD 1.80", [("1.80", None)]),
        ("贵司报价1.95美金太高了，最低1.80美金能做吗", [("1.80", None)]),
    ],
)
def test_offers_are_read_in_both_languages(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert prices(suggest(text)) == expected


def test_a_wish_is_told_from_an_offer() -> None:
    target, plain = suggest("Target: USD 1.60/pc"), suggest("We offer USD 1.60/pc")
    assert target is not None
    assert plain is not None
    assert (target.is_target, plain.is_target) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "hi, price for LED strip 5050 10km?",
        "What is your MOQ and lead time?",
        "304 stainless, 500 ml, is 2 layers",
        "Please call +47 22 33 44 55",
        "",
    ],
)
def test_a_message_without_an_offer_suggests_none(text: str) -> None:
    assert suggest(text) is None


def test_a_bare_number_far_from_the_prices_is_no_price() -> None:
    standing = offer("2.45")
    assert suggest("0.395 ok?", standing) is None
    assert prices(suggest("2.30 ok?", standing)) == [("2.30", None)]
    assert suggest("we have 2 questions", standing) is None


def test_terms_alone_are_a_round_only_after_a_price() -> None:
    assert suggest("T/T 30/70 please") is None
    moved = suggest("T/T 30/70 please", offer("2.45"))
    assert moved is not None
    assert (moved.offered.prices, moved.offered.payment_terms) == ((), "T/T 30/70")


def test_every_value_of_a_suggestion_names_its_place() -> None:
    text = "We can offer USD 2.45/pc FOB Ningbo, MOQ 3,000 pcs, T/T 30/70, 35 days. Valid 15 days."
    suggested = suggest(text)
    assert suggested is not None
    assert [(place.field, text[place.start : place.end]) for place in suggested.places] == [
        ("price", "USD 2.45/pc"),
        ("term", "FOB Ningbo"),
        ("moq", "MOQ 3,000 pcs"),
        ("payment_terms", "T/T 30/70"),
        ("lead_time", "35 days"),
        ("valid", "Valid 15 days"),
    ]


@pytest.mark.parametrize(
    "quoted",
    [
        "\n\nOn Tue, 3 Mar 2026 at 09:15, Sales wrote:\n> We can offer USD 2.45/pc\n",
        "\n\n-----Original Message-----\nFrom: Sales\nUSD 2.45/pc",
        "\n\nFrom: Sales <s@e.example>\nSent: Tuesday, 3 March 2026\nTo: Anna\n\nUSD 2.45/pc",
        "\n\n发件人: 销售\n发送时间: 2026年3月3日\n收件人: Anna\n\nUSD 2.45/pc",
        "\n\n在 2026年3月3日，销售 写道：\n> USD 2.45/pc",
        "\n\nAm 03.03.2026 um 09:15 schrieb Sales:\n> USD 2.45/pc",
        "\n> USD 2.45/pc",
    ],
)
def test_prices_in_quoted_text_are_not_counted_again(quoted: str) -> None:
    assert prices(suggest("Too high. USD 2.25 and we take 8,000 pcs." + quoted)) == [
        ("2.25", "8000")
    ]


def test_answers_between_quoted_lines_count() -> None:
    text = "On Tuesday Sales wrote:\n> USD 2.45/pc\nUSD 2.25 please\n> 35 days\nok"
    assert prices(suggest(text)) == [("2.25", None)]
    assert len(own_words(text)) == len(text)


def test_a_port_said_in_another_language_is_no_move() -> None:
    ours = offer("2.45", incoterm="FOB", place="Ningbo")
    theirs = offer("2.10", Side.THEIRS, incoterm="FOB", place="宁波港")
    assert Term.DELIVERY not in {move.term for move in ladder([ours, theirs]).steps[1].moves}
    moved = offer("2.10", Side.THEIRS, incoterm="FOB", place="上海")
    assert Term.DELIVERY in {move.term for move in ladder([ours, moved]).steps[1].moves}


def test_the_gap_needs_prices_of_both_sides_in_one_currency() -> None:
    ours, theirs = offer("2.45"), offer("2.10", Side.THEIRS)
    euros = offer("2.10", Side.THEIRS, currency="EUR")
    assert ladder([ours]).gap is None
    assert ladder([ours, euros]).gap is None
    assert ladder([ours, theirs]).gap == Decimal("0.35")


def test_prices_are_compared_at_the_quantity_in_question() -> None:
    tiers = (
        OfferedPrice(Decimal("1.90"), Decimal(3000)),
        OfferedPrice(Decimal("1.78"), Decimal(10000)),
    )
    steps = ladder(
        [offer("1", prices=tiers), offer("1.70", Side.THEIRS)], quantity=Decimal(12000)
    ).steps
    assert (steps[0].price, steps[1].gap) == (Decimal("1.78"), Decimal("0.08"))


def test_the_margin_is_shown_where_the_cost_is_known() -> None:
    (step,) = ladder([offer("2.00")], unit_cost=Decimal("1.50"), cost_currency="USD").steps
    assert step.margin_on_price == Decimal("0.25")
    (other,) = ladder([offer("2.00")], unit_cost=Decimal("1.50"), cost_currency="CNY").steps
    assert other.margin_on_price is None


def test_a_chinese_haggle_keeps_each_price_with_its_quantity() -> None:
    asked = suggest(
        "王总您好，价格还是偏高，5000个能不能做到19.8？客户目标价只有19.5。交期最好25天。\n\n"
        "在 2026年3月2日，王建国 写道：\n> 1000个 21.5元/个\n> 10000个起 19.6元/个",
        offer("21.5", currency="CNY"),
    )
    assert prices(asked) == [("19.8", "5000")]
    assert asked is not None
    assert (asked.offered.lead_time_days, asked.is_target) == (25, False)
    answer = suggest(
        "林小姐，5000个最低20.2元，不能再低了，原材料涨了8%。一次下8000个可以给到19.9。交期28天。",
        offer("21.5", currency="CNY"),
    )
    assert prices(answer) == [("20.2", "5000"), ("19.9", "8000")]


def test_what_our_customer_wants_is_a_wish_where_nothing_else_is_asked() -> None:
    wish = suggest("客户目标价19.5，能做吗？", offer("21.5", currency="CNY"))
    assert prices(wish) == [("19.5", None)]
    assert wish is not None
    assert wish.is_target


def test_a_best_price_in_steps_leaves_what_was_sold_last_year_out() -> None:
    best = suggest(
        "our best price is USD 2.95 per piece for 5,000 pcs, and $2.85 from 8,000 pcs. Lead time 35"
        " days.\nThe master carton holds 24 pcs. Last year we sold 12,000 pcs at 2.99.\n\n"
        "-----Original Message-----\nFrom: Erik Holm\nSent: Tuesday\nOur target is 2.75 USD",
        offer("3.05"),
    )
    assert prices(best) == [("2.95", "5000"), ("2.85", "8000")]


def test_prices_in_steps_are_compared_at_the_quantity_both_talk_of() -> None:
    steps = (
        OfferedPrice(Decimal("21.5"), Decimal(1000)),
        OfferedPrice(Decimal("20.8"), Decimal(3000)),
    )
    asked = (OfferedPrice(Decimal("19.8"), Decimal(5000)),)
    answer = (
        OfferedPrice(Decimal("20.2"), Decimal(5000)),
        OfferedPrice(Decimal("19.9"), Decimal(8000)),
    )
    found = ladder(
        [
            offer("0", Side.THEIRS, prices=steps),
            offer("0", Side.OURS, prices=asked),
            offer("0", Side.THEIRS, prices=answer),
        ]
    )
    assert [str(step.price) for step in found.steps] == ["20.8", "19.8", "20.2"]
    assert found.steps[-1].gap == Decimal("0.4")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500 pcs at 2.10, otherwise 1.85", [("2.10", None), ("1.85", "500")]),
        ("500 pcs at USD 2.10, otherwise 1.85", [("2.10", None), ("1.85", "500")]),
        ("超过1000个 1.85，否则2.10", [("2.10", None), ("1.85", "1000")]),
        ("超过1000个1.85美元，不然2.10美元", [("2.10", None), ("1.85", "1000")]),
        (
            "2 colours: 1000 pcs 2.00, 5000 pcs 1.85, otherwise USD 2.30",
            [("2.30", None), ("2.00", "1000"), ("1.85", "5000")],
        ),
        (
            "500 pcs 2.10, 1000 pcs 2.00, else USD 1.85",
            [("2.10", None), ("2.00", "500"), ("1.85", "1000")],
        ),
    ],
)
def test_the_price_of_all_other_quantities_is_a_tier(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert prices(suggest(text)) == expected


def test_what_happens_otherwise_is_no_price() -> None:
    assert suggest("please confirm today, otherwise we lose 3.5 days") is None
    assert prices(suggest("USD 2.10 for 500 pcs, otherwise 12 days later")) == [("2.10", "500")]


@pytest.mark.parametrize(
    ("text", "price", "unit"),
    [
        ("Our price is USD 12.50 per thousand, FOB Ningbo", "0.0125", None),
        ("每百个85元，含税", "0.85", "pcs"),
        ("每1000个：USD 120", "0.12", "pcs"),
        ("25元/千只", "0.025", "pcs"),
        ("we can do USD 3/1000pcs for 50000 pcs", "0.003", "pcs"),
        ("报价：每百个85元，或 85元/百个", "0.85", "pcs"),
        ("2元/千克", "2", "kg"),
    ],
)
def test_a_price_of_many_is_that_of_one_as_in_sheets(
    text: str, price: str, unit: str | None
) -> None:
    suggested = suggest(text)
    assert suggested is not None
    assert [str(each.amount) for each in suggested.offered.prices] == [price]
    assert suggested.offered.unit == unit


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("USD 1.95/1000pcs, USD 1.85/3000pcs", "1.95 @ 1000; 1.85 @ 3000"),
        ("USD 1.95/1000pcs; USD 1.80/10,000pcs", "1.95 @ 1000; 1.80 @ 10000"),
        ("USD 1.80/10,000pcs", "1.80 @ 10000"),
        ("USD 1.95/5000 pcs, our best is USD 1.80/10000 pcs", "1.95 @ 5000; 1.80 @ 10000"),
        ("$1.95/1000, $1.85/3000, FOB Ningbo", "1.95 @ 1000; 1.85 @ 3000"),
        ("USD 1.95/500, 1.85/1000, 1.80/5000", "1.95 @ 500; 1.85 @ 1000; 1.80 @ 5000"),
        ("US$1.95/1k pcs, US$1.85/3k pcs, MOQ 500 pcs", "1.95 @ 1000; 1.85 @ 3000"),
        ("单价1.95美元/1000个，1.85美元/3000个", "1.95 @ 1000; 1.85 @ 3000"),
        ("12.5元/1000个，12元/3000个，11.5元/1万个", "12.5 @ 1000; 12 @ 3000; 11.5 @ 10000"),
    ],
)
def test_prices_for_several_quantities_are_steps_and_no_prices_of_a_thousand(
    text: str, steps: str
) -> None:
    assert "; ".join(" @ ".join(map(str, each)) for each in prices(suggest(text))) == steps


@pytest.mark.parametrize(
    "text",
    [
        "USD 25/1000 pcs FOB Ningbo",
        "USD 25 per 1000 pcs for the round ones, USD 25 per 1000 pcs for the square ones",
    ],
)
def test_the_same_count_behind_every_price_is_what_it_is_for(text: str) -> None:
    assert prices(suggest(text)) == [("0.025", None)]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("保温杯12.8元能不能便宜点？客户目标价12元", "12"),
        ("12.8元太贵了，12.3元行吗", "12.3"),
        ("USD 2.09 is too high, we can do USD 1.95", "1.95"),
        ("我们给您便宜点，12.5元", "12.5"),
    ],
)
def test_a_price_that_is_called_too_high_is_not_the_speaker_s(text: str, price: str) -> None:
    assert [amount for amount, _ in prices(suggest(text))] == [price]
    assert suggest("USD 2.09 is too high") is None
