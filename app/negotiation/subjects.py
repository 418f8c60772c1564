"""Owns the folded subject: what is left of a subject when replies and forwards are peeled off.

Must not join messages by it alone; see :mod:`joining`.
"""

from __future__ import annotations

import re

from app.kernel.text import fold

_PREFIX = re.compile(
    r"""^\s*(?:
        (?:re|aw|sv|vs|antw|odp|rv|ref|res|rif|r|ynt|atb|回复|回覆|答复|答覆|回信   # replies
         |fwd?|wg|wtr|tr|vb|vl|pd|enc|i|doorst|iltl|转发|轉寄|轉發|转寄)          # forwards
        \s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s*[:：]\s*
      | \[(?:external|ext|外部邮件|外部)\]\s*:?\s*
      | \(fwd?\)\s*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_PEELED = 50


def bare_subject(subject: str) -> str:
    """``subject`` without the marks of replies and forwards, as written otherwise."""
    for _ in range(_MAX_PEELED):
        match = _PREFIX.match(subject)
        if match is None or match.end() == 0:
            break
        subject = subject[match.end() :]
    return subject.strip()


def folded_subject(subject: str) -> str:
    """The form in which two subjects are the same: bare, then folded in width, case and script."""
    return fold(bare_subject(subject))
