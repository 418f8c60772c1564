"""Owns the records of an understood table: raw values, typed values, problems, pictures, group.

Must not know the book: what will happen to a record is the plan's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.as_above import RowAbove
from app.sheets.cells.countries import country_of, stand_codes_behind
from app.sheets.cells.packings import told_of_cartons
from app.sheets.cells.prices import CellPrice
from app.sheets.cells.reading import NOTHING, Hints, Problem, error, text_of, tidy, warning
from app.sheets.form_pictures import pictures_of_forms
from app.sheets.grid import Picture, Sheet, Value
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import is_empty
from app.sheets.layout.shifts import usual_shapes
from app.sheets.mapping.column_readers import column_reader
from app.sheets.mapping.columns import IGNORED, NOTE, ColumnMapping
from app.sheets.mapping.exact import exact_reader, exact_text
from app.sheets.mapping.readers import CellReader, field_reader
from app.sheets.names_above import NamesAbove, names_above
from app.sheets.own_lists import number_places
from app.sheets.people_beside import reader_of_people
from app.sheets.targets import TARGETS, Kind
from app.sheets.tiers import Tier

#: So many rows tell how a column writes its countries.
_SAMPLE = 500
#: A shorter piece of an address is told again only where it stands as a word.
_SHORT = 4
#: Characters that a cell of a spreadsheet can hold; what is longer is a text table gone wrong.
_LONGEST = 32_767
_Readers = list[tuple[ColumnMapping, CellReader]]


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a sheet.

    ``number`` is the sheet's row, from 1 (its column in a transposed table), ``position`` its place
    among the records of the table, from 0: of a cross-tab's row there are several. ``values`` holds
    typed values by field key; fields of several values hold a tuple. ``custom`` keeps the columns
    without a field, by their name. ``group`` is the title of the group row above.
    """

    number: int
    raw: tuple[Value, ...]
    values: dict[str, object]
    problems: tuple[Problem, ...] = ()
    pictures: tuple[Picture, ...] = ()
    group: str = ""
    custom: tuple[tuple[str, str], ...] = ()
    #: The cells as the sheet has them, where a person corrected some of ``raw``.
    original: tuple[Value, ...] = ()
    position: int = 0
    #: The sheet's column (from 0) that tells it from other records in the same row.
    column: int = 0

    @property
    def has_errors(self) -> bool:
        """Whether something keeps the record out."""
        return bool(self.problems) and any(p.severity == "error" for p in self.problems)


