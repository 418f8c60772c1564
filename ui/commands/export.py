"""Owns the command ``export``: a list, or an empty sheet to fill in, as a file.

Must not hold rules; it prints what the service of sheets answers.
"""

from __future__ import annotations

from pathlib import Path

import click

from ui.commands.console import Console, pass_console
from ui.commands.imports import Percent


@click.command()
@click.argument("kind")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--where", default="", help="A query, such as: country:CN moq:<500 -sample")
@click.option("--template", is_flag=True, help="An empty sheet to fill in.")
@pass_console
def export(console: Console, kind: str, target: Path, where: str, template: bool) -> None:
    """Write a list to FILE (.xlsx, .csv, contacts also .vcf).

    Lists of suppliers, buyers, contacts, products, inquiries and offers import back without a
    change; the others are to be looked at.
    """
    with console.desk() as desk:
        if template:
            desk.sheets.write_template(kind, target, language=console.language)
            count = 0
        else:
            for trouble in desk.lists.parsed(kind, where).troubles:
                click.echo(console.words.text(trouble.hint), err=True)
            count = desk.sheets.export(
                kind,
                target,
                where=where,
                language=console.language,
                progress=Percent(console),
            )
    key = "export.template_done" if template else "export.done"
    console.answer(
        {"rows": count, "file": target},
        lambda: iter([console.words.say(key, count=count, path=target)]),
    )
