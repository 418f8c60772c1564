"""Owns the commands on conversations: thread import, show, add, attach, move, merge, confirm, drop-round,
write, due.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import click

from app.kernel.errors import AppError
from app.kernel.ports import place_named
from app.negotiation.ladder import Move, Step
from app.negotiation.service import KINDS, MessageDraft
from app.negotiation.templates_service import About
from app.negotiation.views import MessageView, RoundView, ThreadDetail
from ui.commands.console import Console, pass_console, plain
from ui.commands.follow_up import done, follow_up, put_off
from ui.commands.groups import CommandGroup
from ui.commands.numbered import ID, INQUIRY
from ui.commands.quote_cost import Number


@click.group(cls=CommandGroup)
def thread() -> None:
    """Mails, chats and what was bargained in them."""


@thread.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--inquiry", "inquiry_id", type=INQUIRY, help="The inquiry the messages are about.")
@click.option("--we", "name", help="Who of the people in it is us: a name or an address.")
@pass_console
def import_command(console: Console, file: Path, inquiry_id: int | None, name: str | None) -> None:
    """Add the messages of FILE (.eml, .msg, .mbox, a chat's .txt) to their threads.

    Importing the same file again adds nothing. Where neither the book nor the words tell whose
    messages are whose, it is said, and --we tells it, with the same file again, too.
    """
    with console.desk(create=True) as desk:
        taken = desk.correspondence.import_file(file, inquiry_id=inquiry_id)
        if name is not None:
            for told in desk.correspondence.say_who_we_are(taken.threads, name):
                taken.undecided.pop(told, None)
    content = {
        "thread": taken.threads[0] if taken.threads else None,
        "threads": taken.threads,
        "added": taken.added,
        "already_there": taken.already_there,
        "skipped": taken.skipped,
        "undecided": list(taken.undecided),
        "people": taken.who,
    }
    if taken.who:
        console.tell("negotiation.who_is_us", people=", ".join(taken.who))
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
@click.argument("thread_id", metavar="ID", type=ID)
@click.option("--quantity", type=Number(at_least="0"), help="The quantity prices are compared at.")
@pass_console
def show(console: Console, thread_id: int, quantity: Decimal | None) -> None:
    """Show one thread: its messages, the rounds of the bargaining and the gap left."""
    with console.desk() as desk:
        detail = desk.negotiation_views.thread(thread_id, quantity=quantity)
    console.answer(_content(detail), lambda: _lines(console, detail))


@thread.command()
@click.option(
    "--silent-days",
    type=click.IntRange(min=1),
    help="Days without an answer; else those of the book.",
)
@click.option("--keep", is_flag=True, help="Keep --silent-days with the book.")
@pass_console
def due(console: Console, silent_days: int | None, keep: bool) -> None:
    """List what is due today: follow-ups, next steps, threads left without an answer."""
    with console.desk() as desk:
        if keep and silent_days is not None:
            desk.follow_ups.set_silent_days(silent_days)
        rows = desk.due_views.due(silent_days=silent_days)
    console.answer(rows, lambda: (f"{row.due_on}  {row.kind:<10}  {row.text}" for row in rows))


@thread.command()
@click.argument("thread_id", metavar="ID", type=ID)
@click.option("--text", "words", required=True, help="What was said, or is to be remembered.")
@click.option("--kind", type=click.Choice(KINDS), default="note", show_default=True)
@click.option("--from", "direction", type=click.Choice(["them", "us"]), default="them")
@pass_console
def add(console: Console, thread_id: int, words: str, kind: str, direction: str) -> None:
    """Write a call, a meeting, a note or a message down."""
    side = "internal" if kind == "note" else {"them": "in", "us": "out"}[direction]
    with console.desk() as desk:
        draft = MessageDraft(kind=kind, direction=side, text=words)
        message_id = desk.negotiation.add_message(thread_id, draft)
    console.answer({"thread": thread_id, "message": message_id}, lambda: iter([str(message_id)]))


@thread.command()
@click.argument("thread_id", metavar="ID", type=ID)
@click.option("--inquiry", "inquiry_id", type=INQUIRY, help="The inquiry it is about.")
@click.option("--company", "company_id", type=ID, help="The buyer or supplier it is with.")
@pass_console
def attach(
    console: Console, thread_id: int, inquiry_id: int | None, company_id: int | None
) -> None:
    """Say what a thread is about and with whom it is."""
    with console.desk() as desk:
        if inquiry_id is not None:
            desk.negotiation.attach(thread_id, inquiry_id=inquiry_id)
        if company_id is not None:
            desk.negotiation.assign(thread_id, company_id)
        detail = desk.negotiation_views.thread(thread_id)
    console.answer(_content(detail), lambda: _lines(console, detail))


@thread.command()
@click.argument("messages", metavar="MESSAGE…", type=ID, nargs=-1, required=True)
@click.option("--to", "thread_id", type=ID, help="Into this thread; else into one of their own.")
@pass_console
def move(console: Console, messages: tuple[int, ...], thread_id: int | None) -> None:
    """Move messages into another thread, or split them off."""
    with console.desk() as desk:
        if thread_id is not None:
            desk.negotiation.move_messages(messages, thread_id)
        else:
            thread_id = desk.negotiation.split(messages)
    console.answer({"thread": thread_id, "moved": len(messages)}, lambda: iter([str(thread_id)]))


@thread.command()
@click.argument("thread_id", metavar="ID", type=ID)
@click.argument("others", metavar="OTHER…", type=ID, nargs=-1, required=True)
@pass_console
def merge(console: Console, thread_id: int, others: tuple[int, ...]) -> None:
    """Make one thread of several: ID stays and takes all that the OTHERs hold."""
    with console.desk() as desk:
        desk.negotiation.merge(thread_id, others)
        detail = desk.negotiation_views.thread(thread_id)
    console.answer(_content(detail), lambda: _lines(console, detail))


@thread.command()
@click.argument("thread_id", metavar="ID", type=ID)
@click.option("--message", "messages", type=ID, multiple=True, help="Only what these say.")
@pass_console
def confirm(console: Console, thread_id: int, messages: tuple[int, ...]) -> None:
    """Keep the rounds suggested from a thread's messages, as `show` tells them."""
    with console.desk() as desk:
        rounds = desk.negotiation_views.thread(thread_id).rounds
        suggested = {view.message_id for view in rounds if not view.is_confirmed}
        for message in messages:
            if message not in suggested:
                raise AppError("negotiation.nothing_suggested", id=message)
        for view in rounds:
            if not view.is_confirmed and (not messages or view.message_id in messages):
                desk.rounds.confirm(thread_id, view.offered, message_id=view.message_id)
        detail = desk.negotiation_views.thread(thread_id)
    console.answer(_content(detail), lambda: _lines(console, detail))


@thread.command(name="drop-round")
@click.argument("round_id", metavar="ROUND", type=ID)
@pass_console
def drop_round(console: Console, round_id: int) -> None:
    """Delete a round that was confirmed; what its message says is suggested again."""
    with console.desk() as desk:
        desk.rounds.delete(round_id)
    words = console.words
    console.answer({"deleted": round_id}, lambda: iter([words.say("deals.round_deleted")]))


@thread.command()
@click.argument("name")
@click.option("--inquiry", "inquiry_id", type=INQUIRY, help="What it is about.")
@click.option("--thread", "thread_id", type=ID, help="Where it is written.")
@click.option("--text-lang", type=click.Choice(["en", "zh_CN"]), default="en", show_default=True)
@click.option("--to", "path", type=click.Path(path_type=Path), help="Write it as a .eml, too.")
@pass_console
def write(
    console: Console,
    name: str,
    inquiry_id: int | None,
    thread_id: int | None,
    text_lang: str,
    path: Path | None,
) -> None:
    """Fill the standard message NAME in (first_reply, follow_up …). Nothing is sent."""
    about = About(inquiry_id=inquiry_id, thread_id=thread_id)
    with console.desk() as desk:
        known = {one.name: one for one in desk.templates.all(text_lang)}
        if name not in known:
            raise AppError("templates.no_such_message", name=name, known=", ".join(known))
        message = desk.templates.filled(known[name], about)
        if path is not None:
            desk.templates.write_mail(message.subject, message.text, path, about)
    content = {
        "name": name,
        "subject": message.subject,
        "text": message.text,
        "lacking": list(message.lacking),
        "file": path,
    }
    console.answer(content, lambda: iter([message.subject, "", message.text]))


for _command in (follow_up, put_off, done):
    thread.add_command(_command)


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
        yield _round_line(console, view)
        yield from (f"      {_move_line(console, move)}" for move in step.moves)
    if detail.ladder.gap is not None:
        yield words.say("negotiation.gap_left", gap=plain(detail.ladder.gap, words))


def _round_line(console: Console, view: RoundView) -> str:
    words, offered = console.words, view.offered
    sides = {"ours": "negotiation.side.ours", "theirs": "negotiation.side.theirs"}
    price = " / ".join(
        f"{plain(one.amount, words)}{f' @ {plain(one.min_quantity, words)}' * bool(one.min_quantity)}"
        for one in offered.prices
    )
    price = f"{price} {offered.currency or ''}" if price else ""
    terms = plain(place_named(offered.place or "", term=offered.incoterm or ""), words)
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
    percent = f" ({move.percent:+f}%)" if move.percent is not None else ""
    before, after = plain(move.before, words), plain(move.after, words)
    return f"{words.say(names[move.term.value])}: {before} → {after}{percent}"
