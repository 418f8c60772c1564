"""Owns the main window: sidebar, head with search, the pages, the foot; undo, redo and language.

Must not know what is on the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desk import Desk
from app.kernel.language import LANGUAGES
from app.kernel.messages import Message
from app.lists.saved_views_service import SavedView
from app.search.results import Hit
from ui import theme
from ui.bridge import ChangedRows, Changes
from ui.buttons import tool_of
from ui.changing import offer_undo, redo, undo, with_step
from ui.context import Context
from ui.icons import icon
from ui.navigation import FOUND, Navigation, Spot
from ui.places import PLACE_OF_KIND, PLACES
from ui.search.box import SearchBox
from ui.search.page import SearchPage
from ui.tasks import SHOW_AFTER_S, Tasks
from ui.window.book_menu import BOOK_ACTIONS, add_book_actions, back_up_now_and_then
from ui.window.foot import Foot
from ui.window.pages import Pages
from ui.window.palette import Command, Palette
from ui.window.preloading import preload_pages
from ui.window.record_window import RecordWindows
from ui.window.sidebar import Sidebar, place_keys
from ui.window.standing import Standing
from ui.window.toast import Toast
from ui.window.trouble import tell_trouble
from ui.window.welcome import Beginning
from ui.words import say, words

SMALLEST = (900, 560)
_FIRST_SIZE = (1320, 820)
#: In a narrower window the sidebar shows its pictures alone.
_NARROW_PX = 1160


class MainWindow(QMainWindow):
    """The window on one book."""

    #: Out of sight for good; what still has to end does so behind it.
    gone = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, settings: QSettings) -> None:
        super().__init__()
        self.desk = desk
        self._settings = settings
        self._views: Sequence[SavedView] = ()
        #: The backup that takes the book's place once the window is closed.
        self.backup_to_restore: Path | None = None
        #: The window closes as soon as what is written is done.
        self._is_leaving = False
        self._toast = Toast(self)
        self.tasks = Tasks(self)
        self.tasks.ended.connect(self._leave_then, Qt.ConnectionType.QueuedConnection)
        self.navigation = Navigation(self)
        self.record_windows = RecordWindows(self)
        self._changes = Changes(desk, self)
        self._changes.committed.connect(self._on_committed)
        self.tasks.failed.connect(self.show_trouble)
        self.navigation.moved.connect(self._on_moved)
        words.changed.connect(self._rebuild)
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        room = self.screen().availableSize()
        self.resize(QSize(*_FIRST_SIZE).boundedTo(room))
        self._build()
        back_up_now_and_then(self.context, self)
        self.navigation.go("today")
        self._refresh_undo()
        # Once the window is there: the imports of the search take a tenth of a second.
        start = partial(desk.start_indexing, self._changes.indexed.emit)
        QTimer.singleShot(0, self, lambda: self.tasks.read(self, start, lambda _nothing: None))
        preload_pages(self.tasks, self)

    # -- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle(f"{say('window.title')} — {self.desk.folder.name}")
        self.foot = Foot(self.desk, self.tasks)
        self._toast.stand_beside(self.foot)
        self.context = Context(
            self.desk, self.tasks, self.navigation, self._toast.say, self._settings, self.open_files
        )
        self.sidebar = Sidebar()
        self.sidebar.chosen.connect(self.navigation.go)
        self.sidebar.be_narrow(self.width() < _NARROW_PX)
        self._stack = QStackedWidget()
        self.pages = Pages(self.context, self._stack, self._take_page)
        self.results = SearchPage(self.context)
        self.results.chosen.connect(self._open_hit)
        self.results.asked.connect(self.navigation.search)
        self._stack.addWidget(self.results)
        self.foot.undo.connect(self.undo)
        self._changes.indexed.connect(self.foot.show_indexing)
        self._changes.indexed.connect(self.results.on_indexed)
        self._make_actions()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._head())
        right.addWidget(self._stack, 1)
        right.addWidget(self.foot)
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(central)

    def _take_page(self, page: QWidget) -> None:
        self._stack.addWidget(page)
        if hasattr(page, "opened"):
            page.opened.connect(self._on_opened)
        if hasattr(page, "own_windows_asked"):
            page.own_windows_asked.connect(
                partial(self.record_windows.open, self.context, page.kind, page.make_detail)
            )

    def _head(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        row.setSpacing(theme.TINY)
        for action in (self._back, self._forward):
            row.addWidget(tool_of(action))
        self.search_box = SearchBox(self.context)
        self.search_box.chosen.connect(self._open_hit)
        self.search_box.asked.connect(self.navigation.search)
        row.addSpacing(theme.MEDIUM)
        row.addWidget(self.search_box, 100)
        row.addStretch(1)
        for action in (self._undo, self._redo):
            row.addWidget(tool_of(action))
        more = QToolButton()
        more.setIcon(icon("settings"))
        more.setToolTip(say("window.settings"))
        more.setAccessibleName(say("window.settings"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self._settings_menu())
        row.addWidget(more)
        return bar

    def _make_actions(self) -> None:
        self._back = self._action("window.back", "back", self.navigation.back, "Alt+Left")
        self._forward = self._action(
            "window.forward", "forward", self.navigation.forward, "Alt+Right"
        )
        self._undo = self._action("window.undo", "undo", self.undo, QKeySequence.StandardKey.Undo)
        self._redo = self._action("window.redo", "redo", self.redo, QKeySequence.StandardKey.Redo)
        self._action("window.quit", "close", self.close, QKeySequence.StandardKey.Quit)
        find = QKeySequence.StandardKey.Find
        self._action("window.search", "search", self.focus_search, find)
        self._action("window.palette", "command", self.open_palette, "Ctrl+K; F1")

    def _action(
        self,
        label: str,
        icon_name: str,
        run: Callable[[], object],
        shortcut: str | QKeySequence.StandardKey,
    ) -> QAction:
        action = QAction(icon(icon_name), say(label), self)
        keys = QKeySequence.listFromString(shortcut) if isinstance(shortcut, str) else shortcut
        action.setShortcuts(keys)
        action.triggered.connect(lambda: run())
        self.addAction(action)
        return action

    def _settings_menu(self) -> QMenu:
        menu = QMenu(self)
        everything = menu.addAction(icon("command"), say("window.all_actions"))
        # After the menu is closed: the palette is a popup itself.
        everything.triggered.connect(lambda: QTimer.singleShot(0, self, self.open_palette))
        menu.addSeparator()
        self._sample = menu.addAction(icon("open"), say("welcome.sample"))
        self._sample.triggered.connect(lambda: self.load_sample())
        glossary = menu.addAction(icon("search"), say("search.glossary.open"))
        glossary.triggered.connect(lambda: self.open_glossary())
        add_book_actions(menu, self.context, self)
        restore = menu.addAction(icon("undo"), say("window.restore.open"))
        restore.triggered.connect(lambda: self.ask_for_backup())
        menu.addSeparator()
        for language in LANGUAGES:
            chosen = menu.addAction(say(f"language.{language}"))
            chosen.setCheckable(True)
            chosen.setChecked(language == words.language)
            chosen.triggered.connect(partial(self.use_language, language))
        menu.addSeparator()
        for scheme in ("system", "light", "dark"):
            chosen = menu.addAction(say(f"window.scheme.{scheme}"))
            chosen.setCheckable(True)
            chosen.setChecked(scheme == self._settings.value("scheme", "system"))
            chosen.triggered.connect(partial(self.use_scheme, scheme))
        return menu

    def _rebuild(self) -> None:
        spot = self.navigation.current
        self.record_windows.close()
        for action in self.actions():
            self.removeAction(action)
        before = self.pages
        self._build()
        self.pages.take_over(before)
        self._refresh_undo()
        if spot is not None:
            self._on_moved(spot)

    # -- moving about -----------------------------------------------------------------------

    def _on_moved(self, spot: Spot) -> None:
        if self.record_windows.has_focus:
            self.come_up()
        if spot.place == FOUND:
            self._show_found(spot.query)
        else:
            self._show_place(spot)
        self._back.setEnabled(self.navigation.can_go_back)
        self._forward.setEnabled(self.navigation.can_go_forward)

    def _show_place(self, spot: Spot) -> None:
        page = self.pages[spot.place]
        self.search_box.forget()
        self.sidebar.choose(spot.place)
        self._stack.setCurrentWidget(page)
        page.activate()
        if spot.record_id is not None:
            page.show_record(spot.record_id)

    def _show_found(self, query: str) -> None:
        self._stack.setCurrentWidget(self.results)
        self.sidebar.choose_none()
        self.search_box.setText(query)
        self.results.search(query)
        # The hand stays where it changed the query on the page itself.
        if not self.results.isAncestorOf(self.focusWidget()):
            self.results.activate()

    def _on_opened(self, kind: str, record_id: int) -> None:
        self.navigation.go(PLACE_OF_KIND[kind], record_id)

    def begin(self, beginning: Beginning) -> None:
        """Starts a new book as the person chose at the first start."""
        if beginning is Beginning.SAMPLE:
            self.load_sample()
        elif beginning is Beginning.IMPORT:
            self.navigation.go("imports")
            self.pages["imports"].choose_file()

    def load_sample(self) -> None:
        """Fills an empty book with the sample data, as one step that can be undone."""
        self.tasks.write(
            self,
            Message("window.loading_sample"),
            lambda task: with_step(self.desk, lambda: self.desk.load_sample(progress=task)),
            lambda made: offer_undo(self.context, self, made[1], say("window.sample_loaded")),
        )

    def come_up(self) -> None:
        """Comes to the front: the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    # -- finding ----------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Puts the cursor into the search box."""
        self.search_box.setFocus()
        self.search_box.selectAll()

    def _open_hit(self, hit: Hit) -> None:
        """Goes to a record; a person or message is shown with the company or deal it belongs to."""
        self.tasks.read(
            self, lambda: self.desk.home_of(hit.kind, hit.id), lambda home: self._go_home(*home)
        )

    def _go_home(self, kind: str, record_id: int) -> None:
        if kind in PLACE_OF_KIND:
            self.navigation.go(PLACE_OF_KIND[kind], record_id)

    def open_palette(self) -> None:
        """Shows every action by name."""
        commands = [
            Command(say(place.label), place.icon, partial(self.navigation.go, place.name), keys)
            for place, keys in zip(PLACES, place_keys(), strict=True)
        ]
        here = self.navigation.current.place if self.navigation.current else ""
        # What can be done here comes before what has the same name elsewhere.
        for place in sorted(PLACES, key=lambda place: place.name != here):
            for action in place.actions:
                run = partial(self._run_at, place.name, action.label)
                name, at = say(action.label), say(place.label)
                commands.append(Command(name, action.icon, run, action.shortcut, at))
        for view in self._views:
            place = say(f"window.place.{PLACE_OF_KIND[view.kind]}")
            commands.append(Command(f"{place}: {view.name}", "star", partial(self.open_view, view)))
        for action in (self._undo, self._redo, self._back, self._forward):
            if action.isEnabled():
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                commands.append(Command(action.text(), "command", action.trigger, keys))
        commands.append(Command(say("search.glossary.open"), "search", self.open_glossary))
        if self._sample.isEnabled():
            commands.append(Command(say("welcome.sample"), "open", self.load_sample))
        for label, picture, run in BOOK_ACTIONS:
            commands.append(Command(say(label), picture, partial(run, self.context, self)))
        commands.append(Command(say("window.restore.open"), "undo", self.ask_for_backup))
        for language in LANGUAGES:
            name = say(f"language.{language}")
            commands.append(Command(name, "language", partial(self.use_language, language)))
        for scheme in ("system", "light", "dark"):
            name = say(f"window.scheme.{scheme}")
            commands.append(Command(name, "theme-dark", partial(self.use_scheme, scheme)))
        Palette(commands, self).open()

    def open_view(self, view: SavedView) -> None:
        """Goes to a list and shows it as it was saved."""
        self.navigation.go(PLACE_OF_KIND[view.kind])
        page = self.pages[PLACE_OF_KIND[view.kind]]
        getattr(page, "list", page).use_view(view)

    def open_glossary(self) -> None:
        """Shows the names of goods that stand for each other in a search."""
        from ui.search.glossary_dialog import GlossaryDialog

        dialog = GlossaryDialog(self.context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _run_at(self, place: str, label: str) -> None:
        self.navigation.go(place)
        page = self.pages[place]
        actions = getattr(page, "list", page).page_actions
        next(action for action in actions if action.label == label).run([])

    # -- files dropped on the window --------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A spreadsheet dropped anywhere opens its preview; mails and chats go into their threads."""
        files = _local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.open_files(files)

    def open_files(self, files: Sequence[Path]) -> None:
        """Takes files in by what they are: messages all at once, spreadsheets one after another."""
        from ui.negotiation.intake import is_message_file, take_in

        messages = [path for path in files if is_message_file(path)]
        sheets = [path for path in files if path not in messages]
        if messages:
            take_in(self.context, self, messages)
        if sheets:
            self.navigation.go("imports")
            self.pages["imports"].open_file(*sheets)

    # -- what changed -----------------------------------------------------------------------

    def _on_committed(self, rows: ChangedRows) -> None:
        for page in self.pages.made:
            if hasattr(page, "on_changes"):
                page.on_changes(rows)
        self.results.on_changes(rows)
        self.record_windows.on_changes(rows)
        self._refresh_undo()

    def _refresh_undo(self) -> None:
        self.tasks.read(self, lambda: Standing.of(self.desk), self._show_standing)

    def _show_standing(self, standing: Standing) -> None:
        self._views, undoable = standing.views, standing.undoable
        for action, operation, key in (
            (self._undo, undoable, "window.undo_what"),
            (self._redo, standing.redoable, "window.redo_what"),
        ):
            action.setEnabled(operation is not None and not self.desk.is_read_only)
            name = words.text(operation.message) if operation else ""
            action.setToolTip(say(key, name=name) if name else action.text())
        self.foot.show_undo(say("window.undo_what", name=undoable.message) if undoable else "")
        self.sidebar.show_counts(standing.counts)
        self._sample.setEnabled(not any(standing.counts.values()))

    # -- undo and redo ----------------------------------------------------------------------

    def undo(self) -> None:
        """Takes back what was done last."""
        undo(self.context, self)

    def redo(self) -> None:
        """Does again what was taken back last."""
        redo(self.context, self)

    # -- going back to a backup -------------------------------------------------------------

    def ask_for_backup(self) -> None:
        """Asks which backup the book shall go back to, and goes back to it."""
        from ui.window.restoring import ask_for_backup

        ask_for_backup(self.context, self, self._leave_for)

    def _leave_for(self, backup: Path) -> None:
        self.backup_to_restore = backup
        self.close()

    # -- trouble ----------------------------------------------------------------------------

    def show_trouble(self, owner: QObject, error: BaseException) -> None:
        """Tells trouble in the window where it came up, which stays for it to be read."""
        self._is_leaving = False
        window = self.record_windows.window_of(owner) or self
        tell_trouble(error, window, window.context, self.ask_for_backup)

    # -- choices ----------------------------------------------------------------------------

    def use_language(self, language: str) -> None:
        """Switches the language and remembers it."""
        self._settings.setValue("language", language)
        # After the menu is closed: it is rebuilt with everything else.
        QTimer.singleShot(0, self, partial(words.use, language))

    def use_scheme(self, scheme: str) -> None:
        """Uses the light or dark scheme, or the system's, and remembers it."""
        self._settings.setValue("scheme", scheme)
        theme.choose(scheme)

    def _leave_then(self) -> None:
        if self._is_leaving:
            self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves a small window's room to the records."""
        super().resizeEvent(event)
        if hasattr(self, "sidebar"):
            self.sidebar.be_narrow(event.size().width() < _NARROW_PX)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes the book when running work has ended, out of sight but for what is long written."""
        self._is_leaving = not self.tasks.has_written(SHOW_AFTER_S)
        if self._is_leaving:
            event.ignore()
            self._toast.say(say("window.closes_then"))
            return
        self.record_windows.close()
        self.hide()
        QGuiApplication.sync()
        self.gone.emit()
        self.tasks.close()
        self.desk.close()
        self.closed.emit()
        super().closeEvent(event)


def _local_files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
