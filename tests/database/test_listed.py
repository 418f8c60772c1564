"""Long lists of values inside a query."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from new_book import new_book
from sqlalchemy import select

from database.book import open_book
from database.listed import among
from database.records import CompanyRecord

_NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_more_values_than_a_statement_has_parameters_are_looked_up(tmp_path: Path) -> None:
    book = open_book(new_book(tmp_path / "book"))
    with book.write("directory.op.add") as scope:
        scope.add_all(CompanyRecord(name_zh=name, created_at=_NOW) for name in ("宁波'海", "其他"))
    wanted = [*(f"不在 {number}" for number in range(300_000)), "宁波'海"]
    with book.read() as session:
        query = select(CompanyRecord.name_zh).where(CompanyRecord.name_zh.in_(among(wanted)))
        assert session.scalars(query).all() == ["宁波'海"]
    book.close()
