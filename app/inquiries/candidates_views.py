"""Owns reading the candidates for matching: products and suppliers with all they are judged by.

Must not write, search or judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.inquiries.matching import Candidate, KnownPrice
from app.kernel.decimals import CALCULATION
from app.kernel.quantities import Quantity, unit_named
from app.kernel.text import fold
from database.records import (
    AwardRecord,
    CertificateRecord,
    CompanyRecord,
    ExchangeRateRecord,
    OfferLineRecord,
    OfferRecord,
    PriceRecord,
    ProductRecord,
)

Convert = Callable[[Decimal, str], Decimal | None]
_IDS_A_STATEMENT = 10_000


@dataclass(frozen=True, slots=True)
class _Company:
    """What a supplier itself is judged by."""

    name: str
    texts: str
    trust: int
    created_on: date
    certificates: tuple[tuple[str, date | None], ...]
    offers: int
    awards: int


def converter(session: Session, target: str | None, *, today: date) -> Convert:
    """Tells amounts of any currency in ``target`` by the book's latest rates (CNY for one unit)."""
    record = ExchangeRateRecord
    query = select(record.currency, record.rate).where(record.valid_on <= today)
    latest = session.execute(query.order_by(record.valid_on))
    rates = {"CNY": Decimal(1)}
    rates.update((currency, rate) for currency, rate in latest)

    def convert(amount: Decimal, currency: str) -> Decimal | None:
        if currency == target:
            return amount
        if target is None or not rates.get(currency) or not rates.get(target):
            return None
        return CALCULATION.divide(amount * rates[currency], rates[target])

    return convert


def candidates(
    session: Session,
    *,
    product_ids: Collection[int],
    supplier_ids: Collection[int],
    convert: Convert,
) -> list[Candidate]:
    """The candidates for these products, and for these suppliers without a product."""
    products = session.execute(
        select(ProductRecord).where(ProductRecord.id.in_(sorted(product_ids)[:_IDS_A_STATEMENT]))
    ).scalars()
    goods = [product for product in products if product.supplier_id is not None]
    owners = {product.supplier_id for product in goods if product.supplier_id is not None}
    companies = _companies(session, owners | set(supplier_ids))
    prices = _prices(session, [product.id for product in goods], convert)
    found = [
        _of_product(product, companies[product.supplier_id], prices.get(product.id, ()))
        for product in goods
        if product.supplier_id in companies
    ]
    found += [_of_supplier(id_, companies[id_]) for id_ in supplier_ids if id_ in companies]
    return found


def _of_product(
    product: ProductRecord, company: _Company, prices: Sequence[KnownPrice]
) -> Candidate:
    unit = unit_named(product.unit or "") or ("pcs" if not product.unit else None)
    seen = max((price.quoted_on for price in prices), default=product.created_at.date())
    names = " ".join(filter(None, (product.name_zh, product.name_en, product.item_number)))
    texts = (product.description, product.material, product.size, product.colour, product.model)
    lowest = min((p.min_quantity for p in prices if p.min_quantity is not None), default=None)
    moq = product.moq if product.moq is not None else lowest
    return Candidate(
        supplier_id=product.supplier_id or 0,
        supplier=company.name,
        product_id=product.id,
        product=product.name_zh or product.name_en or product.item_number or "",
        names=fold(names),
        texts=fold(" ".join(filter(None, texts))),
        category_id=product.category_id,
        moq=Quantity(moq, unit) if moq is not None and unit else None,
        unit=unit,
        lead_time_days=product.lead_time_days_max or product.lead_time_days_min,
        prices=tuple(prices),
        certificates=company.certificates,
        offers=company.offers,
        awards=company.awards,
        seen_on=seen,
        trust=company.trust,
    )


def _of_supplier(supplier_id: int, company: _Company) -> Candidate:
    return Candidate(
        supplier_id=supplier_id,
        supplier=company.name,
        texts=company.texts,
        certificates=company.certificates,
        offers=company.offers,
        awards=company.awards,
        seen_on=company.created_on,
        trust=company.trust,
    )


def _companies(session: Session, ids: Collection[int]) -> dict[int, _Company]:
    wanted = sorted(ids)[:_IDS_A_STATEMENT]
    held: defaultdict[int, list[tuple[str, date | None]]] = defaultdict(list)
    certificate, company = CertificateRecord, CompanyRecord
    for owner, name, expires_on in session.execute(
        select(certificate.company_id, certificate.name, certificate.expires_on).where(
            certificate.company_id.in_(wanted)
        )
    ):
        held[owner].append((name, expires_on))
    offers = _counts(session, _offers_of(wanted))
    awards = _counts(session, _awards_of(wanted))
    rows = session.execute(
        select(company, name_of_company()).where(company.id.in_(wanted), company.is_supplier)
    )
    return {
        record.id: _Company(
            name=name or "",
            texts=fold(
                " ".join(filter(None, (record.main_products, record.name_zh, record.name_en)))
            ),
            trust=sum(map(bool, (record.uscc, record.website, record.grade, held[record.id]))),
            created_on=record.created_at.date(),
            certificates=tuple(held[record.id]),
            offers=offers.get(record.id, 0),
            awards=awards.get(record.id, 0),
        )
        for record, name in rows
    }


def _offers_of(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    record = OfferRecord
    counted = select(record.company_id, func.count()).where(record.company_id.in_(ids))
    return counted.group_by(record.company_id)


def _awards_of(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(OfferRecord.company_id, func.count())
        .join(OfferLineRecord, OfferLineRecord.offer_id == OfferRecord.id)
        .join(AwardRecord, AwardRecord.offer_line_id == OfferLineRecord.id)
        .where(OfferRecord.company_id.in_(ids))
        .group_by(OfferRecord.company_id)
    )


def _counts(session: Session, query: Select[*tuple[Any, ...]]) -> Mapping[int, int]:
    return {row[0]: row[1] for row in session.execute(query)}


def _prices(session: Session, ids: Sequence[int], convert: Convert) -> dict[int, list[KnownPrice]]:
    found: defaultdict[int, list[KnownPrice]] = defaultdict(list)
    query = select(PriceRecord).where(PriceRecord.product_id.in_(list(ids)))
    for record in session.scalars(query):
        found[record.product_id].append(
            KnownPrice(
                amount=record.amount,
                currency=record.currency,
                min_quantity=record.min_quantity,
                quoted_on=record.quoted_on,
                valid_until=record.valid_until,
                in_target=convert(record.amount, record.currency),
            )
        )
    return found
