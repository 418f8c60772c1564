"""A person corrects cells, decides about duplicates and maps columns in the preview, before the import."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.sheets.export.columns import TEMPLATE_FIELDS
from app.sheets.plan.outcome import Choice, OnDuplicate, Outcome
from ui.imports.column_dialogs import ConstantDialog, SplitDialog
from ui.imports.decide_dialog import DecideDialog
from ui.imports.page import ImportsPage
from ui.imports.past_import import PastImportPane
from ui.imports.preview import PreviewPage
from ui.imports.rows_model import FIXED_COLUMNS, WHY, RowFilter
from ui.window.frame import MainWindow

Settled = Callable[[], None]
HAIDA = "宁波海达塑料制品有限公司"
ROWS = (
    ["公司名称", "城市", "邮箱", "联系方式"],
    [HAIDA, "宁波", "a@haida.cn", "13800000001"],
    ["", "义乌", "b@xinxing.cn", "13800000002"],
    ["金华甲五金厂", "金华", "c@jin.cn", "13800000003"],
    ["金华乙五金厂", "金华", "d@jinyi.cn", "13800000004"],
    ["金华丙五金厂", "金华", "e@jinbing.cn", "13800000005"],
)


def written(folder: Path, rows: Sequence[Sequence[str]] = ROWS, encoding: str = "utf-8") -> Path:
    path = folder / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def opened(window: MainWindow, path: Path, settled: Settled) -> PreviewPage:
    window.navigation.go("imports")
    page = window.pages["imports"]
    assert isinstance(page, ImportsPage)
    page.open_file(path)
    settled()
    return page.preview


def dialog_of(kind: type[QDialog]) -> QDialog:
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    return found


def shown(preview: PreviewPage, row: int, column: int) -> str:
    return str(preview.pane.model.index(row, column).data())


def outcome(preview: PreviewPage, row: int) -> str:
    return str(preview.pane.model.headerData(row, Qt.Orientation.Vertical)).partition(": ")[2]


@pytest.fixture
def haida(desk: Desk) -> int:
    """A company of the book that the first row is."""
    return desk.directory.add("supplier", {"name_zh": HAIDA, "city": "余姚", "country": "CN"})


def test_vendors_of_a_comparison_show_the_inquiry_they_answer_before_and_after(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    rows = (
        ["Project: Dormitory", "", "", ""],
        ["Item", "Qty", "Alpha Co., Ltd.", "Beta Co., Ltd."],
        ["Mug", "1000", "1.2", "1.1"],
        ["Cup", "500", "2.3", "2.1"],
    )
    path = written(tmp_path, rows)
    preview = opened(window, path, settled)
    assert "a new inquiry with 2 lines: Dormitory" in preview._summary.text()
    qtbot.keyClick(preview.import_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    (inquiry,) = desk.lists.ids("inquiry")
    assert [len(line.cells) for line in desk.comparisons.compare(inquiry).lines] == [2, 2]
    again = opened(window, path, settled)
    assert "an inquiry of the book: Dormitory" in again._summary.text()


def test_an_error_is_corrected_in_its_cell_with_the_keyboard(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, written(tmp_path), settled)
    pane = preview.pane
    assert outcome(preview, 1) == "Rejected"
    assert "Company is missing" in shown(preview, 1, WHY)
    pane.filters[RowFilter.PROBLEMS].click()
    assert pane.model.rowCount() == 1
    pane.rows.setCurrentIndex(pane.model.index(0, FIXED_COLUMNS))
    assert "Company is missing" in pane.words.text()
    pane.rows.setFocus()
    qtbot.keyClick(pane.rows, Qt.Key.Key_F2)
    editor = pane.rows.findChild(QLineEdit)
    assert editor is not None
    editor.setText("义乌新星日用品厂")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    assert pane.model.count(RowFilter.PROBLEMS) == 0
    pane.filters[RowFilter.ALL].click()
    assert outcome(preview, 1) == "New"
    preview.import_button.click()
    settled()
    assert desk.lists.count("supplier", where="义乌新星") == 1


def test_a_correction_closes_no_other_cell_and_moves_nothing(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    rows = [ROWS[0], *([f"金华{n}号五金厂", "金华", f"c@jin{n}.cn", ""] for n in range(1, 300))]
    preview = opened(window, written(tmp_path, rows), settled)
    pane = preview.pane
    pane.rows.setFocus()
    pane.rows.scrollTo(pane.model.index(200, FIXED_COLUMNS))
    top = pane.rows.verticalScrollBar().value()
    assert top > 0
    pane.model.setData(pane.model.index(200, FIXED_COLUMNS), "")
    pane.rows.setCurrentIndex(pane.model.index(199, FIXED_COLUMNS + 1))
    qtbot.keyClick(pane.rows, Qt.Key.Key_F2)
    editor = pane.rows.findChild(QLineEdit)
    assert editor is not None
    editor.setText("永康")
    settled()
    assert pane.model.count(RowFilter.PROBLEMS) == 1
    assert editor.isVisible()
    assert editor.text() == "永康"
    assert pane.rows.verticalScrollBar().value() == top
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    assert shown(preview, 199, FIXED_COLUMNS + 1) == "永康"
    assert outcome(preview, 200) == "Rejected"
    assert pane.rows.verticalScrollBar().value() == top


def test_a_column_mapped_with_the_keyboard_keeps_the_keyboard(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, written(tmp_path), settled)
    bar = preview.pane.bar
    box = bar.choice("城市").box
    box.setFocus()
    qtbot.keyClicks(box, "Province")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    box.activated.emit(box.currentIndex())
    settled()
    qtbot.waitUntil(lambda: not bar.making.is_active)
    anew = bar.choice("城市").box
    assert anew.currentText() == "Province"
    assert anew.hasFocus()


def test_a_correction_is_taken_back_and_a_row_left_out(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, written(tmp_path), settled)
    pane = preview.pane
    pane.model.setData(pane.model.index(2, FIXED_COLUMNS + 1), "永康")
    settled()
    assert shown(preview, 2, FIXED_COLUMNS + 1) == "永康"
    tip = pane.model.index(2, FIXED_COLUMNS + 1).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "In the sheet: 金华"
    pane.rows.setCurrentIndex(pane.model.index(2, FIXED_COLUMNS))
    pane.actions_of_row["leave"].trigger()
    settled()
    assert outcome(preview, 2) == "Skipped"
    assert pane.rows.currentIndex().row() == 2
    pane.actions_of_row["back"].trigger()
    settled()
    assert outcome(preview, 2) == "New"
    assert shown(preview, 2, FIXED_COLUMNS + 1) == "金华"


def test_rows_that_only_repeat_each_other_offer_no_comparison_with_the_book(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, written(tmp_path, [*ROWS, ROWS[1]]), settled)
    assert not preview.pane.decide_button.isEnabled()


def test_duplicates_are_decided_side_by_side_with_the_keyboard(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path, haida: int
) -> None:
    other = desk.directory.add("supplier", {"name_zh": "金华甲五金厂", "city": "东阳"})
    preview = opened(window, written(tmp_path), settled)
    qtbot.keyClick(preview.pane.rows, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settled()
    dialog = dialog_of(DecideDialog)
    assert isinstance(dialog, DecideDialog)
    assert "1 of 2" in dialog._where.text()
    assert HAIDA in dialog._sure.text()
    assert "Same name" in dialog._reasons.text()
    told = {
        dialog.table.item(row, 0).text(): (
            dialog.table.item(row, 1).text(),
            dialog.table.item(row, 2).text(),
        )
        for row in range(dialog.table.rowCount())
    }
    assert told["City"] == ("宁波", "余姚")
    assert told["Email"] == ("a@haida.cn", "")
    dialog.only_differing.click()
    assert dialog.table.rowCount() < len(told)
    qtbot.keyClick(dialog, Qt.Key.Key_2)
    settled()
    assert "2 of 2" in dialog._where.text()
    qtbot.keyClick(dialog, Qt.Key.Key_PageUp)
    assert dialog.choices[Choice.OVERWRITE].isChecked()
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown)
    qtbot.keyClick(dialog, Qt.Key.Key_5)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert outcome(preview, 0) == "Updated"
    assert outcome(preview, 2) == "New"
    preview.import_button.click()
    settled()
    assert desk.directory_views.company(haida).values["city"] == "宁波"
    assert desk.directory_views.company(other).values["city"] == "东阳"
    assert desk.lists.count("supplier", where="金华甲五金厂") == 2


def test_a_product_of_the_book_is_decided_about_side_by_side(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    heads = ["供应商", "货号", "品名", "材质", "单价"]
    for material in ("陶瓷", "玻璃"):
        rows = [heads, [HAIDA, "B-9", "杯", material, "9"], [HAIDA, "A-1", "马克杯", material, "3"]]
        preview = opened(window, written(tmp_path, rows), settled)
        if material == "陶瓷":
            preview.import_button.click()
            settled()
    preview.pane.rows.setCurrentIndex(preview.pane.model.index(1, FIXED_COLUMNS))
    preview.pane.decide_button.click()
    dialog = dialog_of(DecideDialog)
    assert isinstance(dialog, DecideDialog)
    settled()
    texts = {dialog.table.item(row, 1).text() for row in range(dialog.table.rowCount())}
    assert "玻璃" in texts
    assert not dialog.choices[Choice.APART].isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_2)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    preview.import_button.click()
    settled()
    materials = {
        str(desk.directory_views.product(id_).values["material"])
        for id_ in desk.lists.ids("product")
    }
    assert materials == {"陶瓷", "玻璃"}


def test_one_choice_is_taken_for_the_rest(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path, haida: int
) -> None:
    for name in ("甲", "乙", "丙"):
        desk.directory.add("supplier", {"name_zh": f"金华{name}五金厂"})
    preview = opened(window, written(tmp_path), settled)
    preview.pane.decide_button.click()
    settled()
    dialog = dialog_of(DecideDialog)
    assert isinstance(dialog, DecideDialog)
    dialog.choices[Choice.SKIP].click()
    dialog.rest.click()
    settled()
    dialog.accept()
    settled()
    found = preview._preview.counts if preview._preview else {}
    assert (found[Outcome.SKIP], found[Outcome.UPDATE], found[Outcome.CREATE]) == (4, 0, 0)


def test_columns_are_joined_kept_as_a_note_and_left_out_from_their_menu(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    rows = [
        ["公司名称", "城市", "路", "门牌", "印象", "密"],
        ["甲厂有限公司", "宁波", "人民路", "8号", "老板热情", "x1"],
        ["乙厂有限公司", "义乌", "解放路", "9号", "一般", "x2"],
    ]
    preview = opened(window, written(tmp_path, rows), settled)
    bar = preview.pane.bar
    bar.choice("路").chosen.emit("路", "address")
    settled()
    join = next(a for a in bar.choice("门牌").menu().actions() if a.text() == "Join with")
    next(a for a in join.menu().actions() if a.text() == "路").trigger()
    settled()
    assert bar.choice("门牌").box.currentData() == "address"
    for name, label in (("印象", "As note"), ("密", "Leave out")):
        next(a for a in bar.choice(name).menu().actions() if a.text() == label).trigger()
        settled()
    preview.import_button.click()
    settled()
    company = desk.directory_views.company(desk.lists.ids("supplier", where="甲厂")[0])
    assert [a.values["lines"] for a in company.addresses] == ["人民路 8号"]
    assert "老板热情" in str(company.notes[0].values["text"])
    assert "密" not in company.custom


def test_a_column_is_split_and_all_rows_get_a_value(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    rows = [
        ["公司名称", "怎么找"],
        ["甲厂有限公司", "13800000001 a@jia.cn"],
        ["乙厂有限公司", "13800000002 b@yi.cn"],
    ]
    preview = opened(window, written(tmp_path, rows), settled)
    preview.pane.bar.split_asked.emit("怎么找")
    split = dialog_of(SplitDialog)
    assert isinstance(split, SplitDialog)
    for box, key in zip(split.boxes, ("mobile", "email"), strict=False):
        box.setCurrentIndex(box.findData(key))
    split.accept()
    settled()
    preview.pane.constant_button.click()
    constant = dialog_of(ConstantDialog)
    assert isinstance(constant, ConstantDialog)
    constant.field.setCurrentIndex(constant.field.findData("source"))
    constant.value.setText("广交会")
    constant.accept()
    settled()
    assert preview.constants.count() == 2
    preview.import_button.click()
    settled()
    company = desk.directory_views.company(desk.lists.ids("supplier", where="甲厂")[0])
    assert company.values["source"] == "广交会"
    assert {p.values["kind"] for p in company.points} == {"mobile", "email"}


def test_what_was_said_of_a_layout_is_kept_when_one_more_column_is_changed(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    rows = [
        ["公司名称", "城市", "代号", "圈"],
        ["甲厂有限公司", "宁波", "海", "一"],
        ["乙厂有限公司", "义乌", "山", "二"],
    ]
    preview = opened(window, written(tmp_path, rows), settled)
    preview.pane.bar.choice("代号").chosen.emit("代号", "company_short")
    settled()
    preview.import_button.click()
    settled()
    preview = opened(window, written(tmp_path, rows), settled)
    assert preview.pane.bar.choice("代号").box.currentData() == "company_short"
    preview.pane.bar.choice("圈").chosen.emit("圈", "grade")
    settled()
    assert preview.pane.bar.choice("代号").box.currentData() == "company_short"
    assert preview.pane.bar.choice("圈").box.currentData() == "grade"


def test_a_plan_that_is_stopped_leaves_the_one_before(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, written(tmp_path), settled)
    before = preview._preview
    preview.choices.changed.emit({"on_duplicate": OnDuplicate.SKIP})
    assert preview._running is not None
    preview._running.cancel()
    settled()
    assert preview.import_button.isEnabled()
    assert preview._preview is not None
    assert preview._options == preview._preview.options
    assert before is not None


def test_an_import_that_is_stopped_can_be_started_again(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, written(tmp_path), settled)
    window.tasks.started.connect(lambda task: task.cancel())
    preview.import_button.click()
    settled()
    assert desk.lists.count("supplier") == 0
    assert preview.import_button.isEnabled()


def test_the_encoding_is_shown_and_changed(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, written(tmp_path, encoding="gb18030"), settled)
    assert preview.choices.encoding.isVisible()
    assert preview.choices.encoding.currentData() == "gb18030"
    assert not preview.choices.sheet.isVisible()
    preview.choices.changed.emit({"encoding": "cp1252"})
    settled()
    assert HAIDA not in shown(preview, 0, FIXED_COLUMNS)
    preview.choices.changed.emit({"encoding": "gb18030"})
    settled()
    assert shown(preview, 0, FIXED_COLUMNS) == HAIDA


def test_each_table_of_a_workbook_is_shown(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    first, second = book.active, book.create_sheet("客户")
    first.title = "供应商"
    for row in ROWS:
        first.append(row)
    for row in (["客户名称", "国家"], ["Nordic Home AB", "Sweden"], ["Casa SL", "Spain"]):
        second.append(row)
    path = tmp_path / "two.xlsx"
    book.save(path)
    preview = opened(window, path, settled)
    assert preview.tables.count() == 2
    assert preview.pane.model.rowCount() == 5
    preview.tables.setCurrentIndex(1)
    assert [shown(preview, row, FIXED_COLUMNS) for row in range(2)] == ["Nordic Home AB", "Casa SL"]


def test_a_past_import_tells_what_was_corrected_and_opens_its_rejected_rows(
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    preview = opened(window, written(tmp_path), settled)
    preview.pane.model.setData(preview.pane.model.index(2, FIXED_COLUMNS + 1), "永康")
    settled()
    preview.import_button.click()
    settled()
    window.navigation.go("imports")
    page = window.pages["imports"]
    page.show_record(desk.lists.ids("import")[0])
    settled()
    pane = page.list.detail
    assert isinstance(pane, PastImportPane)
    texts = [label.text() for label in pane.corrections.findChildren(QLabel)]
    assert "城市, row 4: 金华 → 永康" in texts
    asked: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: asked.append(Path(url.toLocalFile()))
    )
    assert pane.open_rejected.text() == "Open the rejected rows (1)"
    pane.open_rejected.click()
    assert asked[0].exists()
    again = desk.sheets.preview(asked[0])
    assert [row.outcome for row in again.plan.rows] == [Outcome.REJECT]


def test_rejected_rows_are_opened_and_the_import_is_still_undone(
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: asked.append(Path(url.toLocalFile()))
    )
    preview = opened(window, written(tmp_path), settled)
    preview.import_button.click()
    settled()
    assert desk.lists.count("supplier") > 0
    toast = window._toast
    assert toast.beside.text() == "Open the rejected rows (1)"
    toast.beside.click()
    assert asked[0].exists()
    assert toast.isVisible()
    toast.action.click()
    settled()
    assert desk.lists.count("supplier") == 0
    assert not toast.beside.isVisible()


def test_an_empty_sheet_is_written_for_each_kind(
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "empty"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(target), ""))
    page = window.pages["imports"]
    for kind in TEMPLATE_FIELDS:
        page._ask_template(kind)
        settled()
        assert window._toast.isVisible()
        written_file = target.with_suffix(".xlsx")
        _book, tables = desk.sheets.understand(written_file)
        assert len(tables) <= 1
        written_file.unlink()
