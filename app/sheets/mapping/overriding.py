"""Owns what a person said about the columns of a table, by their headings.

Must not guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.headings import heading_tier
from app.sheets.layout import TableRegion
from app.sheets.mapping.columns import (
    CUSTOM,
    IGNORED,
    NOTE,
    ColumnMapping,
    Overrides,
    column_of,
    unique_names,
)
from app.sheets.phrases import heading_key
from app.sheets.targets import KINDS, TARGETS


def refuse_unknown(overrides: Overrides, names: Sequence[str]) -> None:
    """Raises ``AppError`` for a heading that none of the columns ``names`` has, and for an unknown field."""
    known = {heading_key(name) or name for name in names}
    for heading, target in overrides.fields.items():
        if (heading_key(heading) or heading) not in known:
            raise AppError("mapping.no_such_heading", heading=heading, headings=", ".join(names))
        for part in target.split("+"):
            if part.strip() not in TARGETS and target not in (NOTE, CUSTOM, IGNORED):
                fields = ", ".join((*sorted(TARGETS), NOTE, CUSTOM, IGNORED))
                raise AppError("mapping.no_such_field", field=part.strip(), fields=fields)


def still_said(said: Overrides, columns: Sequence[str], kind: str | None) -> Overrides:
    """What holds of ``said`` where the table of ``columns`` becomes one of ``kind``.

    A column that was taken for what such a record does not have is guessed anew.
    """
    can_be = (NOTE, CUSTOM, IGNORED, *(KINDS[kind].fields if kind is not None else TARGETS))
    fields = {
        name: target
        for name, target in said.fields.items()
        if name not in columns or all(part in can_be for part in target.split("+"))
    }
    return Overrides(fields, said.constants)


def said_by_person(region: TableRegion, overrides: Overrides) -> dict[int, ColumnMapping]:
    """The columns that the person decided about, by their place."""
    chosen: dict[int, ColumnMapping] = {}
    names = unique_names(region.headings)
    said = {heading_key(key) or key: value for key, value in overrides.fields.items()}
    for place, name in enumerate(names):
        target = said.get(heading_key(name) or name) or said.get(
            heading_key(region.headings[place])
        )
        if target is None:
            continue
        fields = tuple(part.strip() for part in target.split("+"))
        kept = target if target in (NOTE, CUSTOM, IGNORED) else CUSTOM
        known = tuple(field for field in fields if field in TARGETS)
        mapping = column_of(region, place, known, 1.0, Message("mapping.why_person"))
        chosen[place] = replace(
            mapping, keep_as=kept, tier=heading_tier(region.heading_parts[place])
        )
    return chosen
