"""Owns which documents a journal entry makes stale: the record itself and those that show it.

Must not read the records' content; it follows ids in the journal and, for renamed things, in the
tables that point to them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.search.documents import COMPANIES, Key
from database.records import (
    ContactRecord,
    InquiryRecord,
    MessageRecord,
    OfferRecord,
    ProductRecord,
    QuotationRecord,
    RevisionRecord,
    TagLinkRecord,
    ThreadRecord,
)

_Column = InstrumentedAttribute[Any]

_ITSELF = {
    "company": COMPANIES,
    "contact": ("contact",),
    "product": ("product",),
    "inquiry": ("inquiry",),
    "quotation": ("quotation",),
    "message": ("message",),
    "thread": ("thread",),
}
_POINTS_TO: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "alias": {"company_id": COMPANIES},
    "contact": {"company_id": COMPANIES},
    "contact_point": {"company_id": COMPANIES, "contact_id": ("contact",)},
    "address": {"company_id": COMPANIES},
    "booth": {"company_id": COMPANIES},
    "certificate": {"company_id": COMPANIES},
    "offer": {"company_id": ("supplier",), "inquiry_id": ("inquiry",)},
    "request": {"inquiry_id": ("inquiry",)},
    "thread": {"inquiry_id": ("inquiry",)},
    "message": {"thread_id": ("thread",)},
    "product": {"supplier_id": ("supplier",)},
    "inquiry_line": {"inquiry_id": ("inquiry",)},
    "quotation": {"buyer_id": ("buyer",)},
    "revision": {"quotation_id": ("quotation",)},
    "tag_link": {
        "company_id": COMPANIES,
        "product_id": ("product",),
        "inquiry_id": ("inquiry",),
        "quotation_id": ("quotation",),
    },
    "attachment": {
        "company_id": COMPANIES,
        "product_id": ("product",),
        "inquiry_id": ("inquiry",),
        "quotation_id": ("quotation",),
        "message_id": ("message",),
    },
    "note": {
        "company_id": COMPANIES,
        "contact_id": ("contact",),
        "product_id": ("product",),
        "inquiry_id": ("inquiry",),
        "quotation_id": ("quotation",),
    },
}
_COMPANY_SHOWS = ("name_zh", "name_en", "short_name", "country")
_PARENTS_AT_ONCE = 1_000


class Touched:
    """Collects the keys of stale documents from journal entries."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._renamed: dict[str, set[int]] = defaultdict(set)
        self._revisions: set[int] = set()
        self.keys: set[Key] = set()

    def add(self, table: str, row_id: int, before: str | None, after: str | None) -> None:
        """Takes one journal entry."""
        for kind in _ITSELF.get(table, ()):
            self.keys.add((kind, row_id))
        rows = [json.loads(row) for row in (before, after) if row is not None]
        for column, kinds in _POINTS_TO.get(table, {}).items():
            for row in rows:
                if row.get(column) is not None:
                    self.keys.update((kind, row[column]) for kind in kinds)
        if table == "quotation_line":
            self._revisions.update(row["revision_id"] for row in rows)
        elif table in {"category", "tag", "thread"} or _shows_differently(table, rows):
            self._renamed[table].add(row_id)

    def finish(self) -> set[Key]:
        """All keys, with those that only show something that was renamed."""
        follow: list[tuple[str, str, _Column, _Column]] = [
            ("company", "contact", ContactRecord.id, ContactRecord.company_id),
            ("company", "product", ProductRecord.id, ProductRecord.supplier_id),
            ("company", "inquiry", InquiryRecord.id, InquiryRecord.buyer_id),
            ("company", "inquiry", OfferRecord.inquiry_id, OfferRecord.company_id),
            ("company", "quotation", QuotationRecord.id, QuotationRecord.buyer_id),
            ("category", "product", ProductRecord.id, ProductRecord.category_id),
            ("thread", "message", MessageRecord.id, MessageRecord.thread_id),
        ]
        for table, kind, column, points_to in follow:
            self._follow(kind, column, points_to, self._renamed[table])
        self._follow("quotation", RevisionRecord.quotation_id, RevisionRecord.id, self._revisions)
        threads = self._ids(ThreadRecord.id, ThreadRecord.company_id, self._renamed["company"])
        self._follow("message", MessageRecord.id, MessageRecord.thread_id, threads)
        self.keys.update(("thread", one) for one in threads)
        self._follow_tags()
        return self.keys

    def _follow(self, kind: str, column: _Column, points_to: _Column, ids: set[int]) -> None:
        self.keys.update((kind, one) for one in self._ids(column, points_to, ids))

    def _follow_tags(self) -> None:
        link, tags = TagLinkRecord, self._renamed["tag"]
        for kind in COMPANIES:
            self._follow(kind, link.company_id, link.tag_id, tags)
        self._follow("product", link.product_id, link.tag_id, tags)
        self._follow("inquiry", link.inquiry_id, link.tag_id, tags)
        self._follow("quotation", link.quotation_id, link.tag_id, tags)

    def _ids(self, column: _Column, points_to: _Column, ids: Iterable[int]) -> set[int]:
        found: set[int] = set()
        wanted = sorted(ids)
        for start in range(0, len(wanted), _PARENTS_AT_ONCE):
            part = wanted[start : start + _PARENTS_AT_ONCE]
            query = select(column).where(points_to.in_(part), column.is_not(None))
            found.update(self._session.scalars(query))
        return found


def _shows_differently(table: str, rows: list[dict[str, Any]]) -> bool:
    """Whether a company's change shows in records that name it; a new one is named by none yet."""
    if table != "company" or len(rows) < 2:
        return False
    before, after = rows
    return any(before.get(name) != after.get(name) for name in _COMPANY_SHOWS)
