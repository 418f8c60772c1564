"""Owns the tests of the way message files take into the program.

Must not test what single formats hold.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from app.kernel.errors import AppError
from app.negotiation.reading.door import read_message_file
from app.negotiation.reading.files import read_file

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("name", ["2.eml", "whatsapp.txt", "wechat.txt"])
def test_a_file_read_in_the_confined_process_is_the_same(name: str) -> None:
    assert read_message_file(SAMPLES / name, zone=UTC) == read_file(SAMPLES / name, zone=UTC)


def test_chat_times_are_of_this_computer_where_no_zone_is_given() -> None:
    (first, *_) = read_message_file(SAMPLES / "wechat.txt").messages
    assert first.sent_at is not None
    assert f"{first.sent_at.astimezone():%H:%M:%S}" == "10:01:22"


@pytest.mark.parametrize(
    ("name", "key"),
    [("missing.eml", "negotiation.no_such_file"), (".", "negotiation.file_not_allowed")],
)
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str, key: str) -> None:
    with pytest.raises(AppError) as caught:
        read_message_file(tmp_path / name)
    assert caught.value.message.key == key


def test_a_bomb_is_refused_with_its_name(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.eml"
    bomb.write_bytes(b"From: a@b.example\nSubject: " + b"=?utf-8?q?=41?= " * 26_000 + b"\n\nx")
    with pytest.raises(AppError) as caught:
        read_message_file(bomb)
    assert caught.value.message.params["file"] == "bomb.eml"
