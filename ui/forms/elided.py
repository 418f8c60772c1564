"""Owns texts that end in an ellipsis where there is no room: shown, typed, chosen, led to.

Must not wrap; texts that may take several lines are ordinary labels.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStylePainter,
    QWidget,
)

#: A few characters always stay.
_FEWEST_CHARACTERS = 4


class Elided(QLabel):
    """Its ``text`` stays whole; a shortened one is told whole by the tooltip."""

    def __init__(self, text: str = "", *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Shows ``text`` as far as there is room."""
        super().setText(text)
        self.setAccessibleName(text)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        narrow = self.fontMetrics().averageCharWidth() * _FEWEST_CHARACTERS
        return QSize(narrow, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _shown(self) -> str:
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _tell_whole(self) -> None:
        self.setToolTip(_plain(self.text()) if self._shown() != self.text() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            self._shown(),
            QPalette.ColorRole.WindowText,
        )


class ElidedLine(QLineEdit):
    """A line that is typed in; left, it shows that it says more than there is room for."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = QStyle.SubElement.SE_LineEditContents
        room = self.style().subElementRect(inside, option, self).adjusted(2, 0, -2, 0)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.Text))
        place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(place), shown)


class ElidedBox(QComboBox):
    """A choice whose text ends in an ellipsis where the box is too narrow for it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - 4
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        self.setToolTip(
            _plain(self.currentText()) if option.currentText != self.currentText() else ""
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class ElidedLink(QPushButton):
    """A quiet button that looks like a link; it may be too narrow for its words.

    Its tooltip says them whole then, and always the ``hint``.
    """

    def __init__(self, run: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = ""
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: run())

    def lead_to(self, name: str) -> None:
        """Shows ``name``, an ampersand of it too."""
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(name)

    def minimumSizeHint(self) -> QSize:
        narrow = self.fontMetrics().averageCharWidth() * _FEWEST_CHARACTERS
        return QSize(narrow, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(inside, option, self).width()
        whole, mnemonic = option.text, Qt.TextFlag.TextShowMnemonic.value
        option.text = self.fontMetrics().elidedText(
            whole, Qt.TextElideMode.ElideRight, room, mnemonic
        )
        cut = _plain(self.accessibleName()) if option.text != whole else ""
        self.setToolTip("\n".join(filter(None, (cut, self.hint))))
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


def _plain(text: str) -> str:
    """``text`` for a tooltip, which reads what looks like markup as such."""
    return text.replace("<", "‹")
