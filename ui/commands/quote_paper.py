"""Owns the commands that tell what a quotation says and why: export and why.

Must not hold rules; papers and costing do the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.kernel.decimals import decimal_text
from app.papers.content import PAPER_LANGUAGES
from app.quotations.views import PriceExplained
from ui.commands.console import Console, pass_console
from ui.commands.quote_moves import Revision
from ui.commands.quote_options import line_named


@click.command()
@click.argument("number")
@click.option("--to", "path", type=click.Path(path_type=Path), required=True, help=".xlsx or .pdf")
@click.option(
    "--template",
    default="classic",
    show_default=True,
    help="A built-in template, or an .xlsx with placeholders.",
)
@click.option("--lang", "language", type=click.Choice(PAPER_LANGUAGES), default="en")
@click.option("--revision", type=Revision(), help="Another revision than the newest.")
@pass_console
def export(
    console: Console,
    number: str,
    path: Path,
    template: str,
    language: str,
    revision: int | None,
) -> None:
    """Write the customer's sheet."""
    with console.desk() as desk:
        written = desk.papers.export(
            number, path, revision=revision, template=template, language=language
        )
    content = {
        "file": written.path,
        "lines": written.lines,
        "pictures": written.pictures,
        "unreadable_pictures": written.unreadable_pictures,
    }
    said = console.words.say("quotations.exported", file=written.path, lines=written.lines)
    console.answer(content, lambda: iter([said]))


@click.command()
@click.argument("number")
@click.argument("line")
@click.option(
    "--to", "path", type=click.Path(path_type=Path), help="Also write it as a PDF, internal."
)
@pass_console
def why(console: Console, number: str, line: str, path: Path | None) -> None:
    """Explain the price of a LINE (item number or position), step by step."""
    with console.desk() as desk:
        detail = desk.quotation_views.quotation(number)
        line_id = line_named(detail, line).id
        explained = desk.quotation_views.explained(detail.id, line_id)
        if path is not None:
            language = console.words.language
            desk.explanations.export(detail.id, path, line_ids=[line_id], language=language)
    console.answer(explained, lambda: _lines(console, explained))


def _lines(console: Console, explained: PriceExplained | None) -> Iterator[str]:
    if explained is None:
        yield console.words.say("quotations.lacks_cost")
        return
    for step in explained.price.steps:
        source = f"  [{step.source}]" if step.source else ""
        amount = decimal_text(round(step.amount, 6))
        yield f"{console.words.text(step.name)}: {amount} {step.currency} = {step.formula}{source}"
