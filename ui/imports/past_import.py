"""Owns what a past import shows beside the list: what it did, what was corrected, the rejected rows.

Must not undo; the list's button does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.sheets.past_views import PastImport
from ui import formats
from ui.bridge import ChangedRows
from ui.context import Context
from ui.forms.sections import Line, Scroll, Section, plain_label
from ui.opening import open_outside
from ui.words import say

_MOST_SHOWN = 100
#: The kinds with a list of their own, in the order in which one looks for what an import brought.
LISTED_KINDS = ("inquiry", "product", "supplier", "buyer")
_TOLD_FIRST = ("supplier", "buyer", "product", "inquiry", "quotation")


class PastImportPane(QWidget):
    """One past import."""

    def __init__(
        self,
        context: Context,
        show_where: Callable[[str, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._show_where = show_where
        self._import_id = -1
        self._name = plain_label("", role="title")
        self._when = plain_label("", role="faint")
        self.about_undo = plain_label("", role="faint")
        self.did = Section(say("sheets.what_it_did"))
        self.open_rejected = QPushButton()
        self.corrections = Section(say("sheets.corrected"))
        scroll = Scroll()
        for widget in (
            self._name,
            self._when,
            self.did,
            self.open_rejected,
            self.corrections,
            self.about_undo,
        ):
            scroll.body.addWidget(widget)
        scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.open_rejected.clicked.connect(self._open)
        self._rejected: Path | None = None

    def show_record(self, record_id: int) -> None:
        """Reads the import off the GUI thread and shows it."""
        self._import_id = record_id
        self._context.tasks.read(
            self, lambda: self._context.desk.sheets.past(record_id), self._show
        )

    def on_changes(self, _rows: ChangedRows) -> None:
        """Any commit may be its undo or redo."""
        if self._import_id >= 0:
            self.show_record(self._import_id)

    def _show(self, past: PastImport) -> None:
        if past.id != self._import_id:
            return
        self._name.setText(past.file_name)
        self._when.setText(formats.moment(past.imported_at))
        self.did.clear()
        for key, counts in (("sheets.created", past.created), ("sheets.updated", past.updated)):
            if counts:
                self.did.add_row(Line(say(key, what=counted(counts))))
        about = "sheets.is_taken_back" if past.is_undone else "sheets.about_undo"
        self.about_undo.setText(say(about))
        there = () if past.is_undone else LISTED_KINDS
        for kind in (kind for kind in there if past.created.get(kind)):
            what = counted({kind: past.created[kind]})
            go = partial(self._show_where, kind, f"import:{past.operation_id}")
            self.did.add_row(Line(say("sheets.show_new", what=what), open_=go))
        self.open_rejected.setVisible(past.rejected_file is not None)
        self.open_rejected.setText(say("sheets.open_rejected_rows", count=past.rejected))
        self._rejected = past.rejected_file
        self.corrections.clear()
        self.corrections.setVisible(bool(past.corrections))
        for one in past.corrections[:_MOST_SHOWN]:
            text = say(
                "sheets.correction", column=one.column, row=one.row, was=one.was, now=one.now
            )
            self.corrections.add_row(Line(text))

    def _open(self) -> None:
        if self._rejected is not None:
            open_outside(self._rejected)


def counted(counts: Mapping[str, int]) -> str:
    """How many of each kind, the kinds a person looks for first."""
    first = [kind for kind in _TOLD_FIRST if kind in counts]
    others = [kind for kind in counts if kind not in first]
    told = [
        say(f"lists.counted.{kind}", count=formats.number(counts[kind])) for kind in first + others
    ]
    return say("lists.between").join(told)
