"""Owns the page of a full search: hits with the words marked, facets to narrow them, corrections.

Must not search; the engine does.
"""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from app.kernel.messages import Message
from app.lists.listing import RATES
from app.search.results import Indexing, Request, Result
from ui import formats, theme
from ui.bridge import ChangedRows
from ui.context import Context
from ui.forms.chips import ChipBar
from ui.icons import icon
from ui.keys import stops, tab_through
from ui.search.facets import Facets
from ui.search.hits_model import HIT, HitDelegate, HitsModel
from ui.search.terms import search_terms
from ui.words import say, words

_HITS_SHOWN = 100


class SearchPage(QWidget):
    """What a search found."""

    chosen = Signal(object)
    #: The query was changed by its chips, its facets or its correction: search for this text.
    asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._request = Request("")
        self._suggested = ""
        self._is_by_names = False
        self._title, self._told = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._told.setProperty("role", "faint")
        for label in (self._title, self._told):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._suggestion = QPushButton()
        self._suggestion.setProperty("role", "link")
        self._suggestion.clicked.connect(lambda: self.asked.emit(self._suggested))
        self.model = HitsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setAccessibleName(say("search.hits"))
        self.list.activated.connect(lambda index: self.chosen.emit(index.data(HIT)))
        self.list.clicked.connect(lambda index: self.chosen.emit(index.data(HIT)))
        self.facets = Facets()
        self.facets.changed.connect(self.asked)
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.SMALL)
        title = QHBoxLayout()
        title.addWidget(self._title, 1)
        self.add_button = QPushButton(icon("filter"), say("query.chip.add"))
        self.add_button.clicked.connect(lambda: self.chips.add(self.add_button))
        title.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(title)
        head.addWidget(self._told)
        head.addWidget(self._suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.facets)
        body.addWidget(self.list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addLayout(body, 1)
        self._head = head

    @cached_property
    def chips(self) -> ChipBar:
        """The query, part by part; made when first needed, for the search wakes after the window."""
        bar = ChipBar(search_terms(self._context), after=self.add_button)
        bar.changed.connect(self.asked)
        self._head.insertWidget(1, bar)
        return bar

    def activate(self) -> None:
        """Called when the page comes to the front."""
        self.list.setFocus()

    def search(self, text: str) -> None:
        """Searches and shows what was found; everything there is for an empty text."""
        self._request = request = Request(text, limit=_HITS_SHOWN)
        self._title.setText(request.text or say("search.everything"))
        self.chips.show_query(request.text)
        self._context.tasks.long_read(
            self,
            Message("search.searching"),
            lambda _task: self._context.desk.search.find(request),
            lambda result: self._show(request, result),
        )

    def on_changes(self, rows: ChangedRows) -> None:
        """At other rates a condition on a price holds for other records."""
        if RATES in rows and self.isVisible():
            self.search(self._request.text)

    def on_indexed(self, indexing: Indexing) -> None:
        """What was found by names alone is searched for again once there is an index."""
        if self._is_by_names and indexing.message is None and self._context.desk.search.is_ready:
            self._is_by_names = False
            self.search(self._request.text)

    def _show(self, request: Request, result: Result) -> None:
        if request != self._request:
            return
        self._is_by_names = Message("search.names_only") in result.trouble
        told = [say("search.count", count=formats.number(result.total))]
        if not result.total:
            told = [say("search.nothing_at_all")]
        if result.shown_for:
            told.append(say("search.shown_for", text=result.shown_for))
        if result.also:
            told.append(say("search.also", names=", ".join(result.also)))
        told += [words.text(trouble) for trouble in result.trouble]
        self._told.setText(" · ".join(told))
        self._suggested = result.suggestion or ""
        self._suggestion.setVisible(bool(self._suggested))
        meant = say("search.did_you_mean", text=self._suggested)
        self._suggestion.setText(meant.replace("&", "&&"))
        self.model.show_hits(result.hits, is_grouped=True)
        fields = self._context.desk.search.fields
        self.facets.show_facets(fields.parsed(request.text).query, result.facets, fields)
        # They are made anew with each answer: Tab comes to them on the way to what was found.
        facets = [button for button in self.facets.buttons if stops(button)]
        chips = [chip.text for chip in self.chips.chips]
        tab_through(self.add_button, *chips, *facets, self.list)
