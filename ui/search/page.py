"""Owns the page of a full search: hits with the words marked, facets to narrow them, corrections.

Must not search; the engine does.
"""

from __future__ import annotations

from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from app.kernel.messages import Message
from app.search.results import Request, Result
from ui import formats, theme
from ui.context import Context
from ui.forms.chips import ChipBar
from ui.forms.sections import Scroll, Section
from ui.icons import icon
from ui.search.hits_model import HIT, HitDelegate, HitsModel
from ui.search.terms import search_terms
from ui.words import say, words

_HITS_SHOWN = 100
_VALUES_A_FACET = 8
_FACETS_PX = 230

#: A message's source is what it is.
_MESSAGE_KINDS = frozenset({"note", "call", "chat", "mail", "meeting"})


class SearchPage(QWidget):
    """What a search found."""

    chosen = Signal(object)
    #: The query was changed by its chips: search for this text.
    asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._request = Request("")
        self._title, self._told = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._told.setProperty("role", "faint")
        for label in (self._title, self._told):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._suggestion = QPushButton()
        self._suggestion.setProperty("role", "link")
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
        self._facets = Scroll()
        self._facets.setFixedWidth(_FACETS_PX)
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
        body.addWidget(self._facets)
        body.addWidget(self.list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addLayout(body, 1)
        self._head = head

    @cached_property
    def chips(self) -> ChipBar:
        """The query, part by part; made when first needed, for the search wakes after the window."""
        bar = ChipBar(search_terms(self._context))
        bar.changed.connect(self.asked)
        self._head.insertWidget(1, bar)
        return bar

    def activate(self) -> None:
        """Called when the page comes to the front."""
        self.list.setFocus()

    def search(self, request: Request) -> None:
        """Searches and shows what was found."""
        self._request = request
        self._title.setText(request.text)
        self.chips.show_query(request.text)
        self._context.tasks.long_read(
            self,
            Message("search.searching"),
            lambda _task: self._context.desk.search.find(request),
            lambda result: self._show(request, result),
        )

    def _show(self, request: Request, result: Result) -> None:
        if request != self._request:
            return
        told = [say("search.count", count=formats.number(result.total))]
        if not result.total:
            told = [say("search.nothing_at_all")]
        if result.shown_for:
            told.append(say("search.shown_for", text=result.shown_for))
        if result.also:
            told.append(say("search.also", names=", ".join(result.also)))
        told += [words.text(trouble) for trouble in result.trouble]
        self._told.setText(" · ".join(told))
        self._suggestion.setVisible(bool(result.suggestion))
        if result.suggestion:
            self._suggestion.setText(say("search.did_you_mean", text=result.suggestion))
            again = partial(self.search, Request(result.suggestion, limit=_HITS_SHOWN))
            self._suggestion.clicked.connect(again, Qt.ConnectionType.SingleShotConnection)
        self.model.show_hits(result.hits, is_grouped=True)
        self._show_facets(request, result)

    def _show_facets(self, request: Request, result: Result) -> None:
        body = self._facets.body
        while (item := body.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for name, counts in result.facets.items():
            section = Section(say(f"search.facet.{name}"))
            for value, count in sorted(counts.items(), key=lambda kv: -kv[1])[:_VALUES_A_FACET]:
                section.add_row(self._facet(request, name, value, count))
            if counts:
                body.addWidget(section)
        body.addStretch(1)

    def _facet(self, request: Request, name: str, value: str, count: int) -> QPushButton:
        is_on = request.kind == value if name == "kind" else request.facets.get(name) == value
        mark = "✓ " if is_on else ""
        button = QPushButton(f"{mark}{_facet_text(name, value)}  {formats.number(count)}")
        button.setProperty("role", "link")
        button.clicked.connect(partial(self.search, _narrowed(request, name, value, is_on=is_on)))
        return button


def _narrowed(request: Request, name: str, value: str, *, is_on: bool) -> Request:
    if name == "kind":
        return Request(request.text, None if is_on else value, request.facets, _HITS_SHOWN)
    facets = {key: v for key, v in request.facets.items() if key != name}
    if not is_on:
        facets[name] = value
    return Request(request.text, request.kind, facets, _HITS_SHOWN)


def _facet_text(name: str, value: str) -> str:
    if name == "kind":
        name = say(f"lists.kind.{value}")
        return name[:1].upper() + name[1:]
    if name == "stage":
        return formats.state(value)
    if name == "source" and value in _MESSAGE_KINDS:
        return say(f"deals.kind.{value}")
    return formats.country(value) if name == "country" else value
