"""Owns the choices about a file as a whole: sheet, headings, kind of records, what to do with known ones, encoding.

Must not read the file; it says what was chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.sheets.cells.reading import text_of
from app.sheets.grid import Sheet, Workbook
from app.sheets.plan.outcome import OnDuplicate
from app.sheets.reading.encodings import OFFERED
from app.sheets.service import ImportOptions, Preview
from app.sheets.targets import KINDS
from app.sheets.understanding import UnderstoodSheet
from ui import theme
from ui.forms.elided import ElidedBox
from ui.words import say

AUTO = "auto"
_MOST_PX = 230
#: An encoding with the language it is for.
_ENCODING_PX = 270
_LIST_PX = 420
_MOST_HEADING_ROWS, _LONGEST_ROW = 40, 50
_DELIMITERS = (",", ";", "\t", "|")


class SourceChoices(QWidget):
    """The choices in one row; what a file does not have is not asked."""

    #: The options that change, by their names; said to be a dictionary, Qt would make texts of them.
    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet, self.kind, self.duplicates = QComboBox(), QComboBox(), QComboBox()
        self.headings = ElidedBox()
        self.encoding, self.delimiter = ElidedBox(), QComboBox()
        #: The sheet that is shown, and those with the same headings, which hold the same.
        self._shown, self._alike = "", frozenset[str]()
        #: What was said that single sheets hold.
        self._kinds: Mapping[str, str] = {}
        self._labels: dict[QComboBox, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        for key, box in (
            ("sheets.sheet", self.sheet),
            ("sheets.headings", self.headings),
            ("sheets.kind_of_records", self.kind),
            ("sheets.duplicates", self.duplicates),
            ("sheets.encoding", self.encoding),
            ("sheets.delimiter", self.delimiter),
        ):
            label = QLabel(say(key))
            label.setProperty("role", "faint")
            label.setBuddy(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(_MOST_PX)
            box.setMinimumContentsLength(4)
            box.setAccessibleName(say(key))
            self._labels[box] = label
            column = QVBoxLayout()
            column.setSpacing(1)
            column.addWidget(label)
            column.addWidget(box)
            row.addLayout(column)
        self.headings.setProperty("role", "long")
        self.headings.view().setMinimumWidth(_LIST_PX)
        self.encoding.setMaximumWidth(_ENCODING_PX)
        row.addStretch(1)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._fill()
        self._connect()

    def _fill(self) -> None:
        for kind in (AUTO, *KINDS):
            self.kind.addItem(say(f"sheets.kind.{kind}"), kind)
        for choice in OnDuplicate:
            self.duplicates.addItem(say(f"sheets.on_duplicate.{choice.value}"), choice)
        for name in OFFERED:
            written_in = say(f"sheets.written_in.{name}")
            self.encoding.addItem(f"{name.upper().replace('_', '-')} · {written_in}", name)
        for sign in _DELIMITERS:
            self.delimiter.addItem(_shown(sign), sign)

    def _connect(self) -> None:
        for name, box in (
            ("sheet", self.sheet),
            ("encoding", self.encoding),
            ("delimiter", self.delimiter),
        ):
            box.activated.connect(
                lambda _i, name=name, box=box: self.changed.emit({name: box.currentData()})
            )
        # Qt keeps a choice as its text alone.
        self.duplicates.activated.connect(
            lambda _i: self.changed.emit(
                {"on_duplicate": OnDuplicate(self.duplicates.currentData())}
            )
        )
        self.headings.activated.connect(lambda _i: self._point_at(self.headings.currentData()))
        self.kind.activated.connect(lambda _i: self._say_kind(self.kind.currentData()))

    def show_preview(
        self, preview: Preview, options: ImportOptions, table: UnderstoodSheet | None
    ) -> None:
        """Shows what the file offers and what is chosen."""
        book = preview.workbook
        self.sheet.clear()
        self.sheet.addItem(say("sheets.all_sheets"), None)
        for one in book.sheets:
            hidden = f" ({say('sheets.hidden')})" if one.is_hidden else ""
            self.sheet.addItem(one.name + hidden, one.name)
        self._choose(self.sheet, options.sheet, is_asked=len(book.sheets) > 1)
        self._alike, self._kinds = _alike(preview, table), options.kinds
        kind = options.kinds.get(table.sheet, options.kind) if table is not None else options.kind
        found = say("sheets.kind.auto")
        if table is not None and kind is None and table.kind:
            found = say("sheets.kind.found", kind=say(f"sheets.kind.{table.kind}"))
        self.kind.setItemText(0, found)
        self._show_headings(book, options, table)
        self._choose(self.kind, kind or AUTO, is_asked=True)
        self._choose(self.duplicates, options.on_duplicate, is_asked=True)
        self._choose(self.encoding, book.encoding, is_asked=book.encoding is not None)
        if book.delimiter is not None and self.delimiter.findData(book.delimiter) < 0:
            self.delimiter.addItem(_shown(book.delimiter), book.delimiter)
        self._choose(self.delimiter, book.delimiter, is_asked=book.delimiter is not None)

    def _show_headings(
        self, book: Workbook, options: ImportOptions, table: UnderstoodSheet | None
    ) -> None:
        """The rows of the sheet that is shown, of which one has the headings."""
        sheets = [one for one in book.sheets if table is None or one.name == table.sheet]
        is_asked = bool(sheets) and book.format != "vcard"
        self.headings.clear()
        self.headings.addItem(say("sheets.headings_found"), None)
        self.headings.addItem(say("sheets.headings_none"), 0)
        if is_asked:
            self._shown = sheets[0].name
            for number, text in islice(_said_in_rows(sheets[0]), _MOST_HEADING_ROWS):
                self.headings.addItem(say("sheets.heading_row", row=number, text=text), number)
        self._choose(self.headings, options.heading_row, is_asked=is_asked)

    def _point_at(self, row: int | None) -> None:
        """Says where the headings are; a row is one of the sheet that is shown."""
        of_sheet = {} if row is None else {"sheet": self._shown}
        self.changed.emit({**of_sheet, "heading_row": row})

    def _say_kind(self, kind: str) -> None:
        """Says what the sheet that is shown holds, and those like it; others stay what they are."""
        kinds = {name: one for name, one in self._kinds.items() if name not in self._alike}
        if kind != AUTO:
            kinds |= dict.fromkeys(self._alike, kind)
        self.changed.emit({"kind": None, "kinds": kinds})

    def _choose(self, box: QComboBox, value: object, *, is_asked: bool) -> None:
        box.setVisible(is_asked)
        self._labels[box].setVisible(is_asked)
        place = box.findData(value)
        if place < 0 and value is not None:
            box.addItem(str(value), value)
            place = box.count() - 1
        box.setCurrentIndex(max(0, place))


def _alike(preview: Preview, table: UnderstoodSheet | None) -> frozenset[str]:
    """The sheets with the headings of ``table``; all where nothing is taken as it is."""
    key = table.layout_key if table is not None and preview.taken else None
    return frozenset(one.sheet for one in preview.sheets if key in (None, one.layout_key))


def _said_in_rows(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The rows that are not empty, from 1, and the first of what they say."""
    for number, row in enumerate(sheet.rows, 1):
        text = " · ".join(filter(None, (" ".join(text_of(value).split()) for value in row)))
        if text:
            yield number, text if len(text) <= _LONGEST_ROW else f"{text[:_LONGEST_ROW]}…"


def _shown(sign: str) -> str:
    named = {"": "sheets.delimiter_none", "\t": "sheets.tab_sign"}
    return say(named[sign]) if sign in named else sign
