"""Owns the dialog that makes a template from the sheet a person quotes with today, and the guide.

Must not recognise anything; the papers do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.kernel.messages import Message
from app.papers.templates.suggest import SuggestedTemplate
from app.trouble import trouble_of
from ui import theme
from ui.context import Context
from ui.opening import open_outside
from ui.words import say, words

_TYPES = "Excel (*.xlsx)"


class TemplateDialog(QDialog):
    """Choose the sheet in use, see which cells became placeholders, open it or use it."""

    def __init__(
        self, context: Context, use: Callable[[Path], None], parent: QWidget | None = None
    ) -> None:
        """``use`` takes the finished template."""
        super().__init__(parent)
        self._context, self._use = context, use
        self.made: Path | None = None
        self.setWindowTitle(say("template.title"))
        self.resize(680, 560)
        hint = QLabel(say("template.hint"))
        hint.setWordWrap(True)
        self.choose_button = QPushButton(say("template.choose"))
        self.choose_button.setProperty("role", "primary")
        self.choose_button.clicked.connect(self.choose)
        guide = QPushButton(say("template.guide"))
        guide.clicked.connect(self.show_guide)
        self.said, self.found = QLabel(), QPlainTextEdit()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.found.setReadOnly(True)
        self.found.setAccessibleName(say("template.placeholders"))
        self.found.setTabChangesFocus(True)
        self.open_button = QPushButton(say("template.open"))
        self.open_button.clicked.connect(self._open)
        self.use_button = QPushButton(say("template.use"))
        self.use_button.clicked.connect(self._take)
        close = QPushButton(say("template.close"))
        close.clicked.connect(self.reject)
        first, last = QHBoxLayout(), QHBoxLayout()
        last.addStretch(1)
        for row, buttons in (
            (first, (self.choose_button, guide)),
            (last, (self.open_button, self.use_button, close)),
        ):
            for button in buttons:
                button.setAutoDefault(False)
                row.addWidget(button)
        first.addStretch(1)
        for hidden in (self.found, self.open_button, self.use_button):
            hidden.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(hint)
        layout.addLayout(first)
        layout.addWidget(self.said)
        layout.addWidget(self.found, 1)
        layout.addStretch(0)
        layout.addLayout(last)

    def choose(self) -> None:
        """Asks for the sheet in use and for the template's name."""
        name, _filter = QFileDialog.getOpenFileName(self, say("template.choose"), "", _TYPES)
        if not name:
            return
        sheet = Path(name)
        proposed = sheet.with_name(f"{sheet.stem} {say('template.suffix')}.xlsx")
        target, _filter = QFileDialog.getSaveFileName(
            self, say("template.save"), str(proposed), _TYPES
        )
        if target:
            self.make(sheet, Path(target).with_suffix(".xlsx"))

    def make(self, sheet: Path, target: Path) -> None:
        """Makes the template; the sheet itself is never written over."""
        if sheet.resolve() == target.resolve():
            self._tell("error", say("template.same_file"))
            return
        papers = self._context.desk.papers
        self._context.tasks.long_read(
            self,
            Message("template.making"),
            lambda _task: papers.suggest_template(sheet, target),
            self._show,
            failed=self._refuse,
        )

    def _show(self, made: SuggestedTemplate) -> None:
        self.made = made.path
        self._tell(
            "",
            say(
                "template.made", count=len(made.placeholders), sheet=made.sheet, file=made.path.name
            ),
        )
        self.found.setPlainText("\n".join(f"{cell}\t{text}" for cell, text in made.placeholders))
        for shown in (self.found, self.open_button, self.use_button):
            shown.show()
        _give_role(self.choose_button, "")
        _give_role(self.use_button, "primary")
        self.use_button.setFocus()

    def _refuse(self, error: BaseException) -> None:
        message = trouble_of(error)
        if message is None:
            self._context.tasks.failed.emit(self, error)
            return
        self._tell("error", words.text(message))

    def _tell(self, role: str, text: str) -> None:
        _give_role(self.said, role)
        self.said.setText(text)

    def _open(self) -> None:
        if self.made is not None:
            open_outside(self.made)

    def _take(self) -> None:
        if self.made is not None:
            self._use(self.made)
            self.accept()

    def show_guide(self) -> None:
        """Opens the guide to placeholders."""
        guide = QDialog(self)
        guide.setWindowTitle(say("template.guide"))
        guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        guide.resize(760, 640)
        text = QTextBrowser()
        text.setOpenLinks(False)
        text.setAccessibleName(say("template.guide"))
        text.setMarkdown(self._context.desk.papers.template_guide(words.language))
        layout = QVBoxLayout(guide)
        layout.addWidget(text)
        guide.open()


def _give_role(widget: QWidget, role: str) -> None:
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
