"""What a person decides about single rows goes before what the import finds, and is remembered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy import select

from app.desk import Desk
from app.kernel.errors import AppError
from app.sheets.mapping import Overrides
from app.sheets.plan.outcome import Choice, Decision, OnDuplicate, Outcome, RowPlace
from app.sheets.service import ImportOptions, Preview
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
    options = ImportOptions(decisions={RowPlace("a", row): decision})
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
    options = ImportOptions(decisions={RowPlace("a", 2): Decision(Choice.SKIP)})
    preview = desk.sheets.preview(path, options)
    assert [row.outcome for row in preview.plan.rows] == [Outcome.SKIP, Outcome.CREATE]
    assert desk.sheets.commit(preview).created == {"supplier": 1}


def test_a_row_said_to_be_new_is_added_and_nothing_is_remembered(
    desk: Desk, path: Path, known: int
) -> None:
    assert decided(desk, path, 2, Decision(Choice.CREATE)) == {"supplier": 2}
    with desk._book.read() as session:
        assert session.scalars(select(NotDuplicateRecord.id)).all() == []


@pytest.mark.parametrize(
    "rows",
    [
        [["公司名称", "城市"], [NAME, "宁波"], [NAME, "义乌"], [NAME, "余姚"]],
        [["公司名称", "城市"], [NAME, "义乌"], [NAME, "宁波"], [NAME, "余姚"], [NAME, "义乌"]],
        [
            ["Company", "City"],
            ["Sunrise Trading", "Hamburg"],
            ["Sunrise Trading", "Mumbai"],
            ["Sunrise Trading", "Cairo"],
        ],
        [["公司名称", "电话"], *([NAME, f"0574-8765432{n}"] for n in range(3))],
        [["公司名称", "网址"], *([NAME, f"www.haida{n}.cn"] for n in range(3))],
        [["Company", "Address"], *(["Sun Ltd", f"{n} Road, {n}0115 X"] for n in "123")],
    ],
)
def test_rows_parted_from_one_of_their_name_stay_companies_of_their_own(
    desk: Desk, tmp_path: Path, rows: list[list[str]]
) -> None:
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    parted = {RowPlace("a", row): Decision(Choice.CREATE) for row in (3, 4)}
    first = desk.sheets.preview(file, ImportOptions(decisions=parted))
    assert desk.sheets.commit(first).created["supplier"] == 3
    again = desk.sheets.preview(file)
    assert [row.outcome for row in again.plan.rows][:3] == [Outcome.UNCHANGED] * 3
    assert not any(row.problems for row in again.plan.rows)
    assert desk.sheets.commit(again).operation is None
    assert desk.directory_views.likely_duplicates() == ()


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
        decisions={RowPlace("a", 2): Decision(Choice.OVERWRITE, known)},
    )
    desk.sheets.commit(desk.sheets.preview(path, options))
    assert desk.directory_views.company(known).values["city"] == "宁波"


@pytest.fixture
def offers(tmp_path: Path) -> Path:
    """Two vendors' prices beside each other: each row of the sheet holds two offers."""
    file = tmp_path / "a.csv"
    heading = ["Item description", "Qty", "Alpha Co., Ltd.", "Beta Co., Ltd."]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heading, ["Mug", 10, 1.2, 1.1], ["Cup", 20, 2.3, 2.1]])
    return file


def test_one_vendors_offer_is_left_out_and_the_others_in_the_row_stay(
    desk: Desk, offers: Path
) -> None:
    rows = desk.sheets.preview(offers).plan.rows
    assert [row.record.number for row in rows] == [2, 2, 3, 3]
    decisions = {rows[1].place: Decision(Choice.SKIP)}
    preview = desk.sheets.preview(offers, ImportOptions(decisions=decisions))
    happens = [row.outcome is Outcome.SKIP for row in preview.plan.rows]
    assert happens == [False, True, False, False]


def test_a_vendor_said_to_be_a_supplier_of_the_book_is_that_one_alone(
    desk: Desk, offers: Path
) -> None:
    known = desk.directory.add("supplier", {"name_en": "Beta Trading House"})
    rows = desk.sheets.preview(offers).plan.rows
    decisions = {row.place: Decision(Choice.SAME, known) for row in rows[1::2]}
    desk.sheets.commit(desk.sheets.preview(offers, ImportOptions(decisions=decisions)))
    names = {desk.directory_views.company(i).values["name_en"] for i in desk.lists.ids("supplier")}
    assert names == {"Beta Trading House", "Alpha Co., Ltd."}


def test_tables_side_by_side_are_decided_on_apart(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    head = ["Company", "E-mail", "City"]
    rows = [[f"Left {n} Ltd.", f"a@left{n}.com", "Bonn"] for n in range(4)]
    beside = [[f"Right {n} Ltd.", f"a@right{n}.com", "Köln"] for n in range(4)]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [*left, "", "", *right]
            for left, right in zip([head, *rows], [head, *beside], strict=True)
        )
    planned = desk.sheets.preview(file).plan.rows
    second = next(row for row in planned if row.title == "Right 0 Ltd.")
    options = ImportOptions(decisions={second.place: Decision(Choice.SKIP)})
    rows = desk.sheets.preview(file, options).plan.rows
    assert [row.record.raw[0] for row in rows if row.outcome is Outcome.SKIP] == ["Right 0 Ltd."]


def test_a_person_of_the_book_who_comes_with_another_company_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    head = ["公司名称", "联系人", "手机", "邮箱"]

    def previewed(*rows: list[str]) -> Preview:
        file = tmp_path / "people.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, *rows])
        return desk.sheets.preview(file)

    first = ["宁波海达塑料制品有限公司", "王丽", "13800000001", "wangli@haida.example"]
    desk.sheets.commit(previewed(first))
    moved = ["义乌新星日用品厂", "王丽", "13800000001", "wl@xinxing.example"]
    namesake = ["永康明达五金厂", "王丽", "13900000009", ""]
    colleague = ["杭州明远贸易有限公司", "李强", "13800000001", ""]
    preview = previewed(first, moved, namesake, colleague)
    told = [
        [p.message.params for p in row.problems if p.message.key == "mapping.person_is_elsewhere"]
        for row in preview.plan.rows
    ]
    assert told == [
        [],
        [{"person": "王丽", "company": first[0], "shared": "13800000001"}],
        [],
        [],
    ]
    desk.sheets.commit(preview)
    again = previewed(first, moved)
    assert [row.outcome for row in again.plan.rows] == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert not any(row.problems for row in again.plan.rows)


def test_a_person_without_a_company_shows_no_stand_in_beside_the_company_of_the_book(
    desk: Desk, tmp_path: Path
) -> None:
    desk.directory.add("supplier", {"name_zh": "义乌新星日用品有限公司", "website": "xinxing.cn"})
    file = tmp_path / "a.csv"
    file.write_text("公司名称,姓,名,邮箱\n,李,朗,b@xinxing.cn\n", encoding="utf-8")
    preview = desk.sheets.preview(file)
    (row,) = preview.plan.rows
    assert row.match is not None
    beside = desk.sheets.beside(preview, row)
    assert beside is not None
    news = [value for line in beside.lines if line.is_news for value in line.sheet]
    assert "李朗" in news
    assert news.count("b@xinxing.cn") == 1


def test_a_mistyped_country_for_all_rows_is_refused_in_words(desk: Desk, path: Path) -> None:
    options = ImportOptions(overrides=Overrides(constants={"country": "Chinna"}))
    with pytest.raises(AppError) as refused:
        desk.sheets.preview(path, options)
    assert refused.value.message.key == "mapping.constant_not_understood"
