"""Owns how a quotation is printed: as JSON with its lines flat, or in words.

Must not hold rules; every figure comes from the view.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.desk import Desk
from app.kernel.money import as_priced
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.detail_views import LineView, QuotationDetail
from ui.commands.console import Console, plain


def answer_quotation(console: Console, desk: Desk, name: int | str) -> None:
    """Prints the quotation as it now stands; what is doubtful goes to standard error."""
    detail = desk.quotation_views.quotation(name)
    console.answer(_content(detail), lambda: _lines(console, detail))
    for warning in detail.internal.warnings:
        click.echo(console.words.text(warning), err=True)


def _content(detail: QuotationDetail) -> dict[str, object]:
    load = detail.load.goods
    return {
        "kind": "quotation",
        "quotation": detail.id,
        "id": detail.id,
        "number": detail.number,
        "revision": detail.revision,
        "label": detail.label,
        "state": detail.standing,
        "buyer": detail.values["buyer_name"],
        "buyer_id": detail.buyer_id,
        "inquiry": detail.inquiry_id,
        "inquiry_number": detail.inquiry,
        **{key: value for key, value in detail.values.items() if key != "buyer_name"},
        "lines": [_line(detail, line) for line in detail.lines],
        "goods": detail.totals.goods,
        "charges": detail.totals.charges,
        "discounts": detail.totals.discounts,
        "total": detail.total,
        "cartons": load.cartons if load else None,
        "cbm": load.cbm if load else None,
        "gross_weight_kg": load.gross_weight_kg if load else None,
        "container_fill": detail.load.fill,
        "margin_on_price": detail.internal.margin_on_price,
        "fx": next((rate.home_per_unit for rate in _rates(detail)), None),
        "revisions": detail.revisions,
        "attachments": detail.attachments,
        "warnings": detail.internal.warnings,
    }


def _rates(detail: QuotationDetail) -> Iterator[ExchangeRate]:
    currency = detail.values["currency"]
    return (rate for rate in detail.internal.costing.rates if rate.currency == currency)


def _line(detail: QuotationDetail, line: LineView) -> dict[str, object]:
    inner = detail.internal.lines[line.id]
    values = {key: value for key, value in line.values.items() if key not in ("kind", "price")}
    return {
        "id": line.id,
        "position": line.position,
        "kind": line.kind,
        "product": line.product_id,
        **values,
        "price": line.unit_price,
        "tiers": [
            {"from": tier.from_quantity, "to": tier.to_quantity, "price": tier.price}
            for tier in line.tiers or ()
        ],
        "amount": line.amount,
        "currency": detail.values["currency"],
        "picture": line.picture,
        "counts": line.counts,
        "cartons": line.goods.cartons if line.goods else None,
        "cbm": line.goods.cbm if line.goods else None,
        "cost": inner.cost,
        "cost_currency": inner.cost_currency,
        "cost_incoterm": inner.cost_incoterm,
        "may_take_chosen": inner.may_take_chosen,
        "cost_source": inner.cost_source,
        "supplier": inner.supplier,
        "cost_parts": [
            {
                "supplier": part.supplier,
                "inquiry": part.inquiry_id,
                "offer": part.offer_id,
                "offer_line": part.offer_line_id,
                "quantity": part.quantity,
                "share": part.share,
                "cost": part.amount,
                "cost_currency": part.currency,
                "incoterm": part.incoterm,
            }
            for part in inner.parts
        ],
        "target_price": inner.target_price,
        "margin_on_price": inner.margin_on_price,
        "markup_on_cost": inner.markup_on_cost,
        "lacks": inner.lacks,
        "cost_notes": inner.notes,
        "floor_warning": inner.floor_warning,
    }


def _lines(console: Console, detail: QuotationDetail) -> Iterator[str]:
    words, values = console.words, detail.values
    state = words.say(f"quotations.state.{detail.standing.value}")
    yield " · ".join(filter(None, (detail.label, state, str(values["buyer_name"] or ""))))
    term = " ".join(filter(None, (values["incoterm"], values["place"])))
    until = plain(values["valid_until"], words)
    yield "  " + " · ".join(filter(None, (term, str(values["payment_terms"] or ""), until)))
    for line in detail.lines:
        money = (
            as_priced(figure, values["currency"]) if figure is not None else None
            for figure in (line.unit_price, line.amount)
        )
        figures = (line.values["quantity"], line.values["unit"], *money)
        shown = (str(plain(figure, words)) for figure in figures if figure not in (None, ""))
        name = line.values["name_en"] or line.values["name_zh"] or line.values["description"] or ""
        number = str(line.values["item_number"] or "")
        yield f"  {line.position:>3}  " + " · ".join(filter(None, (number, str(name), *shown)))
        inner = detail.internal.lines[line.id]
        lacks = inner.lacks or inner.floor_warning
        if lacks is not None:
            yield f"       ! {words.text(lacks)}"
        for note in inner.notes:
            yield f"       {words.text(note)}"
    if any(line.amount is not None for line in detail.lines):
        yield f"  = {plain(detail.total, words)} {values['currency']}"
