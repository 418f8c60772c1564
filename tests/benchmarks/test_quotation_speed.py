"""How long a quotation of a thousand lines takes to be drafted, read, changed and revised, in CPU time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from app.desk import Desk
from app.quotations.charges import Basis, Charge, ChargeLine
from app.quotations.service import QuotationDraft
from database.records import PriceRecord, ProductRecord

LINES = 1_000


@dataclass
class Stopwatch:
    """CPU seconds of this process, by what was done."""

    seconds: dict[str, float]

    def __call__(self, name: str, work: Callable[[], object]) -> object:
        begun = time.process_time()
        answer = work()
        self.seconds[name] = time.process_time() - begun
        return answer


@pytest.fixture
def products(desk: Desk) -> list[int]:
    """A thousand products of one supplier, with a price and a packing each."""
    supplier = desk.directory.add("supplier", {"name_zh": "宁波海达"})
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.10", "valid_on": "2026-01-01"})
    with desk._book.write("directory.import") as scope:
        made = [
            ProductRecord(
                supplier_id=supplier,
                item_number=f"P-{number}",
                name_en=f"Product {number}",
                unit="pcs",
                hs_code="3924100000",
                pieces_per_carton=24,
                carton_length_cm=Decimal(50),
                carton_width_cm=Decimal(40),
                carton_height_cm=Decimal(30),
                gross_weight_kg=Decimal(12),
                created_at=desk.clock.now(),
            )
            for number in range(LINES)
        ]
        scope.add_all(made)
        scope.flush()
        scope.add_all(
            PriceRecord(
                product_id=product.id,
                amount=Decimal("11.30"),
                currency="CNY",
                includes_vat=True,
                quoted_on=date(2026, 1, 1),
            )
            for product in made
        )
        return [product.id for product in made]


def test_a_thousand_lines_are_drafted_read_and_changed_at_once(
    desk: Desk, products: list[int]
) -> None:
    took = Stopwatch({})
    lines = [{"product_id": each, "quantity": "1000"} for each in products]
    draft = QuotationDraft(buyer="A", values={"place": "Ningbo"}, lines=lines)
    quotation = took("draft", lambda: desk.quotations.draft(draft))
    assert isinstance(quotation, int)
    detail = desk.quotation_views.quotation(quotation)
    took("read", lambda: desk.quotation_views.opened(quotation))
    line = detail.lines[LINES // 2].id
    desk.quotations.edit_lines(quotation, {line: {"price": "2.34"}})
    took("price", lambda: desk.quotations.edit_lines(quotation, {line: {"price": "2.35"}}))
    took("quantity", lambda: desk.quotations.edit_lines(quotation, {line: {"quantity": "900"}}))
    costing = detail.internal.costing
    lump = Charge(amount=Decimal(900), currency="CNY", basis=Basis.FIXED, line=ChargeLine.DOMESTIC)
    took(
        "all prices",
        lambda: desk.quotations.set_costing(quotation, replace(costing, charges=(lump,))),
    )
    desk.quotations.send(quotation)
    took("revise", lambda: desk.quotations.revise(quotation))
    sys.stdout.write(
        f"\n{LINES} lines, CPU: "
        + ", ".join(f"{name} {1000 * each:.0f} ms" for name, each in took.seconds.items())
        + "\n"
    )
    assert took.seconds["draft"] <= 2
    assert took.seconds["read"] <= 1
    assert took.seconds["price"] <= 0.05
    assert took.seconds["quantity"] <= 0.05
    assert took.seconds["all prices"] <= 2
    assert took.seconds["revise"] <= 2
