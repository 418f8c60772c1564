"""Owns offers as tests compare them: what is asked, what is offered, and the figures.

Must not hold tests.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.inquiries.offered_tiers import OfferedTier
from app.quotations.charges import Charge, ChargeLine
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.revision_costing import CostingTerms
from app.sourcing.comparison import AskedLine, Basis, Comparison, OfferedLine, compare

TODAY = date(2026, 3, 2)
FLASK = AskedLine(1, "vacuum flask", Decimal(5000), "pcs")
LID = AskedLine(2, "lid", Decimal(1000), "pcs")


def tiers(*pairs: tuple[object, str]) -> tuple[OfferedTier, ...]:
    return tuple(
        OfferedTier(Decimal(str(quantity)) if quantity is not None else None, Decimal(amount))
        for quantity, amount in pairs
    )


def offered(supplier_id: int, amount: str = "10", **changes: object) -> OfferedLine:
    values = {
        "offer_id": supplier_id,
        "offer_line_id": supplier_id * 10,
        "line_id": 1,
        "supplier_id": supplier_id,
        "supplier": f"S{supplier_id}",
        "offered_on": TODAY,
        "valid_until": None,
        "currency": "CNY",
        "incoterm": "FOB",
        "place": None,
        "includes_vat": True,
        "vat_rate": None,
        "unit": "pcs",
        "moq": None,
        "lead_time_days": None,
        "tiers": tiers((None, amount)),
    }
    return OfferedLine(**{**values, **changes})  # type: ignore[arg-type]


def at(**figures: object) -> Basis:
    """FOB in yuan with these figures of a costing, no rebate unless given."""
    term = {
        key: figures.pop(key)
        for key in ("currency", "incoterm", "place", "loading")
        if key in figures
    }
    figures.setdefault("rebate", Decimal(0))
    return Basis(costing=CostingTerms(**figures), **term)  # type: ignore[arg-type]


def dollars(rate: str) -> tuple[ExchangeRate, ...]:
    return (ExchangeRate("USD", Decimal(rate)),)


def charge(line: ChargeLine, amount: str, currency: str = "CNY") -> Charge:
    return Charge(amount=Decimal(amount), currency=currency, line=line)


def run(*offers: OfferedLine, basis: Basis | None = None, **more: object) -> Comparison:
    asked = more.pop("asked", [FLASK])
    return compare(asked, offers, basis=basis or Basis(), today=TODAY, **more)  # type: ignore[arg-type]


def alike(comparison: Comparison) -> dict[int, Decimal | None]:
    return {cell.offered.supplier_id: cell.alike for cell in comparison.lines[0].cells}
