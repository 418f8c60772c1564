"""Owns how a text table is written down: separator, quotation mark, escape; and the guess at it.

The guess tries each sensible dialect on the first lines and keeps the one that gives rows of one
length filled with recognisable values. Must not repair rows or know encodings.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.sheets.reading.kinds import TELLING, kind

#: Stands for a separator of several characters while the text is split.
STAND_IN = "\ue0fe"
#: Columns lined up with blanks: two or more of them separate, whatever their number.
ALIGNED = "  "
_ALIGNING = re.compile(r"(?<=\S) {2,}(?=\S)")
_EDGE_BLANKS = re.compile(r"(?<![^\r\n]) +| +(?![^\r\n])")
_SINGLE = (",", ";", "\t", "|", "~", "^", "¦", "§", "\x1f", "\x01", "，", ":", " ")
#: Signs of ordinary text that separate only where every line has several of them.
_RARE = ("#", "!", "&", "；", "｜")
#: What may be a quotation mark besides the double one.
OTHER_QUOTES = "'`´"
_ESCAPES = "\\^~!#@%&*|$`"
_SEVERAL = (
    " | ",
    " ; ",
    " , ",
    "||",
    ";;",
    "::",
    "~~",
    "##",
    "@@",
    "|~|",
    "~|~",
    "<>",
    "<|>",
    "%%",
    "^^",
)
#: How far a separator is trusted: the weak ones occur in plain text and dates as well.
_TRUST = {" ": 0.55, ALIGNED: 0.7, ":": 0.36, "^": 0.9, "~": 0.9, "，": 0.8}
_SAMPLE_CHARACTERS = 48 * 1024
_SAMPLE_ROWS = 160
#: What a table of several columns must reach; below it every line is one cell.
_NEEDED_OF_WEAK = 0.12
_NEEDED_WITH_SPACE = 0.187
#: The share of typed cells without which blanks are rather between words than between cells.
_TYPED_ENOUGH = 0.25
_ONE_COLUMN_SIGNS = ("\t", ";", "|", "\x1f")
_COLUMNS_LOOKED_AT = 40
#: What separates the cells of tables that stand below a letterhead; so many lines make one.
_OF_TABLES = (";", ",", "\t", "|")
_FEWEST_BELOW = 3
_DIRECTIVE = re.compile(r"\A\ufeff?\"?sep=(.[^\r\n\"]{0,3}?)\"?(?:\r\n|\n|\r|\Z)", re.IGNORECASE)
_SEPARATORS_IN_TEXT = re.compile(r"[,;\t|]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How rows are written: ``delimiter`` may be several characters, ``quote`` ``None`` for none.

    ``skips_space`` means that a space after the separator belongs to it. ``escape`` is the mark
    before a quotation mark inside quotes; ``None`` when it is doubled instead. ``width`` is the
    number of columns most rows of the sample have.
    """

    delimiter: str
    quote: str | None = '"'
    escape: str | None = None
    skips_space: bool = False
    width: int = 1

    @property
    def name(self) -> str:
        """The separator as offered to the person."""
        return self.delimiter + " " if self.skips_space else self.delimiter

    @property
    def mark(self) -> str:
        """The one character that separates cells once the separator is stood in for."""
        return self.delimiter if len(self.delimiter) == 1 else STAND_IN

    def reader(self, lines: io.StringIO, *, strict: bool) -> Iterator[list[str]]:
        """A reader of records from ``lines``; separators of several characters stood in for."""
        return csv.reader(
            lines,
            delimiter=self.mark,
            quotechar=self.quote or '"',
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape,
            doublequote=self.escape is None,
            skipinitialspace=self.skips_space,
            strict=strict,
        )


def directive(text: str) -> tuple[str, int] | None:
    """The separator that a first line ``sep=;`` names, and the length of that line."""
    match = _DIRECTIVE.match(text)
    return (match.group(1), match.end()) if match else None


def guess_dialect(text: str, delimiter: str | None = None) -> Dialect:
    """The dialect that makes most sense of ``text``; ``delimiter`` when the person knows it."""
    sample = _sample(text)
    best, best_score = _best_of(sample, _candidates(sample, delimiter), Dialect(delimiter or ","))
    below = _below_letterhead(sample, best) if delimiter is None else None
    if below is not None:
        best, best_score = _best_of(below, _candidates(below, None), best)
    elif delimiter is None and best_score < _needed(sample, best):
        unused = next((sign for sign in (",", *_ONE_COLUMN_SIGNS) if sign not in sample), ",")
        best = Dialect(unused, best.quote, width=1)
    return _with_escape(sample, best)


