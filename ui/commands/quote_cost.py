"""Owns the command ``quote cost``: one price worked out from the command line, every step named.

Must not hold rules; it fills a cost sheet and prints what the costing answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation

import click

from app.kernel.decimals import decimal_text
from app.kernel.messages import Message
from app.kernel.money import Money
from app.quotations.charges import Charge, ChargeLine
from app.quotations.cost_sheet import (
    NO_PROFIT,
    CostSheet,
    ExchangeRate,
    FactoryPrice,
    ImportTaxes,
    Profit,
    ProfitBasis,
    RoundingRule,
)
from app.quotations.costing import Costing, TermPrice, costed, term_price
from app.quotations.incoterms import OFFERED, TradeTerm
from app.quotations.steps import Step
from app.quotations.targets import factory_price_for, floor_warning, profit_at
from app.quotations.term_notes import term_notes
from ui.commands.console import Console, pass_console

#: Digits printed: as many as a reader with ordinary decimals takes in without rounding.
_PRINTED = Context(prec=28)


class Number(click.ParamType[Decimal]):
    """An exact number on the command line; ``13%`` is 0.13."""

    name = "number"

    def __init__(self, *, at_least: str | None = None, below: str | None = None) -> None:
        self.at_least = None if at_least is None else Decimal(at_least)
        self.below = None if below is None else Decimal(below)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """The number typed; refuses what is out of its range."""
        text = str(value).strip()
        try:
            number = Decimal(text.removesuffix("%"))
        except InvalidOperation:
            self.fail(f"{text!r} is not a number", param, ctx)
        if not number.is_finite():
            self.fail(f"{text!r} is not a number", param, ctx)
        if text.endswith("%"):
            number = number.scaleb(-2)
        if self.at_least is not None and number < self.at_least:
            self.fail(f"{text} is below {self.at_least}", param, ctx)
        if self.below is not None and number >= self.below:
            self.fail(f"{text} is not below {self.below}; 13 % is 0.13 or 13%", param, ctx)
        return number


_AMOUNT = Number(at_least="0")
_SHARE = Number(at_least="0", below="1")
_CURRENCY = click.STRING


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the command found."""

    sheet: CostSheet
    term: TradeTerm
    costing: Costing
    price: TermPrice
    target: Decimal | None
    warnings: tuple[Message, ...]


@click.command(name="cost")
@click.option("--price", type=_AMOUNT, required=True, help="The factory price of one unit.")
@click.option("--currency", type=_CURRENCY, default="CNY", show_default=True)
@click.option("--vat", type=_SHARE, default="0", help="VAT rate, 0.13 or 13%.")
@click.option("--no-invoice", is_flag=True, help="No special VAT invoice: no refund.")
@click.option("--before-vat", is_flag=True, help="The price is before VAT.")
@click.option(
    "--price-term",
    type=click.Choice(OFFERED, case_sensitive=False),
    help="The factory price's own delivery term: what it holds of the way is not added again.",
)
@click.option("--rebate", type=_SHARE, default="0", help="Refund rate, 0.13 or 13%.")
@click.option("--refund-cap", type=_AMOUNT, help="The most a manufacturer gets back on a unit.")
@click.option("--domestic", type=_AMOUNT, default="0", help="Charges to on board, per unit.")
@click.option("--fx", type=Number(at_least="0"), help="Currency of the price for 1 quoted.")
@click.option("--quote-currency", type=_CURRENCY, default="USD", show_default=True)
@click.option("--margin", type=Number(below="1"), help="Profit as a share of the price.")
@click.option("--markup", type=Number(at_least="-0.99"), help="Profit as a share of the cost.")
@click.option("--freight", type=_AMOUNT, help="Freight per unit, in the quoting currency.")
@click.option("--premium", type=_SHARE, help="Insurance premium, 0.003 or 0.3%.")
@click.option("--commission", type=_SHARE, default="0", help="Share of the final price.")
@click.option("--bank", type=_SHARE, default="0", help="Bank charges, share of the final price.")
@click.option("--destination", type=_AMOUNT, help="Carriage at destination, per unit.")
@click.option("--unloading", type=_AMOUNT, help="Unloading at destination, per unit.")
@click.option("--duty", type=Number(at_least="0"), help="Import duty rate.")
@click.option("--import-vat", type=_SHARE, default="0", help="Import VAT rate.")
@click.option("--term", type=click.Choice(OFFERED, case_sensitive=False), default="FOB")
@click.option("--place", default="", help="The term's named place.")
@click.option("--edition", type=click.Choice(["2020", "2010", "2000"]), default="2020")
@click.option("--step", type=Number(at_least="0.000001"), default="0.01", help="Rounding step.")
@click.option("--floor", type=Number(below="1"), help="Warn below this margin on price.")
@click.option("--target", type=_AMOUNT, help="A price to work back from.")
@pass_console
def cost(console: Console, /, **options: object) -> None:
    """Work out one price, every step named."""
    sheet = _sheet(options)
    code = str(options["term"]).upper()
    term = TradeTerm(code, str(options["place"]).strip(), int(str(options["edition"])))
    price = term_price(sheet, code)
    warning = floor_warning(sheet, term=code, price=price.shown.amount)
    target = _number(options, "target")
    if target is not None:
        profit_at(sheet, term=code, price=target)
    answer = _Answer(
        sheet=sheet,
        term=term,
        costing=costed(sheet),
        price=price,
        target=target,
        warnings=(*term.warnings(), *([warning] if warning else []), *term_notes(sheet, code)),
    )
    console.answer(_content(console, answer), lambda: _lines(console, answer))


