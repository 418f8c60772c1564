"""How fast suppliers are ranked for an inquiry of 100 lines on a generated book."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert
from trade_books import Sizes, TradeBook

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from database.records import CompanyRecord, PriceRecord, ProductRecord
from database.records.record import new_uid

SIZES = Sizes(suppliers=100_000, products=300_000, messages=0)
#: Seconds of the processor; the goal is 3 s for all lines, measured 1.4 to 2.3 beside others.
MOST_FIRST_CPU_S, MOST_CPU_S = 0.15, 3.0
MADE_AT = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def large_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on a book of 100,000 suppliers with 300,000 products and their prices, indexed."""
    folder = tmp_path_factory.mktemp("matching")
    desk = Desk(folder / "book", create=True, cache=folder / "cache")
    _fill(desk)
    desk.search.open()
    desk.search.update()
    yield desk
    desk.close()


def _fill(desk: Desk) -> None:
    trade, luck = TradeBook(SIZES), random.Random(11)
    companies, products, prices = [], [], []
    for number in range(1, SIZES.suppliers + 1):
        card = trade.supplier(number)
        companies.append(
            {
                "id": number, "uid": new_uid(), "name_zh": card.titles[0], "name_en": card.titles[1],
                "is_supplier": True, "is_buyer": False, "is_agent": False, "is_forwarder": False,
                "main_products": ", ".join(card.goods), "custom": {}, "created_at": MADE_AT,
            }
        )  # fmt: skip
    for number in range(1, SIZES.products + 1):
        card = trade.product(number)
        products.append(
            {
                "id": number, "uid": new_uid(), "supplier_id": luck.randint(1, SIZES.suppliers),
                "name_zh": card.titles[0], "name_en": card.titles[-1], "unit": "pcs",
                "moq": Decimal(luck.choice((100, 500, 1000, 5000))), "custom": {}, "created_at": MADE_AT,
            }
        )  # fmt: skip
        prices.append(
            {
                "uid": new_uid(), "product_id": number, "amount": Decimal(luck.randint(10, 9000)) / 100,
                "currency": "CNY", "quoted_on": date(2026, 1, 5),
            }
        )  # fmt: skip
    with desk._book.write("directory.tag", name="", count=0) as scope:
        for record, rows in (
            (CompanyRecord, companies),
            (ProductRecord, products),
            (PriceRecord, prices),
        ):
            scope.execute(insert(record), rows)


@pytest.mark.slow
def test_a_hundred_lines_are_matched_in_seconds(large_desk: Desk) -> None:
    trade, luck = TradeBook(SIZES, seed=3), random.Random(5)
    lines = []
    for _ in range(100):
        chinese, english = trade._good()
        wording = luck.choice((english, chinese, f"{english} 500 ml", f"stainless {english}"))
        lines.append(
            {
                "wording": wording,
                "quantity": "2000",
                "unit": "pcs",
                "target_price": "20",
                "currency": "CNY",
            }
        )
    inquiry = large_desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=lines))
    one = large_desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=lines[:1]))
    large_desk.matching.match(one)  # the glossary is read once
    started = time.process_time()
    large_desk.matching.match(one)
    first = time.process_time() - started
    started = time.process_time()
    found = large_desk.matching.match(inquiry)
    whole = time.process_time() - started
    answered = sum(bool(line.candidates) for line in found)
    sys.stderr.write(
        f"\nmatching {SIZES.suppliers} suppliers, {SIZES.products} products: first line "
        f"{first * 1000:.0f} ms, 100 lines {whole:.2f} s, {answered} with candidates\n"
    )
    assert answered >= 90
    assert first < MOST_FIRST_CPU_S
    assert whole < MOST_CPU_S
