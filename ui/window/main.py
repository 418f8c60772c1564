"""Owns the start of the window: the display, the application, language and look, the book.

Must not do what the window does.
"""

from __future__ import annotations

import ctypes
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.desk import Desk
from app.folders import default_book, has_book
from app.kernel.background import take_short_turns
from resources import resource
from ui import theme
from ui.garbage import GarbageCollection
from ui.keys import EnterPresses
from ui.window.frame import MainWindow
from ui.window.one_window import OneWindow, raise_first
from ui.window.welcome import Beginning, ask
from ui.words import words

EXIT_TROUBLE = 3
_REFERENCES_TO_SPARE = 1 << 40


def make_application() -> QApplication:
    """The one application object, with our look."""
    _keep_none()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("Entrepot")
    app.setOrganizationName("Entrepot")
    app.setWindowIcon(QIcon(str(resource("icons", "entrepot.svg"))))
    theme.apply(app)
    take_short_turns()
    if app.findChild(GarbageCollection) is None:
        GarbageCollection(app)
        EnterPresses(app)
    return app


def _keep_none() -> None:
    """Gives ``None`` references to spare where it can die: Qt's bindings give back one too many.

    Each call of theirs that answers ``None`` (a cell without a value, a round of the event loop)
    takes one away, and the interpreter ends when none is left. From Python 3.12 on it never dies.
    """
    if sys.version_info < (3, 12):
        ctypes.c_ssize_t.from_address(id(None)).value += _REFERENCES_TO_SPARE


def open_window(folder: Path | None, language: str | None) -> int:
    """Opens the window on the book in ``folder`` and returns when it is closed.

    A book that is open in a window already is brought to the front there. Without a ``folder`` the
    book of the last time is opened, and at the first start the person is asked.
    """
    app = make_application()
    settings = QSettings()
    words.use(language or str(settings.value("language", system_language())))
    theme.choose(str(settings.value("scheme", "system")))
    translator = _qt_translations(words.language)
    app.installTranslator(translator)
    beginning = Beginning.EMPTY
    if folder is None:
        folder = Path(str(settings.value("book", default_book())))
        if not has_book(folder):
            answers = ask(folder)
            if answers is None:
                return 0
            folder, beginning = answers.chosen_folder, answers.beginning
            settings.setValue("language", words.language)
    if raise_first(folder):
        return 0
    return _work_in(app, folder, settings, beginning)


def _work_in(app: QApplication, folder: Path, settings: QSettings, beginning: Beginning) -> int:
    """Shows the window on the book, and again after a backup was put in the book's place."""
    desk, told, place = _opened(folder), "", None
    while desk is not None:
        settings.setValue("book", str(folder))
        window = MainWindow(desk, settings)
        only = OneWindow(folder, window.come_up)
        window.gone.connect(partial(let_others_start, window, only))
        if place is not None:
            window.restoreGeometry(place)
        window.show()
        window.begin(beginning)
        if told:
            window.context.toast(told)
        code, backup = app.exec(), window.backup_to_restore
        if backup is None:
            return code
        from ui.window.restoring import put_back

        told, beginning = put_back(backup, folder), Beginning.EMPTY
        # The person sees the same window go on.
        place = window.saveGeometry()
        # Until here a second start finds the first: it must not work in a book that is replaced.
        only.close()
        window.deleteLater()
        desk = _opened(folder)
    return EXIT_TROUBLE


def let_others_start(window: MainWindow, only: OneWindow) -> None:
    """A window out of sight can't come up again; one whose book is replaced is waited for."""
    if window.backup_to_restore is None:
        only.close()


def _opened(folder: Path) -> Desk | None:
    """The desk on the book; trouble is told in a box, since there is no window yet."""
    while True:
        try:
            return Desk(folder, create=True)
        except Exception as error:
            from ui.window.restoring import mended

            if not mended(error, folder):
                return None


def system_language() -> str:
    """Chinese where the system speaks it, else English."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def _qt_translations(language: str) -> QTranslator:
    """Qt's own texts (buttons, context menus) in the language."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator.load(f"qtbase_{language}", folder)
    return translator
