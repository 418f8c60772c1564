"""Owns the way from a quotation in the book to a paper for its buyer, and to a file.

Must not hand a cost, a supplier or a margin on: a paper is made from a revision's terms, which have
none, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.kernel.language import catalogue
from app.kernel.money import minor_unit
from app.kernel.ports import place_text
from app.kernel.quantities import unit_named, units
from app.kernel.territories import territory
from app.papers.content import (
    Adjustment,
    Bank,
    Bilingual,
    Buyer,
    CartonPacking,
    Instalment,
    LineKind,
    PaperKind,
    PaperLine,
    PriceTier,
    QuotationPaper,
    Seller,
)
from app.papers.look import CLASSIC, LOOKS
from app.papers.sheet import WrittenPaper
from app.quotations.freight import shipment_text
from app.quotations.moves_service import buyer_address, seller_values
from app.quotations.packing import CONTAINERS, quantity_in
from app.quotations.revision_costing import is_extra
from app.quotations.revisions import LineKind as TermsKind
from app.quotations.revisions import LineTerms, RevisionTerms
from app.quotations.terms_views import quotation_named, revision_of, terms_of
from app.quotations.totals import line_amount, totals
from database.book import Book
from database.records import FileRecord, QuotationRecord, RevisionRecord
from resources import resource

if TYPE_CHECKING:
    from app.papers.service import Papers
    from app.papers.templates.suggest import SuggestedTemplate

#: Unit prices show as many digits as they have, at most these.
_MOST_PRICE_DECIMALS = 4
_DAYS = re.compile(r"(\d+(?:\s*[-–]\s*\d+)?)\s*(?:days?|天)", re.IGNORECASE)
_Picture = Callable[[str], Path]
#: One quotation by id or number, or several.
Names = int | str | Sequence[int | str]
#: The endings a paper is written with.
ENDINGS = (".xlsx", ".pdf")


class QuotationPapers:
    """Papers made from the quotations of a book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def paper(self, name: int | str, revision: int | None = None) -> QuotationPaper:
        """What the paper of a revision says; by default of the newest that was not withdrawn."""
        with self._book.read() as session:
            quotation = quotation_named(session, name)
            record = revision_of(session, quotation, revision)
            return paper_of(
                terms_of(session, record),
                seller=self._seller(session, quotation, record),
                buyer_address=_address(session, quotation, record),
                picture=self._book.files.path,
            )

    def export(
        self,
        name: Names,
        path: Path,
        *,
        revision: int | None = None,
        template: str = CLASSIC.name,
        language: str = "en",
        with_prices: bool = True,
    ) -> WrittenPaper:
        """Writes the paper as .xlsx or .pdf, by the ending of ``path``.

        Several names become one file, a sheet or a run of pages each. Without ``with_prices`` it is
        a catalogue of the same goods. ``template`` is the name of a built-in one, or the path of an .xlsx with placeholders; a PDF
        then looks like the classic one. Raises ``AppError`` for another ending, an unknown or wrong
        template, or a file that can't be written.
        """
        if template not in LOOKS and not template.lower().endswith(".xlsx"):
            raise AppError("quotations.unknown_template", template=template, known=", ".join(LOOKS))
        if path.suffix.lower() not in ENDINGS:
            known = ", ".join(ENDINGS)
            raise AppError("quotations.unknown_ending", file=path.name, known=known)
        papers = self._papers(name, revision, with_prices=with_prices)
        return _files().export(papers, path, template=template, language=language)

    def preview(
        self,
        name: Names,
        *,
        revision: int | None = None,
        template: str = CLASSIC.name,
        language: str = "en",
        with_prices: bool = True,
    ) -> list[bytes]:
        """The pages of the PDF that :meth:`export` would write, each as a PNG."""
        papers = self._papers(name, revision, with_prices=with_prices)
        return _files().preview(papers, template=template, language=language)

    @property
    def prints_own_templates(self) -> bool:
        """Whether the PDF of an own template has its own look on this computer."""
        return _files().prints_own_templates

    def suggest_template(self, sheet_in_use: Path, path: Path) -> SuggestedTemplate:
        """Makes the template ``path`` from a sheet that is quoted with today, which stays as it is.

        Raises ``AppError`` where no table of goods is recognised or a file can't be read or written.
        """
        return _files().suggest_template(sheet_in_use, path)

    def template_guide(self, language: str) -> str:
        """How an own template is made, as Markdown."""
        name = "GUIDE.md" if language == "en" else f"GUIDE.{language}.md"
        return resource("templates", name).read_text(encoding="utf-8")

    def _papers(
        self, name: Names, revision: int | None, *, with_prices: bool
    ) -> QuotationPaper | tuple[QuotationPaper, ...]:
        if isinstance(name, int | str):
            paper = self.paper(name, revision)
            return paper if with_prices else paper.without_prices()
        papers = tuple(self.paper(each, revision) for each in name)
        papers = papers if with_prices else tuple(paper.without_prices() for paper in papers)
        return papers if len(papers) > 1 else papers[0]

    def _seller(
        self, session: Session, quotation: QuotationRecord, revision: RevisionRecord
    ) -> Seller:
        values = revision.seller or seller_values(session, quotation.profile_id)
        return seller_of(
            values,
            shows_bank=revision.shows_bank,
            logo=self._file(session, values.get("logo_id")),
            signature=self._file(session, values.get("signature_id")),
        )

    def _file(self, session: Session, file_id: object) -> Path | None:
        sha256 = session.scalar(select(FileRecord.sha256).where(FileRecord.id == file_id))
        return self._book.files.path(sha256) if sha256 else None


