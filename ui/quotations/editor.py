"""Owns the page on which a quotation is worked on: its lines, terms, costs, revisions and paper.

What is typed shows at once and is saved behind it. Must not work anything out; the rules and the
views do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kernel.messages import Message
from app.quotations.detail_views import LineView, QuotationDetail
from app.quotations.revision_costing import CostingTerms
from app.quotations.revisions import LineKind, RevisionTerms
from app.search.results import Hit
from ui import theme
from ui.bridge import ChangedRows
from ui.changing import offer_undo, with_step
from ui.context import Context
from ui.files.section import FilesSection
from ui.forms.late_tabs import LateTab
from ui.forms.sections import Scroll
from ui.icons import icon
from ui.keys import tab_through
from ui.opening import tell_written
from ui.quotations.comparison import ComparisonPage
from ui.quotations.costing_panel import CostingPanel
from ui.quotations.editor_head import EditorHead
from ui.quotations.exporting import open_export
from ui.quotations.lines_grid import LinesGrid
from ui.quotations.lines_model import LinesModel
from ui.quotations.picker import RecordPicker
from ui.quotations.side_panel import SidePanel
from ui.quotations.terms_panel import TermsPanel
from ui.quotations.totals_bar import TotalsBar
from ui.quotations.why_panel import WhyPanel
from ui.words import say, words

Answer = TypeVar("Answer")
#: Places of two tabs of the panel.
WHY, COSTING = 1, 2
_ADDED_KINDS = (
    (LineKind.FREE, "editor.add_free"),
    (LineKind.HEADING, "editor.add_heading"),
    (LineKind.CHARGE, "editor.add_charge"),
    (LineKind.DISCOUNT, "editor.add_discount"),
)


class QuotationEditor(QStackedWidget):
    """One quotation, as wide as the window."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._quotation_id = -1
        self._revision: int | None = None
        self._detail: QuotationDetail | None = None
        #: Saves under way; what is on the screen is newer than the book until they are done.
        self._saving = 0
        self._version = 0
        # Each stands where it belongs from its making on: what moves is given its look again.
        self._page = QWidget(self)
        self.model = LinesModel(context.desk.picture_path, self)
        # Tab goes in the same order.
        self.side = SidePanel(self._tabs(), context.settings, self._page)
        self.panels = self.side.tabs
        self.head = EditorHead(self._page, self.side.button)
        self.bar = self.head.bar
        self.grid = LinesGrid(self.model, context.tasks, context.settings, self.side.lines)
        self._adding = QWidget(self.side.lines)
        find = say("editor.find_product")
        self.picker = RecordPicker(context, "product", find, self._adding)
        self._fill_adding_row()
        tab_through(self._columns, self.panels)
        self.totals = TotalsBar(self._page)
        self._build()
        self._connect()
        self.addWidget(self._page)
        self.panels.make_first()

    # -- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.side.lines.setFocusProxy(self.grid)
        column = QVBoxLayout(self.side.lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid, 1)
        column.addWidget(self._adding)
        self.side.give_keys(self._page)
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.side, 1)
        layout.addWidget(self.totals)

    def _tabs(self) -> tuple[LateTab, ...]:
        return (
            LateTab("editor.terms", self._make_terms, lambda told: self.terms.show_quotation(told)),
            LateTab("editor.why", self._make_why, lambda _told: self._show_why()),
            LateTab(
                "editor.costing", self._make_costing, lambda told: self.costing.show_quotation(told)
            ),
            # Files are dropped on the page and chosen with keys before anybody looks at the tab.
            LateTab("files.title", self._make_files, self._show_files, at_once=True),
        )

    def _make_terms(self, place: QWidget) -> TermsPanel:
        self.terms = TermsPanel(self._context, place)
        self.terms.show_internal(self.head.ours.isChecked())
        self.head.ours.toggled.connect(self.terms.show_internal)
        return self.terms

    def _make_why(self, place: QWidget) -> WhyPanel:
        self.why = WhyPanel(self._context, place)
        self.why.target.taken.connect(self._take_price)
        self.why.cost_asked.connect(self._take_cost)
        self.why.printing.connect(self.print_why)
        return self.why

    def _make_costing(self, place: QWidget) -> CostingPanel:
        self.costing = CostingPanel(place)
        self.costing.applied.connect(self._set_costing)
        self.costing.floor_changed.connect(self._set_floor)
        self.costing.refused.connect(partial(self._context.tasks.failed.emit, self))
        return self.costing

    def _make_files(self, place: QWidget) -> Scroll:
        tab = Scroll(place)
        self.files = FilesSection(self._context, "quotation", self._page)
        self.files.take_pasted(tab)
        tab.body.addWidget(self.files)
        tab.body.addStretch(1)
        return tab

    def _show_files(self, detail: QuotationDetail) -> None:
        self.files.show_files(detail.id, detail.attachments)

    @cached_property
    def comparison(self) -> ComparisonPage:
        """Two revisions side by side, made when they are first asked for."""
        page = ComparisonPage(self._context, self)
        page.left.connect(self._leave_comparison)
        self.addWidget(page)
        return page

    def _fill_adding_row(self) -> None:
        row = QHBoxLayout(self._adding)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        row.setSpacing(theme.SMALL)
        self.picker.setToolTip(say("editor.find_product_tip"))
        row.addWidget(self.picker, 1)
        for kind, key in _ADDED_KINDS:
            button = QPushButton(say(key), self._adding)
            button.clicked.connect(partial(self._add_kind, kind))
            row.addWidget(button)
        self._columns = columns = QToolButton(self._adding)
        columns.setIcon(icon("columns"))
        columns.setToolTip(say("window.columns"))
        columns.setAccessibleName(say("window.columns"))
        columns.clicked.connect(
            lambda: self.grid.column_menu().exec(columns.mapToGlobal(columns.rect().topLeft()))
        )
        row.addWidget(columns)

    def _connect(self) -> None:
        self.model.changed.connect(self._save_lines)
        self.model.added.connect(self._add_lines)
        self.model.refused.connect(partial(self._context.tasks.failed.emit, self))
        self.model.retotalled.connect(self._show_sums)
        self.grid.deleting.connect(self._delete_lines)
        self.grid.moving.connect(self._move_lines)
        self.grid.marking.connect(self._mark_lines)
        self.grid.adding.connect(self.picker.setFocus)
        self.grid.asked_why.connect(lambda: self.side.reveal(WHY))
        self.grid.current_line.connect(lambda _id: self._show_why())
        self.panels.currentChanged.connect(lambda _index: self._show_why())
        self.picker.chosen.connect(self._add_product)
        self.picker.typed.connect(self._add_words)
        self.bar.chosen.connect(self._show_revision)
        self.bar.moved.connect(self._move)
        self.bar.comparing.connect(self.compare)
        self.head.left.connect(self.left)
        self.head.inquiry_asked.connect(self._go_to_inquiry)
        self.head.ours.toggled.connect(self._show_internal)
        self.head.export.clicked.connect(self.export)
        for keys, run in (
            ("F6", self._next_pane),
            ("Ctrl+T", self._aim),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._page, run)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- showing ----------------------------------------------------------------------------

    def show_record(self, quotation_id: int) -> None:
        """Opens a quotation at the revision that counts."""
        self._quotation_id, self._revision = quotation_id, None
        self.setCurrentWidget(self._page)
        self._read()
        self.grid.setFocus()

    def on_changes(self, _rows: ChangedRows) -> None:
        """Reads the quotation again after a commit."""
        if self.isVisible() and self._quotation_id >= 0 and not self._saving:
            self._read()

    def _read(self) -> None:
        self._version += 1
        version, views = self._version, self._context.desk.quotation_views
        quotation, revision = self._quotation_id, self._revision
        self._context.tasks.read(
            self,
            lambda: views.opened(quotation, revision),
            partial(self._show, version),
            failed=partial(self._on_gone, version),
        )

    def _on_gone(self, version: int, error: BaseException) -> None:
        """A revision that was undone shows the one that counts; a quotation that is gone, the list."""
        if version != self._version:
            return
        if self._revision is not None:
            self._revision = None
            self._read()
        else:
            self._quotation_id = -1
            self.left.emit()
            self._context.tasks.failed.emit(self, error)

    def _show(self, version: int, read: tuple[QuotationDetail, RevisionTerms]) -> None:
        if version != self._version or self._saving:
            return
        detail, terms = read
        self._detail = detail
        can_write = not self._context.desk.is_read_only
        self.head.show_quotation(detail, can_write=can_write)
        self.model.show_quotation(detail, terms)
        self.panels.show_record(detail)
        self.totals.show_quotation(detail, internal=self.head.ours.isChecked())
        self._adding.setVisible(detail.is_editable and can_write)

    def _go_to_inquiry(self) -> None:
        if self._detail is not None:
            self._context.navigation.go("inquiries", self._detail.inquiry_id)

    def _show_sums(self) -> None:
        detail = self._detail
        currency = str(detail.values.get("currency") or "") if detail else ""
        self.totals.show_totals(self.model.totals(), currency)

    def _line(self) -> LineView | None:
        row = self.model.row(self.grid.currentIndex().row())
        return row.view if row is not None else None

    def _show_why(self) -> None:
        is_in_sight = self.panels.currentIndex() == WHY and self.panels.is_made
        if self._detail is not None and is_in_sight:
            line = self._line()
            known = line is not None and line.id in self._detail.internal.lines
            self.why.show_line(self._detail, line if known else None)

    def _show_internal(self, on: bool) -> None:
        self.grid.show_internal(on)
        self.totals.show_internal(on)
        for tab in (WHY, COSTING):
            self.panels.setTabVisible(tab, on)

    def _next_pane(self) -> None:
        """F6 goes round: the lines, the field for products, the panel."""
        panes: list[QWidget] = [self.grid, self.picker, self.panels.tabBar()]
        shown = [pane for pane in panes if pane.isVisible()]
        here = next((i for i, pane in enumerate(shown) if pane.hasFocus()), -1)
        shown[(here + 1) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    # -- saving -----------------------------------------------------------------------------

    def _change(self, work: Callable[[], object], told: str) -> None:
        """Saves, and tells it with a way to undo just this."""
        context = self._context
        self._write(
            lambda: with_step(context.desk, work),
            lambda made: offer_undo(context, self, made[1], told),
        )

    def _write(
        self,
        work: Callable[[], Answer],
        then: Callable[[Answer], None] | None = None,
    ) -> None:
        """Saves behind what is shown; the last of several saves shows the book's answer."""
        self._saving += 1
        self._version += 1

        def done(answer: Answer) -> None:
            self._saving -= 1
            if then is not None:
                then(answer)
            self._settle()

        def refused(error: BaseException) -> None:
            self._saving -= 1
            self._context.tasks.failed.emit(self, error)
            self._settle()

        self._context.tasks.write(
            self, Message("window.saving"), lambda _task: work(), done, failed=refused
        )

    def _settle(self) -> None:
        if not self._saving and self._quotation_id >= 0:
            self._read()

    def _save_lines(self, changes: Mapping[int, Mapping[str, object]]) -> None:
        quotation, quotations = self._quotation_id, self._context.desk.quotations
        self._write(lambda: quotations.edit_lines(quotation, changes))

    def _add_lines(
        self, lines: Sequence[Mapping[str, object]], position: int | None = None
    ) -> None:
        quotation, quotations = self._quotation_id, self._context.desk.quotations
        self._write(lambda: quotations.add_lines(quotation, lines, position=position))

    def _add_product(self, hit: Hit) -> None:
        self.picker.clear()
        self._add_lines([{"product_id": hit.id}])

    def _add_words(self, wording: str) -> None:
        self.picker.clear()
        self._add_lines([{"kind": LineKind.FREE, "name_en": wording}])

    def _add_kind(self, kind: LineKind) -> None:
        """Adds a line of ``kind``: a heading above the current line, anything else at the end."""
        detail = self._detail
        if detail is None:
            return
        current = self.grid.currentIndex().row()
        position = current + 1 if kind is LineKind.HEADING and current >= 0 else None
        row = current if position is not None else self.model.line_count
        self._add_lines([{"kind": kind, "name_en": say(f"quotations.line_kind.{kind}")}], position)
        self.grid.setFocus()
        self.grid.expect_line(row, "name_en")

    def _take_price(self, line_id: int, price: object) -> None:
        self._save_lines({line_id: {"price": price}})

    def _take_cost(self, line_id: int) -> None:
        quotation, quotations = self._quotation_id, self._context.desk.quotations
        self._write(lambda: quotations.take_costs(quotation, [line_id]))

    def _aim(self) -> None:
        """Goes to the field for the price that must be met."""
        self.side.reveal(WHY)
        self.panels.make_now()
        self.why.target.price.setFocus()
        self.why.target.price.selectAll()

    def _delete_lines(self, ids: Sequence[int]) -> None:
        quotation, quotations = self._quotation_id, self._context.desk.quotations
        self._change(
            lambda: quotations.delete_lines(quotation, ids),
            say("editor.lines_deleted", count=len(ids)),
        )

    def _mark_lines(self, ids: Sequence[int], what: str) -> None:
        """Makes lines options or alternatives, or plain lines again where the first one is it already."""
        changes = self.model.marked(ids, what)
        if changes:
            self._save_lines(changes)

    def _move_lines(self, ids: Sequence[int], position: int) -> None:
        quotation, quotations = self._quotation_id, self._context.desk.quotations
        self._write(lambda: quotations.move_lines(quotation, ids, position))

    def _set_costing(self, costing: CostingTerms, follow: bool) -> None:
        quotation, quotations = self._quotation_id, self._context.desk.quotations
        self._write(lambda: quotations.set_costing(quotation, costing, reprice=follow))

    def _set_floor(self, floor: object) -> None:
        quotation, quotations = self._quotation_id, self._context.desk.quotations
        self._write(lambda: quotations.edit(quotation, {"margin_floor": floor}))

    # -- revisions --------------------------------------------------------------------------

    def _show_revision(self, revision: int) -> None:
        self._revision = revision
        self._read()

    def _move(self, name: str) -> None:
        """Sends, closes, revises or takes back; each can be undone."""
        detail, quotations = self._detail, self._context.desk.quotations
        if detail is None:
            return
        self._revision = None
        if name == "proforma":
            go = partial(self._context.navigation.go, "quotations")
            self._write(partial(quotations.proforma, detail.id), go)
            return
        if name == "revise":
            work: Callable[[], object] = partial(
                quotations.revise, detail.id, revision=detail.revision
            )
        else:
            work = partial(getattr(quotations, name), detail.id)
        self._change(work, say(f"editor.done.{name}", number=detail.number))

    def compare(self) -> None:
        """Sets the revision shown beside the one before it."""
        if self._detail is not None and len(self._detail.revisions) > 1:
            self.setCurrentWidget(self.comparison)
            self.comparison.show_quotation(self._detail)

    def _leave_comparison(self) -> None:
        self.setCurrentWidget(self._page)
        self.grid.setFocus()

    # -- paper ------------------------------------------------------------------------------

    def print_why(self) -> None:
        """Asks for a file and writes the way of all prices, for those inside."""
        if self._detail is not None:
            name = say("editor.why_file", number=self._detail.label)
            chosen, _filter = QFileDialog.getSaveFileName(
                self, say("editor.print_why"), name, "*.pdf"
            )
            if chosen:
                self.write_why(Path(chosen).with_suffix(".pdf"))

    def write_why(self, path: Path) -> None:
        """Writes the way of all prices of the revision shown."""
        detail, explanations = self._detail, self._context.desk.explanations
        if detail is not None:
            self._context.tasks.long_read(
                self,
                Message("editor.writing"),
                lambda _task: explanations.export(
                    detail.id, path, revision=detail.revision, language=words.language
                ),
                lambda _count: tell_written(
                    self._context, say("editor.written", file=path.name), path
                ),
            )

    def export(self) -> None:
        """Opens the preview of the paper, and the way to its file."""
        if self._detail is not None:
            open_export(self._context, [self._detail], self)
