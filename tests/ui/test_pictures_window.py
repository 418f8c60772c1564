"""A person adds pictures to a product or company, looks at them, puts them in order, removes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from open_window import drop
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.sheets.reading.pictures import SafePicture
from app.trouble import trouble_of
from ui.directory.large_picture import LargePicture
from ui.directory.pictures import PictureSection
from ui.lists.delegates import scaled
from ui.window.frame import MainWindow

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def image(colour: str) -> QImage:
    made = QImage(60, 40, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


def file_of(colour: str, folder: Path) -> Path:
    path = folder / f"{colour}.png"
    image(colour).save(str(path))
    return path


@pytest.fixture
def product(desk: Desk) -> int:
    return desk.directory.add("product", {"name_zh": "保温壶"})


def hung(desk: Desk, product: int, folder: Path, *colours: str) -> tuple[int, ...]:
    contents = (file_of(colour, folder).read_bytes() for colour in colours)
    return desk.pictures.hang("product", product, [SafePicture(c, "image/png") for c in contents])


def shown(window: MainWindow, place: str, record_id: int, settled: Settled) -> PictureSection:
    window.navigation.go(place, record_id)
    settled()
    section: PictureSection = window.pages[place].detail.pictures
    return section


def test_a_pasted_picture_is_the_products_and_stands_in_the_list(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, product: int
) -> None:
    section = shown(window, "products", product, settled)
    section.add_button.setFocus()
    QGuiApplication.clipboard().setImage(image("red"))
    qtbot.keyClick(section.add_button, Qt.Key.Key_V, CTRL)
    settled()
    (tile,) = section.tiles
    (kept,) = desk.pictures.of("product", product)
    assert QImage(str(desk.picture_path(kept.sha256))).pixelColor(5, 5) == QColor("red")
    assert tile.accessibleName() == "Picture 1 of 1"
    assert desk.files.of("product", product) == ()
    model = window.pages["products"].model
    column = [field.key for field in model.fields].index("picture")
    assert model._rows[product][column] == kept.sha256
    window._toast.action.click()
    settled()
    assert section.tiles == []


def test_dropped_and_chosen_pictures_are_added_and_what_is_none_is_told(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    section = shown(window, "suppliers", supplier, settled)
    page = window.pages["suppliers"].detail
    assert drop(page, file_of("blue", tmp_path), file_of("green", tmp_path))
    menu = page.findChildren(QMenu)[-1]
    choices = {action.text(): action for action in menu.actions()}
    assert list(choices) == ["Add as pictures (2)", "Attach here (2 files)"]
    choices["Add as pictures (2)"].trigger()
    settled()
    assert len(section.tiles) == 2
    assert drop(section, file_of("red", tmp_path))
    settled()
    assert len(section.tiles) == 3
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    section.add_button.click()
    dialog = section.findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "broken.jpg")])
    dialog.reject()
    settled()
    assert len(desk.pictures.of("supplier", supplier)) == 3
    assert "broken.jpg" in window._toast.text.text()


def test_pictures_are_put_in_order_and_removed_by_the_keyboard(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, product: int, tmp_path: Path
) -> None:
    first, second, third = hung(desk, product, tmp_path, "red", "blue", "green")
    section = shown(window, "products", product, settled)
    section.tiles[1].setFocus()
    qtbot.keyClick(section.tiles[1], Qt.Key.Key_Left, CTRL)
    settled()
    assert [tile.picture.id for tile in section.tiles] == [second, first, third]
    assert QApplication.focusWidget() is section.tiles[0]
    assert section.tiles[0].accessibleName() == "Picture 1 of 3, the main one"
    qtbot.keyClick(section.tiles[0], Qt.Key.Key_Delete)
    settled()
    assert [one.id for one in desk.pictures.of("product", product)] == [first, third]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is section.tiles[0])
    menu = next(iter(section.tiles[1].findChildren(QMenu)))
    next(a for a in menu.actions() if a.text() == "Make it the main picture").trigger()
    settled()
    assert [tile.picture.id for tile in section.tiles] == [third, first]


def test_one_delete_too_many_leaves_the_product_and_the_number_pad_is_no_other(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, product: int, tmp_path: Path
) -> None:
    hung(desk, product, tmp_path, "red", "blue")
    section = shown(window, "products", product, settled)
    section.tiles[1].setFocus()
    qtbot.keyClick(section.tiles[1], Qt.Key.Key_Delete, Qt.KeyboardModifier.KeypadModifier)
    settled()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is section.tiles[0])
    qtbot.keyClick(section.tiles[0], Qt.Key.Key_Delete)
    settled()
    assert section.tiles == []
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    settled()
    assert desk.lists.has("product", product)
    table = window.pages["products"].table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    settled()
    assert not desk.lists.has("product", product)


def test_deletes_quicker_than_the_page_leave_the_undo_in_reach(
    window: MainWindow, desk: Desk, settled: Settled, product: int, tmp_path: Path
) -> None:
    first, second = hung(desk, product, tmp_path, "red", "blue")
    section = shown(window, "products", product, settled)
    tile = section.tiles[0]
    for _ in range(4):
        QApplication.sendEvent(
            tile,
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        )
    settled()
    assert [one.id for one in desk.pictures.of("product", product)] == [second]
    assert window._toast.text.text() == f"The picture with the number {first} was deleted."
    window._toast.action.click()
    settled()
    assert [one.id for one in desk.pictures.of("product", product)] == [first, second]


def test_delete_held_down_takes_one_picture_and_one_record_of_a_list(
    window: MainWindow, desk: Desk, settled: Settled, product: int, tmp_path: Path
) -> None:
    hung(desk, product, tmp_path, "red", "blue", "green")
    section = shown(window, "products", product, settled)
    for is_held in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Delete,
            Qt.KeyboardModifier.NoModifier,
            autorep=is_held,
        )
        QApplication.sendEvent(section.tiles[0], event)
        settled()
    assert len(section.tiles) == 2
    shortcuts = window.pages["products"].findChildren(QShortcut)
    held = [one.autoRepeat() for one in shortcuts if one.key() == QKeySequence("Del")]
    assert held == [False]


def test_a_picture_is_shown_large_and_the_next_with_an_arrow(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, product: int, tmp_path: Path
) -> None:
    hung(desk, product, tmp_path, "red", "blue")
    section = shown(window, "products", product, settled)
    section.tiles[0].setFocus()
    qtbot.keyClick(section.tiles[0], Qt.Key.Key_Return)
    settled()
    large = section.findChild(LargePicture)
    assert large.picture.pixmap().toImage().pixelColor(5, 5) == QColor("red")
    qtbot.keyClick(large, Qt.Key.Key_Right)
    settled()
    assert large.picture.pixmap().toImage().pixelColor(5, 5) == QColor("blue")
    assert large.windowTitle() == "Picture 2 of 2"
    qtbot.keyClick(large, Qt.Key.Key_Return)
    assert not large.isVisible()


def test_a_picture_whose_file_is_missing_says_so_and_what_to_do(
    window: MainWindow, desk: Desk, settled: Settled, product: int, tmp_path: Path
) -> None:
    hung(desk, product, tmp_path, "red", "blue")
    missing, _there = desk.pictures.of("product", product)
    desk.picture_path(missing.sha256).unlink()
    section = shown(window, "products", product, settled)
    told = "missing from the book's folder"
    assert told in section.tiles[0].toolTip()
    assert told not in section.tiles[1].toolTip()
    section.tiles[0].click()
    settled()
    large = section.findChild(LargePicture)
    assert told in large.picture.text()
    QApplication.sendEvent(
        large, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    )
    settled()
    assert large.picture.pixmap().toImage().pixelColor(5, 5) == QColor("blue")
    large.reject()


def test_a_strip_of_a_picture_one_pixel_wide_is_shown_small_and_large(
    window: MainWindow, desk: Desk, settled: Settled, product: int, tmp_path: Path
) -> None:
    strip = QImage(1, 30_000, QImage.Format.Format_RGB32)
    strip.fill(QColor("red"))
    strip.save(str(tmp_path / "strip.png"))
    desk.pictures.add("product", product, [tmp_path / "strip.png"])
    (kept,) = desk.pictures.of("product", product)
    small = scaled(desk.picture_path(kept.sha256), 84)
    assert (small.width(), small.height()) == (1, 84)
    section = shown(window, "products", product, settled)
    section.tiles[0].click()
    settled()
    large = section.findChild(LargePicture)
    assert not large.picture.pixmap().isNull()
    large.reject()


def test_a_file_that_is_not_there_is_not_told_as_no_picture(desk: Desk, product: int) -> None:
    with pytest.raises(FileNotFoundError) as refused:
        desk.pictures.add("product", product, [Path("nowhere.png")])
    message = trouble_of(refused.value)
    assert message is not None
    assert message.key == "book.no_such_file"
