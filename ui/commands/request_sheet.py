"""Owns the commands on request sheets: request sheet and request answer.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.kernel.decimals import decimal_text
from app.sourcing.answers import MatchedRow
from ui.commands.console import Console, pass_console
from ui.commands.numbered import ID, REQUEST


@click.command()
@click.argument("request_id", metavar="ID", type=REQUEST)
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="A .xlsx, or a folder for one file a supplier.",
)
@click.option("--supplier", "supplier_id", type=ID, help="Written for this supplier.")
@pass_console
def sheet(console: Console, request_id: int, path: Path, supplier_id: int | None) -> None:
    """Write a request as a sheet in Chinese and English that suppliers fill in."""
    with console.desk() as desk:
        if path.is_dir():
            files = desk.request_sheets.write_each(request_id, path)
            content: dict[str, object] = {"request": request_id, "files": list(files)}
            said = [str(file) for file in files]
        else:
            written = desk.request_sheets.write(request_id, path, supplier_id=supplier_id)
            content = {
                "request": request_id,
                "file": written.path,
                "lines": written.lines,
                "pictures": written.pictures,
            }
            said = [
                console.words.say(
                    "requests.sheet_written",
                    file=written.path,
                    lines=written.lines,
                    pictures=written.pictures,
                )
            ]
    console.answer(content, lambda: iter(said))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--request", "request_id", type=REQUEST, help="The request, where the file doesn't say."
)
@click.option("--supplier", "supplier_id", type=ID, help="Whose it is, where it doesn't say.")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken.")
@pass_console
def answer(
    console: Console, file: Path, request_id: int | None, supplier_id: int | None, dry_run: bool
) -> None:
    """Take a filled-in request sheet back as the supplier's offer."""
    with console.desk() as desk:
        found = desk.request_sheets.read(file, request_id=request_id)
        supplier_id = supplier_id or found.supplier_id
        offers: tuple[int, ...] = ()
        if not dry_run:
            offers = desk.request_sheets.take(found, supplier_id=supplier_id)
    content = {
        "request": found.request.id,
        "number": found.request.number,
        "supplier_id": supplier_id,
        "offers": list(offers),
        "already_there": found.is_taken_already,
        "rows": [_row(row) for row in found.rows],
        "notes": found.notes,
    }

    def lines() -> Iterator[str]:
        yield found.request.number
        for row in found.answered:
            if row.line is not None:
                yield f"  {row.line.position}. {row.line.wording}: {_prices(row)}"
        yield from (f"  {console.words.text(note)}" for note in found.notes)
        yield from (console.words.say("offers.recorded", offer=offer) for offer in offers)

    console.answer(content, lines)


def _prices(row: MatchedRow) -> str:
    currency = row.row.currency or ""
    told = (
        f"{decimal_text(amount)} @ {decimal_text(start)}" if start else decimal_text(amount)
        for start, amount in row.row.tiers
    )
    return f"{currency} {'; '.join(told)}".strip()


def _row(row: MatchedRow) -> dict[str, object]:
    said = row.row
    return {
        "row": said.row,
        "line": row.line.position if row.line else None,
        "line_id": row.line.inquiry_line_id if row.line else None,
        "tiers": [{"min_quantity": start, "price": amount} for start, amount in said.tiers],
        "currency": said.currency,
        "includes_vat": said.includes_vat,
        "vat_rate": said.vat_rate,
        "incoterm": said.incoterm,
        "place": said.place,
        "moq": said.moq,
        "lead_time_days": said.lead_time_days,
        "packing": said.packing,
        "valid_until": said.valid_until,
        "note": row.note,
    }
