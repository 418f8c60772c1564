"""Owns what tells a column that counts lines from one that numbers records or articles.

Must not look at other columns.
"""

from __future__ import annotations

import re

from app.sheets.mapping.evidence import Evidence

#: What is called so may count the lines of a paper.
ITEM_NUMBER = re.compile(r"item\s*(?:no|number|nr|#)|项目号|项号", re.IGNORECASE)
#: ``Item`` over 0012, 0037 … names articles; over 1, 2, 3 … it numbers lines.
_ITEM = re.compile(r"items?|no\.?|nr\.?|num(?:ber)?|id|编号", re.IGNORECASE)
_BARE_ITEM = re.compile(r"items?", re.IGNORECASE)
_SHORTEST_OF_AN_ITEM = 3
_SHORTEST_CODE = 4.5
_SHORTEST_NUMBER = 4.0
_FEWEST_NUMBERED = 3
#: From this share on a column holds codes.
_MOSTLY_CODES = 0.8


def are_codes(found: Evidence) -> bool:
    """Whether the values are what records are called by elsewhere: ``0000100234``, ``V0012``."""
    are_long = found.mean_length >= _SHORTEST_CODE
    is_coded = found.codes >= _MOSTLY_CODES or found.padded >= _MOSTLY_CODES
    return is_coded and are_long and found.distinct == found.filled


def counts_lines(phrase: str, found: Evidence, *, has_codes: bool) -> bool:
    """``Item No.`` over 1, 2, 3 … counts the lines of a paper; it is no article number."""
    if not ITEM_NUMBER.match(phrase):
        return False
    if not found.filled:
        return has_codes
    counts = found.numbers == 1 and found.mean_length <= 2 and found.distinct == found.filled
    return counts and (found.filled >= 2 or has_codes)


def are_records(found: Evidence) -> bool:
    """``ID`` over ``SUP-00012``: the record's own number somewhere, no counting of lines."""
    return found.codes >= 0.8 and found.counts < 0.2 and found.distinct == found.filled


def may_number_articles(phrase: str, found: Evidence) -> bool:
    """``ID`` over 7004, 7011, 7025: no list of goods counts its lines in thousands.

    Nor does ``Item`` over 100, 105, 110 where there are far fewer lines than that.
    """
    shortest = _SHORTEST_NUMBER
    if _BARE_ITEM.fullmatch(phrase.strip()):
        shortest = max(_SHORTEST_OF_AN_ITEM, len(str(2 * found.filled)) + 1)
    is_long = found.counts >= _MOSTLY_CODES and found.mean_length >= shortest
    return is_long and are_all_different(found) and _ITEM.fullmatch(phrase.strip()) is not None


def are_types(found: Evidence) -> bool:
    """Whether each ``Typ`` is one of a maker's own, AX-200 or BX-100, and sorts nothing."""
    return found.codes >= _MOSTLY_CODES and are_all_different(found)


def are_all_different(found: Evidence) -> bool:
    """Whether no value stands twice, among some at least."""
    return found.filled >= _FEWEST_NUMBERED and found.distinct == found.filled


def is_code(phrase: str, found: Evidence) -> bool:
    """``Item`` over 0012, 0037: numbers that count nothing."""
    return found.padded >= 0.3 and _ITEM.fullmatch(phrase.strip()) is not None