def _files() -> Papers:
    # What draws PDFs is slow to import and seldom needed.
    from app.papers.service import Papers

    return Papers()


def _address(session: Session, quotation: QuotationRecord, revision: RevisionRecord) -> str:
    if revision.buyer_address is not None or quotation.buyer_id is None:
        return revision.buyer_address or ""
    return buyer_address(session, quotation.buyer_id) or ""


def seller_of(
    values: Mapping[str, object], *, shows_bank: bool, logo: Path | None, signature: Path | None
) -> Seller:
    """The seller as a profile's ``values`` say; the bank only where the paper shows it."""

    def said(key: str) -> str:
        return str(values.get(key) or "")

    bank = Bank(
        beneficiary=said("bank_beneficiary"),
        bank_name=said("bank_name"),
        bank_address=said("bank_address"),
        account=said("bank_account"),
        swift=said("bank_swift"),
        notes=said("bank_notes"),
    )
    return Seller(
        name=Bilingual(said("name_en"), said("name_zh")),
        address=Bilingual(said("address_en"), said("address_zh")),
        phone=said("phone"),
        mail=said("email"),
        website=said("website"),
        contact=said("contact_name"),
        logo=logo,
        bank=bank if shows_bank else Bank(),
        signature=signature,
        signatory=said("contact_name"),
    )


def paper_of(
    terms: RevisionTerms, *, seller: Seller, buyer_address: str, picture: _Picture
) -> QuotationPaper:
    """The paper that says ``terms``; ``picture`` gives the file of a content hash."""
    term = terms.trade_term
    return QuotationPaper(
        kind=PaperKind(terms.document),
        number=terms.number,
        revision=terms.revision,
        issued_on=terms.quoted_on,
        valid_until=terms.valid_through,
        seller=seller,
        buyer=Buyer(name=terms.buyer, address=buyer_address, contact=terms.contact),
        reference=terms.subject,
        currency=terms.currency,
        price_decimals=_price_decimals(terms),
        trade_term=term.code if term else "",
        # The term is written alike in every language, as the ICC has it.
        trade_place=place_text(term.place, "en") if term else "",
        trade_edition=f"Incoterms {term.edition}" if term else "",
        payment=_payment(terms),
        instalments=_instalments(terms),
        lead_time=_lead_time(terms.lead_time),
        shipment=Bilingual(
            shipment_text(terms.shipment_mode, "en"), shipment_text(terms.shipment_mode, "zh_CN")
        ),
        port_of_loading=terms.port_of_loading,
        port_of_destination=terms.port_of_destination,
        country_of_origin=_one_origin(terms),
        marks=terms.shipping_marks,
        remarks=Bilingual.same(terms.remarks),
        lines=tuple(_line(line, picture) for line in terms.lines if not _is_adjustment(line)),
        adjustments=_adjustments(terms),
    )


def _is_adjustment(line: LineTerms) -> bool:
    return line.kind in (TermsKind.CHARGE, TermsKind.DISCOUNT)


def _payment(terms: RevisionTerms) -> Bilingual:
    if terms.payment is None:
        return Bilingual.same(terms.payment_text)
    return Bilingual(terms.payment.text("en"), terms.payment.text("zh_CN"))


def _instalments(terms: RevisionTerms) -> tuple[Instalment, ...]:
    if terms.payment is None:
        return ()
    english, chinese = catalogue("en"), catalogue("zh_CN")
    told = [(part.message(), part.percent) for part in terms.payment.milestones]
    return tuple(
        Instalment(Bilingual(english.text(name), chinese.text(name)), percent)
        for name, percent in told
    )


