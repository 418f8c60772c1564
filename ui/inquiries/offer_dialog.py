"""Owns the small form in which a supplier's offer for one line is recorded by hand.

Must not compare offers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from app.fields import Field, FieldType
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.views import InquiryLineView
from app.kernel.errors import AppError
from app.negotiation.forms import ROUND_FORM
from app.negotiation.round_form import prices_from
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.words import say

_OFFER_FIELDS = (
    Field("prices", FieldType.TEXT, "sourcing.field.prices"),
    Field("currency", FieldType.CURRENCY, "sourcing.field.currency"),
    Field("unit", FieldType.TEXT, "sourcing.field.unit"),
    Field("moq", FieldType.DECIMAL, "sourcing.field.moq"),
    Field("lead_time_days", FieldType.INTEGER, "sourcing.field.lead_time_days"),
    Field("incoterm", FieldType.TEXT, "sourcing.field.incoterm"),
    Field("place", FieldType.TEXT, "sourcing.field.place"),
    Field("valid_until", FieldType.DATE, "sourcing.field.valid_until"),
)


class OfferDialog(RecordDialog):
    """Supplier and line chosen from lists, the rest typed."""

    def __init__(
        self,
        context: Context,
        inquiry_id: int,
        *,
        suppliers: Sequence[tuple[int, str]],
        lines: Sequence[InquiryLineView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            say("sourcing.offer"),
            _OFFER_FIELDS,
            context.tasks,
            save=lambda values: context.desk.offers.record(self._draft(inquiry_id, values)),
            values={"currency": "CNY", "unit": lines[0].values.get("unit") if lines else None},
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.supplier, self.line = QComboBox(), QComboBox()
        for supplier_id, name in suppliers:
            self.supplier.addItem(name, supplier_id)
        self.supplier.setEditable(True)
        self.supplier.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        self.supplier.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        for line in lines:
            self.line.addItem(f"{line.position}. {line.values.get('wording') or ''}", line.id)
        form = self.form.layout()
        for row, (box, key) in enumerate(
            ((self.supplier, "sourcing.field.supplier"), (self.line, "sourcing.field.line"))
        ):
            box.setAccessibleName(say(key))
            form.insertRow(row, say(key), box)  # type: ignore[union-attr]
        QWidget.setTabOrder(self.supplier, self.line)
        QWidget.setTabOrder(self.line, self.form.editors["prices"].widget)
        self.supplier.setFocus()
        self._chosen: tuple[int | None, int | None] = (None, None)
        self.supplier.currentIndexChanged.connect(lambda _index: self._choose())
        self.line.currentIndexChanged.connect(lambda _index: self._choose())
        self._choose()

    def _choose(self) -> None:
        """Keeps the choice for the worker, which must not ask widgets."""
        self._chosen = (self.supplier.currentData(), self.line.currentData())

    def _draft(self, inquiry_id: int, values: Mapping[str, object]) -> OfferDraft:
        typed = ROUND_FORM.checked(values)
        supplier_id, line_id = self._chosen
        if supplier_id is None:
            raise AppError("offers.supplier_gone")
        moq, days, valid = (typed.get(k) for k in ("moq", "lead_time_days", "valid_until"))
        prices = prices_from(str(typed.get("prices") or ""))
        line = OfferLineDraft(
            tiers=tuple((price.min_quantity, price.amount) for price in prices),
            inquiry_line_id=line_id,
            unit=_text(typed.get("unit")),
            moq=moq if isinstance(moq, Decimal) else None,
            lead_time_days=days if isinstance(days, int) else None,
        )
        return OfferDraft(
            supplier_id=supplier_id,
            currency=_text(typed.get("currency")) or "CNY",
            lines=[line],
            inquiry_id=inquiry_id,
            incoterm=(_text(typed.get("incoterm")) or "").upper() or None,
            place=_text(typed.get("place")),
            valid_until=valid if isinstance(valid, date) else None,
        )


def _text(value: object) -> str | None:
    return str(value) if value else None
