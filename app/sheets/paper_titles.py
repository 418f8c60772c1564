"""Owns what the titles above a table tell of the paper it stands in: an invoice, an order, a quotation.

Must not look into the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.sheets.grid import Sheet
from app.sheets.layout import TableRegion

_DOCUMENT = re.compile(
    r"proforma|pro forma|\binvoice(?! to\b| address)|packing list|purchase order|装箱单|发票|采购订单|采购合同",
    re.IGNORECASE,
)
#: A paper about one deal, whose lines are what was sold, not what a factory offers.
_PAPER = re.compile(
    r"\binvoice\b(?! to\b| address)|packing list|装箱单|发票|형식송장|송장|포장명세서|請求書|rechnung|packliste|factura",
    re.IGNORECASE,
)
#: Whichever is told first names the paper: a quotation may say how the invoice will come, an
#: invoice which quotation it follows.
_QUOTATION = re.compile(
    r"quotation|quote|报价|報價|見積|견적|angebot|cotizaci|cota[cç][aã]o|or[cç]amento|devis|offert|fiyat teklif|báo giá|коммерческое предложение",
    re.IGNORECASE,
)
#: Longer texts are no titles.
_LONGEST = 60


def is_of_a_deal(sheet: Sheet, region: TableRegion) -> bool:
    """Whether the sheet is a paper about one deal, and no quotation."""
    return _is_titled(_DOCUMENT, sheet, region)


def is_of_what_was_sold(sheet: Sheet, region: TableRegion) -> bool:
    """Whether the sheet is an invoice or a packing list."""
    return _is_titled(_PAPER, sheet, region)


def texts_above(sheet: Sheet, region: TableRegion) -> Iterator[str]:
    """What stands above the table."""
    return (str(value) for row in region.letterhead for value in sheet.rows[row] if value)


def _is_titled(pattern: re.Pattern[str], sheet: Sheet, region: TableRegion) -> bool:
    titles = (text for text in texts_above(sheet, region) if len(text) < _LONGEST)
    for title in (*titles, sheet.name):
        paper, quotation = pattern.search(title), _QUOTATION.search(title)
        if paper or quotation:
            return bool(paper and not (quotation and quotation.start() < paper.start()))
    return False
