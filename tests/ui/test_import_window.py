"""A person drops a sheet, sees what will happen, changes it, imports it and takes it back."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image as Picture
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.imports.page import ImportsPage
from ui.imports.rows_model import FIXED_COLUMNS
from ui.window.frame import MainWindow
from ui.window.toast import STAYS_MS
from ui.words import say, words

Settled = Callable[[], None]


def opened(window: MainWindow, path: Path, settled: Settled) -> ImportsPage:
    window.navigation.go("imports")
    page = window.pages["imports"]
    page.open_file(path)
    settled()
    return page


def test_a_sheet_is_previewed_imported_and_undone(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    shared_sheets: Path,
    tmp_path: Path,
) -> None:
    path = Path(shutil.copy(shared_sheets / "made/canton-fair-contacts.xlsx", tmp_path))
    page = opened(window, path, settled)
    preview = page.preview
    assert preview.pane.model.rowCount() == 42
    assert preview.import_button.hasFocus()
    assert desk.lists.count("supplier") == 0
    qtbot.keyClick(preview.import_button, Qt.Key.Key_Space)
    settled()
    assert desk.lists.count("supplier") == 41
    assert window.navigation.current.place == "suppliers"
    assert window.pages["suppliers"].isAncestorOf(QApplication.focusWidget())
    toast = window._toast
    assert toast.isVisible()
    qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    settled()
    assert desk.lists.count("supplier") == 0


def test_a_past_import_that_was_undone_says_so_and_shows_nothing_as_new(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("公司,城市,电话\n甲有限公司,宁波,0574-88888888\n", encoding="utf-8")
    page = opened(window, path, settled)
    page.preview.import_button.click()
    settled()
    window.navigation.go("imports")
    (import_id,) = desk.lists.ids("import")
    page.show_record(import_id)
    settled()
    pane, step = page.list.detail, desk.history.undoable()

    def told() -> str:
        shown = [*pane.findChildren(QLabel), *pane.findChildren(QAbstractButton)]
        return "\n".join(one.text() for one in shown if one.isVisibleTo(pane))

    assert "Show what is new: 1 supplier" in told()
    desk.history.undo(step.id)
    settled()
    assert "This import was undone" in told()
    assert "Show what is new" not in told()
    desk.history.redo()
    settled()
    assert "Show what is new: 1 supplier" in told()


def test_tab_goes_from_the_rows_of_a_preview_to_the_choices_of_their_columns(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("公司,城市,电话\n甲有限公司,宁波,0574-88888888\n", encoding="utf-8")
    pane = opened(window, path, settled).preview.pane
    boxes = [pane.bar.choice(name).box for name in ("公司", "城市", "电话")]
    pane.rows.setFocus()
    seen = []
    for _ in boxes:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == boxes


def test_a_preview_shows_the_picture_of_each_row(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    path, book = tmp_path / "pictures.xlsx", Workbook()
    book.active.append(["货号", "图片", "品名"])
    book.active.append(["A-1", None, "保温杯"])
    book.active.append(["A-2", None, "硅胶铲"])
    drawn = io.BytesIO()
    Image.new("RGB", (16, 16), "#00aa55").save(drawn, "PNG")
    book.active.add_image(Picture(drawn), "B2")
    book.save(path)
    rows = opened(window, path, settled).preview.pane.rows

    def colours() -> list[str]:
        shown = rows.viewport().grab().toImage()
        cells = [rows.visualRect(rows.model().index(n, FIXED_COLUMNS + 1)) for n in (0, 1)]
        return [shown.pixelColor(cell.center()).name() for cell in cells]

    qtbot.waitUntil(lambda: "#00aa55" in colours())
    assert colours()[0] == "#00aa55"
    assert colours()[1] != "#00aa55"


def test_a_column_is_mapped_otherwise_in_the_preview(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["公司名称", "城市", "代号"], ["甲厂有限公司", "宁波", "海"]])
    preview = opened(window, path, settled).preview
    box = preview.pane.bar.choice("代号").box
    box.setCurrentIndex(box.findData("company_short"))
    box.activated.emit(box.currentIndex())
    settled()
    preview.import_button.click()
    settled()
    (company,) = desk.lists.ids("supplier")
    assert desk.directory_views.company(company).values["short_name"] == "海"


def test_a_file_that_is_no_spreadsheet_says_so_and_leads_back(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"%PDF-1.7 not a sheet")
    page = opened(window, path, settled)
    assert page.currentWidget() is page.list
    assert "letter.xlsx" in window._toast.text.text()


def test_a_long_refusal_is_shown_whole_in_a_narrow_window_and_stays_to_be_read(
    window: MainWindow, settled: Settled
) -> None:
    window.resize(1100, 700)
    for language in ("en", "zh_CN"):
        words.use(language)
        told = say("sheets.protected", file="a price list of 2026 with a long name.xlsx")
        window.context.toast(told)
        settled()
        toast = window._toast
        assert window.rect().contains(toast.geometry())
        assert toast.text.height() >= toast.text.heightForWidth(toast.text.width())
        assert toast._timer.interval() > STAYS_MS
    window.context.toast(say("window.undo"))
    assert toast.width() < window.width() // 2
    assert toast._timer.interval() == STAYS_MS


def test_after_an_import_the_list_shows_what_is_new(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    old = desk.directory.add("supplier", {"name_zh": "乙厂有限公司"})
    path = tmp_path / "a.csv"
    path.write_text("公司名称,城市\n甲厂有限公司,宁波\n", encoding="utf-8")
    page = opened(window, path, settled)
    page.preview.import_button.click()
    settled()
    shown = window.pages["suppliers"]
    where = shown.filter.text()
    found = desk.lists.ids("supplier", where=where)
    assert len(found) == 1
    assert old not in found
    (batch,) = desk.lists.ids("import")
    shown.filter.clear()
    window.navigation.go("imports", batch)
    settled()
    page.list.detail.did.findChildren(QPushButton)[-1].click()
    settled()
    assert shown.filter.text() == where


def test_a_sheet_of_inquiries_leads_from_the_file_to_the_page_of_one(
    window: MainWindow, desk: Desk, settled: Settled, shared_sheets: Path
) -> None:
    window.open_files([shared_sheets / "made" / "buyers-inquiries-gbk.csv"])
    settled()
    window.pages["imports"].preview.import_button.click()
    settled()
    assert window.navigation.current.place == "inquiries"
    page = window.pages["inquiries"]
    settled()
    assert page.model.rowCount() == 30
    detail = desk.inquiry_views.inquiry(page.model.record_id(0))
    assert page.detail._title.text() == f"{detail.buyer} · {detail.values['subject']}"
    assert {channel for channel, _count in desk.lists.values("channel", "inquiry")} == {
        "Alibaba.com",
        "Canton Fair",
        "Website",
    }
    window.undo()
    settled()
    assert desk.lists.count("inquiry") == desk.lists.count("buyer") == 0


def sheets_in(folder: Path, *names: str) -> list[Path]:
    """A sheet with one supplier for each name."""
    files = [folder / f"{name}.csv" for name in names]
    for path in files:
        path.write_text(f"公司名称,城市\n{path.stem}厂有限公司,宁波\n", encoding="utf-8")
    return files


def test_another_file_is_chosen_by_its_key_while_one_is_in_the_preview(
    qtbot: QtBot,
    window: MainWindow,
    settled: Settled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = sheets_in(tmp_path, "first", "second")
    page = opened(window, first, settled)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(second)], ""))
    qtbot.keyClick(page.preview.import_button, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert page.preview.path == second
    page.preview.leave_button.click()
    settled()
    assert page.preview.path == first


def test_several_files_come_one_after_another_whether_imported_or_skipped(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    window.open_files(sheets_in(tmp_path, "a", "b", "c"))
    settled()
    page = window.pages["imports"]
    preview = page.preview
    assert preview.leave_button.text() == "Skip this file"
    preview.import_button.click()
    settled()
    assert preview._title.text() == "b.csv"
    preview.leave_button.click()
    settled()
    assert preview._title.text() == "c.csv"
    assert preview.leave_button.text() == "Cancel"
    preview.import_button.click()
    settled()
    assert window.navigation.current.place == "suppliers"
    assert desk.lists.count("supplier") == 2


@pytest.mark.parametrize("more", [(), ("c",)])
def test_files_that_come_while_one_is_written_are_not_passed_over(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path, more: tuple[str, ...]
) -> None:
    first, *others = sheets_in(tmp_path, "a", "b", *more)
    page = opened(window, first, settled)
    page.preview.import_button.click()
    window.open_files(others)
    settled()
    assert desk.lists.count("supplier") == 1
    assert window._toast.isVisible()
    assert window.navigation.current.place == "imports"
    assert page.currentWidget() is page.preview
    assert page.preview._title.text() == "b.csv"
    assert page.preview.import_button.isEnabled()


def test_an_import_that_is_stopped_while_another_file_comes_does_not_skip_that(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    first, other = sheets_in(tmp_path, "a", "b")
    page = opened(window, first, settled)
    stop = window.tasks.started.connect(lambda task: task.cancel())
    page.preview.import_button.click()
    window.tasks.started.disconnect(stop)
    window.open_files([other])
    settled()
    assert desk.lists.count("supplier") == 0
    assert page.currentWidget() is page.preview
    assert page.preview._title.text() == "b.csv"


def test_an_import_that_fails_once_another_file_came_is_told(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    (other,) = sheets_in(tmp_path, "a")
    letter = tmp_path / "letter.csv"
    letter.write_text("Dear friend\n\nnothing to see here\n", encoding="utf-8")
    page = opened(window, letter, settled)
    with qtbot.waitSignal(window.tasks.failed):
        # Nothing of it can be imported, which the book says too.
        page.preview._import()
        window.open_files([other])
    settled()
    assert page.preview._title.text() == "a.csv"
    assert page.preview.import_button.isEnabled()


def test_an_unreadable_file_among_several_is_told_and_the_next_one_comes(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    (good,) = sheets_in(tmp_path, "a")
    bad = tmp_path / "letter.xlsx"
    bad.write_bytes(b"%PDF-1.7 not a sheet")
    window.open_files([bad, good])
    settled()
    page = window.pages["imports"]
    assert window._toast.isVisible()
    assert page.currentWidget() is page.preview
    assert page.preview._title.text() == "a.csv"


def test_an_import_and_the_unreadable_files_after_it_are_all_told(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    (good,) = sheets_in(tmp_path, "a")
    bad = [tmp_path / "letter.xlsx", tmp_path / "photo.xlsx"]
    for path in bad:
        path.write_bytes(b"%PDF-1.7 not a sheet")
    window.open_files([good, *bad])
    settled()
    window.pages["imports"].preview.import_button.click()
    settled()
    told = window._toast.text.text().splitlines()
    assert [line.split()[0] for line in told] == ["New:", "letter.xlsx", "photo.xlsx"]
    assert window.rect().contains(window._toast.geometry())
    window._toast.action.click()
    settled()
    assert desk.lists.count("supplier") == 0


@pytest.mark.parametrize("kind", ["deals", "suppliers"])
def test_what_is_said_in_the_place_of_an_empty_list_is_not_cut(
    window: MainWindow, settled: Settled, kind: str
) -> None:
    window.navigation.go(kind)
    settled()
    page = window.pages[kind]
    text = getattr(page, "list", page)._empty_text
    assert text.isVisible()
    assert text.height() >= text.heightForWidth(text.width())
