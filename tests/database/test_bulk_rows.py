"""Rows written in bulk are rows like any other: defaults, uids, journal, undo."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from new_book import new_book
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from database.book import Book, open_book
from database.bulk import first_free_id, insert_rows
from database.records import CompanyRecord, JournalRecord

_NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
_MANY = 1_200


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return open_book(new_book(tmp_path / "book"))


def _companies(first: int, count: int) -> list[dict[str, object]]:
    return [
        {
            "id": first + n,
            "name_en": f"Maker {n}",
            "city": "宁波" if n % 2 else None,
            "created_at": _NOW,
        }
        for n in range(count)
    ]


def _insert(book: Book, count: int) -> int:
    with book.write("directory.op.add") as scope:
        insert_rows(scope, CompanyRecord, _companies(first_free_id(scope, CompanyRecord), count))
    return scope.operation_id


@pytest.mark.parametrize("count", [3, _MANY])
def test_each_row_is_in_the_journal_as_it_stands(book: Book, count: int) -> None:
    operation = _insert(book, count)
    with book.read() as session:
        journaled = session.execute(
            select(JournalRecord.row_id, JournalRecord.before, JournalRecord.after).where(
                JournalRecord.operation_id == operation, JournalRecord.table_name == "company"
            )
        ).all()
        stored = {
            row[0]: row[1] for row in session.execute(text("SELECT id, name_en FROM company"))
        }
    assert {
        row_id: json.loads(after or "")["name_en"] for row_id, _before, after in journaled
    } == stored
    assert all(before is None for _id, before, _after in journaled)
    assert len(journaled) == count


def test_what_a_row_leaves_out_is_the_default_or_nothing(book: Book) -> None:
    _insert(book, _MANY)
    with book.read() as session:
        companies = session.scalars(select(CompanyRecord)).all()
    assert {company.is_supplier for company in companies} == {False}
    assert {json.dumps(company.custom) for company in companies} == {"{}"}
    assert [company.city for company in companies[:2]] == [None, "宁波"]
    uids = [company.uid for company in companies]
    assert uids == sorted(set(uids))
    assert {len(uid) for uid in uids} == {32}


def test_later_changes_are_journaled_row_by_row_again(book: Book) -> None:
    _insert(book, _MANY)
    single = _insert(book, 1)
    with book.read() as session:
        entries = session.scalars(
            select(JournalRecord).where(JournalRecord.operation_id == single)
        ).all()
    assert len(entries) == 1


def test_many_rows_that_fail_leave_the_book_as_it_was(book: Book) -> None:
    first = _insert(book, 2)
    with pytest.raises(IntegrityError), book.write("directory.op.add") as scope:
        rows = _companies(first_free_id(scope, CompanyRecord), _MANY)
        insert_rows(scope, CompanyRecord, [*rows, {**rows[0], "name_en": "Twice"}])
    again = _insert(book, 1)
    with book.read() as session:
        assert len(session.scalars(select(CompanyRecord.id)).all()) == 3
        journaled = session.scalars(select(JournalRecord.operation_id)).all()
    assert sorted(journaled) == [first, first, again]


def test_undo_and_redo_of_many_rows(book: Book) -> None:
    operation = _insert(book, _MANY)
    undo, reversal = book.undo(operation)
    assert (reversal.reverted, reversal.kept) == (_MANY, ())
    book.undo(undo)
    with book.read() as session:
        assert len(session.scalars(select(CompanyRecord.id)).all()) == _MANY
