"""Owns long lists of values inside a query: one parameter, however many they are.

Must not know what the values are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Select, TableValuedAlias, func, select


def listed(values: Iterable[object]) -> TableValuedAlias:
    """Numbers or texts as a table with the column ``value``; SQLite takes any number of them."""
    return func.json_each(json.dumps(list(values), ensure_ascii=False)).table_valued("value")


def among(values: Iterable[object]) -> Select[tuple[object]]:
    """The values for an ``IN``: ``column.in_(among(values))``."""
    return select(listed(values).c.value)
