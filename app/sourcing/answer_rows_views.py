"""Owns reading a returned request sheet: which table is the answer, and what its rows say.

Must not know the book, and must not decide which line a row answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.kernel.errors import AppError
from app.kernel.progress import UNWATCHED, Progress
from app.quotations.incoterms import TradeTerm
from app.sheets.cells.measures import Days, Dimensions
from app.sheets.cells.prices import CellPrice, vat_flag, vat_rate
from app.sheets.cells.quantities import CellQuantity
from app.sheets.cells.reading import Hints, text_of, tidy
from app.sheets.grid import Sheet, Value, Workbook
from app.sheets.layout import find_tables
from app.sheets.layout.regions import TableRegion
from app.sheets.mapping.assignment import map_columns
from app.sheets.mapping.readers import field_reader
from app.sheets.reading import read
from app.sheets.understanding import understand
from app.sourcing.answer_columns import columns_of
from app.sourcing.answers import AnsweredRow, line_key

_REFERENCE = re.compile(r"\bR-\d{4}-[A-Z]?\d{3,}\b")
_CBM_IN_CM3 = Decimal(1_000_000)
#: Role → the importer's field whose reader understands its cells.
_FIELDS: Mapping[str, str] = {
    "price_1": "price",
    "price_2": "price",
    "price_3": "price",
    "quantity": "quantity",
    "quantity_2": "quantity",
    "quantity_3": "quantity",
    "unit": "unit",
    "currency": "currency",
    "term": "incoterm",
    "minimum_order": "moq",
    "lead_time": "lead_time",
    "pieces_per_carton": "pcs_per_carton",
    "carton_size": "carton_size",
    "gross_weight": "gross_weight",
    "valid_until": "valid_until",
}


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A file that came back: the request numbers it names, and its rows with something in them."""

    file_name: str
    numbers: tuple[str, ...]
    rows: tuple[AnsweredRow, ...] = field(repr=False)


def returned_sheet(path: Path, *, progress: Progress = UNWATCHED) -> ReturnedSheet:
    """Reads the file at ``path``; raises ``AppError`` where it holds no table with a price."""
    workbook = read(path, progress=progress)
    best: tuple[AnsweredRow, ...] = ()
    for sheet in workbook.sheets:
        for region in find_tables(sheet):
            rows = tuple(_rows(workbook, sheet, region))
            if _worth(rows) > _worth(best):
                best = rows
    if not any(row.is_answer for row in best):
        raise AppError("requests.no_answer_in_file", file=path.name)
    return ReturnedSheet(path.name, _numbers(workbook, best), best)


def _worth(rows: Sequence[AnsweredRow]) -> tuple[int, int]:
    return (sum(row.is_answer for row in rows), sum(row.key is not None for row in rows))


def _numbers(workbook: Workbook, rows: Sequence[AnsweredRow]) -> tuple[str, ...]:
    """The requests named by the keys, then those named anywhere in the file."""
    keyed = [row.key.number for row in rows if row.key]
    cells = (v for sheet in workbook.sheets for row in sheet.rows for v in row)
    written = [n for v in cells if isinstance(v, str) for n in _REFERENCE.findall(v)]
    return tuple(dict.fromkeys((*keyed, *written, *_REFERENCE.findall(workbook.file_name))))


def _rows(workbook: Workbook, sheet: Sheet, region: TableRegion) -> Iterator[AnsweredRow]:
    mapped = map_columns(region, "products")
    headings = [region.headings[column.index] for column in mapped]
    fields = [column.fields[0] if column.fields else "" for column in mapped]
    columns = {role: mapped[place].index for role, place in columns_of(headings, fields).items()}
    place_of_key = _key_column(region)
    if place_of_key is not None:
        columns["key"] = place_of_key
    hints = _hints(workbook, sheet, region)
    reader = _RowReader(columns, region, hints)
    for number, raw in zip(region.row_numbers, region.rows, strict=True):
        yield reader.row(number + 1, raw)


def _key_column(region: TableRegion) -> int | None:
    """The column with keys in it, whatever stands above them."""
    for index in range(len(region.headings)):
        texts = (value for row in region.rows if isinstance(value := row[index], str))
        if any(line_key(text) for text in texts):
            return index
    return None


def _hints(workbook: Workbook, sheet: Sheet, region: TableRegion) -> Hints:
    """What the sheet says for all its prices: currency, tax, term, how numbers are written."""
    for table in understand(workbook, kind="products", sheet=sheet.name):
        if table.region.first_row == region.first_row:
            return table.hints
    return Hints()


