"""What a chat file holds for a new inquiry, whoever began it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.desk import Desk
from app.negotiation.inquiry_file_service import read_inquiry_file

OURS_FIRST = """\
[02/03/2026, 09:00:00] Lily Chen: Hello, we met at the fair. May I send our new catalogue?
[02/03/2026, 09:20:00] Nordlys Anna: Yes please. Price for 5000 pcs vacuum flask 500 ml?
[02/03/2026, 09:45:00] Lily Chen: USD 1.98 FOB Ningbo
[02/03/2026, 10:05:00] Nordlys Anna: We need it by 30 April
"""
NEUTRAL = """\
[02/03/2026, 09:00:00] Lily Chen: Hello, it is about the flask
[02/03/2026, 10:05:00] Nordlys Anna: by 30 April
"""


def chat(folder: Path, name: str, said: str = OURS_FIRST) -> Path:
    path = folder / name
    path.write_text(said, encoding="utf-8")
    return path


def told(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%H:%M") if moment else ""


def test_a_chat_that_we_began_keeps_the_buyer_s_words_by_the_file_s_name(tmp_path: Path) -> None:
    found = read_inquiry_file(chat(tmp_path, "WhatsApp Chat with Nordlys Anna.txt")).told()
    assert "5000 pcs vacuum flask" in found.text
    assert "by 30 April" in found.text
    assert "catalogue" not in found.text, "what we wrote first is no inquiry"
    assert "USD 1.98" not in found.text
    assert (told(found.received_at), told(found.answered_at)) == ("09:20", "09:45")


def test_a_chat_that_nothing_tells_the_sides_of_is_kept_whole(tmp_path: Path) -> None:
    """Who writes first is no proof: taken as the buyer, it would cost all that the buyer wrote."""
    path = chat(tmp_path, "chat.txt", NEUTRAL)
    found = read_inquiry_file(path).told()
    assert "about the flask" in found.text
    assert "by 30 April" in found.text
    assert found.answered_at is None


def test_a_chat_that_we_began_is_told_by_who_asks_and_who_quotes(tmp_path: Path) -> None:
    found = read_inquiry_file(chat(tmp_path, "chat.txt")).told()
    assert "5000 pcs vacuum flask" in found.text
    assert "catalogue" not in found.text
    assert (told(found.received_at), told(found.answered_at)) == ("09:20", "09:45")


@pytest.mark.parametrize("price", ["给您做19.8", "我们的报价 USD 2.10"])
def test_who_asks_in_an_inquiry_is_the_buyer_in_chinese_too(tmp_path: Path, price: str) -> None:
    said = f"""\
[02/03/2026, 09:00:00] 王经理: 保温杯多少钱？要5000个
[02/03/2026, 09:45:00] 小李: {price}
"""
    found = read_inquiry_file(chat(tmp_path, "chat.txt", said)).told()
    assert "5000个" in found.text
    assert price not in found.text
    assert "From: 王经理" in found.text
    assert (told(found.received_at), told(found.answered_at)) == ("09:00", "09:45")


def test_who_the_book_knows_as_us_is_not_the_buyer(desk: Desk, tmp_path: Path) -> None:
    profile = {"name_en": "Haitang Kitchenware", "contact_name": "Lily Chen"}
    desk.rates.add("seller_profile", profile)
    file = chat(tmp_path, "chat.txt", NEUTRAL)
    source = read_inquiry_file(file)
    found = source.told(desk.correspondence.known_people(source.messages))
    assert "about the flask" not in found.text
    assert "From: Nordlys Anna" in found.text


def test_nobody_is_the_buyer_of_a_chat_that_nothing_tells_the_sides_of(tmp_path: Path) -> None:
    found = read_inquiry_file(chat(tmp_path, "chat.txt", NEUTRAL)).told()
    assert "From:" not in found.text, "who writes first may as well be us"
