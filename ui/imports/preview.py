"""Owns the preview of one file: what was understood, what will happen, and the way to change both.

Reads and plans off the GUI thread. Must not import by itself; it asks the service to.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.kernel.messages import Message
from app.sheets.mapping.columns import Overrides
from app.sheets.plan.outcome import OnDuplicate, Outcome
from app.sheets.service import ImportOptions, ImportResult, Preview
from app.sheets.targets import KINDS
from app.sheets.understanding import UnderstoodSheet
from ui import formats, theme
from ui.context import Context
from ui.imports.mapping_bar import COLUMN_PX, HAPPENS_PX, NUMBER_PX, MappingBar
from ui.imports.rows_model import FIXED_COLUMNS, RowsModel
from ui.words import say, words

AUTO = "auto"


class PreviewPage(QWidget):
    """A file before it is imported."""

    imported = Signal(object)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._preview: Preview | None = None
        self._options = ImportOptions()
        self._title, self._summary, self._notes = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._notes.setProperty("role", "warning")
        for label in (self._title, self._summary, self._notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.sheet_choice, self.kind_choice, self.duplicate_choice = (
            QComboBox(),
            QComboBox(),
            QComboBox(),
        )
        self.bar = MappingBar()
        self.rows = QTableView()
        self.rows_model = RowsModel(self)
        self.import_button = QPushButton(say("sheets.do_import"))
        self.import_button.setProperty("role", "primary")
        self.import_button.setShortcut("Ctrl+Return")
        self.leave_button = QPushButton(say("window.cancel"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.rows.setModel(self.rows_model)
        self.rows.horizontalHeader().hide()
        self.rows.verticalHeader().hide()
        self.rows.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.rows.setAlternatingRowColors(True)
        self.rows.setShowGrid(False)
        self.rows.setWordWrap(False)
        self.rows.setTabKeyNavigation(False)
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows.setAccessibleName(say("sheets.rows"))
        for kind in (AUTO, *KINDS):
            self.kind_choice.addItem(say(f"sheets.kind.{kind}"), kind)
        for choice in OnDuplicate:
            self.duplicate_choice.addItem(say(f"sheets.on_duplicate.{choice.value}"), choice)
        choices = QHBoxLayout()
        choices.setSpacing(theme.SMALL)
        for key, box in (
            ("sheets.sheet", self.sheet_choice),
            ("sheets.kind_of_records", self.kind_choice),
            ("sheets.duplicates", self.duplicate_choice),
        ):
            label = QLabel(say(key))
            label.setProperty("role", "faint")
            label.setBuddy(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(280)
            box.setAccessibleName(say(key))
            choices.addWidget(label)
            choices.addWidget(box)
        choices.addStretch(1)
        choices.addWidget(self.leave_button)
        choices.addWidget(self.import_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, 0)
        layout.setSpacing(theme.SMALL)
        for widget in (self._title, self._summary, self._notes):
            layout.addWidget(widget)
        layout.addLayout(choices)
        layout.addWidget(self.bar)
        layout.addWidget(self.rows, 1)

    def _connect(self) -> None:
        self.sheet_choice.activated.connect(lambda _i: self._choose(sheet=self._sheet_name()))
        self.kind_choice.activated.connect(lambda _i: self._choose(kind=self._kind()))
        self.duplicate_choice.activated.connect(
            lambda _i: self._choose(on_duplicate=self.duplicate_choice.currentData())
        )
        self.bar.changed.connect(lambda fields: self._choose(overrides=Overrides(fields)))
        self.import_button.clicked.connect(self._import)
        self.leave_button.clicked.connect(self.left)
        scroll = self.rows.horizontalScrollBar()
        scroll.valueChanged.connect(self.bar.horizontalScrollBar().setValue)
        self.bar.horizontalScrollBar().valueChanged.connect(scroll.setValue)
        self.bar.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bar.horizontalHeader().sectionResized.connect(
            lambda column, _old, width: self.rows.setColumnWidth(column, width)
        )

    # -- reading ----------------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Reads a file and shows what it holds."""
        self._preview = None
        self._options = ImportOptions()
        self._title.setText(path.name)
        self._summary.setText(say("sheets.reading_file", name=path.name))
        self._notes.clear()
        self._set_ready(is_ready=False)
        self._plan(lambda task: self._context.desk.sheets.preview(path, progress=task))

    def _choose(self, **changed: object) -> None:
        """Plans again with another choice; the file is not read again."""
        if self._preview is None:
            return
        given = {
            name: changed.get(name, getattr(self._options, name))
            for name in ("kind", "sheet", "overrides", "on_duplicate")
        }
        if "kind" in changed or "sheet" in changed:
            given["overrides"] = Overrides()
        self._options = ImportOptions(**given)  # type: ignore[arg-type]
        preview, options = self._preview, self._options
        self._set_ready(is_ready=False)
        self._plan(
            lambda task: self._context.desk.sheets.replan(
                preview.path, preview.workbook, options, progress=task
            )
        )

    def _plan(self, work: Callable[..., Preview]) -> None:
        self._context.tasks.long_read(
            self, Message("sheets.reading_rows"), work, self._show, failed=self._on_failed
        )

    def _on_failed(self, error: BaseException) -> None:
        self._context.tasks.failed.emit(error)
        if self._preview is None:
            self.left.emit()
        else:
            self._set_ready(is_ready=bool(self._preview.taken))

    # -- showing ----------------------------------------------------------------------------

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        sheet = self._shown_sheet(preview)
        self._show_sheets(preview, sheet)
        self._summary.setText(_summary(preview, sheet))
        self._notes.setText("\n".join(_notes(preview, sheet)))
        self._notes.setVisible(bool(self._notes.text()))
        if sheet is not None:
            self.bar.show_columns(sheet.columns, sheet.kind, self._options.overrides.fields)
            rows = [row for row in preview.plan.rows if row.sheet == sheet.sheet]
            self.rows_model.show_rows(rows, len(sheet.columns))
            self.rows.setColumnWidth(0, NUMBER_PX)
            self.rows.setColumnWidth(1, HAPPENS_PX)
            for place in range(len(sheet.columns)):
                self.rows.setColumnWidth(place + FIXED_COLUMNS, COLUMN_PX)
        else:
            self.rows_model.show_rows([], 0)
        self._set_ready(is_ready=bool(preview.taken))
        self.import_button.setFocus()

    def _shown_sheet(self, preview: Preview) -> UnderstoodSheet | None:
        shown = (*preview.taken, *preview.sheets)
        return shown[0] if shown else None

    def _show_sheets(self, preview: Preview, sheet: UnderstoodSheet | None) -> None:
        self.sheet_choice.clear()
        self.sheet_choice.addItem(say("sheets.all_sheets"), None)
        for one in preview.workbook.sheets:
            hidden = f" ({say('sheets.hidden')})" if one.is_hidden else ""
            self.sheet_choice.addItem(one.name + hidden, one.name)
        self.sheet_choice.setCurrentIndex(max(0, self.sheet_choice.findData(self._options.sheet)))
        kind = self._options.kind or AUTO
        self.kind_choice.setCurrentIndex(self.kind_choice.findData(kind))
        if sheet is not None and kind == AUTO and sheet.kind:
            name = say(f"sheets.kind.{sheet.kind}")
            self.kind_choice.setItemText(0, say("sheets.kind.found", kind=name))

    def _sheet_name(self) -> str | None:
        return self.sheet_choice.currentData()

    def _kind(self) -> str | None:
        kind = self.kind_choice.currentData()
        return None if kind == AUTO else kind

    def _set_ready(self, *, is_ready: bool) -> None:
        self.import_button.setEnabled(is_ready and not self._context.desk.is_read_only)
        for box in (self.sheet_choice, self.kind_choice, self.duplicate_choice, self.bar):
            box.setEnabled(self._preview is not None)

    # -- importing --------------------------------------------------------------------------

    def _import(self) -> None:
        if self._preview is None:
            return
        preview = self._preview
        self._set_ready(is_ready=False)
        self._context.tasks.write(
            self,
            Message("sheets.import", name=preview.path.name),
            lambda task: self._context.desk.sheets.commit(preview, progress=task),
            self._on_imported,
            failed=self._on_failed,
        )

    def _on_imported(self, result: ImportResult) -> None:
        self.imported.emit(result)


def _summary(preview: Preview, sheet: UnderstoodSheet | None) -> str:
    if sheet is None or not preview.taken:
        reason = words.text(sheet.why_not) if sheet is not None and sheet.why_not else ""
        return " ".join((say("sheets.nothing_to_import", name=preview.path.name), reason)).strip()
    counts = preview.counts
    parts = [
        say(f"sheets.outcome.{outcome.value}", count=formats.number(counts[outcome]))
        for outcome in Outcome
        if counts[outcome]
    ]
    if pictures := sum(one.picture_count for one in preview.taken):
        parts.append(say("sheets.pictures", count=pictures))
    rows = ", ".join(str(row) for row in sheet.header_rows)
    headings = say("sheets.headings_in", rows=rows) if rows else say("sheets.no_headings")
    return f"{', '.join(parts)} · {headings}"


def _notes(preview: Preview, sheet: UnderstoodSheet | None) -> list[str]:
    notes = [words.say(key, **params) for key, params in preview.workbook.warnings]
    if sheet is not None:
        notes += [words.text(note) for note in sheet.notes]
        if sheet.excluded:
            notes.append(say("sheets.left_out", count=len(sheet.excluded)))
    return notes[:6]
