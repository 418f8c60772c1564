"""Owns what travels from the reading process to ours: parts of a workbook, as plain values.

What arrives is unpickled with a list of allowed names, because the process that sent it has read
a hostile file. Must not know file formats.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.sheets.grid import CellRange
from app.sheets.reading.drafts import Notice, RawValue


@dataclass(frozen=True, slots=True)
class Request:
    """Reads the file at ``path``; the answers are the parts below, ending with one of the last two."""

    path: str
    file_name: str
    encoding: str | None
    delimiter: str | None


@dataclass(frozen=True, slots=True)
class SheetBegun:
    """The next rows belong to this sheet."""

    name: str
    is_hidden: bool
    merges: tuple[CellRange, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that follow the ones before."""

    rows: Sequence[Sequence[RawValue]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the cells of the sheet say besides their values; comes after its last row."""

    currencies: dict[tuple[int, int], str]
    formulas: dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class PictureFound:
    """A picture of the sheet; ``number`` names its bytes, which travel once: ``data`` or ``None``."""

    row: int
    column: int
    kind: str
    media_type: str
    number: int
    data: bytes | None
    described: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The file was read to its end."""

    format: str
    encoding: str | None
    delimiter: str | None
    warnings: tuple[Notice, ...]
    is_tired: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The file can't be read; the words are in the translations."""

    key: str
    params: dict[str, object]
    #: Where a parser gave up unexpectedly, for the log.
    trace: str = ""


#: Sent before the parts: the process has started, and the file's time runs from now on.
BEGUN: Final = b"begun"

Part = SheetBegun | Rows | Facts | PictureFound | Finished | Refused

_ALLOWED: Final = {
    ("builtins", "frozenset"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("decimal", "Decimal"),
    ("copyreg", "__newobj__"),
    ("app.sheets.grid", "CellRange"),
    ("app.sheets.grid", "ErrorValue"),
    ("app.kernel.messages", "Message"),
    *(
        (__name__, kind.__name__)
        for kind in (Request, SheetBegun, Rows, Facts, PictureFound, Finished, Refused)
    ),
}


class _PlainUnpickler(pickle.Unpickler):
    """Builds values of the allowed kinds only."""

    def find_class(self, module: str, name: str) -> Any:
        """The class asked for; raises :class:`pickle.UnpicklingError` for any other."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not part of a workbook")
        return super().find_class(module, name)


def packed(part: Part | Request | None) -> bytes:
    """``part`` as bytes for the pipe; ``None`` tells the reading process to end."""
    return pickle.dumps(part, protocol=5)


def unpacked(content: bytes) -> Any:
    """The part that :func:`packed` made bytes of."""
    return _PlainUnpickler(io.BytesIO(content)).load()
