"""Owns the tests of reading chats: the layouts of WhatsApp and WeChat, and the order of dates.

Must not test how messages are joined or stored.
"""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import AppError
from app.negotiation.reading.files import read_chat_text, read_file
from app.negotiation.reading.message import MessageKind, ReadMessage

SAMPLES = Path(__file__).parent / "samples"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(text: str) -> list[ReadMessage]:
    return read_chat_text(text, file="chat.txt", zone=UTC)


def said(text: str) -> list[tuple[str, str, str]]:
    return [
        (f"{message.sent_at:%Y-%m-%d %H:%M}", message.sender.name, message.text)
        for message in read(text)
    ]


def test_the_whatsapp_sample_is_read_with_day_first_and_its_photo_named() -> None:
    messages = read_file(SAMPLES / "whatsapp.txt", zone=SHANGHAI).messages
    assert [message.kind for message in messages] == [MessageKind.WHATSAPP] * 5
    assert messages[0].sent_at == datetime(2026, 3, 5, 6, 2, 11, tzinfo=UTC)
    assert [part.name for part in messages[2].attachments] == ["00000012-PHOTO.jpg"]
    assert messages[2].attachments[0].content is None
    assert messages[3].text == "0.38 and we close\nneed certificate CE"
    assert messages[3].recipients[0].name == "Me"


def test_the_wechat_sample_is_read() -> None:
    messages = read_file(SAMPLES / "wechat.txt", zone=SHANGHAI).messages
    assert [(message.kind, message.sender.name) for message in messages] == [
        (MessageKind.WECHAT, "李明朗"),
        (MessageKind.WECHAT, "我"),
        (MessageKind.WECHAT, "李明朗"),
    ]
    assert messages[2].sent_at == datetime(2026, 3, 5, 2, 20, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "12/31/25, 11:59\u202fPM - Luis: 1.80?\n1/2/26, 12:05\u202fAM - Me: ok",
            [("2025-12-31 23:59", "Luis", "1.80?"), ("2026-01-02 00:05", "Me", "ok")],
        ),
        (
            "31.12.25, 23:59 - Luis: 1.80?\n02.01.26, 00:05 - Me: ok",
            [("2025-12-31 23:59", "Luis", "1.80?"), ("2026-01-02 00:05", "Me", "ok")],
        ),
        (
            "[2026/3/5 下午2:02:11] 李明朗: 价格？\n[2026/3/5 上午9:02:11] 我: 13元",
            [("2026-03-05 14:02", "李明朗", "价格？"), ("2026-03-05 09:02", "我", "13元")],
        ),
        (
            "05/03/2026, 2:02 p. m. - Luis: hola: 0,42\nsegunda",
            [("2026-03-05 14:02", "Luis", "hola: 0,42\nsegunda")],
        ),
        (
            "\u200e[05/03/2026, 14:02:11] Luis: \u200eimage omitted\n[05/03/2026, 14:02:12] ~ Ana: x",
            [("2026-03-05 14:02", "Luis", ""), ("2026-03-05 14:02", "Ana", "x")],
        ),
        (
            "5/3/26, 14:02 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
            "5/3/26, 14:02 - Luis: <Media omitted>\n"
            "5/3/26, 14:03 - Luis: IMG-1.jpg (file attached)\nsee 5/3 list: 12:30 - ok",
            [
                ("2026-03-05 14:02", "Luis", ""),
                ("2026-03-05 14:03", "Luis", "see 5/3 list: 12:30 - ok"),
            ],
        ),
    ],
    ids=["us", "german", "chinese phone", "spanish", "ios", "android notices"],
)
def test_whatsapp_layouts(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["05/03/2026", "06/03/2026"], "2026-03-05"),
        (["03/05/2026", "03/06/2026"], "2026-03-05"),
        (["03/05/2026", "03/13/2026"], "2026-03-05"),
        (["05/03/2026", "13/03/2026"], "2026-03-05"),
        (["11/12/2026", "12/01/2027"], "2026-12-11"),
        (["02/03/2026"], "2026-03-02"),
    ],
)
def test_the_order_of_day_and_month_is_decided_by_the_whole_file(
    dates: list[str], first: str
) -> None:
    text = "\n".join(f"[{date}, 10:00:00] Luis: hi" for date in dates)
    assert said(text)[0][0].startswith(first)


def test_month_comes_first_where_the_clock_says_am_and_nothing_else_tells() -> None:
    assert said("3/5/26, 2:02 PM - Luis: hi")[0][0] == "2026-03-05 14:02"


WECHAT = [("2026-03-05 10:01", "李明朗", "您好\n最低13元"), ("2026-03-05 10:03", "我", "12.8吗？")]


