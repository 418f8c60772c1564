"""Owns contact cards as a list of people: what each column holds is certain, the card says it.

Must not read cards or cells.
"""

from __future__ import annotations

from dataclasses import replace

from app.kernel.messages import Message
from app.sheets.grid import Sheet
from app.sheets.mapping.columns import CUSTOM, NOTE, ColumnMapping, Overrides
from app.sheets.mapping.overriding import said_by_person
from app.sheets.own_lists import OwnList, table_below
from app.sheets.reading.cards import field_of

_PARTIES = ("contacts", "suppliers", "buyers")


def card_list(sheet: Sheet, kind: str | None, overrides: Overrides) -> OwnList | None:
    """The list that cards read into ``sheet`` are; ``None`` where they are to be of another kind."""
    kind = kind or _PARTIES[0]
    if kind not in _PARTIES:
        return None
    region = table_below(sheet, 0)
    why = Message("mapping.why_card")
    chosen = said_by_person(region, overrides)
    columns = tuple(
        chosen.get(place) or _column(place, heading, str(sample or "")[:60], why)
        for place, (heading, sample) in enumerate(zip(region.headings, region.rows[0], strict=True))
    )
    return OwnList(kind, region, columns, Message("mapping.kind_from_cards"))


def _column(place: int, heading: str, sample: str, why: Message) -> ColumnMapping:
    field = field_of(heading)
    fields = (field,) if field else ()
    column = ColumnMapping(place, heading, heading, fields, 1.0, why, sample)
    return replace(column, keep_as=CUSTOM if field else NOTE)
