"""Owns what a user can do in the directory: add, edit, delete, merge and tag records.

Must not read for the screen; lists and views do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.directory.duplicates import website_host
from app.directory.forms import form
from app.directory.merging_service import merge_companies, merge_products
from app.directory.names import name_key
from app.directory.phones import parse_phone
from app.directory.views import TAGGED
from app.forms import Values
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.lists.existing import existing, require
from database.book import Book, WriteScope
from database.listed import among
from database.records import (
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    NotDuplicateRecord,
    NoteRecord,
    PriceRecord,
    ProductRecord,
    Record,
    TagLinkRecord,
    TagRecord,
)

_ROLE = {"supplier": "is_supplier", "buyer": "is_buyer"}
_MERGE: dict[type[Record], Callable[..., None]] = {
    CompanyRecord: merge_companies,
    ProductRecord: merge_products,
}


class Directory:
    """The yellow pages, as far as they are written by hand."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def add(self, kind: str, values: Values, *, initiator: object = None) -> int:
        """Adds a record of ``kind`` (see ``app.directory.forms``) and returns its id."""
        described = form(kind)
        checked = described.checked(values)
        if not any(checked.get(key) for key in described.required):
            raise AppError("directory.nothing_filled")
        with self._book.write(
            f"directory.add.{kind}", initiator=initiator, name=_title(checked)
        ) as scope:
            record = described.record(**checked)
            self._complete(scope, kind, record)
            scope.add(record)
            scope.flush()
            return record.id

    def edit(
        self, kind: str, ids: Sequence[int], values: Values, *, initiator: object = None
    ) -> None:
        """Sets ``values`` on all records with these ids, as one operation."""
        described = form(kind)
        checked = described.checked(values)
        with self._book.write(
            f"directory.edit.{kind}", initiator=initiator, count=len(ids)
        ) as scope:
            for record in self._records(scope, kind, ids):
                for key, value in checked.items():
                    setattr(record, key, value)
                if not any(getattr(record, key) for key in described.required):
                    raise AppError("directory.nothing_filled")
                _derive(scope, record)

    def delete(self, kind: str, ids: Sequence[int], *, initiator: object = None) -> None:
        """Deletes the records with all that hangs on them.

        A company that is both supplier and buyer only loses the role of ``kind``.
        """
        with self._book.write(
            f"directory.delete.{kind}", initiator=initiator, count=len(ids)
        ) as scope:
            for record in self._records(scope, kind, ids):
                if isinstance(record, CompanyRecord) and record.is_supplier and record.is_buyer:
                    setattr(record, _ROLE[kind], False)
                else:
                    scope.delete(record)

    def merge(
        self,
        kind: str,
        keep_id: int,
        other_id: int,
        *,
        take: Collection[str] = (),
        initiator: object = None,
    ) -> None:
        """Makes one record of two, as one operation: all that hangs on the other moves.

        ``take`` names the fields whose values come from the other; empty ones are filled anyway.
        """
        if keep_id == other_id:
            raise AppError("directory.same_record")
        described = form(kind)
        with self._book.read() as session:
            keep, other = self._records(session, kind, [keep_id, other_id])
            names = [_shown(keep), _shown(other)]
        with self._book.write(
            "directory.merge", initiator=initiator, name=names[0], other=names[1]
        ) as scope:
            keep, other = self._records(scope, kind, [keep_id, other_id])
            _MERGE[described.record](scope, keep, other, take=take)

    def not_duplicate(self, first: int, second: int, *, initiator: object = None) -> None:
        """Remembers that two companies that look alike are two."""
        low, high = sorted((first, second))
        if low == high:
            raise AppError("directory.same_record")
        with self._book.write("directory.not_duplicate", initiator=initiator) as scope:
            pair = NotDuplicateRecord
            known = select(pair.id).where(pair.company_id == low, pair.other_id == high)
            if scope.scalar(known) is None:
                scope.add(NotDuplicateRecord(company_id=low, other_id=high))

    def tag(self, kind: str, ids: Sequence[int], name: str, *, initiator: object = None) -> None:
        """Hangs the tag ``name`` on the records; a record that has it already stays as it is."""
        record, name, ids = form(kind).record, name.strip(), tuple(dict.fromkeys(ids))
        owner = TAGGED[record]
        if not name:
            raise AppError("directory.no_tag")
        with self._book.write(
            "directory.tag", initiator=initiator, name=name, count=len(ids)
        ) as scope:
            tag = scope.scalar(select(TagRecord).where(TagRecord.name == name))
            if tag is None:
                tag = TagRecord(name=name)
                scope.add(tag)
                scope.flush()
            require(scope, record, kind, ids)
            linked = set(scope.scalars(select(owner).where(TagLinkRecord.tag_id == tag.id)))
            scope.add_all(
                TagLinkRecord(tag_id=tag.id, **{owner.key: id_}) for id_ in ids if id_ not in linked
            )

    def untag(self, kind: str, ids: Sequence[int], name: str, *, initiator: object = None) -> None:
        """Takes the tag ``name`` off the records; raises ``AppError`` where it hangs on none of them."""
        owner, ids = TAGGED[form(kind).record], tuple(dict.fromkeys(ids))
        with self._book.write(
            "directory.untag", initiator=initiator, name=name, count=len(ids)
        ) as scope:
            tag = select(TagRecord.id).where(TagRecord.name == name.strip())
            hung = TagLinkRecord.tag_id.in_(tag) & owner.in_(among(ids))
            if scope.scalar(select(func.count()).select_from(TagLinkRecord).where(hung)) == 0:
                raise AppError("directory.tag_not_hung", name=name)
            scope.execute(delete(TagLinkRecord).where(hung))

    def _records(self, session: Session, kind: str, ids: Sequence[int]) -> list[Record]:
        return [existing(session, form(kind).record, kind, id_) for id_ in ids]

    def _complete(self, scope: WriteScope, kind: str, record: Record) -> None:
        if kind in _ROLE:
            setattr(record, _ROLE[kind], True)
        if isinstance(record, CompanyRecord | ContactRecord | ProductRecord):
            record.created_at = self._clock.now()
        if isinstance(record, NoteRecord):
            record.written_at = self._clock.now()
        if isinstance(record, PriceRecord):
            record.quoted_on = record.quoted_on or self._clock.today()
            record.currency = record.currency or "CNY"
        _derive(scope, record)


