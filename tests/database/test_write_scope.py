"""A user's action is one operation: all of it happens or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from new_book import new_book
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from database.book import Book, open_book
from database.changes import ChangeSet
from database.engine import book_engine
from database.records import CompanyRecord, ContactRecord, JournalRecord, OperationRecord

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = open_book(new_book(tmp_path / "book"), now=lambda: NOW)
    yield opened
    opened.close()


def company(name: str) -> CompanyRecord:
    return CompanyRecord(name_zh=name, is_supplier=True, created_at=NOW)


def count(book: Book, record: type) -> int:
    with book.read() as session:
        return session.scalar(select(func.count(record.id)))


def test_an_operation_is_named_and_journaled(book: Book) -> None:
    with book.write("directory.add_supplier", name="宁波甲厂") as scope:
        scope.add(company("宁波甲厂"))
    with book.read() as session:
        operation = session.scalars(select(OperationRecord)).one()
        entry = session.scalars(select(JournalRecord)).one()
    assert (operation.name, operation.params) == ("directory.add_supplier", {"name": "宁波甲厂"})
    assert operation.made_at == NOW
    assert (entry.operation_id, entry.table_name, entry.before) == (operation.id, "company", None)


def test_a_failing_operation_leaves_nothing(book: Book) -> None:
    with pytest.raises(IntegrityError), book.write("directory.add_supplier") as scope:
        scope.add(company("甲"))
        scope.execute(insert(ContactRecord).values(company_id=99, name=None, created_at=NOW))
    assert count(book, CompanyRecord) == count(book, OperationRecord) == 0
    with book.write("directory.add_supplier") as scope:
        scope.add(company("乙"))
    assert count(book, CompanyRecord) == 1


def test_an_operation_that_changed_nothing_leaves_no_trace(book: Book) -> None:
    heard: list[ChangeSet] = []
    book.subscribe(heard.append)
    with book.write("directory.add_supplier"):
        pass
    assert count(book, OperationRecord) == 0
    assert heard == []


def test_listeners_hear_what_changed_after_the_commit(book: Book) -> None:
    heard: list[ChangeSet] = []
    book.subscribe(heard.append)
    me = object()
    with book.write("directory.add_supplier", initiator=me, name="甲") as scope:
        scope.add(company("甲"))
        assert heard == []
    (changes,) = heard
    assert changes.rows == {"company": frozenset({1})}
    assert changes.initiator is me
    assert changes.touches("company")
    assert not changes.touches("product")


def test_a_write_outside_a_scope_is_refused(book: Book) -> None:
    engine = book_engine(book.database_path)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(CompanyRecord).values(name_zh="甲", created_at=NOW))
    engine.dispose()
    assert count(book, CompanyRecord) == 0


def test_scopes_are_never_nested(book: Book) -> None:
    with (
        book.write("directory.add_supplier"),
        pytest.raises(RuntimeError),
        book.write("directory.add_supplier"),
    ):
        pass


def test_undo_of_a_delete_brings_back_the_children(book: Book) -> None:
    with book.write("directory.add_supplier") as scope:
        owner = company("甲")
        scope.add(owner)
        scope.flush()
        scope.add(ContactRecord(company_id=owner.id, name="李明朗", created_at=NOW))
    with book.write("directory.delete") as scope:
        scope.execute(delete(CompanyRecord))
    assert count(book, ContactRecord) == 0
    _, reversal = book.undo(scope.operation_id)
    assert reversal.reverted == 2
    with book.read() as session:
        assert session.scalars(select(ContactRecord.name)).one() == "李明朗"


def test_undo_keeps_and_names_a_row_changed_since(book: Book) -> None:
    with book.write("sheets.import") as scope:
        scope.add_all([company("甲"), company("乙")])
    imported = scope.operation_id
    with book.write("directory.edit") as scope:
        scope.get_one(CompanyRecord, 1).city = "宁波"
    _, reversal = book.undo(imported)
    assert reversal.reverted == 1
    assert [(k.table, k.row_id, k.why.value) for k in reversal.kept] == [
        ("company", 1, "changed_since")
    ]
    assert count(book, CompanyRecord) == 1


def test_undo_keeps_a_row_something_later_hangs_on(book: Book) -> None:
    with book.write("sheets.import") as scope:
        scope.add(company("甲"))
    imported = scope.operation_id
    with book.write("directory.add_contact") as scope:
        scope.add(ContactRecord(company_id=1, name="李明朗", created_at=NOW))
    _, reversal = book.undo(imported)
    assert [k.why.value for k in reversal.kept] == ["still_used"]
    assert count(book, ContactRecord) == 1


def test_undo_of_the_edit_after_the_import_lets_the_import_go(book: Book) -> None:
    with book.write("sheets.import") as scope:
        scope.add(company("甲"))
    imported = scope.operation_id
    with book.write("directory.edit") as scope:
        scope.get_one(CompanyRecord, 1).city = "宁波"
    book.undo(scope.operation_id)
    _, reversal = book.undo(imported)
    assert (reversal.reverted, reversal.kept) == (1, ())


def test_a_row_without_its_parent_does_not_come_back(book: Book) -> None:
    with book.write("directory.add_supplier") as scope:
        scope.add(company("甲"))
        scope.flush()
        scope.add(ContactRecord(company_id=1, name="李明朗", created_at=NOW))
    with book.write("directory.delete_contact") as scope:
        scope.execute(delete(ContactRecord))
    deleted = scope.operation_id
    with book.write("directory.delete") as scope:
        scope.execute(delete(CompanyRecord))
    _, reversal = book.undo(deleted)
    assert [k.why.value for k in reversal.kept] == ["lacks_parent"]


def test_redo_is_the_undo_of_the_undo(book: Book) -> None:
    with book.write("directory.add_supplier") as scope:
        scope.add(company("甲"))
    first = scope.operation_id
    undo, _ = book.undo(first)
    assert count(book, CompanyRecord) == 0
    book.undo(undo)
    assert count(book, CompanyRecord) == 1
    with book.read() as session:
        assert [o.kind for o in session.scalars(select(OperationRecord))] == ["do", "undo", "redo"]
        assert session.get_one(OperationRecord, first).is_undone is False
        assert session.get_one(OperationRecord, undo).is_undone is True
