"""Alembic's door: runs the steps on the connection it is given, inside that one's transaction."""

from alembic import context

from database.records import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
