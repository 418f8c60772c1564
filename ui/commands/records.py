"""Owns the commands that read records: list and show.

Must not hold rules; it prints what the lists and views answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click

from app.desk import Desk
from app.fields import Field, FieldType, told
from app.lists import Sort
from ui.commands.columns import in_columns
from ui.commands.console import Console, pass_console, plain
from ui.commands.numbered import id_named


@click.command(name="list")
@click.argument("kind")
@click.option("--where", default="", help="A query, such as: country:CN moq:<500 -sample")
@click.option("--sort", help="A field; with - before it, the other way round.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@pass_console
def list_command(console: Console, kind: str, where: str, sort: str | None, limit: int) -> None:
    """List the records of a kind."""
    with console.desk() as desk:
        listing = desk.lists.listing(kind)
        order = Sort.parse(sort) if sort else None
        for trouble in desk.lists.parsed(kind, where).troubles:
            click.echo(console.words.text(trouble.hint), err=True)
        ids = desk.lists.ids(kind, where=where, sort=order, limit=limit)
        rows = desk.lists.rows(kind, ids)
    keys = [field.key for field in listing.fields]
    content = [{"kind": kind, "id": id_, **dict(zip(keys, rows[id_], strict=True))} for id_ in ids]
    console.answer(
        content, lambda: _columns(console, listing.fields, {id_: rows[id_] for id_ in ids})
    )


def _columns(
    console: Console, fields: Sequence[Field], rows: Mapping[int, tuple[object, ...]]
) -> Iterator[str]:
    shown = [
        (i, field)
        for i, field in enumerate(fields)
        if field.is_shown and field.type is not FieldType.PICTURE
    ]
    if not rows:
        return iter([console.words.say("lists.none")])
    return in_columns(
        ["ID", *(console.words.text(field.heading) for _, field in shown)],
        [
            [str(id_), *(_text(console, field, row[i]) for i, field in shown)]
            for id_, row in rows.items()
        ],
        numbers=[True, *(field.type.is_number for _, field in shown)],
    )


def _text(console: Console, field: Field, value: object) -> str:
    return "" if value is None else str(plain(told(field, value, console.words), console.words))


_READERS: Mapping[str, Callable[[Desk, int], object]] = {
    "supplier": lambda desk, id_: desk.directory_views.company(id_),
    "buyer": lambda desk, id_: desk.directory_views.company(id_),
    "contact": lambda desk, id_: desk.directory_views.contact(id_),
    "product": lambda desk, id_: desk.directory_views.product(id_),
    "inquiry": lambda desk, id_: desk.inquiry_views.inquiry(id_),
    "request": lambda desk, id_: desk.sourcing_views.request(id_),
    "thread": lambda desk, id_: desk.negotiation_views.thread(id_),
}


def _whole(console: Console, desk: Desk, kind: str, record_id: int) -> dict[str, Any]:
    """The record as its page shows it; one that has no page as the fields of its list."""
    keys = [field.key for field in desk.lists.listing(kind).fields]
    row = desk.lists.row(kind, record_id)
    if kind in _READERS:
        detail = plain(_READERS[kind](desk, record_id), console.words)
        return {**detail.pop("values", {}), **detail}
    parts: dict[str, object] = {}
    if kind == "offer":
        parts["lines"] = desk.sourcing_views.offer_lines(record_id)
    elif kind == "message":
        message = desk.negotiation_views.message(record_id)
        parts.update(recipients=message.recipients, attachments=message.attachments)
    return {**dict(zip(keys, row, strict=True)), **parts}


@click.command()
@click.argument("kind")
@click.argument("name", metavar="ID")
@pass_console
def show(console: Console, kind: str, name: str) -> None:
    """Show one record whole, by its id or number."""
    with console.desk() as desk:
        if kind == "quotation":
            from ui.commands.quote_answer import answer_quotation

            answer_quotation(console, desk, name)
            return
        record_id = id_named(desk, kind, name)
        whole = _whole(console, desk, kind, record_id)
        fields = {field.key: field for field in desk.lists.listing(kind).fields}
    content = {"kind": kind, "id": record_id, **whole}

    def lines() -> Iterator[str]:
        said = {
            key: told(fields[key], value, console.words) if key in fields else value
            for key, value in whole.items()
        }
        return _lines(plain({"kind": kind, "id": record_id, **said}, console.words))

    console.answer(content, lines)


def _lines(content: object, indent: str = "") -> Iterator[str]:
    if not isinstance(content, dict):
        yield f"{indent}{content}"
        return
    for key, value in content.items():
        if isinstance(value, dict) and value:
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list) and value:
            yield f"{indent}{key}:"
            for item in value:
                yield f"{indent}  -"
                yield from _lines(item, indent + "    ")
        elif value not in (None, "", [], {}):
            yield f"{indent}{key}: {value}"
