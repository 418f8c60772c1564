"""Owns what a user can do with sheets: look at a foreign one, import it as one operation, export a list.

Must not parse, map or match itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from app.directory.views import DirectoryViews
from app.kernel.background import in_the_background
from app.kernel.clock import Clock
from app.kernel.language import LANGUAGES
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.kernel.safe_write import write_whole
from app.lists import Sort
from app.lists.reading import Lists
from app.sheets.corrections import NO_CORRECTIONS, Corrections, corrected, told
from app.sheets.export.columns import ExportTable, export_table, template_table
from app.sheets.export.files import write_template
from app.sheets.export.listed import LISTED, headings_of, in_order, is_listed, listed_table, shown
from app.sheets.export.listing_views import Steps, people_of, rows_of, writer_for
from app.sheets.grid import Value, Workbook
from app.sheets.layouts import Layouts, PointedAt
from app.sheets.mapping.columns import NO_OVERRIDES, Overrides
from app.sheets.past_views import (
    REJECTED_FOLDER,
    PastImport,
    file_key,
    past_import,
    seen_before,
)
from app.sheets.plan.beside_views import Beside, beside, product_beside
from app.sheets.plan.commit_service import PlanWriter
from app.sheets.plan.counts import created, unchanged, updated
from app.sheets.plan.outcome import (
    NO_DECISIONS,
    Decisions,
    OnDuplicate,
    Outcome,
    Plan,
    PlannedRow,
    TableRows,
    first_rows,
)
from app.sheets.plan.planning_views import Planner
from app.sheets.plan.room import refuse_full_disk
from app.sheets.plan.row_drafts import row_draft
from app.sheets.reading import read
from app.sheets.records import refuse_unread
from app.sheets.refusals import refuse_nothing
from app.sheets.rejected import rejected_target, write_rejected
from app.sheets.understanding import NO_KINDS, UnderstoodSheet, load_words, understand
from database.book import Book
from database.records import ImportRecord

#: From so many rows on an import is a large one.
LARGE_ROWS = 500


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the person chose about an import; kind, sheet and headings overrule the guess."""

    kind: str | None = None
    #: The kinds of single sheets, by their names; they go before ``kind``.
    kinds: Mapping[str, str] = field(default_factory=lambda: NO_KINDS)
    sheet: str | None = None
    #: Where the headings are, from 1, or 0 for none.
    heading_row: int | None = None
    overrides: Overrides = NO_OVERRIDES
    on_duplicate: OnDuplicate = OnDuplicate.UPDATE
    #: What the person said of single rows; it goes before ``on_duplicate``.
    decisions: Decisions = field(default_factory=lambda: NO_DECISIONS)
    #: What the person put in the place of cells.
    corrections: Corrections = field(default_factory=lambda: NO_CORRECTIONS)
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import will do: the file as read, what was understood, and the plan row by row."""

    path: Path
    workbook: Workbook = field(repr=False)
    sheets: tuple[UnderstoodSheet, ...]
    plan: Plan = field(repr=False)
    options: ImportOptions
    #: The newest journal entry the plan knows of; a later one makes it plan again.
    planned_at: int
    #: The planned rows of each of the tables that are taken.
    rows: tuple[TableRows, ...] = field(repr=False)
    #: How many rows have each outcome.
    counts: Counter[Outcome]
    #: That the very same file was imported before, and when.
    seen: Message | None = None
    #: That the row of the headings is one that was pointed at in such a sheet before.
    has_remembered_row: bool = False

    @property
    def taken(self) -> tuple[UnderstoodSheet, ...]:
        """The tables that will be imported."""
        return tuple(sheet for sheet in self.sheets if sheet.is_taken)

    def rows_of(self, table: UnderstoodSheet) -> TableRows:
        """The planned rows of a table that is taken; of another its first ones, to be looked at."""
        taken = zip(self.taken, self.rows, strict=True)
        planned = next((rows for one, rows in taken if one is table), None)
        return first_rows(table.sheet, table.region) if planned is None else planned

    def table_of(self, row: PlannedRow) -> UnderstoodSheet:
        """The table that one of the planned rows is of; a sheet may hold several."""
        of_sheet = (
            (table, rows)
            for table, rows in zip(self.taken, self.rows, strict=True)
            if table.sheet == row.sheet
        )
        return next(t for t, rows in of_sheet if any(one is row for one in rows.all))

    @property
    def is_large(self) -> bool:
        """Whether the import is so large that the book is backed up before."""
        return len(self.plan.rows) >= LARGE_ROWS


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. ``operation`` is ``None`` where nothing changed."""

    operation: int | None
    sheets: tuple[str, ...]
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    created: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    skipped: int
    rejected: int
    pictures: int
    rejected_file: Path | None = None


