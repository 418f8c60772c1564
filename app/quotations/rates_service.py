"""Owns what a user keeps for quotations: seller profiles, standard texts, and dated rates.

Must not change a quotation: the rates it used are frozen in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select, update

from app.directory.service import keep_file
from app.forms import Form, Values
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.forms import RATE_FORMS
from app.quotations.rates_views import exchange_rate, rebate_rates
from database.book import Book
from database.records import SellerProfileRecord

#: What a profile has a picture of.
PICTURES = ("logo", "signature")


@dataclass(frozen=True, slots=True)
class RateRow:
    """One record of a kind in ``app.quotations.forms.RATE_FORMS``: its id and fields."""

    kind: str
    id: int
    values: Mapping[str, object]
    is_default: bool = False


class Rates:
    """The figures, texts and profiles that quotations draw on; one form for each kind."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def rows(self, kind: str) -> tuple[RateRow, ...]:
        """All records of ``kind``, the newest last; the default profile first."""
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
        return tuple(sorted(rows, key=lambda row: not row.is_default))

    def add(self, kind: str, values: Values, *, initiator: object = None) -> int:
        """Adds a record of ``kind`` and returns its id; the first profile is the default one."""
        form = rate_form(kind)
        checked = form.checked(values)
        _require(form, checked)
        with self._book.write(
            "quotations.add_rate", initiator=initiator, kind=Message(f"quotations.rate.{kind}").key
        ) as scope:
            record = form.record(**checked)
            if isinstance(record, SellerProfileRecord):
                record.is_default = scope.scalar(select(SellerProfileRecord.id).limit(1)) is None
            scope.add(record)
            scope.flush()
            return record.id

    def edit(self, kind: str, record_id: int, values: Values, *, initiator: object = None) -> None:
        """Sets fields of one record."""
        form = rate_form(kind)
        checked = form.checked(values)
        with self._book.write(
            "quotations.edit_rate", initiator=initiator, kind=Message(f"quotations.rate.{kind}").key
        ) as scope:
            record = scope.get(form.record, record_id)
            if record is None:
                raise AppError("quotations.rate_gone")
            for key, value in checked.items():
                setattr(record, key, value)
            _require(form, {key: getattr(record, key) for key in form.required})

    def delete(self, kind: str, ids: Sequence[int], *, initiator: object = None) -> None:
        """Deletes records of ``kind``."""
        form = rate_form(kind)
        with self._book.write(
            "quotations.delete_rate",
            initiator=initiator,
            kind=Message(f"quotations.rate.{kind}").key,
        ) as scope:
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

    def exchange_rate(self, currency: str, on: date) -> ExchangeRate | None:
        """The newest rate known on that day, else the shipped starting figure."""
        with self._book.read() as session:
            return exchange_rate(session, currency, on=on)

    def rebates(self, on: date) -> Mapping[str, Decimal]:
        """The rebate of each HS code (or beginning of codes) in force on that day."""
        with self._book.read() as session:
            return rebate_rates(session, on=on)


def rate_form(kind: str) -> Form:
    """The form of ``kind``; raises ``AppError`` for an unknown one."""
    if kind not in RATE_FORMS:
        raise AppError("lists.unknown_kind", kind=kind, kinds=", ".join(RATE_FORMS))
    return RATE_FORMS[kind]


def _require(form: Form, values: Values) -> None:
    """Raises ``AppError`` for a missing field; of a profile's names one is enough."""
    missing = [key for key in form.required if values.get(key) in (None, "")]
    names = form.record is SellerProfileRecord
    if (names and len(missing) == len(form.required)) or (missing and not names):
        raise AppError("quotations.must_be_filled", field=Message(f"quotations.field.{missing[0]}"))
