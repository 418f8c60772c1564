"""Owns the tab of who can make an inquiry's lines: the ranking with its reasons, and whom was asked.

Must not rank suppliers; the matching does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.fields import Field, FieldType
from app.inquiries.fit import Fit
from app.inquiries.matching import Criterion
from app.inquiries.matching_service import LineMatches
from app.inquiries.sourcing_views import RequestDetail
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sourcing.listed_prices_service import goods_of
from ui import formats, theme
from ui.buttons import key_button
from ui.changing import change
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.forms.elided import Elided
from ui.forms.sections import Line, Scroll, Section, empty, link, plain_label
from ui.inquiries.request_dialog import open_request, request_prices, told_of
from ui.words import say

_CANDIDATES_SHOWN = 5
_MOST_WEIGHT = 100
_WEIGHTS = tuple(
    Field(criterion.value, FieldType.INTEGER, f"matching.criterion.{criterion.value}")
    for criterion in Criterion
)


class SuppliersTab(QWidget):
    """Suppliers to ask, and the requests that went to some."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._inquiry_id = -1
        self._ticks: dict[int, list[QCheckBox]] = {}
        self.requests = Section(say("sourcing.requests"))
        self.requests.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        self.requests.hide()
        self.fit_points = plain_label("", role="faint")
        self.fit_points.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        self.fit_points.hide()
        self.fit = link("", lambda: self.fit_points.setVisible(self.fit_points.isHidden()))
        self.fit.setToolTip(say("fit.show_points"))
        self.matches = Scroll()
        self.ask = QPushButton(say("sourcing.request"))
        self.ask.clicked.connect(self._ask)
        self.take = key_button("sourcing.take_listed", "Ctrl+Shift+P", self, run=self._take_listed)
        self.take.setToolTip(f"{say('sourcing.take_listed_tip')} ({self.take.toolTip()})")
        self._found: Sequence[LineMatches] = ()
        self.weights = link(say("matching.weights"), self._change_weights)
        told, doings = QHBoxLayout(), QHBoxLayout()
        told.addWidget(self.fit)
        told.addWidget(Elided(say("sourcing.ask_first"), role="faint"), 1)
        told.addWidget(self.weights)
        doings.addStretch(1)
        doings.addWidget(self.take)
        doings.addWidget(self.ask)
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, 0)
        head.setSpacing(theme.TINY)
        head.addLayout(told)
        head.addLayout(doings)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.fit_points)
        layout.addWidget(self.requests)
        layout.addWidget(self.matches, 1)

    def show_inquiry(self, inquiry_id: int) -> None:
        """Reads the requests and ranks suppliers, both off the GUI thread."""
        self._inquiry_id = inquiry_id
        desk = self._context.desk
        self._context.tasks.read(
            self,
            lambda: desk.sourcing_views.requests(inquiry_id),
            lambda found: self._show_requests(inquiry_id, found),
            failed=lambda _error: None,
        )
        self._context.tasks.read(
            self,
            lambda: desk.matching.fit(inquiry_id),
            lambda found: self._show_fit(inquiry_id, found),
            failed=lambda _error: None,
        )
        self._context.tasks.long_read(
            self,
            Message("inquiries.matching"),
            lambda task: desk.matching.match(inquiry_id, progress=task),
            lambda matches: self._show_matches(inquiry_id, matches),
        )

    def _show_requests(self, inquiry_id: int, found: Sequence[RequestDetail]) -> None:
        if inquiry_id != self._inquiry_id:
            return
        self.requests.clear()
        for request in found:
            go = partial(open_request, self._context, self, request.id)
            told = "\n".join(told_of(one) for one in request.suppliers)
            self.requests.add_row(Line(request.number, told, open_=go))
        self.requests.setVisible(bool(found))

    def _show_fit(self, inquiry_id: int, found: Fit) -> None:
        if inquiry_id == self._inquiry_id:
            self.fit.setText(say("fit.score", score=found.score))
            told = (
                f"{formats.number(point.earned)} / {point.possible}  {formats.told(point.reason)}"
                for point in found.points
            )
            self.fit_points.setText("\n".join(told))

    def _show_matches(self, inquiry_id: int, matches: Sequence[LineMatches]) -> None:
        if inquiry_id != self._inquiry_id:
            return
        body = self.matches.body
        empty(body, self.matches.widget())
        self._found = matches
        ticked = set(self.ticked())
        self._ticks = {}
        for line in matches:
            body.addWidget(self._section(line, ticked))
        body.addStretch(1)

    def _section(self, line: LineMatches, ticked: set[int]) -> Section:
        section = Section(line.wording)
        for match in line.candidates[:_CANDIDATES_SHOWN]:
            reasons = formats.strung(formats.told(reason) for reason in match.reasons)
            go = partial(self._context.navigation.go, "suppliers", match.supplier_id)
            tick = QCheckBox()
            tick.setAccessibleName(say("sourcing.tick", supplier=match.supplier))
            tick.setChecked(match.supplier_id in ticked)
            self._ticks.setdefault(match.supplier_id, []).append(tick)
            who = f"{match.score:.0f}  {match.supplier}"
            section.add_row(Line(who, reasons, before=tick, open_=go))
        if not line.candidates:
            section.add_row(Line(say("inquiries.nobody_found")))
        return section

    def ticked(self) -> list[int]:
        """The suppliers the person wants to ask."""
        return [id_ for id_, ticks in self._ticks.items() if any(t.isChecked() for t in ticks)]

    def _change_weights(self) -> None:
        matching = self._context.desk.matching
        self._context.tasks.read(self, matching.weights, self._show_weights)

    def _show_weights(self, weights: Mapping[Criterion, int]) -> None:
        matching, inquiry_id = self._context.desk.matching, self._inquiry_id

        def save(values: Mapping[str, object]) -> None:
            matching.set_weights({Criterion(key): _weight(key, w) for key, w in values.items()})

        RecordDialog(
            say("matching.weights_title"),
            _WEIGHTS,
            self._context.tasks,
            save=save,
            values={criterion.value: weight for criterion, weight in weights.items()},
            then=lambda _answer: self.show_inquiry(inquiry_id),
            parent=self,
        ).open()

    def _ask(self) -> None:
        if suppliers := self._chosen():
            request_prices(self._context, self, self._inquiry_id, suppliers)

    def _take_listed(self) -> None:
        """Takes the listed prices of the ticked suppliers as offers, for every line they stand at."""
        if suppliers := self._chosen():
            goods, take = goods_of(self._found, suppliers), self._context.desk.listed_prices.take
            change(
                self._context,
                self,
                partial(take, self._inquiry_id, goods),
                say("sourcing.taken_listed"),
            )

    def _chosen(self) -> list[int]:
        suppliers = self.ticked()
        if not suppliers:
            self._context.toast(say("sourcing.ask_first"))
        return suppliers


def _weight(key: str, typed: object) -> int:
    """The weight as typed, nothing being 0; raises ``AppError`` naming the field."""
    text = str(typed or "0").strip()
    if not text.isdecimal() or int(text) > _MOST_WEIGHT:
        label = Message(f"matching.criterion.{key}")
        raise AppError("lists.bad_value", field=label, value=text)
    return int(text)
