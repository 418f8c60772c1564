"""Owns the keys under which the companies of the book are found.

Reads in sets. Must not decide what is the same, and must not write.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.directory.company_words import free_mail_domains
from app.directory.keys import PHONES
from app.directory.names import name_key
from database.records import CompanyRecord, ContactPointRecord

_ROWS_A_PORTION = 5_000


def company_keys(session: Session, wanted: Set[str]) -> dict[str, list[int]]:
    """Key (see ``companies.draft_keys``) → the companies that have it, of the keys that are ``wanted``."""
    found: dict[str, list[int]] = defaultdict(list)

    def take(prefix: str, owners: Iterable[int], values: Iterable[str | None]) -> None:
        for owner, value in zip(owners, values, strict=True):
            if value and (key := prefix + value) in wanted and owner not in found[key]:
                found[key].append(owner)

    names = (CompanyRecord.name_key, CompanyRecord.name_en_key)
    others = (CompanyRecord.uscc, CompanyRecord.website_host)
    query = select(CompanyRecord.id, *names, *others)
    for ids, chinese, english, codes, hosts in _columns(session, query, CompanyRecord.id):
        take("name:", ids, chinese)
        take("name:", ids, english)
        take("uscc:", ids, codes)
        take("domain:", ids, hosts)
    for companies in found.values():
        companies.sort()
    for owners, mails in _columns(session, _points(("email",)), ContactPointRecord.id):
        domains = (mail.rpartition("@")[2] for mail in mails)
        take("mail:", owners, mails)
        take("domain:", owners, (d if d not in free_mail_domains() else None for d in domains))
    for owners, phones in _columns(session, _points(PHONES), ContactPointRecord.id):
        take("phone:", owners, phones)
    found.update(_own_companies(session, wanted))
    return found


def _points(kinds: Iterable[str]) -> Any:
    """The companies that can be reached in these ways, and how, in the compared form."""
    point = ContactPointRecord
    is_known = point.normal.is_not(None) & point.company_id.is_not(None)
    return select(point.company_id, point.normal).where(point.kind.in_(kinds), is_known)


def own_keys(number: object, names: Iterable[object]) -> Iterator[str]:
    """The keys of a record that a list of ours was written from: its number with each of its names.

    A row that was copied and given another name is another record.
    """
    for name in names:
        yield f"no:{number}:{name_key(str(name)) or name}"


def _own_companies(session: Session, wanted: Set[str]) -> dict[str, list[int]]:
    """The companies whose number and name a list of ours tells."""
    numbers = {key.split(":")[1] for key in wanted if key[:3] == "no:"}
    ids = [int(number) for number in numbers if number.isdecimal()]
    every = func.json_each(json.dumps(ids)).table_valued("value")
    names = (CompanyRecord.name_zh, CompanyRecord.name_en, CompanyRecord.short_name)
    query = select(CompanyRecord.id, *names).where(CompanyRecord.id.in_(select(every.c.value)))
    found: dict[str, list[int]] = {}
    for company, *known in session.execute(query) if ids else ():
        found.update((key, [company]) for key in own_keys(company, filter(None, known)))
    return found


def _columns(session: Session, query: Any, by: InstrumentedAttribute[int]) -> Iterator[Any]:
    """The columns of a whole table, some thousand rows at once.

    Read on the connection: the session's own rows cost five times as much.
    """
    for rows in session.connection().execute(query.order_by(by)).partitions(_ROWS_A_PORTION):
        yield zip(*rows, strict=True)
