"""Owns the bar of revisions: R1, R2 … with their states, and what can become of the one shown.

Must not change anything; it says what is asked for.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.quotations.detail_views import QuotationDetail
from app.quotations.revisions import STATE_NAMES, State, may_become
from ui import theme
from ui.buttons import key_button
from ui.forms.sections import clear
from ui.icons import icon
from ui.keys import give_keys, stop_before, tab_through
from ui.words import say, words

#: What can be done: its name here, its words, icon and shortcut.
_MOVES = (
    ("send", "editor.send", "send", "Ctrl+Return"),
    ("accept", "editor.accept", "ok", ""),
    ("decline", "editor.decline", "close", ""),
    ("revise", "editor.revise", "edit", "Ctrl+Shift+R"),
    ("withdraw", "editor.withdraw", "undo", ""),
    ("proforma", "editor.proforma", "quotations", ""),
)
_ICONS = {name: picture for name, _words, picture, _keys in _MOVES}
_BECOMES = {
    "send": State.SENT,
    "accept": State.ACCEPTED,
    "decline": State.DECLINED,
    "withdraw": State.WITHDRAWN,
}


class RevisionBar(QWidget):
    """Emits the revision wanted, or the name of the move."""

    chosen = Signal(int)
    moved = Signal(str)
    comparing = Signal()

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        """``page`` is where the shortcuts of the moves work."""
        super().__init__(parent)
        self._page = page
        self._group = QButtonGroup(self)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.TINY)
        self.compare = QPushButton(icon("compare"), say("editor.compare"))
        give_keys(self.compare, "Ctrl+Shift+C", owner=page)
        self.compare.clicked.connect(self.comparing)
        self.buttons = {
            name: key_button(label, keys, self._page, picture=picture)
            for name, label, picture, keys in _MOVES
        }
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, name=name: self.moved.emit(name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addLayout(self._chips)
        row.addWidget(self.compare)
        row.addStretch(1)
        for name in ("withdraw", "decline", "accept", "proforma", "revise", "send"):
            row.addWidget(self.buttons[name])

    def show_quotation(self, detail: QuotationDetail, *, can_write: bool) -> None:
        """Shows the revisions, the one shown marked, and the moves it allows."""
        for chip in self._group.buttons():
            self._group.removeButton(chip)
        clear(self._chips)
        for summary in detail.revisions:
            state = words.text(STATE_NAMES[summary.state])
            # Of an older revision everybody knows that a newer one took its place.
            is_old = summary.state is State.SUPERSEDED
            label = f"R{summary.revision} · {state}"
            chip = QPushButton(f"R{summary.revision}" if is_old else label)
            chip.setToolTip(label if is_old else "")
            chip.setAccessibleName(label)
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            chip.setChecked(summary.revision == detail.revision)
            chip.clicked.connect(lambda _on=False, r=summary.revision: self.chosen.emit(r))
            self._group.addButton(chip)
            self._chips.addWidget(chip)
        # What is made later would come at the end of the whole window.
        tab_through(stop_before(self.compare), *self._group.buttons())
        newest = max((one.revision for one in detail.revisions), default=detail.revision)
        self.compare.setVisible(len(detail.revisions) > 1)
        is_newest = detail.revision == newest
        for name, state in _BECOMES.items():
            allowed = may_become(detail.state, state) and can_write and is_newest
            self.buttons[name].setVisible(allowed)
        alone = detail.state is State.DRAFT and len(detail.revisions) == 1
        self.buttons["withdraw"].setVisible(
            self.buttons["withdraw"].isVisibleTo(self) and not alone
        )
        self.buttons["revise"].setVisible(can_write and detail.state is not State.DRAFT)
        self.buttons["proforma"].setVisible(
            can_write and is_newest and detail.state is State.ACCEPTED
        )
        for name in ("send", "revise"):
            primary = name == ("send" if detail.state is State.DRAFT else "revise")
            self.buttons[name].setProperty("role", "primary" if primary else "")
            self.buttons[name].setIcon(icon(_ICONS[name], on_accent=primary))
            self.buttons[name].style().unpolish(self.buttons[name])
            self.buttons[name].style().polish(self.buttons[name])
