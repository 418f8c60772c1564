"""Owns what a user keeps for quotations: seller profiles, standard texts, and dated rates.

Must not change a quotation: the rates it used are frozen in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select, update

from app.files.service import keep_file
from app.forms import Form, Values
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.forms import RATE_FORMS
from app.quotations.rate_reading import RatesRead, read_rates
from app.quotations.rates_views import exchange_rate, exchange_rates, rebate_rates
from database.book import Book, WriteScope
from database.records import ExchangeRateRecord, Record, SellerProfileRecord

#: What makes two rates one that follows the other.
_SAME = ("currency", "name", "hs_code", "mode", "port_of_loading", "port_of_destination", "unit")
_DAYS = ("valid_on", "valid_from")
#: What a profile has a picture of.
PICTURES = ("logo", "signature")


@dataclass(frozen=True, slots=True)
class RateRow:
    """One record of a kind in ``app.quotations.forms.RATE_FORMS``: its id and fields.

    ``is_in_force`` is false for a rate that begins later, is over, or has a newer one in its place.
    """

    kind: str
    id: int
    values: Mapping[str, object]
    is_default: bool = False
    is_in_force: bool = True


class Rates:
    """The figures, texts and profiles that quotations draw on; one form for each kind."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def rows(self, kind: str) -> tuple[RateRow, ...]:
        """All records of ``kind``: the default profile first, rates by what they are for, newest first."""
        form = rate_form(kind)
        with self._book.read() as session:
            records = session.scalars(select(form.record).order_by(form.record.id)).all()
            rows = [
                RateRow(
                    kind,
                    record.id,
                    {field.key: getattr(record, field.key) for field in form.fields},
                    isinstance(record, SellerProfileRecord) and record.is_default,
                )
                for record in records
            ]
        day = next((key for key in _DAYS if key in form.required), None)
        if day is None:
            return tuple(sorted(rows, key=lambda row: not row.is_default))
        return tuple(_by_day(rows, day, today=self._clock.today()))

    def add(self, kind: str, values: Values, *, initiator: object = None) -> int:
        """Adds a record of ``kind`` and returns its id; the first profile is the default one."""
        form = rate_form(kind)
        checked = form.checked(values)
        _require(form, checked)
        with self._book.write("quotations.add_rate", initiator=initiator) as scope:
            return _put(scope, form, checked)

    def add_all(self, kind: str, rows: Sequence[Values], *, initiator: object = None) -> int:
        """Adds many records of ``kind`` as one operation; how many.

        An exchange rate of a currency and day that is known already takes its place.
        """
        form = rate_form(kind)
        checked = [form.checked(row) for row in rows]
        for row in checked:
            _require(form, row)
        with self._book.write(
            "quotations.add_rates", initiator=initiator, count=len(checked)
        ) as scope:
            for row in checked:
                _put(scope, form, row)
            return len(checked)

    def edit(self, kind: str, record_id: int, values: Values, *, initiator: object = None) -> None:
        """Sets fields of one record."""
        form = rate_form(kind)
        checked = form.checked(values)
        with self._book.write("quotations.edit_rate", initiator=initiator) as scope:
            record = scope.get(form.record, record_id)
            if record is None:
                raise AppError("quotations.rate_gone")
            same = _of_the_same_day(scope, {**_days(record), **checked})
            if same is not None and same is not record:
                raise AppError(
                    "quotations.rate_of_that_day", currency=same.currency, day=same.valid_on
                )
            for key, value in checked.items():
                setattr(record, key, value)
            _require(form, {key: getattr(record, key) for key in form.required})

    def delete(self, kind: str, ids: Sequence[int], *, initiator: object = None) -> None:
        """Deletes records of ``kind``."""
        form = rate_form(kind)
        with self._book.write("quotations.delete_rate", initiator=initiator) as scope:
            for record_id in ids:
                record = scope.get(form.record, record_id)
                if record is not None:
                    scope.delete(record)

    def make_default(self, profile_id: int, *, initiator: object = None) -> None:
        """New quotations are written under this profile."""
        with self._book.write("quotations.make_default", initiator=initiator) as scope:
            scope.execute(
                update(SellerProfileRecord).values(is_default=SellerProfileRecord.id == profile_id)
            )

    def set_picture(
        self,
        profile_id: int,
        which: str,
        content: bytes | None,
        *,
        media_type: str = "image/png",
        initiator: object = None,
    ) -> None:
        """Sets or takes away a profile's ``logo`` or ``signature``, a picture already checked."""
        if which not in PICTURES:
            raise ValueError(f"a profile has a logo and a signature, no {which}")
        with self._book.write("quotations.set_picture", initiator=initiator) as scope:
            profile = scope.get(SellerProfileRecord, profile_id)
            if profile is None:
                raise AppError("quotations.rate_gone")
            kept = keep_file(scope, self._book, content, media_type=media_type) if content else None
            setattr(profile, f"{which}_id", kept)

    def read(self, kind: str, cells: Sequence[Sequence[object]]) -> RatesRead:
        """What rows pasted from a sheet or read from a file say of ``kind``; changes nothing."""
        form = rate_form(kind)
        return read_rates(
            cells, fields=form.fields, required=form.required, today=self._clock.today()
        )

    def exchange_rate(self, currency: str, on: date) -> ExchangeRate | None:
        """The newest rate known on that day, else the shipped starting figure."""
        with self._book.read() as session:
            return exchange_rate(session, currency, on=on)

    def exchange_rates(self, on: date) -> Mapping[str, Decimal]:
        """CNY for one unit of every currency there is a rate for on that day."""
        with self._book.read() as session:
            return exchange_rates(session, on=on)

    def rebates(self, on: date) -> Mapping[str, Decimal]:
        """The rebate of each HS code (or beginning of codes) in force on that day."""
        with self._book.read() as session:
            return rebate_rates(session, on=on)


