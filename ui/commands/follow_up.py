"""Owns the commands on what is to be done: thread follow-up, put-off, done.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from datetime import datetime

import click

from ui.commands.console import Console, pass_console
from ui.commands.numbered import ID, INQUIRY

_ON = click.option("--on", "due_on", type=click.DateTime(["%Y-%m-%d"]), required=True)
_ID = click.argument("follow_up_id", metavar="FOLLOW-UP", type=ID)


@click.command(name="follow-up")
@click.option("--text", "words", required=True, help="What is to be done.")
@_ON
@click.option("--thread", "thread_id", type=ID)
@click.option("--inquiry", "inquiry_id", type=INQUIRY)
@pass_console
def follow_up(
    console: Console,
    words: str,
    due_on: datetime,
    thread_id: int | None,
    inquiry_id: int | None,
) -> None:
    """Note what is to be done on a day, about a thread or an inquiry."""
    with console.desk() as desk:
        id_ = desk.follow_ups.add(words, due_on.date(), thread_id=thread_id, inquiry_id=inquiry_id)
    console.answer({"follow_up": id_, "due_on": due_on.date()}, lambda: iter([str(id_)]))


@click.command(name="put-off")
@_ID
@_ON
@pass_console
def put_off(console: Console, follow_up_id: int, due_on: datetime) -> None:
    """Put a follow-up off to another day."""
    with console.desk() as desk:
        desk.follow_ups.snooze(follow_up_id, due_on.date())
    content = {"follow_up": follow_up_id, "due_on": due_on.date()}
    console.answer(content, lambda: iter([f"{follow_up_id}  {due_on:%Y-%m-%d}"]))


@click.command()
@_ID
@pass_console
def done(console: Console, follow_up_id: int) -> None:
    """Tick a follow-up off; `due` tells its id."""
    with console.desk() as desk:
        desk.follow_ups.done(follow_up_id)
    console.answer({"follow_up": follow_up_id, "done": True}, lambda: iter([str(follow_up_id)]))
