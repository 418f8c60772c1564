"""Owns what every test runs under: no screen, no network, no stray warnings, one look for sheets.

Must not know any slice; fixtures of a slice live beside its tests.
"""

from __future__ import annotations

import dataclasses
import gc
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from new_book import new_book

from app.desk import Desk
from app.kernel import background

PROJECT = Path(__file__).resolve().parent.parent
LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
MANY_OBJECTS = 50_000
SENDING = {"socket.connect", "socket.sendto", "socket.sendmsg"}

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "entrepot",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("entrepot")

if sys.gettrace() is not None:
    # Python 3.11 refuses a trace function while another thread installs its own; where coverage
    # is measured, threads that take turns of a tenth of a millisecond come upon it.
    background._TURN_S = 0.005


class NetworkUsedError(BaseException):
    """A test reached for the network; not an ``Exception``, so that nothing swallows it."""


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Let only addresses through that are paths or nothing: pipes inside this computer."""
    to_a_host = event in SENDING and isinstance(args[-1], tuple)
    if to_a_host or event in LOOK_UPS:
        raise NetworkUsedError(f"the program works without a network, but called {event}{args}")


sys.addaudithook(_refuse_network)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Thousands of examples run the same lines: measuring them takes longer than they do."""
    if "properties" in item.path.parts or item.get_closest_marker("slow"):
        item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """What the tests imported stays; looking through it after each test would take a tenth of all time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _garbage_is_collected_between_tests() -> Iterator[None]:
    """Never in a test's thread, where a widget of an earlier window would be freed."""
    gc.disable()
    yield
    if gc.get_count()[0] > MANY_OBJECTS:
        gc.collect()


@pytest.fixture(autouse=True)
def _no_stray_warnings(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """A warning or an error in the log fails the test, unless it is marked ``logs_warnings``."""
    yield
    if request.node.get_closest_marker("logs_warnings") is None:
        stray = [
            record
            for when in ("setup", "call")
            for record in caplog.get_records(when)
            if record.levelno >= logging.WARNING
        ]
        assert not stray, f"unexpected in the log: {[record.getMessage() for record in stray]}"


@dataclasses.dataclass
class SetClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        """The instant set."""
        return self.moment

    def today(self) -> date:
        """Its day."""
        return self.moment.date()


@pytest.fixture
def clock() -> SetClock:
    """The time of the desk under test: Monday, 2 March 2026."""
    return SetClock()


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    """A desk on a new, empty book."""
    opened = Desk(
        new_book(tmp_path / "book"),
        clock=clock,
        cache=tmp_path / "cache",
        data=tmp_path / "data",
    )
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on the sample book, loaded once and indexed; for reading only."""
    folder = tmp_path_factory.mktemp("sample")
    opened = Desk(new_book(folder / "book"), clock=SetClock(), cache=folder / "cache")
    opened.load_sample()
    opened.search.rebuild()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared_sheets() -> Path:
    """The folder of real spreadsheets beside the project; the test is skipped where it is missing."""
    for beside in (PROJECT, _main_worktree()):
        folder = beside.parent / "shared" / "sheets" if beside else None
        if folder and folder.is_dir():
            return folder
    pytest.skip("the folder shared/sheets with real spreadsheets is not beside the project")


def _main_worktree() -> Path | None:
    """The first work tree of the repository, when git knows one."""
    command = ["git", "-C", str(PROJECT), "rev-parse", "--path-format=absolute", "--git-common-dir"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return Path(answer.stdout.strip()).parent
