"""Owns how trouble is told in a window: what the person can act on, and defects of ours.

Must not decide in which window.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from app.kernel.errors import Removed
from app.trouble import needs_a_backup, trouble_of
from ui.changing import undo
from ui.context import Context
from ui.words import say, words

_log = logging.getLogger(__name__)


def tell_trouble(
    error: BaseException, window: QWidget, context: Context, ask_for_backup: Callable[[], None]
) -> None:
    """Tells what the person can act on; logs a defect of ours and offers its details.

    What was deleted can be brought back: a second Delete must not take the undo of the first away.
    Nor must the next file, which can't be read, take away what came of the one before.
    """
    message, toast = trouble_of(error), context.toast
    if message is not None and needs_a_backup(error):
        toast(words.text(message), say("window.restore.open"), ask_for_backup)
        return
    if message is not None and isinstance(error, Removed) and not context.desk.is_read_only:
        back = partial(undo, context, window, error.step)
        toast(words.text(message), say("window.undo"), back)
        return
    if message is not None:
        toast(words.text(message), is_added=True)
        return
    _log.error("a defect of ours", exc_info=error)
    details = "".join(traceback.format_exception(error))
    box = QMessageBox(window)
    box.setWindowTitle(say("window.title"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(say("window.defect"))
    copy = box.addButton(say("window.copy_details"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
