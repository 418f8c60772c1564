"""Whose messages are whose is told from what is known, where we began the conversation, too."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from app.desk import Desk

CHAT = """Fang Lan 2026-03-05 14:02:11
Hello, this is our new flask, USD 2.10 FOB Ningbo

Luis Rojas 2026-03-05 14:05:40
our target is USD 1.80
"""


def directions(desk: Desk, file: Path) -> list[str]:
    (thread,) = desk.negotiation.import_file(file).threads
    return [message.direction for message in desk.negotiation_views.thread(thread).messages]


@pytest.mark.parametrize("kind", ["contact", "buyer"])
def test_in_a_chat_that_we_began_a_name_of_the_book_tells_theirs(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "chat.txt"
    file.write_text(CHAT, encoding="utf-8")
    assert directions(desk, file) == ["in", "out"]
    desk.history.undo()
    if kind == "contact":
        company = desk.directory.add("buyer", {"name_en": "Andes Comercial"})
        desk.directory.add("contact", {"name": "Luis Rojas", "company_id": company})
    else:
        desk.directory.add("buyer", {"name_en": "Luis Rojas"})
    assert directions(desk, file) == ["out", "in"]


@pytest.mark.parametrize("name", ["Sent.eml", "Sent Items (2).eml", "已发送.eml"])
def test_what_lay_in_the_folder_of_sent_mails_is_ours(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Fang Lan <fang@gmail.com>", "luis@andes.example"
    mail["Subject"], mail["Message-ID"] = "Our new flask", "<1@gmail.com>"
    mail.set_content("USD 2.10 FOB Ningbo")
    (tmp_path / name).write_bytes(bytes(mail))
    assert directions(desk, tmp_path / name) == ["out"]
    assert directions(desk, tmp_path / name) == ["out"]
