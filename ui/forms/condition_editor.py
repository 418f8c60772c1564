"""Owns the small window in which one part of a query is built: field, comparison and values.

What is no single condition is edited as text. Must not change the query; it hands the part on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.fields import Field
from app.kernel.messages import Message
from app.query import Parsed, Query, text_of
from app.query.comparisons import Comparison, Pieces, built, comparisons_for, pieces_of
from ui import theme
from ui.forms.condition_words import comparison_name
from ui.forms.query_edit import QueryEdit
from ui.forms.value_input import Chooser, ValueInput
from ui.tasks import Tasks
from ui.words import say, words

_CURRENCIES = ("USD", "EUR", "CNY", "GBP", "HKD", "JPY", "AUD", "CAD")
_WIDTH_PX = 340


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """What a query is built of: the fields on offer, how its text is read, and values of a field.

    ``values`` reads the book and runs off the GUI thread.
    """

    fields: tuple[Field, ...]
    parsed: Callable[[str], Parsed]
    values: Callable[[str], Sequence[tuple[str, int]]]
    tasks: Tasks

    @property
    def by_key(self) -> dict[str, Field]:
        """The fields by key."""
        return {field.key: field for field in self.fields}


class ConditionEditor(QDialog):
    """Builds a new part or changes ``part``; Enter applies, Escape leaves it as it was."""

    built = Signal(object)

    def __init__(self, terms: QueryTerms, part: Query | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH_PX)
        self._terms, self._fields = terms, terms.by_key
        types = {key: field.type for key, field in self._fields.items()}
        pieces = None if part is None else pieces_of(part, types)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.problem = QLabel()
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._lay_out(say("query.chip.add" if part is None else "query.chip.change"))
        self.text: QueryEdit | None = None
        if part is not None and pieces is None:
            self._edit_text(text_of(part))
        else:
            self._edit_pieces(pieces)

    def _lay_out(self, title: str) -> None:
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        buttons = QDialogButtonBox()
        apply = buttons.addButton(say("query.chip.apply"), QDialogButtonBox.ButtonRole.AcceptRole)
        apply.setProperty("role", "primary")
        apply.setDefault(True)
        cancel = buttons.addButton(say("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self._apply)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(heading)
        layout.addLayout(self._form)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def _edit_text(self, text: str) -> None:
        self.text = QueryEdit()
        self.text.setAccessibleName(say("query.chip.text"))
        self.text.setText(text)
        self._form.addRow(self.text)
        self.text.setFocus()

    # -- field, comparison and values --------------------------------------------------------

    def _edit_pieces(self, pieces: Pieces | None) -> None:
        self.field_box = Chooser(say("query.chip.field"))
        for field in sorted(self._fields.values(), key=lambda one: not one.is_shown):
            self.field_box.addItem(words.text(field.heading), field.key)
        self.comparison_box = QComboBox()
        self.comparison_box.setAccessibleName(say("query.chip.comparison"))
        self.currency_box = Chooser(say("query.chip.currency"))
        self.currency_box.offer((one, one, 0) for one in _CURRENCIES)
        self.inputs: list[ValueInput] = []
        self._values = QWidget()
        row = QHBoxLayout(self._values)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        self._form.addRow(say("query.chip.field"), self.field_box)
        self._form.addRow(say("query.chip.comparison"), self.comparison_box)
        self._form.addRow(say("query.chip.value"), self._values)
        self._form.addRow(say("query.chip.currency"), self.currency_box)
        key = pieces.field if pieces is not None else self.field_box.itemData(0)
        self.field_box.setCurrentIndex(self.field_box.findData(key))
        self._show_field(pieces)
        self.field_box.currentIndexChanged.connect(lambda _at: self._show_field(None))
        self.comparison_box.currentIndexChanged.connect(lambda _at: self._show_inputs())
        if pieces is None:
            self.field_box.setFocus()
            self.field_box.lineEdit().selectAll()
        else:
            (self.inputs[0] if pieces.comparison.values else self.comparison_box).setFocus()

    @property
    def _field(self) -> Field:
        return self._fields[self.field_box.currentData()]

    def _show_field(self, pieces: Pieces | None) -> None:
        field = self._field
        self.comparison_box.blockSignals(True)
        self.comparison_box.clear()
        for comparison in comparisons_for(field.type):
            self.comparison_box.addItem(comparison_name(comparison, field), comparison)
        if pieces is not None:
            self.comparison_box.setCurrentIndex(self.comparison_box.findData(pieces.comparison))
        self.comparison_box.blockSignals(False)
        self._make_inputs(field)
        for input_, typed in zip(self.inputs, pieces.values if pieces else (), strict=False):
            input_.show_value(typed)
        self.currency_box.setCurrentText(pieces.currency if pieces else "")
        self._form.setRowVisible(self.currency_box, self._has_currency(field))
        self._show_inputs()

    def _has_currency(self, field: Field) -> bool:
        return f"{field.key}_currency" in self._fields

    def _make_inputs(self, field: Field) -> None:
        for input_ in self.inputs:
            input_.hide()
            input_.deleteLater()
        names = (say("query.chip.value"), say("query.chip.until"))
        self.inputs = [ValueInput(field, name, self._values) for name in names]
        for input_ in self.inputs:
            self._values.layout().addWidget(input_)
        first = self.inputs[0]
        if not field.type.is_number:
            self._terms.tasks.read(
                first, partial(self._terms.values, field.key), first.offer_values
            )

    def _show_inputs(self) -> None:
        wanted = self._comparison.values
        for number, input_ in enumerate(self.inputs):
            input_.setVisible(number < wanted)
        self._form.setRowVisible(self._values, wanted > 0)
        self.adjustSize()

    @property
    def _comparison(self) -> Comparison:
        return Comparison(self.comparison_box.currentData())

    # -- done --------------------------------------------------------------------------------

    def _apply(self) -> None:
        part = self._text_part() if self.text is not None else self._built()
        if isinstance(part, Message):
            self.problem.setText(words.text(part))
            self.problem.show()
            self.adjustSize()
            return
        self.accept()
        self.built.emit(part)

    def _text_part(self) -> Query | Message:
        assert self.text is not None
        parsed = self._terms.parsed(self.text.text())
        self.text.show_troubles(parsed.troubles)
        mistakes = (trouble.hint for trouble in parsed.troubles if not trouble.is_advice)
        return next(mistakes, parsed.query)

    def _built(self) -> Query | Message:
        values = tuple(input_.value() for input_ in self.inputs)
        has_currency = self._has_currency(self._field)
        currency = self.currency_box.value() if has_currency else ""
        field = self._field
        return built(Pieces(field.key, self._comparison, values, currency), field.type)
