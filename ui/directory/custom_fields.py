"""Owns how custom fields are shown: columns of sheets, and what a sheet says that a record has no field for.

Must not change them.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.sheets.targets import TARGETS
from ui.forms.sections import Line, Section
from ui.words import words


def show_custom(section: Section, custom: Mapping[str, object]) -> None:
    """Fills ``section``, which is out of sight where there is nothing.

    A field that the importer knows goes by its name, the others by the heading they had.
    """
    section.clear()
    section.setVisible(bool(custom))
    for heading, value in custom.items():
        known = TARGETS.get(heading)
        section.add_row(Line(str(value), words.text(known.label) if known else heading))