def _best_of(sample: str, candidates: list[Dialect], best: Dialect) -> tuple[Dialect, float]:
    best_score = -1.0
    for candidate in candidates:
        score, width = _score(sample, candidate, best_score)
        if score > best_score + 1e-9:
            best, best_score = replace(candidate, width=width), score
    return best, best_score


def _below_letterhead(sample: str, best: Dialect) -> str | None:
    """The last lines where another separator parts all of them alike and the best one does not.

    Then that one is only the commas of a letterhead, and of words in the cells. ``None`` where
    nothing says so: where the first of the lines, which has the headings, holds it too.
    """
    lines = [line for line in sample.splitlines() if line.strip()][-_SAMPLE_ROWS:]
    for sign in _OF_TABLES:
        if sign == best.mark or len(lines) < _FEWEST_BELOW:
            continue
        counts = [_cells(line, sign) for line in lines]
        alike = next((n for n, count in enumerate(counts[::-1]) if count != counts[-1]), None)
        if counts[-1] < 2 or alike is None or alike < _FEWEST_BELOW or counts[-alike - 1] > 1:
            continue
        below = lines[-alike:]
        others = [_cells(line, best.delimiter[:1]) for line in below]
        if others[0] == 1 and (max(others) == 1 or len(set(others)) > 1):
            return "\n".join(below) + "\n"
    return None


def _cells(line: str, sign: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=sign)))
    except csv.Error:
        return 1


def _needed(sample: str, best: Dialect) -> float:
    """The score below which the separator is only part of the words in a single column."""
    if best.delimiter in (" ", ":"):
        return _NEEDED_OF_WEAK
    if best.width <= 2 and _followed_by_space(sample, best.delimiter):
        return _NEEDED_WITH_SPACE
    return 0.0


def _sample(text: str) -> str:
    """The first lines, cut at a line end."""
    if len(text) <= _SAMPLE_CHARACTERS:
        return text
    cut = max(text.rfind("\n", 0, _SAMPLE_CHARACTERS), text.rfind("\r", 0, _SAMPLE_CHARACTERS))
    return text[: cut + 1] if cut > 0 else text[:_SAMPLE_CHARACTERS]


def _candidates(sample: str, delimiter: str | None) -> list[Dialect]:
    if delimiter is not None and len(delimiter) == 2 and delimiter[1] == " " != delimiter[0]:
        return [Dialect(delimiter[0], quote, skips_space=True) for quote in _quotes(sample)]
    delimiters = [delimiter] if delimiter else _present(sample)
    found = []
    for quote in _quotes(sample):
        for sign in delimiters:
            found.append(Dialect(sign, quote))
            if sign in ",;|:，" and not sign.isspace() and _followed_by_space(sample, sign):
                found.append(Dialect(sign, quote, skips_space=True))
    escaped = [replace(d, escape="\\") for d in found if d.quote and f"\\{d.quote}" in sample]
    return found + escaped


def _present(sample: str) -> list[str]:
    several = [s for s in _SEVERAL if s in sample and _always_together(sample, s)]
    lines = sample.count("\n") or sample.count("\r")
    if len(_ALIGNING.findall(sample)) > lines:
        several.append(ALIGNED)
    rare = [s for s in _RARE if sample.count(s) >= 2 * max(lines, 1)]
    return [s for s in _SINGLE if s in sample] + rare + several or [","]


def _always_together(sample: str, sign: str) -> bool:
    """Whether the characters of ``sign`` hardly occur but as the whole of it."""
    whole = sample.count(sign)
    return all(sample.count(c) <= 1.15 * whole * sign.count(c) for c in set(sign) - {" "})


def _followed_by_space(sample: str, sign: str) -> bool:
    return sample.count(sign + " ") * 2 > sample.count(sign)


def _quotes(sample: str) -> list[str | None]:
    """Quotation marks to try: those that stand at the edge of a word somewhere."""
    others = [q for q in OTHER_QUOTES if q in sample and _at_edges(sample, q)]
    if '"' not in sample or _at_edges(sample, '"'):
        return ['"', *others]
    return [*others, None]


def _at_edges(sample: str, quote: str) -> bool:
    """Whether the mark opens and closes cells: stands right after and right before a separator."""
    edges = r",;\t| :~\^¦§，\x1f\x01#!&；｜@%<>\r\n"
    opens = re.search(rf"{quote}(?<![^{edges}]{quote})", sample)
    return bool(opens and re.search(rf"{quote}(?![^{edges}])", sample))


