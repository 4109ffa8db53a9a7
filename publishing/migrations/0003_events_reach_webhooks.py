"""Each ledger event brings its webhook deliveries along, in its own transaction, whoever writes it."""

from django.db import migrations

# A trigger, because events are also written by statements that no Python sees the rows of. An endpoint without event
# types wants all of them.
POSTGRESQL = """
CREATE FUNCTION events_reach_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO webhook_deliveries
        (workspace_id, endpoint_id, event_id, entity_id, status, attempts, next_attempt_at, error, created_at,
         response_body)
    SELECT n.workspace_id, e.id, n.id, n.entity_id, 'waiting', 0, n.created_at, '', n.created_at, ''
    FROM new_events n JOIN webhook_endpoints e ON e.workspace_id = n.workspace_id
    WHERE e.is_active AND (e.event_types = '[]'::jsonb OR e.event_types ? n.event_type)
    ORDER BY n.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER events_reach_webhooks AFTER INSERT ON ledger_events
REFERENCING NEW TABLE AS new_events FOR EACH STATEMENT EXECUTE FUNCTION events_reach_webhooks();
"""
SQLITE = """
CREATE TRIGGER events_reach_webhooks AFTER INSERT ON ledger_events
WHEN EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.workspace_id = NEW.workspace_id AND e.is_active)
BEGIN
    INSERT INTO webhook_deliveries
        (workspace_id, endpoint_id, event_id, entity_id, status, attempts, next_attempt_at, error, created_at,
         response_body)
    SELECT NEW.workspace_id, e.id, NEW.id, NEW.entity_id, 'waiting', 0, NEW.created_at, '', NEW.created_at, ''
    FROM webhook_endpoints e
    WHERE e.workspace_id = NEW.workspace_id AND e.is_active
      AND (json_array_length(e.event_types) = 0
           OR EXISTS (SELECT 1 FROM json_each(e.event_types) t WHERE t.value = NEW.event_type));
END;
"""


def make(apps, schema_editor):
    """Make the trigger."""
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    """Drop it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER events_reach_webhooks ON ledger_events")
        schema_editor.execute("DROP FUNCTION events_reach_webhooks()")
    else:
        schema_editor.execute("DROP TRIGGER events_reach_webhooks")


class Migration(migrations.Migration):
    """Adds the trigger."""

    dependencies = [("publishing", "0002_delivery_that_can_be_trusted"), ("workspaces", "0002_ledger_takes_turns")]
    operations = [migrations.RunPython(make, drop)]
