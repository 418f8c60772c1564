"""Owns the panel of the figures that all prices of a quotation are worked out with.

The delivery term decides which figures are asked. Must not cost anything; the rules do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.kernel.errors import AppError
from app.quotations.charges import Basis, Charge, ChargeLine, seller_bears
from app.quotations.cost_sheet import (
    ExchangeRate,
    ImportTaxes,
    Profit,
    ProfitBasis,
    RoundingRule,
)
from app.quotations.detail_views import QuotationDetail
from app.quotations.incoterms import INCOTERMS, CostLine
from app.quotations.revision_costing import CostingTerms
from ui import theme
from ui.forms.sections import Scroll
from ui.quotations.typed import number_in
from ui.words import say

#: Charges with a row of their own, and the message that names each.
_CHARGES: Mapping[ChargeLine, str] = {
    ChargeLine.EXPORT_PACKING: "quotations.step_export_packing",
    ChargeLine.DOMESTIC: "quotations.step_domestic",
    ChargeLine.MAIN_CARRIAGE: "quotations.step_freight",
    ChargeLine.DESTINATION_CARRIAGE: "quotations.step_destination_carriage",
    ChargeLine.UNLOADING: "quotations.step_unloading",
    ChargeLine.OTHER: "quotations.step_other",
}
_BASES: Mapping[Basis, str] = {
    Basis.PER_UNIT: "editor.per_unit",
    Basis.FIXED: "editor.per_shipment",
    Basis.PER_CBM: "editor.per_cbm",
    Basis.PER_TON: "editor.per_ton",
    Basis.PER_CONTAINER: "editor.per_container",
}
_HUNDRED = Decimal(100)


class _ChargeRow(QWidget):
    """An amount, its currency, and what it is counted on."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.amount, self.currency = QLineEdit(), QLineEdit()
        self.amount.setAccessibleName(label)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.currency.setMaximumWidth(56)
        self.currency.setAccessibleName(f"{label}: {say('quotations.field.currency')}")
        self.basis = QComboBox()
        self.basis.setAccessibleName(f"{label}: {say('editor.counted_on')}")
        for basis, key in _BASES.items():
            self.basis.addItem(say(key), basis)
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.TINY)
        layout.setSpacing(theme.TINY)
        layout.addRow(self.currency, self.amount)
        layout.addRow(self.basis)

    def show_charge(self, charge: Charge | None, currency: str) -> None:
        self.amount.setText(f"{charge.amount.normalize():f}" if charge else "")
        self.currency.setText(charge.currency if charge else currency)
        self.basis.setCurrentIndex(self.basis.findData(charge.basis if charge else Basis.FIXED))

    def charge(self, before: Charge | None, line: ChargeLine, label: str) -> Charge | None:
        """The charge as typed; ``None`` for an empty amount."""
        if not self.amount.text().strip():
            return None
        amount = _number(self.amount, label)
        currency = self.currency.text().strip().upper()
        basis = Basis(self.basis.currentData())
        if before is not None:
            return replace(before, amount=amount, currency=currency, basis=basis)
        return Charge(amount=amount, currency=currency, basis=basis, line=line)


