"""Owns the layouts in which WeChat text reaches a file: copied from the window or sent by mail.

The program has no export, so the text comes as people copy it: name and time on a line of their
own with the words below, in several orders; the phone's mail export groups days under a ruled
date. Must not decide the order of day and month; :mod:`chat_dates` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.negotiation.reading.chat import ChatLine
from app.negotiation.reading.chat_dates import CLOCK, DATE, ChatStamp

_NAME = r"[^\n:：\[\]]{1,60}?"
_RULED_DAY = re.compile(rf"^\s*[—–\-─=]{{3,}}\s*({DATE})\s*[—–\-─=]{{3,}}\s*$")
_DAY_ALONE = re.compile(rf"^\s*({DATE})\s*(?:星期.|周.)?\s*$")
_NAME_DAY_CLOCK = re.compile(rf"^({_NAME})[ \t\u2005]+({DATE})[ \t]+({CLOCK})[:：]?\s*$")
_DAY_CLOCK_NAME = re.compile(
    rf"^({DATE})[ \t]+({CLOCK})[ \t]+({_NAME})(?:[(（<]\w+[)）>])?[:：]?\s*$"
)
_BRACKETED = re.compile(rf"^\[({DATE})[ \t]+({CLOCK})\][ \t]*({_NAME})[:：]\s?(.*)$")
_NAME_CLOCK = re.compile(rf"^({_NAME})[ \t]+({CLOCK})[:：]?\s*$")
_DAY_CLOCK = re.compile(rf"^({DATE})[ \t]+({CLOCK})\s*$")
_MEDIA = re.compile(
    r"^\[(图片|视频|语音|文件|表情|动画表情|Photo|Video|Voice|File|Sticker)\]\s*(\S.*)?$"
)
_SYSTEM = re.compile(
    r"^(?:.{0,60}(?:撤回了一条消息|recalled a message)|以上是打招呼的内容|.{0,80}添加了?你为?.{0,20}好友.{0,40})$"
)

_Start = tuple[ChatStamp, str, str]


def starts(text: str) -> int:
    """How many lines of ``text`` start a message in one of the layouts."""
    return len(_split(text.split("\n")))


def chat_lines(text: str) -> list[ChatLine]:
    """The messages of a copied or mailed WeChat text."""
    lines = text.split("\n")
    found = _split(lines)
    ends = [*(index for index, _, _ in found), len(lines)][1:]
    messages = []
    for (_, body_at, (stamp, sender, first)), end in zip(found, ends, strict=False):
        body = [line for line in (first, *lines[body_at:end]) if not _RULED_DAY.match(line)]
        message = _message(stamp, sender, "\n".join(body).strip())
        if message is not None:
            messages.append(message)
    return messages


def _message(stamp: ChatStamp, sender: str, text: str) -> ChatLine | None:
    if not text or _SYSTEM.match(text):
        return None
    if media := _MEDIA.match(text):
        return ChatLine(stamp, sender, "", media.group(2) or media.group(1))
    return ChatLine(stamp, sender, text)


def _split(lines: list[str]) -> list[tuple[int, int, _Start]]:
    """Where messages start: (line of the start, first line of the words, what the start says)."""
    best: list[tuple[int, int, _Start]] = []
    for layout in (_full_stamps, _name_above_stamp, _ruled_days):
        found = layout(lines)
        if len(found) > len(best):
            best = found
    return best


def _full_stamps(lines: list[str]) -> list[tuple[int, int, _Start]]:
    """Each message has name, day and clock on one line, in any order."""
    found = []
    for index, line in enumerate(lines):
        for read in _FULL:
            if start := read(line):
                found.append((index, index + 1, start))
                break
    return found


def _name_day_clock(line: str) -> _Start | None:
    match = _NAME_DAY_CLOCK.match(line)
    return match and (ChatStamp(match.group(2), match.group(3)), match.group(1), "")


def _day_clock_name(line: str) -> _Start | None:
    match = _DAY_CLOCK_NAME.match(line)
    return match and (ChatStamp(match.group(1), match.group(2)), match.group(3), "")


def _bracketed(line: str) -> _Start | None:
    match = _BRACKETED.match(line)
    return match and (ChatStamp(match.group(1), match.group(2)), match.group(3), match.group(4))


_FULL: tuple[Callable[[str], _Start | None], ...] = (_bracketed, _day_clock_name, _name_day_clock)


def _name_above_stamp(lines: list[str]) -> list[tuple[int, int, _Start]]:
    """The name stands on one line, day and clock on the next."""
    found: list[tuple[int, int, _Start]] = []
    for index in range(1, len(lines)):
        match, name = _DAY_CLOCK.match(lines[index]), lines[index - 1].strip().rstrip(":：")
        if match and 0 < len(name) <= 60:
            stamp = ChatStamp(match.group(1), match.group(2))
            found.append((index - 1, index + 1, (stamp, name, "")))
    return found


def _ruled_days(lines: list[str]) -> list[tuple[int, int, _Start]]:
    """A day stands alone above its messages, which begin with name and clock."""
    found: list[tuple[int, int, _Start]] = []
    day = ""
    for index, line in enumerate(lines):
        if alone := _RULED_DAY.match(line) or _DAY_ALONE.match(line):
            day = alone.group(1)
        elif day and (match := _NAME_CLOCK.match(line)):
            start = (ChatStamp(day, match.group(2)), match.group(1).strip(), "")
            found.append((index, index + 1, start))
    return found
