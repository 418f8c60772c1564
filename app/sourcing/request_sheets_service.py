"""Owns what a user does with request sheets: write one for suppliers, take the filled-in one back.

Must not send anything, and must not read or draw a workbook itself. An answer is always a new offer;
it keeps the file it came from, so that the same file taken twice is taken once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.files.service import NewFile, hang
from app.inquiries.offers_service import OfferDraft, OfferLineDraft, Offers
from app.inquiries.sourcing_views import RequestDetail, RequestLine, SourcingViews
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.file_names import clean_name
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.kernel.quantities import units
from app.kernel.text import fold, has_han
from app.lists.existing import existing
from app.papers.content import Bilingual
from app.papers.request_sheet import AskedArticle, RequestPaper, WrittenRequest, write_request
from app.search.glossary import Glossary, Part
from app.sourcing.answer_rows_views import returned_sheet
from app.sourcing.answers import AnsweredRow, LineKey, MatchedRow, RequestedLine, matched
from database.book import Book
from database.records import (
    AttachmentRecord,
    CompanyRecord,
    FileRecord,
    OfferRecord,
    PictureRecord,
    ProductRecord,
    RequestRecord,
    SellerProfileRecord,
)

#: Factories in China quote in yuan where they say nothing.
_UNSAID_CURRENCY = "CNY"
_NOT_IN_FILE_NAMES = '\\/:*?"<>|\n\t'


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A filled-in sheet as it would be taken: whose it is, as far as known, and row by row."""

    path: Path
    sha256: str
    request: RequestDetail = field(repr=False)
    supplier_id: int | None
    rows: tuple[MatchedRow, ...]
    is_taken_already: bool

    @property
    def answered(self) -> tuple[MatchedRow, ...]:
        """The rows that answer a line."""
        return tuple(row for row in self.rows if row.line is not None)

    @property
    def notes(self) -> tuple[Message, ...]:
        """What the person should look at: rows without a line, keys on other rows."""
        return tuple(row.note for row in self.rows if row.note is not None)


class NoRequestNamed(AppError):
    """A filled-in sheet does not say which request of the book it answers; a person has to."""