@dataclass(frozen=True, slots=True)
class RecordSource:
    """All it takes to read the records of a table; reading starts anew with each call."""

    sheet: Sheet
    region: TableRegion
    kind: Kind | None
    columns: tuple[ColumnMapping, ...]
    hints: Hints
    #: Fields of every record that stand in no column: said by the person or taken from the title.
    constants: Mapping[str, str]
    #: What a person put in the place of cells: the record's position → column's place → text.
    corrections: Mapping[int, Mapping[int, Value]] = field(default_factory=dict)
    #: Whether this program wrote the list; its rows are read letter by letter.
    is_own: bool = False

    def records(self) -> Iterator[Record]:
        """The records in the order of the sheet."""
        home = self._home()
        read_row = _read_row if self.is_own else reader_of_people(self.columns, _read_row)
        readers = self._readers(home)
        abroad: dict[str, _Readers] = {home: readers}
        exact = self._exact_readers(readers) if self.is_own else []
        numbers = number_places(self.columns) if self.is_own else ()
        said_country = next((r for r in readers if "country" in r[0].fields), None)
        kept = [c for c in self.columns if not c.fields and c.keep_as != IGNORED]
        pictures = pictures_by_row(self.sheet, self.region)
        above = self._names_above()
        constants = _constants(self.constants, self.hints)
        priced = [c for c in self.columns if c.fields and TARGETS[c.fields[0]].reader == "price"]
        is_packed = not self.is_own and any(c.fields == ("packing",) for c in self.columns)
        usual = usual_shapes(self.region)
        before = None if self.is_own else RowAbove()
        rows = zip(self.region.row_numbers, self.region.rows, strict=True)
        for position, (number, raw) in enumerate(rows):
            doubts: list[Problem] = []
            if above is not None:
                raw, doubts = above.filled(raw)
            original: tuple[Value, ...] = ()
            if self.corrections and (fixed := self.corrections.get(position)):
                original = raw
                raw = tuple(fixed.get(place, value) for place, value in enumerate(raw))
            if before is not None:
                raw = before.repeated_in(raw)
            is_exact = bool(numbers) and any(not is_empty(raw[place]) for place in numbers)
            if said_country is not None and not is_exact:
                country = _country_in(raw, said_country) or home
                readers = abroad.get(country) or abroad.setdefault(country, self._readers(country))
            values, problems = read_row(raw, exact if is_exact else readers)
            problems += doubts
            for key, value in constants.items():
                values.setdefault(key, value)
            if priced:
                self._complete(position, values, priced)
            if is_packed:
                _unpack(values, self.hints)
            custom = _kept(raw, kept, values, is_exact=is_exact) if kept else ()
            found = pictures.get(number, ())
            if self.kind is not None:
                problems += _missing(self.kind, values)
            is_odd = not self.is_own and (problems or usual.fills_empty(raw))
            if is_odd and usual.is_shifted(raw):
                problems.append(error("mapping.row_is_shifted", ""))
            yield Record(
                number + 1,
                raw,
                values,
                tuple(problems),
                found,
                self.region.groups.get(number, ""),
                custom,
                original,
                position,
                self.region.own_column(position),
            )

    def _names_above(self) -> NamesAbove | None:
        if self.kind is None or self.is_own:
            return None
        return names_above(self.kind.name, self.columns, self.region)

    def _home(self) -> str:
        """Where phones without a country code are: as said for all records, else as the sheet has it."""
        said = self.constants.get("country")
        found = (said and country_of(said)) or self.hints.country
        return found if len(found) == 2 else self.hints.country

    def _readers(self, country: str) -> _Readers:
        hints = replace(self.hints, country=country)
        return [(column, self._reader(column, hints)) for column in self.columns if column.fields]

    def _exact_readers(self, usual: _Readers) -> _Readers:
        return [
            (column, exact_reader(column.fields[0], read) if len(column.fields) == 1 else read)
            for column, read in usual
        ]

    def _reader(self, column: ColumnMapping, hints: Hints) -> CellReader:
        rivals = [c for c in self.columns if c.fields == ("price",) and c.tier is None]
        is_dated = TARGETS[column.fields[0]].reader == "date"
        label = column.name if is_dated or (column in rivals and len(rivals) > 1) else ""
        parts = self.region.heading_parts[column.index]
        hints = replace(hints, label=label)
        if column.fields == ("country",):
            cells = (row[column.index] for row in self.region.rows[:_SAMPLE])
            texts = {text_of(value) for value in cells if not is_empty(value)}
            hints = replace(hints, are_countries_coded=stand_codes_behind(texts))
        return column_reader(column, parts, hints)

    def _complete(
        self, position: int, values: dict[str, object], priced: list[ColumnMapping]
    ) -> None:
        """Fills in what another cell of the row, or the number's format, says about the prices."""
        currency = values.get("currency")
        step = values.get("price_tier")
        if isinstance(step, Tier):
            values["price"] = tuple(
                replace(price, at_least=step.at_least, at_most=step.at_most)
                for price in _tuple(values.get("price"))
                if isinstance(price, CellPrice)
            )
        for key in {column.fields[0] for column in priced}:
            found = values.get(key)
            if isinstance(found, CellPrice):
                values[key] = _with_currency(found, currency)
            elif isinstance(found, tuple) and found:
                values[key] = tuple(_with_currency(price, currency) for price in found)
        if self.sheet.currencies:
            for column in priced:
                place = self.region.place(position, column.index)
                if code := self.sheet.currencies.get(place):
                    _set_currency(values, column, code)


def _unpack(values: dict[str, object], hints: Hints) -> None:
    """What no column tells of the carton, the word on the packing may."""
    for name, text in told_of_cartons(str(values.get("packing", ""))):
        for key, value in field_reader(name, (), hints)(text).values:
            values.setdefault(key, value)


def _with_currency(price: CellPrice, currency: object) -> CellPrice:
    if price.currency is None and isinstance(currency, str):
        return replace(price, currency=currency)
    return price


def _set_currency(values: dict[str, object], column: ColumnMapping, code: str) -> None:
    key = column.fields[0]
    found = values.get(key)
    if isinstance(found, CellPrice) and found.currency is None:
        values[key] = replace(found, currency=code)
    elif isinstance(found, tuple):
        values[key] = tuple(
            replace(price, currency=code) if price.currency is None else price for price in found
        )


def _country_in(raw: tuple[Value, ...], said: tuple[ColumnMapping, CellReader]) -> str | None:
    """The country a row names, as two letters."""
    values = dict(said[1](raw[said[0].index]).values)
    found = values.get("country")
    return found if isinstance(found, str) else None


