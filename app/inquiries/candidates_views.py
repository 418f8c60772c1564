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

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.inquiries.matching import Candidate, KnownPrice
from app.kernel.quantities import Quantity, unit_named
from app.kernel.text import fold
from database.records import (
    AwardRecord,
    CertificateRecord,
    CompanyRecord,
    OfferLineRecord,
    OfferRecord,
    PriceRecord,
    ProductRecord,
)


@dataclass(frozen=True, slots=True)
class StatedPrice:
    """A price as a supplier states it, and what its tax hangs on."""

    amount: Decimal
    currency: str
    incoterm: str | None
    includes_vat: bool | None
    vat_rate: Decimal | None
    hs_code: str | None


#: What a stated price costs us in the target's currency; None where that can't be told.
Cost = Callable[[StatedPrice], Decimal | None]
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
    markets: str
    city: str
    province: str


class CandidateReader:
    """Reads candidates for many lines; a company read once is remembered."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, _Company] = {}

    def read(
        self, *, product_ids: Collection[int], supplier_ids: Collection[int], cost: Cost
    ) -> list[Candidate]:
        """The candidates for these products, and for these suppliers without a product."""
        wanted = sorted(product_ids)[:_IDS_A_STATEMENT]
        query = select(*_PRODUCT).where(ProductRecord.id.in_(wanted))
        goods = self._session.execute(query.where(ProductRecord.supplier_id.is_not(None))).all()
        companies = self._companies({row.supplier_id for row in goods} | set(supplier_ids))
        prices = _prices(self._session, goods, cost)
        found = [
            _of_product(row, companies[row.supplier_id], prices.get(row.id, ()))
            for row in goods
            if row.supplier_id in companies
        ]
        found += [_of_supplier(id_, companies[id_]) for id_ in supplier_ids if id_ in companies]
        return found

    def _companies(self, ids: Collection[int]) -> Mapping[int, _Company]:
        new = [id_ for id_ in ids if id_ not in self._known]
        if new:
            self._known.update(_companies(self._session, new))
        return self._known


_PRODUCT = (
    ProductRecord.id,
    ProductRecord.supplier_id,
    ProductRecord.category_id,
    ProductRecord.item_number,
    ProductRecord.name_zh,
    ProductRecord.name_en,
    ProductRecord.description,
    ProductRecord.material,
    ProductRecord.size,
    ProductRecord.colour,
    ProductRecord.model,
    ProductRecord.hs_code,
    ProductRecord.unit,
    ProductRecord.moq,
    ProductRecord.lead_time_days_min,
    ProductRecord.lead_time_days_max,
    ProductRecord.created_at,
)


def _of_product(
    product: Row[*tuple[Any, ...]], company: _Company, prices: Sequence[KnownPrice]
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
        markets=company.markets,
        city=company.city,
        province=company.province,
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
        markets=company.markets,
        city=company.city,
        province=company.province,
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
        select(
            company.id,
            name_of_company().label("name"),
            company.main_products,
            company.name_zh,
            company.name_en,
            company.uscc,
            company.website,
            company.grade,
            company.markets,
            company.city,
            company.province,
            company.country,
            company.created_at,
            company.is_supplier,
        ).where(company.id.in_(wanted))
    )
    return {
        row.id: _Company(
            name=row.name or "",
            texts=fold(" ".join(filter(None, (row.main_products, row.name_zh, row.name_en)))),
            trust=sum(map(bool, (row.uscc, row.website, row.grade, held[row.id]))),
            created_on=row.created_at.date(),
            certificates=tuple(held[row.id]),
            offers=offers.get(row.id, 0),
            awards=awards.get(row.id, 0),
            markets=row.markets or "",
            city=row.city or "" if row.country in (None, "CN") else "",
            province=row.province or "",
        )
        for row in rows
        # Asked of the database, it would go through the index of all suppliers.
        if row.is_supplier
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


def _prices(
    session: Session, goods: Sequence[Row[*tuple[Any, ...]]], cost: Cost
) -> dict[int, list[KnownPrice]]:
    codes = {row.id: row.hs_code for row in goods}
    found: defaultdict[int, list[KnownPrice]] = defaultdict(list)
    record = PriceRecord
    query = select(
        record.product_id,
        record.amount,
        record.currency,
        record.min_quantity,
        record.quoted_on,
        record.valid_until,
        record.incoterm,
        record.includes_vat,
        record.vat_rate,
    ).where(record.product_id.in_(list(codes)))
    for row in session.execute(query):
        stated = StatedPrice(
            row.amount,
            row.currency,
            row.incoterm,
            row.includes_vat,
            row.vat_rate,
            codes[row.product_id],
        )
        found[row.product_id].append(
            KnownPrice(
                amount=row.amount,
                currency=row.currency,
                min_quantity=row.min_quantity,
                quoted_on=row.quoted_on,
                valid_until=row.valid_until,
                cost=cost(stated),
            )
        )
    return found
