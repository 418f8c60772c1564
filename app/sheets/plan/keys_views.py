"""Owns the keys under which the companies of the book are found.

Reads in sets. Must not decide what is the same, and must not write.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.directory.company_words import free_mail_domains
from app.directory.keys import PHONES
from app.directory.names import name_key
from database.listed import among, listed
from database.records import CompanyRecord, ContactPointRecord


def company_keys(session: Session, wanted: Set[str]) -> dict[str, list[int]]:
    """Key (see ``companies.draft_keys``) → the companies that have it, of the keys that are ``wanted``.

    SQLite looks them up; a small sheet costs little beside the largest book.
    """
    found: dict[str, list[int]] = defaultdict(list)

    def take(prefix: str, held: Iterable[Any]) -> None:
        for owner, value in held:
            owners = found[prefix + value]
            if owner not in owners:
                owners.append(owner)

    company, point = CompanyRecord, ContactPointRecord
    of_kind = _by_kind(wanted)
    for column in (company.name_key, company.name_en_key):
        take("name:", _holders(session, company.id, column, of_kind["name"]))
    take("uscc:", _holders(session, company.id, company.uscc, of_kind["uscc"]))
    take("domain:", _holders(session, company.id, company.website_host, of_kind["domain"]))
    for companies in found.values():
        companies.sort()
    mails = point.kind == "email", point.company_id.is_not(None)
    take("mail:", _holders(session, point.company_id, point.normal, of_kind["mail"], *mails))
    take("domain:", _at_domains(session, of_kind["domain"]))
    phones = point.kind.in_(PHONES), point.company_id.is_not(None)
    take("phone:", _holders(session, point.company_id, point.normal, of_kind["phone"], *phones))
    found.update(_own_companies(session, of_kind["no"]))
    return found


def _by_kind(keys: Iterable[str]) -> dict[str, list[str]]:
    """What stands behind the colon of the keys, by what stands before it."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, _colon, value in (key.partition(":") for key in keys):
        found[kind].append(value)
    return found


def _holders(
    session: Session, owner: Any, held: Any, wanted: Sequence[str], *conditions: Any
) -> Iterable[Any]:
    """Who holds which of the values that are ``wanted``, in the order they came into the book.

    Read on the connection: the session's own rows cost five times as much.
    """
    every = listed(wanted)
    query = select(owner, held).join_from(every, owner.class_, held == every.c.value)
    rows = query.where(*conditions).order_by(owner.class_.id)
    return session.connection().execute(rows) if wanted else ()


def _at_domains(session: Session, wanted: Iterable[str]) -> Iterable[Any]:
    """The companies with a mail at one of the domains, which no index holds, and the domain."""
    own = [domain for domain in wanted if domain not in free_mail_domains()]
    point = ContactPointRecord
    domain = func.substr(point.normal, func.instr(point.normal, "@") + 1)
    query = select(point.company_id, domain).where(
        point.kind == "email",
        point.company_id.is_not(None),
        domain.in_(among(own)),
    )
    return session.connection().execute(query.order_by(point.id)) if own else ()


def own_keys(number: object, names: Iterable[object]) -> Iterator[str]:
    """The keys of a record that a list of ours was written from: its number with each of its names.

    A row that was copied and given another name is another record.
    """
    for name in names:
        yield f"no:{number}:{name_key(str(name)) or name}"


def _own_companies(session: Session, wanted: Iterable[str]) -> dict[str, list[int]]:
    """The companies whose number and name a list of ours tells."""
    numbers = {key.partition(":")[0] for key in wanted}
    ids = [int(number) for number in numbers if number.isdecimal()]
    names = (CompanyRecord.name_zh, CompanyRecord.name_en, CompanyRecord.short_name)
    query = select(CompanyRecord.id, *names).where(CompanyRecord.id.in_(among(ids)))
    found: dict[str, list[int]] = {}
    for company, *known in session.execute(query) if ids else ():
        found.update((key, [company]) for key in own_keys(company, filter(None, known)))
    return found
