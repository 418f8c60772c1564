"""Owns the walk down a table: which rows are records, which are groups, totals, notes or the end.

A row is never dropped in silence: what is not a record is a group or is excluded with a reason.
Must not find headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from app.kernel.messages import Message
from app.kernel.text import fold
from app.sheets.grid import Value
from app.sheets.layout.headers import is_header_row
from app.sheets.layout.heading_names import Header, heading_span
from app.sheets.layout.regions import ExcludedRow
from app.sheets.layout.shapes import (
    CODE,
    NUMBER,
    PROSE,
    TYPED,
    WORDS,
    dominant_shape,
    filled,
    is_empty,
    shape,
    text_of,
)
from app.sheets.layout.view import View

_SAMPLE = 400
_TOTAL_STARTS = frozenset("合总總小共累计gstив합총소計")
_LONGEST_TOTAL = 40
_LONGEST_UNIT = 6
_FEWEST_NUMBERED = 4
_INDENT = 4
#: So many titles stand above each other at most, the record below them counted.
_MOST_TITLES = 4
_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|总和|累计|(?:grand |sub ?)?total|sum total|итого|всего|합계|총계|소계|合計|小計|"
    r"gesamt|summe|total general|totale|somme)"
    r"(?:$|[\s:：(（]*(?:$|\d|amount|excl|incl|net|price|qty|quantity|usd|rmb|eur|value|of\b|合计|总计|小计|total|\(|（|:|：|"
    r"金额|数量|order|общ|fob\b|exw\b|cif\b|cfr\b|ddp\b|fca\b|ex works))"
)
_NOTE = re.compile(
    r"(?:注[:：意]|备注[:：]|说明[:：]|附注|以上|本报价|声明|温馨提示|\*|※|"
    r"(?:remarks?|notes?|n\.?b\.?|p\.?s\.?|attention|terms|disclaimer|hinweis|примечание|nota|비고|備考|注意)"
    r"\s*[:：.]|(?:terms (?:and|&) conditions|this (?:offer|invoice|quotation|price)|prices? (?:are|is|valid)))"
)
#: ``16G``, ``500 ml``: another size of what stands above, priced beside it.
_VARIANT = re.compile(r"\d[\d.,]*\s?[A-Za-z\u4e00-\u9fff]{1,3}")
_DIGITS = re.compile(r"\d+")
#: What counts groups where numbers count the articles: ``A``, ``IV``, 三, （二）.
_GROUP_NUMBER = re.compile(r"[(（]?(?:[A-Z]|[IVX]{1,4}|[一二三四五六七八九十]{1,3})[)）.、]?")
_SEPARATOR = re.compile(
    r"[\W_]*(?:第\s*[一二三四五六七八九十\d]+\s*[天页日]|day\s*\d+|page\s*\d+(?:\s*of\s*\d+)?|tag\s*\d+|"
    r"上午|下午|(?:[-—=_*~·.]\s*){3,})(?:[\W_]|day\s*\d+|page\s*\d+)*"
)
_LEGAL_NAME = re.compile(
    r"公司|厂$|厂[)）]|商行|经营部|\b(?:ltd|limited|inc|llc|gmbh|corp|s\.?a\.?|b\.?v\.?|co)\b\.?|ооо|株式会社|주식회사",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Body:
    """What the walk found: records, the group each stands under, the rows left out, the end."""

    records: list[int] = field(default_factory=list)
    groups: dict[int, str] = field(default_factory=dict)
    group_rows: list[tuple[int, str]] = field(default_factory=list)
    excluded: list[ExcludedRow] = field(default_factory=list)
    #: The first row that belongs to another table, or the end of the window.
    next_row: int = 0


@dataclass(slots=True)
class _Walk:
    """The state of one walk."""

    view: View
    header: Header
    typical: float
    dominant: dict[int, str]
    last_full: int
    body: Body = field(default_factory=Body)
    #: The first cells that would repeat the headings, and columns whose shape gives a row away.
    first_words: frozenset[str] = frozenset()
    typed_places: tuple[int, ...] = ()
    has_wide_cells: bool = False
    #: Columns whose values all begin at the cell's edge.
    flush: frozenset[int] = frozenset()
    group: str = ""
    is_over: bool = False
    was_blank: bool = False


def walk_body(view: View, header: Header) -> Body:
    """The records below ``header`` in ``view``; a table without headings has an empty header."""
    start = header.first_data_row
    walk = _prepared(view, header, start)
    for number in range(start, view.bottom):
        row = view.row(number)
        cells = filled(row)
        if not cells:
            walk.was_blank = True
            continue
        if not walk.body.records and _numbers_columns(walk, row, cells):
            _exclude(walk, number, "layout.row_repeats_header")
            continue
        if _is_plain_record(walk, number, row, cells):
            _record(walk, number)
            continue
        if _starts_another(walk, number, cells):
            walk.body.next_row = number
            return walk.body
        if (title := _repeats_block(walk, number, cells)) is not None:
            first = _title_above(walk)
            if _LEGAL_NAME.search(view.text(*title)) or _LEGAL_NAME.search(first):
                _end_before(walk, title[0])
                return walk.body
            _name_first_group(walk, first)
        _place(walk, number, cells)
        walk.was_blank = False
    walk.body.next_row = view.bottom
    if _begins_like_a_group(walk, first := _title_above(walk)):
        _name_first_group(walk, first)
    return walk.body


def _prepared(view: View, header: Header, start: int) -> _Walk:
    numbers = range(start, view.bottom)
    step = max(1, len(numbers) // _SAMPLE)
    sample = [row for number in numbers[::step] if filled(row := view.row(number))]
    counts = [len(filled(row)) for row in sample]
    # Totals, terms and thin lines below drag the middle down, so the upper quartile counts.
    typical = float(sorted(counts)[len(counts) * 3 // 4]) if counts else 0.0
    enough = max(2.0, 0.5 * typical)
    full = [row for row, count in zip(sample, counts, strict=True) if count >= enough] or sample
    dominant = {
        view.left + place: dominant_shape((row[place] for row in full), share=0.7)
        for place in range(view.right - view.left)
    }
    last_full = next(
        (
            n
            for n in reversed(numbers)
            if len(filled(view.row(n))) >= enough and not _says_total(view.row(n))
        ),
        start - 1,
    )
    walk = _Walk(view, header, typical, dominant, last_full)
    walk.group = header.group
    if header.group and start - 1 not in header.rows:
        walk.body.group_rows.append((start - 1, header.group))
    headings = (word for parts in header.parts.values() for word in _said(parts))
    titles = (view.text(row, view.filled(row)[0]) for row in _titles(walk))
    walk.first_words = frozenset((*headings, *titles))
    typed = sorted((found != NUMBER, c) for c, found in dominant.items() if found in TYPED)
    walk.typed_places = tuple(column - view.left for _, column in typed[:2])
    walk.has_wide_cells = view.has_merges()
    walk.flush = frozenset(
        view.left + place
        for place in range(view.right - view.left)
        if not any(isinstance(v := row[place], str) and v[:1].isspace() for row in full)
    )
    return walk


def _is_plain_record(walk: _Walk, number: int, row: tuple[Value, ...], cells: list[int]) -> bool:
    """Whether nothing at all is remarkable about a row, so that fifty thousand are told quickly."""
    if walk.was_blank or walk.is_over or len(cells) < max(2.0, 0.5 * walk.typical):
        return False
    first = row[cells[0]]
    if isinstance(first, str):
        if first[:1].lower() in _TOTAL_STARTS or first.strip() in walk.first_words:
            return False
    elif walk.view.merge(number, walk.view.left + cells[0]) is not None:
        return False
    second = row[cells[1]]
    if isinstance(second, str) and second[:1].lower() in _TOTAL_STARTS:
        return False
    if walk.has_wide_cells and any(
        walk.view.merge(number, walk.view.left + place) for place in cells
    ):
        return False
    return all(
        (value := row[place]).__class__ is not str
        or value[:1].isdigit()
        or shape(value) not in (WORDS, CODE)
        for place in walk.typed_places
    )


def _numbers_columns(walk: _Walk, row: tuple[Value, ...], cells: list[int]) -> bool:
    """Whether a row right below the headings counts the columns, as forms of authorities do: 1, 2, 3 …

    Columns that are hidden leave gaps.
    """
    texts = [text_of(row[place]) for place in cells]
    is_whole = len(cells) >= max(_FEWEST_NUMBERED, 0.8 * len(walk.header.parts))
    if not is_whole or texts[0] != "1" or not all(t.isascii() and t.isdigit() for t in texts):
        return False
    rises = all(int(before) < int(after) for before, after in pairwise(texts))
    return rises and int(texts[-1]) < 2 * len(texts)


def _place(walk: _Walk, number: int, cells: list[int]) -> None:
    """Files one row that is not blank."""
    is_full = len(cells) >= max(2.0, 0.5 * walk.typical)
    first = text_of(walk.view.row(number)[cells[0]])
    title = _wide_title(walk, number, cells) if is_full else None
    if title is not None:
        _open_group(walk, number, title)
    elif _repeats_header(walk, number, cells) or _repeats_title(walk, number, cells):
        _exclude(walk, number, "layout.row_repeats_header")
    elif _says_total(walk.view.row(number)) and _sums_up(walk, number, cells):
        walk.is_over = walk.is_over or _nothing_follows(walk, number)
        _exclude(walk, number, "layout.row_is_total")
    elif walk.is_over:
        _exclude(walk, number, "layout.row_is_below_table")
    elif is_full:
        _record(walk, number)
    else:
        _place_sparse(walk, number, cells, first)


def _place_sparse(walk: _Walk, number: int, cells: list[int], first: str) -> None:
    is_trailing = number > walk.last_full
    if _SEPARATOR.fullmatch(fold(first)) and len(cells) == 1:
        _exclude(walk, number, "layout.row_is_separator")
    elif _NOTE.match(fold(first)) and (is_trailing or len(cells) == 1) and walk.typical > 1:
        walk.is_over = walk.is_over or is_trailing
        _exclude(walk, number, "layout.row_is_note")
    elif not is_trailing:
        title = _group_title(walk, number, cells)
        if title is None:
            _record(walk, number)
        else:
            _open_group(walk, number, title)
    elif _is_leftover(walk, number, cells):
        walk.is_over = True
        _exclude(walk, number, "layout.row_is_below_table")
    else:
        _record(walk, number)


def _open_group(walk: _Walk, number: int, title: str) -> None:
    walk.group = title
    walk.body.group_rows.append((number, title))


def _record(walk: _Walk, number: int) -> None:
    walk.body.records.append(number)
    if walk.group:
        walk.body.groups[number] = walk.group


def _exclude(walk: _Walk, number: int, key: str) -> None:
    row = walk.view.row(number)
    text = " ".join(text_of(row[place]) for place in filled(row))[:200]
    walk.body.excluded.append(ExcludedRow(number, text, Message(key)))


def _wide_title(walk: _Walk, number: int, cells: list[int]) -> str | None:
    """A group's title in a row that says more than the title: the headings again, or zeros."""
    if not walk.view.has_merges() or not any(_is_wide(walk, number, place) for place in cells):
        return None
    return _group_title(walk, number, cells)