def _lead_time(text: str) -> Bilingual:
    """Plain days are said in both languages; anything else as typed."""
    days = _DAYS.fullmatch(text)
    return Bilingual(f"{days[1]} days", f"{days[1]} 天") if days else Bilingual.same(text)


def _one_origin(terms: RevisionTerms) -> Bilingual:
    origins = {line.origin for line in terms.lines if line.origin}
    if len(origins) != 1:
        return Bilingual()
    country = origins.pop()
    return Bilingual(territory(country, "en"), territory(country, "zh_CN"))


def _price_decimals(terms: RevisionTerms) -> int:
    prices = [_net_price(line) for line in terms.lines if not _is_adjustment(line)]
    prices += [tier.price for line in terms.lines for tier in line.tiers or ()]
    shown = [_decimals(price) for price in prices if price is not None]
    return min(max([_decimals(minor_unit(terms.currency)), *shown]), _MOST_PRICE_DECIMALS)


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _net(price: Decimal, line: LineTerms) -> Decimal:
    if not line.discount_percent:
        return price
    return CALCULATION.multiply(price, (100 - line.discount_percent) / 100)


def _net_price(line: LineTerms) -> Decimal | None:
    return None if line.unit_price is None else _net(line.unit_price, line)


def _line(line: LineTerms, picture: _Picture) -> PaperLine:
    names = (line.item_no, line.buyer_item_no)
    return PaperLine(
        kind=_kind(line),
        item_number=" / ".join(dict.fromkeys(filter(None, names))),
        name=Bilingual(line.name_en, line.name_zh),
        description=Bilingual.same(line.description),
        picture=picture(line.picture) if line.picture else None,
        unit=_unit(line.unit),
        quantity=line.quantity,
        unit_price=None if line.tiers else _net_price(line),
        tiers=tuple(
            PriceTier(tier.from_quantity, _net(tier.price, line)) for tier in line.tiers or ()
        ),
        packing=_packing(line),
        minimum_order=line.moq,
        lead_time=_lead_time(line.lead_time),
        hs_code=line.hs_code,
        remarks=Bilingual.same(line.remarks),
    )


def _kind(line: LineTerms) -> LineKind:
    if line.kind is TermsKind.HEADING:
        return LineKind.HEADING
    if is_extra(line):
        return LineKind.OPTION
    return LineKind.FREE if line.kind is TermsKind.FREE else LineKind.ITEM


def _unit(unit: str) -> Bilingual:
    code = unit_named(unit) if unit else None
    if code is None:
        return Bilingual.same(unit)
    known = units()[code]
    return Bilingual(known.plural, known.chinese)


def _packing(line: LineTerms) -> CartonPacking:
    packing = line.packing
    if packing is None:
        return CartonPacking(text=Bilingual.same(line.packing_text))
    fits = {container.code: quantity_in(container, packing) for container in CONTAINERS}
    whole_size = None not in (packing.length_cm, packing.width_cm, packing.height_cm)
    return CartonPacking(
        text=Bilingual.same(line.packing_text),
        pieces_per_carton=packing.pcs_per_carton,
        length_cm=packing.length_cm,
        width_cm=packing.width_cm,
        height_cm=packing.height_cm,
        volume_cbm=None if whole_size else packing.stated_cbm,
        net_weight_kg=packing.net_weight_kg,
        gross_weight_kg=packing.gross_weight_kg,
        quantity_20gp=fits["20GP"],
        quantity_40gp=fits["40GP"],
        quantity_40hq=fits["40HQ"],
    )


def _adjustments(terms: RevisionTerms) -> tuple[Adjustment, ...]:
    """Charges and discounts in their order.

    A discount by percent of all goods keeps its percent, so that the sheet goes on reckoning with
    it; where goods stand below it, it is of those above only and becomes an amount.
    """
    goods = totals(terms).goods
    found = []
    for index, line in enumerate(terms.lines):
        if not _is_adjustment(line) or is_extra(line):
            continue
        before = totals(replace(terms, lines=terms.lines[:index]))
        after = totals(replace(terms, lines=terms.lines[: index + 1]))
        name = Bilingual(line.name_en, line.name_zh) or Bilingual.same(line.description)
        by_percent = line.kind is TermsKind.DISCOUNT and line_amount(line, terms.currency) is None
        if by_percent and before.goods == goods:
            found.append(Adjustment(name=name, percent=-line.discount_percent))
        else:
            found.append(Adjustment(name=name, amount=after.total - before.total))
    return tuple(found)
