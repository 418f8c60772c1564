"""How long a thread of 5,000 priced messages takes until it can be shown, in seconds of the processor."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from app.desk import Desk
from database.records import MessageRecord
from database.records.record import new_uid

MESSAGES = 5_000
#: Measured on a quiet machine: 1.61 s.
MOST_CPU_S = 2.0


def message(number: int, thread: int) -> dict[str, object]:
    price = 1.5 + number % 97 / 100
    return {
        "uid": new_uid(),
        "thread_id": thread,
        "kind": "chat",
        "direction": "in" if number % 2 else "out",
        "sent_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=7 * number),
        "sender": "Anna",
        "text": f"We can do USD {price:.2f}/pc for {1000 + number % 5 * 500} pcs FOB Ningbo, "
        "30 days, T/T 30/70",
        "content_key": f"k{number}",
    }


@pytest.mark.slow
def test_a_long_bargaining_is_shown_in_seconds(desk: Desk) -> None:
    thread = desk.negotiation.start_thread("cups")
    with desk._book.write("negotiation.import", file="chat") as scope:
        scope.execute(insert(MessageRecord), [message(n, thread) for n in range(MESSAGES)])
    started = time.process_time()
    detail = desk.negotiation_views.thread(thread)
    spent = time.process_time() - started
    sys.stderr.write(f"\na thread of {MESSAGES} priced messages: {spent:.2f} s of the processor\n")
    assert len(detail.rounds) == MESSAGES
    assert spent < MOST_CPU_S
