"""A workspace's own settings."""

from datetime import datetime

from django.utils.translation import gettext as _

from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.lookup import has_words
from workspaces.models import Workspace

MOST_WARN_DAYS = 90


def save_workspace(*, workspace: Workspace, now: datetime, actor: str) -> Workspace:
    """Save what was changed of a workspace: its name, its zone and language, and when to warn; its slug stays.

    :raises Invalid: if the name says nothing or is too long, or the warning is further ahead than a plan reaches.
    """
    longest = Workspace._meta.get_field("name").max_length
    if not has_words(workspace.name) or len(workspace.name) > longest:
        said = _("A workspace needs a name of up to %(most)s characters.") % {"most": longest}
        raise Invalid(said, errors={"name": [said]})
    if not 0 <= workspace.warn_days <= MOST_WARN_DAYS:
        said = _("From 0 (never) to %(most)s days.") % {"most": MOST_WARN_DAYS}
        raise Invalid(said, errors={"warn_days": [said]})
    workspace.name = workspace.name.strip()
    workspace.updated_at = now
    with unit_of_work():
        workspace.save(update_fields=["name", "timezone", "language", "warn_days", "updated_at"])
        record(
            "workspace_changed",
            workspace_id=workspace.pk,
            entity_type="workspace",
            entity_id=workspace.pk,
            actor=actor,
            now=now,
            metadata={"name": workspace.name, "timezone": workspace.timezone.key, "warn_days": workspace.warn_days},
        )
    return workspace