class CostingPanel(QWidget):
    """Emits :attr:`applied` with the figures and whether prices follow."""

    applied = Signal(object, bool)
    floor_changed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._costing = CostingTerms()
        self._currency = "USD"
        self._term = "FOB"
        self._shown: tuple[object, ...] = ()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(theme.MEDIUM)
        self.form.setVerticalSpacing(theme.SMALL)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        scroll = Scroll(self)
        scroll.body.addLayout(self.form)
        scroll.body.addStretch(1)
        self._make_figures()
        self.follow = QCheckBox(say("editor.prices_follow"))
        self.follow.setChecked(True)
        self.apply_button = QPushButton(say("editor.apply"))
        self.apply_button.setProperty("role", "primary")
        self.apply_button.clicked.connect(self._apply)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.follow)
        foot.addWidget(self.apply_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)

    def _make_figures(self) -> None:
        self.rate = self._line("editor.rate")
        self.basis = QComboBox()
        self.basis.addItem(say("editor.margin_on_price"), ProfitBasis.MARGIN_ON_PRICE)
        self.basis.addItem(say("editor.markup_on_cost"), ProfitBasis.MARKUP_ON_COST)
        self.basis.setAccessibleName(say("editor.profit_as"))
        self.form.addRow(_label(say("editor.profit_as")), self.basis)
        self.profit = self._line("editor.profit_percent")
        self.floor = self._line("editor.floor_percent")
        self.vat = self._line("editor.vat_percent")
        self.rebate = self._line("editor.rebate_percent")
        self.charges = {line: _ChargeRow(say(key)) for line, key in _CHARGES.items()}
        self._labels = {line: _label(say(key)) for line, key in _CHARGES.items()}
        for line, row in self.charges.items():
            self.form.addRow(self._labels[line], row)
            row.amount.returnPressed.connect(self._apply)
        self.containers = self._line("editor.containers")
        self.containers.setPlaceholderText("1 × 40HQ")
        self.premium = self._line("editor.premium_percent")
        self.duty = self._line("editor.duty_percent")
        self.import_vat = self._line("editor.import_vat_percent")
        self.commission = self._line("editor.commission_percent")
        self.bank = self._line("editor.bank_percent")
        self.step = self._line("editor.rounding_step")

    def _line(self, key: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(say(key))
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.returnPressed.connect(self._apply)
        self.form.addRow(_label(say(key)), edit)
        return edit

    def show_quotation(self, detail: QuotationDetail) -> None:
        """Shows the figures of a revision; what is being typed stays until they change."""
        inner = detail.internal
        self._term = str(detail.values.get("incoterm") or "EXW")
        self._currency = str(detail.values.get("currency") or "USD")
        shown = (detail.id, detail.revision, inner.costing, inner.margin_floor, self._term)
        asked = frozenset(
            asked for inner in detail.internal.lines.values() for asked in inner.terms_asked
        )
        shown += (self._currency, detail.is_editable, asked)
        if shown == self._shown:
            return
        self._shown, self._costing = shown, inner.costing
        self._show_rates(inner.costing)
        self.floor.setText(_percent(inner.margin_floor))
        self._show_charges(inner.costing)
        self._ask_by_terms({self._term, *asked})
        for widget in (self.apply_button, self.follow, *self.findChildren(QLineEdit)):
            widget.setEnabled(detail.is_editable)

    def _show_rates(self, costing: CostingTerms) -> None:
        rate = costing.rate(self._currency)
        self.rate.setText(f"{rate.home_per_unit.normalize():f}" if rate else "")
        self.rate.setToolTip(rate.source if rate else "")
        label = self.form.labelForField(self.rate)
        if isinstance(label, QLabel):
            label.setText(f"1 {self._currency} = … {costing.home_currency}")
        self.form.setRowVisible(self.rate, self._currency != costing.home_currency)
        self.basis.setCurrentIndex(self.basis.findData(costing.profit.basis))
        self.profit.setText(_percent(costing.profit.rate))
        self.vat.setText(_percent(costing.vat))
        self.rebate.setText(_percent(costing.rebate))
        self.premium.setText(_percent(costing.premium))
        self.commission.setText(_percent(costing.commission))
        self.bank.setText(_percent(costing.bank_share))
        self.step.setText(f"{costing.rounding.step.normalize():f}")
        taxes = costing.import_taxes
        self.duty.setText(_percent(taxes.duty if taxes else None))
        self.import_vat.setText(_percent(taxes.vat if taxes else None))
        self.containers.setText(" + ".join(f"{n} × {code}" for code, n in costing.containers))

    def _show_charges(self, costing: CostingTerms) -> None:
        beyond = (
            ChargeLine.MAIN_CARRIAGE,
            ChargeLine.DESTINATION_CARRIAGE,
            ChargeLine.UNLOADING,
        )
        for line, row in self.charges.items():
            usual = self._currency if line in beyond else costing.home_currency
            row.show_charge(_first(costing, line), usual)
        self._show_table_freight(costing)

    def _show_table_freight(self, costing: CostingTerms) -> None:
        """The freight taken from the table stands where another can be typed over it."""
        used = costing.freight[0] if costing.freight else None
        source = used.source if used else ""
        row = self.charges[ChargeLine.MAIN_CARRIAGE]
        row.amount.setPlaceholderText(source or say("editor.no_table_freight"))
        row.amount.setToolTip(say("editor.table_freight", source=source) if source else "")
        planned = " + ".join(f"{n} × {code}" for code, n in costing.planned_containers)
        self.containers.setPlaceholderText(planned or "1 × 40HQ")

    def _ask_by_terms(self, codes: Collection[str]) -> None:
        """Asks for what the quoted term puts on us, and what a supplier's price may hold of the rest."""
        terms = [INCOTERMS[code] for code in codes if code in INCOTERMS]
        for line, row in self.charges.items():
            borne = any(seller_bears(line, term.code) for term in terms)
            self.form.setRowVisible(row, borne)
        insured = any(term.payer(CostLine.INSURANCE).is_seller for term in terms)
        taxed = any(term.payer(CostLine.IMPORT_DUTY).is_seller for term in terms)
        self.form.setRowVisible(self.premium, insured)
        for edit in (self.duty, self.import_vat):
            self.form.setRowVisible(edit, taxed)

    # -- what is typed ----------------------------------------------------------------------

    def _apply(self) -> None:
        if not self.apply_button.isEnabled():
            return
        try:
            costing = self.costing()
            floor = _share(self.floor)
        except AppError as error:
            self.refused.emit(error)
            return
        if floor != self._shown[3]:
            self.floor_changed.emit(floor)
        self.applied.emit(costing, self.follow.isChecked())

    def costing(self) -> CostingTerms:
        """The figures as typed; raises ``AppError`` naming one that is no number."""
        before = self._costing
        costing = replace(
            before,
            profit=Profit(ProfitBasis(self.basis.currentData()), _share(self.profit) or Decimal(0)),
            vat=_share(self.vat) or Decimal(0),
            rebate=_share(self.rebate) or Decimal(0),
            premium=_share(self.premium),
            commission=_share(self.commission) or Decimal(0),
            bank_share=_share(self.bank) or Decimal(0),
            charges=self._typed_charges(before),
            containers=_containers(self.containers),
            import_taxes=self._taxes(before.import_taxes),
            rounding=self._rounding(before.rounding),
        )
        rate = before.rate(self._currency)
        if not self.rate.text().strip():
            return costing
        typed = _number(self.rate, say("editor.rate"))
        if rate is not None and rate.home_per_unit == typed:
            return costing
        return costing.with_rate(ExchangeRate(self._currency, typed, say("editor.typed_rate")))

    def _typed_charges(self, before: CostingTerms) -> tuple[Charge, ...]:
        charges = list(before.charges)
        for line, row in self.charges.items():
            first = _first(before, line)
            typed = row.charge(first, line, say(_CHARGES[line]))
            if first is not None:
                charges.remove(first)
            if typed is not None:
                charges.append(typed)
        return tuple(charges)

    def _taxes(self, before: ImportTaxes | None) -> ImportTaxes | None:
        duty = _share(self.duty)
        if duty is None:
            return None
        vat = _share(self.import_vat) or Decimal(0)
        return replace(before, duty=duty, vat=vat) if before else ImportTaxes(duty, vat)

    def _rounding(self, before: RoundingRule) -> RoundingRule:
        step = _number(self.step, say("editor.rounding_step"))
        if step <= 0:
            raise _refused(say("editor.rounding_step"), self.step.text())
        return replace(before, step=step)


def _first(costing: CostingTerms, line: ChargeLine) -> Charge | None:
    return next((charge for charge in costing.charges if charge.line is line), None)


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "faint")
    return label


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{(share * _HUNDRED).normalize():f}"


def _refused(label: str, text: str) -> AppError:
    return AppError("lists.bad_value", field=label, value=text.strip())


def _number(edit: QLineEdit, label: str) -> Decimal:
    number = number_in(edit.text().strip())
    if number is None or number < 0:
        raise _refused(label, edit.text())
    return number


def _share(edit: QLineEdit) -> Decimal | None:
    """A percent typed as a share; ``None`` for nothing."""
    text = edit.text().strip()
    if not text:
        return None
    number = number_in(text)
    if number is None:
        raise _refused(edit.accessibleName(), text)
    return number / _HUNDRED


def _containers(edit: QLineEdit) -> tuple[tuple[str, int], ...]:
    """``1 × 40HQ + 2 × 20GP`` as codes and numbers."""
    found = []
    for part in filter(None, edit.text().upper().replace("×", "X").split("+")):
        count, _, code = part.partition("X")
        if not count.strip().isdigit() or not code.strip():
            raise _refused(edit.accessibleName(), part)
        found.append((code.strip(), int(count)))
    return tuple(found)
