"""Owns the short message that comes up over the foot of the window and goes by itself.

What the foot tells meanwhile, of work that runs and of the book, stays in sight beside it.

Must not be used for what the person has to answer.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui import theme
from ui.window.foot import Foot

#: How long a message stays at least, and how long it takes to read one byte: a Chinese sign has three.
STAYS_MS = 8_000
_READ_MS = 60
#: What comes so soon after a message is shown with it.
_TOGETHER_MS = 3_000
#: As low as the foot, so that what stands above it, a button to write down or the last row, is not covered.
_MARGIN_PX = 2
#: In less room a message would be a tower of words.
_LEAST_PX = 360


class Toast(QFrame):
    """A message with a thing to do about it, and sometimes a file or page to open beside that."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._foot: Foot | None = None
        self.setProperty("role", "toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, _MARGIN_PX, theme.MEDIUM, _MARGIN_PX)
        row.setSpacing(theme.MEDIUM)
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.action = QPushButton()
        self.action.clicked.connect(self._act)
        self.beside = QPushButton()
        self.beside.clicked.connect(self._open_beside)
        row.addWidget(self.text)
        row.addWidget(self.beside)
        row.addWidget(self.action)
        self._run: Callable[[], None] | None = None
        self._open: Callable[[], None] | None = None
        self._since, self._is_kept = QElapsedTimer(), False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go)
        window.installEventFilter(self)
        self.hide()

    def stand_beside(self, foot: Foot) -> None:
        """Leaves what ``foot``, at the bottom of the window, tells in sight; above a window made anew."""
        self._foot = foot
        foot.installEventFilter(self)
        self.raise_()

    def say(
        self,
        text: str,
        label: str = "",
        run: Callable[[], None] | None = None,
        *,
        beside: tuple[str, Callable[[], None]] | None = None,
        is_added: bool = False,
    ) -> None:
        """Shows ``text`` for a while; ``label`` is the button that runs ``run``.

        ``beside`` is a second button, which opens something and leaves the first one in reach.
        What ``is_added`` comes below its like, or below what has buttons, which stay, where
        nobody has had time to read that.
        """
        is_fresh = self.isVisible() and not self._since.hasExpired(_TOGETHER_MS)
        if is_added and is_fresh and self._is_kept:
            if text not in self.text.text():
                self._show(f"{self.text.text()}\n{text}")
            return
        self.action.setVisible(run is not None)
        self.action.setText(label)
        self._run = run
        label_beside, self._open = beside or ("", None)
        self.beside.setVisible(beside is not None)
        self.beside.setText(label_beside)
        self._is_kept = is_added or run is not None or beside is not None
        self._show(text)

    def _show(self, text: str) -> None:
        self._since.start()
        self.text.setText(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(max(STAYS_MS, len(text.encode()) * _READ_MS))

    def _go(self) -> None:
        """Nothing goes from under the pointer of a person who reads it or is about to press."""
        if self.underMouse():
            self._timer.start()
        else:
            self.hide()

    def _act(self) -> None:
        self.hide()
        if self._run is not None:
            self._run()

    def _open_beside(self) -> None:
        self._timer.start()
        if self._open is not None:
            self._open()

    def _place(self) -> None:
        """In the middle of the window or beside it; in several lines where there is no room for one."""
        window = self.parentWidget()
        first, last = self._foot.room(window) if self._foot is not None else (0, 0)
        if last - first < _LEAST_PX:
            first, last = theme.LARGE, window.width() - theme.LARGE
        most_px = last - first
        self.text.setWordWrap(False)
        size = self.sizeHint()
        if size.width() > most_px:
            self.text.setWordWrap(True)
            size = QSize(most_px, self.heightForWidth(most_px))
        self.resize(size)
        middle = (window.width() - self.width()) // 2
        left = max(first, min(middle, last - self.width()))
        if self._foot is not None:
            # Where there is room for both, no half of what can be undone is covered.
            beside = self._foot.undo_from(window) - theme.MEDIUM - self.width()
            left = min(left, beside) if beside >= first else left
        self.move(left, window.height() - self.height() - _MARGIN_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the window, or what stands beside it, changes its size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
