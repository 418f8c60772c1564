"""Owns what two inquiries show while they are made one: their fields, and which lines are joined.

Must not decide which lines are the same goods; it shows what the rules propose, to be changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from app.fields import Field, FieldType
from app.inquiries.fields import INQUIRY_FIELDS, LINE_FIELDS
from app.inquiries.merging import MERGED_FIELDS, same_lines, taken_fields
from app.inquiries.merging_service import Merging
from app.inquiries.views import InquiryDetail, InquiryLineView
from ui import formats
from ui.context import Context
from ui.forms.elided import ElidedBox
from ui.forms.merge_dialog import MergeDialog, Row, rows_of
from ui.lists.pick_dialog import PickDialog
from ui.words import say

_FIELDS = (
    Field("buyer", FieldType.TEXT, "inquiries.field.buyer"),
    *(field for field in INQUIRY_FIELDS if field.key in MERGED_FIELDS),
)
_LABEL_PX = 210
_TEXT_CHARS = 80


def merge_inquiries(context: Context, owner: QWidget, ids: Sequence[int]) -> None:
    """Shows two inquiries to be made one, and the one that stays afterwards."""
    dialog = InquiryMergeDialog(context, ids, owner)
    dialog.settled.connect(partial(context.navigation.go, "inquiries", dialog.keep))
    dialog.open()


def choose_and_merge(context: Context, owner: QWidget, inquiry_id: int) -> None:
    """Asks which inquiry is the same as this one, and shows both."""

    def merge(other_id: int | None) -> None:
        if other_id == inquiry_id:
            context.toast(say("inquiries.merged_with_itself"))
        elif other_id is not None:
            merge_inquiries(context, owner, (inquiry_id, other_id))

    views = context.desk.inquiry_views
    PickDialog(
        context,
        "inquiry",
        ("number", "buyer", "subject"),
        merge,
        title=say("inquiries.merging.which"),
        likely=lambda: [one.id for one in views.inquiry(inquiry_id).same],
        parent=owner,
    ).open()


class InquiryMergeDialog(MergeDialog):
    """Two inquiries; a line of the other is joined to one of the kept, or stays a line of its own."""

    def __init__(self, context: Context, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            "inquiry",
            ids,
            read=context.desk.inquiry_views.inquiry,
            show=self._show_both,
            work=self._merge_both,
            parent=parent,
        )
        self.table.setColumnWidth(0, _LABEL_PX)
        self._both: tuple[InquiryDetail, ...] = ()
        #: Lines of the other inquiry → those of the kept one they are joined to.
        self.joined: dict[int, int] = {}
        self._places: dict[int, int] = {}
        #: What a line of the other is joined to, by the row it stands in.
        self.choices: dict[int, QComboBox] = {}

    # -- showing ----------------------------------------------------------------------------

    def _show_both(self, kept: InquiryDetail, other: InquiryDetail) -> None:
        self._both = (kept, other)
        self.joined = same_lines(kept.lines, other.lines)
        self._show_all(taken_fields(*(_values(one) for one in self._both)))

    def _show_all(self, taken: Collection[str]) -> None:
        """The fields, the lines, then what hangs on either: all of that stays."""
        kept, other = self._both
        rows = rows_of(_FIELDS, _values(kept), _values(other))
        self._places = self._add_lines(rows)
        theirs = _hanging(other)
        for label, text in _hanging(kept).items():
            if text or theirs[label]:
                rows.append(Row(label, text, theirs[label]))
        mine, of_other = (str(one.values["number"]) for one in self._both)
        names = (say("window.merge.kept"), mine), (say("window.merge.other"), of_other)
        self.show_rows(rows, taken, [f"{name} · {number}" for name, number in names])
        self.choices = {row: self._choice(line_id) for line_id, row in self._places.items()}
        for row, choice in self.choices.items():
            self.table.setCellWidget(row, 0, choice)

    def _add_lines(self, rows: list[Row]) -> dict[int, int]:
        """A row for each line, one for two that are joined; each of the other's → its row."""
        kept, other = self._both
        theirs = {line.id: line for line in other.lines}
        twins = {mine: line_id for line_id, mine in self.joined.items()}
        places = {}
        for line in kept.lines:
            label = say("inquiries.merging.line", position=line.position)
            if line.id in twins:
                twin = theirs[twins[line.id]]
                places[twin.id] = len(rows)
                rows.append(Row(label, _told(line), _told(twin), _key(twin.id)))
            else:
                rows.append(Row(label, _told(line), ""))
        for line in other.lines:
            if line.id not in self.joined:
                places[line.id] = len(rows)
                rows.append(Row("", "", _told(line)))
        return places

    def _choice(self, line_id: int) -> QComboBox:
        choice = ElidedBox()
        choice.setAccessibleName(say("inquiries.merging.joined_to"))
        choice.addItem(say("inquiries.merging.own_line"), None)
        for line in self._both[0].lines:
            choice.addItem(
                say("inquiries.merging.into", position=line.position, line=line.wording), line.id
            )
        choice.setCurrentIndex(choice.findData(self.joined.get(line_id)))
        choice.activated.connect(
            # After the choice is closed: it goes with its row.
            lambda _index: QTimer.singleShot(
                0, self, partial(self.join, line_id, choice.currentData())
            )
        )
        return choice

    # -- choosing ---------------------------------------------------------------------------

    def choose(self, number: int, column: int) -> None:
        """Opens the choice of a line, too."""
        if not column and number in self.choices:
            self.choices[number].showPopup()
        super().choose(number, column)

    def join(self, line_id: int, kept_id: int | None) -> None:
        """Joins a line of the other inquiry to one of the kept, which then has no other; None: to none."""
        self.joined = {
            other: mine
            for other, mine in self.joined.items()
            if other != line_id and mine != kept_id
        }
        if kept_id is not None:
            self.joined[line_id] = kept_id
        still = set(MERGED_FIELDS) | {_key(other) for other in self.joined}
        self._show_all(self.taken & still)
        self.table.setCurrentCell(self._places[line_id], 0)
        self.table.setFocus()

    def _merge_both(self) -> None:
        fields = self.taken & set(MERGED_FIELDS)
        merging = Merging(
            take=fields,
            keep=set(MERGED_FIELDS) - fields,
            join=self.joined,
            take_lines=[line_id for line_id in self.joined if _key(line_id) in self.taken],
        )
        self._context.desk.inquiries.merge(self.keep, self.other, merging)


def _key(line_id: int) -> str:
    """By which the row of a joined line is chosen."""
    return f"line {line_id}"


def _values(inquiry: InquiryDetail) -> dict[str, object]:
    return {**inquiry.values, "buyer": inquiry.buyer}


def _told(line: InquiryLineView) -> str:
    """A line in a few words: the product, how many, and the target."""
    said = {f.key: formats.shown(f, line.values.get(f.key)) for f in LINE_FIELDS}
    quantity = said["quantity_text"] or f"{said['quantity']} {said['unit']}".strip()
    price = f"{said['currency']} {said['target_price']}" if said["target_price"] else ""
    return " · ".join(filter(None, (said["wording"], quantity, price, said["specification"])))


def _hanging(inquiry: InquiryDetail) -> dict[str, str]:
    """What hangs on an inquiry, shortly, by what it is."""
    text = " ".join(str(inquiry.values["original_text"] or "").split())
    return {
        say("inquiries.field.original_text"): text[:_TEXT_CHARS],
        say("window.section.deals"): say("lists.between").join(
            one.title for one in inquiry.mentions
        ),
        say("files.title"): say("lists.between").join(one.name for one in inquiry.attachments),
        say("directory.field.tags"): say("lists.between").join(inquiry.tags),
    }
