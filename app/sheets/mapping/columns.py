"""Owns what a mapping is: a column, its field or fields, the confidence and the reason.

Must not decide anything.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.kernel.messages import Message
from app.sheets.cells.reading import text_of
from app.sheets.layout import TableRegion
from app.sheets.tiers import Tier

#: What a column can be mapped to besides the fields of a kind.
NOTE, CUSTOM, IGNORED = "note", "custom", "ignore"
_LONGEST_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A column of a table: where it is, what it is called, and what it is taken for.

    ``fields`` is empty for a column that is kept as a custom field, and has several entries where
    a cell holds several things (``wechat`` and ``email``). ``index`` counts from 0 in the table,
    ``name`` is unique among the table's columns.
    """

    index: int
    heading: str
    name: str
    fields: tuple[str, ...]
    confidence: float
    why: Message
    sample: str = ""
    tier: Tier | None = None
    #: ``note`` or ``ignore`` where the person said so; else ``custom`` when there is no field.
    keep_as: str = CUSTOM

    @property
    def field(self) -> str | None:
        """The field, several joined by ``+``, or ``None``."""
        return "+".join(self.fields) or None


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the person decided about the columns, stronger than any guess.

    ``fields`` maps a column's name (or its heading) to a field, to several joined by ``+`` (the
    cell is split), to ``note``, ``custom`` or ``ignore``. Two columns mapped to one field of a
    single value are joined with a blank. ``constants`` gives fields a value that stands in no
    column.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


NO_OVERRIDES = Overrides()


@functools.lru_cache(maxsize=32)
def unique_names(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The headings made unique; a column without one is named by its place (``#3``)."""
    seen: dict[str, int] = {}
    names = []
    for place, heading in enumerate(headings):
        name = heading or f"#{place + 1}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def column_of(
    region: TableRegion, place: int, fields: tuple[str, ...], confidence: float, why: Message
) -> ColumnMapping:
    """The column at ``place`` of ``region``, taken for ``fields``."""
    return ColumnMapping(
        index=place,
        heading=region.headings[place],
        name=unique_names(region.headings)[place],
        fields=fields,
        confidence=round(min(confidence, 1.0), 2),
        why=why,
        sample=_sample(region, place),
    )


def _sample(region: TableRegion, place: int) -> str:
    """The first value of the column, so that a preview never shows an empty one needlessly."""
    values = (text_of(row[place]).strip() for row in region.rows)
    return next((text for text in values if text), "")[:_LONGEST_SAMPLE]


def kept_column(region: TableRegion, place: int) -> ColumnMapping:
    """A column without a field; its values are kept under its name."""
    return column_of(region, place, (), 0.0, Message("mapping.why_custom"))