class RequestSheets:
    """Sheets that go to suppliers and come back."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        *,
        views: SourcingViews,
        offers: Offers,
        glossary: Callable[[], Glossary],
    ) -> None:
        self._book = book
        self._clock = clock
        self._views = views
        self._offers = offers
        self._glossary = glossary

    def write(
        self, request_id: int, path: Path, *, supplier_id: int | None = None
    ) -> WrittenRequest:
        """Writes the request as an .xlsx; for one supplier, it comes back under that name.

        Raises ``AppError`` for a name that says another format.
        """
        if path.suffix.lower() != ".xlsx":
            raise AppError("requests.sheet_is_xlsx", name=path.name)
        detail = self._views.request(request_id)
        if supplier_id is not None:
            _check_asked(detail, supplier_id)
        return write_request(self._paper(detail, supplier_id), path)

    def write_each(self, request_id: int, folder: Path) -> tuple[Path, ...]:
        """Writes one file for each supplier of the request into ``folder``."""
        detail = self._views.request(request_id)
        written: list[Path] = []
        for one in detail.suppliers:
            name = "".join("-" if c in _NOT_IN_FILE_NAMES else c for c in one.supplier).strip(" .")
            path = folder / f"{detail.number} {name[:80] or one.supplier_id}.xlsx"
            if path in written:
                path = path.with_stem(f"{path.stem} {one.supplier_id}")
            write_request(self._paper(detail, one.supplier_id), path)
            written.append(path)
        return tuple(written)

    def read(
        self,
        path: Path,
        *,
        request_id: int | None = None,
        inquiry_id: int | None = None,
        progress: Progress = UNWATCHED,
    ) -> Answer:
        """Reads a filled-in sheet and says which lines it answers; changes nothing.

        The request is the one named in the sheet unless ``request_id`` says otherwise; a sheet that
        names none answers the newest request of ``inquiry_id``. Raises ``AppError`` where the file
        can't be read or holds no price, ``NoRequestNamed`` where it names no request of the book.
        """
        sheet = returned_sheet(path, progress=progress)
        detail = self._views.request(
            request_id or self._request_named(sheet.numbers, path, inquiry_id)
        )
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        with self._book.read() as session:
            lines = [_requested(session, line) for line in detail.lines]
            supplier_id = _supplier_of(detail, sheet.rows, path)
            is_taken = _is_taken(session, detail, sha256)
        return Answer(
            path=path,
            sha256=sha256,
            request=detail,
            supplier_id=supplier_id,
            rows=matched(sheet.rows, lines, number=detail.number),
            is_taken_already=is_taken,
        )

    def take(
        self, answer: Answer, *, supplier_id: int | None = None, initiator: object = None
    ) -> tuple[int, ...]:
        """Records what the sheet offers as one operation and returns the offers' ids.

        Lines under other terms (currency, tax, delivery, validity) become offers of their own. The
        file is kept with the inquiry. Raises ``AppError`` where nobody is named, nothing answers a
        line, or this very file was taken before.
        """
        whose = supplier_id or answer.supplier_id
        if whose is None:
            raise AppError("requests.whose_answer", file=answer.path.name)
        if not answer.answered:
            raise AppError("requests.answers_nothing", file=answer.path.name)
        if answer.is_taken_already:
            raise AppError("requests.answer_taken", file=answer.path.name)
        content = answer.path.read_bytes()
        drafts = list(self._drafts(answer, whose))
        with self._book.read() as session:
            existing(session, CompanyRecord, "supplier", whose)
            name = session.scalar(select(name_of_company()).where(CompanyRecord.id == whose))
        with self._book.write("requests.take_answer", initiator=initiator, supplier=name) as scope:
            if answer.request.inquiry_id is not None:
                file = NewFile(answer.path.name, content)
                owner = {"inquiry_id": answer.request.inquiry_id}
                hang(scope, self._book, file, owner=owner, at=self._clock.now())
            return tuple(self._offers.write(scope, draft) for draft in drafts)

    def _drafts(self, answer: Answer, supplier_id: int) -> Iterator[OfferDraft]:
        rows = sorted(answer.answered, key=lambda one: (_terms(one.row), one.row.row))
        for _, group in groupby(rows, key=lambda one: _terms(one.row)):
            alike = list(group)
            first = alike[0].row
            yield OfferDraft(
                supplier_id=supplier_id,
                currency=first.currency or _UNSAID_CURRENCY,
                lines=[_line_draft(one) for one in alike],
                inquiry_id=answer.request.inquiry_id,
                request_id=answer.request.id,
                offered_on=self._clock.today(),
                valid_until=first.valid_until,
                incoterm=first.incoterm,
                place=first.place,
                includes_vat=first.includes_vat,
                vat_rate=first.vat_rate,
                source=clean_name(answer.path.name),
            )

    def _request_named(self, numbers: Sequence[str], path: Path, inquiry_id: int | None) -> int:
        with self._book.read() as session:
            for number in numbers:
                found = session.scalar(
                    select(RequestRecord.id).where(RequestRecord.number == number)
                )
                if found is not None:
                    return found
            if numbers:
                raise NoRequestNamed(
                    "requests.names_unknown_request", file=path.name, number=numbers[0]
                )
            newest = (
                select(RequestRecord.id)
                .where(RequestRecord.inquiry_id == inquiry_id)
                .order_by(RequestRecord.id.desc())
            )
            if inquiry_id is not None and (found := session.scalar(newest.limit(1))) is not None:
                return found
        raise NoRequestNamed("requests.file_names_no_request", file=path.name)

    def _paper(self, detail: RequestDetail, supplier_id: int | None) -> RequestPaper:
        names = {one.supplier_id: one.supplier for one in detail.suppliers}
        with self._book.read() as session:
            return RequestPaper(
                number=detail.number,
                issued_on=self._clock.today(),
                respond_by_on=detail.respond_by_on,
                sender=_sender(session),
                supplier=names.get(supplier_id or -1, ""),
                buyer=detail.buyer,
                text=detail.text,
                articles=[
                    self._article(session, line, LineKey(detail.number, line.position, supplier_id))
                    for line in detail.lines
                ],
            )

    def _article(self, session: Session, line: RequestLine, key: LineKey) -> AskedArticle:
        product = session.get(ProductRecord, line.product_id) if line.product_id else None
        chinese = product.name_zh if product is not None and product.name_zh else ""
        parts = [line.specification]
        if product is not None:
            parts += [product.material or "", product.size or "", product.colour or ""]
        is_chinese = has_han(line.wording)
        english = (product.name_en or "") if product is not None and is_chinese else ""
        unit = units().get(line.unit)
        return AskedArticle(
            key=str(key),
            item_number=(product.item_number or "") if product is not None else "",
            name=Bilingual(line.wording, chinese or self._in_chinese(line.wording))
            if not is_chinese
            else Bilingual(english, line.wording),
            specification="\n".join(dict.fromkeys(part for part in parts if part)),
            picture=_picture(session, self._book, line.product_id),
            quantity=line.quantity,
            unit=Bilingual(unit.label("en"), unit.label("zh_CN"))
            if unit is not None
            else Bilingual.same(line.unit),
            target=line.target,
        )

    def _in_chinese(self, wording: str) -> str:
        """What the glossary calls it, for a reader at the factory; empty where it does not know it."""
        parts = self._glossary().parts(wording)
        names = [next(filter(has_han, part.names), "") for part in parts]
        # A number without what it counts (500 of 500 ml) tells nothing.
        told = (
            f"{before.text} {name}" if before.text.isdecimal() and name else name
            for before, name in zip([Part(""), *parts], names, strict=False)
        )
        return " ".join(filter(None, told))


def _terms(row: AnsweredRow) -> tuple[str, ...]:
    return tuple(
        str(part or "")
        for part in (
            row.currency,
            row.includes_vat,
            row.vat_rate,
            row.incoterm,
            row.place,
            row.valid_until,
        )
    )


def _line_draft(one: MatchedRow) -> OfferLineDraft:
    row, line = one.row, one.line
    return OfferLineDraft(
        tiers=row.tiers,
        inquiry_line_id=line.inquiry_line_id if line else None,
        product_id=line.product_id if line else None,
        wording=row.name,
        unit=row.unit,
        moq=row.moq,
        lead_time_days=row.lead_time_days,
        packing=row.packing,
        pieces_per_carton=row.pieces_per_carton,
        carton_cbm=row.carton_cbm,
        gross_weight_kg=row.gross_weight_kg,
        remarks=row.remarks,
    )


def _check_asked(detail: RequestDetail, supplier_id: int) -> None:
    if all(one.supplier_id != supplier_id for one in detail.suppliers):
        raise AppError("requests.not_asked", number=detail.number)


def _sender(session: Session) -> str:
    """Who asks: the user's own profile, in both languages."""
    record = SellerProfileRecord
    profile = session.scalars(
        select(record).order_by(record.is_default.desc(), record.id).limit(1)
    ).first()
    if profile is None:
        return ""
    parts = (profile.name_en, profile.name_zh, profile.contact_name, profile.phone, profile.email)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _picture(session: Session, book: Book, product_id: int | None) -> Path | None:
    if product_id is None:
        return None
    sha256 = session.scalar(
        select(FileRecord.sha256)
        .join(PictureRecord, PictureRecord.file_id == FileRecord.id)
        .where(PictureRecord.product_id == product_id)
        .order_by(PictureRecord.position, PictureRecord.id)
        .limit(1)
    )
    return book.files.path(sha256) if sha256 else None


