"""Owns why a file of which no table is taken brings nothing, and the way out.

Must not judge tables; the understanding of a sheet does.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.understanding import UnderstoodSheet


def refuse_nothing(name: str, sheets: Sequence[UnderstoodSheet]) -> None:
    """Raises ``AppError`` where no table of the file ``name`` is taken."""
    if not any(sheet.is_taken for sheet in sheets):
        why = nothing_in(name, sheets)
        raise AppError(why.key, **why.params)


def nothing_in(name: str, sheets: Sequence[UnderstoodSheet]) -> Message:
    """Why a file of which no table is taken brings nothing, and the way out."""
    if not sheets:
        return Message("sheets.no_cells", name=name)
    reasons = [sheet.why_not for sheet in sheets]
    if Message("mapping.skipped_document") in reasons:
        return Message("sheets.only_papers", name=name)
    if Message("mapping.skipped_looked_at") in reasons:
        return Message("sheets.only_looked_at", name=name)
    return Message("sheets.nothing_to_import", name=name)