def _is_wide(walk: _Walk, number: int, place: int) -> bool:
    """Whether a cell is merged over more columns than the heading above it."""
    column = walk.view.left + place
    span = walk.view.span(number, column)
    return span >= 2 and span > heading_span(walk.view, walk.header, column)


def _group_title(walk: _Walk, number: int, cells: list[int]) -> str | None:
    """The title a row in the middle gives to the rows below it, or ``None`` for a record."""
    view = walk.view
    row = view.row(number)
    words = [
        place for place in cells if shape(row[place]) not in TYPED and not _is_zero(row[place])
    ]
    others = [
        place
        for place in words
        if walk.header.recurring.get(view.left + place) != text_of(row[place])
    ]
    if len(others) == len(cells) == 2 and _numbers_a_group(walk, row, others[0]):
        return text_of(row[others[1]])
    if len(others) == 1 and _is_indented(walk, row, others[0]):
        return text_of(row[others[0]])
    if len(others) != 1 or (len(cells) > len(words) and not _all_zero(row, cells, words)):
        return None
    place = others[0]
    text = text_of(row[place])
    if _is_wide(walk, number, place) or len(words) > 1:
        return text
    if walk.typical < 3 or len(cells) > 1 or _LEGAL_NAME.search(text):
        return None
    return text if _heads_rows(view, number) else None


