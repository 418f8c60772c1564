"""Owns signs that a few writers use for quotation marks and line ends, and turns them into the usual ones.

Must not guess separators or cut records.
"""

from __future__ import annotations

import re

#: Ends of lines and records that are none to a spreadsheet: of pages, of old databases, of Unicode.
ODD_ENDS = "\x1e\x1d\x0b\x0c\x85\u2028\u2029"
_ODD_END = re.compile(f"[{ODD_ENDS}]")
_PAIRS = (("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("「", "」"), ("＂", "＂"))
_SEPARATORS = r",;\t|~\^¦§，；：#!&"
#: Marks that stand in pairs belong to the words, unless nearly all of what they hold needs them.
_NEARLY_ALL = 0.8
#: Characters of a cell in such marks.
_LONGEST = 5000


def with_line_ends(text: str) -> str:
    """``text`` with line feeds where a file without any ordinary line end uses other signs.

    Such a sign at the very end says nothing either way.
    """
    text = text.rstrip(ODD_ENDS)
    if "\n" in text or "\r" in text:
        return text
    return _ODD_END.sub("\n", text)


def with_plain_marks(text: str) -> str:
    """``text`` with straight quotation marks where whole cells stand in curly or angular ones.

    Such marks around words of one cell or another stay what they are: part of the words.
    """
    for opening, closing in _PAIRS:
        if opening in text:
            text = _with_plain(text, opening, closing)
    return text


def _with_plain(text: str, opening: str, closing: str) -> str:
    in_marks = re.compile(
        rf"(?:(?<![^\r\n{_SEPARATORS}])|(?<=[,;|] )){opening}([\s\S]{{0,{_LONGEST}}}?){closing}"
        rf"(?=[\r\n{_SEPARATORS}]|\Z)"
    )
    inner = in_marks.findall(text)
    needing = sum(re.search(f"[{_SEPARATORS}]", words) is not None for words in inner)
    lines = text.count("\n") or text.count("\r")
    if not inner or (len(inner) < lines and needing < _NEARLY_ALL * len(inner)):
        return text

    def plain(match: re.Match[str]) -> str:
        words = match.group(1).replace(closing * 2, closing)
        return '"' + words.replace('"', '""') + '"'

    return in_marks.sub(plain, text)
