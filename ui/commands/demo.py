"""Owns the command that fills a book with the sample data.

Must not hold rules; it prints what the service answers.
"""

from __future__ import annotations

import click

from ui.commands.console import Console, pass_console


@click.command()
@pass_console
def demo(console: Console) -> None:
    """Fill an empty book, made if there is none, with the sample data."""
    with console.desk(create=True) as desk:
        counts = desk.load_sample()
        console.answer(
            counts,
            lambda: iter(
                [
                    console.words.say(
                        "sample.loaded",
                        suppliers=counts["supplier"],
                        products=counts["product"],
                        buyers=counts["buyer"],
                        inquiries=counts["inquiry"],
                        quotations=counts["quotation"],
                    )
                ]
            ),
        )
