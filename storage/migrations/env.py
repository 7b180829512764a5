"""Alembic's entry: runs the migrations on the connection it is handed, inside its transaction."""

from alembic import context

from storage.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=False)
context.run_migrations()
