"""Owns where the headings of a table are: which row, how many rows, and what each column is called.

A heading row is told by known words, by how it differs from the rows below it, and by merges.
Must not walk the records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from app.sheets.layout.forms import is_of_a_form
from app.sheets.layout.heading_names import Header, named
from app.sheets.layout.shapes import (
    CODE,
    NUMBER,
    PROSE,
    TYPED,
    WORDS,
    counts_up,
    dominant_shape,
    is_count,
    is_year,
    shape,
    text_of,
)
from app.sheets.layout.view import View
from app.sheets.lexicon import PERIOD, is_known_heading
from app.sheets.tiers import tier_of

_SEARCHED_ROWS = 60
_SEARCHED_CELLS = 60_000
_SAMPLE = 12
#: A lone cell above some headings that is longer than this is a title, not their parent.
_LONGEST_PARENT = 30
_UNIT_LINE = re.compile(
    r"[(（\[【]?\s*(?:pcs|kgs?|lbs?|oz|cbm|cm|mm|m|m2|m3|%|usd|us\s?\$|[$€£¥]|rmb|eur|°c|mpa|g|l|ml|inch|in|元|件|箱|个|天|年)"
    r"\s*[)）\]】]?",
    re.IGNORECASE,
)
#: ``Attn: Mr. Schmidt``: a label with its value, of the letterhead.
_FACT = re.compile(r"[^:：]{1,24}[:：]\s*\S.*", re.DOTALL)
#: A sum of nothing yet, above the order form's column of sums.
_ZERO = re.compile(r"0(?:[.,]0+)?\s*[€$£¥]?")
_DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")
_FEWEST_CLASSES = 3
_FEWEST_DIGITS = 3
#: Digits of a number that is no quantity any more.
_LONGER_THAN_A_STEP = 8
#: Values that no row of headings holds, and known words that read as headings whatever is above.
_SURELY_VALUES = 2
_SURELY_KNOWN = 2
_FEWEST_RECORDS = 3
_LONG_NUMBER = re.compile(r"\d{8}")
#: ``labeling_unit_2``: as tables of databases call their columns.
_COLUMN = re.compile(r"[a-z]{2,}(?:_[a-z]{2,})+_\d{1,2}")
_SHORT_CODE = re.compile(r"[^\W\d_]{2,}[\W_]?\d{0,3}")


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: int
    score: float
    is_accepted: bool
    #: Most of its words are known and most columns have one.
    is_certain: bool = False


def find_header(view: View, start: int) -> Header | None:
    """The headings of the first table at or below row ``start``, or ``None`` where there are none."""
    most = max(_SAMPLE, min(_SEARCHED_ROWS, _SEARCHED_CELLS // (view.right - view.left)))
    nonblank = list(islice(view.filled_rows(start), most + _SAMPLE))
    candidates = [
        candidate
        for place, number in enumerate(nonblank[:most])
        if (candidate := _rate(view, nonblank, place)) is not None and candidate.is_accepted
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: candidate.score)
    rows = {candidate.row for candidate in candidates}
    for earlier in candidates:
        following = earlier.row + 1
        has_records = following < best.row and following not in rows
        if earlier.is_certain and has_records and len(view.filled(following)) >= 2:
            return _assemble(view, earlier.row, start)
    return _assemble(view, best.row, start)


def header_at(view: View, row: int) -> Header:
    """The headings in ``row``, which a person pointed at, and in what continues them below."""
    return _assemble(view, row, row)


def is_header_row(view: View, row: int) -> bool:
    """Whether ``row``, met below a table, starts another one."""
    nonblank = list(islice(view.filled_rows(row), _SAMPLE + 1))
    cells = view.filled(row)
    texts = {view.text(row, column) for column in cells}
    known = sum(map(is_known_heading, texts))
    if known < 2 or known < 0.5 * len(cells) or any(map(_is_data, texts)):
        return False
    if any(map(_is_record_number, texts)):
        return False
    rated = _rate(view, nonblank, 0)
    return rated is not None and rated.is_accepted


def is_heading_like(text: str) -> bool:
    """Whether ``text`` could stand above a column."""
    found = shape(text)
    if found == WORDS or is_known_heading(text) or PERIOD.fullmatch(text):
        return True
    if found == PROSE:
        return False
    if found == CODE and any(p.fullmatch(text) for p in (_SHORT_CODE, _COLUMN)):
        return True
    tier = tier_of(text)
    return tier is not None and not tier.is_exact


def _is_data(text: str) -> bool:
    """Whether ``text`` is a value; a bare number may be a step of prices, a long one is a phone.

    So is a value behind its label: ``Mobile: +86 138 0013 8000``.
    """
    if PERIOD.fullmatch(text):
        return False
    if shape(text) in TYPED:
        tier = tier_of(text)
        return tier is None or (tier.is_exact and len(text) >= _LONGER_THAN_A_STEP)
    if _FACT.fullmatch(text):
        return shape(re.split("[:：]", text.splitlines()[0], maxsplit=1)[-1]) in TYPED
    return bool(_LONG_NUMBER.search(text))


def _is_record_number(text: str) -> bool:
    """Whether ``text`` numbers a record: ``SUP0053``."""
    return shape(text) == CODE and sum(map(str.isdigit, text)) >= _FEWEST_DIGITS


def _heading_cells(texts: dict[int, str]) -> list[int]:
    """The columns whose text can be a heading; plain numbers only as years or as price steps."""
    like = [column for column, text in texts.items() if is_heading_like(text)]
    numbers = [column for column, text in texts.items() if column not in like and is_count(text)]
    values = [int(texts[column]) for column in numbers]
    rises = len(values) >= 2 and all(a < b for a, b in pairwise(values))
    years = len(values) >= 3 and all(is_year(texts[column]) for column in numbers)
    if rises and (years or sum(is_known_heading(texts[column]) for column in like) >= 2):
        like.extend(numbers)
    return like


def _classes(view: View, texts: dict[int, str], below: list[int]) -> list[int]:
    """Columns headed ``M6``, ``M8`` … or ``2mm``, ``3mm`` … above plain numbers: names of classes."""
    kin: dict[str, list[int]] = {}
    for column, text in texts.items():
        kin.setdefault(_DIGITS.sub("#", text), []).append(column)
    return [
        column
        for skeleton, columns in kin.items()
        if len(columns) >= _FEWEST_CLASSES and skeleton != "#" and "#" in skeleton
        if all(isinstance(view.value(row, c), Decimal | None) for row in below for c in columns)
        for column in columns
    ]


def _rate(view: View, nonblank: list[int], place: int) -> _Candidate | None:
    row = nonblank[place]
    cells = view.filled(row)
    texts = {column: text_of(view.value(row, column)) for column in cells}
    like = _heading_cells(texts)
    like += set(_classes(view, texts, nonblank[place + 1 : place + 1 + _SAMPLE])) - set(like)
    known = sum(is_known_heading(texts[column]) for column in like)
    enough = 0.5 if known >= 5 else 0.75
    below = nonblank[place + 1 : place + 1 + _SAMPLE]
    if known >= _SURELY_KNOWN and known >= 0.6 * len(cells):
        # The same headings again stand above each group of a list.
        below = [n for n in below if any(view.text(n, c) != text for c, text in texts.items())]
    if not like or len(like) < enough * len(cells) or is_of_a_form(view, texts, below):
        return None
    if not below:
        accepted = known >= 2 and known >= 0.5 * len(cells)
        return _Candidate(row, float(known), accepted or _is_lone_row(view, row, cells))
    if known == 0 and _is_first_record(view, texts, like, below):
        return None
    if _is_amid_records(view, texts, nonblank[:place], below, known=known):
        return None
    body = _body_columns(view, below)
    # Lines may be counted under no heading.
    body -= {c for c in body - set(cells) if counts_up(view.value(n, c) for n in below)}
    cover = _coverage(view, row, cells, body)
    contrast, repeat = _difference(view, texts, below)
    score = 2 * cover + 2 * contrast + 0.5 * min(known, 6) + known / len(cells)
    score -= 3 * repeat + 0.03 * place + (2 if len(cells) == 1 < len(body) else 0)
    accepted = _accepts(len(cells), len(body), known=known, cover=cover, contrast=contrast)
    if not accepted and known == 0 and repeat == 0 and _may_be_plain_heading(view, nonblank, place):
        accepted = cover >= 0.5
    certain = known >= 3 and known >= 0.6 * len(cells) and cover >= 0.6
    return _Candidate(row, score, accepted and repeat <= 0.34, certain)


def _is_first_record(view: View, texts: dict[int, str], like: list[int], below: list[int]) -> bool:
    """Whether numbers stand among the words just as in the rows below: no heading, a record."""
    numbers = [column for column in texts if column not in like]
    return bool(numbers) and all(
        shape(texts[column]) == NUMBER
        and dominant_shape([view.value(number, column) for number in below]) == NUMBER
        for column in numbers
    )


def _is_amid_records(
    view: View, texts: dict[int, str], above: list[int], below: list[int], *, known: int
) -> bool:
    """Whether the row holds values where those below do, or the rows above hold the same as those
    below: a row between them heads nothing.
    """
    dominant = {column: dominant_shape([view.value(n, column) for n in below]) for column in texts}
    values = [c for c, text in texts.items() if shape(text) == dominant[c] and _is_data(text)]
    if len(values) >= _SURELY_VALUES or known >= _SURELY_KNOWN:
        return len(values) >= _SURELY_VALUES
    near = [number for number in above[-_SAMPLE:] if len(view.filled(number)) >= len(texts) - 1]
    return (
        len(near) >= _FEWEST_RECORDS
        and len(texts) > 1
        and all(
            dominant_shape([view.value(number, column) for number in near]) == found
            for column, found in dominant.items()
        )
    )


def _accepts(cells: int, body: int, *, known: int, cover: float, contrast: float) -> bool:
    if cells == 1:
        return body == 1 and (known == 1 or contrast == 1)
    if known >= 2 and known >= 0.3 * cells and cover >= 0.3:
        return True
    return (contrast >= 0.2 and cover >= 0.5) or (known >= 1 and cover >= 0.7)


def _is_lone_row(view: View, row: int, cells: list[int]) -> bool:
    """A sheet of one row of short words: headings without records."""
    return view.top == row and len(cells) >= 2 and all(len(view.text(row, c)) < 40 for c in cells)


def _may_be_plain_heading(view: View, nonblank: list[int], place: int) -> bool:
    """The first full row of a table of words only, none of them known, above shorter rows of prose."""
    row = nonblank[place]
    cells = view.filled(row)
    if len(cells) < 2 or any(len(view.filled(above)) > 1 for above in nonblank[:place]):
        return False
    below = nonblank[place + 1 : place + 1 + _SAMPLE]
    lengths = [len(view.text(number, column)) for number in below for column in view.filled(number)]
    if sum(lengths) > 45 * len(lengths):
        return False
    texts = [view.text(row, column) for column in cells]
    has_digits = any(any(c.isdigit() for c in text) and shape(text) == WORDS for text in texts)
    # ``Foster, Jeovanni`` above ``Anderson, Mary`` is one of them.
    is_alike = any(all("," in view.text(n, c) for n in (row, *below)) for c in cells if below)
    return max(map(len, texts)) <= 40 and not has_digits and not is_alike


def _body_columns(view: View, below: list[int]) -> set[int]:
    counts: dict[int, int] = {}
    for number in below:
        for column in view.filled(number):
            counts[column] = counts.get(column, 0) + 1
    return {column for column, count in counts.items() if count >= 0.25 * len(below)}


def _coverage(view: View, row: int, cells: list[int], body: set[int]) -> float:
    covered = set(cells)
    for column in body - covered:
        merge = view.merge(row, column)
        # A title over the whole table covers nothing; a heading over two or three columns does.
        narrow = merge and merge.last_column - merge.first_column < 0.5 * len(body)
        if narrow or (merge and merge.first_row < row):
            covered.add(column)
    return len(covered & body) / len(body) if body else 0.0


def _difference(view: View, texts: dict[int, str], below: list[int]) -> tuple[float, float]:
    """Shares of the cells that differ in shape from what stands below, and that recur below."""
    differing = recurring = 0
    for column, text in texts.items():
        values = [view.value(number, column) for number in below]
        dominant = dominant_shape(values)
        differing += dominant in TYPED or (dominant == CODE and shape(text) != CODE)
        recurring += sum(text_of(value) == text for value in values) > 0.25 * len(below)
    return differing / len(texts), recurring / len(texts)


def _assemble(view: View, anchor: int, start: int) -> Header:
    rows = [anchor]
    while len(rows) < 3 and rows[0] - 1 >= max(start, view.top) and _leads(view, rows[0] - 1, rows):
        rows.insert(0, rows[0] - 1)
    while len(rows) < 3 and rows[-1] + 1 < view.bottom and _continues(view, rows[-1] + 1, rows):
        rows.append(rows[-1] + 1)
    return named(view, rows)


def _leads(view: View, row: int, rows: list[int]) -> bool:
    """Whether ``row`` is a heading row above the headings found so far."""
    cells = view.filled(row)
    texts = [view.text(row, column) for column in cells]
    if not cells or any(_is_data(text) or shape(text) == PROSE for text in texts):
        return False
    if 2 * sum(bool(_FACT.fullmatch(text)) for text in texts) >= len(texts):
        return False
    if _are_labels_with_values(texts):
        return False
    known = sum(map(is_known_heading, texts))
    if known >= 2 and known >= 0.6 * len(cells):
        return True
    if any(text.endswith((":", "：")) or "__" in text for text in texts):
        return False
    below = {c for c in range(view.left, view.right) if text_of(view.shown_value(rows[0], c))}
    width = len(below)
    if len(cells) == 1 and view.span(row, cells[0]) >= width:
        return False
    good = sum(_stands_over(view, row, column, below) for column in cells)
    if good == len(cells):
        is_short = len(texts[0]) <= _LONGEST_PARENT and view.span(row, cells[0]) <= 0.5 * width
        return len(cells) > 1 or (is_short and view.span(row, cells[0]) >= 2)
    adds = any(column not in below and view.span(row, column) == 1 for column in cells)
    return adds and len(cells) > 1 and 2 * good >= len(cells)


def _are_labels_with_values(texts: list[str]) -> bool:
    """Whether a row is of a form: labels with a colon, filled in beside each or not at all."""
    labels = [place for place, text in enumerate(texts) if text.endswith((":", "："))]
    return labels in (list(range(len(texts))), list(range(0, len(texts), 2)))


def _stands_over(view: View, row: int, column: int, below: set[int]) -> bool:
    merge = view.merge(row, column)
    if merge is not None and (merge.last_column > merge.first_column or merge.last_row > row):
        return True
    if not view.has_merges() and column in below and is_known_heading(view.text(row, column)):
        return column + 1 < view.right and not view.text(row, column + 1)
    return column not in below or view.text(row, column) == view.text(row + 1, column)


def _continues(view: View, row: int, rows: list[int]) -> bool:
    """Whether ``row`` belongs to the headings above it."""
    cells = view.filled(row)
    texts = {column: view.text(row, column) for column in cells}
    if _are_steps_under_headings(view, rows[-1], texts):
        return True
    zeros = [column for column, text in texts.items() if _ZERO.fullmatch(text)]
    if len(zeros) == 1 and len(cells) > 3:
        texts.pop(zeros[0])
        cells = list(texts)
    if not cells or not all(map(is_heading_like, texts.values())):
        return False
    units = sum(bool(_UNIT_LINE.fullmatch(text)) for text in texts.values())
    if units >= 2 and units >= 0.5 * len(cells):
        return True
    known = sum(map(is_known_heading, texts.values()))
    headed = {column for number in rows for column in view.filled(number)}
    wide = [c for c in cells if view.span(row, c) > max(2, view.span(rows[-1], c))]
    if len(cells) == 1 or wide:
        # A lone or wide cell is a group's title, unless it names a column that has no heading yet.
        bare = [column for column in cells if column not in headed and view.span(row, column) == 1]
        return bool(bare) and any(is_known_heading(texts[column]) for column in bare)
    if any(view.span(rows[-1], column) > 1 for column in view.filled(rows[-1])):
        under = [
            column for column in cells if view.span(rows[-1], _owner(view, rows[-1], column)) > 1
        ]
        if 2 * len(under) >= len(cells) and not _has_vertical_body(view, row):
            return True
    return known >= 2 and known >= 0.5 * len(cells) and _is_above_data(view, row, cells)


def _are_steps_under_headings(view: View, above: int, texts: dict[int, str]) -> bool:
    """Whether a row holds rising quantities under each wide price heading, and headings or units beside them."""
    told = {column: tier for column, text in texts.items() if (tier := tier_of(text))}
    steps = {column: tier.at_least for column, tier in told.items() if tier.is_exact}
    others = [text for column, text in texts.items() if column not in steps]
    groups: dict[int, list[int]] = {}
    for column, least in steps.items():
        groups.setdefault(_owner(view, above, column), []).append(least)
    rises = all(
        2 <= len(group) <= view.span(above, owner)
        and all(low < high for low, high in pairwise(group))
        for owner, group in groups.items()
    )
    is_told = all(_UNIT_LINE.fullmatch(text) or is_known_heading(text) for text in others)
    return bool(groups) and rises and is_told


def _owner(view: View, row: int, column: int) -> int:
    merge = view.merge(row, column)
    return merge.first_column if merge else column


def _has_vertical_body(view: View, row: int) -> bool:
    """Whether the row's own shapes are those of the rows below it: a record, not a heading."""
    below = list(islice(view.filled_rows(row + 1), _SAMPLE))
    if not below:
        return False
    texts = {column: view.text(row, column) for column in view.filled(row)}
    contrast, repeat = _difference(view, texts, below)
    return contrast == 0 or repeat > 0.3


def _is_above_data(view: View, row: int, cells: list[int]) -> bool:
    below = list(islice(view.filled_rows(row + 1), _SAMPLE))
    contrast, repeat = _difference(view, {c: view.text(row, c) for c in cells}, below)
    return bool(below) and contrast > 0 and repeat == 0
