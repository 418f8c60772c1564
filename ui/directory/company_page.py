"""Owns the page of one company: its fields, people, ways of contact, products, papers and notes.

Every field saves when it is left. Must not read off the desk's views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.directory.fields import (
    ADDRESS_FIELDS,
    BOOTH_FIELDS,
    CERTIFICATE_FIELDS,
    COMPANY_FIELDS,
    CONTACT_FIELDS,
    NOTE_FIELDS,
    POINT_FIELDS,
)
from app.directory.views import CompanyDetail, Mention, Part
from app.fields import Field
from app.kernel.messages import Message
from ui import formats, theme
from ui.bridge import ChangedRows
from ui.context import Context
from ui.directory.custom_fields import show_custom
from ui.directory.pictures import PictureSection
from ui.directory.product_strip import ProductStrip
from ui.directory.tags import TagButton
from ui.files.section import FilesSection
from ui.forms.dialog import RecordDialog
from ui.forms.form import FieldForm
from ui.forms.late_tabs import LateTab, LateTabs
from ui.forms.sections import Line, Scroll, Section
from ui.places import PLACE_OF_KIND
from ui.words import say

FIELDS_OF: Mapping[str, Sequence[Field]] = {
    "contact": CONTACT_FIELDS,
    "contact_point": POINT_FIELDS,
    "address": ADDRESS_FIELDS,
    "booth": BOOTH_FIELDS,
    "certificate": CERTIFICATE_FIELDS,
    "note": NOTE_FIELDS,
}


class CompanyPage(QWidget):
    """A company whole, beside the list."""

    def __init__(self, context: Context, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._company_id = -1
        self._name, self._faint = QLabel(), QLabel()
        self._name.setProperty("role", "title")
        self._faint.setProperty("role", "faint")
        for label in (self._name, self._faint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tags = TagButton(context, kind)
        self._sections: dict[str, Section] = {}
        self.tabs = LateTabs(
            (
                LateTab(
                    "window.tab.overview", self._overview, self._show_overview, self._fill_overview
                ),
                LateTab("window.tab.people", self._people, self._show_people),
                LateTab("window.tab.products", self._products, self._show_products),
                LateTab("window.tab.deals", self._deals, self._show_deals),
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.MEDIUM, 0, 0)
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        head.setSpacing(2)
        head.addWidget(self._name)
        head.addWidget(self._faint)
        head.addWidget(self.tags, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)

    def _overview(self, place: QWidget) -> Scroll:
        scroll = Scroll(place)
        self.form = FieldForm(COMPANY_FIELDS, self._context.tasks, parent=scroll.widget())
        scroll.body.addWidget(self.form)
        return scroll

    def _fill_overview(self, scroll: Scroll) -> Iterator[None]:
        """Puts below the fields what stands there."""
        self._add_sections(scroll, ("address", "booth", "certificate", "note"))
        yield
        self.pictures = PictureSection(self._context, self._kind, self)
        scroll.body.addWidget(self.pictures)
        self.files = FilesSection(self._context, self._kind, self, pictures=self.pictures.add)
        self.files.take_pasted(scroll)
        scroll.body.addWidget(self.files)
        self._custom = Section(say("window.section.custom"))
        scroll.body.addWidget(self._custom)
        scroll.body.addStretch(1)

    def _people(self, place: QWidget) -> QWidget:
        scroll = Scroll(place)
        self._add_sections(scroll, ("contact", "contact_point"))
        scroll.body.addStretch(1)
        return scroll

    def _add_sections(self, scroll: Scroll, kinds: Sequence[str]) -> None:
        for kind in kinds:
            section = Section(say(f"window.section.{kind}"), partial(self._add, kind))
            self._sections[kind] = section
            scroll.body.addWidget(section)

    def _products(self, place: QWidget) -> QWidget:
        self.products = ProductStrip(self._context, place)
        return self.products

    def _deals(self, place: QWidget) -> QWidget:
        scroll = Scroll(place)
        self._mentions = Section(say("window.section.deals"))
        scroll.body.addWidget(self._mentions)
        scroll.body.addStretch(1)
        return scroll

    def show_record(self, record_id: int) -> None:
        """Reads the company off the GUI thread and shows it."""
        self._company_id = record_id
        self._context.tasks.read(
            self,
            lambda: self._context.desk.directory_views.company(record_id),
            self._show,
            failed=lambda _error: None,
        )

    def on_changes(self, _rows: ChangedRows) -> None:
        """Reads the company again after a commit."""
        if self.isVisible() and self._company_id >= 0:
            self.show_record(self._company_id)

    def _show(self, company: CompanyDetail) -> None:
        if company.id != self._company_id:
            return
        values = company.values
        names = [str(values[key]) for key in ("name_zh", "name_en") if values.get(key)]
        self._name.setText(names[0] if names else "")
        self.setWindowTitle(self._name.text())
        place = [formats.country(str(values["country"]))] if values.get("country") else []
        place += [str(values["city"])] if values.get("city") else []
        self._faint.setText(formats.strung([*names[1:], *place]))
        self.tags.show_tags(company.id, company.tags)
        self.tabs.show_record(company)

    def _show_overview(self, company: CompanyDetail) -> None:
        desk = self._context.desk
        save = None if desk.is_read_only else partial(desk.edit, self._kind, [company.id])
        self.form.show_values(company.values, save)
        self._show_parts("address", company.addresses)
        self._show_parts("booth", company.booths)
        self._show_parts("certificate", company.certificates)
        self._show_parts("note", company.notes)
        self.pictures.show_pictures(company.id, company.pictures)
        self.files.show_files(company.id, company.attachments)
        show_custom(self._custom, company.custom)

    def _show_parts(self, kind: str, parts: Sequence[Part]) -> None:
        section = self._sections[kind]
        section.clear()
        for part in parts:
            section.add_row(self._line(part))

    def _line(self, part: Part) -> Line:
        fields = FIELDS_OF[part.kind]
        shown = [formats.shown(field, part.values.get(field.key)) for field in fields]
        text, *rest = [value for value in shown if value] or [""]
        if part.kind == "contact_point":
            text, rest = (rest[0] if rest else ""), [text, *rest[1:]]
        return Line(
            text,
            " · ".join(rest),
            edit=partial(self._edit, part.kind, part.id, part.values),
            delete=partial(self._delete, part.kind, part.id),
        )

    def _show_people(self, company: CompanyDetail) -> None:
        self._show_parts("contact_point", company.points)
        section = self._sections["contact"]
        section.clear()
        for person in company.contacts:
            title = person.values.get("job_title")
            section.add_row(
                Line(
                    str(person.values.get("name") or ""),
                    str(title or ""),
                    edit=partial(self._edit, "contact", person.id, person.values),
                    delete=partial(self._delete, "contact", person.id),
                )
            )
            for point in person.points:
                line = self._line(point)
                line.layout().setContentsMargins(theme.LARGE, 0, 0, 0)
                section.add_row(line)

    def _show_products(self, company: CompanyDetail) -> None:
        self.products.show_products(company.products, company.product_count)

    def _show_deals(self, company: CompanyDetail) -> None:
        self._mentions.clear()
        for mention in company.mentions:
            state = formats.state(mention.state or "")
            faint = " · ".join(filter(None, (formats.plain(mention.on), state)))
            self._mentions.add_row(Line(mention.title, faint, open_=self._opener(mention)))
        if not company.mentions:
            self._mentions.add_row(Line(say("window.no_deals")))

    def _opener(self, mention: Mention) -> Callable[[], None] | None:
        place = PLACE_OF_KIND.get(mention.kind)
        if place is None:
            return None
        return partial(self._context.navigation.go, place, mention.id)

    def _add(self, kind: str) -> None:
        owner = {"company_id": self._company_id}
        self._open_dialog(
            say(f"window.section.{kind}"),
            kind,
            {},
            lambda values: self._context.desk.directory.add(kind, {**values, **owner}),
        )

    def _edit(self, kind: str, record_id: int, values: Mapping[str, object]) -> None:
        self._open_dialog(
            say(f"window.section.{kind}"),
            kind,
            values,
            partial(self._context.desk.directory.edit, kind, [record_id]),
        )

    def _open_dialog(
        self,
        title: str,
        kind: str,
        values: Mapping[str, object],
        save: Callable[[Mapping[str, object]], object],
    ) -> None:
        dialog = RecordDialog(
            title, FIELDS_OF[kind], self._context.tasks, save=save, values=values, parent=self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _delete(self, kind: str, record_id: int) -> None:
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.directory.delete(kind, [record_id]),
        )
