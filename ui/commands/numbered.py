"""Owns how a command's argument names a record: by its id, or by the number people call it.

Must not read anything else of the record.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from app.desk import Desk
from ui.commands.console import Console

#: An id as it is typed; SQLite has no greater ones.
ID = click.IntRange(min=0, max=2**63 - 1)


class Numbered(click.ParamType):
    """The id of a record of ``kind``, typed as such or as ``I-2026-0001``."""

    name = "id"

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The id; refuses what is neither an id nor a record's number."""
        typed = str(value)
        console = ctx.find_object(Console) if ctx is not None else None
        if typed.isdecimal() or console is None:
            return ID.convert(typed, param, ctx)
        with console.desk() as desk:
            return id_named(desk, self.kind, typed)


def id_named(desk: Desk, kind: str, typed: str) -> int:
    """The id of the record of ``kind`` that goes by the id or number ``typed``."""
    if typed.isdecimal():
        record_id = ID.convert(typed, None, None)
        require(desk, kind, [record_id])
        return record_id
    if kind == "quotation":
        return desk.quotation_views.quotation(typed).id
    if any(field.key == "number" for field in desk.lists.listing(kind).fields):
        said = typed.replace('"', "")
        for record_id, (number,) in desk.lists.rows(
            kind, desk.lists.ids(kind, where=f'number:"{said}"'), ["number"]
        ).items():
            if str(number).casefold() == said.casefold():
                return record_id
    raise click.BadParameter(f"{typed!r} is no id", param_hint="ID")


def require(desk: Desk, kind: str, ids: Sequence[int]) -> None:
    """Refuses ids of records that are none of ``kind``: a supplier that is no buyer.

    Kinds that have no list, such as forwarders, are left to the service.
    """
    if kind in desk.lists.kinds:
        desk.lists.require(kind, ids)


INQUIRY = Numbered("inquiry")
REQUEST = Numbered("request")
