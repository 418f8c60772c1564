"""Owns the window's language: one catalogue in use, and the signal when it changes.

Must not hold texts; they are in ``resources/translations``.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.kernel.language import Catalogue, catalogue
from app.kernel.messages import Message


class Words(QObject):
    """The texts of the language the person chose."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._catalogue = catalogue("en")

    @property
    def catalogue(self) -> Catalogue:
        """All texts of the language in use."""
        return self._catalogue

    @property
    def language(self) -> str:
        """The language in use: ``en`` or ``zh_CN``."""
        return self._catalogue.language

    def use(self, language: str) -> None:
        """Switches the language and tells everybody."""
        if language != self.language:
            self._catalogue = catalogue(language)
            self.changed.emit()

    def say(self, key: str, /, **params: object) -> str:
        """The words for ``key``."""
        return self._catalogue.say(key, **params)

    def text(self, message: Message) -> str:
        """The words of a message."""
        return self._catalogue.text(message)


words = Words()
say = words.say
