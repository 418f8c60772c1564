"""Owns the fields that show who asks in a new inquiry: the buyer, the person and how to reach both.

Must not look anybody up; the dialog that holds them does.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from app.inquiries.askers_service import KnownAsker
from app.inquiries.signatures import NOBODY, Asker
from ui.forms.sections import plain_label
from ui.words import say, words


class AskerFields:
    """The lines of the buyer, the person, the mail address and the phone, and what the book knows."""

    def __init__(self) -> None:
        self.edits = {key: QLineEdit() for key in ("buyer", "contact", "email", "phone")}
        for key, edit in self.edits.items():
            edit.setAccessibleName(say(f"inquiries.field.{key}"))
            edit.textChanged.connect(self._tell)
        self.told = plain_label("", role="faint")
        self.told.setWordWrap(True)
        self.told.hide()
        self._read = NOBODY
        self._known: KnownAsker | None = None

    def labelled(self) -> list[tuple[str, QLineEdit]]:
        """Each line with its label, in their order."""
        return [(edit.accessibleName(), edit) for edit in self.edits.values()]

    def texts(self) -> dict[str, object]:
        """What stands in the lines."""
        return {key: edit.text() for key, edit in self.edits.items()}

    def show_asker(self, read: Asker, known: KnownAsker | None, keys: set[str]) -> None:
        """Fills the lines named by ``keys`` with who was ``read``; the company by its name in the book."""
        self._read, self._known = read, known
        buyer = known.company if known else read.company or read.name or read.email
        values = {"buyer": buyer, "contact": read.name, "email": read.email, "phone": read.phone}
        for key in keys & self.edits.keys():
            self.edits[key].setText(values[key] or "")
        self._tell()

    @property
    def buyer_id(self) -> int | None:
        """The company of the book that asks, unless another name was typed."""
        if self._known is None or self._text("buyer") != self._known.company:
            return None
        return self._known.company_id

    def asker(self) -> Asker:
        """Who asks, as the lines say; of what else was read only what is of the same person."""
        read, name = self._read, self._text("contact") or None
        is_other = name != read.name
        kept = () if is_other else read.points
        typed = {"email": self._text("email"), "phone": self._text("phone")}
        points = [
            (kind, value)
            for kind, value in kept
            if value not in (read.email, read.phone) or value in typed.values()
        ]
        known = {value for _kind, value in points}
        points += [(kind, value) for kind, value in typed.items() if value and value not in known]
        title = None if is_other else read.job_title
        return replace(read, name=name, job_title=title, points=tuple(points))

    def _text(self, key: str) -> str:
        return self.edits[key].text().strip()

    def _tell(self) -> None:
        """Says whom the book knows already, and who will be added."""
        name, known = self._text("contact"), self._known
        if known is not None and self.buyer_id is not None:
            reason = words.text(known.reason) if known.reason else ""
            parts = [say("inquiries.asker_known", name=known.company), reason]
            is_new = name and known.contact is None
            parts += [say("inquiries.asker_new", name=name)] if is_new else []
        elif self._read != NOBODY and name and name != self._text("buyer"):
            parts = [say("inquiries.asker_new", name=name)]
        else:
            parts = []
        self.told.setText(" · ".join(filter(None, parts)))
        self.told.setVisible(bool(parts))