class _RowReader:
    def __init__(self, columns: Mapping[str, int], region: TableRegion, hints: Hints) -> None:
        self._columns = columns
        self._hints = hints
        self._readers = {
            role: field_reader(_FIELDS[role], region.heading_parts[index], hints)
            for role, index in columns.items()
            if role in _FIELDS
        }

    def row(self, number: int, raw: tuple[Value, ...]) -> AnsweredRow:
        """What the row says."""
        prices = [self._prices(raw, place) for place in (1, 2, 3)]
        first = next((price for found in prices for price in found), None)
        if first is None:
            return AnsweredRow(row=number, key=line_key(self._text(raw, "key")))
        term = self._read(raw, "term")
        term = term if isinstance(term, TradeTerm) else None
        tax = self._text(raw, "tax")
        flag, rate = vat_flag(tax), vat_rate(tax)
        flag = flag if flag is not None else first.includes_vat
        return AnsweredRow(
            row=number,
            key=line_key(self._text(raw, "key")),
            item_number=self._text(raw, "item_number"),
            name=self._text(raw, "name"),
            tiers=self._tiers(raw, prices),
            currency=first.currency or self._currency(raw),
            includes_vat=flag,
            vat_rate=(rate if rate is not None else first.vat_rate) if flag else None,
            incoterm=term.code if term else first.incoterm,
            place=(term.place if term else first.place) or None,
            unit=first.unit or self._unit(raw),
            moq=self._amount(raw, "minimum_order"),
            lead_time_days=self._days(raw),
            packing=self._text(raw, "packing"),
            pieces_per_carton=self._whole(raw, "pieces_per_carton"),
            carton_cbm=self._carton(raw),
            gross_weight_kg=self._measure(raw, "gross_weight"),
            valid_until=self._day(raw, "valid_until"),
            remarks=self._text(raw, "remarks"),
        )

    def _prices(self, raw: tuple[Value, ...], place: int) -> tuple[CellPrice, ...]:
        found = self._read(raw, f"price_{place}")
        prices = found if isinstance(found, tuple) else ()
        own = self._amount(raw, f"quantity_{place}")
        if own is not None:
            return tuple(replace(price, at_least=int(own)) for price in prices[:1])
        return prices

    def _tiers(
        self, raw: tuple[Value, ...], prices: Sequence[tuple[CellPrice, ...]]
    ) -> tuple[tuple[Decimal | None, Decimal], ...]:
        """The tiers by quantity; the first holds from the MOQ on. A quantity named twice counts once."""
        tiers: dict[Decimal | None, Decimal] = {}
        for price in (price for found in prices for price in found):
            start = Decimal(price.at_least) if price.at_least is not None else None
            if start is None and not tiers:
                start = self._amount(raw, "minimum_order")
            if start is not None or not tiers:
                tiers.setdefault(start, price.amount)
        return tuple(tiers.items())

    def _read(self, raw: tuple[Value, ...], role: str) -> object:
        """The value of a role; None where there is none or it can't be understood."""
        if role not in self._readers:
            return None
        values = dict(self._readers[role](raw[self._columns[role]]).values)
        return values.get(_FIELDS[role])

    def _text(self, raw: tuple[Value, ...], role: str) -> str:
        if role not in self._columns:
            return ""
        value = raw[self._columns[role]]
        return "" if value is None else tidy(text_of(value))

    def _currency(self, raw: tuple[Value, ...]) -> str | None:
        found = self._read(raw, "currency")
        return found if isinstance(found, str) else self._hints.currency

    def _unit(self, raw: tuple[Value, ...]) -> str | None:
        found = self._read(raw, "unit")
        return found if isinstance(found, str) and found else None

    def _amount(self, raw: tuple[Value, ...], role: str) -> Decimal | None:
        found = self._read(raw, role)
        return found.amount if isinstance(found, CellQuantity) and found.amount > 0 else None

    def _whole(self, raw: tuple[Value, ...], role: str) -> int | None:
        amount = self._amount(raw, role)
        return int(amount) if amount is not None else None

    def _days(self, raw: tuple[Value, ...]) -> int | None:
        """The longer end of a lead time: what a promise to the buyer has to hold."""
        found = self._read(raw, "lead_time")
        return found.at_most if isinstance(found, Days) else None

    def _carton(self, raw: tuple[Value, ...]) -> Decimal | None:
        size = self._read(raw, "carton_size")
        if not isinstance(size, Dimensions):
            return None
        return size.length_cm * size.width_cm * size.height_cm / _CBM_IN_CM3

    def _measure(self, raw: tuple[Value, ...], role: str) -> Decimal | None:
        found = self._read(raw, role)
        return found if isinstance(found, Decimal) else None

    def _day(self, raw: tuple[Value, ...], role: str) -> date | None:
        found = self._read(raw, role)
        return found if isinstance(found, date) else None
