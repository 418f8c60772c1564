"""A list that this program wrote is known again, row by row, also when somebody worked on it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.desk import Desk
from app.sheets.export.columns import KINDS, heading, headings, signatures
from app.sheets.service import ImportResult


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def again(desk: Desk, path: Path, rows: list[list[str]]) -> ImportResult:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return desk.sheets.commit(desk.sheets.preview(path))


@pytest.fixture
def listed(desk: Desk, tmp_path: Path) -> Path:
    """Two suppliers of one name and a person whose name looks like several."""
    for city in ("宁波", "义乌"):
        company = desk.directory.add("supplier", {"name_zh": "海达塑料", "city": city})
        desk.directory.add("contact", {"company_id": company, "name": "王, 李; <b>Co</b>"})
    target = tmp_path / "out.csv"
    desk.sheets.export("supplier", target)
    return target


def test_companies_of_one_name_stay_apart(desk: Desk, listed: Path) -> None:
    assert desk.sheets.commit(desk.sheets.preview(listed)).operation is None


def test_columns_and_rows_may_change_places(desk: Desk, listed: Path) -> None:
    head, *rows = rows_of(listed)
    moved = [line[::-1] for line in ([head, *rows[::-1]])]
    assert again(desk, listed, [["my list"], *moved]).operation is None


def test_a_row_added_by_hand_is_read_like_a_stranger_s(desk: Desk, listed: Path) -> None:
    head, *rows = rows_of(listed)
    said = {"company": "新光五金厂", "contact": "王小姐 13800000000", "city": "n/a"}
    added = {heading("supplier", key, "en"): value for key, value in said.items()}
    result = again(desk, listed, [head, *rows, [added.get(name, "") for name in head]])
    assert result.created == {"supplier": 1, "contact": 1}
    company = desk.directory_views.company(desk.lists.ids("supplier", where="新光")[0])
    assert company.contacts[0].values["name"] == "王小姐"
    assert company.contacts[0].points[0].values["value"] == "13800000000"
    assert company.values["city"] is None


def test_a_copied_row_with_another_name_is_another_company(desk: Desk, listed: Path) -> None:
    head, *rows = rows_of(listed)
    copy = ["新光五金厂" if cell == "海达塑料" else cell for cell in rows[0]]
    result = again(desk, listed, [head, *rows, copy])
    assert (result.created["supplier"], result.updated) == (1, {})


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_two_columns_of_a_list_have_one_heading(kind: str, language: str) -> None:
    known = headings(kind, language)
    own = [key for key in known.values() if not key.startswith("custom:")]
    assert len(own) == len(set(own))
    assert len([1 for said in signatures().values() if said == (kind, language)]) == 1


def test_namesakes_of_another_book_s_list_are_as_many_here(desk: Desk, tmp_path: Path) -> None:
    for grade in "ABC":
        company = desk.directory.add("supplier", {"name_zh": "海达塑料", "grade": grade})
        desk.directory.add("contact", {"company_id": company, "name": f"{grade}小姐"})
    target = tmp_path / "out.csv"
    desk.sheets.export("supplier", target)
    head, *rows = rows_of(target)
    numbers = [place for place, name in enumerate(head) if name.startswith("Entrepot")]
    elsewhere = [
        [f"9{cell}" if place in numbers and cell else cell for place, cell in enumerate(row)]
        for row in rows
    ]
    assert again(desk, target, [head, *elsewhere]).operation is None
    fourth = [f"9{cell}" if place in numbers else cell for place, cell in enumerate(elsewhere[0])]
    assert again(desk, target, [head, *elsewhere, fourth]).created["supplier"] == 1


def test_numbers_of_another_book_s_list_mean_nobody_here(desk: Desk, tmp_path: Path) -> None:
    """Of two namesakes the other book has the second first: by number each got the other's people."""
    ids = [
        desk.directory.add("supplier", {"name_zh": "海达塑料", "grade": grade}) for grade in "AB"
    ]
    for id_, name in zip(ids, ("王小姐", "李先生"), strict=True):
        desk.directory.add("contact", {"company_id": id_, "name": name})
    target = tmp_path / "out.csv"
    desk.sheets.export("supplier", target)
    head, *rows = rows_of(target)
    number = head.index(heading("supplier", "company_no", "en"))
    mark = rows[0][number].partition("@")[2]
    assert mark
    assert {row[number] for row in rows} == {f"{id_}@{mark}" for id_ in ids}
    for row, id_ in zip(rows, ids[::-1], strict=True):
        row[number] = f"{id_}@9c1b7e"
    assert again(desk, target, [head, *rows]).operation is None


def test_a_list_written_before_numbers_had_marks_is_this_book_s(desk: Desk, listed: Path) -> None:
    head, *rows = rows_of(listed)
    places = [place for place, name in enumerate(head) if name.startswith("Entrepot")]
    bare = [
        [cell.partition("@")[0] if place in places else cell for place, cell in enumerate(row)]
        for row in rows
    ]
    assert bare != rows
    assert again(desk, listed, [head, *bare]).operation is None
