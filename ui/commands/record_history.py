"""Owns how the history of one record is printed: the steps, and what each changed in it.

Must not hold rules; it prints what the service answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from app.fields import told
from app.history.record_views import FieldChange, Happened, RecordStep, RowChange
from app.kernel.errors import Removed
from ui.commands.console import Console, plain
from ui.commands.numbered import require


def answer_record_history(console: Console, kind: str, record_id: int, *, limit: int) -> None:
    """Prints what happened to a record, newest first."""
    with console.desk() as desk:
        # What was deleted still has its history.
        with suppress(Removed):
            require(desk, kind, [record_id])
        steps = desk.record_histories.of(kind, record_id)[:limit]

    def lines() -> Iterator[str]:
        for step in steps:
            name = console.words.say(f"history.{step.kind}", name=step.message)
            yield f"{step.operation:>6}  {step.made_at.astimezone():%Y-%m-%d %H:%M}  {name}"
            for change in step.changes:
                yield from _told(console, (kind, record_id), change)

    console.answer([_step(step) for step in steps], lines)


def _told(console: Console, record: tuple[str, int], change: RowChange) -> Iterator[str]:
    words = console.words
    is_own = (change.kind, change.id) == record
    if not is_own or change.happened is not Happened.CHANGED:
        kind = words.say(f"lists.kind.{change.kind}")
        yield " " * 8 + words.say(f"history.part.{change.happened.value}", kind=kind)
    for one in change.fields:
        yield " " * 10 + _field(console, one)


def _field(console: Console, change: FieldChange) -> str:
    say, heading = console.words.say, change.field.heading
    before, after = (_value(console, change, one) for one in (change.before, change.after))
    if before and after:
        return say("history.field_changed", field=heading, before=before, after=after)
    if before:
        return say("history.field_emptied", field=heading, before=before)
    return say("history.field_is", field=heading, value=after)


def _value(console: Console, change: FieldChange, value: object) -> str:
    if value is None or value == "":
        return ""
    return str(plain(told(change.field, value, console.words), console.words))


def _step(step: RecordStep) -> dict[str, object]:
    return {
        "operation": step.operation,
        "kind": step.kind,
        "name": step.message,
        "made_at": step.made_at,
        "is_undone": step.is_undone,
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "happened": change.happened,
                "fields": [
                    {"field": one.field.key, "before": one.before, "after": one.after}
                    for one in change.fields
                ],
            }
            for change in step.changes
        ],
    }