def _numbers_a_group(walk: _Walk, row: tuple[Value, ...], place: int) -> bool:
    """Whether a letter stands where the articles have numbers: ``A`` before ``STEEL UTENSILS``."""
    is_marked = _GROUP_NUMBER.fullmatch(text_of(row[place])) is not None
    return is_marked and walk.dominant[walk.view.left + place] == NUMBER


def _is_indented(walk: _Walk, row: tuple[Value, ...], place: int) -> bool:
    """Whether a title stands further in than the articles, as ranks of groups do in exports of 1C.

    A group may have a number of its own, but never a price.
    """
    value = row[place]
    if not isinstance(value, str) or walk.view.left + place not in walk.flush:
        return False
    return value[:_INDENT].isspace() and len(value.strip()) > 1


def _heads_rows(view: View, number: int) -> bool:
    """Whether records follow a lone title, right below it or below titles of a lower rank."""
    following = islice(view.filled_rows(number + 1), _MOST_TITLES)
    return any(len(view.filled(row)) >= 2 for row in following)


def _is_leftover(walk: _Walk, number: int, cells: list[int]) -> bool:
    """Whether a thin row after the last full one is no record: notes, signatures, bare sums."""
    row = walk.view.row(number)
    shapes = {walk.view.left + place: shape(row[place]) for place in cells}
    if not walk.was_blank and len(cells) > 1 and _VARIANT.fullmatch(text_of(row[cells[0]])):
        return False
    if all(found == NUMBER for found in shapes.values()):
        return walk.typical >= 3 or walk.was_blank
    if any(
        found in (WORDS, PROSE) and walk.dominant[column] in TYPED
        for column, found in shapes.items()
    ):
        return True
    if len(cells) == 1 and walk.typical >= 3:
        return not _LEGAL_NAME.search(text_of(row[cells[0]])) or walk.was_blank
    return walk.was_blank and (PROSE in shapes.values() or len(cells) == 1)


