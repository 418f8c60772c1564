"""Owns the commands on conversations: thread import, show, due.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import click

from app.negotiation.ladder import Move, Step
from app.negotiation.views import MessageView, RoundView, ThreadDetail
from ui.commands.console import Console, pass_console, plain
from ui.commands.groups import CommandGroup


@click.group(cls=CommandGroup)
def thread() -> None:
    """Mails, chats and what was bargained in them."""


@thread.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--inquiry", "inquiry_id", type=int, help="The inquiry the messages are about.")
@pass_console
def import_command(console: Console, file: Path, inquiry_id: int | None) -> None:
    """Add the messages of FILE (.eml, .msg, .mbox, a chat's .txt) to their threads.

    Importing the same file again adds nothing.
    """
    with console.desk(create=True) as desk:
        taken = desk.negotiation.import_file(file, inquiry_id=inquiry_id)
    content = {
        "thread": taken.threads[0] if taken.threads else None,
        "threads": taken.threads,
        "added": taken.added,
        "already_there": taken.already_there,
        "skipped": taken.skipped,
    }
    if taken.skipped:
        console.tell("negotiation.mails_skipped", count=taken.skipped, file=file.name)
    console.answer(
        content,
        lambda: iter(
            [
                console.words.say(
                    "negotiation.imported", added=taken.added, already_there=taken.already_there
                )
            ]
        ),
    )


@thread.command()
@click.argument("thread_id", metavar="ID", type=int)
@click.option("--quantity", type=str, help="The quantity prices are compared at.")
@pass_console
def show(console: Console, thread_id: int, quantity: str | None) -> None:
    """Show one thread: its messages, the rounds of the bargaining and the gap left."""
    from decimal import Decimal

    with console.desk() as desk:
        detail = desk.negotiation_views.thread(
            thread_id, quantity=Decimal(quantity) if quantity else None
        )
    console.answer(_content(detail), lambda: _lines(console, detail))


@thread.command()
@click.option("--silent-days", type=int, default=7, show_default=True)
@pass_console
def due(console: Console, silent_days: int) -> None:
    """List what is due today: follow-ups, next steps, threads left without an answer."""
    with console.desk() as desk:
        rows = desk.negotiation_views.due(silent_days=silent_days)
    console.answer(rows, lambda: (f"{row.due_on}  {row.kind:<10}  {row.text}" for row in rows))


def _content(detail: ThreadDetail) -> dict[str, object]:
    return {
        "kind": "thread",
        "thread": detail.id,
        "id": detail.id,
        "subject": detail.subject,
        "company": detail.company,
        "company_id": detail.company_id,
        "inquiry": detail.inquiry_id,
        "inquiry_number": detail.inquiry,
        "next_step": detail.next_step,
        "next_step_on": detail.next_step_on,
        "messages": [_message(message) for message in detail.messages],
        "papers": detail.papers,
        "rounds": [
            _round(view, step)
            for view, step in zip(detail.rounds, detail.ladder.steps, strict=True)
        ],
        "compared_at": detail.ladder.quantity,
        "gap": detail.ladder.gap,
    }


def _message(message: MessageView) -> dict[str, object]:
    return {
        "id": message.id,
        "kind": message.kind,
        "direction": message.direction,
        "sent_at": message.sent_at.astimezone(UTC),
        "sender": message.sender,
        "recipients": message.recipients,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "attachments": [
            {
                "name": file.name,
                "media_type": file.media_type,
                "size_bytes": file.size_bytes,
                "sha256": file.sha256,
            }
            for file in message.attachments
        ],
    }


def _round(view: RoundView, step: Step) -> dict[str, object]:
    offered = view.offered
    return {
        "round": view.id,
        "message": view.message_id,
        "side": offered.side,
        "confirmed": view.is_confirmed,
        "target": view.is_target,
        "made_at": offered.made_at,
        "price": step.price,
        "currency": offered.currency,
        "unit": offered.unit,
        "prices": offered.prices,
        "moq": offered.moq,
        "incoterm": offered.incoterm,
        "place": offered.place,
        "payment_terms": offered.payment_terms,
        "lead_time_days": offered.lead_time_days,
        "valid_until": offered.valid_until,
        "extras": offered.extras,
        "moves": step.moves,
        "gap": step.gap,
        "gap_percent": step.gap_percent,
        "margin_on_price": step.margin_on_price,
    }


def _lines(console: Console, detail: ThreadDetail) -> Iterator[str]:
    words = console.words
    yield " · ".join(filter(None, (detail.subject, detail.company, detail.inquiry)))
    for message in detail.messages:
        side = {"in": "<", "out": ">"}.get(message.direction, "-")
        yield f"{side} {message.sent_at.astimezone():%Y-%m-%d %H:%M}  {message.sender}"
        yield from (f"    {line}" for line in message.text.splitlines())
        yield from (f"    [{file.name}]" for file in message.attachments)
    for view, step in zip(detail.rounds, detail.ladder.steps, strict=True):
        yield _round_line(console, view, step)
        yield from (f"      {_move_line(console, move)}" for move in step.moves)
    if detail.ladder.gap is not None:
        yield words.say("negotiation.gap_left", gap=plain(detail.ladder.gap, words))


def _round_line(console: Console, view: RoundView, step: Step) -> str:
    words, offered = console.words, view.offered
    sides = {"ours": "negotiation.side.ours", "theirs": "negotiation.side.theirs"}
    price = f"{plain(step.price, words)} {offered.currency or ''}" if step.price else ""
    terms = f"{offered.incoterm or ''} {offered.place or ''}".strip()
    days = (
        words.say("negotiation.days", days=offered.lead_time_days) if offered.lead_time_days else ""
    )
    parts = (words.say(sides[offered.side.value]), price, terms, offered.payment_terms, days)
    mark = "" if view.is_confirmed else words.say("negotiation.suggested")
    return "  " + " · ".join(str(part).strip() for part in (*parts, mark) if part)


def _move_line(console: Console, move: Move) -> str:
    words = console.words
    names = {
        "price": "negotiation.term.price",
        "currency": "negotiation.term.currency",
        "quantity": "negotiation.term.quantity",
        "moq": "negotiation.term.moq",
        "delivery": "negotiation.term.delivery",
        "payment": "negotiation.term.payment",
        "lead_time": "negotiation.term.lead_time",
        "validity": "negotiation.term.validity",
        "extras": "negotiation.term.extras",
    }
    percent = f" ({move.percent:+f} %)" if move.percent is not None else ""
    before, after = plain(move.before, words), plain(move.after, words)
    return f"{words.say(names[move.term.value])}: {before} → {after}{percent}"
