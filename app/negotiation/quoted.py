"""Owns telling what a person wrote in a message from the earlier text quoted below or between it.

Must not throw anything away: quoted text is blanked, so that places in the text stay the same.
"""

from __future__ import annotations

import re

_QUOTE_LINE = re.compile(r"^\s*(?:>|\|)\s?", re.MULTILINE)
_INTRODUCTIONS = (
    r"^\s*-{2,}\s*(?:original message|original appointment|forwarded message|ursprüngliche nachricht"
    r"|mensaje original|message d'origine|messaggio originale|原始邮件|原始郵件|转发邮件|转发的邮件)\s*-{2,}",
    r"^\s*-{3,}\s*(?:回复的原邮件|回复的原邮件|原邮件)\s*-{3,}",
    r"^\s*on\b.{4,120}\bwrote\s*:\s*$",
    r"^\s*(?:am|le|el|il|em|den|op)\b.{4,120}\b(?:schrieb|a écrit|escribió|ha scritto|escreveu|skrev|schreef)\b.{0,80}:\s*$",
    r"^.{0,80}(?:于|在).{4,60}(?:写道|寫道)\s*[:：]\s*$",
    r"^_{10,}\s*$\n?(?=\s*(?:from|von|de|发件人)\s*[:：])",
    r"^\s*\*?(?:from|von|de|da|发件人|寄件者)\*?\s*[:：].{1,200}\n(?:.{0,200}\n){0,3}?\s*\*?"
    r"(?:sent|date|gesendet|datum|envoyé|enviado|inviato|发送时间|日期|寄件日期|to|收件人)\*?\s*[:：]",
)
_INTRODUCTION = re.compile("|".join(_INTRODUCTIONS), re.IGNORECASE | re.MULTILINE)


def own_words(text: str) -> str:
    """``text`` with all quoted parts replaced by spaces, line ends kept; of the same length.

    What follows the introduction of an earlier message is quoted to the end; lines marked with
    ``>`` are quoted wherever they stand, so that answers between them count.
    """
    end = len(text)
    introduction = _INTRODUCTION.search(text)
    if introduction is not None:
        if _answers_between(text[introduction.end() :]):
            start, stop = introduction.span()
            text = text[:start] + _blank(text[start:stop]) + text[stop:]
        else:
            end = introduction.start()
    kept = "".join(
        _blank(line) if _QUOTE_LINE.match(line) else line
        for line in text[:end].splitlines(keepends=True)
    )
    return kept + _blank(text[end:])


def _answers_between(quoted: str) -> bool:
    """Whether ``quoted`` marks its lines, so that unmarked ones are answers."""
    lines = [line for line in quoted.splitlines() if line.strip()]
    return bool(lines) and _QUOTE_LINE.match(lines[0]) is not None


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