class Sheets:
    """Foreign spreadsheets into the book."""

    def __init__(self, book: Book, clock: Clock, lists: Lists) -> None:
        self._book = book
        self._clock = clock
        self._lists = lists
        self._layouts = Layouts(book, clock)

    def export(
        self,
        kind: str,
        path: Path,
        *,
        where: str = "",
        ids: Sequence[int] | None = None,
        language: str = "en",
        progress: Progress = UNWATCHED,
    ) -> int:
        """Writes a list to ``path`` (.xlsx, .csv, contacts also .vcf) and returns how many records.

        All that match the query ``where``, or those with ``ids``. What can be imported at all
        imports back from the file without a change. It is written whole or not at all; raises ``AppError`` for what the user can act on.
        """
        write = writer_for(kind, path)
        chosen = self._lists.ids(kind, where=where, sort=Sort("id")) if ids is None else ids
        message = Message("export.exporting", name=path.name)
        steps = Steps(progress, message, total=2 * len(chosen))
        table = self._table(kind, chosen, language=language, told=steps.took)
        steps.expect(len(table.rows))
        write_whole(path, lambda target: write(table, target, steps.took))
        return len(chosen)

    def _table(
        self, kind: str, ids: Sequence[int], *, language: str, told: Callable[[int], None]
    ) -> ExportTable:
        if kind in LISTED:
            fields = shown(self._lists.listing(kind).fields)
            found = self._lists.rows(kind, ids, [field.key for field in fields])
            told(len(found))
            return listed_table(kind, fields, in_order(ids, found), language=language)
        with self._book.read() as session:
            rows = rows_of(session, self._book.files, kind, ids, told)
            return export_table(kind, rows, language=language, book_id=self._book.id)

    def export_people(
        self,
        kind: str,
        path: Path,
        *,
        where: str = "",
        ids: Sequence[int] | None = None,
        language: str = "en",
        progress: Progress = UNWATCHED,
    ) -> int:
        """Writes the people of listed companies, as cards (.vcf) or a sheet; how many they are."""
        companies = self._lists.ids(kind, where=where, sort=Sort("id")) if ids is None else ids
        with self._book.read() as session:
            people = people_of(session, companies)
        return self.export("contact", path, ids=people, language=language, progress=progress)

    def write_template(self, kind: str, path: Path, *, language: str = "en") -> None:
        """Writes an empty sheet of a kind with headings, a line of help and drop-downs."""
        writer_for(kind, path, is_template=True)
        table = template_table(kind, language=language)
        write_whole(path, lambda target: write_template(table, target))

    def understand(
        self,
        path: Path,
        options: ImportOptions | None = None,
        *,
        progress: Progress = UNWATCHED,
    ) -> tuple[Workbook, tuple[UnderstoodSheet, ...]]:
        """Reads a file and says what each of its tables is; remembered mappings are applied."""
        options = options or ImportOptions()
        workbook = self._read(path, options, progress)
        return workbook, self._understood(workbook, self._pointed(workbook, options))

    def _read(self, path: Path, options: ImportOptions, progress: Progress) -> Workbook:
        progress.at(Message("sheets.reading_file", name=path.name))
        with ThreadPoolExecutor(1, "words") as beside:
            # A third of a second, in which the reading process is waited for anyway.
            loaded = beside.submit(load_words)
            workbook = read(
                path, encoding=options.encoding, delimiter=options.delimiter, progress=progress
            )
        loaded.result()
        return workbook

    def cells(self, path: Path, *, progress: Progress = UNWATCHED) -> tuple[tuple[Value, ...], ...]:
        """The rows of the first visible sheet that has any, as they stand in the file."""
        sheets = read(path, progress=progress).sheets
        return next((sheet.rows for sheet in sheets if sheet.rows and not sheet.is_hidden), ())

    @in_the_background()
    def preview(
        self,
        path: Path,
        options: ImportOptions | None = None,
        *,
        progress: Progress = UNWATCHED,
    ) -> Preview:
        """Reads a file and plans its import; changes nothing."""
        said = options or ImportOptions()
        workbook = self._read(path, said, progress)
        options = self._pointed(workbook, said)
        sheets = self._understood(workbook, options)
        is_remembered = options.heading_row != said.heading_row
        remembered = self._layouts.said_of([sheet for sheet in sheets if sheet.is_taken])
        fields, constants = options.overrides.fields, options.overrides.constants
        if is_remembered:
            fields = {**remembered.fields, **fields}
        overrides = Overrides(fields, {**remembered.constants, **constants})
        if overrides != options.overrides:
            options = replace(options, overrides=overrides)
            sheets = self._understood(workbook, options)
        planned = self.replan(path, workbook, options, sheets=sheets, progress=progress)
        return replace(
            planned, seen=seen_before(self._book, path), has_remembered_row=is_remembered
        )

    @in_the_background()
    def replan(
        self,
        path: Path,
        workbook: Workbook,
        options: ImportOptions,
        *,
        sheets: Sequence[UnderstoodSheet] | None = None,
        progress: Progress = UNWATCHED,
    ) -> Preview:
        """Plans again with other options, without reading the file again."""
        found = tuple(sheets) if sheets is not None else self._understood(workbook, options)
        found = corrected(found, options.corrections)
        planned_at = self._book.last_journal_id()
        plan = self._plan(found, options, progress)
        rows = tuple(_rows_by_table(found, plan, options))
        return Preview(path, workbook, found, plan, options, planned_at, rows, plan.counts())

    def revise(
        self, preview: Preview, options: ImportOptions, *, progress: Progress = UNWATCHED
    ) -> Preview:
        """Plans ``preview`` again with other options, doing only what they make necessary."""
        old = preview.options
        if (options.encoding, options.delimiter) != (old.encoding, old.delimiter):
            return self.preview(preview.path, options, progress=progress)
        asked, before = (
            (one.kind, one.kinds, one.sheet, one.heading_row, one.overrides)
            for one in (options, old)
        )
        sheets = preview.sheets if asked == before else None
        planned = self.replan(
            preview.path, preview.workbook, options, sheets=sheets, progress=progress
        )
        is_same_row = (options.sheet, options.heading_row) == (old.sheet, old.heading_row)
        is_remembered = preview.has_remembered_row and is_same_row
        return replace(planned, seen=preview.seen, has_remembered_row=is_remembered)

    def beside(self, preview: Preview, row: PlannedRow) -> Beside | None:
        """A row beside the record of the book it is or may be; ``None`` where there is none."""
        table = preview.table_of(row)
        draft, views = row_draft(table, row.record), DirectoryViews(self._book)
        if row.match is None:
            return None
        if row.match.is_product and draft.product is not None:
            return product_beside(draft.product, views.product(row.match.record_id))
        return beside(draft.company, views.company(row.match.record_id)) if draft.company else None

    def foreseen(self, preview: Preview) -> ImportResult:
        """What committing the preview would do; nothing is written.

        Raises ``AppError`` where the file holds nothing that could be imported.
        """
        refuse_nothing(preview.path.name, preview.sheets)
        return _result(preview, preview.plan)

    @in_the_background()
    def commit(
        self, preview: Preview, *, progress: Progress = UNWATCHED, initiator: object = None
    ) -> ImportResult:
        """Imports as one operation: all or nothing; ``Cancelled`` rolls back.

        Raises ``AppError`` where the file holds nothing that could be imported, or the disk has
        no room for it.
        """
        refuse_nothing(preview.path.name, preview.sheets)
        asked, plan = preview.options, preview.plan
        if self._book.last_journal_id() != preview.planned_at:
            plan = self._plan(preview.sheets, asked, progress)
        refuse_full_disk(plan, self._book.folder)
        self._layouts.remember(preview.taken, asked.overrides)
        kind = asked.kinds.get(preview.taken[0].sheet, asked.kind)
        pointed_at = PointedAt(asked.sheet, asked.heading_row or 0, kind)
        self._layouts.remember_row(preview.workbook, pointed_at)
        rejected = self._rejected_target(preview, plan)
        result = replace(_result(preview, plan), rejected_file=rejected)
        operation = self._write(preview, plan, result, progress, initiator)
        if rejected is not None:
            write_rejected(rejected, preview.taken, plan.rejected)
        return replace(result, operation=operation)

    def past(self, import_id: int) -> PastImport:
        """An import that was done, with what was corrected and what was rejected."""
        return past_import(self._book, import_id)

    def _plan(
        self, sheets: Sequence[UnderstoodSheet], options: ImportOptions, progress: Progress
    ) -> Plan:
        with self._book.read() as session:
            planner = Planner(
                session,
                today=self._clock.today(),
                on_duplicate=options.on_duplicate,
                progress=progress,
                decisions=options.decisions,
            )
            return planner.plan([sheet for sheet in sheets if sheet.is_taken])

    def _write(
        self,
        preview: Preview,
        plan: Plan,
        result: ImportResult,
        progress: Progress,
        initiator: object,
    ) -> int | None:
        with self._book.write(
            "sheets.import", initiator=initiator, name=preview.path.name
        ) as scope:
            writer = PlanWriter(
                self._book,
                scope,
                now=self._clock.now(),
                today=self._clock.today(),
                source=preview.path.name,
                progress=progress,
            )
            writer.write(plan)
            changed = bool(result.created or result.updated)
            if changed:
                scope.add(
                    self._import_record(
                        preview, plan, result=result, operation_id=scope.operation_id
                    )
                )
        return scope.operation_id if changed else None

    def _rejected_target(self, preview: Preview, plan: Plan) -> Path | None:
        """Where the workbook of the rejected rows goes, in the book's folder."""
        folder = self._book.folder / REJECTED_FOLDER
        return rejected_target(folder, preview.path) if plan.rejected else None

    def _import_record(
        self, preview: Preview, plan: Plan, *, result: ImportResult, operation_id: int
    ) -> ImportRecord:
        rejected = result.rejected_file
        return ImportRecord(
            operation_id=operation_id,
            file_name=preview.path.name,
            file_sha256=file_key(preview.path),
            sheet_name=", ".join(sheet.sheet for sheet in preview.taken),
            kind=preview.taken[0].kind or "",
            mapping=dict(result.mapping),
            counts={
                "rows": len(plan.rows) - result.rejected,
                "created": result.created,
                "updated": result.updated,
                "rejected": result.rejected,
                "corrections": list(told(preview.taken)),
                **({"rejected_file": rejected.name} if rejected is not None else {}),
            },
            imported_at=self._clock.now(),
        )

    def _understood(
        self, workbook: Workbook, options: ImportOptions
    ) -> tuple[UnderstoodSheet, ...]:
        tables = self._guessed(workbook, options)
        is_asked = options.kind or options.sheet or options.heading_row is not None
        listed = set() if is_asked else self._listed(workbook) - options.kinds.keys()
        why = Message("mapping.skipped_looked_at")
        return tuple(
            replace(table, is_taken=False, why_not=why) if table.sheet in listed else table
            for table in tables
        )

    def _pointed(self, workbook: Workbook, options: ImportOptions) -> ImportOptions:
        """With the row of headings that was pointed at in such a sheet before."""
        if options.heading_row is not None:
            return options
        found = self._layouts.pointed_at(workbook, options.sheet)
        if found is None:
            return options
        kind = options.kind or found.kind
        return replace(options, sheet=found.sheet, heading_row=found.row, kind=kind)

    def _guessed(self, workbook: Workbook, options: ImportOptions) -> tuple[UnderstoodSheet, ...]:
        refuse_unread(options.overrides.constants)
        told = partial(
            understand,
            workbook,
            kinds=options.kinds,
            sheet=options.sheet,
            heading_row=options.heading_row,
            today=self._clock.today(),
        )
        first = told(kind=options.kind, overrides=options.overrides)
        if options.kind:
            return tuple(first)
        fields = self._layouts.said_of(t for t in first if t.sheet not in options.kinds).fields
        if not fields:
            return tuple(first)
        overrides = Overrides({**fields, **options.overrides.fields}, options.overrides.constants)
        return tuple(told(overrides=overrides))

    def _listed(self, workbook: Workbook) -> set[str]:
        """The sheets with a list to be looked at, as this program writes them."""
        known = {
            headings_of(self._lists.listing(kind).fields, language)
            for kind in LISTED
            for language in LANGUAGES
        }
        return {sheet.name for sheet in workbook.sheets if is_listed(sheet, known)}


def _rows_by_table(
    sheets: Sequence[UnderstoodSheet], plan: Plan, options: ImportOptions
) -> Iterator[TableRows]:
    rows = iter(plan.rows)
    for table in sheets:
        if table.is_taken:
            yield TableRows.of(list(islice(rows, table.row_count)), options.decisions)


def _result(preview: Preview, plan: Plan) -> ImportResult:
    """What the plan does; which operation did it is known when it is written."""
    made = created(plan)
    return ImportResult(
        operation=None,
        sheets=tuple(sheet.sheet for sheet in preview.taken),
        mapping={name: f for sheet in preview.taken for name, f in sheet.mapping.items()},
        unmapped=tuple(name for sheet in preview.taken for name in sheet.unmapped),
        created=made,
        updated=updated(plan),
        unchanged=unchanged(plan),
        skipped=plan.counts()[Outcome.SKIP],
        rejected=len(plan.rejected),
        pictures=made.get("picture", 0),
    )
