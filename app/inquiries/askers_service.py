"""Owns finding the company and the person who ask among those of the book, and adding the person.

Finds by the rules of the directory: mail, mail domain, phone, website and name, judged together.
Must not read who asks out of a text, nor open an operation of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.directory.company_words import free_mail_domains
from app.directory.duplicates import (
    LIKELY,
    POSSIBLE,
    Likeness,
    company_traits,
    likeness,
    website_host,
)
from app.directory.keys import PHONES
from app.directory.names import name_key
from app.directory.phones import PhoneKind, parse_phone
from app.directory.service import normal_point
from app.inquiries.signatures import Asker
from app.kernel.messages import Message
from app.kernel.text import fold
from database.records import CompanyRecord, ContactPointRecord, ContactRecord

#: What more companies share tells nothing about which of them asks.
_MOST_SHARING = 8


@dataclass(frozen=True, slots=True)
class KnownAsker:
    """The company of the book that asks, its person where known, and the strongest reason for it."""

    company_id: int
    company: str
    contact: str | None
    reason: Message | None


def completed(asker: Asker) -> Asker:
    """``asker`` with mobiles told from other phones, and the country of the first number where none was told.

    China is left out, where the goods come from.
    """
    phones = {value: parse_phone(value) for kind, value in asker.points if kind in PHONES}
    points = tuple(
        ("mobile", value)
        if kind == "phone" and phones[value].kind is PhoneKind.MOBILE
        else (kind, value)
        for kind, value in asker.points
    )
    regions = [each.region for value, each in phones.items() if value.startswith("+")]
    country = next((region for region in regions if region not in ("", "CN")), None)
    return replace(asker, points=points, country=asker.country or country)


def with_houses(addresses: Iterable[str]) -> frozenset[str]:
    """``addresses`` and, with an ``@`` before them, the domains that are houses of their own."""
    every = frozenset(addresses)
    return every | {f"@{host}" for host in map(_own_host, every) if host}


def _own_host(address: str) -> str:
    host = address.rpartition("@")[2].casefold() if "@" in address else ""
    return "" if host in free_mail_domains() else website_host(host)


def known_asker(session: Session, asker: Asker) -> KnownAsker | None:
    """The company ``asker`` is of; None where the book knows none that is likely the same.

    Where no company was named, it is enough that it may be: there is no name that speaks against it.
    """
    asker = completed(asker)
    least = LIKELY if asker.company else POSSIBLE
    best: tuple[float, bool, int] | None = None
    found: tuple[CompanyRecord, Likeness] | None = None
    for company in _candidates(session, asker):
        alike = _alike(asker, company)
        score = max(alike.score, LIKELY) if _has_name(company, asker.company) else alike.score
        rank = (score, company.is_buyer, -company.id)
        if score >= least and (best is None or rank > best):
            best, found = rank, (company, alike)
    if found is None:
        return None
    company, alike = found
    contact = _contact(session, company.id, asker)
    return KnownAsker(
        company.id,
        company.name_zh or company.name_en or company.short_name or "",
        contact.name if contact else None,
        alike.reasons[0].message if alike.reasons else None,
    )


def person_asking(scope: Session, company_id: int, asker: Asker, *, now: datetime) -> int | None:
    """The id of the person of the company who asks, found or added, with the ways to reach that person.

    Without a name they are those of the company, and nobody is added.
    """
    company = scope.get_one(CompanyRecord, company_id)
    person = _contact(scope, company_id, asker)
    if person is None and asker.name:
        person = ContactRecord(
            company_id=company_id,
            name=asker.name,
            job_title=asker.job_title,
            is_primary=not company.contacts,
            created_at=now,
        )
        scope.add(person)
        scope.flush()
    known = {(point.kind, point.normal) for point in company.contact_points}
    for kind, value in asker.points:
        normal = normal_point(kind, value, company.country)
        if (kind, normal) not in known:
            known.add((kind, normal))
            scope.add(
                ContactPointRecord(
                    company_id=company_id,
                    contact_id=person.id if person else None,
                    kind=kind,
                    value=value,
                    normal=normal,
                )
            )
    return person.id if person else None


def _contact(session: Session, company_id: int, asker: Asker) -> ContactRecord | None:
    """The person of the company with that mail or number and no other name, or of that name."""
    people = session.scalars(
        select(ContactRecord)
        .where(ContactRecord.company_id == company_id)
        .order_by(ContactRecord.id)
    ).all()
    name = fold(asker.name or "")
    named = next((one for one in people if name and name in _names(one)), None)
    if named is not None:
        return named
    points = ContactPointRecord
    reached = select(points.contact_id).where(
        points.company_id == company_id,
        points.kind == "email",
        points.normal.in_([normal for kind, normal in _normals(asker) if kind == "email"]),
    )
    ids = set(session.scalars(reached))
    found = next((one for one in people if one.id in ids), None)
    # Two people of one shop often write from one address.
    return found if found is None or not name or _is_part(name, _names(found)) else None


def _names(person: ContactRecord) -> set[str]:
    return {fold(each) for each in (person.name, person.name_en) if each}


def _is_part(name: str, others: Iterable[str]) -> bool:
    """Whether ``name`` is a shorter or longer form of one of ``others``: Anna, Anna Berg."""
    words = set(name.split())
    return any(words <= set(other.split()) or words >= set(other.split()) for other in others)


def _candidates(session: Session, asker: Asker) -> Sequence[CompanyRecord]:
    """The companies that share a way of contact or the name with ``asker``, and those that share a domain.

    A domain of many companies tells nothing, whoever else is found.
    """
    points = ContactPointRecord
    normals = [normal for _kind, normal in _normals(asker)]
    own: list[ColumnElement[bool]] = [
        CompanyRecord.id.in_(select(points.company_id).where(points.normal.in_(normals)))
    ]
    key = name_key(asker.company or "")
    if key:
        own += [CompanyRecord.name_key == key, CompanyRecord.name_en_key == key]
    hosts = {_own_host(value) for kind, value in asker.points if kind == "email"}
    hosts = (hosts | {website_host(asker.website or "")}) - {""}
    shared: list[ColumnElement[bool]] = [CompanyRecord.website_host.in_(hosts)]
    for host in sorted(hosts):
        at_host = points.normal.endswith(f"@{host}", autoescape=True)
        mailed = select(points.company_id).where(points.kind == "email", at_host)
        shared.append(CompanyRecord.id.in_(mailed))
    return [*{one.id: one for ways in (own, shared) for one in _few(session, ways)}.values()]


def _few(session: Session, ways: Sequence[ColumnElement[bool]]) -> Sequence[CompanyRecord]:
    """The companies found one of these ways; none where so many are that it tells nothing."""
    query = select(CompanyRecord).where(or_(*ways)).order_by(CompanyRecord.id)
    found = session.scalars(query.limit(_MOST_SHARING + 1)).all()
    return found if len(found) <= _MOST_SHARING else []


def _alike(asker: Asker, company: CompanyRecord) -> Likeness:
    normals = _normals(asker)
    points = [(point.kind, point.normal or "") for point in company.contact_points]
    first, second = (
        company_traits(
            names=[name for name in names if name],
            mails=[normal for kind, normal in reached if kind == "email"],
            phones=[normal for kind, normal in reached if kind in PHONES],
            websites=[website or ""],
            country=country or "",
        )
        for names, reached, website, country in (
            ([asker.company], normals, asker.website, asker.country),
            ([company.name_zh, company.name_en], points, company.website, company.country),
        )
    )
    return likeness(first, second)


def _has_name(company: CompanyRecord, name: str | None) -> bool:
    key = name_key(name or "")
    return bool(key) and key in (company.name_key, company.name_en_key)


def _normals(asker: Asker) -> list[tuple[str, str]]:
    every = ((kind, normal_point(kind, value, asker.country)) for kind, value in asker.points)
    return [(kind, normal) for kind, normal in every if normal]
