"""Owns what is told after a commit: which rows of which tables changed, and who started it.

Must not say what to do about it; each listener decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

#: More changed rows of one table than this are told as "many", without their ids.
MANY = 2_000


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The rows one operation changed.

    ``rows`` maps a table to the ids of its changed rows, or to ``None`` where there are too many
    to name. ``initiator`` is what was given to the write scope, so that a screen can tell its own
    change from another's.
    """

    operation_id: int
    name: str
    params: Mapping[str, object]
    kind: str
    rows: Mapping[str, frozenset[int] | None]
    initiator: object = field(default=None, compare=False)

    def touches(self, *tables: str) -> bool:
        """Whether any row of ``tables`` changed."""
        return any(table in self.rows for table in tables)


def changed_rows(connection: Connection, operation_id: int) -> dict[str, frozenset[int] | None]:
    """What the journal says the operation changed, which must be the last one."""
    counted = connection.execute(
        text(
            "SELECT table_name, count(*) FROM journal"
            " WHERE id >= (SELECT min(id) FROM journal WHERE operation_id = :operation) GROUP BY 1"
        ),
        {"operation": operation_id},
    ).all()
    return {
        table: None if count > MANY else _ids(connection, operation_id, table)
        for table, count in counted
    }


def _ids(connection: Connection, operation_id: int, table: str) -> frozenset[int]:
    return frozenset(
        connection.execute(
            text("SELECT row_id FROM journal WHERE operation_id = :operation AND table_name = :t"),
            {"operation": operation_id, "t": table},
        ).scalars()
    )
