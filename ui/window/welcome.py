"""Owns the first start: the language, where the book shall lie, and what to begin with.

Must not make the book; it says what the person chose.
"""

from __future__ import annotations

import enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.kernel.language import LANGUAGES
from ui import theme
from ui.icons import icon
from ui.words import say, words

#: Parts of paths by which folders that a cloud program copies are known.
_CLOUD_MARKS = (
    "onedrive", "dropbox", "icloud", "google drive", "googledrive", "baidunetdisk", "坚果云",
    "nutstore", "百度网盘", "mobile documents",
)  # fmt: skip
_WIDTH_PX = 560


class Beginning(enum.Enum):
    """What a new book begins with."""

    EMPTY = "empty"
    SAMPLE = "sample"
    IMPORT = "import"


class Welcome(QDialog):
    """Asked once, before there is a book."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_WIDTH_PX)
        self.beginning = Beginning.EMPTY
        self.language = QComboBox()
        for language in LANGUAGES:
            self.language.addItem(say(f"language.{language}"), language)
        self.language.setCurrentIndex(self.language.findData(words.language))
        self.language.activated.connect(lambda _index: self._use_language())
        self.folder = QLineEdit(str(folder))
        self.folder.textChanged.connect(lambda _text: self._warn())
        self._title, self._about, self._warning = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._about.setProperty("role", "faint")
        self._warning.setProperty("role", "warning")
        for label in (self._about, self._warning):
            label.setWordWrap(True)
        self._browse = QPushButton()
        self._browse.clicked.connect(self._choose_folder)
        self.buttons = {kind: self._button(kind) for kind in Beginning}
        self._labels = {"language": QLabel(), "folder": QLabel()}
        self._lay_out()
        self._translate()

    def _button(self, beginning: Beginning) -> QPushButton:
        icons = {Beginning.EMPTY: "book", Beginning.SAMPLE: "open", Beginning.IMPORT: "import"}
        button = QPushButton(icon(icons[beginning]), "")
        button.clicked.connect(lambda: self._begin(beginning))
        return button

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(self._browse)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.MEDIUM)
        form.setVerticalSpacing(theme.SMALL)
        form.addRow(self._labels["language"], self.language)
        form.addRow(self._labels["folder"], where)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        layout.addLayout(form)
        layout.addWidget(self._warning)
        for button in self.buttons.values():
            layout.addWidget(button)

    def _translate(self) -> None:
        self.setWindowTitle(say("window.title"))
        self._title.setText(say("welcome.title"))
        self._about.setText(say("welcome.about"))
        self._labels["language"].setText(say("welcome.language"))
        self._labels["folder"].setText(say("welcome.folder"))
        self.language.setAccessibleName(say("welcome.language"))
        self.folder.setAccessibleName(say("welcome.folder"))
        self._browse.setText(say("welcome.browse"))
        for beginning, button in self.buttons.items():
            button.setText(say(f"welcome.{beginning.value}"))
        self._warn()

    def _use_language(self) -> None:
        words.use(str(self.language.currentData()))
        self._translate()

    def _warn(self) -> None:
        path = self.folder.text().casefold()
        is_cloud = any(mark in path for mark in _CLOUD_MARKS)
        self._warning.setText(say("welcome.cloud"))
        self._warning.setVisible(is_cloud)
        for button in self.buttons.values():
            button.setEnabled(bool(path.strip()))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say("welcome.folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _begin(self, beginning: Beginning) -> None:
        self.beginning = beginning
        self.accept()

    @property
    def chosen_folder(self) -> Path:
        """Where the book shall lie."""
        return Path(self.folder.text().strip()).expanduser()


def ask(folder: Path) -> Welcome | None:
    """The answers of the first start, or ``None`` where the person left."""
    dialog = Welcome(folder)
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    return dialog if dialog.exec() == QDialog.DialogCode.Accepted else None
