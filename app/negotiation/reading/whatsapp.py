"""Owns the layouts in which WhatsApp exports a chat, on Android and on iOS, in any language.

Android writes ``05/03/2026, 14:02 - Name: text``, iOS ``[05/03/2026, 14:02:11] Name: text``.
Lines without a stamp continue the message above; lines of the program itself are skipped. Must not
decide the order of day and month; :mod:`chat_dates` does.
"""

from __future__ import annotations

import re

from app.kernel.file_names import clean_name
from app.kernel.text import clean
from app.negotiation.reading.chat import ChatLine
from app.negotiation.reading.chat_dates import CLOCK, DATE, ChatStamp

_MARK = "\u200e\u200f\u202a\u202c"
_IOS = re.compile(rf"^[{_MARK}]*\[({DATE})[,，]?\s+({CLOCK})\]\s?(.*)$")
_ANDROID = re.compile(rf"^[{_MARK}]*({DATE})[,，]?\s+({CLOCK})\s+[-–]\s(.*)$")
_SENDER = re.compile(r"^([^:：\n]{1,100})[:：](?:\s|$)")
_ATTACHED = re.compile(
    rf"^[{_MARK}]*<(?:attached|附件|adjunto|Anhang|pièce jointe|anexado|allegato)[:：]\s*([^<>]+)>",
    re.IGNORECASE,
)
_ANDROID_FILE = re.compile(
    r"^(\S[^\n]{0,120}\.\w{2,5}) \((?:file attached|文件附件|附件|archivo adjunto|Datei angehängt"
    r"|fichier joint|arquivo anexado|file allegato)\)"
)
_OMITTED = re.compile(
    rf"^[{_MARK}]*<?(?:Media omitted|(?:image|video|audio|sticker|document|GIF|Contact card) omitted"
    r"|Multimedia omitido|Medien ausgeschlossen|Médias omis|Mídia oculta|Media omessi"
    r"|(?:已)?省略(?:媒体文件|媒體檔案)|(?:忽略|略去)(?:媒体文件|多媒体文件)"
    r"|(?:图片|圖片|视频|影片|音频|文件|贴图|表情)(?:已)?(?:省略|忽略))>?\s*$",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    r"end-to-end encrypted|端到端加密|端對端加密|Ende-zu-Ende|cifrados de extremo"
    r"|security code (?:with .* )?changed|安全码|created (?:this )?group|added you"
    r"|changed the (?:subject|group)|joined using|This message was deleted"
    r"|You deleted this message|Missed (?:voice|video) call",
    re.IGNORECASE,
)


def stamped(line: str) -> bool:
    """Whether ``line`` starts a message (or a notice) of a WhatsApp export."""
    return bool(_match(line))


def chat_lines(text: str) -> list[ChatLine]:
    """The messages of an export, notices of the program left out; ``text`` is not yet cleaned."""
    lines: list[ChatLine] = []
    stamp, body = None, [""]
    for line in text.split("\n"):
        if found := _match(line):
            _add(lines, stamp, "\n".join(body))
            stamp, body = (
                ChatStamp(_plain(found.group(1)), _plain(found.group(2))),
                [found.group(3)],
            )
        else:
            body.append(line)
    _add(lines, stamp, "\n".join(body))
    return lines


def _match(line: str) -> re.Match[str] | None:
    return _IOS.match(line) or _ANDROID.match(line)


def _plain(text: str) -> str:
    return clean(text.replace("\u202f", " ").replace("\xa0", " "))


def _add(lines: list[ChatLine], stamp: ChatStamp | None, body: str) -> None:
    if stamp is None:
        return
    found = _SENDER.match(body)
    if found is None:
        return
    sender, text = found.group(1).strip(_MARK + " ~"), body[found.end() :]
    if (text.startswith(tuple(_MARK)) and not _media(text)) or _is_notice(text):
        return
    media, text = _media(text) or ("", text)
    lines.append(ChatLine(stamp, sender, text, media))


def _is_notice(text: str) -> bool:
    return len(text) < 300 and bool(_SYSTEM.search(text))


def _media(text: str) -> tuple[str, str] | None:
    """The name of the file a message carried and what was written with it; None for none."""
    first, _, rest = text.partition("\n")
    if _OMITTED.match(first):
        return "media", rest
    if found := _ATTACHED.match(first) or _ANDROID_FILE.match(first.lstrip(_MARK)):
        return clean_name(found.group(1).strip()), rest
    return None
