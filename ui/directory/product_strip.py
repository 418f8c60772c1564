"""Owns the products of one supplier as small cards with pictures.

Must not edit products; it opens them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from app.directory.views import ProductSummary
from ui import formats, theme
from ui.context import Context
from ui.forms.sections import Scroll, clear
from ui.icons import icon
from ui.lists.delegates import Thumbnails
from ui.words import say

PICTURE_PX = 56


class ProductStrip(Scroll):
    """A supplier's products."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._thumbnails = Thumbnails(context.tasks, self)
        self._thumbnails.ready.connect(self._paint)
        self._waiting: dict[QToolButton, str] = {}
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.TINY)
        self.body.addLayout(self._cards)
        self._more = QLabel()
        self._more.setProperty("role", "faint")
        self.body.addWidget(self._more)
        self.body.addStretch(1)

    def show_products(self, products: Sequence[ProductSummary], count: int) -> None:
        """Shows the first products and says how many there are."""
        clear(self._cards)
        self._waiting.clear()
        for product in products:
            self._cards.addWidget(self._card(product))
        self._more.setText(
            say("window.products_shown", shown=len(products), count=count)
            if count
            else say("window.no_products")
        )
        self._paint()

    def _card(self, product: ProductSummary) -> QToolButton:
        card = QToolButton()
        card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        card.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        card.setIcon(icon("products"))
        price = formats.money(product.price, product.currency)
        names = " ".join(filter(None, (product.item_number, product.name_zh or product.name_en)))
        second = " · ".join(filter(None, (product.name_en if product.name_zh else "", price)))
        card.setText(f"{names}\n{second}".replace("&", "&&"))
        card.clicked.connect(partial(self._context.navigation.go, "products", product.id))
        if product.picture:
            self._waiting[card] = product.picture
        return card

    def _paint(self) -> None:
        for card, sha256 in list(self._waiting.items()):
            path = self._context.desk.picture_path(sha256)
            pixmap = self._thumbnails.get(path, PICTURE_PX * 2)
            if isinstance(pixmap, QPixmap):
                card.setIcon(pixmap)
                del self._waiting[card]
