"""Owns the command ``self-test``: the installed program tries itself on a temporary book.

Must not touch the user's book, settings or folders.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from app.desk import Desk
from app.quotations.service import QuotationDraft
from app.search.results import Request
from app.upkeep.backups import restore
from ui.commands.console import Console, pass_console

_SAMPLE = (
    "供应商名称,货号,品名,单价(RMB),起订量\n"
    "宁波欧格家居用品有限公司,OG-01,不锈钢保温杯,12.50,500\n"
    "义乌新星日用品有限公司,XX-02,硅胶铲,3.20,1000\n"
)
_WINDOW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the trial: whether it passed, how long it took, and what went wrong."""

    name: str
    passed: bool
    seconds: float
    trouble: str = ""


@click.command(name="self-test")
@click.option("--window/--no-window", default=True, help="Also open and close the window.")
@pass_console
def self_test(console: Console, window: bool) -> int:
    """Try the program on a temporary book: import, search, export, back up, undo, quote, open the window."""
    with TemporaryDirectory(prefix="entrepot-trial-", ignore_cleanup_errors=True) as folder:
        trial = _Trial(Path(folder), console.language)
        steps = list(_run(trial.steps(with_window=window)))
        trial.close()
    passed = sum(step.passed for step in steps)
    marks = {True: "✓", False: "✗"}
    console.answer(
        {"passed": passed, "failed": len(steps) - passed, "steps": steps},
        lambda: (
            f"{marks[s.passed]} {s.name} ({s.seconds:.1f} s) {s.trouble}".rstrip() for s in steps
        ),
    )
    return 0 if passed == len(steps) else 1


def _run(steps: dict[str, Callable[[], None]]) -> Iterator[Step]:
    for name, work in steps.items():
        started = time.monotonic()
        trouble = ""
        try:
            work()
        except Exception as error:
            trouble = f"{type(error).__name__}: {error}"
        yield Step(name, not trouble, round(time.monotonic() - started, 2), trouble)


class _Trial:
    """One trial in one folder."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._language = language
        self._desk: Desk | None = None

    def steps(self, *, with_window: bool) -> dict[str, Callable[[], None]]:
        """The steps in order."""
        steps = {
            "make a book": self._make,
            "import a sheet": self._import,
            "search in Chinese": self._search,
            "export a list": self._export,
            "check the book": self._check,
            "undo the import": self._undo,
            "back up and restore": self._back_up,
            "quote and export": self._quote,
        }
        return {**steps, "open and close the window": self._window} if with_window else steps

    @property
    def desk(self) -> Desk:
        """The open desk; a step that needs it fails where making the book failed."""
        if self._desk is None:
            raise RuntimeError("there is no book")
        return self._desk

    def close(self) -> None:
        """Lets go of the temporary book."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def _make(self) -> None:
        folder = self._folder
        self._desk = Desk(
            folder / "book", create=True, cache=folder / "cache", data=folder / "data"
        )

    def _import(self) -> None:
        sheet = self._folder / "prices.csv"
        sheet.write_text(_SAMPLE, encoding="utf-8")
        result = self.desk.sheets.commit(self.desk.sheets.preview(sheet))
        _expect(result.created.get("product") == 2, f"made {dict(result.created)}")

    def _search(self) -> None:
        self.desk.search.open()
        self.desk.search.update()
        _expect(self.desk.search.find(Request("保温杯")).total > 0, "not found")

    def _export(self) -> None:
        target = self._folder / "products.xlsx"
        count = self.desk.sheets.export("product", target, language=self._language)
        again = self.desk.sheets.commit(self.desk.sheets.preview(target))
        _expect(count == 2 and again.operation is None, f"{count} rows, changed {again.updated}")

    def _check(self) -> None:
        faults = [result.name for result in self.desk.upkeep.check() if result.found]
        _expect(not faults, ", ".join(faults))

    def _undo(self) -> None:
        self.desk.history.undo()
        _expect(self.desk.lists.count("product") == 0, "products are left")

    def _back_up(self) -> None:
        target = self._folder / "trial.entrepot"
        self.desk.history.redo()
        self.desk.upkeep.back_up(target)
        folder, moment = self.desk.folder, self.desk.clock.now()
        self.close()
        restore(target, folder, now=moment)
        self._make()
        _expect(self.desk.lists.count("product") == 2, "products are missing")

    def _quote(self) -> None:
        line = {"product_id": self.desk.lists.ids("product")[0], "quantity": 500, "price": "2.10"}
        quotation = self.desk.quotations.draft(QuotationDraft(buyer="Nordhavn", lines=[line]))
        for ending in ("xlsx", "pdf"):
            target = self._folder / f"quotation.{ending}"
            written = self.desk.papers.export(quotation, target, language="both")
            _expect(written.lines == 1 and target.stat().st_size > 0, f"{written.lines} lines")

    def _window(self) -> None:
        """In a process of its own: what goes wrong in Qt must not end the trial."""
        frozen = getattr(sys, "frozen", False)
        program = [sys.executable] if frozen else [sys.executable, "-m", "ui"]
        command = [*program, "--book", str(self._folder / "window"), "try-window"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=_WINDOW_SECONDS, check=False
        )
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        _expect(done.returncode == 0, said[-1] if said else f"exit code {done.returncode}")


def _expect(holds: bool, trouble: str) -> None:
    if not holds:
        raise AssertionError(trouble)
