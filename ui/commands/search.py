"""Owns the commands that search: search, complete and reindex.

Must not hold rules; it prints what the search engine answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from app.kernel.messages import Message
from app.kernel.territories import territory
from app.search.documents import KINDS
from app.search.results import Hit, Request
from ui.commands.console import Console, pass_console


class _Told:
    """Progress on standard error, one line when the step changes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last: str | None = None

    def at(self, message: Message, done: int = 0, total: int = 0) -> None:
        """Prints ``message`` the first time."""
        if message.key != self._last:
            self._last = message.key
            click.echo(f"{self._console.words.text(message)} ({done} / {total})", err=True)


def _plain_hit(hit: Hit, language: str, *, is_explained: bool = False) -> dict[str, Any]:
    fields = [{"field": f.field, "text": f.text, "spans": f.spans} for f in hit.fields]
    content: dict[str, Any] = {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title,
        "subtitle": hit.told(language),
        "fields": fields,
    }
    return {**content, "nearness": hit.nearness} if is_explained else content


def _line(hit: Hit, language: str) -> str:
    where = ", ".join(dict.fromkeys(field.field for field in hit.fields))
    shown = " · ".join(part for part in (hit.title, hit.told(language)) if part)
    return f"{hit.kind:<10}{hit.id:>7}  {shown}" + (f"  [{where}]" if where else "")


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind of record.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--explain", is_flag=True, help="Say how near each hit is and which words were used.")
@pass_console
def search(
    console: Console, text: tuple[str, ...], kind: str | None, limit: int, explain: bool
) -> None:
    """Find records by any words, codes, numbers or pinyin."""
    with console.desk() as desk:
        desk.search.open()
        desk.search.update(_Told(console))
        result = desk.search.find(Request(" ".join(text), kind=kind, limit=limit))
    language = console.language
    content: dict[str, Any] = {
        "total": result.total,
        "milliseconds": round(result.milliseconds, 1),
        "suggestion": result.suggestion,
        "shown_for": result.shown_for,
        "also": result.also,
        "trouble": result.trouble,
        "hits": [_plain_hit(hit, language, is_explained=explain) for hit in result.hits],
        "facets": result.facets,
    }
    words = console.words

    def lines() -> Iterator[str]:
        if result.shown_for:
            yield words.say("search.shown_for", text=result.shown_for)
        if result.suggestion:
            yield words.say("search.did_you_mean", text=result.suggestion)
        if result.also:
            yield words.say("search.also", names=", ".join(result.also))
        yield from map(words.text, result.trouble)
        yield from (_line(hit, language) for hit in result.hits)
        yield words.say(
            "search.found", total=result.total, milliseconds=f"{result.milliseconds:.0f}"
        )
        yield from _facet_lines(result.facets, language)

    console.answer(content, lines)


def _facet_lines(facets: Mapping[str, Mapping[str, int]], language: str) -> Iterator[str]:
    for name, counts in facets.items():
        if counts:
            values = list(counts.items())[:10]
            if name == "country":
                values = [(territory(code, language), count) for code, count in values]
            yield f"{name}: " + ", ".join(f"{value} ({count})" for value, count in values)


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@pass_console
def complete(console: Console, text: tuple[str, ...], limit: int) -> None:
    """Show what the search box shows while typing."""
    with console.desk() as desk:
        desk.search.open()
        desk.search.update(_Told(console))
        found = desk.search.complete(" ".join(text), limit=limit)
    content = {
        "milliseconds": round(found.milliseconds, 1),
        "also": found.also,
        "hits": [_plain_hit(hit, console.language) for hit in found.hits],
    }
    console.answer(content, lambda: (_line(hit, console.language) for hit in found.hits))


@click.command()
@pass_console
def reindex(console: Console) -> None:
    """Build the search index anew."""
    with console.desk() as desk:
        desk.search.rebuild(_Told(console))
        count = desk.search.count()
    console.answer(
        {"documents": count}, lambda: iter([console.words.say("search.rebuilt", count=count)])
    )
