"""Owns finding all tables of a sheet, above, below and beside each other.

Must not know which sheet of a workbook is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.kernel.text import fold
from app.sheets.grid import Sheet, Value
from app.sheets.layout.bodies import Body, filled_down, walk_body
from app.sheets.layout.cards import find_cards
from app.sheets.layout.cell_cards import find_block_cards, find_cell_cards
from app.sheets.layout.crosstabs import unpivoted
from app.sheets.layout.forms import find_form, find_transposed, uncounted
from app.sheets.layout.headers import find_header, header_at
from app.sheets.layout.heading_names import Header, heading_span
from app.sheets.layout.labelled_cards import find_labelled_cards
from app.sheets.layout.lines import find_lines
from app.sheets.layout.matrices import read_matrix
from app.sheets.layout.paired_forms import find_paired_form
from app.sheets.layout.prefixes import without_prefix
from app.sheets.layout.regions import TableRegion
from app.sheets.layout.shapes import (
    EMPTY,
    NUMBER,
    counts_up,
    dominant_shape,
    filled,
    is_empty,
)
from app.sheets.layout.steps import read_steps
from app.sheets.layout.view import View
from app.sheets.lexicon import is_known_heading, meanings

_SAMPLE = 500
_LEAST_OF_A_HALF = 4
#: What is wider is no card and no form, and looking for them takes a minute.
_MOST_COLUMNS = 1_000
#: The share of its headings that a list has in common with the one beside it.
_MOSTLY = 0.6
_NOT_LETTERS = re.compile(r"[\W_]+")
_NAMES = frozenset(["product", "item_no", "model", "style_no", "size"])


def find_tables(sheet: Sheet, heading_row: int | None = None) -> list[TableRegion]:
    """The tables of ``sheet`` from top to bottom, then left to right; empty for an empty sheet.

    ``heading_row`` (from 1) tells where the headings of the first table are, 0 that it has none.
    """
    view = _used_part(sheet)
    if view is None:
        return []
    return list(_tables_in(view) if heading_row is None else _told_tables(view, heading_row))


def _told_tables(view: View, heading_row: int) -> Iterator[TableRegion]:
    header = header_at(view, heading_row - 1) if heading_row else Header((), {}, view.top)
    body = walk_body(view, header)
    yield from _tables_under(view, header, body, view.top)
    if body.next_row < view.bottom:
        below = view.within(top=body.next_row, bottom=view.bottom, left=view.left, right=view.right)
        yield from _tables_in(below)


def _used_part(sheet: Sheet) -> View | None:
    rows = sheet.rows
    top = next((number for number, row in enumerate(rows) if filled(row)), None)
    if top is None:
        return None
    bottom = next(number for number in range(len(rows) - 1, -1, -1) if filled(rows[number])) + 1
    used = [
        column
        for column in range(len(rows[top]))
        if any(not is_empty(rows[number][column]) for number in range(top, bottom))
    ]
    return View(sheet, top, bottom, used[0], used[-1] + 1)


def _tables_in(view: View) -> Iterator[TableRegion]:
    start = view.top
    is_narrow = view.right - view.left <= _MOST_COLUMNS
    aside = is_narrow and (
        find_cards(view, start)
        or find_labelled_cards(view, start)
        or find_paired_form(view, start)
        or find_cell_cards(view, start)
        or find_lines(view, start)
        or find_block_cards(view, start)
    )
    if aside:
        yield aside
        return
    while start < view.bottom and any(True for _ in view.filled_rows(start)):
        header = find_header(view, start)
        aside = is_narrow and _form_or_transposed(view, start, header)
        if aside:
            yield aside
            return
        if header is None or not header.parts:
            header = _no_header(view, start)
        body = walk_body(view, header)
        yield from _tables_under(view, header, body, start)
        if body.next_row <= start:
            return
        start = body.next_row


def _tables_under(view: View, header: Header, body: Body, start: int) -> Iterator[TableRegion]:
    """The table of one heading and its body, or those that stand beside each other there."""
    parts = _side_by_side(view, header, body) if header.rows else _halves(view, header, body)
    if parts:
        for part in parts:
            yield from _tables_in(part)
    else:
        region = _region(view, header, body, start)
        if not region.columns and not region.excluded:
            return
        yield unpivoted(view, region) or read_steps(region) or read_matrix(view, region) or region


def _form_or_transposed(view: View, start: int, header: Header | None) -> TableRegion | None:
    if header is None:
        return find_form(view, start) or find_transposed(view, start, known_above=0)
    said = [" ".join(parts) for parts in header.parts.values() if any(map(is_known_heading, parts))]
    known = len(set(map(uncounted, said)))
    # ``型号A``, ``型号B``, ``型号C`` may be records beside each other.
    if known == len(said) >= max(2, 0.8 * len(header.parts)):
        return None
    return find_transposed(view, start, known_above=known) if start == view.top else None


def _no_header(view: View, start: int) -> Header:
    """A table without headings begins at the first row that is about as full as the others."""
    numbers = list(view.filled_rows(start))
    counts = sorted(len(view.filled(number)) for number in numbers[:_SAMPLE])
    enough = 0.5 * counts[len(counts) // 2]
    first = next((n for n in numbers if len(view.filled(n)) >= enough), numbers[0])
    return Header((), {}, first)


def _region(view: View, header: Header, body: Body, start: int) -> TableRegion:
    columns = _kept_columns(view, header, body)
    parts = tuple(header.parts.get(column, ()) for column in columns)
    rows = _rows(view, body, columns)
    first = header.rows[0] if header.rows else header.first_data_row
    return TableRegion(
        shape="table",
        headings=tuple(" ".join(" ".join(part).split()) for part in parts),
        heading_parts=without_prefix(parts),
        columns=tuple(columns),
        header_rows=header.rows,
        row_numbers=tuple(body.records),
        rows=rows,
        groups=body.groups,
        group_rows=tuple(body.group_rows),
        excluded=tuple(body.excluded),
        letterhead=tuple(n for n in range(start, first) if view.filled(n)),
        first_row=first,
        last_row=body.records[-1] if body.records else max(header.rows, default=first),
        first_column=columns[0] if columns else view.left,
        last_column=columns[-1] if columns else view.right - 1,
    )


def _kept_columns(view: View, header: Header, body: Body) -> list[int]:
    """Columns with a heading of their own or with values; a merge's further columns need values."""
    own = {column for row in header.rows for column in view.filled(row)}
    own |= {column for column in header.parts if column in header.recurring}
    kept = []
    filled_columns = {
        column
        for column in range(view.left, view.right)
        if any(not is_empty(view.value(row, column)) for row in body.records)
    }
    for column in range(view.left, view.right):
        is_headed = column in own and column in header.parts
        if is_headed and column not in filled_columns:
            span = heading_span(view, header, column)
            is_headed = not filled_columns & set(range(column, column + span))
        if column in filled_columns or is_headed:
            kept.append(column)
    return kept