def stand_in(text: str, delimiter: str) -> str:
    """``text`` with a separator of several characters replaced by one character."""
    if len(delimiter) == 1:
        return text
    if delimiter == ALIGNED:
        return _ALIGNING.sub(STAND_IN, _EDGE_BLANKS.sub("", text))
    return text.replace(delimiter, STAND_IN)


def _rows(sample: str, dialect: Dialect) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = dialect.reader(
        io.StringIO(stand_in(sample, dialect.delimiter), newline=""), strict=False
    )
    try:
        for row in reader:
            if any(row):
                rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def _score(sample: str, dialect: Dialect, to_beat: float) -> tuple[float, int]:
    """How regular and how recognisable the sample becomes, 0 to 1, and the usual row length.

    Less than that is answered for a dialect that can't beat the score ``to_beat``.
    """
    rows = _rows(sample, dialect)
    if not rows:
        return 0.0, 1
    widths = Counter(map(len, rows))
    width = max(widths, key=lambda w: (widths[w] * (1 - 1 / w if w > 1 else 0.1), w))
    if width == 1:
        return 0.0, 1
    regular = sum((count / len(rows)) ** 2 for w, count in widths.items() if w > 1)
    coherent = _coherence(rows)
    strength = regular * (0.6 + 0.4 * coherent) + 0.35 * coherent * (1 - regular)
    spaced = dialect.skips_space or dialect.delimiter == " "
    if spaced and (width == 2 or (dialect.delimiter == " " and coherent < _TYPED_ENOUGH)):
        strength *= 0.5
    most = strength * (1 - 1 / (width + 1)) * _TRUST.get(dialect.delimiter, 1.0)
    return (most * _sense(rows) if most > to_beat else 0.0), width


def _coherence(rows: list[list[str]]) -> float:
    """The share of cells in columns that hold one recognisable kind of value, however long the rows."""
    longest = max(map(len, rows))
    coherent = total = 0
    for at in range(min(longest, _COLUMNS_LOOKED_AT)):
        kinds = Counter(kind(row[at]) for row in rows if len(row) > at)
        kinds.pop("empty", 0)
        count = sum(kinds.values())
        total += count
        if count and at:
            what, most = kinds.most_common(1)[0]
            coherent += most if what in TELLING and most >= 0.8 * count else 0
    return coherent / max(total, 1)


def _sense(rows: list[list[str]]) -> float:
    """The share of recognisable cells: typed values count most, left-over marks least."""
    total = 0.0
    count = 0
    for row in rows:
        for cell in row:
            total += _cell_sense(cell)
            count += 1
    return total / max(count, 1)


def _cell_sense(cell: str) -> float:
    what = kind(cell)
    if what in TELLING or what == "truth":
        return 1.0
    if what == "empty":
        return 0.7
    worth = 0.85
    if cell[0] in "\"'" or cell[-1] in "\"'":
        worth -= 0.45
    if cell[0] == " " or cell[-1] == " ":
        worth -= 0.15
    if len(cell) < 60 and _SEPARATORS_IN_TEXT.search(cell):
        worth -= 0.25
    return worth


def _with_escape(sample: str, dialect: Dialect) -> Dialect:
    """``dialect`` with the escape that gives more whole rows, if one does."""
    sign = _escape(sample, dialect)
    if dialect.escape or sign is None:
        return dialect
    escaped = replace(dialect, escape=sign)
    doubled, signed = _whole_rows(sample, dialect), _whole_rows(sample, escaped)
    return escaped if signed > doubled else dialect


def _escape(sample: str, dialect: Dialect) -> str | None:
    """The sign that stands before quotation marks inside cells: a backslash, or before all of them."""
    if dialect.quote is None:
        return None
    if f"\\{dialect.quote}" in sample:
        return "\\"
    edges, quote = re.escape(dialect.mark) + r"\r\n", re.escape(dialect.quote)
    inner = re.findall(rf"([^{edges}]){quote}(?=[^{edges}])", stand_in(sample, dialect.delimiter))
    signs = set(inner)
    return signs.pop() if len(signs) == 1 and signs <= set(_ESCAPES) else None


def _whole_rows(sample: str, dialect: Dialect) -> int:
    whole = 0
    for line in sample.splitlines():
        text = stand_in(line, dialect.delimiter)
        reader = dialect.reader(io.StringIO(text, newline=""), strict=True)
        try:
            whole += len(next(reader, ())) == dialect.width
        except csv.Error:
            continue
    return whole