def _sheet(options: dict[str, object]) -> CostSheet:
    """The cost sheet the options describe; refuses options that contradict each other."""
    home, quoted = _currency(options, "currency"), _currency(options, "quote_currency")
    fx = _exchange_rate(options, home, quoted)
    rebate, vat = _given(options, "rebate"), _given(options, "vat")
    if rebate and not vat and not options["no_invoice"]:
        raise click.UsageError(
            "--rebate needs --vat: the refund is counted on the price before VAT"
        )
    duty = _number(options, "duty")
    return CostSheet(
        factory_price=FactoryPrice(
            amount=_given(options, "price"),
            currency=home,
            with_invoice=not options["no_invoice"],
            includes_vat=not options["before_vat"],
            vat=vat,
            rebate=rebate,
            asked_under=str(options["price_term"] or "").upper(),
        ),
        quote_currency=quoted,
        home_currency=home,
        rates=(ExchangeRate(quoted, fx),),
        profit=_profit(options),
        charges=_charges(options, home, quoted),
        premium=_number(options, "premium"),
        import_taxes=None
        if duty is None
        else ImportTaxes(duty=duty, vat=_given(options, "import_vat")),
        commission=_given(options, "commission"),
        refund_cap=_number(options, "refund_cap"),
        bank_share=_given(options, "bank"),
        rounding=RoundingRule(_given(options, "step")),
        margin_floor=_number(options, "floor"),
    )


def _charges(options: dict[str, object], home: str, quoted: str) -> tuple[Charge, ...]:
    """The charges given; domestic ones in the price's currency, the others in the quoted one."""
    lines = {
        "domestic": (ChargeLine.DOMESTIC, home),
        "freight": (ChargeLine.MAIN_CARRIAGE, quoted),
        "destination": (ChargeLine.DESTINATION_CARRIAGE, quoted),
        "unloading": (ChargeLine.UNLOADING, quoted),
    }
    return tuple(
        Charge(amount=amount, currency=currency, line=line)
        for name, (line, currency) in lines.items()
        if (amount := _number(options, name)) is not None
    )


def _profit(options: dict[str, object]) -> Profit:
    margin, markup = _number(options, "margin"), _number(options, "markup")
    if margin is not None and markup is not None:
        raise click.UsageError("--margin is a share of the price, --markup of the cost: give one")
    if margin is not None:
        return Profit(ProfitBasis.MARGIN_ON_PRICE, margin)
    return NO_PROFIT if markup is None else Profit(ProfitBasis.MARKUP_ON_COST, markup)


