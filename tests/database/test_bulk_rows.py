"""Rows written in bulk are rows like any other: defaults, uids, journal, undo."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from new_book import new_book
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from database.book import Book, open_book
from database.bulk import IncomingRows
from database.records import CompanyRecord, ContactRecord, JournalRecord, TagRecord

_NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
_MANY = 1_200
_MORE_THAN_ARE_HELD = 20_000


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return open_book(new_book(tmp_path / "book"))


def _companies(count: int) -> list[dict[str, object]]:
    return [
        {
            "name_en": f"Maker {n}",
            "city": "宁波" if n % 2 else None,
            "created_at": _NOW,
        }
        for n in range(count)
    ]


def _insert(book: Book, count: int) -> int:
    with book.write("directory.op.add") as scope, IncomingRows(scope) as rows:
        for company in _companies(count):
            rows.add(CompanyRecord, company)
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
    with (
        pytest.raises(IntegrityError),
        book.write("directory.op.add") as scope,
        IncomingRows(scope) as rows,
    ):
        for company in _companies(_MANY):
            rows.add(CompanyRecord, company)
        rows.add(ContactRecord, {"company_id": 9_999_999, "name": "Nobody's", "created_at": _NOW})
    again = _insert(book, 1)
    with book.read() as session:
        assert len(session.scalars(select(CompanyRecord.id)).all()) == 3
        journaled = session.scalars(select(JournalRecord.operation_id)).all()
    assert sorted(journaled) == [first, first, again]


def test_more_rows_than_are_held_at_once_come_with_their_parents_and_changes(book: Book) -> None:
    _insert(book, 700)
    with book.write("directory.op.add") as scope, IncomingRows(scope) as rows:
        for number in range(_MORE_THAN_ARE_HELD // 2):
            values: dict[str, object] = {"name_en": f"More {number}", "created_at": _NOW}
            company = rows.add(CompanyRecord, values)
            person = {"company_id": company, "name": f"Li {number}", "created_at": _NOW}
            rows.add(ContactRecord, person)
            if number < 700:
                rows.change(CompanyRecord, number + 1, {"city": "余姚", "custom": {"n": number}})
            if number % 3_000 == 0:
                known = rows.session.scalar(select(func.count(CompanyRecord.id)))
                assert 700 <= (known or 0) <= 700 + number
    with book.read() as session:
        joined = session.execute(
            select(CompanyRecord.name_en, ContactRecord.name).join(ContactRecord.company)
        ).all()
        changed = session.scalars(select(CompanyRecord).where(CompanyRecord.city == "余姚")).all()
    assert len(joined) == _MORE_THAN_ARE_HELD // 2
    assert {name.removeprefix("More ") == person[3:] for name, person in joined} == {True}
    assert [company.custom["n"] for company in changed] == list(range(700))
    _undo, reversal = book.undo(scope.operation_id)
    assert (reversal.reverted, reversal.kept) == (_MORE_THAN_ARE_HELD + 700, ())


def test_two_changes_of_one_row_are_both_kept_and_the_later_one_wins(book: Book) -> None:
    _insert(book, 1)
    with book.write("directory.op.add") as scope, IncomingRows(scope) as rows:
        rows.change(CompanyRecord, 1, {"city": "余姚", "province": "浙江"})
        rows.change(CompanyRecord, 1, {"city": "慈溪", "website": "haida.cn"})
    with book.read() as session:
        company = session.get_one(CompanyRecord, 1)
    assert (company.city, company.province, company.website) == ("慈溪", "浙江", "haida.cn")


def test_a_row_the_book_refuses_is_told_while_more_are_made(book: Book) -> None:
    made = 0
    with (
        pytest.raises(IntegrityError),
        book.write("directory.op.add") as scope,
        IncomingRows(scope) as rows,
    ):
        rows.add(ContactRecord, {"company_id": 9_999_999, "name": "Nobody's", "created_at": _NOW})
        for made in range(10 * _MORE_THAN_ARE_HELD):
            rows.add(TagRecord, {"name": f"Tag {made}"})
    assert made < 3 * _MORE_THAN_ARE_HELD
    with book.read() as session:
        assert session.scalar(select(func.count(TagRecord.id))) == 0
        assert session.scalar(select(func.count(JournalRecord.id))) == 0


def test_undo_and_redo_of_many_rows(book: Book) -> None:
    operation = _insert(book, _MANY)
    undo, reversal = book.undo(operation)
    assert (reversal.reverted, reversal.kept) == (_MANY, ())
    book.undo(undo)
    with book.read() as session:
        assert len(session.scalars(select(CompanyRecord.id)).all()) == _MANY
