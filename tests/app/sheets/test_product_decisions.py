"""What a person decides about a product that is in the book goes before what the import finds."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from app.desk import Desk
from app.sheets.plan.outcome import Choice, Decision, OnDuplicate, Outcome, RowPlace
from app.sheets.service import ImportOptions, Preview

SUPPLIER = "宁波海达塑料制品有限公司"
HEADINGS = ["供应商", "货号", "品名", "材质", "单价"]


def written(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADINGS, *rows])
    return path


@pytest.fixture
def known(desk: Desk, tmp_path: Path) -> int:
    """A mug of the book, which the sheet's second row has in another material."""
    first = written(tmp_path / "old.csv", [SUPPLIER, "A-1", "马克杯", "陶瓷", "3.20"])
    desk.sheets.commit(desk.sheets.preview(first))
    return desk.lists.ids("product")[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new product, then the mug."""
    return written(
        tmp_path / "a.csv",
        [SUPPLIER, "B-9", "保温杯", "不锈钢", "9.80"],
        [SUPPLIER, "A-1", "马克杯", "玻璃", "3.50"],
    )


def previewed(desk: Desk, path: Path, choice: Choice | None, known: int, **more: object) -> Preview:
    decisions = {} if choice is None else {RowPlace("a", 3): Decision(choice, product_id=known)}
    return desk.sheets.preview(path, ImportOptions(decisions=decisions, **more))


def test_a_product_of_the_book_is_shown_beside_the_row(desk: Desk, path: Path, known: int) -> None:
    preview = previewed(desk, path, None, known)
    row = preview.plan.rows[1]
    assert row.match is not None
    assert (row.match.record_id, row.match.is_product) == (known, True)
    beside = desk.sheets.beside(preview, row)
    assert beside is not None
    lines = {line.label.key.rpartition(".")[2]: line for line in beside.lines}
    material, prices = lines["material"], lines["prices"]
    assert (material.sheet, material.book, material.is_conflict) == (("玻璃",), ("陶瓷",), True)
    assert (prices.sheet, prices.book) == (("3.5 CNY",), ("3.2 CNY",))
    assert not lines["item_number"].is_news


@pytest.mark.parametrize(
    ("choice", "material"), [(None, "陶瓷"), (Choice.SAME, "陶瓷"), (Choice.OVERWRITE, "玻璃")]
)
def test_one_row_fills_empty_fields_of_its_product_or_wins_in_all(
    desk: Desk, path: Path, known: int, choice: Choice | None, material: str
) -> None:
    desk.sheets.commit(previewed(desk, path, choice, known))
    product = desk.directory_views.product(known)
    assert product.values["material"] == material
    assert {price.values["amount"] for price in product.prices} == {Decimal("3.2"), Decimal("3.5")}


def test_a_product_said_to_be_another_is_added_with_the_same_number(
    desk: Desk, path: Path, known: int
) -> None:
    preview = previewed(desk, path, Choice.CREATE, known)
    assert [row.outcome for row in preview.plan.rows] == [Outcome.CREATE, Outcome.CREATE]
    assert desk.sheets.commit(preview).created["product"] == 2
    assert desk.directory_views.product(known).values["material"] == "陶瓷"
    assert len(desk.lists.ids("supplier")) == 1


def test_a_decision_about_a_product_goes_before_what_is_done_with_all(
    desk: Desk, path: Path, known: int
) -> None:
    skipped = previewed(desk, path, Choice.OVERWRITE, known, on_duplicate=OnDuplicate.SKIP)
    assert skipped.plan.rows[1].outcome is Outcome.UPDATE
    left_out = previewed(desk, path, Choice.SKIP, known)
    assert left_out.plan.rows[1].outcome is Outcome.SKIP
