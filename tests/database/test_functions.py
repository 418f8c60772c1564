from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import event

from database.engine import Functions, book_engine


def test_function_may_be_taught_while_a_connection_is_being_taken(tmp_path: Path) -> None:
    engine = book_engine(tmp_path / "book.sqlite")
    functions = Functions(engine)
    functions.teach("loud", str.upper)
    event.listen(engine, "checkout", lambda *_: functions.teach("quiet", str.lower))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT loud('Mug')").scalar_one() == "MUG"
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT quiet('Mug')").scalar_one() == "mug"
    engine.dispose()


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads that take turns far more often than they do by themselves."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless")
def test_threads_may_teach_functions_while_others_take_connections(tmp_path: Path) -> None:
    engine = book_engine(tmp_path / "book.sqlite")
    functions = Functions(engine)
    functions.teach("loud", str.upper)
    names = [f"said_{at}" for at in range(5_000)]
    together = Barrier(3)

    def teach() -> None:
        together.wait()
        for name in names:
            functions.teach(name, str.upper)

    def ask() -> None:
        with engine.connect():
            together.wait()
        for _ in range(60):
            with engine.connect() as connection:
                assert connection.exec_driver_sql("SELECT loud('Mug')").scalar_one() == "MUG"

    with ThreadPoolExecutor(3) as threads:
        done = [threads.submit(work) for work in (teach, ask, ask)]
    for one in done:
        one.result()
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT {names[-1]}('Mug')").scalar_one() == "MUG"
    engine.dispose()
