"""Owns making one inquiry of two: whatever hangs on the other hangs on the kept one afterwards.

Works inside a write scope, so that it is undone as one. Must not decide that two inquiries are one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete, select

from app.forms import Values
from app.inquiries.fields import INQUIRY_FIELDS
from app.inquiries.merging import MERGED_FIELDS, same_lines, taken_fields
from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from database.absorbing import absorb
from database.book import WriteScope
from database.records import AwardRecord, InquiryLineRecord, InquiryRecord, NotSameInquiryRecord

_QUANTITY_PLACES = 6
#: What of a line belongs together, and is filled from the other line only as a whole.
_TOGETHER = (
    ("quantity", "unit", "quantity_text"),
    ("target_price", "currency", "incoterm", "place"),
    ("specification",),
    ("required_by_on",),
    ("product_id",),
)


@dataclass(frozen=True, slots=True)
class Merging:
    """How two inquiries become one, where it is not as ``app.inquiries.merging`` proposes.

    ``take`` are fields in which the other's value stays, ``keep`` those in which the kept one's
    does, ``join`` the other's lines → the kept one's that are the same, ``take_lines`` those of them
    of which the other's values stay.
    """

    take: Collection[str] = ()
    keep: Collection[str] = ()
    join: Mapping[int, int] | None = None
    take_lines: Collection[int] = ()


#: As the rules propose.
AS_PROPOSED = Merging()


def merge_inquiries(
    scope: WriteScope, keep: InquiryRecord, other: InquiryRecord, merging: Merging
) -> None:
    """Moves all of ``other`` to ``keep`` and deletes ``other``.

    Both texts are kept; of a joined line the choice of an offer on the kept one stands, each for its
    share of the quantity that is asked for now. Raises
    ``AppError`` where a line belongs to neither, or two shall be joined to one.
    """
    take = (taken_fields(_values(keep), _values(other)) | set(merging.take)) - set(merging.keep)
    join = same_lines(keep.lines, other.lines) if merging.join is None else merging.join
    _check_lines(keep, other, join)
    _take_fields(keep, other, take)
    _keep_text(keep, other)
    last = max((line.position for line in keep.lines), default=0)
    mine = {line.id: line for line in keep.lines}
    for theirs in list(other.lines):
        if theirs.id in join:
            _join(scope, mine[join[theirs.id]], theirs, takes=theirs.id in merging.take_lines)
        else:
            last += 1
            theirs.position = last
    pair, both = NotSameInquiryRecord, (keep.id, other.id)
    scope.execute(delete(pair).where(pair.inquiry_id.in_(both), pair.other_id.in_(both)))
    absorb(scope, keep, other)


def _values(inquiry: InquiryRecord) -> Values:
    return {f.key: getattr(inquiry, f.key) for f in INQUIRY_FIELDS} | {"buyer": inquiry.buyer_id}


def _check_lines(keep: InquiryRecord, other: InquiryRecord, join: Mapping[int, int]) -> None:
    theirs, mine = ({line.id for line in each.lines} for each in (other, keep))
    if not (join.keys() <= theirs and set(join.values()) <= mine):
        raise AppError("inquiries.line_of_neither")
    if len(set(join.values())) < len(join):
        raise AppError("inquiries.joined_twice")


def _take_fields(keep: InquiryRecord, other: InquiryRecord, take: Collection[str]) -> None:
    for key in MERGED_FIELDS:
        if key in take and key != "buyer":
            setattr(keep, key, getattr(other, key))
    if "buyer" in take:
        keep.buyer_id, keep.contact_id = other.buyer_id, other.contact_id
    elif keep.buyer_id == other.buyer_id:
        keep.contact_id = keep.contact_id or other.contact_id
    keep.comparison_basis = keep.comparison_basis or other.comparison_basis


def _keep_text(keep: InquiryRecord, other: InquiryRecord) -> None:
    """What the buyer wrote the other way stays below, under the number it had."""
    mine, theirs = keep.original_text or "", other.original_text or ""
    if theirs.strip() in mine:
        return
    channel = f", {other.channel}" if other.channel else ""
    head = f"— {other.number}{channel} —"
    keep.original_text = f"{mine}\n\n{head}\n{theirs}".strip() if mine else theirs


def _join(
    scope: WriteScope, mine: InquiryLineRecord, theirs: InquiryLineRecord, *, takes: bool
) -> None:
    """Makes one line of two, with what either says; where both say it, one of them stays."""
    asked, other_asked = mine.quantity, theirs.quantity
    if takes:
        mine.wording = theirs.wording
    for together in _TOGETHER:
        said = any(getattr(theirs, key) is not None for key in together)
        if said and (takes or all(getattr(mine, key) is None for key in together)):
            for key in together:
                setattr(mine, key, getattr(theirs, key))
    if chosen := _awards(scope, mine):
        _keep_shares(chosen, of=asked, to=mine.quantity)
        of_theirs = AwardRecord.inquiry_line_id == theirs.id
        scope.execute(delete(AwardRecord).where(of_theirs))
    else:
        _keep_shares(_awards(scope, theirs), of=other_asked, to=mine.quantity)
    absorb(scope, mine, theirs)


def _awards(scope: WriteScope, line: InquiryLineRecord) -> Sequence[AwardRecord]:
    of_line = AwardRecord.inquiry_line_id == line.id
    return scope.scalars(select(AwardRecord).where(of_line)).all()


def _keep_shares(chosen: Sequence[AwardRecord], *, of: Decimal | None, to: Decimal | None) -> None:
    """Offers chosen for parts of one quantity, in its unit, stay chosen for those shares of another."""
    if not of or not to or of == to:
        return
    for award in chosen:
        if award.quantity is not None:
            part = CALCULATION.divide(CALCULATION.multiply(award.quantity, to), of)
            award.quantity = round(part, _QUANTITY_PLACES)