def _repeats_header(walk: _Walk, number: int, cells: list[int]) -> bool:
    """Whether a row says the headings again, in any of their levels."""
    view, parts = walk.view, walk.header.parts
    row = view.row(number)
    first = view.left + cells[0]
    if first not in parts or " ".join(text_of(row[cells[0]]).split()) not in _said(parts[first]):
        return False
    matching = sum(
        " ".join(text_of(row[place]).split()) in _said(parts.get(view.left + place, ()))
        for place in cells
    )
    return matching >= 2 and matching == len(cells) and 2 * matching >= len(parts)


def _repeats_title(walk: _Walk, number: int, cells: list[int]) -> bool:
    """Whether a row of a title and its page stands above the headings, too: ``Price list | Page 2 of 2``."""
    return len(cells) > 1 and _uncounted(walk.view, number) in {
        _uncounted(walk.view, row) for row in _titles(walk)
    }


def _titles(walk: _Walk) -> Iterator[int]:
    """The rows above the headings that say more than one thing."""
    above = range(walk.view.top, min(walk.header.rows, default=walk.view.top))
    return (row for row in above if len(walk.view.filled(row)) > 1)


def _uncounted(view: View, number: int) -> tuple[str, ...]:
    return tuple(_DIGITS.sub("", view.text(number, column)) for column in view.filled(number))


def _said(parts: tuple[str, ...]) -> tuple[str, ...]:
    lines = [" ".join(part.split()) for part in parts]
    return (*lines, " ".join(lines))


def _repeats_block(walk: _Walk, number: int, cells: list[int]) -> tuple[int, int] | None:
    """The lone cell under which the headings stand again, as they did under the first block's title."""
    if not walk.body.records or not _repeats_header(walk, number, cells):
        return None
    row = next((r for r in range(number - 1, walk.body.records[0], -1) if walk.view.filled(r)), -1)
    above = walk.view.filled(row) if row >= 0 else []
    return (row, above[0]) if len(above) == 1 else None


def _end_before(walk: _Walk, title: int) -> None:
    """Each block is another company's list, with its name above it: this one ends before the next name."""
    body = walk.body
    body.next_row = title
    body.records = [row for row in body.records if row < title]
    body.group_rows = [group for group in body.group_rows if group[0] < title]