def _rows(view: View, body: Body, columns: list[int]) -> tuple[tuple[Value, ...], ...]:
    first, last = (columns[0], columns[-1] + 1) if columns else (0, 0)
    source = view.sheet.rows
    if columns == list(range(first, last)):
        whole = first == 0 and last == len(source[0])
        rows = [source[n] if whole else source[n][first:last] for n in body.records]
    else:
        rows = [tuple(source[n][column] for column in columns) for n in body.records]
    place_of = {number: place for place, number in enumerate(body.records)}
    for number, column, value in filled_down(view, body.records):
        if column in columns:
            row = list(rows[place_of[number]])
            row[columns.index(column)] = value
            rows[place_of[number]] = tuple(row)
    return tuple(rows)


def _side_by_side(view: View, header: Header, body: Body) -> list[View]:
    """The windows of tables that stand beside each other, or nothing when there is one table."""
    columns = _kept_columns(view, header, body)
    segments = _segments(view, header, columns)
    segments = [segment for segment in segments if any(c in header.parts for c in segment)]
    if len(segments) < 2 or any(len(segment) < 2 for segment in segments):
        return _periodic(view, header, body, columns)
    if not (_repeats(header, segments) or _stand_alone(view, body, segments)):
        return []
    bottom = body.next_row
    return [
        view.within(top=header.rows[0], bottom=bottom, left=segment[0], right=segment[-1] + 1)
        for segment in segments
    ]


