"""Owns the commands on the life of a quotation: send, accept, decline, expire, withdraw, compare,
take-costs.

Must not hold rules; the services do the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from app.desk import Desk
from app.quotations.comparison import ComparedField
from ui.commands.console import Console, pass_console
from ui.commands.quote_answer import answer_quotation

_Move = Callable[[Desk, str], object]


def _move(name: str, explanation: str, move: _Move) -> click.Command:
    """A command that moves one quotation and prints it."""

    @click.command(name=name, help=explanation)
    @click.argument("number")
    @pass_console
    def command(console: Console, number: str) -> None:
        with console.desk() as desk:
            move(desk, number)
            answer_quotation(console, desk, number)

    return command


send = _move(
    "send",
    "Freeze the draft as sent; the revision before it is superseded.",
    lambda desk, number: desk.quotations.send(number),
)
accept = _move(
    "accept", "Note that the buyer accepted.", lambda desk, number: desk.quotations.accept(number)
)
decline = _move(
    "decline",
    "Note that the buyer declined.",
    lambda desk, number: desk.quotations.decline(number),
)
expire = _move(
    "expire",
    "Note that the validity is over.",
    lambda desk, number: desk.quotations.expire(number),
)
withdraw = _move(
    "withdraw",
    "Take the newest revision back; the one before it holds again.",
    lambda desk, number: desk.quotations.withdraw(number),
)


take_costs = _move(
    "take-costs",
    "Give lines without a cost that of the offers chosen for them, those too whose cost was taken off.",
    lambda desk, number: desk.quotations.take_costs(number),
)


class Revision(click.ParamType[int]):
    """A revision: ``2``, ``R2``, or the label ``Q-2026-0031-R2``."""

    name = "revision"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number of the revision."""
        text = str(value).upper().rpartition("R")[2]
        if not text.isdigit():
            self.fail(f"{value!r} is no revision; give 2 or R2", param, ctx)
        return int(text)


@click.command()
@click.argument("number")
@click.argument("before", type=Revision())
@click.argument("after", type=Revision())
@pass_console
def compare(console: Console, number: str, before: int, after: int) -> None:
    """Show what changed between two revisions, field by field."""
    with console.desk() as desk:
        rows = desk.quotation_views.comparison(number, before, after, language=console.language)
        quotation = desk.quotation_views.quotation(number).number
    content = {
        "number": quotation,
        "before": before,
        "after": after,
        "differences": [_content(row) for row in rows],
    }
    console.answer(content, lambda: _lines(console, rows))


def _content(row: ComparedField) -> dict[str, object]:
    return {
        "field": row.field,
        "label": row.label,
        "change": row.change,
        "line": row.line or None,
        "before": row.before,
        "after": row.after,
    }


def _lines(console: Console, rows: tuple[ComparedField, ...]) -> Iterator[str]:
    if not rows:
        yield console.words.say("quotations.no_difference")
    for row in rows:
        where = f"{row.line}: " if row.line else ""
        yield f"{where}{console.words.text(row.label)}: {row.before or '–'} → {row.after or '–'}"


@click.command()
@click.option("--within-days", type=int, default=7, show_default=True)
@pass_console
def expiring(console: Console, within_days: int) -> None:
    """List sent quotations whose validity is over or ends soon."""
    with console.desk() as desk:
        rows = desk.quotation_views.expiring(within_days=within_days)
    console.answer(
        rows, lambda: (f"{row.valid_until}  {row.number}  {row.buyer or ''}" for row in rows)
    )
