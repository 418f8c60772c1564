"""A person looks at some rows of a sheet, and says of single ones what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.sheets.service import ImportOptions
from ui.directory.custom_fields import show_custom
from ui.forms.sections import Section
from ui.imports.page import ImportsPage
from ui.imports.preview import PreviewPage
from ui.imports.rows_model import FIXED_COLUMNS, WHY, RowFilter
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]
SHIFT_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def opened(window: MainWindow, path: Path, text: str, settled: Settled) -> PreviewPage:
    path.write_text(text, encoding="utf-8")
    window.navigation.go("imports")
    page = window.pages["imports"]
    assert isinstance(page, ImportsPage)
    page.open_file(path)
    settled()
    return page.preview


def told_beside(preview: PreviewPage) -> list[str]:
    """What is said beside the cells of each row."""
    model, side = preview.pane.model, Qt.Orientation.Vertical
    return [str(model.headerData(row, side)) for row in range(model.rowCount())]


def test_a_row_joined_to_a_namesake_is_parted_with_the_keyboard(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    text = "Company,City\nSunrise Trading,Hamburg\nSunrise Trading,Mumbai\n"
    preview = opened(window, tmp_path / "a.csv", text, settled)
    pane = preview.pane
    assert told_beside(preview) == ["Row 2: New", "Row 3: Joined"]
    pane.rows.setFocus()
    assert not pane.actions_of_row["part"].isEnabled()
    qtbot.keyClick(pane.rows, Qt.Key.Key_Down)
    assert pane.actions_of_row["part"].text() in pane.words.text()
    qtbot.keyClick(pane.rows, Qt.Key.Key_D, SHIFT_CONTROL)
    settled()
    assert told_beside(preview)[1] == "Row 3: New"
    assert "of its own" in str(pane.model.index(1, WHY).data())
    assert not pane.rows.isColumnHidden(WHY)
    preview.import_button.click()
    settled()
    assert desk.lists.count("supplier", where="Sunrise") == 2


def test_another_file_is_shown_with_all_its_rows(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, tmp_path / "a.csv", "Company,City\nA Ltd,Ulm\n,Bonn\n", settled)
    pane = preview.pane
    pane.filters[RowFilter.PROBLEMS].click()
    assert pane.model.rowCount() == 1
    opened(window, tmp_path / "b.csv", "Company,City\nB Ltd,Ulm\nC Ltd,Bonn\n", settled)
    assert pane.model.rowCount() == 2
    assert pane.filters[RowFilter.ALL].isChecked()


def test_what_a_record_has_no_field_for_goes_by_its_name_in_the_language_of_the_window(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Supplier,City,MOQ,Luck\nHaida Ltd,Ningbo,500 pcs,big\n", encoding="utf-8")
    desk.sheets.commit(desk.sheets.preview(path))
    custom = desk.directory_views.company(desk.lists.ids("supplier")[0]).custom
    assert set(custom) == {"moq", "Luck"}
    for language, name in (("en", "MOQ"), ("zh_CN", "起订量"), ("en", "MOQ")):
        words.use(language)
        section = Section("")
        qtbot.addWidget(section)
        show_custom(section, custom)
        assert {name, "Luck"} <= {label.text() for label in section.findChildren(QLabel)}


def test_a_person_points_at_the_row_with_the_headings_and_back(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    text = "Company,City\nSunrise Trading,Hamburg\nMoonlight Trading,Mumbai\n"
    preview = opened(window, tmp_path / "a.csv", text, settled)
    kind, box = preview.choices.kind, preview.choices.headings
    kind.setCurrentIndex(kind.findData("suppliers"))
    kind.activated.emit(kind.currentIndex())
    settled()
    assert box.currentText() == "Recognised"
    assert preview.pane.model.index(0, FIXED_COLUMNS).data() == "Sunrise Trading"
    for row, top in ((2, "Moonlight Trading"), (None, "Sunrise Trading")):
        box.setCurrentIndex(box.findData(row))
        box.activated.emit(box.currentIndex())
        settled()
        assert preview.pane.model.index(0, FIXED_COLUMNS).data() == top


def test_a_row_of_headings_is_told_as_remembered_and_the_person_can_choose_otherwise(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    text = "Company,City\nTrader,Town\nSunrise Trading,Hamburg\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    told = ImportOptions(kind="suppliers", heading_row=2)
    desk.sheets.commit(desk.sheets.preview(tmp_path / "a.csv", told))
    preview = opened(window, tmp_path / "b.csv", text, settled)
    box = preview.choices.headings
    assert box.currentData() == 2
    assert preview._notes.text().startswith("Row 2 is taken as the headings, as in an earlier")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    settled()
    assert box.currentText() == "Recognised"
    assert "Row 2" not in preview._notes.text()
    assert preview.pane.model.rowCount() == 2


def test_among_the_problems_the_hand_stands_on_the_cell_to_correct(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    text = "Company,City,Email\nSunrise Trading,Hamburg,a@sunrise.de\nMoonlight,Mumbai,b moon\n"
    preview = opened(window, tmp_path / "a.csv", text, settled)
    preview.pane.filters[RowFilter.PROBLEMS].click()
    current = preview.pane.rows.currentIndex()
    assert (current.row(), current.data()) == (0, "b moon")


def test_once_a_problem_is_corrected_the_hand_stands_on_the_next_one(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    names = ("Sunrise", "Moonlight", "Starlight", "Daylight")
    rows = "".join(
        f"{name} Trading,Hamburg,b {name}\n{name} Metal,Essen,a@{name}.de\n" for name in names
    )
    preview = opened(window, tmp_path / "a.csv", f"Company,City,Email\n{rows}", settled)
    pane = preview.pane
    pane.filters[RowFilter.PROBLEMS].click()
    pane.rows.setFocus()

    def correct() -> object:
        pane.model.setData(pane.rows.currentIndex(), "a@b.de")
        settled()
        return pane.rows.currentIndex().data()

    qtbot.keyClick(pane.rows, Qt.Key.Key_Down)
    assert correct() == "b Starlight"
    assert correct() == "b Daylight"
    assert correct() == "b Sunrise"
    assert pane.rows.hasFocus()


def test_a_sheet_of_no_known_kind_shows_what_it_holds(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    preview = opened(window, tmp_path / "a.csv", "Alpha,Beta\n1,x\n2,y\n3,z\n", settled)
    assert not preview.import_button.isEnabled()
    model = preview.pane.model
    cells = [model.index(row, FIXED_COLUMNS + 1).data() for row in range(model.rowCount())]
    assert cells == ["x", "y", "z"]


def test_two_tables_of_one_sheet_are_told_apart_by_their_row(
    window: MainWindow, settled: Settled, shared_sheets: Path
) -> None:
    window.open_files([shared_sheets / "hostile" / "pollock-multitable.csv"])
    settled()
    bar = window.pages["imports"].preview.tables
    tabs = [bar.tabText(place) for place in range(bar.count())]
    assert tabs[0] == "pollock-multitable, from row 1 · products"
    assert len(set(tabs)) == len(tabs) == 2