def _halves(view: View, header: Header, body: Body) -> list[View]:
    """The windows of one list without headings in several halves: an empty column, then the same again."""
    segments = _segments(view, header, _kept_columns(view, header, body))
    sizes = {len(segment) for segment in segments}
    if len(segments) < 2 or len(sizes) > 1 or sizes == {1} or len(body.records) < _LEAST_OF_A_HALF:
        return []
    rows = [view.sheet.rows[number] for number in body.records[:_SAMPLE]]
    shapes = [[dominant_shape(row[at] for row in rows) for at in segment] for segment in segments]
    if any(other != shapes[0] for other in shapes) or not set(shapes[0]) - {EMPTY, NUMBER}:
        return []
    return [
        view.within(
            top=header.first_data_row, bottom=body.next_row, left=segment[0], right=segment[-1] + 1
        )
        for segment in segments
    ]


def _segments(view: View, header: Header, columns: list[int]) -> list[list[int]]:
    """Runs of columns with no gap but those a merged heading bridges."""
    segments: list[list[int]] = []
    for column in columns:
        last = segments[-1][-1] if segments else column
        gap = range(last + 1, column)
        bridged = all(any(view.merge(row, place) for row in header.rows) for place in gap)
        if segments and bridged:
            segments[-1].append(column)
        else:
            segments.append([column])
    return segments


def _periodic(view: View, header: Header, body: Body, columns: list[int]) -> list[View]:
    """Lists side by side without a gap: the same headings again, from the first column on or behind
    the one that counts the lines.
    """
    texts = [_NOT_LETTERS.sub("", fold(" ".join(header.parts.get(c, ())))) for c in columns]
    if len(set(texts)) == len(texts):
        return []
    counted = int(
        texts.count(texts[0]) == 1 and counts_up(view.value(n, columns[0]) for n in body.records)
    )
    starts = [at for at, text in enumerate(texts) if at >= counted and text == texts[counted]]
    parts = [
        range(start, end) for start, end in zip(starts, [*starts[1:], len(texts)], strict=True)
    ]
    said = [[texts[at] for at in part] for part in parts]
    are_same = not counted and all(part == said[0] for part in said)
    if len(parts) < 2 or not _are_alike(said):
        return []
    if not are_same and not _names_article(header, columns[counted]):
        return []
    return [
        view.within(
            top=header.rows[0],
            bottom=body.next_row,
            left=columns[part[0]],
            right=columns[part[-1]] + 1,
        )
        for part in parts
    ]


def _are_alike(said: list[list[str]]) -> bool:
    """Whether the parts say the same headings in one order; one of them may have some of its own."""
    if any(not all(part) or len(set(part)) < len(part) for part in said):
        return False
    shared = [text for text in said[0] if all(text in part for part in said)]
    return all(
        [text for text in part if text in shared] == shared
        and len(shared) >= max(2, _MOSTLY * len(part))
        for part in said
    )


def _names_article(header: Header, column: int) -> bool:
    """Whether goods stand below a heading, not one of several vendors."""
    found = (m.field for part in header.parts.get(column, ()) for m in meanings(part))
    return not _NAMES.isdisjoint(found)


def _repeats(header: Header, segments: list[list[int]]) -> bool:
    """Whether the parts have the same headings: one list in two halves."""
    texts = [{" ".join(header.parts.get(c, ())) for c in segment} - {""} for segment in segments]
    return all(len(texts[0] & other) >= max(2, 0.6 * len(other)) for other in texts[1:])


def _stand_alone(view: View, body: Body, segments: list[list[int]]) -> bool:
    """Whether the parts are filled independently of each other: different lists side by side."""
    sample = body.records[:_SAMPLE]
    if len(sample) < 4:
        return False
    fills = [
        [any(not is_empty(view.shown_value(n, c)) for c in segment) for n in sample]
        for segment in segments
    ]
    alone = sum(len({fill[place] for fill in fills}) > 1 for place in range(len(sample)))
    return alone >= 0.25 * len(sample)
