"""Owns changing the book from a page: doing it, telling it, and taking back just that step.

Must not choose what is done or how it is told; the pages do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from app.desk import Desk
from app.history.kept import KeptRecord
from app.history.service import Operation, Undone
from app.kernel.messages import Message
from ui import formats
from ui.context import Context
from ui.words import say, words

Answer = TypeVar("Answer")
#: Of what an undo kept, as many records are told by name.
_MOST_NAMED = 3


def change(
    context: Context,
    owner: QObject,
    work: Callable[[], object],
    told: str,
    then: Callable[[], None] | None = None,
) -> None:
    """Runs ``work`` on the writer, then ``then``, and tells ``told`` with a button to undo it."""

    def done(made: tuple[object, Operation | None]) -> None:
        if then is not None:
            then()
        offer_undo(context, owner, made[1], told)

    context.tasks.write(
        owner, Message("window.saving"), lambda _task: with_step(context.desk, work), done
    )


def with_step(desk: Desk, work: Callable[[], Answer]) -> tuple[Answer, Operation | None]:
    """The answer of ``work`` and the step of the history it made, None where it changed nothing.

    For the writer thread, where nothing else can come in between.
    """
    before = desk.history.undoable()
    answer = work()
    step = desk.history.undoable()
    return answer, None if step == before else step


def offer_undo(context: Context, owner: QObject, step: Operation | None, told: str) -> None:
    """Tells ``told`` with a button that undoes ``step``, whatever was done since."""
    if step is None:
        context.toast(told)
    else:
        context.toast(told, say("window.undo"), lambda: undo(context, owner, step.id))


def undo(
    context: Context,
    owner: QObject,
    operation_id: int | None = None,
    *,
    then: Callable[[], object] | None = None,
) -> None:
    """Undoes a step of the history, or the last one, tells it, and runs ``then``."""
    history = context.desk.history
    _reverse(
        context,
        owner,
        Message("window.undoing"),
        partial(history.undo, operation_id),
        "history.undone",
        then,
    )


def redo(context: Context, owner: QObject) -> None:
    """Does again what was undone last, and tells it."""
    _reverse(context, owner, Message("window.redoing"), context.desk.history.redo, "history.redone")


def _reverse(
    context: Context,
    owner: QObject,
    name: Message,
    reverse: Callable[[], Undone],
    told: str,
    then: Callable[[], object] | None = None,
) -> None:
    def tell(undone: Undone) -> None:
        text = say(told, name=undone.message, count=formats.number(undone.reverted))
        context.toast(f"{text} {_kept(undone.kept)}" if undone.kept else text)
        if then is not None:
            then()

    context.tasks.write(owner, name, lambda _task: reverse(), tell)


def _kept(records: Sequence[KeptRecord]) -> str:
    """What stays as it is, by name and with the reason; many more are counted."""
    told = [
        say(
            "window.kept_one",
            name=record.name or _kind_in_words(record.kind),
            why=say(f"history.kept.{record.why.value}"),
        )
        for record in records[:_MOST_NAMED]
    ]
    names, more = say("lists.between").join(told), len(records) - len(told)
    if not more:
        return say("window.kept", names=names)
    return say("window.kept_more", names=names, count=formats.number(more))


def _kind_in_words(kind: str) -> str:
    """A kind of record in words; what no list shows goes by the name it has in the book."""
    key = f"lists.kind.{kind}"
    return say(key) if key in words.catalogue else kind
