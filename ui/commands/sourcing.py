"""Owns the commands for asking suppliers: request new, add, show, text, asked, remind.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from app.desk import Desk
from app.inquiries.requests_service import RequestDraft
from app.kernel.errors import AppError
from ui.commands.console import Console, pass_console, plain
from ui.commands.groups import CommandGroup
from ui.commands.numbered import ID, INQUIRY, REQUEST
from ui.commands.request_sheet import answer, sheet


@click.group(cls=CommandGroup)
def request() -> None:
    """Ask suppliers for prices."""


@request.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=INQUIRY)
@click.option("--supplier", "suppliers", type=ID, multiple=True, help="A supplier's id.")
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
            line_ids=[line_at(desk, inquiry_id, position) for position in positions],
            respond_by_on=respond_by.date() if respond_by else None,
            shows_buyer=show_buyer,
            shows_target=show_target,
        )
        _answer_request(console, desk, desk.requests.create(draft))


@request.command()
@click.argument("request_id", metavar="ID", type=REQUEST)
@click.option("--supplier", "suppliers", type=ID, multiple=True, required=True)
@pass_console
def add(console: Console, request_id: int, suppliers: tuple[int, ...]) -> None:
    """Put more suppliers on a request; those on it stay as they are."""
    with console.desk() as desk:
        desk.requests.add_suppliers(request_id, suppliers)
        _answer_request(console, desk, request_id)


@request.command()
@click.argument("request_id", metavar="ID", type=REQUEST)
@pass_console
def show(console: Console, request_id: int) -> None:
    """Show a request: its lines, who was asked and who answered."""
    with console.desk() as desk:
        _answer_request(console, desk, request_id)


@request.command()
@click.argument("request_id", metavar="ID", type=REQUEST)
@click.option("--text-lang", type=click.Choice(["en", "zh_CN"]), default="zh_CN", show_default=True)
@pass_console
def text(console: Console, request_id: int, text_lang: str) -> None:
    """Print a request as a text to paste into a chat."""
    with console.desk() as desk:
        words = desk.sourcing_views.request_text(request_id, language=text_lang)
    console.answer({"request": request_id, "text": words}, lambda: iter([words]))


@request.command()
@click.argument("request_id", metavar="ID", type=REQUEST)
@click.option("--supplier", "suppliers", type=ID, multiple=True, required=True)
@pass_console
def asked(console: Console, request_id: int, suppliers: tuple[int, ...]) -> None:
    """Note that suppliers were asked now."""
    with console.desk() as desk:
        desk.requests.asked(request_id, suppliers)
        _answer_request(console, desk, request_id)


@request.command()
@click.argument("request_id", metavar="ID", type=REQUEST)
@click.option("--supplier", "supplier_id", type=ID, required=True, help="The supplier's id.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Without it: no reminder.")
@pass_console
def remind(console: Console, request_id: int, supplier_id: int, day: datetime | None) -> None:
    """Set the day a supplier is to be reminded of a request, or take it away."""
    with console.desk() as desk:
        detail = desk.sourcing_views.request(request_id)
        asked = [one.id for one in detail.suppliers if one.supplier_id == supplier_id]
        if not asked:
            raise AppError("requests.not_asked", number=detail.number)
        desk.requests.remind(asked[0], {"remind_on": day.date() if day else None})
        _answer_request(console, desk, request_id)


request.add_command(sheet)
request.add_command(answer)


def line_at(desk: Desk, inquiry_id: int, position: int) -> int:
    """The id of the line of an inquiry by its position."""
    for line in desk.inquiry_views.inquiry(inquiry_id).lines:
        if line.position == position:
            return line.id
    raise AppError("inquiries.no_such_line", line=position)


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