def _derive(scope: Session, record: Record) -> None:
    """Fills the columns that are worked out from others."""
    if isinstance(record, CompanyRecord):
        record.name_key = name_key(record.name_zh or "") or None
        record.name_en_key = name_key(record.name_en or "") or None
        record.website_host = website_host(record.website or "") or None
    elif isinstance(record, ProductRecord):
        record.name_key = name_key(record.name_zh or record.name_en or "") or None
    elif isinstance(record, ContactPointRecord):
        record.kind = record.kind or "other"
        company = _company_of(scope, record)
        record.company_id = company.id if company else None
        record.normal = normal_point(
            record.kind, record.value, company.country if company else None
        )


def _company_of(scope: Session, point: ContactPointRecord) -> CompanyRecord | None:
    contact = scope.get(ContactRecord, point.contact_id) if point.contact_id else None
    company_id = contact.company_id if contact else point.company_id
    return scope.get(CompanyRecord, company_id) if company_id else None


def normal_point(kind: str, value: str, country: str | None = None) -> str | None:
    """The form in which a way of contact is compared: lower-case mails, E.164 numbers."""
    if kind in {"phone", "mobile", "fax", "whatsapp"}:
        return parse_phone(value, country or "CN").e164 or None
    return value.strip().casefold() or None


def _shown(record: Record) -> str:
    """The name a company or a product is shown under."""
    names = (getattr(record, key, None) for key in ("item_number", "name_zh", "name_en"))
    return next((name for name in names if name), "")


def _title(values: Values) -> str:
    for key in ("name_zh", "name_en", "name", "item_number", "value", "booth", "amount"):
        if values.get(key):
            return str(values[key])
    return ""
