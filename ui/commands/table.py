"""Owns the command ``table``: the main tables of many files as plain CSV files.

Must not hold rules; reading and recognising are the services'.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.sheets.table import write_tables
from ui.commands.console import Console, pass_console

_EXIT_TROUBLE = 3


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--sheet", help="The name of the sheet to take.")
@pass_console
def table(console: Console, files: tuple[Path, ...], folder: Path, sheet: str | None) -> int:
    """Write each file's main table, as the importer reads it, to FOLDER as CSV."""
    reports = write_tables(files, folder, sheet)
    words = console.words
    content = []
    for report in reports:
        row: dict[str, object] = {
            "file": report.file,
            "header_rows": report.header_rows,
            "rows": report.rows,
            "columns": report.columns,
            "warnings": report.warnings,
        }
        if report.error is not None:
            row["error"] = report.error
        content.append(row)

    def lines() -> Iterator[str]:
        for report in reports:
            if report.error is None:
                yield words.say(
                    "sheets.table.written",
                    file=report.file,
                    rows=report.rows,
                    columns=report.columns,
                )
                yield from (f"    {words.text(warning)}" for warning in report.warnings)

    console.answer({"files": content}, lines)
    for report in reports:
        if report.error is not None:
            click.echo(words.text(report.error), err=True)
    return _EXIT_TROUBLE if any(report.error is not None for report in reports) else 0
