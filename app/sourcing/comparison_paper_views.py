"""Owns putting a comparison into the words of a sheet: headings, marks, the basis it stands on.

Must not write files, and must not compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from app.kernel.decimals import decimal_text, round_to_step
from app.kernel.language import Catalogue, catalogue
from app.kernel.messages import Message
from app.kernel.ports import place_text
from app.papers.comparison_sheet import ComparedGroup, ComparedRow, ComparisonPaper
from app.quotations.compared_places import is_loaded_at_place, kind_of_destination
from app.sourcing.comparison import Basis, Cell, Comparison, LineComparison

_CENT, _FINE = Decimal("0.01"), Decimal("0.0001")
#: Heading → its width in pixels.
_COLUMNS = {
    "sourcing.column.supplier": 190,
    "sourcing.column.price": 90,
    "sourcing.field.currency": 66,
    "sourcing.column.term": 110,
    "sourcing.column.tax": 92,
    "sourcing.column.alike": 92,
    "sourcing.column.total": 100,
    "sourcing.column.moq": 84,
    "sourcing.column.lead_time": 86,
    "sourcing.column.valid_until": 98,
    "sourcing.column.offered_on": 98,
    "sourcing.column.quoted_in": 110,
    "sourcing.column.notes": 300,
}


def comparison_paper(found: Comparison, *, title: str, language: str, on: date) -> ComparisonPaper:
    """``found`` as a sheet in ``language``."""
    words = catalogue(language)
    currency = found.basis.currency
    told = [(words.say("sourcing.total_of", supplier=one.supplier), one) for one in found.suppliers]
    totals = [
        (label if one.is_whole else f"{label} {words.say('sourcing.not_every_line')}", one.total)
        for label, one in told
    ]
    for key, total in (
        ("sourcing.mixed_total", found.mixed_total),
        ("sourcing.award_total", found.award_total),
    ):
        if total is not None:
            totals.append((words.say(key), total))
    return ComparisonPaper(
        title=title,
        basis=[*basis_lines(found.basis, words), words.say("sourcing.for_ourselves", on=on)],
        headings=[words.say(key, currency=currency) for key in _COLUMNS],
        widths_px=list(_COLUMNS.values()),
        total_column=list(_COLUMNS).index("sourcing.column.total"),
        groups=[_group(line, words) for line in found.lines],
        totals=[(label, round_to_step(total, _CENT)) for label, total in totals],
        language=language,
    )


def _named_place(basis: Basis) -> str:
    if is_loaded_at_place(basis.incoterm):
        return basis.loading
    return basis.place if kind_of_destination(basis.incoterm) else ""


def basis_lines(basis: Basis, words: Catalogue) -> Iterator[str]:
    """What the comparison stands on: currency and term, rates with their sources, tax, charges."""
    costing = basis.costing
    yield words.say(
        "sourcing.compared_at",
        currency=basis.currency,
        term=f"{basis.incoterm} {_named_place(basis)}".strip(),
        vat=_percent(costing.vat),
        rebate=_percent(costing.rebate),
    )
    rates = [
        f"{rate.currency} {decimal_text(rate.home_per_unit)} {f'({rate.source})' if rate.source else ''}"
        for rate in costing.rates
    ]
    if rates:
        yield words.say("sourcing.at_rates", rates=", ".join(rate.strip() for rate in rates))
    charges = [
        f"{words.text(charge.label)} {charge.currency} {charge.amount.normalize():,f}"
        for charge in costing.charges
    ]
    if charges:
        yield words.say("sourcing.with_charges", charges=", ".join(charges))


def marks_of(line: LineComparison, cell: Cell) -> list[Message]:
    """What is special about an offer: chosen and for how much, cheapest, fastest, best by weights."""
    marks = []
    if cell.offered.offer_line_id in line.chosen:
        part, unit = line.chosen[cell.offered.offer_line_id], line.line.unit or ""
        chosen = Message("sourcing.chosen_part", quantity=part, unit=unit)
        marks.append(Message("sourcing.chosen") if part is None else chosen)
    return marks + [
        Message(key)
        for key, one in (
            ("offers.cheapest", line.cheapest),
            ("offers.fastest", line.fastest),
            ("offers.best", line.best),
        )
        if one is cell
    ]


def _group(line: LineComparison, words: Catalogue) -> ComparedGroup:
    asked = line.line
    amount = f"{decimal_text(asked.quantity)} {asked.unit or ''}" if asked.quantity else ""
    return ComparedGroup(
        title=" · ".join(part for part in (asked.wording, amount.strip()) if part),
        rows=[_row(line, cell, words) for cell in line.cells],
        note=words.say("offers.no_answer", suppliers=", ".join(line.missing))
        if line.missing
        else "",
    )


def _row(line: LineComparison, cell: Cell, words: Catalogue) -> ComparedRow:
    offered = cell.offered
    notes = [words.text(note).rstrip(".。") for note in (*marks_of(line, cell), *cell.notes)]
    days = offered.lead_time_days
    place = place_text(offered.place or "", words.language)
    own_unit = offered.unit if offered.unit and offered.unit != line.line.unit else ""
    moq = f"{decimal_text(offered.moq)} {own_unit}" if offered.moq and own_unit else offered.moq
    return ComparedRow(
        cells=(
            offered.supplier,
            cell.price,
            "/".join(filter(None, (offered.currency, own_unit))),
            " ".join(filter(None, (offered.incoterm, place))),
            _tax(offered.includes_vat, offered.vat_rate, words),
            round_to_step(cell.alike, _FINE) if cell.alike is not None else None,
            round_to_step(cell.total, _CENT) if cell.total is not None else None,
            moq,
            words.say("negotiation.days", days=days) if days is not None else None,
            offered.valid_until.isoformat() if offered.valid_until else None,
            offered.offered_on.isoformat(),
            ", ".join(offered.quoted_in),
            "; ".join(notes),
        ),
        is_chosen=offered.offer_line_id in line.chosen,
        is_faint=not cell.holds or cell.alike is None,
    )


def _tax(includes_vat: bool | None, rate: Decimal | None, words: Catalogue) -> str:
    if includes_vat is None:
        return "?"
    if not includes_vat:
        return words.say("sourcing.without_vat")
    return words.say("sourcing.with_vat", rate=_percent(rate) if rate is not None else "").strip()


def _percent(share: Decimal) -> str:
    return f"{decimal_text((share * 100).normalize())}%"
