"""Owns which columns a paper has when a page can't hold all of them in letters that can be read.

Must not change what a cell says; columns are put together or left out, the least missed first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.papers.columns import ColumnKind, table_columns
from app.papers.content import PictureSource, QuotationPaper
from app.papers.geometry import ColumnWidths, TableGeometry, table_geometry
from app.papers.labels import Labels
from app.papers.look import LEAST_PRINT_PT, Look, PaperSize

_WEIGHTS_TOGETHER = frozenset([ColumnKind.NET_WEIGHT, ColumnKind.GROSS_WEIGHT])
_WEIGHTS_APART = frozenset([ColumnKind.WEIGHTS])
#: Left out one after the other; what is ordered, paid and received by always stays.
_LEAST_MISSED = (
    ColumnKind.CONTAINER_QUANTITIES,
    ColumnKind.VOLUME_PER_CARTON,
    ColumnKind.HS_CODE,
    ColumnKind.PACKING,
    ColumnKind.LEAD_TIME,
)


def legible_table(
    paper: QuotationPaper,
    *,
    labels: Labels,
    look: Look,
    paper_size: PaperSize,
    pictures: Collection[PictureSource],
) -> TableGeometry:
    """The columns of ``paper`` with their widths, printed at ``LEAST_PRINT_PT`` or larger.

    ``pictures`` are those that could be read: without one there is no column for them.
    """
    pictured = any(line.picture in pictures for line in paper.lines if line.picture)
    never = look.leave_out | (frozenset() if pictured else {ColumnKind.PHOTO})
    widths = ColumnWidths(paper, labels, look)
    for left_out, tiers_apart in _ways():
        columns = table_columns(
            paper,
            labels,
            photo_px=look.photo.width_px,
            leave_out=never | left_out,
            tiers_apart=tiers_apart,
        )
        geometry = table_geometry(columns, widths, paper_size=paper_size)
        if geometry.scale(paper_size) * look.body_pt >= LEAST_PRINT_PT:
            break
    return geometry


def _ways() -> Iterator[tuple[frozenset[ColumnKind], bool]]:
    """What is left out, and whether each quantity's price has a column, from most to fewest."""
    yield _WEIGHTS_APART, True
    yield _WEIGHTS_TOGETHER, True
    yield _WEIGHTS_TOGETHER, False
    for count in range(1, len(_LEAST_MISSED) + 1):
        yield _WEIGHTS_TOGETHER | frozenset(_LEAST_MISSED[:count]), False