def _read_row(raw: tuple[Value, ...], readers: _Readers) -> tuple[dict[str, object], list[Problem]]:
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for column, read in readers:
        cell = raw[column.index]
        if isinstance(cell, str) and len(cell) > _LONGEST:
            key = column.fields[0]
            problems.append(
                error("mapping.cell_too_long", key, field=TARGETS[key].label, most=_LONGEST)
            )
            continue
        reading = read(cell)
        if reading is NOTHING:
            continue
        for key, value in reading.values:
            values[key] = _joined(key, values[key], value) if key in values else value
        if reading.problems:
            problems.extend(
                problem if problem.field else replace(problem, field=column.fields[0])
                for problem in reading.problems
            )
    return values, problems


def _joined(key: str, present: object, value: object) -> object:
    """Two columns with one field: several values side by side, or texts joined with a blank."""
    if isinstance(present, tuple) and isinstance(value, tuple):
        return (*present, *(entry for entry in value if entry not in present))
    if isinstance(present, str) and isinstance(value, str):
        if key == "address":
            # The quarter is another line, the number belongs to its street; 4 is no part of 24.
            between = ", " if value[:1].isalpha() else " "
            is_told = value in re.split(r",? ", present) or (
                len(value) > _SHORT and value in present
            )
            return present if is_told else f"{present}{between}{value}"
        between = "; " if key == "contact" else " "
        return present if value in present else f"{present}{between}{value}"
    return present


def _kept(
    raw: tuple[Value, ...],
    columns: list[ColumnMapping],
    values: dict[str, object],
    *,
    is_exact: bool,
) -> tuple[tuple[str, str], ...]:
    """The cells without a field: notes join the remarks, the others stay under their heading."""
    custom: list[tuple[str, str]] = []
    for column in columns:
        value = raw[column.index]
        if value is None or value == "":
            continue
        text = exact_text(value) if is_exact else tidy(text_of(value))
        if text and column.keep_as == NOTE:
            values["remark"] = (*_tuple(values.get("remark")), f"{column.name}: {text}")
        elif text:
            custom.append((column.name, text))
    return tuple(custom)


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _missing(kind: Kind, values: dict[str, object]) -> Iterator[Problem]:
    for group in kind.needs:
        if not any(map(values.get, group)):
            yield error("mapping.needed_is_missing", group[0], field=TARGETS[group[0]].label)
    if kind.name == "products" and not (values.get("product") or values.get("product_en")):
        yield warning("mapping.name_is_missing", "product")
    if "quantity" in values and (kind.name == "inquiries" or not values.get("product")):
        quantity = getattr(values["quantity"], "amount", None)
        if quantity is not None and quantity <= 0:
            yield error("mapping.quantity_not_positive", "quantity", quantity=quantity)
    if "price" in values and "sell_price" in values:
        cost, sell = _lowest(values["price"]), _lowest(values["sell_price"])
        if cost is not None and sell is not None and sell < cost:
            yield warning("mapping.sells_below_cost", "sell_price", sell=sell, cost=cost)


def _lowest(found: object) -> Decimal | None:
    prices = found if isinstance(found, tuple) else (found,)
    amounts = [price.amount for price in prices if isinstance(price, CellPrice)]
    return min(amounts, default=None)


def pictures_by_row(sheet: Sheet, region: TableRegion) -> dict[int, tuple[Picture, ...]]:
    """Pictures on the rows and columns of the records; logos and banners stand elsewhere."""
    if region.areas:
        areas = zip(region.row_numbers, region.areas, strict=True)
        return {
            row: tuple(p for p in sheet.pictures if area.holds(p.row, p.column))
            for row, area in areas
        }
    is_aside = region.shape == "transposed"
    if region.shape == "form" or (is_aside and len(region.rows) == 1):
        return pictures_of_forms(sheet, region)
    found: dict[int, list[Picture]] = {}
    rows = set(region.row_numbers)
    first, last = (
        (region.first_row, region.last_row)
        if is_aside
        else (region.first_column, region.last_column + 1)
    )
    for picture in sheet.pictures:
        row, column = (picture.column, picture.row) if is_aside else (picture.row, picture.column)
        if row in rows and first <= column <= last:
            found.setdefault(row, []).append(picture)
    return {row: tuple(pictures) for row, pictures in found.items()}


def refuse_unread(constants: Mapping[str, str]) -> None:
    """Raises ``AppError`` for a value given to all rows that its field can't read: a mistyped country."""
    for key, text in constants.items():
        if key in TARGETS:
            found = field_reader(key, (), Hints())(text)
            if found.problems and key not in dict(found.values):
                raise AppError(
                    "mapping.constant_not_understood",
                    field=Message(f"mapping.field.{key}"),
                    why=found.problems[0].message,
                )


def _constants(said: Mapping[str, str], hints: Hints) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, text in said.items():
        if key in TARGETS:
            values.update(field_reader(key, (), hints)(text).values)
    return values
