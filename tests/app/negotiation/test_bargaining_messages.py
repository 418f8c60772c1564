"""Messages as they are bargained with, and the round each one suggests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from growth import IN_PROPORTION, growth

from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.rounds import SuggestedRound, suggest_round

WRITTEN_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DOLLARS = Offered(
    side=Side.OURS,
    prices=(OfferedPrice(Decimal("1.98"), Decimal(5000)),),
    currency="USD",
    unit="pcs",
)
YUAN = Offered(
    side=Side.THEIRS,
    prices=(OfferedPrice(Decimal("13.5"), Decimal(5000)),),
    currency="CNY",
    unit="pcs",
)
NOTHING: tuple[Offered, ...] = ()


def suggested(text: str, *earlier: Offered) -> SuggestedRound | None:
    return suggest_round(text, side=Side.THEIRS, made_at=WRITTEN_AT, earlier=earlier)


@pytest.mark.parametrize(
    ("text", "before", "prices"),
    [
        ("Your price is too high. Our target is USD 1.75/pc for 10,000 pcs", DOLLARS, "1.75 from 10000"),
        ("Can you do 1.8? We will confirm today.", DOLLARS, "1.8"),
        ("We have another supplier at 1.76, can you match 1.78 for 15000 pieces?", DOLLARS, "1.78 from 15000"),
        ("Our last price is 1.84$ per pc ex works", DOLLARS, "1.84"),
        ("If qty is 10000 then USD1.83/pc, if 5000 then USD1.92/pc.", DOLLARS, "1.92 from 5000, 1.83 from 10000"),
        ("We can do $1.85 x 10,000 pcs = $18,500 in total.", DOLLARS, "1.85 from 10000"),
        ("10,000 pcs x $1.85 = $18,500", DOLLARS, "1.85 from 10000"),
        ("MOQ = 500 pcs, FOB price = USD 1.85", DOLLARS, "1.85"),
        ("1000 pcs = USD 1.85 each", DOLLARS, "1.85 from 1000"),
        ("单价=12.6元", YUAN, "12.6"),
        ("Hello dear, price 1.85-1.90 USD depends on quantity", DOLLARS, "1.85"),
        ("1000-1.85 USD, pls confirm", DOLLARS, "1.85"),
        ("Can't go below 1.9. For a 40HQ (approx 24,000 pcs) we can give 1.82.", DOLLARS, "1.9, 1.82 from 24000"),
        ("1.78 is my limit, take it or leave it", DOLLARS, "1.78"),
        ("Deal. 1.86 USD for 8k, FOB Ningbo", DOLLARS, "1.86 from 8000"),
        ("老板，13块能做吗？我们要8000个", YUAN, "13 from 8000"),
        ("12块5可以吗？可以的话今天下单5000个", YUAN, "12.5 from 5000"),
        ("12块500个", YUAN, "12 from 500"),
        ("5000个12.9，1万个12.5，2万个12.2，含税出厂价", YUAN, "12.9 from 5000, 12.5 from 10000, 12.2 from 20000"),
        ("300个13.9，500个13.2，800个12.8", YUAN, "13.9 from 300, 13.2 from 500, 12.8 from 800"),
        ("1万个以上可以做到12.3，1万个以下12.9", YUAN, "12.9, 12.3 from 10000"),
        ("原来报13.5已经很低了，最多降到13.2", YUAN, "13.2"),
        ("别家报12.5，你们12.6能做就下单", YUAN, "12.6"),
        ("客户目标价是USD1.7，我们最多给到12元", YUAN, "12"),
        ("USD 12,500 per set CFR Lagos, production 60 days", None, "12500"),
        ("2000 @ 1.95, 5000 @ 1.88, 10k @ 1.79", DOLLARS, "1.95 from 2000, 1.88 from 5000, 1.79 from 10000"),
        ("1000: $2.05; 5000: $1.95", DOLLARS, "2.05 from 1000, 1.95 from 5000"),
        ("13.2/个 不含税，开票加8个点", YUAN, "13.2"),
        ("要3万个的话12块，要1万个12块8", YUAN, "12.8 from 10000, 12 from 30000"),
        ("设备1.2万美元一台，CIF Lagos", None, "12000"),
        ("5000 pcs = USD 900 each", None, "900 from 5000"),
        ("5000 pcs = USD 900/pc", None, "900 from 5000"),
        ("5000 pcs = USD 900", None, "0.18 from 5000"),
        ("5000 pcs = USD 90", DOLLARS, "90 from 5000"),
        ("Budget USD 4500 and price 1.85", DOLLARS, "1.85"),
    ],
)  # fmt: skip
def test_a_message_suggests_its_own_prices(text: str, before: Offered | None, prices: str) -> None:
    found = suggested(text, *((before,) if before else ()))
    assert found is not None
    told = [
        f"{price.amount.normalize():f}"
        + (f" from {price.min_quantity}" if price.min_quantity else "")
        for price in found.offered.prices
    ]
    assert ", ".join(told) == prices


@pytest.mark.parametrize(
    "text",
    [
        "Could you please lower your price by 5%?",
        "Total budget is 5万元 for 4000 pcs.",
        "合计5万元",
    ],
)
def test_a_total_or_a_wish_without_a_figure_suggests_nothing(text: str) -> None:
    assert suggested(text, YUAN) is None


@pytest.mark.parametrize(
    ("text", "moq"),
    [
        ("We can reduce MOQ to 1000 pcs but price will be $2.05.", 1000),
        ("We agree your 1.88, but MOQ must be 2000 and delivery 25 days.", 2000),
        ("起订量可以降到2000个，价格不变", 2000),
        ("最低12.8元含税，起订量3000个，交期25天", 3000),
        ("这款11.5元，1000个起发", 1000),
        ("USD 1.84, MOQ 100 dozen", 1200),
        ("USD 1.84, min order 2 cartons", None),
    ],
)
def test_the_least_order_is_told_in_the_unit_of_the_price_or_not_at_all(
    text: str, moq: int | None
) -> None:
    found = suggested(text, DOLLARS)
    assert found is not None
    assert found.offered.moq == moq


@pytest.mark.no_cover
def test_a_long_price_list_in_a_message_takes_time_in_proportion() -> None:
    def read(prices: int) -> None:
        lines = (
            f"Item {n}: {1000 + n} pcs USD {n}.25/pc FOB Ningbo. Also {n + 5} sets."
            for n in range(1, prices + 1)
        )
        found = suggested("\n".join(lines))
        assert found is not None
        assert len(found.offered.prices) == prices

    assert growth(read, 50) < IN_PROPORTION


def test_the_terms_around_a_price_are_read_with_it() -> None:
    found = suggested("价格12.8我们接受，但是付款要改成30%定金，70%出货前付清，交期20天以内", YUAN)
    assert found is not None
    assert found.offered.payment_terms == "30%定金,70%出货前付清"
    assert found.offered.lead_time_days == 20
    found = suggested(
        "Final price: EUR 1.62 CIF Hamburg, L/C 60 days, shipment within 45 days, valid till 2026-03-20"
    )
    assert found is not None
    offered = found.offered
    assert (offered.incoterm, offered.place, offered.currency) == ("CIF", "Hamburg", "EUR")
    assert (offered.lead_time_days, offered.valid_until) == (45, date(2026, 3, 20))
