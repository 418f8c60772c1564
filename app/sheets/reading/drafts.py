"""Owns what a parser hands over inside the reading process: sheets whose rows still flow.

Must not hold a whole sheet, so that the memory of both processes stays small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.sheets.grid import CellRange, ErrorValue, Sheet, Workbook

#: A cell on its way: numbers may still be ``float`` or ``int``, an empty cell may be ``""``.
RawValue = (
    str | float | int | bool | date | datetime | time | timedelta | Decimal | ErrorValue | None
)
Notice = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """A picture whose bytes are fetched when its turn comes; ``source`` names equal bytes."""

    row: int
    column: int
    kind: str
    source: str
    load: Callable[[], bytes]
    #: What the file says that it is of.
    described: str = ""


@dataclass(slots=True)
class SheetDraft:
    """A sheet whose rows are parsed while they are taken.

    ``currencies`` and ``formulas`` may grow until the last row is taken.
    """

    name: str
    rows: Iterable[Sequence[RawValue]]
    is_hidden: bool = False
    merges: tuple[CellRange, ...] = ()
    pictures: Iterable[PictureDraft] = ()
    currencies: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class WorkbookDraft:
    """A workbook whose sheets are parsed while they are taken; ``warnings`` may grow meanwhile."""

    format: str
    sheets: Iterable[SheetDraft]
    encoding: str | None = None
    delimiter: str | None = None
    warnings: list[Notice] = field(default_factory=list)


def draft_of(workbook: Workbook) -> WorkbookDraft:
    """A finished workbook without pictures as a draft, to take the same way home as the others."""
    return WorkbookDraft(
        workbook.format,
        _sheet_drafts(workbook.sheets),
        encoding=workbook.encoding,
        delimiter=workbook.delimiter,
        warnings=list(workbook.warnings),
    )


def _sheet_drafts(sheets: Iterable[Sheet]) -> Iterator[SheetDraft]:
    for sheet in sheets:
        yield SheetDraft(
            sheet.name,
            sheet.rows,
            is_hidden=sheet.is_hidden,
            merges=sheet.merges,
            currencies=sheet.currencies,
            hidden_rows=sheet.hidden_rows,
            hidden_columns=sheet.hidden_columns,
            formulas=sheet.formulas,
        )
