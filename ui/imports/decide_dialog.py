"""Owns deciding about likely duplicates one by one: the sheet's row beside the record of the book.

Must not compare or import; the service compares, and the decisions go back to the preview.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.sheets.plan.beside_views import Beside, BesideLine
from app.sheets.plan.outcome import Choice, Decision, Decisions, PlannedRow, RowPlace
from app.sheets.service import Preview
from ui import formats, theme
from ui.context import Context
from ui.keys import give_keys
from ui.tables import dress, fit_rows
from ui.words import say, words

_SIZE = (900, 560)
_FIELD_PX = 170
_BETWEEN = "\n"


class DecideDialog(QDialog):
    """The likely duplicates of a preview, one at a time."""

    def __init__(
        self,
        context: Context,
        preview: Preview,
        rows: Sequence[PlannedRow],
        *,
        first: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._preview, self._rows = context, preview, rows
        self._place = first
        self._lines: Sequence[BesideLine] = ()
        self.decisions: dict[RowPlace, Decision] = dict(preview.options.decisions)
        self.setWindowTitle(say("sheets.decide.title"))
        self.resize(*_SIZE)
        self._where, self._sure, self._reasons = QLabel(), QLabel(), QLabel()
        self.table = QTableWidget(0, 3)
        self.only_differing = QCheckBox(say("sheets.decide.only_differing"))
        self.choices = {choice: QPushButton() for choice in _CHOICES}
        self.previous = QPushButton(say("sheets.decide.previous"))
        self.next = QPushButton(say("sheets.decide.next"))
        self.rest = QPushButton(say("sheets.decide.rest"))
        self._lay_out()
        self._connect()
        self._show_row()

    # -- building ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._where.setProperty("role", "heading")
        self._reasons.setProperty("role", "faint")
        for label in (self._where, self._sure, self._reasons):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self._where, 1)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        self._prepare_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(head)
        layout.addWidget(self._sure)
        layout.addWidget(self._reasons)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.only_differing)
        layout.addLayout(self._choice_row())
        layout.addWidget(self._buttons())

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName(say("sheets.decide.title"))
        table.setHorizontalHeaderLabels(
            [say("sheets.column.field"), say("sheets.decide.sheet"), say("sheets.decide.book")]
        )
        dress(table)
        table.setWordWrap(True)
        table.setColumnWidth(0, _FIELD_PX)
        for column in (1, 2):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _choice_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.TINY)
        for number, (choice, button) in enumerate(self.choices.items(), 1):
            button.setText(f"{number} {say(f'sheets.decide.{choice.value}')}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.rest.setAutoDefault(False)
        self.rest.setToolTip(say("sheets.decide.about_rest"))
        buttons.addButton(self.rest, QDialogButtonBox.ButtonRole.ActionRole)
        done = buttons.addButton(say("sheets.decide.done"), QDialogButtonBox.ButtonRole.AcceptRole)
        done.setProperty("role", "primary")
        done.setAutoDefault(False)
        leave = buttons.addButton(say("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        leave.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self._go(-1))
        self.next.clicked.connect(lambda: self._go(1))
        self.previous.setAutoDefault(False)
        self.next.setAutoDefault(False)
        self.only_differing.toggled.connect(lambda _on: self._show_lines())
        self.rest.clicked.connect(self._decide_rest)
        for key, button in (("PgUp", self.previous), ("PgDown", self.next)):
            give_keys(button, key, owner=self)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        for number, choice in enumerate(self.choices, 1):
            QShortcut(QKeySequence(str(number)), self, lambda c=choice: self._decide(c))
            self.choices[choice].clicked.connect(lambda _on, c=choice: self._decide(c))

    # -- showing ----------------------------------------------------------------------------

    @property
    def row(self) -> PlannedRow:
        """The row that is shown."""
        return self._rows[self._place]

    def _go(self, step: int) -> None:
        self._place = min(max(self._place + step, 0), len(self._rows) - 1)
        self._show_row()

    def _show_row(self) -> None:
        row, match = self.row, self.row.match
        self._where.setText(
            say(
                "sheets.decide.where",
                number=self._place + 1,
                count=len(self._rows),
                row=row.record.number,
                name=row.title,
            )
        )
        if match is not None:
            sure = say("sheets.decide.sure", name=match.title, score=round(match.score * 100))
            self._sure.setText(sure)
            self._reasons.setText(" · ".join(words.text(one.message) for one in match.reasons))
        self.previous.setEnabled(self._place > 0)
        self.next.setEnabled(self._place < len(self._rows) - 1)
        self.rest.setEnabled(self._place < len(self._rows) - 1)
        self._show_choice()
        place = self._place
        self._context.tasks.read(
            self,
            lambda: self._context.desk.sheets.beside(self._preview, row),
            lambda found: self._take(found, place),
        )

    def _take(self, found: Beside | None, place: int) -> None:
        if place == self._place:
            self._lines = found.lines if found is not None else ()
            self._show_lines()

    def _show_lines(self) -> None:
        only = self.only_differing.isChecked()
        lines = [line for line in self._lines if line.is_news or not only]
        self.table.setRowCount(len(lines))
        for number, line in enumerate(lines):
            for column, text in enumerate(_cells(line)):
                item = QTableWidgetItem(text)
                _mark(item, line, column)
                self.table.setItem(number, column, item)
        fit_rows(self.table)

    def _show_choice(self) -> None:
        decided = self.decisions.get(self.row.place)
        is_product = self.row.match is not None and self.row.match.is_product
        about = "sheets.decide.about_product" if is_product else "sheets.decide.about"
        for choice, button in self.choices.items():
            button.setChecked(decided is not None and decided.choice is choice)
            can_choose = choice is not Choice.APART or not is_product
            button.setVisible(can_choose)
            if can_choose:
                button.setToolTip(say(f"{about}.{choice.value}"))
                button.setAccessibleDescription(button.toolTip())

    # -- deciding ---------------------------------------------------------------------------

    def _decide(self, choice: Choice) -> None:
        if self.choices[choice].isHidden():
            return
        self._take_decision(self.row, choice)
        self._show_choice()
        if self._place < len(self._rows) - 1:
            self._go(1)

    def _take_decision(self, row: PlannedRow, choice: Choice) -> None:
        match = row.match
        if match is not None and match.is_product:
            as_new = Choice.CREATE if choice is Choice.APART else choice
            decision = Decision(as_new, product_id=match.record_id)
        else:
            same = match.record_id if match is not None and choice in _SAME else 0
            decision = Decision(choice, same)
        self.decisions[row.place] = decision

    def _decide_rest(self) -> None:
        """What was decided here, or else on the row before, for all rows that follow undecided."""
        choice = self._last_choice(self.decisions)
        if choice is None:
            return
        for row in self._rows[self._place :]:
            if row.place not in self.decisions:
                self._take_decision(row, choice)
        self._place = len(self._rows) - 1
        self._show_row()

    def _last_choice(self, decisions: Decisions) -> Choice | None:
        for row in reversed(self._rows[: self._place + 1]):
            decided = decisions.get(row.place)
            if decided is not None:
                return decided.choice
        return None


_CHOICES = (Choice.SAME, Choice.OVERWRITE, Choice.SKIP, Choice.CREATE, Choice.APART)
_SAME = frozenset((Choice.SAME, Choice.OVERWRITE))


def _cells(line: BesideLine) -> tuple[str, str, str]:
    def shown(values: Sequence[object]) -> str:
        if line.field is None:
            return _BETWEEN.join(map(str, values))
        return _BETWEEN.join(formats.shown(line.field, value) for value in values)

    return words.text(line.label), shown(line.sheet), shown(line.book)


def _mark(item: QTableWidgetItem, line: BesideLine, column: int) -> None:
    tokens = theme.colours()
    item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    if column == 0:
        item.setForeground(QColor(tokens.faint))
    elif line.is_conflict:
        item.setForeground(QColor(tokens.warning))
    elif line.is_news:
        item.setForeground(QColor(tokens.good))
    if line.is_news:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
