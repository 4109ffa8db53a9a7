"""On PostgreSQL, whoever listens is told at the commit that the ledger has grown."""

from django.db import migrations

# In the trigger that every writer passes already. PostgreSQL delivers a notification at the commit, and equal ones of a
# transaction once: `LISTEN ledger_events` wakes the tail of the socket. 0x6c656467 is "ledg" (migration 0002).
TELL = """
CREATE OR REPLACE FUNCTION ledger_takes_turns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'6c656467'::int);
    PERFORM pg_notify('ledger_events', '');
    RETURN NULL;
END
$$;
"""
UNDO = """
CREATE OR REPLACE FUNCTION ledger_takes_turns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'6c656467'::int);
    RETURN NULL;
END
$$;
"""


def run(sql):
    """Return an operation for PostgreSQL; on SQLite the tail looks by itself."""

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return forwards


class Migration(migrations.Migration):
    """Replaces the trigger's function."""

    dependencies = [("workspaces", "0005_the_api_remembers")]
    operations = [migrations.RunPython(run(TELL), run(UNDO))]
