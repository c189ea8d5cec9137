"""Run by Alembic: applies the steps on the connection that ``upgrade`` hands over."""

from alembic import context

from integrations.storage import message_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=message_tables.outbox.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
