"""A person bargains: takes mails in, writes down a call, confirms rounds and sees what moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from open_window import drop
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QAbstractSlider, QInputDialog, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.inquiries.stages import Stage
from app.kernel.file_names import may_be_opened
from app.negotiation.offered import Offered, Side
from app.negotiation.reading.files import read_file
from app.negotiation.service import MessageDraft
from ui.forms.dialog import RecordDialog
from ui.lists.pick_dialog import PickDialog
from ui.negotiation.entry import MessageEntry, PaperEntry
from ui.negotiation.mail_browser import MailBrowser
from ui.negotiation.timeline import PAGE, Timeline
from ui.negotiation.write_dialog import WriteDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]
SAMPLES = Path(__file__).parents[1] / "app" / "negotiation" / "samples"


def say_in(desk: Desk, thread: int, text: str, direction: str = "in") -> int:
    draft = MessageDraft(kind="chat", direction=direction, text=text)
    return desk.negotiation.add_message(thread, draft)


def test_mails_dropped_on_the_window_become_one_timeline_with_its_rounds(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    drop(window, *(SAMPLES / f"{n}.eml" for n in range(1, 5)))
    settled()
    assert desk.lists.count("thread") == 1
    assert window.navigation.current.place == "deals"
    page = window.pages["deals"].detail
    settled()
    entries = page.timeline.findChildren(MessageEntry)
    assert len([entry for entry in entries if entry.isVisibleTo(page)]) == 4
    assert page.ladder.table.rowCount() == 4
    assert "0.07" in page.ladder.gap.text()
    assert window.sidebar._counts["thread"].text() == "1"


def test_who_of_a_chat_is_us_is_asked_where_nothing_tells(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    chat = tmp_path / "chat.txt"
    lines = "Fang Lan 2026-03-05 14:02:11\ngood morning\n\nLuis 2026-03-05 14:05:40\nhello\n"
    chat.write_text(lines, encoding="utf-8")
    drop(window, chat)
    settled()
    dialog = window.findChild(QInputDialog)
    assert dialog.comboBoxItems() == ["Fang Lan", "Luis"]
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    settled()
    messages = desk.negotiation_views.thread(desk.lists.ids("thread")[0]).messages
    assert [each.direction for each in messages] == ["out", "in"]


def test_a_note_is_written_with_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask 500ml")
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    qtbot.keyClick(window.pages["deals"].table, "j", Qt.KeyboardModifier.ControlModifier)
    assert page.composer.text.hasFocus()
    qtbot.keyClicks(page.composer.text, "called, wants 1.80")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    (message,) = desk.negotiation_views.thread(thread).messages
    assert (message.kind, message.direction, message.text) == (
        "note",
        "internal",
        "called, wants 1.80",
    )
    assert page.composer.text.toPlainText() == ""


def test_a_message_that_looks_like_markup_is_shown_as_it_is(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("<b>x</b>")
    say_in(desk, thread, '<img src="file:///etc/passwd"><b>hi</b>')
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    for label in page.findChildren(QLabel):
        if "<b>" in label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_picture_outside_the_mail_is_never_loaded_and_its_own_part_is(
    qtbot: QtBot, tmp_path: Path
) -> None:
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    picture = tmp_path / "red.png"
    assert red.save(str(picture))

    def is_red_shown(html: str) -> bool:
        browser = MailBrowser({"part1": "abc"}, lambda _sha: picture)
        qtbot.addWidget(browser)
        browser.resize(300, 200)
        browser.setHtml(html)
        browser.show()
        qtbot.waitExposed(browser)
        shot: QPixmap = browser.grab()
        image = shot.toImage()
        return any(
            image.pixelColor(x, y) == QColor("red")
            for x in range(image.width())
            for y in range(image.height())
        )

    assert is_red_shown('<img src="cid:part1">')
    for outside in (picture.as_uri(), str(picture), "cid:other", f"//host/share{picture}"):
        assert not is_red_shown(f'<p>x</p><img src="{outside}">')


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.js", "a.lnk", "a.xlsm", "a.zip", "a", "a.html"])
def test_what_may_be_a_program_is_never_opened(name: str) -> None:
    assert not may_be_opened(name)
    assert may_be_opened("offer.PDF")


def by_the_bar(timeline: Timeline) -> None:
    timeline.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)


def by_the_tab_key(timeline: Timeline) -> None:
    timeline.ensureWidgetVisible(timeline.body.itemAt(0).widget())


@pytest.mark.parametrize("go_up", [by_the_bar, by_the_tab_key])
def test_a_long_chat_shows_its_end_and_earlier_messages_when_asked(
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    tmp_path: Path,
    go_up: Callable[[Timeline], None],
) -> None:
    chat = tmp_path / "chat.txt"
    first = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    times = (first + timedelta(minutes=number) for number in range(PAGE + 30))
    lines = (
        f"[{at:%d/%m/%Y, %H:%M:%S}] Luis Rojas: message number {number}."
        for number, at in enumerate(times)
    )
    chat.write_text("\n".join(lines), encoding="utf-8")
    read = read_file(chat, zone=UTC)
    (thread,) = desk.correspondence.take_messages(read.messages, file=chat.name).threads
    window.navigation.go("deals", thread)
    settled()
    timeline = window.pages["deals"].detail.timeline

    def shown() -> list[str]:
        layout = timeline.body
        widgets = [layout.itemAt(n).widget() for n in range(layout.count())]
        return [w.message.text for w in widgets if isinstance(w, MessageEntry)]

    assert shown() == [f"message number {number}." for number in range(30, PAGE + 30)]
    bar = timeline.verticalScrollBar()
    assert bar.value() == bar.maximum()
    go_up(timeline)
    earliest = timeline.body.itemAt(1).widget()
    stood = earliest.mapTo(timeline, QPoint())
    timeline.show_earlier()
    settled()
    assert shown() == [f"message number {number}." for number in range(PAGE + 30)]
    assert earliest.mapTo(timeline, QPoint()) == stood


def test_the_end_of_a_long_chat_is_there_before_its_beginning(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    short, long = (desk.negotiation.start_thread(name) for name in ("lids", "cups"))
    for number in range(30):
        say_in(desk, long, f"number {number}")
    window.navigation.go("deals", short)
    settled()
    timeline = window.pages["deals"].detail.timeline
    timeline.show_thread(desk.negotiation_views.thread(long))
    layout = timeline.body
    assert layout.itemAt(layout.count() - 2).widget().message.text == "number 29"
    assert layout.count() < 30


def test_the_next_step_is_set_put_off_and_done(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask")
    window.navigation.go("deals", thread)
    settled()
    steps = window.pages["deals"].detail.next_steps
    steps.step.setText("Send samples")
    steps.on.setText("2026-03-02")
    steps.on.editingFinished.emit()
    settled()
    assert [row.text for row in desk.due_views.due()] == ["Send samples"]
    steps._later.click()
    settled()
    assert desk.negotiation_views.thread(thread).next_step_on == date(2026, 3, 9)
    steps._done.click()
    settled()
    assert desk.negotiation_views.thread(thread).next_step is None


def test_threads_are_deleted_and_brought_back(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask")
    say_in(desk, thread, "hello")
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"]
    page.actions_bar.buttons[0].click()
    settled()
    assert desk.lists.count("thread") == 0
    window.undo()
    settled()
    assert len(desk.negotiation_views.thread(thread).messages) == 1


def test_a_standard_message_is_filled_copied_saved_and_noted(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    inquiry = desk.inquiries.add(
        InquiryDraft(buyer="Nordlys", values={"subject": "cups"}, lines=[{"wording": "cup"}])
    )
    thread = desk.negotiation.start_thread("cups", inquiry_id=inquiry)
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    page.write_message()
    settled()
    dialog = page.findChild(WriteDialog)
    assert dialog.text.toPlainText().startswith("Dear Nordlys,")
    assert "our name" in dialog.problem.text()
    dialog.language.setCurrentIndex(1)
    settled()
    assert dialog.text.toPlainText().startswith("Nordlys您好")
    dialog.copy.click()
    assert "Nordlys您好" in QGuiApplication.clipboard().text()
    dialog.save_mail(tmp_path / "reply")
    settled()
    assert b"X-Unsent: 1" in (tmp_path / "reply.eml").read_bytes()
    dialog.noted.click()
    settled()
    (message,) = desk.negotiation_views.thread(thread).messages
    assert (message.kind, message.direction) == ("mail", "out")


def test_a_standard_message_is_changed_and_taken_back(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("cups")
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    page.write_message()
    settled()
    dialog = page.findChild(WriteDialog)
    dialog.change.click()
    dialog.text.setPlainText("Hi {contact}, {nonsense}")
    dialog.keep.click()
    settled()
    assert "nonsense" in dialog.problem.text()
    dialog.text.setPlainText("Hi {contact}")
    dialog.keep.click()
    settled()
    assert dialog.text.toPlainText() == "Hi [contact]"
    dialog.change.click()
    dialog.back.click()
    settled()
    assert dialog.text.toPlainText().startswith("Dear")


def test_a_thread_is_attached_and_a_message_moved(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[{"wording": "cup"}]))
    first, second = (desk.negotiation.start_thread(name) for name in ("cups", "lids"))
    say_in(desk, first, "hello")
    window.navigation.go("deals", first)
    settled()
    page = window.pages["deals"].detail
    page.choose_inquiry()
    settled()
    dialog = page.findChildren(PickDialog)[-1]
    assert dialog.list.count() == 2, "none, and the one inquiry"
    qtbot.keyClick(dialog.text, Qt.Key.Key_Down)
    dialog.accept()
    settled()
    detail = desk.negotiation_views.thread(first)
    assert (detail.inquiry_id, detail.company) == (inquiry, "Nordlys")
    desk.inquiries.move(inquiry, Stage.QUALIFIED)
    settled()
    papers = page.timeline.findChildren(PaperEntry)
    told = [label.text() for entry in papers for label in entry.findChildren(QLabel)]
    assert any("New → Qualified" in text for text in told), told
    page._move(desk.negotiation_views.thread(first).messages[0])
    settled()
    dialog = page.findChildren(PickDialog)[-1]
    dialog.text.setText("lids")
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    dialog.accept()
    settled()
    assert [m.text for m in desk.negotiation_views.thread(second).messages] == ["hello"]
    window._toast.action.click()
    settled()
    assert len(desk.negotiation_views.thread(first).messages) == 1


def test_after_its_only_message_went_a_deal_keeps_the_keyboard(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    first, _second = (desk.negotiation.start_thread(name) for name in ("cups", "lids"))
    say_in(desk, first, "hello")
    window.navigation.go("deals", first)
    settled()
    page = window.pages["deals"].detail
    (entry,) = page.timeline.findChildren(MessageEntry)
    more = entry.findChildren(QToolButton)[-1]
    more.setFocus(Qt.FocusReason.TabFocusReason)
    page._move(entry.message)
    settled()
    dialog = page.findChildren(PickDialog)[-1]
    qtbot.waitUntil(lambda: dialog.list.count() > 0)
    dialog.text.setText("lids")
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    dialog.accept()
    settled()
    assert not [e for e in page.timeline.findChildren(MessageEntry) if e.isVisible()]
    qtbot.waitUntil(lambda: page.composer.isAncestorOf(window.focusWidget()))


def test_several_ticked_messages_are_split_off_in_one_step(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("cups")
    said = [say_in(desk, thread, text) for text in ("cups?", "lids?", "lids: 0.20", "cups: 1.20")]
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    entries = {entry.message.id: entry for entry in page.timeline.findChildren(MessageEntry)}
    entries[said[1]].tick.setChecked(True)
    entries[said[2]].tick.setChecked(True)
    page._split(entries[said[2]].message)
    settled()
    views = desk.negotiation_views
    other = next(id_ for id_ in desk.lists.ids("thread") if id_ != thread)
    assert [m.text for m in views.thread(other).messages] == ["lids?", "lids: 0.20"]
    assert [m.text for m in views.thread(thread).messages] == ["cups?", "cups: 1.20"]
    window.undo()
    settled()
    assert desk.lists.count("thread") == 1
    assert len(views.thread(thread).messages) == 4


def test_two_deals_are_made_one_with_the_keyboard_and_parted_again(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[{"wording": "cup"}]))
    first = desk.negotiation.start_thread("cups")
    second = desk.negotiation.start_thread("RE cups", inquiry_id=inquiry)
    for thread, text in ((first, "cups?"), (second, "USD 1.20 for 3000 pcs")):
        say_in(desk, thread, text)
    offered = Offered(side=Side.THEIRS, currency="USD")
    desk.rounds.confirm(second, offered)
    desk.follow_ups.add("call", date(2026, 3, 9), thread_id=second)
    window.navigation.go("deals")
    settled()
    page = window.pages["deals"]
    page.table.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page.table, Qt.Key.Key_M, control)
    assert "two or more" in window._toast.text.text()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_M, control)
    settled()
    assert list(desk.lists.ids("thread")) == [first]
    whole = desk.negotiation_views.thread(first)
    assert [m.text for m in whole.messages] == ["cups?", "USD 1.20 for 3000 pcs"]
    assert (whole.inquiry_id, whole.company, len(whole.follow_ups)) == (inquiry, "Nordlys", 1)
    assert any(view.is_confirmed for view in whole.rounds)
    window._toast.action.click()
    settled()
    assert len(desk.negotiation_views.thread(second).messages) == 1
    assert desk.negotiation_views.thread(first).inquiry_id is None


def test_messages_are_ticked_and_split_off_with_the_mouse(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("cups")
    for text in ("cups?", "lids?", "lids: 0.20"):
        say_in(desk, thread, text)
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    entries = page.timeline.findChildren(MessageEntry)
    lids = [entry for entry in entries if entry.message.text.startswith("lids")]
    left = Qt.MouseButton.LeftButton
    for entry in lids:
        qtbot.mouseClick(entry.tick, left, pos=QPoint(8, entry.tick.height() // 2))
    more = lids[0].findChild(QToolButton)

    def choose() -> None:
        menu = more.menu()
        (split,) = (action for action in menu.actions() if action.text() == "Split off")
        qtbot.mouseClick(menu, left, pos=menu.actionGeometry(split).center())

    QTimer.singleShot(0, more, choose)
    qtbot.mouseClick(more, left)
    settled()
    other = window.navigation.current.record_id
    assert other != thread
    views = desk.negotiation_views
    assert [m.text for m in views.thread(other).messages] == ["lids?", "lids: 0.20"]
    window.undo()
    settled()
    assert len(views.thread(thread).messages) == 3


def test_a_follow_up_is_noted_with_its_day(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("cups")
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    page.follow_up()
    dialog = page.findChildren(RecordDialog)[-1]
    dialog.form.editors["text"].widget.setText("call Anna")
    dialog.form.editors["due_on"].widget.setText("soon")
    dialog.save_button.click()
    settled()
    assert dialog.isVisible()
    dialog.form.editors["due_on"].widget.setText("2026-03-09")
    dialog.save_button.click()
    settled()
    (follow_up,) = desk.negotiation_views.thread(thread).follow_ups
    assert (follow_up.text, follow_up.due_on) == ("call Anna", date(2026, 3, 9))