def _requested(session: Session, line: RequestLine) -> RequestedLine:
    product = session.get(ProductRecord, line.product_id) if line.product_id else None
    names = (product.name_en, product.name_zh) if product is not None else ()
    return RequestedLine(
        position=line.position,
        wording=line.wording,
        other_names=tuple(name for name in names if name),
        item_number=(product.item_number or "") if product is not None else "",
        quantity=line.quantity,
        inquiry_line_id=line.inquiry_line_id,
        product_id=line.product_id,
    )


def _supplier_of(detail: RequestDetail, rows: Sequence[AnsweredRow], path: Path) -> int | None:
    """Whom the sheet was written for, else the asked one that the file is named after or the only one."""
    asked = {one.supplier_id: one.supplier for one in detail.suppliers}
    keyed = {row.key.supplier_id for row in rows if row.key} & set(asked)
    if len(keyed) == 1:
        return keyed.pop()
    named = [id_ for id_, name in asked.items() if name and fold(name) in fold(path.stem)]
    if len(named) == 1:
        return named[0]
    return next(iter(asked)) if len(asked) == 1 else None


def _is_taken(session: Session, detail: RequestDetail, sha256: str) -> bool:
    """Whether an offer for this request came from a file of this very content."""
    query = (
        select(AttachmentRecord.name)
        .join(FileRecord, AttachmentRecord.file_id == FileRecord.id)
        .where(FileRecord.sha256 == sha256, AttachmentRecord.inquiry_id == detail.inquiry_id)
    )
    names = {*session.scalars(query)}
    if not names:
        return False
    taken = select(OfferRecord.id).where(
        OfferRecord.request_id == detail.id, OfferRecord.source.in_(names)
    )
    return session.scalar(taken.limit(1)) is not None