def _exchange_rate(options: dict[str, object], home: str, quoted: str) -> Decimal:
    fx = _number(options, "fx")
    if home == quoted:
        if fx is not None and fx != 1:
            raise click.UsageError(f"--fx {fx}: the price is in the quoting currency, {quoted}")
        return Decimal(1)
    if not fx:
        raise click.UsageError(f"--fx is missing: how many {home} is 1 {quoted}?")
    return fx


def _currency(options: dict[str, object], name: str) -> str:
    try:
        return Money.zero(str(options[name]).strip().upper()).currency
    except ValueError as error:
        raise click.UsageError(f"{error}") from error


def _number(options: dict[str, object], name: str) -> Decimal | None:
    value = options[name]
    return value if isinstance(value, Decimal) else None


def _given(options: dict[str, object], name: str) -> Decimal:
    return _number(options, name) or Decimal(0)


def _content(console: Console, answer: _Answer) -> dict[str, object]:
    costing, sheet, term = answer.costing, answer.sheet, answer.term
    profit = sheet.profit
    content: dict[str, object] = {
        "terms": {
            "term": term.code,
            "place": term.place,
            "edition": term.edition,
            "text": term.text,
            "currency": sheet.factory_price.currency,
            "quote_currency": sheet.quote_currency,
            "fx": _text(sheet.rate(sheet.quote_currency).home_per_unit),
            "vat": _text(sheet.factory_price.vat),
            "rebate": _text(sheet.factory_price.rebate),
            "with_invoice": sheet.factory_price.with_invoice,
            "profit": {"basis": profit.basis.value, "rate": _text(profit.rate)},
        },
        "steps": [_step(console, step) for step in answer.price.steps],
        "refund": _text(costing.refund.amount),
        "net_cost": _text(costing.net_cost.amount),
        "prices": {code: _text(each.price.amount) for code, each in costing.prices.items()},
        "price": _text(answer.price.price.amount),
        "shown": str(answer.price.shown.amount),
        "unknown": {code: console.words.text(lack) for code, lack in costing.unknown.items()},
        "margin_on_price": _text(costing.margin_on_price),
        "markup_on_cost": _text(costing.markup_on_cost),
        "warnings": [console.words.text(warning) for warning in answer.warnings],
    }
    if answer.target is not None:
        content["target"] = _target(answer, answer.target)
    return content


def _step(console: Console, step: Step) -> dict[str, str]:
    return {
        "name": step.name.key.rpartition(".step_")[2],
        "label": console.words.text(step.name),
        "amount": _text(step.amount),
        "currency": step.currency,
        "formula": step.formula,
    }


def _target(answer: _Answer, price: Decimal) -> dict[str, str]:
    code = answer.term.code
    profit = profit_at(answer.sheet, term=code, price=price)
    return {
        "price": _text(price),
        "factory_price": _text(factory_price_for(answer.sheet, term=code, price=price).amount),
        "margin_on_price": _text(profit.margin_on_price),
        "markup_on_cost": _text(profit.markup_on_cost),
    }


def _lines(console: Console, answer: _Answer) -> Iterator[str]:
    say = console.words
    yield f"{answer.term.text}: {answer.price.shown}"
    yield ""
    for step in answer.price.steps:
        amount = f"{step.amount:,.4f} {step.currency}"
        yield f"{amount:>20}  {say.text(step.name)}  = {step.formula}"
    yield ""
    for code, each in answer.costing.prices.items():
        yield f"{code}  {each.price.amount:,.4f} {each.price.currency}"
    profit = answer.sheet.profit
    yield say.say(
        "quotations.cost_margins",
        margin=f"{profit.margin_on_price * 100:.2f}",
        markup=f"{profit.markup_on_cost * 100:.2f}",
    )
    if answer.target is not None:
        found = _target(answer, answer.target)
        target = Money(answer.target, answer.sheet.quote_currency)
        price = Decimal(found["factory_price"])
        currency = answer.sheet.factory_price.currency
        yield say.say(
            "quotations.cost_target_factory_price", target=target, price=f"{price:.4f} {currency}"
        )
        margin = f"{Decimal(found['margin_on_price']) * 100:.2f}"
        yield say.say("quotations.cost_target_margin", target=target, margin=margin)
    for warning in answer.warnings:
        yield say.text(warning)


def _text(amount: Decimal) -> str:
    return decimal_text(_PRINTED.plus(amount))
