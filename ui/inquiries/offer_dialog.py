"""Owns the form in which a supplier's offer is recorded by hand: its terms, and a row for each line.

Must not compare offers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QVBoxLayout, QWidget

from app.fields import Field, FieldType
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.sourcing_views import RequestDetail
from app.inquiries.views import InquiryLineView
from app.kernel.errors import AppError
from app.negotiation.forms import ROUND_FORM
from app.negotiation.round_form import prices_from
from ui import theme
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.forms.lines import LinesGrid
from ui.forms.sections import plain_label
from ui.keys import tab_through
from ui.words import say

_TERMS = (
    Field("currency", FieldType.CURRENCY, "sourcing.field.currency"),
    Field("incoterm", FieldType.TEXT, "sourcing.field.incoterm"),
    Field("place", FieldType.PLACE, "sourcing.field.place"),
    Field("vat", FieldType.TEXT, "sourcing.field.vat"),
    Field("payment_terms", FieldType.TEXT, "sourcing.field.payment_terms"),
    Field("valid_until", FieldType.DATE, "sourcing.field.valid_until"),
)
_LINE = (
    Field("wording", FieldType.TEXT, "sourcing.field.line", is_editable=False, width_chars=26),
    Field("prices", FieldType.TEXT, "sourcing.field.prices", width_chars=26),
    Field("unit", FieldType.TEXT, "sourcing.field.unit", width_chars=6),
    Field("moq", FieldType.DECIMAL, "sourcing.field.moq", width_chars=8),
    Field("lead_time_days", FieldType.INTEGER, "sourcing.field.lead_time_days", width_chars=8),
    Field("packing", FieldType.TEXT, "sourcing.field.packing", width_chars=16),
    Field("remarks", FieldType.TEXT, "sourcing.column.notes", width_chars=16),
)
_OF_ROUND = ("prices", "unit", "moq", "lead_time_days")
_PRICES = 1
_ROWS_IN_SIGHT = 6
_HUNDRED = Decimal(100)
Typed = list[dict[str, object]]


class OfferDialog(RecordDialog):
    """Supplier and request chosen from lists, terms in fields, prices in a row for each line."""

    def __init__(
        self,
        context: Context,
        inquiry_id: int,
        *,
        suppliers: Sequence[tuple[int, str]],
        requests: Sequence[RequestDetail],
        lines: Sequence[InquiryLineView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            say("sourcing.offer"),
            _TERMS,
            context.tasks,
            save=lambda values: context.desk.offers.record(self._draft(values)),
            values={"currency": "CNY"},
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._inquiry_id, self._requests = inquiry_id, requests
        self._products = {line.id: line.product_id for line in lines}
        self._chosen: tuple[int | None, int | None, Typed] = (None, None, [])
        self.supplier, self.request = QComboBox(), QComboBox()
        for supplier_id, name in suppliers:
            self.supplier.addItem(name, supplier_id)
        self.supplier.setEditable(True)
        self.supplier.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        self.supplier.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.request.addItem(say("sourcing.no_request"), None)
        for request in requests:
            self.request.addItem(request.number, request.id)
        self.lines = LinesGrid(_LINE, takes_more=False)
        self.lines.setAccessibleName(say("inquiries.tab.lines"))
        self._lay_out()
        self.lines.show_lines([(line.id, _shown(line)) for line in lines])
        self.lines.setCurrentCell(0, _PRICES)
        self.supplier.currentIndexChanged.connect(lambda _index: self._find_request())
        self._find_request()
        self.supplier.setFocus()

    def _lay_out(self) -> None:
        form = self.form.layout()
        assert isinstance(form, QFormLayout)
        for row, (box, key) in enumerate(
            ((self.supplier, "sourcing.field.supplier"), (self.request, "sourcing.field.request"))
        ):
            box.setAccessibleName(say(key))
            form.insertRow(row, say(key), box)
        self.form.editors["vat"].widget.setPlaceholderText(say("sourcing.vat_hint"))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, self.lines, 1)
            layout.insertWidget(2, plain_label(say("sourcing.prices_hint"), role="faint"))
        terms = (editor.widget for editor in self.form.editors.values())
        tab_through(self.supplier, self.request, *terms, self.lines)
        self.lines.setMinimumHeight(theme.ROW_HEIGHT * _ROWS_IN_SIGHT)
        self.resize(860, 620)

    def _find_request(self) -> None:
        """Takes the newest request that asked the supplier."""
        supplier_id = self.supplier.currentData()
        asked = (
            request.id
            for request in self._requests
            if any(one.supplier_id == supplier_id for one in request.suppliers)
        )
        self.request.setCurrentIndex(max(self.request.findData(next(asked, None)), 0))

    def _on_save(self) -> None:
        """Keeps what is chosen and typed for the worker, which must not ask widgets."""
        supplier_id, request_id = self.supplier.currentData(), self.request.currentData()
        self._chosen = (supplier_id, request_id, self.lines.lines())
        super()._on_save()

    def _draft(self, values: Mapping[str, object]) -> OfferDraft:
        supplier_id, request_id, rows = self._chosen
        if supplier_id is None:
            raise AppError("offers.supplier_gone")
        vat = str(values.get("vat") or "").rstrip("%％ ")
        terms = ROUND_FORM.checked({key: value for key, value in values.items() if key != "vat"})
        valid = terms.get("valid_until")
        return OfferDraft(
            supplier_id=supplier_id,
            currency=_text(terms.get("currency")) or "CNY",
            lines=[self._line(row) for row in rows if row["prices"]],
            inquiry_id=self._inquiry_id,
            request_id=request_id,
            incoterm=(_text(terms.get("incoterm")) or "").upper() or None,
            place=_text(terms.get("place")),
            includes_vat=_rate(vat) > 0 if vat else None,
            vat_rate=_rate(vat) if vat else None,
            payment_terms=_text(terms.get("payment_terms")),
            valid_until=valid if isinstance(valid, date) else None,
        )

    def _line(self, row: Mapping[str, object]) -> OfferLineDraft:
        typed = ROUND_FORM.checked({key: row[key] for key in _OF_ROUND})
        line_id, moq, days = row["id"], typed.get("moq"), typed.get("lead_time_days")
        prices = prices_from(str(typed.get("prices") or ""))
        return OfferLineDraft(
            tiers=tuple((price.min_quantity, price.amount) for price in prices),
            inquiry_line_id=line_id if isinstance(line_id, int) else None,
            product_id=self._products.get(line_id) if isinstance(line_id, int) else None,
            unit=_text(typed.get("unit")),
            moq=moq if isinstance(moq, Decimal) else None,
            lead_time_days=days if isinstance(days, int) else None,
            packing=str(row["packing"]),
            remarks=str(row["remarks"]),
        )


def _shown(line: InquiryLineView) -> dict[str, object]:
    wording = f"{line.position}. {line.values.get('wording') or ''}"
    return {"wording": wording, "unit": line.values.get("unit")}


def _rate(text: str) -> Decimal:
    """The share a percentage is; raises ``AppError`` for what is none."""
    try:
        rate = Decimal(text) / _HUNDRED
    except ArithmeticError as error:
        raise AppError("offers.bad_vat", text=text) from error
    if not 0 <= rate < 1:
        raise AppError("offers.bad_vat", text=text)
    return rate


def _text(value: object) -> str | None:
    return str(value) if value else None
