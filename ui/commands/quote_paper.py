"""Owns the commands that tell what a quotation says and why: export and why.

Must not hold rules; papers and costing do the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.kernel.decimals import decimal_text
from app.papers.content import PAPER_LANGUAGES
from app.papers.look import LOOKS
from app.quotations.views import PriceExplained
from ui.commands.console import Console, pass_console
from ui.commands.quote_moves import Revision
from ui.commands.quote_options import line_named


@click.command()
@click.argument("numbers", metavar="NUMBER…", nargs=-1, required=True)
@click.option("--to", "path", type=click.Path(path_type=Path), required=True, help=".xlsx or .pdf")
@click.option(
    "--template",
    default="classic",
    show_default=True,
    help="A built-in template, or an .xlsx with placeholders.",
)
@click.option("--lang", "language", type=click.Choice(PAPER_LANGUAGES), default="en")
@click.option("--revision", type=Revision(), help="Another revision than the newest.")
@click.option("--prices/--no-prices", default=True, help="Without: a catalogue of the goods.")
@pass_console
def export(
    console: Console,
    /,
    numbers: tuple[str, ...],
    path: Path,
    template: str,
    language: str,
    revision: int | None,
    prices: bool,
) -> None:
    """Write the customer's sheet; several quotations become one file, a sheet each."""
    if revision is not None and len(numbers) > 1:
        raise click.UsageError("--revision is for one quotation")
    with console.desk() as desk:
        written = desk.papers.export(
            numbers[0] if len(numbers) == 1 else numbers,
            path,
            revision=revision,
            template=template,
            language=language,
            with_prices=prices,
        )
        in_our_look = template not in LOOKS and not desk.papers.prints_own_templates
    if path.suffix.lower() == ".pdf" and in_our_look:
        click.echo(console.words.say("papers.own_template_in_our_look"), err=True)
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
