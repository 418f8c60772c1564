"""Owns the panel of a quotation's head: buyer, contact, seller, and the terms the paper states.

Every field saves when it is left. Must not know the lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from app.kernel.messages import Message
from app.quotations.detail_views import QuotationDetail
from app.quotations.fields import HEADER_FIELDS, INTERNAL_HEADER_FIELDS, PROFILE_FIELDS
from app.quotations.rates_service import RateRow
from app.search.results import Hit
from ui import theme
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.forms.elided import ElidedBox
from ui.forms.form import FieldForm
from ui.forms.sections import Scroll, Section
from ui.quotations.picker import RecordPicker
from ui.words import say

_INTERNAL = tuple(field for field in INTERNAL_HEADER_FIELDS if field.key == "internal_note")
_NEW_PROFILE = -1
#: What the paper said of the buyer before is no longer true of another one.
_OF_THE_BUYER = ("buyer_name", "buyer_address", "contact_id", "contact_name")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the lists of people and sellers offer."""

    contacts: tuple[tuple[int, str], ...]
    profiles: tuple[RateRow, ...]


class TermsPanel(Scroll):
    """The head of the quotation."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: QuotationDetail | None = None
        self.buyer = RecordPicker(context, "buyer", say("editor.find_buyer"), self.widget())
        self.buyer.chosen.connect(self._take_buyer)
        self.buyer.typed.connect(self._take_name)
        self.contact, self.profile = ElidedBox(self.widget()), ElidedBox(self.widget())
        self.contact.setAccessibleName(say("quotations.field.contact_name"))
        self.profile.setAccessibleName(say("editor.seller"))
        self.contact.activated.connect(lambda _i: self._take_contact())
        self.profile.activated.connect(lambda _i: self._take_profile())
        who = QFormLayout()
        who.setHorizontalSpacing(theme.MEDIUM)
        who.setVerticalSpacing(theme.TINY)
        for text, widget in (
            (say("quotations.field.buyer"), self.buyer),
            (say("quotations.field.contact_name"), self.contact),
            (say("editor.seller"), self.profile),
        ):
            label = QLabel(text)
            label.setProperty("role", "faint")
            label.setBuddy(widget)
            who.addRow(label, widget)
        shown = [field for field in HEADER_FIELDS if field.key != "contact_name"]
        self.form = FieldForm(shown, context.tasks, parent=self.widget())
        self._ours = Section(say("editor.ours_alone"), parent=self.widget())
        self.internal = FieldForm(_INTERNAL, context.tasks, parent=self._ours)
        self._ours.add_row(self.internal)
        self.body.addLayout(who)
        self.body.addWidget(self.form)
        self.body.addWidget(self._ours)
        self.body.addStretch(1)

    def show_internal(self, on: bool) -> None:
        """Shows or hides what is ours alone."""
        self._ours.setVisible(on)

    def show_quotation(self, detail: QuotationDetail) -> None:
        """Shows the head of a revision."""
        self._detail = detail
        can_edit = detail.is_editable and not self._context.desk.is_read_only
        save = partial(self._context.desk.quotations.edit, detail.id) if can_edit else None
        self.form.show_values(detail.values, save)
        self.internal.show_values({"internal_note": detail.internal.internal_note}, save)
        if not self.buyer.hasFocus():
            self.buyer.setText(str(detail.values.get("buyer_name") or ""))
        for widget in (self.buyer, self.contact, self.profile):
            widget.setEnabled(can_edit)
        desk = self._context.desk

        def read() -> Choices:
            contacts: tuple[tuple[int, str], ...] = ()
            if detail.buyer_id is not None:
                people = desk.directory_views.company(detail.buyer_id).contacts
                contacts = tuple((one.id, str(one.values.get("name") or "")) for one in people)
            return Choices(contacts, desk.rates.rows("seller_profile"))

        self._context.tasks.read(self, read, partial(self._show_choices, detail))

    def _show_choices(self, detail: QuotationDetail, choices: Choices) -> None:
        if self._detail is not detail:
            return
        named = str(detail.values.get("contact_name") or "")
        _fill(self.contact, [(None, ""), *choices.contacts], detail.contact_id)
        if detail.contact_id is None and named:
            self.contact.setItemText(0, named)
        sellers = [(row.id, _seller_name(row)) for row in choices.profiles]
        new = (_NEW_PROFILE, say("editor.new_seller"))
        _fill(self.profile, [(None, ""), *sellers, new], detail.profile_id)

    # -- changing ---------------------------------------------------------------------------

    def _save(self, values: dict[str, object]) -> None:
        detail = self._detail
        if detail is None:
            return
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.quotations.edit(detail.id, values),
        )

    def _take_buyer(self, hit: Hit) -> None:
        self._save({"buyer_id": hit.id, **dict.fromkeys(_OF_THE_BUYER)})

    def _take_name(self, name: str) -> None:
        if self._detail is not None and name != self._detail.values.get("buyer_name"):
            self._save({"buyer_name": name})

    def _take_contact(self) -> None:
        self._save({"contact_id": self.contact.currentData(), "contact_name": None})

    def _take_profile(self) -> None:
        chosen = self.profile.currentData()
        if chosen != _NEW_PROFILE:
            self._save({"profile_id": chosen})
            return
        dialog = RecordDialog(
            say("editor.new_seller"),
            PROFILE_FIELDS,
            self._context.tasks,
            save=partial(self._context.desk.rates.add, "seller_profile"),
            then=lambda profile_id: self._save({"profile_id": profile_id}),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _fill(box: QComboBox, items: Sequence[tuple[int | None, str]], chosen: int | None) -> None:
    box.clear()
    for value, text in items:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen) if chosen is not None else 0))


def _seller_name(row: RateRow) -> str:
    values = row.values
    return str(values.get("name_en") or values.get("name_zh") or "")
