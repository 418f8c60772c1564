"""Owns what a user does with standard messages: choose, change and fill one, save it as a mail file.

Must not send anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.text import clean
from app.negotiation.mail_file import MailDraft, write_mail
from app.negotiation.people import people_of
from app.negotiation.standard_messages import (
    STANDARD_NAMES,
    FilledMessage,
    MessageTemplate,
    filled,
    own_name,
    standard_messages,
    unknown_fields,
)
from app.negotiation.template_views import Correspondent, correspondent, day_text, field_values
from database.book import Book
from database.records import MessageRecord, MessageTemplateRecord, ThreadRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a message is about: an inquiry, a thread, or both."""

    inquiry_id: int | None = None
    thread_id: int | None = None


class MessageTemplates:
    """Standard messages of a book: the user's own, and those that come with the program."""

    def __init__(
        self, book: Book, clock: Clock, *, quoted: Callable[[int], Mapping[str, object]]
    ) -> None:
        """``quoted`` gives the fields about an inquiry's newest quotation; dates as dates."""
        self._book = book
        self._clock = clock
        self._quoted = quoted

    def all(self, language: str) -> tuple[MessageTemplate, ...]:
        """The messages in ``language``: the standard ones in the order of a deal, then the user's."""
        record = MessageTemplateRecord
        query = select(record).where(record.language == language).order_by(record.name, record.id)
        with self._book.read() as session:
            own = {row.name: _template(row) for row in session.scalars(query)}
        shipped = {one.name: one for one in standard_messages() if one.language == language}
        known = {**shipped, **own}
        order = (*STANDARD_NAMES, *(name for name in own if name not in STANDARD_NAMES))
        return tuple(known[name] for name in order if name in known)

    def save(self, template: MessageTemplate, *, initiator: object = None) -> int:
        """Keeps a message as the user wrote it and returns its id.

        One that is called as a standard message is takes its place.

        Raises ``AppError`` where it has no name or text, or a field nobody fills in.
        """
        if not template.name.strip() or not template.text.strip():
            raise AppError("templates.empty")
        unknown = unknown_fields(template.subject + template.text)
        if unknown:
            raise AppError("templates.unknown_field", fields=", ".join(unknown))
        name = own_name(clean(template.name).strip(), template.language)
        with self._book.write("templates.save", initiator=initiator, name=name) as scope:
            record = MessageTemplateRecord
            known = scope.scalars(
                select(record).where(record.name == name, record.language == template.language)
            ).first()
            kept = known or MessageTemplateRecord(name=name, language=template.language)
            kept.subject = clean(template.subject).strip() or None
            kept.text = clean(template.text).strip()
            scope.add(kept)
            scope.flush()
            return kept.id

    def delete(self, template_id: int, *, initiator: object = None) -> None:
        """Deletes a user's message; a changed standard one is as it came again."""
        with self._book.write("templates.delete", initiator=initiator) as scope:
            record = scope.get(MessageTemplateRecord, template_id)
            if record is None:
                raise AppError("templates.gone")
            scope.delete(record)

    def filled(self, template: MessageTemplate, about: About) -> FilledMessage:
        """The message with what the book knows of the inquiry or thread in place of its fields."""
        return filled(template, self.values(about, template.language))

    def values(self, about: About, language: str) -> Mapping[str, str]:
        """What the book has for each field, as it reads in ``language``."""
        with self._book.read() as session:
            values = field_values(
                session,
                inquiry_id=about.inquiry_id,
                thread_id=about.thread_id,
                language=language,
                today=self._clock.today(),
            )
            inquiry_id = about.inquiry_id or _inquiry_of(session, about.thread_id)
        for name, value in (self._quoted(inquiry_id) if inquiry_id is not None else {}).items():
            values[name] = day_text(value, language) if isinstance(value, date) else str(value)
        return values

    def write_mail(self, subject: str, text: str, path: Path, about: About) -> None:
        """Writes the message as an .eml that a mail program opens as a draft to the other side.

        In a thread it answers their last mail. Raises ``AppError`` where the file can't be written.
        """
        with self._book.read() as session:
            other = correspondent(session, inquiry_id=about.inquiry_id, thread_id=about.thread_id)
            answered = _last_mail(session, about.thread_id)
        write_mail(_draft(subject, text, other, answered, at=self._clock.now()), path)


def _inquiry_of(session: Session, thread_id: int | None) -> int | None:
    thread = session.get(ThreadRecord, thread_id) if thread_id is not None else None
    return thread.inquiry_id if thread is not None else None


def _template(record: MessageTemplateRecord) -> MessageTemplate:
    return MessageTemplate(
        id=record.id,
        name=record.name,
        language=record.language,
        subject=record.subject or "",
        text=record.text,
    )


def _last_mail(session: Session, thread_id: int | None) -> MessageRecord | None:
    if thread_id is None:
        return None
    return session.scalars(
        select(MessageRecord)
        .where(MessageRecord.thread_id == thread_id, MessageRecord.direction == "in")
        .where(MessageRecord.mail_id.is_not(None))
        .order_by(MessageRecord.sent_at.desc())
        .limit(1)
    ).first()


def _draft(
    subject: str,
    text: str,
    other: Correspondent,
    answered: MessageRecord | None,
    *,
    at: datetime,
) -> MailDraft:
    to, to_name = other.email, other.name
    if answered is not None:
        sender = next(iter(people_of(answered.sender)), None)
        if sender is not None and sender.address:
            to, to_name = sender.address, sender.name or to_name
    return MailDraft(
        subject=subject,
        text=text,
        sender=other.our_email,
        sender_name=other.our_name,
        to=to,
        to_name=to_name,
        written_at=at,
        in_reply_to=(answered.mail_id or "") if answered else "",
        references=tuple((answered.reply_chain or "").split()) if answered else (),
    )