def _by_day(rows: Sequence[RateRow], day: str, *, today: date) -> Iterator[RateRow]:
    """The rows by what they are for, the newest first; of each, one is in force."""

    def subject(row: RateRow) -> tuple[str, ...]:
        same = _SAME if day == "valid_on" else _SAME[1:]
        return tuple(str(row.values.get(key) or "") for key in same)

    newest = sorted(rows, key=lambda row: str(row.values[day]), reverse=True)
    found: set[tuple[str, ...]] = set()
    for row in sorted(newest, key=subject):
        until = row.values.get("valid_until")
        begun = str(row.values[day]) <= today.isoformat()
        holds = begun and (not isinstance(until, date) or until >= today)
        first = subject(row) not in found
        if holds:
            found.add(subject(row))
        yield replace(row, is_in_force=holds and first)


def rate_form(kind: str) -> Form:
    """The form of ``kind``; raises ``AppError`` for an unknown one."""
    if kind not in RATE_FORMS:
        raise AppError("lists.unknown_kind", kind=kind, kinds=", ".join(RATE_FORMS))
    return RATE_FORMS[kind]


def _put(scope: WriteScope, form: Form, values: Values) -> int:
    """Adds a record, or changes the exchange rate of the same currency and day; its id."""
    record: Record | None = None
    if form.record is ExchangeRateRecord:
        record = _of_the_same_day(scope, values)
    if record is None:
        record = form.record()
        scope.add(record)
    for key, value in values.items():
        setattr(record, key, value)
    if isinstance(record, SellerProfileRecord):
        with scope.no_autoflush:
            record.is_default = scope.scalar(select(SellerProfileRecord.id).limit(1)) is None
    scope.flush()
    return record.id


def _days(record: Record) -> dict[str, object]:
    if not isinstance(record, ExchangeRateRecord):
        return {}
    return {"currency": record.currency, "valid_on": record.valid_on}


def _of_the_same_day(scope: WriteScope, values: Values) -> ExchangeRateRecord | None:
    """The exchange rate known for the currency and day of ``values``: there is one a day."""
    return scope.scalar(
        select(ExchangeRateRecord).where(
            ExchangeRateRecord.currency == values.get("currency"),
            ExchangeRateRecord.valid_on == values.get("valid_on"),
        )
    )


def _require(form: Form, values: Values) -> None:
    """Raises ``AppError`` for a missing field; of a profile's names one is enough."""
    missing = [key for key in form.required if values.get(key) in (None, "")]
    names = form.record is SellerProfileRecord
    if (names and len(missing) == len(form.required)) or (missing and not names):
        raise AppError("quotations.must_be_filled", field=Message(f"quotations.field.{missing[0]}"))
