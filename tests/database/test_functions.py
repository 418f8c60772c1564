from __future__ import annotations

from pathlib import Path

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