def _title_above(walk: _Walk) -> str:
    """The lone text right above the headings, which may be the title of the first block."""
    row = min(walk.header.rows, default=0) - 1
    cells = walk.view.filled(row) if row >= walk.view.top else []
    return walk.view.text(row, cells[0]) if len(cells) == 1 else ""


def _begins_like_a_group(walk: _Walk, title: str) -> bool:
    """Whether the title above the headings is called as the first group: HALL 8.1, HALL 9.2."""
    said = title.split()
    groups = walk.body.group_rows[:1]
    return len(said) > 1 and any(text.split()[:1] == said[:1] for _, text in groups)


def _name_first_group(walk: _Walk, title: str) -> None:
    """Gives the rows of the first block the title above them, as the later blocks have theirs."""
    if title and walk.body.group_rows:
        first_later = walk.body.group_rows[0][0]
        for number in walk.body.records:
            if number < first_later:
                walk.body.groups.setdefault(number, title)


def _starts_another(walk: _Walk, number: int, cells: list[int]) -> bool:
    """Whether another table begins here."""
    if not walk.body.records and not walk.was_blank:
        return False
    row = walk.view.row(number)
    suspicious = walk.was_blank or any(
        shape(row[place]) in (WORDS, CODE) for place in walk.typed_places
    )
    if not suspicious or len(cells) < 2 or _repeats_whole_header(walk, row, cells):
        return False
    return is_header_row(walk.view, number)


def _repeats_whole_header(walk: _Walk, row: tuple[Value, ...], cells: list[int]) -> bool:
    parts = walk.header.parts
    said = {walk.view.left + place: " ".join(text_of(row[place]).split()) for place in cells}
    return set(said) == set(parts) and all(text in _said(parts[c]) for c, text in said.items())


def _says_total(row: tuple[Value, ...]) -> bool:
    """Whether one of the first two filled cells says that the row sums up the rows above."""
    seen = 0
    for value in row:
        if value is None or value == "":
            continue
        if isinstance(value, str) and len(value) <= _LONGEST_TOTAL and _TOTAL.match(fold(value)):
            return True
        seen += 1
        if seen == 2:
            break
    return False


def _sums_up(walk: _Walk, number: int, cells: list[int]) -> bool:
    """Whether nothing but sums and units stands beside the word for a total."""
    row = walk.view.row(number)
    texts = [text_of(row[place]) for place in cells if shape(row[place]) in (WORDS, PROSE)]
    sums = sum(bool(_TOTAL.match(fold(text))) for text in texts)
    units = sum(len(text) <= _LONGEST_UNIT and not _TOTAL.match(fold(text)) for text in texts)
    return (sums <= 2 and sums + units >= len(texts)) or len(cells) < 0.5 * walk.typical


def _nothing_follows(walk: _Walk, number: int) -> bool:
    """Whether a total ends the table: no full row stands in the rows right below it."""
    enough = max(2.0, 0.6 * max(walk.typical, 0.5 * len(walk.header.parts)))
    following = range(number + 1, min(number + 4, walk.view.bottom))
    return all(len(filled(walk.view.row(other))) < enough for other in following)


def _is_zero(value: Value) -> bool:
    return not isinstance(value, str) and value is not None and value == 0


def _all_zero(row: tuple[Value, ...], cells: list[int], words: list[int]) -> bool:
    return all(_is_zero(row[place]) for place in cells if place not in words)


def filled_down(view: View, records: list[int]) -> Iterator[tuple[int, int, Value]]:
    """Values merged over several rows, for each further row: row, column, value."""
    if not records or not view.has_merges():
        return
    rows = set(records)
    for merge in view.sheet.merges:
        if merge.last_row <= merge.first_row or not records[0] <= merge.first_row < view.bottom:
            continue
        if not view.left <= merge.first_column < view.right:
            continue
        value = view.value(merge.first_row, merge.first_column)
        if is_empty(value):
            continue
        for number in range(merge.first_row + 1, min(merge.last_row + 1, view.bottom)):
            if number in rows and is_empty(view.value(number, merge.first_column)):
                yield number, merge.first_column, value
