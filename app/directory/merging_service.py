"""Owns making one record of two: whatever hangs on the second hangs on the first afterwards.

Works inside a write scope, so that it is undone as one. Must not decide that two records are one.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from app.directory.duplicates import website_host
from app.directory.forms import form
from app.directory.names import name_key
from database.absorbing import absorb
from database.records import (
    AliasRecord,
    CompanyRecord,
    ContactPointRecord,
    NotDuplicateRecord,
    ProductRecord,
)

MERGED_PRODUCT_FIELDS = tuple(field.key for field in form("product").fields)
MERGED_FIELDS = tuple(field.key for field in form("supplier").fields)
_NAMES = ("name_zh", "name_en")


def merge_companies(
    session: Session, keep: CompanyRecord, other: CompanyRecord, *, take: Collection[str] = ()
) -> None:
    """Moves all of ``other`` to ``keep`` and deletes ``other``.

    Empty fields of ``keep`` are filled; of the fields in ``take`` the other's values win. Names that
    go stay as aliases.
    """
    names = [str(getattr(one, key)) for one in (keep, other) for key in _NAMES if getattr(one, key)]
    _take_fields(keep, other, MERGED_FIELDS, take)
    for role in ("is_supplier", "is_buyer", "is_agent", "is_forwarder"):
        setattr(keep, role, getattr(keep, role) or getattr(other, role))
    _derive_company(keep)
    _drop_points(session, keep.id, other.id)
    _move_pairs(session, keep.id, other.id)
    _keep_names(session, keep, names)
    absorb(session, keep, other)


def merge_products(
    session: Session, keep: ProductRecord, other: ProductRecord, *, take: Collection[str] = ()
) -> None:
    """Moves all of ``other`` to ``keep`` (prices, pictures, offers, lines …) and deletes ``other``."""
    _take_fields(keep, other, (*MERGED_PRODUCT_FIELDS, "supplier_id", "category_id"), take)
    keep.name_key = name_key(keep.name_zh or keep.name_en or "") or None
    absorb(session, keep, other)


def _take_fields(
    keep: CompanyRecord | ProductRecord,
    other: CompanyRecord | ProductRecord,
    fields: Collection[str],
    take: Collection[str],
) -> None:
    for key in fields:
        theirs = getattr(other, key)
        if theirs not in (None, "") and (key in take or getattr(keep, key) in (None, "")):
            setattr(keep, key, theirs)
    keep.custom = {**other.custom, **keep.custom}


def _derive_company(keep: CompanyRecord) -> None:
    keep.name_key = name_key(keep.name_zh or "") or None
    keep.name_en_key = name_key(keep.name_en or "") or None
    keep.website_host = website_host(keep.website or "") or None


def _drop_points(session: Session, keep: int, other: int) -> None:
    own = select(ContactPointRecord.kind, ContactPointRecord.value).where(
        ContactPointRecord.company_id == keep
    )
    for kind, value in session.execute(own).all():
        session.execute(
            delete(ContactPointRecord).where(
                ContactPointRecord.company_id == other,
                ContactPointRecord.contact_id.is_(None),
                ContactPointRecord.kind == kind,
                ContactPointRecord.value == value,
            )
        )


def _move_pairs(session: Session, keep: int, other: int) -> None:
    """What was said not to be the other company is not the kept one either."""
    pair = (NotDuplicateRecord.company_id, NotDuplicateRecord.other_id)
    held = {(row[0], row[1]) for row in session.execute(select(*pair))}
    session.execute(delete(NotDuplicateRecord).where(or_(*(column == other for column in pair))))
    moved = {
        tuple(sorted((keep if id_ == other else id_) for id_ in p)) for p in held if other in p
    }
    for first, second in sorted(moved - held):
        if first != second:
            session.execute(insert(NotDuplicateRecord).values(company_id=first, other_id=second))


def _keep_names(session: Session, keep: CompanyRecord, names: list[str]) -> None:
    held = {getattr(keep, key) for key in _NAMES}
    known = set(session.scalars(select(AliasRecord.name).where(AliasRecord.company_id == keep.id)))
    session.add_all(
        AliasRecord(company_id=keep.id, name=name, name_key=name_key(name) or None)
        for name in dict.fromkeys(names)
        if name not in held | known
    )
