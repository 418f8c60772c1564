"""Owns the dated figures that costs are worked out with: exchange, VAT, rebate and freight.

Must not hold the figures a quotation used; those are frozen in its revision.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.records.record import Record
from database.types import Amount, Currency, Rate


class ExchangeRateRecord(Record):
    """The bank's spot buying rate: CNY for one unit of ``currency`` on a day."""

    __tablename__ = "exchange_rate"
    __table_args__ = (UniqueConstraint("currency", "valid_on"), Record.__table_args__)

    currency: Mapped[Currency]
    valid_on: Mapped[date]
    rate: Mapped[Rate]
    source: Mapped[str | None]


class VatRateRecord(Record):
    """A VAT rate in force from a day on; 0.13 is 13 %."""

    __tablename__ = "vat_rate"

    name: Mapped[str]
    rate: Mapped[Rate]
    valid_from: Mapped[date]


class RebateRateRecord(Record):
    """The export rebate of an HS code (or all codes that begin so) from a day on."""

    __tablename__ = "rebate_rate"

    hs_code: Mapped[str] = mapped_column(index=True)
    rate: Mapped[Rate]
    valid_from: Mapped[date]
    source: Mapped[str | None]


class FreightRateRecord(Record):
    """What carriage costs: by ``mode`` and ``unit`` (cbm, ton, kg, 20GP, 40GP, 40HQ)."""

    __tablename__ = "freight_rate"

    mode: Mapped[str]
    port_of_loading: Mapped[str | None]
    port_of_destination: Mapped[str | None] = mapped_column(index=True)
    unit: Mapped[str]
    amount: Mapped[Amount]
    minimum: Mapped[Amount | None]
    currency: Mapped[Currency]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    source: Mapped[str | None]
