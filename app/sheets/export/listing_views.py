"""Owns which rows and which kind of file an exported list has, and how far its writing is.

Must not know how rows are read or files are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.sheets.export.columns import KINDS, TEMPLATE_FIELDS, ExportRow, ExportTable
from app.sheets.export.files import write_cards, write_csv, write_workbook
from app.sheets.export.goods_views import inquiry_rows, product_rows
from app.sheets.export.listed import LISTED
from app.sheets.export.offers_views import offer_rows
from app.sheets.export.parties_views import company_rows, contact_rows, parts_of
from database.filestore import FileStore
from database.records import ContactRecord

ListWriter = Callable[[ExportTable, Path, Callable[[int], None]], None]
_TELL_EVERY = 200


class Steps:
    """Tells how many of the records are read and written."""

    def __init__(self, progress: Progress, message: Message, *, total: int) -> None:
        self._progress = progress
        self._message = message
        self._total = total
        self._done = 0
        self._told = 0

    def expect(self, more: int) -> None:
        """Half is done; ``more`` steps are left."""
        self._done = self._told = more
        self._total = 2 * more

    def took(self, steps: int) -> None:
        """``steps`` more are done; raises ``Cancelled`` when asked to stop."""
        self._done += steps
        if self._done - self._told >= _TELL_EVERY:
            self._told = self._done
            self._progress.at(self._message, self._done, self._total)


def writer_for(kind: str, path: Path, *, is_template: bool = False) -> ListWriter:
    """What writes a list of ``kind`` to a file of this name; raises ``AppError`` where nothing does."""
    known = tuple(TEMPLATE_FIELDS) if is_template else (*KINDS, *LISTED)
    if kind not in known:
        raise AppError("export.unknown_kind", kind=kind, kinds=", ".join(known))
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return write_workbook
    if is_template or suffix not in {".csv", ".vcf"}:
        raise AppError("export.unknown_format", name=path.name)
    if suffix == ".csv":
        return write_csv
    if kind != "contact":
        raise AppError("export.only_contacts")
    return write_cards


def people_of(session: Session, companies: Sequence[int]) -> list[int]:
    """The people of these companies, company by company."""
    found: list[int] = []
    for part in parts_of(companies):
        query = select(ContactRecord.id).where(ContactRecord.company_id.in_(part))
        found += session.scalars(query.order_by(ContactRecord.company_id, ContactRecord.id))
    return found


def rows_of(
    session: Session,
    files: FileStore,
    kind: str,
    ids: Sequence[int],
    told: Callable[[int], None],
) -> Iterator[ExportRow]:
    """The rows of the records with these ids, in order."""
    if kind == "product":
        return product_rows(session, files, ids, told)
    if kind == "inquiry":
        return inquiry_rows(session, ids, told)
    if kind == "offer":
        return offer_rows(session, ids, told)
    if kind == "contact":
        return contact_rows(session, ids, told)
    return company_rows(session, files, ids, told)
