"""A person hangs files on a record by dropping, pasting and choosing them, opens and takes them off."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pytest
from open_window import copied, drop
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.quotations.service import QuotationDraft
from ui.files.opening import OpenedFiles
from ui.files.section import FilesSection
from ui.inquiries.answer_dialog import AnswerDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """A drawing as a buyer sends it."""
    file = tmp_path / "drawing.pdf"
    file.write_bytes(b"%PDF-1.7")
    return file


@pytest.fixture
def inquiry(desk: Desk) -> int:
    """An inquiry of a buyer."""
    return desk.inquiries.add(InquiryDraft(buyer="Nordic Home", lines=[{"wording": "flask"}]))


def shown(window: MainWindow, place: str, record_id: int, settled: Settled) -> FilesSection:
    window.navigation.go(place, record_id)
    settled()
    page = window.pages[place]
    section: FilesSection = getattr(page, "list", page).detail.files
    return section


def tool(section: FilesSection, name: str) -> QToolButton:
    (button,) = (b for b in section.findChildren(QToolButton) if b.accessibleName() == name)
    return button


def test_a_file_dropped_on_an_inquiry_hangs_on_it_and_is_taken_back(
    window: MainWindow, desk: Desk, settled: Settled, inquiry: int, drawing: Path
) -> None:
    section = shown(window, "inquiries", inquiry, settled)
    assert drop(window.pages["inquiries"].detail, drawing)
    settled()
    (view,) = desk.files.of("inquiry", inquiry)
    assert view.name == "drawing.pdf"
    assert "drawing.pdf" in {button.text() for button in section.findChildren(QPushButton)}
    window._toast.action.click()
    settled()
    assert desk.files.of("inquiry", inquiry) == ()


@pytest.mark.parametrize("place", ["suppliers", "products", "quotations"])
def test_pages_of_other_records_keep_files_too(
    window: MainWindow, desk: Desk, settled: Settled, drawing: Path, place: str
) -> None:
    kind = place.removesuffix("s")
    add = {
        "supplier": lambda: desk.directory.add("supplier", {"name_zh": "海达"}),
        "product": lambda: desk.directory.add("product", {"name_zh": "保温壶"}),
        "quotation": lambda: desk.quotations.draft(QuotationDraft(buyer="Nordic Home")),
    }
    record_id = add[kind]()
    if kind == "quotation":
        window.navigation.go(place)
        settled()
        section = window.pages[place].list.detail.files
    else:
        section = shown(window, place, record_id, settled)
    page = window.pages[place]
    assert drop(getattr(page, "list", page).detail, drawing)
    settled()
    assert [one.name for one in desk.files.of(kind, record_id)] == ["drawing.pdf"]
    tool(section, "Delete drawing.pdf").click()
    settled()
    assert desk.files.of(kind, record_id) == ()


def test_files_stand_beside_the_lines_of_an_open_quotation(
    window: MainWindow, desk: Desk, settled: Settled, drawing: Path
) -> None:
    quotation = desk.quotations.draft(QuotationDraft(buyer="Nordic Home"))
    window.navigation.go("quotations", quotation)
    settled()
    editor = window.pages["quotations"].editor
    assert drop(editor._page, drawing)
    settled()
    assert "drawing.pdf" in {one.text() for one in editor.files.findChildren(QPushButton)}
    assert [one.name for one in desk.quotation_views.quotation(quotation).attachments] == [
        "drawing.pdf"
    ]


def test_files_are_chosen_by_the_keyboard_from_any_tab_of_the_page(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    inquiry: int,
    drawing: Path,
) -> None:
    section = shown(window, "inquiries", inquiry, settled)
    grid = window.pages["inquiries"].detail.lines
    grid.setFocus()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(grid, Qt.Key.Key_A, keys)
    dialog = section.findChild(QFileDialog)
    dialog.filesSelected.emit([str(drawing)])
    dialog.reject()
    settled()
    assert [one.name for one in desk.files.of("inquiry", inquiry)] == ["drawing.pdf"]


def test_copied_files_and_pictures_are_pasted(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, inquiry: int, drawing: Path
) -> None:
    section = shown(window, "inquiries", inquiry, settled)
    page = window.pages["inquiries"].detail
    page.show_overview()
    section.add_button.setFocus()
    QGuiApplication.clipboard().setMimeData(copied(drawing))
    qtbot.keyClick(section.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    qtbot.keyClick(section.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()
    first, second = desk.files.of("inquiry", inquiry)
    assert (first.name, second.media_type) == ("drawing.pdf", "image/png")
    kept = QImage(str(desk.picture_path(second.sha256)), "PNG")
    assert kept.pixelColor(4, 4) == QColor("red")


def test_text_pasted_into_a_field_of_the_page_stays_text(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, inquiry: int
) -> None:
    shown(window, "inquiries", inquiry, settled)
    page = window.pages["inquiries"].detail
    page.show_overview()
    field = page.form.editors["subject"].widget
    field.setFocus()
    QGuiApplication.clipboard().setText("Flasks")
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "Flasks"
    assert desk.files.of("inquiry", inquiry) == ()


def test_copies_that_were_opened_go_with_what_opened_them(
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    inquiry: int,
    drawing: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    desk.files.attach("inquiry", inquiry, [drawing])
    page = QWidget()
    files = OpenedFiles(window.context, page)
    assert list(tmp_path.glob("entrepot-*")) == []
    files.open(desk.files.of("inquiry", inquiry)[0])
    settled()
    assert len(list(tmp_path.glob("entrepot-*/*/drawing.pdf"))) == 1
    del files, page
    gc.collect()
    assert list(tmp_path.glob("entrepot-*")) == []


def test_a_document_is_opened_as_a_copy_and_a_program_is_only_saved(
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    inquiry: int,
    drawing: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()))
    )
    program = tmp_path / "viewer.exe"
    program.write_bytes(b"MZ")
    desk.files.attach("inquiry", inquiry, [drawing, program])
    section = shown(window, "inquiries", inquiry, settled)
    links = {button.text(): button for button in section.findChildren(QPushButton)}
    links["drawing.pdf"].click()
    settled()
    assert opened[0].read_bytes() == b"%PDF-1.7"
    assert opened[0] != drawing
    links["viewer.exe"].click()
    dialog = window.pages["inquiries"].detail.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "saved.exe"))
    dialog.reject()
    settled()
    assert len(opened) == 1
    assert (tmp_path / "saved.exe").read_bytes() == b"MZ"


def offered_choices(page: QWidget, file: Path) -> dict[str, QAction]:
    """What is asked when a file that can be read is dropped on a page."""
    assert drop(page, file)
    menu = page.findChildren(QMenu)[-1]
    assert menu.isVisible()
    return {action.text(): action for action in menu.actions()}


def test_a_spreadsheet_dropped_on_an_inquiry_asks_what_it_is_to_be(
    window: MainWindow, desk: Desk, settled: Settled, inquiry: int, tmp_path: Path
) -> None:
    shown(window, "inquiries", inquiry, settled)
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    settled()
    page = window.pages["inquiries"].detail
    prices = tmp_path / "prices.csv"
    prices.write_text("Product,Price,Currency\nflask,11.5,CNY\n", encoding="utf-8")
    choices = offered_choices(page, prices)
    assert list(choices) == ["Attach here (1 file)", "Read as a supplier's offer…", "Import…"]
    assert desk.files.of("inquiry", inquiry) == (), "nothing happens before it is said"
    choices["Attach here (1 file)"].trigger()
    settled()
    assert [one.name for one in desk.files.of("inquiry", inquiry)] == ["prices.csv"]
    window._toast.action.click()
    settled()
    offered_choices(page, prices)["Read as a supplier's offer…"].trigger()
    settled()
    answer = page.findChild(AnswerDialog)
    answer.take.click()
    settled()
    (line,) = desk.comparisons.compare(inquiry).lines
    assert [(cell.offered.supplier, cell.price) for cell in line.cells] == [
        ("海达", Decimal("11.5"))
    ]
    window._toast.action.click()
    settled()
    assert not desk.comparisons.compare(inquiry).lines[0].cells
    offered_choices(page, prices)["Import…"].trigger()
    settled()
    assert window.navigation.current.place == "imports"


def test_a_mail_dropped_on_a_company_is_attached_or_read(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    shown(window, "suppliers", supplier, settled)
    mail = tmp_path / "hello.eml"
    mail.write_bytes(b"From: a@haida.example\nSubject: hello\nMessage-ID: <1@x>\n\nhello\n")
    choices = offered_choices(window.pages["suppliers"].detail, mail)
    assert list(choices) == ["Attach here (1 file)", "Import…"]
    choices["Import…"].trigger()
    settled()
    assert desk.lists.count("thread") == 1


def test_a_file_of_a_message_is_saved_where_one_likes(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "anna@nordlys.example", "lin@us.example", "Cups"
    mail["Message-ID"], mail["Date"] = "<1@nordlys.example>", "Mon, 2 Mar 2026 10:00:00 +0100"
    mail.set_content("The drawing is attached.")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="cup.pdf")
    (tmp_path / "cups.eml").write_bytes(mail.as_bytes())
    window.open_files([tmp_path / "cups.eml"])
    settled()
    page = window.pages["deals"].detail
    buttons = page.timeline.findChildren(QToolButton)
    (save,) = [each for each in buttons if each.accessibleName() == "Save a copy cup.pdf"]
    assert save.focusPolicy() & Qt.FocusPolicy.TabFocus
    save.click()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "saved.pdf"))
    settled()
    qtbot.waitUntil((tmp_path / "saved.pdf").exists)
    assert (tmp_path / "saved.pdf").read_bytes() == b"%PDF-1.4"
