"""Owns the cutting of a text into records: quoted line breaks joined, damaged lines kept apart.

A regular file is read in one go; any other line by line, so that a stray quotation mark costs its
own line and never the following ones. Must not repair a damaged record.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.sheets.reading.dialect import OTHER_QUOTES, Dialect, stand_in

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_MOST_JOINED_LINES = 200
_LONGEST_FIELD = 2**31 - 1


@dataclass(slots=True)
class Record:
    """One record as written (separators of several characters stood in for) and as cut.

    ``state`` is ``"whole"``, or ``"broken"`` when quotation marks don't pair; then ``cells`` are
    what lies between the separators. ``quoted`` tells which cells were in quotation marks.
    """

    raw: str
    cells: list[str]
    quoted: list[bool]
    state: str = "whole"

    def has_loose(self, quote: str | None) -> bool:
        """Whether a cell that is not in quotation marks contains one."""
        return quote is not None and any(
            quote in cell and not quoted
            for cell, quoted in zip(self.cells, self.quoted, strict=True)
        )


def regular_rows(text: str, dialect: Dialect) -> list[list[str]] | None:
    """All rows when every one is whole and as long as the others; ``None`` for any other file
    and for one with escapes, of which only those of a quotation mark are to be taken away.

    Blank lines are empty rows and don't count as other.
    """
    if dialect.escape or _has_loose_quote(text, dialect):
        return None
    csv.field_size_limit(_LONGEST_FIELD)
    lines = io.StringIO(stand_in(text, dialect.delimiter), newline="")
    try:
        rows = list(dialect.reader(lines, strict=True))
    except csv.Error:
        return None
    widths = {len(row) for row in rows}
    widths.discard(0)
    if len(widths) > 1 or _swallowed(rows, dialect):
        return None
    if any(row and looks_written_otherwise(row, dialect.quote) for row in rows):
        return None
    return rows


def looks_written_otherwise(cells: Sequence[str], quote: str | None) -> bool:
    """Whether the cells stand in other marks than ``quote``, or a blank before each but the first."""
    first = cells[0]
    if first[:1] in OTHER_QUOTES and len(first) > 1 and first[-1] == first[0] != quote:
        return True
    return len(cells) > 2 and all(cell[:1] == " " for cell in cells[1:])


def _has_loose_quote(text: str, dialect: Dialect) -> bool:
    """Whether a quotation mark stands between two other characters of a cell, not doubled."""
    if not dialect.quote or dialect.quote not in text:
        return False
    quote = re.escape(dialect.quote)
    edges = re.escape(dialect.mark) + r"\r\n" + quote
    loose = re.compile(rf"{quote}(?=[^{edges}])(?<=[^{edges}]{quote})")
    return loose.search(stand_in(text, dialect.delimiter)) is not None


def _swallowed(rows: list[list[str]], dialect: Dialect) -> bool:
    """Whether a quoted field seems to have swallowed whole rows."""
    separator = dialect.mark
    for row in rows:
        for cell in row:
            if "\n" in cell or "\r" in cell:
                inner = re.split(r"[\r\n]+", cell)[1:-1]
                if any(
                    line.count(separator) == len(row) - 1 > 0 and not _is_prose(line, dialect)
                    for line in inner
                ):
                    return True
    return False


def _is_prose(line: str, dialect: Dialect) -> bool:
    """Whether a line of a quoted cell has its commas as sentences have them: a blank behind most."""
    if dialect.skips_space or dialect.mark == " ":
        return False
    return line.count(dialect.mark + " ") * 2 > line.count(dialect.mark)


def records(text: str, dialect: Dialect) -> list[Record]:
    """The records of ``text`` one by one; a blank line is a record without cells."""
    cutter = Cutter(dialect)
    lines = _lines(stand_in(text, dialect.delimiter))
    found: list[Record] = []
    position = 0
    while position < len(lines):
        record = cutter.cut(lines[position][0])
        taken = 1
        if record.state == "open":
            record, taken = cutter.join(lines, position)
        found.append(record)
        position += taken
    return found


def _lines(text: str) -> list[tuple[str, str]]:
    """Each line and its line end; the file's last line end makes no further line."""
    lines = [(m.group(1), m.group(2)) for m in _LINE.finditer(text)]
    while lines and lines[-1] == ("", ""):
        lines.pop()
    return lines


