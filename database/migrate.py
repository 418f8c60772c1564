"""Owns bringing a book to today's schema: a verified copy first, then all steps in one transaction.

Must not be needed to open a book that is up to date.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, insert, select

from database.copying import verified_copy
from database.engine import APPLICATION_ID, WRITES, book_engine
from database.errors import book_errors
from database.journal import create_triggers, drop_triggers
from database.opening import SCHEMA_VERSION, stored_version
from database.records import BookRecord

_SCRIPTS = Path(__file__).with_name("migrations")


def bring_up_to_date(path: Path, *, create: bool = False) -> None:
    """Upgrades the database at ``path``, or makes a new one; a book that is up to date is left alone.

    The copy of before the upgrade lies beside the book as ``book-before-<version>.sqlite``.
    """
    is_new = create and not path.exists()
    version = 0 if is_new else stored_version(path)
    if version == SCHEMA_VERSION:
        return
    if not is_new:
        verified_copy(path, path.with_name(f"book-before-{SCHEMA_VERSION}.sqlite"))
    engine = book_engine(path)
    try:
        with (
            book_errors(path),
            engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            _upgrade(connection)
    except BaseException:
        engine.dispose()
        if is_new:
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink()
        raise
    engine.dispose()


def _upgrade(connection: Connection) -> None:
    drop_triggers(connection)
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    create_triggers(connection)
    if connection.execute(select(func.count(BookRecord.id))).scalar() == 0:
        connection.execute(insert(BookRecord).values(created_at=datetime.now(UTC)))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
