"""Owns the book as the source of search: what changed, which records there are, what hits show.

Must not know the index. Every answer is read from the database at the moment it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.search.documents import COMPANIES, KINDS, Card, Key, SearchDocument
from app.search.glossary import Glossary, shipped, shipped_entries
from app.search.readers import COMPANY_NAME, COMPANY_SCOPES, READERS, WITHOUT_MESSAGES
from app.search.touched import Touched
from database.book import Book, open_book
from database.records import (
    STATE_TODAY,
    CompanyRecord,
    ContactRecord,
    GlossaryRecord,
    InquiryRecord,
    JournalRecord,
    MessageRecord,
    OfferRecord,
    OperationRecord,
    ProductRecord,
    QuotationRecord,
    ThreadRecord,
)

_DOCUMENTS_A_STATEMENT = 1_000
_MARK = 16
_Id = InstrumentedAttribute[int]
_Select = Select[*tuple[Any, ...]]

_SCOPES: Mapping[str, tuple[_Id, ColumnElement[bool] | None]] = {
    **{kind: (CompanyRecord.id, scope) for kind, scope in COMPANY_SCOPES.items()},
    "contact": (ContactRecord.id, None),
    "product": (ProductRecord.id, None),
    "inquiry": (InquiryRecord.id, None),
    "quotation": (QuotationRecord.id, None),
    "message": (MessageRecord.id, None),
    "thread": (ThreadRecord.id, WITHOUT_MESSAGES),
}
_PARTNERS: Mapping[str, ColumnElement[bool]] = {
    "supplier": exists().where(OfferRecord.company_id == CompanyRecord.id),
    "buyer": exists().where(QuotationRecord.buyer_id == CompanyRecord.id),
}
_NAMES: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = {
    **dict.fromkeys(
        COMPANIES, (CompanyRecord.name_zh, CompanyRecord.name_en, CompanyRecord.short_name)
    ),
    "contact": (ContactRecord.name, ContactRecord.name_en),
    "product": (ProductRecord.name_zh, ProductRecord.name_en, ProductRecord.item_number),
    "inquiry": (InquiryRecord.number, InquiryRecord.subject),
    "quotation": (QuotationRecord.number,),
    "message": (MessageRecord.subject,),
    "thread": (ThreadRecord.subject,),
}


class BookSource:
    """The documents of an open book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._glossary: Glossary | None = None

    def __reduce__(self) -> tuple[Callable[[Path], BookSource], tuple[Path]]:
        """Another process opens the book for itself."""
        return _source_in, (self._book.folder,)

    def watermark(self) -> int:
        """The id of the last journal entry."""
        return self._book.last_journal_id()

    def mark(self, watermark: int) -> bytes:
        """What that entry changed and when, in a few bytes; none where there is no such entry."""
        query = (
            select(
                OperationRecord.made_at, JournalRecord.table_name, JournalRecord.row_id,
                JournalRecord.before, JournalRecord.after,
            )
            .join(OperationRecord, OperationRecord.id == JournalRecord.operation_id)
            .where(JournalRecord.id == watermark)
        )  # fmt: skip
        with self._book.read() as session:
            entry = session.execute(query).one_or_none()
        return b"" if entry is None else blake2b(repr(tuple(entry)).encode()).digest()[:_MARK]

    def changed_since(self, watermark: int, limit: int) -> tuple[int, set[Key]]:
        """Keys touched by the entries past ``watermark``, deleted records included.

        Raises :class:`LookupError` when entries in between are no longer kept.
        """
        query = (
            select(
                JournalRecord.id, JournalRecord.table_name, JournalRecord.row_id,
                JournalRecord.before, JournalRecord.after,
            )
            .where(JournalRecord.id > watermark)
            .order_by(JournalRecord.id)
            .limit(limit)
        )  # fmt: skip
        with self._book.read() as session:
            touched = Touched(session)
            entries = session.execute(query).all()
            if entries and entries[0][0] != watermark + 1:
                raise LookupError(f"the journal no longer has entry {watermark + 1}")
            for number, table, row_id, before, after in entries:
                touched.add(table, row_id, before, after)
                watermark = number
            return watermark, touched.finish()

    def today(self) -> str:
        """The day it is where the book is, as ``2026-03-31``."""
        with self._book.read() as session:
            return str(session.scalars(select(func.today())).one())

    def moved_by_the_day(self) -> Mapping[Key, str]:
        """Quotations whose last day went by while nobody wrote it down, with their stage today."""
        quotation = QuotationRecord
        lapsed = select(quotation.id, STATE_TODAY).where(quotation.state != STATE_TODAY)
        with self._book.read() as session:
            return {("quotation", id_): state for id_, state in session.execute(lapsed)}

    def documents(self, kind: str, ids: Iterable[int]) -> Iterator[SearchDocument]:
        """The documents of those ``ids`` that exist."""
        wanted = list(ids)
        for start in range(0, len(wanted), _DOCUMENTS_A_STATEMENT):
            with self._book.read() as session:
                found = list(READERS[kind](session, wanted[start : start + _DOCUMENTS_A_STATEMENT]))
            yield from found

    def all_ids(self, kind: str) -> Iterable[int]:
        """The ids of all records of ``kind``, own partners first."""
        column, scope = _SCOPES[kind]
        query = select(column)
        if scope is not None:
            query = query.where(scope)
        if kind in _PARTNERS:
            query = query.order_by(_PARTNERS[kind].desc())
        with self._book.read() as session:
            return session.scalars(query.order_by(column)).all()

    def count(self) -> int:
        """How many documents the book has."""
        with self._book.read() as session:
            return sum(self._count(session, kind) for kind in KINDS)

    def _count(self, session: Session, kind: str) -> int:
        column, scope = _SCOPES[kind]
        query = select(func.count()).select_from(column.class_)
        return session.scalar(query if scope is None else query.where(scope)) or 0

    def cards(self, keys: Iterable[Key]) -> Mapping[Key, Card]:
        """What to show for ``keys``; records that are gone are left out."""
        by_kind: dict[str, list[int]] = defaultdict(list)
        for kind, number in keys:
            by_kind[kind].append(number)
        found: dict[Key, Card] = {}
        with self._book.read() as session:
            for kind, ids in by_kind.items():
                for start in range(0, len(ids), _DOCUMENTS_A_STATEMENT):
                    part = ids[start : start + _DOCUMENTS_A_STATEMENT]
                    for row in session.execute(_CARD_QUERIES[kind](part)):
                        title, *told = _CARD_TEXTS[kind](row)
                        found[kind, row[0]] = Card(kind, row[0], title or str(row[0]), *told)
        return found

    def containing(self, words: Iterable[str], kind: str | None, limit: int) -> list[Key]:
        """Records whose names contain every word, for while there is no index."""
        patterns = [f"%{_escaped(word)}%" for word in words]
        found: list[Key] = []
        with self._book.read() as session:
            for one in KINDS if kind is None else (kind,):
                column, scope = _SCOPES[one]
                each = [
                    or_(*(name.ilike(pattern, escape="\\") for name in _NAMES[one]))
                    for pattern in patterns
                ]
                query = select(column).where(and_(True, *each)).limit(limit - len(found))
                query = query if scope is None else query.where(scope)
                found += [(one, number) for number in session.scalars(query)]
                if len(found) >= limit:
                    break
        return found

    def glossary(self) -> Glossary:
        """The shipped glossary with the user's own entries."""
        if self._glossary is None:
            with self._book.read() as session:
                own = session.execute(select(GlossaryRecord.words, GlossaryRecord.replaces)).all()
            replaced = {replaces for _, replaces in own}
            kept = (entry for entry in shipped_entries() if entry[0] not in replaced)
            self._glossary = Glossary([*kept, *(words for words, _ in own)]) if own else shipped()
        return self._glossary

    def forget_glossary(self) -> None:
        """Reads the user's entries again when next asked."""
        self._glossary = None


