"""Owns the commands on offers: offer add, compare, award, choose; take has a module.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import click

from app.inquiries.offers_service import OfferDraft, OfferLineDraft, part_of
from app.kernel.errors import AppError
from app.kernel.wording.terms import SpokenTax
from app.negotiation.offered import Offered, Side
from app.negotiation.rounds import SuggestedRound, suggest_round
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.incoterms import OFFERED
from app.sourcing.comparison import Basis, Cell, Comparison, LineComparison
from app.sourcing.comparison_paper_views import basis_lines, marks_of
from ui.commands.console import Console, pass_console, plain
from ui.commands.groups import CommandGroup
from ui.commands.listed_prices import take
from ui.commands.numbered import ID, INQUIRY, REQUEST
from ui.commands.quote_cost import Number
from ui.commands.quote_options import with_figures
from ui.commands.sourcing import line_at

_AMOUNT = Number(at_least="0")
_SHARE = Number(at_least="0", below="1")


@click.group(cls=CommandGroup)
def offer() -> None:
    """What suppliers offered, side by side."""


offer.add_command(take)


@offer.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=INQUIRY)
@click.option("--supplier", "supplier_id", type=ID, required=True, help="The supplier's id.")
@click.option(
    "--line", "positions", type=int, multiple=True, help="By position, one before each text."
)
@click.option("--request", "request_id", type=REQUEST, help="The request it answers.")
@click.option(
    "--text",
    "texts",
    multiple=True,
    required=True,
    help="As said: “USD 1.90 for 3000pcs, FOB Ningbo”.",
)
@pass_console
def add(
    console: Console,
    inquiry_id: int,
    supplier_id: int,
    positions: tuple[int, ...],
    request_id: int | None,
    texts: tuple[str, ...],
) -> None:
    """Record an offer for lines of an INQUIRY in the words it was made in.

    --line 1 --text "…" --line 2 --text "…"; a single text without a line is for the first one.
    Terms said once hold for all lines; lines under other terms become offers of their own.
    """
    positions = positions or (1,)
    if len(positions) != len(texts):
        raise click.UsageError("Give a --text for each --line.")
    with console.desk() as desk:
        line_ids = [line_at(desk, inquiry_id, position) for position in positions]
        said = list(zip(line_ids, texts, _said(texts, desk.clock.now()), strict=True))
        about = {"supplier_id": supplier_id, "inquiry_id": inquiry_id, "request_id": request_id}
        ids = [desk.offers.record(replace(draft, **about)) for draft in _offers_of(said)]
    console.answer(
        {
            "kind": "offer",
            "offer": ids[0],
            "offers": ids,
            "inquiry": inquiry_id,
            "line_ids": line_ids,
        },
        lambda: (console.words.say("offers.recorded", offer=id_) for id_ in ids),
    )


def _said(texts: Sequence[str], made_at: datetime) -> list[SuggestedRound | None]:
    """What each of ``texts`` offers; the first lend the later ones the currency nobody repeats."""
    said: list[SuggestedRound | None] = []
    for text in texts:
        earlier = [one.offered for one in said if one is not None]
        said.append(suggest_round(text, side=Side.THEIRS, made_at=made_at, earlier=earlier))
    return said


@dataclass(frozen=True, slots=True)
class _Terms:
    """What holds for a whole offer; None where nobody said it."""

    term: tuple[str, str | None] | None
    tax: SpokenTax | None
    payment_terms: str | None
    valid_until: date | None

    @classmethod
    def of(cls, said: SuggestedRound) -> _Terms:
        """Those that one line says."""
        offered = said.offered
        term = (offered.incoterm, offered.place) if offered.incoterm else None
        return cls(term, said.tax, offered.payment_terms, offered.valid_until)

    def or_else(self, usual: _Terms) -> _Terms:
        """These, and what they leave out as ``usual`` has it."""
        return _Terms(
            *(getattr(self, one.name) or getattr(usual, one.name) for one in fields(self))
        )


def _offers_of(lines: Sequence[tuple[int, str, SuggestedRound | None]]) -> list[OfferDraft]:
    """The offers that the rounds read from (line, words) make, one for all under the same terms."""
    rounds = [said for _, _, said in lines if said is not None and said.offered.prices]
    currencies = {one.offered.currency for one in rounds} - {None}
    if len(rounds) < len(lines) or not currencies:
        raise AppError("offers.without_price")
    if len(currencies) > 1:
        raise AppError(
            "offers.several_currencies", currencies=", ".join(sorted(filter(None, currencies)))
        )
    said = [_Terms.of(one) for one in rounds]
    usual = functools.reduce(_Terms.or_else, said)
    under: dict[_Terms, list[tuple[int, str, Offered]]] = {}
    for (line_id, text, _), one, terms in zip(lines, rounds, said, strict=True):
        under.setdefault(terms.or_else(usual), []).append((line_id, text, one.offered))
    return [_offer_of(terms, told, str(*currencies)) for terms, told in under.items()]


def _offer_of(
    terms: _Terms, lines: Sequence[tuple[int, str, Offered]], currency: str
) -> OfferDraft:
    """The offer of ``lines`` under ``terms``, of nobody yet."""
    incoterm, place = terms.term or (None, None)
    return OfferDraft(
        supplier_id=0,
        lines=[_offer_line(offered, text, line_id) for line_id, text, offered in lines],
        currency=currency,
        incoterm=incoterm,
        place=place,
        payment_terms=terms.payment_terms,
        valid_until=terms.valid_until,
        includes_vat=terms.tax.includes_vat if terms.tax else None,
        vat_rate=terms.tax.rate if terms.tax else None,
        source="\n".join(text for _, text, _ in lines),
    )


def _offer_line(offered: Offered, words: str, line_id: int) -> OfferLineDraft:
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
@click.argument("inquiry_id", metavar="INQUIRY", type=INQUIRY)
@click.option("--currency", help="The currency compared in.")
@click.option("--term", type=click.Choice(OFFERED, case_sensitive=False))
@click.option("--loading", help="The port where goods go on board.")
@click.option("--place", help="The port or place that freight leads to.")
@click.option("--vat", type=_SHARE, help="VAT rate where an offer names none, 0.13 or 13%.")
@click.option("--rebate", type=_SHARE, help="Refund rate where the HS code has none.")
@click.option("--domestic", type=_AMOUNT, help="Charges to on board, CNY per unit.")
@click.option("--freight", type=_AMOUNT, help="Freight per unit, in the currency compared in.")
@click.option("--premium", type=_SHARE, help="Insurance premium, 0.003 or 0.3%.")
@click.option("--rate", "rates", multiple=True, help="USD=7.10: CNY for one unit.")
@click.option("--keep", is_flag=True, help="Compare the INQUIRY so from now on.")
@click.option("--to", "path", type=click.Path(path_type=Path), help="Write it as a .xlsx, too.")
@pass_console
def compare(
    console: Console, inquiry_id: int, path: Path | None, keep: bool, **options: Any
) -> None:
    """Set the offers for an INQUIRY side by side, like for like.

    What is not given is as kept with the inquiry, else as in its newest quotation, else as in
    the book.
    """
    with console.desk() as desk:
        basis = _basis(desk.comparisons.usual_basis(inquiry_id), options)
        if keep:
            desk.bases.keep(inquiry_id, basis)
        found = desk.comparisons.compare(inquiry_id, basis=basis)
        if path is not None:
            language = console.words.language
            desk.comparisons.export(inquiry_id, path, basis=basis, language=language)
    content = {**_content(found, console), **({"file": path} if path else {})}
    console.answer(content, lambda: _lines(console, found))


def _basis(usual: Basis, options: Mapping[str, Any]) -> Basis:
    """``usual`` with what was given in its place."""
    currency, costing = (options["currency"] or usual.currency).upper(), usual.costing
    for pair in options["rates"]:
        code, _, rate = pair.partition("=")
        found = _AMOUNT.convert(rate, None, None)
        costing = costing.with_rate(ExchangeRate(code.strip().upper(), found))
    costing = with_figures(options, costing, currency=currency)
    incoterm = (options["term"] or usual.incoterm).upper()
    named = {key: options[key].strip() for key in ("place", "loading") if options[key] is not None}
    return replace(usual, currency=currency, incoterm=incoterm, costing=costing, **named)


@offer.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=INQUIRY)
@click.option("--line", "position", type=int, required=True, help="By position.")
@click.option("--offer-line", "offer_line_id", type=ID, required=True)
@click.option("--quantity", "part", help="Only for a part: 2000, or a share of what is asked: 60%.")
@click.option("--take-back", is_flag=True, help="Choose it no more.")
@pass_console
def award(
    console: Console,
    inquiry_id: int,
    position: int,
    offer_line_id: int,
    part: str | None,
    take_back: bool,
) -> None:
    """Choose an offer for a line, whole or for a part; or take the choice back."""
    with console.desk() as desk:
        line_id = line_at(desk, inquiry_id, position)
        if take_back:
            desk.offers.take_back_award(line_id, offer_line_id)
        else:
            lines = desk.inquiry_views.inquiry(inquiry_id).lines
            asked = next(line.values["quantity"] for line in lines if line.id == line_id)
            quantity = part_of(part, cast("Decimal | None", asked)) if part else None
            desk.offers.award(line_id, offer_line_id, quantity=quantity)
        found = desk.comparisons.compare(inquiry_id)
    console.answer(_content(found, console), lambda: _lines(console, found))


@offer.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=INQUIRY)
@click.option("--by", type=click.Choice(["cheapest", "fastest", "best"]), default="cheapest")
@pass_console
def choose(console: Console, inquiry_id: int, by: str) -> None:
    """Choose the cheapest, fastest or best offer of each line at once."""
    with console.desk() as desk:
        found = desk.comparisons.compare(inquiry_id)
        desk.offers.award_each(found.choices(by))
        found = desk.comparisons.compare(inquiry_id)
    console.answer(_content(found, console), lambda: _lines(console, found))


def _content(found: Comparison, console: Console) -> dict[str, object]:
    costing = found.basis.costing
    return {
        "basis": list(basis_lines(found.basis, console.words)),
        "rates": {rate.currency: rate.home_per_unit for rate in costing.rates},
        "currency": found.basis.currency,
        "incoterm": found.basis.incoterm,
        "place": found.basis.place,
        "loading": found.basis.loading,
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
                "refund": cell.refund,
                "between_terms": cell.way,
                "total": cell.total,
                "moq": cell.offered.moq,
                "lead_time_days": cell.offered.lead_time_days,
                "valid_until": cell.offered.valid_until,
                "expired": cell.is_expired,
                "replaced": cell.is_replaced,
                "chosen": cell.offered.offer_line_id in line.chosen,
                "chosen_quantity": line.chosen.get(cell.offered.offer_line_id),
                "score": cell.score,
                "quoted_in": list(cell.offered.quoted_in),
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
    yield from basis_lines(found.basis, words)
    for line in found.lines:
        yield line.line.wording
        for cell in line.cells:
            marks = map(words.text, marks_of(line, cell))
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
