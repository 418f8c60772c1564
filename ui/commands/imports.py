"""Owns the commands that take foreign sheets: inspect and import.

Must not hold rules; it prints what the service of sheets answers.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from app.folders import has_book
from app.kernel.messages import Message
from app.sheets.grid import Workbook
from app.sheets.mapping.columns import Overrides
from app.sheets.mapping.overriding import refuse_unknown
from app.sheets.plan.outcome import OnDuplicate, Outcome
from app.sheets.reading import read
from app.sheets.refusals import nothing_in
from app.sheets.service import ImportOptions, ImportResult, Preview
from app.sheets.targets import KINDS
from app.sheets.understanding import UnderstoodSheet, understand
from ui.commands.console import Console, pass_console, plain

_FILE = click.Path(path_type=Path)
_KINDS = ("auto", *KINDS)
#: How many rejected rows a rehearsed import tells the reasons of.
_MOST_REJECTED = 20


class Percent:
    """Shows progress on standard error, where a person watches."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shows = sys.stderr.isatty()

    def at(self, message: Message, done: int = 0, total: int = 0) -> None:
        """Prints how far the work is, on one line."""
        if self._shows:
            share = f" {done * 100 // total}%" if total else ""
            click.echo(f"\r{self._console.words.text(message)}{share}    ", err=True, nl=False)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--kind", type=click.Choice(_KINDS), default="auto", show_default=True)
@click.option("--sheet", help="Only this sheet.")
@pass_console
def inspect(console: Console, file: Path, kind: str, sheet: str | None) -> None:
    """Show what an import would see in a file."""
    chosen, progress = None if kind == "auto" else kind, Percent(console)
    if has_book(console.folder):
        with console.desk() as desk:
            options = ImportOptions(kind=chosen, sheet=sheet)
            workbook, sheets = desk.sheets.understand(file, options, progress=progress)
    else:
        # Looking at a file makes no book; there is none that could remember a mapping.
        workbook = read(file, progress=progress)
        sheets = tuple(understand(workbook, kind=chosen, sheet=sheet))
    content = {
        "format": workbook.format,
        "encoding": workbook.encoding,
        "delimiter": workbook.delimiter,
        "warnings": [Message(key, **params) for key, params in workbook.warnings],
        "sheets": [_sheet(one) for one in sheets],
    }
    console.answer(content, lambda: _inspect_lines(console, workbook, sheets))


def _sheet(sheet: UnderstoodSheet) -> dict[str, object]:
    return {
        "name": sheet.sheet,
        "rows": sheet.row_count,
        "header_rows": list(sheet.header_rows),
        "kind": sheet.kind,
        "kind_confidence": round(sheet.kind_confidence, 3),
        "taken": sheet.is_taken,
        "why_not": sheet.why_not,
        "notes": sheet.notes,
        "columns": [
            {
                "index": column.index,
                "heading": column.name,
                "field": column.field,
                "confidence": round(column.confidence, 3),
                "why": column.why,
                "sample": column.sample,
            }
            for column in sheet.columns
        ],
        "pictures": sheet.picture_count,
        "facts": sheet.facts,
        "excluded": [
            {"row": row.row + 1, "text": row.text, "why": row.reason} for row in sheet.excluded
        ],
    }


def _inspect_lines(
    console: Console, workbook: Workbook, sheets: Sequence[UnderstoodSheet]
) -> Iterator[str]:
    words = console.words
    yield from (words.say(key, **params) for key, params in workbook.warnings)
    if not sheets:
        yield words.text(nothing_in(workbook.file_name, sheets))
    for sheet in sheets:
        kind = words.say(f"sheets.kind.{sheet.kind}") if sheet.kind else "?"
        yield words.say("sheets.sheet_is", name=sheet.sheet, kind=kind, count=sheet.row_count)
        if sheet.why_not is not None:
            yield "  " + words.text(sheet.why_not)
        yield "  " + words.text(sheet.kind_why)
        yield from (f"  {words.text(note)}" for note in sheet.notes)
        for column in sheet.columns:
            why = words.text(column.why)
            yield f"  {column.name[:32]:<32}  {column.field or '–':<20} {column.confidence:4.0%}  {why}"