def _source_in(folder: Path) -> BookSource:
    """The source of a worker, whose one connection reads each row once and need not keep it."""
    book = open_book(folder)
    with book.read() as session:
        session.execute(text("PRAGMA cache_size = -4096"))
    return BookSource(book)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _company_cards(ids: Sequence[int]) -> _Select:
    company = CompanyRecord
    return select(company.id, COMPANY_NAME, company.city, company.province, company.country).where(
        company.id.in_(ids)
    )


def _contact_cards(ids: Sequence[int]) -> _Select:
    return (
        select(ContactRecord.id, ContactRecord.name, COMPANY_NAME, ContactRecord.job_title)
        .outerjoin(CompanyRecord, CompanyRecord.id == ContactRecord.company_id)
        .where(ContactRecord.id.in_(ids))
    )


def _product_cards(ids: Sequence[int]) -> _Select:
    product = ProductRecord
    name = func.coalesce(product.name_zh, product.name_en, product.item_number)
    return (
        select(product.id, name, product.item_number, COMPANY_NAME)
        .outerjoin(CompanyRecord, CompanyRecord.id == product.supplier_id)
        .where(product.id.in_(ids))
    )


def _inquiry_cards(ids: Sequence[int]) -> _Select:
    inquiry = InquiryRecord
    title = func.coalesce(inquiry.subject, inquiry.number)
    return (
        select(inquiry.id, title, inquiry.number, COMPANY_NAME)
        .outerjoin(CompanyRecord, CompanyRecord.id == inquiry.buyer_id)
        .where(inquiry.id.in_(ids))
    )