class Cutter:
    """Cuts lines into cells by the rules of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._separator = dialect.mark
        self._quote = dialect.quote
        self._escape = dialect.escape
        self._skips_space = dialect.skips_space
        self._width = dialect.width
        if dialect.quote:
            q, e = re.escape(dialect.quote), re.escape(dialect.escape or dialect.quote)
            plain = rf"[^{q}{e}]" if dialect.escape else rf"[^{q}]"
            self._field = re.compile(
                rf"{q}((?:{plain}|{e}.)*+){q}"
                if dialect.escape
                else rf"{q}((?:{plain}|{q}{q})*+){q}",
                re.DOTALL,
            )

    def cut(self, line: str) -> Record:
        """The record that ``line`` is, ``"open"`` when a quotation mark is not closed in it."""
        if not line:
            return Record(line, [], [])
        if self._quote is None or self._quote not in line:
            cells = [self._trimmed(cell) for cell in line.split(self._separator)]
            return Record(line, cells, [False] * len(cells))
        cells, quoted = [], []
        for cell, was_quoted, state in self._fields(line):
            if state != "whole":
                pieces = [self._trimmed(piece) for piece in line.split(self._separator)]
                return Record(line, pieces, [False] * len(pieces), state)
            cells.append(cell)
            quoted.append(was_quoted)
        return Record(line, cells, quoted)

    def _fields(self, line: str) -> Iterator[tuple[str, bool, str]]:
        position = 0
        while True:
            start = position
            if self._skips_space:
                while line[start : start + 1] == " ":
                    start += 1
            if line[start : start + 1] == self._quote:
                match = self._field.match(line, start)
                if match is None:
                    yield "", True, "open"
                    return
                end = match.end()
                if end < len(line) and not line.startswith(self._separator, end):
                    yield "", True, "broken"
                    return
                yield self._unescaped(match.group(1)), True, "whole"
            else:
                end = line.find(self._separator, position)
                end = len(line) if end < 0 else end
                yield line[start:end], False, "whole"
            if end >= len(line):
                return
            position = end + len(self._separator)

    def _trimmed(self, cell: str) -> str:
        return cell.lstrip(" ") if self._skips_space else cell

    def _unescaped(self, inner: str) -> str:
        quote = self._quote or ""
        if self._escape:
            inner = inner.replace(self._escape + quote, quote)
            return inner.replace("\\\\", "\\") if self._escape == "\\" else inner
        return inner.replace(quote + quote, quote)

    def join(self, lines: list[tuple[str, str]], position: int) -> tuple[Record, int]:
        """The record from ``position`` on with following lines, or the one line, broken.

        Lines that are whole records themselves are not taken in.
        """
        joined, end = lines[position]
        for taken in range(1, min(_MOST_JOINED_LINES, len(lines) - position)):
            line, next_end = lines[position + taken]
            joined += end + line
            end = next_end
            if self._quote and self._quote not in line and len(joined) < 100_000:
                continue
            record = self.cut(joined)
            if record.state == "whole" and not self._took_records(lines, position, taken):
                return record, taken + 1
            if record.state != "open":
                break
        alone = self.cut(lines[position][0])
        alone.state = "broken"
        return alone, 1

    def _took_records(self, lines: list[tuple[str, str]], position: int, taken: int) -> bool:
        """Whether all lines joined to the one at ``position`` are records of the usual length."""
        inner = [self.cut(line) for line, _ in lines[position + 1 : position + taken + 1]]
        return self._width > 1 and any(
            r.state == "whole"
            and len(r.cells) == self._width
            and not _is_prose(r.raw, self._dialect)
            for r in inner
        )