@click.command(name="import")
@click.argument("file", type=_FILE)
@click.option("--kind", type=click.Choice(_KINDS), default="auto", show_default=True)
@click.option("--sheet", help="Only this sheet.")
@click.option(
    "--headings", type=click.IntRange(min=0), metavar="ROW", help="Where they are; 0 for none."
)
@click.option("--map", "mapping", multiple=True, metavar='"HEADING=FIELD"', help="Map a column.")
@click.option(
    "--on-duplicate",
    type=click.Choice([choice.value for choice in OnDuplicate]),
    default=OnDuplicate.UPDATE.value,
    show_default=True,
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@pass_console
def import_command(
    console: Console,
    file: Path,
    kind: str,
    sheet: str | None,
    headings: int | None,
    mapping: tuple[str, ...],
    on_duplicate: str,
    *,
    dry_run: bool,
) -> None:
    """Import a file as one operation."""
    overrides = Overrides(dict(map(_pair, mapping)))
    options = ImportOptions(
        kind=None if kind == "auto" else kind,
        sheet=sheet,
        heading_row=headings,
        overrides=overrides,
        on_duplicate=OnDuplicate(on_duplicate),
    )
    progress, started = Percent(console), time.monotonic()
    with console.desk(create=True, keep=not dry_run) as desk:
        preview = desk.sheets.preview(file, options, progress=progress)
        refuse_unknown(overrides, [column.name for one in preview.sheets for column in one.columns])
        if dry_run:
            foreseen = plain(desk.sheets.foreseen(preview), console.words)
            content = {**foreseen, **_planned(preview), **_took(started)}
            console.answer(content, lambda: _planned_lines(console, preview))
            return
        result = desk.take_in(preview, progress=progress)
    content = {**plain(result, console.words), **_took(started)}
    console.answer(content, lambda: _result_lines(console, preview, result))


def _took(started: float) -> dict[str, float]:
    """The seconds since ``started``: reading, planning and writing, the book closed again."""
    return {"seconds": round(time.monotonic() - started, 3)}


def _pair(text: str) -> tuple[str, str]:
    heading, mark, field = text.rpartition("=")
    if not mark:
        raise click.UsageError(f'--map takes "HEADING=FIELD", not {text!r}')
    return heading, field


def _planned(preview: Preview) -> dict[str, object]:
    """What a plan says beyond the result: each row's outcome, and what is wrong with the rejected."""
    counts = preview.counts
    rejected = [
        {"row": row.record.number, "why": [p.message for p in row.problems]}
        for row in preview.plan.rejected
    ]
    return {
        "rows": {outcome.value: counts[outcome] for outcome in Outcome},
        "problems": rejected,
        "imported_before": preview.seen.params["step"] if preview.seen else None,
    }


def _noted_lines(console: Console, preview: Preview) -> Iterator[str]:
    """What the preview in the window says above the rows."""
    words = console.words
    if preview.seen is not None:
        yield words.text(preview.seen)
    if preview.has_remembered_row:
        yield words.say("sheets.headings_remembered", row=preview.options.heading_row)
    yield from (words.say(key, **params) for key, params in preview.workbook.warnings)
    yield from dict.fromkeys(words.text(note) for one in preview.taken for note in one.notes)


def _planned_lines(console: Console, preview: Preview) -> Iterator[str]:
    words, rejected = console.words, preview.plan.rejected
    yield from _noted_lines(console, preview)
    for outcome, count in preview.counts.items():
        yield words.say(f"sheets.outcome.{outcome.value}", count=count)
    for row in rejected[:_MOST_REJECTED]:
        why = " · ".join(words.text(problem.message) for problem in row.problems)
        yield "  " + words.say("sheets.row_says", row=row.record.number, happens=why)
    if len(rejected) > _MOST_REJECTED:
        yield "  " + words.say("sheets.more_rejected", count=len(rejected) - _MOST_REJECTED)


def _result_lines(console: Console, preview: Preview, result: ImportResult) -> Iterator[str]:
    words = console.words
    yield from _noted_lines(console, preview)
    for key, counts in (("created", result.created), ("updated", result.updated)):
        if counts:
            each = (words.say(f"lists.counted.{kind}", count=n) for kind, n in counts.items())
            yield words.say(f"sheets.{key}", what=words.say("lists.between").join(each))
    if result.operation is None and not result.rejected:
        yield words.say("sheets.nothing_changed")
    if result.rejected_file is not None:
        yield words.say("sheets.rejected", count=result.rejected, path=result.rejected_file)
    if result.unmapped:
        yield words.say("sheets.unmapped", names=", ".join(result.unmapped))
