"""Owns writing a generated trade book into a real database, as an import would.

Must not be used by the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert
from trade_books import TradeBook

from app.search.documents import SearchDocument
from database.book import Book
from database.records import (
    CompanyRecord,
    ContactPointRecord,
    MessageRecord,
    ProductRecord,
    Row,
    ThreadRecord,
)

_NOW = datetime(2026, 5, 20, 8, tzinfo=UTC)
_ROWS_A_STATEMENT = 5_000


def store(book: Book, made: TradeBook) -> None:
    """Writes suppliers with a mail and a phone, products and messages in one operation."""
    suppliers = made.sizes.suppliers
    with book.write("directory.op.add") as scope:

        def write(record: type[Row], rows: Iterable[dict[str, Any]]) -> None:
            remaining = iter(rows)
            while part := list(islice(remaining, _ROWS_A_STATEMENT)):
                scope.execute(insert(record), part)

        write(CompanyRecord, map(_company, _documents(made, "supplier")))
        write(ContactPointRecord, _points(_documents(made, "supplier")))
        write(ProductRecord, (_product(one, suppliers) for one in _documents(made, "product")))
        write(ThreadRecord, [{"id": 1, "subject": "x", "company_id": 1, "created_at": _NOW}])
        write(MessageRecord, map(_message, _documents(made, "message")))


def _documents(made: TradeBook, kind: str) -> Iterator[SearchDocument]:
    return (made.document(kind, number) for number in made.numbers(kind))


def _company(one: SearchDocument) -> dict[str, Any]:
    return {
        "id": one.id,
        "is_supplier": True,
        "name_zh": one.titles[0],
        "name_en": one.titles[1],
        "city": one.subtitle,
        "country": "CN",
        "main_products": "; ".join(one.goods),
        "markets": one.texts["notes"],
        "source": one.facets["source"][0],
        "created_at": _NOW,
    }


def _points(suppliers: Iterable[SearchDocument]) -> Iterator[dict[str, Any]]:
    for one in suppliers:
        for kind, values in (("email", one.mails), ("mobile", one.phones)):
            for value in values:
                yield {"company_id": one.id, "kind": kind, "value": value, "normal": value}


def _product(one: SearchDocument, suppliers: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "supplier_id": one.id % suppliers + 1,
        "item_number": one.codes[0],
        "hs_code": one.codes[1],
        "name_zh": one.titles[0],
        "name_en": one.titles[1],
        "description": one.texts["description"],
        "created_at": _NOW,
    }


def _message(one: SearchDocument) -> dict[str, Any]:
    return {
        "id": one.id,
        "thread_id": 1,
        "kind": "mail",
        "direction": "in",
        "sent_at": _NOW,
        "subject": one.titles[0],
        "text": one.texts["body"],
        "content_key": str(one.id),
    }
