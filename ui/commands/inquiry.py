"""Owns the commands on inquiries: inquiry add, paste, stage, link, tag, merge, not-same, channels,
attach, match, fit.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from app.desk import Desk
from app.inquiries.asked_line import line_from_short_form
from app.inquiries.matching import Match
from app.inquiries.matching_service import LineMatches
from app.inquiries.merging import MERGED_FIELDS
from app.inquiries.merging_service import Merging
from app.inquiries.service import InquiryDraft
from app.inquiries.stages import STAGES, Stage
from app.kernel.errors import AppError
from app.kernel.text import clean
from app.negotiation.inquiry_file_service import InquirySource, read_inquiry_file
from ui.commands.console import Console, pass_console, plain
from ui.commands.files import attach_and_answer
from ui.commands.groups import CommandGroup
from ui.commands.numbered import ID, INQUIRY
from ui.commands.sourcing import line_at

_MERGED = click.Choice(MERGED_FIELDS)


@click.group(cls=CommandGroup)
def inquiry() -> None:
    """What buyers ask for, and who can make it."""


@inquiry.command()
@click.option("--buyer", required=True, help="The buyer's name; an unknown one is added.")
@click.option("--channel", help="Where the inquiry came from.")
@click.option("--subject", help="What it is about.")
@click.option("--destination", help="Where the goods go.")
@click.option(
    "--line",
    "lines",
    multiple=True,
    help="product; qty unit; target price — once for each article.",
)
@pass_console
def add(
    console: Console,
    buyer: str,
    channel: str | None,
    subject: str | None,
    destination: str | None,
    lines: tuple[str, ...],
) -> None:
    """Record an inquiry."""
    with console.desk(create=True) as desk:
        read = [line_from_short_form(line, written_on=desk.clock.today()) for line in lines]
        for position, line in enumerate(read, 1):
            if line is None:
                raise AppError("inquiries.line_without_product", line=position)
        values = {"channel": channel, "subject": subject, "destination": destination}
        draft = InquiryDraft(
            buyer=buyer,
            values={key: value for key, value in values.items() if value},
            lines=[line.values() for line in read if line],
        )
        _answer(console, desk, desk.inquiries.add(draft))


@inquiry.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--channel", help="Where the inquiry came from.")
@click.option("--buyer", help="The buyer's name, where the text does not say it.")
@pass_console
def paste(console: Console, file: Path, channel: str | None, buyer: str | None) -> None:
    """Record the inquiry that a mail, chat or text FILE holds (- for text on standard input)."""
    source = _source(file)
    with console.desk(create=True) as desk:
        people = desk.correspondence.known_people(source.messages)
        read = source.told(people)
        today = read.written_on(desk.clock.today())
        views = desk.inquiry_views
        found, known = views.read_pasted(read.text, written_on=today, ours=people.ours)
        told = read.as_called(desk.channels.now_called)
        values = found.values() | told.values() | {"original_text": read.text}
        values |= {"channel": channel} if channel else {}
        draft = InquiryDraft(
            buyer=buyer or found.company or found.contact or found.email,
            buyer_id=known.company_id if known and not buyer else None,
            asker=found.asker,
            values={key: value for key, value in values.items() if value},
            lines=[line.values() for line in found.lines],
            files=read.files,
        )
        _answer(console, desk, desk.inquiries.add(draft))


def _source(file: Path) -> InquirySource:
    """What the inquiry is read from, before any book is opened or made for it."""
    if str(file) != "-":
        return read_inquiry_file(file)
    text = clean(sys.stdin.read())
    if not text.strip():
        raise AppError("negotiation.file_empty", file="-")
    return InquirySource("", text=text)


def _answer(console: Console, desk: Desk, inquiry_id: int) -> None:
    detail = plain(desk.inquiry_views.inquiry(inquiry_id), console.words)
    values = detail.pop("values")
    lines = [
        {"id": line["id"], "product": line["product"], **line["values"]}
        for line in detail.pop("lines")
    ]
    content = {"kind": "inquiry", "inquiry": inquiry_id, **detail, **values, "lines": lines}

    def words() -> Iterator[str]:
        tags = " ".join(f"#{tag}" for tag in detail["tags"])
        where = console.words.text(STAGES[values["stage"]].name)
        buyer = " · ".join(filter(None, (detail["buyer"], detail["contact"])))
        yield f"{values['number']}  {where}  {buyer}  {tags}".rstrip()
        for line in lines:
            amount = line["quantity_text"] or f"{line['quantity'] or ''} {line['unit'] or ''}"
            price = f"{line['target_price'] or ''} {line['currency'] or ''}"
            told = (line["wording"], amount.strip(), price.strip())
            yield "  " + " · ".join(filter(None, told))
        yield from (f"  [{one['name']}]" for one in detail["attachments"])
        for other in detail["same"]:
            told = filter(None, (other["number"], other["channel"], other["received_at"][:10]))
            yield console.words.say("inquiries.maybe_same", inquiry=" · ".join(told))

    console.answer(content, words)


@inquiry.command()
@click.argument("inquiry_id", metavar="ID", type=INQUIRY)
@click.option("--line", "position", type=int, default=1, show_default=True, help="By position.")
@click.option("--product", "product_id", type=ID, help="The product's id; without it: unlink.")
@pass_console
def link(console: Console, inquiry_id: int, position: int, product_id: int | None) -> None:
    """Say which product a line of an inquiry asks for, or take that back."""
    with console.desk() as desk:
        desk.inquiries.link_line(line_at(desk, inquiry_id, position), product_id)
        _answer(console, desk, inquiry_id)


@inquiry.command()
@click.argument("inquiry_id", metavar="ID", type=INQUIRY)
@click.argument("to", metavar="STAGE", type=click.Choice([stage.value for stage in Stage]))
@click.option("--reason", default="", help="Why it was lost.")
@pass_console
def stage(console: Console, inquiry_id: int, to: str, reason: str) -> None:
    """Move an inquiry to STAGE; what it still needs for that is said."""
    with console.desk() as desk:
        desk.inquiries.move(inquiry_id, Stage(to), reason=reason)
        _answer(console, desk, inquiry_id)


@inquiry.command()
@click.argument("inquiry_id", metavar="ID", type=INQUIRY)
@click.argument("tags", metavar="[TAG]…", nargs=-1)
@pass_console
def tag(console: Console, inquiry_id: int, tags: tuple[str, ...]) -> None:
    """Make TAGs the tags of an inquiry; without any, all are taken off."""
    with console.desk() as desk:
        desk.inquiries.set_tags(inquiry_id, ",".join(tags))
        _answer(console, desk, inquiry_id)


@inquiry.command()
@click.option("--add", "added", multiple=True, metavar="NAME", help="Offer another channel.")
@click.option(
    "--rename", "renamed", nargs=2, multiple=True, metavar="NAME NEW", help="In inquiries, too."
)
@click.option("--remove", "removed", multiple=True, metavar="NAME", help="Inquiries keep it.")
@pass_console
def channels(
    console: Console,
    added: tuple[str, ...],
    renamed: tuple[tuple[str, str], ...],
    removed: tuple[str, ...],
) -> None:
    """List the channels that inquiries come by, and change what is offered."""
    with console.desk() as desk:
        for name in added:
            desk.channels.add(name)
        for name, new in renamed:
            desk.channels.rename(name, new)
        for name in removed:
            desk.channels.remove(name)
        found = desk.channels.all()
    shown = [{"name": one.name, "inquiries": one.inquiries} for one in found]
    console.answer(
        {"channels": shown}, lambda: (f"{one.inquiries:>6}  {one.name}" for one in found)
    )


@inquiry.command()
@click.argument("inquiry_id", metavar="ID", type=INQUIRY)
@click.argument("other_id", metavar="OTHER", type=INQUIRY)
@click.option("--take", multiple=True, type=_MERGED, help="A field in which OTHER's value stays.")
@click.option("--keep", multiple=True, type=_MERGED, help="A field in which ID's value stays.")
@click.option("--keep-lines", is_flag=True, help="Join no lines that are the same goods.")
@pass_console
def merge(
    console: Console,
    inquiry_id: int,
    other_id: int,
    take: tuple[str, ...],
    keep: tuple[str, ...],
    keep_lines: bool,
) -> None:
    """Make one inquiry of two: ID stays and takes all that hangs on OTHER.

    Unless told otherwise, OTHER's values fill what ID lacks, the earlier times and the stage that
    was reached stay, and lines that ask for the same goods are joined.
    """
    merging = Merging(take=take, keep=keep, join={} if keep_lines else None)
    with console.desk() as desk:
        desk.inquiries.merge(inquiry_id, other_id, merging)
        _answer(console, desk, inquiry_id)


@inquiry.command(name="not-same")
@click.argument("inquiry_id", metavar="ID", type=INQUIRY)
@click.argument("other_id", metavar="OTHER", type=INQUIRY)
@pass_console
def not_same(console: Console, inquiry_id: int, other_id: int) -> None:
    """Say that two inquiries that look like one are two: they are suggested no more."""
    with console.desk() as desk:
        desk.inquiries.not_same(inquiry_id, other_id)
        _answer(console, desk, inquiry_id)


@inquiry.command()
@click.argument("inquiry_id", metavar="ID", type=INQUIRY)
@click.argument("paths", metavar="FILE…", type=click.Path(path_type=Path), nargs=-1, required=True)
@pass_console
def attach(console: Console, inquiry_id: int, paths: tuple[Path, ...]) -> None:
    """Hang copies of FILEs on an inquiry."""
    with console.desk() as desk:
        attach_and_answer(console, desk, "inquiry", inquiry_id, paths)


@inquiry.command()
@click.argument("inquiry_id", metavar="ID", type=INQUIRY)
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True)
@pass_console
def match(console: Console, inquiry_id: int, limit: int) -> None:
    """Rank suppliers for each line of an inquiry, with the reasons."""
    with console.desk() as desk:
        desk.search.open()
        desk.search.update()
        found = desk.matching.match(inquiry_id, limit=limit)
    content = {"lines": [_line(matches) for matches in found]}
    console.answer(content, lambda: _told(console, found))


def _line(matches: LineMatches) -> dict[str, object]:
    return {
        "line": matches.wording,
        "line_id": matches.line_id,
        "position": matches.position,
        "candidates": [_candidate(match) for match in matches.candidates],
    }


def _candidate(match: Match) -> dict[str, object]:
    return {
        "supplier": match.supplier,
        "supplier_id": match.supplier_id,
        "product": match.product,
        "product_id": match.product_id,
        "score": match.score,
        "reasons": match.reasons,
        "points": [
            {
                "criterion": one.criterion,
                "weight": one.weight,
                "share": one.share,
                "reason": one.reason,
            }
            for one in match.points
        ],
    }


def _told(console: Console, found: tuple[LineMatches, ...]) -> Iterator[str]:
    words = console.words
    for matches in found:
        yield words.say("matching.found", count=len(matches.candidates), line=matches.wording)
        for match in matches.candidates:
            yield f"  {match.score:>5}  {match.supplier}"
            yield from (f"           {words.text(reason)}" for reason in match.reasons[:4])


@inquiry.command()
@click.argument("inquiry_id", metavar="ID", type=INQUIRY)
@pass_console
def fit(console: Console, inquiry_id: int) -> None:
    """Say how complete an inquiry is and how well it suits us, point by point."""
    with console.desk() as desk:
        desk.search.open()
        desk.search.update()
        found = desk.matching.fit(inquiry_id)
    content = {"inquiry": inquiry_id, "score": found.score, "points": found.points}

    def lines() -> Iterator[str]:
        yield console.words.say("fit.score", score=found.score)
        for point in found.points:
            yield f"  {point.earned:>5} / {point.possible}  {console.words.text(point.reason)}"

    console.answer(content, lines)
