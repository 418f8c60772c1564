"""Whatever was done: undoing all of it is the start, redoing all of it is the end."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from new_book import new_book
from row_hashes import row_hashes
from sqlalchemy import delete, insert, select, update

from database.book import open_book
from database.records import (
    CategoryRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    OperationRecord,
    PriceRecord,
    ProductRecord,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
names = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


class Failure(Exception):
    """Raised in the middle of an operation."""


class UndoMachine(RuleBasedStateMachine):
    """Operations on a real book, each followed by what must always hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.book = open_book(new_book(Path(self.folder.name) / "book"))
        self.states = [row_hashes(self.book)]
        self.done: list[int] = []
        self.undone: list[int] = []

    def teardown(self) -> None:
        while self.done:
            self.undo()
        assert row_hashes(self.book) == self.states[0]
        while self.undone:
            self.redo()
        assert row_hashes(self.book) == self.states[-1]
        self.book.close()
        self.folder.cleanup()

    def _did(self, operation: int) -> None:
        with self.book.read() as session:
            happened = session.get(OperationRecord, operation) is not None
        if happened:
            del self.states[len(self.done) + 1 :]
            self.done.append(operation)
            self.undone.clear()
            self.states.append(row_hashes(self.book))
        else:
            assert row_hashes(self.book) == self.states[len(self.done)]

    @rule(name=names, people=st.lists(names, max_size=3))
    def add(self, name: str, people: list[str]) -> None:
        with self.book.write("directory.add") as scope:
            company = CompanyRecord(name_zh=name, is_supplier=True, created_at=NOW)
            scope.add(company)
            scope.flush()
            scope.add_all(
                ContactRecord(company_id=company.id, name=p, created_at=NOW) for p in people
            )
            scope.add(CategoryRecord(name_zh=name, name_key=name))
            scope.flush()
            scope.add(
                ProductRecord(
                    supplier_id=company.id,
                    category_id=scope.scalar(select(CategoryRecord.id).limit(1)),
                    name_zh=name,
                    created_at=NOW,
                )
            )
        self._did(scope.operation_id)

    @rule(amounts=st.lists(st.decimals(0, 10**6, places=6), max_size=5))
    def bulk_insert(self, amounts: list) -> None:
        with self.book.write("sheets.import") as scope:
            product = scope.scalar(select(ProductRecord.id).order_by(ProductRecord.id.desc()))
            if product is not None and amounts:
                scope.execute(
                    insert(PriceRecord),
                    [
                        {
                            "product_id": product,
                            "amount": amount,
                            "currency": "CNY",
                            "quoted_on": NOW.date(),
                        }
                        for amount in amounts
                    ],
                )
        self._did(scope.operation_id)

    @rule(city=names, position=st.integers(0, 5))
    def edit(self, city: str, position: int) -> None:
        with self.book.write("directory.edit") as scope:
            company = scope.scalar(
                select(CompanyRecord).order_by(CompanyRecord.id).offset(position).limit(1)
            )
            if company is not None:
                company.city = city
                company.custom = {"备注": city}
                scope.add(ContactPointRecord(company_id=company.id, kind="phone", value=city))
        self._did(scope.operation_id)

    @rule(city=names)
    def edit_all_twice(self, city: str) -> None:
        with self.book.write("directory.edit") as scope:
            scope.execute(update(CompanyRecord).values(city=city))
            scope.execute(update(CompanyRecord).values(province=city, is_buyer=True))
        self._did(scope.operation_id)

    @rule(position=st.integers(0, 5))
    def delete_with_children(self, position: int) -> None:
        with self.book.write("directory.delete") as scope:
            ids = select(CompanyRecord.id).order_by(CompanyRecord.id).offset(position).limit(2)
            scope.execute(delete(CompanyRecord).where(CompanyRecord.id.in_(ids)))
        self._did(scope.operation_id)

    @rule()
    def delete_category(self) -> None:
        with self.book.write("directory.delete") as scope:
            first = select(CategoryRecord.id).limit(1)
            scope.execute(delete(CategoryRecord).where(CategoryRecord.id.in_(first)))
        self._did(scope.operation_id)

    @rule(name=names)
    def fail(self, name: str) -> None:
        before = row_hashes(self.book)
        try:
            with self.book.write("directory.add") as scope:
                scope.execute(delete(ProductRecord))
                scope.add(CompanyRecord(name_zh=name, created_at=NOW))
                scope.flush()
                raise Failure
        except Failure:
            assert row_hashes(self.book) == before

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        operation, reversal = self.book.undo(self.done.pop())
        assert reversal.kept == ()
        self.undone.append(operation)
        assert row_hashes(self.book) == self.states[len(self.done)]

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        operation, reversal = self.book.undo(self.undone.pop())
        assert reversal.kept == ()
        self.done.append(operation)
        assert row_hashes(self.book) == self.states[len(self.done)]


UndoMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
TestUndo = UndoMachine.TestCase