def _quotation_cards(ids: Sequence[int]) -> _Select:
    quotation = QuotationRecord
    return (
        select(quotation.id, quotation.number, COMPANY_NAME, STATE_TODAY)
        .outerjoin(CompanyRecord, CompanyRecord.id == quotation.buyer_id)
        .where(quotation.id.in_(ids))
    )


def _message_cards(ids: Sequence[int]) -> _Select:
    message = MessageRecord
    title = func.coalesce(message.subject, ThreadRecord.subject, func.substr(message.text, 1, 60))
    who = func.coalesce(COMPANY_NAME, message.sender)
    return (
        select(message.id, title, who, func.substr(message.sent_at, 1, 10))
        .join(ThreadRecord, ThreadRecord.id == message.thread_id)
        .outerjoin(CompanyRecord, CompanyRecord.id == ThreadRecord.company_id)
        .where(message.id.in_(ids))
    )


def _thread_cards(ids: Sequence[int]) -> _Select:
    thread = ThreadRecord
    return (
        select(thread.id, thread.subject, COMPANY_NAME)
        .outerjoin(CompanyRecord, CompanyRecord.id == thread.company_id)
        .where(thread.id.in_(ids))
    )


_CARD_QUERIES: Mapping[str, Callable[[Sequence[int]], _Select]] = {
    **dict.fromkeys(COMPANIES, _company_cards),
    "contact": _contact_cards,
    "product": _product_cards,
    "inquiry": _inquiry_cards,
    "quotation": _quotation_cards,
    "message": _message_cards,
    "thread": _thread_cards,
}


def _placed(row: Any) -> tuple[str, ...]:
    return row[1], row[2] or row[3] or "", row[4] or ""


def _quoted(row: Any) -> tuple[str, ...]:
    return row[1], row[2] or "", "", row[3]


def _listed(row: Any) -> tuple[str, ...]:
    parts = dict.fromkeys(str(part) for part in row[2:] if part)
    return row[1], " · ".join(parts)


_CARD_TEXTS: Mapping[str, Callable[[Any], tuple[str, ...]]] = {
    **dict.fromkeys(KINDS, _listed),
    **dict.fromkeys(COMPANIES, _placed),
    "quotation": _quoted,
}
