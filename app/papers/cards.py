"""Owns what a product's card says in a catalogue: its names, its prices, and what a buyer asks next.

Must not know cells or pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from app.kernel.decimals import decimal_text
from app.papers.amounts import amount_of, price_for, tiers_of, volume_per_carton
from app.papers.columns import ColumnKind, carton_size, minimum_order
from app.papers.content import LineKind, PaperLine, QuotationPaper
from app.papers.figures import decimals_shown, money_text, number_text
from app.papers.labels import Labels

#: How many cards stand side by side.
CARDS_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One product: every text is ready to be printed, empty ones are left out.

    ``facts`` are one a line, each with its label, so that a card can be read again.
    """

    line: PaperLine
    item_number: str
    name: str
    description: str
    prices: str
    facts: str


def card_rows(paper: QuotationPaper, labels: Labels) -> Iterator[tuple[str, tuple[Card, ...]]]:
    """The cards row by row; a group's name comes once, with the first row below it."""
    for heading, lines in _groups(paper, labels):
        cards = [card_of(line, paper, labels) for line in lines]
        if not cards:
            yield heading, ()
        for start in range(0, len(cards), CARDS_A_ROW):
            yield (heading if start == 0 else ""), tuple(cards[start : start + CARDS_A_ROW])


def texts_side_by_side(cards: Sequence[Card]) -> tuple[tuple[str, ...], ...]:
    """What the ``cards`` of a row say, from top to bottom, each text beside its neighbours'."""
    texts = ((c.item_number, c.name, c.description, c.prices, c.facts) for c in cards)
    return tuple(zip(*texts, strict=True))


def _groups(paper: QuotationPaper, labels: Labels) -> Iterator[tuple[str, tuple[PaperLine, ...]]]:
    heading = ""
    for is_heading, run in groupby(paper.lines, lambda line: line.kind is LineKind.HEADING):
        lines = tuple(run)
        if is_heading:
            for name in lines[:-1]:
                yield labels.text(name.name or name.description, " "), ()
            heading = labels.text(lines[-1].name or lines[-1].description, " ")
        else:
            yield heading, lines
            heading = ""
    if heading:
        yield heading, ()


def card_of(line: PaperLine, paper: QuotationPaper, labels: Labels) -> Card:
    """The card of one line."""
    return Card(
        line,
        line.item_number,
        labels.text(line.name),
        labels.text(line.description),
        _prices(line, paper, labels),
        _facts(line, paper, labels),
    )


def _prices(line: PaperLine, paper: QuotationPaper, labels: Labels) -> str:
    places = paper.price_decimals
    unit = labels.text(line.unit, "/")
    if len(line.tiers) > 1:
        return "\n".join(
            f"≥ {decimal_text(tier.minimum)} {unit}".rstrip()
            + f": {paper.currency} {number_text(tier.unit_price, places)}"
            for tier in tiers_of(line)
        )
    price = price_for(line)
    if price is None:
        return ""
    return f"{paper.currency} {number_text(price, places)}" + (f" / {unit}" if unit else "")


def _plain(number: Decimal | None) -> str:
    return decimal_text(number) if number else ""


def _facts(line: PaperLine, paper: QuotationPaper, labels: Labels) -> str:
    packing, amount = line.packing, amount_of(line, paper.currency)
    size, volume = carton_size(packing), volume_per_carton(packing)
    if volume is not None:
        volume = round(volume, decimals_shown(ColumnKind.VOLUME_PER_CARTON, volume, paper))
    quantity = ""
    if line.quantity is not None:
        decimals = decimals_shown(ColumnKind.QUANTITY, line.quantity, paper)
        quantity = f"{number_text(line.quantity, decimals)} {labels.text(line.unit, '/')}".strip()
    option = labels.say("papers.not_in_total") if line.kind is LineKind.OPTION else ""
    facts = (
        (labels.say("papers.option"), option),
        (labels.say("papers.column.quantity"), quantity),
        (
            labels.say("papers.column.amount"),
            "" if amount is None else money_text(amount, paper.currency),
        ),
        (labels.say("papers.column.minimum_order"), minimum_order(line, labels.language)),
        (labels.say("papers.column.packing"), labels.text(packing.text, " ")),
        (labels.say("papers.column.pieces_per_carton"), _plain(packing.pieces_per_carton)),
        (labels.say("papers.column.carton_size"), size),
        (labels.say("papers.column.volume_per_carton"), _plain(volume)),
        (labels.say("papers.column.net_weight"), _plain(packing.net_weight_kg)),
        (labels.say("papers.column.gross_weight"), _plain(packing.gross_weight_kg)),
        (labels.say("papers.column.lead_time"), labels.text(line.lead_time, " ")),
        (labels.say("papers.column.hs_code"), line.hs_code),
        (labels.say("papers.column.remarks"), labels.text(line.remarks, " ")),
    )
    return "\n".join(f"{label}: {' '.join(text.split())}" for label, text in facts if text)
