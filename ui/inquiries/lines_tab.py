"""Owns the tab of an inquiry's lines: the grid they are typed in, and the product of the current one.

Must not save what is typed; the page does.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.inquiries.fields import LINE_FIELDS
from app.inquiries.views import InquiryLineView, LinkedProduct
from app.kernel.messages import Message
from ui import theme
from ui.buttons import key_button
from ui.context import Context
from ui.forms.elided import ElidedLink
from ui.forms.lines import LinesGrid
from ui.forms.sections import plain_label
from ui.lists.delegates import Thumbnails
from ui.lists.pick_dialog import PickDialog
from ui.words import say

_PICTURE_PX = 44
_TOLD_OF_PRODUCT = ("item_number", "name_zh", "name_en", "supplier")


class LinesTab(QWidget):
    """The lines of one inquiry."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: dict[int, InquiryLineView] = {}
        self.grid = LinesGrid(LINE_FIELDS)
        self.grid.setAccessibleName(say("inquiries.tab.lines"))
        self.grid.currentCellChanged.connect(lambda *_cell: self._show_product())
        self._thumbnails = Thumbnails(context.tasks, self)
        self._thumbnails.ready.connect(self._show_product)
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(_PICTURE_PX, _PICTURE_PX))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.product = ElidedLink(self._open_product)
        self._told = plain_label("", role="faint")
        self.choose = key_button("inquiries.choose_product", "Ctrl+L", self)
        self.choose.clicked.connect(self._choose)
        self.unlink = key_button(
            "inquiries.unlink", "Ctrl+Shift+L", self, run=lambda: self._link(None)
        )
        self._lay_out()
        self._show_product()

    def _lay_out(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.product, 0, Qt.AlignmentFlag.AlignLeft)
        text.addWidget(self._told)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self._picture)
        row.addLayout(text, 1)
        row.addWidget(self.choose)
        row.addWidget(self.unlink)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.addWidget(self.grid, 1)
        layout.addLayout(row)
        layout.addWidget(plain_label(say("inquiries.lines_hint"), role="faint"))

    def show_lines(self, lines: Sequence[InquiryLineView]) -> None:
        """Shows the lines, the first as the current one where there was none."""
        self._lines = {line.id: line for line in lines}
        self.grid.show_lines([(line.id, line.values) for line in lines])
        if self.grid.currentRow() < 0:
            self.grid.setCurrentCell(0, 0)
        self._show_product()

    def _current(self) -> InquiryLineView | None:
        record_id = self.grid.record_id(self.grid.currentRow())
        return self._lines.get(record_id) if record_id is not None else None

    def _show_product(self) -> None:
        line = self._current()
        product = line.product if line else None
        can_change = line is not None and not self._context.desk.is_read_only
        self.choose.setEnabled(can_change)
        self.unlink.setVisible(can_change and product is not None)
        self.product.setVisible(product is not None)
        key = "inquiries.change_product" if product else "inquiries.choose_product"
        self.choose.setText(say(key))
        told = product.supplier or "" if product else say("inquiries.not_linked")
        self._told.setText(told if line else "")
        self.product.lead_to(product.name if product else "")
        self._paint(product)

    def _paint(self, product: LinkedProduct | None) -> None:
        self._picture.clear()
        self._picture.setVisible(product is not None and product.picture is not None)
        if product is None or product.picture is None:
            return
        side = round(_PICTURE_PX * self.devicePixelRatioF())
        pixmap = self._thumbnails.get(self._context.desk.picture_path(product.picture), side)
        if isinstance(pixmap, QPixmap):
            pixmap = QPixmap(pixmap)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.setPixmap(pixmap)

    def _open_product(self) -> None:
        line = self._current()
        if line is not None and line.product is not None:
            self._context.navigation.go("products", line.product.id)

    def _choose(self) -> None:
        line, matching = self._current(), self._context.desk.matching
        if line is None:
            return
        PickDialog(
            self._context,
            "product",
            _TOLD_OF_PRODUCT,
            lambda product_id: self._link(product_id, line),
            title=say("inquiries.which_product", line=line.values.get("wording") or ""),
            likely=lambda: matching.products_like(line.id),
            parent=self,
        ).open()

    def _link(self, product_id: int | None, line: InquiryLineView | None = None) -> None:
        line, inquiries = line or self._current(), self._context.desk.inquiries
        if line is None:
            return
        line_id = line.id
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: inquiries.link_line(line_id, product_id),
        )
