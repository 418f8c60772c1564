"""Owns the dialog that shows the paper as it will be and writes it to a file.

The preview is the paper itself, printed and turned into pictures. Must not lay a paper out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.kernel.messages import Message
from app.papers.content import PAPER_LANGUAGES
from app.papers.look import LOOKS
from app.papers.quotation_service import Names
from app.quotations.detail_views import QuotationDetail
from app.trouble import trouble_of
from ui import theme
from ui.context import Context
from ui.forms.sections import clear, plain_label
from ui.opening import tell_written
from ui.quotations.template_dialog import TemplateDialog
from ui.words import say, words

_OWN = "own"
_PAGE_PX = 620
_SIZE = (1180, 780)
#: What a title bar takes above a dialog.
_TITLE_PX = 40


class ExportDialog(QDialog):
    """Language, template and format on the left, the pages on the right."""

    def __init__(
        self, context: Context, details: Sequence[QuotationDetail], parent: QWidget | None = None
    ) -> None:
        """Several quotations become one file, each in the revision that counts."""
        super().__init__(parent)
        self._context = context
        one = details[0] if len(details) == 1 else None
        self._names: Names = one.id if one else [detail.id for detail in details]
        self._revision = one.revision if one else None
        self._label = one.label if one else say("editor.several_file", count=len(details))
        self._version = 0
        self._own: Path | None = None
        self.setWindowTitle(say("editor.export_title", number=self._label))
        room = self.screen().availableSize() - QSize(0, _TITLE_PX)
        self.resize(QSize(*_SIZE).boundedTo(room))
        self.language, self.template = QComboBox(), QComboBox()
        self.language.setAccessibleName(say("editor.paper_language"))
        self.template.setAccessibleName(say("editor.template"))
        for language in PAPER_LANGUAGES:
            self.language.addItem(say(f"editor.paper_in.{language}"), language)
        self.language.setCurrentIndex(self.language.findData("en"))
        for name in LOOKS:
            self.template.addItem(say(f"editor.look.{name}"), name)
        if one is not None:
            self.template.addItem(say("editor.own_template"), _OWN)
        self.make_template = QPushButton(say("editor.make_template"))
        if one is None:
            self.make_template.hide()
        self.prices = QCheckBox(say("editor.with_prices"))
        self.prices.setChecked(True)
        self.formats = QButtonGroup(self)
        self.xlsx, self.pdf = QRadioButton("Excel (.xlsx)"), QRadioButton("PDF")
        self.xlsx.setChecked(True)
        self._problem = QLabel()
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.hide()
        self.again = QPushButton(say("editor.save_as"))
        # Enter saves; a button that is hidden would take it otherwise.
        self.again.setAutoDefault(False)
        self.again.hide()
        self.save_button = QPushButton(say("editor.save_file"))
        self.save_button.setProperty("role", "primary")
        self.save_button.setDefault(True)
        self._pages = QWidget()
        self._sheets = QVBoxLayout(self._pages)
        self._lay_out()
        self._connect()
        QTimer.singleShot(0, self, self._preview)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(theme.SMALL)
        for key, widget in (
            ("editor.paper_language", self.language),
            ("editor.template", self.template),
        ):
            label = QLabel(say(key))
            label.setProperty("role", "faint")
            label.setBuddy(widget)
            form.addRow(label)
            form.addRow(widget)
        form.addRow(self.make_template)
        form.addRow(self.prices)
        kind = QLabel(say("editor.file_kind"))
        kind.setProperty("role", "faint")
        form.addRow(kind)
        for button in (self.xlsx, self.pdf):
            self.formats.addButton(button)
            form.addRow(button)
        hint = QLabel(say("editor.export_hint"))
        hint.setProperty("role", "faint")
        hint.setWordWrap(True)
        cancel = QPushButton(say("window.cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        left = QVBoxLayout()
        left.setSpacing(theme.MEDIUM)
        left.addLayout(form)
        left.addWidget(hint)
        left.addStretch(1)
        left.addWidget(self._problem)
        left.addWidget(self.again)
        left.addWidget(self.save_button)
        left.addWidget(cancel)
        side = QWidget()
        side.setFixedWidth(250)
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._sheets.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._sheets.setSpacing(theme.MEDIUM)
        self._sheets.addWidget(plain_label(say("editor.preparing_preview"), role="faint"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setWidget(self._pages)
        self._scroll.setAccessibleName(say("editor.preview"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        row.setSpacing(theme.LARGE)
        row.addWidget(side)
        row.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.language.activated.connect(lambda _i: self._preview())
        self.template.activated.connect(lambda _i: self._on_template())
        self.make_template.setAutoDefault(False)
        self.make_template.clicked.connect(self._make_template)
        self.prices.toggled.connect(lambda _on: self._preview())
        self.save_button.clicked.connect(self._choose_file)
        self.again.clicked.connect(self._choose_file)

    # -- choices ----------------------------------------------------------------------------

    def template_name(self) -> str:
        """The built-in template's name or the path of the user's own."""
        chosen = str(self.template.currentData())
        return str(self._own) if chosen == _OWN and self._own is not None else chosen

    def _on_template(self) -> None:
        if self.template.currentData() == _OWN:
            name, _filter = QFileDialog.getOpenFileName(
                self, say("editor.own_template"), "", "Excel (*.xlsx)"
            )
            self.use_own(Path(name) if name else None)
        else:
            self._own = None
            self._say_pdf()
            self._preview()

    def use_own(self, template: Path | None) -> None:
        """Uses the user's own workbook as template; ``None`` goes back to the first built-in one."""
        self._own = template
        if template is None:
            self.template.setCurrentIndex(0)
        else:
            at = self.template.findData(_OWN)
            self.template.setCurrentIndex(at)
            self.template.setItemText(at, template.name)
            self.xlsx.setChecked(True)
            # What comes next: Enter on the button that led here would ask for a sheet again.
            self.save_button.setFocus()
        self._say_pdf()
        self._preview()

    def _say_pdf(self) -> None:
        """Where a PDF of an own workbook has our look, the button says so."""
        self.pdf.setText(say("editor.pdf_in_our_look") if self._is_in_our_look else "PDF")
        note = say("papers.own_template_in_our_look") if self._is_in_our_look else ""
        self.pdf.setToolTip(note)

    @property
    def _is_in_our_look(self) -> bool:
        return self._own is not None and not self._context.desk.papers.prints_own_templates

    def _make_template(self) -> None:
        dialog = TemplateDialog(self._context, self.use_own, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- preview ----------------------------------------------------------------------------

    def _preview(self) -> None:
        """Prints the paper and shows its pages; only the newest choice is shown."""
        self._version += 1
        version = self._version
        papers, names, revision = self._context.desk.papers, self._names, self._revision
        template, language = self.template_name(), str(self.language.currentData())
        with_prices = self.prices.isChecked()

        def pages(_task: object) -> list[bytes]:
            return papers.preview(
                names,
                revision=revision,
                template=template,
                language=language,
                with_prices=with_prices,
            )

        self._context.tasks.long_read(
            self,
            Message("editor.preparing_preview"),
            pages,
            partial(self._show_pages, version),
            failed=self._tell,
        )

    def _show_pages(self, version: int, pages: Sequence[bytes]) -> None:
        if version != self._version:
            return
        clear(self._sheets)
        if self._is_in_our_look:
            note = QLabel(say("editor.own_preview"))
            note.setProperty("role", "faint")
            note.setWordWrap(True)
            self._sheets.addWidget(note)
        for number, png in enumerate(pages, 1):
            picture = QPixmap()
            picture.loadFromData(png)
            sheet = QLabel()
            room = self._scroll.viewport().width() - 2 * theme.MEDIUM
            width = room if picture.width() > picture.height() else min(room, _PAGE_PX)
            smooth = Qt.TransformationMode.SmoothTransformation
            sheet.setPixmap(picture.scaledToWidth(width, smooth))
            sheet.setAccessibleName(say("editor.page", page=number, pages=len(pages)))
            self._sheets.addWidget(sheet)

    # -- file -------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        ending = ".pdf" if self.pdf.isChecked() else ".xlsx"
        name, _filter = QFileDialog.getSaveFileName(
            self, say("editor.save_file"), f"{self._label}{ending}", f"*{ending}"
        )
        if name:
            path = Path(name)
            self.write(path if path.suffix.lower() == ending else Path(f"{name}{ending}"))

    def write(self, path: Path) -> None:
        """Writes the paper; trouble is told here, with the way to another name."""
        papers, names, revision = self._context.desk.papers, self._names, self._revision
        template, language = self.template_name(), str(self.language.currentData())
        with_prices = self.prices.isChecked()
        self.save_button.setEnabled(False)

        def work(_task: object) -> Path:
            return papers.export(
                names,
                path,
                revision=revision,
                template=template,
                language=language,
                with_prices=with_prices,
            ).path

        self._context.tasks.long_read(
            self, Message("editor.writing"), work, self._on_written, failed=self._tell
        )

    def _on_written(self, path: Path) -> None:
        self.accept()
        tell_written(self._context, say("editor.written", file=path.name), path)

    def _tell(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        message = trouble_of(error)
        if message is None:
            self._context.tasks.failed.emit(self, error)
            return
        self._problem.setText(words.text(message))
        self._problem.show()
        self.again.show()
