"""Owns the way from a text file's bytes to characters: which encoding a file was written in.

The order: a mark at the start, strict UTF-8, UTF-16 and UTF-32 without a mark, then the national
encodings of the trade's countries by how plausible the decoded text is, and a statistical guess
last. Must not know delimiters or cells.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from app.kernel.errors import AppError
from app.sheets.reading.plausibility import plausibility

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What people call an encoding → the codec that reads it and everything written "like" it.
_CODECS = {
    "ascii": "utf-8",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
}
#: Tried in this order; an earlier one wins a tie. Chinese first: that is where most files are from.
NATIONAL = (
    "gb18030",
    "big5",
    "cp1252",
    "shift_jis",
    "euc_kr",
    "euc_jp",
    "cp1251",
    "cp1250",
    "cp1254",
    "cp1253",
    "koi8_r",
    "cp866",
    "cp1255",
    "cp1256",
    "cp874",
    "cp1258",
    "mac_roman",
)
#: What the window offers to choose from.
OFFERED = ("utf-8", "utf-16-le", "utf-16-be", *NATIONAL)
_SAMPLE_BYTES = 16 * 1024
_PLAUSIBLE = 0.3
_MOST_BESIDE = 2_000
_LINE_END = re.compile(rb"[\r\n]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the encoding it was read with, and how many characters could not be read."""

    text: str
    encoding: str
    unreadable: int = 0


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of ``data``, in ``encoding`` or in the one that makes most sense of it.

    Raises ``AppError("sheets.text.unknown_encoding")`` for a name no codec has.
    """
    if encoding is not None:
        return _decoded(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name)
    if b"\x00" in data:
        return _decoded(data, _wide(data))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _decoded(data, "utf-8")
    return _decoded(data, _national(data))


def _decoded(data: bytes, encoding: str) -> Decoded:
    codec = _CODECS.get(encoding.lower(), encoding)
    for mark, name in _MARKS:
        if name == codec.lower().replace("_", "-"):
            data = data.removeprefix(mark)
    try:
        text = data.decode(codec, errors="replace")
    except LookupError as unknown:
        raise AppError("sheets.text.unknown_encoding", encoding=encoding) from unknown
    return Decoded(text, encoding, text.count("\ufffd"))


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, or UTF-8 whose fields an old system filled up with zeros."""
    sample = data[: _SAMPLE_BYTES - _SAMPLE_BYTES % 4]
    names = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
    if sample.count(0) * 100 <= len(sample):
        return "utf-8"
    if sample.count(0) * 4 <= len(sample):
        names.append("utf-8")

    def sense(name: str) -> float:
        text = sample.decode(name, errors="replace")
        if name == "utf-8":
            text = _CONTROL.sub("\ufffd", text.replace("\x00", ""))
        plain = sum(c.isascii() and (c.isprintable() or c in "\t\r\n") for c in text)
        broken = text.count("\ufffd") + text.count("\x00")
        return plausibility(text) + (plain - 5 * broken) / max(len(text), 1)

    return max(names, key=sense)


def _mostly_utf8(data: bytes) -> bool:
    """Whether a few damaged bytes are all that keeps ``data`` from being UTF-8."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    good = sum(c >= "\x80" for c in text) - damaged
    return good >= 20 * damaged


def _national(data: bytes) -> str:
    sample = b"\n".join(_lines_outside_ascii(data))
    scores = {name: _score(sample, name) for name in NATIONAL}
    ranked = sorted(NATIONAL, key=lambda name: -round(scores[name], 2))
    for name in ranked:
        if scores[name] >= _PLAUSIBLE and _reads_whole(data, name):
            return name
    guess = from_bytes(sample).best()
    if guess is not None:
        return str(guess.encoding)
    return ranked[0] if scores[ranked[0]] > 0 else "cp1252"


def _lines_outside_ascii(data: bytes) -> list[bytes]:
    """Lines that tell the encoding, from the first on; of an endless one what stands around."""
    lines: list[bytes] = []
    size = position = 0
    while size <= _SAMPLE_BYTES and (high := _HIGH.search(data, position)):
        before = _LINE_END.split(data[max(position, high.start() - _MOST_BESIDE) : high.start()])
        behind = _LINE_END.split(data[high.start() : high.start() + _SAMPLE_BYTES], maxsplit=1)
        lines.append(before[-1] + behind[0])
        size += len(lines[-1])
        position = high.start() + len(behind[0])
    return lines


def _score(sample: bytes, name: str) -> float:
    text = sample.decode(_CODECS.get(name, name), errors="replace")
    wrong = text.count("\ufffd")
    return plausibility(text) - 5.0 * wrong / max(len(_HIGH.findall(sample)), 1)


def _reads_whole(data: bytes, name: str) -> bool:
    text = data.decode(_CODECS.get(name, name), errors="replace")
    return text.count("\ufffd") * 200 <= len(_HIGH.findall(data))
