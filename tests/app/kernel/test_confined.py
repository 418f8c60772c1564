"""Owns the tests of work in a confined process.

Must not test any parser.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

import pytest

from app.kernel.confined import ConfinedDeath, Ending, run_confined
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress

READING = Message("kernel.no_such_record", kind="", id="")


class Side(Enum):
    """Pickles its members as Python 3.11.2 does."""

    BUYER = "buyer"

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return getattr, (type(self), self.name)


@dataclass(frozen=True)
class Answer:
    """What the work of these tests returns."""

    words: str
    at: datetime
    side: Side = Side.BUYER


def answer(words: str) -> Answer:
    return Answer(words, datetime(2026, 3, 5, tzinfo=UTC))


def refuse(file: str) -> None:
    raise AppError("kernel.no_such_record", kind=file, id=1)


def hang() -> None:
    while True:
        time.sleep(1)


def grow() -> int:
    return len(bytearray(4_000_000_000))


def die() -> None:
    os._exit(3)


def break_down() -> None:
    raise ZeroDivisionError


def foreign() -> object:
    return OrderedDict(a=1)


def run(
    work: object, *arguments: object, seconds: float = 20, progress: Progress = UNWATCHED
) -> object:
    return run_confined(
        work,  # type: ignore[arg-type]
        *arguments,
        seconds=seconds,
        answers=(Answer, Side),
        message=READING,
        progress=progress,
    )


def test_the_answer_comes_back_as_it_was_given() -> None:
    assert run(answer, "hello") == answer("hello")


def test_trouble_comes_back_as_trouble() -> None:
    with pytest.raises(AppError) as caught:
        run(refuse, "x.eml")
    assert caught.value.message == Message("kernel.no_such_record", kind="x.eml", id=1)


@pytest.mark.parametrize(
    ("work", "ending"),
    [
        (hang, Ending.TOOK_TOO_LONG),
        (grow, Ending.TOO_MUCH_MEMORY),
        (die, Ending.DIED),
        (break_down, Ending.DIED),
        (foreign, Ending.DIED),
    ],
    ids=["hangs", "grows", "dies", "breaks", "sends what was not agreed"],
)
def test_a_process_that_gives_no_answer_is_ended(work: object, ending: Ending) -> None:
    seconds = 1.5 if work is hang else 20
    with pytest.raises(ConfinedDeath) as caught:
        run(work, seconds=seconds)
    assert caught.value.ending is ending


def test_cancelling_ends_the_process() -> None:
    from app.kernel.errors import Cancelled

    class Impatient:
        def at(self, message: Message, done: int = 0, total: int = 0) -> None:
            raise Cancelled

    started = time.monotonic()
    with pytest.raises(Cancelled):
        run(hang, progress=Impatient())
    assert time.monotonic() - started < 5
