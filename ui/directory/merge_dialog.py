"""Owns what two companies or two products show while they are made one, and the way to say they are two.

Must not merge by itself; the service does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.directory.fields import COMPANY_FIELDS, PRODUCT_FIELDS
from app.directory.views import CompanyDetail, ProductDetail
from ui import formats
from ui.context import Context
from ui.forms.merge_dialog import MergeDialog, Row, rows_of
from ui.words import say


class DirectoryMergeDialog(MergeDialog):
    """Two companies or two products."""

    def __init__(
        self, context: Context, kind: str, ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        views = context.desk.directory_views
        self._fields = PRODUCT_FIELDS if kind == "product" else COMPANY_FIELDS
        read: Callable[[int], object] = views.product if kind == "product" else views.company
        super().__init__(
            context,
            kind,
            ids,
            read=read,
            show=self._show_both,
            work=self._merge_both,
            parent=parent,
        )
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.apart_button = self.buttons.addButton(say("window.merge.apart"), role)
        self.apart_button.setAutoDefault(False)
        self.apart_button.setVisible(kind != "product")
        self.apart_button.clicked.connect(self.say_apart)

    def _show_both(
        self, kept: CompanyDetail | ProductDetail, other: CompanyDetail | ProductDetail
    ) -> None:
        """Their fields, then what hangs on either: all of it stays, so there is nothing to choose."""
        rows = rows_of(self._fields, kept.values, other.values)
        lacking = {row.key for row in rows if not row.kept}
        mine, theirs = _hanging(kept), _hanging(other)
        rows += [
            Row(say(f"window.merge.stays.{key}"), mine[key], theirs[key])
            for key in mine
            if mine[key] or theirs[key]
        ]
        self.show_rows(rows, lacking, (say("window.merge.kept"), say("window.merge.other")))

    def _merge_both(self) -> None:
        directory = self._context.desk.directory
        directory.merge(self._kind, self.keep, self.other, take=self.taken)

    def say_apart(self) -> None:
        """Remembers that the two are two."""
        directory = self._context.desk.directory
        told = say("window.merge.said_apart")
        self.run(partial(directory.not_duplicate, self.keep, self.other), told)


def _hanging(record: CompanyDetail | ProductDetail) -> Mapping[str, str]:
    """What hangs on a company or a product, shortly, by what it is."""
    if isinstance(record, ProductDetail):
        return {
            "supplier": record.supplier or "",
            "prices": formats.count(len(record.prices)),
            "pictures": formats.count(len(record.pictures)),
            "mentions": formats.count(len(record.mentions)),
        }
    points = [*record.points, *(point for one in record.contacts for point in one.points)]
    return {
        "people": say("lists.between").join(
            str(one.values.get("name") or "") for one in record.contacts
        ),
        "points": say("lists.between").join(
            str(point.values.get("value") or "") for point in points
        ),
        "products": formats.count(record.product_count),
        "mentions": formats.count(len(record.mentions)),
    }
