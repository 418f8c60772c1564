"""Owns what is said above the rows of a preview: what will come of the file, and what to know of it.

Must not show it; the preview does.
"""

from __future__ import annotations

from app.sheets.plan.outcome import Outcome, PlannedInquiry
from app.sheets.refusals import nothing_in
from app.sheets.service import Preview
from app.sheets.understanding import UnderstoodSheet
from ui import formats
from ui.words import say, words


def summary(preview: Preview, sheet: UnderstoodSheet | None) -> str:
    """How many rows of each outcome there are, and where the headings of ``sheet`` stand."""
    if sheet is None or not preview.taken:
        return words.text(nothing_in(preview.path.name, preview.sheets))
    counts = preview.counts
    parts = [
        say(f"sheets.outcome.{outcome.value}", count=formats.number(counts[outcome]))
        for outcome in Outcome
        if counts[outcome]
    ]
    if pictures := sum(one.picture_count for one in preview.taken):
        parts.append(say("sheets.pictures", count=pictures))
    parts += map(_answered, preview.plan.answered)
    if preview.workbook.format == "vcard":
        return say("lists.between").join(parts)
    rows = "–".join(dict.fromkeys(map(str, (*sheet.header_rows[:1], *sheet.header_rows[-1:]))))
    headings = say("sheets.headings_in", rows=rows) if rows else say("sheets.no_headings")
    return f"{say('lists.between').join(parts)} · {headings}"


def _answered(inquiry: PlannedInquiry) -> str:
    subject = str(inquiry.draft.values["subject"])
    if inquiry.is_known:
        return say("sheets.answers_known", subject=subject)
    return say("sheets.answers_new", subject=subject, count=len(inquiry.draft.lines))


def notes(preview: Preview, sheet: UnderstoodSheet | None) -> list[str]:
    """What a person should know of the file and of ``sheet``; the first few."""
    said = [formats.told(preview.seen)] if preview.seen is not None else []
    if preview.has_remembered_row:
        said.append(say("sheets.headings_remembered", row=preview.options.heading_row))
    said += [words.say(key, **params) for key, params in preview.workbook.warnings]
    if sheet is not None:
        if sheet.why_not is not None and not preview.taken and not sheet.notes:
            said.append(words.text(sheet.why_not))
        said += [words.text(note) for note in sheet.notes]
        if sheet.excluded:
            said.append(say("sheets.left_out", count=len(sheet.excluded)))
    return said[:6]
