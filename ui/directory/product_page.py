"""Owns the page of one product: pictures, fields, prices by date, and where it was quoted.

Must not read off the desk's views.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.directory.fields import NOTE_FIELDS, PRICE_FIELDS, PRODUCT_FIELDS
from app.directory.views import Part, ProductDetail
from app.forms import Values
from app.kernel.messages import Message
from ui import formats
from ui.bridge import ChangedRows
from ui.context import Context
from ui.directory.custom_fields import show_custom
from ui.directory.pictures import PictureSection
from ui.directory.tags import TagButton
from ui.files.section import FilesSection
from ui.forms.dialog import RecordDialog
from ui.forms.form import FieldForm
from ui.forms.sections import Line, Scroll, Section
from ui.places import PLACE_OF_KIND
from ui.words import say

_FIELDS_OF = {"price": PRICE_FIELDS, "note": NOTE_FIELDS}


class ProductPage(QWidget):
    """A product whole, beside the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._product_id = -1
        self._detail: ProductDetail | None = None
        self._name = QLabel()
        self._name.setProperty("role", "title")
        self._name.setWordWrap(True)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._supplier = QPushButton()
        self._supplier.setProperty("role", "link")
        self._supplier.clicked.connect(self._open_supplier)
        self.tags = TagButton(context, "product")
        self.pictures = PictureSection(context, "product", self)
        self.form = FieldForm(PRODUCT_FIELDS, context.tasks)
        self._sections = {
            kind: Section(say(f"window.section.{kind}"), partial(self._add, kind))
            for kind in ("price", "note")
        }
        self._mentions = Section(say("window.section.deals"))
        self._custom = Section(say("window.section.custom"))
        scroll = Scroll()
        scroll.body.addWidget(self._name)
        scroll.body.addWidget(self._supplier, 0, Qt.AlignmentFlag.AlignLeft)
        scroll.body.addWidget(self.tags, 0, Qt.AlignmentFlag.AlignLeft)
        scroll.body.addWidget(self.pictures)
        scroll.body.addWidget(self._sections["price"])
        scroll.body.addWidget(self.form)
        self.files = FilesSection(context, "product", self, pictures=self.pictures.add)
        self.files.take_pasted(scroll)
        for section in (self._sections["note"], self.files, self._mentions, self._custom):
            scroll.body.addWidget(section)
        scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def show_record(self, record_id: int) -> None:
        """Reads the product off the GUI thread and shows it."""
        self._product_id = record_id
        self._context.tasks.read(
            self,
            lambda: self._context.desk.directory_views.product(record_id),
            self._show,
            failed=lambda _error: None,
        )

    def on_changes(self, _rows: ChangedRows) -> None:
        """Reads the product again after a commit."""
        if self.isVisible() and self._product_id >= 0:
            self.show_record(self._product_id)

    def _show(self, product: ProductDetail) -> None:
        if product.id != self._product_id:
            return
        self._detail = product
        values = product.values
        names = (values.get("item_number"), values.get("name_zh"), values.get("name_en"))
        self._name.setText(" · ".join(str(name) for name in names if name))
        self.setWindowTitle(self._name.text())
        self._supplier.setText((product.supplier or "").replace("&", "&&"))
        self._supplier.setVisible(product.supplier_id is not None)
        desk = self._context.desk
        save = None if desk.is_read_only else partial(desk.edit, "product", [product.id])
        self.form.show_values(values, save)
        self.tags.show_tags(product.id, product.tags)
        self.pictures.show_pictures(product.id, product.pictures)
        self._show_prices(product)
        self._show_notes(product)
        self._show_rest(product)

    def _show_prices(self, product: ProductDetail) -> None:
        section = self._sections["price"]
        section.clear()
        for price in product.prices:
            section.add_row(
                Line(
                    _price_text(price.values),
                    _price_source(price.values),
                    edit=partial(self._edit, price),
                    delete=partial(self._delete, price),
                )
            )

    def _show_notes(self, product: ProductDetail) -> None:
        section = self._sections["note"]
        section.clear()
        for note in product.notes:
            section.add_row(
                Line(
                    str(note.values.get("text")),
                    edit=partial(self._edit, note),
                    delete=partial(self._delete, note),
                )
            )

    def _show_rest(self, product: ProductDetail) -> None:
        self.files.show_files(product.id, product.attachments)
        self._mentions.clear()
        self._mentions.setVisible(bool(product.mentions))
        for mention in product.mentions:
            place = PLACE_OF_KIND.get(mention.kind, "")
            go = partial(self._context.navigation.go, place, mention.id)
            self._mentions.add_row(Line(mention.title, formats.plain(mention.on), open_=go))
        show_custom(self._custom, product.custom)

    def _open_supplier(self) -> None:
        if self._detail is not None and self._detail.supplier_id is not None:
            self._context.navigation.go("suppliers", self._detail.supplier_id)

    def _add(self, kind: str) -> None:
        owner = {"product_id": self._product_id}
        self._open_dialog(
            kind, {}, lambda values: self._context.desk.directory.add(kind, {**values, **owner})
        )

    def _edit(self, part: Part) -> None:
        edit = partial(self._context.desk.directory.edit, part.kind, [part.id])
        self._open_dialog(part.kind, part.values, edit)

    def _open_dialog(
        self, kind: str, values: Mapping[str, object], save: Callable[[Values], object]
    ) -> None:
        dialog = RecordDialog(
            say(f"window.section.{kind}"),
            _FIELDS_OF[kind],
            self._context.tasks,
            save=save,
            values=values,
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _delete(self, part: Part) -> None:
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.directory.delete(part.kind, [part.id]),
        )


def _price_text(values: Mapping[str, Any]) -> str:
    price = formats.money(values.get("amount"), str(values.get("currency") or ""))
    unit = f"/{values['unit']}" if values.get("unit") else ""
    quantity = values.get("min_quantity")
    return f"≥ {formats.plain(quantity)}   {price}{unit}" if quantity else f"{price}{unit}"


def _price_source(values: Mapping[str, Any]) -> str:
    vat = {True: say("window.with_vat"), False: say("window.without_vat")}
    parts = (
        " ".join(str(values[key]) for key in ("incoterm", "place") if values.get(key)),
        vat.get(values.get("includes_vat"), ""),
        formats.plain(values.get("quoted_on") or ""),
        str(values.get("source") or ""),
    )
    return " · ".join(part for part in parts if part)
