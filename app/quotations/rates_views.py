"""Owns reading the book's dated figures as of a day: exchange, VAT, rebate, freight.

Must not write, and must not know quotations.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.quotations.cost_sheet import ExchangeRate
from app.quotations.freight import FreightMode
from app.quotations.freight_table import FreightRow
from database.records import (
    ExchangeRateRecord,
    FreightRateRecord,
    RebateRateRecord,
    VatRateRecord,
)
from resources import resource


def exchange_rate(session: Session, currency: str, *, on: date) -> ExchangeRate | None:
    """The newest rate of ``currency`` known on that day, else the shipped starting figure."""
    found = session.scalars(
        select(ExchangeRateRecord)
        .where(ExchangeRateRecord.currency == currency, ExchangeRateRecord.valid_on <= on)
        .order_by(ExchangeRateRecord.valid_on.desc())
        .limit(1)
    ).first()
    if found is not None:
        source = " ".join(filter(None, (found.source, found.valid_on.isoformat())))
        return ExchangeRate(currency, found.rate, source)
    return starting_rates().get(currency)


def exchange_rates(session: Session, *, on: date) -> Mapping[str, Decimal]:
    """CNY for one unit of every currency: its newest rate known on that day, else the starting figure."""
    later = aliased(ExchangeRateRecord)
    newer = exists().where(
        later.currency == ExchangeRateRecord.currency,
        later.valid_on > ExchangeRateRecord.valid_on,
        later.valid_on <= on,
    )
    query = select(ExchangeRateRecord.currency, ExchangeRateRecord.rate)
    kept = session.execute(query.where(ExchangeRateRecord.valid_on <= on, ~newer))
    starting = {rate.currency: rate.home_per_unit for rate in starting_rates().values()}
    found = {"CNY": Decimal(1), **starting, **{row[0]: row[1] for row in kept}}
    return {currency: rate for currency, rate in found.items() if rate > 0}


def starting_rates() -> Mapping[str, ExchangeRate]:
    """The shipped figures to begin with, by currency; no bank stands behind them."""
    content = tomllib.loads(
        resource("reference", "starting_rates.toml").read_text(encoding="utf-8")
    )
    return {
        currency: ExchangeRate(currency, Decimal(rate), content["source"])
        for currency, rate in content["cny_per_unit"].items()
    }


def is_starting_rate(rate: ExchangeRate) -> bool:
    """Whether ``rate`` is a shipped figure that the user has not replaced yet."""
    return starting_rates().get(rate.currency) == rate


def vat_rate(session: Session, *, on: date) -> Decimal | None:
    """The VAT rate that came into force last, by that day."""
    return session.scalars(
        select(VatRateRecord.rate)
        .where(VatRateRecord.valid_from <= on)
        .order_by(VatRateRecord.valid_from.desc(), VatRateRecord.id)
        .limit(1)
    ).first()


def rebate_rates(session: Session, *, on: date) -> Mapping[str, Decimal]:
    """The rebate of each HS code (or beginning of codes) in force on that day."""
    query = (
        select(RebateRateRecord.hs_code, RebateRateRecord.rate)
        .where(RebateRateRecord.valid_from <= on)
        .order_by(RebateRateRecord.valid_from, RebateRateRecord.id)
    )
    return {"".join(filter(str.isdigit, code)): rate for code, rate in session.execute(query)}


def freight_rows(session: Session) -> tuple[FreightRow, ...]:
    """The whole table of freight, oldest entries first."""
    return tuple(
        FreightRow(
            mode=FreightMode(row.mode),
            loading=row.port_of_loading or "",
            destination=row.port_of_destination or "",
            unit=row.unit,
            amount=row.amount,
            minimum=row.minimum or Decimal(0),
            currency=row.currency,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            source=row.source or "",
        )
        for row in session.scalars(select(FreightRateRecord).order_by(FreightRateRecord.id))
    )
