"""Owns the start of the window: the display, the application, language and look, the book.

Must not do what the window does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.desk import Desk, default_book
from resources import resource
from ui import theme
from ui.window.frame import MainWindow
from ui.words import words


def make_application() -> QApplication:
    """The one application object, with our look."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("Entrepot")
    app.setOrganizationName("Entrepot")
    app.setWindowIcon(QIcon(str(resource("icons", "entrepot.svg"))))
    theme.apply(app)
    return app


def open_window(folder: Path | None, language: str | None) -> int:
    """Opens the window on the book in ``folder`` and returns when it is closed."""
    app = make_application()
    settings = QSettings()
    words.use(language or str(settings.value("language", system_language())))
    theme.choose(str(settings.value("scheme", "system")))
    translator = _qt_translations(words.language)
    app.installTranslator(translator)
    desk = Desk(folder or default_book(), create=True)
    window = MainWindow(desk, settings)
    window.show()
    return app.exec()


def system_language() -> str:
    """Chinese where the system speaks it, else English."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def _qt_translations(language: str) -> QTranslator:
    """Qt's own texts (buttons, context menus) in the language."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator.load(f"qtbase_{language}", folder)
    return translator
