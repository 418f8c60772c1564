"""A person says what the sheets of a workbook hold, each for itself, and loses nothing said before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QComboBox

from app.desk import Desk
from app.sheets.mapping.columns import CUSTOM
from ui.imports.preview import PreviewPage
from ui.window.frame import MainWindow

Settled = Callable[[], None]
FACTORIES = ("公司名称", "城市", "联系方式", "门牌")


@pytest.fixture
def preview(window: MainWindow, settled: Settled, tmp_path: Path) -> PreviewPage:
    """Factories of two provinces on a sheet each, and goods on a third."""
    path, book = tmp_path / "a.xlsx", Workbook()
    for name, row in (
        ("浙江", ("宁波海达塑料制品有限公司", "宁波", "13805740001", "中山路1号")),
        ("广东", ("中山丁四灯具有限公司", "中山", "13805740002", "解放路2号")),
    ):
        sheet = book.create_sheet(name)
        sheet.append((*FACTORIES, "联系人"))
        sheet.append((*row, "王明"))
    goods = book.create_sheet("产品")
    goods.append(("货号", "品名", "单价", "币种"))
    goods.append(("A-1", "硅胶铲", 1.5, "USD"))
    book.remove(book["Sheet"])
    book.save(path)
    window.open_files([path])
    settled()
    found = window.pages["imports"].preview
    assert isinstance(found, PreviewPage)
    return found


def choose(box: QComboBox, data: str | None) -> None:
    place = box.findData(data)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def tabs(preview: PreviewPage) -> list[str]:
    return [preview.tables.tabText(place) for place in range(preview.tables.count())]


def test_what_one_sheet_holds_is_said_of_those_like_it_and_of_no_other(
    preview: PreviewPage, desk: Desk, settled: Settled
) -> None:
    before = tabs(preview)
    choose(preview.choices.kind, "buyers")
    settled()
    assert tabs(preview) == ["浙江 · buyers", "广东 · buyers", "产品 · products"]
    assert preview._summary.text().startswith("3 new ·")
    preview.tables.setCurrentIndex(2)
    assert preview.choices.kind.currentText() == "Recognised: products"
    preview.tables.setCurrentIndex(1)
    assert preview.choices.kind.currentText() == "buyers"
    choose(preview.choices.kind, "auto")
    settled()
    assert tabs(preview) == before
    choose(preview.choices.kind, "buyers")
    settled()
    preview.import_button.click()
    settled()
    assert (desk.lists.count("buyer"), desk.lists.count("product")) == (2, 1)


def test_columns_and_values_stay_as_they_were_said_when_the_kind_or_the_sheet_is_chosen(
    preview: PreviewPage, settled: Settled
) -> None:
    bar = preview.pane.bar
    bar.split("联系方式", ["mobile", "email"])
    settled()
    bar._choose("门牌", "note")
    settled()
    preview._set_constant("country", "DE")
    settled()
    choose(preview.choices.kind, "buyers")
    settled()
    choose(preview.choices.sheet, "浙江")
    settled()
    columns = {name: bar.choice(name).column for name in FACTORIES}
    assert columns["联系方式"].fields == ("mobile", "email")
    assert columns["门牌"].keep_as == "note"
    assert preview.constants.itemAt(0).widget().text().startswith("Country = DE")


def test_a_column_taken_for_what_the_new_kind_does_not_have_is_guessed_anew(
    preview: PreviewPage, settled: Settled
) -> None:
    bar = preview.pane.bar
    preview.tables.setCurrentIndex(2)
    bar._choose("货号", "hs_code")
    settled()
    preview.tables.setCurrentIndex(2)
    choose(preview.choices.kind, "suppliers")
    settled()
    assert bar.choice("货号").column.fields == ()
    assert bar.choice("货号").column.keep_as == CUSTOM


def test_another_sheet_with_the_same_headings_is_shown_from_its_first_row(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    path, book = tmp_path / "b.xlsx", Workbook()
    for name in ("浙江", "广东"):
        sheet = book.create_sheet(name)
        sheet.append(("公司名称", "城市"))
        for number in range(90):
            sheet.append((f"{name}丁{number}灯具有限公司", "中山"))
    book.remove(book["Sheet"])
    book.save(path)
    window.open_files([path])
    settled()
    preview = window.pages["imports"].preview
    rows = preview.pane.rows
    rows.setCurrentIndex(preview.pane.model.index(89, 1))
    assert rows.verticalScrollBar().value() > 0
    preview.tables.setCurrentIndex(1)
    assert rows.currentIndex().data() == "广东丁0灯具有限公司"
    assert rows.visualRect(rows.currentIndex()).top() >= 0
