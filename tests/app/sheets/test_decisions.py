"""What a person decides about single rows goes before what the import finds, and is remembered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy import select

from app.desk import Desk
from app.sheets.plan.outcome import Choice, Decision, OnDuplicate, Outcome
from app.sheets.service import ImportOptions
from database.records import NotDuplicateRecord

NAME = "宁波海达塑料制品有限公司"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two rows: one looks like a company of the book, one like none."""
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = (["公司名称", "城市"], [NAME, "宁波"], ["义乌新星日用品厂", "义乌"])
        csv.writer(out).writerows(rows)
    return file


@pytest.fixture
def known(desk: Desk) -> int:
    """A company of the book that the first row looks like."""
    return desk.directory.add("supplier", {"name_zh": NAME, "city": "余姚"})


def decided(desk: Desk, path: Path, row: int, decision: Decision) -> dict[str, int]:
    options = ImportOptions(decisions={("a", row): decision})
    return dict(desk.sheets.commit(desk.sheets.preview(path, options)).created)


def test_a_row_said_to_be_another_is_added_and_remembered_as_no_duplicate(
    desk: Desk, path: Path, known: int
) -> None:
    assert decided(desk, path, 2, Decision(Choice.APART)) == {"supplier": 2}
    with desk._book.read() as session:
        pair = session.execute(
            select(NotDuplicateRecord.company_id, NotDuplicateRecord.other_id)
        ).one()
    assert pair[0] == known
    again = desk.sheets.commit(desk.sheets.preview(path))
    assert (again.operation, again.created) == (None, {})


def test_a_row_said_to_be_a_company_of_the_book_updates_it(
    desk: Desk, path: Path, known: int
) -> None:
    assert decided(desk, path, 3, Decision(Choice.SAME, known)) == {}
    assert len(desk.lists.ids("supplier")) == 1


def test_a_row_said_to_stay_out_stays_out(desk: Desk, path: Path) -> None:
    options = ImportOptions(decisions={("a", 2): Decision(Choice.SKIP)})
    preview = desk.sheets.preview(path, options)
    assert [row.outcome for row in preview.plan.rows] == [Outcome.SKIP, Outcome.CREATE]
    assert desk.sheets.commit(preview).created == {"supplier": 1}


def test_a_row_said_to_be_new_is_added_and_nothing_is_remembered(
    desk: Desk, path: Path, known: int
) -> None:
    assert decided(desk, path, 2, Decision(Choice.CREATE)) == {"supplier": 2}
    with desk._book.read() as session:
        assert session.scalars(select(NotDuplicateRecord.id)).all() == []


@pytest.mark.parametrize(("choice", "city"), [(Choice.SAME, "余姚"), (Choice.OVERWRITE, "宁波")])
def test_one_row_fills_empty_fields_or_wins_in_all(
    desk: Desk, path: Path, known: int, choice: Choice, city: str
) -> None:
    decided(desk, path, 2, Decision(choice, known))
    assert desk.directory_views.company(known).values["city"] == city


def test_a_decision_for_one_row_goes_before_skipping_all(
    desk: Desk, path: Path, known: int
) -> None:
    options = ImportOptions(
        on_duplicate=OnDuplicate.SKIP,
        decisions={("a", 2): Decision(Choice.OVERWRITE, known)},
    )
    desk.sheets.commit(desk.sheets.preview(path, options))
    assert desk.directory_views.company(known).values["city"] == "宁波"
