"""On PostgreSQL, ledger ids become visible in their order."""

from django.db import migrations

# A statement-level trigger runs before the statement takes its first number from the sequence. The lock is held until
# the commit, so that a transaction with a lower number cannot commit after one with a higher number: a reader who asks
# for "everything after the last id I saw" misses nothing. 0x6c656467 is "ledg".
TAKE_TURNS = """
CREATE FUNCTION ledger_takes_turns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'6c656467'::int);
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_takes_turns BEFORE INSERT ON ledger_events
FOR EACH STATEMENT EXECUTE FUNCTION ledger_takes_turns();
"""
UNDO = """
DROP TRIGGER ledger_takes_turns ON ledger_events;
DROP FUNCTION ledger_takes_turns();
"""


def run(sql):
    """Return an operation for PostgreSQL; SQLite has one writer at a time and needs nothing."""

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return forwards


class Migration(migrations.Migration):
    """Adds the trigger."""

    dependencies = [("workspaces", "0001_initial")]
    operations = [migrations.RunPython(run(TAKE_TURNS), run(UNDO))]
