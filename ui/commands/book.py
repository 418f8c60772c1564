"""Owns the commands on the book as a whole: init, undo, redo and history.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.history.service import Undone
from app.kernel.language import Catalogue
from ui.commands.console import Console, pass_console
from ui.commands.numbered import ID
from ui.commands.record_history import answer_record_history


@click.command()
@pass_console
def init(console: Console) -> None:
    """Make an empty book."""
    with console.desk(create=True) as desk:
        console.answer(
            {"book": desk.folder},
            lambda: iter([console.words.say("book.made", path=desk.folder)]),
        )


@click.command()
@click.argument("operation", type=ID, required=False)
@pass_console
def undo(console: Console, operation: int | None) -> None:
    """Take back the last operation, or the given one."""
    with console.desk() as desk:
        _answer(console, desk.history.undo(operation), "history.undone")


@click.command()
@pass_console
def redo(console: Console) -> None:
    """Do again what the last undo took back."""
    with console.desk() as desk:
        _answer(console, desk.history.redo(), "history.redone")


def _kind_named(words: Catalogue, kind: str) -> str:
    """A kind of record in words; what no list shows goes by the name it has in the book."""
    key = f"lists.kind.{kind}"
    return words.say(key) if key in words else kind


def _answer(console: Console, undone: Undone, key: str) -> None:
    words = console.words

    def lines() -> Iterator[str]:
        yield words.say(key, name=undone.message, count=undone.reverted)
        for one in undone.kept:
            reason = words.say(f"history.kept.{one.why.value}")
            kind = _kind_named(words, one.kind)
            name = one.name or f"{one.id}"
            yield words.say("history.kept_row", kind=kind, name=name, why=reason)

    console.answer(
        {"operation": undone.operation, "reverted": undone.reverted, "kept": undone.kept}, lines
    )


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--of", "record", type=(str, int), metavar="KIND ID", help="Only of this record.")
@pass_console
def history(console: Console, limit: int, record: tuple[str, int] | None) -> None:
    """List what was done, newest first; of one record with what changed in it."""
    if record is not None:
        answer_record_history(console, *record, limit=limit)
        return
    with console.desk() as desk:
        operations = desk.history.operations(limit=limit)
    words = console.words
    content = [
        {
            "operation": o.id,
            "kind": o.kind,
            "name": o.message,
            "made_at": o.made_at,
            "is_undone": o.is_undone,
            "changes": o.changes,
            "reverses": o.reverses,
        }
        for o in operations
    ]
    console.answer(
        content,
        lambda: (
            f"{o.id:>6}  {o.made_at.astimezone():%Y-%m-%d %H:%M}  {o.changes:>7}  "
            + words.say(f"history.{o.kind}", name=o.message)
            for o in operations
        ),
    )
