"""Owns the recognition of lists of shipments: who sent and who received the goods of each row.

Must not choose fields.
"""

from __future__ import annotations

import re

from app.kernel.text import has_han
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import is_empty, text_of

#: Who sent and who received: only a list of shipments that passed the customs has both.
_SENT = re.compile(
    r"exporter|shipper|consignor|出口商|发货人|экспорт|отправител|exportador", re.IGNORECASE
)
RECEIVED = re.compile(
    r"importer|consignee|notify party|进口商|收货人|импорт|получател|importador", re.IGNORECASE
)
#: Whose offer a table with the way of goods is.
_OFFERED_BY = re.compile(
    r"(?:supplier|vendor)(?: name)?|供应商(?:名称)?|поставщик|lieferant|proveedor|fornecedor",
    re.IGNORECASE,
)
_COUNTED_ROWS = 200


def is_of_shipments(region: TableRegion) -> bool:
    """Whether each row is a shipment with who sent and who received it: a list of buyers.

    Importers ticked off in a directory, importers' prices and units per shipper are something else,
    and so is the way of goods that a supplier offers.
    """
    if any(map(_OFFERED_BY.fullmatch, region.headings)):
        return False
    sent, received = (
        [place for place, heading in enumerate(region.headings) if pattern.search(heading)]
        for pattern in (_SENT, RECEIVED)
    )
    return any(
        one != other and _holds_names(region, one) and _holds_names(region, other)
        for one in sent
        for other in received
    )


def _holds_names(region: TableRegion, place: int) -> bool:
    cells = (row[place] for row in region.rows[:_COUNTED_ROWS])
    texts = [text_of(value) for value in cells if not is_empty(value)]
    named = (any(map(str.isalpha, t)) and len(t) >= (4 if has_han(t) else 6) for t in texts)
    return 2 * sum(named) > len(texts)
