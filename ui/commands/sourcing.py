"""Owns the commands for asking suppliers and comparing offers: request and offer.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import click

from app.desk import Desk
from app.inquiries.comparison import Basis, Cell, Comparison, LineComparison
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.kernel.errors import AppError
from app.negotiation.offered import Offered, Side
from app.negotiation.rounds import suggest_round
from ui.commands.console import Console, pass_console, plain
from ui.commands.request_sheet import answer, sheet


@click.group()
def request() -> None:
    """Ask suppliers for prices."""


@request.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=int)
@click.option("--supplier", "suppliers", type=int, multiple=True, help="A supplier's id.")
@click.option("--line", "positions", type=int, multiple=True, help="Only this line, by position.")
@click.option("--respond-by", type=click.DateTime(["%Y-%m-%d"]), help="Answer until this day.")
@click.option("--show-buyer", is_flag=True, help="Tell suppliers who the buyer is.")
@click.option("--show-target", is_flag=True, help="Tell suppliers the target prices.")
@pass_console
def new(
    console: Console,
    inquiry_id: int,
    suppliers: tuple[int, ...],
    positions: tuple[int, ...],
    respond_by: datetime | None,
    show_buyer: bool,
    show_target: bool,
) -> None:
    """Write a request for an INQUIRY to several suppliers."""
    with console.desk() as desk:
        draft = RequestDraft(
            inquiry_id=inquiry_id,
            supplier_ids=suppliers,
            line_ids=[_line_id(desk, inquiry_id, position) for position in positions],
            respond_by_on=respond_by.date() if respond_by else None,
            shows_buyer=show_buyer,
            shows_target=show_target,
        )
        _answer_request(console, desk, desk.requests.create(draft))


@request.command()
@click.argument("request_id", metavar="ID", type=int)
@pass_console
def show(console: Console, request_id: int) -> None:
    """Show a request: its lines, who was asked and who answered."""
    with console.desk() as desk:
        _answer_request(console, desk, request_id)


@request.command()
@click.argument("request_id", metavar="ID", type=int)
@click.option("--text-lang", type=click.Choice(["en", "zh_CN"]), default="zh_CN", show_default=True)
@pass_console
def text(console: Console, request_id: int, text_lang: str) -> None:
    """Print a request as a text to paste into a chat."""
    with console.desk() as desk:
        words = desk.sourcing_views.request_text(request_id, language=text_lang)
    console.answer({"request": request_id, "text": words}, lambda: iter([words]))


@request.command()
@click.argument("request_id", metavar="ID", type=int)
@click.option("--supplier", "suppliers", type=int, multiple=True, required=True)
@pass_console
def asked(console: Console, request_id: int, suppliers: tuple[int, ...]) -> None:
    """Note that suppliers were asked now."""
    with console.desk() as desk:
        desk.requests.asked(request_id, suppliers)
        _answer_request(console, desk, request_id)


request.add_command(sheet)
request.add_command(answer)


@click.group()
def offer() -> None:
    """What suppliers offered, side by side."""


@offer.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=int)
@click.option("--supplier", "supplier_id", type=int, required=True, help="The supplier's id.")
@click.option("--line", "position", type=int, default=1, show_default=True, help="By position.")
@click.option("--request", "request_id", type=int, help="The request it answers.")
@click.option("--text", "words", required=True, help="As said: “USD 1.90 for 3000pcs, FOB Ningbo”.")
@pass_console
def add(
    console: Console,
    inquiry_id: int,
    supplier_id: int,
    position: int,
    request_id: int | None,
    words: str,
) -> None:
    """Record an offer for a line of an INQUIRY in the words it was made in."""
    with console.desk() as desk:
        said = suggest_round(words, side=Side.THEIRS, made_at=desk.clock.now())
        if said is None or not said.offered.prices or not said.offered.currency:
            raise AppError("offers.without_price")
        line_id = _line_id(desk, inquiry_id, position)
        draft = _offer_of(said.offered, words, line_id=line_id)
        offer_id = desk.offers.record(
            OfferDraft(
                supplier_id=supplier_id,
                inquiry_id=inquiry_id,
                request_id=request_id,
                lines=[draft],
                currency=said.offered.currency,
                incoterm=said.offered.incoterm,
                place=said.offered.place,
                payment_terms=said.offered.payment_terms,
                valid_until=said.offered.valid_until,
                includes_vat=said.tax.includes_vat if said.tax else None,
                vat_rate=said.tax.rate if said.tax else None,
                source=words,
            )
        )
    console.answer(
        {"kind": "offer", "offer": offer_id, "inquiry": inquiry_id, "line_id": line_id},
        lambda: iter([console.words.say("offers.recorded", offer=offer_id)]),
    )


def _offer_of(offered: Offered, words: str, *, line_id: int) -> OfferLineDraft:
    return OfferLineDraft(
        tiers=tuple((price.min_quantity, price.amount) for price in offered.prices),
        inquiry_line_id=line_id,
        unit=offered.unit,
        moq=offered.moq,
        lead_time_days=offered.lead_time_days,
        remarks=", ".join(offered.extras),
        wording=words,
    )


@offer.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=int)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--rebate", type=str, default="0", help="Export rebate, such as 0.13.")
@click.option("--term", default="FOB", show_default=True)
@click.option("--charge", "charges", multiple=True, help="EXW=0.15: CNY a unit up to the term.")
@click.option("--rate", "rates", multiple=True, help="USD=7.10: CNY for one unit.")
@pass_console
def compare(
    console: Console,
    inquiry_id: int,
    currency: str,
    rebate: str,
    term: str,
    charges: tuple[str, ...],
    rates: tuple[str, ...],
) -> None:
    """Set the offers for an INQUIRY side by side, like for like."""
    basis = Basis(
        currency=currency.upper(),
        incoterm=term.upper(),
        rebate_rate=_number(rebate),
        charges=_numbers(charges),
        rates=_numbers(rates),
    )
    with console.desk() as desk:
        found = desk.sourcing_views.comparison(inquiry_id, basis=basis)
    console.answer(_content(found), lambda: _lines(console, found))


@offer.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=int)
@click.option("--line", "position", type=int, required=True, help="By position.")
@click.option("--offer-line", "offer_line_id", type=int, required=True)
@pass_console
def award(console: Console, inquiry_id: int, position: int, offer_line_id: int) -> None:
    """Choose an offer for a line."""
    with console.desk() as desk:
        desk.offers.award(_line_id(desk, inquiry_id, position), offer_line_id)
        found = desk.sourcing_views.comparison(inquiry_id)
    console.answer(_content(found), lambda: _lines(console, found))


def _line_id(desk: Desk, inquiry_id: int, position: int) -> int:
    for line in desk.inquiry_views.inquiry(inquiry_id).lines:
        if line.position == position:
            return line.id
    raise AppError("inquiries.no_such_line", line=position)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise click.BadParameter(text) from error


def _numbers(pairs: tuple[str, ...]) -> dict[str, Decimal]:
    parts = (pair.partition("=") for pair in pairs)
    return {name.strip().upper(): _number(value) for name, _, value in parts}


def _answer_request(console: Console, desk: Desk, request_id: int) -> None:
    detail = desk.sourcing_views.request(request_id)
    content = {"kind": "request", "request": detail.id, **plain(detail, console.words)}

    def lines() -> Iterator[str]:
        yield f"{detail.number}  {detail.subject}"
        for line in detail.lines:
            yield f"  {line.position}. {line.wording}  {plain(line.quantity, console.words) or ''} {line.unit}"
        for one in detail.suppliers:
            days = (one.asked_at, one.answered_at)
            told = " → ".join(f"{day.astimezone():%Y-%m-%d}" for day in days if day)
            yield f"  {one.supplier_id:>6}  {one.supplier}  {told}"

    console.answer(content, lines)


def _content(found: Comparison) -> dict[str, object]:
    return {
        "currency": found.basis.currency,
        "incoterm": found.basis.incoterm,
        "lines": [_line(line) for line in found.lines],
        "suppliers": found.suppliers,
        "mixed_total": found.mixed_total,
        "award_total": found.award_total,
    }


def _line(line: LineComparison) -> dict[str, object]:
    return {
        "line": line.line.wording,
        "line_id": line.line.line_id,
        "quantity": line.line.quantity,
        "offers": [
            {
                "offer": cell.offered.offer_id,
                "offer_line": cell.offered.offer_line_id,
                "supplier": cell.offered.supplier,
                "supplier_id": cell.offered.supplier_id,
                "price": cell.price,
                "currency": cell.offered.currency,
                "incoterm": cell.offered.incoterm,
                "like_for_like": cell.alike,
                "total": cell.total,
                "moq": cell.offered.moq,
                "lead_time_days": cell.offered.lead_time_days,
                "valid_until": cell.offered.valid_until,
                "expired": cell.is_expired,
                "score": cell.score,
                "notes": cell.notes,
            }
            for cell in line.cells
        ],
        "no_answer": line.missing,
        "cheapest": _supplier(line.cheapest),
        "fastest": _supplier(line.fastest),
        "best": _supplier(line.best),
    }


def _supplier(cell: Cell | None) -> str | None:
    return cell.offered.supplier if cell else None


def _lines(console: Console, found: Comparison) -> Iterator[str]:
    words, currency = console.words, found.basis.currency
    for line in found.lines:
        yield line.line.wording
        for cell in line.cells:
            marks = [
                words.say(key)
                for key, one in (
                    ("offers.cheapest", line.cheapest),
                    ("offers.fastest", line.fastest),
                    ("offers.best", line.best),
                )
                if one is cell
            ]
            alike = f"{cell.alike:.4f} {currency}" if cell.alike is not None else "–"
            price = (
                f"{plain(cell.price, words)} {cell.offered.currency} {cell.offered.incoterm or ''}"
            )
            yield f"  {cell.offered.supplier}: {price.strip()} = {alike}  {', '.join(marks)}"
            yield from (f"      {words.text(note)}" for note in cell.notes)
        if line.missing:
            yield "  " + words.say("offers.no_answer", suppliers=", ".join(line.missing))
    for key, total in (
        ("offers.mixed_total", found.mixed_total),
        ("offers.award_total", found.award_total),
    ):
        if total is not None:
            yield words.say(key, total=f"{total:.2f}", currency=currency)
