"""A person takes an inquiry: what is pasted is recognised, what is typed stays."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.inquiries.signatures import Asker
from ui.forms.dialog import RecordDialog
from ui.inquiries.channels_dialog import ChannelsDialog
from ui.inquiries.take_dialog import TakeInquiryDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]
MAIL = """Dear Sir,
we need 5000 pcs vacuum flask 500ml, target price USD 1.60/pc, CIF Hamburg.
Best regards
Anna Svensson
Nordic Home AB"""


def taking(qtbot: QtBot, window: MainWindow, settled: Settled) -> TakeInquiryDialog:
    window.navigation.go("inquiries")
    settled()
    page = window.pages["inquiries"]
    qtbot.keyClick(page.filter, "n", Qt.KeyboardModifier.ControlModifier)
    dialog: TakeInquiryDialog = page.findChild(TakeInquiryDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_an_inquiry_is_taken_from_a_pasted_mail(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    dialog = taking(qtbot, window, settled)
    dialog.text.setPlainText(MAIL)
    qtbot.waitUntil(lambda: bool(dialog.lines.lines()))
    dialog.buyer.setText("Nordic Home AB")
    dialog.buyer.setFocus()
    qtbot.keyClick(dialog.buyer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    (inquiry,) = desk.lists.ids("inquiry")
    detail = desk.inquiry_views.inquiry(inquiry)
    assert detail.buyer == "Nordic Home AB"
    assert str(detail.lines[0].values["quantity"]) == "5000"
    assert detail.values["original_text"].startswith("Dear Sir")
    assert window.navigation.current.record_id == inquiry


def test_who_asks_is_shown_before_it_is_saved_and_undone_with_it(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    dialog = taking(qtbot, window, settled)
    dialog.text.setPlainText(f"{MAIL}\n+46 70 123 45 67\nanna@nordic.example")
    qtbot.waitUntil(lambda: bool(dialog.lines.lines()))
    shown = {key: edit.text() for key, edit in dialog.asker.edits.items()}
    assert shown == {
        "buyer": "Nordic Home AB",
        "contact": "Anna Svensson",
        "email": "anna@nordic.example",
        "phone": "+46 70 123 45 67",
    }
    assert "Anna Svensson" in dialog.asker.told.text(), "who will be added"
    dialog.asker.edits["email"].setText("anna.s@nordic.example")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    (person,) = desk.lists.ids("contact")
    (inquiry,) = desk.lists.ids("inquiry")
    detail = desk.inquiry_views.inquiry(inquiry)
    assert (detail.contact_id, detail.contact) == (person, "Anna Svensson")
    desk.history.undo()
    assert not [*desk.lists.ids("contact"), *desk.lists.ids("inquiry"), *desk.lists.ids("buyer")]


def test_a_buyer_the_book_knows_is_called_as_there_and_why(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    anna = Asker(name="Anna Svensson", points=(("email", "anna@nordic.example"),))
    desk.inquiries.add(InquiryDraft(buyer="Nordic Home AB", asker=anna, lines=[{"wording": "cup"}]))
    dialog = taking(qtbot, window, settled)
    dialog.text.setPlainText("From: anna@nordic.example\n\n100 pcs glass cup")
    qtbot.waitUntil(lambda: bool(dialog.lines.lines()))
    assert dialog.buyer.text() == "Nordic Home AB"
    assert "anna@nordic.example" in dialog.asker.told.text(), "why it is this one"
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    contacts = {desk.inquiry_views.inquiry(each).contact for each in desk.lists.ids("inquiry")}
    assert contacts == {"Anna Svensson"}
    assert desk.lists.count("buyer") == desk.lists.count("contact") == 1


def test_an_inquiry_is_taken_from_a_mail_file(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Anna Svensson <anna@nordic.example>", "Flasks"
    mail["Message-ID"] = "<1@nordic>"
    mail.set_content(MAIL)
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="flask.pdf")
    file = tmp_path / "inquiry.eml"
    file.write_bytes(bytes(mail))
    desk.channels.rename("Email", "Mailbox")
    dialog = taking(qtbot, window, settled)
    assert "Ctrl+O" in dialog.file_button.toolTip()
    dialog.read(file)
    qtbot.waitUntil(lambda: bool(dialog.lines.lines()))
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    (inquiry,) = desk.lists.ids("inquiry")
    detail = desk.inquiry_views.inquiry(inquiry)
    assert (detail.buyer, detail.values["subject"]) == ("Nordic Home AB", "Flasks")
    assert detail.values["channel"] == "Mailbox", "as the user calls it"
    assert str(detail.lines[0].values["target_price"]) == "1.6"
    (kept,) = detail.attachments
    assert kept.name == "flask.pdf"
    assert desk.picture_path(kept.sha256).read_bytes() == b"%PDF-1.7"
    desk.history.undo()
    assert not desk.lists.ids("inquiry")


def test_a_text_pasted_over_that_of_a_file_leaves_nothing_of_the_file(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Luis Rojas <luis@andes.example>", "Mugs"
    mail["Message-ID"], mail["Date"] = "<2@andes>", "Fri, 27 Feb 2026 09:00:00 +0000"
    mail.set_content("Dear Sir,\nplease quote 800 pcs mugs.\nThank you\nLuis")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="mug.pdf")
    file = tmp_path / "inquiry.eml"
    file.write_bytes(bytes(mail))
    dialog = taking(qtbot, window, settled)
    dialog.read(file)
    qtbot.waitUntil(lambda: "mug.pdf" in dialog._brought.text() and bool(dialog.lines.lines()))
    assert dialog.editors["received_at"].value()
    dialog.text.setPlainText(dialog.text.toPlainText().replace("800", "900"))
    assert dialog._brought.isVisible()
    dialog.text.setFocus()
    qtbot.keyClick(dialog.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    dialog.text.insertPlainText(MAIL)
    assert not dialog._brought.isVisible()
    qtbot.waitUntil(lambda: dialog.buyer.text() == "Nordic Home AB")
    assert not dialog.editors["received_at"].value()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    detail = desk.inquiry_views.inquiry(1)
    assert not detail.attachments
    assert detail.values["received_at"] == desk.clock.now()


def test_of_a_chat_the_buyers_words_make_the_inquiry_and_ours_say_when_it_was_answered(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(
        "Luis Rojas 2026-03-05 14:02:11\nprice for 5000 pcs LED strip within 30 days?\n\n"
        "Me 2026-03-05 14:05:40\nUSD 0.42/pc CIF Valparaiso\n\n"
        "Luis Rojas 2026-03-06 09:10:00\nneed certificate CE\n",
        encoding="utf-8",
    )
    dialog = taking(qtbot, window, settled)
    dialog.read(chat)
    qtbot.waitUntil(lambda: bool(dialog.lines.lines()))
    assert dialog.editors["received_at"].value() == "2026-03-05 14:02"
    assert dialog.editors["channel"].value() == "WeChat"
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    detail = desk.inquiry_views.inquiry(1)
    assert "0.42" not in detail.values["original_text"]
    assert detail.lines[0].values["target_price"] is None
    assert (detail.values["certificates"], detail.values["incoterm"]) == ("CE", None)
    sent = detail.values["received_at"], detail.values["first_answered_at"]
    assert [at.astimezone().strftime("%d %H:%M") for at in sent] == ["05 14:02", "05 14:05"]


def test_a_mail_saved_as_soon_as_it_is_pasted_is_looked_at_first(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    dialog = taking(qtbot, window, settled)
    dialog.text.setPlainText(MAIL)
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    (line,) = desk.inquiry_views.inquiry(1).lines
    assert str(line.values["quantity"]) == "5000"


def test_what_was_recognised_too_early_is_put_right_and_what_was_typed_stays(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    dialog = taking(qtbot, window, settled)
    dialog.text.setPlainText("500 pcs mugs, FOB Nin")
    qtbot.waitUntil(lambda: dialog.editors["place"].value() == "Nin")
    dialog.editors["currency"].widget.setText("EUR")
    dialog.text.setPlainText("500 pcs mugs, FOB Ningbo, target USD 1.60/pc")
    qtbot.waitUntil(lambda: dialog.editors["place"].value() == "Ningbo")
    assert dialog.editors["currency"].value() == "EUR"


def test_a_channel_is_added_renamed_and_taken_off_with_keys_and_then_offered(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    window.navigation.go("inquiries")
    settled()
    page = window.pages["inquiries"]
    next(a for a in page.page_actions if a.label == "inquiries.channels.open").run([])
    settled()
    dialog = page.findChild(ChannelsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)

    def name(typed: str) -> None:
        (asked,) = dialog.findChildren(RecordDialog)
        qtbot.waitUntil(asked.isActiveWindow)
        asked.form.editors["name"].widget.selectAll()
        qtbot.keyClicks(asked.form.editors["name"].widget, typed)
        qtbot.keyClick(asked, Qt.Key.Key_Return)
        settled()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)

    before = dialog.table.rowCount()
    qtbot.keyClick(dialog.table, "n", Qt.KeyboardModifier.ControlModifier)
    name("Agent in Dubai")
    assert dialog.table.rowCount() == before + 1
    assert dialog.table.currentRow() == before
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    name("Agent in Doha")
    dialog.table.setCurrentCell(0, 0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    settled()
    names = [one.name for one in desk.channels.all()]
    assert names[-1] == "Agent in Doha"
    assert "Alibaba.com" not in names
    qtbot.keyClick(dialog.table, "z", Qt.KeyboardModifier.ControlModifier)
    settled()
    assert dialog.table.item(0, 0).text() == "Alibaba.com"
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    taking_one = taking(qtbot, window, settled)
    settled()
    line = taking_one.editors["channel"].widget
    line.setFocus()
    qtbot.keyClicks(line, "doha")
    assert line.completer().currentCompletion() == "Agent in Doha"


def test_a_channel_is_changed_in_the_list_by_the_names_the_user_gave(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    desk.channels.add("Agent in Dubai")
    desk.channels.rename("WeChat", "Wecom")
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", values={"channel": "Phone"}))
    window.navigation.go("inquiries", inquiry)
    settled()
    table = window.pages["inquiries"].table
    keys = [field.key for field in window.pages["inquiries"].model.fields]

    def type_channel(typed: str) -> QLineEdit:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        table.setFocus()
        table.setCurrentIndex(table.model().index(0, keys.index("channel")))
        qtbot.keyClick(table, Qt.Key.Key_F2)
        (line,) = table.viewport().findChildren(QLineEdit)
        assert line.text() == "Phone"
        settled()
        line.clear()
        qtbot.keyClicks(line, typed)
        return line

    line = type_channel("wech")
    assert line.completer().completionCount() == 0, "it is called otherwise now"
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not table.viewport().findChildren(QLineEdit))
    line = type_channel("dub")
    assert line.completer().currentCompletion() == "Agent in Dubai"
    qtbot.keyClick(line.completer().popup(), Qt.Key.Key_Down)
    qtbot.keyClick(line.completer().popup(), Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled()
    assert desk.inquiry_views.inquiry(inquiry).values["channel"] == "Agent in Dubai"
