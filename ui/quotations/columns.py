"""Owns the columns of the grid of lines: what a buyer sees, what follows from it, and what is ours.

Must not paint or save.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.fields import Field, FieldType
from app.kernel.messages import Message
from app.quotations.fields import INTERNAL_LINE_FIELDS, LINE_FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; ``field`` is what a cell of it sets, ``None`` where it is worked out."""

    key: str
    heading: Message
    field: Field | None = None
    is_internal: bool = False
    is_number: bool = True
    is_shown: bool = True
    width_chars: int = 9


_FIELDS = {field.key: field for field in (*LINE_FIELDS, *INTERNAL_LINE_FIELDS)}
_SHOWN_BY_DEFAULT = frozenset(
    {
        "item_number",
        "name_en",
        "name_zh",
        "description",
        "quantity",
        "unit",
        "price",
        "pieces_per_carton",
        "cost",
        "cost_currency",
    }
)


_WIDTHS = {"name_en": 22, "name_zh": 14, "description": 24, "cost_currency": 5, "unit": 6}


def _of(key: str, *, is_internal: bool = False) -> Column:
    field = _FIELDS[key]
    return Column(
        key=key,
        heading=field.heading,
        field=field if field.is_editable else None,
        is_internal=is_internal,
        is_number=field.type.is_number,
        is_shown=key in _SHOWN_BY_DEFAULT,
        width_chars=_WIDTHS.get(key, field.width_chars),
    )


def _picture() -> Column:
    return Column(key="picture", heading=Message("editor.picture"), is_number=False, width_chars=5)


_TIERS = Column(
    key="tiers",
    heading=Message("editor.tiers"),
    field=Field("tiers", FieldType.TEXT, "editor.tiers"),
    is_number=False,
    is_shown=False,
    width_chars=20,
)
_AMOUNT = Column(key="amount", heading=Message("quotations.field.amount"), width_chars=10)
_PACKED = (
    Column(key="cartons", heading=Message("editor.cartons"), width_chars=6),
    Column(key="cbm", heading=Message("editor.cbm"), width_chars=6),
)
#: What stands in front, so that a price, its amount and its margin are seen at once.
_FIRST = (
    "kind",
    "item_number",
    "buyer_item_number",
    "name_en",
    "name_zh",
    "quantity",
    "unit",
    "price",
    "discount_percent",
)


def _internal() -> tuple[Column, ...]:
    worked_out = (
        ("margin", "editor.margin", 7, True),
        ("markup", "editor.markup", 7, False),
        ("last_price", "editor.last_price", 9, True),
        ("unit_cost", "editor.unit_cost", 9, False),
        ("target", "editor.target", 10, False),
        ("supplier", "editor.supplier", 18, False),
    )
    ours = (
        Column(
            key=key,
            heading=Message(heading),
            is_internal=True,
            is_number=key != "supplier",
            width_chars=width,
            is_shown=is_shown,
        )
        for key, heading, width, is_shown in worked_out
    )
    margin, *others = ours
    costs = (_of(field.key, is_internal=True) for field in INTERNAL_LINE_FIELDS)
    return (margin, *costs, *others)


def line_columns() -> tuple[Column, ...]:
    """All columns in their order: what and how much, then ours alone, then the rest of the paper."""
    rest = [_of(field.key) for field in LINE_FIELDS if field.key not in _FIRST]
    at = [column.key for column in rest].index("pieces_per_carton") + 1
    rest[at:at] = _PACKED
    first = [_of(key) for key in _FIRST]
    return (_picture(), *first, _TIERS, _AMOUNT, *_internal(), *rest)
