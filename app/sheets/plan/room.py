"""Owns how much room on the disk an import takes, and refuses one there is no room for.

An estimate: what it lets through may still fill the disk, and is rolled back then. Must not write.
"""

from __future__ import annotations

import shutil
from itertools import chain
from pathlib import Path

from app.kernel.errors import AppError
from app.sheets.plan.outcome import Outcome, Plan

#: A supplier of twelve cells takes 5 kB in the log and 3 kB in the database, its history included.
_BYTES_A_ROW = 8_000
_MEGABYTE = 1_000_000
_WRITTEN = (Outcome.CREATE, Outcome.UPDATE, Outcome.MERGE)


def needed_bytes(plan: Plan) -> int:
    """About how much the book grows by ``plan`` while it is written."""
    counts = plan.counts()
    of_companies = (company.draft.pictures for company in plan.companies)
    of_products = (product.draft.pictures for product in plan.products)
    pictures = chain.from_iterable(chain(of_companies, of_products))
    rows = sum(counts[outcome] for outcome in _WRITTEN)
    return rows * _BYTES_A_ROW + sum(len(picture.data) for picture in pictures)


def refuse_full_disk(plan: Plan, folder: Path) -> None:
    """Raises ``AppError`` that tells the room needed where the disk of ``folder`` has less."""
    needed, free = needed_bytes(plan), shutil.disk_usage(folder).free
    if needed > free:
        raise AppError(
            "sheets.disk_too_small",
            needed=-(-needed // _MEGABYTE),
            free=free // _MEGABYTE,
            folder=str(folder),
        )