@pytest.mark.parametrize(
    "text",
    [
        "李明朗 2026-03-05 10:01:22\n您好\n最低13元\n\n我 2026-03-05 10:03:05\n12.8吗？",
        "2026-03-05 10:01:22 李明朗\n您好\n最低13元\n\n2026-03-05 10:03:05 我\n12.8吗？",
        "李明朗\n2026年3月5日 10:01\n您好\n最低13元\n\n我\n2026年3月5日 10:03\n12.8吗？",
        "李明朗 2026/3/5 上午10:01\n您好\n最低13元\n我 2026/3/5 上午10:03\n12.8吗？",
        "————— 2026-03-05 —————\n\n李明朗  10:01\n\n您好\n最低13元\n\n我  10:03\n\n12.8吗？",
        "[2026-03-05 10:01:22] 李明朗: 您好\n最低13元\n[2026-03-05 10:03:05] 我: 12.8吗？",
    ],
    ids=["copied", "time first", "mac", "slashes", "mailed", "brackets"],
)
def test_wechat_layouts(text: str) -> None:
    messages = read(text)
    assert said(text) == WECHAT
    assert {message.kind for message in messages} <= {MessageKind.WECHAT, MessageKind.WHATSAPP}


def test_pictures_and_notices_of_wechat_are_told_from_words() -> None:
    text = "李明朗 2026-03-05 10:01\n[图片]\n\n我 2026-03-05 10:02\n李明朗撤回了一条消息"
    (picture,) = read(text)
    assert (picture.text, picture.attachments[0].name) == ("", "图片")


def test_the_same_words_twice_in_a_minute_are_two_messages_with_lasting_keys() -> None:
    text = "[05/03/2026, 14:02:11] Luis: ok\n[05/03/2026, 14:02:40] Luis: ok"
    longer = text + "\n[05/03/2026, 14:05:00] Luis: deal"
    keys = [message.content_key for message in read(text)]
    assert len(set(keys)) == 2
    assert [message.content_key for message in read(longer)][:2] == keys


NAMES = st.sampled_from(["Luis Rojas", "李明朗", "Me", "Åsa Öberg", "+56 9 1234 5678"])
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters=":：<>[]\u200e"), min_size=1
).map(lambda text: "so " + text)
CHATS = st.lists(st.tuples(st.integers(0, 60 * 24 * 90), NAMES, WORDS), min_size=1, max_size=12)
LAYOUTS = {
    "[%d/%m/%Y, %H:%M:%S] {name}: {words}": 0,
    "%d.%m.%y, %H:%M - {name}: {words}": 0,
    "%Y-%m-%d %H:%M:%S {name}\n{words}\n": 1,
    "%Y/%m/%d, %I:%M %p - {name}: {words}": 0,
}


@given(chat=CHATS, layout=st.sampled_from(sorted(LAYOUTS)))
def test_what_a_layout_writes_is_read_back(chat: list[tuple[int, str, str]], layout: str) -> None:
    start = datetime(2026, 1, 25, tzinfo=UTC)
    chat = sorted(chat)
    text = "\n".join(
        (start + timedelta(minutes=minute)).strftime(layout).format(name=name, words=words)
        for minute, name, words in chat
    )
    # An anchor above twelve settles the order of day and month, as a chat of weeks would.
    anchor = start.strftime(layout).format(name="Me", words="so it begins")
    messages = read(f"{anchor}\n{text}")[1:]
    assert [(message.sender.name, message.text) for message in messages] == [
        (name, _as_kept(words)) for _, name, words in chat
    ]
    assert [message.sent_at for message in messages] == [
        start + timedelta(minutes=minute) for minute, _, _ in chat
    ]


def _as_kept(words: str) -> str:
    from app.kernel.text import clean

    return clean(words).strip()


def test_both_layouts_of_one_chat_give_the_same_keys() -> None:
    ios = "[13/03/2026, 14:02:11] Luis: 0.38\n[13/03/2026, 14:05:40] Me: 0.395"
    android = "13/03/26, 14:02 - Luis: 0.38\n13/03/26, 14:05 - Me: 0.395"
    assert [m.content_key for m in read(ios)] == [m.content_key for m in read(android)]


def test_a_zip_from_a_phone_brings_the_files_its_lines_name(tmp_path: Path) -> None:
    chat = (
        "[05/03/2026, 14:02:11] Anna: see the drawing\n"
        "\u200e[05/03/2026, 14:03:00] Anna: \u200e<attached: 00000012-PHOTO.jpg>\n"
        "[05/03/2026, 14:04:00] Anna: \u200e<attached: 00000013-lost.pdf>\n"
    )
    path = tmp_path / "WhatsApp Chat - Anna.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", chat)
        archive.writestr("readme.txt", "x" * 9000)
        archive.writestr("00000012-PHOTO.jpg", b"picture")
    messages = read_file(path, zone=None).messages
    assert messages[0].text == "see the drawing"
    (photo,), (lost,) = messages[1].attachments, messages[2].attachments
    assert (photo.content, photo.media_type) == (b"picture", "image/jpeg")
    assert lost.content is None


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", None])
def test_a_zip_without_a_chat_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.zip"
    if content is not None:
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.jpg", b"1")
    with pytest.raises(AppError):
        read_file(path, zone=None)
