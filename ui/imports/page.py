"""Owns the page of imports: the list of past ones, the way to a new one, and its preview.

Must not read files; the preview does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QWidget
from shiboken6 import isValid

from app.kernel.messages import Message
from app.sheets.export.columns import TEMPLATE_FIELDS
from app.sheets.service import ImportOptions, ImportResult, Preview
from ui import formats
from ui.bridge import ChangedRows
from ui.changing import undo
from ui.context import Context
from ui.imports.past_import import LISTED_KINDS, PastImportPane, counted
from ui.imports.preview import HeldPreview, PreviewPage
from ui.imports.waiting_bar import WaitingBar
from ui.keys import IN_SIGHT
from ui.lists.page import ListPage, PageAction
from ui.opening import open_outside, tell_written
from ui.places import PLACE_OF_KIND
from ui.words import say, words

#: Chooses files, from the list and from the preview.
_CHOOSE_KEYS = "Ctrl+I"
_TEMPLATES = "sheets.template.action"


class ImportsPage(QStackedWidget):
    """Past imports, or the preview of a new one."""

    def __init__(
        self,
        context: Context,
        show_where: Callable[[str, str], None],
        make_ready: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._show_where = show_where
        #: The files that come after the one in the preview; one that was looked at with what was chosen.
        self._following: Sequence[Path | HeldPreview] = ()
        self._make_ready = make_ready
        self.list = ListPage(
            context,
            kind="import",
            title="window.place.imports",
            empty="window.empty.import",
            actions=(
                PageAction("sheets.undo_import", "undo", self._undo, needs_selection=True),
                PageAction(_TEMPLATES, "sheet", lambda _ids: self.offer_templates()),
                PageAction(
                    "sheets.choose_file",
                    "import",
                    lambda _ids: self.choose_file(),
                    shortcut=_CHOOSE_KEYS,
                    is_primary=True,
                    brings_records=True,
                ),
            ),
            detail=lambda context, place: PastImportPane(context, show_where, place),
            parent=self,
        )
        self.waiting = WaitingBar(context.navigation, self.list)
        self.list.layout().insertWidget(1, self.waiting)
        self.preview = PreviewPage(context, self)
        self.preview.leave_button.clicked.connect(self._leave)
        self.preview.left.connect(self._go_on)
        self.preview.planned.connect(self._on_planned)
        self.preview.imported.connect(self._on_imported)
        # The list is out of sight behind a preview, and its key with it.
        QShortcut(QKeySequence(_CHOOSE_KEYS), self.preview, self.choose_file, context=IN_SIGHT)
        self.addWidget(self.list)
        self.addWidget(self.preview)

    def activate(self) -> None:
        """Comes back to the preview that is open, else to the list."""
        if self.preview.path is not None:
            self.setCurrentWidget(self.preview)
        else:
            self.list.activate()

    def on_changes(self, rows: ChangedRows) -> None:
        """Any commit may be an import or its undo: the list is short and read again."""
        self.list.on_changes(rows)
        self.list.read_again()

    def show_record(self, record_id: int) -> None:
        """Shows one past import; a preview stays open behind it."""
        self._show_list()
        self.list.show_record(record_id)

    def _show_list(self) -> None:
        self.waiting.show_waiting(self.preview.path, len(self._following))
        self.setCurrentWidget(self.list)
        # Out of sight it would take the keyboard from the page that is shown.
        if self.isVisible():
            self.list.activate()

    def offer_templates(self) -> None:
        """Asks for the kind of an empty sheet, below the button that offers them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in TEMPLATE_FIELDS:
            action = menu.addAction(say(f"export.title.{kind}"))
            action.triggered.connect(partial(self._ask_template, kind))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.list.actions_bar.below(_TEMPLATES))

    def _ask_template(self, kind: str, _on: bool = False) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self,
            say("sheets.template.action"),
            f"{say(f'export.title.{kind}')}.xlsx",
            say("window.export.workbook"),
        )
        if name:
            path = Path(name)
            self.write_template(kind, path if path.suffix == ".xlsx" else Path(f"{name}.xlsx"))

    def write_template(self, kind: str, path: Path) -> None:
        """Writes an empty sheet of a kind and offers to open it."""
        self._context.tasks.long_read(
            self,
            Message("sheets.template.action"),
            lambda _task: self._context.desk.sheets.write_template(
                kind, path, language=words.language
            ),
            lambda _answer: tell_written(
                self._context, say("export.template_done", path=path.name), path
            ),
        )

    def choose_file(self) -> None:
        """Asks for one file or several and opens their previews one after another."""
        names, _filter = QFileDialog.getOpenFileNames(
            self,
            say("sheets.choose_file"),
            "",
            formats.files("sheets.spreadsheets", formats.SHEET_ENDINGS),
        )
        if names:
            self.open_file(*map(Path, names))

    def open_file(self, path: Path, *following: Path) -> None:
        """Opens the preview of a file; each of the following comes when the one before is done.

        A preview that is open comes after them as it is, and then what waits behind it; the file
        that is open already is read anew.
        """
        is_again = self.preview.path == path
        before = self._following if is_again else self.open_files()
        self.go_on_with((path, *following, *before))

    def open_files(self) -> Sequence[Path | HeldPreview]:
        """What is in the preview, unless it is being imported, and what comes after it."""
        held = self.preview.held()
        return self._following if held is None else (held, *self._following)

    @property
    def is_busy(self) -> bool:
        """Whether a file is open, or waits, or is written."""
        return self.preview.is_busy or bool(self._following)

    def take_over(self, before: ImportsPage) -> None:
        """Goes on with the files of ``before``, whose place this page takes."""
        files = before.open_files()
        self.preview.take_over(before.preview, len(files))
        if self.preview.path is None and files:
            self.go_on_with(files)
        else:
            self._following = files

    def go_on_with(self, files: Sequence[Path | HeldPreview]) -> None:
        """Shows the first of ``files`` as it was left, and the others after it."""
        self.setCurrentWidget(self.preview)
        self._open_first(files)

    def _open_first(self, files: Sequence[Path | HeldPreview]) -> None:
        self._following = files[1:]
        self.preview.open(files[0], following=len(self._following))

    def _leave(self) -> None:
        """Gives the file up; what was chosen of it can be come back to."""
        held = self.preview.held()
        self.preview.leave()
        if isinstance(held, HeldPreview) and held.options != ImportOptions():
            told = say("sheets.preview_is_open", name=held.preview.path.name)
            self._context.toast(told, say("sheets.back_to_preview"), partial(self._return, held))

    def _return(self, held: HeldPreview) -> None:
        # In another language there is another page.
        if isValid(self):
            self.go_on_with((held, *self.open_files()))
            self._context.navigation.go("imports")

    def _go_on(self) -> None:
        """To the next file, or back to the list; who looks at the list meanwhile stays there."""
        if self._following:
            self._open_first(self._following)
        if self.preview.path is None or self.currentWidget() is self.list:
            self._show_list()

    def _undo(self, ids: Sequence[int]) -> None:
        def undo_each(rows: Mapping[int, Sequence[object]]) -> None:
            for (operation,) in rows.values():
                undo(self._context, self, int(str(operation)))

        lists = self._context.desk.lists
        self._context.tasks.read(
            self, lambda: lists.rows("import", ids, ["operation_id"]), undo_each
        )

    def _on_planned(self, preview: Preview) -> None:
        """The page of the new records is made while the person looks: later it would be felt."""
        tables = {table.kind for table in preview.taken}
        places = (PLACE_OF_KIND[kind] for kind in LISTED_KINDS)
        place = next((place for place in places if place in tables), None)
        if place is not None:
            self._make_ready(place)

    @property
    def _is_here(self) -> bool:
        """Whether the person is at this page, also where it is not painted yet."""
        spot = self._context.navigation.current
        return spot is not None and spot.place == "imports"

    def _on_imported(self, result: ImportResult, is_newest: bool) -> None:
        self._tell(result)
        if not is_newest:
            # Another file came, which they look at.
            return
        kind = next((kind for kind in LISTED_KINDS if result.created.get(kind)), None)
        # Who went elsewhere meanwhile stays there.
        is_looked_at = self._is_here and self.currentWidget() is self.preview
        is_last = not self._following
        if result.operation is not None and kind is not None and is_looked_at and is_last:
            self._show_where(kind, f"import:{result.operation}")
        # Once it is out of sight where there are new records to show: nothing is laid out for nobody.
        self._go_on()

    def _tell(self, result: ImportResult) -> None:
        """What came of it, with a button to undo it and one to open the rows that were rejected."""
        parts = [
            say(key, what=counted(counts))
            for key, counts in (
                ("sheets.created", result.created),
                ("sheets.updated", result.updated),
            )
            if counts
        ]
        rejected = None
        if result.rejected_file is not None:
            rejected = (
                say("sheets.open_rejected_rows", count=result.rejected),
                partial(open_outside, result.rejected_file),
            )
        if result.operation is None:
            told = "sheets.nothing_taken" if result.rejected else "sheets.nothing_changed"
            self._context.toast(say(told), beside=rejected)
        else:
            take_back = partial(undo, self._context, self, result.operation)
            self._context.toast(" · ".join(parts), say("window.undo"), take_back, beside=rejected)
